"""``onestop lab``: files in, an answer out, in every form; what is wrong is said."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import catalogue, dossier, lab
from onestop_core.cli import main
from onestop_core.rules.reading import resources

if TYPE_CHECKING:
    from pathlib import Path

NOW = "2026-03-12T09:30+07:00"
STEPS = (
    "--step",
    "receiving_officer=1 working day",
    "--step",
    "unit_leader=1 working day",
    "--step",
    "specialist=30 working days",
)


@pytest.fixture
def year(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    assert main(["lab", "generate", "--dossiers", "60", "--year", "2026", "--seed", "3"]) == 0
    file = tmp_path / "year.jsonl"
    file.write_text(capsys.readouterr().out, encoding="utf-8")
    return str(file)


def run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    code = main(["lab", *words])
    out, err = capsys.readouterr()
    return code, out, err


def test_a_year_is_made_up_and_read_again(year: str) -> None:
    logs = lab.read_logs(year)
    assert [log.events for log in logs] == [case.events for case in lab.generate(60, seed=3)]


@pytest.mark.parametrize(
    "options",
    [
        ("--to-cut", "1/3"),
        ("--to-limits", "1 working day"),
        ("--to-as-of", "2025-12-24"),
        ("--to-lifecycle", "vn@decree-61-2018"),
        ("--to-supplements", "0"),
        ("--to-index", "vn-766@decision-2022"),
        ("--limits", "5 working days", "--as-of", "2026-01-01", "--index", "vn-766@portal-2026", "--to-cut", "1/2"),
    ],
)
def test_any_part_of_a_law_is_exchanged(
    year: str, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    code, out, err = run(capsys, "replay", year, *options, "--format", "json")
    assert (code, err) == (0, "")
    found = json.loads(out)
    assert found["figures"]["dossiers"]["count"] == 60
    assert len(found["rows"]) == 60


def test_a_replay_is_told_drawn_and_timed(year: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "replay", year, "--to-cut", "1/3", "--lang", "vi", "--now", "2027-06-01T00:00+07:00")
    assert code == 0
    assert out.startswith("quy định ban đầu → quy định kia\nHồ sơ: 60\n")
    _, page, _ = run(capsys, "replay", year, "--to-cut", "1/3", "--format", "html")
    assert page.startswith("<!DOCTYPE html>")


def test_a_table_of_ones_own_is_the_other_law(year: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    document: dict[str, Any] = {**resources.data("vn/lifecycle/decree-118-2025"), "id": "vn@ours"}
    file = tmp_path / "ours.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    assert run(capsys, "replay", year, "--to-lifecycle", str(file))[0] == 0
    published = tmp_path / "catalogue.json"
    published.write_text(json.dumps(resources.data("vn/catalogue/one-stop")), encoding="utf-8")
    assert run(capsys, "audit", year, "--limits", str(published))[:2] == run(capsys, "audit", year)[:2]


@pytest.mark.parametrize(
    "options",
    [
        (),
        ("--to-cut", "x"),
        ("--to-cut", "1/0"),
        ("--to-cut", "3/2"),
        ("--to-supplements", "many"),
        ("--to-index", "x"),
    ],
)
def test_what_is_no_other_law_is_refused(
    year: str, capsys: pytest.CaptureFixture[str], options: tuple[str, ...]
) -> None:
    code, out, err = run(capsys, "replay", year, *options)
    assert (code, out) == (2, "")
    assert err.startswith("onestop lab: ")


def test_an_audit_finds_and_says_in_every_form(year: str, capsys: pytest.CaptureFixture[str]) -> None:
    expected = lab.audit(lab.read_logs(year), law=_law())
    code, out, _ = run(capsys, "audit", year)
    assert (code, tuple(out.splitlines())) == (1, expected.lines())
    _, told, _ = run(capsys, "audit", year, "--format", "json")
    assert json.loads(told)["count"] == expected.count
    _, page, _ = run(capsys, "audit", year, "--format", "html", "--lang", "vi")
    assert "Nhật ký đối chiếu với quy định" in page
    _, sarif, _ = run(capsys, "audit", year, "--format", "sarif")
    [found] = json.loads(sarif)["runs"]
    assert len(found["results"]) == expected.count
    rule = found["tool"]["driver"]["rules"][0]
    assert rule["properties"]["basis"] in {article.basis.en for article in expected.articles}
    assert rule["shortDescription"]["text"] in {article.name.en for article in expected.articles}
    places = {result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in found["results"]}
    assert len(places) == 1


def _law() -> lab.Law:
    return lab.law(limits=catalogue.shipped())


def test_a_table_of_another_system_is_audited_through_a_mapping(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mapping, table = tmp_path / "map.json", tmp_path / "log.csv"
    mapping.write_text(json.dumps({"schema_version": "1.0", "columns": {"dossier": "Mã"}}), encoding="utf-8")
    table.write_text(
        "Mã,event,at,procedure\n1,received,2026-03-02 08:15,1.004873\n1,delivered,soon,1.004873\n", encoding="utf-8"
    )
    code, out, _ = run(capsys, "audit", str(table), "--mapping", str(mapping), "--format", "sarif", "--now", NOW)
    assert code == 1
    assert "log/row" in {result["ruleId"] for result in json.loads(out)["runs"][0]["results"]}
    assert run(capsys, "audit", str(table), "--mapping", str(mapping))[2].startswith(f"{table}: $[3]: ")
    code, _, err = run(capsys, "replay", str(table), "--mapping", str(mapping), "--to-cut", "1/2")
    assert code == 0
    assert err.startswith(f"{table}: $[3]: ")


def test_a_sound_log_ends_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = next(case for case in lab.generate(50) if not lab.audit([case], law=_law()).count)
    file = tmp_path / "one.json"
    file.write_text(json.dumps(dossier.dump_log(case)), encoding="utf-8")
    code, out, _ = run(capsys, "audit", str(file))
    assert (code, out) == (0, "1 dossiers, 0 with irregularities, 0 irregularities, 0 working days of delay\n")
    assert run(capsys, "audit", str(file), "--lifecycle", "vn@decree-61-2018", "--format", "json")[0] in {0, 1}


def test_open_cases_are_warned_of(year: str, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "forecast", year, "--now", NOW, *STEPS, "--step", "authority_leader=1 working day")
    assert (code, "overdue" in out) == (1, True)
    _, told, _ = run(capsys, "forecast", year, "--now", NOW, *STEPS, "--format", "json")
    assert {row["outlook"] for row in json.loads(told)} - {"waiting", "unknown", "in_time"}
    _, page, _ = run(capsys, "forecast", year, "--now", NOW, *STEPS, "--format", "html")
    assert page.startswith("<!DOCTYPE html>")
    assert run(capsys, "forecast", year, "--now", "2020-01-01T00:00+07:00", *STEPS) == (0, "", "")


@pytest.mark.parametrize("words", [("--dossiers", "x"), ("--year", "1999"), ("--seed", "-1")])
def test_what_is_no_number_is_refused(capsys: pytest.CaptureFixture[str], words: tuple[str, ...]) -> None:
    assert main(["lab", "generate", *words]) == 2
    assert capsys.readouterr().err


def test_a_catalogue_is_priced_and_slow_dossiers_are_explained(
    year: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = run(capsys, "burden")
    assert (code, tuple(out.splitlines())) == (0, lab.burden(catalogue.shipped()).lines())
    published = tmp_path / "catalogue.json"
    published.write_text(json.dumps(resources.data("vn/catalogue/one-stop")), encoding="utf-8")
    _, told, _ = run(capsys, "burden", str(published), "--logs", year, "--on", "2026-09-01", "--format", "json")
    found = json.loads(told)
    assert sum(int(row["applications"]) for row in found["procedures"]) == 60
    slow = lab.slowness(lab.generate(60, seed=3), law=_law())
    assert found["slowness"] == {"ended": slow.ended, "rows": [row.to_dict() for row in slow.rows]}
    _, page, _ = run(capsys, "burden", "--logs", year, "--format", "html", "--lang", "vi")
    assert "Vì sao hồ sơ chậm" in page
    assert "Vì sao hồ sơ chậm" not in run(capsys, "burden", "--format", "html", "--lang", "vi")[1]
