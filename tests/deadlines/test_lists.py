"""Dossiers as rows of a table: each list has just those of which the clock says so, whoever reads it."""

from __future__ import annotations

import copy
import pickle
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import deadlines, dossier, workdays
from onestop_core.deadlines import Policies, TimeLimit, countdown, lists
from onestop_core.deadlines.lists import CaseRow
from onestop_core.deadlines.terms import StatusCode
from onestop_core.dossier import Dossier, Event
from onestop_core.errors import CalendarCoverageError, InvalidValueError
from onestop_core.model import Phase
from tests.deadlines.histories import CIVIL, EARLIER, GAPS, HOUR, HOURS, LIMITS, POLICIES, histories
from tests.deadlines.test_countdown import ASKED, BARE, FIVE, MACHINE, OPEN, at, run

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

ROOT = Path(__file__).parents[2]
LISTS: Any = lists
ROW: Any = deadlines.row
CHANGED: Any = attrs.evolve
NAMES = [column.name for column in lists.columns()]


def as_row(case: Dossier, limit: TimeLimit = FIVE, **options: Any) -> CaseRow:
    return deadlines.row(case, limit, calendar=CIVIL, **options)


def moments(rows: Iterable[CaseRow], later: int) -> list[datetime]:
    """Moments at which something may turn: events, due moments and their neighbours, the ends of days."""
    tick, found = timedelta(microseconds=1), set[datetime]()
    for row in rows:
        found |= {row.changed_at, row.changed_at + later * HOUR, row.changed_at - tick}
        if row.due_at is not None:
            midnight = row.due_at.replace(hour=0, minute=0, second=0, microsecond=0)
            found |= {row.due_at, row.due_at - tick, row.due_at + tick, midnight, midnight - tick}
    return sorted(found)


def in_sqlite(rows: Iterable[CaseRow]) -> Callable[[lists.Listing], list[str]]:
    base = sqlite3.connect(":memory:")
    base.execute(lists.create_table("sqlite"))
    base.executemany(lists.upsert("sqlite"), [row.values("sqlite") for row in rows])

    def ids(listing: lists.Listing) -> list[str]:
        query = f"SELECT id FROM case_rows WHERE {listing.sql('sqlite')} ORDER BY id"  # noqa: S608 - our own SQL
        return [found for (found,) in base.execute(query)]

    return ids


def in_duckdb(rows: Iterable[CaseRow]) -> Callable[[lists.Listing], list[str]]:
    duckdb = pytest.importorskip("duckdb", reason="the extra engines runs the SQL")
    base: Any = duckdb.connect(config={"threads": 1})
    base.execute("SET TimeZone = 'America/New_York'")  # moments are instants: the session does not matter
    base.execute(lists.create_table("duckdb"))
    base.executemany(lists.upsert("duckdb"), [row.values("duckdb") for row in rows])

    def ids(listing: lists.Listing) -> list[str]:
        found = []
        for dialect in ("duckdb", "postgresql"):  # literals of both are standard SQL
            query = f"SELECT id FROM case_rows WHERE {listing.sql(dialect)} ORDER BY id"  # noqa: S608 - our own SQL
            found.append([each for (each,) in base.execute(query).fetchall()])
        assert found[0] == found[1]
        return found[0]

    return ids


def in_frame(rows: Iterable[CaseRow]) -> Callable[[lists.Listing], list[str]]:
    pytest.importorskip("narwhals", reason="the extra frames")
    polars = pytest.importorskip("polars", reason="the extra engines")
    from onestop_core.ext import frames

    kinds = {"moment": polars.Datetime("us", "Asia/Ho_Chi_Minh"), "count": polars.Int64, "text": polars.String}
    schema = {column.name: kinds[column.kind] for column in lists.columns()}
    values = [tuple(map(_plain, row.values("postgresql"))) for row in rows]
    frame = polars.DataFrame(values, schema=schema, orient="row")

    def ids(listing: lists.Listing) -> list[str]:
        return sorted(frames.listed(frame, listing).collect()["id"].to_list())

    return ids


def _plain(value: object) -> object:
    return value.astimezone(UTC) if isinstance(value, datetime) else value


