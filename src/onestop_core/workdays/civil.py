"""The calendar of civil servants: the announced years, the predicted ones, and what was known on a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Final, Literal

from onestop_core.errors import CalendarCoverageError, InvalidValueError, UnknownCodeError
from onestop_core.model import plain_day
from onestop_core.text import Text, closest
from onestop_core.workdays.engine import Calendar
from onestop_core.workdays.official import announced_years, year
from onestop_core.workdays.prediction import predicted_rows
from onestop_core.workdays.values import DayKind, Row

__all__ = ["HORIZON", "calendar"]

HORIZON: Final = 2050
"""The last year predicted. The lunisolar tables reach 2100; but law has changed the days off three times in
fifteen years, and no procedure runs that long."""


def calendar(
    name: str = "vn-civil", *, as_of: date | None = None, predicted: Literal["allow", "refuse"] = "allow"
) -> Calendar:
    """Return the working calendar *name*: ``vn-civil``, civil servants of a Monday-to-Friday week.

    >>> calendar("vn-civil", as_of=date(2025, 12, 24)).is_workday(date(2026, 1, 2))
    True
    >>> calendar("vn-civil", as_of=date(2025, 12, 25)).is_workday(date(2026, 1, 2))  # announced that day
    False

    Args:
        name: Which calendar.
        as_of: The calendar as it stood on that day: only what had been announced, the rest predicted.
        predicted: ``refuse`` to raise for every day of a year that has not been announced.

    Raises:
        UnknownCodeError: there is no calendar of that name.
        InvalidValueError: *as_of* is not a plain date, or *predicted* is neither word.
    """
    if name != "vn-civil":
        kind = Text(vi="lịch", en="calendar")
        raise UnknownCodeError(kind=kind, value=str(name)[:80], suggestions=closest(str(name), ["vn-civil"]))
    if as_of is not None:
        # A plain date, whatever subclass asked: the calendar is shared with everybody who asks for that day.
        as_of = date.fromordinal(plain_day(as_of, "as_of").toordinal())
    if predicted not in ("allow", "refuse"):  # a tuple: what cannot be hashed is answered too
        raise InvalidValueError.of("predicted", predicted, vi="'allow' hoặc 'refuse'", en="'allow' or 'refuse'")
    return _civil(as_of, predicted)


@lru_cache(maxsize=64)  # calendars are values: the same question gives the same one, built once
def _civil(as_of: date | None, predicted: Literal["allow", "refuse"]) -> Calendar:
    source = _Civil(as_of)
    first, last = announced_years()[0], HORIZON
    if predicted == "refuse":
        last = first - 1
        while source.is_announced(last + 1):
            last += 1
        if last < first:
            start = date(first, 1, 1)
            raise CalendarCoverageError(calendar="vn-civil", day=start, first=start, last=start)
    return Calendar(name="vn-civil", source=source, first=first, last=last, as_of=as_of, predicted=predicted)


class _Civil:
    """The days of civil servants as known on a day."""

    def __init__(self, as_of: date | None) -> None:
        self._as_of = as_of
        self._rows: dict[int, tuple[Row, ...]] = {}

    def is_announced(self, number: int) -> bool:
        return number in announced_years() and (self._as_of is None or year(number).known_from <= self._as_of)

    def rows(self, number: int) -> tuple[Row, ...]:
        found = self._rows.get(number)
        if found is None:
            found = self._rows[number] = self._find(number)
        return found

    def _find(self, number: int) -> tuple[Row, ...]:
        known = year(number).known(self._as_of) if number in announced_years() else ()
        if self.is_announced(number):
            return known
        # The notice for the year was not out: expect what law and habit lead one to, and add what was announced early.
        rows = {row.date: row for row in predicted_rows(number, as_of=self._as_of)}
        rows.update((row.date, row) for row in known if row.kind in {DayKind.SWAP_OFF, DayKind.MAKEUP})
        return tuple(sorted(rows.values(), key=lambda row: row.date))
