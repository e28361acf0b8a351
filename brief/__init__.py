"""The chain: article, Arabic summary, English brief, and its record."""

from .chain import Briefer
from .record import Brief, BriefSentence, Making, Timings

__all__ = ["Brief", "BriefSentence", "Briefer", "Making", "Timings"]
