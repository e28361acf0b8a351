from pathlib import Path

import msgspec

from train.card import card_of
from train.config import read_config

CONFIG = Path(__file__).parents[2] / "train" / "config.toml"


def test_a_card_tells_what_there_is(tmp_path: Path) -> None:
    config = msgspec.structs.replace(read_config(CONFIG), output=str(tmp_path))
    bare = card_of(config)
    assert "Not measured yet." in bare
    assert " steps; loss" not in bare
    log = tmp_path / "tune" / "log.jsonl"
    log.parent.mkdir()
    log.write_text("", encoding="utf-8")  # a run that was killed in its first step
    assert card_of(config) == bare
    log.write_text('{"step": 1, "loss": 3.5, "held-out loss": 3.25}\n{"step": 2', encoding="utf-8")
    card = card_of(config)
    assert "1 steps; loss a token at the end 3.5." in card
    assert "On held-out pairs 3.25 at step 1," in card
