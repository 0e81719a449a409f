"""Files of logs, lines of JSON among them, folded and judged into files; what is no log is told by its line."""

from __future__ import annotations

import gzip
import importlib
import json
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import dossier, kpi, lab
from onestop_core.errors import InvalidDocumentError, InvalidValueError

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
np = pytest.importorskip("numpy", reason="NumPy is not installed")
pytest.importorskip("narwhals", reason="narwhals is not installed")
pq = importlib.import_module("pyarrow.parquet")
frames = importlib.import_module("onestop_core.ext.frames")
log_files = importlib.import_module("onestop_core.ext.log_files")
sources = importlib.import_module("onestop_core.ext._logs.sources")

if TYPE_CHECKING:
    from pathlib import Path

CASES = tuple(lab.generate(60, year=2026, seed=5))
LAW = lab.law(lifecycle="vn@decree-61-2018")


def lines(*more: str) -> bytes:
    """Return the logs as lines of JSON, with others before them."""
    logs = [json.dumps(dossier.dump_log(case), ensure_ascii=False) for case in CASES]
    return "\n".join((*more, *logs, "")).encode()


def told(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.mark.parametrize("name", ["a.jsonl", "a.JSONL.GZ", "a.parquet"])
def test_every_kind_of_file_comes_to_the_same(tmp_path: Path, name: str) -> None:
    source, out = tmp_path / name, tmp_path / "out"
    table = frames.log_table(CASES)
    if name.endswith("parquet"):
        pq.write_table(table, source)
    else:
        source.write_bytes(gzip.compress(lines()) if name.endswith("GZ") else lines())
    [done] = log_files.fold_files([source], out, law=LAW, language="vi")
    judged = frames.judge_logs(table, law=LAW, language="vi")
    assert (done.dossiers, done.refused, done.bad_lines, done.breaches) == (
        judged.facts.num_rows,
        0,
        0,
        judged.breaches.num_rows,
    )
    assert done.breaches > 0
    for part in ("facts", "spans", "breaches"):
        assert pq.read_table(out / part / "a.parquet").equals(getattr(judged, part).combine_chunks())
    [again] = log_files.fold_files([source], out, law=LAW, language="vi")
    assert (again.is_new, again.breaches) == (False, done.breaches)
    [other] = log_files.fold_files([source], out, law=lab.law(), language="vi")
    assert other.is_new


def test_lines_of_json_go_out_as_they_came_in(tmp_path: Path) -> None:
    source, out = tmp_path / "a.jsonl", tmp_path / "out"
    source.write_bytes(lines())
    [done] = log_files.fold_files([source], out, law=LAW, form="jsonl")
    judged = frames.judge_logs(frames.log_table(CASES), law=LAW)
    rows = told(out / "breaches" / "a.jsonl")
    assert [row["rule"] for row in rows] == judged.breaches.column("rule").to_pylist()
    assert rows[0]["at"].endswith("+07:00")
    facts = kpi.read_facts(out / "facts" / "a.jsonl")
    courses = [lab.follow(case.events, LAW.machine(case.events[0])).dossier for case in CASES]
    assert list(facts) == [dossier.facts(case) for case in courses if case is not None]
    assert done.dossiers == len(facts)


def test_bad_lines_are_told_and_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sources, "_EVENTS", 50)
    monkeypatch.setattr(sources, "_LONGEST", 20_000)
    source, out = tmp_path / "a.jsonl", tmp_path / "out"
    again = json.dumps(dossier.dump_log(CASES[0]))
    source.write_bytes(lines("{", "", "[1]", '{"schema_version": "9.0"}', "x" * 70_000, again))
    [done] = log_files.fold_files([source], out)
    assert (done.dossiers, done.bad_lines, done.refused) == (60, 5, 0)
    rows = told(out / "refused" / "a.jsonl")
    assert [row["line"] for row in rows] == [1, 3, 4, 5, 7]
    assert [row["id"] for row in rows] == [None, None, None, None, CASES[0].id]
    assert all(row["message"] and row["code"] for row in rows)
    empty = tmp_path / "b.jsonl"
    empty.write_bytes(b"\n")
    assert [each.dossiers for each in log_files.fold_files([empty], out)] == [0]


def test_what_cannot_be_read_leaves_nothing(tmp_path: Path) -> None:
    out = tmp_path / "out"
    whole = gzip.compress(lines())
    for number, content in enumerate((b"x", whole[: len(whole) // 2], whole[:60] + b"\0" * 60 + whole[120:])):
        source = tmp_path / f"{number}.jsonl.gz"
        source.write_bytes(content)
        with pytest.raises(InvalidDocumentError, match="gzip"):
            list(log_files.fold_files([source], out))
    assert not [path for path in out.rglob("*") if path.is_file()]
    for wrong in (["a.csv"], ["a.jsonl", "a.parquet"]):
        with pytest.raises(InvalidValueError, match="sources"):
            list(log_files.fold_files([tmp_path / name for name in wrong], out))
    for how in ({"form": "csv"}, {"law": "vn"}, {"unit": "x"}):
        with pytest.raises(InvalidValueError):
            list(log_files.fold_files([], out, **how))
