"""Runs: what is kept, what is made again, what is refused, and how it is scored."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from mujaz.errors import InputError, MujazError, OptionError, RecordError
from mujaz.eval import read_segments
from mujaz.eval.choices import Choice
from mujaz.eval.data import Data, Row
from mujaz.eval.pipelines import Output, Pipeline
from mujaz.eval.run import Finished, default_place, metrics_for, run_all, score_run
from mujaz.eval.run_folder import RunFolder, as_segments
from mujaz.eval.run_table import Scored, as_csv, as_json, as_markdown, as_table
from mujaz.settings import Settings

NEWS = "افتتح الوزير الجسر الجديد يوم الأحد."
DATA = Data(
    "d", "d", tuple(Row(f"r{n}", f"{NEWS} {n}", (NEWS,), None, "dx"[n % 2]) for n in range(6))
)
LEAD = Choice("summarize", "lead", 1)


class Maker:
    """A pipeline that writes its rows' texts, fails where it is told to, and remembers."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.opened = self.closed = 0
        self.fails: dict[str, Exception | type[BaseException]] = {}
        self.window = 1

    def open(self, *_: object) -> Pipeline:
        self.opened += 1
        return Pipeline(self.outputs, self.close, self.window)

    def outputs(self, rows: Sequence[Row]) -> list[Output | MujazError]:
        made: list[Output | MujazError] = []
        for row in rows:
            self.asked.append(row.id)
            wrong = self.fails.get(row.id)
            if isinstance(wrong, MujazError):
                made.append(wrong)
            elif wrong:
                raise wrong
            else:
                made.append(Output(row.text, {"summary": {"of": row.id}}))
        return made

    def close(self) -> None:
        self.closed += 1


@pytest.fixture
def maker(monkeypatch: pytest.MonkeyPatch) -> Maker:
    made = Maker()
    monkeypatch.setattr("mujaz.eval.run.open_pipeline", made.open)
    return made


Run = Callable[..., Finished]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    def start(data: Data = DATA, choice: Choice = LEAD, **more: Any) -> Finished:
        settings = Settings(home=tmp_path / "home", offline=True)
        return next(run_all([choice], data, tmp_path / "out", settings=settings, **more))

    return start


def outputs(finished: Finished) -> list[dict[str, Any]]:
    raw = (finished.folder / "outputs.jsonl").read_text("utf-8")
    assert raw == "" or raw.endswith("\n")
    return [json.loads(line) for line in raw.splitlines()]


def test_the_folder_of_a_run(maker: Maker, run: Run) -> None:
    told: list[tuple[str, int, int]] = []
    finished = run(limit=2, told=lambda *news: told.append(news))
    record = json.loads((finished.folder / "run.json").read_text("utf-8"))
    assert record == {
        "schema": "mujaz.run/1",
        "system": "lead-1",
        "task": "summarize",
        "data": {"spec": "d", "rows": 6, "fingerprint": DATA.fingerprint},
        "settings": {"device": "auto", "sentences": 1, "method": "lead"},
        "version": "0.1.0",
    }
    rows = outputs(finished)
    seconds = rows[0]["record"].pop("seconds")
    assert 0 <= seconds < 5
    assert rows[0] == {
        "id": "r0",
        "hypothesis": f"{NEWS} 0",
        "references": [NEWS],
        "source": f"{NEWS} 0",
        "domain": "d",
        "record": {"summary": {"of": "r0"}},
    }
    assert told == [("lead-1", 1, 2), ("lead-1", 2, 2)]
    assert (maker.opened, maker.closed) == (1, 1)
    assert finished.folder.name == "lead-1"


def test_the_rest_of_the_room_reads_the_folder(maker: Maker, run: Run) -> None:
    finished = run()
    assert read_segments(finished.folder).segments == as_segments(finished.rows)


def test_what_is_done_is_not_done_again(maker: Maker, run: Run) -> None:
    run(limit=2)
    finished = run()
    assert maker.asked == ["r0", "r1", "r2", "r3", "r4", "r5"]
    assert finished.kept == 2
    assert [row.id for row in finished.rows] == maker.asked
    assert run().kept == 6
    assert maker.opened == 2, "models were loaded with nothing left to do"


