from pathlib import Path

from train.ledger import Ledger


def test_what_came_whole_is_kept_under_its_key(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "results.jsonl"
    Ledger(path, "a").add([1, "واحد"], [2, "اثنان"])
    with path.open("a", encoding="utf-8") as file:
        file.write('[3, "ثلا')  # the process died here
    again = Ledger(path, "a")
    assert list(again) == [[1, "واحد"], [2, "اثنان"]]
    again.add([3, "ثلاثة"])
    assert list(Ledger(path, "a"))[-1] == [3, "ثلاثة"]
    assert list(Ledger(path, "b")) == []