cases = st.lists(st.tuples(histories(), LIMITS, POLICIES, st.sampled_from([CIVIL, EARLIER])), min_size=1, max_size=4)
Cases = list[tuple[Dossier, TimeLimit, Policies, workdays.Calendar]]


@given(cases, GAPS, st.integers(0, 6), st.integers(1, 200))
def test_each_list_is_what_the_clocks_say(cases: Cases, later: int, days: int, lead: int) -> None:
    counts = {
        str(number): countdown(case, limit, calendar=calendar, hours=HOURS, policies=policies)
        for number, (case, limit, policies, calendar) in enumerate(cases)
    }
    rows = [
        attrs.evolve(deadlines.row(case, limit, calendar=calendar, hours=HOURS, policies=policies), id=str(number))
        for number, (case, limit, policies, calendar) in enumerate(cases)
    ]
    engines = [in_sqlite(rows), in_duckdb(rows), in_frame(rows)]

    def check(listing: lists.Listing, expected: list[str]) -> None:
        assert [row.id for row in listing.of(rows)] == expected
        assert [engine(listing) for engine in engines if asked] == [expected] * (asked and len(engines))

    for number, now in enumerate(moments(rows, later)):
        # Engines are slow: they are asked at some of the moments, other ones in each example.
        asked = number % 6 == lead % 6
        told = {row.id: counts[row.id].status(now=now) for row in rows if row.changed_at <= now}
        due = {row.id: counts[row.id].in_force_at(now) for row in rows}
        runs = {name for name, status in told.items() if status.code in {StatusCode.RUNNING, StatusCode.DUE_TODAY}}
        for code in StatusCode:
            check(lists.with_status(code, now=now), [name for name, status in told.items() if status.code is code])
        check(lists.overdue(now), [name for name, status in told.items() if status.code is StatusCode.OVERDUE])
        check(lists.due_today(now), [name for name, status in told.items() if status.code is StatusCode.DUE_TODAY])
        soon = [name for name in told if name in runs and CIVIL.count(now.date(), due[name].date()) <= days]  # type: ignore[union-attr]
        check(lists.due_within(days, now=now, calendar=CIVIL), soon)
        until = now + lead * HOUR
        check(lists.due_before(until, now=now), [name for name in told if name in runs and due[name] < until])  # type: ignore[operator]
    asked = True
    phases = {row.id: counts[row.id].clock.phase for row in rows}
    check(lists.in_progress(), [name for name, phase in phases.items() if phase in {Phase.RUNNING, Phase.PAUSED}])
    last = max(row.changed_at for row in rows)
    codes = {name: count.status(now=last).code for name, count in counts.items()}
    for listing, code in (
        (lists.waiting(), StatusCode.PAUSED),
        (lists.not_started(), StatusCode.NOT_STARTED),
        (lists.finished(), StatusCode.FINISHED),
        (lists.finished_late(), StatusCode.FINISHED_LATE),
    ):
        check(listing, [name for name in codes if codes[name] is code])


@given(histories(), LIMITS)
def test_a_row_travels_and_says_what_the_dossier_says(case: Dossier, limit: TimeLimit) -> None:
    row = deadlines.row(case, limit, calendar=CIVIL, hours=HOURS)
    assert CaseRow(**row.to_dict()) == row == pickle.loads(pickle.dumps(row))  # type: ignore[arg-type]  # noqa: S301
    assert copy.deepcopy(row) == row
    assert hash(row) == hash(CaseRow(**dict(zip(NAMES, row.values("sqlite"), strict=True))))  # type: ignore[arg-type]
    assert CaseRow(**dict(zip(NAMES, row.values("postgresql"), strict=True))) == row  # type: ignore[arg-type]
    assert list(row.to_dict()) == NAMES
    count = countdown(case, limit, calendar=CIVIL, hours=HOURS)
    assert (row.counted_at, row.promised_at) == (count.counted, count.promised)
    assert (row.state, row.portal, row.phase, row.version) == (case.state, case.portal, case.clock.phase, case.version)
    assert (row.waiting_since is not None) == (row.phase is Phase.PAUSED)
    assert row.due_at in {None, count.in_force_at(row.changed_at)}


