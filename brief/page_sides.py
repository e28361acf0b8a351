"""The two sides of a page: a brief's sentences, the Arabic that they rest on, and the links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from mujaz.arabic import Article, Dropped, Sentence, sentences
from mujaz.checks import Finding
from mujaz.errors import InputError

from .page_text import Mark, Stretch, letter, stretches
from .record import Brief, BriefSentence


@dataclass(frozen=True, slots=True)
class Link:
    """A way to the other side: the id there, and what a reader calls it."""

    id: str
    label: str


@dataclass(frozen=True, slots=True)
class Fault:
    """A finding as it is told; ``letter`` is empty where no text is marked."""

    finding: Finding
    letter: str
    message: tuple[Stretch, ...]


@dataclass(frozen=True, slots=True)
class English:
    """A sentence of the brief.

    Attributes:
        id: ``s1`` and so on; ``s0`` is the headline.
        label: Its number from 1, or ``Headline``.
        record: What the brief says of it.
        text: Its text; empty where there is no translation.
        faults: Its findings, the worst first.
        arabic: The Arabic that was translated, where it does not stand on the other side word for
            word; empty where it does.
        rests_on: The Arabic sentences; empty where they are not known.
    """

    id: str
    label: str
    record: BriefSentence
    text: tuple[Stretch, ...]
    faults: tuple[Fault, ...]
    arabic: tuple[Stretch, ...]
    rests_on: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Arabic:
    """A sentence of the other side; ``carries`` are the sentences of the brief that rest on it."""

    id: str
    text: tuple[Stretch, ...]
    carries: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph of the other side.

    Attributes:
        kind: The article's title, running text, a part that is not news, or the place at which the
            summarizer stopped reading.
        items: Its sentences.
        why: Of a part that is not news, what it is.
    """

    kind: Literal["title", "text", "dropped", "stop"]
    items: tuple[Arabic, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True)
class Sides:
    """Both sides of a page; the first of ``english`` is the headline."""

    english: tuple[English, ...]
    arabic: tuple[Block, ...]
    left_out: tuple[English, ...] = ()


def sides(brief: Brief, article: Article | None) -> Sides:
    """Return both sides, linked.

    Args:
        brief: The brief.
        article: Its article; without it the Arabic of each sentence makes the other side.

    Raises:
        InputError: The brief was made of another article.
    """
    faults, left_out = _faults(brief)
    entries = (brief.headline, *brief.sentences)
    if article is None:
        basis, blocks = _without_article(brief, entries, faults)
        verbatim = [True] * len(entries)
    else:
        found = sentences(article)
        _check(brief, article, found)
        verbatim = [_stands(entry, article) for entry in entries]
        basis = [_basis(entry, found) for entry in entries]
        title: tuple[Mark, ...] = ()
        if not basis[0] and article.title.strip() == brief.headline.arabic:
            # A title that is known apart from the text is a sentence of its own.
            basis[0], verbatim[0] = ["title"], True
            title = tuple(_marks(faults[0], 0))
        blocks = list(_blocks(brief, article, found, faults, basis, verbatim, title))
    english = []
    for number, (entry, own) in enumerate(zip(entries, faults, strict=True)):
        shown = bool(basis[number]) and verbatim[number]
        english.append(
            English(
                id=f"s{number}",
                label=str(number) if number else "Headline",
                record=entry,
                text=stretches(entry.text, _marks(own, None)) if entry.text else (),
                faults=own,
                arabic=() if shown else stretches(entry.arabic, _marks(own, 0), arabic=True),
                rests_on=tuple(Link(f"a-{key}", _called(key)) for key in basis[number]),
            )
        )
    return Sides(tuple(english), tuple(blocks), left_out)


def _faults(brief: Brief) -> tuple[list[tuple[Fault, ...]], tuple[English, ...]]:
    """Return the findings of headline and sentences, and what was left out with its findings.

    Letters run through the page.
    """
    used = 0
    told = []
    rank = {"severe": 0, "warning": 1, "info": 2}
    for entry in (brief.headline, *brief.sentences, *brief.left_out):
        own = []
        for finding in sorted(entry.findings, key=lambda f: rank[f.severity]):
            marked = _within(finding.source, entry.arabic) or _within(finding.target, entry.text)
            own.append(
                Fault(finding, letter(used) if marked else "", stretches(finding.message.strip()))
            )
            used += marked
        told.append(tuple(own))
    shown = 1 + len(brief.sentences)
    left_out = (
        English(
            id=f"x{number}",
            label=str(number),
            record=entry,
            text=stretches(entry.text, _marks(own, None)),
            faults=own,
            arabic=stretches(entry.arabic, _marks(own, 0), arabic=True),
            rests_on=(),
        )
        for number, (entry, own) in enumerate(zip(brief.left_out, told[shown:], strict=True), 1)
    )
    return told[:shown], tuple(left_out)


def _within(span: tuple[int, int] | None, text: str) -> bool:
    return span is not None and max(span[0], 0) < min(span[1], len(text))


def _marks(faults: Sequence[Fault], offset: int | None) -> Iterator[Mark]:
    """Yield the marks in the English (``None``), or in the Arabic that begins at ``offset``."""
    for fault in faults:
        finding = fault.finding
        span = finding.target if offset is None else finding.source
        if span:
            moved = offset or 0
            yield Mark(span[0] + moved, span[1] + moved, finding.severity, fault.letter)


