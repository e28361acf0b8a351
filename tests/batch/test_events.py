"""Events as lines of JSON."""

from __future__ import annotations

import json

from mujaz.batch.events import Ended, Failed, Kept, Made, Surveyed, as_json, silent


def test_every_event_is_one_line_with_its_name() -> None:
    for event, name in (
        (Surveyed(3, 2, 2, {"new": 2}, 1, 0, 0), "surveyed"),
        (Made("in/a\n.txt", "", "a.txt", 3, 0), "made"),
        (Kept("r.jsonl", 4), "kept"),
        (Failed("in/a.txt", "", "in/a.txt: خطأ"), "failed"),
        (Ended("finished", 1, 0, 0, 0, 0, 3, 0.5), "ended"),
    ):
        line = as_json(event)
        assert "\n" not in line
        assert json.loads(line)["event"] == name
        silent(event)
    assert json.loads(as_json(Failed("a", "", "خطأ")))["error"] == "خطأ"
