"""The brief's record: JSON both ways, and what counts as a warning."""

import json
from dataclasses import replace

import pytest

from mujaz.brief import Brief
from mujaz.errors import RecordError
from mujaz.translate import GivenName

from .briefs import FIRST, HEADLINE, SECOND, brief, missing


def full() -> Brief:
    names = (GivenName("الموصل", "Mosul"), GivenName("فلان", "Flan", True))
    sentence = replace(SECOND, findings=(missing("12"),), confidence=-0.25, names=names, attempts=3)
    return brief(FIRST, sentence)


@pytest.mark.parametrize("indent", [0, 2])
def test_json_and_back(indent: int) -> None:
    text = full().to_json(indent=indent)
    assert Brief.from_json(text) == full()
    assert Brief.from_json(text.encode()) == full()
    assert next(iter(json.loads(text))) == "schema"
    assert json.loads(text)["schema"] == "mujaz.brief/1"
    assert ("\n" in text) == bool(indent)


def test_arabic_stands_as_it_is_in_json() -> None:
    assert "افتتح الوزير جسرا" in full().to_json()


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{}",
        '{"schema": "mujaz.brief/2"}',
        '{"schema": "mujaz.brief/1"}',
        '{"schema": "mujaz.summary/1"}',
        full().to_json().replace("2.5", '"slow"'),
    ],
)
def test_what_is_no_brief_is_an_error(text: str) -> None:
    with pytest.raises(RecordError):
        Brief.from_json(text)


def test_warnings_are_numbered_from_the_headline_and_leave_out_what_only_explains() -> None:
    top = replace(HEADLINE, findings=(missing("9"),))
    first = replace(FIRST, findings=(missing("3", "info"), missing("4", "warning")))
    last = replace(SECOND, findings=(missing("12"),))
    assert [(n, f.message[:4]) for n, f in brief(first, last, headline=top).warnings] == [
        (0, '"9" '),
        (1, '"4" '),
        (2, '"12"'),
    ]
