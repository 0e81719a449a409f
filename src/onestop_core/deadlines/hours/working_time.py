"""Working time in microseconds: exact amounts of it, and what adding and subtracting ask of one day."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

import attrs

from onestop_core.deadlines.hours.sessions import Session
from onestop_core.errors import InvalidValueError
from onestop_core.model import HO_CHI_MINH
from onestop_core.text import number

__all__ = ["CLOSED", "WorkingDay", "exact_hours", "moment_on", "since_midnight"]

_HOUR: Final = 3_600_000_000
"""Microseconds."""
_MAX_HOURS: Final = 24 * 366 * 10_000
"""More than there are from the first to the last day that Python knows."""
_MAX_DIGITS: Final = 40
"""Most places before or after the point of an exact amount: beyond them it cannot be a number of microseconds."""
_MINUTE: Final = 60_000_000
_MIDNIGHT: Final = time()


def exact_hours(amount: Any) -> int:
    """Return an amount of hours in microseconds.

    Raises:
        InvalidValueError: a float, a number finer than a microsecond, or one that no calendar has room for.
    """
    # A float is never exact, so it is not a number of hours here; a Decimal promises gigabytes in ten characters.
    if type(amount) is int or isinstance(amount, Fraction) or (isinstance(amount, Decimal) and _is_short(amount)):
        numerator, denominator = amount.as_integer_ratio()
    else:
        numerator, denominator = 1, _MAX_HOURS * _HOUR  # of nothing that is exact
    parts, finer = divmod(numerator * _HOUR, denominator)
    if finer or abs(parts) > _MAX_HOURS * _HOUR:
        raise InvalidValueError.of(
            "amount",
            amount,
            vi=f"số giờ chính xác đến micrô giây, nhiều nhất {number(_MAX_HOURS).vi}",
            en=f"exact hours, to the microsecond, at most {number(_MAX_HOURS).en}",
        )
    return parts


def _is_short(amount: Decimal) -> bool:
    if not amount.is_finite():
        return False
    exponent = amount.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -_MAX_DIGITS and amount.adjusted() <= _MAX_DIGITS


def since_midnight(at: datetime) -> int:
    """Return the time of day of *at*."""
    return ((at.hour * 60 + at.minute) * 60 + at.second) * 1_000_000 + at.microsecond


@attrs.frozen
class WorkingDay:
    """The sessions of one day, and what adding and subtracting working time asks of them, in microseconds."""

    sessions: tuple[Session, ...]
    spans: tuple[tuple[int, int], ...]
    total: int
    closes: time | None
    """When the last session closes, in Vietnamese civil time; None where there is none, or it closes at 24:00."""

    @classmethod
    def of(cls, sessions: tuple[Session, ...]) -> WorkingDay:
        """Return the day that has these *sessions*."""
        spans = tuple((session.opening * _MINUTE, session.closing * _MINUTE) for session in sessions)
        closes = sessions[-1].closes if sessions else _MIDNIGHT
        return cls(
            sessions,
            spans,
            sum(end - start for start, end in spans),
            closes.replace(tzinfo=HO_CHI_MINH) if closes != _MIDNIGHT else None,
        )

    def done(self, at: int) -> int:
        """Return the working time before *at*."""
        total = 0
        for start, end in self.spans:
            if at <= start:
                break
            total += (min(end, at)) - start
        return total

    def earliest(self, done: int) -> int:
        """Return the first moment by which so much is *done*; 0 < done <= total."""
        for start, end in self.spans:
            if done <= end - start:
                return start + done
            done -= end - start
        raise AssertionError(done)  # pragma: no cover - no more is asked for than there is

    def latest(self, done: int) -> int:
        """Return the last moment by which no more than so much is *done*; 0 <= done < total."""
        for start, end in self.spans:
            if done < end - start:
                return start + done
            done -= end - start
        raise AssertionError(done)  # pragma: no cover - likewise

    def open_from(self, at: int) -> int | None:
        """Return *at* if it lies in a session, else when the next one opens; None where there is none."""
        return next((max(at, start) for start, end in self.spans if at < end), None)


CLOSED: Final = WorkingDay.of(())
"""A day on which nobody works."""


def moment_on(day: date, at: int) -> datetime:
    """Return the moment *at* microseconds after midnight of *day*.

    Raises:
        InvalidValueError: it lies after the year 9999.
    """
    # Put together from its parts, which takes half as long as adding a span to midnight.
    seconds, microsecond = divmod(at, 1_000_000)
    minutes, second = divmod(seconds, 60)
    hour, minute = divmod(minutes, 60)
    if hour == 24:
        try:
            day, hour = day + _DAY, 0
        except OverflowError:
            raise InvalidValueError.of(
                "moment", day, vi="một ngày trước năm 10000", en="a day before the year 10000"
            ) from None
    return datetime(day.year, day.month, day.day, hour, minute, second, microsecond, HO_CHI_MINH)


_DAY: Final = timedelta(days=1)
