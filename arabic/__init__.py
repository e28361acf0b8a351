"""Arabic text: read, normalise, split into sentences, numbers, names."""

from .article import Article, Dropped, Sentence
from .boilerplate import find_boilerplate
from .clauses import clauses
from .encoding import decode
from .english_numbers import find_english_numbers
from .glossary import Glossary, load_glossary
from .lexicon import LexiconError
from .name_record import Name
from .names import find_names
from .normal import Normalized, fold, fold_with_offsets, normalize
from .number_match import NumberMatch, match_numbers
from .number_record import Number, PartialDate
from .numbers import find_numbers
from .reading import arabic_share, article_from_text, read_article
from .sentences import sentences, split

__all__ = [
    "Article",
    "Dropped",
    "Glossary",
    "LexiconError",
    "Name",
    "Normalized",
    "Number",
    "NumberMatch",
    "PartialDate",
    "Sentence",
    "arabic_share",
    "article_from_text",
    "clauses",
    "decode",
    "find_boilerplate",
    "find_english_numbers",
    "find_names",
    "find_numbers",
    "fold",
    "fold_with_offsets",
    "load_glossary",
    "match_numbers",
    "normalize",
    "read_article",
    "sentences",
    "split",
]
