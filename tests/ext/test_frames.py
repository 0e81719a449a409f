"""The same integers, whichever engine counts."""

from __future__ import annotations

import importlib
import sys
import unicodedata
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onestop_core import kpi
from onestop_core.errors import InvalidValueError, MissingExtraError, UnknownCodeError
from onestop_core.kpi import DossierFacts, figure
from onestop_core.kpi.counting.conditions import AllOfKnown, HasValue
from onestop_core.kpi.counting.terms import Column
from onestop_core.model import HO_CHI_MINH, Interval
from tests.kpi.facts_strategies import PERIOD, dossiers
from tests.kpi.sql_facts import NAMES, NUMBERS, TEXTS, rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

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


def _polars(table: Any) -> Any:
    return pytest.importorskip("polars", reason="the extra engines").from_arrow(table)


def _pandas(table: Any) -> Any:
    pytest.importorskip("pandas", reason="the extra engines")
    return table.to_pandas()


def _pandas_arrow(table: Any) -> Any:
    pandas = pytest.importorskip("pandas", reason="the extra engines")
    return table.to_pandas(types_mapper=pandas.ArrowDtype)


def _duckdb(table: Any) -> Any:
    duckdb = pytest.importorskip("duckdb", reason="the extra engines")
    base = duckdb.connect()
    base.execute("SET TimeZone = 'America/New_York'")
    return base.from_arrow(table)


FROM_ARROW: dict[str, Callable[[Any], Any]] = {
    "polars": _polars,
    "pandas": _pandas,
    "pandas-arrow": _pandas_arrow,
    "pyarrow": lambda table: table,
    "duckdb": _duckdb,
}


def _made(engine: str, facts: list[DossierFacts]) -> Any:
    return FROM_ARROW[engine](arrow(facts))


ENGINES: dict[str, Callable[[list[DossierFacts]], Any]] = {name: partial(_made, name) for name in FROM_ARROW}


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
    for predicate in (opened.numerator, opened.denominator, opened.missed, opened.unknown, opened.told):
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


AT = datetime(2026, 10, 12, tzinfo=HO_CHI_MINH)
READ = [column.name for column in frames.facts_columns() if column.kind != "text"]


@settings(max_examples=40)
@given(facts=FACTS, lost=st.sets(st.sampled_from([name for name in READ if name != "received_at"]), min_size=1))
def test_a_column_that_is_not_there_turns_an_answer_into_unknown_and_never_into_another(
    facts: list[DossierFacts], lost: set[str]
) -> None:
    # Without both days a dossier is in no period; one without receipt is found by the day of filing alone.
    received = [one for one in facts if one.received_at is not None]
    whole = kpi.tally(received, period=PERIOD)
    table = arrow(received)
    told = frames.tally(table.drop_columns(sorted(lost)), INDEX, period=PERIOD)[()]
    cells = [(whole[metric], told[metric]) for metric in whole.metrics]
    for full, part in [*cells, (whole.finished, told.finished), (whole.in_progress, told.in_progress)]:
        assert part.numerator <= full.numerator
        assert part.denominator - part.numerator <= full.denominator - full.numerator
    for metric in whole.metrics.keys() - {"3.6"}:
        assert told[metric].denominator + told[metric].unknown == whole.counted


def test_without_the_columns_on_supplements_nothing_in_progress_is_judged() -> None:
    facts = [
        DossierFacts(id="waits", received_at=AT, due_at=AT, supplement_requested_at=AT, supplement_requests=1),
        DossierFacts(id="late", received_at=AT, due_at=AT, supplement_requests=0),
        DossierFacts(id="done", received_at=AT, due_at=AT, finished_at=AT, supplement_requests=0),
    ]
    projection = arrow(facts).select(["id", "received_at", "due_at", "finished_at"])
    assert kpi.tally(facts, period=PERIOD)["2.1"] == kpi.Count(numerator=2, denominator=3)
    assert frames.tally(projection, INDEX, period=PERIOD)[()]["2.1"] == kpi.Count(numerator=1, denominator=1, unknown=2)
    forgot = [attrs.evolve(one, supplement_requests=None, supplement_requested_at=None) for one in facts]
    assert kpi.tally(forgot, period=PERIOD)["2.1"] == kpi.Count(numerator=1, denominator=1, unknown=2)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("rows", [0, 2])
