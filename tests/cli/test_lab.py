"""``onestop lab``: files in, an answer out, in every form; what is wrong is said."""

from __future__ import annotations

import csv
import io
import json
from datetime import datetime
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
    assert out.startswith("quy định của ngày mở hồ sơ → thời hạn ngắn hơn 1/3\nHồ sơ: 60\n")
    _, page, _ = run(capsys, "replay", year, "--to-cut", "1/3", "--format", "html")
    assert page.startswith("<!DOCTYPE html>")
    _, whole, _ = run(capsys, "replay", year, "--to-cut", "1/3", "--format", "html", "--all")
    assert len(whole) > len(page)


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
        ("--to-cut", "1/00"),
        ("--to-cut", "1e9"),
        ("--to-cut-for", "xây dựng"),
        ("--to-cut", "1/3", "--to-cut-for", "nothing of the kind"),
        ("--to-cut", "1/3", "--to-cut-for", " "),
        ("--to-index", "x"),
        ("--to-index", "x@y"),
        ("--to-calendar", "missing.json"),
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


@pytest.mark.parametrize(
    ("options", "vi", "en"),
    [
        (
            ("--as-of", "2025-12-24", "--to-as-of", "2025-12-25"),
            "lịch làm việc như đã biết ngày 24/12/2025 → lịch làm việc như đã biết ngày 25/12/2025",
            "working calendar as known on 2025-12-24 → working calendar as known on 2025-12-25",
        ),
        (
            ("--lifecycle", "vn@decree-61-2018", "--to-lifecycle", "vn"),
            "Cơ chế một cửa theo Nghị định số 61/2018/NĐ-CP → quy định của ngày mở hồ sơ",
            "One-stop shop under Decree 61/2018/NĐ-CP → law of their day",
        ),
        (
            ("--limits", "5 working days", "--to-limits", "3 ngày làm việc", "--to-supplements", "2"),
            "thời hạn: 05 ngày làm việc → thời hạn: 03 ngày làm việc; yêu cầu bổ sung nhiều nhất 2 lần sau khi thẩm định",
            "limits: 5 working days → limits: 3 working days; papers asked for 2 times at most after appraisal",
        ),
        (("--name", "A", "--to-cut", "0.5", "--to-name", "B"), "A → B", "A → B"),
    ],
)
def test_a_law_is_called_by_what_makes_it_another(
    year: str, capsys: pytest.CaptureFixture[str], options: tuple[str, ...], vi: str, en: str
) -> None:
    for language, expected in (("vi", vi), ("en", en)):
        _, page, err = run(capsys, "replay", year, *options, "--format", "html", "--lang", language)
        assert not err
        assert f"<p>{expected} · " in page
    assert run(capsys, "replay", year, *options)[1].splitlines()[0] == en


