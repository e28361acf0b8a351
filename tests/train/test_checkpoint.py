from pathlib import Path

import pytest
import torch

from mujaz.errors import RecordError
from train.checkpoint import Checkpoint


def test_it_comes_back_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.pt"
    matrices = {"blk.0.attn_q.weight.lora_a": torch.ones(2, 3)}
    Checkpoint("key", 3, 9, matrices, {"state": {0: {"step": torch.tensor(3.0)}}}).save(path)
    read = Checkpoint.load(path)
    assert (read.key, read.step, read.steps) == ("key", 3, 9)
    assert torch.equal(read.matrices["blk.0.attn_q.weight.lora_a"], torch.ones(2, 3))
    assert read.optimizer["state"][0]["step"] == 3
    assert [p.name for p in tmp_path.iterdir()] == ["checkpoint.pt"]


def test_a_broken_one_is_one_line_with_a_next_step(tmp_path: Path) -> None:
    path = tmp_path / "checkpoint.pt"
    torch.save({"key": "key", "step": 3}, path)  # of another form
    half = path.read_bytes()[:200]
    for content in (path.read_bytes(), half, b"", b"no checkpoint"):
        path.write_bytes(content)
        with pytest.raises(RecordError, match=r"checkpoint\.pt is broken") as told:
            Checkpoint.load(path)
        assert "\n" not in str(told.value)
        assert told.value.next_step == "delete it, and train again"


def test_one_that_would_run_code_is_refused(tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, tuple[str]]:
            return Path.touch, (tmp_path / "ran",)  # type: ignore[return-value]

    path = tmp_path / "checkpoint.pt"
    torch.save({"key": Evil()}, path)
    with pytest.raises(RecordError, match="is broken") as told:
        Checkpoint.load(path)
    assert "\n" not in str(told.value)
    assert not (tmp_path / "ran").exists()
