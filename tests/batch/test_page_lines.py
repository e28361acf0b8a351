"""Characters at places to lines and paragraphs."""

from __future__ import annotations

from mujaz.batch.page_lines import Glyph, Line, goes_on, lines_of, paragraphs_of

SIZE = 10.0
WIDE = 5.0


def glyphs(visual: str, left: float = 0.0, base: float = 100.0, word: int = 0) -> list[Glyph]:
    """Characters of five points each, from left to right; spaces are gaps."""
    found = []
    for index, character in enumerate(visual):
        if character == " ":
            word += 1
            continue
        start = left + index * WIDE
        found.append(Glyph(character, start, start + WIDE, base, SIZE, word))
    return found


def line(
    text: str, base: float, *, left: float = 0, right: float = 200, size: float = SIZE
) -> Line:
    return Line(text, left, right, base, size, first=25)


def test_the_order_in_which_characters_are_drawn_does_not_count() -> None:
    run = glyphs("رسج حتتفا")
    (found,) = lines_of([list(reversed(run))])
    assert found.text == "افتتح جسر"
    (found,) = lines_of([run[4:] + run[:4]])
    assert found.text == "افتتح جسر"
    assert (found.left, found.right, found.base) == (0, 45, 100)
    assert found.first == 25


def test_runs_on_one_level_are_one_line_and_columns_are_two() -> None:
    near = lines_of([glyphs("حتتفا", left=25), glyphs("رسج", left=5)])
    assert [found.text for found in near] == ["افتتح جسر"]
    far = lines_of([glyphs("نيمي", left=200), glyphs("راسي", left=5)])
    assert [found.text for found in far] == ["يمين", "يسار"]
    one_run = lines_of([glyphs("راسي", left=5) + glyphs("نيمي", left=200)])
    assert [found.text for found in one_run] == ["يمين", "يسار"]


def test_marks_belong_to_the_letter_that_they_touch() -> None:
    run = [
        Glyph("ب", 10, 15, 100, SIZE, 0),
        Glyph("د", 5, 7, 100, SIZE, 1),
        Glyph("ّ", 7, 9.5, 100, SIZE, 1),
    ]
    (found,) = lines_of([run])
    assert found.text == "بدّ"


def test_digits_of_wide_cells_stay_together() -> None:
    run = [Glyph("٠", n * 6.0, n * 6.0 + 1, 100, SIZE, 0) for n in range(3)]
    (found,) = lines_of([[*run, *glyphs("براقي", left=30, word=1)]])
    assert found.text == "يقارب ٠٠٠"


def test_lines_that_are_full_go_on() -> None:
    lines = [line("أول السطر", 100), line("ثاني السطر", 88, left=120), line("فقرة ثانية", 76)]
    assert [len(block) for block in paragraphs_of(lines)] == [2, 1]
    assert paragraphs_of([]) == []


def test_gaps_indents_and_sizes_part() -> None:
    full = [line("أ ب", 100 - 12 * n) for n in range(4)]
    assert len(paragraphs_of(full)) == 1
    assert len(paragraphs_of([*full, line("بعد فراغ", 30)])) == 2
    assert len(paragraphs_of([*full, line("بعد مسافة", 52, right=180)])) == 2
    assert not goes_on(line("عنوان", 100, size=16), full[0], full)


def test_lines_in_latin_letters_are_full_at_the_right() -> None:
    lines = [line("one full", 100), line("short", 88, right=90), line("Another", 76)]
    assert [len(block) for block in paragraphs_of(lines)] == [2, 1]