def test_what_waits_is_due_at_no_known_moment_and_never_overdue() -> None:
    row = as_row(run(*OPEN, ASKED))
    assert (row.due_at, row.waiting_since, row.waiting_for) == (None, at("2026-03-04T09:00"), "supplement_requested")
    assert row.promised_at == at("2026-03-09T17:00")
    much_later = at("06-30")
    assert lists.waiting().matches(row)
    assert not lists.overdue(much_later).matches(row)
    # What was overdue when the wait began is overdue still.
    late = as_row(run(*OPEN, ("financial_obligation_set", "2026-03-11T09:00")))
    assert (late.due_at, late.waiting_for) == (at("2026-03-09T17:00"), "financial_obligation_set")
    assert lists.overdue(much_later).matches(late)
    assert not lists.waiting().matches(late)


def test_a_row_tells_whose_it_is() -> None:
    case = MACHINE.new(
        id="H26-1",
        procedure="1.012783",
        channel="online",
        at=at("03-02"),
        receiving_unit="H26.1",
        competent_unit="H26.2",
    )
    row = as_row(case)
    assert (row.unit, row.officer, row.phase, row.due_at) == ("H26.2", None, Phase.NOT_STARTED, None)
    assert row.time_limit == "5 working days"
    assert repr(row) == "<CaseRow H26-1 registered_online v1>" == repr(as_row(case, unit="H26.3", officer="Lan"))
    assert as_row(case, unit="H26.3", officer="Lan").officer == "Lan"
    long = TimeLimit.parse(" + ".join(["5 working days"] * 20))
    assert as_row(case, long).time_limit is None


def test_a_row_of_fewer_events_changes_nothing_and_a_new_count_does() -> None:
    early, late = run(*OPEN), run(*OPEN, ASKED)
    base = sqlite3.connect(":memory:")
    base.row_factory = sqlite3.Row
    base.execute(lists.create_table("sqlite", "h_so"))
    for row in (as_row(late), as_row(early), as_row(late, unit="H26")):
        base.execute(lists.upsert("sqlite", "h_so"), row.values("sqlite"))
    (found,) = base.execute("SELECT * FROM h_so").fetchall()
    assert CaseRow(**found) == as_row(late, unit="H26")
    # SQLite reads the moments as such.
    day = "SELECT date(received_at, '+7 hours') FROM h_so"
    assert base.execute(day).fetchone()[0] == "2026-03-02"


def test_columns_have_types_and_titles() -> None:
    by_name = {column.name: column for column in lists.columns()}
    assert by_name["due_at"].sql("postgresql") == "due_at TIMESTAMP WITH TIME ZONE"
    assert by_name["due_at"].sql("sqlite") == "due_at TEXT"
    assert by_name["version"].sql("sqlite") == by_name["version"].sql("duckdb") == "version INTEGER NOT NULL"
    assert lists.upsert("postgresql").count("%s") == lists.upsert("sqlite").count("?") == len(NAMES)
    assert all(column.title.vi != column.title.en for column in lists.columns())


def test_lists_read_in_both_languages() -> None:
    now = at("2026-03-09T10:00")
    late = lists.overdue(now)
    assert late.text.vi == (
        "(đang tính thời hạn hoặc đang tạm ngừng tính thời hạn) và hạn đang áp dụng trước 10:00 ngày 09/03/2026"
        " và sự kiện gần nhất không muộn hơn 10:00 ngày 09/03/2026"
    )
    assert lists.finished().text.en == (
        "it is over and (there is no moment in force or the end is not later than the moment in force)"
    )
    assert lists.finished_late().text.vi == "đã kết thúc và thời điểm kết thúc sau hạn đang áp dụng"
    soon = [lists.due_within(days, now=now, calendar=CIVIL).name for days in (1, 2)]
    assert [name.vi for name in soon] == ["đến hạn trong 01 ngày làm việc tới", "đến hạn trong 02 ngày làm việc tới"]
    assert [name.en for name in soon] == ["due within 1 working day", "due within 2 working days"]
    assert lists.due_before(now, now=now).name.vi == "đến hạn trước 10:00 ngày 09/03/2026"
    names = [lists.with_status(code, now=now).name for code in StatusCode]
    assert len(set(names)) == len(StatusCode)
    assert lists.in_progress().text.en == "the time runs or the time stands still"


