"""Effective-dated tables: every look-up names the day on which the rule applies."""

from __future__ import annotations

from datetime import date
from typing import Any, Final, Generic, TypeVar

import attrs

from onestop_core._public import Gate, gated
from onestop_core.errors import InvalidDocumentError, InvalidValueError, NotInForceError, Problem
from onestop_core.model import Interval, freeze, plain_day
from onestop_core.model.series import instance
from onestop_core.text import Text, shown

__all__ = ["Dated", "Entry"]

T = TypeVar("T")


def _frozen(value: Any, what: str) -> Any:
    frozen = freeze(value)
    try:
        hash(frozen)
        sound = bool(frozen == frozen)  # noqa: PLR0124 - NaN is not equal to itself
    except Exception:  # noqa: BLE001 - a value of somebody else may raise anything
        sound = False
    if not sound:
        raise InvalidValueError.of(what, value, vi="giá trị không thay đổi được", en="a value that cannot change")
    return frozen


_GATES: Final[dict[Any, Gate]] = {T: _frozen, date: plain_day}  # pyright: ignore[reportGeneralTypeIssues] - it is the declared type


@attrs.frozen(kw_only=True, field_transformer=gated(_GATES))
class Entry(Generic[T]):
    """One value of a table and the days on which it applies.

    Raises:
        InvalidValueError: a period that is none, a day that is none, or a value that could change.
    """

    during: Interval
    value: T = attrs.field(repr=shown)
    announced_on: date | None = None
    """The day from which the value could be known; None if it was always known or the day is not."""


def _entry(value: object, what: str) -> Entry[Any]:
    return instance(value, Entry, what)  # pyright: ignore[reportUnknownVariableType] - of whatever it is


@attrs.frozen(kw_only=True, field_transformer=gated({Entry: _entry}))
class Dated(Generic[T]):
    """A rule over time. Periods never overlap among entries known on the same day; gaps stay gaps.

    >>> from datetime import date
    >>> from onestop_core.model import Interval
    >>> from onestop_core.text import Text, shown
    >>> decree = Dated(what=Text(vi="nghị định một cửa", en="one-stop decree"), entries=(
    ...     Entry(during=Interval(first=date(2018, 6, 21), last=date(2025, 6, 30)), value="61/2018"),
    ...     Entry(during=Interval(first=date(2025, 7, 1)), value="118/2025"),
    ... ))
    >>> decree.on(date(2025, 6, 30)), decree.on(date(2025, 7, 1))
    ('61/2018', '118/2025')
    >>> decree.on(date(2017, 1, 1))
    Traceback (most recent call last):
    onestop_core.errors.NotInForceError: one-stop decree: nothing in force on 2017-01-01; ...

    Raises:
        InvalidValueError: entries that are none.
        InvalidDocumentError: two entries announced at the same time apply on the same day.
    """

    what: Text
    """What the table holds, for messages."""
    entries: tuple[Entry[T], ...]

    def __attrs_post_init__(self) -> None:
        clashes = tuple(
            Problem(
                path=f"$[{later}]",
                rule="dated/overlap",
                text=Text(
                    vi=f"kỳ hiệu lực chồng lên dòng {earlier} của {self.what.vi}",
                    en=f"in force on a day of entry {earlier} of {self.what.en}",
                ),
            )
            for later, entry in enumerate(self.entries)
            for earlier, other in enumerate(self.entries[:later])
            if entry.announced_on == other.announced_on and entry.during.overlaps(other.during)
        )
        if clashes:
            raise InvalidDocumentError(problems=clashes, source=self.what.en)

    def on(self, day: date, *, as_of: date | None = None) -> T:
        """Return the value in force on *day*; with *as_of*, by what had been announced up to that day.

        Of several entries that apply, the one announced last wins: a later decision replaces an earlier.

        Raises:
            NotInForceError: no entry applies.
            InvalidValueError: *day* or *as_of* is not a plain date.
        """
        asked = plain_day(day, "day")
        known_by = None if as_of is None else plain_day(as_of, "as_of")
        found: Entry[T] | None = None
        for entry in self.entries:
            known = known_by is None or entry.announced_on is None or entry.announced_on <= known_by
            if known and asked in entry.during and (found is None or _newer(entry.announced_on, found.announced_on)):
                found = entry
        if found is None:
            known_for = tuple((e.during.first, e.during.last) for e in self.entries if e.during.first is not None)
            raise NotInForceError(what=self.what, on=asked, known=known_for)
        return found.value


def _newer(left: date | None, right: date | None) -> bool:
    return left is not None and (right is None or left > right)
