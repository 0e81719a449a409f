"""One small help for packages: what they export says that it is theirs, and holds what it says.

``onestop_core.kpi.Scorecard`` is the name that documentation, pickles and migrations may rely on; in which
module of the package the class is written may change.
"""

from __future__ import annotations

import typing
from enum import Enum
from types import FunctionType
from typing import Any

import attrs

from onestop_core._checked import check_fields, check_members

__all__ = ["publish"]


def publish(package: dict[str, Any]) -> None:
    """Give each class and function that *package*, the globals of an ``__init__``, exports its public module.

    A class then looks at what it is given (:mod:`onestop_core._checked`). What is exported on two levels belongs to the upper one; what comes from another package stays that one's.
    """
    name: str = package["__name__"]
    for each in package["__all__"]:
        value = package[each]
        if not isinstance(value, type | FunctionType) or not value.__module__.startswith(f"{name}."):
            continue
        if isinstance(value, type) and attrs.has(value):
            # An error, and what it reports, must be able to tell of anything.
            if _resolve(value) and name != "onestop_core.errors":
                check_fields(value)
        elif isinstance(value, type) and issubclass(value, Enum):
            check_members(value)
        value.__module__ = name


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
