"""``python -m mujaz``."""

from mujaz.cli.main import script

script()
