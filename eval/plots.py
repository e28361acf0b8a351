"""Plots of a comparison as SVG: how scores are spread, and what they are in groups of segments.

Text stays text and no font is named but the reader's own, so that Arabic names are shaped by
whatever shows the file. Systems are told apart by place, sign and label; colour only helps.
"""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree

if TYPE_CHECKING:
    import numpy as np
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from numpy.typing import NDArray

    Scores = NDArray[np.float64]

INK, MUTED, RULE = "#1b1e23", "#565f6b", "#d5dae1"
SERIES = (
    "#0b5cad", "#b4460e", "#1b7a43", "#7c3aed", "#b5176e", "#5d6b00", "#00717a", "#6b5344",
)  # fmt: skip
"""Colours of the systems; each stands out from white at 4.5:1 or more."""
_MARKERS = "os^DvPX*"

_WIDTH, _POINTS = 4.4, 9.5
_BINS = 25
_LONGEST = 22  # characters of a label
_SVG, _XLINK = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xlink"
# Properties of matplotlib's style attributes that SVG takes as attributes too.
_CLASSES = {INK: "ink", MUTED: "muted", RULE: "rule", **{c: f"s{i}" for i, c in enumerate(SERIES)}}


@dataclass(frozen=True, slots=True)
class Bar:
    """The score of one system in one group of segments.

    Attributes:
        score: On the whole group.
        low: Lower end of its 95% interval.
        high: Upper end.
    """

    score: float
    low: float
    high: float


def distribution(names: Sequence[str], scores: Sequence[Scores], label: str) -> str:
    """Return histograms of segment scores, one under the other on one axis.

    Args:
        names: Of the systems.
        scores: For each system those of its segments; what is not finite is left out.
        label: Of the axis, the score's name.

    Returns:
        An SVG file.
    """
    import numpy as np

    names = [_shortened(name) for name in names]
    kept = [values[np.isfinite(values)] for values in scores]
    every = np.concatenate(kept)
    low, high = (float(every.min()), float(every.max())) if len(every) else (0.0, 1.0)
    edges = np.linspace(low, high if high > low else low + 1, _BINS + 1)
    counts = [np.histogram(values, edges)[0] for values in kept]
    top = max(int(count.max()) for count in counts) or 1
    with _figure(0.55 * len(names) + 0.65) as (figure, axes):
        for row, (values, count) in enumerate(zip(kept, counts, strict=True)):
            base = float(len(names) - 1 - row)
            colour = SERIES[row % len(SERIES)]
            axes.bar(
                edges[:-1], count / top * 0.8, np.diff(edges) * 0.92, bottom=base, align="edge",
                color=colour, linewidth=0,
            )  # fmt: skip
            axes.axhline(base, color=RULE, linewidth=0.8, zorder=0)
            if len(values):
                median = float(np.median(values))
                axes.plot([median] * 2, [base - 0.06, base + 0.86], color=INK, linewidth=1.4)
        axes.set_ylim(-0.15, len(names))
        axes.set_yticks([len(names) - 1 - row + 0.3 for row in range(len(names))], names)
        axes.set_xlabel(f"{label} of a segment; the line is the median")
        return _svg(figure)


