"""Arabic text: read, normalise, split into sentences, numbers, names."""

from .article import Article, Dropped, Sentence
from .boilerplate import find_boilerplate
from .clauses import clauses
from .encoding import decode
from .glossary import Glossary, load_glossary
from .lexicon import LexiconError
from .name_record import Name
from .names import find_names
from .normal import Normalized, fold, fold_with_offsets, normalize
from .reading import arabic_share, article_from_text, read_article
from .sentences import sentences, split

__all__ = [
    "Article",
    "Dropped",
    "Glossary",
    "LexiconError",
    "Name",
    "Normalized",
    "Sentence",
    "arabic_share",
    "article_from_text",
    "clauses",
    "decode",
    "find_boilerplate",
    "find_names",
    "fold",
    "fold_with_offsets",
    "load_glossary",
    "normalize",
    "read_article",
    "sentences",
    "split",
]
