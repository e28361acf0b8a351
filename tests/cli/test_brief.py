"""``mujaz brief`` from end to end, with tiny weights."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

import mujaz
from mujaz.brief import Brief
from mujaz.cli.main import main
from mujaz.settings import Settings

from .conftest import ARTICLE, ONE_THREAD, Command


@pytest.fixture
def translator(tiny: Callable[[str], Path]) -> str:
    return str(tiny("marian"))


def test_text(command: Command, news: Path, translator: str) -> None:
    done = command("brief", "news.txt", "--translator", translator, *ONE_THREAD)
    assert done.returncode == 0, done.stderr
    first, source = done.stdout.splitlines()[0], done.stdout.splitlines()[5:]
    assert first
    assert any(line == f"Source: news.txt. Summary: extract; translation: {translator}."
               for line in source)  # fmt: skip
    summary, translation = done.stderr.splitlines()
    assert summary.startswith("summary: extract (no summarization model is installed")
    assert translation == f"translation: {translator} (asked for by name)"


def test_json_is_the_record_that_python_gives(
    capsys: pytest.CaptureFixture[str], news: Path, translator: str
) -> None:
    options = ["--translator", translator, "--format", "json", *ONE_THREAD]
    assert main(["brief", "-q", "news.txt", *options]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    made = Brief.from_json(out)
    settings = replace(Settings.from_environment(), threads=1)
    briefer = mujaz.Briefer(translator=translator, settings=settings)
    other = briefer.brief(ARTICLE)
    briefer.close()
    assert made.sentences == other.sentences
    assert made.headline == other.headline
    assert made.making == other.making
    for sentence in (made.headline, *made.sentences):
        assert ARTICLE[sentence.start : sentence.end] == sentence.arabic
    assert out.startswith("{\n  ")


def test_several_inputs(
    capsys: pytest.CaptureFixture[str], workplace: Path, translator: str
) -> None:
    for place in ("a/news.txt", "b/news.txt"):
        Path(place).parent.mkdir()
        Path(place).write_text(ARTICLE, encoding="utf-8")
    short = ["-n", "1", "--method", "lead", *ONE_THREAD]
    common = ["brief", "-q", "a/news.txt", "b/news.txt", "--translator", translator, *short]
    assert main([*common, "--format", "json"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line)["origin"] for line in lines] == ["a/news.txt", "b/news.txt"]
    assert all(Brief.from_json(line).sentences for line in lines)
    for form, suffix in (("text", "txt"), ("json", "json"), ("md", "md"), ("html", "html")):
        assert main([*common, "--format", form, "-o", "out"]) == 0
        assert capsys.readouterr() == ("", "")
        first, second = sorted(p.name for p in Path("out").glob(f"news*.{suffix}"))
        assert second == f"news.{suffix}"
        assert first.startswith("news-")
    assert Brief.from_json(Path("out/news.json").read_bytes()).origin == "a/news.txt"
    assert Path("out/news.md").read_text("utf-8").startswith("# ")
    page = re.sub("<[^>]*>", "", Path("out/news.html").read_text("utf-8"))
    assert "افتتح الرئيس جسرا" in " ".join(page.split())


def test_the_number_of_sentences_and_the_method(
    capsys: pytest.CaptureFixture[str], news: Path, translator: str
) -> None:
    options = ["-n", "1", "--method", "lead", "-f", "json", *ONE_THREAD]
    assert main(["brief", "-q", "news.txt", "--translator", translator, *options]) == 0
    made = Brief.from_json(capsys.readouterr().out)
    assert len(made.sentences) == 1
    assert made.making.summarizer == "lead"


def test_an_abstractive_chain(
    capsys: pytest.CaptureFixture[str], news: Path, translator: str, tiny_summarizer: Path
) -> None:
    options = ["--translator", translator, "--summarizer", str(tiny_summarizer), "-f", "json"]
    options += ["-n", "1", *ONE_THREAD]
    assert main(["brief", "-q", "news.txt", *options]) == 0
    made = Brief.from_json(capsys.readouterr().out)
    assert made.making.summarizer == "seq2seq"
    assert made.making.summarizer_model == str(tiny_summarizer)


def test_a_glossary(capsys: pytest.CaptureFixture[str], news: Path, translator: str) -> None:
    Path("names.tsv").write_text("الوزير\tMinister Q. Zed\n", encoding="utf-8")
    options = ["--translator", translator, "--glossary", "names.tsv", "-f", "json", *ONE_THREAD]
    assert main(["brief", "-q", "news.txt", *options]) == 0
    made = Brief.from_json(capsys.readouterr().out)
    assert "Minister Q. Zed" in {name.english for s in made.sentences for name in s.names}


def test_the_glossary_in_its_usual_place(
    capsys: pytest.CaptureFixture[str], news: Path, translator: str
) -> None:
    home = Settings.from_environment().home
    home.mkdir(parents=True)
    place = home / "glossary.tsv"
    place.write_text("الوزير\tMinister Q. Zed\n", encoding="utf-8")
    options = ["--translator", translator, "-f", "json", *ONE_THREAD]
    assert main(["brief", "news.txt", *options]) == 0
    out, err = capsys.readouterr()
    made = Brief.from_json(out)
    assert "Minister Q. Zed" in {name.english for s in made.sentences for name in s.names}
    assert f"mujaz: glossary {place}" in err


def test_strict_and_the_second_model_are_asked_for(
    capsys: pytest.CaptureFixture[str], news: Path, translator: str, tiny: Callable[[str], Path]
) -> None:
    options = ["brief", "-q", "news.txt", "--translator", translator, *ONE_THREAD]
    second = ["--second-model", str(tiny("m2m100"))]
    loud = [option for option in options if option != "-q"]
    assert main([*loud, *second]) == 0
    told = capsys.readouterr().err.splitlines()
    assert told[-1] == f"repair: {tiny('m2m100')} (tries what is left with a severe fault)"
    assert main([*options, *second, "-f", "json"]) == 0
    made = Brief.from_json(capsys.readouterr().out)
    assert made.making.second_model == str(tiny("m2m100"))
    wrong = [s for s in made.sentences if s.severity == "severe"]
    assert len(wrong) == 1  # what the tiny model was not taught; the other has random weights
    assert wrong[0].tried[-1].how == f"by {tiny('m2m100')}"
    assert main([*options, "--second-model", "none", "--strict"]) == 0
    brief, _, below = capsys.readouterr().out.partition("Source:")
    (line,) = [line for line in below.splitlines() if line.startswith("✗ left out: “")]
    assert line.partition("“")[2].partition("”")[0] not in brief
    assert main([*options, "--second-model", "nothing/here"]) == 2
    assert "nothing/here" in capsys.readouterr().err
