"""A translator with a cache: hits, misses, and what belongs to the key."""

import os
import time
from dataclasses import replace
from pathlib import Path

import pytest

from mujaz.arabic import Article
from mujaz.arabic.glossary import make_glossary
from mujaz.errors import EngineError
from mujaz.models.engine import GenerationOptions
from mujaz.models.manifest import Manifest, StoredFile
from mujaz.models.store import InstalledModel
from mujaz.settings import Settings
from mujaz.translate import (
    CachedTranslator,
    InstructTranslator,
    Retry,
    Segment,
    SegmentCache,
    Seq2SeqTranslator,
    Translator,
    cached,
    segments_of,
)
from mujaz.translate.cached import code_fingerprint, model_identity

HOME, WENT_HOME = "عاد إلى بيته بعد الاجتماع الطويل", "He went home after the long meeting"
SEA, WENT_SEA = (
    "ذهب إلى البحر مع أولاده يوم الجمعة",
    "He went to the sea with his children on Friday",
)


@pytest.fixture
def store(tmp_path):
    store = SegmentCache(tmp_path / "cache.sqlite")
    yield store
    store.close()


def wrapped(engine, store, **options):
    options = {"model": "m", **options}
    return CachedTranslator(Seq2SeqTranslator(engine, retry=False), store, engine=engine, **options)


def test_what_is_kept_is_not_translated_again(scripted_engine, store):
    engine = scripted_engine(WENT_HOME, WENT_SEA, follows_instructions=False)
    first = wrapped(engine, store).translate([Segment(HOME), Segment("***"), Segment(SEA)])
    assert [t.text for t in first] == [WENT_HOME, "", WENT_SEA]
    silent = scripted_engine(follows_instructions=False)
    again = wrapped(silent, store).translate([Segment(SEA), Segment(HOME), Segment("***")])
    assert again == [first[2], first[0], first[1]]
    assert silent.calls == []


def test_only_what_is_missing_goes_to_the_model_in_one_call_each_once(scripted_engine, store):
    wrapped(scripted_engine(WENT_HOME, follows_instructions=False), store).translate(
        [Segment(HOME)]
    )
    engine = scripted_engine(
        WENT_SEA, "Then he slept until the evening", follows_instructions=False
    )
    slept = "ثم نام حتى المساء في غرفته"
    texts = [SEA, HOME, slept, SEA, SEA]
    made = wrapped(engine, store).translate([Segment(text) for text in texts])
    assert [t.source for t in made] == texts
    assert [count for count, _ in engine.calls] == [2]
    assert store.info().segments == 3


def test_what_needs_no_model_takes_no_place(scripted_engine, store):
    wrapped(scripted_engine(), store).translate([Segment(""), Segment("Reuters")])
    assert store.info().segments == 0


def test_a_model_that_takes_prompts_one_by_one_keeps_what_is_done(scripted_engine, store):
    texts = [f"عاد الوزير إلى بيته في القرية رقم {n} بعد الاجتماع" for n in range(2, 14)]
    said = [f"The minister went home to village number {n} after the meeting" for n in range(2, 14)]
    engine = scripted_engine(*said[:10], EngineError("out of memory"))
    translator = CachedTranslator(
        InstructTranslator(engine, retry=Retry(0)), store, engine=engine, model="m"
    )
    with pytest.raises(EngineError):
        translator.translate([Segment(text) for text in texts])
    assert store.info().segments == 8


def key_of(scripted_engine, store, segment=None, translator=None, **options):
    engine = options.pop("engine", None) or scripted_engine(follows_instructions=False)
    inner = translator(engine) if translator else Seq2SeqTranslator(engine)
    made = CachedTranslator(inner, store, engine=engine, **{"model": "m", **options})
    return made.key(segment or Segment(HOME))


def test_the_same_things_have_the_same_key(scripted_engine, store):
    one, other = (
        key_of(
            scripted_engine,
            store,
            translator=lambda e: Seq2SeqTranslator(e, glossary=make_glossary([("باكو", "Baku")])),
        )
        for _ in range(2)
    )
    assert one == other
    assert len(one) == 32


