"""The working calendar: which days count, forwards and backwards, by what was known when.

It looks things up in the table of the years that it covers (:mod:`~onestop_core.workdays.prefix_table`), built on first use.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache, partial
from operator import methodcaller
from typing import TYPE_CHECKING, Any, Final, Literal, cast

from onestop_core.errors import InvalidValueError
from onestop_core.model import FrozenMap, Interval, plain_day, thaw
from onestop_core.text import Text
from onestop_core.workdays.local_decisions import Decision, LocalDays, lay_over, read_decisions
from onestop_core.workdays.prefix_table import BUILDING, CoveredYears, Source
from onestop_core.workdays.values import Certainty, Day, DayKind, Row

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

__all__ = ["Calendar", "a_calendar"]

_WEEKEND: Final = Text(vi="Ngày nghỉ hằng tuần", en="Weekend")
_WORKING: Final = Text(vi="Ngày làm việc", en="Working day")


class Calendar:
    """The working days of a five-day week, with every exception and its reason. A value; safe to share.

    Made by :func:`onestop_core.workdays.calendar`. Days are plain dates; a datetime is refused, since its day depends
    on the zone. Equal to a calendar of the same name, day of knowledge, view of predictions and decisions. Pickled by
    just these, so that the other side has the instance that it shares with everybody there.
    """

    __slots__ = ("_origin", "_years", "as_of", "below", "decisions", "name", "predicted")

    name: str
    as_of: date | None
    """The calendar as it stood on that day; None: with all that is known."""
    predicted: Literal["allow", "refuse"]
    """Whether days may be predicted that nobody has announced."""
    below: Calendar | None
    """The calendar over which local decisions were laid; None if there are none."""
    decisions: tuple[FrozenMap[str, Any], ...]
    """The local decisions laid over it; :func:`onestop_core.model.thaw` makes JSON types of them again."""
    _origin: Callable[[], Calendar]
    _years: CoveredYears

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
        decisions: tuple[FrozenMap[str, Any], ...] = (),
        origin: Callable[[], Calendar] | None = None,
    ) -> None:
        if not isinstance(cast("object", name), str):
            raise InvalidValueError.of("name", name, vi="tên lịch, dạng chữ", en="the name of a calendar, as text")
        if not all(callable(getattr(type(source), each, None)) for each in ("rows", "known_from")):
            raise InvalidValueError.of(
                "source", source, vi="nguồn có rows và known_from", en="a source with rows and known_from"
            )
        # Not from year 1 on: the day before the first one must be a day as well.
        if not (type(first) is type(last) is int and 1 < first <= last <= 9999):
            raise InvalidValueError.of("last", last, vi="năm từ năm đầu đến 9999", en="a year from the first to 9999")
        if type(decisions) is not tuple or not all(type(each) is FrozenMap for each in decisions):
            raise InvalidValueError.of("decisions", decisions, vi="các FrozenMap", en="a tuple of FrozenMap")
        if type(predicted) is not str or predicted not in {"allow", "refuse"}:
            raise InvalidValueError.one_of("predicted", predicted, ("allow", "refuse"))
        set_ = object.__setattr__
        set_(self, "name", name)
        set_(self, "as_of", None if as_of is None else plain_day(as_of, "as_of"))
        set_(self, "predicted", predicted)
        set_(self, "below", None if below is None else a_calendar(below, "below"))
        set_(self, "decisions", decisions)
        set_(self, "_years", CoveredYears(name, source, first, last))
        # What a pickle calls on the other side; by default the class itself, with the same source.
        again = partial(Calendar, name=name, source=source, first=first, last=last, as_of=as_of, predicted=predicted)
        set_(self, "_origin", origin or again)

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a calendar does not change; {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a calendar does not change; {name} cannot be deleted")

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        return self._said() == other._said() if isinstance(other, Calendar) else NotImplemented

    def __hash__(self) -> int:
        return hash((self.name, self.as_of, self.predicted))

    def _said(self) -> tuple[object, ...]:
        # What two calendars must agree on: everything else follows from it.
        years = self._years
        ground = years.source if self.below is None else self.below
        return self.name, self.as_of, self.predicted, years.first, years.last, self.decisions, ground

    def __copy__(self) -> Calendar:
        return self

    def __deepcopy__(self, memo: object) -> Calendar:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        if self.below is None:
            return self._origin, ()
        return methodcaller("with_decisions", [thaw(each) for each in self.decisions]), (self.below,)

    def __repr__(self) -> str:
        as_of = f", as_of={self.as_of}" if self.as_of else ""
        name = self.name if len(self.name) <= 60 else f"{self.name[:60]}…"
        return f"<Calendar {name}{as_of}: {self._years.first}-{self._years.last}>"

    @property
    def coverage(self) -> Interval:
        """The days for which the calendar answers, predicted ones included unless they are refused.

        >>> from onestop_core.workdays import calendar
        >>> calendar("vn-civil").coverage.first, calendar("vn-civil").coverage.last
        (datetime.date(2012, 1, 1), datetime.date(2050, 12, 31))
        """
        return Interval(first=date(self._years.first, 1, 1), last=date(self._years.last, 12, 31))

    @property
    def announced_until(self) -> date:
        """The last day of the last year whose days off have been announced, years before it included.

        >>> from datetime import date
        >>> from onestop_core.workdays import calendar
        >>> calendar("vn-civil").announced_until
        datetime.date(2027, 12, 31)
        >>> calendar("vn-civil", as_of=date(2026, 10, 1)).announced_until
        datetime.date(2026, 12, 31)
        """
        return self._years.announced_until

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
        years = self._years
        index = day.toordinal() - years.base
        if index < 0:
            raise years.outside(day)
        table = years.table
        try:
            return table.prefix[index] != table.prefix[index + 1]
        except IndexError:
            years.reach(table, day)
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
        years = self._years
        index = day.toordinal() - years.base
        if index < 0:
            raise years.outside(day)
        table = years.table
        try:
            up_to = table.prefix[index + 1]  # read in any case: it proves that day itself is covered
            place = up_to + n - 1 if n > 0 else table.prefix[index] + n
            if place >= 0:
                return table.days[place]
        except IndexError:
            years.reach(table, day, n)
            return self.add(day, n)
        raise years.outside(date(years.first, 1, 1) - timedelta(days=1))

    def count(self, after: date, through: date) -> int:
        """Return how many working days lie after *after*, up to and including *through*.

        When *through* is before *after*: minus the number of working days from *through* up to, not including,
        *after*; so that ``count(d, add(d, n)) == n`` for every *n* but zero.

        >>> from onestop_core.workdays import calendar
        >>> calendar("vn-civil").count(date(2026, 2, 12), date(2026, 2, 26))
        5
        >>> calendar("vn-civil").count(date(2026, 2, 26), date(2026, 2, 12))
        -5

        Raises:
            InvalidValueError: *after* or *through* is not a plain date.
            CalendarCoverageError: the calendar does not cover one of them.
        """
        if type(after) is not date:
            after = plain_day(after, "after")
        if type(through) is not date:
            through = plain_day(through, "through")
        years = self._years
        left, right = after.toordinal() - years.base, through.toordinal() - years.base
        if left < 0 or right < 0:
            raise years.outside(min(after, through))
        table = years.table
        prefix = table.prefix
        try:
            up_to = prefix[left + 1]  # read in any case: it proves that the day itself is covered
            if left <= right:
                return prefix[right + 1] - up_to
            return prefix[right] - prefix[left]
        except IndexError:
            years.reach(table, max(after, through))
            return self.count(after, through)

    def next(self, day: date) -> date:
        """Return the first working day strictly after *day*.

        >>> from onestop_core.workdays import calendar
        >>> calendar("vn-civil").next(date(2026, 2, 13))
        datetime.date(2026, 2, 23)

        Raises:
            InvalidValueError: *day* is not a plain date.
            CalendarCoverageError: *day* or the answer lies outside the coverage.
        """
        return self.add(day, 1)

    def previous(self, day: date) -> date:
        """Return the last working day strictly before *day*.

        >>> from onestop_core.workdays import calendar
        >>> calendar("vn-civil").previous(date(2026, 2, 23))
        datetime.date(2026, 2, 13)

        Raises:
            InvalidValueError: *day* is not a plain date.
            CalendarCoverageError: *day* or the answer lies outside the coverage.
        """
        return self.add(day, -1)

    def day(self, day: date) -> Day:
        """Return what *day* is, and why.

        >>> from onestop_core.workdays import calendar
        >>> tet = calendar("vn-civil").day(date(2026, 2, 17))
        >>> tet.is_workday, tet.kind.value, tet.name.vi, tet.announced_on
        (False, 'tet', 'Tết Nguyên đán (ngày thứ 2 trong 5 ngày)', datetime.date(2025, 10, 13))

        Raises:
            InvalidValueError: *day* is not a plain date.
            CalendarCoverageError: the calendar does not cover *day*.
        """
        works = self.is_workday(day)
        row = self._years.table.rows.get(day)
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
        announced = self._years.source.known_from(day.year) is not None
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
            InvalidValueError: *year* is not a whole number.
            CalendarCoverageError: the calendar does not cover the year.
        """
        return self._years.source.rows(self._years.covered(year))

    def known_from(self, year: int) -> date | None:
        """Return from which day on the days off of *year* count as announced; None while they are predicted.

        It is the day of the notice for the year; where no source tells it, 1 January of the year stands for it.

        >>> from onestop_core.workdays import calendar
        >>> calendar("vn-civil").known_from(2026), calendar("vn-civil").known_from(2030)
        (datetime.date(2025, 10, 13), None)

        Raises:
            InvalidValueError: *year* is not a whole number.
            CalendarCoverageError: the calendar does not cover the year.
        """
        return self._years.source.known_from(self._years.covered(year))

    def with_decisions(self, decisions: Iterable[Mapping[str, Any]] | Mapping[str, Any]) -> Calendar:
        """Return this calendar with the working days that local *decisions* take away or add.

        A decision is a document of the schema ``calendar``, kind ``local``. Those announced after the day as of
        which the calendar stands are left out. A calendar remembers its decisions: one laid over it later must
        get on with them just as if all had been given at once; the same one again changes nothing.

        >>> from onestop_core.workdays import calendar
        >>> local = calendar("vn-civil").with_decisions({
        ...     "schema_version": "1.0", "kind": "local", "id": "H26-2026-01", "territory": "H26",
        ...     "issuer": {"vi": "UBND thành phố", "en": "City People's Committee"}, "announced_on": "2026-09-01",
        ...     "bases": {"d": {"instrument": "Quyết định 1/QĐ-UBND", "firmness": "read"}},
        ...     "days_off": [{"date": "2026-10-09", "kind": "local_off", "basis": "d",
        ...         "name": {"vi": "Nghỉ chuyển trụ sở", "en": "Closed for a move"}}]})
        >>> local.name, local.is_workday(date(2026, 10, 9)), local.day(date(2026, 10, 9)).name.en
        ('vn-civil+H26-2026-01', False, 'Closed for a move')

        Raises:
            InvalidValueError: what is given is neither a decision nor several.
            InvalidDocumentError: a decision breaks the schema, speaks of a day outside the coverage, makes up
                for a day that is worked or of the weekend, supersedes one that is not there, or contradicts another.
        """
        given = tuple(each for each in read_decisions(decisions) if each.document not in self.decisions)
        with BUILDING:  # threads with the same question share the answer
            return _laid_over(self, given) if given else self


@lru_cache(maxsize=32)
def _laid_over(calendar: Calendar, given: tuple[Decision, ...]) -> Calendar:
    base = calendar.below or calendar
    rows, documents = lay_over(base, calendar.decisions, given)
    if documents == calendar.decisions:
        return calendar
    coverage = base.coverage
    assert coverage.first is not None
    assert coverage.last is not None
    return Calendar(
        name="+".join([base.name, *(document["id"] for document in documents)]),
        source=LocalDays(below=base, local=rows),
        first=coverage.first.year,
        last=coverage.last.year,
        as_of=base.as_of,
        predicted=base.predicted,
        below=base,
        decisions=documents,
    )


def a_calendar(value: object, what: str = "calendar") -> Calendar:
    """Return *value*, a calendar.

    Raises:
        InvalidValueError: it is none.
    """
    if not isinstance(value, Calendar):
        raise InvalidValueError.of(
            what,
            value,
            vi="lịch làm việc, như `workdays.calendar()` trả về",
            en="a calendar, as workdays.calendar() gives",
        )
    return value