def test_only_the_limits_of_one_field_or_procedure_are_cut(
    year: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "published.json"
    file.write_text(json.dumps(resources.data("vn/catalogue/one-stop")), encoding="utf-8")
    field = {each.code: each.field.name.vi for each in catalogue.shipped().procedures}
    codes: set[str] = set()
    for words, source in (("ho tich", "catalogue"), ("Hộ tịch", str(file)), ("Civil status", "catalogue")):
        _, out, _ = run(
            capsys, "replay", year, "--limits", source, "--to-cut", "1/3", "--to-cut-for", words, "--format", "json"
        )
        rows = json.loads(out)["rows"]
        moved = [row for row in rows if row["moved"]]
        assert moved
        codes |= {row["procedure"] for row in moved}
    assert {field[code] for code in codes} == {"Hộ tịch"}
    code = min(codes)
    _, out, _ = run(capsys, "replay", year, "--to-cut", "1/3", "--to-cut-for", code, "--format", "json")
    found = json.loads(out)
    assert {row["procedure"] for row in found["rows"] if row["moved"]} == {code}
    assert found["under"] == f"limits shorter by 1/3 ({code})"


SWAP: dict[str, Any] = {
    "schema_version": "1.0", "kind": "local", "id": "H99-2026-03", "territory": "H99", "announced_on": "2026-03-01",
    "issuer": {"vi": "UBND tỉnh", "en": "Provincial People’s Committee"},
    "bases": {"d": {"instrument": "Dự thảo", "firmness": "unconfirmed"}},
    "days_off": [{"date": "2026-03-20", "kind": "local_off", "basis": "d", "name": {"vi": "Nghỉ hoán đổi", "en": "Day off"}}],
    "makeup_workdays": [{"date": "2026-03-28", "replaces": "2026-03-20", "basis": "d", "name": {"vi": "Làm bù", "en": "Made up"}}],
}  # fmt: skip


def test_a_swap_that_is_only_discussed_is_laid_over_the_calendar(
    year: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "swap.json"
    file.write_text(json.dumps(SWAP), encoding="utf-8")
    _, out, _ = run(
        capsys, "replay", year, "--to-calendar", str(file), "--format", "json", "--limits", "10 working days"
    )
    found = json.loads(out)
    days = {day for row in found["rows"] for day in row["days"]}
    assert days == {"2026-03-20", "2026-03-28"}
    assert found["under"] == "working calendar with decision H99-2026-03"
    _, same, _ = run(capsys, "replay", year, "--calendar", str(file), "--to-as-of", "2026-12-31")
    assert (
        "working calendar with decision H99-2026-03 → working calendar as known on 2026-12-31; working calendar with decision H99-2026-03\n"
        in same
    )
    assert "Moved: 0\n" in same


def test_a_table_or_an_index_of_ones_own_is_called_by_its_title(
    year: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table = tmp_path / "ours.json"
    title = {"vi": "Bản sửa", "en": "An edited copy"}
    table.write_text(
        json.dumps({**resources.data("vn/lifecycle/decree-118-2025"), "id": "vn@ours", "title": title}),
        encoding="utf-8",
    )
    assert " → An edited copy\n" in run(capsys, "replay", year, "--to-lifecycle", str(table))[1]
    index = tmp_path / "index.json"
    index.write_text(json.dumps(resources.data("vn/kpi/vn-766-portal-2026")), encoding="utf-8")
    out = run(capsys, "replay", year, "--to-index", str(index))[1].splitlines()
    assert out[-1].startswith("Total score: ")
    assert (
        run(capsys, "replay", year, "--to-index", "vn-766@decision-2022")[1]
        .splitlines()[-1]
        .endswith(" (vn-766@portal-2026 → vn-766@decision-2022)")
    )


def test_budgets_are_said_in_words_and_a_role_that_is_none_is_refused(
    year: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = ("Công chức, viên chức tiếp nhận hồ sơ=1 ngày làm việc", "nguoi dung dau don vi=1 ngày làm việc")
    said = [part for word in (*words, "Specialist=30 working days") for part in ("--step", word)]
    by_name, by_code = (run(capsys, "forecast", year, "--now", "12/03/2026 09:30", *steps) for steps in (said, STEPS))
    assert by_name == by_code
    late = by_code[1].splitlines()
    assert late[0].startswith("Open cases: ")
    assert any(" · Specialist): " in line for line in late)
    code, out, err = run(capsys, "forecast", year, "--now", NOW, "--step", "boss=1 working day")
    assert (code, out) == (2, "")
    assert "boss" in err
    code, _, err = run(capsys, "forecast", year, "--now", "2026-03-12", *STEPS)
    assert (code, "12/02/2026 09:30" in err) == (2, True)


def test_roles_of_a_table_of_ones_own_have_budgets(
    year: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = resources.data("vn/lifecycle/decree-118-2025")
    roles = {**document["roles"], "helper": {"vi": "Người giúp việc", "en": "Helper"}}
    table = tmp_path / "ours.json"
    table.write_text(json.dumps({**document, "id": "vn@ours", "roles": roles}), encoding="utf-8")
    budget = ("--now", NOW, "--step", "helper=1 working day", "--lifecycle", str(table))
    code, out, _ = run(capsys, "forecast", year, *budget)
    assert (code in {0, 1}, out.startswith("Open cases: ")) == (True, True)


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
    assert run(capsys, "audit", str(table), "--mapping", str(mapping))[2].startswith(f"{table}: row 3: ")
    code, _, err = run(capsys, "replay", str(table), "--mapping", str(mapping), "--to-cut", "1/2")
    assert code == 0
    assert err.startswith(f"{table}: row 3: ")


def test_findings_are_handed_to_the_unit_that_must_answer_them(
    year: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("openpyxl", reason="openpyxl, of the extra office, is not installed")
    found = lab.audit(lab.read_logs(year), law=_law())
    unit, count = next(iter(found.by_unit.items()))
    table, book = tmp_path / "unit.csv", tmp_path / "unit.xlsx"
    code, out, _ = run(capsys, "audit", year, "--unit", unit, "--out", str(table), "--lang", "vi")
    assert (code, f"{count} vi phạm" in out) == (1, True)
    rows = list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig"))))
    assert [row["Đơn vị"] for row in rows] == [unit] * count
    assert {row["Mã hồ sơ"] for row in rows} == {entry.dossier for entry in found.entries if entry.unit == unit}
    assert {row["Giải trình của đơn vị"] for row in rows} == {""}
    assert run(capsys, "audit", year, "--out", str(book))[0] == 1
    from onestop_core.ext import office

    assert len(office.read_sheet(book.read_bytes())) >= found.count + 1
    for words in (("--unit", "nobody"), ("--out", "a.doc"), ("--dossier", "nobody")):
        assert run(capsys, "audit", year, *words)[:2] == (2, "")


def test_a_finding_opens_to_its_dossier(year: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    logs = lab.read_logs(year)
    found = lab.audit(logs, law=_law())
    step = next(entry for entry in found.entries if entry.number is not None)
    duty = next(entry for entry in found.entries if entry.number is None)
    for entry in (step, duty):
        code, out, _ = run(capsys, "audit", year, "--dossier", entry.dossier, "--lang", "vi")
        [log] = [log for log in logs if log.id == entry.dossier]
        lines = out.splitlines()
        assert (code, lines[0].startswith(f"{log.id} · Cơ chế một cửa")) == (1, True)
        assert "Mở hồ sơ" in lines[1]
        assert any(line.startswith("    ! ") and entry.reason.vi in line for line in lines)
        assert sum(line.startswith("  ") and line[2] != " " for line in lines) == len(log.events)
    table = tmp_path / "log.csv"
    table.write_text("dossier,event,at,procedure\n1,received,soon,1.004873\n", encoding="utf-8")
    assert run(capsys, "audit", str(table), "--now", NOW, "--dossier", "1")[1].splitlines()[0] == "1"


def test_a_workbook_of_another_system_is_audited(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl, of the extra office, is not installed")
    book = openpyxl.Workbook()
    for row in (
        ["UBND TỈNH"],
        [],
        ["dossier", "event", "at", "procedure", "role"],
        ["1", "received", datetime(2026, 3, 2, 8, 15), "1.004873", "receiving_officer"],
        ["1", "delivered", datetime(2026, 3, 4, 8, 15), "1.004873", "Giám đốc"],
    ):
        book.active.append(row)
    file = tmp_path / "log.xlsx"
    book.save(file)
    code, out, err = run(capsys, "audit", str(file), "--now", NOW)
    assert (code, out.startswith("1 dossiers, 1 with")) == (1, True)
    assert err == f"{file}: row 5: no role in the mapping 'Giám đốc'\n"


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
    assert run(capsys, "forecast", year, "--now", "2020-01-01T00:00+07:00", *STEPS) == (0, "Open cases: 0\n", "")


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
    assert found["slowness"] == slow.to_dict()
    _, page, _ = run(capsys, "burden", "--logs", year, "--format", "html", "--lang", "vi")
    assert "Vì sao hồ sơ chậm" in page
    assert "Vì sao hồ sơ chậm" not in run(capsys, "burden", "--format", "html", "--lang", "vi")[1]


def test_one_procedure_is_priced_step_by_step_at_rates_that_were_measured(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(
        capsys, "burden", "--procedure", "2.000575", "--rate", "paper_hours=1.5", "--rate", "income=50000"
    )
    lines = out.splitlines()
    rates = lab.Rates.of({"paper_hours": "1.5", "income": "50000"})
    rows = [row for row in lab.burden(catalogue.shipped(), rates=rates).procedures if row.code == "2.000575"]
    assert code == 0
    assert len(rows) == 2
    for row, period in zip(rows, ("2.000575, until 2025-06-30", "2.000575, from 2025-07-01"), strict=True):
        place = lines.index(period)
        assert lines[place + 1 : place + 1 + len(row.texts)] == [f"  {text.en}" for text in row.texts]
    assert "  applicant, papers and forms: 1.5 h, 75,000 VND" in lines
    assert rates.text.en in lines
    assert run(capsys, "burden", "--rate", "lunch=1")[0] == 2
    assert run(capsys, "burden", "--procedure", "9.999999")[0] == 2
