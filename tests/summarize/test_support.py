"""What a written sentence rests on."""

from mujaz.arabic import sentences
from mujaz.summarize.support import supported

from .articles import flood

FOUND = sentences(flood())


def test_near_sentences_are_sources_and_give_the_place() -> None:
    (made,) = supported(["قتلت السيول أربعة أشخاص في مدينة الوادي وانهار جسران."], FOUND)
    assert made.sources is not None
    assert 3 in made.sources
    assert len(made.sources) <= 2
    assert made.start == FOUND[made.sources[0]].start
    assert made.end == FOUND[made.sources[-1]].end


def test_a_copy_rests_on_its_original() -> None:
    for index, sentence in enumerate(FOUND):
        (made,) = supported([sentence.text], FOUND)
        assert index in (made.sources or ())


def test_an_invention_rests_on_nothing() -> None:
    (made,) = supported(["خفض البنك المركزي سعر الفائدة."], FOUND)
    assert (made.sources, made.start, made.end) == (None, None, None)


def test_nothing_in_nothing_out() -> None:
    assert supported([], FOUND) == []
    (made,) = supported(["نص."], [])
    assert made.sources is None
