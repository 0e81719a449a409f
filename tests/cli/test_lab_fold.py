"""``onestop lab fold``: files of logs in, files of facts out, which ``onestop kpi`` counts."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from onestop_core import dossier, lab
from onestop_core.cli import main
from onestop_core.rules.reading import resources

pytest.importorskip("pyarrow", reason="pyarrow is not installed")
pytest.importorskip("numpy", reason="NumPy is not installed")

if TYPE_CHECKING:
    from pathlib import Path

CASES = tuple(lab.generate(40, year=2026, seed=5))


@pytest.fixture
def year(tmp_path: Path) -> Path:
    file = tmp_path / "năm.jsonl"
    file.write_text("".join(json.dumps(dossier.dump_log(case)) + "\n" for case in CASES), encoding="utf-8")
    return file


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(list(words))
    out, err = capsys.readouterr()
    return code, out, err


@pytest.mark.parametrize("form", ["parquet", "jsonl"])
def test_logs_come_to_facts_that_are_counted(year: Path, capsys: pytest.CaptureFixture[str], form: str) -> None:
    out = year.parent / "out"
    words = ("lab", "fold", str(year), "--to", str(out), "--jobs", "1", "--format", form)
    assert run(capsys, *words) == (
        0,
        "40 dossiers, 0 refused, 0 lines not read\n",
        "[1/1] năm.jsonl: 40 dossiers, 0 refused, 0 lines not read\n",
    )
    code, told, err = run(capsys, *words, "--lang", "vi")
    assert (code, told) == (0, "40 hồ sơ, không đọc được 0 hồ sơ và 0 dòng\n")
    code, told, _ = run(capsys, "kpi", str(out / "facts" / f"năm.{form}"), "--format", "json")
    assert code == 0
    assert json.loads(told)
    code, _, err = run(capsys, *words)
    assert "(done before)" not in err  # asked for in another language
    assert "(done before)" in run(capsys, *words)[2]


def test_steps_are_judged_if_that_is_wanted(year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = year.parent / "out"
    words = ("lab", "fold", str(year), "--to", str(out), "--format", "jsonl")
    code, told, _ = run(capsys, *words, "--judge")
    broken = [line for case in CASES for line in lab.follow(case.events, lab.law().machine(case.events[0])).breaches]
    assert told == f"40 dossiers, 0 refused, 0 lines not read, {len(broken)} breaches\n"
    assert code == int(bool(broken))
    code, told, _ = run(capsys, *words, "--lifecycle", "vn@decree-61-2018")
    assert code == 1
    rows = [json.loads(line) for line in (out / "breaches" / "năm.jsonl").read_text(encoding="utf-8").splitlines()]
    assert told.endswith(f" {len(rows)} breaches\n")
    table = year.parent / "own.json"
    own = {**resources.data("vn/lifecycle/decree-61-2018"), "id": "vn@ours"}
    table.write_text(json.dumps(own), encoding="utf-8")
    assert run(capsys, *words, "--lifecycle", str(table))[1] == told


def test_what_cannot_be_read_is_told(year: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = str(year.parent / "out")
    with year.open("a", encoding="utf-8") as stream:
        stream.write("{\n" * 9)
    code, told, err = run(capsys, "lab", "fold", str(year), "--to", out)
    assert (code, told) == (1, "40 dossiers, 0 refused, 9 lines not read\n")
    assert [line.split(": ")[1] for line in err.splitlines()[1:]] == [f"line {number}" for number in range(41, 46)]
    assert (
        run(capsys, "lab", "fold", str(year), "--to", out, "--lang", "vi")[2].splitlines()[1].split(": ")[1]
        == "dòng 41"
    )
    for words in (
        ("x.csv",),
        (str(year.parent / "x.jsonl"),),
        (str(year), "--jobs", "0"),
        (str(year), "--jobs", "many"),
    ):
        assert run(capsys, "lab", "fold", *words, "--to", out)[0] == 2
