"""A user's own names and terms, which win over all tables."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from .gazetteer import Gazetteer, gazetteer
from .glossary_entry import GlossaryEntry, forms
from .glossary_file import read_glossary
from .glossary_forms import english_plural, plural_forms, singular_forms
from .lexicon import Entry, LexiconError
from .normal import fold, normalize
from .romanizer import personal_names

SOURCE = "glossary"
"""What names found by a glossary have as their source."""


@dataclass(frozen=True, slots=True)
class Glossary:
    """Names and terms that a user wants translated his way.

    Attributes:
        entries: In the order of their files; of two with the same Arabic the later wins.
        index: Their forms, ready for matching.
    """

    entries: tuple[GlossaryEntry, ...]
    index: Gazetteer

    @property
    def pairs(self) -> tuple[tuple[str, str], ...]:
        """Arabic and English of each entry, as `make_glossary` takes them."""
        return tuple(entry.pair for entry in self.entries)


def make_glossary(pairs: Iterable[tuple[str, str]]) -> Glossary:
    """Return a glossary of pairs of Arabic and English; the later of two wins.

    Both sides may hold several forms with bars between them: ``كتيبة | كتائب``.
    """
    return glossary_of([GlossaryEntry(forms(arabic), forms(english)) for arabic, english in pairs])


def glossary_of(entries: Sequence[GlossaryEntry]) -> Glossary:
    """Return the glossary of ``entries``; the later of two wins, a written form over a derived."""
    return Glossary(tuple(entries), Gazetteer((SOURCE, table) for table in tables_of(entries)))


def tables_of(entries: Sequence[GlossaryEntry]) -> Iterator[list[Entry]]:
    """Yield the entries as tables of names in the order in which they win over each other."""
    latest = list(reversed(entries))
    yield [written(entry) for entry in latest]
    yield [inflected for entry in latest for inflected in derived(entry)]


def written(entry: GlossaryEntry) -> Entry:
    """Return an entry with the forms that its file has."""
    return Entry("other", entry.english[0], entry.arabic, entry.english[1:])


def derived(entry: GlossaryEntry) -> Iterator[Entry]:
    """Yield an entry's inflected forms, without those that are names of their own."""
    forms_of = [normalize(form).text for form in entry.arabic]
    single = {new for form in forms_of for new in singular_forms(form) if _free(new, form)}
    many = {new for form in forms_of for new in plural_forms(form) if _free(new, form)} - single
    english, *also = entry.english
    if single:
        yield Entry("other", english, tuple(sorted(single)), tuple(also))
    if many:
        first, *plurals = dict.fromkeys(map(english_plural, entry.english))
        accepted = dict.fromkeys((*plurals, *entry.english))
        yield Entry("other", first, tuple(sorted(many)), tuple(accepted))


def load_glossary(path: Path) -> Glossary:
    """Read a glossary: TSV, CSV or TBX (`mujaz.arabic.glossary_file`).

    Raises:
        LexiconError: The file cannot be read, or a row is no entry.
    """
    return load_glossaries([path])


def load_glossaries(paths: Iterable[Path]) -> Glossary:
    """Read several glossaries as one; where two have the same Arabic, the later file's wins.

    Raises:
        LexiconError: A file cannot be read, or a row is no entry.
    """
    files = [read_glossary(path) for path in paths]
    faults = [fault for file in files for fault in file.faults]
    if faults:
        first = faults[0]
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        raise LexiconError(
            f"line {first.line} of the glossary {first.origin} {first.message}{more}",
            first.next_step,
        )
    return glossary_of([entry for file in files for entry in file.entries])


def _free(derived: str, form: str) -> bool:
    """Return whether a derived form is no name of its own: of نور نورا, of قدس القدس.

    A phrase that the tables have is hardly another thing: المحكمة الدستورية. Words alone are.
    """
    folded = fold(derived)
    if " " in folded:
        return True
    person = personal_names().get(folded)
    if person is not None and not person.common:
        return False
    phrases = gazetteer().phrases
    senses = phrases.get(folded, ())
    own = {sense.english for sense in phrases.get(fold(form), ())}
    return not senses or senses[0].english in own
