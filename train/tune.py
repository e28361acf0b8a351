"""The training itself: an adapter learns the answers, the base stays as it is."""

from __future__ import annotations

import hashlib
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from mujaz.errors import OptionError
from mujaz.models.silence import first_line

from .adaptation import add_adapter, matrices
from .checkpoint import Checkpoint
from .config import Config, Tune, fingerprint
from .log import LOG, add_row, cut_log
from .packing import Batch, batch, pack
from .tokens import HELD_OUT, TRAINING, Examples
from .weights import load_model, read_shape, require_small

if TYPE_CHECKING:
    import torch

CHECKPOINT = "checkpoint.pt"
# The cosine ends at this share of the highest learning rate.
_LAST = 0.1

Rows = list[list[int]]


@dataclass(frozen=True, slots=True)
class Plan:
    """Which rows each step takes; settings and data decide it, no clock and no machine.

    Attributes:
        examples: The training examples.
        tune: The settings.
        seed: Of order and dropout.
    """

    examples: Examples
    tune: Tune
    seed: int
    _rows: Rows = field(init=False, repr=False)
    _orders: dict[int, list[int]] = field(init=False, repr=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Pack the rows."""
        order = np.random.default_rng([self.seed]).permutation(len(self.examples))
        rows = pack(self.examples.lengths, self.tune.row, order)
        object.__setattr__(self, "_rows", rows)

    @property
    def steps(self) -> int:
        """Optimizer steps of the whole run."""
        return self.tune.steps or math.ceil(len(self._rows) * self.tune.passes / self._group)

    @property
    def _group(self) -> int:
        return self.tune.rows * self.tune.accumulate

    def rate(self, step: int) -> float:
        """Return the learning rate of ``step``: a straight rise, then a cosine down."""
        rise = max(1, round(self.steps * self.tune.warmup))
        if step < rise:
            return self.tune.rate * (step + 1) / rise
        done = (step - rise) / max(1, self.steps - rise)
        return self.tune.rate * (_LAST + (1 - _LAST) * (1 + math.cos(math.pi * done)) / 2)

    def batches(self, step: int) -> list[Batch]:
        """Return the batches of ``step``; a step may begin in one pass and end in the next."""
        first = step * self._group
        count = len(self._rows)
        chosen = [self._row(*divmod(first + n, count)) for n in range(self._group)]
        size = self.tune.rows
        return [
            batch(self.examples, chosen[at : at + size], self.tune.row)
            for at in range(0, len(chosen), size)
        ]

    def _row(self, number: int, place: int) -> list[int]:
        """Return row ``place`` of pass ``number``; every pass has an order of its own."""
        if number not in self._orders:
            self._orders.clear()
            rng = np.random.default_rng([self.seed, number])
            self._orders[number] = rng.permutation(len(self._rows)).tolist()
        return self._rows[self._orders[number][place]]


def tune(
    config: Config,
    base: Path,
    tell: Callable[[str], None],
    *,
    minutes: float = math.inf,
    trial: int = 0,
) -> bool:
    """Train, from the last checkpoint if there is one; say whether the run is complete.

    Args:
        config: The run.
        base: The base model's GGUF file.
        tell: Told of loss and speed.
        minutes: Stop, with a checkpoint, after so long.
        trial: Only so many steps, to learn the speed; nothing is kept.

    Raises:
        OptionError: Nothing is prepared, the checkpoint is of another run, or the adapter to begin
            from does not fit.
        ModelError: The base cannot be trained, or the adapter would be too large.
    """
    import torch

    began = time.monotonic()
    require_small(read_shape(base), config)
    prepared, folder = config.folder / "prepare", config.folder / "tune"
    if not (prepared / TRAINING).is_file():
        raise OptionError(f"{prepared} is not prepared", "run `python -m train prepare`")
    folder.mkdir(parents=True, exist_ok=True)
    examples = Examples.load(prepared / TRAINING)
    if not len(examples):
        raise OptionError(f"{prepared} has no examples", "loosen [prepare]")
    plan = Plan(examples, config.tune, config.seed)
    held = Examples.load(prepared / HELD_OUT)
    key = fingerprint(config.seed, _lasting(config.tune), _hash(prepared / TRAINING), base.name)
    device = config.tune.device
    if device == "auto":
        device = "cuda" if torch.cuda.is_available() else "cpu"
    model = load_model(base, getattr(torch, config.tune.dtype), device)
    add_adapter(model, config.tune, config.seed)
    if config.tune.recompute:
        model.gradient_checkpointing_enable({"use_reentrant": False})
        model.enable_input_require_grads()
    trainer = Trainer(model, plan, device)
    if config.tune.start:
        _begin(trainer, Path(config.tune.start))
    if not trial and (folder / CHECKPOINT).is_file():
        trainer.resume(Checkpoint.load(folder / CHECKPOINT), key)
        tell(f"going on at step {trainer.step} of {plan.steps}")
    if not trial:
        cut_log(folder / LOG, trainer.step)
    last = min(plan.steps, trial or plan.steps)
    while trainer.step < last:
        row = trainer.train_step()
        done = trainer.step == last
        late = time.monotonic() - began > minutes * 60
        if len(held) and (done or trainer.step % config.tune.check_every == 0) and not trial:
            row["held-out loss"] = round(trainer.loss_on(held), 4)
        tell(" ".join(f"{name} {value}" for name, value in row.items()) + f" of {plan.steps}")
        if trial:
            continue
        add_row(folder / LOG, row)
        if done or late or trainer.step % config.tune.save_every == 0:
            trainer.checkpoint(key).save(folder / CHECKPOINT)
        if late and not done:
            tell(f"stopped at step {trainer.step} of {plan.steps}; run it again to go on")
            return False
    return not trial


class Trainer:
    """A model, its adapter's optimizer, and how far they are.

    Args:
        model: With low-rank matrices.
        plan: What each step takes.
        device: Where the model is.
    """

    def __init__(self, model: Any, plan: Plan, device: str) -> None:  # noqa: ANN401 - transformers
        import torch

        self.model, self.plan, self.step = model, plan, 0
        self._device = device
        self._matrices = matrices(model)
        self._optimizer = torch.optim.AdamW(
            list(self._matrices.values()),
            betas=(0.9, 0.99),
            weight_decay=plan.tune.decay,
            fused=device.startswith("cuda"),
        )

    def train_step(self) -> dict[str, float]:
        """Do one optimizer step; return its number, loss a token, rate, and tokens a second."""
        import torch

        began = time.perf_counter()
        # Dropout depends on the step alone, so that a resumed run drops the same.
        torch.manual_seed(self.plan.seed * 1_000_003 + self.step)
        rate = self.plan.rate(self.step)
        for group in self._optimizer.param_groups:
            group["lr"] = rate
        self.model.train()
        batches = self.plan.batches(self.step)
        answers = sum(int((b.targets >= 0).sum()) for b in batches)
        total = 0.0
        for part in batches:
            loss = self._loss(part) / max(1, answers)
            loss.backward()
            total += loss.item()
        torch.nn.utils.clip_grad_norm_(list(self._matrices.values()), self.plan.tune.clip)
        self._optimizer.step()
        self._optimizer.zero_grad(set_to_none=True)
        self.step += 1
        size = sum(b.tokens.numel() for b in batches)
        speed = size / (time.perf_counter() - began)
        return {
            "step": self.step,
            "loss": round(total, 4),
            "rate": round(rate, 8),
            "tokens/s": round(speed),
        }

    def loss_on(self, examples: Examples) -> float:
        """Return the mean loss a token of the answers of ``examples``."""
        import torch

        self.model.eval()
        total, count = 0.0, 0
        with torch.no_grad():
            for part in _batches(examples, self.plan.tune):
                total += float(self._loss(part))
                count += int((part.targets >= 0).sum())
        return total / max(1, count)

    def checkpoint(self, key: str) -> Checkpoint:
        """Return the state, to go on from."""
        kept = {name: value.detach() for name, value in self._matrices.items()}
        return Checkpoint(key, self.step, self.plan.steps, kept, self._optimizer.state_dict())

    def resume(self, checkpoint: Checkpoint, key: str) -> None:
        """Go on from ``checkpoint``.

        Raises:
            OptionError: It is of another run.
        """
        if (checkpoint.key, checkpoint.steps) != (key, self.plan.steps):
            raise OptionError(
                "the checkpoint was made with other settings or other data",
                "take another `output`, or delete it",
            )
        self.take(checkpoint.matrices)
        self._optimizer.load_state_dict(checkpoint.optimizer)
        self.step = checkpoint.step

    def take(self, values: dict[str, torch.Tensor]) -> None:
        """Set the low-rank matrices."""
        for name, parameter in self._matrices.items():
            parameter.data.copy_(values[name])

    def _loss(self, part: Batch) -> torch.Tensor:
        """Return the sum of the losses of the answers' tokens; others have no logits at all."""
        import torch

        tokens, positions, mask, targets = (tensor.to(self._device) for tensor in part)
        with torch.autocast("cuda", torch.bfloat16, enabled=self._device.startswith("cuda")):
            hidden = self.model.model(
                input_ids=tokens, attention_mask=mask, position_ids=positions, use_cache=False
            ).last_hidden_state
            asked = targets >= 0
            logits = self.model.lm_head(hidden[asked])
        return torch.nn.functional.cross_entropy(logits.float(), targets[asked], reduction="sum")


def _begin(trainer: Trainer, adapter: Path) -> None:
    from .export import read_matrices

    try:
        trainer.take(read_matrices(adapter))
    except (OSError, ValueError, LookupError, RuntimeError) as error:
        raise OptionError(
            f"training cannot begin from {adapter} ({first_line(error)})",
            "give an adapter of this base and rank as `start` in [tune], or leave it out",
        ) from error


def _batches(examples: Examples, settings: Tune) -> Iterator[Batch]:
    rows = pack(examples.lengths, settings.row, np.arange(len(examples)))
    for start in range(0, len(rows), settings.rows):
        yield batch(examples, rows[start : start + settings.rows], settings.row)


def _lasting(settings: Tune) -> Tune:
    """Return the settings that decide the numbers, without those that decide when they are kept."""
    import msgspec

    return msgspec.structs.replace(
        settings, save_every=1, check_every=1, device="", recompute=False
    )


def _hash(path: Path) -> str:
    return hashlib.blake2b(path.read_bytes(), digest_size=12).hexdigest()
