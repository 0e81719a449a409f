"""Every public name, and what is known of it: read from the packages, their docstrings and what stands below each field."""

from __future__ import annotations

import ast
import enum
import importlib
import inspect
import pkgutil
import re
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import attrs

import onestop_core
from onestop_core.errors import MissingExtraError

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).parents[2]
_SOURCE: Final = Path(onestop_core.__file__).parent
# The command line is documented by its options; what begins with _ is nobody's business.
MISSING: Final[list[str]] = []
"""What could not be looked at, since what it needs is not installed."""
_NOT_PUBLIC: Final = re.compile(r"\._|\.cli\b|\.__main__$|\.ext\.django\.")


@cache
def packages() -> dict[str, dict[str, Any]]:
    """Return the public names of each package, each under the package that says it is its home."""
    found: dict[str, dict[str, Any]] = {}
    for info in sorted(pkgutil.walk_packages([str(_SOURCE)], "onestop_core."), key=lambda each: each.name):
        if _NOT_PUBLIC.search(info.name) or not (info.ispkg or info.name.startswith("onestop_core.ext.")):
            continue
        try:
            module = importlib.import_module(info.name)
        except MissingExtraError:
            MISSING.append(info.name)
            continue
        names = {
            name: getattr(module, name)
            for name in getattr(module, "__all__", ())
            if _home(getattr(module, name), info.name) == info.name
        }
        if names:
            found[info.name] = names
    return found


def _home(value: object, package: str) -> str:
    """Return the package that *value* says is its own; a constant is at home wherever it is shown."""
    return str(value.__module__) if inspect.isclass(value) or inspect.isroutine(value) else package


def values() -> Iterator[tuple[str, type[Any]]]:
    """Yield (package, class) of every public value with fields."""
    for package, names in packages().items():
        for value in names.values():
            if inspect.isclass(value) and attrs.has(value):
                yield package, value


def fields(value: type[Any]) -> list[attrs.Attribute[Any]]:
    """Return what of *value* a host reads: its fields but for those whose name begins with ``_``."""
    return [field for field in attrs.fields(value) if not field.name.startswith("_")]


@cache
def _written() -> dict[str, list[tuple[str, ast.ClassDef]]]:
    """Return (module, class) of everything that the sources call by a name."""
    found: dict[str, list[tuple[str, ast.ClassDef]]] = defaultdict(list)
    for file in sorted(_SOURCE.rglob("*.py")):
        module = ".".join(file.relative_to(_SOURCE.parent).with_suffix("").parts).removesuffix(".__init__")
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                found[node.name].append((module, node))
    return found


def _below(node: ast.ClassDef) -> Iterator[tuple[str, str]]:
    """Yield (name, words) for each assignment of a class: the docstring below it, or nothing."""
    for here, after in zip(node.body, [*node.body[1:], None], strict=True):
        target = (
            here.targets[0]
            if isinstance(here, ast.Assign)
            else here.target
            if isinstance(here, ast.AnnAssign)
            else None
        )
        if isinstance(target, ast.Name):
            said = after.value.value if isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant) else ""
            yield target.id, " ".join(str(said).split()) if isinstance(said, str) else ""


_DESCRIBED: Final[dict[type[Any], dict[str, str]]] = {}


def described(value: type[Any]) -> dict[str, str]:
    """Return what the source says of each field or member of *value*: below it, or under ``Args:`` of its docstring."""
    if value not in _DESCRIBED:
        _DESCRIBED[value] = _described(value)
    return _DESCRIBED[value]


def _described(value: type[Any]) -> dict[str, str]:
    mine = {field.name for field in attrs.fields(value)} if attrs.has(value) else set(getattr(value, "__members__", ()))
    found: dict[str, str] = {}
    for kind in reversed(value.__mro__):
        for module, node in _written().get(kind.__name__, ()):
            # A public class names the package that shows it; it is written in one of its modules.
            if f"{module}.".startswith(f"{kind.__module__}."):
                found |= {name: words for name, words in _below(node) if words and name in mine}
        for name, words in re.findall(r"^ {4,8}(\w+): (.*(?:\n {8,}.*)*)", inspect.getdoc(kind) or "", re.MULTILINE):
            if name in mine:
                found[name] = " ".join(words.split())
    return found


def first_line(value: object) -> str:
    """Return the first paragraph of the docstring of *value*, on one line."""
    said = inspect.getdoc(value) or ""
    return " ".join(said.split("\n\n")[0].split())


def is_enumeration(value: object) -> bool:
    return inspect.isclass(value) and issubclass(value, enum.Enum)