def test_a_frame_without_any_value_counts_nothing(engine: str, rows: int) -> None:
    frame = FROM_ARROW[engine](pa.table({"received_at": pa.nulls(rows)}))
    tally = frames.tally(frame, INDEX, period=PERIOD)[()]
    assert (tally.dossiers, tally.counted, tally["2.1"]) == (rows, 0, kpi.Count())


@pytest.mark.parametrize("engine", ENGINES)
def test_a_column_without_any_value_is_one_of_empty_cells_whatever_its_type(engine: str) -> None:
    facts = [DossierFacts(id="A", received_at=AT, due_at=AT + timedelta(days=40), supplement_requests=0)]
    expected = kpi.tally(facts, period=PERIOD)
    for kind in (pa.null(), pa.string(), pa.float64(), pa.bool_(), pa.timestamp("us")):
        table = arrow(facts)
        for name in (
            "finished_at",
            "supplement_requested_at",
            "digitised",
            "allowed_hours",
            "channel",
            "finished_kind",
        ):
            if name in table.column_names:
                table = table.set_column(table.column_names.index(name), name, pa.array([None], kind))
        assert frames.tally(FROM_ARROW[engine](table), INDEX, period=PERIOD)[()] == expected, kind


WRONG: list[Any] = [
    pytest.param("digitised", ["true", "false"], "boolean", id="text for a flag"),
    pytest.param("digitised", [2, 0], "boolean", id="numbers for a flag"),
    pytest.param("complained", [1.0, 0.0], "boolean", id="floats for a flag"),
    pytest.param("allowed_hours", [8.5, 9.0], "whole numbers", id="half an hour"),
    pytest.param("allowed_hours", [float("inf"), 1.0], "whole numbers", id="for ever"),
    pytest.param("allowed_hours", ["8", "9"], "whole numbers", id="text for hours"),
    pytest.param("supplement_requests", [True, False], "whole numbers", id="flags for a number"),
    pytest.param("allowed_hours", [10**10, 1], "from 0 to 1000000.*wrong rows: 1", id="hours that overflow"),
    pytest.param("supplement_hours", [2**62, 2**61], "from 0 to 1000000.*wrong rows: 2", id="more hours"),
    pytest.param("supplement_requests", [-1, 1], "from 0 to 1000000", id="less than none"),
    pytest.param("channel", ["ONLINE", "online"], "one of in_person, online, post", id="another word"),
    pytest.param("channel", ["carrier-pigeon", "post"], "one of in_person, online, post", id="another channel"),
    pytest.param("channel", [1, 2], "text", id="numbers for codes"),
    pytest.param("finished_kind", ["finished", "done"], "one of done, returned", id="another end"),
    pytest.param("due_at", ["2026-10-12", "2026-10-13"], "time zone", id="text for moments"),
    pytest.param("due_at", [datetime(2026, 10, 12), datetime(2026, 10, 13)], "time zone", id="naive moments"),
    pytest.param("due_at", [date(2026, 10, 12), date(2026, 10, 13)], "time zone", id="days for moments"),
    pytest.param(
        "finished_at", [AT - timedelta(hours=1), AT], "not before received_at", id="an end before the receipt"
    ),
    pytest.param("supplement_requested_at", [AT, AT], "at least 1 while waiting", id="waiting, never asked"),
]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(("column", "values", "expected"), WRONG)
def test_what_python_refuses_of_a_dossier_is_refused_of_a_column(
    engine: str, column: str, values: list[Any], expected: str
) -> None:
    columns = {"received_at": [AT, AT], "finished_at": [AT, AT], "supplement_requests": [0, 0], column: values}
    frame = FROM_ARROW[engine](pa.table(columns))
    for call in (
        lambda: frames.tally(frame, INDEX, period=PERIOD),
        lambda: frames.select(frame, figure("2.1", period=PERIOD).missed),
    ):
        with pytest.raises(InvalidValueError, match=expected) as refused:
            call()
        assert refused.value.what in {column, "supplement_requests"}
        assert refused.value.message.vi != refused.value.message.en


