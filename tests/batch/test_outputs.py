"""Outputs: whole or not at all, and by one job at a time."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mujaz.batch.outputs import FOLDER, OutputError, Outputs, guarded, is_locked, opened

from ..models.conftest import ALONE, CAN_MOUNT


@pytest.fixture
def outputs(tmp_path: Path) -> Iterator[Outputs]:
    with opened(tmp_path / "out") as outputs:
        yield outputs


def test_an_output_comes_by_one_rename(outputs: Outputs) -> None:
    staged = outputs.stage("a/خبر.txt", b"content\n")
    assert not outputs.path("a").exists()
    assert staged.temporary.read_bytes() == b"content\n"
    assert outputs.publish(staged) == ""
    assert outputs.path("a/خبر.txt").read_bytes() == b"content\n"
    assert outputs.sha256("a/خبر.txt") == staged.sha256
    assert outputs.size("a/خبر.txt") == staged.size == 8
    assert (outputs.sha256("b"), outputs.size("b")) == ("", 0)
    assert not staged.temporary.exists()
    mask = os.umask(0)
    os.umask(mask)
    assert outputs.path("a/خبر.txt").stat().st_mode & 0o777 == 0o666 & ~mask


def test_what_is_in_the_way_is_a_line(outputs: Outputs) -> None:
    outputs.path("folder").mkdir()
    outputs.path("file").write_text("x")
    for output in ("folder", "file/a.txt"):
        problem = outputs.publish(outputs.stage(output, b"x"))
        assert "cannot be written" in problem
        assert problem.endswith("move away what is there")
    with pytest.raises(OutputError, match="cannot be written"):
        outputs.write("folder", b"x")


def test_a_folder_on_another_disk(outputs: Outputs, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if self.parent != Path(target).parent:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return whole(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    assert outputs.publish(outputs.stage("a.txt", b"x")) == ""
    assert [p.name for p in outputs.folder.iterdir()] == [FOLDER, "a.txt"]


def test_one_job_at_a_time(outputs: Outputs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("mujaz.batch.outputs._LOCK_WAIT_SECONDS", 0.05)
    assert is_locked(outputs.folder)
    code = (
        "import sys\nfrom pathlib import Path\nfrom mujaz.batch import outputs\n"
        "outputs._LOCK_WAIT_SECONDS = 0.05\n"
        "with outputs.opened(Path(sys.argv[1])): pass"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(outputs.folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "another run is working on" in done.stderr


def test_the_lock_is_free_afterwards(tmp_path: Path) -> None:
    with opened(tmp_path):
        pass
    assert not is_locked(tmp_path)
    assert not is_locked(tmp_path / "nowhere")
    with pytest.raises(KeyError), opened(tmp_path):
        raise KeyError
    assert not is_locked(tmp_path)


@pytest.mark.parametrize(
    ("number", "line"),
    [
        (errno.ENOSPC, "the disk of out is full; free some space; what is done is kept"),
        (errno.EROFS, "out cannot be written (its disk is read-only); choose another -o DIR"),
        (errno.EACCES, "out cannot be written (no permission); choose another -o DIR"),
    ],
)
def test_refusals_of_the_system_are_one_line(number: int, line: str) -> None:
    with pytest.raises(OutputError) as caught, guarded(Path("out")):
        raise OSError(number, os.strerror(number))
    assert str(caught.value).startswith(line)


DISK = (
    "import sys\nfrom pathlib import Path\n"
    "from mujaz.batch.outputs import opened, OutputError\n"
    "try:\n"
    "    with opened(Path('/mnt/out')) as outputs:\n"
    "        for n in range(1000): outputs.write(f'{n}.txt', b'x' * 50_000)\n"
    "except OutputError as error:\n"
    "    whole = [p.stat().st_size for p in Path('/mnt/out').glob('*.txt')]\n"
    "    print(len(whole), set(whole), error)\n"
)


@pytest.mark.skipif(not CAN_MOUNT, reason="needs a name space of its own to mount a small disk in")
@pytest.mark.parametrize(
    ("mount", "said"),
    [
        ("mount -t tmpfs -o size=1M none /mnt", "{50000} the disk of /mnt/out is full; free some"),
        ("mount -t tmpfs -o ro none /mnt", "0 set() /mnt/out cannot be written (its disk is read-"),
    ],
)
def test_a_real_disk_that_is_full_or_read_only(mount: str, said: str) -> None:
    script = f'{mount}; exec "$0" -c "$1"'
    done = subprocess.run(
        [*ALONE, script, sys.executable, DISK], capture_output=True, text=True, check=False
    )
    assert said in done.stdout, done.stderr
