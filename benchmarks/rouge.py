"""What the ROUGE of `mujaz.eval` was checked against.

    python -m benchmarks.rouge published   # Taqyim's 153 values of ROUGE-1 and ROUGE-L
    python -m benchmarks.rouge xlsum       # XL-Sum's definition, computed a second way
    python -m benchmarks.rouge variants    # the variants on the same 300 pairs
    python -m benchmarks.rouge trap        # rouge_score's own tokenizer on Arabic
    python -m benchmarks.rouge speed       # seconds, against rouge_score's own counting

Reads ../shared/data beside the checkout; says so and stops where it is absent. `xlsum` uses
OpenNMT's tokenizer where ``pyonmttok`` is installed, as XL-Sum's scorer does, else a regular
expression.
"""

from __future__ import annotations

import json
import re
import time
import unicodedata
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import typer

from mujaz.arabic import split
from mujaz.eval.metric import Segments
from mujaz.eval.rouge import Rouge

DATA = Path(__file__).resolve().parents[1].parent / "shared" / "data"
TYPES = ("rouge1", "rouge2", "rougeL", "rougeLsum")
app = typer.Typer(add_completion=False, help=__doc__)


def rows(name: str) -> list[dict[str, Any]]:
    """Return the rows of a file of JSON lines, or stop where it is absent."""
    path = DATA / name
    if not path.exists():
        print(f"skipped: {path} is absent")
        raise typer.Exit
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def segments(hypotheses: Sequence[str], references: Sequence[Sequence[str]]) -> Segments:
    """Return segments numbered from 0."""
    ids = tuple(str(number) for number in range(len(hypotheses)))
    return Segments(ids, tuple(hypotheses), tuple(tuple(texts) for texts in references))


def lead_pairs() -> Segments:
    """Return the first sentence of each BBC article (its intro left out) and its reference."""
    found = rows("summaries/bbc-arabic-dev.jsonl")
    leads = [split(row["text_nolead"])[0].text for row in found]
    return segments(leads, [[row["summary"]] for row in found])


class Tokens:
    """Hands a function to rouge_score as its tokenizer."""

    def __init__(self, tokenize: Callable[[str], list[str]]) -> None:
        self.tokenize = tokenize


def by_rouge_score(
    pairs: Segments, tokenize: Callable[[str], list[str]], types: Sequence[str] = TYPES
) -> np.ndarray:
    """Return rouge_score's own F1 of each segment, times 100."""
    from rouge_score.rouge_scorer import RougeScorer

    scorer = RougeScorer(list(types), tokenizer=Tokens(tokenize))
    found = []
    for output, references in zip(pairs.hypotheses, pairs.references, strict=True):
        scores = scorer.score_multi(references, output)
        found.append([100 * scores[kind].fmeasure for kind in types])
    return np.array(found)


@app.command()
def published() -> None:
    """Compare with the values that Taqyim's authors published for each item."""
    found = rows("rouge-check/gpt-3.5-easc.jsonl")
    pairs = segments([row["prediction"] for row in found], [[row["summary"]] for row in found])
    ours = Rouge("words").statistics(pairs)[:, [0, 2]] / 100
    theirs = np.array([[row["published_rouge1"], row["published_rougeL"]] for row in found])
    gaps = np.abs(ours - theirs)
    print(f"{len(found)} items; largest difference: ROUGE-1 {gaps[:, 0].max():.2e},", end=" ")
    print(f"ROUGE-L {gaps[:, 1].max():.2e}; beyond 0.001: {(gaps > 0.001).sum()}")
    print(f"mean ROUGE-1 {100 * ours[:, 0].mean():.2f}, ROUGE-L {100 * ours[:, 1].mean():.2f}")
    for variant in ("arabic", "xlsum"):
        one, _, longest, _ = Rouge(variant).statistics(pairs)[:, :4].mean(axis=0)
        print(f"{variant}: mean ROUGE-1 {one:.2f}, ROUGE-L {longest:.2f}")


def _xlsum_cutter() -> tuple[str, Callable[[str], list[str]]]:
    """Return how words are cut at digits and symbols, and its name."""
    try:
        import pyonmttok
    except ImportError:
        import regex

        piece = regex.compile(r"\p{L}[\p{L}\p{M}]*|\p{N}[\p{N}\p{M}]*|\S\p{M}*")
        return "regex", lambda text: piece.findall(text)
    cutter = pyonmttok.Tokenizer("aggressive")
    return f"pyonmttok {pyonmttok.__version__}", lambda text: cutter.tokenize(text)[0]


def _letters_only(text: str) -> str:
    """Blank what XL-Sum's scorer calls punctuation; drop control characters."""
    kept = []
    for character in text.lower():
        kind = unicodedata.category(character)
        if character in "\n\t\r " or kind in ("Zs", "Pc", "Pd", "Ps", "Pe", "Pi", "Pf", "Po"):
            kept.append(" ")
        elif kind[0] != "C" and character != "\ufffd":
            kept.append(" " if character in "$+<=>^`|~" else character)
    return "".join(kept)


def xlsum_words(
    stop_words: Sequence[str] = (), *, line: bool = False
) -> tuple[str, Callable[[str], list[str]]]:
    """Return a second making of the `xlsum` words, of a text or a ``line``, and what cuts them."""
    from nltk.stem.snowball import SnowballStemmer

    name, cut = _xlsum_cutter()
    stemmer = SnowballStemmer("arabic")
    stemmer.stemmer.stopwords = set(stop_words)

    def words(text: str) -> list[str]:
        found = _letters_only(text).split()
        if not line:
            found = cut(" ".join(found))
        stems = [stemmer.stem(word) if len(word) > 3 else word for word in found]
        return [stem for stem in stems if stem]

    return name, words


