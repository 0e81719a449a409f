"""Logs as columns: nothing is lost on the way, and the facts are those of each dossier folded by its machine."""

from __future__ import annotations

import importlib
import json
import os
import shutil
import sys
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import dossier, lab
from onestop_core.dossier import Dossier, Event, Opening, Policy
from onestop_core.dossier.events import Invitation
from onestop_core.errors import (
    InvalidDocumentError,
    InvalidEventError,
    InvalidValueError,
    MissingExtraError,
    OnestopError,
    UnknownCodeError,
)
from tests.dossier.driving import EDITIONS, GENEROUS, HOUR, T0, lawful, opened, reached, reached_with_linked_work

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
np = pytest.importorskip("numpy", reason="NumPy is not installed")
pytest.importorskip("narwhals", reason="narwhals is not installed")
pq = importlib.import_module("pyarrow.parquet")
frames = importlib.import_module("onestop_core.ext.frames")
log_files = importlib.import_module("onestop_core.ext.log_files")
log_arrays = importlib.import_module("onestop_core.ext._logs.arrays")
log_facts = importlib.import_module("onestop_core.ext._logs.facts")
log_sources = importlib.import_module("onestop_core.ext._logs.sources")
log_layout = importlib.import_module("onestop_core.ext._logs.layout")

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

MACHINES = {edition: dossier.machine(edition) for edition in EDITIONS}
NEWEST = MACHINES[EDITIONS[-1]]
PAGES = Path(__file__).parents[2] / "docs" / "reference"
STRUCK: tuple[tuple[int | str, ...], ...] = ((), (), (), (1,), ("k",))
KINDS = [event.code for event in NEWEST.lifecycle.events] + ["created_anew"]


def named(events: Sequence[Event], name: str, **opening: Any) -> tuple[Event, ...]:
    """Return a log under another name, otherwise opened."""
    first = events[0].opening
    assert first is not None
    return (attrs.evolve(events[0], opening=attrs.evolve(first, id=name, **opening)), *events[1:])


def everyday() -> list[tuple[Event, ...]]:
    """Return a log that leads to each state of each edition."""
    cases = [
        case
        for edition in EDITIONS
        for case in (*reached(edition).values(), *reached_with_linked_work(edition).values())
    ]
    return [named(case.events, str(number)) for number, case in enumerate(cases)]


def expected(logs: Iterable[Sequence[Event]]) -> tuple[dict[str, Any], dict[str, Any], set[str]]:
    """Return what each log comes to, one by one: facts, spans, and which cannot be folded."""
    facts: dict[str, Any] = {}
    spans: dict[str, Any] = {}
    refused: set[str] = set()
    for events in logs:
        opening = events[0].opening
        assert opening is not None
        try:
            case = dossier.machine(opening.lifecycle).replay(events, judge=False)
        except OnestopError:
            refused.add(opening.id)
            continue
        row = dossier.facts(case)
        facts[case.id] = {name: getattr(row, name) for name in FACTS}
        spans[case.id] = [
            {name: getattr(each, name) for name in ("phase", "start", "end", "papers")} for each in case.clock.spans
        ]
    return facts, spans, refused


FACTS = (
    *("id", "procedure", "unit", "channel", "submitted_at", "received_at", "due_at", "finished_at", "finished_kind"),
    *("supplement_requests", "supplement_requested_at", "supplement_hours", "guided"),
)


def compare(logs: Sequence[Sequence[Event]], folder: Any = None) -> Any:
    """Hold what the columns say to what each log says; return it."""
    table = frames.log_table(logs)
    folded = frames.fold_logs(table) if folder is None else folder.fold(table)
    facts, spans, refused = expected(logs)
    assert {row["id"]: {name: row[name] for name in FACTS} for row in folded.facts.to_pylist()} == facts
    found: dict[str, list[Any]] = {name: [] for name in spans}
    for row in folded.spans.to_pylist():
        row.pop("count")
        found[row.pop("id")].append(row)
    assert found == spans
    assert {one.dossier_id for one in folded.refused} == refused
    return folded


