"""How good outputs are: metrics with signatures and intervals, comparisons, data, baselines.

>>> from mujaz.eval import Segments, metrics, score
>>> segments = Segments(("1",), ("the cat sat on the mat",), (("the cat sat on the mat",),))
>>> score(segments, metrics("bleu,chrf"))["bleu"].score
100.0
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .comparison import contest
    from .documents import pooled
    from .evaluate_modules import load
    from .metric import Metric, Segments
    from .registry import metrics, names
    from .report import write_report
    from .scoring import Comparison, Score, ScoreReport, compare_scores, score
    from .segments import read_segments
    from .systems import read_systems

# What stands where; numpy and sacreBLEU load with the first name that needs them.
_DOORS = {
    "Comparison": "scoring",
    "Metric": "metric",
    "Score": "scoring",
    "ScoreReport": "scoring",
    "Segments": "metric",
    "compare_scores": "scoring",
    "contest": "comparison",
    "load": "evaluate_modules",
    "metrics": "registry",
    "names": "registry",
    "pooled": "documents",
    "read_segments": "segments",
    "read_systems": "systems",
    "score": "scoring",
    "write_report": "report",
}

__all__ = [
    "Comparison",
    "Metric",
    "Score",
    "ScoreReport",
    "Segments",
    "compare_scores",
    "contest",
    "load",
    "metrics",
    "names",
    "pooled",
    "read_segments",
    "read_systems",
    "score",
    "write_report",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - the door hands out whatever stands behind it
    """Load a public name from its module on first use (PEP 562)."""
    if name in _DOORS:
        return getattr(import_module(f".{_DOORS[name]}", __name__), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