@app.command()
def xlsum(stop_words: Path | None = None) -> None:
    """Compare with rouge_score's functions, fed with words made independently.

    Args:
        stop_words: A list of stop words, one a line, to see how much it changes.
    """
    pairs = lead_pairs()
    ours = Rouge("xlsum").statistics(pairs)[:, :4]
    name, words = xlsum_words()
    lines = by_rouge_score(pairs, xlsum_words(line=True)[1], TYPES[3:])
    theirs = np.hstack([by_rouge_score(pairs, words, TYPES[:3]), lines])
    gaps = np.abs(ours - theirs).max(axis=1)
    print(f"{len(pairs)} pairs, words cut by {name}, one stemmer used from its first word on:")
    print("ours  ", *(f"{value:.4f}" for value in ours.mean(axis=0)))
    print("theirs", *(f"{value:.4f}" for value in theirs.mean(axis=0)))
    unlike = np.flatnonzero(gaps > 5e-5)
    print(f"segments not equal to 4 decimals: {len(unlike)} {unlike.tolist()[:10]}")
    backwards = segments(pairs.hypotheses[::-1], pairs.references[::-1])
    again = by_rouge_score(backwards, xlsum_words()[1], TYPES[:3])[::-1]
    moved = (np.abs(again - theirs[:, :3]) > 5e-5).any(axis=1).sum()
    print(f"theirs, last segment first: {moved} differ")
    if stop_words:
        listed = stop_words.read_text(encoding="utf-8").split()
        spared = by_rouge_score(pairs, xlsum_words(listed)[1], TYPES[:3])
        print(
            f"with {len(listed)} stop words unstemmed", *(f"{v:.4f}" for v in spared.mean(axis=0))
        )


@app.command()
def variants() -> None:
    """Print what each variant gives on the same pairs, Arabic and English."""
    pairs = lead_pairs()
    print(f"BBC Arabic, {len(pairs)} pairs: the first sentence against the reference")
    for rouge in (
        Rouge("arabic"),
        Rouge("arabic", sentences="split"),
        Rouge("words"),
        Rouge("xlsum"),
    ):
        _show(rouge, pairs)
    english = segments(
        (DATA / "flores-dev" / "opusmt.en").read_text(encoding="utf-8").splitlines(),
        [[line] for line in (DATA / "flores-dev" / "reference.en").read_text("utf-8").splitlines()],
    )
    print(f"FLORES dev, {len(english)} translations of opusmt against the English reference")
    for rouge in (
        Rouge("arabic"),
        Rouge("words"),
        Rouge("xlsum"),
        Rouge("google"),
        Rouge("google", stemmer=True),
    ):
        _show(rouge, english)


def _show(rouge: Rouge, pairs: Segments) -> None:
    values = rouge.corpus(rouge.statistics(pairs).sum(axis=0))[0]
    print(*(f"{value:6.2f}" for value in values), "", rouge.signature(pairs))


@app.command()
def trap() -> None:
    """Show what rouge_score makes of Arabic with its own tokenizer."""
    from rouge_score.rouge_scorer import RougeScorer

    scorer = RougeScorer(list(TYPES))
    pairs = lead_pairs()
    copies = [scorer.score(text, text)["rouge1"].fmeasure for (text,) in pairs.references]
    print(f"{sum(score == 0 for score in copies)} of {len(copies)} references score 0 on a copy")
    scores = [
        (scorer.score(text, output)["rouge1"].fmeasure, output, text)
        for output, (text,) in zip(pairs.hypotheses, pairs.references, strict=True)
    ]
    perfect = [(output, text) for score, output, text in scores if score == 1]
    print(f"{len(perfect)} pairs of different texts score 1:", end=" ")
    print([re.findall(r"[A-Za-z0-9]+", text) for _, text in perfect])


@app.command()
def speed(copies: int = 7) -> None:
    """Time our counting and that of rouge_score on EASC: 153 texts, 5 references each, repeated."""
    found = rows("summaries/easc.jsonl")
    leads = ["\n".join(part.text for part in split(row["text"])[:3]) for row in found]
    pairs = segments(leads * copies, [row["summaries"] for row in found] * copies)
    length = np.mean([len(text.split()) for row in found for text in row["summaries"]])
    print(f"{len(pairs)} segments, 5 references of {length:.0f} words on average")
    for variant in ("arabic", "words", "xlsum"):
        Rouge(variant).statistics(segments(leads[:1], [leads[:1]]))  # loads NLTK
    for variant in ("arabic", "words", "xlsum"):
        start = time.process_time()
        ours = Rouge(variant).statistics(pairs)
        print(f"{variant}: {time.process_time() - start:.2f} s of processor time")
    news = lead_pairs()
    start = time.process_time()
    Rouge("arabic").statistics(news)
    print(f"arabic, {len(news)} pairs of a sentence each: {time.process_time() - start:.2f} s")
    from mujaz.eval.rouge_words import words_of

    start = time.process_time()
    part = segments(leads, [row["summaries"] for row in found])
    theirs = by_rouge_score(part, words_of("arabic").text)
    seconds = time.process_time() - start
    ours = Rouge("arabic").statistics(part)[:, :4]
    print(f"rouge_score, words of arabic: {seconds * copies:.1f} s ({len(part)} timed)", end="; ")
    print(f"largest difference {np.abs(ours - theirs).max():.1e}")


if __name__ == "__main__":
    app()
