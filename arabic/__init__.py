"""Arabic text: read, normalise, split into sentences, numbers, names."""

from .article import Article, Dropped, Sentence

__all__ = ["Article", "Dropped", "Sentence"]
