import pytest

from mujaz.checks import Finding
from mujaz.errors import RecordError
from mujaz.translate import GivenName, Translation

TRANSLATION = Translation(
    source="وصل إلى باكو",
    text="He arrived in Baghdad",
    confidence=-0.25,
    findings=(Finding("name", "severe", "x", source=(8, 12), target=(14, 21)),),
    names=(GivenName("باكو", "Baku"),),
    attempts=4,
)


def test_a_translation_is_json_both_ways():
    line = TRANSLATION.to_json()
    assert "\n" not in line
    assert line.startswith('{"schema":"mujaz.translation/1"')
    assert Translation.from_json(line) == TRANSLATION


@pytest.mark.parametrize("line", ["{}", "[]", "x", '{"schema":"mujaz.translation/1"}'])
def test_other_json_is_refused(line):
    with pytest.raises(RecordError):
        Translation.from_json(line)


def test_the_severity_is_the_worst():
    assert TRANSLATION.severity == "severe"
    assert Translation("", "", None).severity is None