def test_a_list_at_a_moment_does_not_judge_what_changed_later() -> None:
    row = as_row(run(*BARE))
    before = row.changed_at - timedelta(seconds=1)
    for code in StatusCode:
        assert not lists.with_status(code, now=before).matches(row)
    assert [code for code in StatusCode if lists.with_status(code, now=row.changed_at).matches(row)] == ["running"]


def test_lists_are_values() -> None:
    now = at("2026-03-09T10:00")
    assert lists.overdue(now) == lists.overdue(now.astimezone(UTC)) == pickle.loads(pickle.dumps(lists.overdue(now)))  # noqa: S301
    assert len({lists.overdue(now), lists.with_status("overdue", now=now)}) == 1


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (lambda: LISTS.overdue(datetime(2026, 3, 9)), "now"),
        (lambda: LISTS.overdue("2026-03-09"), "now"),
        (lambda: LISTS.due_before("soon", now=at("03-09")), "until"),
        (lambda: LISTS.due_within(-1, now=at("03-09"), calendar=CIVIL), "working_days"),
        (lambda: LISTS.due_within(True, now=at("03-09"), calendar=CIVIL), "working_days"),
        (lambda: LISTS.due_within(1.0, now=at("03-09"), calendar=CIVIL), "working_days"),
        (lambda: LISTS.due_within(1, now=at("03-09"), calendar="vn-civil"), "calendar"),
        (lambda: LISTS.with_status("late", now=at("03-09")), "code"),
        (lambda: LISTS.overdue(at("03-09")).matches("row"), "row"),
        (lambda: list(LISTS.overdue(at("03-09")).of([{}])), "rows"),
        (lambda: list(LISTS.overdue(at("03-09")).of(3)), "rows"),
        (lambda: LISTS.overdue(at("03-09")).sql("oracle"), "dialect"),
        (lambda: LISTS.create_table("mysql"), "dialect"),
        (lambda: LISTS.create_table("sqlite", "x; DROP TABLE x"), "name"),
        (lambda: LISTS.upsert("sqlite", "hồ_sơ"), "name"),
        (lambda: LISTS.upsert("sqlite", 1), "name"),
        (lambda: ROW("1", FIVE, calendar=CIVIL), "dossier"),
        (lambda: ROW(run(), "5 days", calendar=CIVIL), "limit"),
        (lambda: as_row(run(), unit=1), "unit"),
        (lambda: CHANGED(as_row(run()), phase="asleep"), "phase"),
        (lambda: CHANGED(as_row(run()), channel=None), "channel"),
        (lambda: CHANGED(as_row(run()), outcome="lost"), "outcome"),
        (lambda: CHANGED(as_row(run()), version="4"), "version"),
        (lambda: CHANGED(as_row(run()), changed_at="2026-03-09T10:00"), "changed_at"),
    ],
)
def test_what_is_no_row_list_or_table_is_refused(call: Callable[[], object], said: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        call()
    assert str(refused.value).startswith(f"{said}:")


def test_a_calendar_that_does_not_reach_is_said() -> None:
    with pytest.raises(CalendarCoverageError):
        lists.due_within(9_999, now=at("03-09"), calendar=CIVIL)
    far = datetime.fromisoformat("9999-12-31T10:00+07:00")
    with pytest.raises(InvalidValueError, match="last one there is"):
        lists.due_today(far)


@pytest.mark.parametrize("edition", ["vn@decree-61-2018", "vn@decree-118-2025"])
def test_the_row_of_what_was_never_received_ends_in_time(edition: str) -> None:
    machine = dossier.machine(edition)
    case = machine.new(id="1", procedure="1.012783", channel="online", at=at("03-02"))
    case = machine.step(case, Event(kind="not_received", at=at("03-03"), reason="vì"))
    row = as_row(case)
    assert (row.phase, row.received_at, row.due_at) == (Phase.STOPPED, None, None)
    assert lists.finished().matches(row)


def test_the_reference_names_every_column() -> None:
    page = (ROOT / "docs/reference/lists.md").read_text(encoding="utf-8")
    words = {"text": "text", "moment": "moment", "count": "number"}
    rows = [line.split(" | ")[:2] for line in page.splitlines() if line.startswith("| `")][: len(NAMES)]
    assert rows == [
        [f"| `{column.name}`", words[column.kind] + (", required" if column.is_required else "")]
        for column in lists.columns()
    ]
