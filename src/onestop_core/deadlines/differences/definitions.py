"""What is known to make another system come to another day: mistakes, and conventions of offices, as cited data."""

from __future__ import annotations

import enum
from typing import Final

import attrs

from onestop_core.model import Basis
from onestop_core.rules.editions import Editions
from onestop_core.text import Text

__all__ = ["About", "DifferenceKind", "KnownDifference", "known_differences"]


class About(enum.StrEnum):
    """What a difference is about."""

    CALENDAR = "calendar"
    LIMIT = "limit"
    RECEIPT = "receipt"
    WAIT = "wait"
    HOUR = "hour"
    """It moves the hour of the due day, not the day."""


class DifferenceKind(enum.StrEnum):
    """Whether anybody could want to count so."""

    MISTAKE = "mistake"
    CONVENTION = "convention"
    """An office chose it; no law says so."""


@attrs.frozen(kw_only=True)
class KnownDifference:
    """One way of counting that leads to another day or hour."""

    code: str
    name: Text
    about: About
    kind: DifferenceKind
    basis: Basis
    """Where it was seen."""


@attrs.frozen(kw_only=True)
class _Table:
    id: str
    title: Text
    differences: tuple[KnownDifference, ...]


_TABLES: Final = Editions(
    "vn/differences",
    kind=_Table,
    what=Text(vi="bảng khác biệt", en="table of differences"),
    schema="known-differences",
)


def known_differences() -> tuple[KnownDifference, ...]:
    """Return every difference that is known, the likeliest of its kind first.

    >>> known_differences()[0].code, known_differences()[0].kind.value
    ('makeup_saturday_missing', 'mistake')
    """
    return _TABLES.pinned("vn-differences").differences