def grouped(
    names: Sequence[str], groups: Sequence[str], bars: Sequence[Sequence[Bar]], label: str
) -> str:
    """Return scores with their intervals in groups of segments, one group under the other.

    Args:
        names: Of the systems.
        groups: Of the groups, how they are to be labelled.
        bars: For each system its score in each group.
        label: Of the axis, the score's name.

    Returns:
        An SVG file.
    """
    names = [_shortened(name) for name in names]
    groups = [_shortened(group) for group in groups]
    columns = min(3, max(1, 45 // (max(map(len, names)) + 5)))
    step = 0.74 / max(len(names), 1)
    height = max(0.17 * len(names) + 0.1, 0.3) * len(groups) + 0.24 * -(-len(names) // columns)
    with _figure(height + 0.65) as (figure, axes):
        for row, (name, own) in enumerate(zip(names, bars, strict=True)):
            at = [-(group + (row + 0.5) * step - 0.37) for group in range(len(groups))]
            score = [bar.score for bar in own]
            spread = [
                [max(bar.score - bar.low, 0) for bar in own],
                [max(bar.high - bar.score, 0) for bar in own],
            ]
            colour = SERIES[row % len(SERIES)]
            axes.errorbar(
                score, at, xerr=spread, label=" " + name, color=colour, ecolor=colour,
                fmt=_MARKERS[row % len(_MARKERS)], markersize=4.5, elinewidth=1.3, capsize=2.5,
            )  # fmt: skip
        for group in range(1, len(groups)):
            axes.axhline(0.5 - group, color=RULE, linewidth=0.8, zorder=0)
        axes.set_yticks([-float(group) for group in range(len(groups))], groups)
        axes.set_ylim(0.5 - len(groups), 0.5)
        axes.set_xlabel(f"{label}, with 95% intervals")
        figure.legend(
            loc="outside upper left", ncols=columns, frameon=False, handletextpad=0.2,
            columnspacing=1.0, labelcolor=INK,
        )  # fmt: skip
        return _svg(figure)


def _shortened(label: str) -> str:
    """Return a label that leaves room for the plot: both its ends."""
    half = _LONGEST // 2
    return label if len(label) <= _LONGEST else f"{label[:half]}…{label[1 - half :]}"


@contextmanager
def _figure(height: float) -> Iterator[tuple[Figure, Axes]]:
    """Give a figure of ``height`` inches, in our own style, while the settings for it hold."""
    import matplotlib as mpl
    from matplotlib.figure import Figure

    settings: dict[Any, Any] = {
        "svg.fonttype": "none",
        "svg.hashsalt": "mujaz",
        "text.parse_math": False,
        "font.family": ["DejaVu Sans", "sans-serif"],
        "font.size": _POINTS,
        "text.color": INK,
        "axes.labelcolor": MUTED,
        "axes.edgecolor": RULE,
        "xtick.color": RULE,
        "xtick.labelcolor": MUTED,
        "ytick.labelcolor": INK,
        "ytick.left": False,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.grid": True,
        "axes.grid.axis": "x",
        "axes.axisbelow": True,
        "grid.color": RULE,
        "grid.linewidth": 0.6,
    }
    with mpl.rc_context(settings):
        figure = Figure(figsize=(_WIDTH, height), layout="constrained")
        yield figure, figure.subplots()


def _svg(figure: Figure) -> str:
    file = io.StringIO()
    with warnings.catch_warnings():
        # It measures text with its own font; the reader's has the letters.
        warnings.filterwarnings("ignore", "Glyph .* missing from", UserWarning)
        figure.savefig(
            file, format="svg", transparent=True, metadata={"Date": None, "Creator": None}
        )
    return file.getvalue()


def inline(svg: str, prefix: str, title: str) -> str:
    """Return an SVG file of this module as an element of a page.

    Its colours become classes (``fill-ink``, ``stroke-s0``), so that the page decides them; all
    other style becomes attributes, so that the page's policy may forbid inline style; ids take
    ``prefix``, so that several fit on one page.

    Args:
        svg: Made by `distribution` or `grouped`.
        prefix: Unique on the page.
        title: What it shows, for those who do not see it.
    """
    root = ElementTree.fromstring(svg)
    for parent in root.iter():
        for child in list(parent):
            if child.tag in (f"{{{_SVG}}}metadata", f"{{{_SVG}}}style"):
                parent.remove(child)
    for element in root.iter():
        _restyle(element)
        for name, value in list(element.attrib.items()):
            if name == "id":
                element.set(name, prefix + value)
            elif name == f"{{{_XLINK}}}href":
                del element.attrib[name]
                element.set("href", "#" + prefix + value.removeprefix("#"))
            elif value.startswith("url(#"):
                element.set(name, f"url(#{prefix}{value[5:]}")
    for name in ("width", "height", "version"):
        root.attrib.pop(name, None)
    root.set("role", "img")
    root.set("aria-label", title)
    ElementTree.register_namespace("", _SVG)
    return ElementTree.tostring(root, encoding="unicode")


def _restyle(element: ElementTree.Element) -> None:
    """Turn the style attribute of ``element`` into classes and attributes."""
    style = element.attrib.pop("style", "")
    classes = []
    for rule in filter(None, (part.strip() for part in style.split(";"))):
        name, _, value = (part.strip() for part in rule.partition(":"))
        if name == "font":
            size = next(word for word in value.split() if word.endswith("px"))
            element.set("font-size", size)
        elif name in ("fill", "stroke") and value in _CLASSES:
            classes.append(f"{name}-{_CLASSES[value]}")
        elif name not in ("font-family",):
            element.set(name, value)
    if element.tag == f"{{{_SVG}}}text" and not any(c.startswith("fill-") for c in classes):
        classes.append("fill-ink")
    if classes:
        element.set("class", " ".join(classes))
