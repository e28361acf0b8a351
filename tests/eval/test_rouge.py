import json
import random
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rouge_score.rouge_scorer import RougeScorer

import mujaz
from mujaz.errors import InputError, OptionError
from mujaz.eval.metric import Segments
from mujaz.eval.rouge import Rouge

DATA = Path(__file__).resolve().parents[2].parent / "shared" / "data"
ARABIC = ("arabic", "words", "xlsum")
ALL = (*ARABIC, "google")
NEWS = (
    "أعلن الوزير أمس عن خطة جديدة لدعم المزارعين في الشمال.",
    "وصل الوفد إلى العاصمة صباح الثلاثاء والتقى رئيس البرلمان.",
    "ارتفعت أسعار القمح بنسبة ٥ في المئة خلال شهر واحد.",
)
ENGLISH = (
    "The minister announced a new plan to support farmers in the north.",
    "The delegation reached the capital and met the speaker of parliament.",
    "Wheat prices rose by 5 percent within a single month.",
)


def segments(hypotheses, references):
    rows = tuple((text,) if isinstance(text, str) else tuple(text) for text in references)
    return Segments(tuple(map(str, range(len(rows)))), tuple(hypotheses), rows)


def score(rouge, hypotheses, references):
    statistics = rouge.statistics(segments(hypotheses, references))
    return rouge.corpus(statistics.sum(axis=0))[0]


def shuffled(text):
    words = text.rstrip(".").split()
    return " ".join(words[1::2] + words[::2])


@pytest.mark.parametrize("variant", ARABIC)
def test_a_copy_scores_100(variant):
    assert score(Rouge(variant), NEWS, NEWS) == pytest.approx([100] * 4)


@pytest.mark.parametrize("variant", ALL)
def test_an_english_copy_scores_100_and_a_shuffled_one_loses(variant):
    assert score(Rouge(variant), ENGLISH, ENGLISH) == pytest.approx([100] * 4)
    one, two, longest, _ = score(Rouge(variant), [shuffled(text) for text in ENGLISH], ENGLISH)
    assert one == pytest.approx(100)
    assert two < 20 and longest < 80


@pytest.mark.parametrize("variant", ARABIC)
def test_shuffled_words_keep_rouge1_and_lose_the_others(variant):
    one, two, longest, _ = score(Rouge(variant), [shuffled(text) for text in NEWS], NEWS)
    assert one == pytest.approx(100)
    assert two < 20 and longest < 80


@pytest.mark.parametrize("variant", ARABIC)
def test_the_order_of_segments_does_not_matter(variant):
    outputs, rouge = [*NEWS[1:], shuffled(NEWS[2])], Rouge(variant)
    there = rouge.statistics(segments(outputs, NEWS))
    back = Rouge(variant).statistics(segments(outputs[::-1], NEWS[::-1]))
    assert np.array_equal(there, back[::-1])


def test_diacritics_and_tatweel_change_nothing_under_arabic_alone():
    plain, adorned = "وصل الوفد إلى بيروت", "وَصَلَ الوَفْدُ إلـــى بَيْرُوتَ"
    assert score(Rouge("arabic"), [adorned], [plain]) == pytest.approx([100] * 4)
    assert score(Rouge("arabic"), [plain], [adorned]) == pytest.approx([100] * 4)
    assert score(Rouge("words"), [adorned], [plain])[0] < 50


def test_values_worked_out_by_hand():
    # Reference of 5 words, output of 4: three shared, one pair shared, three in order.
    values = score(Rouge("words"), ["قال الوزير إن غدا"], ["قال الوزير أمس إن شيئا"])
    assert values == pytest.approx([200 * 3 / 9, 200 * 1 / 7, 200 * 3 / 9, 200 * 3 / 9])


def test_scores_are_means_over_segments_and_resample_as_sums():
    rouge = Rouge()
    statistics = rouge.statistics(segments([NEWS[0], NEWS[0], ENGLISH[0]], NEWS))
    assert statistics.shape == (3, 5)
    assert rouge.corpus(statistics.sum(axis=0, keepdims=True))[0] == pytest.approx(
        statistics[:, :4].mean(axis=0)
    )
    drawn = np.array([[3.0, 0, 0], [1, 1, 1]])
    assert rouge.corpus(drawn @ statistics)[0] == pytest.approx([100] * 4)
    assert rouge.by_segment(statistics) == pytest.approx(statistics[:, :4])
    assert rouge.scores == ("rouge1", "rouge2", "rougeL", "rougeLsum")
    assert all(rouge.higher_is_better[name] for name in rouge.scores)


def test_each_score_takes_the_best_of_several_references():
    many = ("a b c d", "d c b a x", "b a d c")
    rouge = Rouge("google")
    alone = [score(rouge, ["b a d x"], [text]) for text in many]
    assert score(rouge, ["b a d x"], [many]) == pytest.approx(np.max(alone, axis=0))
    theirs = RougeScorer(list(rouge.scores)).score_multi(many, "b a d x")
    assert score(rouge, ["b a d x"], [many]) == pytest.approx(
        [100 * theirs[name].fmeasure for name in rouge.scores]
    )


@settings(max_examples=50)
@given(st.text(alphabet="aB c3.-\n", max_size=40), st.text(alphabet="abC 3.'\n", max_size=40))
def test_google_equals_rouge_score(output, reference):
    reference += " a"
    for stemmer in (False, True):
        rouge = Rouge("google", stemmer=stemmer)
        theirs = RougeScorer(list(rouge.scores), use_stemmer=stemmer).score(reference, output)
        assert score(rouge, [output], [reference]) == pytest.approx(
            [100 * theirs[name].fmeasure for name in rouge.scores]
        )


