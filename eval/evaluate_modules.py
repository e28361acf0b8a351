"""The metrics as modules of Hugging Face's ``evaluate``, without its hub and its cache.

``evaluate.load`` asks the hub for a script; `load` here returns an instance of ``evaluate.Metric``
that is made from this package, and gives the very numbers that `mujaz.eval.score` gives.
"""

from __future__ import annotations

import shutil
import tempfile
import weakref
from functools import cache
from typing import TYPE_CHECKING, Any

from mujaz.errors import OptionError

from .metric import Metric, Segments
from .registry import metrics
from .scoring import score
from .significance import RESAMPLES, SEED

if TYPE_CHECKING:
    import evaluate

_INPUTS = """
Args:
    predictions: The outputs, a string each.
    references: For each a string or a list of strings, where the metric needs them.
    sources: For each a string, where the metric needs them.
    resamples: Of the bootstrap. Default: 1000.
    seed: Of the draws. Default: 12345.

Returns:
    For each score its value under its name and its 95% interval under NAME_low and NAME_high;
    every choice and version under signature; the number of segments under segments.
"""


def load(name: str, **choices: object) -> evaluate.Metric:
    """Return a metric as an ``evaluate.Metric``; importing ``evaluate`` takes seconds.

    >>> load("bleu").compute(predictions=["a b c d"], references=[["a b c d"]])  # doctest: +SKIP
    {'bleu': 100.0, 'bleu_low': 100.0, ...}

    Args:
        name: One name of `mujaz.eval.names`, with a variant if need be (``rouge:xlsum``).
        **choices: Of the metric.

    Raises:
        OptionError: The name or a choice is unknown, or the name is of a group.
    """
    found = metrics(name, **choices)
    if len(found) != 1:
        raise OptionError(f"{name!r} is {len(found)} metrics", "load one at a time")
    # Its class's name is what evaluate calls the module, in combine() above all.
    kind = type(name.partition(":")[0].capitalize(), (_base(),), {})
    module: evaluate.Metric = kind(found[0])
    return module


@cache
def _base() -> type[evaluate.Metric]:
    import datasets
    import evaluate

    class Module(evaluate.Metric):  # type: ignore[misc] # evaluate has no types
        """One metric behind evaluate's interface."""

        def __init__(self, metric: Metric) -> None:
            self._scorer = metric
            # evaluate makes its folder even when it keeps everything in memory.
            folder = tempfile.mkdtemp(prefix="mujaz-evaluate-")
            weakref.finalize(self, shutil.rmtree, folder, ignore_errors=True)
            super().__init__(keep_in_memory=True, cache_dir=folder)

        def _info(self) -> evaluate.MetricInfo:
            text = datasets.Value("string")
            given = {"predictions": text}
            if "sources" in self._scorer.needs:
                given["sources"] = text
            forms = [datasets.Features(given)]
            if "references" in self._scorer.needs:
                forms = [
                    datasets.Features({**given, "references": form})
                    for form in (datasets.Sequence(text), text)
                ]
            return evaluate.MetricInfo(
                description=type(self._scorer).__doc__ or "",
                citation="",
                inputs_description=_INPUTS,
                features=forms,
            )

        def _compute(
            self,
            predictions: list[str],
            references: list[list[str]] | list[str] | None = None,
            sources: list[str] | None = None,
            resamples: int = RESAMPLES,
            seed: int = SEED,
        ) -> dict[str, Any]:
            segments = Segments(
                ids=tuple(str(number + 1) for number in range(len(predictions))),
                hypotheses=tuple(predictions),
                references=tuple(
                    (r,) if isinstance(r, str) else tuple(r) for r in references or ()
                ),
                sources=tuple(sources or ()),
            )
            report = score(segments, [self._scorer], resamples, seed)
            found: dict[str, Any] = {}
            for one in report.scores:
                found[one.name] = one.score
                found[f"{one.name}_low"], found[f"{one.name}_high"] = one.low, one.high
                found["signature"] = one.signature
            found["segments"] = report.segments
            if report.warnings:
                found["warnings"] = list(report.warnings)
            return found

    return Module
