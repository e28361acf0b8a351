import numpy as np
import pytest

from mujaz.summarize.ranking import RankingWeights, headline_shares, pick, prior, walk

PLAIN = RankingWeights(position=0.0, headline=0.5, walk=0.5, redundancy=0.0, leaning=0.0)


def test_the_prior_falls_with_position_and_sums_to_one():
    start = prior(5, None, RankingWeights(position=0.6))
    assert np.isclose(start.sum(), 1.0)
    assert (np.diff(start) < 0).all()
    assert np.isclose(start[3] / start[0], 4**-0.6)


def test_the_headline_lifts_the_sentences_that_share_its_words():
    start = prior(3, np.array([0.0, 0.0, 1.0]), PLAIN)
    assert np.allclose(start, np.array([0.1, 0.1, 0.6]) / 0.8)


def test_the_walk_is_the_stationary_share_of_a_star():
    # Sentence 0 is near to the three others, which are near to nothing else. From any of them every
    # step leads to 0: x = (1 - w) / 4 + w (1 - x) has x = (1 + 3w) / (4 (1 + w)).
    star = np.eye(4)
    star[0, 1:] = star[1:, 0] = 0.5
    scores = walk(star, np.full(4, 0.25), PLAIN)
    assert np.isclose(scores.sum(), 1.0)
    assert np.isclose(scores[0], 2.5 / 6, atol=1e-6)
    assert np.allclose(scores[1:], scores[1])


def test_sentences_near_to_nothing_keep_the_prior():
    start = np.array([0.5, 0.3, 0.2])
    assert np.allclose(walk(np.eye(3), start, PLAIN), start)
    # Opposite meanings are no nearness.
    assert np.allclose(walk(-np.ones((3, 3)), start, PLAIN), start)


def test_a_repetition_pays():
    near = np.eye(3)
    near[0, 1] = near[1, 0] = 0.9
    scores = np.array([0.4, 0.39, 0.21])
    plain = [False] * 3
    assert pick(scores, near, range(3), plain, 2, PLAIN) == [0, 1]
    assert pick(scores, near, range(3), plain, 2, RankingWeights(redundancy=0.6)) == [0, 2]


def test_a_leaning_sentence_pays_unless_it_follows_its_support():
    weights = RankingWeights(redundancy=0.0, leaning=0.5)
    apart = np.eye(4)
    leaning = [False, True, False, True]
    scores = np.array([0.3, 0.25, 0.2, 0.25])
    assert pick(scores, apart, range(4), leaning, 2, weights) == [0, 1]
    assert pick(scores, apart, range(1, 4), leaning, 1, weights) == [2]


def test_equal_scores_go_to_the_earlier_sentence_and_only_the_allowed_are_picked():
    flat = np.full(5, 0.2)
    assert pick(flat, np.eye(5), [1, 3, 4], [False] * 5, 2, PLAIN) == [1, 3]
    assert pick(flat, np.eye(5), [4], [False] * 5, 3, PLAIN) == [4]


@pytest.mark.parametrize(
    ("text", "share"),
    [
        ("السيول في الوادي", 2 / 3),
        ("سُيول بالوادي قتلت", 1.0),
        ("لا شيء مما سبق", 0.0),
        ("في من على", 0.0),
    ],
)
def test_headline_words_match_without_article_and_particles(text, share):
    assert np.isclose(headline_shares("سيول الوادي قتلت", [text])[0], share)


def test_a_headline_without_words_shares_nothing():
    assert list(headline_shares("؟!", ["جملة كاملة هنا"])) == [0.0]
