"""The same integers, whichever engine counts."""

from __future__ import annotations

import importlib
import os
import shutil
import sys
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onestop_core import kpi
from onestop_core.errors import InvalidValueError, MissingExtraError
from onestop_core.kpi import DossierFacts, figure
from onestop_core.model import HO_CHI_MINH, Interval
from tests.kpi.facts_strategies import PERIOD, dossiers
from tests.kpi.sql_facts import NAMES, NUMBERS, TEXTS, rows

if TYPE_CHECKING:
    from collections.abc import Callable

pytest.importorskip("narwhals", reason="the extra frames")
pa = pytest.importorskip("pyarrow", reason="the extra engines")

from onestop_core.ext import frames  # noqa: E402 - needs the extra

INDEX = kpi.index("vn-766@portal-2026")
FACTS = st.lists(dossiers(), max_size=8)
PERIODS = st.sampled_from([PERIOD, Interval(last=date(2026, 10, 31)), Interval(first=date(2026, 10, 1), last=date.max)])


def arrow(facts: list[DossierFacts]) -> Any:
    def kind(name: str) -> Any:
        if name.endswith("_at"):
            return pa.timestamp("us", "UTC")
        return pa.int64() if name in NUMBERS else pa.string() if name in TEXTS else pa.bool_()

    table = rows(facts)
    schema = pa.schema([(name, kind(name)) for name in NAMES])
    return pa.table({name: [row[place] for row in table] for place, name in enumerate(NAMES)}, schema=schema)


def _polars(facts: list[DossierFacts]) -> Any:
    return pytest.importorskip("polars", reason="the extra engines").from_arrow(arrow(facts))


def _pandas(facts: list[DossierFacts]) -> Any:
    pytest.importorskip("pandas", reason="the extra engines")
    return arrow(facts).to_pandas()


def _pandas_arrow(facts: list[DossierFacts]) -> Any:
    pandas = pytest.importorskip("pandas", reason="the extra engines")
    return arrow(facts).to_pandas(types_mapper=pandas.ArrowDtype)


def _duckdb(facts: list[DossierFacts]) -> Any:
    duckdb = pytest.importorskip("duckdb", reason="the extra engines")
    base = duckdb.connect()
    base.execute("SET TimeZone = 'America/New_York'")
    return base.from_arrow(arrow(facts))


ENGINES: dict[str, Callable[[list[DossierFacts]], Any]] = {
    "polars": _polars,
    "pandas": _pandas,
    "pandas-arrow": _pandas_arrow,
    "pyarrow": arrow,
    "duckdb": _duckdb,
}


@pytest.mark.parametrize("engine", ENGINES)
@settings(max_examples=10)
@given(facts=FACTS, period=PERIODS, policy=st.sampled_from(["portal", "ignore"]))
def test_a_frame_counts_as_python_does(engine: str, facts: list[DossierFacts], period: Interval, policy: str) -> None:
    frame = ENGINES[engine](facts)
    expected = kpi.tally_by(facts, by="unit", period=period, supplements=policy)
    counted = frames.tally(frame, INDEX, by=["unit"], period=period, supplements=policy)
    assert counted == {(unit,): each for unit, each in expected.items()}
    whole = frames.tally(frame, INDEX, period=period, supplements=policy)
    assert whole == {(): kpi.tally(facts, period=period, supplements=policy)}


@given(facts=FACTS, metric=st.sampled_from(["2.1", "3.3", "3.6", "5.4"]))
@settings(max_examples=15)
def test_the_rows_behind_a_figure_are_selected(facts: list[DossierFacts], metric: str) -> None:
    polars = pytest.importorskip("polars", reason="the extra engines")
    frame = polars.from_arrow(arrow(facts)).with_row_index("position")
    opened = figure(metric, period=PERIOD)
    for predicate in (opened.numerator, opened.denominator, opened.missed, opened.unknown):
        kept = frames.select(frame, predicate).collect()["position"].to_list()
        assert kept == [place for place, one in enumerate(facts) if predicate.matches(one)]


def _ids(frame: Any) -> list[str]:
    """Return the ids of a frame of any engine, which has the columns of the facts and no others."""
    columns = frame.columns if hasattr(frame, "columns") else frame.column_names
    names = frame.column_names if isinstance(frame, pa.Table) else list(columns)
    assert names == list(NAMES)
    if hasattr(frame, "fetchall"):
        return [row[0] for row in frame.project("id").fetchall()]  # moments would need one package more
    return list(frame["id"].to_pylist() if isinstance(frame, pa.Table) else frame["id"])


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("metric", ["2.1", "3.3", "3.6", "5.4"])
def test_every_engine_selects_the_same_rows_and_no_columns_of_ours(engine: str, metric: str) -> None:
    at = datetime(2026, 10, 12, tzinfo=UTC)
    facts = [
        DossierFacts(
            id="late", received_at=at, allowed_hours=8, finished_at=at + timedelta(hours=9), supplement_requests=0
        ),
        DossierFacts(id="good", received_at=at, allowed_hours=9, finished_at=at + timedelta(hours=9), channel="online"),
        DossierFacts(id="paid", received_at=at, due_at=at, fee_due=True, paid_online=True, disliked=False),
        DossierFacts(id="open", received_at=at),
    ]
    opened = figure(metric, period=PERIOD)
    for predicate in (opened.numerator, opened.missed, opened.unknown):
        frame = ENGINES[engine](facts)
        kept = frames.select(frame.lazy() if engine == "polars" else frame, predicate)
        kept = kept.collect() if engine == "polars" else kept
        assert _ids(kept) == [one.id for one in facts if predicate.matches(one)]


