"""Who is moved by a decision: every case counted twice, one after another."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.deadlines.answers.countdown import Countdown, countdown
from onestop_core.deadlines.changes.values import Impact, ImpactKind, OpenCase, Terms
from onestop_core.deadlines.counting.countable import by_the_hour
from onestop_core.errors import InvalidValueError, OnestopError
from onestop_core.model import Clock, TimeLimit, aware

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from onestop_core.deadlines.hours.office_hours import WorkingHours
    from onestop_core.deadlines.terms.values import WorkingCalendar
    from onestop_core.dossier import Dossier

__all__ = ["impact"]

_DAY: Final = timedelta(days=1)
_FIELDS: Final = ("id", "of", "limit", "hours")


def impact(
    cases: Iterable[
        OpenCase
        | tuple[str, Dossier | Clock | datetime, TimeLimit]
        | tuple[str, Dossier | Clock | datetime, TimeLimit, WorkingHours | None]
    ],
    old: WorkingCalendar | Terms,
    new: WorkingCalendar | Terms,
    *,
    now: datetime | None = None,
) -> Iterator[Impact]:
    """Yield which of *cases* are counted to another moment under *new* than under *old*, in their order.

    Cases come and go one by one, so that a million need no more memory than one. What cannot be counted is a row that
    says why, and not the end. A promise is history that no decision changes: what is moved is what the law counts,
    and a row says if the promise and the count part (``desk`` then records a ``rescheduled``).

    >>> from datetime import date
    >>> from onestop_core import workdays
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> old, new = (workdays.calendar("vn-civil", as_of=date(2025, 12, day)) for day in (24, 25))
    >>> three = TimeLimit.parse("3 working days")
    >>> clock = Clock().start(at("2025-12-29T09:00"), promise=at("2026-01-02T17:00"))
    >>> [moved] = impact([("H26-1", clock, three), ("H26-2", at("2026-01-05T09:00"), three)], old, new)
    >>> moved.id, moved.text.en, [kind.value for kind in moved.kinds], moved.because
    ('H26-1', 'moved from Fri 2026-01-02 to Mon 2026-01-05', ['later', 'promise_differs'], (datetime.date(2026, 1, 2),))

    Args:
        cases: :class:`OpenCase`, or its fields in order: (id, dossier or clock or receipt, limit), and hours if any.
        old: The calendar before the decision, or the :class:`Terms`.
        new: The calendar after it, or the terms.
        now: The moment of looking, at which a case that is not over is late or not; left out, only cases that are
            over are said to be newly late or in time.

    Raises:
        InvalidValueError: no calendar, a naive moment, or what is no series of cases.
    """
    before, after = _terms(old, "old"), _terms(new, "new")
    moment = None if now is None else aware(now, "now")
    try:
        given = iter(cases)
    except Exception as error:
        raise _no_cases(cases) from error
    return _moved(given, before, after, moment)


def _terms(given: WorkingCalendar | Terms, what: str) -> Terms:
    if isinstance(given, Terms):
        return given
    if not hasattr(given, "is_workday"):
        raise InvalidValueError.of(
            what,
            given,
            vi="một lịch làm việc (workdays.calendar) hoặc Terms",
            en="a calendar, from workdays.calendar, or Terms",
        )
    return Terms(calendar=given)


def _no_cases(given: object) -> InvalidValueError:
    return InvalidValueError.of(
        "cases",
        given,
        vi="dãy các hồ sơ (mã, hồ sơ, thời hạn)",
        en="a series of cases, each (id, dossier or clock or receipt, limit)",
    )


def _moved(given: Iterator[object], old: Terms, new: Terms, now: datetime | None) -> Iterator[Impact]:
    number = 0
    while True:
        try:
            each = next(given)
        except StopIteration:
            return
        except OnestopError:
            raise
        except Exception as error:
            raise _no_cases(given) from error
        number += 1
        name: str | None = None
        try:
            case = each if isinstance(each, OpenCase) else _case(each)
            name = case.id
            row = _compared(number, case, old, new, now)
        except OnestopError as error:
            yield Impact(number=number, id=name or _name(each), error=error)
        else:
            if row is not None:
                yield row


def _case(given: object) -> OpenCase:
    parts = cast("Sequence[Any]", given) if type(given) in {tuple, list} else ()
    if len(parts) not in {3, 4}:
        raise _no_cases(given)
    return OpenCase(**dict(zip(_FIELDS, parts, strict=False)))


def _name(given: object) -> str | None:
    first = cast("Sequence[object]", given)[0] if type(given) in {tuple, list} and given else None
    return str.__str__(first) if isinstance(first, str) else None


def _compared(number: int, case: OpenCase, old: Terms, new: Terms, now: datetime | None) -> Impact | None:
    before, after = _count(case, old), _count(case, new)
    counted_before, counted_after = before.counted, after.counted
    if counted_before is None or counted_after is None:
        return None  # not received yet
    promised = before.promised
    if promised is None:
        held_before, held_after = counted_before, counted_after
    else:
        held_before, held_after = cast("datetime", before.in_force), cast("datetime", after.in_force)
    if counted_before == counted_after and held_before == held_after:
        return None
    ended = before.clock.stopped_at or now
    was_late, is_late = (ended is not None and ended > counted for counted in (counted_before, counted_after))
    return Impact(
        number=number,
        id=case.id,
        before=counted_before,
        after=counted_after,
        promised=promised,
        in_force_before=held_before,
        in_force_after=held_after,
        working_days=_working_days(new.calendar, counted_before, counted_after),
        kinds=tuple(_kinds(case.limit, promised, (counted_before, counted_after), (held_before, held_after))),
        because=_because(before, (counted_before, counted_after, held_before, held_after), old, new),
        newly_late=is_late and not was_late,
        newly_in_time=was_late and not is_late,
    )


def _count(case: OpenCase, terms: Terms) -> Countdown:
    of = case.of
    return countdown(
        Clock().start(of) if isinstance(of, datetime) else of,
        case.limit,
        calendar=terms.calendar,
        hours=terms.hours or case.hours,
        policies=terms.policies,
    )


def _working_days(calendar: WorkingCalendar, before: datetime, after: datetime) -> int:
    if before <= after:
        return calendar.count(before.date(), after.date())
    return -calendar.count(after.date(), before.date())


def _kinds(
    limit: TimeLimit, promised: datetime | None, counted: tuple[datetime, datetime], held: tuple[datetime, datetime]
) -> Iterator[ImpactKind]:
    if counted[0] != counted[1]:
        yield ImpactKind.LATER if counted[0] < counted[1] else ImpactKind.EARLIER
    if held[0] != held[1]:
        yield ImpactKind.IN_FORCE
    if promised is None:
        return
    hourly = by_the_hour(limit.steps[-1])
    agreed, agrees = (a == b if hourly else a.date() == b.date() for a, b in zip(counted, held, strict=True))
    if agreed is not agrees:
        yield ImpactKind.PROMISE_AGREES if agrees else ImpactKind.PROMISE_DIFFERS


def _because(count: Countdown, ends: tuple[datetime, ...], old: Terms, new: Terms) -> tuple[date, ...]:
    start = cast("datetime", count.clock.counted_from)
    first, last = min(start, *ends).date(), max(start, *ends).date()
    days = (first + _DAY * number for number in range((last - first).days + 1))
    return tuple(day for day in days if old.calendar.is_workday(day) is not new.calendar.is_workday(day))
