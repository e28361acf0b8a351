import lzma
from pathlib import Path

import msgspec
import pytest

from mujaz.errors import InputError, OptionError
from train.config import Config, read_config
from train.sources import Pair, read_pairs

CONFIG = Path(__file__).parents[2] / "train" / "config.toml"
LINES = "".join(f"جملة {n}\tSentence {n}\n" for n in range(3000))


@pytest.fixture
def config(tmp_path: Path) -> Config:
    read = read_config(CONFIG)
    rules = msgspec.structs.replace(read.prepare, data=str(tmp_path), limit=2)
    return msgspec.structs.replace(read, prepare=rules)


def write(folder: Path, name: str) -> Path:
    path = folder / f"{name}.tsv.xz"
    path.write_bytes(lzma.compress(LINES.encode()))
    return path


def test_people_come_before_machines(tmp_path: Path, config: Config) -> None:
    for name in ("ai_terms_dict", "tunisia_law"):
        write(tmp_path, name)
    assert list(read_pairs(config)) == [
        Pair(name, f"جملة {n}", f"Sentence {n}")
        for name in ("tunisia_law", "ai_terms_dict")
        for n in range(2)
    ]
    left = msgspec.structs.replace(config.prepare, leave_out=("machine",))
    pairs = read_pairs(msgspec.structs.replace(config, prepare=left))
    assert {pair.origin for pair in pairs} == {"tunisia_law"}


def test_a_file_without_a_licence_is_refused(tmp_path: Path, config: Config) -> None:
    write(tmp_path, "found_somewhere")
    with pytest.raises(OptionError, match=r"found_somewhere is no \[\[source\]\]"):
        list(read_pairs(config))


def test_files_that_are_broken_or_absent_are_one_line(tmp_path: Path, config: Config) -> None:
    with pytest.raises(InputError, match=r"holds no \*\.tsv\.xz"):
        list(read_pairs(config))
    path = write(tmp_path, "tunisia_law")
    whole = path.read_bytes()
    everything = msgspec.structs.replace(
        config, prepare=msgspec.structs.replace(config.prepare, limit=0)
    )
    for content in (whole[: len(whole) // 2], b"no archive", lzma.compress(b"\xff\xfe\n")):
        path.write_bytes(content)
        with pytest.raises(InputError, match=r"tunisia_law\.tsv\.xz cannot be read") as told:
            list(read_pairs(everything))
        assert "\n" not in str(told.value)
