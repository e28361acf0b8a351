"""Examples side by side in rows of one length, each blind to its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from .tokens import Examples

if TYPE_CHECKING:
    import torch

# Examples among which the next one for a row is looked for.
_WINDOW = 512


def pack(lengths: NDArray[np.int64], row: int, order: NDArray[np.int64]) -> list[list[int]]:
    """Return rows of example numbers, none longer than ``row`` tokens together.

    Within windows of the given order, so that rows stay mixed, the longest example that fits is
    taken first (first-fit decreasing).
    """
    rows: list[list[int]] = []
    for start in range(0, len(order), _WINDOW):
        room: list[int] = []
        opened: list[list[int]] = []
        window = order[start : start + _WINDOW]
        for n in sorted(window.tolist(), key=lambda n: (-int(lengths[n]), n)):
            length = int(lengths[n])
            place = next((at for at, free in enumerate(room) if free >= length), None)
            if place is None:
                opened.append([])
                room.append(row)
                place = len(room) - 1
            opened[place].append(n)
            room[place] -= length
        rows += opened
    return rows


class Batch(NamedTuple):
    """Rows as a model takes them.

    Attributes:
        tokens: Shape (rows, length).
        positions: Each token's place in its own example, likewise.
        mask: Which token sees which: shape (rows, 1, length, length), true where it does.
        targets: The token that should follow; -100 where the model is not asked.
    """

    tokens: torch.Tensor
    positions: torch.Tensor
    mask: torch.Tensor
    targets: torch.Tensor


def batch(examples: Examples, rows: Sequence[Sequence[int]], length: int) -> Batch:
    """Lay rows of examples out.

    A token sees itself and what stands before it in its own example alone. The loss is on answers:
    from the prompt's last token, which has the answer's first to say, to the one before the end.
    """
    import torch

    shape = (len(rows), length)
    tokens, positions = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
    owners = np.zeros(shape, dtype=np.int64)  # 0: padding
    targets = np.full(shape, -100, dtype=np.int64)
    lengths = examples.lengths
    for at, row in enumerate(rows):
        start = 0
        for owner, n in enumerate(row, 1):
            size, prompt = int(lengths[n]), int(examples.prompts[n])
            ids = examples.tokens[examples.ends[n] - size : examples.ends[n]]
            span = slice(start, start + size)
            tokens[at, span], positions[at, span], owners[at, span] = ids, np.arange(size), owner
            targets[at, start + prompt - 1 : start + size - 1] = ids[prompt:]
            start += size
    whose = torch.from_numpy(owners)
    # Padding sees itself: a token that sees nothing would be no number.
    own = whose[:, :, None] == whose[:, None, :]
    mask = (own & torch.ones(length, length, dtype=torch.bool).tril())[:, None]
    return Batch(
        torch.from_numpy(tokens), torch.from_numpy(positions), mask, torch.from_numpy(targets)
    )