def test_an_end_without_its_moment_is_refused() -> None:
    for moments in ([None, AT], [None, None]):
        table = pa.table({"received_at": [AT, AT], "finished_at": moments, "finished_kind": ["done", "done"]})
        with pytest.raises(InvalidValueError, match="since there is no finished_at"):
            frames.tally(table, INDEX, period=PERIOD)


def test_pandas_holds_whole_numbers_with_gaps_as_floats_and_they_are_read() -> None:
    pandas = pytest.importorskip("pandas", reason="the extra engines")
    facts = [
        DossierFacts(id="A", received_at=AT, finished_at=AT + timedelta(hours=8), allowed_hours=8),
        DossierFacts(id="B", received_at=AT, finished_at=AT + timedelta(hours=9)),
    ]
    frame = arrow(facts).to_pandas()
    assert str(frame["allowed_hours"].dtype) == "float64"
    assert frames.tally(frame, INDEX, period=PERIOD)[()] == kpi.tally(facts, period=PERIOD)
    kinds = {"received_at": [AT, AT.replace(tzinfo=None)]}
    for columns, what in (
        (kinds, "received_at"),
        (kinds | {"received_at": [AT, AT], "digitised": [True, "no"]}, "digitised"),
        (kinds | {"received_at": [AT, AT], "allowed_hours": [10**30, 1]}, "allowed_hours"),
        (kinds | {"received_at": [AT, AT], "unit": ["A", 1]}, "unit"),
    ):
        with pytest.raises(InvalidValueError) as refused:
            frames.tally(pandas.DataFrame(columns, dtype=object), INDEX, by=["unit"] if what == "unit" else ())
        assert refused.value.what == what


def test_nanoseconds_are_forgotten_as_python_forgets_them() -> None:
    pandas = pytest.importorskip("pandas", reason="the extra engines")
    last = pandas.Timestamp("2026-10-31T23:59:59.999999999+07:00")
    frame = pandas.DataFrame({"received_at": [last]})
    assert frames.tally(frame, INDEX, period=PERIOD)[()].counted == 1
    assert frames.tally(pa.Table.from_pandas(frame), INDEX, period=PERIOD)[()].counted == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_one_name_in_two_unicode_forms_is_one_group(engine: str) -> None:
    names = ["Tây Hồ", unicodedata.normalize("NFD", "Tây Hồ"), "Đống Đa", None]
    table = pa.table({"unit": names, "received_at": [AT] * 4, "due_at": [AT] * 4, "finished_at": [AT] * 4})
    counted = frames.tally(FROM_ARROW[engine](table), INDEX, by=["unit"], period=PERIOD)
    assert {key: each.dossiers for key, each in counted.items()} == {("Đống Đa",): 1, ("Tây Hồ",): 2, (None,): 1}
    assert [*counted] == [("Đống Đa",), ("Tây Hồ",), (None,)]  # by the Vietnamese alphabet, the unknown last


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("unit", [[["A"]], [{"name": "A"}]])
def test_no_group_is_a_list_or_a_record(engine: str, unit: list[Any]) -> None:
    table = pa.table({"unit": unit, "received_at": [AT]})
    with pytest.raises(InvalidValueError, match="one value to a row"):
        frames.tally(FROM_ARROW[engine](table), INDEX, by=["unit"], period=PERIOD)


def test_groups_of_any_type_are_told_apart() -> None:
    kinds = pa.array(["b", "a", None]).dictionary_encode()
    table = pa.table({"kind": kinds, "year": [2026.0, float("nan"), 2025.0], "received_at": [AT] * 3})
    counted = frames.tally(table, INDEX, by=["kind", "year"], period=PERIOD)
    assert [*counted] == [("a", None), ("b", 2026.0), (None, 2025.0)]


