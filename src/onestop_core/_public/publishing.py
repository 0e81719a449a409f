"""One small help for packages: what they export says that it is theirs, and holds what it says.

``onestop_core.kpi.Scorecard`` is the name that documentation, pickles and migrations may rely on; in which
module of the package the class is written may change.
"""

from __future__ import annotations

import functools
import typing
from enum import Enum
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar, cast

import attrs

from onestop_core._public.checked import check_arguments, check_fields, check_members, check_methods
from onestop_core._public.values import restore, shorten

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["publish", "trusted"]

P = ParamSpec("P")
T = TypeVar("T")


_BY_HAND: Final = frozenset(
    {"onestop_core.errors", "onestop_core.model", "onestop_core.text"}
    | {
        "onestop_core.dossier.Machine",
        "onestop_core.model.FrozenMap",
        "onestop_core.text.Text",
        "onestop_core.workdays.Calendar",
    }
    | {"onestop_core.deadlines.Countdown", "onestop_core.deadlines.countdown", "onestop_core.deadlines.due"}
    | {"onestop_core.dossier.Event", "onestop_core.dossier.Opening"}
)
"""What is called millions of times: packages with all their functions, classes with all their methods, single functions.

They look at what they are given themselves.
"""
_Cached: Final = type(functools.cache(len))


def trusted(kind: Callable[P, T]) -> Callable[P, T]:
    """Return the constructor of *kind*, a class of attrs, as attrs wrote it; asked for before the class is published.

    For results that are made by the hundred thousand of what is right already: they need no second look.
    """
    new: Any = object.__new__
    made_of: Any = kind
    build = made_of.__init__

    def make(*args: P.args, **fields: P.kwargs) -> T:
        value: T = new(made_of)
        build(value, *args, **fields)
        return value

    return make


def publish(package: dict[str, Any]) -> None:
    """Give each class and function that *package*, the globals of an ``__init__``, exports its public module.

    They then look at what they are given (:mod:`onestop_core._public.checked`). What is exported on two levels belongs to the
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
    elif attrs.has(kind) and _resolve(kind) and package != "onestop_core.errors":
        if not by_hand:
            check_fields(kind)
        shorten(kind)
        restore(kind)
    if package != "onestop_core.errors" and not by_hand:
        check_methods(kind)


def _resolve(kind: type) -> bool:
    # Annotations are text that only the module of the class can read: read it before the class moves.
    try:
        hints = typing.get_type_hints(kind, include_extras=True)
    except NameError:
        return False  # it names what is imported for type checkers only; nobody could read it before either
    attrs.resolve_types(kind)
    own = vars(kind).get("__annotations__", {})
    own.update({field: hint for field, hint in hints.items() if field in own})
    return True
