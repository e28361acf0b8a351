"""The chain: article, Arabic summary, English brief, and its record."""

from .chain import Briefer
from .record import Brief, BriefSentence, Making, Timings
from .rendering import escaped

__all__ = ["Brief", "BriefSentence", "Briefer", "Making", "Timings", "escaped"]