@pytest.mark.parametrize(
    ("column", "meant"),
    [
        ("recieved_at", "received_at"),
        ("Received_At", "received_at"),
        ("received at", "received_at"),
        ("digitized", "digitised"),
        ("supplement_request_at", "supplement_requested_at"),
        ("finnished_at", "finished_at"),
        ("disliked_by", None),
        ("finished_by", None),
    ],
)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_slip_in_the_name_of_a_column_is_told(engine: str, column: str, meant: str | None) -> None:
    names = {"received_at": [AT], column: [AT]}
    if meant == "received_at":
        del names["received_at"]
    frame = FROM_ARROW[engine](pa.table(names))
    if meant is None:
        assert frames.tally(frame, INDEX, period=PERIOD)[()].counted == 1
        return
    with pytest.raises(UnknownCodeError) as refused:
        frames.tally(frame, INDEX, period=PERIOD)
    assert (refused.value.value, refused.value.suggestions) == (column, (meant,))


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
    for by in (["colour"], "unit", 5, [3], None):
        with pytest.raises(InvalidValueError, match="by"):
            frames.tally(arrow([]), INDEX, by=by)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="received_at"):
        frames.tally(pa.table({"due_at": [AT]}), INDEX)
    calls: dict[str, Callable[[], object]] = {
        "index": lambda: frames.tally(arrow([]), "vn-766"),  # type: ignore[arg-type]
        "period": lambda: frames.tally(arrow([]), INDEX, period="2026"),  # type: ignore[arg-type]
        "predicate": lambda: frames.select(arrow([]), "2.1"),  # type: ignore[arg-type]
        "supplements": lambda: frames.tally(arrow([]), INDEX, supplements="never"),
    }
    for what, call in calls.items():
        with pytest.raises(InvalidValueError, match=what):
            call()
    assert frames.tally(arrow([]), INDEX) == {(): kpi.Tally()}
    assert frames.tally(arrow([]), INDEX, by=["unit"]) == {}


def test_what_an_engine_cannot_compute_is_an_error_of_ours_and_a_missing_file_stays_one(tmp_path: Path) -> None:
    polars = pytest.importorskip("polars", reason="the extra engines")
    with pytest.raises(OSError, match="nothing"):
        frames.tally(polars.scan_csv(str(tmp_path / "nothing.csv")), INDEX)
    with pytest.raises(OSError, match="nothing"):
        frames.tally(polars.scan_parquet(str(tmp_path / "nothing.parquet")), INDEX)

    def fails(_: Any) -> Any:
        raise ZeroDivisionError

    lazy = _polars(arrow([DossierFacts(id="A", received_at=AT)])).lazy()
    broken = lazy.map_batches(fails, schema=lazy.collect_schema())
    with pytest.raises(InvalidValueError, match="a frame that polars can compute"):
        frames.tally(broken, INDEX, period=PERIOD)
    gone = tmp_path / "gone.parquet"
    _polars(arrow([])).write_parquet(gone)
    scanned = polars.scan_parquet(str(gone))
    scanned.collect_schema()
    gone.unlink()
    with pytest.raises((OSError, InvalidValueError)):
        frames.tally(scanned, INDEX, period=PERIOD)


def test_an_engine_that_nobody_has_tried_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("onestop_core.ext._columns.frame_columns._ENGINES", ("duckdb",))
    with pytest.raises(InvalidValueError, match="a data frame of duckdb"):
        frames.tally(arrow([]), INDEX)


def test_a_frame_of_pandas_needs_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    frame = FROM_ARROW["pandas"](arrow([]))
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match="pyarrow"):
        frames.tally(frame, INDEX)


