import shutil

import pytest
import torch
from safetensors.torch import load_file

from mujaz.errors import ModelError, MujazError, OptionError
from mujaz.models.conversion import convert
from mujaz.models.downloads import PullOptions, pull
from mujaz.models.loading import open_engine
from mujaz.settings import Settings


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


def test_pickles_run_where_they_were_allowed(tiny, tmp_path, monkeypatch):
    source = _copy(tiny("marian"), tmp_path / "source")
    torch.save(load_file(source / "model.safetensors"), source / "pytorch_model.bin")
    (source / "model.safetensors").unlink()
    settings = Settings(tmp_path / "home")
    options = PullOptions(source=source, allow_pickle=True, convert=False)
    model = pull("my/marian", settings, options)
    assert model.pickle
    monkeypatch.setenv("MUJAZ_HOME", str(settings.home))
    assert open_engine(model.path, threads=1).name == "transformers"
    # A folder from elsewhere is not believed, whatever its manifest says.
    for path in (source, shutil.copytree(model.path, tmp_path / "copy")):
        with pytest.raises(ModelError, match="pickle form alone"):
            open_engine(path, threads=1)


def test_a_gguf_file_goes_to_llama(tmp_path):
    file = tmp_path / "broken.gguf"
    file.write_bytes(b"GGUF")
    (tmp_path / "elsewhere").mkdir()
    bare = tmp_path / "elsewhere" / "gguf-without-the-ending"
    bare.write_bytes(b"GGUF")
    for path in (file, tmp_path, bare):
        with pytest.raises(MujazError, match="gguf") as caught:
            open_engine(path)
        assert "holds no model" not in caught.value.message


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