def test_the_logs_of_every_state_of_every_edition() -> None:
    folded = compare(everyday())
    assert folded.facts.num_rows > 60
    assert folded.facts.column("due_at").null_count < folded.facts.num_rows
    assert not folded.refused


@st.composite
def told(draw: st.DrawFn) -> tuple[Event, ...]:
    """Return whatever a log may tell, also what no table can fold."""
    machine = MACHINES[draw(st.sampled_from(EDITIONS))]
    free = draw(st.sampled_from(["none", "none", "province", "nation"]))
    policy = draw(st.sampled_from([None, GENEROUS, Policy(supplement_clock="pause")]))
    events, at = list(opened(machine, draw(st.sampled_from(["in_person", "online"])), policy, free).events), T0
    for _ in range(draw(st.integers(0, 8))):
        at += draw(st.integers(0, 30)) * HOUR
        due = draw(st.none() | st.integers(-5, 400))
        events.append(
            Event(
                draw(st.sampled_from(KINDS)),
                at,
                due=None if due is None else at + due * HOUR,
                task=draw(st.sampled_from([None, "1", "2"])),
                event=draw(st.sampled_from(STRUCK)),
                key=draw(st.sampled_from([None, "k", "l"])),
                to_unit=draw(st.sampled_from([None, "A", "B"])),
            )
        )
    units = {name: draw(st.sampled_from([None, "A", "B"])) for name in ("receiving_unit", "competent_unit")}
    return named(events, "x", **units)


@given(st.lists(told(), min_size=1, max_size=6))
def test_whatever_logs_tell_the_columns_say_what_each_says(logs: list[tuple[Event, ...]]) -> None:
    compare([named(events, str(number)) for number, events in enumerate(logs)])


def walked(seed: int) -> Dossier:
    """Return a dossier that took whatever way the *seed* says."""
    machine = MACHINES[EDITIONS[seed % 3]]
    case = opened(machine, ("in_person", "online", "post")[seed % 7 % 3], GENEROUS if seed % 2 else None)
    for turn in range(seed % 19):
        kinds = [kind for axis in (None, *case.axes) for kind in machine.allowed(case, axis=axis)]
        if not kinds:
            break
        event = lawful(machine, case, kinds[(seed * 31 + turn * 17) % len(kinds)], after=(seed * turn % 50) * HOUR)
        try:
            case = machine.step(case, event)
        except OnestopError:
            continue
    return case


def test_three_hundred_ways_and_a_folder_that_learns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_facts, "_CHUNK", 64)
    logs = [
        named(walked(seed).events, str(seed), non_territorial=("none", "nation")[seed % 5 == 0]) for seed in range(300)
    ]
    folder = log_facts.LogFolder()
    compare(logs, folder)
    compare(logs[::-1], folder)


def test_nothing_is_lost_on_the_way(tmp_path: Path) -> None:
    first = Event(
        "created",
        T0,
        papers=["đơn"],
        opening=Opening(
            id="1",
            procedure="1.004222",
            procedure_version="2",
            channel="post",
            lifecycle=EDITIONS[-1],
            policy=Policy(max_supplements=3),
            required_papers=["đơn", "ảnh"],
            receiving_unit="A",
            filed_by="hired_service",
            non_territorial="nation",
        ),
    )
    meeting = Invitation(at=T0, place="Thửa đất số 12", content="Đo đạc lại")
    asked = Event("verification_started", T0 + HOUR, actor="Lan", role="specialist", unit="A", invitation=meeting)
    paid = Event(
        "paid", T0 + HOUR, amount="15000.5", key="k", identity_checked=True, reason="phí", schema_version="1.0"
    )
    newer = Event.from_dict({"kind": "guided", "at": T0.isoformat(), "schema_version": "1.9", "place": "quầy 3"})
    struck = Event("struck", T0 + HOUR, event=[1, "k"], apology="xin lỗi", reason_code="data_wrong", fault="desk")
    logs = [(first, asked, paid, newer, struck), named([first], "2")]
    pq.write_table(frames.log_table(logs), tmp_path / "events.parquet")
    read = list(frames.log_events(pq.read_table(tmp_path / "events.parquet")))
    assert read == [("1", logs[0]), ("2", logs[1])]
    assert [event.schema_version for event in read[0][1]] == [event.schema_version for event in logs[0]]
    assert list(frames.log_events(frames.log_table([]))) == []
    assert frames.fold_logs(frames.log_table([])).facts.num_rows == 0


