import pytest

from mujaz.arabic import Article
from mujaz.errors import ModelError
from mujaz.models.catalogue import load_catalogue
from mujaz.models.downloads import PullOptions, pull
from mujaz.models.engine import GenerationOptions
from mujaz.settings import Settings
from mujaz.translate import (
    InstructTranslator,
    Segment,
    Seq2SeqTranslator,
    Translator,
    locate,
    segments_of,
    translator_for,
)

TEXT = "زار علي شمخاني بغداد أمس.\n\nوقال شمخاني إن الزيارة ناجحة."


def test_the_engine_decides_how_it_is_asked(scripted_engine):
    assert isinstance(translator_for(scripted_engine()), InstructTranslator)
    other = translator_for(scripted_engine(follows_instructions=False))
    assert isinstance(other, Seq2SeqTranslator)


def test_the_catalogue_s_decoding_is_used(scripted_engine):
    entry = load_catalogue().get("Helsinki-NLP/opus-mt-ar-en")
    assert entry.generation != GenerationOptions()
    engine = scripted_engine("He came back yesterday evening", follows_instructions=False)
    translator_for(engine, entry).translate([Segment("عاد الرجل مساء أمس إلى هنا")])
    assert engine.options == [entry.generation]


def test_segments_know_names_from_the_whole_article():
    first, second = segments_of(Article("a", "", TEXT))
    assert [n.english for n in first.names] == ["Ali Shamkhani", "Baghdad"]
    (name,) = second.names
    assert name.english == "Shamkhani"
    assert second.text[name.start : name.end] == "شمخاني"


def test_a_span_has_the_names_inside_it():
    start = TEXT.index("بغداد")
    (segment,) = locate(Article("a", "", TEXT), [(TEXT[start:], start, len(TEXT))])
    assert [n.english for n in segment.names] == ["Baghdad", "Shamkhani"]
    assert all(segment.text[n.start : n.end] == n.surface for n in segment.names)


@pytest.fixture
def settings(tmp_path):
    return Settings(home=tmp_path, offline=True, device="cpu", threads=1)


def test_a_folder_is_translated_with(tiny, settings):
    translator = Translator(str(tiny("marian")), settings=settings)
    assert translator.method == "seq2seq"
    assert translator.model.endswith("marian")
    assert translator.why == "asked for by name"
    made = translator.translate(["تراجع عدد المصابين.", Segment("")])
    assert [bool(t.text) for t in made] == [True, False]
    whole = translator.translate_article(Article("a", "", TEXT))
    assert [t.source for t in whole] == TEXT.split("\n\n")
    translator.close()


def test_no_model_and_no_network_is_one_clear_line(settings, tmp_path):
    with pytest.raises(ModelError, match="nowhere"):
        Translator(str(tmp_path / "nowhere"), settings=settings)


def test_a_model_for_something_else_is_refused(tiny, settings):
    name = "ahmeddbahaa/AraBART-finetuned-ar"
    pull(name, settings, PullOptions(source=tiny("arabart"), convert=False))
    with pytest.raises(ModelError, match="not for translation"):
        Translator(name, settings=settings)
