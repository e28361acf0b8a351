import numpy as np
import pytest

from mujaz.errors import InputError
from mujaz.eval.similarity import Similarity, text_vectors
from mujaz.models.encoder import sentence_encoder

from .articles import ARTICLES, ENGLISH, SUMMARIES, corpus, scores, singles


def test_a_copy_is_wholly_similar():
    assert scores(Similarity(), corpus(ARTICLES))["similarity"] == pytest.approx(1)


@pytest.mark.parametrize("outputs", [SUMMARIES, ENGLISH])
def test_the_right_outputs_are_nearer_than_exchanged_ones(outputs):
    right = scores(Similarity(), corpus(outputs))["similarity"]
    turned = scores(Similarity(), corpus([*outputs[1:], outputs[0]]))["similarity"]
    assert -1 <= turned < right - 0.2 < 1


def test_an_empty_output_has_0_and_counts():
    metric = Similarity()
    assert singles(metric, corpus([ENGLISH[0], "", " "]))["similarity"][1:] == [0, 0]
    alone = scores(metric, corpus(ENGLISH[:1], ARTICLES[:1]))["similarity"]
    third = scores(metric, corpus([ENGLISH[0], "", " "]))["similarity"]
    assert third == pytest.approx(alone / 3)


def test_a_text_is_the_mean_of_its_sentences():
    whole = text_vectors([" ".join(ARTICLES), *ARTICLES[:1], ""])
    mean = sentence_encoder().encode(ARTICLES).sum(axis=0)
    assert whole[0] == pytest.approx(mean / np.linalg.norm(mean), abs=1e-5)
    assert whole[1] == pytest.approx(sentence_encoder().encode(ARTICLES[:1])[0], abs=1e-5)
    assert not whole[2].any()


def test_the_end_of_a_long_text_counts():
    first, other = ARTICLES[0], ARTICLES[2]
    long = " ".join([first] * 60)
    vectors = text_vectors([long, f"{long} {' '.join([other] * 60)}", other])
    assert vectors[1] @ vectors[2] > vectors[0] @ vectors[2] + 0.2


def test_the_order_of_segments_and_what_was_scored_before_do_not_matter():
    metric = Similarity()
    forth = singles(metric, corpus(ENGLISH))["similarity"]
    back = singles(metric, corpus(ENGLISH[::-1], ARTICLES[::-1]))["similarity"]
    assert forth == pytest.approx(back[::-1], abs=1e-6)
    again = singles(metric, corpus(ENGLISH))["similarity"]
    assert forth == pytest.approx(again, abs=1e-6)


def test_a_blank_source_is_an_error():
    with pytest.raises(InputError, match="'2'"):
        Similarity().statistics(corpus(ENGLISH, (ARTICLES[0], " ", ARTICLES[2])))


def test_the_signature_names_the_encoder_and_its_version():
    version = sentence_encoder().version
    assert Similarity().signature(corpus(ENGLISH)).endswith(f"sentence-encoder:{version}")
