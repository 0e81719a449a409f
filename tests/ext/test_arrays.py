"""Columns mean what the scalar calendar means, element by element."""

from __future__ import annotations

import importlib
import sys
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.errors import CalendarCoverageError, InvalidValueError, MissingExtraError
from onestop_core.ext import arrays
from onestop_core.workdays import calendar

if TYPE_CHECKING:
    from collections.abc import Callable

CAL = calendar("vn-civil")
STRICT = calendar("vn-civil", predicted="refuse")
FIRST, LAST = date(2012, 1, 1), date(2050, 12, 31)
NAT = np.datetime64("NaT", "D")

inside = st.dates(FIRST, LAST)
near = st.dates(date(2013, 1, 1), date(2049, 12, 31))
small = st.integers(-200, 200)


def column(*days: object) -> Any:
    return np.array(days, dtype="datetime64[D]")


# --- add ---


@given(st.lists(near, min_size=1), small)
def test_adding_one_number_to_a_column(days: list[date], n: int) -> None:
    assert arrays.add(CAL, column(*days), n).tolist() == [CAL.add(day, n) for day in days]


@given(st.lists(st.tuples(near, small), min_size=1))
def test_adding_a_column_to_a_column(pairs: list[tuple[date, int]]) -> None:
    days, numbers = zip(*pairs, strict=True)
    assert arrays.add(CAL, column(*days), np.array(numbers)).tolist() == [CAL.add(*pair) for pair in pairs]


@given(inside, st.integers(-12_000, 12_000))
def test_adding_at_the_ends_of_the_coverage(day: date, n: int) -> None:
    try:
        expected = CAL.add(day, n)
    except CalendarCoverageError:
        expected = None
    if expected is None:
        with pytest.raises(CalendarCoverageError, match="it covers"):
            arrays.add(CAL, np.datetime64(day), n)
    else:
        assert arrays.add(CAL, np.datetime64(day), n).item() == expected


@pytest.mark.parametrize("n", [-21, -1, 0, 1, 15])
@pytest.mark.parametrize("cal", [CAL, STRICT], ids=["all", "announced"])
def test_adding_to_every_day(cal: Any, n: int) -> None:
    """More dates than the calendar has days go another way, with the same answers."""
    last = cal.coverage.last - timedelta(days=40)
    days = [date(2012, 3, 1) + timedelta(days=i) for i in range((last - date(2012, 3, 1)).days)]
    expected = [cal.add(day, n) for day in days]
    many = np.tile(column(*days), 4)
    assert arrays.add(cal, many, n).tolist() == expected * 4
    assert arrays.add(cal, column(*days), n).tolist() == expected
    assert arrays.add(cal, many, np.full(len(many), n)).tolist() == expected * 4


def test_nat_stays_nat() -> None:
    days = column("2026-02-12", "NaT")
    for n in (5, 0, -5, 10**9, np.array([5, 5]), np.array([-5, 10**9])):
        found = arrays.add(CAL, days[1:] if type(n) is int and n > 99 else days, n)
        assert np.isnat(found[-1])
    assert str(arrays.add(CAL, days, 5)) == "['2026-02-26'        'NaT']"
    assert np.isnat(arrays.add(CAL, NAT, 5))
    many = np.full(20_000, NAT)
    many[7] = np.datetime64("2026-02-12")
    assert arrays.add(CAL, many, 5)[7] == np.datetime64("2026-02-26")
    assert int(np.isnat(arrays.add(CAL, many, 5)).sum()) == 19_999


def test_scalars_give_scalars() -> None:
    found = arrays.add(CAL, np.datetime64("2026-02-12"), 5)
    assert (type(found), found.item()) == (np.datetime64, date(2026, 2, 26))
    assert arrays.add(CAL, np.datetime64("2026-02-12"), np.int16(5)) == found
    counted = arrays.count(CAL, np.datetime64("2026-02-12"), found)
    assert (type(counted), int(counted)) == (np.int64, 5)


def test_shapes_are_broadcast() -> None:
    days, numbers = column("2026-02-12", "2026-02-14", "2026-02-26"), np.array([[-5], [5]])
    expected = [[CAL.add(day, n) for day in days.tolist()] for n in (-5, 5)]
    assert arrays.add(CAL, days, numbers).tolist() == expected
    assert arrays.add(CAL, np.datetime64("2026-02-12"), np.array([1, 2], dtype=np.uint8)).tolist() == [
        date(2026, 2, 13),
        date(2026, 2, 23),
    ]
    square = column("2026-02-12", "2026-02-13", "2026-02-23", "2026-02-24").reshape(2, 2)
    assert arrays.add(CAL, square.T, 1).tolist() == [
        [date(2026, 2, 13), date(2026, 2, 24)],
        [date(2026, 2, 23), date(2026, 2, 25)],
    ]
    assert arrays.count(CAL, days[:, None], days).tolist() == [
        [CAL.count(one, other) for other in days.tolist()] for one in days.tolist()
    ]


