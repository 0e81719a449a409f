"""``onestop kpi`` over files: columns and rows give the same page, and what columns refuse is said by row."""

from __future__ import annotations

import importlib
import json
import sys
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import kpi
from onestop_core.cli import main
from onestop_core.cli.kpi import counted
from onestop_core.cli.kpi.counted import Asked
from onestop_core.model import Interval

if TYPE_CHECKING:
    from pathlib import Path

START = datetime(2026, 2, 27, 1, tzinfo=UTC)
YEAR = ("--from", "2026-01-01", "--to", "2026-12-31")


def rows(first: int, last: int) -> list[dict[str, Any]]:
    """Dossiers of three units over two months, some in progress, some with nothing known."""
    return [
        {
            "id": f"H{number}",
            "unit": [None, "Sở Tư pháp", "Xã Đông"][number % 3],
            "channel": ["online", "in_person"][number % 2],
            "submitted_at": START + timedelta(hours=number),
            "received_at": START + timedelta(hours=7 * number) if number % 7 else None,
            "due_at": START + timedelta(hours=7 * number + 100),
            "finished_at": START + timedelta(hours=7 * number + 90 + number % 20)
            if number % 7 and number % 5
            else None,
            "fee_due": [True, False, None][number % 3],
        }
        for number in range(first, last)
    ]


def parquet(path: Path, given: list[dict[str, Any]], **columns: Any) -> str:
    arrow = pytest.importorskip("pyarrow", reason="pyarrow, of the extra parquet, is not installed")
    table = arrow.Table.from_pylist(given)
    for name, column in columns.items():
        table = table.drop([name] if name in table.column_names else []).append_column(name, arrow.array(column))
    pytest.importorskip("pyarrow.parquet").write_table(table, path)
    return str(path)


def jsonl(path: Path, given: list[dict[str, Any]]) -> str:
    def told(row: dict[str, Any]) -> dict[str, Any]:
        return {name: value.isoformat() if isinstance(value, datetime) else value for name, value in row.items()}

    path.write_text("".join(json.dumps(told(row)) + "\n" for row in given), encoding="utf-8")
    return str(path)


def run(capsys: pytest.CaptureFixture[str], *arguments: str) -> tuple[int, str, str]:
    code = main(("kpi", *arguments))
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize(
    "asked",
    [
        (*YEAR,),
        (*YEAR, "--by", "unit"),
        (*YEAR, "--by", "unit", "--by", "received_at", "--format", "json"),
        (*YEAR, "--by", "fee_due", "--unknown", "leave_out"),
        (*YEAR, "--format", "html", "--lang", "vi"),
        ("--from", "2026-03-02", "--to", "2026-03-31", "--format", "html", "--by", "channel"),
        ("--to", "2026-12-31", "--format", "html"),
    ],
)
def test_columns_and_rows_give_the_same(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, asked: tuple[str, ...]
) -> None:
    pytest.importorskip("narwhals", reason="narwhals, of the extra frames, is not installed")
    one, two = rows(0, 70), rows(70, 90)
    columns = [parquet(tmp_path / "1.parquet", one), parquet(tmp_path / "2.parquet", two)]
    lines = [jsonl(tmp_path / "1.jsonl", one), jsonl(tmp_path / "2.jsonl", two)]
    expected = run(capsys, *lines, *asked)
    assert expected[0] == 0
    assert run(capsys, jsonl(tmp_path / "all.jsonl", one + two), *asked) == expected
    monkeypatch.setattr(counted, "_one_by_one", None)  # whatever falls back, breaks
    assert run(capsys, *columns, *asked) == expected


def test_rows_serve_where_the_engine_is_missing(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = rows(0, 30)
    expected = run(capsys, jsonl(tmp_path / "1.jsonl", given), *YEAR)
    path = parquet(tmp_path / "1.parquet", given)
    monkeypatch.delattr(importlib.import_module("onestop_core.ext"), "frames", raising=False)
    monkeypatch.setitem(sys.modules, "onestop_core.ext.frames", None)
    assert run(capsys, path, *YEAR) == expected


@pytest.mark.parametrize(
    ("columns", "said"),
    [
        ({"id": ["a", None, "c"]}, "row 2, column id: the code of the dossier is missing"),
        ({"id": ["a", "b", "a"]}, "row 3, column id: the dossier is already on row 1"),
        ({"id": [1, 2, 3]}, "column id"),
        ({"unit": ["x", "y" * 201, "z"]}, "row 2, column unit: longer than 200 characters"),
        ({"level": ["x", "y", "z"], "unitt": ["x", "y", "z"]}, "column unitt: unknown column; did you mean unit?"),
        ({"channel": ["online", "post", "fax"]}, "column channel"),
        ({"fee_due": [1, 2, 3]}, "column fee_due"),
    ],
)
def test_what_columns_refuse_is_said_by_row(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, columns: dict[str, Any], said: str
) -> None:
    code, _, err = run(capsys, parquet(tmp_path / "bad.parquet", rows(0, 3), **columns), *YEAR)
    assert (code, said in err) == (2, True), err


def test_files_that_are_no_facts(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    pytest.importorskip("pyarrow", reason="pyarrow, of the extra parquet, is not installed")
    bad = tmp_path / "bad.parquet"
    bad.write_bytes(b"PAR1 and nothing more PAR1")
    code, _, err = run(capsys, str(bad), *YEAR)
    assert (code, "not Parquet that can be read" in err) == (2, True)
    code, _, err = run(capsys, str(tmp_path / "none.parquet"), *YEAR)
    assert (code, "none.parquet" in err) == (2, True)
    code, _, err = run(capsys, parquet(tmp_path / "few.parquet", rows(1, 3)), str(bad), *YEAR)
    assert (code, "bad.parquet" in err) == (2, True)


def test_a_dossier_of_two_files_is_refused(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    given, files = rows(0, 4), list[str]()
    for form, write in (("jsonl", jsonl), ("parquet", parquet)):
        files = [write(tmp_path / f"{name}.{form}", part) for name, part in (("a", given), ("b", given[3:]))]
        code, _, err = run(capsys, *files, *YEAR)
        assert (code, f"the dossier H3 is already in {files[0]}" in err) == (2, True), err
        assert f"b.{form}" in err
        code, _, err = run(capsys, files[0], files[0], *YEAR)
        assert (code, "is already in" in err) == (2, True), err
    _, _, err = run(capsys, *files, *YEAR, "--lang", "vi")
    assert "hồ sơ H3 đã có trong" in err


def test_a_period_without_end_names_the_option(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    given = rows(1, 6)
    for path in (jsonl(tmp_path / "a.jsonl", given), parquet(tmp_path / "a.parquet", given)):
        code, _, err = run(capsys, path)
        assert (code, err.startswith("onestop kpi: --to:"), "in progress" in err) == (2, True, True), err


def test_nothing_is_counted_of_nothing(tmp_path: Path) -> None:
    index = kpi.index("vn-766@portal-2026")
    empty = tmp_path / "empty.jsonl"
    empty.write_text("", encoding="utf-8")
    march = Interval.month(2026, 3)
    assert counted.counted([str(empty)], [Asked(march), Asked(march, ("unit",))], index) == [{}, {}]
