"""BLEU is sacreBLEU's, to the last digit, and Arabic never meets an ASCII tokenizer."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest
import sacrebleu
from sacrebleu.metrics.bleu import BLEU

from mujaz.errors import InputError, OptionError
from mujaz.eval.bleu import Bleu
from mujaz.eval.metric import Segments
from mujaz.eval.scoring import score

from .corpus import ARABIC, ARABIC_SEGMENTS, DATA, GOOD, POOR, REFERENCES, segments

SECOND = tuple(text.replace("The ", "Our ") for text in REFERENCES)


def corpus_score(metric: Bleu, given: Segments) -> float:
    return float(metric.corpus(metric.statistics(given).sum(axis=0)[None])[0, 0])


@pytest.mark.parametrize("tokenize", ["13a", "intl", "char", "zh", "none"])
@pytest.mark.parametrize("lowercase", [True, False])
@pytest.mark.parametrize("smooth", ["exp", "floor", "add-k", "none"])
def test_the_corpus_score_is_the_public_one(tokenize: str, lowercase: bool, smooth: str) -> None:
    outputs = (*GOOD[:4], *POOR[4:])
    given = segments(outputs, REFERENCES, SECOND)
    expected = sacrebleu.corpus_bleu(
        list(outputs),
        [list(REFERENCES), list(SECOND)],
        tokenize=tokenize,
        lowercase=lowercase,
        smooth_method=smooth,
    )
    metric = Bleu(tokenize, lowercase=lowercase, smooth=smooth)
    assert corpus_score(metric, given) == pytest.approx(expected.score, abs=1e-9)
    assert 5 < expected.score < 95


def test_references_may_differ_in_number() -> None:
    some = [text if place % 3 else None for place, text in enumerate(SECOND)]
    given = Segments(
        tuple(map(str, range(len(POOR)))),
        POOR,
        tuple((a, b) if b else (a,) for a, b in zip(REFERENCES, some, strict=True)),
    )
    expected = sacrebleu.corpus_bleu(list(POOR), [list(REFERENCES), some])
    assert corpus_score(Bleu(), given) == pytest.approx(expected.score, abs=1e-9)
    assert Bleu().signature(given).startswith("nrefs:var|")


def test_sentence_scores_are_the_public_ones() -> None:
    texts = (*POOR[:6], "Oil rose", "", "The", "nothing shared whatsoever here")
    given = segments(texts, REFERENCES[: len(texts)])
    expected = [
        sacrebleu.sentence_bleu(text, [reference]).score
        for text, reference in zip(texts, REFERENCES, strict=False)
    ]
    found = Bleu().by_segment(Bleu().statistics(given))[:, 0]
    assert found == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize("smooth", ["exp", "floor", "add-k", "none"])
@pytest.mark.parametrize("effective", [True, False])
def test_the_formula_is_sacrebleus_on_any_statistics(smooth: str, effective: bool) -> None:
    chance = random.Random(7)
    rows = []
    for _ in range(400):
        total = sorted((chance.randint(0, 12) for _ in range(4)), reverse=True)
        correct = [chance.randint(0, n) if chance.random() < 0.7 else 0 for n in total]
        rows.append([total[0], chance.randint(0, 14), *correct, *total])
    metric = Bleu(smooth=smooth)
    found = metric._scores(np.array(rows, dtype=float), effective_order=effective)[:, 0]
    for row, value in zip(rows, found, strict=True):
        expected = BLEU.compute_bleu(
            row[2:6], row[6:], row[0], row[1], smooth_method=smooth, effective_order=effective
        )
        assert value == pytest.approx(expected.score, abs=1e-9)


def test_the_signature_is_sacrebleus_own() -> None:
    own = BLEU()
    own.corpus_score(list(GOOD), [list(REFERENCES)])
    assert Bleu().signature(segments()) == str(own.get_signature())
    assert "tok:char|smooth:floor[0.10]" in Bleu("char", smooth="floor").signature(segments())


# ------------------------------------------------------------------ Arabic


def test_arabic_references_take_the_tokenizer_that_knows_their_marks() -> None:
    assert "|tok:intl|" in Bleu().signature(ARABIC_SEGMENTS)
    assert "|tok:13a|" in Bleu().signature(segments())
    # «الثلاثاء، » matches «الثلاثاء» only where the comma is split from the word.
    given = segments(("في يوم الثلاثاء وصل الوفد",), ("في يوم الثلاثاء، وصل الوفد",))
    apart = Bleu().statistics(given)[0]
    assert apart[2] == 5
    own = BLEU(tokenize="13a")._extract_corpus_statistics(
        given.hypotheses, [[r[0] for r in given.references]]
    )
    assert own[0][2] == 4, "13a no longer leaves an Arabic comma on its word"


@pytest.mark.parametrize("tokenize", ["13a", "zh", "13A"])
def test_an_ascii_tokenizer_is_refused_for_arabic(tokenize: str) -> None:
    with pytest.raises(InputError, match=r"segment '1' has an Arabic reference.*ASCII.*bleu:intl"):
        Bleu(tokenize).statistics(ARABIC_SEGMENTS)
    with pytest.raises(InputError):
        Bleu(tokenize).signature(ARABIC_SEGMENTS)


def test_one_arabic_reference_among_many_is_enough() -> None:
    mixed = segments(GOOD, (*REFERENCES[:-1], ARABIC[0]))
    assert "|tok:intl|" in Bleu().signature(mixed)
    with pytest.raises(InputError, match="segment '12'"):
        Bleu("13a").statistics(mixed)


def test_an_arabic_name_in_an_english_reference_is_not() -> None:
    named = ("The ship is called «سفينة» by its crew.", *REFERENCES[1:])
    assert "|tok:13a|" in Bleu().signature(segments(GOOD, named))


# ------------------------------------------------------------------ choices


@pytest.mark.parametrize(
    ("choices", "message"),
    [
        ({"tokenize": "spacy"}, "tokenizer 'spacy' is unknown; use none, zh, 13a"),
        ({"smooth": "laplace"}, "smoothing 'laplace' is unknown; use exp"),
    ],
)
def test_unknown_choices(choices: dict[str, str], message: str) -> None:
    with pytest.raises(OptionError, match=message):
        Bleu(**choices)


@pytest.mark.parametrize("tokenize", ["flores200", "flores101", "spm", "spBLEU-1K"])
def test_a_tokenizer_that_would_be_downloaded_is_refused(
    tokenize: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sacrebleu.utils.SACREBLEU_DIR", str(tmp_path))
    with pytest.raises(OptionError, match="needs a model that is not on this machine") as error:
        Bleu(tokenize)
    assert "\n" not in str(error.value)
    assert str(tmp_path) in str(error.value)


@pytest.mark.parametrize("tokenize", ["ja-mecab", "ko-mecab"])
def test_a_tokenizer_without_its_package_is_refused(
    tokenize: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    with pytest.raises(OptionError, match=r"not installed; pip install 'sacrebleu\["):
        Bleu(tokenize)


# ------------------------------------------------------------------ warnings


def test_short_headlines_score_nothing_and_are_told_why() -> None:
    short = ("Rain in Fez", "Oil prices fall")
    report = score(segments(short, short), [Bleu()])
    assert report["bleu"].score == sacrebleu.corpus_bleu(list(short), [list(short)]).score == 0
    assert any("no output has 4 words" in line for line in report.warnings)
    assert not Bleu().warnings(segments(), Bleu().statistics(segments()))


def test_tokenized_outputs_are_told() -> None:
    tokenized = segments(tuple(text.replace(".", " .") for text in GOOD))
    (line,) = Bleu().warnings(tokenized, Bleu().statistics(tokenized))
    assert line.startswith("12 of 12 outputs end in a full stop with a space before it")


# ------------------------------------------------------------------ published values

PUBLISHED = {
    "google": 46.0,
    "microsoft": 44.0,
    "bergamot-base": 39.6,
    "bergamot-base-memory": 38.3,
    "nllb": 37.5,
    "opusmt": 33.9,
    "argos": 30.0,
}


@pytest.mark.data
@pytest.mark.parametrize(("system", "published"), PUBLISHED.items())
def test_the_seven_systems_of_flores_have_their_published_values(
    system: str, published: float
) -> None:
    folder = DATA / "flores-dev"
    if not folder.is_dir():
        pytest.skip("../shared/data/flores-dev is absent")
    from mujaz.eval.segments import read_segments

    given = read_segments(folder / f"{system}.en", [folder / "reference.en"]).segments
    assert len(given) == 997
    assert round(corpus_score(Bleu(), given), 1) == published
