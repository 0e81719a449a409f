"""Feedback counted in a frame: the same numbers as the items counted in Python, on every engine."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from onestop_core.desk.feedback import FeedbackCounts, FeedbackItem
from onestop_core.errors import InvalidValueError

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
frames = pytest.importorskip("onestop_core.ext.frames", reason="narwhals is not installed")

ITEMS = [
    (
        ("Sở Tư pháp", "Sở Nội vụ", None)[number % 3],
        FeedbackItem(id=str(number), late=late, disliked=disliked, sent_again=again),
    )
    for number, (late, disliked, again, _) in enumerate(product([False, True], [False, True], [False, True], range(4)))
]


def engine(name: str, table: Any) -> Any:
    if name == "pyarrow":
        return table
    if name == "pandas":
        return table.to_pandas()
    module: Any = pytest.importorskip(name, reason=f"{name} is not installed")
    return module.from_arrow(table)


def rows(items: list[tuple[str | None, FeedbackItem]]) -> Any:
    said = [{"unit": unit, **item.to_dict()} for unit, item in items]
    flags = {name: pa.array([each[name] for each in said], pa.bool_()) for name in ("late", "disliked", "sent_again")}
    return pa.table({"unit": pa.array([each["unit"] for each in said], pa.string()), **flags})


@pytest.mark.parametrize("name", ["pyarrow", "pandas", "polars", "duckdb"])
def test_each_engine_counts_as_python(name: str) -> None:
    if name == "pandas":
        pytest.importorskip("pandas", reason="pandas is not installed")
    frame = engine(name, rows(ITEMS))
    whole = FeedbackCounts(items=tuple(item for _, item in ITEMS), outside=()).counts
    assert frames.feedback(frame) == {(): whole}
    by_unit = frames.feedback(frame, by=["unit"])
    for unit in ("Sở Tư pháp", "Sở Nội vụ", None):
        items = tuple(item for of, item in ITEMS if of == unit)
        assert by_unit[(unit,)] == FeedbackCounts(items=items, outside=()).counts
    assert list(by_unit) == [("Sở Nội vụ",), ("Sở Tư pháp",), (None,)]


def test_no_items_are_no_items() -> None:
    assert frames.feedback(rows([])) == {(): {"5.2": (0, 0), "5.3": (0, 0)}}
    assert frames.feedback(rows([]), by=["unit"]) == {}


@pytest.mark.parametrize(
    ("frame", "by", "told"),
    [
        (rows(ITEMS).drop(["late"]), (), "late"),
        (rows(ITEMS), ("đơn vị",), "columns"),
        (rows(ITEMS), "unit", "by"),
        (pa.table({"late": [1], "disliked": [False], "sent_again": [False]}), (), "late"),
        (pa.table({"late": [True, None], "disliked": [False] * 2, "sent_again": [False] * 2}), (), "late"),
        (5, (), "frame"),
    ],
)
def test_what_says_neither_is_refused(frame: Any, by: Any, told: str) -> None:
    with pytest.raises(InvalidValueError, match=told):
        frames.feedback(frame, by=by)
