"""What reading takes, measured in a process of its own: a peak never falls."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

_READ = r"""
import re, sys
from pathlib import Path
from mujaz.batch.inputs import read_input
from mujaz.batch.walk import DOCUMENTS, SUBTITLES, walk
count = 0
for found in walk([Path(sys.argv[1])], suffixes=(*DOCUMENTS, *SUBTITLES)):
    if not found.problem:
        count += sum(1 for _ in read_input(found.path))
# Not ru_maxrss: Linux hands that of the parent on, and a whole run of tests is large.
status = Path("/proc/self/status").read_text()
print(count, int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) >> 10)
"""


def peak_of_reading(path: Path) -> tuple[int, int]:
    """Return how many articles and errors ``path`` gives, and the megabytes that it took to see."""
    done = subprocess.run(
        [sys.executable, "-c", _READ, str(path)], capture_output=True, text=True, check=True
    )
    count, peak = done.stdout.split()
    return int(count), int(peak)
