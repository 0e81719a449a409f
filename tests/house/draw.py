"""The picture of the house, drawn from the imports: ``python -m tests.house.draw`` puts it into docs/explanation/house.md."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections import defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.house.tree import SRC

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

ROOT: Final = Path(__file__).parents[2]
PAGE: Final = ROOT / "docs" / "explanation" / "house.md"
BEGIN, END = "<!-- drawn by tests/house/draw.py -->", "<!-- end of the drawing -->"
Arrows = dict[str, set[str]]


@cache
def modules() -> Mapping[str, Path]:
    """Return every module of the library by its dotted name below ``onestop_core``."""
    found = {}
    for file in sorted(SRC.rglob("*.py")):
        parts = file.relative_to(SRC).with_suffix("").parts
        found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = file
    return found


@cache
def imports(*, at_first_use: bool = True) -> Mapping[str, frozenset[str]]:
    """Return what each module imports of the library; without *at_first_use*, only what is imported with it."""
    return {name: frozenset(_imported(name, file, at_first_use=at_first_use)) for name, file in modules().items()}


def _imported(name: str, file: Path, *, at_first_use: bool) -> Iterator[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    inner = {
        id(node)
        for each in ast.walk(tree)
        if isinstance(each, ast.FunctionDef) or (isinstance(each, ast.If) and "TYPE_CHECKING" in ast.unparse(each.test))
        for node in ast.walk(each)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and (at_first_use or id(node) not in inner):
            base = node.module.removeprefix("onestop_core").removeprefix(".")
            if node.module.partition(".")[0] != "onestop_core":
                continue
            for alias in node.names:
                whole = f"{base}.{alias.name}".strip(".")
                target = whole if whole in modules() else base
                if target and target != name:
                    yield target


def floors() -> list[list[str]]:
    """Return the packages floor by floor, uppermost first, as the contract of the imports names them."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    layers = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    return [[each.strip().removeprefix("onestop_core.") for each in layer.split("|")] for layer in layers]


def between(rooms: list[str], *, at_first_use: bool = True) -> Arrows:
    """Return which of *rooms*, dotted names of packages or modules, imports which other."""

    def room(module: str) -> str | None:
        return next((each for each in rooms if module == each or module.startswith(f"{each}.")), None)

    found: Arrows = defaultdict(set)
    for name, imported in imports(at_first_use=at_first_use).items():
        source = room(name)
        for target in {room(each) for each in imported} - {source, None}:
            if source is not None and target is not None:
                found[source].add(target)
    return found


def reduced(arrows: Arrows) -> list[tuple[str, str]]:
    """Return the arrows that say something: not those that follow from two others."""

    def reach(start: str, without: str) -> set[str]:
        seen: set[str] = set()
        fresh = [each for each in arrows.get(start, ()) if each != without]
        while fresh:
            each = fresh.pop()
            if each not in seen:
                seen.add(each)
                fresh += arrows.get(each, ())
        return seen

    return sorted((one, two) for one, twos in arrows.items() for two in twos if two not in reach(one, two))


def rooms_of(package: str) -> list[str]:
    """Return the sub-packages and modules of *package*."""
    depth = package.count(".") + 1
    return sorted(name for name in modules() if name.startswith(f"{package}.") and name.count(".") == depth)


def _drawn(arrows: Arrows, groups: list[tuple[str, list[str]]]) -> str:
    lines = ["```mermaid", "flowchart TD"]
    for title, rooms in groups:
        inner = [f'    {room.replace(".", "_")}["{room.rpartition(".")[2]}"]' for room in rooms]
        lines += [f"  subgraph {title}", *inner, "  end"] if len(groups) > 1 else [line[2:] for line in inner]
    lines += [f"  {one.replace('.', '_')} --> {two.replace('.', '_')}" for one, two in reduced(arrows)]
    return "\n".join([*lines, "```"])


def picture() -> str:
    """Return the drawing as text of the page: the floors, and each capability's rooms."""
    above = [[room for room in floor if not room.startswith("_")] for floor in floors()]
    named = [(f"floor{len(above) - 1 - number}", rooms) for number, rooms in enumerate(above) if rooms]
    everything = [room for _, rooms in named for room in rooms] + ["ext"]
    parts = ["The floors. An arrow means *imports*; what follows from two others is left out.", ""]
    parts += [_drawn(between(everything), [*named, ("beside", ["ext"])])]
    for package in ("catalogue", "dossier", "kpi", "deadlines", "workdays", "organisation", "conformance"):
        rooms = rooms_of(package)
        listed = [f"{room.rpartition('.')[2]}/" for room in rooms if rooms_of(room)]
        parts += [
            "",
            f"The rooms of `{package}`" + (f" (with rooms of their own: {', '.join(listed)}):" if listed else ":"),
            "",
        ]
        parts += [_drawn(between(rooms), [(package, rooms)])]
    return "\n".join(parts)


def page_with(drawing: str) -> str:
    """Return the page with *drawing* in its place."""
    page = PAGE.read_text(encoding="utf-8")
    return re.sub(rf"{BEGIN}.*{END}", lambda _: f"{BEGIN}\n\n{drawing}\n\n{END}", page, flags=re.DOTALL)


def main() -> int:
    """Write the drawing into the page."""
    PAGE.write_text(page_with(picture()), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
