"""Models: the catalogue, the local store, and the engines that run weights."""

from .catalogue import Catalogue, CatalogueEntry, load_catalogue
from .conversion import agreement, convert
from .description import ModelDescription, describe
from .downloads import PullOptions, pull
from .loading import open_engine
from .progress import SILENT, Progress
from .selection import best_installed, ensure, recommended, resolve
from .store import InstalledModel, installed

__all__ = [
    "SILENT",
    "Catalogue",
    "CatalogueEntry",
    "InstalledModel",
    "ModelDescription",
    "Progress",
    "PullOptions",
    "agreement",
    "best_installed",
    "convert",
    "describe",
    "ensure",
    "installed",
    "load_catalogue",
    "open_engine",
    "pull",
    "recommended",
    "resolve",
]
