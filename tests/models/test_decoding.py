import pytest

from mujaz.errors import EngineError
from mujaz.models.decoding import settle
from mujaz.models.engine import GenerationOptions
from mujaz.models.families import OwnSettings

PLAIN = OwnSettings(start=0, ends=(2,), pad=1)


def test_the_caller_goes_before_the_model_and_the_model_before_the_defaults():
    own = OwnSettings(
        start=0, ends=(2,), pad=1, beams=4, length_penalty=0.6, no_repeat_ngram=2, max_new_tokens=84
    )
    settled = settle(GenerationOptions(), own, None)
    assert (settled.beams, settled.length_penalty, settled.no_repeat_ngram) == (4, 0.6, 2)
    assert settled.limit(1000) == 84
    asked = GenerationOptions(beams=1, length_penalty=1.5, no_repeat_ngram=0, max_new_tokens=7)
    settled = settle(asked, own, None)
    assert (settled.beams, settled.length_penalty, settled.no_repeat_ngram) == (1, 1.5, 0)
    assert settled.limit(1000) == 7
    settled = settle(GenerationOptions(), PLAIN, None)
    assert (settled.beams, settled.length_penalty, settled.repetition_penalty) == (1, 1.0, 1.0)


def test_the_default_limit_grows_with_the_input_and_never_falls_to_twenty():
    settled = settle(GenerationOptions(), PLAIN, 511)
    limits = [settled.limit(tokens) for tokens in range(1, 512)]
    assert limits == sorted(limits)
    assert all(limit >= min(511, 2 * n + 32) for n, limit in enumerate(limits, 1))
    assert limits[-1] == 511
    assert len(set(limits)) <= 6


def test_sampling_leaves_the_models_beams():
    own = OwnSettings(start=0, ends=(2,), pad=1, beams=4)
    assert settle(GenerationOptions(temperature=0.7), own, None).beams == 1


def test_a_models_minimum_gives_way_to_the_callers_maximum():
    own = OwnSettings(start=0, ends=(2,), pad=1, min_new_tokens=30)
    assert settle(GenerationOptions(max_new_tokens=5), own, None).min_new_tokens == 5


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"temperature": -1.0}, "temperature"),
        ({"temperature": 0.5, "beams": 4}, "sampling"),
        ({"beams": 0}, "beams"),
        ({"max_new_tokens": 0}, "max_new_tokens"),
        ({"min_new_tokens": 9, "max_new_tokens": 8}, "min_new_tokens"),
        ({"repetition_penalty": 0.0}, "repetition_penalty"),
    ],
)
def test_what_cannot_be_served_is_named(options, said):
    with pytest.raises(EngineError, match=said):
        settle(GenerationOptions(**options), PLAIN, 127)


def test_a_limit_beyond_the_models_own_is_the_models_own():
    # A catalogue's recommendation of 512 must not refuse a model that has 511 places to write.
    assert settle(GenerationOptions(max_new_tokens=512), PLAIN, 127).max_new_tokens == 127