def test_a_dossier_may_be_given_instead_of_its_log() -> None:
    case = walked(8)
    assert frames.log_table([case]).equals(frames.log_table([case.events]))


@pytest.mark.parametrize("log", [(), (Event("received", T0),), ("created",), 5])
def test_no_log_is_no_table(log: Any) -> None:
    with pytest.raises(InvalidValueError, match=r"created|Event"):
        frames.log_table([log])


def table(**changes: Any) -> Any:
    """Return a table of two dossiers with other columns; None takes one out."""
    made = frames.log_table([named(walked(8).events, "1"), named(walked(9).events, "2")])
    for name, values in changes.items():
        at = made.column_names.index(name)
        made = made.remove_column(at)
        if values is not None:
            made = made.append_column(name, values(made.num_rows) if callable(values) else values)
    return made


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"kind": None}, "kind"),
        ({"at": lambda n: pa.array([T0.replace(tzinfo=None)] * n)}, "at"),
        ({"at": lambda n: pa.array(["hôm qua"] * n)}, "at"),
        ({"due": lambda n: pa.array([[1]] * n)}, "due"),
        ({"kind": lambda n: pa.array([None] * n, pa.string())}, "kind"),
        ({"number": lambda n: pa.array(range(1, n + 1))}, "number"),
        ({"number": lambda n: pa.array([0, *range(2, n + 1)])}, "number"),
        ({"dossier_id": lambda n: pa.array([str(each) for each in range(n)])}, "number"),
    ],
)
def test_a_table_that_holds_no_logs_is_refused(changes: dict[str, Any], told: str) -> None:
    wrong = table(**changes)
    for use in (frames.fold_logs, lambda rows: list(frames.log_events(rows))):
        with pytest.raises(OnestopError, match=told):
            use(wrong)


def test_what_is_no_table_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="PyArrow"):
        frames.fold_logs([])


def test_columns_that_hosts_do_not_have_are_empty() -> None:
    kept = ["dossier_id", "number", "kind", "at", "due", "lifecycle", "opening_channel", "procedure"]
    events = [named(walked(seed).events, str(seed)) for seed in (8, 12)]
    assert frames.fold_logs(frames.log_table(events).select(kept)).facts.num_rows == 2


def test_a_log_that_cannot_be_folded_says_why_and_the_rest_stays() -> None:
    good = named(walked(8).events, "good")
    unknown = named(walked(8).events, "lạ", lifecycle="vn@decree-1-1900")
    back = named((*walked(8).events, Event("paid", T0 - HOUR)), "lùi")
    folded = frames.fold_logs(frames.log_table([good, unknown, back, named(unknown, "lạ 2", non_territorial="nation")]))
    assert folded.facts.column("id").to_pylist() == ["good"]
    told = {one.dossier_id: type(one.error) for one in folded.refused}
    assert told == {"lạ": UnknownCodeError, "lạ 2": UnknownCodeError, "lùi": InvalidEventError}
    closed = frames.log_table([good])
    closed = closed.set_column(
        closed.column_names.index("lifecycle"), "lifecycle", pa.nulls(closed.num_rows, pa.string())
    )
    assert [type(one.error) for one in frames.fold_logs(closed).refused] == [InvalidEventError]


