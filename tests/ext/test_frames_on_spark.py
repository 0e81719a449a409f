"""Spark counts, lists and dates as Python does: one session on this machine for all of it."""

from __future__ import annotations

import importlib
import os
import shutil
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import kpi
from onestop_core.deadlines import TimeLimit, WorkingHours, due, lists
from onestop_core.errors import InvalidValueError
from onestop_core.kpi import DossierFacts, figure
from tests.deadlines.test_lists import moments as moments_of
from tests.ext.due_questions import CAL, EDGES, EVEN, LIMITS, UNEVEN
from tests.kpi.facts_strategies import PERIOD
from tests.kpi.sql_facts import NAMES, NUMBERS, TEXTS, rows

pytest.importorskip("narwhals", reason="the extra frames")
pytest.importorskip("pyarrow", reason="the extra engines")
pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
if shutil.which("java") is None:
    pytest.skip("Spark needs Java, which is not on this machine", allow_module_level=True)

from onestop_core.ext import frames
from tests.ext import test_feedback, test_listed

if TYPE_CHECKING:
    from collections.abc import Iterator

T0 = datetime(2026, 3, 2, 2, tzinfo=UTC)
INDEX = kpi.index("vn-766@portal-2026")
_MOMENT, _SECOND = "timestamp", 1_000_000


@pytest.fixture(scope="module")
def spark() -> Iterator[Any]:
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    session: Any = (
        importlib.import_module("pyspark.sql")
        .SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .config("spark.sql.session.timeZone", "America/New_York")
        .getOrCreate()
    )
    yield session
    session.stop()


def _facts() -> list[DossierFacts]:
    at = datetime(2026, 10, 12, 1, tzinfo=UTC)
    return [
        DossierFacts(
            id=str(n),
            unit=("A", "B", None)[n % 3],
            received_at=at,
            due_at=at + timedelta(days=5) if n % 2 else None,
            allowed_hours=100 if n % 3 else None,
            supplement_hours=n if n % 5 else None,
            supplement_requests=n % 3 if n % 4 else None,
            finished_at=at + timedelta(hours=100, microseconds=n - 20) if n % 7 else None,
            digitised=(True, False, None)[n % 3],
            fee_due=(True, None, False, True)[n % 4],
            paid_online=bool(n % 3),
            channel="online" if n % 2 else None,
            disliked=n % 6 == 0,
            complained=None if n % 5 == 0 else False,
        )
        for n in range(60)
    ]


def _frame_of_facts(spark: Any, facts: list[DossierFacts]) -> Any:
    kinds = ", ".join(
        f"{name} {_MOMENT if name.endswith('_at') else 'bigint' if name in NUMBERS else 'string' if name in TEXTS else 'boolean'}"
        for name in NAMES
    )
    return spark.createDataFrame(rows(facts), kinds)


def test_spark_counts_the_same(spark: Any) -> None:
    facts = _facts()
    frame = _frame_of_facts(spark, facts)
    expected = {(unit,): each for unit, each in kpi.tally_by(facts, by="unit", period=PERIOD).items()}
    assert frames.tally(frame, INDEX, by=["unit"], period=PERIOD) == expected
    missed = figure("2.1", period=PERIOD).missed
    found = sorted(row["id"] for row in frames.select(frame, missed).select("id").collect())
    assert found == sorted(one.id for one in facts if missed.matches(one))
    assert found


def test_what_python_refuses_spark_refuses(spark: Any) -> None:
    frame = spark.createDataFrame([(T0, 1_000_001)], "received_at timestamp, allowed_hours bigint")
    with pytest.raises(InvalidValueError, match=r"allowed_hours: cannot use 1000001; .*wrong rows: 1"):
        frames.tally(frame, INDEX, period=PERIOD)


def test_spark_lists_the_same(spark: Any) -> None:
    kinds = {"moment": _MOMENT, "count": "bigint", "text": "string"}
    schema = ", ".join(f"{column.name} {kinds[column.kind]}" for column in test_listed.COLUMNS)
    values = [(name, *row.values("duckdb")[1:]) for name, row in test_listed.ROWS.items()]
    frame = spark.createDataFrame(values, schema)
    now = moments_of(test_listed.ROWS.values(), 48)[20]
    for listing in (lists.overdue(now), lists.waiting(), lists.finished(), lists.in_progress()):
        found = [row["id"] for row in frames.listed(frame, listing).select("id").collect()]
        assert found == [name for name, row in test_listed.ROWS.items() if listing.matches(row)]


def test_spark_counts_feedback_the_same(spark: Any) -> None:
    table = test_feedback.rows(test_feedback.ITEMS)
    frame = spark.createDataFrame(
        [tuple(row.values()) for row in table.to_pylist()],
        "unit string, late boolean, disliked boolean, sent_again boolean",
    )
    assert frames.feedback(frame, by=["unit"]) == frames.feedback(table, by=["unit"])


def _asked() -> list[tuple[str, datetime | None, str | None]]:
    """Return rows of every kind of limit, at every edge of a day, on working days and on days off."""
    days = (datetime(2026, 2, 12, tzinfo=UTC), datetime(2026, 8, 29, tzinfo=UTC), datetime(2026, 12, 31, tzinfo=UTC))
    known = [
        (day + timedelta(hours=-7, microseconds=int(edge)), limit)
        for place, limit in enumerate(LIMITS)
        for day in days
        for edge in EDGES[place % 3 :: 3]
    ]
    return [(str(n), at, limit) for n, (at, limit) in enumerate([*known, (None, "5 days"), (T0, None)])]


@pytest.mark.parametrize("hours", [EVEN, UNEVEN], ids=["even", "uneven"])
def test_spark_dates_the_same(spark: Any, hours: WorkingHours) -> None:
    asked = _asked()
    frame = spark.createDataFrame(asked, "id string, received_at timestamp, time_limit string")
    waited = {key: [(at + timedelta(hours=3), at + timedelta(hours=60))] for key, at, _ in asked[::9] if at}
    pauses = spark.createDataFrame(
        [(key, *span) for key, spans in waited.items() for span in spans],
        "id string, paused_at timestamp, resumed_at timestamp",
    )
    options: dict[str, Any] = {"calendar": CAL, "hours": hours, "late_receipt": "every_limit"}
    dated = frames.due(frame, pauses=pauses, name="hẹn trả", **options)
    assert dated.columns == ["id", "received_at", "time_limit", "hẹn trả"]
    found = {row["id"]: row["micros"] for row in dated.selectExpr("id", "unix_micros(`hẹn trả`) AS micros").collect()}
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    assert found == {
        key: None
        if at is None or limit is None
        else (due(at, TimeLimit.parse(limit), pauses=waited.get(key, ()), **options).at - epoch) // timedelta.resolution
        for key, at, limit in asked
    }


def test_one_limit_for_all_rows_of_spark(spark: Any) -> None:
    frame = spark.createDataFrame([("1", T0)], "id string, received_at timestamp")
    [row] = frames.due(frame, calendar=CAL, limit=TimeLimit.parse("5 working days")).collect()
    assert row["due_at"].astimezone(UTC) == datetime(2026, 3, 9, 16, 59, 59, tzinfo=UTC)
    with pytest.raises(InvalidValueError, match="time_limit: cannot use 'five days'"):
        frames.due(spark.createDataFrame([(T0, "five days")], "received_at timestamp, time_limit string"), calendar=CAL)
