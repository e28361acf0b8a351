"""Folders as jobs: what was read, what is done, what failed, and how to go on."""
