"""Arabic text: read, normalise, split into sentences, numbers, names."""

from .article import Article, Dropped, Sentence
from .boilerplate import find_boilerplate
from .clauses import clauses
from .encoding import decode
from .normal import Normalized, fold, fold_with_offsets, normalize
from .reading import arabic_share, article_from_text, read_article
from .sentences import sentences, split

__all__ = [
    "Article",
    "Dropped",
    "Normalized",
    "Sentence",
    "arabic_share",
    "article_from_text",
    "clauses",
    "decode",
    "find_boilerplate",
    "fold",
    "fold_with_offsets",
    "normalize",
    "read_article",
    "sentences",
    "split",
]
