"""``python -m tests.deadlines.proof.mutation [MODULE]...``: which mutants of the counting do the proof and the cases notice?

One token of a module is changed at a time, in a process of its own, which then runs some cases of the proof and, if none
fails, more of them and the conformance cases of deadlines. What is left is printed, to be read.
"""

from __future__ import annotations

import ast
import importlib.abc
import importlib.util
import os
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from types import ModuleType

SOURCES: Final = Path(__file__).parents[3] / "src" / "onestop_core"
MODULES: Final = (
    *(
        "deadlines/counting/days",
        "deadlines/counting/waits",
        "deadlines/counting/part_of_day",
        "deadlines/counting/limit_steps",
    ),
    *("deadlines/counting/promises", "deadlines/counting/time_left", "deadlines/answers/countdown"),
    *("deadlines/answers/appointments", "model/clock/clock", "model/clock/acts"),
)
FEW, MANY = 150, 500
SECONDS: Final = 120
OTHER: Final[dict[type[ast.AST], type[ast.AST]]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.And: ast.Or,
    ast.Or: ast.And,
}
NAMES: Final = {"min": "max", "max": "min", "any": "all", "all": "any"}


def mutants(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Change *tree* in one place after the other, and put it right again; yield the line and what was changed."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            for place, sign in enumerate(node.ops):
                if type(sign) in OTHER:
                    node.ops[place] = OTHER[type(sign)]()  # type: ignore[call-overload]
                    yield node.lineno, ast.unparse(node)
                    node.ops[place] = sign
        elif isinstance(node, ast.BinOp | ast.AugAssign | ast.BoolOp) and type(node.op) in OTHER:
            kept = node.op
            node.op = OTHER[type(kept)]()  # type: ignore[assignment]
            yield _line(node), ast.unparse(node)
            node.op = kept
        elif isinstance(node, ast.Constant) and isinstance(node.value, int):
            value = node.value
            node.value = not value if isinstance(value, bool) else value + 1
            yield node.lineno, f"{value!r} -> {node.value!r}"
            node.value = value
        elif isinstance(node, ast.Name) and node.id in NAMES and isinstance(node.ctx, ast.Load):
            name, node.id = node.id, NAMES[node.id]
            yield node.lineno, f"{name} -> {node.id}"
            node.id = name
        elif isinstance(node, ast.If | ast.IfExp | ast.While):
            test = node.test
            if ast.unparse(test) == "TYPE_CHECKING":
                continue
            node.test = ast.copy_location(ast.UnaryOp(ast.Not(), test), test)
            yield node.lineno, f"not ({ast.unparse(test)})"
            node.test = test


def _line(node: ast.AST) -> int:
    return int(getattr(node, "lineno", 0))


class Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Imports one module from a changed tree."""

    def __init__(self, name: str, path: Path, tree: ast.Module) -> None:
        self.name = name
        self.path = path
        self.code = compile(ast.fix_missing_locations(tree), str(path), "exec")

    def find_spec(self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None) -> Any:
        del path, target
        if fullname != self.name:
            return None
        return importlib.util.spec_from_file_location(fullname, self.path, loader=self)

    def exec_module(self, module: ModuleType) -> None:
        exec(self.code, module.__dict__)  # noqa: S102 - our own code, changed in one place


def _noticed() -> bool:
    """Whether the proof or a conformance case fails, here."""
    from collections import Counter

    from onestop_core import conformance
    from tests.deadlines.proof.checks import check
    from tests.deadlines.proof.logs import case
    from tests.deadlines.proof.running import TOGETHER, until

    try:
        for number in range(FEW):
            check(case(number, until=until(number // TOGETHER)), Counter())
        if conformance.run(conformance.reference(), areas=["deadlines"]).failed:
            return True
        for number in range(FEW, MANY):
            check(case(number, until=until(number // TOGETHER)), Counter())
    except Exception:  # noqa: BLE001 - whatever a mutant does, it is noticed
        return True
    return False


def _child(name: str, path: Path, tree: ast.Module) -> bool:
    """Return whether the mutant is noticed, by a process that ends with it."""
    child = os.fork()
    if not child:
        signal.alarm(SECONDS)  # what does not end is noticed, too
        sys.meta_path.insert(0, Changed(name, path, tree))
        try:
            noticed = _noticed()
        except BaseException:  # noqa: BLE001 - likewise
            noticed = True
        os._exit(1 if noticed else 0)
    return os.waitpid(child, 0)[1] != 0


def main(modules: Sequence[str]) -> None:
    import hypothesis  # noqa: F401 - what is heavy is loaded once
    import pendulum  # noqa: F401

    assert not any(name.startswith("onestop_core") for name in sys.modules)
    for module in modules:
        path = SOURCES / f"{module}.py"
        tree = ast.parse(path.read_text("utf-8"))
        tried = left = 0
        for line, what in mutants(tree):
            tried += 1
            if not _child("onestop_core." + module.replace("/", "."), path, tree):
                left += 1
                sys.stdout.write(f"{module}:{line}: {what}\n")
                sys.stdout.flush()
        sys.stdout.write(f"{module}: {tried} mutants, {left} left\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1:] or MODULES)
