"""Models: the catalogue, the local store, and the engines that run weights."""

from .catalogue import Catalogue, CatalogueEntry, load_catalogue
from .description import ModelDescription, describe
from .downloads import PullOptions, pull
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
    "best_installed",
    "describe",
    "ensure",
    "installed",
    "load_catalogue",
    "pull",
    "recommended",
    "resolve",
]
