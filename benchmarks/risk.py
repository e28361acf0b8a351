"""The estimate of quality: fitted on half of the lines, tried on the other half.

    python -m benchmarks.risk out/*.jsonl              # the figures of mujaz.checks.risk as it is
    python -m benchmarks.risk out/*.jsonl --fit        # coefficients for the lines of even number

Each row of the files is one line of FLORES-200 dev: ``line`` (from 0), ``terms`` (the first),
``lp`` (its mean log-probability) and ``candidates`` (``text``, ``lp``). benchmarks.embedded keeps
the texts that were tried, but no log-probabilities: its lines must be translated again for this.
Reads ../shared/data/flores-dev.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mujaz.arabic import find_names, normalize
from mujaz.checks import Finding, check_translation, quality, weight
from mujaz.checks.risk import FEATURES, features
from mujaz.models.encoder import sentence_encoder

from .parallel import FLORES, read_lines, read_rows

Floats = NDArray[np.float64]
RIDGE = 2.0


@dataclass(frozen=True, slots=True)
class Candidate:
    """One output for one line.

    Attributes:
        line: Of the test set.
        first: Whether it was the model's first.
        features: As `mujaz.checks.risk` makes them.
        estimate: Of `quality`.
        findings: Of all checks.
        chrf: With the reference, 0 to 1.
    """

    line: int
    first: bool
    features: Floats
    estimate: float
    findings: tuple[Finding, ...]
    chrf: float


def candidates(rows: Sequence[dict[str, Any]]) -> list[Candidate]:
    """Return the polished outputs of all rows."""
    from sacrebleu.metrics import CHRF

    from mujaz.translate.typography import is_quotation, polish

    sources, references = (read_lines(FLORES / name) for name in ("source.ar", "reference.en"))
    chrf, encoder, found = CHRF(), sentence_encoder(), []
    for row in rows:
        line = row["line"]
        source = normalize(sources[line]).text
        names, quotation = find_names(source), is_quotation(source)
        made = [(row["terms"], row["lp"]), *((c["text"], c["lp"]) for c in row["candidates"])]
        for number, (raw, logprob) in enumerate(made):
            text = polish(raw, quotation=quotation)
            if not text or logprob is None:
                continue
            near = float(encoder.similarity([source], [text])[0, 0])
            findings = check_translation(source, text, names, similarity=near)
            found.append(
                Candidate(
                    line,
                    number == 0,
                    np.array(features(source, text, near, logprob, findings)),
                    quality(source, text, similarity=near, mean_logprob=logprob, findings=findings),
                    tuple(findings),
                    chrf.sentence_score(text, [references[line]]).score / 100,
                )
            )
    return found


def by_line(made: Sequence[Candidate], parity: int | None = None) -> list[list[Candidate]]:
    """Return the candidates of each line that has several."""
    groups: dict[int, list[Candidate]] = {}
    for one in made:
        if parity is None or one.line % 2 == parity:
            groups.setdefault(one.line, []).append(one)
    return [group for group in groups.values() if len(group) > 1]


def fitted(groups: Sequence[Sequence[Candidate]]) -> Floats:
    """Return the coefficients that tell the candidates of one line from each other."""
    rows, values = [], []
    for group in groups:
        features = np.array([one.features for one in group])
        chrfs = np.array([one.chrf for one in group])
        rows.append(features - features.mean(0))
        values.append(chrfs - chrfs.mean())
    x, y = np.vstack(rows), np.concatenate(values)
    scale = x.std(0) + 1e-9
    z = x / scale
    return np.asarray(np.linalg.solve(z.T @ z + RIDGE * np.eye(z.shape[1]), z.T @ y) / scale)


def picked(groups: Sequence[Sequence[Candidate]], score: Callable[[Candidate], float]) -> str:
    """Return the mean chrF of the candidates with the highest score."""
    return f"{100 * np.mean([max(group, key=score).chrf for group in groups]):.2f}"


def area(scores: Floats, good: NDArray[np.bool_]) -> float:
    """Return the area under the ROC curve: how often a good one scores above another."""
    above = scores[good][:, None] - scores[~good][None, :]
    return float((above > 0).mean() + (above == 0).mean() / 2)


def report(made: Sequence[Candidate], parity: int) -> None:
    """Print what the estimate says of the lines of one parity."""
    groups = by_line(made, parity)
    firsts = [one for one in made if one.first and one.line % 2 == parity]
    print(f"lines with line % 2 == {parity}: {len(firsts)}, with candidates {len(groups)}")
    print("  chrF of the first:", picked(groups, lambda one: one.first))
    print("  of the best:", picked(groups, lambda one: one.chrf))
    print("  by similarity alone:", picked(groups, lambda one: one.features[0]))
    print(
        "  by similarity, findings and log-probability:",
        picked(groups, lambda o: o.features[0] - 0.04 * weight(o.findings) + 0.1 * o.features[2]),
    )
    print("  by quality:", picked(groups, lambda one: one.estimate))
    print(
        "  by severe findings, then quality:",
        picked(
            groups,
            lambda one: one.estimate - any(f.severity == "severe" for f in one.findings),
        ),
    )
    chrfs = np.array([one.chrf for one in firsts])
    estimates = np.array([one.estimate for one in firsts])
    flagged = np.array([any(f.severity != "info" for f in one.findings) for one in firsts])
    weak = chrfs < np.quantile(chrfs, 0.25)
    for name, values in (
        ("quality", estimates),
        ("similarity", np.array([one.features[0] for one in firsts])),
        ("log-probability", np.array([one.features[2] for one in firsts])),
        ("not flagged", -flagged.astype(float)),
        ("findings", -np.array([float(weight(one.findings)) for one in firsts])),
    ):
        pearson = np.corrcoef(values, chrfs)[0, 1]
        print(
            f"  {name}: Pearson with chrF {pearson:.2f}, AUC of the weakest quarter "
            f"{area(values, ~weak):.2f}"
        )
    print(
        f"  mean estimate {estimates.mean():.3f}, mean chrF {chrfs.mean():.3f}; "
        f"flagged {flagged.mean():.1%}: chrF {100 * chrfs[flagged].mean():.1f}, "
        f"others {100 * chrfs[~flagged].mean():.1f}"
    )


def main() -> int:
    """Fit or report."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="+", metavar="FILE")
    parser.add_argument("--fit", action="store_true")
    args = parser.parse_args()
    if not FLORES.is_dir():
        print(f"skipped: {FLORES} is not here", file=sys.stderr)
        return 0
    made = candidates([row for path in args.files for row in read_rows(path)])
    if args.fit:
        weights = fitted(by_line(made, 0))
        firsts = [one for one in made if one.first and one.line % 2 == 0]
        constant = np.mean([one.chrf - one.features @ weights for one in firsts])
        print({"constant": round(float(constant), 4)})
        print({k: round(float(w), 4) for k, w in zip(FEATURES, weights, strict=True)})
        for parity in (0, 1):
            print(
                f"line % 2 == {parity}, by these:",
                picked(by_line(made, parity), lambda one: float(one.features @ weights)),
            )
    report(made, 0)
    report(made, 1)
    return 0


if __name__ == "__main__":
    sys.exit(main())
