from pathlib import Path

from train.log import add_row, cut_log, read_log


def test_what_a_checkpoint_does_not_know_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    assert read_log(path) == []
    cut_log(path, 0)
    assert not path.exists()
    rows = [{"step": n, "loss": 1 / n} for n in (1, 2, 3)]
    for row in rows:
        add_row(path, row)
    with path.open("a", encoding="utf-8") as file:
        file.write('{"step": 4, "lo')  # the process died here
    assert read_log(path) == rows
    cut_log(path, 2)
    assert read_log(path) == rows[:2]
    add_row(path, rows[2])
    assert read_log(path) == rows
    cut_log(path, 0)
    assert read_log(path) == []
    assert [p.name for p in tmp_path.iterdir()] == ["log.jsonl"]
