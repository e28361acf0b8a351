from pathlib import Path

import msgspec
import pytest

from mujaz.errors import ModelError, OptionError
from train.config import LARGEST_ADAPTER, read_config
from train.export import require_licence
from train.weights import Shape, require_small

CONFIG = Path(__file__).parents[2] / "train" / "config.toml"
# The embedded model's, from its header.
QWEN = Shape(28, 1536, 8960, 12, 2, 32768, 1e6, 1e-6)


def test_the_adapter_of_the_real_model_is_small_enough() -> None:
    config = read_config(CONFIG)
    assert 16 <= config.tune.rank <= 32
    assert require_small(QWEN, config) == 36_929_536 < LARGEST_ADAPTER
    assert QWEN.adapter_bytes(32, "q8_0") == 39_237_632 < LARGEST_ADAPTER
    wide = msgspec.structs.replace(config, tune=msgspec.structs.replace(config.tune, rank=32))
    with pytest.raises(ModelError, match="73859072 bytes, and 40000000 are allowed"):
        require_small(QWEN, wide)


def test_the_licence_honours_the_data() -> None:
    config = read_config(CONFIG)
    require_licence(config)
    free = msgspec.structs.replace(
        config, export=msgspec.structs.replace(config.export, licence="Apache-2.0")
    )
    with pytest.raises(OptionError, match=r"syrian_archive is CC-BY-SA-4\.0"):
        require_licence(free)
    without = msgspec.structs.replace(
        free, prepare=msgspec.structs.replace(free.prepare, leave_out=("syrian_archive",))
    )
    require_licence(without)


@pytest.mark.parametrize("text", ["seed = ", "seed = 1", 'seed = 1\noutput = "x"\nspeed = 9'])
def test_a_broken_configuration_is_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(OptionError, match=r"config\.toml") as told:
        read_config(path)
    assert "\n" not in str(told.value)
    with pytest.raises(OptionError, match="cannot be read"):
        read_config(tmp_path / "none.toml")


@pytest.mark.parametrize(
    ("line", "changed", "fault"),
    [
        ("rank = 16", "rank = 0", r"`int` >= 1 - at `\$\.tune\.rank`"),
        ("rank = 16", "rank = 16\nrow = 0", r"`int` >= 1 - at `\$\.tune\.row`"),
        ("passes = 2.0", "passes = 2.0\nspeed = 9", "unknown field `speed`"),
        ("pairs = 250_000", "pairs = 10\nlongest = 2000", "2000 tokens, and a row has 1024"),
        ("pairs = 250_000", "pairs = 10\nlongest = 70000", "`int` <= 65535"),
        ("[measure]", "[measure]\nstride = 0", r"`int` >= 1 - at `\$\.measure\.stride`"),
    ],
)
def test_numbers_that_no_run_can_have_are_refused(
    tmp_path: Path, line: str, changed: str, fault: str
) -> None:
    text = CONFIG.read_text(encoding="utf-8")
    assert text.count(f"\n{line}\n") == 1
    path = tmp_path / "config.toml"
    path.write_text(text.replace(f"\n{line}\n", f"\n{changed}\n"), encoding="utf-8")
    with pytest.raises(OptionError, match=fault) as told:
        read_config(path)
    assert str(path) in told.value.message
