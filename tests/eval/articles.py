"""Small corpora for the metrics that need no reference."""

from __future__ import annotations

from collections.abc import Sequence

from mujaz.eval.metric import Metric, Segments

ARTICLES = (
    "أعلنت وزارة الصحة في القاهرة أن 25 شخصا أصيبوا في حريق كبير اندلع في مصنع للنسيج.",
    "وصل وفد من اليابان إلى عمان لتوقيع اتفاق قيمته 300 مليون دولار لبناء محطة للمياه.",
    "فاز المنتخب الوطني على نظيره بثلاثة أهداف مقابل هدف واحد في مباراة أقيمت مساء الجمعة.",
)
SUMMARIES = (
    "إصابة 25 شخصا في حريق كبير اندلع في مصنع للنسيج.",
    "وفد ياباني يوقع في عمان اتفاقا لبناء محطة للمياه.",
    "فاز المنتخب بثلاثة أهداف مقابل هدف.",
)
ENGLISH = (
    "The health ministry in Cairo said 25 people were hurt in a big fire at a textile factory.",
    "A delegation from Japan arrived in Amman to sign a $300 million deal for a water plant.",
    "The national team won by three goals to one in a match played on Friday evening.",
)


def corpus(
    outputs: Sequence[str],
    sources: Sequence[str] = ARTICLES,
    references: Sequence[Sequence[str]] = (),
) -> Segments:
    """Return outputs with their sources, under the ids 1, 2, 3."""
    ids = tuple(str(at + 1) for at in range(len(outputs)))
    return Segments(ids, tuple(outputs), tuple(map(tuple, references)), tuple(sources))


def scores(metric: Metric, segments: Segments) -> dict[str, float]:
    """Return the corpus scores by name."""
    sums = metric.statistics(segments).sum(axis=0)[None]
    return dict(zip(metric.scores, map(float, metric.corpus(sums)[0]), strict=True))


def singles(metric: Metric, segments: Segments) -> dict[str, list[float]]:
    """Return the scores of the segments by name."""
    columns = metric.by_segment(metric.statistics(segments)).T
    return dict(zip(metric.scores, columns.tolist(), strict=True))
