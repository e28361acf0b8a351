"""Pooling segments to documents, for systems that move sentences, join them or leave some out."""

from __future__ import annotations

from collections.abc import Sequence

from mujaz.errors import InputError

from .metric import Segments


def pooled(segments: Segments, documents: Sequence[str]) -> Segments:
    """Join the segments of each document, in their order, with a space between.

    BLEU of such segments is what Liu et al. (2020, "Multilingual Denoising Pre-training for Neural
    Machine Translation") call d-BLEU. The bootstrap then draws documents, whose sentences are no
    independent draws of each other.

    Args:
        segments: Sentences, as a rule.
        documents: For each segment the name of its document; those of one document need not stand
            together.

    Returns:
        One segment a document, with the documents' names as ids, in the order they first appear.

    Raises:
        InputError: There are not as many names as segments, a name is blank, or the segments of a
            document differ in how many references they have.
    """
    if len(documents) != len(segments):
        raise InputError(
            f"{len(segments)} segments and {len(documents)} names of documents", "name one for each"
        )
    places: dict[str, list[int]] = {}
    for place, name in enumerate(documents):
        if not name.strip():
            raise InputError(f"segment {segments.ids[place]!r} has no document", "name one")
        places.setdefault(name, []).append(place)
    for name, own in places.items():
        if segments.references and len({len(segments.references[place]) for place in own}) > 1:
            raise InputError(
                f"the segments of document {name!r} differ in how many references they have",
                "give all of them as many",
            )
    domains = segments.domains
    return Segments(
        ids=tuple(places),
        hypotheses=tuple(_joined(segments.hypotheses, own) for own in places.values()),
        references=tuple(
            tuple(
                _joined([references[which] for references in part], range(len(own)))
                for which in range(len(part[0]))
            )
            for own in places.values()
            if (part := [segments.references[place] for place in own if segments.references])
        ),
        sources=tuple(_joined(segments.sources, own) for own in places.values())
        if segments.sources
        else (),
        domains=tuple(domains[own[0]] for own in places.values()) if domains else (),
    )


def _joined(texts: Sequence[str], places: Sequence[int]) -> str:
    return " ".join(text for place in places if (text := texts[place].strip()))
