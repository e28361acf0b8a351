"""The tiny checkpoints of the tests of ``models``."""

from ..models.conftest import tiny, tiny_converted

__all__ = ["tiny", "tiny_converted"]
