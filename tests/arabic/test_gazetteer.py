from mujaz.arabic.gazetteer import Gazetteer, gazetteer
from mujaz.arabic.lexicon import Entry, Short


def test_forms_are_folded_and_earlier_tables_come_first():
    index = Gazetteer(
        [
            ("one", [Entry("city", "Alfa", ("مدينة الألفا",))]),
            ("two", [Entry("other", "Beta", ("مدينه الالفا",))]),
        ]
    )
    assert [sense.english for sense in index.senses("مدينة الالفا")] == ["Alfa", "Beta"]
    assert index.longest["مدينه"] == 2
    assert index.senses("الألفا") == []


def test_short_forms_know_what_they_are_short_for():
    entry = Entry("person", "Dana Orlin", ("دانا أورلين",), short=(Short("أورلين", "Orlin"),))
    index = Gazetteer([("people", [entry])])
    (sense,) = index.senses("أورلين")
    assert (sense.english, sense.full) == ("Orlin", "Dana Orlin")
    anywhere = Entry(
        "person", "Dana Orlin", ("دانا أورلين",), short=(Short("أورلين", "Orlin", True),)
    )
    (sense,) = Gazetteer([("people", [anywhere])]).senses("أورلين")
    assert sense.full == ""


def test_a_hyphen_is_a_space():
    index = Gazetteer([("one", [Entry("city", "Xai-Xai", ("خاي-خاي",))])])
    assert index.senses("خاي خاي") == index.senses("خاي-خاي") != []


def test_the_index_is_built_once():
    assert gazetteer() is gazetteer()
    assert gazetteer().senses("أذربيجان")[0].english == "Azerbaijan"
