import json
from pathlib import Path

import pytest

from mujaz.errors import ChecksumError, InputError, OptionError
from train.parts import LIST, join, split


def test_parts_make_the_whole_again(tmp_path: Path) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(bytes(range(256)) * 40)
    folder = tmp_path / "parts"
    parts = split(path, folder, 4000)
    assert [part.stat().st_size for part in parts] == [4000, 4000, 2240]
    whole = join(folder, tmp_path / "there")
    assert whole.read_bytes() == path.read_bytes()
    assert join(folder, tmp_path / "there") == whole
    parts[1].write_bytes(b"x" * 4000)
    whole.unlink()
    with pytest.raises(ChecksumError, match=r"model\.gguf\.001 is damaged"):
        join(folder, tmp_path / "there")
    parts[2].unlink()
    with pytest.raises(InputError, match=r"lacks model\.gguf\.002"):
        join(folder, tmp_path / "there")


@pytest.mark.parametrize("size", [0, -5])
def test_parts_have_a_size(tmp_path: Path, size: int) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(b"content")
    with pytest.raises(OptionError, match=f"parts of {size} bytes"):
        split(path, tmp_path / "parts", size)
    assert not (tmp_path / "parts").exists()


@pytest.mark.parametrize("name", ["../outside", "/tmp/outside", "deep/outside", "..", ""])
@pytest.mark.parametrize("of", ["whole", "part"])
def test_a_list_names_files_of_its_own_folder_alone(tmp_path: Path, name: str, of: str) -> None:
    path = tmp_path / "model.gguf"
    path.write_bytes(b"content")
    folder = tmp_path / "parts"
    split(path, folder, 4)
    listed = json.loads((folder / LIST).read_text(encoding="utf-8"))
    (listed if of == "whole" else listed["parts"][0])["file" if of == "whole" else "name"] = name
    (folder / LIST).write_text(json.dumps(listed), encoding="utf-8")
    with pytest.raises(InputError, match="which is no file's name"):
        join(folder, tmp_path / "there")
    assert {p.name for p in tmp_path.iterdir()} == {"model.gguf", "parts"}


@pytest.mark.parametrize("text", ["{", "[]", '{"file": "a", "sha256": "b"}'])
def test_a_broken_list_is_one_line(tmp_path: Path, text: str) -> None:
    (tmp_path / LIST).write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=r"parts\.json is broken") as told:
        join(tmp_path, tmp_path / "there")
    assert "\n" not in str(told.value)
