"""The house as its page shows it: rooms one can see, without circles, of a size that one takes in."""

from __future__ import annotations

import ast
import re

import pytest

from tests.house.draw import PAGE, between, floors, imports, modules, page_with, picture, reduced, rooms_of
from tests.house.tree import SRC


def test_the_picture_of_the_house_is_drawn_from_the_imports() -> None:
    assert page_with(picture()) == PAGE.read_text(encoding="utf-8"), "python -m tests.house.draw"


def circles(arrows: dict[str, set[str]] | dict[str, frozenset[str]]) -> list[str]:
    """Return those that reach themselves."""

    def reaches(start: str) -> set[str]:
        seen: set[str] = set()
        fresh = list(arrows.get(start, ()))
        while fresh:
            each = fresh.pop()
            if each not in seen:
                seen.add(each)
                fresh += arrows.get(each, ())
        return seen

    return sorted(name for name in arrows if name in reaches(name))


def test_no_two_modules_import_each_other() -> None:
    # What a package shows is no import of its own modules.
    inner = {
        name: frozenset(each for each in imported if not name.startswith(f"{each}."))
        for name, imported in imports(at_first_use=False).items()
        if not name.startswith("_")
    }
    assert circles(inner) == []


@pytest.mark.parametrize(
    "package", ["catalogue", "dossier", "kpi", "deadlines", "workdays", "organisation", "conformance", "rules", "model"]
)
def test_no_two_rooms_import_each_other(package: str) -> None:
    assert circles(between(rooms_of(package), at_first_use=False)) == []


def test_imports_run_downhill() -> None:
    order = {room: number for number, floor in enumerate(floors()) for room in floor}
    arrows = between([room for room in order if not room.startswith("_")])
    assert [
        (one, two) for one, twos in arrows.items() for two in twos if order[one] >= order[two] and one != "text"
    ] == []


def test_a_circle_is_seen_and_an_arrow_that_follows_is_left_out() -> None:
    assert circles({"a": {"b"}, "b": {"c"}, "c": {"a"}, "d": {"a"}}) == ["a", "b", "c"]
    assert reduced({"a": {"b", "c"}, "b": {"c"}}) == [("a", "b"), ("b", "c")]


def test_no_file_is_longer_than_one_reads_in_a_sitting() -> None:
    long = {name for name, file in modules().items() if len(file.read_text(encoding="utf-8").splitlines()) > 400}
    assert long == set()


def test_no_room_holds_more_than_one_takes_in() -> None:
    sizes = {name: len(rooms_of(name)) for name, file in modules().items() if file.name == "__init__.py" and name}
    # ``ext`` is no room that one reads: each of its modules is for the one who has the package that it is for.
    assert {name: size for name, size in sizes.items() if size > 12 and name != "ext"} == {}


@pytest.mark.parametrize(
    "package", sorted(name for name, file in modules().items() if file.name == "__init__.py" and name)
)
def test_a_room_begins_with_a_table_of_its_contents(package: str) -> None:
    if package.partition(".")[0] in {"data", "ext"}:
        return
    said = ast.get_docstring(ast.parse(modules()[package].read_text(encoding="utf-8"))) or ""
    inner = [room.rpartition(".")[2] for room in rooms_of(package)]
    assert [name for name in inner if not name.startswith("_") and not re.search(rf"\b{name}\b", said)] == []


def test_the_page_names_files_that_are_there() -> None:
    page = PAGE.read_text(encoding="utf-8")
    table = page[page.index("| the rule |") : page.index("## Who counts")]
    named = [word for word in re.findall(r"`([\w./-]+)`", table) if "/" in word]
    assert len(named) > 30
    assert [word for word in named if not (SRC / word.replace("YEAR", "2026")).exists()] == []
