"""Records as the verbs print them, and what of them stands in an index."""

from __future__ import annotations

from dataclasses import dataclass

from mujaz.arabic import Article, normalize
from mujaz.brief import Brief, escaped
from mujaz.brief.rendering import warning_lines
from mujaz.summarize import Summary
from mujaz.translate.document import Document

from .recipe import Form

Record = Brief | Summary | Document


@dataclass(frozen=True, slots=True)
class Face:
    """What an index shows of a record.

    Attributes:
        title: A headline; empty where there is none.
        line: The first sentence.
        warnings: One line each.
    """

    title: str
    line: str
    warnings: tuple[str, ...]


def rendered(record: Record, form: Form, article: Article | None = None) -> str:
    """Return the record of ``article`` in ``form``, no line end behind it; ``same`` as text.

    Only a brief is written as a page, beside its article where that is given.
    """
    if form == "json":
        return record.to_json(indent=2)
    match record:
        case Brief() if form == "html":
            from mujaz.brief.page import as_page

            return as_page(record, article).rstrip("\n")
        case Brief():
            return record.markdown() if form == "md" else record.text()
        case Summary():
            lines = [normalize(sentence.text).text for sentence in record.sentences]
            return "\n".join(f"- {escaped(line)}" if form == "md" else line for line in lines)
        case Document():
            text = record.text()
            if form == "md":
                return "\n\n".join(escaped(paragraph) for paragraph in text.split("\n\n"))
            return text


def face_of(record: Record, article: Article) -> Face:
    """Return what an index shows of the record of ``article``."""
    match record:
        case Brief():
            first = next((s.text for s in record.sentences if s.text), "")
            return Face(record.headline.text, first, tuple(warning_lines(record)))
        case Summary():
            lines = [normalize(sentence.text).text for sentence in record.sentences]
            title, line = normalize(article.title).text, lines[0] if lines else ""
            return Face(title, line, tuple(record.warning_lines(article.origin)))
        case Document():
            english = record.text().split("\n\n")
            # An article's first paragraph is its title where it has one.
            titled = article.title.strip() and len(english) > 1
            title, line = (english[0], english[1]) if titled else ("", english[0])
            return Face(title, line, tuple(record.warning_lines()))