def test_the_same_name_twice_is_refused() -> None:
    log = walked(8).events
    with pytest.raises(InvalidValueError, match="number"):
        frames.fold_logs(frames.log_table([log, named(walked(9).events, "y"), log]))


def test_lifecycles_of_ones_own() -> None:
    own = dossier.machine(attrs.evolve(NEWEST.lifecycle, id="own@1"))
    case = own.new(id="1", procedure="1", channel="online", at=T0)
    rows = frames.log_table([case, named(case.events, "2", non_territorial="nation")])
    assert frames.fold_logs(rows, machines={"own@1": own}).facts.num_rows == 2
    assert len(frames.fold_logs(rows).refused) == 2


def test_the_unit_that_answers() -> None:
    logs = [named(walked(8).events, "1", competent_unit="Sở A", receiving_unit="Trung tâm")]
    for unit, found in (("competent_unit", "Sở A"), ("receiving_unit", "Trung tâm")):
        assert frames.fold_logs(frames.log_table(logs), unit=unit).facts.column("unit").to_pylist() == [found]
    with pytest.raises(InvalidValueError, match="unit"):
        frames.fold_logs(frames.log_table(logs), unit="đơn vị")


def test_batches_that_end_within_a_dossier_are_put_together() -> None:
    logs = [named(walked(seed).events, str(seed)) for seed in range(20)]
    whole = frames.log_table(logs)
    parts = list(log_layout.whole_dossiers(whole.to_batches(max_chunksize=7), least=25))
    assert len(parts) > 2
    assert pa.concat_tables(parts).equals(whole.combine_chunks())
    assert [name for part in parts for name, _ in frames.log_events(part)] == [str(seed) for seed in range(20)]
    long = named([walked(8).events[0]] + [Event("guided", T0)] * 60, "dài")
    [one] = log_layout.whole_dossiers(frames.log_table([long]).to_batches(max_chunksize=20), least=10)
    assert one.num_rows == 61
    assert list(log_layout.whole_dossiers([])) == []


def files(folder: Path) -> list[Path]:
    """Write three files of events."""
    made = [folder / f"{name}.parquet" for name in ("a", "b", "c")]
    for number, path in enumerate(made):
        logs = [named(walked(seed).events, str(seed)) for seed in range(number * 10, number * 10 + 10)]
        pq.write_table(frames.log_table(logs), path)
    return made


@pytest.mark.parametrize("processes", [1, 2])
def test_files_are_folded_and_a_run_that_broke_off_goes_on(tmp_path: Path, processes: int) -> None:
    sources, out = files(tmp_path), tmp_path / "out"
    first = sorted(log_files.fold_files(sources[:1], out, processes=processes), key=lambda each: each.source)
    then = {each.source.name: each for each in log_files.fold_files(sources, out, processes=processes)}
    assert [each.is_new for each in first] == [True]
    assert {name: each.is_new for name, each in then.items()} == {
        "a.parquet": False,
        "b.parquet": True,
        "c.parquet": True,
    }
    assert sum(each.dossiers for each in then.values()) == 30
    rows = pa.concat_tables([pq.read_table(out / "facts" / path.name) for path in sources])
    logs = [named(walked(seed).events, str(seed)) for seed in range(30)]
    assert {row["id"]: {name: row[name] for name in FACTS} for row in rows.to_pylist()} == expected(logs)[0]
    assert not list(out.rglob(".*"))
    again = log_files.fold_files(sources[:1], out, processes=1, unit="receiving_unit")
    assert [each.is_new for each in again] == [True]  # another question


