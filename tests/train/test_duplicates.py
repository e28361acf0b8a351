from train.duplicates import Seen
from train.sources import Pair


def seen(*pairs: tuple[str, str], near: float = 0.6) -> list[str]:
    kept = Seen(near, seed=1)
    return [kept.again(Pair("x", arabic, english)) for arabic, english in pairs]


def test_the_same_words_again_on_either_side() -> None:
    found = seen(
        ("وصل الوفد.", "The delegation arrived."),
        ("وصل الوفد", "The delegation came."),
        ("جاء الوفد.", "the delegation ARRIVED"),
        ("غادر الوفد.", "The delegation left."),
    )
    assert found == ["", "duplicate", "duplicate", ""]


def test_nearly_the_same() -> None:
    sentence = (
        "On this page you can choose the currency in which all {} prices of the report appear."
    )
    found = seen(
        ("أ ب", sentence.format(12)),
        ("ت ث", sentence.format(14)),  # numbers alone differ
        ("ج ح", sentence.format("old")),
        ("خ د", "On this page you can see who has changed the report, and when that was done."),
        ("ذ ر", "Prices rose."),
        ("ز س", "Prices fell."),
    )
    assert found == ["", "near", "near", "", "", ""]


def test_the_same_seed_keeps_the_same() -> None:
    pairs = [
        (f"جملة {n}", f"This is sentence {n % 7} of {n} about nothing at all.") for n in range(40)
    ]
    assert seen(*pairs) == seen(*pairs) == ["", *["near"] * 39]
