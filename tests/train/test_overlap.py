import json
from pathlib import Path

import pytest

from mujaz.errors import InputError
from train.overlap import TestSentences, read_tests
from train.sources import Pair

TEXTS = [
    "قرأ المعلم القصة الطويلة على التلاميذ في ساحة المدرسة.",
    "The old teacher read a long story to the pupils in the yard.",
    "Good morning everyone.",
]
FAR = ("سقط المطر.", "Rain fell.")


@pytest.mark.parametrize(
    ("arabic", "english", "held"),
    [
        (*FAR, False),
        # The whole of it, in another spelling.
        ("قرأ المعلم القصّة الطويلة على التلاميذ في ساحة المدرسه", FAR[1], True),
        (FAR[0], "Good morning, everyone!", True),
        # Six words of it inside another sentence.
        (FAR[0], "He said the old teacher read a long poem.", True),
        ("أمس قرأ المعلم القصة الطويلة على التلاميذ الجدد.", FAR[1], True),
        # Five words are an accident.
        (FAR[0], "The young teacher read a long story for us.", False),
    ],
)
def test_copies_are_found_on_either_side(arabic: str, english: str, held: bool) -> None:
    assert TestSentences(TEXTS, 6).hold(Pair("x", arabic, english)) is held


def test_test_sets_are_read_whole(tmp_path: Path) -> None:
    lines, records = tmp_path / "a.txt", tmp_path / "b.jsonl"
    lines.write_text("one\ntwo\n", encoding="utf-8")
    record = {"id": 7, "text": "three\nfour", "summaries": ["five", {"more": "six"}]}
    records.write_text(json.dumps(record) + "\n", encoding="utf-8")
    found = list(read_tests([str(lines), str(records)]))
    assert found == ["one", "two", "three", "four", "five", "six"]
    with pytest.raises(InputError, match=r"the test set .*none cannot be read"):
        list(read_tests([str(tmp_path / "none")]))


def test_a_sentence_is_not_cut_at_what_only_looks_like_a_line_end(tmp_path: Path) -> None:
    lines, records = tmp_path / "a.txt", tmp_path / "b.jsonl"
    lines.write_text("one\u2028more\ntwo\x85more\n", encoding="utf-8")
    record = json.dumps({"text": "a\u2028b\x85c"}, ensure_ascii=False)
    records.write_text(record + "\n\n", encoding="utf-8")
    assert list(read_tests([str(lines)])) == ["one\u2028more", "two\x85more"]
    assert list(read_tests([str(records)])) == ["a", "b", "c"]


def test_broken_records_are_one_line(tmp_path: Path) -> None:
    records = tmp_path / "b.jsonl"
    records.write_text('{"text": "one"}\n{"text": \n', encoding="utf-8")
    with pytest.raises(InputError, match=r"the test set .*b\.jsonl cannot be read") as told:
        list(read_tests([str(records)]))
    assert "\n" not in str(told.value)
