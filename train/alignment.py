"""Whether two sides of a pair say the same: the cosine of their sentence vectors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np

from mujaz.models.encoder import sentence_encoder

from .config import fingerprint
from .ledger import Ledger
from .sources import Pair

_BLOCK = 512


def similarities(pairs: Sequence[Pair], kept: Path, tell: Callable[[str], None]) -> list[float]:
    """Return the cosine, -1 to 1, of each pair; what ``kept`` has already is not computed again.

    Args:
        pairs: In normal form.
        kept: Where results are kept while the work goes on.
        tell: Told how far it is.
    """
    encoder = sentence_encoder()
    ledger = Ledger(kept, fingerprint(encoder.name, encoder.version, pairs))
    found: list[float] = [value for block in ledger for value in block]
    while len(found) < len(pairs):
        block = pairs[len(found) : len(found) + _BLOCK]
        ours = encoder.encode([pair.arabic for pair in block])
        theirs = encoder.encode([pair.english for pair in block])
        cosines = [round(float(value), 4) for value in np.einsum("ij,ij->i", ours, theirs)]
        ledger.add(cosines)
        found += cosines
        tell(f"aligned {len(found)} of {len(pairs)}")
    return found
