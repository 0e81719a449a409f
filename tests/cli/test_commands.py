"""The command line as a user meets it: output, exit codes, and one clear message for malformed input."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core.cli import main
from onestop_core.deadlines.receipts import short
from onestop_core.rules.reading import resources

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

Run = "Callable[..., tuple[int, str, str]]"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(*arguments: str) -> tuple[int, str, str]:
        try:
            code = main(arguments)
        except SystemExit as stop:  # what argparse does
            code = int(stop.code or 0)
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def shipped(tmp_path: Path) -> Path:
    path = tmp_path / "catalogue.json"
    path.write_text(json.dumps(resources.data("vn/catalogue/one-stop"), ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    document: dict[str, Any] = resources.data("vn/catalogue/one-stop")
    document["procedures"][0]["code"] = "1.00422"
    path = tmp_path / "broken, 100%.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "command",
    [
        "tour",
        "check",
        "diff",
        "overlay",
        "due",
        "calendar",
        "dossier",
        "duties",
        "kpi",
        "form-06",
        "conformance",
        "schema",
        "export",
        "import",
    ],
)
def test_every_command_explains_itself(run: Callable[..., tuple[int, str, str]], command: str) -> None:
    code, out, _ = run(command, "--help")
    assert (code, out.startswith(f"usage: onestop {command}")) == (0, True)


def test_a_wrong_command_line_is_exit_code_2(run: Callable[..., tuple[int, str, str]]) -> None:
    for arguments in ([], ["fly"], ["due"], ["check"], ["kpi"], ["kpi", "f.csv", "--counts", "c.json"], ["dossier"]):
        code, _, err = run(*arguments)
        assert (code, "usage:" in err) == (2, True)
    assert run("--version")[1].startswith("onestop_core ")


# --- check


def test_the_shipped_catalogue_is_clean(run: Callable[..., tuple[int, str, str]], shipped: Path) -> None:
    code, out, err = run("check", str(shipped))
    assert (code, err) == (0, "")
    # Clean is not the same as complete: what the catalogue accepts is numbered, and the line says how to see it.
    held = len(resources.data("vn/catalogue/one-stop")["suppressions"])
    option = "--select catalogue/suppressed"
    assert out == f"0 errors, 0 warnings, 0 notes; {held} suppressions, see {option}\n"
    assert (
        run("check", str(shipped), "--lang", "vi")[1]
        == f"0 lỗi, 0 cảnh báo, 0 ghi chú; {held} chỗ bỏ qua có lý do, xem {option}\n"
    )
    listed = run("check", str(shipped), *option.split())[1].splitlines()
    assert len(listed) == held + 1
    assert all("catalogue/suppressed" in line for line in listed[:-1])


@pytest.mark.parametrize("suppressions", [{"a": 1}, "ab", None, 3])
def test_malformed_suppressions_are_findings_and_not_counted(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path, suppressions: object
) -> None:
    path = tmp_path / "odd.json"
    path.write_text(json.dumps({"procedures": [], "suppressions": suppressions}), encoding="utf-8")
    code, out, _ = run("check", str(path))
    assert code == 1
    assert out.splitlines()[-1].endswith(" notes")
    path.write_text("[]", encoding="utf-8")
    assert run("check", str(path))[1].splitlines()[-1].endswith(" notes")


def test_findings_name_file_path_rule_and_message(run: Callable[..., tuple[int, str, str]], broken: Path) -> None:
    code, out, _ = run("check", str(broken), "--format", "json")
    found = [problem for problem in json.loads(out) if problem["severity"] == "error"]
    assert code == 1
    assert {"file", "path", "rule", "severity", "message"} <= set(found[0])
    assert (found[0]["file"], found[0]["path"]) == (str(broken), "$.procedures[0].code")
    code, text, _ = run("check", str(broken))
    assert code == 1
    assert f"{broken}:{found[0]['line']}:{found[0]['column']}: $.procedures[0].code: error: " in text


def test_a_directory_is_checked_file_by_file(
    run: Callable[..., tuple[int, str, str]], shipped: Path, broken: Path
) -> None:
    code, out, _ = run("check", str(shipped.parent), "--format", "json")
    assert (code, {problem["file"] for problem in json.loads(out) if problem["severity"] == "error"}) == (
        1,
        {str(broken)},
    )


def test_github_annotations_hide_what_would_break_them(run: Callable[..., tuple[int, str, str]], broken: Path) -> None:
    code, out, _ = run("check", str(broken), "--format", "github")
    first = next(line for line in out.splitlines() if line.startswith("::error"))
    assert code == 1
    assert "broken%2C 100%25.json" in first
    assert "::$.procedures[0].code: " in first


def test_sarif_names_rules_and_places(run: Callable[..., tuple[int, str, str]], broken: Path, shipped: Path) -> None:
    code, out, _ = run("check", str(broken), str(shipped), "--format", "sarif")
    log = json.loads(out)
    (result, *_) = log["runs"][0]["results"]
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert (code, log["version"]) == (1, "2.1.0")
    assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
    assert result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].startswith("file:///")


def test_sarif_writes_relative_names_as_relative_references(
    run: Callable[..., tuple[int, str, str]], broken: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(broken.parent)
    log = json.loads(run("check", broken.name, "--format", "sarif")[1])
    uri = log["runs"][0]["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert uri == "broken%2C%20100%25.json"


def test_a_missing_file_does_not_hide_the_others(
    run: Callable[..., tuple[int, str, str]], broken: Path, tmp_path: Path
) -> None:
    code, out, err = run("check", str(tmp_path / "absent.json"), str(broken))
    assert (code, err.startswith("onestop check: ")) == (2, True)
    assert "absent.json: no such file" in err
    assert "$.procedures[0].code" in out


@pytest.mark.parametrize("content", [b"", b"{", b"\xff", b"[" * 100_000, b'{"a": NaN}'])
def test_what_is_no_json_is_a_finding_and_exit_code_2(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path, content: bytes
) -> None:
    path = tmp_path / "bad.json"
    path.write_bytes(content)
    code, out, err = run("check", str(path))
    assert (code, err) == (2, "")
    assert "[json/" in out


# --- due


def test_due_prints_the_appointment_and_why(run: Callable[..., tuple[int, str, str]]) -> None:
    arguments = ("due", "--received", "2026-02-12T09:30+07:00", "--limit", "5 working days")
    code, out, _ = run(*arguments, "--format", "json")
    assert code == 0
    document = json.loads(out)
    assert list(document)[:3] == ["due_at", "certainty", "steps"]
    assert (document["due_at"][:10], document["certainty"], document["steps"]) == ("2026-02-26", "announced", [])
    explained = json.loads(run(*arguments, "--explain", "--format", "json")[1])["steps"]
    assert {"2026-02-16", "2026-02-22", "2026-02-26"} <= {step["date"] for step in explained}
    assert "2026-02-26" in run(*arguments)[1]
    explained_vi = run(*arguments, "--explain", "--lang", "vi")[1].splitlines()
    assert any(line.startswith("Thứ Ba, 17/02/2026  Tết Nguyên đán") for line in explained_vi)
    assert explained_vi[-1].startswith("Hạn trả kết quả: 24 giờ thứ Năm, 26/02/2026 (05 ngày làm việc; ")
    by_hours = ("due", "--received", "2026-02-12T09:30+07:00", "--limit", "3 hours", "--lang", "vi")
    assert run(*by_hours)[1].startswith("Hạn trả kết quả: 12:30 thứ Năm, 12/02/2026 (")
    assert run(*arguments, "--format", "svg")[1].startswith("<svg")


def test_a_receipt_is_printed_and_verified(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    arguments = ("due", "--received", "2026-02-12T09:30+07:00", "--limit", "5 working days", "--format", "receipt")
    code, out, _ = run(*arguments, "--hours", "07:30-11:30, 13:30-17:00")
    receipt = json.loads(out)
    assert (code, receipt["answer"]["due_at"], "explanation" in receipt) == (0, "2026-02-26T17:00:00+07:00", False)
    assert "explanation" in json.loads(run(*arguments, "--explain")[1])
    file = tmp_path / "receipt.json"
    file.write_text(out, encoding="utf-8")
    assert run("verify", str(file))[:2] == (
        0,
        "the receipt holds: counted again it comes to the same, and its days are those of the calendar\n",
    )
    assert run("verify", str(file), "--lang", "vi")[1].startswith("biên nhận đúng")
    assert run("verify", str(file), "--format", "json")[:2] == (0, "[]\n")
    file.write_text(json.dumps({**receipt, "limit": "6 working days"}), encoding="utf-8")
    code, out, _ = run("verify", str(file))
    assert code == 1
    assert out.splitlines()[0] == "$.digest: not its digest: it was changed after it was made [receipt/digest]"
    assert json.loads(run("verify", str(file), "--format", "json")[1])[0]["rule"] == "receipt/digest"
    file.write_text(short(receipt).lower() + "\n", encoding="utf-8")
    assert run("verify", str(file))[0] == 0
    file.write_text(short(receipt)[:-1], encoding="utf-8")
    assert run("verify", str(file))[:2] == (1, "$: characters are lost or wrong [receipt/checksum]\n")
    file.write_text("{", encoding="utf-8")
    assert run("verify", str(file))[0] == 2
    assert run("verify", str(tmp_path / "absent.json"))[0] == 2


def test_due_with_what_was_known_then_and_with_a_pause(run: Callable[..., tuple[int, str, str]]) -> None:
    new_year = ("due", "--received", "2025-12-24T09:00+07:00", "--limit", "06 ngày làm việc", "--format", "json")
    assert json.loads(run(*new_year, "--as-of", "2025-12-24")[1])["due_at"][:10] == "2026-01-02"
    assert json.loads(run(*new_year, "--as-of", "2025-12-25")[1])["due_at"][:10] == "2026-01-05"
    paused = (*new_year, "--pause", "2025-12-25T08:00+07:00/2025-12-29T08:00+07:00")
    assert json.loads(run(*paused)[1])["due_at"][:10] > "2026-01-05"


# --- dossier, kpi, schema


@pytest.fixture
def log(tmp_path: Path) -> Path:
    script = resources.data("vn/tour")
    path = tmp_path / "events.json"
    document: dict[str, Any] = {
        "schema_version": "1.0",
        "dossier": {"id": "1", "procedure": "1.012783", "channel": "in_person", "at": "2026-02-09T08:15:00+07:00"},
        "events": [line["event"] for line in script["story"]],
    }
    document["events"][0]["due"] = "2026-02-23T17:00:00+07:00"
    document["events"][4]["due"] = "2026-02-26T17:00:00+07:00"  # the time is counted again, and promised again
    path.write_text(json.dumps(document), encoding="utf-8")
    return path


def test_replay_says_where_the_dossier_stands(run: Callable[..., tuple[int, str, str]], log: Path) -> None:
    code, out, _ = run("dossier", "replay", str(log), "--format", "json")
    document = json.loads(out)
    assert (code, document["state"], document["portal_status"], document["version"]) == (0, "delivered", 10, 11)
    assert document["due"] == "2026-02-26T17:00:00+07:00"
    code, text, _ = run("dossier", "replay", str(log), "--lang", "vi")
    assert (code, "Ngày hẹn trả kết quả: 17:00 ngày 26/02/2026" in text) == (0, True)
    assert "09:40 ngày" not in text.splitlines()[0]
    assert "Tiếp nhận → Đã tiếp nhận" in text
    assert "Mã trên Cổng Dịch vụ công quốc gia: 10 (Đã trả kết quả)" in text


def test_what_a_log_brings_moves_no_terminal_and_is_no_command(
    run: Callable[..., tuple[int, str, str]], log: Path
) -> None:
    document = json.loads(log.read_text(encoding="utf-8"))
    document["dossier"] |= {"id": "1\n::error::x\x1b[31m", "procedure": "\u202e1\r\n::warning::"}
    log.write_text(json.dumps(document), encoding="utf-8")
    for language in ("vi", "en"):
        code, out, _ = run("dossier", "replay", str(log), "--lang", language)
        assert code == 0
        assert not [line for line in out.splitlines() if line.startswith("::")]
        assert all(mark.isprintable() or mark == "\n" for mark in out)


def test_one_wrong_log_hides_no_other(run: Callable[..., tuple[int, str, str]], log: Path, tmp_path: Path) -> None:
    broken, absent = tmp_path / "broken.json", tmp_path / "absent.json"
    broken.write_text("{", encoding="utf-8")
    for language, words in (("vi", "không tìm thấy tệp"), ("en", "no such file")):
        code, out, err = run("dossier", "export", str(broken), str(log), str(absent), str(broken), "--lang", language)
        assert (code, out) == (2, "")
        assert err.count("broken.json") == 2
        assert f"absent.json: {words}" in err


def test_a_lifecycle_needs_a_day_or_an_edition(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, err = run("dossier", "diagram", "--lang", "vi")
    assert (code, out) == (2, "")
    assert "chỉ rõ --on NGÀY, hoặc phiên bản, như --lifecycle vn@decree-118-2025" in err
    assert "None" not in err
    code, _, err = run("dossier", "diagram", "--lifecycle", "vn@decree-61-2018", "--on", "2026-01-01", "--lang", "vi")
    assert (code, "không có quy định có hiệu lực vào ngày 01/01/2026" in err) == (2, True)


def test_a_refused_event_names_its_place(run: Callable[..., tuple[int, str, str]], log: Path) -> None:
    document = json.loads(log.read_text(encoding="utf-8"))
    del document["events"][1]
    del document["events"][1]
    log.write_text(json.dumps(document), encoding="utf-8")
    code, out, err = run("dossier", "replay", str(log))
    assert (code, out) == (2, "")
    assert "$.events[1]" in err


@pytest.mark.parametrize(("form", "start"), [("ocel", "{"), ("xes", "<?xml")])
def test_logs_are_written_for_process_mining(
    run: Callable[..., tuple[int, str, str]], log: Path, form: str, start: str
) -> None:
    code, out, err = run("dossier", "export", str(log), str(log), "--format", form)
    assert (code, out.startswith(start), err) == (0, True, "")
    document = json.loads(log.read_text(encoding="utf-8"))
    log.write_text(
        json.dumps(document | {"events": [{"kind": "dance", "at": "2026-02-09T08:00+07:00"}]}), encoding="utf-8"
    )
    code, out, err = run("dossier", "export", str(log), "--format", form)
    assert (code, out) == (2, "")
    assert "$.events[0]" in err


@pytest.mark.parametrize(
    ("form", "start"),
    [("mermaid", "stateDiagram-v2"), ("dot", "digraph"), ("scxml", "<?xml"), ("svg", "<svg"), ("table", "|")],
)
def test_the_lifecycle_is_drawn(run: Callable[..., tuple[int, str, str]], form: str, start: str) -> None:
    code, out, _ = run("dossier", "diagram", "--on", "2026-02-09", "--format", form)
    assert (code, out.startswith(start)) == (0, True)
    pinned = run("dossier", "diagram", "--lifecycle", "vn@decree-118-2025", "--format", form)
    assert pinned[1] == out


def test_points_from_counts(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    counts = tmp_path / "counts.json"
    counts.write_text('{"2.1": [528684, 597918]}', encoding="utf-8")
    code, out, _ = run("kpi", "--counts", str(counts), "--format", "json")
    document = json.loads(out)
    assert (code, document["metrics"]) == (0, {"2.1": {"ratio": "88.42", "score": "17.68"}})
    assert document["total"] == "17.68"
    code, text, _ = run("kpi", "--counts", str(counts), "--index", "vn-766@portal-2026", "--lang", "vi")
    assert (code, "17,68/20 điểm" in text, "█" in text) == (0, True, True)


@pytest.fixture
def facts(tmp_path: Path) -> Path:
    path = tmp_path / "facts.csv"
    path.write_text(
        "id,unit,received_at,due_at,finished_at,finished_kind\n"
        "1,A,2026-03-02T08:00:00+07:00,2026-03-09T17:00:00+07:00,2026-03-06T09:00:00+07:00,done\n"
        "2,A,2026-03-02T08:00:00+07:00,2026-03-09T17:00:00+07:00,2026-03-10T09:00:00+07:00,done\n"
        "3,,2026-03-02T08:00:00+07:00,2026-03-09T17:00:00+07:00,2026-03-09T17:00:00+07:00,done\n",
        encoding="utf-8",
    )
    return path


def test_points_from_dossiers(run: Callable[..., tuple[int, str, str]], facts: Path) -> None:
    arguments = ("kpi", str(facts), "--from", "2026-03-01", "--to", "2026-03-31")
    whole = json.loads(run(*arguments, "--format", "json")[1])
    assert whole["metrics"]["2.1"] == {"ratio": "66.67", "score": "13.33"}
    by_unit = json.loads(run(*arguments, "--by", "unit", "--format", "json")[1])
    assert {unit: card["metrics"]["2.1"]["score"] for unit, card in by_unit.items()} == {
        "A": "10.00",
        "(unknown)": "20.00",
    }
    both = json.loads(run(*arguments, "--by", "unit", "--by", "due_at", "--format", "json")[1])
    assert sorted(both) == ["? · 2026-03-09", "A · 2026-03-09"]
    paid = facts.with_name("paid.csv")
    paid.write_text("id,fee_due,submitted_at\n1,true,2026-03-02T08:00:00Z\n2,,2026-03-02T08:00:00Z\n", encoding="utf-8")
    assert list(json.loads(run("kpi", str(paid), "--by", "fee_due", "--format", "json")[1])) == ["true", "(unknown)"]
    assert list(json.loads(run(*arguments, "--by", "finished_kind", "--format", "json")[1])) == ["done"]
    text = run(*arguments, "--by", "unit", "--index", "vn-766")[1]
    assert [line for line in text.splitlines() if line.startswith("Unit: ")] == ["Unit: A", "Unit: (unknown)"]
    assert run("kpi", str(facts))[0] == 0


def test_schemas_are_listed_and_printed_as_published(run: Callable[..., tuple[int, str, str]]) -> None:
    listed = run("schema")[1]
    assert [line.split()[0] for line in listed.splitlines()] == list(resources.schema_names())
    assert run("schema", "catalogue")[1] == resources.schema_text("catalogue")


def test_a_page_to_print(run: Callable[..., tuple[int, str, str]], facts: Path, tmp_path: Path) -> None:
    steps = tmp_path / "steps.json"
    steps.write_text('{"schema_version": "1.0", "steps": [{"dossier": "1", "step": "sign", "used": "5/2"}]}', "utf-8")
    arguments = ("kpi", str(facts), "--from", "2026-03-01", "--to", "2026-04-15", "--format", "html", "--lang", "en")
    code, page, _ = run(*arguments, "--by", "unit", "--steps", str(steps))
    assert (code, page.count("<!DOCTYPE html>")) == (0, 1)
    assert "<td>2026-03" not in page  # the months name the rows
    assert all(
        word in page for word in ("2026-03-01 to 2026-04-15", ">2026-03<", ">2026-04<", "Unit: (unknown)", "sign")
    )
    assert run(*arguments[:2], "--format", "html", "--to", "2026-12-31")[1].count("polyline") == 0
    assert "until 2026-12-31" in run(*arguments[:2], "--format", "html", "--to", "2026-12-31")[1]
    assert "<p>Kỳ" not in run(*arguments[:2], "--format", "html", "--lang", "vi")[1]


def test_a_page_over_centuries_is_refused(run: Callable[..., tuple[int, str, str]], facts: Path) -> None:
    for first, last in (("1900-01-01", "2199-12-31"), ("2016-01-01", "2026-01-01")):
        code, _, said = run("kpi", str(facts), "--from", first, "--to", last, "--format", "html", "--lang", "vi")
        assert (code, "không quá 120 tháng" in said) == (2, True)
    code, page, _ = run(
        "kpi", str(facts), "--from", "2016-04-01", "--to", "2026-03-31", "--format", "html", "--lang", "vi"
    )
    assert (code, ">04/2016<" in page, ">03/2026<" in page) == (0, True, True)
    facts.write_text(facts.read_text(encoding="utf-8") + "4,A,,,,\n", encoding="utf-8")
    assert run("kpi", str(facts), "--from", "2199-12-01", "--to", "2199-12-31", "--format", "html")[0] == 0


def test_names_from_outside_stay_in_their_line(run: Callable[..., tuple[int, str, str]], tmp_path: Path) -> None:
    evil = "x\n::error::y\x1b[31m\u202e"
    path = tmp_path / "facts.json"
    row = {"id": "1", "unit": evil, "field": evil, "channel": "post", "received_at": "2026-03-02T08:00:00+07:00",
           "due_at": "2026-03-09T17:00:00+07:00", "finished_at": "2026-03-06T09:00:00+07:00"}  # fmt: skip
    path.write_text(json.dumps({"schema_version": "1.0", "facts": [row]}), encoding="utf-8")
    march = ("--from", "2026-03-01", "--to", "2026-03-31")
    for arguments in (("kpi", str(path), "--by", "unit"), ("form-06", str(path), "--unit", evil)):
        code, text, _ = run(*arguments, *march)
        assert code == 0
        assert not [line for line in text.splitlines() if line.startswith("::")]
        assert not set(text) & {"\x1b", "\u202e"}


@pytest.fixture
def dossiers(tmp_path: Path) -> Path:
    path = tmp_path / "dossiers.csv"
    path.write_text(
        "id,field,channel,received_at,due_at,finished_at,finished_kind\n"
        "1,Hộ tịch,online,2026-09-28T08:00:00+07:00,2026-10-05T17:00:00+07:00,2026-10-02T09:00:00+07:00,done\n"
        "2,Hộ tịch,post,2026-10-05T08:00:00+07:00,2026-10-12T17:00:00+07:00,2026-10-13T09:00:00+07:00,withdrawn\n"
        "3,,in_person,2026-10-05T08:00:00+07:00,2026-10-12T17:00:00+07:00,2026-10-12T09:00:00+07:00,done\n",
        encoding="utf-8",
    )
    return path


OCTOBER = ("--from", "2026-10-01", "--to", "2026-10-31")


def test_form_06_is_filled(run: Callable[..., tuple[int, str, str]], dossiers: Path) -> None:
    code, text, _ = run("form-06", str(dossiers), *OCTOBER, "--unit", "Sở Tư pháp", "--lang", "vi")
    assert code == 0
    lines = text.splitlines()
    assert lines[1] == "Sở Tư pháp 01/10/2026 – 31/10/2026"
    assert [line.split() for line in lines if line.startswith(("Hộ tịch", "(không rõ)", "Tổng số"))] == [
        ["Hộ", "tịch", "2", "0", "1", "1", "2", "1", "0", "1", "0", "0", "0"],
        ["(không", "rõ)", "1", "0", "1", "0", "1", "0", "1", "0", "0", "0", "0"],
        ["Tổng", "số", "3", "0", "2", "1", "3", "1", "1", "1", "0", "0", "0"],
    ]
    assert lines[-4:] == [
        "Tỷ lệ đúng hạn của hồ sơ đã giải quyết: 66,67% (2/3) – Thông tư số 01/2020/TT-VPCP (suy luận)",
        "Tỷ lệ quá hạn của hồ sơ đang giải quyết: – – Thông tư số 01/2020/TT-VPCP (suy luận)",
        "Tỷ lệ tiếp nhận trực tuyến: 0,00% (0/2) – Thông tư số 01/2020/TT-VPCP (suy luận)",
        "cột 10 gồm 1 hồ sơ dừng theo yêu cầu (rút hồ sơ), ảnh hưởng tỷ lệ",
    ]
    code, table, _ = run("form-06", str(dossiers), *OCTOBER, "--format", "csv", "--by", "channel")
    assert (code, [line[:10] for line in table.splitlines()[2:]]) == (
        0,
        ["1,in_perso", "2,online,1", "3,post,1,0", ",Total,3,0"],
    )


def test_form_06_is_checked(run: Callable[..., tuple[int, str, str]], dossiers: Path, tmp_path: Path) -> None:
    _, filled, _ = run("form-06", str(dossiers), *OCTOBER, "--format", "json")
    good, bad = tmp_path / "good.json", tmp_path / "bad.json"
    good.write_text(filled, encoding="utf-8")
    # what is only worth a note does not make the form bad
    note = "$.included[0]: note: column 10 counts 1 withdrawn, which moves the rate [form-06/included]"
    code, text, _ = run("form-06", "--check", str(good))
    assert (code, text) == (0, f"{note} (Circular 01/2020/TT-VPCP [observed in a running system])\n")
    bad.write_text(filled.replace('"late": 1', '"late": 2', 1), encoding="utf-8")
    code, text, _ = run("form-06", "--check", str(bad), "--previous", str(good), "--lang", "vi")
    assert code == 1
    assert "không so sánh được số tồn [form-06/not-the-period-before]\n" in text
    code, listed, _ = run("form-06", "--check", str(bad), "--format", "json")
    assert (code, [each["rule"] for each in json.loads(listed)]) == (
        1,
        ["form-06/resolved-sum", "form-06/total-row", "form-06/included"],
    )


# --- malformed input: one message, exit code 2, no traceback


@pytest.mark.parametrize(
    "arguments",
    [
        ("due", "--received", "2026-02-12T09:30", "--limit", "5 working days"),
        ("due", "--received", "tomorrow", "--limit", "5 working days"),
        ("due", "--received", "2026-02-12T09:30+07:00", "--limit", "5 suns"),
        ("due", "--received", "2026-02-12T09:30+07:00", "--limit", "9999 working days"),
        ("due", "--received", "1912-02-12T09:30+07:00", "--limit", "5 working days"),
        ("due", "--received", "2026-02-12T09:30+07:00", "--limit", "5 days", "--pause", "2026-02-13T00:00+07:00"),
        ("due", "--received", "2026-02-12T09:30+07:00", "--limit", "5 days", "--pause", "a/b"),
        ("due", "--received", "2026-02-12T09:30+07:00", "--limit", "5 days", "--pause", "2026-02-13"),
        ("due", "--received", "2026-02-12T09:30+07:00", "--limit", "5 days", "--as-of", "20260101"),
        ("due", "--received", "2026-02-12T09:30+07:00", "--limit", "5 days", "--as-of", "soon"),
        ("due", "--received", "2026-02-12T09:30+07:00", "--limit", "5 days", "--calendar", "vn-civl"),
        ("calendar", "1999"),
        ("calendar", "9999999"),
        ("calendar", "0"),
        ("calendar", "2026", "--as-of", "x"),
        ("dossier", "replay", "ABSENT"),
        ("dossier", "replay", "EMPTY"),
        ("dossier", "replay", "LIST"),
        ("dossier", "diagram"),
        ("dossier", "diagram", "--on", "2017-01-01"),
        ("dossier", "diagram", "--lifecycle", "vn@decree-0-0000"),
        ("kpi", "ABSENT.csv"),
        ("kpi", "EMPTY.csv"),
        ("kpi", "EMPTY.xlsx"),
        ("kpi", "LIST"),
        ("kpi", "LIST", "--by", "colour"),
        ("kpi", "FACTS.csv", "--by", "colour"),
        ("kpi", "EMPTY.parquet"),
        ("kpi", "FACTS.csv", "--steps", "LIST"),
        ("kpi", "FACTS.csv", "--steps", "LIST", "--format", "html"),
        ("kpi", "--counts", "EMPTY"),
        ("kpi", "--counts", "LIST"),
        ("kpi", "--counts", "LIST", "--by", "unit"),
        ("kpi", "--counts", "COUNTS", "--index", "vn-767"),
        ("kpi", "--counts", "COUNTS", "--index", "vn-766"),
        ("kpi", "--counts", "COUNTS", "--index", "vn-766", "--to", "2026-01-01"),
        ("form-06", "FACTS.csv"),
        ("form-06", "FACTS.csv", "--from", "2026-10-01"),
        ("form-06", "FACTS.csv", "--to", "2026-10-01"),
        ("form-06", "FACTS.csv", "--from", "2026-10-01", "--to", "2026-09-30"),
        ("form-06", "FACTS.csv", "--from", "2026-10-01", "--to", "2026-10-31", "--previous", "LIST"),
        ("form-06", "FACTS.csv", "--from", "2026-10-01", "--to", "2026-10-31", "--by", "colour"),
        ("form-06", "--check", "ABSENT"),
        ("form-06", "--check", "EMPTY"),
        ("form-06", "--check", "LIST", "--previous", "EMPTY"),
        ("form-06", "--check", "LIST", "--format", "csv"),
        ("schema", "catalog"),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize("language", ["en", "vi"])
def test_malformed_input_ends_with_one_message(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path, arguments: tuple[str, ...], language: str
) -> None:
    for name in ("EMPTY", "EMPTY.csv", "EMPTY.xlsx", "EMPTY.parquet"):
        (tmp_path / name).write_text("", encoding="utf-8")
    (tmp_path / "FACTS.csv").write_text("id\n1\n", encoding="utf-8")
    (tmp_path / "LIST").write_text("[1, 2, {}]", encoding="utf-8")
    (tmp_path / "COUNTS").write_text('{"2.1": [1, 2]}', encoding="utf-8")
    files = {"ABSENT", "ABSENT.csv", "EMPTY", "EMPTY.csv", "EMPTY.xlsx", "EMPTY.parquet", "LIST", "FACTS.csv", "COUNTS"}
    real = [str(tmp_path / part) if part in files else part for part in arguments]
    code, out, err = run(*real, "--lang", language)
    assert (code, out) == (2, "")
    assert err.startswith(f"onestop {arguments[0]}: ")
    assert "Traceback" not in err


def test_the_package_runs_as_a_module(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    import runpy

    monkeypatch.setattr("sys.argv", ["onestop", "schema"])
    with pytest.raises(SystemExit) as stop:
        runpy.run_module("onestop_core", run_name="__main__")
    assert (stop.value.code, "catalogue" in capsys.readouterr().out) == (0, True)


# --- calendar


def test_a_year_is_printed_to_read(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run("calendar", "2026", "--lang", "vi")
    assert (code, out.splitlines()[0]) == (0, "2026  vn-civil  249 ngày làm việc")


def test_a_year_as_json_as_it_stood_on_a_day(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run("calendar", "2026", "--as-of", "2025-12-24", "--format", "json")
    document = json.loads(out)
    assert (code, document["as_of"]) == (0, "2025-12-24")
    assert "2026-01-02" not in {day["date"] for day in document["days"]}


def test_icalendar_keeps_its_line_ends(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["calendar", "2026", "--format", "ics"]) == 0
    out = capfdbinary.readouterr().out
    assert out.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
    assert out.count(b"\n") == out.count(b"\r\n")


def test_icalendar_goes_to_a_stream_without_bytes_too(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys
    from io import StringIO

    with monkeypatch.context() as patch:
        stream = StringIO(newline="")
        patch.setattr(sys, "stdout", stream)
        assert main(["calendar", "2026", "--format", "ics"]) == 0
    assert stream.getvalue().startswith("BEGIN:VCALENDAR\r\n")
