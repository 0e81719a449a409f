"""What a calendar says of a day."""

from __future__ import annotations

import datetime as dt
import enum

import attrs

from onestop_core.model import Basis
from onestop_core.text import Text

__all__ = ["Certainty", "Day", "DayKind", "Row"]


class Certainty(enum.StrEnum):
    """Whether somebody with the power to do so has announced the day."""

    ANNOUNCED = "announced"
    PREDICTED = "predicted"
    """Follows from the law and the pattern of past announcements; an announcement may still change it."""


class DayKind(enum.StrEnum):
    """What kind of day it is; the codes of ``schemas/calendar.schema.json``."""

    WORKING = "working"
    WEEKEND = "weekend"
    HOLIDAY = "holiday"
    """A public holiday of the Labour Code or a resolution, art. 112(1) of the code of 2019."""
    TET = "tet"
    """One of the days of Tết that the Prime Minister fixes each year."""
    DAY_IN_LIEU = "day_in_lieu"
    """A working day off because a holiday fell on a weekend (nghỉ bù)."""
    SWAP_OFF = "swap_off"
    """A working day off, made up for on a Saturday (hoán đổi)."""
    MAKEUP = "makeup"
    """A Saturday worked for a day swapped off (làm bù)."""
    LOCAL_OFF = "local_off"
    """A day off by a local decision."""
    LOCAL_WORKING = "local_working"
    """A working day by a local decision."""

    @property
    def works(self) -> bool:
        """Whether a day of this kind is a working day."""
        return self in _WORKING


_WORKING = frozenset({DayKind.WORKING, DayKind.MAKEUP, DayKind.LOCAL_WORKING})


@attrs.frozen(kw_only=True)
class Row:
    """A day that differs from the plain week, as a calendar document lists it."""

    date: dt.date
    kind: DayKind
    name: Text
    basis: Basis
    occasion: str | None = None
    """The holiday behind it: new_year, tet, hung_kings, victory, labour, national, culture."""
    replaces: dt.date | None = None
    """Of a make-up working day: the day off that it makes up for."""
    announced_on: dt.date | None = None
    """The day of the announcement, where a source tells it."""
    known_from: dt.date | None = None
    """From when it counts as known to a calendar "as of" some day; None for what follows from the law itself."""
    certainty: Certainty = Certainty.ANNOUNCED
    note: Text | None = None
    """What is open about it."""


@attrs.frozen(kw_only=True)
class Day:
    """One day of a calendar, with the reason for what it is."""

    date: dt.date
    is_workday: bool
    kind: DayKind
    name: Text
    basis: Basis | None
    """None for the plain week: no provision is needed to work on a Tuesday."""
    announced_on: dt.date | None
    """The day of the announcement, where there was one and a source tells its day."""
    certainty: Certainty
    replaces: dt.date | None = None
    """Of a make-up working day: the day off that it makes up for."""
    note: Text | None = None
