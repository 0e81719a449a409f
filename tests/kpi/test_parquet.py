"""Facts from Parquet: the rows that CSV and JSON Lines give, with the same problems in the same places."""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import kpi
from onestop_core.errors import InvalidDocumentError, MissingExtraError

from .facts_strategies import dossiers

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 10, 1, 1, 30, tzinfo=UTC)


def written(path: Path, columns: dict[str, Any]) -> Path:
    arrow = pytest.importorskip("pyarrow", reason="pyarrow, of the extra parquet, is not installed")
    parquet = pytest.importorskip("pyarrow.parquet")
    parquet.write_table(arrow.table(columns), path)
    return path


@given(facts=st.lists(dossiers(), max_size=5, unique_by=lambda one: one.id))
def test_facts_come_back_as_they_were(facts: list[kpi.DossierFacts], tmp_path_factory: pytest.TempPathFactory) -> None:
    names = ["id", "unit", "field", "channel", "finished_kind", "allowed_hours", "paid_online", "received_at", "due_at"]
    names += ["finished_at", "submitted_at", "supplement_requests", "supplement_requested_at", "supplement_hours"]
    kept = [kpi.DossierFacts(**{name: getattr(one, name) for name in names}) for one in facts]
    columns = {name: [getattr(one, name) for one in kept] for name in names}
    path = written(tmp_path_factory.mktemp("facts") / "facts.parquet", columns)
    assert list(kpi.read_facts(path)) == kept


def test_problems_name_row_and_column(tmp_path: Path) -> None:
    naive = datetime(2026, 10, 1, 8, 30)
    path = written(tmp_path / "f.PARQUET", {"id": ["1", "2", "1"], "received_at": [naive, None, None]})
    found = kpi.scan_facts(path)
    assert (found.rows, [one.id for one in found.facts]) == (3, ["2", "1"])
    (problem,) = found.problems
    assert (problem.path, problem.rule) == ("$[0].received_at", "facts/value")
    assert problem.message.startswith('row 1, column received_at: cannot use "2026-10-01T08:30:00"')
    with pytest.raises(InvalidDocumentError):
        kpi.read_facts(path)
    strange = kpi.scan_facts(written(tmp_path / "g.parquet", {"id": [1], "colour": ["red"]}))
    assert [problem.path for problem in strange.problems] == ["$[0].colour"]


def test_moments_of_any_zone_and_as_text_are_read(tmp_path: Path) -> None:
    hanoi = AT.astimezone(timezone(timedelta(hours=7)))
    columns = {"id": ["1"], "received_at": [hanoi], "due_at": ["2026-10-09T17:00:00+07:00"]}
    (one,) = kpi.read_facts(str(written(tmp_path / "f.parquet", columns)))
    assert one.received_at == AT
    assert one.due_at is not None
    assert one.due_at.isoformat() == "2026-10-09T17:00:00+07:00"


def test_what_is_no_parquet_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow, of the extra parquet, is not installed")
    path = tmp_path / "f.parquet"
    path.write_text("id\n1\n", encoding="utf-8")
    with pytest.raises(InvalidDocumentError, match="not Parquet that can be read") as refused:
        kpi.read_facts(path)
    assert (refused.value.source, refused.value.problems[0].rule) == (str(path), "facts/parquet")
    with pytest.raises(FileNotFoundError):
        kpi.read_facts(tmp_path / "absent.parquet")


def test_without_pyarrow_it_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(MissingExtraError) as missing:
        kpi.read_facts(tmp_path / "f.parquet")
    assert (missing.value.extra, missing.value.package) == ("parquet", "pyarrow")
