"""A second model tries what the first leaves with a severe fault."""

from pathlib import Path

import pytest

from mujaz.errors import ModelError
from mujaz.models.downloads import PullOptions, pull
from mujaz.models.progress import Silence
from mujaz.models.selection import resolve
from mujaz.settings import Settings
from mujaz.translate import (
    InstructTranslator,
    RepairingTranslator,
    Retry,
    Segment,
    Seq2SeqTranslator,
    Translator,
    second_model,
)

SOURCE = "أعلن وزير الخارجية العراقي أن 25 شخصا قتلوا في انفجار بمدينة بغداد"
GOOD = "The Iraqi foreign minister said that 25 people were killed in a blast in Baghdad"
WRONG = GOOD.replace("25", "52")
WORSE = WRONG.replace("Baghdad", "Cairo")
ONCE = Retry(candidates=0)
LARGER = "Helsinki-NLP/opus-mt-tc-big-ar-en"


class Listening(Silence):
    """A progress that keeps the messages."""

    def __init__(self):
        self.told = []

    def message(self, text):
        self.told.append(text)


def test_what_fails_is_taken_from_the_second_model(scripted_engine):
    first = scripted_engine(WRONG)
    second = scripted_engine(GOOD, follows_instructions=False)
    translator = RepairingTranslator(
        InstructTranslator(first, retry=ONCE), lambda: Seq2SeqTranslator(second), "owner/other"
    )
    (made,) = translator.translate([Segment(SOURCE)])
    assert made.text == GOOD
    assert made.findings == ()
    assert made.attempts == 2
    assert [(a.how, a.text, a.taken) for a in made.tried] == [
        ("first", WRONG, False),
        ("by owner/other", GOOD, True),
    ]
    assert made.tried[0].findings  # why it was tried again
    assert made.tried[1].findings == ()


def test_a_second_model_that_does_worse_changes_nothing_but_the_record(scripted_engine):
    first = scripted_engine(WRONG)
    second = scripted_engine(WORSE, WORSE, follows_instructions=False)
    translator = RepairingTranslator(
        InstructTranslator(first, retry=ONCE), lambda: Seq2SeqTranslator(second), "owner/other"
    )
    (made,) = translator.translate([Segment(SOURCE)])
    assert made.text == WRONG
    assert made.severity == "severe"
    assert [a.taken for a in made.tried] == [True, False]


def test_only_the_failed_go_there_and_it_is_opened_once_when_needed(scripted_engine):
    opened = []
    second = scripted_engine(GOOD, GOOD, follows_instructions=False)

    def open_second():
        opened.append(1)
        return Seq2SeqTranslator(second)

    first = scripted_engine(GOOD, WRONG, WRONG)
    translator = RepairingTranslator(
        InstructTranslator(first, retry=ONCE), open_second, "owner/other"
    )
    translator.translate([Segment(SOURCE)])
    assert opened == []
    translator.translate([Segment(SOURCE)])
    (made,) = translator.translate([Segment(SOURCE)])
    assert opened == [1]
    assert len(second.prompts) == 2
    assert made.text == GOOD


def test_a_second_model_that_cannot_be_had_leaves_the_sentence_flagged(scripted_engine):
    translator = RepairingTranslator(
        InstructTranslator(scripted_engine(WRONG), retry=ONCE), lambda: None, "owner/other"
    )
    (made,) = translator.translate([Segment(SOURCE)])
    assert (made.text, made.severity) == (WRONG, "severe")


def test_the_best_other_installed_translator_is_the_second(tiny, tmp_path):
    settings = Settings(home=tmp_path, offline=True, device="cpu", threads=1)
    names = ["Helsinki-NLP/opus-mt-ar-en", LARGER]
    for name in names:
        pull(name, settings, PullOptions(source=tiny("marian"), convert=False))
    pull(
        "ahmeddbahaa/AraBART-finetuned-ar",
        settings,
        PullOptions(source=tiny("arabart"), convert=False),
    )
    first, other = (resolve(name, settings) for name in names)
    assert second_model("none", first, settings) is None
    assert second_model("auto", first, settings).id == other.id
    assert second_model("auto", other, settings).id == first.id
    assert second_model(other.id, first, settings).id == other.id
    assert second_model(first.id, first, settings) is None
    with pytest.raises(ModelError, match="nowhere"):
        second_model("./nowhere", first, settings)


def test_a_second_model_for_something_else_is_refused(tiny, tmp_path):
    settings = Settings(home=tmp_path, offline=True, device="cpu", threads=1)
    name = "ahmeddbahaa/AraBART-finetuned-ar"
    pull(name, settings, PullOptions(source=tiny("arabart"), convert=False))
    with pytest.raises(ModelError, match="not for translation"):
        Translator(str(tiny("marian")), settings=settings, second=name)


def test_the_front_door_repairs_with_what_is_installed(tiny, tmp_path):
    settings = Settings(home=tmp_path, offline=True, device="cpu", threads=1)
    for name in ("Helsinki-NLP/opus-mt-ar-en", LARGER):
        pull(name, settings, PullOptions(source=tiny("marian"), convert=False))
    alone = Translator("Helsinki-NLP/opus-mt-ar-en", settings=settings)
    both = Translator("Helsinki-NLP/opus-mt-ar-en", settings=settings, second="auto", cache=True)
    assert (alone.second, both.second) == ("", LARGER)
    try:
        # Random weights: whatever they say is severely wrong.
        (one,) = alone.translate([SOURCE])
        (two,) = both.translate([SOURCE])
        assert one.severity == "severe"
        assert len(one.tried) == 2
        assert [a.how for a in two.tried][:2] == ["first", "wider beam"]
        assert two.tried[-1].how == f"by {LARGER}"
        assert sum(a.taken for a in two.tried) == 1
        assert both.translate([SOURCE]) == [two]
    finally:
        alone.close()
        both.close()


def test_a_broken_second_model_is_told_and_does_not_stop_the_work(tiny, tmp_path, capsys):
    settings = Settings(home=tmp_path, offline=True, device="cpu", threads=1)
    for name in ("Helsinki-NLP/opus-mt-ar-en", LARGER):
        pull(name, settings, PullOptions(source=tiny("marian"), convert=False))
    folder = Path(resolve(LARGER, settings).path)
    for weights in folder.glob("*.safetensors"):
        weights.unlink()  # the store shares its bytes with the fixture
        weights.write_bytes(b"broken")
    listening = Listening()
    both = Translator(
        "Helsinki-NLP/opus-mt-ar-en", settings=settings, second="auto", progress=listening
    )
    try:
        (made,) = both.translate([SOURCE])
        both.translate([SOURCE])
    finally:
        both.close()
    assert made.severity == "severe"
    assert len([line for line in listening.told if "cannot repair" in line]) == 1
