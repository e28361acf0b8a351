from collections import Counter
from pathlib import Path

import msgspec

from train.config import Config, read_config
from train.examples import example_of
from train.selection import Choice, chance, choose
from train.sources import Pair

CONFIG = Path(__file__).parents[2] / "train" / "config.toml"


def config(**rules: object) -> Config:
    read = read_config(CONFIG)
    return msgspec.structs.replace(read, prepare=msgspec.structs.replace(read.prepare, **rules))


def pairs(origin: str, count: int) -> list[Pair]:
    return [Pair(origin, f"جملة {n}", f"Sentence {n}") for n in range(count)]


def test_weights_say_how_often_a_pair_is_shown() -> None:
    many = [*pairs("syrian_archive", 50), *pairs("react_docs", 400), *pairs("mmlu_arabic", 30)]
    found = choose(many, [0.8] * len(many), config())
    shown = Counter(choice.pair.origin for choice in found)
    assert shown["syrian_archive"] == 150
    assert shown["mmlu_arabic"] == 30
    assert 160 < shown["react_docs"] < 240
    assert len(set(found)) == len(found)
    assert 0.4 < sum(choice.told for choice in found) / len(found) < 0.6
    assert found == choose(many, [0.8] * len(many), config())
    assert [c.pair for c in found[:50]] != many[:50]


def test_the_misaligned_go_and_the_best_stay() -> None:
    good = pairs("mmlu_arabic", 10)
    names = [Pair("wikidata_name_tokens", f"اسم{n}", f"Name{n}") for n in range(40)]
    found = choose([*good, *names], [0.1 * n for n in range(10)] + [1.0] * 40, config())
    assert {c.pair for c in found if c.pair.origin == "mmlu_arabic"} == set(good[5:])
    assert 0 < sum(c.pair.origin == "wikidata_name_tokens" for c in found) < 12
    best = choose(good, [0.1 * n for n in range(10)], config(pairs=2))
    assert {c.pair for c in best} == set(good[8:])


def test_chance_is_even_and_the_same_everywhere() -> None:
    pair = Pair("x", "أ", "a")
    assert chance(1, "told", pair) == 0.8820682904334136
    values = [chance(1, "told", p) for p in pairs("x", 400)]
    assert 0.4 < sum(values) / len(values) < 0.6


def test_names_are_told_where_the_answer_bears_them_out() -> None:
    arabic = "زار وزير الخارجية العراق وقطر."
    told = example_of(Choice(Pair("x", arabic, "The foreign minister visited Iraq."), 0, True))
    assert "= Iraq" in told.prompt.text
    assert "Qatar" not in told.prompt.text
    assert told.names >= 1
    assert told.answer == "The foreign minister visited Iraq."
    assert "Use the given English" in told.prompt.system
    plain = example_of(Choice(Pair("x", arabic, "He visited Iraq."), 0, False))
    assert plain.prompt.text == arabic
    assert plain.names == plain.terms == 0
