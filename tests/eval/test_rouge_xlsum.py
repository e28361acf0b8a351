import pytest
from hypothesis import given
from hypothesis import strategies as st
from nltk.corpus.reader import WordListCorpusReader
from nltk.corpus.util import LazyCorpusLoader

from mujaz.errors import OptionError
from mujaz.eval.metric import Segments
from mujaz.eval.rouge import Rouge
from mujaz.eval.rouge_words import words_of
from mujaz.eval.rouge_xlsum import XlsumWords, stop_word_list

# أوغو takes another stem from NLTK once a word like قالها has gone before it.
FICKLE, SETTING = "أوغو", "قالها"


@pytest.fixture
def arabic():
    return XlsumWords("arabic")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("من في عن", ["من", "في", "عن"]),
        ("«من»، في؟ (عن)؛ لم...", ["من", "في", "عن", "لم"]),
        ("a$b c+d e_f 5%", ["a", "b", "c", "d", "e", "f", "5"]),
        ("ABC É", ["abc", "é"]),
        # Digits, letters and symbols part; marks stay with what they stand on.
        ("ب50", ["ب", "50"]),
        ("3.5 ٣٫٥", ["3", "5", "٣", "٥"]),
        ("a2b €5", ["a", "2", "b", "€", "5"]),
        ("عَن", ["عَن"]),
        ("5° ½م", ["5", "°", "½", "م"]),
        # Controls vanish without parting words; other spaces part them.
        ("عن\u200fم", ["عنم"]),
        ("عن\u00a0من\u2028في", ["عن", "من", "في"]),
        ("中国", ["中", "国"]),
        ("", []),
        ("،؟!", []),
    ],
)
def test_words_of_a_text(arabic, text, words):
    assert arabic.text(text) == words


def test_a_mark_with_no_letter_goes_as_the_scorer_of_xlsum_has_it(arabic):
    assert arabic.text("\u064eب") == ["\u064e", "ب"]
    assert arabic.text("ب \u064e") != arabic.text("ب")


def test_words_of_a_line_are_not_cut_at_digits(arabic):
    assert arabic.line("ب50، عن") == ["ب50", "عن"]


def test_words_longer_than_three_letters_are_stemmed(arabic):
    assert arabic.text("الكتاب والكتاب كتب") == ["كتاب", "كتاب", "كتب"]
    assert XlsumWords("english").text("The cats are running; he ran") == [
        "the", "cat", "are", "run", "he", "ran",
    ]  # fmt: skip


def test_the_stem_of_a_word_does_not_depend_on_what_went_before():
    from nltk.stem.snowball import ArabicStemmer

    stemmer = ArabicStemmer()
    before = stemmer.stem(FICKLE)
    stemmer.stem(SETTING)
    assert stemmer.stem(FICKLE) != before, "NLTK has mended its stemmer"
    alone, after = XlsumWords("arabic"), XlsumWords("arabic")
    after.text(SETTING)
    assert alone.text(FICKLE) == after.text(FICKLE) == [stemmer.stem(FICKLE)]


@given(st.text(alphabet="ابتةىال\u064e \u0640٣5aA€.،\n-'中", max_size=30))
def test_words_are_never_empty_and_hold_no_space(text):
    for word in XlsumWords("arabic").text(text):
        assert word and not any(letter.isspace() for letter in word)


@pytest.fixture
def corpora(tmp_path, monkeypatch):
    """An empty home of NLTK's data."""
    monkeypatch.setattr("nltk.data.path", [str(tmp_path)])
    loader = LazyCorpusLoader("stopwords", WordListCorpusReader, r"(?!README|\.).*")
    monkeypatch.setattr("nltk.corpus.stopwords", loader)
    words_of.cache_clear()
    yield tmp_path / "corpora" / "stopwords"
    words_of.cache_clear()


def test_stop_words_that_are_not_installed_are_asked_for(corpora):
    with pytest.raises(OptionError, match=r"not on this machine.*nltk\.downloader") as raised:
        stop_word_list("arabic")
    assert "\n" not in str(raised.value)


def test_stop_words_are_left_unstemmed_and_named_in_the_signature(corpora):
    corpora.mkdir(parents=True)
    (corpora / "arabic").write_text("والكتاب\n", encoding="utf-8")
    rouge = Rouge("xlsum", stop_words="nltk")
    segments = Segments(("1",), ("والكتاب",), (("الكتاب",),))
    assert rouge.statistics(segments)[0, 0] == 0
    assert Rouge("xlsum").statistics(segments)[0, 0] == 100
    assert "|stop:nltk-" in rouge.signature(segments)
    assert "|stop:none|" in Rouge("xlsum").signature(segments)
