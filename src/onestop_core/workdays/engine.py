"""The working calendar: which days count, forwards and backwards, by what was known when.

Built once as a prefix table (how many working days lie before each day) and the list of working days, so that
adding and counting are two look-ups. The announced years are built on first use; the predicted ones only when
a question reaches them.
"""

from __future__ import annotations

from datetime import date, timedelta
from threading import Lock
from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

from onestop_core.errors import CalendarCoverageError, InvalidValueError
from onestop_core.model import Interval, plain_day
from onestop_core.text import Text
from onestop_core.workdays.values import Certainty, Day, DayKind, Row

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Calendar", "Source"]


class Source(Protocol):
    """Where a calendar has its exceptions from."""

    def rows(self, number: int) -> tuple[Row, ...]:
        """Return the days of year *number* that differ from the plain week."""
        ...

    def is_announced(self, number: int) -> bool:
        """Return whether the days off of year *number* have been announced."""
        ...


_WEEKEND: Final = Text(vi="Ngày nghỉ hằng tuần", en="Weekend")
_WORKING: Final = Text(vi="Ngày làm việc", en="Working day")


class Calendar:
    """The working days of a five-day week, with every exception and its reason. Immutable; safe to share.

    Made by :func:`onestop_core.workdays.calendar`. Days are plain dates; a datetime is refused, since its day depends on the zone.
    """

    __slots__ = (
        "_base",
        "_days",
        "_first",
        "_last",
        "_lock",
        "_off",
        "_prefix",
        "_source",
        "as_of",
        "below",
        "decisions",
        "name",
        "predicted",
    )

    name: str
    as_of: date | None
    """The calendar as it stood on that day; None: with all that is known."""
    predicted: Literal["allow", "refuse"]
    """Whether days may be predicted that nobody has announced."""
    below: Calendar | None
    """The calendar over which local decisions were laid; None if there are none."""
    decisions: tuple[Mapping[str, Any], ...]
    """The local decisions laid over it."""
    _base: int
    _days: list[date]
    _first: int
    _last: int
    _lock: Lock
    _off: dict[date, Row]
    _prefix: list[int]
    _source: Source

    def __init__(
        self,
        *,
        name: str,
        source: Source,
        first: int,
        last: int,
        as_of: date | None,
        predicted: Literal["allow", "refuse"],
        below: Calendar | None = None,
        decisions: tuple[Mapping[str, Any], ...] = (),
    ) -> None:
        set_ = object.__setattr__
        set_(self, "name", name)
        set_(self, "as_of", as_of)
        set_(self, "predicted", predicted)
        set_(self, "below", below)
        set_(self, "decisions", decisions)
        set_(self, "_source", source)
        set_(self, "_first", first)
        set_(self, "_last", last)
        set_(self, "_base", date(first, 1, 1).toordinal())
        # _prefix[i]: working days before the day that lies i days after the first; one entry more than days.
        set_(self, "_prefix", [0])
        set_(self, "_days", [])
        set_(self, "_off", {})
        set_(self, "_lock", Lock())

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a calendar does not change; {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a calendar does not change; {name} cannot be deleted")

    def __copy__(self) -> Calendar:
        return self

    def __deepcopy__(self, memo: object) -> Calendar:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        raise TypeError("a calendar is not pickled: ask for it by name on the other side")

    def __repr__(self) -> str:
        as_of = f", as_of={self.as_of}" if self.as_of else ""
        return f"<Calendar {self.name}{as_of}: {self._first}-{self._last}>"

    @property
    def coverage(self) -> Interval:
        """The days for which the calendar answers, predicted ones included unless they are refused.

        >>> from onestop_core.workdays import calendar
        >>> calendar("vn-civil").coverage.first, calendar("vn-civil").coverage.last
        (datetime.date(2012, 1, 1), datetime.date(2050, 12, 31))
        """
        return Interval(first=date(self._first, 1, 1), last=date(self._last, 12, 31))

    @property
    def announced_until(self) -> date:
        """The last day of the last year whose days off have been announced, years before it included.

        >>> from onestop_core.workdays import calendar
        >>> calendar("vn-civil").announced_until
        datetime.date(2027, 12, 31)
        >>> calendar("vn-civil", as_of=date(2026, 10, 1)).announced_until
        datetime.date(2026, 12, 31)
        """
        number = self._first
        while number <= self._last and self._source.is_announced(number):
            number += 1
        return date(number, 1, 1) - timedelta(days=1)

    def is_workday(self, day: date) -> bool:
        """Return whether *day* is a working day.

        >>> from onestop_core.workdays import calendar
        >>> [calendar("vn-civil").is_workday(date(2026, 1, n)) for n in (1, 2, 10)]  # New Year, swapped, made up
        [False, False, True]

        Raises:
            InvalidValueError: *day* is not a plain date.
            CalendarCoverageError: the calendar does not cover *day*.
        """
        if type(day) is not date:
            day = plain_day(day, "day")
        index = day.toordinal() - self._base
        if index < 0:
            raise self._outside(day)
        try:
            return self._prefix[index] != self._prefix[index + 1]
        except IndexError:
            self._reach(day)
            return self.is_workday(day)

    def add(self, day: date, n: int) -> date:
        """Return the *n*-th working day strictly after *day*, or strictly before it for a negative *n*.

        Zero gives *day* itself, or the next working day if it is none.

        >>> from onestop_core.workdays import calendar
        >>> calendar("vn-civil").add(date(2026, 2, 12), 5)   # Thursday before Tết
        datetime.date(2026, 2, 26)
        >>> calendar("vn-civil").add(date(2026, 2, 26), -5)
        datetime.date(2026, 2, 12)
        >>> calendar("vn-civil").add(date(2026, 2, 14), 0)   # Saturday before Tết
        datetime.date(2026, 2, 23)

        Raises:
            InvalidValueError: *day* is not a plain date, or *n* not a whole number.
            CalendarCoverageError: *day* or the answer lies outside the coverage.
        """
        if type(day) is not date:
            day = plain_day(day, "day")
        if type(n) is not int:
            raise InvalidValueError.of("n", n, vi="số nguyên", en="a whole number")
        index = day.toordinal() - self._base
        if index < 0:
            raise self._outside(day)
        try:
            up_to = self._prefix[index + 1]  # read in any case: it proves that day itself is covered
            place = up_to + n - 1 if n > 0 else self._prefix[index] + n
            if place >= 0:
                return self._days[place]
        except IndexError:
            self._reach(day, n)
            return self.add(day, n)
        raise self._outside(date(self._first, 1, 1) - timedelta(days=1))

    def count(self, start: date, end: date) -> int:
        """Return how many working days lie after *start* up to and including *end*.

        When *end* is before *start*: minus the number of working days from *end* up to, not including, *start*;
        so that ``count(d, add(d, n)) == n`` for every *n* but zero.

        >>> from onestop_core.workdays import calendar
        >>> calendar("vn-civil").count(date(2026, 2, 12), date(2026, 2, 26))
        5
        >>> calendar("vn-civil").count(date(2026, 2, 26), date(2026, 2, 12))
        -5

        Raises:
            InvalidValueError: *start* or *end* is not a plain date.
            CalendarCoverageError: the calendar does not cover one of them.
        """
        if type(start) is not date:
            start = plain_day(start, "start")
        if type(end) is not date:
            end = plain_day(end, "end")
        left, right = start.toordinal() - self._base, end.toordinal() - self._base
        if left < 0 or right < 0:
            raise self._outside(min(start, end))
        try:
            up_to = self._prefix[left + 1]  # read in any case: it proves that start is covered
            if left <= right:
                return self._prefix[right + 1] - up_to
            return self._prefix[right] - self._prefix[left]
        except IndexError:
            self._reach(max(start, end))
            return self.count(start, end)

    def next(self, day: date) -> date:
        """Return the first working day strictly after *day*.

        >>> from onestop_core.workdays import calendar
        >>> calendar("vn-civil").next(date(2026, 2, 13))
        datetime.date(2026, 2, 23)
        """
        return self.add(day, 1)

    def previous(self, day: date) -> date:
        """Return the last working day strictly before *day*.

        >>> from onestop_core.workdays import calendar
        >>> calendar("vn-civil").previous(date(2026, 2, 23))
        datetime.date(2026, 2, 13)
        """
        return self.add(day, -1)

    def day(self, day: date) -> Day:
        """Return what *day* is, and why.

        >>> from onestop_core.workdays import calendar
        >>> tet = calendar("vn-civil").day(date(2026, 2, 17))
        >>> tet.is_workday, tet.kind.value, tet.name.vi, tet.announced_on
        (False, 'tet', 'Tết Nguyên đán (2/5)', datetime.date(2025, 10, 13))

        Raises:
            InvalidValueError: *day* is not a plain date.
            CalendarCoverageError: the calendar does not cover *day*.
        """
        works = self.is_workday(day)
        row = self._off.get(day)
        if row is not None:
            return Day(
                date=row.date,
                is_workday=works,
                kind=row.kind,
                name=row.name,
                basis=row.basis,
                announced_on=row.announced_on,
                certainty=row.certainty,
                replaces=row.replaces,
                note=row.note,
            )
        announced = self._source.is_announced(day.year)
        return Day(
            date=date.fromordinal(day.toordinal()),  # a plain date, whatever subclass asked
            is_workday=works,
            kind=DayKind.WORKING if works else DayKind.WEEKEND,
            name=_WORKING if works else _WEEKEND,
            basis=None,
            announced_on=None,
            certainty=Certainty.ANNOUNCED if announced else Certainty.PREDICTED,
        )

    def rows(self, year: int) -> tuple[Row, ...]:
        """Return the days of *year* that differ from the plain week, by date.

        Raises:
            CalendarCoverageError: the calendar does not cover the year.
        """
        if type(year) is not int:
            raise InvalidValueError.of("year", year, vi="số nguyên", en="a whole number")
        if not self._first <= year <= self._last:
            raise self._outside(date(min(max(year, 1), 9999), 1, 1))
        return self._source.rows(year)

    def with_decisions(self, decisions: Iterable[Mapping[str, Any]] | Mapping[str, Any]) -> Calendar:
        """Return this calendar with the days that local decisions add, move or open.

        See :func:`onestop_core.workdays.decide` for the document and the precedence.

        Raises:
            InvalidDocumentError: a decision breaks the schema, or contradicts another one or itself.
        """
        from onestop_core.workdays.decisions import decide  # noqa: PLC0415 - it makes calendars itself

        return decide(self, decisions)

    def _outside(self, day: date) -> CalendarCoverageError:
        coverage = self.coverage
        assert coverage.first is not None
        assert coverage.last is not None
        return CalendarCoverageError(calendar=self.name, day=day, first=coverage.first, last=coverage.last)

    def _reach(self, day: date, n: int = 0) -> None:
        """Build the table far enough for *day*, or for *n* working days after it.

        Raises:
            CalendarCoverageError: the coverage ends before.
        """
        built = date.fromordinal(self._base + len(self._prefix) - 2) if len(self._prefix) > 1 else None
        if built is not None and built.year >= self._last:
            end = date(self._last, 12, 31)
            raise self._outside(day if day > end else end + timedelta(days=1))
        # The first build takes the announced years at once; later ones go year by year.
        wanted = day.year + n // 240 if built is not None else max(day.year, self._announced_last())
        with self._lock:
            self._extend(min(max(wanted, (built.year + 1) if built else self._first), self._last))

    def _announced_last(self) -> int:
        number = self._first
        while number < self._last and self._source.is_announced(number + 1):
            number += 1
        return number

    def _extend(self, last: int) -> None:
        prefix, days, off = list(self._prefix), list(self._days), dict(self._off)
        position = self._base + len(prefix) - 1
        first = date.fromordinal(position).year
        for number in range(first, last + 1):
            off.update((row.date, row) for row in self._source.rows(number))
        end = date(last, 12, 31).toordinal()
        weekday = (position + 6) % 7
        total = prefix[-1]
        special = {row.date.toordinal(): row.kind.works for row in off.values()}
        for ordinal in range(position, end + 1):
            if special.get(ordinal, weekday < 5):
                total += 1
                days.append(date.fromordinal(ordinal))
            prefix.append(total)
            weekday = 0 if weekday == 6 else weekday + 1
        set_ = object.__setattr__
        # A reader between two of these sees at worst a shorter list, and comes back here.
        set_(self, "_off", off)
        set_(self, "_days", days)
        set_(self, "_prefix", prefix)