def test_every_so_many_rows(maker: Maker, run: Run) -> None:
    assert [row.id for row in run(every=2, limit=2).rows] == ["r0", "r2"]
    finished = run(every=2)
    assert [row.id for row in finished.rows] == ["r0", "r2", "r4"]
    # Rows between, made later, stand behind in the file and in their place in what is returned.
    finished = run()
    assert [row.id for row in finished.rows] == [row.id for row in DATA.rows]
    assert [row["id"] for row in outputs(finished)] == ["r0", "r2", "r4", "r1", "r3", "r5"]


def test_a_torn_last_line_is_made_again(maker: Maker, run: Run) -> None:
    file = run(limit=3).folder / "outputs.jsonl"
    whole = file.read_bytes()
    for cut in (1, 40):
        maker.asked.clear()
        file.write_bytes(whole[:-cut])
        finished = run(limit=3)
        assert maker.asked == ["r2"]
        assert [row["id"] for row in outputs(finished)] == ["r0", "r1", "r2"]


def test_a_killed_run_keeps_what_was_done(maker: Maker, run: Run) -> None:
    maker.fails["r3"] = KeyboardInterrupt
    with pytest.raises(KeyboardInterrupt):
        run()
    assert maker.closed == 1
    maker.fails.clear()
    maker.asked.clear()
    assert run().kept == 3
    assert maker.asked == ["r3", "r4", "r5"]


def test_a_failing_row_stops_no_other_and_is_kept_with_its_error(maker: Maker, run: Run) -> None:
    maker.fails = {"r1": InputError("no sentence", "give one"), "r4": ValueError("of\nours")}
    finished = run()
    assert finished.failed == 2
    assert [row["record"].get("error") for row in outputs(finished)] == [
        None,
        "no sentence; give one",
        None,
        None,
        "ValueError: of ours",
        None,
    ]
    assert [row.hypothesis for row in finished.rows if row.error] == ["", ""]
    maker.fails.clear()
    maker.asked.clear()
    again = run()
    assert maker.asked == ["r1", "r4"]
    assert (again.failed, again.kept) == (0, 4)
    assert len(outputs(again)) == 6


def test_rows_go_in_windows_and_a_fault_is_laid_at_its_own_row(maker: Maker, run: Run) -> None:
    maker.window = 4
    maker.fails["r2"] = RuntimeError("odd")
    finished = run()
    assert [row.id for row in finished.rows if row.error] == ["r2"]
    assert maker.asked == ["r0", "r1", "r2", "r0", "r1", "r2", "r3", "r4", "r5"]


def test_failed_rows_are_scored_as_empty(maker: Maker, run: Run) -> None:
    whole = score_run(run(), metrics_for("summarize", DATA, None), 100, 1)
    maker.fails = {f"r{n}": InputError("no") for n in range(3)}
    half = score_run(run(force=True), metrics_for("summarize", DATA, None), 100, 1)
    assert (whole.segments, half.segments) == (6, 6)
    assert half["rouge1"].score == pytest.approx(whole["rouge1"].score / 2)
    assert any("3 of 6 outputs are empty" in line for line in half.warnings)


