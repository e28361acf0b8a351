"""What a system has to beat: an oracle for summaries, translate-then-summarise for briefs.

The other baselines, lead and extract, are summarizers of their own (`mujaz.summarize`).
"""

from __future__ import annotations

from collections.abc import Sequence

from mujaz.arabic import Article, sentences
from mujaz.errors import InputError
from mujaz.summarize import ArticleSummarizer, Extract, Lead, Reading, Summary, SummarySentence
from mujaz.translate import Translator
from mujaz.translate.document import Document, translate_document

from .rouge_overlap import bigram_f1, unigram_f1
from .rouge_words import words_of

ORACLE_OBJECTIVE = "mean of ROUGE-1 and ROUGE-2 F1, variant arabic, best reference"
"""What the oracle climbs; for records."""


def oracle(article: Article, references: Sequence[str], count: int) -> Summary:
    """Return the sentences that come nearest to what the oracle must not know: the references.

    Sentence by sentence the one is added that raises the score most, until ``count`` are taken or
    none raises it (Nallapati et al. 2017, "SummaRuNNer", section 3). So it is about what an extract
    can reach, though being greedy it is no strict bound. Its sentences stand in the article's
    order.

    Args:
        article: The article.
        references: Summaries of it by people.
        count: Sentences, at most.

    Raises:
        InputError: There are no references, or the article has no sentence.
    """
    found = sentences(article)
    if not references:
        raise InputError(f"{article.origin}: an oracle needs references", "leave the oracle out")
    if not found:
        raise InputError(f"{article.origin} has no sentence to summarise", "leave that row out")
    cut = words_of("arabic", stemmer=False).text
    words = [cut(sentence.text) for sentence in found]
    wanted = [cut(reference) for reference in references]

    def score(places: Sequence[int]) -> float:
        output = [word for place in sorted(places) for word in words[place]]
        return max((unigram_f1(w, output) + bigram_f1(w, output)) / 2 for w in wanted)

    taken: list[int] = []
    best = 0.0
    while len(taken) < count:
        scores = {p: score([*taken, p]) for p in range(len(found)) if p not in taken}
        place = max(scores, key=scores.__getitem__, default=None)
        if place is None or scores[place] <= best:
            break
        taken.append(place)
        best = scores[place]
    # An article that shares no word with its references still has a first sentence.
    taken = sorted(taken) or [0]
    return Summary(
        article=article.id,
        sentences=tuple(SummarySentence.resting_on(found[p].text, [p], found) for p in taken),
        method="oracle",
        model="",
        read=Reading(len(found), len(found)),
        settings={"sentences": count, "objective": ORACLE_OBJECTIVE},
    )


class TranslateThenSummarise:
    """The way round the chain: the whole article into English, and of that the best sentences.

    It costs a translation of every sentence where the chain translates a few, but chooses among
    what will be read. ``extract`` chooses by the multilingual sentence encoder, as in Arabic.

    Args:
        translator: Translates; whoever loaded it closes it.
        method: ``lead`` or ``extract``.
        count: Sentences, at most.
    """

    def __init__(self, translator: Translator, method: str, count: int) -> None:
        self._translator = translator
        self._summarizer: ArticleSummarizer = Lead(count) if method == "lead" else Extract(count)

    def brief(self, article: Article) -> tuple[Summary, Document]:
        """Return the English summary, and the whole English that it was taken from.

        Raises:
            InputError: There is nothing to translate, or its translation came out empty.
        """
        document = translate_document(self._translator, article)
        english = document.text()
        if not english:
            raise InputError(f"{article.origin}: the translation came out empty", "try another")
        title = article.title.strip()
        headline = self._translator.translate([title])[0].text if title else ""
        return self._summarizer.summarize(Article(article.id, headline, english)), document
