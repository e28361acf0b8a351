"""The floors of the house: imports point down only, and there are no circles."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
FLOORS = {
    "mujaz": 0,
    "arabic": 1,
    "models": 2,
    "checks": 3,
    "summarize": 4,
    "translate": 4,
    "brief": 5,
    "batch": 6,
    "eval": 6,
    "cli": 7,
}
ROOMS = [room for room in FLOORS if (ROOT / room / "__init__.py").exists()]
# The front door hands out what stands behind it, when it is asked.
DOORS = {"mujaz.__init__", "mujaz.__main__"}


def modules() -> dict[str, Path]:
    """Return the modules by import name; packages as ``mujaz.room.__init__``."""
    found = {}
    for room in ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts if room == "mujaz" else ("mujaz", *parts))] = path
    return found


MODULES = modules()


def room_of(name: str) -> str:
    """Return the room of an import name that begins with ``mujaz``."""
    second = name.split(".")[1] if "." in name else ""
    return second if second in FLOORS else "mujaz"


def targets(module: str, tree: ast.AST, body_only: bool = False) -> Iterator[str]:
    """Yield the import names of ours that ``module`` imports, relative ones resolved.

    Args:
        module: Its import name.
        tree: Its syntax.
        body_only: Leave out imports inside functions and for type checkers.
    """
    package = module.rsplit(".", 1)[0].split(".")
    for node in _nodes(tree, body_only):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.split(".")[0] == "mujaz")
        elif isinstance(node, ast.ImportFrom):
            if node.level:
                assert node.level <= len(package), f"{module} climbs out of the house"
                base = package[: len(package) - node.level + 1]
                name = ".".join([*base, *([node.module] if node.module else [])])
            else:
                name = node.module or ""
            if name.split(".")[0] == "mujaz":
                for alias in node.names:
                    full = f"{name}.{alias.name}"
                    yield full if _is_module(full) else name


def _nodes(tree: ast.AST, body_only: bool) -> Iterator[ast.AST]:
    for node in ast.iter_child_nodes(tree):
        function = isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        for_types = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)
        if body_only and (function or for_types):
            continue
        yield node
        yield from _nodes(node, body_only)


def _is_module(name: str) -> bool:
    return name in MODULES or f"{name}.__init__" in MODULES


def tree_of(module: str) -> ast.Module:
    return ast.parse(MODULES[module].read_text(encoding="utf-8"))


def wrong(module: str, tree: ast.AST) -> list[str]:
    """Return what ``module`` imports from its own floor or one above."""
    room = room_of(module)
    return [
        target
        for target in targets(module, tree)
        if room_of(target) != room and FLOORS[room_of(target)] >= FLOORS[room]
    ]


@pytest.mark.parametrize("module", [name for name in MODULES if name not in DOORS])
def test_imports_point_down_only(module: str) -> None:
    assert wrong(module, tree_of(module)) == []


def test_the_walk_sees_every_way_to_import() -> None:
    text = (
        "from mujaz.brief import Briefer\n"
        "def f():\n    from ..cli import main\n    import mujaz.translate.document\n"
        "from . import lead\nfrom .. import translate\nfrom ..models.engine import Engine\n"
    )
    assert wrong("mujaz.summarize.odd", ast.parse(text)) == [
        "mujaz.brief",
        "mujaz.cli.main",
        "mujaz.translate.document",
        "mujaz.translate",
    ]


def test_every_room_is_walked() -> None:
    assert {room_of(name) for name in MODULES} == set(ROOMS)
    assert len(MODULES) > 80
    shipped = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert shipped <= set(FLOORS), "a room without a floor"


def test_there_are_no_circles() -> None:
    """Among modules as they are imported: what waits inside a function closes no circle."""
    below: dict[str, set[str]] = {}
    for module in MODULES:
        found = set(targets(module, tree_of(module), body_only=True))
        below[module] = {t if t in MODULES else f"{t}.__init__" for t in found} - {module}
    done: set[str] = set()

    def visit(module: str, path: tuple[str, ...]) -> None:
        assert module not in path, " → ".join([*path[path.index(module) :], module])
        if module in done:
            return
        # A package's own modules may ask it for what stands above them; Python loads it first.
        for target in below.get(module, ()):
            if not (target.endswith("__init__") and module.startswith(target[: -len("__init__")])):
                visit(target, (*path, module))
        done.add(module)

    for module in MODULES:
        visit(module, ())


def test_libraries_do_not_print() -> None:
    printing = [
        f"{module}:{node.lineno}"
        for module in MODULES
        if room_of(module) != "cli"
        for node in ast.walk(tree_of(module))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "print"
    ]
    assert printing == []
