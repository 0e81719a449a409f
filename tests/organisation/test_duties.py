"""What is due in a month, what must be public, what a desk has: sections 9, 12 and 13 of the sheet, O13, T1 and T4."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from onestop_core.errors import InvalidDocumentError, InvalidValueError, NotInForceError, UnknownCodeError
from onestop_core.model import Interval
from onestop_core.organisation import (
    Origin,
    Posting,
    Unit,
    duties_due,
    equipment_checklist,
    publication_checklist,
    rules,
)
from onestop_core.organisation.duties import DutyDone, UnitDutyDue, load_unit_duties, unit_duties
from onestop_core.organisation.law.editions import known_kinds
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import check_schema
from onestop_core.text import Text

SHIPPED = "vn/organisation/duties/one-stop-decrees"
CENTRE = "commune_centre"


def told(rows: tuple[UnitDutyDue, ...]) -> list[tuple[str, str]]:
    return [(row.code, row.status.value) for row in rows]


# section 12: who owes what, how often, by which provision


@pytest.mark.parametrize(
    ("kind", "month", "code", "period", "article"),
    [
        ("commune_centre", "2026-08", "staff_notice", "monthly", "9(3)"),
        ("provincial_centre", "2025-07", "staff_notice", "monthly", "9(3)"),
        ("specialised_agency", "2026-08", "fee_settlement", "monthly", "12(9)"),
        ("vertical_agency", "2026-08", "fee_settlement", "monthly", "12(9)"),
        ("one_level_centre", "2026-08", "working_meeting", "quarterly", "9(2)"),
        ("ministry", "2026-08", "linked_procedures", "yearly", "36(7)"),
        ("government_office", "2026-07", "evaluation_synthesis", "yearly", "35(1)(g)"),
        ("ministry_of_justice", "2026-08", "evaluation_synthesis", "yearly", "35(1)(đ)"),
        ("government_office", "2026-07", "implementation_report", "yearly", "41(1)"),
        ("ministry_of_justice", "2026-09", "implementation_report", "periodic", "41(1)"),
        ("provincial_committee", "2026-08", "states_to_portal", "real_time", "27(2)(d)"),
        ("ministry", "2026-08", "evaluation_to_portal", "real_time", "32(2)"),
    ],
)
def test_who_owes_what(kind: str, month: str, code: str, period: str, article: str) -> None:
    [row] = [each for each in duties_due(kind, month) if each.code == code]
    assert (row.owes, row.period, row.basis[0].article, row.basis[0].firmness) == (True, period, article, "read")
    assert row.before is None


def test_the_ministry_of_justice_takes_over_on_5_august_2026() -> None:
    def has(kind: str, month: str) -> bool:
        return "evaluation_synthesis" in [row.code for row in duties_due(kind, month)]

    assert [has("government_office", month) for month in ("2026-07", "2026-08", "2026-09")] == [True, True, False]
    assert [has("ministry_of_justice", month) for month in ("2026-07", "2026-08", "2026-09")] == [False, True, True]
    [row] = [row for row in duties_due("ministry_of_justice", "2026-08") if row.code == "evaluation_synthesis"]
    assert row.within == Interval(first=date(2026, 8, 5), last=date(2026, 12, 31))


def test_no_day_is_made_up() -> None:
    rows = [
        row for kind in known_kinds() for month in ("2025-07", "2026-02", "2026-08") for row in duties_due(kind, month)
    ]
    assert len(rows) > 50
    assert {(row.code, row.before) for row in rows if row.before} == {
        ("portal_pages_closed", date(2026, 3, 1)),
        ("non_territorial_all", date(2025, 12, 31)),
    }
    for row in rows:
        assert (row.within is None) is (row.period in {"periodic", "once", "real_time"})


def test_the_other_side_takes_part() -> None:
    assert [(row.code, row.owes) for row in duties_due(CENTRE, "2026-08")] == [
        ("staff_notice", True),
        ("fee_settlement", False),
        ("working_meeting", True),
    ]
    assert ("working_meeting", False) in [(row.code, row.owes) for row in duties_due("specialised_agency", "2026-08")]
    [fees] = [row for row in duties_due(CENTRE, "2026-08") if not row.owes]
    assert (
        fees.text.vi
        == "Quyết toán phí, lệ phí đã thu tại Bộ phận Một cửa (cùng tham gia): tháng 08/2026, chưa thực hiện"
    )
    assert duties_due("branch", "2026-08") == duties_due("contractor", "2026-08") == ()


def test_that_periods_are_those_of_the_calendar_is_marked_as_concluded() -> None:
    [meeting] = [row for row in duties_due(CENTRE, "2026-08") if row.code == "working_meeting"]
    assert meeting.within == Interval(first=date(2026, 7, 1), last=date(2026, 9, 30))
    assert "inferred" in {each.firmness for each in meeting.basis}
    assert (
        meeting.text.vi
        == "Họp với các cơ quan có thẩm quyền giải quyết: quý III năm 2026, hoặc đột xuất, chưa thực hiện"
    )


# what was done, and what was missed


@pytest.mark.parametrize(
    ("done", "now", "expected"),
    [
        ([], None, "open"),
        ([], date(2026, 8, 31), "open"),
        ([], date(2026, 9, 1), "missed"),
        ([date(2026, 8, 1)], date(2026, 9, 1), "done"),
        ([date(2026, 8, 31)], None, "done"),
        ([date(2026, 7, 31)], date(2026, 9, 1), "missed"),
        ([date(2026, 9, 1)], date(2026, 9, 1), "missed"),
    ],
)
def test_a_month_is_done_within_the_month(done: list[date], now: date | None, expected: str) -> None:
    records = [DutyDone(code="staff_notice", on=day) for day in done]
    assert told(duties_due(CENTRE, date(2026, 8, 17), done=records, now=now))[0] == ("staff_notice", expected)


@pytest.mark.parametrize(
    ("month", "expected"), [("2026-06", "open"), ("2026-07", "done"), ("2026-09", "done"), ("2026-10", "open")]
)
def test_a_quarter_is_done_once(month: str, expected: str) -> None:
    rows = duties_due(CENTRE, month, done=[DutyDone(code="working_meeting", on=date(2026, 8, 3))])
    assert ("working_meeting", expected) in told(rows)


def test_what_was_done_is_told_with_its_last_day() -> None:
    days = [date(2026, 8, 3), date(2026, 8, 20), date(2026, 7, 1)]
    [row] = [
        row
        for row in duties_due("ministry", "2026-08", done=[DutyDone(code="linked_procedures", on=day) for day in days])
        if row.code == "linked_procedures"
    ]
    assert row.done_on == date(2026, 8, 20)
    assert row.to_dict(language="vi") == {
        "code": "linked_procedures", "name": "Đề xuất, công bố thủ tục hành chính liên thông", "owes": True,
        "to": None, "to_unit": None, "period": "yearly", "or_ad_hoc": False, "from": "2026-01-01", "to_day": "2026-12-31",
        "before": None, "when": "năm 2026", "status": "done", "status_text": "đã thực hiện", "done_on": "2026-08-20",
        "basis": ["khoản 7 Điều 36 Nghị định số 118/2025/NĐ-CP", "onestop-core (suy luận)"],
    }  # fmt: skip


def test_a_period_that_the_law_does_not_measure_is_never_missed() -> None:
    rows = duties_due("ministry_of_justice", "2026-08", now=date(2030, 1, 1))
    assert ("implementation_report", "open") in told(rows)
    rows = duties_due(
        "ministry_of_justice", "2026-08", done=[DutyDone(code="implementation_report", on=date(2026, 8, 9))]
    )
    assert ("implementation_report", "done") in told(rows)
    [row] = [row for row in rows if row.code == "implementation_report"]
    assert row.when.en == "periodically; the law names no length, or when called for"


def test_what_is_owed_at_every_moment_is_never_done() -> None:
    rows = duties_due("ministry", "2026-08", done=[DutyDone(code="states_to_portal", on=date(2026, 8, 9))])
    assert [status for code, status in told(rows) if code == "states_to_portal"] == ["continuous"]


# section 13: before a day


@pytest.mark.parametrize(
    ("month", "done", "now", "expected"),
    [
        ("2025-07", None, None, "open"),
        ("2026-02", None, None, "open"),
        ("2026-02", None, date(2026, 3, 1), "missed"),
        ("2026-02", None, date(2026, 2, 28), "open"),
        ("2026-03", None, None, "missed"),
        ("2026-02", date(2026, 2, 28), None, "done"),
        ("2026-03", date(2026, 3, 1), None, "done_late"),
        ("2026-03", date(2026, 2, 28), None, None),
    ],
)
def test_the_portals_of_ministries_close_before_1_march_2026(
    month: str, done: date | None, now: date | None, expected: str | None
) -> None:
    records = [] if done is None else [DutyDone(code="portal_pages_closed", on=done)]
    rows = [row for row in duties_due("ministry", month, done=records, now=now) if row.code == "portal_pages_closed"]
    assert [row.status for row in rows] == ([] if expected is None else [expected])
    if rows:
        assert (rows[0].when.vi, rows[0].basis[0].article) == ("trước ngày 01/03/2026", "40(2)")


# per agency that posts staff


def centre(*senders: str, **more: Any) -> Unit:
    postings = [
        Posting(officer=f"C{number}", origin=Origin.SENT, sender=sender, from_=date(2026, 1, 1), **more)
        for number, sender in enumerate(senders)
    ]
    return Unit(code="U", kind=CENTRE, name=Text(vi="Trung tâm", en="Centre"), postings=tuple(postings))


def test_each_agency_that_posts_staff_is_told() -> None:
    done = [DutyDone(code="staff_notice", on=date(2026, 8, 3), to="S1")]
    rows = [row for row in duties_due(centre("S1", "S2", "S1"), "2026-08", done=done) if row.code == "staff_notice"]
    assert [(row.to_unit, row.status.value) for row in rows] == [("S1", "done"), ("S2", "open")]
    assert "(S2)" in rows[1].text.vi
    to_all = duties_due(centre("S1", "S2"), "2026-08", done=[DutyDone(code="staff_notice", on=date(2026, 8, 3))])
    assert [row.status.value for row in to_all if row.code == "staff_notice"] == ["done", "done"]
    gone = duties_due(centre("S1", to=date(2026, 7, 31)), "2026-08")
    assert [row.to_unit for row in gone if row.code == "staff_notice"] == [None]


# what is no question


def test_what_is_no_question_is_refused() -> None:
    for month in ("2026-13", "2026-8", "0000-01", "august", 8, None):
        with pytest.raises(InvalidValueError):
            duties_due(CENTRE, month)  # type: ignore[arg-type]
    for done in (["staff_notice"], "staff_notice", 3, None):
        with pytest.raises(InvalidValueError):
            duties_due(CENTRE, "2026-08", done=done)  # type: ignore[arg-type]
    with pytest.raises(UnknownCodeError, match="staff_notice"):
        duties_due(CENTRE, "2026-08", done=[DutyDone(code="staff_notic", on=date(2026, 8, 1))])
    with pytest.raises(UnknownCodeError, match="commune_centre"):
        duties_due("comune_centre", "2026-08")
    with pytest.raises(InvalidValueError):
        duties_due(3, "2026-08")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError):
        duties_due(CENTRE, "2026-08", now="2026-08-01")  # type: ignore[arg-type]
    with pytest.raises(NotInForceError):
        duties_due(CENTRE, "2025-06")
    assert next(row.within for row in duties_due(CENTRE, date.max)) == Interval(first=date(9999, 12, 1), last=date.max)


def test_a_table_of_ones_own() -> None:
    document = resources.data(SHIPPED)
    document["duties"] = [
        {"code": "sweep", "name": {"vi": "Quét"}, "who": ["kiosk"], "period": "monthly", "basis": ["decree-118-9-3"]}
    ]
    mine = load_unit_duties(document)
    assert told(duties_due("kiosk", "2020-02", table=mine)) == [("sweep", "open")]


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"before": "2026-01-01"}, "$.duties[0]"),
        ({"period": "once"}, "$.duties[0]"),
        ({"in_force_from": "2026-01-02", "in_force_to": "2026-01-01"}, "$.duties[0].in_force_to"),
        ({"code": "fee_settlement"}, "$.duties[1].code"),
    ],
)
def test_a_table_does_not_contradict_itself(change: dict[str, Any], path: str) -> None:
    document = resources.data(SHIPPED)
    document["duties"][0] |= change
    with pytest.raises(InvalidDocumentError) as error:
        load_unit_duties(document)
    assert [problem.path for problem in error.value.problems] == [path]


def test_what_ships_holds_to_its_schema_and_names_known_kinds() -> None:
    assert check_schema(resources.data(SHIPPED), "organisation-duties") == ()
    table = unit_duties(on=date(2026, 8, 5))
    named = {name for row in table.duties for name in (*row.who, *row.with_)}
    named |= {name for line in table.publication for name in line.who}
    assert named - set(known_kinds()) == set()
    with pytest.raises(NotInForceError):
        unit_duties(on=date(2025, 6, 30))


# section 9: what must be public


def lines(kind: str, on: date = date(2026, 8, 5)) -> dict[str, tuple[list[str], list[str | None]]]:
    return {
        item.code: (
            [place.value for place in item.where],
            [each.article for each in item.basis if each.firmness.is_law],
        )
        for item in publication_checklist(kind, on=on)
    }


def test_what_a_desk_makes_public() -> None:
    assert lines(CENTRE) == {
        "procedures_and_desk": ([], ["8(1)(a)"]),
        "reception_forms": ([], ["16"]),
        "heads": (["premises", "website"], ["9(8)"]),
        "staff": (["premises", "website"], ["9(8)"]),
    }
    assert lines("provincial_centre")["evaluation"] == (["portal", "website"], ["31(2)", "32(2)", "33(2)", "34(1)"])


@pytest.mark.parametrize("kind", ["ministry", "provincial_committee"])
def test_what_a_ministry_and_a_province_make_public(kind: str) -> None:
    found = lines(kind)
    for code in ("received_list", "not_received_list", "online_list", "assigned_list"):
        assert found[code][1][:2] == ["36(2)", "38(1)(c)"]
    assert found["progress_and_results"] == (["portal"], ["26(1)"])
    assert ("linked_procedures" in found) is (kind == "ministry")
    assert ("non_territorial_list" in found) is (kind == "provincial_committee")


def test_the_nationwide_list_came_with_the_amendment() -> None:
    assert "nationwide_list" not in lines("ministry", date(2026, 8, 4))
    assert lines("ministry")["nationwide_list"] == ([], ["14(4)"])


def test_answers_are_taken_and_what_is_not_answered_is_not_missing() -> None:
    items = publication_checklist(
        CENTRE, on=date(2026, 8, 5), answers={"heads": True, "staff": False, "reception_forms": None}
    )
    assert [item.status.value for item in items] == ["unanswered", "unanswered", "done", "missing"]
    assert items[3].text.vi == (
        "Họ tên, chức danh, lĩnh vực, số điện thoại của cán bộ, công chức, viên chức, nhân viên"
        " (tại trụ sở, trên trang thông tin điện tử): còn thiếu"
    )
    assert items[2].to_dict(language="vi")["status_text"] == "đã có"
    unit = Unit(code="U", kind=CENTRE, name=Text(vi="Trung tâm", en="Centre"))
    assert publication_checklist(unit, on=date(2026, 8, 5))[2].status == "unanswered"


def test_what_no_checklist_takes() -> None:
    for answers in ({"heads": "yes"}, {"heads": 1}, [("heads", True)]):
        with pytest.raises(InvalidValueError):
            publication_checklist(CENTRE, on=date(2026, 8, 5), answers=answers)  # type: ignore[arg-type]
    for codes in ({"head": True}, {3: True}, {"online_list": True}):
        with pytest.raises(UnknownCodeError):
            publication_checklist(CENTRE, on=date(2026, 8, 5), answers=codes)  # type: ignore[arg-type]
    with pytest.raises(UnknownCodeError, match="commune_centre"):
        publication_checklist("comune_centre", on=date(2026, 8, 5))
    with pytest.raises(InvalidValueError):
        equipment_checklist(3, on=date(2026, 8, 5))  # type: ignore[arg-type]
    with pytest.raises(NotInForceError):
        publication_checklist(CENTRE, on=date(2025, 6, 30))


# O12, O13: what a desk has


def test_what_a_desk_has() -> None:
    items = {item.code: item for item in equipment_checklist(CENTRE, on=date(2026, 8, 5), answers={"cameras": True})}
    assert {code for code, item in items.items() if item.needed == "may"} == {"guide_counter", "priority_counter"}
    assert {item.basis[0].article for item in items.values()} == {"13(1)", "13(2)(b)"}
    assert {
        "information_area", "online_support_area", "counters_by_field", "seats", "computers", "cameras", "queue_machine",
        "touch_screens", "digitisation_devices", "support_services", "easy_to_reach", "size_by_transactions",
        "upgrade_before_building",
    } == {code for code, item in items.items() if item.needed == "must"}  # fmt: skip
    assert items["cameras"].status == "done"
    assert items["guide_counter"].text.vi == "Quầy hướng dẫn (không bắt buộc): chưa trả lời"
    assert equipment_checklist("commune_desk", on=date(2024, 1, 1)) == ()
    assert len(equipment_checklist(CENTRE, on=date(2020, 1, 1), law=rules(on=date(2026, 1, 1)))) == 15