def _check(brief: Brief, article: Article, found: Sequence[Sentence]) -> None:
    """Refuse an article that is not the brief's: its links would lead anywhere."""
    same = brief.title == article.title and brief.read.of == len(found)
    for entry in brief.sentences:
        if entry.start is not None and entry.end is not None:
            same &= entry.start < entry.end <= len(article.text)
            # An extract's sentences are the article's own.
            same &= _stands(entry, article) or brief.making.summarizer not in ("extract", "lead")
        same &= all(0 <= source < len(found) for source in entry.sources or ())
    if not same:
        raise InputError(
            f"the brief of {brief.article} was made of another text than {article.origin}",
            "give the article as it was, or leave it out",
        )


def _stands(entry: BriefSentence, article: Article) -> bool:
    """Whether the Arabic of ``entry`` stands in the article word for word."""
    return entry.start is not None and article.text[entry.start : entry.end] == entry.arabic


def _basis(entry: BriefSentence, found: Sequence[Sentence]) -> list[str]:
    """Return the keys of the article's sentences that ``entry`` rests on: their numbers from 1."""
    if entry.sources is not None:
        return [str(source + 1) for source in entry.sources if source < len(found)]
    if entry.start is None or entry.end is None:
        return []
    return [
        str(number)
        for number, sentence in enumerate(found, 1)
        if sentence.start < entry.end and sentence.end > entry.start
    ]


def _called(key: str) -> str:
    return "title" if key == "title" else f"sentence\u00a0{key}"


def _without_article(
    brief: Brief, entries: Sequence[BriefSentence], faults: Sequence[tuple[Fault, ...]]
) -> tuple[list[list[str]], list[Block]]:
    """Return a side that is the Arabic of each sentence; the same Arabic is shown once."""
    groups: dict[str, list[int]] = defaultdict(list)
    for number, entry in enumerate(entries):
        groups[entry.arabic].append(number)
    keys = {arabic: str(place) for place, arabic in enumerate(groups, 1)}
    blocks = [
        Block(
            "title" if numbers == [0] and arabic == brief.title else "text",
            (
                Arabic(
                    f"a-{keys[arabic]}",
                    stretches(
                        arabic, [m for n in numbers for m in _marks(faults[n], 0)], arabic=True
                    ),
                    _carried(numbers),
                ),
            ),
        )
        for arabic, numbers in groups.items()
    ]
    return [[keys[entry.arabic]] for entry in entries], blocks


def _carried(numbers: Sequence[int]) -> tuple[Link, ...]:
    """Return the links to sentences of the brief, the headline's last."""
    ordered = sorted(numbers, key=lambda n: (n == 0, n))
    return tuple(Link(f"s{n}", str(n) if n else "Headline") for n in ordered)


def _blocks(
    brief: Brief,
    article: Article,
    found: Sequence[Sentence],
    faults: Sequence[tuple[Fault, ...]],
    basis: Sequence[Sequence[str]],
    verbatim: Sequence[bool],
    title: Sequence[Mark],
) -> Iterator[Block]:
    """Yield the article, all of it, in its order."""
    carried: dict[str, list[int]] = defaultdict(list)
    marks: dict[str, list[Mark]] = defaultdict(list)
    for number, keys in enumerate(basis):
        for key in keys:
            carried[key].append(number)
            start = (brief.headline, *brief.sentences)[number].start
            if verbatim[number] and start is not None and key != "title":
                marks[key] += _marks(faults[number], start)
    if "title" in carried or (article.title.strip() and not _in_text(article)):
        text = stretches(article.title.strip(), title, arabic=True)
        yield Block("title", (Arabic("a-title", text, _carried(carried["title"])),))
    stop = brief.read.sentences if not brief.read.whole else len(found)
    for dropped, read, group in _paragraphs(article, found, stop):
        if dropped:
            text = stretches(article.text[dropped.start : dropped.end], arabic=True)
            yield Block("dropped", (Arabic("", text),), dropped.kind)
            continue
        if not read and group[0][0] == stop + 1:
            yield Block("stop")
        items = tuple(
            Arabic(
                f"a-{number}",
                stretches(
                    sentence.text,
                    [
                        Mark(m.start - sentence.start, m.end - sentence.start, m.severity, m.letter)
                        for m in marks[str(number)]
                    ],
                    arabic=True,
                ),
                _carried(carried[str(number)]),
            )
            for number, sentence in group
        )
        first = len(group) == 1 and group[0][1].text == article.title.strip()
        yield Block("title" if first and group[0][0] == 1 else "text", items)


def _in_text(article: Article) -> bool:
    return article.title.strip() in article.text


def _paragraphs(
    article: Article, found: Sequence[Sentence], stop: int
) -> Iterator[tuple[Dropped | None, bool, list[tuple[int, Sentence]]]]:
    """Yield dropped parts and paragraphs in order: the part, whether it was read, its sentences.

    A paragraph in which the summarizer stopped reading comes as two.
    """
    dropped = list(article.dropped)
    for (read, _), group in groupby(
        enumerate(found, 1), key=lambda pair: (pair[0] <= stop, pair[1].paragraph)
    ):
        paragraph = list(group)
        while dropped and dropped[0].start < paragraph[0][1].start:
            yield dropped.pop(0), read, []
        yield None, read, paragraph
    for part in dropped:
        yield part, False, []