def test_everything_that_decides_a_translation_is_in_the_key(scripted_engine, store, monkeypatch):
    article = Article("a", "", "زار علي شمخاني بغداد أمس.\n\nوقال شمخاني إن الزيارة ناجحة.")
    inside = segments_of(article)[1]
    assert inside.names, "its name is known from the article"
    llama = scripted_engine()
    llama.name = "llama"
    variants = [
        {},
        {"segment": Segment(SEA)},
        {"segment": inside},
        {"segment": Segment(inside.text)},
        {"segment": Segment(inside.text, ())},
        {"model": "another"},
        {"device": "cuda"},
        {"engine": llama},
        {"translator": lambda e: Seq2SeqTranslator(e, retry=False)},
        {"translator": lambda e: Seq2SeqTranslator(e, options=GenerationOptions(beams=2))},
        {"translator": lambda e: Seq2SeqTranslator(e, glossary=make_glossary([("أ", "A")]))},
        {"translator": lambda e: Seq2SeqTranslator(e, glossary=make_glossary([("أ", "B")]))},
        {"translator": InstructTranslator},
        {"translator": lambda e: InstructTranslator(e, use_names=False)},
        {"translator": lambda e: InstructTranslator(e, retry=Retry(2))},
    ]
    keys = [key_of(scripted_engine, store, **dict(variant)) for variant in variants]
    monkeypatch.setattr(cached, "_version", lambda package: f"{package} 9")
    keys.append(key_of(scripted_engine, store))
    monkeypatch.setattr(cached, "code_fingerprint", lambda: "other code")
    keys.append(key_of(scripted_engine, store))
    monkeypatch.setattr("mujaz.__version__", "99")
    keys.append(key_of(scripted_engine, store))
    assert len(set(keys)) == len(variants) + 3


def stored(*files, revision="r1"):
    listed = tuple(StoredFile(name, 1, sha, "hub") for name, sha in files)
    manifest = Manifest("o/m", "hub", "o/m", revision, "", None, listed, "2026-01-01")
    return InstalledModel("o/m", Path("/nowhere"), None, None, manifest, None)


def test_a_model_of_the_store_is_known_by_its_hashes():
    one = model_identity(stored(("a.bin", "00"), ("b.json", "11")))
    assert one == model_identity(stored(("b.json", "11"), ("a.bin", "00")))
    others = [
        stored(("a.bin", "01"), ("b.json", "11")),
        stored(("a.bin", "00")),
        stored(("a.bin", "00"), ("b.json", "11"), revision="r2"),
    ]
    assert len({one, *map(model_identity, others)}) == 4


def test_a_folder_elsewhere_is_known_by_sizes_and_times(tmp_path):
    folder = tmp_path / "model"
    folder.mkdir()
    file = folder / "weights.bin"
    file.write_bytes(b"12345")
    outside = replace(stored(), path=folder, manifest=None)
    first = model_identity(outside)
    assert model_identity(outside) == first
    os.utime(file, ns=(1, 1))
    second = model_identity(outside)
    (folder / "config.json").write_text("{}")
    third = model_identity(outside)
    assert len({first, second, third}) == 3
    assert model_identity(replace(outside, path=file)) == second


def test_the_fingerprint_sees_code_and_tables(tmp_path, monkeypatch):
    rooms = {room: tmp_path / room for room in cached._ROOMS}
    for folder in rooms.values():
        (folder / "data").mkdir(parents=True)
        (folder / "a.py").write_text("x = 1")
        (folder / "data" / "t.tsv").write_text("a\tb")
    monkeypatch.setattr(cached, "files", lambda room: rooms[room])
    seen = [code_fingerprint.__wrapped__()]
    for change in (
        lambda folder: (folder / "a.py").write_text("x = 2"),
        lambda folder: (folder / "data" / "t.tsv").write_text("a\tc"),
        lambda folder: (folder / "a.py").rename(folder / "b.py"),
    ):
        for folder in rooms.values():
            change(folder)
            seen.append(code_fingerprint.__wrapped__())
    assert len(set(seen)) == 13
    (tmp_path / cached._ROOMS[0] / "__pycache__").mkdir()
    (tmp_path / cached._ROOMS[0] / "__pycache__" / "a.pyc").write_text("x")
    assert code_fingerprint.__wrapped__() == seen[-1]


def test_the_front_door_keeps_only_when_it_is_told_to(tiny_converted, tmp_path):
    settings = Settings(home=tmp_path, offline=True, device="cpu", threads=1)
    path = str(tiny_converted("marian"))
    texts = ["تراجع عدد المصابين.", "ارتفعت أسعار القمح."]
    plain = Translator(path, settings=settings)
    expected = plain.translate(texts)
    plain.close()
    assert not (tmp_path / "cache").exists()
    for _ in range(2):
        keeping = Translator(path, settings=settings, cache=True)
        assert keeping.translate(texts) == expected
        if _:
            keeping.engine.close()
            began = time.perf_counter()
            assert keeping.translate(texts * 10) == expected * 10, "without the model"
            assert time.perf_counter() - began < 1
        keeping.close()