@pytest.mark.parametrize("engine", ENGINES)
def test_rows_are_selected_where_timeliness_is_unknown_throughout(engine: str) -> None:
    frame = FROM_ARROW[engine](pa.table({"id": ["A", "B"], "received_at": [AT, AT], "digitised": [True, False]}))
    for metric, kept in (("4.2", 1), ("2.1", 0), ("5.4", 0)):
        opened = figure(metric, period=PERIOD)
        rows = frames.select(frame, opened.denominator)
        assert len(rows.collect() if engine == "polars" else rows) == (2 if kept else 0)
        rows = frames.select(frame, opened.unknown)
        assert len(rows.collect() if engine == "polars" else rows) == (0 if kept else 2)


WIDTHS = [f"{sign}int{bits}" for sign in ("", "u") for bits in (8, 16, 32, 64)]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("width", WIDTHS)
def test_whole_numbers_of_every_width_count_the_same(engine: str, width: str) -> None:
    kind = pa.type_for_alias(width)
    hours, none = pa.array([4, 5, None], kind), pa.array([0] * 3, kind)
    ended = [AT + timedelta(hours=5)] * 3
    table = pa.table({"received_at": [AT] * 3, "due_at": pa.nulls(3), "finished_at": ended, "allowed_hours": hours})
    table = table.append_column("supplement_hours", none).append_column("supplement_requests", none)
    counted = frames.tally(FROM_ARROW[engine](table), INDEX, period=PERIOD)[()]["2.1"]
    assert (counted.numerator, counted.denominator, counted.unknown) == (1, 2, 1)


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize(
    ("width", "hours"),
    [("int8", -1), ("int64", 1_000_001), ("int64", -(2**63)), ("int64", 2**63 - 1), ("uint64", 2**64 - 1)],
)
def test_whole_numbers_beyond_what_a_dossier_can_have_are_refused(engine: str, width: str, hours: int) -> None:
    column = pa.array([4, hours], pa.type_for_alias(width))
    table = pa.table({"received_at": [AT] * 2, "allowed_hours": column})
    with pytest.raises(InvalidValueError, match=f"allowed_hours: cannot use {hours}; .*from 0 to 1000000 .*rows: 1"):
        frames.tally(FROM_ARROW[engine](table), INDEX, period=PERIOD)


@pytest.mark.parametrize("hours", [2**53, -(2**63), 2**63 - 1])
def test_floats_of_pandas_that_are_no_one_whole_number_are_refused(hours: int) -> None:
    column = pa.array([4, hours, None], pa.int64())
    frame = FROM_ARROW["pandas"](pa.table({"received_at": [AT] * 3, "allowed_hours": column}))
    with pytest.raises(InvalidValueError, match=r"allowed_hours: .*a column of whole numbers"):
        frames.tally(frame, INDEX, period=PERIOD)


def test_without_narwhals_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "narwhals", None)
    for name in ("frames", "_columns.frame_columns", "_columns.frame_expressions"):
        monkeypatch.delitem(sys.modules, f"onestop_core.ext.{name}")
    with pytest.raises(MissingExtraError) as raised:
        importlib.import_module("onestop_core.ext.frames")
    assert (raised.value.extra, raised.value.package) == ("frames", "narwhals")


def test_a_request_without_an_appointment_is_unknown_to_both() -> None:
    asked = DossierFacts(
        id="1",
        submitted_at=AT,
        received_at=AT,
        supplement_requests=1,
        supplement_requested_at=AT,
    )
    counted = frames.tally(arrow([asked]), INDEX, period=PERIOD)[()]
    assert counted == kpi.tally([asked], period=PERIOD)
    assert counted["2.1"].unknown == 1


def test_where_all_must_be_known_one_that_is_not_decides() -> None:
    parts = tuple(HasValue(column=Column(name=name)) for name in ("due_at", "finished_at"))
    read = frames._reader(AllOfKnown(parts=parts), {part: place for place, part in enumerate(parts)})
    told: list[tuple[bool | None, bool | None]] = [(True, True), (True, False), (True, None), (False, None)]
    assert [read(each) for each in told] == [True, False, None, None]
