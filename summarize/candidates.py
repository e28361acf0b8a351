"""Which sentences of an article may stand in a summary, word for word."""

from __future__ import annotations

import re
from collections.abc import Sequence

from mujaz.arabic import Article, Sentence, fold, sentences
from mujaz.errors import InputError

WORD = re.compile(r"\w+")
_FINISHED = re.compile(r"""[.!?؟؛…:][\s"'»”’)\]]*$""")
# Below this many words a sentence is a fragment: a caption, "قال مصدر مطلع." On 150 BBC articles
# this limit moves no score of lead or extract by more than 0.03 ROUGE; from 9 on it begins to cost.
_FEWEST_WORDS = 8
# A paragraph without a full stop is a heading up to this length, where other paragraphs have one.
_LONGEST_HEADING = 12

# Sentences that begin with these (folded) lean on the one before: "but this", "he added".
_LINKS = (
    "لكن ولكن لكنه لكنها لكنهم ولكنه ولكنها ولكنهم بيد كما وكما كذلك وكذلك ذلك وذلك لذلك ولذلك "
    "لذا ولذا بذلك وبذلك هذا وهذا هذه وهذه هولاء وهولاء تلك وتلك هو وهو هي وهي هم وهم ايضا وايضا "
    "بينما فيما حيث ثم اذ اما واما لانه لانها واضاف واضافت واضافوا اضاف اضافت وتابع وتابعت تابع "
    "تابعت واردف واردفت ومضي واستطرد واستدرك واوضح واوضحت ومنها ومنهم وبينهم ومعه ومعها وفيه وفيها "
    "ويضيف وتضيف يضيف تضيف ويتابع وتتابع وعليه وعليها وبعدها وبعده وبعدئذ حينها وحينها عندها "
    "وعندها عندئذ وعندئذ"
)
_PHRASES = (
    r"و?(?:مع|رغم|الي|بعد|قبل) ذلك|و?نتيجه لذلك|و?من جانب(?:ه|ها|هم)|و?من جهت(?:ه|ها|هم)"
    r"|غير ان|الا ان|علي ان|ومن ثم|ومن بين(?:ها|هم)|وفي الوقت"
)
_LEANING = re.compile(rf"^\W*(?:{_LINKS.replace(' ', '|')}|{_PHRASES})\b")


def sentences_of(article: Article) -> list[Sentence]:
    """Return the article's sentences.

    Raises:
        InputError: There are none.
    """
    found = sentences(article)
    if not found:
        raise InputError(
            f"article {article.id} has no sentence to summarise",
            "give one with running text",
        )
    return found


def candidates(article: Article, found: Sequence[Sentence]) -> list[int]:
    """Return the indexes of the sentences that can stand by themselves, in order.

    Headings, datelines, the title repeated, captions and other fragments are left out; where
    nothing else is left, they are taken after all.
    """
    title = WORD.findall(fold(article.title))
    finished = sum(bool(_FINISHED.search(sentence.text)) for sentence in found)
    punctuated = 2 * finished > len(found)
    paragraphs: dict[int, int] = {}
    for sentence in found:
        paragraphs[sentence.paragraph] = paragraphs.get(sentence.paragraph, 0) + 1

    kept = []
    for index, sentence in enumerate(found):
        words = WORD.findall(fold(sentence.text))
        heading = (
            punctuated
            and len(words) <= _LONGEST_HEADING
            and paragraphs[sentence.paragraph] == 1
            and not _FINISHED.search(sentence.text)
        )
        if len(words) >= _FEWEST_WORDS and not heading and words != title:
            kept.append(index)
    return kept or list(range(len(found)))


def leans(text: str) -> bool:
    """Say whether a sentence begins with a word that points back to the sentence before it."""
    return bool(_LEANING.search(fold(text)))
