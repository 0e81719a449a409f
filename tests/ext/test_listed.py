"""The same list, whichever engine holds the rows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core.deadlines import lists
from onestop_core.deadlines.terms import StatusCode
from onestop_core.errors import InvalidValueError
from tests.deadlines.test_countdown import ASKED, BARE, CIVIL, OPEN, at, run
from tests.deadlines.test_lists import as_row, moments

pytest.importorskip("narwhals", reason="the extra frames")
pa = pytest.importorskip("pyarrow", reason="the extra engines")

from onestop_core.ext import frames  # noqa: E402 - needs the extra
from tests.ext.test_frames import FROM_ARROW  # noqa: E402 - likewise

if TYPE_CHECKING:
    from collections.abc import Iterable

CASES = {
    "late": run(*BARE),
    "hour": run(*OPEN),
    "waits": run(*OPEN, ASKED),
    "waits late": run(*OPEN, ("financial_obligation_set", "2026-03-11T09:00")),
    "done": run(*OPEN, ("approved", "2026-03-09T17:00"), ("result_handed_over", "2026-03-09T17:00")),
    "done late": run(*OPEN, ("approved", "2026-03-09T17:01"), ("result_handed_over", "2026-03-09T17:01")),
    "away": run(("not_received", "2026-03-02T10:00")),
}
ROWS = {name: as_row(case) for name, case in CASES.items()}
COLUMNS = lists.columns()


def table(names: Iterable[str], *, unit: str = "us", zone: str = "UTC") -> Any:
    kinds = {"moment": pa.timestamp(unit, zone), "count": pa.int64(), "text": pa.string()}
    schema = pa.schema([(column.name, kinds[column.kind]) for column in COLUMNS])
    values = [ROWS[name].values("duckdb") for name in names]
    made = pa.table({column.name: [row[place] for row in values] for place, column in enumerate(COLUMNS)}, schema)
    return made.set_column(0, "id", pa.array(list(names)))


def ids(frame: Any) -> list[str]:
    if hasattr(frame, "collect"):
        frame = frame.collect()
    if hasattr(frame, "fetchall"):
        return [row[0] for row in frame.fetchall()]
    return [str(each) for each in frame["id"].to_pylist()] if hasattr(frame, "to_pylist") else list(frame["id"])


def select(frame: Any, listing: lists.Listing) -> list[str]:
    chosen = frames.listed(frame, listing)
    return [str(each) for each in ids(chosen)]


@pytest.mark.parametrize("zone", ["UTC", "Asia/Ho_Chi_Minh"])
@pytest.mark.parametrize("engine", FROM_ARROW)
def test_every_engine_lists_the_same_rows(engine: str, zone: str) -> None:
    frame = FROM_ARROW[engine](table(ROWS, zone=zone))
    for now in moments(ROWS.values(), 48)[::5]:
        for listing in (
            *(lists.with_status(code, now=now) for code in StatusCode),
            lists.due_within(2, now=now, calendar=CIVIL),
            lists.finished(),
            lists.in_progress(),
        ):
            assert select(frame, listing) == [name for name, row in ROWS.items() if listing.matches(row)]


@pytest.mark.parametrize("engine", FROM_ARROW)
def test_a_column_without_values_is_unknown_whatever_its_type(engine: str) -> None:
    bare = table(["waits", "away"])
    for name in ("due_at", "stopped_at"):
        place = bare.column_names.index(name)
        bare = bare.set_column(place, name, pa.array([None, None], pa.int64()))
    frame = FROM_ARROW[engine](bare)
    assert select(frame, lists.overdue(at("06-30"))) == []
    assert select(frame, lists.waiting()) == ["waits"]
    assert select(frame, lists.finished()) == ["away"]
    gone = bare.set_column(bare.column_names.index("phase"), "phase", pa.array([None, None], pa.string()))
    assert select(FROM_ARROW[engine](gone), lists.in_progress()) == []


def test_the_rows_come_back_as_they_were() -> None:
    frame = FROM_ARROW["polars"](table(ROWS))
    assert frames.listed(frame, lists.overdue(at("03-10"))).collect().columns == [column.name for column in COLUMNS]


def test_what_cannot_be_listed_is_refused() -> None:
    arrow, late = table(ROWS), lists.overdue(at("03-10"))
    with pytest.raises(InvalidValueError, match="column due_at"):
        frames.listed(arrow.drop_columns(["due_at"]), late)
    days = pa.array([datetime(2026, 3, 9)] * len(ROWS), pa.timestamp("us"))
    naive = arrow.drop_columns(["due_at"]).append_column("due_at", days)
    with pytest.raises(InvalidValueError, match=r"due_at: .*with a time zone"):
        frames.listed(naive, late)
    with pytest.raises(InvalidValueError, match=r"listing: .*a Listing"):
        frames.listed(arrow, "overdue")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match=r"frame: .*a data frame"):
        frames.listed([{"id": 1}], late)
    assert select(arrow, lists.due_before(at("03-10"), now=at("03-10") - timedelta(days=1))) != []