def test_groups_whose_dossiers_are_alike_are_told_apart() -> None:
    at = datetime(2026, 10, 12, tzinfo=UTC)
    facts = [DossierFacts(id=unit, unit=unit, received_at=at, due_at=at, finished_at=at) for unit in ("A", "B", "B2")]
    counted = frames.tally(arrow(facts), INDEX, by=["unit"], period=PERIOD)
    assert {key: (each.dossiers, each["2.1"].numerator) for key, each in counted.items()} == {
        ("A",): (1, 1),
        ("B",): (1, 1),
        ("B2",): (1, 1),
    }


def test_rows_of_a_table_are_selected_by_a_flag() -> None:
    at = datetime(2026, 10, 12, tzinfo=UTC)
    facts = [DossierFacts(id=str(n), received_at=at, digitised=flag) for n, flag in enumerate((True, False, None))]
    assert frames.select(arrow(facts), figure("4.2").missed)["id"].to_pylist() == ["1"]


def test_what_is_not_known_is_selected_from_pandas_too() -> None:
    pytest.importorskip("pandas", reason="the extra engines")
    at = datetime(2026, 10, 12, tzinfo=UTC)
    facts = [DossierFacts(id=str(n), received_at=at, digitised=flag) for n, flag in enumerate((True, False, None))]
    opened = figure("4.2", period=PERIOD)
    assert list(frames.select(arrow(facts).to_pandas(), opened.unknown)["id"]) == ["2"]
    assert list(frames.select(arrow(facts).to_pandas(), opened.missed)["id"]) == ["1"]


def test_a_column_that_is_not_there_is_unknown_throughout() -> None:
    at = datetime(2026, 10, 12, tzinfo=HO_CHI_MINH)
    facts = [
        DossierFacts(id="A", received_at=at, finished_at=at + timedelta(hours=9), allowed_hours=8),
        DossierFacts(id="B", submitted_at=at, channel=kpi.Channel.ONLINE),
    ]
    for kept in (("received_at", "finished_at", "allowed_hours"), ("submitted_at", "channel"), ("id",)):
        table = arrow(facts).select(list(kept))
        expected = [attrs.evolve(DossierFacts(id="X"), **{name: getattr(one, name) for name in kept}) for one in facts]
        assert frames.tally(table, INDEX, period=PERIOD)[()] == kpi.tally(expected, period=PERIOD)


def test_without_a_last_day_nothing_may_be_in_progress() -> None:
    at = datetime(2026, 10, 12, tzinfo=UTC)
    ended = DossierFacts(id="A", received_at=at, due_at=at, finished_at=at)
    waits = DossierFacts(id="B", received_at=at, supplement_requested_at=at)
    open_ = DossierFacts(id="C", received_at=at)
    assert frames.tally(arrow([ended, waits]), INDEX)[()] == kpi.tally([ended, waits])
    with pytest.raises(InvalidValueError, match="in progress: 1"):
        frames.tally(arrow([ended, open_]), INDEX)
    with pytest.raises(InvalidValueError, match="in progress: 1"):
        frames.tally(arrow([waits]), INDEX, supplements="ignore")


def test_a_metric_that_the_index_does_not_have_stays_empty() -> None:
    at = datetime(2026, 10, 12, tzinfo=UTC)
    small = attrs.evolve(INDEX, metrics=(INDEX.metric("2.1"),))
    facts = [DossierFacts(id="A", received_at=at, due_at=at, finished_at=at, digitised=True)]
    counted = frames.tally(arrow(facts), small)[()]
    assert (counted["2.1"].numerator, counted["4.2"]) == (1, kpi.Count())


def test_what_cannot_be_counted_is_refused() -> None:
    naive = pa.table({"received_at": pa.array([datetime(2026, 10, 12)], pa.timestamp("us"))})
    with pytest.raises(InvalidValueError, match="frame"):
        frames.tally([1, 2], INDEX)
    with pytest.raises(InvalidValueError, match="time zone"):
        frames.tally(naive, INDEX)
    with pytest.raises(InvalidValueError, match="received_at"):
        frames.tally(pa.table({"received_at": ["2026-10-12"]}), INDEX)
    with pytest.raises(InvalidValueError, match="by"):
        frames.tally(arrow([]), INDEX, by=["colour"])
    assert frames.tally(arrow([]), INDEX) == {(): kpi.Tally()}
    assert frames.tally(arrow([]), INDEX, by=["unit"]) == {}


def test_spark_counts_the_same() -> None:
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not on this machine")
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    at = datetime(2026, 10, 12, 1, tzinfo=UTC)
    facts = [
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
    names = {"_at": "timestamp"}
    kinds = ", ".join(
        f"{n} {names.get(n[-3:]) or ('bigint' if n in NUMBERS else 'string' if n in TEXTS else 'boolean')}"
        for n in NAMES
    )
    spark: Any = (
        sql.SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "1")
        .getOrCreate()
    )
    try:
        frame = spark.createDataFrame(rows(facts), kinds)
        expected = {(unit,): each for unit, each in kpi.tally_by(facts, by="unit", period=PERIOD).items()}
        assert frames.tally(frame, INDEX, by=["unit"], period=PERIOD) == expected
    finally:
        spark.stop()


def test_without_narwhals_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "narwhals", None)
    for name in ("frames", "_frame_expressions"):
        monkeypatch.delitem(sys.modules, f"onestop_core.ext.{name}")
    with pytest.raises(MissingExtraError) as raised:
        importlib.import_module("onestop_core.ext.frames")
    assert (raised.value.extra, raised.value.package) == ("frames", "narwhals")
