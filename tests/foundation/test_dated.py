"""Effective-dated tables: a gap is an error, a later announcement wins, an overlap is refused."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.errors import InvalidDocumentError, InvalidValueError, NotInForceError
from onestop_core.model import FrozenMap, Interval
from onestop_core.rules import Dated, Entry
from onestop_core.text import Text

WHAT = Text(vi="nghị định một cửa", en="one-stop decree")
DECREES = Dated(
    what=WHAT,
    entries=(
        Entry(during=Interval(first=date(2018, 6, 21), last=date(2025, 6, 30)), value="61/2018"),
        Entry(during=Interval(first=date(2025, 7, 1)), value="118/2025"),
    ),
)


@pytest.mark.parametrize(
    ("day", "decree"),
    [
        (date(2018, 6, 21), "61/2018"),
        (date(2025, 6, 30), "61/2018"),
        (date(2025, 7, 1), "118/2025"),
        (date(9999, 12, 31), "118/2025"),
    ],
)
def test_the_decree_in_force_on_a_day(day: date, decree: str) -> None:
    assert DECREES.on(day) == decree


def test_before_the_first_entry_is_an_error_and_says_what_is_known() -> None:
    with pytest.raises(NotInForceError) as caught:
        DECREES.on(date(2018, 6, 20))
    assert caught.value.known == ((date(2018, 6, 21), date(2025, 6, 30)), (date(2025, 7, 1), None))


def test_a_gap_is_an_error_not_the_last_known_value() -> None:
    table = Dated(what=WHAT, entries=(DECREES.entries[0], Entry(during=Interval(first=date(2025, 7, 2)), value="x")))
    with pytest.raises(NotInForceError):
        table.on(date(2025, 7, 1))


def test_a_later_announcement_replaces_an_earlier_one_once_it_is_known() -> None:
    year = Interval(first=date(2026, 1, 1), last=date(2026, 12, 31))
    table = Dated(
        what=WHAT,
        entries=(
            Entry(during=year, value="second", announced_on=date(2025, 12, 25)),
            Entry(during=year, value="first", announced_on=date(2025, 10, 13)),
            Entry(during=year, value="law"),
        ),
    )
    day = date(2026, 1, 2)
    assert table.on(day) == "second"
    assert table.on(day, as_of=date(2025, 12, 25)) == "second"
    assert table.on(day, as_of=date(2025, 12, 24)) == "first"
    assert table.on(day, as_of=date(2025, 10, 12)) == "law"


def test_two_entries_for_one_day_announced_together_are_refused_with_their_places() -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        Dated(what=WHAT, entries=(*DECREES.entries, Entry(during=Interval(first=date(2025, 6, 30)), value="third")))
    assert [(p.path, p.rule) for p in caught.value.problems] == [("$[2]", "dated/overlap"), ("$[2]", "dated/overlap")]


DAYS = st.dates(date(2020, 1, 1), date(2020, 1, 20))


def in_order(ends: tuple[date | None, date | None]) -> tuple[date | None, date | None]:
    first, last = ends
    return (last, first) if first and last and last < first else ends


INTERVALS = st.tuples(st.none() | DAYS, st.none() | DAYS).map(in_order)


def days_of(ends: tuple[date | None, date | None]) -> set[date]:
    first, last = ends[0] or date(2019, 12, 1), ends[1] or date(2020, 3, 1)
    return {first + timedelta(n) for n in range((last - first).days + 1)}


@given(INTERVALS, INTERVALS)
def test_intervals_overlap_exactly_when_they_share_a_day(
    one: tuple[date | None, date | None], two: tuple[date | None, date | None]
) -> None:
    left, right = Interval(first=one[0], last=one[1]), Interval(first=two[0], last=two[1])
    assert left.overlaps(right) is right.overlaps(left) is bool(days_of(one) & days_of(two))
    assert all((day in left) is (day in days_of(one)) for day in days_of((None, None)))


def test_an_interval_that_ends_before_it_starts_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="last: cannot use '2026-01-01'; expected a day from 2026-01-02 on"):
        Interval(first=date(2026, 1, 2), last=date(2026, 1, 1))
    assert date(2026, 1, 2) in Interval(first=date(2026, 1, 2), last=date(2026, 1, 2))


@pytest.mark.parametrize(
    "fields",
    [{"during": (None, None)}, {"announced_on": "2026-01-01"}, {"value": float("nan")}, {"value": bytearray(b"x")}],
)
def test_what_is_no_entry_is_refused(fields: Any) -> None:
    sound: Any = {"during": Interval(), "value": "a"}
    with pytest.raises(InvalidValueError):
        Entry(**sound | fields)


@pytest.mark.parametrize("fields", [{"what": "x"}, {"entries": 5}, {"entries": [1]}])
def test_what_is_no_table_is_refused(fields: Any) -> None:
    sound: Any = {"what": Text(vi="a", en="b"), "entries": ()}
    with pytest.raises(InvalidValueError):
        Dated(**sound | fields)


def test_the_value_of_an_entry_cannot_change_and_is_shown_short() -> None:
    entry = Entry(during=Interval(), value=[{"a": [1]}])
    assert entry.value == (FrozenMap({"a": (1,)}),)  # type: ignore[comparison-overlap]
    assert len(repr(Entry(during=Interval(), value="x" * 1000))) < 250


@pytest.mark.parametrize("day", ["2026-01-01", None, 5])
def test_a_table_is_asked_for_days(day: Any) -> None:
    table = Dated(what=Text(vi="a", en="b"), entries=(Entry(during=Interval(), value=1),))
    with pytest.raises(InvalidValueError):
        table.on(day)
    if day is not None:
        with pytest.raises(InvalidValueError):
            table.on(date(2026, 1, 1), as_of=day)
