"""The first sentences of the article: the summary that every other has to beat on news."""

from __future__ import annotations

from mujaz.arabic import Article

from .candidates import candidates, sentences_of
from .summary import Reading, Summary, SummarySentence, checked_count


class Lead:
    """Takes the first sentences that can stand by themselves, word for word.

    Args:
        count: Sentences of the summary; a shorter article gives fewer.

    Raises:
        OptionError: ``count`` is less than 1.
    """

    method = "lead"

    def __init__(self, count: int = 3) -> None:
        self.count = checked_count(count)

    def summarize(self, article: Article) -> Summary:
        """Return the article's beginning.

        Raises:
            InputError: The article has no sentence.
        """
        found = sentences_of(article)
        taken = candidates(article, found)[: self.count]
        return Summary(
            article=article.id,
            sentences=tuple(
                SummarySentence.resting_on(found[index].text, [index], found) for index in taken
            ),
            method=self.method,
            model="",
            read=Reading(sentences=taken[-1] + 1, of=len(found)),
            settings={"sentences": self.count},
        )
