"""Working days of whole NumPy columns: :func:`add` and :func:`count` as a :class:`Calendar` means them, and :func:`due`.

Columns are ``datetime64[D]``; NaT is a date that is missing: :func:`add` keeps it, :func:`count` refuses it. :func:`due` takes
moments, ``datetime64[us]`` in UTC, and any limit.

Needs the extra ``arrays``. The first call for a calendar asks it about every day that it covers and keeps the
answers as tables (under half a megabyte); after that a date costs a few nanoseconds.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, NoReturn, cast, overload

import attrs

from onestop_core.errors import CalendarCoverageError, InvalidValueError, MissingExtraError
from onestop_core.workdays.working_calendar import a_calendar

try:
    import numpy as np
    import numpy.typing as npt
except ModuleNotFoundError as _missing:
    raise MissingExtraError(extra="arrays", package="numpy") from _missing

from onestop_core.ext._columns.array_due import due  # needs the extra

if TYPE_CHECKING:
    from onestop_core.workdays import Calendar

    Days = npt.NDArray[np.datetime64]
    Whole = int | np.integer[Any]
    Wholes = npt.NDArray[np.integer[Any]]

__all__ = ["add", "count", "due"]

_DAY: Final = np.dtype("datetime64[D]")
_NAT: Final = -(2**63)
"""What NumPy writes for NaT."""
_BLOCK: Final = 2**14
_OUTSIDE: Final = -(2**30)
"""Stands for the days not covered: so far below zero that no *n* lifts it to a covered place."""


@overload
def add(calendar: Calendar, dates: np.datetime64, n: Whole) -> np.datetime64: ...
@overload
def add(calendar: Calendar, dates: Days, n: Whole | Wholes) -> Days: ...
@overload
def add(calendar: Calendar, dates: np.datetime64, n: Wholes) -> Days: ...
def add(calendar: Calendar, dates: Days | np.datetime64, n: Whole | Wholes) -> Days | np.datetime64:
    """Return for each date the *n*-th working day strictly after it, or strictly before it for a negative *n*.

    Zero gives the date itself, or the next working day if it is none. The same as
    :meth:`Calendar.add <onestop_core.workdays.Calendar.add>` of each pair; NaT stays NaT.

    >>> import numpy as np
    >>> from onestop_core.workdays import calendar
    >>> received = np.array(["2026-02-12", "2026-02-14", "NaT"], dtype="datetime64[D]")  # before Tết
    >>> add(calendar("vn-civil"), received, 5)
    array(['2026-02-26', '2026-02-27', 'NaT'], dtype='datetime64[D]')
    >>> add(calendar("vn-civil"), received, np.array([0, 0, 1]))
    array(['2026-02-12', '2026-02-23', 'NaT'], dtype='datetime64[D]')

    Args:
        calendar: Which days count.
        dates: ``datetime64[D]``, array of any shape or scalar.
        n: Working days, whole numbers; array or scalar. *dates* and *n* are broadcast against each other.

    Returns:
        ``datetime64[D]`` of the common shape; a scalar when both are scalars.

    Raises:
        InvalidValueError: *calendar* is none, *dates* has another dtype, *n* is not whole, either is a masked array, or the shapes
            do not go together.
        CalendarCoverageError: a date or an answer lies outside the coverage; a note names the first index.
    """
    tables = _tables(a_calendar(calendar))
    days, numbers = _days("dates", dates), _wholes(n)
    shape = _shape("n", days, numbers)
    numbers = np.clip(numbers, -tables.days.size, tables.days.size)  # so that no sum overflows
    # One n for more dates than there are days: move the whole calendar by n, then look up once for each date.
    moved = tables.moved(int(numbers)) if numbers.ndim == 0 and days.size > tables.after.size else None
    lost = False
    with _blocks(days.view(np.int64), numbers) as blocks:
        for day, number, out in blocks:
            index = day - tables.base
            if moved is None:
                after, before = tables.after.take(index, mode="clip"), tables.before.take(index, mode="clip")
                tables.days.take(np.where(number > 0, after, before) + number, out=out, mode="clip")
            else:
                moved.take(index, out=out, mode="clip")
            lost = lost or bool(out.min() == _NAT)
        answers = blocks.operands[2].view(_DAY)
    if lost:
        given, asked = np.broadcast_to(days, shape), np.broadcast_to(numbers, shape)
        where = _first(np.isnat(answers) & ~np.isnat(given))
        if where is not None:
            raise _outside(calendar, given[where], where, back=bool(asked[where] < 0))
    return cast("Days | np.datetime64", answers[()])


@overload
def count(calendar: Calendar, after: np.datetime64, through: np.datetime64) -> np.int64: ...
@overload
def count(calendar: Calendar, after: Days, through: Days | np.datetime64) -> npt.NDArray[np.int64]: ...
@overload
def count(calendar: Calendar, after: np.datetime64, through: Days) -> npt.NDArray[np.int64]: ...
def count(
    calendar: Calendar, after: Days | np.datetime64, through: Days | np.datetime64
) -> npt.NDArray[np.int64] | np.int64:
    """Return for each pair how many working days lie after the one, up to and including the other.

    When *through* is before *after*: minus the number of working days from *through* up to, not including, *after*.
    The same as :meth:`Calendar.count <onestop_core.workdays.Calendar.count>` of each pair.

    >>> import numpy as np
    >>> from onestop_core.workdays import calendar
    >>> starts = np.array(["2026-02-12", "2026-02-26"], dtype="datetime64[D]")
    >>> count(calendar("vn-civil"), starts, starts[::-1])
    array([ 5, -5])
    >>> int(count(calendar("vn-civil"), starts[0], np.datetime64("2026-02-23")))
    2

    Args:
        calendar: Which days count.
        after: ``datetime64[D]``, array of any shape or scalar.
        through: Likewise; the two are broadcast against each other.

    Returns:
        Working days as ``int64`` of the common shape; a scalar when both are scalars.

    Raises:
        InvalidValueError: *calendar* is none, another dtype, a masked array, shapes that do not go together, or a
            NaT on either side: whole numbers have no "unknown". The first index is named.
        CalendarCoverageError: a date lies outside the coverage; a note names the first index.
    """
    tables = _tables(a_calendar(calendar))
    left, right = _days("after", after), _days("through", through)
    shape = _shape("through", left, right)
    with _blocks(left.view(np.int64), right.view(np.int64)) as blocks:
        for start, end, out in blocks:
            first, last = start - tables.base, end - tables.base
            low, high = tables.after.take(first, mode="clip"), tables.after.take(last, mode="clip")
            if min(low.min(), high.min()) < 0:
                _refuse(calendar, np.broadcast_to(left, shape), np.broadcast_to(right, shape))
            np.subtract(high, low, out=out)
            backwards = first > last
            if backwards.any():
                np.subtract(tables.before.take(last), tables.before.take(first), out=out, where=backwards)
        found = blocks.operands[2]
    return cast("npt.NDArray[np.int64] | np.int64", found[()])


@attrs.frozen(kw_only=True)
class _Tables:
    """A calendar as columns, each with a guard at both ends for whatever lies outside."""

    base: int
    """The day before the coverage, in days since 1970: the entry 0 of *after* and *before*."""
    after: npt.NDArray[np.int32]
    """Where the first working day after each day stands in *days*, less one: add n > 0 to it."""
    before: npt.NDArray[np.int32]
    """Where the first working day on or after each day stands in *days*: add n <= 0 to it."""
    days: npt.NDArray[np.int64]
    """The working days, in days since 1970."""

    def moved(self, n: int) -> npt.NDArray[np.int64]:
        """Return the answer for every day and this *n*."""
        return self.days.take((self.after if n > 0 else self.before) + n, mode="clip")


@lru_cache(maxsize=16)
def _tables(calendar: Calendar) -> _Tables:
    covered = calendar.coverage
    assert covered.first is not None
    assert covered.last is not None
    start, size = covered.first.toordinal(), (covered.last - covered.first).days + 1
    works = np.fromiter((calendar.is_workday(date.fromordinal(start + n)) for n in range(size)), np.bool_, size)
    base = int(np.datetime64(covered.first, "D").astype(np.int64)) - 1
    after = np.full(size + 2, _OUTSIDE, np.int32)
    before = after.copy()
    after[1:-1] = np.cumsum(works)
    before[1:-1] = after[1:-1] - works + 1
    days = np.concatenate([[_NAT], base + 1 + np.flatnonzero(works), [_NAT]])
    for column in (after, before, days):
        column.flags.writeable = False  # everybody who asks this calendar shares them
    return _Tables(base=base, after=after, before=before, days=days)


def _blocks(one: npt.NDArray[np.int64], other: npt.NDArray[np.int64]) -> np.nditer:
    """Return a walk over both, broadcast, and over a new third, in blocks that stay in the cache."""
    return np.nditer(
        [one, other, None],
        flags=["buffered", "external_loop", "zerosize_ok"],
        op_flags=[["readonly"], ["readonly"], ["writeonly", "allocate"]],
        op_dtypes=[np.int64] * 3,
        buffersize=_BLOCK,
    )


def _days(what: str, value: object) -> Days:
    if _plain(value, np.datetime64):
        found = cast("Days", np.asarray(value))
        if found.dtype == _DAY:
            return found
    raise InvalidValueError.of(
        what,
        _kind(value),
        vi=f"mảng datetime64[D], chỗ trống là NaT: np.asarray({what}, dtype='datetime64[D]')",
        en=f"a datetime64[D] array, NaT for what is missing: np.asarray({what}, dtype='datetime64[D]')",
    )


def _wholes(value: object) -> npt.NDArray[np.int64]:
    if type(value) is int and abs(value) < 2**63:
        return np.asarray(value, dtype=np.int64)
    if _plain(value, np.integer):
        found = cast("Wholes", np.asarray(value))
        if found.dtype.kind in "iu" and np.can_cast(found.dtype, np.int64):
            return found.astype(np.int64, copy=False)
    raise InvalidValueError.of(
        "n",
        _kind(value),
        vi="số nguyên hoặc mảng số nguyên: np.asarray(n, dtype=np.int64)",
        en="whole numbers: np.asarray(n, dtype=np.int64)",
    )


def _plain(value: object, scalar: type) -> bool:
    """Return whether *value* is a NumPy scalar or an array; not a masked one, whose hidden elements would return."""
    # Only masked arrays have a mask; to name their class would load all of numpy.ma on first use.
    return isinstance(value, (np.ndarray, scalar)) and not hasattr(value, "mask")


def _kind(value: object) -> str:
    """Return what *value* is, without its contents, which may be a million lines."""
    dtype = getattr(value, "dtype", None)
    return type(value).__name__ if dtype is None else f"{type(value).__name__} of {dtype}"


def _shape(what: str, one: npt.NDArray[Any], other: npt.NDArray[Any]) -> tuple[int, ...]:
    try:
        return np.broadcast_shapes(one.shape, other.shape)
    except ValueError as error:
        raise InvalidValueError.of(
            what, other.shape, vi=f"hình dạng ghép được với {one.shape}", en=f"a shape that goes with {one.shape}"
        ) from error


def _first(wrong: npt.NDArray[np.bool_]) -> tuple[int, ...] | None:
    """Return the first index that is *wrong*, in the order of reading."""
    if not wrong.any():
        return None
    return tuple(int(n) for n in np.unravel_index(int(wrong.argmax()), wrong.shape))


def _refuse(calendar: Calendar, after: Days, through: Days) -> NoReturn:
    """Raise for the first pair that cannot be counted: a NaT before anything else."""
    for what, side in (("after", after), ("through", through)):
        where = _first(np.isnat(side))
        if where is not None:
            raise InvalidValueError.of(
                what + _written(where),
                "NaT",
                vi="một ngày: bỏ các dòng NaT trước khi đếm",
                en="a date: leave out the rows with NaT before counting",
            )
    tables = _tables(calendar)
    outside = [tables.after.take(side.view(np.int64) - tables.base, mode="clip") < 0 for side in (after, through)]
    where = _first(outside[0] | outside[1])
    assert where is not None
    raise _outside(calendar, (after if outside[0][where] else through)[where], where)


def _outside(
    calendar: Calendar, day: np.datetime64, where: tuple[int, ...], *, back: bool = False
) -> CalendarCoverageError:
    """Return the error for *day*, or for the day beyond the coverage to which adding leads."""
    covered = calendar.coverage
    assert covered.first is not None
    assert covered.last is not None
    # A datetime64 reaches beyond what a date can say.
    found = cast("date", np.clip(day, np.datetime64(date.min, "D"), np.datetime64(date.max, "D")).item())
    if found in covered:
        found = covered.first - timedelta(days=1) if back else covered.last + timedelta(days=1)
    error = CalendarCoverageError(calendar=calendar.name, day=found, first=covered.first, last=covered.last)
    if where:
        error.add_note(f"first at index {_written(where)[1:-1]}")
    return error


def _written(where: tuple[int, ...]) -> str:
    """Return *where* as one writes an index: ``[3]``, ``[0, 1]``, or nothing for a scalar."""
    return str(list(where)) if where else ""
