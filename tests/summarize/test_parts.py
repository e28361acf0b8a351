"""Parts of an article: they fit, they are in order, and they hold every word."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mujaz.arabic import Sentence, normalize, split
from mujaz.errors import EngineError
from mujaz.models.transformers_engine import TransformersEngine
from mujaz.summarize.parts import parts


def by_word(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) + 1 for text in texts]


def by_letter(texts: Sequence[str]) -> list[int]:
    return [len(text) + 2 for text in texts]


def sentences(*texts: str) -> list[Sentence]:
    found, at = [], 0
    for text in texts:
        found.append(Sentence(text, at, at + len(text), 0))
        at += len(text) + 1
    return found


WORDS = st.text("ابتثجحخدرسعفقكلمنهوي", min_size=1, max_size=12)
TEXTS = st.lists(WORDS, min_size=1, max_size=60).map(" ".join)


@given(st.lists(TEXTS, min_size=1, max_size=12), st.integers(16, 120))
@pytest.mark.parametrize("count", [by_word, by_letter])
def test_parts_fit_and_hold_every_word_in_order(
    count: Callable[[Sequence[str]], list[int]], texts: list[str], room: int
) -> None:
    made = parts(sentences(*texts), room, count)
    assert max(count([part.text for part in made])) <= room
    words = " ".join(normalize(text).text for text in texts)
    joined = " ".join(part.text for part in made)
    # A word longer than the room alone is cut inside.
    assert joined.replace(" ", "") == words.replace(" ", "")
    assert [part.behind for part in made] == sorted(part.behind for part in made)
    assert made[-1].behind == len(texts)


def test_parts_are_few() -> None:
    made = parts(sentences(*["كلمة كلمة كلمة كلمة"] * 10), 27, by_word)
    # Four words and two marks at most for each: four fit into 27.
    assert [len(part.text.split()) for part in made] == [16, 16, 8]
    assert [part.behind for part in made] == [4, 8, 10]


def test_a_sentence_longer_than_the_room_is_cut_between_clauses() -> None:
    clause = "وقال الوزير إن المشروع سيبدأ في شهر مارس،"
    made = parts(sentences(" ".join([clause] * 6), "ثم غادر."), 20, by_word)
    assert all(part.text.endswith(("،", "غادر.")) for part in made)
    assert made[0].behind == 0
    assert made[-1].behind == 2


def test_the_text_is_normalised_on_one_line() -> None:
    (part,) = parts(sentences("قال\nالوزيــر  إنّ المشروع ."), 40, by_word)
    assert part.text == "قال الوزير إن المشروع."


@pytest.mark.parametrize("room", [-100, 0, 15])
def test_no_room_is_an_error(room: int) -> None:
    with pytest.raises(EngineError, match="ask for fewer sentences"):
        parts(sentences("قال."), room, by_word)


def test_no_sentence_gives_no_part() -> None:
    assert parts([], 100, by_word) == []


def test_an_article_of_100000_words_is_counted_once() -> None:
    texts = [" ".join(["كلمة"] * 20) for _ in range(5000)]
    counted = 0

    def count(given: Sequence[str]) -> list[int]:
        nonlocal counted
        counted += sum(len(text.split()) for text in given)
        return by_word(given)

    began = time.process_time()
    made = parts(sentences(*texts), 500, count)
    assert counted == 100_000
    assert sum(len(part.text.split()) for part in made) == 100_000
    assert time.process_time() - began < 10  # 0.5 s when measured


def test_a_real_tokenizer_agrees(tiny: Callable[[str], Path]) -> None:
    engine = TransformersEngine(tiny("arabart"))
    text = "أعلنت الحكومة اليوم عن خطة جديدة. قال الوزير إن المشروع سيبدأ في شهر مارس المقبل، " * 12
    found = split(text)
    for room in (30, 64, 120):
        made = parts(found, room, engine.count_tokens)
        assert max(engine.count_tokens([part.text for part in made])) <= room
        assert " ".join(part.text for part in made) == normalize(text).text
    engine.close()
