"""One small help for packages: what they export says that it is theirs, and holds what it says.

``onestop_core.kpi.Scorecard`` is the name that documentation, pickles and migrations may rely on; in which
module of the package the class is written may change.
"""

from __future__ import annotations

import functools
from enum import Enum
from types import FunctionType
from typing import Any, Final, cast

import attrs

from onestop_core._public.annotations import resolve
from onestop_core._public.arguments import check_arguments, check_members, check_methods
from onestop_core._public.constructors import check_fields
from onestop_core._public.values import restore, shorten

__all__ = ["publish"]


_BY_HAND: Final = frozenset(
    {"onestop_core.errors", "onestop_core.model", "onestop_core.text"}
    | {
        "onestop_core.dossier.Machine",
        "onestop_core.model.FrozenMap",
        "onestop_core.text.Text",
        "onestop_core.workdays.Calendar",
    }
    | {"onestop_core.deadlines.Countdown", "onestop_core.deadlines.countdown", "onestop_core.deadlines.due"}
    | {f"onestop_core.dossier{room}.{name}" for room in ("", ".events") for name in ("Event", "Opening")}
)
"""What is called millions of times: packages with all their functions, classes with all their methods, single functions.

They look at what they are given themselves.
"""
_Cached: Final = type(functools.cache(len))


def publish(package: dict[str, Any]) -> None:
    """Give each class and function that *package*, the globals of an ``__init__``, exports its public module.

    They then look at what they are given (:mod:`onestop_core._public.constructors`). What is exported on two levels belongs to the
    upper one; what comes from another package stays that one's.
    """
    name: str = package["__name__"]
    for each in package["__all__"]:
        value = package[each]
        if not isinstance(value, type | FunctionType | _Cached) or not value.__module__.startswith(f"{name}."):
            continue
        if isinstance(value, type):
            _check(cast("type[Any]", value), name)
        elif isinstance(value, FunctionType) and _BY_HAND.isdisjoint({name, f"{name}.{each}"}):
            # The module of the function shows the same: a pickle asks there for what the package shows.
            package[each] = value.__globals__[each] = check_arguments(value)
        value.__module__ = package[each].__module__ = name


def _check(kind: type[Any], package: str) -> None:
    by_hand = f"{package}.{kind.__name__}" in _BY_HAND
    if issubclass(kind, Enum):
        check_members(kind)
    # An error, and what it reports, must be able to tell of anything.
    elif attrs.has(kind) and resolve(kind) and package != "onestop_core.errors":
        if not by_hand:
            check_fields(kind)
        shorten(kind)
        restore(kind)
    if package != "onestop_core.errors" and not by_hand:
        check_methods(kind)
