"""The sheets of an office: what stands in them, as values, as CSV, and written by the command."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import deadlines, desk, dossier, workdays
from onestop_core.cli import main
from onestop_core.deadlines import TimeLimit
from onestop_core.desk.lists import (
    CellKind,
    DeskRow,
    Shade,
    Sheet,
    SheetColumn,
    Stage,
    Tone,
    control_sheet,
    handover_sheets,
    late_sheet,
    morning_sheet,
    read_rows,
    register_sheet,
    to_csv,
    units_sheet,
)
from onestop_core.errors import InvalidValueError
from onestop_core.model import Interval

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

MARCH = Interval(first=date(2026, 3, 1), last=date(2026, 3, 31))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00")


NOW = at("2026-03-10T07:45")
ROWS = read_rows(
    [
        {"id": "B", "procedure_name": "Khai sinh", "field": "Hộ tịch", "applicant": "An", "address": "12 Hàng Bài",
         "phone": "0912", "unit": "Phòng Tư pháp", "received_at": "2026-03-02 08:20", "due_at": "2026-03-06 17:00"},
        {"id": "A", "procedure": "1.004222", "unit": "Công an", "received_at": "2026-03-02", "due_at": "2026-03-10"},
        {"id": "C", "field": "Hộ tịch", "received_at": "2026-03-03 09:00", "due_at": "2026-03-09 17:00",
         "ended_at": "2026-03-10 08:00", "returned_at": None, "phone": "0913"},
        {"id": "D", "received_at": "2026-02-27 09:00", "due_at": "2026-03-04", "ended_at": "2026-03-04"},
        {"id": "E", "received_at": None},
    ]
)  # fmt: skip


def cells(sheet: Sheet, *names: str) -> list[tuple[Any, ...]]:
    titles = [column.title for column in sheet.columns]
    return [tuple(row[titles.index(name)] for name in names) for row in sheet.rows]


def test_the_morning_as_a_sheet() -> None:
    found = desk.triage(ROWS, now=NOW)
    sheet = morning_sheet(found, personal=True)
    assert cells(sheet, "STT", "Việc", "Mã hồ sơ", "Tên thủ tục hành chính", "Tên tổ chức, cá nhân", "Hẹn trả kết quả", "Số ngày làm việc") == [
        (1, "Quá hạn", "B", "Khai sinh", "An", at("2026-03-06T17:00"), 2),
        (2, "Đến hạn hôm nay", "A", "1.004222", None, date(2026, 3, 10), 0),
        (3, "Có kết quả, chưa trả", "C", None, None, at("2026-03-09T17:00"), 1),
        (4, "Chờ tiếp nhận", "E", None, None, None, None),
        (5, "Đã kết thúc", "D", None, None, date(2026, 3, 4), None),
    ]  # fmt: skip
    assert {"Quá hạn", "Đến hạn hôm nay", "Sắp đến hạn"} <= {shade.word for shade in sheet.shades}
    assert "An" not in str(morning_sheet(found, language="en").rows)
    assert repr(sheet) == "<Sheet 'Việc buổi sáng của quầy': 5 rows>"


def test_units_with_their_ranks() -> None:
    sheet = units_sheet(desk.triage(ROWS, now=NOW))
    assert [row[:4] for row in sheet.rows] == [
        (1, 1, "Phòng Tư pháp", 1),
        (2, 1, "Công an", 0),
        (None, None, "(không ghi đơn vị)", 0),
    ]


def test_the_late_list_has_what_is_overdue_and_what_ended_late() -> None:
    sheet = late_sheet(desk.triage(ROWS, now=NOW), personal=True)
    assert cells(sheet, "Mã hồ sơ", "Tên tổ chức, cá nhân", "Có kết quả", "Tình trạng", "Số ngày làm việc quá hạn") == [
        ("B", "An", None, "Quá hạn", 2),
        ("C", None, at("2026-03-10T08:00"), "Đã giải quyết, quá hạn", 1),
    ]
    assert sheet.shaded_by is not None
    assert sheet.columns[sheet.shaded_by].title == "Tình trạng"
    assert "An" not in str(late_sheet(desk.triage(ROWS, now=NOW)).rows)


def test_the_register_of_a_month() -> None:
    sheet = register_sheet(ROWS, period=MARCH, unit="Trung tâm")
    assert sheet.titles == ("Trung tâm", "SỔ THEO DÕI HỒ SƠ", "Mẫu số 07", "01/03/2026 – 31/03/2026")
    assert [column.title for column in sheet.columns] == [
        "STT", "Mã hồ sơ", "Tên thủ tục hành chính", "Tên tổ chức, cá nhân", "Địa chỉ, số điện thoại",
        "Cơ quan chủ trì giải quyết", "Nhận hồ sơ", "Hẹn trả kết quả", "Trả kết quả", "Phương thức nhận kết quả", "Ký nhận",
    ]  # fmt: skip
    assert cells(sheet, "STT", "Mã hồ sơ", "Địa chỉ, số điện thoại", "Nhận hồ sơ", "Ký nhận") == [
        (1, "A", None, date(2026, 3, 2), None),
        (2, "B", "12 Hàng Bài, 0912", at("2026-03-02T08:20"), None),
        (3, "C", "0913", at("2026-03-03T09:00"), None),
    ]
    of_field = register_sheet(ROWS, period=MARCH, field="Hộ tịch", on=date(2024, 1, 1), language="en")
    assert [row[1] for row in of_field.rows] == ["B", "C"]
    assert of_field.titles[1:3] == ("Form 06", "Field: Hộ tịch")
    with pytest.raises(InvalidValueError, match="last day"):
        register_sheet(ROWS, period=Interval(first=date(2026, 3, 1)))


def test_a_hand_over_list_for_each_unit() -> None:
    first, second = handover_sheets(ROWS, on=date(2026, 3, 2), giver="Trung tâm")
    assert (first.name, [row[1] for row in first.rows], first.titles[-1]) == ("Công an", ["A"], "Bên nhận: Công an")
    assert (second.name, second.rows[0][2], second.titles[2]) == ("Phòng Tư pháp", "An", "Bên bàn giao: Trung tâm")
    (third,) = handover_sheets(ROWS, on=date(2026, 3, 3))
    assert third.titles == ("DANH SÁCH BÀN GIAO HỒ SƠ", "03/03/2026", "Bên nhận: (không ghi đơn vị)")


def case(name: str = "1", *, done: bool = True) -> dossier.Dossier:
    machine = dossier.machine("vn@decree-118-2025")
    made = machine.new(id=name, procedure="1.004222", channel="in_person", at=at("2026-03-02T08:15"))
    acts: tuple[tuple[str, str, dict[str, Any]], ...] = (
        ("received", "2026-03-02T08:20", {"role": "receiving_officer", "actor": "lan", "due": at("2026-03-11T17:00")}),
        ("transferred", "2026-03-02T10:00", {"to_unit": "H26.12", "role": "receiving_officer", "actor": "lan"}),
        ("assigned", "2026-03-04T14:00", {"to_actor": "minh", "role": "unit_leader"}),
        ("approved", "2026-03-06T15:00", {}),
        ("result_handed_over", "2026-03-06T16:00", {}),
        ("delivered", "2026-03-09T08:00", {}),
    )
    for kind, moment, fields in acts if done else acts[:3]:
        made = machine.step(made, dossier.event(kind, at(moment), **fields))
    return made


def test_control_slips_say_how_each_step_ended() -> None:
    budgets = {
        "receiving_officer": TimeLimit.parse("1 working day"),
        "unit_leader": TimeLimit.parse("1 working day"),
        "specialist": TimeLimit.parse("3 working days"),
    }
    cal = workdays.calendar("vn-civil")
    slips = [
        (each, deadlines.control_slip(each, budgets, now=NOW, calendar=cal)) for each in (case(), case("2", done=False))
    ]
    sheet = control_sheet(slips, names={"minh": "Trần Văn Minh", "H26.12": "Phòng Tư pháp"})
    found = cells(sheet, "Mã hồ sơ", "Giao", "Nhận", "Thời gian giao, nhận hồ sơ", "Kết quả giải quyết hồ sơ")
    assert (
        "1",
        "Người đứng đầu đơn vị: Phòng Tư pháp",
        "Công chức thụ lý hồ sơ: Trần Văn Minh",
        at("2026-03-04T14:00"),
        "quá hạn",
    ) in found
    assert (
        "2",
        "Người đứng đầu đơn vị: Phòng Tư pháp",
        "Công chức thụ lý hồ sơ: Trần Văn Minh",
        at("2026-03-04T14:00"),
        "quá hạn",
    ) in found
    assert {row[-1] for row in found} >= {"quá hạn", "trước hạn", None}
    same_day = [
        (
            case(),
            deadlines.control_slip(case(), {"specialist": TimeLimit.parse("2 working days")}, now=NOW, calendar=cal),
        )
    ]
    assert "đúng hạn" in {row[6] for row in control_sheet(same_day).rows}
    early = deadlines.control_slip(case("2", done=False), budgets, now=at("2026-03-03T09:00"), calendar=cal)
    assert control_sheet([(case("2"), early)]).rows[-1][6] is None


def test_a_step_that_still_runs_has_no_result() -> None:
    rows = deadlines.control_slip(
        case(done=False), {"specialist": TimeLimit.parse("9 working days")}, now=NOW, calendar=workdays.calendar()
    )
    turned = (rows[-1], rows[0])  # a slip whose last step is followed by another
    assert control_sheet([(case(done=False), turned)]).rows[0][6] is None


COLUMNS = tuple(SheetColumn(title=kind.value, kind=kind) for kind in CellKind)


def test_a_sheet_as_csv() -> None:
    sheet = Sheet(
        name="x",
        columns=COLUMNS,
        rows=(
            ("-1", 1234, Decimal("1.5"), Decimal("-88.425"), date(2026, 3, 2), datetime(2026, 3, 2, 1, 0, tzinfo=UTC)),
            (None, None, 2, None, None, date(2026, 3, 2)),
        ),
    )
    assert to_csv(sheet).splitlines()[1:] == [
        "'-1,1234,1.50,'-88.43,02/03/2026,02/03/2026 08:00",
        ",,2.00,,,02/03/2026",
    ]
    behind_semicolons = to_csv(sheet, language="en", separator=";").splitlines()[1]
    assert behind_semicolons == '\'-1;1234;"1,50";"\'-88,43";2026-03-02;2026-03-02 08:00'


@pytest.mark.parametrize(
    "row",
    [(1, 1, 1, 1, None, None), ("a", 1.5, 1, 1, None, None), ("a", 1, "x", 1, None, None), ("a", 1, 1, 1, NOW, None),
     ("a", 1, 1, 1, None, datetime(2026, 1, 1)), ("a",), "abcdef", ("a", -1, 1, 1, None, None)],
)  # fmt: skip
def test_a_cell_is_of_its_column_or_refused(row: Any) -> None:
    with pytest.raises(InvalidValueError):
        Sheet(name="x", columns=COLUMNS, rows=(row,))


def test_lists_are_taken_for_tuples_and_words_stand_in_a_column() -> None:
    made = Sheet(name="x", columns=COLUMNS[:1], rows=[["a"]], shaded_by=0, shades=(Shade(word="a", tone=Tone.BAD),))
    assert made.rows == (("a",),)
    with pytest.raises(InvalidValueError):
        Sheet(name="x", columns=COLUMNS[:1], shaded_by=1)
    with pytest.raises(InvalidValueError):
        Sheet(name="x", columns=COLUMNS[:1], rows=7)


@pytest.fixture
def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Callable[..., tuple[int, str]]:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.csv").write_text(
        "Mã HS,Ngày nhận,Hẹn trả,Đơn vị,Lĩnh vực\nA,02/03/2026,06/03/2026,Phòng A,Hộ tịch\nB,02/03/2026,12/03/2026,Phòng B,\n",
        encoding="utf-8",
    )
    (tmp_path / "logs").mkdir()
    for each in (case(), case("2", done=False)):
        (tmp_path / "logs" / f"{each.id}.json").write_text(json.dumps(dossier.dump_log(each)), encoding="utf-8")

    def call(*arguments: str) -> tuple[int, str]:
        code = main(["lists", *arguments])
        return code, capsys.readouterr().err

    return call


def table(tmp_path: Path, name: str) -> list[list[str]]:
    return [line.split(",") for line in (tmp_path / name).read_text(encoding="utf-8-sig").splitlines()]


def test_the_command_writes_lists_of_a_table(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    now = ("--now", "2026-03-10T07:45+07:00")
    assert run("morning", "a.csv", "--out", "m.csv", *now) == (0, "")
    assert [row[2] for row in table(tmp_path, "m.csv")] == ["Code", "A", "B"]
    assert run("late", "a.csv", "--out", "l.csv", *now, "--lang", "vi") == (0, "")
    assert len(table(tmp_path, "l.csv")) == 2
    assert run("register", "a.csv", "--month", "2026-03", "--field", "Hộ tịch", "--out", "r.csv") == (0, "")
    assert [row[1] for row in table(tmp_path, "r.csv")] == ["Code", "A"]
    assert run("handover", "a.csv", "--on", "2026-03-02", "--out", "h.csv")[0] == 2
    assert run("handover", "a.csv", "--on", "2026-03-09", "--out", "h.xlsx")[0] == 2
    assert run("register", "a.csv", "--month", "2026-3", "--out", "r.csv")[0] == 2
    assert run("register", "a.csv", "--month", "2026-03", "--out", "r.pdf")[0] == 2


def test_the_command_reads_a_folder_of_logs(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    (tmp_path / "people.csv").write_text("Mã HS,Người nộp\n1,Nguyễn Văn An\n", encoding="utf-8")
    arguments = ("register", "logs", "--month", "2026-03", "--out", "r.csv", "--lang", "vi", "--details", "people.csv")
    assert run(*arguments) == (0, "")
    rows = [",".join(row) for row in table(tmp_path, "r.csv")]
    assert "Đăng ký thường trú" in rows[1]
    assert "Nguyễn Văn An" in rows[1]
    assert "09/03/2026 08:00" in rows[1]
    assert run("register", "logs", "--month", "2026-03", "--out", "r.csv", "--limit", "5 working days") == (0, "")
    assert run("control", "logs", "--out", "c.csv", "--now", "2026-03-10T07:45+07:00") == (0, "")
    assert len(table(tmp_path, "c.csv")) > 4
    (tmp_path / "b.json").write_text('{"specialist": "1 working day"}', encoding="utf-8")
    (tmp_path / "n.json").write_text('{"minh": "Minh"}', encoding="utf-8")
    more = ("--budgets", "b.json", "--names", "n.json", "--now", "2026-03-10T07:45+07:00")
    assert run("control", "logs", "--out", "c.csv", *more) == (0, "")
    assert "Minh" in (tmp_path / "c.csv").read_text(encoding="utf-8")
    (tmp_path / "n.json").write_text('{"minh": 3}', encoding="utf-8")
    assert run("control", "logs", "--out", "c.csv", *more)[0] == 2


def test_every_source_that_cannot_be_read_is_named_and_nothing_written(
    run: Callable[..., tuple[int, str]], tmp_path: Path
) -> None:
    (tmp_path / "bad.csv").write_text("x\n", encoding="utf-8")
    (tmp_path / "bad.json").write_text('{"events": 3}', encoding="utf-8")
    code, err = run("morning", "a.csv", "bad.csv", "bad.json", "none.csv", "--out", "m.csv")
    assert (code, err.count("onestop lists:"), (tmp_path / "m.csv").exists()) == (2, 3, False)
    assert run("control", "a.csv", "--out", "c.csv")[0] == 2


def test_a_limit_that_no_catalogue_gives_is_asked_for(run: Callable[..., tuple[int, str]], tmp_path: Path) -> None:
    made = dossier.machine("vn@decree-118-2025").new(
        id="9", procedure="9.999999", channel="online", at=at("2026-03-02T08:15")
    )
    (tmp_path / "9.json").write_text(json.dumps(dossier.dump_log(made)), encoding="utf-8")
    code, err = run("morning", "9.json", "--out", "m.csv")
    assert (code, "9.999999" in err) == (2, True)
    assert run("morning", "9.json", "--limit", "5 working days", "--out", "m.csv", "--soon", "1")[0] == 0


def test_rows_made_by_hand() -> None:
    assert register_sheet([DeskRow(id="1", stage=Stage.CLOSED)], period=MARCH).rows == ()
