"""The names of the systems that can be run: a small grammar, and the baselines that go with them.

    summarize:  lead[-N]  extract[-N]  oracle[-N]  instruct[-N][:MODEL]  seq2seq[-N][:MODEL]
    translate:  MODEL
    brief:      chain[-N][:SUMMARY][@TRANSLATOR]
                translate-then-lead[-N][@TRANSLATOR]  translate-then-extract[-N][@TRANSLATOR]

``N`` is a number of sentences, ``SUMMARY`` a method (``extract``, ``instruct``) or a model, and a
model an id, a path or ``auto``.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass

from mujaz.errors import OptionError
from mujaz.settings import Settings
from mujaz.summarize import METHODS, check_request

from .data_known import Task

TASKS: tuple[Task, ...] = ("brief", "summarize", "translate")

SUMMARIZERS = ("lead", "extract", "oracle", "instruct", "seq2seq")
BRIEFERS = ("chain", "translate-then-lead", "translate-then-extract")
DEFAULTS: dict[Task, str] = {"summarize": "extract", "translate": "auto", "brief": "chain"}
"""What runs when no system is named."""

# Bytes; file systems take 255.
_LONGEST = 120
_ALIASES = {"translate-then-summarise": "translate-then-extract"}
_FORM = re.compile(r"([a-z2]+(?:-[a-z]+)*)(?:-(\d+))?(?::([^@]+))?(?:@(.+))?")


@dataclass(frozen=True, slots=True)
class Choice:
    """One system that was asked for.

    Attributes:
        task: What it does.
        kind: Of :data:`SUMMARIZERS` or :data:`BRIEFERS`; ``translator`` for translations.
        count: Sentences of the output, at most; 0 for translations.
        summarizer: Model of the summary; for ``chain`` a method or a model.
        translator: Model of the translation.
        baseline: Whether it was added as a baseline.
    """

    task: Task
    kind: str
    count: int = 0
    summarizer: str = "auto"
    translator: str = "auto"
    baseline: bool = False

    @property
    def name(self) -> str:
        """Its full name, which says when it has seen the reference."""
        if self.kind == "translator":
            return self.translator
        seen = "-sees-reference" if self.kind == "oracle" else ""
        summarizer = "" if self.summarizer == "auto" else f":{self.summarizer}"
        translator = "" if self.translator == "auto" else f"@{self.translator}"
        return f"{self.kind}{seen}-{self.count}{summarizer}{translator}"

    @property
    def folder(self) -> str:
        """Its name as a folder's; a long one, of a path, is cut and told apart by its hash."""
        name = re.sub(r"[^\w.+@=-]+", "--", self.name).strip("-.") or "system"
        if len(name.encode()) <= _LONGEST:
            return name
        return f"{name[-60:]}-{hashlib.sha256(self.name.encode()).hexdigest()[:8]}"


def choices(
    task: Task,
    asked: Sequence[str],
    *,
    sentences: int = 3,
    baselines: bool = True,
    references: bool = True,
    settings: Settings | None = None,
) -> list[Choice]:
    """Return the systems to run, each once, the baselines first.

    Summaries are held against lead-1 and lead-3, briefs against the chain over the article's first
    sentences and translate-then-extract by the same translator. Translations have no baseline that
    costs nothing: name a second model.

    Args:
        task: What is to be done.
        asked: Names, each with commas between several; none means the default of the task.
        sentences: Of those that name no number.
        baselines: Whether to add the baselines.
        references: Whether the data have references, which an oracle needs.
        settings: Where the models are.

    Raises:
        OptionError: A name is none of this task's, or cannot be served.
        ModelError: A model that is named is neither known nor a path.
    """
    settings = settings or Settings.from_environment()
    names = [part.strip() for text in asked for part in text.split(",") if part.strip()]
    wanted = [_choice(task, name, sentences, settings) for name in names or [DEFAULTS[task]]]
    if not references and any(choice.kind == "oracle" for choice in wanted):
        raise OptionError("the data have no references for an oracle", "leave the oracle out")
    added: list[Choice] = []
    if baselines and task == "summarize":
        added = [Choice(task, "lead", count, baseline=True) for count in (1, 3)]
    elif baselines and task == "brief":
        for translator in dict.fromkeys(choice.translator for choice in wanted):
            added += [
                Choice(task, kind, sentences, summarizer, translator, baseline=True)
                for kind, summarizer in (("chain", "lead"), ("translate-then-extract", "auto"))
            ]
    return list({choice.name: choice for choice in (*added, *wanted)}.values())


def _choice(task: Task, text: str, sentences: int, settings: Settings) -> Choice:
    if task == "translate":
        return Choice(task, "translator", translator=text)
    known = SUMMARIZERS if task == "summarize" else BRIEFERS
    form = _FORM.fullmatch(text)
    kind = _ALIASES.get(form[1], form[1]) if form else ""
    if not form or kind not in known:
        raise OptionError(f"system {text!r} is unknown for {task}", f"use {', '.join(known)}")
    count = sentences if form[2] is None else int(form[2])
    choice = Choice(task, kind, count, form[3] or "auto", form[4] or "auto")
    if choice.summarizer != "auto" and kind not in ("instruct", "seq2seq", "chain"):
        raise OptionError(f"system {text!r}: {kind} takes no model", "leave out what follows :")
    if choice.translator != "auto" and task != "brief":
        raise OptionError(f"system {text!r}: nothing is translated", "leave out what follows @")
    method, model = summary_of(choice)
    check_request(method, model, count, settings)
    return choice


def summary_of(choice: Choice) -> tuple[str, str]:
    """Return method and model of the summary, as `mujaz.summarize.Summarizer` takes them."""
    if choice.kind == "chain":
        if choice.summarizer in METHODS:
            return choice.summarizer, "auto"
        return "auto", choice.summarizer
    if choice.kind in ("instruct", "seq2seq"):
        return choice.kind, choice.summarizer
    return "lead" if "lead" in choice.kind else "extract", "auto"
