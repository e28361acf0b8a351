"""Systems brought together: by id or by line, named, with what their records say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from mujaz.errors import InputError, OptionError
from mujaz.eval.metric import Segments
from mujaz.eval.systems import MOST, System, checked, legible, read_systems

from .contests import field, run_folder


def _write(path: Path, *lines: str) -> Path:
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")
    return path


def test_files_of_lines(tmp_path: Path) -> None:
    a, b = _write(tmp_path / "a.en", "one", "two"), _write(tmp_path / "b.en", "One", "")
    ref, src = _write(tmp_path / "r.en", "one", "two"), _write(tmp_path / "s.ar", "واحد", "اثنان")
    found = read_systems([a, b], [ref], src)
    assert [system.name for system in found.systems] == ["a", "b"]
    assert found.systems[1].segments.hypotheses == ("One", "")
    assert found.systems[0].segments.references == (("one",), ("two",))
    assert found.systems[1].segments.sources == ("واحد", "اثنان")


def test_ids_decide_the_order(tmp_path: Path) -> None:
    own = field(count=4, names=("x",)).systems[0].segments
    turned = Segments(*(tuple(reversed(getattr(own, n))) for n in Segments.__slots__))
    a = run_folder(tmp_path / "a", "alpha", own)
    b = run_folder(tmp_path / "b", "beta", turned)
    found = read_systems([a, b])
    assert found.systems[0].segments == found.systems[1].segments == own


def test_a_run_and_a_file_of_lines(tmp_path: Path) -> None:
    own = field(count=3, names=("x",)).systems[0].segments
    a = run_folder(tmp_path / "a", "alpha", own)
    b = _write(tmp_path / "b.en", "one", "two", "three")
    for paths in ([a, b], [b, a]):
        found = read_systems(paths)
        second = next(system for system in found.systems if system.name == "b").segments
        assert second.ids == own.ids
        assert second.references == own.references
        assert second.domains == own.domains
        assert any("b.en" in note and "no ids" in note for note in found.notes)


def test_a_run_says_what_made_it_and_what_was_found(tmp_path: Path) -> None:
    own = field(count=2, names=("x",)).systems[0].segments
    finding = {"kind": "number", "severity": "severe", "message": "35 is missing", "target": [1, 2]}
    record = {"sentences": [{"findings": [finding]}], "headline": {"findings": [finding]}}
    a = run_folder(tmp_path / "a", "alpha", own, **record)
    b = run_folder(tmp_path / "b", "alpha", own)
    first, second = read_systems([a, b]).systems
    assert [first.name, second.name] == ["alpha", "alpha (2)"]
    assert dict(first.making)["model"] == "none/at-all"
    assert dict(first.making)["beams"] == "4"
    # The headline shares its finding with a sentence: said once.
    assert [[f.message for f in own] for own in first.findings] == [["35 is missing"]] * 2
    assert second.findings == ((), ())


@pytest.mark.parametrize("count", [0, 1, MOST + 1])
def test_too_few_or_too_many(count: int) -> None:
    with pytest.raises(OptionError):
        read_systems(["a.en"] * count)


def test_other_segments_are_refused(tmp_path: Path) -> None:
    a, b = _write(tmp_path / "a.en", "one", "two"), _write(tmp_path / "b.en", "one")
    with pytest.raises(InputError, match=r"b\.en has 1 segments and .*a\.en 2"):
        read_systems([a, b])
    own = field(count=2, names=("x",)).systems[0].segments
    one = run_folder(tmp_path / "one", "x", own)
    two = run_folder(tmp_path / "two", "y", replace(own, ids=("news-0", "news-9")))
    with pytest.raises(InputError, match="lacks the segment 'news-1'"):
        read_systems([one, two])


def test_other_references_are_refused(tmp_path: Path) -> None:
    own = field(count=2, names=("x",)).systems[0].segments
    one = run_folder(tmp_path / "one", "x", own)
    two = run_folder(tmp_path / "two", "y", replace(own, references=(("a",), ("b",))))
    with pytest.raises(InputError, match="other references"):
        read_systems([one, two])


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        ("opus", "opus"),
        (" two\n lines\t", "two lines"),
        ("a\u202eb", "a⟨U+202E⟩b"),
        ("bell\x07", "bell⟨U+0007⟩"),
        ("نظام", "نظام"),
        ("x\udce9", "x⟨U+DCE9⟩"),
    ],
)
def test_names_are_legible(given: str, shown: str) -> None:
    assert legible(given) == shown


def test_translations_are_checked_and_nothing_else_is() -> None:
    source = "قال الوزير إن 35 شخصا وصلوا إلى المدينة يوم الثلاثاء"
    good = "The minister said that 35 people had arrived in the city on Tuesday"
    segments = Segments(("1", "2"), (good, good.replace("35", "53")), sources=(source, source))
    system = System("a", "a.en", segments, ((), ()))
    first, second = checked(system).findings
    assert first == ()
    assert {finding.kind for finding in second} == {"number"}
    # A summary in Arabic, a brief far shorter than its source, or no source at all.
    arabic = replace(segments, hypotheses=(source, source))
    brief = replace(segments, sources=(source * 9, source * 9))
    for other in (arabic, brief, replace(segments, sources=())):
        assert checked(replace(system, segments=other)).findings == ((), ())
