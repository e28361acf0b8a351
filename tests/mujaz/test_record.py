"""Records as versioned JSON, both ways."""

import json
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.errors import RecordError
from mujaz.record import from_json, to_dict, to_json

SCHEMA = "test.thing/1"


@dataclass(frozen=True, slots=True)
class Inner:
    text: str
    span: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Thing:
    name: str
    parts: tuple[Inner, ...] = ()
    weight: float | None = None


THINGS = st.builds(
    Thing,
    st.text(),
    st.lists(
        st.builds(Inner, st.text(), st.none() | st.tuples(st.integers(0, 99), st.integers(0, 99)))
    ).map(tuple),
    st.none() | st.floats(allow_nan=False, allow_infinity=False),
)


@given(THINGS, st.sampled_from([0, 2]))
def test_there_and_back(thing: Thing, indent: int) -> None:
    text = to_json(thing, SCHEMA, indent=indent)
    assert from_json(text, Thing, SCHEMA) == thing
    assert json.loads(text) == json.loads(json.dumps(to_dict(thing, SCHEMA)))


def test_the_schema_comes_first_and_one_record_is_one_line() -> None:
    text = to_json(Thing("سطر\nآخر"), SCHEMA)
    assert text.startswith('{"schema":"test.thing/1"')
    assert "\n" not in text
    assert "سطر" in text


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("not json", "not a JSON record"),
        (b"\xff\xfe", "not a JSON record"),
        ("[1]", "schema None"),
        ('{"name": "x"}', "schema None"),
        ('{"schema": "test.thing/2", "name": "x"}', "'test.thing/2' where 'test.thing/1'"),
        ('{"schema": "test.thing/1"}', "missing required field `name`"),
        ('{"schema": "test.thing/1", "name": 5}', r"broken test.thing/1 record.*\$.name"),
    ],
)
def test_what_is_no_record_is_an_error(text: str | bytes, message: str) -> None:
    with pytest.raises(RecordError, match=message):
        from_json(text, Thing, SCHEMA)