@pytest.mark.parametrize("shape", [(0,), (2, 0)])
def test_empty_columns(shape: tuple[int, ...]) -> None:
    nothing = np.empty(shape, dtype="datetime64[D]")
    assert arrays.add(CAL, nothing, 5).shape == shape
    assert arrays.add(CAL, nothing, np.empty(shape, dtype=np.int64)).dtype == nothing.dtype
    assert arrays.count(CAL, nothing, nothing).shape == shape


def test_a_strided_column_and_the_callers_own_data() -> None:
    days = column("2026-02-12", "NaT", "2026-02-13", "NaT")
    days.flags.writeable = False
    assert arrays.add(CAL, days[::2], 1).tolist() == [date(2026, 2, 13), date(2026, 2, 23)]
    found = arrays.add(CAL, days, 0)
    found[:] = NAT
    assert arrays.add(CAL, days[::2], 0).tolist() == [date(2026, 2, 12), date(2026, 2, 13)]


# --- count ---


@given(st.lists(st.tuples(inside, inside), min_size=1))
def test_counting_pairs(pairs: list[tuple[date, date]]) -> None:
    starts, ends = zip(*pairs, strict=True)
    found = arrays.count(CAL, column(*starts), column(*ends))
    assert found.tolist() == [CAL.count(*pair) for pair in pairs]
    assert found.dtype == np.int64


@given(st.lists(near, min_size=1), small.filter(bool))
def test_counting_undoes_adding(days: list[date], n: int) -> None:
    starts = column(*days)
    assert arrays.count(CAL, starts, arrays.add(CAL, starts, n)).tolist() == [n] * len(days)


def test_the_whole_coverage_is_counted_both_ways() -> None:
    first, last = np.datetime64(FIRST), np.datetime64(LAST)
    assert arrays.count(CAL, first, last) == CAL.count(FIRST, LAST)
    assert arrays.count(CAL, last, first) == CAL.count(LAST, FIRST)


def test_counting_more_pairs_than_fit_in_a_block() -> None:
    days = [FIRST + timedelta(days=i) for i in range(0, 14_000, 7)]
    starts = np.tile(column(*days), 20)
    ends = np.roll(starts, 9)
    expected = [CAL.count(*pair) for pair in zip(days, days[-9:] + days[:-9], strict=True)]
    assert min(expected) < 0 < max(expected)
    assert arrays.count(CAL, starts, ends).tolist() == expected * 20


@pytest.mark.parametrize(("rows", "columns"), [(1, 1), (1, -1), (-1, 1), (-1, -1), (2, -2)])
@pytest.mark.parametrize("turned", [False, True])
def test_any_layout_in_memory(rows: int, columns: int, *, turned: bool) -> None:
    days = (np.datetime64("2026-02-09") + np.arange(24)).reshape(4, 6)[::rows, ::columns]
    days = days.T if turned else days
    n = np.arange(days.size).reshape(days.shape) - 6
    assert arrays.add(CAL, days, 3).tolist() == [[CAL.add(day, 3) for day in row] for row in days.tolist()]
    added = arrays.add(CAL, days, n)
    assert [str(day) for day in added.ravel()] == [
        str(CAL.add(date.fromisoformat(str(day)), int(number)))
        for day, number in zip(days.ravel(), n.ravel(), strict=True)
    ]
    counted = arrays.count(CAL, days, added)
    assert counted[n != 0].tolist() == n[n != 0].tolist()


# --- refusals ---


def notes(error: BaseException) -> list[str]:
    return getattr(error, "__notes__", [])


@pytest.mark.parametrize(
    ("days", "n", "day", "note"),
    [
        (column("2026-01-05", "NaT", "2011-12-31", "2010-01-01"), 1, date(2011, 12, 31), ["first at index 2"]),
        (column("2026-01-05", "2051-01-01"), -9, date(2051, 1, 1), ["first at index 1"]),
        (column("2026-01-05", "2050-12-31"), 1, date(2051, 1, 1), ["first at index 1"]),
        (column("2050-12-31"), 0, date(2051, 1, 1), ["first at index 0"]),  # a Saturday
        (column("2026-01-05", "2012-01-03"), -1, date(2011, 12, 31), ["first at index 1"]),
        (column("2026-01-05", "2026-01-06"), np.array([1, -(2**63)]), date(2011, 12, 31), ["first at index 1"]),
        (column("2026-01-05"), 2**63 - 1, date(2051, 1, 1), ["first at index 0"]),
        (column("2026-01-05"), np.array([[1], [9**9]]), date(2051, 1, 1), ["first at index 1, 0"]),
        (
            column(["2026-01-05", "2026-01-06"], ["2026-01-07", "1900-01-01"]),
            3,
            date(1900, 1, 1),
            ["first at index 1, 1"],
        ),
        (np.array([2**62], dtype="datetime64[D]"), 3, date.max, ["first at index 0"]),
        (np.array([2 - 2**63], dtype="datetime64[D]"), 3, date.min, ["first at index 0"]),
        (np.datetime64("2011-12-31"), 3, date(2011, 12, 31), []),
    ],
)
def test_adding_outside_the_coverage(days: Any, n: Any, day: date, note: list[str]) -> None:
    with pytest.raises(CalendarCoverageError) as raised:
        arrays.add(CAL, days, n)
    error = raised.value
    assert (error.calendar, error.day, error.first, error.last) == ("vn-civil", day, FIRST, LAST)
    assert notes(error) == note


