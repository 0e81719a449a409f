"""What a capture of the portal says of units, as it stood at a moment."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal

import attrs

from onestop_core._public import gated
from onestop_core.errors import Problem, UnknownCodeError
from onestop_core.kpi.service_index.definitions import Level
from onestop_core.model import FrozenMap, aware
from onestop_core.model.words import plain_text
from onestop_core.text import Text
from onestop_core.text.safe import line

__all__ = ["MetricCapture", "Snapshot", "UnitCapture"]


@attrs.frozen(kw_only=True)
class MetricCapture:
    """One metric of a unit as it was published; None: not there, which is never 0."""

    id: str
    """Of the library, such as ``2.1``."""
    numerator: int | None = None
    denominator: int | None = None
    percent: Decimal | None = None
    """The ratio as published."""
    points: Decimal | None = None
    """As published."""


def _moment(value: object, what: str) -> datetime:
    return aware(value, what)


@attrs.frozen(kw_only=True, field_transformer=gated({str: plain_text, datetime: _moment}), repr=False)
class UnitCapture:
    """A unit as it was published."""

    code: str
    """By which units are matched: the portal's code, or its identifier where there is none."""
    name: str | None = None
    level: Level | None = None
    """None: the capture does not tell it."""
    total: Decimal | None = None
    """As published; None: unknown."""
    groups: FrozenMap[str, Decimal]
    """Points by the group's key; a group that is not there is unknown."""
    metrics: FrozenMap[str, MetricCapture]
    """By the id of the metric; what the capture does not have is not there."""
    captured_at: datetime | None = None
    """When it was recorded; None: not told."""

    def __repr__(self) -> str:
        return f"<UnitCapture {line(self.code)}: {self.total}>"


@attrs.frozen(kw_only=True, repr=False)
class Snapshot:
    """Units as they stood at a moment, and what in the captures does not fit together."""

    index: str
    """Edition of the index by which the fields were read."""
    year: int | None = None
    """The year of the figures; None: not told, or several."""
    first_at: datetime | None = None
    """The moment of the earliest capture in it; None: no moment is told."""
    last_at: datetime | None = None
    """The moment of the latest."""
    units: tuple[UnitCapture, ...] = ()
    """By code."""
    above: tuple[UnitCapture, ...] = ()
    """What the answers show above their lists: the whole country, or the province; not ranked."""
    told: tuple[Problem, ...] = ()
    """What a reader must know, by the code of the unit."""

    def __repr__(self) -> str:
        return f"<Snapshot {self.index}: {len(self.units)} units, {len(self.told)} told>"

    def unit(self, code: str) -> UnitCapture:
        """Return the unit of *code*, also one above the lists.

        Raises:
            UnknownCodeError: the snapshot has no such unit.
        """
        found = {each.code: each for each in (*self.above, *self.units)}
        if code not in found:
            raise UnknownCodeError.among(Text(vi="đơn vị", en="unit"), code, found)
        return found[code]
