"""Values cannot change, say the same wherever they are, and travel."""

from __future__ import annotations

import copy
import enum
import importlib
import pickle
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import attrs
import pytest

from onestop_core import deadlines
from onestop_core.errors import OnestopError
from tests.house.pickling import FOLDER, kept
from tests.house.specimens import LIMIT, by_class, specimens
from tests.house.tree import packages, reachable, shown

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MUTABLE: Final = (dict, list, set, bytearray)
PERSONAL: Final = ("Nguyễn", "Trần", "001090000001")
KINDS: Final = tuple(sorted(set(by_class()), key=lambda kind: (kind.__module__, kind.__qualname__)))
PUBLIC: Final = tuple(kind for kind in KINDS if any(value is kind for value in shown().values()))


def name_of(kind: type) -> str:
    return f"{kind.__module__.removeprefix('onestop_core.')}.{kind.__qualname__}"


NOT_YET: Final = frozenset[str]()
"""Specimens from which something that can change is still reached."""


@pytest.mark.parametrize(
    "name", [pytest.param(each, marks=pytest.mark.xfail if each in NOT_YET else ()) for each in sorted(specimens())]
)
def test_nothing_that_can_change_is_reachable(name: str, record_property: Callable[[str, object], None]) -> None:
    seen = 0
    found: Counter[str] = Counter()
    for path, value in reachable(specimens()[name], name):
        seen += 1
        writable = getattr(getattr(value, "flags", None), "writeable", False)
        if isinstance(value, MUTABLE) or writable:
            found[path] += 1
    record_property("counted", f"{seen:,} things are reachable from {name}")
    assert sorted(found)[:20] == []


@pytest.mark.parametrize("kind", PUBLIC, ids=name_of)
def test_a_public_value_says_the_same_wherever_it_is(kind: type) -> None:
    value: Any = by_class()[kind]
    hash(value)
    for other in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):  # noqa: S301 - our own
        assert other == value
        assert hash(other) == hash(value)
        assert type(other) is kind


@pytest.mark.parametrize("kind", PUBLIC, ids=name_of)
def test_a_public_value_cannot_be_set(kind: type) -> None:
    value: Any = by_class()[kind]
    if issubclass(kind, enum.Enum):
        return
    for name in [*(getattr(kind, "__slots__", ()) or ()), "something_new"]:
        if name not in {"__weakref__", "__dict__"}:
            with pytest.raises((AttributeError, TypeError)):
                setattr(value, name, 1)


@pytest.mark.parametrize("kind", PUBLIC, ids=name_of)
def test_a_repr_is_short_and_holds_nobodys_name(kind: type) -> None:
    said = repr(by_class()[kind])
    assert [name for name in PERSONAL if name in said] == []
    if not issubclass(kind, OnestopError):
        assert len(said) < 200


@pytest.mark.parametrize("file", sorted(FOLDER.glob("*.pickle")), ids=lambda file: file.stem)
def test_what_an_earlier_version_has_pickled_comes_back(file: Path) -> None:
    came: dict[str, object] = pickle.loads(file.read_bytes())  # noqa: S301 - our own
    assert len(came) > 50
    assert [name for name, value in came.items() if value != kept().get(name)] == []


def test_a_pickle_comes_back_although_the_class_has_gained_fields() -> None:
    again: Any = object.__new__(type(PLAN_STEP))
    again.__setstate__({"id": "check", "limit": LIMIT})
    assert again == PLAN_STEP


PLAN_STEP: Final = deadlines.linked_work.PlanStep(id="check", limit=LIMIT)


def test_what_is_shown_says_that_it_is_public() -> None:
    wrong: dict[str, str] = {}
    for package in packages():
        module = importlib.import_module(package)
        for name in module.__all__:
            value = getattr(module, name)
            home = getattr(value, "__module__", None)
            if isinstance(value, type) or callable(value):
                if not isinstance(home, str) or not home.startswith("onestop_core"):
                    continue  # an alias of a type
                if home not in packages() or getattr(importlib.import_module(home), name, None) is not value:
                    wrong[f"{package}.{name}"] = home
    assert wrong == {}


def test_every_public_class_of_values_has_a_specimen() -> None:
    without = {
        name
        for name, kind in shown().items()
        if isinstance(kind, type) and attrs.has(kind) and kind not in by_class() and not issubclass(kind, Exception)
    }
    assert without - ABSENT == set()
    assert ABSENT - without == set()


ABSENT: Final = frozenset(
    f"onestop_core.{name}"
    for name in [
        "catalogue.changes.Sums",
        "catalogue.overlay.LocalStep",
        "catalogue.quotes.Saved",
        "catalogue.values.Contact",
        "deadlines.hours.Season",
        "dossier.portal.ConnectRecord",
        "dossier.portal.Unexplained",
        "kpi.counters.ServedWithin",
        "kpi.facts.FactsColumn",
        "kpi.facts.FactsFile",
        "kpi.form06.Included",
        "kpi.measures.Aims",
        "workdays.Row",
    ]
)
"""Public values of which no specimen is made, since they come up inside others only."""
