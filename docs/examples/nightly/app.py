"""The night's work of a province on DuckDB: every due day counted anew, who is overdue, and the month's scores by unit.

    pip install 'onestop-core[examples,engines]' && python app.py dossiers.parquet out/ 2026-09-30

``dossiers.parquet`` has the columns of ``onestop_core.ext.frames.facts_columns()`` and ``limit``, one row a dossier. Out come
``overdue.parquet`` and ``scores.csv``; each is written beside and renamed, so that a night that fails leaves the last one.
"""

from __future__ import annotations

import csv
import sys
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import duckdb

from onestop_core import kpi, workdays
from onestop_core.deadlines import office_hours
from onestop_core.ext import frames
from onestop_core.model import HO_CHI_MINH, Interval


def run(source: Path, folder: Path, day: date) -> dict[str, int]:
    """Do the work of the night after *day*, and return how many dossiers there were, and how many are overdue."""
    base = duckdb.connect()
    base.execute("SET TimeZone = 'Asia/Ho_Chi_Minh'")
    facts = base.read_parquet(str(source))
    dated = frames.due(facts.project("* EXCLUDE due_at"), calendar=workdays.calendar("vn-civil"), hours=office_hours())
    night = datetime.combine(day + timedelta(days=1), time(), HO_CHI_MINH)
    overdue = dated.filter(f"finished_at IS NULL AND due_at < TIMESTAMPTZ '{night.isoformat()}'").order("due_at, id")
    folder.mkdir(parents=True, exist_ok=True)
    replaced(folder / "overdue.parquet", lambda path: overdue.write_parquet(str(path)))

    index = kpi.index("vn-766", on=day)
    period = Interval(first=day.replace(day=1), last=day)
    tallies = frames.tally(dated, index, by=["unit"], period=period)
    cards = {unit: index.score(tally) for (unit,), tally in tallies.items()}
    replaced(folder / "scores.csv", lambda path: write_scores(path, cards))
    return {"dossiers": len(facts), "overdue": len(overdue), "units": len(cards)}


def write_scores(path: Path, cards: dict[str, Any]) -> None:
    """Write a line for each unit: its rate in time and its points, exact."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        lines = csv.writer(file)
        lines.writerow(["Đơn vị", "Đúng hạn (%)", "Điểm 2.1", "Tổng điểm"])
        for unit, card in cards.items():
            told = card.to_dict()
            metric = told["metrics"]["2.1"]
            lines.writerow([unit, metric["ratio"], metric["score"], told["total"]])


def replaced(path: Path, write: Any) -> None:
    """Write beside *path*, and rename when all of it is there."""
    beside = path.with_name(f".{path.name}")
    write(beside)
    beside.replace(path)


if __name__ == "__main__":
    print(run(Path(sys.argv[1]), Path(sys.argv[2]), date.fromisoformat(sys.argv[3])))  # noqa: T201
