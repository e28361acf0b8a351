import pytest

from mujaz.arabic.glossary import make_glossary
from mujaz.models.engine import GenerationOptions
from mujaz.translate import Segment, Seq2SeqTranslator

from ..scripted_engine import said

SOURCE = "أعلن وزير الخارجية العراقي أن 25 شخصا قتلوا في انفجار بمدينة بغداد"
GOOD = "The Iraqi foreign minister said that 25 people were killed in a blast in Baghdad"
WRONG_NUMBER = GOOD.replace("25", "52")
HOME, WENT_HOME = "عاد إلى بيته بعد الاجتماع الطويل", "He went home after the long meeting"
OPTIONS = GenerationOptions(beams=4, source="arb_Arab", target="eng_Latn")


def translator(engine, **options):
    return Seq2SeqTranslator(engine, options=OPTIONS, **options)


def test_all_segments_go_in_one_call_and_keep_their_order(scripted_engine):
    engine = scripted_engine(GOOD + " .", WENT_HOME, follows_instructions=False)
    texts = [SOURCE, "", HOME, "***", "Reuters"]
    made = translator(engine).translate([Segment(text) for text in texts])
    assert [t.source for t in made] == texts
    assert [t.text for t in made] == [GOOD + ".", "", WENT_HOME, "", "Reuters"]
    assert [t.attempts for t in made] == [1, 0, 1, 0, 0]
    assert engine.calls == [(2, OPTIONS)]
    assert [p.text for p in engine.prompts] == [SOURCE, HOME]
    assert all(p.system == "" for p in engine.prompts)


def test_nothing_to_translate_is_no_call(scripted_engine):
    engine = scripted_engine()
    assert translator(engine).translate([]) == []
    assert translator(engine).translate([Segment(" ")])[0].text == ""
    assert engine.calls == []


def test_the_model_reads_the_normal_form_and_the_record_keeps_the_source(scripted_engine):
    engine = scripted_engine(WENT_HOME)
    raw = "عَادَ إلى بيتـــه  بعد الاجتماع الطويل"
    (translation,) = translator(engine).translate([Segment(raw)])
    assert engine.prompts[0].text == HOME
    assert translation.source == raw


def test_those_with_a_severe_fault_are_decoded_again_in_one_call(scripted_engine):
    engine = scripted_engine(WRONG_NUMBER, WENT_HOME, "no no no no no", GOOD, WENT_HOME)
    made = translator(engine).translate([Segment(SOURCE), Segment(HOME), Segment(HOME)])
    assert [t.text for t in made] == [GOOD, WENT_HOME, WENT_HOME]
    assert [t.attempts for t in made] == [2, 1, 2]
    assert [count for count, _ in engine.calls] == [3, 2]
    again = engine.options[1]
    assert again.beams > 4
    assert again.no_repeat_ngram
    assert (again.source, again.target) == ("arb_Arab", "eng_Latn")


def test_the_first_is_kept_when_the_second_is_no_better(scripted_engine):
    engine = scripted_engine(WRONG_NUMBER, WRONG_NUMBER + " and 77 more")
    (translation,) = translator(engine).translate([Segment(SOURCE)])
    assert translation.text == WRONG_NUMBER
    assert translation.attempts == 2
    missing, added = translation.findings
    assert SOURCE[slice(*missing.source)].startswith("25")
    assert translation.text[slice(*added.target)].startswith("52")


def test_a_warning_is_not_worth_a_second_try(scripted_engine):
    engine = scripted_engine(GOOD.replace(" in Baghdad", ""))
    (translation,) = translator(engine).translate([Segment(SOURCE)])
    assert translation.attempts == 1


def test_retrying_can_be_turned_off(scripted_engine):
    engine = scripted_engine(WRONG_NUMBER)
    (translation,) = translator(engine, retry=False).translate([Segment(SOURCE)])
    assert translation.severity == "severe"
    assert translation.attempts == 1


def test_an_overlong_sentence_is_cut_and_joined(scripted_engine):
    first, second = (
        SOURCE + " صباح اليوم،",
        "وعاد الوزير إلى بيته بعد الاجتماع الطويل مع رجال الشرطة",
    )
    engine = scripted_engine(
        said(GOOD + " this morning", logprob=-1.0),
        said("And the minister went home after the long meeting with police", logprob=-0.5),
        max_input_tokens=25,
    )
    (translation,) = translator(engine).translate([Segment(f"{first} {second}")])
    assert [p.text for p in engine.prompts] == [first, second]
    assert translation.text == (
        GOOD + " this morning, and the minister went home after the long meeting with police"
    )
    assert translation.findings == ()
    assert -1.0 < translation.confidence < -0.5


def test_a_cut_piece_is_flagged_for_the_whole(scripted_engine):
    cut = said(GOOD, stop="length")
    engine = scripted_engine(cut, cut)
    (translation,) = translator(engine).translate([Segment(SOURCE)])
    assert [f.kind for f in translation.findings] == ["truncation"]


def test_the_users_names_are_expected(scripted_engine):
    glossary = make_glossary([("بغداد", "Bagdad")])
    engine = scripted_engine(GOOD)
    (translation,) = translator(engine, glossary=glossary).translate([Segment(SOURCE)])
    assert [f.kind for f in translation.findings] == ["name"]
    assert "Bagdad" in translation.findings[0].message


FAMILIES = ("marian", "mbart50", "nllb", "m2m100", "t5")


@pytest.mark.parametrize("family", FAMILIES)
def test_every_family_translates_end_to_end_with_both_engines(family, tiny, tiny_converted):
    from mujaz.models.ctranslate2_engine import CTranslate2Engine
    from mujaz.models.transformers_engine import TransformersEngine

    options = GenerationOptions(beams=2, max_new_tokens=40)
    sentences = [
        "ارتفعت أسعار القمح بنسبة خمسة في المئة.",
        "",
        "افتتح الرئيس جسرا جديدا فوق النهر.",
        "تراجع عدد المصابين.",
    ]
    made = []
    for engine in (
        TransformersEngine(tiny(family), device="cpu"),
        CTranslate2Engine(tiny_converted(family), device="cpu"),
    ):
        translator = Seq2SeqTranslator(engine, options=options, retry=False)
        made.append(translator.translate([Segment(text) for text in sentences]))
        engine.close()
    reference, fast = made
    assert [t.source for t in reference] == sentences
    assert [t.text for t in fast] == [t.text for t in reference]
    assert [bool(t.text) for t in reference] == [True, False, True, True]
    assert len({t.text for t in reference}) > 2
    for one, other in zip(reference, fast, strict=True):
        assert one.confidence == pytest.approx(other.confidence, abs=1e-3)