def test_lines_or_sentences_make_the_lines_of_lsum():
    reference, output = " ".join(NEWS[:2]), " ".join(NEWS[1::-1])
    by_line, by_sentence = Rouge(), Rouge(sentences="split")
    *_, longest, lsum = score(by_line, [output], [reference])
    assert lsum == longest < 60
    *_, same, lsum = score(by_sentence, [output], [reference])
    assert same == longest
    assert lsum == pytest.approx(100)
    assert score(by_line, ["\n".join(NEWS[1::-1])], ["\n".join(NEWS[:2])])[3] == pytest.approx(100)


def test_an_output_without_words_scores_0():
    for text in ("", "  \n", "؟!"):
        assert score(Rouge(), [text], [NEWS[0]]).tolist() == [0] * 4


@pytest.mark.parametrize("variant", ALL)
def test_a_segment_without_a_reference_of_words_is_refused(variant):
    with pytest.raises(InputError, match="segment '1': no reference has a word"):
        Rouge(variant).statistics(segments(["a b", "c d"], ["a b", " ..."]))
    # One reference of several is enough.
    assert score(Rouge(variant), ["a b"], [("a b", "")])[0] == pytest.approx(100)


def test_no_references_are_refused_and_no_segments_have_no_score():
    with pytest.raises(InputError, match="none"):
        Rouge().statistics(Segments(("1",), (NEWS[0],)))
    empty = Rouge().statistics(Segments((), ()))
    assert empty.shape == (0, 5)
    assert np.isnan(Rouge().corpus(empty.sum(axis=0))).all()


@pytest.mark.parametrize(
    ("output", "reference"),
    [
        (NEWS[0], NEWS[0]),
        (NEWS[0], ENGLISH[0]),
        ("He said نعم", ENGLISH[0]),
        (ENGLISH[0], "Apple sold ٣"),
    ],
)
def test_google_refuses_arabic_wherever_it_stands(output, reference):
    with pytest.raises(InputError, match="segment '1' has Arabic text") as raised:
        Rouge("google").statistics(segments(["a", output], ["a", reference]))
    line = str(raised.value)
    assert "\n" not in line and "rouge:arabic" in line


def test_rouge_score_alone_would_have_scored_them_silently():
    theirs = RougeScorer(["rouge1"])
    assert theirs.score(NEWS[0], NEWS[0])["rouge1"].fmeasure == 0
    one, other = "باعت Apple 3 ملايين هاتف", "خسرت Apple في 3 أسواق"
    assert theirs.score(one, other)["rouge1"].fmeasure == 1
    assert score(Rouge("arabic"), [one], [other])[0] < 50


def test_the_signature_names_every_choice_and_version():
    arabic, english = segments(NEWS, NEWS), segments(ENGLISH, [(text, "a") for text in ENGLISH])
    sign = Rouge().signature(arabic)
    assert sign.startswith("nrefs:1|pick:best|measure:f1|tok:arabic|case:folded|stem:none|")
    assert sign.endswith(f"|lsum:lines|version:{mujaz.__version__}")
    assert "lsum:split" in Rouge(sentences="split").signature(arabic)
    assert "nrefs:2|" in Rouge("words").signature(english)
    assert "stem:snowball-arabic-nltk-" in Rouge("xlsum").signature(arabic)
    assert "stem:snowball-english-nltk-" in Rouge("xlsum").signature(english)
    assert "snowball-arabic" in Rouge("xlsum", language="arabic").signature(english)
    assert "tok:google-" in Rouge("google").signature(english)
    assert "stem:porter-nltk-" in Rouge("google", stemmer=True).signature(english)
    signatures = {Rouge(variant).signature(english) for variant in ALL}
    assert len(signatures) == len(ALL)


@pytest.mark.parametrize(
    "choices",
    [
        {"variant": "ascii"},
        {"sentences": "paragraphs"},
        {"variant": "xlsum", "language": "klingon"},
        {"variant": "xlsum", "stop_words": "all"},
        {"variant": "arabic", "stemmer": True},
        {"variant": "words", "language": "arabic"},
        {"variant": "google", "stop_words": "nltk"},
    ],
)
def test_choices_that_cannot_be_served_are_refused(choices):
    with pytest.raises(OptionError, match="use"):
        Rouge(**choices)


def test_it_is_found_by_name():
    from mujaz.eval.registry import metrics

    (rouge,) = metrics("rouge:xlsum")
    assert isinstance(rouge, Rouge) and rouge.variant == "xlsum"


@pytest.mark.parametrize("variant", ARABIC)
def test_scores_stay_between_0_and_100(variant):
    draw = random.Random(5)
    words = " ".join(NEWS).split()
    texts = [" ".join(draw.choices(words, k=draw.randint(1, 20))) for _ in range(60)]
    found = Rouge(variant).statistics(segments(texts[:30], texts[30:]))[:, :4]
    assert (found >= 0).all() and (found <= 100).all()
    # Shared words in order are shared words.
    assert (found[:, 2] <= found[:, 0] + 1e-9).all()


@pytest.mark.data
def test_published_scores_are_reproduced():
    path = DATA / "rouge-check" / "gpt-3.5-easc.jsonl"
    if not path.exists():
        pytest.skip(f"{path} is absent")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    pairs = segments([row["prediction"] for row in rows], [row["summary"] for row in rows])
    ours = Rouge("words").statistics(pairs)[:, [0, 2]] / 100
    theirs = [[row["published_rouge1"], row["published_rougeL"]] for row in rows]
    assert len(rows) == 153
    assert ours == pytest.approx(np.array(theirs), abs=1e-9)
    assert ours[:, 1].mean() == pytest.approx(0.235, abs=5e-4)
