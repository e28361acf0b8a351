"""The state of a training run on the disk: whole or not at all, and nothing that runs code."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mujaz.errors import RecordError
from mujaz.models.silence import first_line


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """All that the next step depends on. Chance is not among it: each step seeds it anew.

    Attributes:
        key: Fingerprint of settings and data.
        step: Steps done.
        steps: Steps planned; the learning rate depends on it.
        matrices: The adapter's, float32, by GGUF name.
        optimizer: State of the optimizer.
    """

    key: str
    step: int
    steps: int
    matrices: dict[str, Any]
    optimizer: dict[str, Any]

    def save(self, path: Path) -> None:
        """Write it under a temporary name, then rename."""
        import torch

        temporary = path.with_name(path.name + ".tmp")
        content = {name: getattr(self, name) for name in self.__slots__}
        torch.save(content, temporary)
        temporary.replace(path)

    @classmethod
    def load(cls, path: Path) -> Checkpoint:
        """Read it back to the CPU's memory.

        Raises:
            RecordError: It is broken.
        """
        import pickle

        import torch

        try:
            return cls(**torch.load(path, map_location="cpu", weights_only=True))
        except (OSError, RuntimeError, TypeError, EOFError, pickle.UnpicklingError) as error:
            raise RecordError(
                f"the checkpoint {path} is broken ({first_line(error)})",
                "delete it, and train again",
            ) from error
