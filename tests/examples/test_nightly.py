"""The nightly batch of the examples, held to what Python says of each dossier."""

from __future__ import annotations

import csv
import random
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import deadlines, kpi, workdays
from onestop_core.model import DossierFacts, Interval, TimeLimit
from tests.examples.loading import load

if TYPE_CHECKING:
    from pathlib import Path

for each in ("duckdb", "polars", "pyarrow"):
    pytest.importorskip(each, reason=f"{each}, of the extra engines, is not installed")

import polars as pl  # noqa: E402

FIRST = datetime.fromisoformat("2026-08-20T08:00:00+07:00")
UNKNOWN = ("supplement_requested_at", "supplement_hours", "submitted_at", "allowed_hours")
LIMITS = ("05 ngày làm việc", "10 ngày làm việc", "8 giờ làm việc", "15 ngày")


def dossiers(count: int) -> list[dict[str, Any]]:
    chance, rows = random.Random(7), []
    for number in range(count):
        received = FIRST + timedelta(minutes=chance.randrange(55_000))
        finished = received + timedelta(hours=chance.randrange(1, 500))
        is_over = finished < FIRST + timedelta(days=40)
        rows.append({
            "id": f"H26-{number:05d}", "unit": chance.choice(["Tây Hồ", "Ba Đình", "Đống Đa"]), "received_at": received,
            "due_at": None, "finished_at": finished if is_over else None,
            "finished_kind": "done" if is_over else None, "supplement_requests": 0,
            "channel": "online", **dict.fromkeys(UNKNOWN), "limit": chance.choice(LIMITS),
        })  # fmt: skip
    return rows


def test_the_night_says_what_python_says(tmp_path: Path) -> None:
    module, rows, day = load("nightly"), dossiers(400), date(2026, 9, 29)
    moments = {name: pl.Datetime("us", "Asia/Ho_Chi_Minh") for name in ("received_at", "due_at", "finished_at")}
    pl.DataFrame(rows, schema_overrides=moments).write_parquet(tmp_path / "dossiers.parquet")
    told = module.run(tmp_path / "dossiers.parquet", tmp_path / "out", day)

    calendar, hours = workdays.calendar(), deadlines.office_hours()
    facts, overdue = [], []
    for row in rows:
        due = deadlines.due(row["received_at"], TimeLimit.parse(row["limit"]), calendar=calendar, hours=hours).at
        facts.append(
            DossierFacts(
                **{key: value for key, value in row.items() if key not in {"limit", *UNKNOWN}} | {"due_at": due}
            )
        )
        if row["finished_at"] is None and due.date() <= day:
            overdue.append(row["id"])
    assert told == {"dossiers": 400, "overdue": len(overdue), "units": 3}
    assert sorted(pl.read_parquet(tmp_path / "out" / "overdue.parquet")["id"]) == sorted(overdue)
    assert len(overdue) > 5

    with (tmp_path / "out" / "scores.csv").open(encoding="utf-8-sig", newline="") as file:
        lines = {line["Đơn vị"]: line for line in csv.DictReader(file)}
    index, period = kpi.index("vn-766", on=day), Interval(first=date(2026, 9, 1), last=day)
    for unit in ("Tây Hồ", "Ba Đình", "Đống Đa"):
        card = index.evaluate([each for each in facts if each.unit == unit], period=period).to_dict()
        assert lines[unit]["Đúng hạn (%)"] == card["metrics"]["2.1"]["ratio"]
        assert lines[unit]["Tổng điểm"] == (card["total"] or "")


def test_a_night_that_fails_leaves_the_last_one(tmp_path: Path) -> None:
    module = load("nightly")
    target = tmp_path / "scores.csv"
    target.write_text("yesterday", encoding="utf-8")

    def fails(path: Path) -> None:
        path.write_text("half", encoding="utf-8")
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        module.replaced(target, fails)
    assert target.read_text(encoding="utf-8") == "yesterday"
