"""A desk's morning: buckets, order, units ranked with ties; the same as the lists of dossiers say."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import deadlines, desk, dossier, kpi, workdays
from onestop_core.cli import main
from onestop_core.deadlines import TimeLimit, lists
from onestop_core.desk.lists import Bucket, DeskRow, Stage, from_case, read_rows
from onestop_core.errors import CalendarCoverageError, InvalidDocumentError, InvalidValueError, UnknownCodeError
from onestop_core.kpi.ranking import places

if TYPE_CHECKING:
    from pathlib import Path

CAL = workdays.calendar("vn-civil")
FIVE = TimeLimit.parse("5 working days")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00")


NOW = at("2026-03-10T07:45")


def case(name: str, *events: dossier.Event) -> dossier.Dossier:
    machine = dossier.machine("vn@decree-118-2025")
    made = machine.new(
        id=name,
        procedure="1.012783",
        channel="in_person",
        at=at("2026-03-02T08:15"),
        competent_unit="H26.12",
        policy=dossier.Policy(max_suspensions=1),
    )
    for event in events:
        made = machine.step(made, event)
    return made


RECEIVED = dossier.event("received", at("2026-03-02T08:20"), due=at("2026-03-09T17:00"))
LATER = dossier.event("received", at("2026-03-02T08:20"), due=at("2026-03-11T17:00"))
ASSIGNED = dossier.event("assigned", at("2026-03-02T10:00"))
ASKED = dossier.event("supplement_requested", at("2026-03-04T09:00"), reason="thiếu bản đồ")
DONE = (
    dossier.event("approved", at("2026-03-06T15:00")),
    dossier.event("result_handed_over", at("2026-03-06T16:00")),
)
CASES = (
    case("presented"),
    case("late", RECEIVED, ASSIGNED),
    case("soon", LATER, ASSIGNED),
    case("waits", RECEIVED, ASSIGNED, ASKED),
    case(
        "late and waits", RECEIVED, ASSIGNED, dossier.event("supplement_requested", at("2026-03-09T18:00"), reason="x")
    ),
    case("ready", RECEIVED, ASSIGNED, *DONE),
    case("given", RECEIVED, ASSIGNED, *DONE, dossier.event("delivered", at("2026-03-09T08:00"))),
    case("refused", RECEIVED, ASSIGNED, dossier.event("refused", at("2026-03-06T15:00"), reason="x", ground="x")),
    case("suspended", RECEIVED, ASSIGNED, dossier.event("suspended", at("2026-03-04T09:00"), reason="x", ground="x")),
)


def rows() -> list[lists.CaseRow]:
    return [deadlines.row(each, FIVE, calendar=CAL) for each in CASES]


def test_dossiers_go_to_their_buckets_in_the_order_of_a_morning() -> None:
    found = desk.triage(rows(), now=NOW)
    assert [(line.row.id, line.bucket.value) for line in found.lines] == [
        ("late", "overdue"),
        ("late and waits", "overdue"),
        ("soon", "due_soon"),
        ("refused", "result_ready"),
        ("ready", "result_ready"),
        ("presented", "not_received"),
        ("waits", "waiting_for_applicant"),
        ("suspended", "suspended"),
        ("given", "closed"),
    ]
    assert found.counts[Bucket.OVERDUE] == 2
    assert found.counts[Bucket.NO_DUE_DAY] == 0
    assert sum(found.counts.values()) == len(CASES)
    assert found.of("overdue")[0].text.vi == "quá hạn 01 ngày làm việc"
    assert found.of("due_soon")[0].text.en == "1 working day left"
    assert found.of("suspended")[0].text.vi == "tạm dừng giải quyết"
    assert repr(found) == "<Triage 2026-03-10 07:45: 9 dossiers>"


@pytest.mark.parametrize("hours", [0, 24, 57, 58, 80, 200, 400])
def test_it_says_what_the_lists_of_dossiers_say(hours: int) -> None:
    now = at("2026-03-03T08:00") + timedelta(hours=hours)
    found = desk.triage(rows(), now=now, soon=2)
    for bucket, listing in (
        ("overdue", lists.overdue(now)),
        ("due_today", lists.due_today(now)),
    ):
        assert {line.row.id for line in found.of(bucket)} == {row.id for row in listing.of(rows())}, bucket
    soon = {row.id for row in lists.due_within(2, now=now, calendar=CAL).of(rows())}
    assert {line.row.id for bucket in ("due_today", "due_soon") for line in found.of(bucket)} == soon
    assert {line.row.id for line in found.of("not_told")} == {row.id for row in rows() if row.changed_at > now}


def test_a_row_that_was_changed_later_tells_nothing_of_before() -> None:
    found = desk.triage(rows(), now=at("2026-03-05T08:00"))
    assert {line.row.id for line in found.of("not_told")} == {"late and waits", "ready", "given", "refused"}


def test_units_are_ranked_and_equals_share_a_rank() -> None:
    plain = [
        {"id": f"{unit}{number}", "unit": unit, "due_at": due}
        for unit, dues in {
            "Phòng Y": ("2026-03-09", "2026-03-10"),
            "Phòng Ă": ("2026-03-09", "2026-03-10"),
            "Phòng B": ("2026-03-09", "2026-03-09"),
            "Phòng C": ("2026-03-11",),
            "Phòng D": ("2026-04-11",),
        }.items()
        for number, due in enumerate(dues)
    ]
    found = desk.triage([*plain, {"id": "nobody's", "due_at": "2026-03-09"}], now=NOW)
    assert [
        (each.unit, each.place and (each.place.rank, each.place.sharers), each.overdue, each.due_today, each.due_soon)
        for each in found.units
    ] == [
        ("Phòng B", (1, 1), 2, 0, 0),
        ("Phòng Ă", (2, 2), 1, 1, 0),
        ("Phòng Y", (2, 2), 1, 1, 0),
        ("Phòng C", (4, 1), 0, 0, 1),
        ("Phòng D", (5, 1), 0, 0, 0),
        (None, None, 1, 0, 0),
    ]
    assert found.units[1].place is not None
    assert found.units[1].place.text.vi == "hạng 2 trên 5, đồng hạng 02 đơn vị"
    assert "1, 2, 2, 4" in found.order.vi


def test_places_are_those_of_a_competition() -> None:
    assert [place.rank for place in places([5, 7, 7, 7, 1])] == [4, 1, 1, 1, 5]
    assert places([]) == ()
    for bad in ([1, "a"], [[1], [2]], 7):
        with pytest.raises(InvalidValueError):
            kpi.ranking.places(bad)  # type: ignore[arg-type]


def test_the_oldest_of_a_bucket_comes_first_and_equals_by_code() -> None:
    dues = {"Đ": "2026-03-06", "D": "2026-03-06", "A": "2026-03-09", "Z": "2026-02-02"}
    found = desk.triage([{"id": name, "due_at": due} for name, due in dues.items()], now=NOW)
    assert [line.row.id for line in found.lines] == ["Z", "D", "Đ", "A"]


def test_a_day_of_which_no_calendar_knows_hides_nothing() -> None:
    found = desk.triage([{"id": "old", "due_at": "1990-01-01"}, {"id": "far", "due_at": "9999-01-01"}], now=NOW)
    assert [(line.row.id, line.bucket.value, line.text.vi) for line in found.lines] == [
        ("old", "overdue", "quá hạn"),
        ("far", "in_time", "còn trong hạn"),
    ]
    with pytest.raises(CalendarCoverageError):
        desk.triage([], now=at("2500-01-01T00:00"))


def test_soon_is_a_number_of_working_days() -> None:
    friday = at("2026-03-13T08:00")
    dues = ("2026-03-13", "2026-03-14", "2026-03-16", "2026-03-17", "2026-03-18")
    found = {
        soon: [
            line.bucket.value
            for line in desk.triage([{"id": d, "due_at": d} for d in dues], now=friday, soon=soon).lines
        ]
        for soon in (0, 1, 2)
    }
    assert found == {
        0: ["due_today", "due_soon", "in_time", "in_time", "in_time"],
        1: ["due_today", "due_soon", "due_soon", "in_time", "in_time"],
        2: ["due_today", "due_soon", "due_soon", "due_soon", "in_time"],
    }
    with pytest.raises(InvalidValueError):
        desk.triage([], now=friday, soon=-1)


def test_in_json_persons_are_named_when_asked_only() -> None:
    found = desk.triage([{"id": "A", "applicant": "Nguyễn Văn An", "due_at": "2026-03-09"}, {"id": "B"}], now=NOW)
    assert "Nguyễn" not in json.dumps(found.to_dict(), ensure_ascii=False)
    assert found.to_dict(language="vi", personal=True)["lines"][0]["applicant"] == "Nguyễn Văn An"
    assert found.to_dict()["lines"][1]["bucket"] == "no_due_day"
    assert found.to_dict()["units"][0]["rank"] is None
    assert "Nguyễn" not in repr(found.lines[0])


def test_what_a_row_of_dossiers_does_not_know_can_be_added() -> None:
    made = from_case(rows()[1], {"applicant": "Nguyễn Văn An", "way": "Trực tiếp"})
    assert (made.applicant, made.stage, made.due_at) == ("Nguyễn Văn An", Stage.IN_PROGRESS, at("2026-03-09T17:00"))
    with pytest.raises(InvalidValueError, match="did you mean applicant"):
        from_case(rows()[1], {"aplicant": "x"})


def test_where_a_plain_row_is_follows_from_what_is_filled_in() -> None:
    def stage(**cells: str | None) -> str:
        return read_rows([{"id": "1", **cells}])[0].stage.value

    assert stage() == stage(due_at="2026-03-09") == "in_progress"
    assert stage(received_at=None) == stage(received_at=" ") == "not_received"
    assert stage(received_at="2026-03-02", waiting_since="2026-03-04") == "waiting_for_applicant"
    assert stage(ended_at="2026-03-04") == "closed"
    assert stage(ended_at="2026-03-04", returned_at=None) == "result_ready"
    assert stage(returned_at="2026-03-04") == "closed"


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("09/03/2026", "2026-03-09T23:59:59+07:00"),
        ("9-3-2026", "2026-03-09T23:59:59+07:00"),
        ("09.03.2026 17:00", "2026-03-09T17:00:00+07:00"),
        ("17:00 ngày 09/03/2026", "2026-03-09T17:00:00+07:00"),
        ("17:00:30 09/03/2026", "2026-03-09T17:00:30+07:00"),
        ("2026-03-09", "2026-03-09T23:59:59+07:00"),
        ("2026-03-09 17:00:00.000", "2026-03-09T17:00:00+07:00"),
        ("2026-03-09T10:00:00Z", "2026-03-09T17:00:00+07:00"),
        ("09/03/2026\xa017:00\u200e", "2026-03-09T17:00:00+07:00"),
        ("０９/０３/２０２６", "2026-03-09T23:59:59+07:00"),
        (date(2026, 3, 9), "2026-03-09T23:59:59+07:00"),
        (datetime(2026, 3, 9, 10, 0, tzinfo=UTC), "2026-03-09T17:00:00+07:00"),
    ],
)
def test_moments_are_read_as_offices_write_them(written: object, read: str) -> None:
    due = read_rows([{"Hẹn trả": written, "Mã HS": 12}])[0].due_at
    assert due is not None
    assert due.isoformat() == read


@pytest.mark.parametrize(
    "cell",
    ["31/02/2026", "03/13/2026", "soon", "2026-13-01", "1" * 100, 45_000, True, datetime(2026, 3, 9), "0000-01-01",
     "00:00 01/01/0001", "25:00 09/03/2026"],
)  # fmt: skip
def test_what_is_no_moment_is_told_by_row_and_column(cell: object) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        read_rows([{"id": "1"}, {"id": "2", "due_at": cell}])
    (problem,) = caught.value.problems
    assert (problem.path, problem.rule) == ("$[1].due_at", "desk/cell")
    assert "cột “Hẹn trả kết quả”" in problem.text.vi


def test_all_that_is_wrong_comes_at_once() -> None:
    bad: list[Any] = [
        {"id": ""},
        7,
        {"id": "1"},
        {"id": "1"},
        {"id": "a\0"},
        {"id": "2", "unit": 3.5, "Mã HS": "2"},
        {3: 4},
    ]
    with pytest.raises(InvalidDocumentError) as caught:
        read_rows(bad)
    assert [problem.path for problem in caught.value.problems] == [
        "$[0].id", "$[1].id", "$[3].id", "$[4].id", "$[5].unit", "$[5].id", "$[6].id",
    ]  # fmt: skip
    assert "mã hồ sơ đã có ở dòng 2" in caught.value.problems[2].text.vi


def test_a_table_under_its_own_headings(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("Số;Hạn chót;Hẹn trả\r\nX1;09/03/2026;01/01/2026\r\n;;\r\n", encoding="utf-8")
    (row,) = read_rows(tmp_path / "a.csv", columns={"id": "Số", "due_at": "hạn CHÓT"})
    assert (row.id, row.due_at) == ("X1", at("2026-03-09T23:59:59"))
    with pytest.raises(UnknownCodeError, match="due_at"):
        read_rows([], columns={"due": "x"})
    with pytest.raises(InvalidValueError):
        read_rows([], columns={"due_at": 3})  # type: ignore[dict-item]


def test_a_heading_that_was_named_and_is_not_there_is_told(tmp_path: Path) -> None:
    """Without it the list would say that nothing is due."""
    path = tmp_path / "a.csv"
    path.write_text("Mã hồ sơ,Hẹn trả\nA,06/03/2026\n", encoding="utf-8")
    plain = [{"Mã hồ sơ": "A", "Hẹn trả": "06/03/2026"}]
    (tmp_path / "a.json").write_text(json.dumps(plain), encoding="utf-8")
    for source in (path, tmp_path / "a.json", plain):
        assert read_rows(source, columns={"due_at": "Hẹn trả"})[0].due_at is not None
        with pytest.raises(InvalidDocumentError, match="no column of the heading that was named for Due"):
            read_rows(source, columns={"due_at": "Hạn"})
    assert read_rows([], columns={"due_at": "Hạn"}) == ()


@pytest.mark.parametrize("unit", ["Phòng Tư pháp ", "\xa0Phòng\xa0Tư pháp", "\ufeffPhòng Tư\u200b pháp\u200e"])
def test_what_no_reader_sees_makes_no_second_unit(unit: str) -> None:
    first, second = read_rows([{"id": "1", "unit": "Phòng Tư pháp"}, {"id": "2", "unit": unit}])
    assert first.unit == second.unit
    with pytest.raises(InvalidDocumentError, match="already on row 0"):
        read_rows([{"id": "1"}, {"id": "1\u200b "}])


def test_titles_may_stand_above_the_headings(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("DANH SÁCH HỒ SƠ,,\nSTT,Mã HS,Ngày nhận,Ngày trả\n1,X1,02/03/2026\n\n,,,\n", encoding="utf-8")
    (row,) = read_rows(path)
    assert row == DeskRow(id="X1", stage=Stage.IN_PROGRESS, received_at=at("2026-03-02T00:00"))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("", "trống"),
        ("Tên,Ngày\nx,y\n", "'Tên', 'Ngày'"),
        ("Mã HS,Ngày nhận,Tiếp nhận\n1,,\n", "cùng nghĩa “Nhận hồ sơ”"),
        ('Mã HS\n"x', "dòng 2"),
    ],
)
def test_tables_that_cannot_be_read(tmp_path: Path, content: str, said: str) -> None:
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(InvalidDocumentError) as caught:
        read_rows(path)
    assert said in caught.value.message.vi
    with pytest.raises(InvalidValueError):
        read_rows(tmp_path / "a.txt")


def test_rows_in_json(tmp_path: Path) -> None:
    path = tmp_path / "a.json"
    for document in ([{"id": "1", "unit": None}], {"rows": [{"id": "1"}]}):
        path.write_text(json.dumps(document), encoding="utf-8")
        assert [row.id for row in read_rows(path)] == ["1"]
    path.write_text('{"events": 3}', encoding="utf-8")
    with pytest.raises(InvalidDocumentError, match="list of rows"):
        read_rows(path)


def test_rows_of_a_desk_are_taken_as_they_are() -> None:
    row = DeskRow(id="1", stage=Stage.IN_PROGRESS, due_at=NOW)
    assert repr(row) == "<DeskRow 1 in_progress>"
    found = desk.triage([row, {"id": "2"}], now=NOW)
    assert [(line.row.id, line.bucket) for line in found.lines] == [("1", Bucket.DUE_TODAY), ("2", Bucket.NO_DUE_DAY)]
    assert Bucket.DUE_TODAY.text.vi == "đến hạn hôm nay"
    with pytest.raises(InvalidValueError):
        desk.triage(7, now=NOW)  # type: ignore[arg-type]


TABLE = "Mã hồ sơ,Hẹn trả kết quả,Đơn vị,Tên thủ tục,Người nộp\nA,06/03/2026 17:00,Phòng Tư pháp,Khai sinh,An\nB,11/03/2026,,,\n"


def test_the_command_prints_the_morning(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_text(TABLE, encoding="utf-8")
    assert main(["triage", str(path), "--now", "2026-03-10T07:45+07:00", "--lang", "vi"]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[:5] == [
        "07:45 ngày 10/03/2026",
        "quá hạn: 1",
        "  A · quá hạn 02 ngày làm việc · 17:00 ngày 06/03/2026 · Khai sinh · Phòng Tư pháp",
        "sắp đến hạn: 1",
        "  B · còn 01 ngày làm việc · 11/03/2026",
    ]
    assert lines[5].startswith("Phòng Tư pháp: hạng 1 trên 1; quá hạn 1")
    assert lines[6].startswith("(không ghi đơn vị): không xếp hạng")
    assert (
        main(["triage", str(path), "--now", "2026-03-05T07:45+07:00", "--as-of", "2026-03-01", "--format", "json"]) == 0
    )
    assert json.loads(capsys.readouterr().out)["counts"]["due_soon"] == 1


def test_the_command_takes_headings_and_the_clock_of_the_machine(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path, columns = tmp_path / "a.csv", tmp_path / "c.json"
    path.write_text("Số\n1\n", encoding="utf-8")
    columns.write_text('{"id": "Số"}', encoding="utf-8")
    assert main(["triage", str(path), "--columns", str(columns)]) == 0
    assert "no due day: 1" in capsys.readouterr().out
    columns.write_text("[]", encoding="utf-8")
    assert main(["triage", str(path), "--columns", str(columns)]) == 2
    path.write_text("Mã HS\n", encoding="utf-8")
    assert main(["triage", str(path)]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "no dossiers"