def test_a_large_file_is_folded_part_by_part_and_a_bad_end_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log_sources, "whole_dossiers", partial(log_layout.whole_dossiers, least=20))
    monkeypatch.setattr(log_sources, "_ROWS", 9)
    [source, *_], out = files(tmp_path), tmp_path / "out"
    assert [each.dossiers for each in log_files.fold_files([source], out)] == [10]
    assert pq.read_table(out / "facts" / source.name).num_rows == 10
    before = (out / "facts" / source.name).read_bytes()
    rows = pq.read_table(source)
    last = rows.slice(0, 1).set_column(1, rows.schema.field(1), pa.array([7], pa.int32()))
    pq.write_table(pa.concat_tables([rows, last]), source)
    with pytest.raises(InvalidValueError, match="number"):
        list(log_files.fold_files([source], out))
    assert not list(out.rglob(".*"))
    assert (out / "facts" / source.name).read_bytes() == before


def test_what_could_not_be_folded_is_written_beside(tmp_path: Path) -> None:
    bad = named(walked(8).events, "lạ", lifecycle="vn@decree-1-1900")
    source = tmp_path / "a.parquet"
    pq.write_table(frames.log_table([walked(9), bad]), source)
    [done] = log_files.fold_files([source], tmp_path / "out")
    assert (done.dossiers, done.refused) == (1, 1)
    [line] = (tmp_path / "out" / "refused" / "a.jsonl").read_text(encoding="utf-8").splitlines()
    assert (json.loads(line)["id"], json.loads(line)["code"]) == ("lạ", "unknown-code")


def test_files_that_are_none(tmp_path: Path) -> None:
    broken, empty = tmp_path / "x.parquet", tmp_path / "y.parquet"
    broken.write_text("không", encoding="utf-8")
    with pytest.raises(InvalidDocumentError, match="Parquet"):
        list(log_files.fold_files([broken], tmp_path / "out"))
    assert not list((tmp_path / "out" / "facts").iterdir())
    pq.write_table(frames.log_table([]), empty)
    assert [each.dossiers for each in log_files.fold_files([empty], tmp_path / "out")] == [0]
    assert list(log_files.fold_files([], tmp_path / "out")) == []
    with pytest.raises(InvalidValueError, match="parquet"):
        list(log_files.fold_files([broken, tmp_path / "z" / "x.parquet"], tmp_path / "out"))


def test_without_pyarrow_or_numpy_one_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = frames.log_table([walked(8)])
    with monkeypatch.context() as patch:
        patch.setitem(sys.modules, "numpy", None)
        with pytest.raises(MissingExtraError, match="numpy"):
            frames.fold_logs(rows)
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError, match="pyarrow"):
        frames.log_table([walked(8)])


