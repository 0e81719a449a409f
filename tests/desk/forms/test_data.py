"""What a form says comes from the log, the catalogue, the clock, the office and the desk, and from nowhere else."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import catalogue, deadlines, desk, dossier
from onestop_core.desk.forms import (
    FormData,
    FormDetails,
    FormKind,
    FormPaper,
    Office,
    Outcome,
    Person,
    Slip,
    fields_of,
    load,
)
from onestop_core.errors import InvalidDocumentError, InvalidValueError, NotInForceError, UnknownCodeError
from onestop_core.rules.schema.schemas import check_schema
from tests.catalogue import documents
from tests.desk.forms.samples import (
    AN,
    ASKED,
    CAL,
    DELIVERED,
    EVERY,
    EXTENDED,
    HOURS,
    ID,
    LIMIT,
    NAMES,
    NEW,
    OFFICE,
    OLD,
    RECEIVED,
    REFUSED,
    SLIP,
    STOPPED,
    at,
    case,
    due,
    empty,
    filled,
    walked,
)

if TYPE_CHECKING:
    from pathlib import Path

DUE = at("2026-03-11T17:00")


@pytest.mark.parametrize(("edition", "kind"), EVERY)
def test_a_form_is_a_document_under_the_schema_and_back(edition: str, kind: FormKind) -> None:
    for data in (filled(kind, edition), empty(kind, edition)):
        document = json.loads(json.dumps(data.to_dict()))
        assert check_schema(document, "form-data") == ()
        assert load(document) == data
        assert set(fields_of(kind)) < document.keys()
        assert check_schema({**document, "unknown": 1}, "form-data") != ()


def test_an_empty_form_says_nothing() -> None:
    for edition, kind in EVERY:
        document = empty(kind, edition).to_dict()
        said = {name: document[name] for name in fields_of(kind)}
        assert [
            name for name, value in said.items() if value not in (None, [], False) and not isinstance(value, dict)
        ] == []
        assert [value for value in said.values() if isinstance(value, dict) and any(value.values())] == []


def test_a_receipt_says_what_the_log_and_the_clock_say() -> None:
    data = desk.form_data("receipt", case(*RECEIVED), edition=NEW)
    assert (data.received_at, data.due_at) == (at("2026-03-02T08:20"), DUE)
    assert (data.code, data.procedure_code, data.procedure_name) == (ID, "1.004222", None)
    assert data.papers == (FormPaper(name="Tờ khai CT01"),)
    assert data.applicant == Person()
    assert (data.limit, data.sets, data.short_receipt, data.return_channel) == (None, None, None, None)


def test_the_catalogue_gives_name_and_limit_if_it_is_one() -> None:
    cat = catalogue.shipped()
    data = desk.form_data("receipt", case(*RECEIVED), edition=NEW, catalogue=cat)
    assert data.procedure_name == cat["1.004222"].name
    assert data.limit is not None
    assert data.limit.vi == "07 ngày làm việc"
    three = deadlines.TimeLimit.parse("3 days")
    assert desk.form_data("receipt", case(*RECEIVED), edition=NEW, catalogue=cat, limit=three).limit == three.text
    with pytest.raises(UnknownCodeError):
        desk.form_data("receipt", case(procedure="9.999999"), edition=NEW, catalogue=cat)


@pytest.mark.parametrize(
    ("limits", "words", "without"),
    [
        ([{"without_time": "not_prescribed"}], "Không quy định", True),
        ([{"without_time": "by_event"}], None, False),
        ([{"time": "5 working days"}], "05 ngày làm việc", False),
        ([{"time": "5 working days"}, {"time": "5 working days"}], "05 ngày làm việc", False),
        ([{"time": "5 working days"}, {"time": "3 working days"}], None, False),
        ([{}], None, False),
    ],
)
def test_a_limit_is_one_or_left_open(limits: list[dict[str, Any]], words: str | None, without: bool) -> None:
    document = documents.catalogue(documents.procedure(channels=[{"kind": "online_full", "limits": limits}]))
    cat = catalogue.load(document)
    code = next(iter(cat))
    made = case(procedure=code, channel="online")
    data = desk.form_data("receipt", made, edition=NEW, catalogue=cat)
    assert (None if data.limit is None else data.limit.vi, data.without_due) == (words, without)
    assert desk.form_data("receipt", case(procedure=code), edition=NEW, catalogue=cat).limit is None, "another channel"


def test_the_due_moment_that_was_counted_stands_where_the_log_has_none() -> None:
    m = dossier.machine("vn@decree-118-2025")
    made = m.step(case(), dossier.event("received", at("2026-03-02T08:20")))
    assert desk.form_data("receipt", made, edition=NEW).due_at is None
    counted = deadlines.countdown(made, LIMIT, calendar=CAL, hours=HOURS).due()
    data = desk.form_data("receipt", made, edition=NEW, deadline=counted)
    assert data.due_at == DUE
    assert data.limit == LIMIT.text
    assert data.short_receipt is not None
    assert deadlines.verify(data.short_receipt) == ()


def test_the_receipt_keeps_its_appointment_after_an_extension() -> None:
    assert desk.form_data("receipt", case(*RECEIVED, EXTENDED), edition=NEW).due_at == DUE


def test_papers_of_the_filing_and_of_the_receipt_are_listed_once() -> None:
    more = (("received", "2026-03-02T08:20", {"papers": ("Giấy khai sinh", "Tờ khai CT01")}), ASKED)
    made = case(more[0], *RECEIVED[1:], ASKED, ("supplemented", "2026-03-05T08:00", {"papers": ("Văn bản xác nhận",)}))
    assert [each.name for each in desk.form_data("receipt", made, edition=NEW).papers] == [
        "Tờ khai CT01",
        "Giấy khai sinh",
    ]


def test_a_supplement_a_refusal_and_a_stop_say_what_their_event_says() -> None:
    asked = desk.form_data("supplement", case(*RECEIVED, ASKED), edition=NEW)
    assert [each.name for each in asked.items] == ["Văn bản xác nhận chỗ ở", "Bản sao giấy khai sinh"]
    assert asked.reason == "Chưa có xác nhận chỗ ở"
    refused = desk.form_data("refusal", case(*RECEIVED, REFUSED), edition=NEW)
    assert (refused.reason, refused.ground) == ("Chỗ ở không được đăng ký", "Điều 23 Luật Cư trú")
    stopped = desk.form_data("stop", case(*RECEIVED, *STOPPED), edition=NEW)
    assert (stopped.asked_on, stopped.reason) == (date(2026, 3, 5), "Người nộp tự nguyện")
    assert desk.form_data("stop", case(*RECEIVED), edition=NEW).asked_on is None


def test_what_the_desk_says_stands_before_what_the_log_says() -> None:
    slip = Slip(reason="Lý do khác", ground="Điều 1", items=(FormPaper(name="Giấy khác"),), code="03706/2026/07906")
    data = desk.form_data("supplement", case(*RECEIVED, ASKED), edition=NEW, slip=slip)
    assert (data.reason, data.items, data.code) == ("Lý do khác", slip.items, "03706/2026/07906")


def test_a_name_of_the_host_is_no_code() -> None:
    assert desk.form_data("refusal", case(*RECEIVED, REFUSED, id="17"), edition=NEW).code is None


def test_units_are_called_as_the_host_calls_them() -> None:
    opened = {"receiving_unit": "H29.12", "competent_unit": "CA"}
    data = desk.form_data("receipt", case(*RECEIVED, **opened), edition=NEW)
    assert data.receiving_unit == "H29.12"
    assert (
        desk.form_data("receipt", case(*RECEIVED, **opened), edition=NEW, office=OFFICE).receiving_unit == OFFICE.name
    )
    named = {**NAMES, "H29.12": "Trung tâm"}
    assert (
        desk.form_data("receipt", case(*RECEIVED, **opened), edition=NEW, office=OFFICE, names=named).receiving_unit
        == "Trung tâm"
    )
    assert desk.form_data("control", case(*RECEIVED, **opened), edition=NEW, names=named).handling_unit == NAMES["CA"]
    cat = catalogue.shipped()
    authority = cat["1.004222"].authority
    assert authority is not None
    handled = desk.form_data("control", case(*RECEIVED), edition=NEW, catalogue=cat).handling_unit
    assert handled == authority.name.vi


def test_the_apology_knows_both_appointments_and_the_tense() -> None:
    data = desk.form_data("late", case(*RECEIVED, EXTENDED), edition=NEW)
    assert (data.old_due, data.new_due) == (DUE, at("2026-03-18T17:00"))
    assert (data.has_passed, data.extension_count) == (False, 1)
    told = (
        "late_notified",
        "2026-03-12T08:00",
        {"reason": "Chậm", "due": at("2026-03-13T17:00"), "role": "authority_leader"},
    )
    after = desk.form_data("late", case(*RECEIVED, told), edition=NEW)
    assert (after.old_due, after.new_due, after.has_passed) == (DUE, at("2026-03-13T17:00"), True)
    forced = desk.form_data("late", case(*RECEIVED, EXTENDED), edition=NEW, slip=Slip(has_passed=True))
    assert forced.has_passed is True


@pytest.mark.parametrize(("signed", "passed"), [(None, None), (date(2026, 3, 11), False), (date(2026, 3, 12), True)])
def test_an_apology_before_its_event_goes_by_the_day_of_signing(signed: date | None, passed: bool | None) -> None:
    slip = Slip(signed_on=signed, new_due=at("2026-03-20T17:00"))
    data = desk.form_data("late", case(*RECEIVED), edition=NEW, slip=slip)
    assert (data.old_due, data.new_due, data.has_passed, data.extension_count) == (DUE, slip.new_due, passed, None)
    nothing = desk.form_data("late", case(), edition=NEW, slip=slip)
    assert (nothing.old_due, nothing.has_passed) == (None, None)


def test_a_control_slip_goes_from_hand_to_hand_and_says_how_each_step_ended() -> None:
    made = case(*RECEIVED, *DELIVERED)
    budgets = {
        "receiving_officer": "4 working hours",
        "unit_leader": "2 working hours",
        "specialist": "3 working days",
        "clerk": "2 days",
    }
    steps = deadlines.control_slip(
        made,
        {role: deadlines.TimeLimit.parse(text) for role, text in budgets.items()},
        now=at("2026-03-10T08:00"),
        calendar=CAL,
    )
    data = desk.form_data("control", made, edition=NEW, steps=steps, names=NAMES, slip=Slip(notes=("đủ",)))
    assert [(each.giver.vi, each.giver_person, each.receiver.vi, each.receiver_person) for each in data.hand_overs] == [
        ("Công chức, viên chức tiếp nhận hồ sơ", "Trần Thị Lan", "Công an phường Bến Thành", "Phạm Hùng"),
        ("Công an phường Bến Thành", "Phạm Hùng", "Công an phường Bến Thành", "Lê Minh"),
        ("Công an phường Bến Thành", "Lê Minh", "Văn thư", None),
        ("Văn thư", None, "Công chức, viên chức trả kết quả", "Trần Thị Lan"),
    ]
    assert [each.at for each in data.hand_overs] == [
        at("2026-03-02T10:05"), at("2026-03-02T14:00"), at("2026-03-06T09:00"), at("2026-03-06T15:00"),
    ]  # fmt: skip
    assert [each.outcome for each in data.hand_overs] == [Outcome.ON_TIME, Outcome.ON_TIME, Outcome.LATE, Outcome.EARLY]
    assert [each.note for each in data.hand_overs] == ["đủ", None, None, None]
    assert [each.outcome for each in desk.form_data("control", made, edition=NEW).hand_overs] == [None] * 4
    uncounted = deadlines.control_slip(made, {}, now=at("2026-03-10T08:00"), calendar=CAL)
    assert [each.outcome for each in desk.form_data("control", made, edition=NEW, steps=uncounted).hand_overs] == [
        None
    ] * 4


def test_a_register_has_a_line_for_each_dossier() -> None:
    done, open_ = case(*RECEIVED, *DELIVERED), case(*RECEIVED, id="H29.12-260302-0002")
    data = desk.form_data(
        "register", [done, open_], edition=NEW, slips={ID: Slip(applicant=AN)}, slip=Slip(field="Cư trú", year=2026)
    )
    assert [row.code for row in data.rows] == [ID, "H29.12-260302-0002"]
    first, second = data.rows
    assert (first.applicant, first.returned_at, first.return_channel) == (AN, at("2026-03-09T08:00"), "in_person")
    assert (second.applicant, second.returned_at, second.return_channel, second.due_at) == (Person(), None, None, DUE)
    assert (data.field, data.year) == ("Cư trú", 2026)
    assert len(desk.form_data("register", done, edition=NEW, catalogue=catalogue.shipped()).rows) == 1


@pytest.mark.parametrize(
    ("day", "edition", "number"),
    [("2019-01-06", OLD, "05"), ("2025-06-30", OLD, "05"), ("2025-09-15", NEW, "06"), ("2026-11-26", NEW, "06")],
)
def test_the_day_chooses_the_edition(day: str, edition: str, number: str) -> None:
    data = desk.form_data("control", None, on=date.fromisoformat(day))
    assert (data.edition, data.form_number) == (edition, number)


def test_between_two_circulars_the_edition_must_be_named() -> None:
    with pytest.raises(NotInForceError):
        desk.form_data("receipt", None, on=date(2025, 8, 1))
    assert desk.form_data("receipt", None, on=date(2025, 10, 1), edition=NEW).edition == NEW


def test_without_a_day_the_event_that_issues_the_form_chooses() -> None:
    assert desk.form_data("receipt", case(*RECEIVED)).edition == NEW
    assert desk.form_data("refusal", case()).edition == NEW
    assert desk.form_data("register", [case(), case(*RECEIVED)]).edition == NEW
    with pytest.raises(InvalidValueError, match="vn-forms@circular-03-2025"):
        desk.form_data("receipt", None)


def test_what_cannot_be_made_is_refused() -> None:
    with pytest.raises(UnknownCodeError):
        desk.form_data("stop", None, edition=OLD)
    with pytest.raises(InvalidValueError, match="receip"):
        desk.form_data("receip", None, edition=OLD)
    with pytest.raises(InvalidValueError, match="one dossier"):
        desk.form_data("receipt", [case(), case()], edition=NEW)
    with pytest.raises(InvalidValueError):
        desk.form_data("receipt", [1], edition=NEW)  # type: ignore[list-item]
    with pytest.raises(UnknownCodeError):
        desk.form_data("receipt", None, edition="vn-forms@circular-99")
    wrong: dict[str, Any]
    for wrong in (
        {"sets": -1},
        {"sets": True},
        {"fee": Decimal(-1)},
        {"fee": True},
        {"fee": Decimal("Infinity")},
        {"fee": Decimal(10) ** 20},
        {"reason": " "},
        {"reason": "a\0"},
    ):
        with pytest.raises(InvalidValueError):
            Slip(**wrong)
    assert Slip(fee=5).fee == Decimal(5)  # type: ignore[arg-type]


def test_nothing_of_people_is_shown_by_repr() -> None:
    data = filled(FormKind.REGISTER, NEW)
    control = filled(FormKind.CONTROL, NEW)
    for each in (data, data.rows[0], control, control.hand_overs[0], SLIP, AN, FormDetails(slip=SLIP)):
        assert "An" not in repr(each)
        assert "Lan" not in repr(each)


def test_a_host_keeps_its_details_in_a_document(tmp_path: Path) -> None:
    document = {
        "schema_version": "1.0",
        "office": {"superior": "UBND phường Bến Thành", "suffix": "TTPVHCC"},
        "slip": {
            "applicant": {"name": "Nguyễn Văn An"},
            "fee": "20000",
            "papers": [{"name": "Tờ khai", "kind": "original"}],
            "signed_on": "2026-03-02",
        },
        "slips": {ID: {"sets": 2}},
        "names": {"CA": "Công an"},
    }
    file = tmp_path / "details.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    details = desk.forms.load_details(file)
    assert details == desk.forms.load_details(document)
    assert details.office == Office(superior="UBND phường Bến Thành", suffix="TTPVHCC")
    assert details.slip.applicant == Person(name="Nguyễn Văn An")
    assert details.slips[ID].sets == 2
    assert dict(details.names) == {"CA": "Công an"}
    with pytest.raises(InvalidDocumentError) as raised:
        desk.forms.load_details({"schema_version": "1.0", "slip": {"sets": -1}, "offices": {}})
    assert len(raised.value.problems) == 2
    with pytest.raises(InvalidDocumentError):
        load({"schema_version": "1.0", "form": "receipt"})


def test_what_the_desk_may_say_has_a_place_on_the_form() -> None:
    # The notes of a slip stand on the hand-overs, one each.
    places = {each.name for each in attrs.fields(FormData)}
    assert {each.name for each in attrs.fields(Slip)} - places == {"notes"}


def test_the_schema_of_details_knows_the_fields_of_the_values() -> None:
    from onestop_core.rules.reading import resources

    found = resources.schema("form-details")["$defs"]
    for name, kind in (("slip", Slip), ("office", Office), ("person", Person), ("paper", FormPaper)):
        assert set(found[name]["properties"]) == {each.name for each in attrs.fields(kind)}


def test_the_short_receipt_is_on_the_receipt_only() -> None:
    assert desk.form_data("receipt", case(*RECEIVED), edition=NEW, deadline=due()).short_receipt is not None
    assert "short_receipt" not in fields_of("control")


@given(
    seed=st.integers(0, 10**6),
    kind=st.sampled_from(list(FormKind)),
    lifecycle=st.sampled_from(["vn@decree-118-2025", "vn@decree-118-2025-amended-309-2026"]),
)
def test_any_dossier_makes_any_form(seed: int, kind: FormKind, lifecycle: str) -> None:
    data = desk.form_data(kind, walked(seed, lifecycle), edition=NEW)
    assert check_schema(data.to_dict(), "form-data") == ()
    assert data.applicant == Person()


def test_a_paper_carries_no_receipt_that_belies_it() -> None:
    extended = ("extended", "2026-03-05T09:00", {"reason": "cần thẩm tra thêm", "due": at("2026-03-20T17:00")})
    made = case(*RECEIVED, extended)
    later = deadlines.countdown(made, LIMIT, calendar=CAL, hours=HOURS).due()
    assert later is not None
    assert later.at == at("2026-03-20T17:00")
    data = desk.form_data("receipt", made, edition=NEW, deadline=later)
    assert data.due_at is not None
    assert data.due_at < later.at
    assert data.short_receipt is None
