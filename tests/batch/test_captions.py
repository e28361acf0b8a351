"""English on a screen."""

from __future__ import annotations

import pytest

from mujaz.batch.captions import WIDTH, divided, laid_out

SENTENCE = (
    "The minister said at the conference, which was held in Amman, that work would begin soon."
)


@pytest.mark.parametrize("shares", [[1], [30, 30], [10, 50, 20], [5, 5, 5, 5, 5, 5]])
def test_no_word_is_lost_and_none_moves(shares: list[int]) -> None:
    pieces = divided(SENTENCE, shares)
    assert len(pieces) == len(shares)
    assert " ".join(pieces) == SENTENCE
    assert all(pieces)


def test_the_shares_decide_and_a_comma_is_preferred() -> None:
    assert divided(SENTENCE, [36, 52])[0] == "The minister said at the conference,"
    short, long = divided(SENTENCE, [1, 9])
    assert len(short) < len(long) / 2


def test_a_piece_does_not_end_with_a_small_word() -> None:
    first, second = divided("We walked over to the house", [15, 13])
    assert first.split()[-1] not in {"the", "to"}
    assert f"{first} {second}" == "We walked over to the house"


def test_no_cue_is_overfull_while_another_has_room() -> None:
    long = " ".join(["word"] * 30)
    assert max(len(piece) for piece in divided(long, [90, 10])) <= 2 * WIDTH


def test_fewer_words_than_cues() -> None:
    assert divided("Yes.", [3, 3]) == ["Yes.", ""]
    assert sorted(divided("Oh yes.", [3, 3, 3])) == ["", "Oh", "yes."]
    assert divided("", [3, 3]) == ["", ""]


def test_endless_sentences_are_divided_too() -> None:
    long = " ".join(["word"] * 5000)
    pieces = divided(long, [10, 30])
    assert " ".join(pieces) == long
    assert len(pieces[1]) > 2 * len(pieces[0])


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Short.", ["Short."]),
        ("The government would begin work on a new project.",
         ["The government would begin", "work on a new project."]),
        ("", []),
        ("x" * 60, ["x" * 60]),
    ],
)  # fmt: skip
def test_lines(text: str, lines: list[str]) -> None:
    assert laid_out(text) == lines


def test_lines_are_within_the_width_and_hold_every_word() -> None:
    lines = laid_out(SENTENCE)
    assert all(len(line) <= WIDTH for line in lines)
    assert " ".join(lines) == SENTENCE
    assert len(lines) == 3