def test_another_run_is_refused_and_replaced_by_force(
    maker: Maker, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = run(limit=2).folder
    other = Data("d", "d", (*DATA.rows[:-1], Row("r5", NEWS, (NEWS,))))
    with pytest.raises(OptionError, match="holds another run: the data have changed"):
        run(other)
    with pytest.raises(OptionError, match="holds row 'r1', which is not among those chosen now"):
        run(every=2)
    for name, value, said in (
        ("decided", lambda *_: {"device": "auto", "sentences": 1, "method": "new"}, "method lead,"),
        ("mujaz.__version__", "9", "version 0.1.0, not 9"),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(f"mujaz.eval.run.{name}" if name == "decided" else name, value)
            with pytest.raises(OptionError, match=said):
                run()
    assert len(outputs(run(limit=2))) == 2
    assert run(other, limit=1, force=True).kept == 0
    assert json.loads((folder / "run.json").read_text())["data"]["fingerprint"] == other.fingerprint


def test_data_that_were_moved_are_the_same(maker: Maker, run: Run) -> None:
    run()
    assert run(Data("elsewhere", "e", DATA.rows)).kept == 6


def test_files_that_are_not_ours_are_refused(maker: Maker, run: Run, tmp_path: Path) -> None:
    folder = tmp_path / "out" / "lead-1"
    folder.mkdir(parents=True)
    (folder / "outputs.jsonl").write_text("mine\n")
    with pytest.raises(OptionError, match=r"has outputs, and no run\.json"):
        run()
    (folder / "run.json").write_text("{}")
    with pytest.raises(RecordError, match=r"run\.json: a record of schema None"):
        run()
    assert (folder / "outputs.jsonl").read_text() == "mine\n"
    (folder / "notes.txt").write_text("kept")
    run(force=True)
    (folder / "outputs.jsonl").write_text('{"id": "r0"}\n')
    with pytest.raises(RecordError, match="line 1: not an output"):
        run()
    assert (folder / "notes.txt").read_text() == "kept"


def test_two_processes_do_not_write_the_same_run(maker: Maker, run: Run, tmp_path: Path) -> None:
    with (
        RunFolder(tmp_path / "out" / "lead-1").locked(),
        pytest.raises(OptionError, match="another process writes there"),
    ):
        run()
    assert run().kept == 0


def test_a_folder_that_cannot_be_written(maker: Maker, run: Run, tmp_path: Path) -> None:
    (tmp_path / "out").write_text("a file")
    with pytest.raises(OptionError, match="cannot be written"):
        run()


def test_metrics_are_checked_before_anything_runs() -> None:
    bare = Data("bare.jsonl", "b", (Row("a", NEWS),))
    english = Data("e", "e", (Row("a", NEWS, ("The bridge opened on Sunday.",)),))
    assert [m.name for m in metrics_for("summarize", DATA, None).named] == ["rouge"]
    assert [m.name for m in metrics_for("translate", english, None).named] == ["bleu", "chrf"]
    assert [m.name for m in metrics_for("summarize", bare, None).named] == ["length", "repetition"]
    with pytest.raises(OptionError, match=r"rouge needs references, and bare\.jsonl has none"):
        metrics_for("summarize", bare, ["rouge"])
    with pytest.raises(InputError, match="the references are not in English"):
        metrics_for("brief", DATA, None)
    with pytest.raises(InputError, match="the references are not in Arabic"):
        metrics_for("summarize", english, None)


def test_where_runs_go_by_default() -> None:
    assert default_place(DATA, "summarize", None) == Path("eval-runs/d-summarize")
    assert default_place(DATA, "brief", "a/b c") == Path("eval-runs/d-a-b-c-brief")


@pytest.fixture
def scored(maker: Maker, run: Run) -> list[Scored]:
    baseline = Choice("summarize", "lead", 3, baseline=True)
    metrics = metrics_for("summarize", DATA, None)
    first = run(choice=baseline)
    maker.fails["r0"] = InputError("no")
    second = run()
    empty = Finished(LEAD, first.folder, (), 0, first.run)
    return [
        *(Scored(one, score_run(one, metrics, 100, 1)) for one in (first, second)),
        Scored(empty, None),
    ]


def test_tables(scored: list[Scored]) -> None:
    table = as_table(scored).splitlines()
    assert table[0].split() == ["system", "rouge1", "rouge2", "rougeL", *COSTS]
    assert table[1].startswith("lead-3 (baseline)")
    assert table[2].split()[-4:-2] == ["6", "1"]
    assert table[3].split() == ["lead-1", "0", "0", "0", "0"]
    assert table[5].startswith("rouge1, rouge2, rougeL: nrefs:1|bs:100|seed:1|")
    markdown = as_markdown(scored).splitlines()
    assert markdown[0] == f"| system | rouge1 | rouge2 | rougeL | {' | '.join(COSTS)} |"
    assert markdown[1].count("|") == markdown[0].count("|")
    assert markdown[-1].startswith("- rouge1, rouge2, rougeL: `nrefs:1|bs:100")


COSTS = ("rows", "failed", "words", "s/row")


def test_numbers_for_programs(scored: list[Scored]) -> None:
    found = json.loads(as_json(scored))
    assert found["schema"] == "mujaz.runs/1"
    assert [s["failed"] for s in found["systems"]] == [0, 1, 0]
    assert [s["baseline"] for s in found["systems"]] == [True, False, False]
    names = [score["name"] for score in found["systems"][0]["report"]["scores"]]
    assert names == ["rouge1", "rouge2", "rougeL", "rougeLsum"]
    assert found["systems"][2]["report"] is None
    lines = as_csv(scored).splitlines()
    assert len(lines) == 1 + 2 * 4
    assert lines[5].startswith("lead-1,False,6,1,")


def test_scores_are_kept_beside_the_outputs(scored: list[Scored]) -> None:
    first = scored[0]
    assert first.report
    kept = json.loads((first.finished.folder / "scores.json").read_text())
    assert kept == json.loads(first.report.to_json())
