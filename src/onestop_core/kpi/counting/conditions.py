"""Conditions over the facts of one dossier, as bare values; each reading of them is one ``match``.

``evaluate`` answers in Python, ``words`` puts them in sentences, ``sql`` prints them, ``ext.frames`` compiles them
for data frames. A condition is True, False or None (*the facts do not tell*), and conditions combine as in SQL:
:class:`AllOf` and :class:`AnyOf` are Kleene's and and or.
"""

from __future__ import annotations

from typing import Final, TypeAlias

import attrs

from onestop_core.kpi.counting.terms import Column, Term

__all__ = [
    "FALSE",
    "TRUE",
    "UNKNOWN",
    "AllOf",
    "AllOfKnown",
    "AnyOf",
    "AtMost",
    "Condition",
    "Constant",
    "ElapsedAtMost",
    "Flag",
    "HasValue",
    "IfElse",
    "Is",
    "IsKnown",
    "IsTrue",
    "Not",
    "OnTime",
]


@attrs.frozen(kw_only=True)
class Constant:
    """True, False or unknown, whatever the dossier."""

    value: bool | None


TRUE: Final = Constant(value=True)
FALSE: Final = Constant(value=False)
UNKNOWN: Final = Constant(value=None)


@attrs.frozen(kw_only=True)
class Flag:
    """What a column of true, false and unknown says."""

    column: Column


@attrs.frozen(kw_only=True)
class HasValue:
    """Whether a column has a value; never unknown itself."""

    column: Column


@attrs.frozen(kw_only=True)
class Is:
    """Whether a column holds a code; unknown where the column has no value."""

    column: Column
    code: str


@attrs.frozen(kw_only=True)
class AtMost:
    """Whether a moment is not later, or a number not larger, than another; unknown where one of them is."""

    term: Term
    limit: Term


@attrs.frozen(kw_only=True)
class ElapsedAtMost:
    """Whether from *start* to *end* no more hours elapse than some columns add up to; unknown where one is."""

    start: Column
    end: Term
    hours: tuple[Column, ...]


@attrs.frozen(kw_only=True)
class OnTime:
    """Whether the dossier is on time, or still within time: worked out once for all metrics."""

    definition: Condition


@attrs.frozen(kw_only=True)
class IsKnown:
    """Whether a condition is true or false; never unknown itself."""

    part: Condition


@attrs.frozen(kw_only=True)
class IsTrue:
    """Whether a condition holds; one that is unknown does not."""

    part: Condition


@attrs.frozen(kw_only=True)
class Not:
    """The opposite; unknown stays unknown."""

    part: Condition


@attrs.frozen(kw_only=True)
class AllOf:
    """Kleene's and: one False decides, else one unknown."""

    parts: tuple[Condition, ...]


@attrs.frozen(kw_only=True)
class AllOfKnown:
    """And where everything must be known: one unknown decides, else one False."""

    parts: tuple[Condition, ...]


@attrs.frozen(kw_only=True)
class AnyOf:
    """Kleene's or: one True decides, else one unknown."""

    parts: tuple[Condition, ...]


@attrs.frozen(kw_only=True)
class IfElse:
    """One condition where a first holds, else another; a first that is unknown does not hold."""

    condition: Condition
    then: Condition
    otherwise: Condition


Condition: TypeAlias = (
    Constant
    | Flag
    | HasValue
    | Is
    | AtMost
    | ElapsedAtMost
    | OnTime
    | IsKnown
    | IsTrue
    | Not
    | AllOf
    | AllOfKnown
    | AnyOf
    | IfElse
)
