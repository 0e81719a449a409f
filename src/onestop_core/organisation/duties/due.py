"""``duties_due``: what a unit owes for a month, and what of it was done."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Final, cast

from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import Interval, plain_day
from onestop_core.organisation.duties.periods import month_of, period_of
from onestop_core.organisation.duties.table import DutyPeriod, UnitDuty, UnitDutyTable, unit_duties
from onestop_core.organisation.duties.values import DutyDone, UnitDutyDue, UnitDutyStatus
from onestop_core.organisation.law.editions import known_kinds
from onestop_core.organisation.units import Unit
from onestop_core.text import Text

if TYPE_CHECKING:
    from datetime import date

__all__ = ["duties_due"]

_ORDER: Final = tuple(DutyPeriod)


def duties_due(
    unit: Unit | str,
    month: date | str,
    *,
    done: Iterable[DutyDone] = (),
    now: date | None = None,
    table: UnitDutyTable | None = None,
) -> tuple[UnitDutyDue, ...]:
    """Return what *unit* owes for a *month*, and takes part in: the shortest period first.

    The law names a day for few duties: for the others the period is given, and no day is made up. A duty of a
    quarter or a year is told in each of its months. What is owed to each agency that posts staff has a row for each
    that the unit's postings name. Duties without period or day are in the table only.

    >>> from datetime import date
    >>> done = [DutyDone(code="staff_notice", on=date(2026, 8, 28))]
    >>> for duty in duties_due("commune_centre", "2026-08", done=done, now=date(2026, 9, 1)):
    ...     print(duty.text.en)
    Tell of the working time, progress and attitude of each person posted (the sending agency): 2026-08, done
    Settle the fees collected at the desk (takes part): 2026-08, missed
    Meet the competent agencies: quarter 3 of 2026, or when called for, to be done

    Args:
        unit: The unit, or a kind of units.
        month: Any day of the month, or ``2026-08``.
        done: What was done; a record that names no agency is for all.
        now: The day of looking: what was not done in a period that is over by then is missed. Left out, it is open.
        table: Duties of your own; left out, those in force at the end of the month.

    Raises:
        UnknownCodeError: there is no such kind of unit, or *done* names no duty of the table.
        NotInForceError: no table is in force then, and none was given.
        InvalidValueError: a month that is none, or an argument of another type.
    """
    whole = month_of(month)
    last = cast("date", whole.last)
    today = None if now is None else plain_day(now, "now")
    found = unit_duties(on=last) if table is None else table
    kind = _kind(unit, found)
    records = _records(done, found)
    made = [
        each
        for row in found.duties
        if row.during.overlaps(whole) and (kind in row.who or kind in row.with_)
        for each in _rows(row, unit, whole, owes=kind in row.who, records=records, now=today)
    ]
    return tuple(sorted(made, key=lambda each: _ORDER.index(each.period)))


def _kind(unit: object, table: UnitDutyTable) -> str:
    if isinstance(unit, Unit):
        kind = unit.kind
    elif isinstance(unit, str):
        kind = str.__str__(unit)
    else:
        raise InvalidValueError.of("unit", unit, vi="một `Unit` hoặc mã loại đơn vị", en="a Unit or a kind of units")
    known = {*known_kinds(), *(name for row in table.duties for name in (*row.who, *row.with_))}
    if kind not in known:
        raise UnknownCodeError.among(Text(vi="loại đơn vị", en="kind of unit"), kind, sorted(known))
    return kind


def _records(done: object, table: UnitDutyTable) -> tuple[DutyDone, ...]:
    given = list(cast("Iterable[object]", done)) if isinstance(done, Iterable) and not isinstance(done, str) else [done]
    records = [each for each in given if isinstance(each, DutyDone)]
    if len(records) != len(given):
        raise InvalidValueError.of("done", given, vi="một dãy `DutyDone`", en="several DutyDone")
    known = [row.code for row in table.duties]
    for each in records:
        if each.code not in known:
            raise UnknownCodeError.among(Text(vi="việc", en="duty"), each.code, known)
    return tuple(records)


def _rows(
    row: UnitDuty, unit: Unit | str, month: Interval, *, owes: bool, records: tuple[DutyDone, ...], now: date | None
) -> Iterator[UnitDutyDue]:
    if row.period is DutyPeriod.STANDING:
        return
    for sender in _senders(unit, month) if row.per_sender else (None,):
        mine = [
            each.on
            for each in records
            if each.code == row.code and (each.to is None or sender is None or each.to == sender)
        ]
        within = _clipped(period_of(row.period, month), row.during)
        status, day = _standing(row, within, month, mine, now)
        if status is not None:
            yield UnitDutyDue(
                code=row.code,
                name=row.name,
                owes=owes,
                to=row.to,
                to_unit=sender,
                period=row.period,
                or_ad_hoc=row.or_ad_hoc,
                within=within,
                before=row.before,
                status=status,
                done_on=day,
                basis=row.basis,
            )


def _senders(unit: Unit | str, month: Interval) -> tuple[str | None, ...]:
    """Return the agencies whose staff is at the unit in *month*; one None if nothing tells of any."""
    if not isinstance(unit, Unit):
        return (None,)
    codes = [each.sender for each in unit.postings or () if each.sender is not None and each.during.overlaps(month)]
    return tuple(dict.fromkeys(codes)) or (None,)


def _clipped(period: Interval | None, during: Interval) -> Interval | None:
    """Return the days of *period* on which the duty is in force."""
    if period is None:
        return None
    first = max(day for day in (period.first, during.first) if day is not None)
    last = min(day for day in (period.last, during.last) if day is not None)
    return Interval(first=first, last=last)


def _standing(
    row: UnitDuty, within: Interval | None, month: Interval, done: list[date], now: date | None
) -> tuple[UnitDutyStatus | None, date | None]:
    """Return how the duty stands, and when it was done; no status where it does not concern the month any more."""
    if row.period is DutyPeriod.REAL_TIME:
        return UnitDutyStatus.CONTINUOUS, None
    if row.before is not None:
        return _once(row.before, month, done, now)
    inside = [day for day in done if day in (month if within is None else within)]
    if inside:
        return UnitDutyStatus.DONE, max(inside)
    is_over = within is not None and within.last is not None and now is not None and within.last < now
    return (UnitDutyStatus.MISSED if is_over else UnitDutyStatus.OPEN), None


def _once(
    before: date, month: Interval, done: list[date], now: date | None
) -> tuple[UnitDutyStatus | None, date | None]:
    first = cast("date", month.first)
    if not done:
        is_over = before <= first or (now is not None and before <= now)
        return (UnitDutyStatus.MISSED if is_over else UnitDutyStatus.OPEN), None
    day = min(done)
    if day < first:
        return None, None
    return (UnitDutyStatus.DONE if day < before else UnitDutyStatus.DONE_LATE), day
