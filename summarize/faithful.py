"""Written sentences that the article does not bear out give way to the article's own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from mujaz.arabic import Article, Sentence
from mujaz.checks import Finding

from .extract import Extract
from .summary import SummarySentence
from .support import Judgement


def faithful(
    texts: Sequence[str],
    judgements: Sequence[Judgement],
    article: Article,
    found: Sequence[Sentence],
) -> tuple[SummarySentence, ...]:
    """Return a summary in which nothing stands that was judged severely wrong.

    In the place of such a sentence comes the article's sentence that it is nearest to, or else the
    first of an extract, none twice; where the article has no other one, nothing.

    Args:
        texts: The sentences that a model wrote.
        judgements: What each rests on, and what is wrong with it.
        article: The article.
        found: Its sentences.
    """
    taken = {found[n].text: n for n in range(len(found) - 1, -1, -1)}
    used = {taken[text] for text in texts if text in taken}
    made = []
    extract: list[int] | None = None
    for text, judgement in zip(texts, judgements, strict=True):
        if not judgement.severe:
            sentence = SummarySentence.resting_on(text, judgement.sources, found)
            made.append(replace(sentence, findings=judgement.findings))
            continue
        free = [n for n in judgement.sources if n not in used]
        if not free:
            if extract is None:
                extract = _extracted(article, len(texts) + len(used))
            free = [n for n in extract if n not in used]
        if free:
            used.add(free[0])
            own = SummarySentence.resting_on(found[free[0]].text, free[:1], found)
            made.append(instead(own, text, judgement.findings))
    return tuple(made)


def instead(own: SummarySentence, written: str, findings: Sequence[Finding]) -> SummarySentence:
    """Return the article's sentence ``own`` with a note saying what it replaces, and why.

    Args:
        own: The sentence.
        written: The one that a model wrote.
        findings: What is wrong with that one.
    """
    why = "; ".join(finding.message for finding in findings if finding.severity == "severe")
    note = Finding("support", "info", f"the article's own sentence, for the written one: {why}")
    return replace(own, findings=(note,), instead_of=written)


def _extracted(article: Article, count: int) -> list[int]:
    extract = Extract(count).summarize(article)
    return [n for sentence in extract.sentences for n in sentence.sources or ()]
