"""Waits: when the time stood still, put in order; where a count begins that one covers, and goes on after it."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Final, cast

from onestop_core.errors import InvalidValueError
from onestop_core.model import aware

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop_core.deadlines.hours.office_hours import WorkingHours
    from onestop_core.deadlines.terms.values import WorkingCalendar

__all__ = ["Pause", "after_wait_at", "hours_after", "merged", "waits_since"]

Pause = tuple[datetime, datetime | None]
"""From when to when the time stood still; None while it does."""

_MICROSECOND: Final = timedelta.resolution
_HOUR: Final = timedelta(hours=1)


def merged(pauses: Iterable[tuple[datetime, datetime | None]]) -> tuple[Pause, ...]:
    """Return *pauses* in order, those that overlap or touch as one.

    A pause that lasts has passed for certain up to the last moment that another one names; that part of it is
    told apart from the rest, which is open.

    Raises:
        InvalidValueError: a naive moment, or an end before its start.
    """
    given = _listed(pauses)
    if len(given) == 1:
        return (_pause(given[0]),)
    closed: list[tuple[datetime, datetime]] = []
    lasting: datetime | None = None
    known: datetime | None = None
    for pause in given:
        first, last = _pause(pause)
        if last is None:
            lasting = first if lasting is None or first < lasting else lasting
        else:
            closed.append((first, last))
        latest = first if last is None else last
        known = latest if known is None or latest > known else known
    if lasting is not None and known is not None:
        closed.append((lasting, known))
    if len(closed) > 1:
        closed.sort()
    out: list[Pause] = []
    for first, last in closed:
        if out and first <= cast("datetime", out[-1][1]):
            out[-1] = (out[-1][0], max(cast("datetime", out[-1][1]), last))
        else:
            out.append((first, last))
    if lasting is not None:
        if out[-1][0] == known:  # nothing of it has passed yet
            out.pop()
        out.append((cast("datetime", known), None))
    return tuple(out)


def _listed(pauses: object) -> tuple[object, ...]:
    if isinstance(pauses, tuple | list):
        return tuple(cast("list[object]", pauses))
    try:
        return tuple(cast("Iterable[object]", pauses))
    except Exception:  # noqa: BLE001 - whatever came in, it is no sequence of pauses
        raise InvalidValueError.of(
            "pauses", pauses, vi="các cặp (bắt đầu, kết thúc)", en="pairs (start, end)"
        ) from None


def _pause(pause: object) -> Pause:
    pair = cast("tuple[object, ...]", pause)
    if not isinstance(pause, tuple | list) or len(pair) != 2:
        raise InvalidValueError.of("pause", pair, vi="cặp (bắt đầu, kết thúc)", en="a pair (start, end)")
    first = aware(pair[0], "pause")
    if pair[1] is None:
        return first, None
    last = aware(pair[1], "pause")
    if last < first:
        raise InvalidValueError.of(
            "pause",
            f"{first.isoformat()}/{last.isoformat()}",
            vi="kết thúc sau khi bắt đầu",
            en="an end not before its start",
        )
    return first, last


def waits_since(pauses: tuple[Pause, ...], start: datetime) -> tuple[Pause, ...]:
    """Return what lies of *pauses* after *start*."""
    if not pauses or (pauses[0][0] >= start):
        return pauses
    return tuple((max(first, start), last) for first, last in pauses if last is None or last > start)


def after_wait_at(start: datetime, pauses: tuple[Pause, ...]) -> datetime:
    """Return when the time begins: *start*, or the end of the wait in which it lies."""
    if pauses:
        begin, stop = pauses[0]
        if begin <= start and stop is not None:
            return stop
    return start


def hours_after(
    end: datetime, begin: datetime, stop: datetime, calendar: WorkingCalendar, office: WorkingHours
) -> datetime:
    """Return where working time ends that would have ended at *end*, after the wait from *begin* to *stop*."""
    waited = office.between(calendar, begin, stop)
    if waited:
        end = office.add(calendar, end, Fraction(waited // _MICROSECOND, _HOUR // _MICROSECOND))
    # Where all was used when the wait began, nothing is left to do after it but to finish.
    return end if end >= stop else office.add(calendar, stop, 0)
