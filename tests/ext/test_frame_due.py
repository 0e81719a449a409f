"""Rows of a frame are due when one dossier is, whichever engine holds them."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onestop_core.deadlines import TimeLimit, WorkingHours, due
from onestop_core.errors import CalendarCoverageError, InvalidValueError, MissingExtraError
from onestop_core.workdays import calendar
from tests.ext.due_questions import CAL, EVEN, LIMITS, MOMENTS, OFFICES, POLICIES

pytest.importorskip("narwhals", reason="the extra frames")
pa = pytest.importorskip("pyarrow", reason="the extra engines")

from onestop_core.ext import frames  # noqa: E402 - needs the extra
from tests.ext.test_frames import FROM_ARROW  # noqa: E402 - likewise

if TYPE_CHECKING:
    from collections.abc import Iterable

UTC_MOMENT = pa.timestamp("us", "UTC")
T0 = datetime(2026, 3, 2, 2, tzinfo=UTC)
WAITS = st.lists(st.tuples(st.integers(-600, 20_000), st.none() | st.integers(0, 12_000)), max_size=3)
ROWS = st.lists(st.tuples(st.none() | MOMENTS, st.none() | st.sampled_from(LIMITS), st.none() | WAITS), max_size=8)

Wait = tuple[datetime, datetime | None]


def cases(rows: Iterable[tuple[Any, Any]], *, column: str = "time_limit", ids: bool = True) -> Any:
    given = list(rows)
    columns = {
        "received_at": pa.array([at for at, _ in given], UTC_MOMENT),
        column: pa.array([limit for _, limit in given], pa.string()),
    }
    if ids:
        columns = {"id": pa.array([f"H26-{n}" for n in range(len(given))], pa.string()), **columns}
    return pa.table(columns)


def waits_table(waits: Iterable[tuple[str | None, Any, Any]]) -> Any:
    given = list(waits)
    return pa.table(
        {
            "id": pa.array([each[0] for each in given], pa.string()),
            "paused_at": pa.array([each[1] for each in given], UTC_MOMENT),
            "resumed_at": pa.array([each[2] for each in given], UTC_MOMENT),
        }
    )


def moments(frame: Any, name: str = "due_at") -> list[datetime | None]:
    """Return a column in the order of the ids."""
    if hasattr(frame, "collect"):
        frame = frame.collect()
    if hasattr(frame, "to_arrow_table"):
        frame = frame.to_arrow_table()
    elif hasattr(frame, "iloc"):
        frame = pa.Table.from_pandas(frame)
    elif hasattr(frame, "to_arrow"):
        frame = frame.to_arrow()
    rows = frame.select(["id", name]).to_pylist()
    return [row[name] for row in sorted(rows, key=lambda row: int(str(row["id"]).removeprefix("H26-")))]


@pytest.mark.parametrize("engine", [*FROM_ARROW, "polars-lazy"])
@settings(max_examples=15)
@given(rows=ROWS, hours=OFFICES, policies=POLICIES, wait=st.booleans())
def test_every_engine_dates_as_python_does(
    engine: str, rows: list[Any], hours: WorkingHours, policies: dict[str, Any], wait: bool
) -> None:
    spans: list[list[Wait]] = []
    for at, _, waits in rows:
        since = T0 if at is None else at
        begun = [(since + timedelta(minutes=a), b) for a, b in waits or ()]
        spans.append([(a, None if b is None else a + timedelta(minutes=b)) for a, b in begun])
    table = cases((at, limit) for at, limit, _ in rows)
    pauses = waits_table((f"H26-{n}", a, b) for n, each in enumerate(spans) for a, b in each)
    make = FROM_ARROW["polars" if engine == "polars-lazy" else engine]
    frame = make(table).lazy() if engine == "polars-lazy" else make(table)
    found = frames.due(frame, calendar=CAL, hours=hours, pauses=make(pauses) if wait else None, **policies)
    expected = [
        None
        if at is None or limit is None
        else due(at, TimeLimit.parse(limit), calendar=CAL, hours=hours, pauses=spans[n] if wait else (), **policies).at
        for n, (at, limit, _) in enumerate(rows)
    ]
    assert moments(found) == expected


@pytest.mark.parametrize("engine", FROM_ARROW)
def test_the_frame_is_of_the_kind_that_was_given_and_keeps_its_columns(engine: str) -> None:
    frame = FROM_ARROW[engine](cases([(T0, "5 working days"), (T0, None)], column="limit"))
    found = frames.due(frame, calendar=CAL, name="hạn")
    assert type(found) is type(frame)
    assert list(getattr(found, "column_names", getattr(found, "columns", ()))) == ["id", "received_at", "limit", "hạn"]
    assert moments(found, "hạn") == [datetime(2026, 3, 9, 16, 59, 59, tzinfo=UTC), None]


def test_rows_of_pandas_keep_their_labels() -> None:
    pytest.importorskip("pandas", reason="the extra engines")
    frame = cases([(T0, "1 day"), (T0, "2 days")]).to_pandas().set_index("id").iloc[::-1]
    found = frames.due(frame, calendar=CAL)
    assert found.index.to_list() == ["H26-1", "H26-0"]
    assert [at.day for at in found["due_at"]] == [4, 3]


@pytest.mark.parametrize("engine", FROM_ARROW)
def test_one_limit_for_all_rows(engine: str) -> None:
    frame = FROM_ARROW[engine](cases([(T0, "x"), (None, "y"), (T0 + timedelta(hours=7), "z")]))
    within = frames.due(frame, calendar=CAL, limit=TimeLimit.parse("within the day"))
    assert [at and at.day for at in moments(within)] == [2, None, 3]


@pytest.mark.parametrize("engine", FROM_ARROW)
def test_columns_without_a_value_are_unknown_whatever_their_type(engine: str) -> None:
    empty = pa.table({"id": ["H26-0"], "received_at": pa.nulls(1), "limit": pa.nulls(1, pa.int64())})
    assert moments(frames.due(FROM_ARROW[engine](empty), calendar=CAL)) == [None]
    pauses = pa.table({"id": pa.array([], pa.string()), "paused_at": pa.nulls(0), "resumed_at": pa.nulls(0)})
    known = FROM_ARROW[engine](cases([(T0, "1 day")]))
    assert moments(frames.due(known, calendar=CAL, pauses=FROM_ARROW[engine](pauses))) == [
        due(T0, TimeLimit.parse("1 day"), calendar=CAL).at
    ]


@pytest.mark.parametrize("engine", FROM_ARROW)
def test_a_wait_of_which_the_beginning_is_not_known_makes_the_due_moment_unknown(engine: str) -> None:
    frame = FROM_ARROW[engine](cases([(T0, "5 working days")] * 3))
    day = timedelta(days=1)
    pauses = waits_table([("H26-0", None, T0), ("H26-0", T0, T0), (None, T0, T0), ("H26-1", T0 + day, T0 + 3 * day)])
    found = moments(frames.due(frame, calendar=CAL, pauses=FROM_ARROW[engine](pauses)))
    assert [at and at.day for at in found] == [None, 11, 9]


@pytest.mark.parametrize("engine", FROM_ARROW)
def test_rows_are_matched_by_numbers_too(engine: str) -> None:
    numbers = pa.array([7, 8], pa.int32())
    frame = cases([(T0, "5 working days")] * 2, ids=False).append_column("id", numbers)
    pauses = waits_table([("7", T0, T0 + timedelta(days=1))]).set_column(0, "id", pa.array([7], pa.int64()))
    found = frames.due(FROM_ARROW[engine](frame), calendar=CAL, pauses=pauses)
    assert {at and at.day for at in moments(found)} == {9, 10}


WRONG: list[Any] = [
    pytest.param({"received_at": [datetime(2026, 3, 2)]}, "received_at: .*with a time zone", id="a naive moment"),
    pytest.param({"received_at": ["2026-03-02"]}, "received_at: .*with a time zone", id="text for moments"),
    pytest.param({"time_limit": [5]}, "time_limit: .*text", id="a number for a limit"),
    pytest.param({"time_limit": ["five days"]}, "time_limit: cannot use 'five days'", id="words"),
    pytest.param({"time_limit": ["0.5 working days"]}, "time_limit: .*office hours", id="half a day"),
]


@pytest.mark.parametrize("engine", ["polars", "pandas", "pyarrow", "duckdb"])
@pytest.mark.parametrize(("columns", "said"), WRONG)
def test_wrong_types_are_refused(engine: str, columns: dict[str, Any], said: str) -> None:
    table = cases([(T0, "5 working days")])
    for name, values in columns.items():
        table = table.set_column(table.column_names.index(name), name, pa.array(values))
    with pytest.raises(InvalidValueError, match=said):
        frames.due(FROM_ARROW[engine](table), calendar=CAL)


def test_what_is_missing_is_named() -> None:
    table, pauses = cases([(T0, "5 days")]), waits_table([("H26-0", T0, T0)])
    for frame, waits, said in (
        (table.drop(["time_limit"]), None, "frame: .*column limit or time_limit"),
        (table.drop(["received_at"]), None, "frame: .*column received_at"),
        (table.drop(["id"]), pauses, "frame: .*column id"),
        (table, pauses.drop(["id"]), "pauses: .*column id"),
        (table, pauses.drop(["resumed_at"]), "pauses: .*column resumed_at"),
        (table, pauses.set_column(0, "id", pa.array([1.5])), "pauses.id: .*text or whole numbers"),
        (
            table,
            pauses.set_column(2, "resumed_at", pa.array([T0 - timedelta(1)], UTC_MOMENT)),
            "pause: .*not before its start",
        ),
        (table, "no frame", "frame: "),
        (7, None, "frame: "),
    ):
        with pytest.raises(InvalidValueError, match=said):
            frames.due(frame, calendar=CAL, pauses=waits)


def test_arguments_are_looked_at() -> None:
    table = cases([(T0, "5 days")])
    wrong: list[tuple[dict[str, Any], str]] = [
        ({"calendar": "vn-civil"}, "calendar"),
        ({"limit": "5 days"}, "limit"),
        ({"hours": "07:30-17:00"}, "hours"),
        ({"name": "received_at"}, "name"),
        ({"name": 5}, "name"),
        ({"end_on_day_off": "never"}, "end_on_day_off"),
        ({"late_receipt": None}, "late_receipt"),
    ]
    for options, said in wrong:
        with pytest.raises(InvalidValueError, match=said):
            frames.due(table, **{"calendar": CAL, **options})


def test_moments_outside_the_calendar_are_refused() -> None:
    with pytest.raises(CalendarCoverageError):
        frames.due(cases([(datetime(1999, 3, 2, tzinfo=UTC), "5 working days")]), calendar=CAL)
    far = cases([(T0, "24 hours")]).set_column(1, "received_at", pa.array([2**60], pa.int64()).cast(UTC_MOMENT))
    with pytest.raises(InvalidValueError, match="year 1 to 9999"):
        frames.due(far, calendar=CAL)


@pytest.mark.parametrize("there", [True, False])
def test_many_questions_in_hours_are_asked_at_once(there: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    received = [T0 + timedelta(minutes=11 * n, microseconds=n) for n in range(1_500)]
    table = cases((at, "8 working hours") for at in received)
    polars = pytest.importorskip("polars", reason="the extra engines")
    frame = polars.from_arrow(table)
    if not there:
        monkeypatch.setitem(sys.modules, "onestop_core.ext.arrays", None)
    expected = [due(at, TimeLimit.parse("8 working hours"), calendar=CAL, hours=EVEN).at for at in received]
    assert frames.due(frame, calendar=CAL, hours=EVEN)["due_at"].to_list() == expected


def test_a_calendar_of_a_host_counts_too() -> None:
    class Host:
        """Every day but Sunday."""

        announced_until = calendar("vn-civil").announced_until

        def is_workday(self, day: Any) -> bool:
            return bool(day.weekday() < 6)

        def add(self, day: Any, n: int) -> Any:
            while n:
                day += timedelta(days=1)
                n -= self.is_workday(day)
            return day

    found = frames.due(cases([(T0, "5 working days")]), calendar=Host())  # type: ignore[arg-type]
    assert found["due_at"].to_pylist() == [datetime(2026, 3, 7, 16, 59, 59, tzinfo=UTC)]


@pytest.mark.parametrize("engine", ["duckdb", "pandas"])
def test_pyarrow_is_asked_for_where_it_is_needed(engine: str, monkeypatch: pytest.MonkeyPatch) -> None:
    frame = FROM_ARROW[engine](cases([(T0, "5 working days")]))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match="pyarrow"):
        frames.due(frame, calendar=CAL)


KINDS = [
    (engine, kind)
    for engine in FROM_ARROW
    for kind in ("s UTC", "ms Asia/Ho_Chi_Minh", "ns UTC", "us America/New_York")
    if (engine, kind) != ("duckdb", "ns UTC")  # a type of its own, which Narwhals does not know
]


@pytest.mark.parametrize(("engine", "kind"), KINDS)
def test_moments_in_other_units_and_zones_are_the_same_moments(engine: str, kind: str) -> None:
    unit, zone = kind.split()
    received = [T0 + timedelta(hours=5 * n) for n in range(30)]
    table = cases((at, ("5 working days", "within the day", "30 hours")[n % 3]) for n, at in enumerate(received))
    table = table.set_column(1, "received_at", table["received_at"].cast(pa.timestamp(unit, zone)))
    expected = moments(frames.due(cases(zip(received, table["time_limit"].to_pylist(), strict=True)), calendar=CAL))
    assert moments(frames.due(FROM_ARROW[engine](table), calendar=CAL)) == expected
    assert None not in expected


def test_a_text_of_a_category_is_a_text() -> None:
    table = cases([(T0, "5 working days"), (T0, "2 days")])
    polars = pytest.importorskip("polars", reason="the extra engines")
    pytest.importorskip("pandas", reason="the extra engines")
    frame = polars.from_arrow(table).with_columns(polars.col("time_limit").cast(polars.Categorical))
    pandas = table.to_pandas()
    pandas["time_limit"] = pandas["time_limit"].astype("category")
    expected = moments(frames.due(table, calendar=CAL))
    assert moments(frames.due(frame, calendar=CAL)) == moments(frames.due(pandas, calendar=CAL)) == expected
