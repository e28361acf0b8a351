"""The metrics by name. A class is imported when it is asked for, so that names cost nothing."""

from __future__ import annotations

import inspect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from typing import Any, NamedTuple

from mujaz.errors import OptionError

from .metric import Metric


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a metric is found.

    Attributes:
        place: ``module:Class``, the module relative to this room.
        group: ``reference``, ``reference-free``, or ``external`` (needs a program that is not
            ours, and is in no group).
        variant: The keyword that a name's second half fills (``bleu:intl``); empty when there is
            none.
        fixed: Choices that the name itself makes.
    """

    place: str
    group: str
    variant: str = ""
    fixed: dict[str, Any] = field(default_factory=dict)


_METRICS = {
    "bleu": Entry("bleu:Bleu", "reference", variant="tokenize"),
    "chrf": Entry("chrf:Chrf", "reference"),
    "chrf++": Entry("chrf:Chrf", "reference", fixed={"word_order": 2}),
    "ter": Entry("ter:Ter", "reference"),
    "rouge": Entry("rouge:Rouge", "reference", variant="variant"),
    "length-reference": Entry("length:ReferenceLength", "reference"),
    "similarity": Entry("similarity:Similarity", "reference-free"),
    "length": Entry("length:Length", "reference-free"),
    "extractiveness": Entry("extractiveness:Extractiveness", "reference-free"),
    "novelty": Entry("novelty:Novelty", "reference-free"),
    "repetition": Entry("repetition:Repetition", "reference-free"),
    "preservation": Entry("preservation:Preservation", "reference-free"),
    "comet": Entry("comet:Comet", "external"),
    "comet-qe": Entry("comet:CometWithoutReference", "external"),
}
GROUPS = ("reference", "reference-free", "all")


class Requested(NamedTuple):
    """What a request asks for.

    Attributes:
        named: Metrics that it names; one that cannot score the texts is an error.
        optional: Metrics that come with a group; one that cannot is left out, and said so.
    """

    named: list[Metric]
    optional: list[Metric]


def names() -> tuple[str, ...]:
    """Return the names of all metrics."""
    return tuple(_METRICS)


def metrics(asked: str | Sequence[str], **choices: object) -> list[Metric]:
    """Make metrics by their names.

    Args:
        asked: Names, in a sequence or one string with commas between: ``bleu``, with a variant
            behind a colon (``bleu:intl``, ``rouge:arabic``), or a group: ``reference``,
            ``reference-free``, ``all`` (both groups; COMET, which needs a program of its own, must
            be named).
        **choices: Keyword choices for those metrics that know them (``lowercase=True``).

    Returns:
        Each metric once, in the order asked for.

    Raises:
        OptionError: A name, a variant or a choice is unknown, or nothing is asked for.
    """
    return _made(_expanded(_listed(asked)), choices)


def request(asked: str | Sequence[str]) -> Requested:
    """Make metrics as `metrics` does, those that are named apart from those of groups."""
    listed = _listed(asked)
    own = [name for name in listed if name not in GROUPS]
    others = [name for name in _expanded(listed) if name not in own]
    return Requested(_made(own, {}) if own else [], _made(others, {}) if others else [])


def _listed(asked: str | Sequence[str]) -> list[str]:
    parts = [asked] if isinstance(asked, str) else asked
    listed = [name.strip() for part in parts for name in part.split(",")]
    found = list(dict.fromkeys(name.lower() for name in listed if name))
    if not found:
        raise OptionError("no metric is asked for", f"use {_known()}")
    return found


def _made(wanted: Sequence[str], choices: Mapping[str, object]) -> list[Metric]:
    found, used = [], set()
    for name in wanted:
        kind, fixed = _resolved(name)
        taken = {key: value for key, value in choices.items() if key in _choices(kind)}
        used |= set(taken)
        found.append(kind(**{**taken, **fixed}))
    unused = sorted(set(choices) - used)
    if unused:
        raise OptionError(f"none of {', '.join(wanted)} has the choice {unused[0]!r}", "leave it")
    return found


def _expanded(asked: Sequence[str]) -> list[str]:
    wanted = []
    for name in asked:
        if name in GROUPS:
            groups = ("reference", "reference-free") if name == "all" else (name,)
            wanted += [n for n, entry in _METRICS.items() if entry.group in groups]
        else:
            wanted.append(name)
    return list(dict.fromkeys(wanted))


def _resolved(asked: str) -> tuple[type[Metric], dict[str, Any]]:
    name, colon, variant = asked.partition(":")
    entry = _METRICS.get(name)
    if entry is None:
        raise OptionError(f"metric {asked!r} is unknown", f"use {_known()}")
    if not colon:
        return _load(entry.place), entry.fixed
    if not entry.variant:
        raise OptionError(
            f"metric {name!r} has no variants, and {asked!r} asks for one", "leave it"
        )
    return _load(entry.place), {**entry.fixed, entry.variant: variant}


@cache
def _load(place: str) -> type[Metric]:
    module, _, name = place.partition(":")
    kind: type[Metric] = getattr(import_module(f".{module}", __package__), name)
    return kind


def _choices(kind: type[Metric]) -> set[str]:
    return {name for name in inspect.signature(kind).parameters if name != "self"}


def _known() -> str:
    return ", ".join((*_METRICS, *GROUPS))
