"""The lists: who is overdue, due soon, waiting, at the end; each one definition with several readings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.deadlines.lists.case_row import CaseRow
from onestop_core.deadlines.lists.conditions import AllOf, AnyOf, Compared, Condition, Empty, InPhase, Sign
from onestop_core.deadlines.lists.evaluate import holds
from onestop_core.deadlines.lists.sql import Dialect, sql_of
from onestop_core.deadlines.lists.words import words_of
from onestop_core.deadlines.terms.values import StatusCode
from onestop_core.errors import InvalidValueError
from onestop_core.model import HO_CHI_MINH, Phase, aware
from onestop_core.model.amounts import whole_number
from onestop_core.model.series import each_of
from onestop_core.text import Text, moment_text, padded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from onestop_core.deadlines.terms.values import WorkingCalendar

__all__ = [
    "Listing",
    "due_before",
    "due_today",
    "due_within",
    "finished",
    "finished_late",
    "in_progress",
    "not_started",
    "overdue",
    "waiting",
    "with_status",
    "without_event_since",
]

_MOST_DAYS: Final = 10_000
_DUE: Final = "due_at"
_RUNS: Final = InPhase(phases=(Phase.RUNNING,))
_IN_PROGRESS: Final = InPhase(phases=(Phase.RUNNING, Phase.PAUSED))
_STOPPED: Final = InPhase(phases=(Phase.STOPPED,))


@attrs.frozen(kw_only=True)
class Listing:
    """Which dossiers stand in a list: one definition, read in Python, as SQL, in words and for data frames.

    >>> from datetime import datetime
    >>> late = overdue(datetime.fromisoformat("2026-03-10T09:00+07:00"))
    >>> print(late.sql("sqlite"))
    (phase IN ('running', 'paused') AND due_at < '2026-03-10T02:00:00.000000+00:00' AND changed_at <= '2026-03-10T02:00:00.000000+00:00')
    >>> print(late.text)
    (the time runs or the time stands still) and the moment in force is before 2026-03-10 09:00 and the last event is not later than 2026-03-10 09:00
    """

    name: Text
    """What stands over the list."""
    condition: Condition

    @property
    def text(self) -> Text:
        """The definition in words."""
        return words_of(self.condition)

    def matches(self, row: CaseRow) -> bool:
        """Return whether *row* stands in the list.

        Raises:
            InvalidValueError: something else in place of a row.
        """
        return holds(self.condition, row) is True

    def of(self, rows: Iterable[CaseRow]) -> Iterator[CaseRow]:
        """Yield the rows that stand in the list, in their order.

        Raises:
            InvalidValueError: an item is not a row.
        """
        return filter(self.matches, each_of(rows, CaseRow, "rows"))

    def sql(self, dialect: Dialect | str) -> str:
        """Return the definition for a WHERE over a table of rows, as ``create_table`` makes it.

        It is true, false or unknown as SQL is, and holds nothing that came from outside, so that it can be joined with
        conditions of your own.

        Raises:
            InvalidValueError: an unknown dialect.
        """
        return sql_of(self.condition, Dialect.of(dialect, "dialect"))


def overdue(now: datetime) -> Listing:
    """Return the dossiers in progress whose moment in force has passed at *now*.

    What waits is none of them, unless the moment had passed when the wait began.

    A list at *now* leaves out what was changed after *now*, since its row does not tell how it stood then.

    Raises:
        InvalidValueError: *now* is naive.
    """
    moment = aware(now, "now")
    return _listing(
        Text(vi="quá hạn", en="overdue"), moment, _IN_PROGRESS, Compared(column=_DUE, sign=Sign.BEFORE, other=moment)
    )


def due_today(now: datetime) -> Listing:
    """Return the dossiers that are due later on the day of *now*.

    Raises:
        InvalidValueError: *now* is naive.
    """
    moment = aware(now, "now")
    return _due(Text(vi="đến hạn hôm nay", en="due today"), moment, _morning_after(moment.date()))


def due_within(working_days: int, *, now: datetime, calendar: WorkingCalendar) -> Listing:
    """Return the dossiers whose time runs and of which no more than some working days are left.

    As in the status of a dossier, the working days after today are counted, so that with 0 it is those that are due
    today or on the days off that follow. What waits is not due, and what is overdue was.

    Raises:
        InvalidValueError: *now* is naive, or the days are no number from 0 to 10,000.
        CalendarCoverageError: the calendar does not reach so far.
    """
    moment = aware(now, "now")
    days = whole_number(working_days, "working_days", most=_MOST_DAYS)
    name = Text(
        vi=f"đến hạn trong {padded(days)} ngày làm việc tới",
        en=f"due within {days} working day{'' if days == 1 else 's'}",
    )
    return _due(name, moment, _morning(calendar.add(moment.date(), days + 1)))


def due_before(until: datetime, *, now: datetime) -> Listing:
    """Return the dossiers whose time runs and that are due from *now* on and before *until*.

    Raises:
        InvalidValueError: a moment is naive.
    """
    end = aware(until, "until")
    words = moment_text(end)
    return _due(Text(vi=f"đến hạn trước {words.vi}", en=f"due before {words.en}"), aware(now, "now"), end)


def waiting() -> Listing:
    """Return the dossiers whose time stands still, other than those that were overdue before."""
    return Listing(
        name=Text(vi="đang tạm ngừng tính thời hạn", en="waiting"),
        condition=AllOf(parts=(InPhase(phases=(Phase.PAUSED,)), Empty(column=_DUE))),
    )


def in_progress() -> Listing:
    """Return the dossiers that are received and not at the end, whether they wait or not."""
    return Listing(name=Text(vi="đang giải quyết", en="in progress"), condition=_IN_PROGRESS)


def not_started() -> Listing:
    """Return the dossiers whose time has not begun: not received yet, or on the way to an authority elsewhere."""
    return Listing(
        name=Text(vi="chưa bắt đầu tính thời hạn", en="the time has not begun"),
        condition=InPhase(phases=(Phase.NOT_STARTED,)),
    )


def without_event_since(since: datetime) -> Listing:
    """Return the dossiers not at the end of which nothing was recorded *since* a moment.

    Each dossier's progress is kept up to date (Decree 118/2025/NĐ-CP, art. 12(4)); how long is too long no law says.

    >>> from datetime import datetime
    >>> without_event_since(datetime.fromisoformat("2026-03-10T09:00+07:00")).name.en
    'no event since 2026-03-10 09:00'

    Raises:
        InvalidValueError: the moment is naive.
    """
    moment = aware(since, "since")
    words = moment_text(moment)
    open_ = InPhase(phases=(Phase.NOT_STARTED, Phase.RUNNING, Phase.PAUSED))
    return Listing(
        name=Text(vi=f"chưa có sự kiện nào từ {words.vi}", en=f"no event since {words.en}"),
        condition=AllOf(parts=(open_, Compared(column="changed_at", sign=Sign.BEFORE, other=moment))),
    )


def finished() -> Listing:
    """Return the dossiers that ended in time, or before any time was counted."""
    in_time = Compared(column="stopped_at", sign=Sign.NOT_AFTER, other=_DUE)
    return Listing(
        name=Text(vi="đã giải quyết đúng hạn", en="finished on time"),
        condition=AllOf(parts=(_STOPPED, AnyOf(parts=(Empty(column=_DUE), in_time)))),
    )


def finished_late() -> Listing:
    """Return the dossiers that ended too late."""
    late = Compared(column="stopped_at", sign=Sign.AFTER, other=_DUE)
    return Listing(name=Text(vi="đã giải quyết quá hạn", en="finished late"), condition=AllOf(parts=(_STOPPED, late)))


def with_status(code: StatusCode | str, *, now: datetime) -> Listing:
    """Return the dossiers whose clock has a status at *now*: what ``countdown(...).status(now=now)`` says of each.

    Every row that was not changed after *now* has exactly one.

    Raises:
        InvalidValueError: an unknown code, or *now* is naive.
    """
    moment, wanted = aware(now, "now"), StatusCode.of(code, "code")
    match wanted:
        case StatusCode.OVERDUE:
            return overdue(moment)
        case StatusCode.DUE_TODAY:
            return due_today(moment)
        case StatusCode.RUNNING:
            later = Compared(column=_DUE, sign=Sign.NOT_BEFORE, other=_morning_after(moment.date()))
            return _listing(Text(vi="còn trong hạn", en="in time"), moment, _RUNS, later)
        case _:
            kept = {
                StatusCode.NOT_STARTED: not_started,
                StatusCode.PAUSED: waiting,
                StatusCode.FINISHED: finished,
                StatusCode.FINISHED_LATE: finished_late,
            }[wanted]()
            return _listing(kept.name, moment, kept.condition)


def _due(name: Text, now: datetime, until: datetime) -> Listing:
    after = Compared(column=_DUE, sign=Sign.NOT_BEFORE, other=now)
    return _listing(name, now, _RUNS, after, Compared(column=_DUE, sign=Sign.BEFORE, other=until))


def _listing(name: Text, now: datetime, *parts: Condition) -> Listing:
    told = Compared(column="changed_at", sign=Sign.NOT_AFTER, other=now)
    flat = [each for part in parts for each in (part.parts if isinstance(part, AllOf) else (part,))]
    return Listing(name=name, condition=AllOf(parts=(*flat, told)))


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=HO_CHI_MINH)


def _morning_after(day: date) -> datetime:
    try:
        return _morning(day + timedelta(days=1))
    except OverflowError:
        raise InvalidValueError.of(
            "now", day.isoformat(), vi="ngày trước ngày cuối cùng của lịch", en="a day before the last one there is"
        ) from None
