"""Receipts: what they tell suffices to count again; what was changed is found; anything can be asked."""

from __future__ import annotations

import json
from datetime import date, datetime
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import deadlines, dossier, workdays
from onestop_core.deadlines import Countdown, TimeLimit, WorkingHours, countdown, due, verify
from onestop_core.deadlines.receipts import from_short, short, verifying
from onestop_core.deadlines.receipts.days import MAX_DAYS, special_days
from onestop_core.errors import CalendarCoverageError, InvalidDocumentError, InvalidValueError
from onestop_core.model import Clock, freeze
from onestop_core.rules.schema.schemas import check_schema
from tests.deadlines import receipts as made
from tests.deadlines.slow import VIETNAM_2026

CIVIL = workdays.calendar("vn-civil")
LOCAL = made.CALENDARS["local"]


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def tet(**options: Any) -> dict[str, Any]:
    limit = TimeLimit.parse(options.pop("limit", "5 working days"))
    return due(at("2026-02-12T09:30"), limit, **{"calendar": CIVIL, **options}).to_receipt()


def rules_of(problems: Any) -> list[str]:
    return [problem.rule for problem in problems]


@given(receipt=made.receipts())
def test_a_receipt_holds_and_so_does_its_short_form(receipt: dict[str, Any]) -> None:
    assert check_schema(receipt, "deadline-receipt") == ()
    assert verify(receipt) == ()
    assert verify(json.loads(json.dumps(receipt))) == ()
    line = short(receipt)
    local = LOCAL if receipt["calendar"]["decisions"] else None
    assert verify(line, calendar=local) == ()
    again = from_short(f" {line.lower()}\n", calendar=local)
    left_out = {"explanation", "lifecycle", "restarts", "digest"}
    assert {key: value for key, value in again.items() if key not in left_out} == {
        key: value for key, value in receipt.items() if key not in left_out
    }
    assert set(line) <= set("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:")


@given(receipt=made.receipts(), data=st.data())
def test_whatever_one_field_is_changed_to_is_found(receipt: dict[str, Any], data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(made.places(receipt)))
    value: Any = data.draw(
        st.sampled_from([None, True, "", "x", 1, [], {}, "2026-03-02T09:00:00+07:00", "2026-03-02", "1 day", "none"])
        | (st.just(...) if isinstance(path[-1], int) else st.nothing())
    )
    tampered = made.changed(receipt, path, value)
    if tampered != receipt:
        assert verify(tampered)