def test_one_bad_date_among_a_million() -> None:
    days = np.full(1_000_000, np.datetime64("2026-02-12"))
    days[987_654] = np.datetime64("2011-06-01")
    with pytest.raises(CalendarCoverageError, match="does not cover 2011-06-01") as raised:
        arrays.add(CAL, days, 15)
    assert notes(raised.value) == ["first at index 987654"]


@pytest.mark.parametrize(
    ("starts", "ends", "day", "note"),
    [
        (
            column("2026-01-05", "2011-12-31"),
            column("2026-01-05", "2051-01-01"),
            date(2011, 12, 31),
            ["first at index 1"],
        ),
        (column("2026-01-05", "2026-12-31"), np.datetime64("2051-01-01"), date(2051, 1, 1), ["first at index 0"]),
        (column("2026-01-05")[None], column("2026-01-05", "2060-01-01"), date(2060, 1, 1), ["first at index 0, 1"]),
        (np.datetime64("2026-01-05"), np.datetime64("2060-01-01"), date(2060, 1, 1), []),
    ],
)
def test_counting_outside_the_coverage(starts: Any, ends: Any, day: date, note: list[str]) -> None:
    with pytest.raises(CalendarCoverageError) as raised:
        arrays.count(CAL, starts, ends)
    assert raised.value.day == day
    assert notes(raised.value) == note


@pytest.mark.parametrize(
    ("starts", "ends", "what"),
    [
        (column("2026-01-05", "NaT"), column("NaT", "2026-01-05"), "after[1]"),
        (column("2026-01-05", "2026-01-05"), column("2060-01-05", "NaT"), "through[1]"),
        (column("2026-01-05", "NaT")[:, None], column("2026-01-05", "2026-01-06"), "after[1, 0]"),
        (NAT, np.datetime64("2026-01-05"), "after"),
    ],
)
def test_nat_cannot_be_counted(starts: Any, ends: Any, what: str) -> None:
    with pytest.raises(InvalidValueError, match="leave out the rows with NaT") as raised:
        arrays.count(CAL, starts, ends)
    assert raised.value.what == what


@pytest.mark.parametrize(
    "days",
    [
        np.array(["2026-01-05"], dtype="datetime64[ns]"),
        np.array(["2026-01"], dtype="datetime64[M]"),
        np.array([date(2026, 1, 5)], dtype=object),
        np.array([20_000]),
        np.datetime64("2026-01-05T12"),
        [date(2026, 1, 5)],
        date(2026, 1, 5),
        None,
        np.ma.MaskedArray(column("2026-01-05"), mask=[True]),
    ],
)
def test_other_dates_are_refused_with_the_way_to_convert_them(days: Any) -> None:
    right = np.datetime64("2026-01-05")
    works: dict[str, Callable[[], object]] = {
        "dates": partial(arrays.add, CAL, days, 1),
        "after": partial(arrays.count, CAL, days, right),
        "through": partial(arrays.count, CAL, right, days),
    }
    for what, work in works.items():
        with pytest.raises(InvalidValueError, match=r"np\.asarray") as raised:
            work()
        assert raised.value.what == what
        assert f"np.asarray({what}, dtype='datetime64[D]')" in raised.value.message.en


def test_what_the_refusal_says_works() -> None:
    for days in (np.array(["2026-02-12"], dtype="datetime64[ns]"), [date(2026, 2, 12)], ["2026-02-12"]):
        converted = np.asarray(days, dtype="datetime64[D]")
        assert arrays.add(CAL, converted, 5).tolist() == [date(2026, 2, 26)]


@pytest.mark.parametrize(
    "n",
    [
        1.0,
        True,
        "5",
        None,
        [1],
        2**63,
        -(2**63),
        np.array([1.0]),
        np.array([True]),
        np.array([1], dtype=np.uint64),
        np.array([1], dtype="timedelta64[D]"),
        np.timedelta64(1, "D"),
        np.float64(1),
        np.ma.MaskedArray([1], mask=[True]),
    ],
)
def test_what_is_not_whole_is_refused(n: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"whole numbers: np\.asarray") as raised:
        arrays.add(CAL, column("2026-01-05"), n)
    assert raised.value.what == "n"


def test_shapes_that_do_not_go_together() -> None:
    days = column("2026-01-05", "2026-01-06")
    with pytest.raises(InvalidValueError, match="a shape that goes with") as raised:
        arrays.add(CAL, days, np.array([1, 2, 3]))
    assert (raised.value.what, raised.value.value) == ("n", "(3,)")
    with pytest.raises(InvalidValueError, match="a shape that goes with") as raised:
        arrays.count(CAL, days, np.repeat(days, 2))
    assert raised.value.what == "through"


def test_without_numpy_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy", None)
    monkeypatch.delitem(sys.modules, "onestop_core.ext.arrays")
    with pytest.raises(MissingExtraError) as raised:
        importlib.import_module("onestop_core.ext.arrays")
    assert (raised.value.extra, raised.value.package) == ("arrays", "numpy")
