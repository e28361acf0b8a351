"""The brief as text and as Markdown."""

from dataclasses import replace

import pytest

from mujaz.brief import escaped
from mujaz.summarize import Reading

from .briefs import FIRST, HEADLINE, SECOND, brief, missing


def test_text_is_headline_brief_source_and_warnings() -> None:
    made = brief(FIRST, replace(SECOND, findings=(missing("12"),)))
    assert made.text() == (
        "Bridge opens in Mosul\n\n"
        "The minister opened a bridge on Tuesday.\nIt cost $12 million.\n\n"
        "Source: news/bridge.txt. Summary: extract; translation: tiny/chat.\n"
        '⚠ sentence 2: "12" in the source is missing'
    )


def test_long_lines_are_wrapped_between_words_alone() -> None:
    word = "Al-Jazeera-al-Arabiya-" * 8
    text = brief(replace(FIRST, text=f"{'word ' * 30}{word}.")).text()
    assert f"{word}." in text.splitlines()
    assert all(len(line) <= 88 for line in text.splitlines() if "word" in line)


def test_standard_input_and_what_was_left_out_are_said() -> None:
    text = brief(origin="-", read=Reading(40, 90, 3)).text()
    assert "Source: standard input; read 40 of 90 sentences." in text


def test_the_author_of_an_abstractive_summary_is_named() -> None:
    making = replace(brief().making, summarizer="seq2seq", summarizer_model="some/AraBART")
    assert "Summary: seq2seq (some/AraBART); translation: tiny/chat." in brief(making=making).text()


def test_the_same_warning_of_one_sentence_is_said_once() -> None:
    made = brief(FIRST, replace(SECOND, findings=(missing("12"), missing("12"), missing("7"))))
    assert made.text().count("⚠") == 2


def test_the_same_warning_of_two_sentences_is_said_for_both() -> None:
    bad = (missing("12"),)
    text = brief(replace(FIRST, findings=bad), replace(SECOND, findings=bad)).text()
    assert "⚠ sentence 1:" in text
    assert "⚠ sentence 2:" in text


def test_what_headline_and_first_sentence_share_is_said_once() -> None:
    bad = (missing("12"),)
    made = brief(replace(FIRST, findings=bad), headline=replace(HEADLINE, findings=bad))
    lines = [line for line in made.text().splitlines() if "⚠" in line]
    assert lines == ['⚠ headline and sentence 1: "12" in the source is missing']
    alone = brief(headline=replace(HEADLINE, findings=bad)).text()
    assert '⚠ headline: "12" in the source is missing' in alone


def test_many_warnings_take_a_line_a_sentence_and_none_is_lost() -> None:
    first = replace(FIRST, findings=tuple(missing(str(n)) for n in range(10)))
    second = replace(SECOND, findings=tuple(missing(str(n)) for n in range(20, 30)))
    lines = [line for line in brief(first, second).text().splitlines() if "⚠" in line]
    assert len(lines) == 2
    for number in [*range(10), *range(20, 30)]:
        assert f'"{number}" in the source' in lines[number >= 20]


def test_a_sentence_without_translation_keeps_its_place() -> None:
    text = brief(replace(FIRST, text=""), SECOND).text()
    assert "[This sentence could not be translated.]\nIt cost $12 million." in text


def test_markdown() -> None:
    made = brief(FIRST, replace(SECOND, findings=(missing("12"),)))
    assert made.markdown() == (
        "# Bridge opens in Mosul\n\n"
        "The minister opened a bridge on Tuesday.\n\nIt cost $12 million.\n\n"
        "*Source: news/bridge.txt. Summary: extract; translation: tiny/chat.*\n\n"
        '- ⚠ sentence 2: "12" in the source is missing'
    )


def test_markdown_of_articles_and_file_names_is_escaped() -> None:
    odd = replace(FIRST, text="*Bold* <b>[link](x)</b> a_b `c` # | ~~no~~ &amp; \\")
    text = brief(odd, origin="my_*news*.txt").markdown()
    assert r"\*Bold\* \<b\>\[link\](x)\</b\> a\_b \`c\` \# \| \~\~no\~\~ \&amp; \\" in text
    assert r"my\_\*news\*.txt" in text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("- He said no.", r"\- He said no."),
        ("+ 5 degrees", r"\+ 5 degrees"),
        ("2019. was a year", r"2019\. was a year"),
        ("1) first", r"1\) first"),
        ("3.5 percent", "3.5 percent"),
        ("=====", r"\====="),
        ("A well-known man, 1999.", "A well-known man, 1999."),
    ],
)
def test_the_beginning_of_a_line_is_no_list(text: str, shown: str) -> None:
    assert escaped(text) == shown
