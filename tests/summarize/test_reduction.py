"""Long articles brought down to what a model can read, and the record of what was read."""

from __future__ import annotations

from collections.abc import Sequence

from mujaz.arabic import split
from mujaz.summarize import Reading
from mujaz.summarize.reduction import reduced

ARTICLE = split(" ".join(f"وقعت الحادثة رقم {n} في المدينة القديمة مساء أمس." for n in range(20)))


def count(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) + 1 for text in texts]


def test_what_fits_is_read_as_it_is() -> None:
    text, read = reduced(ARTICLE[:3], 100, count, lambda texts: [])
    assert text == " ".join(s.text for s in ARTICLE[:3])
    assert read == Reading(3, 3, 1)


def test_a_longer_one_is_summarised_in_parts_first() -> None:
    seen: list[list[str]] = []

    def write(texts: list[str]) -> list[str]:
        seen.append(texts)
        return [split(text)[0].text for text in texts]

    text, read = reduced(ARTICLE, 60, count, write)
    assert len(seen) == 1
    assert read == Reading(20, 20, len(seen[0]))
    assert read.parts > 1
    assert read.whole
    assert all(split(part)[0].text in text for part in seen[0])


def test_parts_are_reduced_as_often_as_it_takes() -> None:
    seen: list[int] = []

    def write(texts: list[str]) -> list[str]:
        seen.append(len(texts))
        return [split(text)[0].text for text in texts]

    _, read = reduced(ARTICLE, 24, count, write)
    assert seen == sorted(seen, reverse=True)
    assert len(seen) > 1
    assert read == Reading(20, 20, seen[0])


def test_summaries_that_get_no_shorter_are_cut_to_their_first_sentences() -> None:
    text, read = reduced(ARTICLE, 60, count, list)
    assert "رقم 0 " in text
    assert "رقم 19" not in text
    assert read.whole
    assert read.parts > 1


def test_where_nothing_gets_shorter_the_reading_says_what_was_left_out() -> None:
    for write in (lambda texts: ["كلمة " * 50 for _ in texts], lambda texts: ["" for _ in texts]):
        text, read = reduced(ARTICLE, 60, count, write)
        assert not read.whole
        assert read == Reading(text.count("رقم"), 20, 1)
        assert text.startswith("وقعت الحادثة رقم 0 ")
