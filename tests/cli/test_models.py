"""``mujaz models`` from the outside."""

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from mujaz.cli.models import DownloadProgress, app
from mujaz.errors import ModelError, MujazError, OfflineError
from mujaz.settings import Settings

CONFIG = {"model_type": "marian", "architectures": ["MarianMTModel"]}


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", offline=True)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "source"
    folder.mkdir()
    (folder / "config.json").write_text(json.dumps(CONFIG))
    (folder / "model.safetensors").write_bytes(b"weights" * 100)
    return folder


def run(settings: Settings, *arguments: str) -> Result:
    result = CliRunner().invoke(app, list(arguments), obj=settings)
    if isinstance(result.exception, MujazError):
        raise result.exception
    return result


def pull(settings: Settings, source: Path) -> Result:
    return run(settings, "pull", "my/translator", "--from", str(source), "--no-convert")


def test_pull_prints_the_path_and_says_the_rest_on_stderr(settings: Settings, source: Path) -> None:
    result = pull(settings, source)
    assert result.exit_code == 0
    assert result.stdout == f"{settings.models / 'my--translator'}\n"
    assert "licence unknown" in result.stderr
    assert "pulling my/translator" in result.stderr


def test_list_shows_known_and_installed(settings: Settings, source: Path) -> None:
    pull(settings, source)
    result = run(settings, "list")
    lines = {
        line.split()[0 if line[0] == " " else 1]: line
        for line in result.stdout.splitlines()
        if "/" in line
    }
    assert lines["my/translator"].startswith("*")
    assert "NON-COMMERCIAL USE ONLY" in lines["facebook/nllb-200-distilled-600M"]
    assert "1.1 GB" in lines["Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF"]
    assert lines["Helsinki-NLP/opus-mt-ar-en"].split() == [
        "Helsinki-NLP/opus-mt-ar-en",
        "translate",
        "?",
        "Apache-2.0",
    ]


def test_list_as_json(settings: Settings, source: Path) -> None:
    pull(settings, source)
    record = json.loads(run(settings, "list", "--format", "json").stdout)
    assert record["schema"] == "mujaz.models/1"
    models = {model["id"]: model for model in record["models"]}
    mine = models["my/translator"]
    assert mine["installed"] is True
    assert mine["tasks"] == ["translate"]
    assert mine["path"] == str(settings.models / "my--translator")
    assert mine["size"] == 700 + len(json.dumps(CONFIG))
    known = models["facebook/m2m100_418M"]
    assert (known["installed"], known["unverified"], known["size"]) == (False, ["licence"], None)


def test_verify_path_and_remove(settings: Settings, source: Path) -> None:
    pull(settings, source)
    assert run(settings, "verify").stdout.startswith("ok      my/translator")
    place = Path(run(settings, "path", "my/translator").stdout.strip())
    (place / "model.safetensors").unlink()
    broken = run(settings, "verify", "my/translator")
    assert broken.exit_code == 1
    assert broken.stdout == "BROKEN  my/translator: model.safetensors (missing)\n"
    assert "mujaz models remove" in broken.stderr
    assert "removed my/translator" in run(settings, "remove", "my/translator").stderr
    assert not place.exists()
    nothing = run(settings, "verify")
    assert (nothing.exit_code, nothing.stdout) == (0, "")


def test_errors_reach_the_front_door(settings: Settings) -> None:
    with pytest.raises(ModelError, match="not installed"):
        run(settings, "path", "embedded")
    with pytest.raises(OfflineError):
        run(settings, "pull", "embedded")
    assert run(settings, "pull").exit_code == 2


@pytest.mark.parametrize("verb", ["list", "pull", "verify", "remove", "path"])
def test_help_is_short_and_has_an_example(settings: Settings, verb: str) -> None:
    result = run(settings, verb, "--help")
    assert f"Example: mujaz models {verb}" in result.stdout
    assert len(result.stdout.splitlines()) < 30


def test_settings_come_from_the_environment_without_a_context(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, source: Path
) -> None:
    monkeypatch.setenv("MUJAZ_HOME", str(tmp_path / "elsewhere"))
    arguments = ["pull", "my/translator", "--from", str(source), "--no-convert"]
    result = CliRunner().invoke(app, arguments)
    assert result.stdout.startswith(str(tmp_path / "elsewhere"))


def test_quiet_is_obeyed(settings: Settings, source: Path) -> None:
    outer = typer.Typer()
    outer.add_typer(app, name="models")

    @outer.callback()
    def common(quiet: bool = False) -> None:
        pass

    arguments = ["models", "pull", "my/translator", "--from", str(source), "--no-convert"]
    result = CliRunner().invoke(outer, ["--quiet", *arguments], obj=settings)
    assert result.exit_code == 0
    assert result.stderr == ""
    assert result.stdout


def test_a_bar_only_on_a_terminal(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def show() -> str:
        progress = DownloadProgress()
        progress.begin("a/model", 100)
        progress.advance(60)
        progress.message("[half] done")
        progress.end()
        return capsys.readouterr().err

    monkeypatch.delenv("FORCE_COLOR", raising=False)
    assert show() == "[half] done\n"
    monkeypatch.setenv("FORCE_COLOR", "1")  # rich takes this for a terminal
    drawn = show()
    assert "a/model" in drawn
    assert "60" in drawn
    assert "\x1b[3" in drawn
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[3" not in show()
