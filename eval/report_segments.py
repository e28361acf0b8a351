"""The segments of a report, as its script reads them, and the wording that sets systems apart."""

from __future__ import annotations

from itertools import permutations
from typing import Any

from mujaz.arabic import arabic_share

from .comparison import Contest
from .differences import gains, marked, words
from .standings import decimals

_MOST = 3  # systems whose wording is held against the first one's


def phrases(contest: Contest) -> list[dict[str, Any]]:
    """Return the wording that the first system and each of the next ones get and miss."""
    segments = contest.field.systems[0].segments
    if not segments.references:
        return []
    references = [[_words(text) for text in texts] for texts in segments.references]
    systems = contest.field.systems[: _MOST + 1]
    outputs = [[_words(text) for text in system.segments.hypotheses] for system in systems]
    first, found = systems[0].name, []
    for system, own in zip(systems[1:], outputs[1:], strict=True):
        sides = gains(outputs[0], own, references)
        named = permutations((first, system.name))
        found.append(
            {
                "first": first,
                "second": system.name,
                "sides": [
                    {
                        "system": name,
                        "other": other,
                        "gains": [
                            {
                                "text": gain.text,
                                "first": gain.first,
                                "second": gain.second,
                                "arabic": arabic_share(gain.text) > 0.5,
                            }
                            for gain in side
                        ],
                    }
                    for (name, other), side in zip(named, sides, strict=True)
                ],
            }
        )
    return found


def _words(text: str) -> list[str]:
    return [word.text for word in words(text)]


def segment_rows(contest: Contest) -> list[dict[str, Any]]:
    """Return the segments as the page's script reads them."""
    standings, systems = contest.standings, contest.field.systems
    segments = systems[0].segments
    digits = [decimals(standings, place) + 2 for place in range(len(standings.measures))]
    domains = {domain: place for place, domain in enumerate(sorted(set(segments.domains)))}
    rows = []
    for at, id in enumerate(segments.ids):
        texts = [system.segments.hypotheses[at] for system in systems]
        own = [_words(text) for text in texts]
        references = segments.references[at] if segments.references else ()
        wanted = [_words(text) for text in references]
        outputs = []
        for place, (system, text) in enumerate(zip(systems, texts, strict=True)):
            others = [None if other == place else w for other, w in enumerate(own)]
            scores = contest.by_segment[place][at]
            outputs.append(
                {
                    "text": text,
                    "marks": _in_script(text, marked(text, wanted, others)),
                    "scores": [round(float(s), d) for s, d in zip(scores, digits, strict=True)],
                    "findings": [(f.kind, f.severity, f.message) for f in system.findings[at]],
                }
            )
        rows.append(
            {
                "id": id,
                "source": segments.sources[at] if segments.sources else "",
                "references": references,
                "domain": domains[segments.domains[at]] if domains else None,
                "words": contest.lengths[at],
                "outputs": outputs,
            }
        )
    return rows


def _in_script(text: str, stretches: tuple[tuple[int, int, int], ...]) -> list[int]:
    """Return stretches as JavaScript counts, in UTF-16 units, one list of start, end, mask."""
    if text.isascii() or max(text) <= "\uffff":
        return [number for stretch in stretches for number in stretch]

    def units(place: int) -> int:
        return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2

    return [n for start, end, mask in stretches for n in (units(start), units(end), mask)]