@given(receipt=made.receipts(), data=st.data())
def test_one_character_of_a_short_form_is_not_changed_unseen(receipt: dict[str, Any], data: st.DataObject) -> None:
    line = short(receipt)
    place = data.draw(st.integers(0, len(line) - 1))
    other = data.draw(st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"))
    changed = line[:place] + other + line[place + 1 :]
    if changed.strip() != line:
        assert verify(changed, calendar=LOCAL if receipt["calendar"]["decisions"] else None)
    assert verify(line[:place])


@given(receipt=made.receipts(), data=st.data())
def test_a_forger_who_seals_again_is_found_by_the_answer_or_the_days(
    receipt: dict[str, Any], data: st.DataObject
) -> None:
    answer = data.draw(st.sampled_from(["due_at", "promised", "certainty"]))
    value = "predicted" if answer == "certainty" else "2026-05-05T11:11:11+07:00"
    if receipt["answer"][answer] != value:
        forged = made.sealed_again(made.changed(receipt, ("answer", answer), value))
        assert "receipt/answer" in rules_of(verify(forged))
    if days := receipt["calendar"]["days"]:
        number = data.draw(st.integers(0, len(days) - 1))
        forged = made.sealed_again(made.changed(receipt, ("calendar", "days", number), ...))
        assert "receipt/days" in rules_of(verify(forged))
        forged = made.sealed_again(made.changed(receipt, ("calendar", "days", number, "kind"), "local_off"))
        if days[number]["kind"] != "local_off":
            assert "receipt/days" in rules_of(verify(forged))


@given(receipt=made.receipts(), data=st.data())
def test_anything_can_be_asked(receipt: dict[str, Any], data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(made.places(receipt)))
    value = data.draw(
        st.sampled_from(
            [
                None,
                "9999-12-31T23:59:59+07:00",
                "9999-12-31",
                "0001-01-01",
                "9999 hours",
                "100 years",
                "9999 days",
                "19:00",
            ]
        )
    )
    problems = verify(made.sealed_again(made.changed(receipt, path, value)))
    assert all(problem.rule.startswith(("receipt/", "schema/")) for problem in problems)


@pytest.mark.parametrize(
    "odd", [None, 7, [], {}, "", "x", b"OS1/", object(), "OS1/", "OS1/" + "/" * 11, "OS1/" + "9" * 10**5]
)
def test_what_is_no_receipt_is_told(odd: Any) -> None:
    assert verify(odd)


def test_every_mapping_is_read() -> None:
    assert verify(freeze(tet())) == ()


def test_of_a_mapping_that_breaks_down_only_problems_come() -> None:
    class Broken(dict[str, Any]):
        left = 1_000

        def items(self) -> Any:
            self.left -= 1
            if self.left < 0:
                raise RuntimeError
            return super().items()

    found = set()
    for times in range(10):
        broken = Broken(tet())
        broken.left = times
        found.update(rules_of(verify(broken)))
    assert found == {"json/type", "receipt/content"}


def test_what_differs_is_named() -> None:
    receipt = tet()
    for path, value, rule in (
        (("rules", "late_after"), "16:00", "receipt/rules"),
        (("restarts",), ["2026-02-11T09:30:00+07:00"], "receipt/restarts"),
        (("office_hours",), made.HOURS["even"].to_document(), "receipt/office-hours"),  # type: ignore[union-attr]
        (("limit",), "05 ngày làm việc", "receipt/content"),
        (("limit",), "1.5 working days", "receipt/content"),
        (("waits",), [{"from": "2026-02-16T09:00:00+07:00", "to": "2026-02-13T09:00:00+07:00"}], "receipt/content"),
        (("waits",), [{"from": f"2026-02-{day}T09:00:00+07:00", "to": None} for day in (13, 16)], "receipt/content"),
        (("received_at",), "2026-02-31T09:30:00+07:00", "schema/format"),
        (("received_at",), "2026-02-11T09:30:00+07:00", "receipt/count"),
        (("limit",), "30 working days", "receipt/count"),
        (("calendar", "from"), "2026-02-27", "receipt/content"),
        (("calendar", "from"), "1826-02-27", "receipt/content"),
        (("calendar", "from"), None, "receipt/content"),
        (("calendar", "announced_until"), "2026-12-31", "receipt/announced-until"),
        (("calendar", "announced_until"), "2028-12-31", "receipt/announced-until"),
        (("calendar", "name"), "vn-other", "receipt/calendar"),
        (("calendar", "name"), None, "receipt/calendar"),
        (("calendar", "as_of"), "2011-12-24", "receipt/announced-until"),
        (("calendar", "decisions"), [{"id": "x"}], "receipt/calendar"),
        (("answer", "promised"), "2026-02-26T23:59:59+07:00", "receipt/answer"),
    ):
        problems = verify(made.sealed_again(made.changed(receipt, path, value)))
        assert rule in rules_of(problems), (path, problems)
        assert all(problem.text.vi and problem.text.en for problem in problems)


def test_a_receipt_of_a_moment_beyond_all_calendars_is_told() -> None:
    receipt = tet(limit="5 hours", end_on_day_off="none")
    forged = made.changed(receipt, ("received_at",), "9999-12-31T22:00:00+07:00")
    assert rules_of(verify(made.sealed_again(forged))) == ["receipt/count"]


def test_promise_and_waits_of_a_clock_are_counted_again() -> None:
    clock = Clock().start(at("2026-03-02T08:00"), promise=at("2026-03-09T17:00")).pause(at("2026-03-03T09:00"))
    clock = clock.resume(at("2026-03-05T09:00")).extend(at("2026-03-06T09:00"), by=TimeLimit.parse("2 working days"))
    count = countdown(clock, TimeLimit.parse("5 working days"), calendar=CIVIL)
    receipt = count.to_receipt(explain=True)
    assert receipt["answer"] == {
        "due_at": "2026-03-13T23:59:59+07:00",
        "certainty": "announced",
        "promised": "2026-03-13T23:59:59+07:00",
    }
    assert receipt["promise"] == {"at": "2026-03-02T08:00:00+07:00", "due": "2026-03-09T17:00:00+07:00"}
    assert [step["what"] for step in receipt["explanation"]][-1] == "due"
    assert verify(receipt) == ()


def test_restarts_and_the_lifecycle_are_told() -> None:
    m = dossier.machine("vn@decree-118-2025")
    case = m.new(id="1", procedure="1.012783", channel="in_person", at=at("2026-02-09T08:15"))
    for event in (
        dossier.event("received", at("2026-02-09T08:15"), due=at("2026-02-23T17:00")),
        dossier.event("assigned", at("2026-02-09T14:00")),
        dossier.event("supplement_requested", at("2026-02-11T15:30"), reason="a map is missing"),
        dossier.event("supplemented", at("2026-02-12T09:30")),
    ):
        case = m.step(case, event)
    receipt = countdown(case, TimeLimit.parse("5 working days"), calendar=CIVIL).to_receipt()
    assert receipt["lifecycle"] == "vn@decree-118-2025"
    assert receipt["restarts"] == [receipt["received_at"]] == ["2026-02-12T09:30:00+07:00"]
    assert "a map is missing" not in json.dumps(receipt)
    assert verify(receipt) == ()


def test_before_the_receipt_there_is_nothing_to_tell() -> None:
    with pytest.raises(InvalidValueError):
        Countdown(clock=Clock(), limit=TimeLimit.parse("1 day"), calendar=CIVIL).to_receipt()


def test_a_calendar_of_the_host_is_compared_when_it_is_given() -> None:
    receipt = tet(calendar=VIETNAM_2026)
    assert receipt["calendar"]["name"] is None
    assert rules_of(verify(receipt)) == ["receipt/calendar"]
    assert verify(receipt, calendar=VIETNAM_2026) == ()
    assert rules_of(verify(receipt, calendar=CIVIL)) == ["receipt/days"] * 5  # the same days by another kind
    line = short(receipt)
    assert rules_of(verify(line)) == ["receipt/calendar"]
    assert verify(line, calendar=VIETNAM_2026) == ()
    assert rules_of(verify(line, calendar=CIVIL)) == ["receipt/days"]


def test_a_holiday_that_is_worked_is_told_too_since_the_strict_reading_moves_off_it() -> None:
    calendar = attrs.evolve(VIETNAM_2026, off={date(2026, 3, 9): "tet"}, made_up={date(2026, 3, 9): None})
    receipt = due(
        at("2026-03-02T09:00"), TimeLimit.parse("1 week"), calendar=calendar, end_on_day_off="strict_civil_code"
    ).to_receipt()
    assert receipt["calendar"]["days"] == [{"date": "2026-03-09", "works": True, "kind": "tet"}]
    assert receipt["answer"]["due_at"] == "2026-03-10T23:59:59+07:00"
    assert verify(receipt, calendar=calendar) == ()


def test_local_decisions_travel_with_the_receipt_but_not_with_its_short_form() -> None:
    receipt = due(at("2026-03-09T09:00"), TimeLimit.parse("5 working days"), calendar=LOCAL).to_receipt()
    assert receipt["calendar"]["name"] == "vn-civil"
    assert {"date": "2026-03-14", "works": True, "kind": "makeup", "replaces": "2026-03-11"} in receipt["calendar"][
        "days"
    ]
    assert verify(receipt) == ()
    assert rules_of(verify(short(receipt))) == ["receipt/calendar"]
    assert verify(short(receipt), calendar=LOCAL) == ()


def test_days_outside_the_calendar_are_told_as_far_as_they_are_counted() -> None:
    receipt = due(
        at("2026-03-02T09:00"), TimeLimit.parse("30 years"), calendar=CIVIL, end_on_day_off="none"
    ).to_receipt()
    assert (receipt["calendar"]["from"], receipt["calendar"]["days"]) == (None, [])
    assert verify(receipt) == ()
    steps = TimeLimit.parse("100 years + 50 years")
    long = due(at("2026-03-02T09:00"), steps, calendar=CIVIL, end_on_day_off="none").to_receipt()
    assert (long["answer"]["due_at"], verify(long)) == ("2176-03-02T23:59:59+07:00", ())


def test_a_receipt_holds_so_many_days_and_no_more() -> None:
    wide = attrs.evolve(VIETNAM_2026, first=date(1900, 1, 1), last=date(2900, 1, 1))
    with pytest.raises(InvalidValueError):
        list(special_days(wide, date(1900, 1, 1), date(2900, 1, 1)))
    assert MAX_DAYS == 40_000


def test_another_version_of_the_library_is_verifiable(monkeypatch: pytest.MonkeyPatch) -> None:
    predicted = due(at("2027-12-20T09:00"), TimeLimit.parse("20 working days"), calendar=CIVIL).to_receipt()
    assert predicted["answer"]["certainty"] == "predicted"
    # It expected one more day off in January 2028, and knew the days of 2026 only.
    other = made.changed(predicted, ("library", "version"), "0.0.9")
    other["calendar"]["days"].append({"date": "2028-01-07", "works": False, "kind": "holiday"})
    other["calendar"]["announced_until"] = "2027-12-31"
    other["answer"]["due_at"] = "2028-01-19T23:59:59+07:00"
    other["calendar"]["to"] = "2028-01-19"
    assert verify(made.sealed_again(other)) == ()
    same = made.changed(other, ("library", "version"), predicted["library"]["version"])
    assert rules_of(verify(made.sealed_again(same))) == ["receipt/days"]
    monkeypatch.setattr(verifying, "__version__", "9.0")
    assert verify(predicted) == ()
    early = made.changed(predicted, ("calendar", "announced_until"), "2026-12-31")
    assert verify(made.sealed_again(early)) == ()


def test_of_many_different_days_ten_are_told() -> None:
    receipt = tet(limit="400 working days")
    forged = made.sealed_again(made.changed(receipt, ("calendar", "days"), []))
    assert rules_of(verify(forged)).count("receipt/days") == 10


def test_a_short_form_has_no_room_for_hundreds_of_waits_nor_reads_what_breaks_the_schema() -> None:
    pauses = [
        (at(f"2026-02-12T{n // 60:02}:{n % 60:02}"), at(f"2026-02-12T{n // 60:02}:{n % 60:02}:30"))
        for n in range(1, 400)
    ]
    receipt = tet(pauses=pauses)
    assert verify(receipt) == ()
    with pytest.raises(InvalidValueError, match="4296"):
        short(receipt)
    with pytest.raises(InvalidDocumentError):
        short({})


@pytest.mark.parametrize(
    ("part", "text"),
    [
        (0, "20260212"),
        (0, "20261312T0930"),
        (1, "5XX"),
        (1, "WD"),
        (1, ""),
        (2, "XX"),
        (2, ""),
        (6, "9"),
        (7, "VN-CIVIL"),
        (8, ""),
    ],
)
def test_a_short_form_that_is_summed_rightly_and_says_nonsense_is_told(part: int, text: str) -> None:
    parts = short(tet()).removeprefix("OS1/").split("/")[:-1]
    parts[part] = text
    body = "OS1/" + "/".join(parts)
    from onestop_core.deadlines.receipts.short_form import _checksum

    assert rules_of(verify(f"{body}/{_checksum(body)}")) == ["receipt/short-form"]


def test_everyday_receipts_fit_a_small_code() -> None:
    hours = WorkingHours.parse("07:30-11:30, 13:30-17:00")
    assert len(short(tet())) < 100
    assert len(short(tet(hours=hours, pauses=[(at("2026-02-13T09:00"), at("2026-02-24T09:00"))]))) < 200


def test_the_days_do_not_reach_further_than_the_calendar() -> None:
    with pytest.raises(CalendarCoverageError):
        due(at("2050-12-30T09:00"), TimeLimit.parse("5 working days"), calendar=CIVIL).to_receipt()


def test_verify_is_at_the_top() -> None:
    assert deadlines.verify is verify
