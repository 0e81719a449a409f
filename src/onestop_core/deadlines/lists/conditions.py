"""Conditions over one row, as bare values; each reading of them is one ``match``.

``evaluate`` answers in Python, ``words`` puts them in sentences, ``sql`` prints them, ``ext.frames`` compiles them for
data frames. A condition is True, False or None (*the row does not tell*), and they combine as in SQL.
"""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

import attrs

from onestop_core.model import Phase
from onestop_core.text.codes import Code

__all__ = ["AllOf", "AnyOf", "Compared", "Condition", "Empty", "InPhase", "Sign"]


class Sign(Code):
    """How one moment lies to another."""

    BEFORE = "<"
    NOT_AFTER = "<="
    AFTER = ">"
    NOT_BEFORE = ">="


@attrs.frozen(kw_only=True)
class InPhase:
    """Whether the clock does one of these; never unknown."""

    phases: tuple[Phase, ...]


@attrs.frozen(kw_only=True)
class Empty:
    """Whether a column has no value; never unknown itself."""

    column: str


@attrs.frozen(kw_only=True)
class Compared:
    """Whether the moment in a column lies so to another, or to the one in another column; unknown where one is."""

    column: str
    sign: Sign
    other: datetime | str


@attrs.frozen(kw_only=True)
class AllOf:
    """Kleene's and: one False decides, else one unknown."""

    parts: tuple[Condition, ...]


@attrs.frozen(kw_only=True)
class AnyOf:
    """Kleene's or: one True decides, else one unknown."""

    parts: tuple[Condition, ...]


Condition: TypeAlias = InPhase | Empty | Compared | AllOf | AnyOf
