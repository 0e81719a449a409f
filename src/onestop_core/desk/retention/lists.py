"""The lists of who keeps files: to hand over, to keep back, to review for destruction, and what has no known period."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.deadlines import due
from onestop_core.desk.retention.files import KeptFile
from onestop_core.desk.retention.reviewing import Review, ReviewKind, YearReading, review_on
from onestop_core.desk.retention.table import RetentionTable, retention_table
from onestop_core.errors import CalendarCoverageError
from onestop_core.model import HO_CHI_MINH, Basis, plain_day
from onestop_core.model.series import each_of, instance
from onestop_core.text import Text, day_text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop_core.deadlines.terms.values import WorkingCalendar
    from onestop_core.model import TimeLimit

__all__ = ["KeepingLists", "ToHandOver", "keeping_lists"]

_SETTLED: Final = "settled"


@attrs.frozen(kw_only=True)
class ToHandOver:
    """A file that must go to the body's archive, or that was let stay for a while."""

    file: str
    due_on: date
    """The last day; of one that is kept back, the day of which the consent lets it stay until another."""
    kept_back_until: date | None = None
    too_long: bool = False
    """Whether the consent lets it stay longer than the law does."""
    late: bool = False
    basis: tuple[Basis, ...] = ()

    @property
    def text(self) -> Text:
        """The row in words."""
        day = day_text(self.due_on if self.kept_back_until is None else self.kept_back_until)
        if self.kept_back_until is not None:
            more = (
                Text(vi=", quá thời gian được giữ lại", en=", longer than the law lets it") if self.too_long else _NONE
            )
            return Text(vi=f"giữ lại đến ngày {day.vi}{more.vi}", en=f"kept back until {day.en}{more.en}")
        late = Text(vi=", đã quá hạn", en=", late") if self.late else _NONE
        return Text(vi=f"nộp lưu trữ trước hết ngày {day.vi}{late.vi}", en=f"hand over by {day.en}{late.en}")


_NONE: Final = Text(vi="", en="")


@attrs.frozen(kw_only=True)
class KeepingLists:
    """What is to be done with files, as it stands on a day."""

    on: date
    hand_over: tuple[ToHandOver, ...]
    """Kept long enough that they must be handed over, and not handed over yet; the first due first."""
    kept_back: tuple[ToHandOver, ...]
    """Let stay by written consent."""
    review: tuple[Review, ...]
    """Whose period is over: to be reviewed, which decides nothing yet."""
    unknown: tuple[Review, ...]
    """Whose period is not known, and which never come up."""


def keeping_lists(
    files: Iterable[KeptFile],
    *,
    on: date,
    calendar: WorkingCalendar,
    table: RetentionTable | None = None,
    reading: YearReading | str = YearReading.AFTER_FULL_YEARS,
) -> KeepingLists:
    """Return what is to be done with *files* as it stands *on* a day.

    >>> from datetime import date
    >>> from onestop_core import workdays
    >>> contract = KeptFile(id="1", subject="certified_contract", outcome="done", ended_on=date(2026, 3, 2),
    ...     days={"certified": date(2026, 3, 2)})
    >>> found = keeping_lists([contract], on=date(2026, 11, 26), calendar=workdays.calendar("vn-civil"))
    >>> [row.text.en for row in found.hand_over], found.review
    (['hand over by 2027-03-02'], ())

    Args:
        files: The files.
        on: The day of looking.
        calendar: Which days count, where a last day is a day off; a last day that it does not reach stays where it is.
        table: The periods; left out, those that ship.
        reading: How a period that counts from a year ends.

    Raises:
        InvalidValueError: an argument of another type.
        CalendarCoverageError: a table of your own counts working days that the calendar does not reach.
    """
    day = plain_day(on, "on")
    rows = retention_table() if table is None else instance(table, RetentionTable, "table")
    pairs = [(file, review_on(file, table=rows, reading=reading)) for file in each_of(files, KeptFile, "files")]
    moves = [
        _to_hand_over(file, day, rows, calendar)
        for file, review in pairs
        if file.handed_over_on is None and _must_go(review, rows)
    ]
    known = sorted((row for row in moves if row is not None), key=lambda row: row.due_on)
    over = [review for _, review in pairs if review.on is not None and review.on <= day]
    return KeepingLists(
        on=day,
        hand_over=tuple(row for row in known if row.kept_back_until is None),
        kept_back=tuple(row for row in known if row.kept_back_until is not None),
        review=tuple(sorted(over, key=lambda row: row.on or day)),
        unknown=tuple(review for _, review in pairs if review.kind is ReviewKind.UNKNOWN),
    )


def _must_go(review: Review, table: RetentionTable) -> bool:
    if review.kind is ReviewKind.PERMANENT:
        return True
    # What has no known period may have a long one; it is listed apart, and nobody is told that it is late.
    least = 0 if table.handed_over_from_years is None else table.handed_over_from_years.value
    return review.kind is ReviewKind.FROM_A_DAY and (review.years or 0) >= least


def _to_hand_over(file: KeptFile, day: date, table: RetentionTable, calendar: WorkingCalendar) -> ToHandOver | None:
    limit = table.limits.get("hand_over_construction" if file.construction else "hand_over")
    since = file.days.get(_SETTLED) if file.construction else file.ended_on
    if limit is None or since is None:
        return None
    last = _last_day(since, limit.limit, calendar)
    basis = [limit.basis, *(() if table.handed_over_from_years is None else (table.handed_over_from_years.basis,))]
    until, too_long = file.kept_back_until, False
    if until is not None and (most := table.limits.get("keep_back")) is not None:
        too_long = until > _last_day(last, most.limit, calendar)
        basis.append(most.basis)
    return ToHandOver(
        file=file.id,
        due_on=last,
        kept_back_until=until,
        too_long=too_long,
        late=day > (last if until is None else until),
        basis=tuple(basis),
    )


def _last_day(day: date, limit: TimeLimit, calendar: WorkingCalendar) -> date:
    end = datetime.combine(day, time(23, 59), HO_CHI_MINH)
    try:
        return due(end, limit, calendar=calendar).at.date()
    except CalendarCoverageError:
        # Files are older than any calendar, and one of them must not hide the others.
        return due(end, limit, calendar=calendar, end_on_day_off="none").at.date()
