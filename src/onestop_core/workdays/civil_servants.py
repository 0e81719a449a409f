"""The calendar of civil servants: the announced years, the predicted ones, and what was known on a day."""

from __future__ import annotations

from datetime import date
from functools import lru_cache, partial
from threading import RLock
from typing import Final, Literal, cast

import attrs

from onestop_core.errors import CalendarCoverageError, InvalidValueError, UnknownCodeError
from onestop_core.model import plain_day
from onestop_core.text import Text
from onestop_core.workdays.announced_years import announced_years, year
from onestop_core.workdays.predicted_years import predicted_rows
from onestop_core.workdays.values import DayKind, Row
from onestop_core.workdays.working_calendar import Calendar

__all__ = ["HORIZON", "calendar", "warm"]

HORIZON: Final = 2050
"""The last year predicted. The lunisolar tables reach 2100; but law has changed the days off three times in
fifteen years, and no procedure runs that long."""

_NAME: Final = "vn-civil"
_ASKING: Final = RLock()


def calendar(
    name: str = _NAME, *, as_of: date | None = None, predicted: Literal["allow", "refuse"] = "allow"
) -> Calendar:
    """Return the working calendar *name*: ``vn-civil``, civil servants of a Monday-to-Friday week.

    Everybody who asks the same, in whatever thread, shares one calendar.

    >>> from datetime import date
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
        CalendarCoverageError: *predicted* is ``refuse``, and by *as_of* nothing had been announced.
    """
    # Of a subclass the letters are asked, not what it makes of them.
    asked = str.__str__(name) if isinstance(cast("object", name), str) else name
    if type(asked) is not str or asked != _NAME:
        raise UnknownCodeError.among(Text(vi="lịch", en="calendar"), asked, [_NAME])
    if as_of is not None:
        # A plain date, whatever subclass asked: the calendar is shared with everybody who asks for that day.
        as_of = plain_day(as_of, "as_of")
    if type(predicted) is not str or predicted not in {"allow", "refuse"}:
        raise InvalidValueError.one_of("predicted", predicted, ("allow", "refuse"))
    with _ASKING:  # two threads that ask first would make two
        return _civil(as_of, predicted)


def warm() -> None:
    """Build every year of the calendar ahead of time, the predicted ones included, so that no first question waits.

    For servers, before they take requests. A calendar *as of* a day or with decisions builds itself when it is asked.

    >>> warm()
    """
    calendar().is_workday(date(HORIZON, 12, 31))


@lru_cache(maxsize=64)
def _civil(as_of: date | None, predicted: Literal["allow", "refuse"]) -> Calendar:
    source = _CivilDays(as_of=as_of)
    first, last = announced_years()[0], HORIZON
    if predicted == "refuse":
        last = first - 1
        while source.known_from(last + 1) is not None:
            last += 1
        if last < first:
            start = date(first, 1, 1)
            raise CalendarCoverageError(calendar=_NAME, day=start, first=start, last=start)
    return Calendar(
        name=_NAME,
        source=source,
        first=first,
        last=last,
        as_of=as_of,
        predicted=predicted,
        origin=partial(calendar, _NAME, as_of=as_of, predicted=predicted),
    )


@attrs.frozen(kw_only=True)
class _CivilDays:
    """The days of civil servants as known on a day: a :class:`~onestop_core.workdays.prefix_table.Source`."""

    as_of: date | None

    def known_from(self, number: int, /) -> date | None:
        """Return the day of the notice for year *number*, if it was out."""
        known_from = year(number).known_from if number in announced_years() else None
        return None if known_from is None or (self.as_of is not None and self.as_of < known_from) else known_from

    def rows(self, number: int, /) -> tuple[Row, ...]:
        """Return the days of year *number* that differ from the plain week."""
        known = year(number).known(self.as_of) if number in announced_years() else ()
        if self.known_from(number) is not None:
            return known
        # The notice for the year was not out: expect what law and habit lead one to, and add what was announced early.
        rows = {row.date: row for row in predicted_rows(number, as_of=self.as_of)}
        rows.update((row.date, row) for row in known if row.kind in {DayKind.SWAP_OFF, DayKind.MAKEUP})
        return tuple(sorted(rows.values(), key=lambda row: row.date))
