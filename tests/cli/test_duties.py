"""``onestop duties``: what is due in a month, and what is wrong with the units."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core.cli import main
from tests.organisation.samples import commune, posting, province, unit

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Callable[..., Any]:
    monkeypatch.chdir(tmp_path)

    def call(document: dict[str, Any], *arguments: str) -> tuple[int, str, str]:
        (tmp_path / "units.json").write_text(json.dumps(document), encoding="utf-8")
        code = main(["duties", "units.json", "--month", "2026-08", *arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_the_duties_of_each_unit_are_printed(run: Callable[..., Any]) -> None:
    document = province(commune(), unit("P", "reception_point", parent="H01.01"))
    code, out, _ = run(document, "--done", "staff_notice=2026-08-28")
    assert (code, out.splitlines()) == (
        0,
        [
            "H01.01 Unit",
            "  Tell of the working time, progress and attitude of each person posted (the sending agency): 2026-08, done",
            "  Settle the fees collected at the desk (takes part): 2026-08, to be done",
            "  Meet the competent agencies: quarter 3 of 2026, or when called for, to be done",
            "P Unit",
            "  no periodic duty",
        ],
    )


def test_what_is_missed_and_what_is_wrong_are_findings(run: Callable[..., Any]) -> None:
    code, out, _ = run(province(commune()), "--now", "2026-09-01", "--lang", "vi")
    assert (code, "quá hạn, chưa thực hiện" in out) == (1, True)
    code, out, _ = run(province(commune(leadership={"director": "division_head", "deputies": 3})))
    assert (code, out.splitlines()[-1]) == (
        1,
        "$.units[0].leadership.deputies: 3 deputies: at most 2 [organisation/deputies]",
    )
    notes = province({"code": "U", "kind": "ministry_desk", "name": {"vi": "Bộ phận"}})
    code, out, _ = run(notes)
    assert (code, "[organisation/not-told]" in out) == (0, True)


def test_what_another_owes_is_no_finding(run: Callable[..., Any]) -> None:
    done = ["--done", "staff_notice=2026-08-28", "--done", "working_meeting=2026-07-03"]
    assert run(province(commune()), *done, "--now", "2026-12-01")[0] == 0


def test_one_unit_and_one_agency_in_json(run: Callable[..., Any]) -> None:
    document = province(commune(postings=[posting(), posting(sender="H01.S2")]), unit("B", "contractor"))
    code, out, _ = run(document, "--unit", "H01.01", "--done", "staff_notice@H01.S2=2026-08-01", "--format", "json")
    told = json.loads(out)
    assert (code, told["month"], [each["code"] for each in told["units"]]) == (0, "2026-08", ["H01.01"])
    assert [(row["to_unit"], row["status"]) for row in told["units"][0]["duties"] if row["code"] == "staff_notice"] == [
        ("H01.S1", "open"),
        ("H01.S2", "done"),
    ]
    assert told["problems"] == []


@pytest.mark.parametrize("word", ["staff_notice", "=2026-08-01", "staff_notice=2026-8-1", "staff_notic=2026-08-01"])
def test_what_was_done_is_written_in_one_way(run: Callable[..., Any], word: str) -> None:
    code, out, err = run(province(commune()), "--done", word)
    assert (code, out, err.count("\n")) == (2, "", 1)