def by_id(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return the rows in one order."""
    return sorted(rows, key=lambda row: (row["id"], str(row.get("start"))))


@pytest.mark.filterwarnings("ignore:PySpark does not yet:FutureWarning")  # of pandas, which is not used here
def test_spark_folds_the_same(tmp_path: Path) -> None:
    sql = pytest.importorskip("pyspark.sql", reason="pyspark is not installed")
    if shutil.which("java") is None:
        pytest.skip("Spark needs Java, which is not on this machine")
    spark_logs = importlib.import_module("onestop_core.ext.spark")
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    os.environ["PYSPARK_PYTHON"] = sys.executable
    logs = [named(walked(seed).events, str(seed)) for seed in range(40)]
    logs.append(named(walked(8).events, "lạ", lifecycle="vn@decree-1-1900"))
    rows = frames.log_table(logs)
    session: Any = (
        sql.SparkSession.builder.master("local[1]")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.sql.session.timeZone", "Asia/Ho_Chi_Minh")
        .getOrCreate()
    )
    try:
        pq.write_table(rows.take(pa.array(range(rows.num_rows)[::-1])), tmp_path / "events.parquet")
        events = session.read.parquet(str(tmp_path / "events.parquet"))
        mine = frames.fold_logs(rows, unit="receiving_unit")
        for found, part in (
            (spark_logs.fold_logs(events, unit="receiving_unit"), "facts"),
            (spark_logs.spans(events), "spans"),
        ):
            ours = getattr(mine, part)
            assert ours.num_rows > 10
            assert by_id(found.toArrow().to_pylist()) == by_id(ours.to_pylist())
        law = lab.law(lifecycle="vn@decree-61-2018")
        broken = spark_logs.breaches(events, law=law).toArrow().to_pylist()
        ours = frames.judge_logs(rows, law=law).breaches.to_pylist()
        assert len(ours) > 10
        assert sorted(map(str, broken)) == sorted(map(str, ours))
        assert [row["id"] for row in spark_logs.refused_logs(events).collect()] == ["lạ"]
    finally:
        session.stop()


def test_what_a_worker_of_spark_does_with_its_batches() -> None:
    spark_logs = importlib.import_module("onestop_core.ext.spark")
    logs = [named(walked(seed).events, str(seed)) for seed in range(40)]
    logs.append(named(walked(8).events, "lạ", lifecycle="vn@decree-1-1900"))
    rows, mine = frames.log_table(logs), frames.fold_logs(frames.log_table(logs))
    for part in ("facts", "spans"):
        batches = spark_logs._Fold(part, "competent_unit")(iter(rows.to_batches(max_chunksize=50)))
        assert pa.Table.from_batches(batches).equals(getattr(mine, part).combine_chunks())
    law = lab.law(lifecycle="vn@decree-61-2018")
    batches = spark_logs._Fold("breaches", law=law, language="vi")(iter(rows.to_batches(max_chunksize=50)))
    judged = frames.judge_logs(rows, law=law, language="vi").breaches
    assert judged.num_rows > 10
    assert pa.Table.from_batches(batches).equals(judged.combine_chunks())
    assert [(each.name, each.type) for each in judged.schema] == [
        (
            name,
            {"int": pa.int32(), "boolean": pa.bool_(), "timestamp": pa.timestamp("us", tz="UTC")}.get(
                kind, pa.string()
            ),
        )
        for name, kind in (each.split(" ") for each in spark_logs._BREACHES.split(", "))
    ]
    [refused] = spark_logs._Fold("refused", "competent_unit")(iter(rows.to_batches()))
    assert refused.to_pylist() == [{"id": "lạ", "error": str(mine.refused[0].error)}]


def test_the_columns_are_described_in_both_languages() -> None:
    assert [each.name for each in frames.log_columns()] == frames.log_table([]).column_names
    assert all(each.title.vi and each.title.en for each in frames.log_columns())


def test_what_is_no_frame_of_spark_is_refused() -> None:
    spark_logs = importlib.import_module("onestop_core.ext.spark")

    class Frame:
        def __init__(self) -> None:
            self.columns = ["dossier_id"]

        def mapInArrow(self) -> None: ...  # noqa: N802 - Spark's name

    for frame, told in ((None, "Spark"), (Frame(), "number")):
        with pytest.raises(InvalidValueError, match=told):
            spark_logs.fold_logs(frame)
    with pytest.raises(InvalidValueError, match="unit"):
        spark_logs.fold_logs(Frame(), unit="x")
    for law in ({"law": "vn"}, {"law": lab.law(), "language": "fr"}):
        with pytest.raises(InvalidValueError, match=r"law|language"):
            spark_logs.breaches(Frame(), **law)


def test_the_page_of_the_columns_lists_them() -> None:
    page = (PAGES / "log-columns.md").read_text(encoding="utf-8")
    rows = [line.split(" | ") for line in page.splitlines() if line.startswith("| `")]
    told = [(row[0].strip("| `"), row[2], row[3].removesuffix(" |")) for row in rows]
    assert told == [(each.name, each.title.en, each.title.vi) for each in frames.log_columns()]
    folded = frames.fold_logs(frames.log_table([walked(8)]))
    for name in (*folded.facts.column_names, *folded.spans.column_names):
        assert f"`{name}`" in page
