"""The generator of faults: deterministic, and it plants what it says."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from benchmarks.fault_parts import clauses_of
from benchmarks.faults import PLANTS, planted
from benchmarks.parallel import Lines
from mujaz.arabic import find_english_numbers

ROOT = Path(__file__).resolve().parents[2]
LINES = Lines(
    source=[
        "قال وزير المالية إن الصادرات ارتفعت 35 في المئة في مارس 2021، ولم يذكر سببا لذلك.",
        'قال إيمانويل ماكرون إن أنغيلا ميركل "لن تستقيل" قبل الصيف.',
        "وصل المبعوثون الإيرانيون إلى باكو يوم الاثنين، "
        "ووقعوا مع أذربيجان اتفاقا بقيمة ثلاثة ملايين دولار.",
    ],
    texts=[
        "The finance minister said that exports rose 35 percent in March 2021, and he gave the "
        "reporters no reason for it, although they asked him twice.",
        'Emmanuel Macron said that Angela Merkel would "not resign" before the end of summer.',
        "The Iranian envoys arrived in Baku on Monday, where they signed a deal with Azerbaijan "
        "that was worth three million dollars, and left for Tehran.",
    ],
)


def faults(kind: str, seed: int = 7) -> dict[int, str]:
    return dict(planted(LINES, kind, seed))


@pytest.mark.parametrize("kind", PLANTS)
def test_every_kind_has_a_place_here_and_changes_the_text(kind):
    found = faults(kind)
    assert found or kind == "sentence-replaced"  # which needs lines further off
    assert all(text != LINES.texts[at] and text.strip() for at, text in found.items())


@pytest.mark.parametrize("kind", PLANTS)
def test_the_seed_decides_and_nothing_else(kind):
    assert faults(kind, 3) == faults(kind, 3)
    alone = Lines(LINES.source[:1], LINES.texts[:1])
    if kind not in ("sentence-replaced", "sentence-next", "clause-added"):
        assert dict(planted(alone, kind, 3)).get(0) == faults(kind, 3).get(0)


def test_another_seed_plants_other_faults():
    assert {tuple(faults("loop", seed).items()) for seed in range(5)} != {
        tuple(faults("loop").items())
    }


def values(text: str) -> list[object]:
    return [number.value for number in find_english_numbers(text)]


def test_numbers():
    text = LINES.texts[0]
    assert values(faults("number-changed")[0]) != values(text)
    assert len(values(faults("number-dropped")[0])) < len(values(text))
    added = faults("number-added")[0]
    assert re.sub(r"the \d+ reporters", "the reporters", added) == text
    assert "billion dollars" in faults("magnitude-changed")[2]
    assert "million euros" in faults("currency-changed")[2]
    assert "35 million in March" in faults("share-changed")[0]
    assert re.search(r"in (?!March)[A-Z]\w+ 2021", faults("month-changed")[0])


def test_a_month_at_the_head_of_a_line_has_a_place():
    lines = Lines(["في 24 سبتمبر 1759 وقع العقد."], ["On September 24, 1759, he signed the lease."])
    ((at, text),) = planted(lines, "month-changed", 7)
    assert re.fullmatch(r"On (?!September)[A-Z]\w+ 24, 1759, he signed the lease\.", text)
    assert at == 0


@pytest.mark.parametrize("kind", PLANTS)
def test_an_empty_line_has_no_place_for_any_fault(kind):
    lines = Lines(["نعم", *LINES.source], [" ", *LINES.texts])
    assert 0 not in dict(planted(lines, kind, 7))


def test_names():
    assert "Azerbaijan" not in faults("country-swapped")[2]
    assert "Baku" in faults("country-swapped")[2]
    assert "Iranian" not in faults("people-swapped")[2]
    assert "Baku" not in faults("capital-swapped")[2]  # Tehran is not in the Arabic
    (person,) = (text for at, text in faults("person-swapped").items() if at == 1)
    assert ("Emmanuel Macron" in person) != ("Angela Merkel" in person)
    assert faults("speaker-swapped")[1].startswith("Angela Merkel said that Emmanuel Macron would")


def test_what_is_said():
    assert '" resign"' in faults("negation-removed")[1]
    assert faults("negation-added") == {2: LINES.texts[2].replace("that was", "that was not")}
    assert "exports fell" in faults("word-turned")[0]
    assert faults("quote-lost")[1].count('"') == 1


def test_clauses():
    first, middle, last = (faults(f"clause-dropped-{w}")[0] for w in ("first", "middle", "last"))
    assert first.startswith("He gave the reporters no reason")
    assert "although" in middle and "gave" not in middle and middle.startswith("The finance")
    assert "although" not in last and last.endswith(".")
    added = faults("clause-added")[0]
    assert added.startswith(LINES.texts[0].rstrip(".")) and added.endswith(".")


def test_a_clause_ends_at_a_comma_or_before_a_conjunction():
    text = "The rain fell for days, the river rose and the villages below were flooded again"
    pieces = [text[start:end] for start, end in clauses_of(text)]
    assert "".join(pieces) == text
    assert [piece.split()[0] for piece in pieces] == ["The", "the", "and"]


def test_parts_and_wholes():
    assert faults("source-copied") == dict(enumerate(LINES.source))
    assert faults("sentence-next") == {0: LINES.texts[1], 1: LINES.texts[2]}
    assert faults("said-twice")[1] == f"{LINES.texts[1]} {LINES.texts[1]}"
    assert LINES.texts[1].startswith(faults("half-lost")[1].rstrip("."))
    assert LINES.texts[1].startswith(faults("cut-off")[1])
    assert len(faults("loop")[1].split()) >= len(LINES.texts[1].split()) + 4


def test_the_command_writes_pairs_that_any_checker_can_read(tmp_path):
    (tmp_path / "source.ar").write_text("\n".join(LINES.source) + "\n", encoding="utf-8")
    (tmp_path / "reference.en").write_text("\n".join(LINES.texts) + "\n", encoding="utf-8")
    out = tmp_path / "faults.jsonl"
    command = [sys.executable, "-m", "benchmarks.faults", "--data", str(tmp_path), "--seed", "7"]
    subprocess.run([*command, "--output", str(out), "--kind", "loop"], cwd=ROOT, check=True)
    rows = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [list(row) for row in rows] == [["line", "kind", "source", "reference", "planted"]] * 3
    assert {row["line"]: row["planted"] for row in rows} == faults("loop")
