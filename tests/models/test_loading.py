import shutil

import pytest

from mujaz.errors import ModelError, MujazError, OptionError
from mujaz.models.conversion import convert
from mujaz.models.loading import open_engine


def _copy(folder, target):
    return shutil.copytree(folder, target, ignore=shutil.ignore_patterns("ctranslate2*"))


def test_the_files_say_which_engine(tiny, tmp_path):
    folder = _copy(tiny("marian"), tmp_path / "m")
    assert open_engine(folder).name == "transformers"
    made = convert(folder, folder / "ctranslate2-int8")
    assert open_engine(made).name == "ctranslate2"
    assert open_engine(folder).name == "ctranslate2"
    assert open_engine(folder, engine="transformers").name == "transformers"
    assert open_engine(folder, engine="ctranslate2", threads=1, device="cpu").name == "ctranslate2"


def test_a_gguf_file_goes_to_llama(tmp_path):
    file = tmp_path / "broken.gguf"
    file.write_bytes(b"GGUF")
    for path in (file, tmp_path):
        with pytest.raises(MujazError, match="gguf"):
            open_engine(path)


def test_unknown_content_is_named_with_what_was_looked_for(tmp_path):
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(ModelError) as caught:
        open_engine(tmp_path)
    for word in (str(tmp_path), "model.bin", "config.json", "gguf"):
        assert word in caught.value.message
    with pytest.raises(ModelError, match=r"model\.bin"):
        open_engine(tmp_path, engine="ctranslate2")
    with pytest.raises(ModelError, match="does not exist"):
        open_engine(tmp_path / "nowhere")
    with pytest.raises(OptionError, match="abacus"):
        open_engine(tmp_path, engine="abacus")
