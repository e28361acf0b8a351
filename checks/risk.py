"""One number for what the checks, the encoder and the model itself say of a translation.

A linear estimate of sentence chrF, to rank candidates for one sentence and to find the weak
sentences of a text. It was fitted on outputs of the embedded model for FLORES-200 dev: within the
candidates for each sentence, so that it learns what tells a good candidate from a bad one and not
an easy sentence from a hard one (docs/checks.md has the figures and the command).
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from .coverage import coverage
from .finding import Finding, weight

# Fitted as by `python -m benchmarks.risk --fit` (ridge 2, even lines), on more outputs: 1,542, with
# those of earlier prompts, whose log-probabilities were not kept. The constant sets the mean right.
_CONSTANT = -0.210
_COEFFICIENTS = (0.243, 0.797, 0.031, -0.089, -0.0013)
FEATURES = ("similarity", "coverage", "logprob", "short", "weight")
"""What the estimate is made of, in order."""

# Mean log-probabilities below this say no more; and what stands in where none is known: the mean.
_LEAST_LOGPROB, _USUAL_LOGPROB = -2.0, -0.5
# Points of findings beyond which more say no more.
_MOST_WEIGHT = 20
# Characters of English for one of Arabic.
_USUAL_LENGTH = 1.12


def quality(
    source: str,
    text: str,
    *,
    similarity: float,
    mean_logprob: float | None,
    findings: Sequence[Finding],
) -> float:
    """Return an estimate of the chrF, 0 to 1, of the English ``text``; higher is better.

    Fluent and wrong can score well: a lost *not* hardly changes chrF, so that the findings weigh
    little here. Whoever ranks by it puts candidates without severe findings first.

    Args:
        source: The Arabic sentence, normalised.
        text: The English, polished.
        similarity: Of the two, by `similarities`.
        mean_logprob: Mean log-probability of the output's tokens, where it is known.
        findings: Of `check_translation`.

    Raises:
        ModelError: The sentence encoder cannot be loaded.
    """
    if not text.strip():
        return 0.0
    values = features(source, text, similarity, mean_logprob, findings)
    terms = (factor * value for factor, value in zip(_COEFFICIENTS, values, strict=True))
    estimate = sum(terms, _CONSTANT)
    return min(max(estimate, 0.0), 1.0)


def features(
    source: str,
    text: str,
    similarity: float,
    mean_logprob: float | None,
    findings: Sequence[Finding],
) -> tuple[float, ...]:
    """Return what the estimate is made of, in the order of `FEATURES`; arguments as of `quality`.

    Raises:
        ModelError: The sentence encoder cannot be loaded.
    """
    return (
        similarity,
        coverage(source, text),
        _USUAL_LOGPROB if mean_logprob is None else max(mean_logprob, _LEAST_LOGPROB),
        max(shortness(source, text), 0.0),
        min(weight(findings), _MOST_WEIGHT),
    )


def shortness(source: str, text: str) -> float:
    """Return the natural logarithm of how much shorter ``text`` is than usual for its source.

    Above 0 it is shorter, below 0 longer.
    """
    # The 5 keeps short sentences, whose lengths vary, near 0.
    return math.log((_USUAL_LENGTH * len(source) + 5) / (len(text) + 5))
