"""What a second reading of the decree found wrong, each tried from the fact, and where two days or two laws meet.

7 March 2026 is a Saturday; the office is closed for Tết from 16 to 20 February 2026.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from onestop_core import deadlines, desk, dossier, kpi
from onestop_core.dossier import Dossier, Event, Policy
from onestop_core.errors import GuardError, InvalidDocumentError
from onestop_core.model import Channel, DossierFacts, Firmness, Interval, TimeLimit
from onestop_core.rules.reading import resources

from .test_decree_118 import (
    AMENDED,
    BOTH,
    CIVIL,
    DECREE,
    FIVE,
    at,
    duties,
    filed,
    handled,
    machine,
    refused,
    then,
)


def asked(case: Dossier, on: str, **more: Any) -> Dossier:
    """Papers asked for at the desk, which knows the calendar."""
    event = Event("supplement_requested", at(on), reason="thiếu bản vẽ", **more)
    return desk.step(machine(case), case, event, limit=FIVE, calendar=CIVIL)


@BOTH
@pytest.mark.parametrize(
    ("on", "last"),
    [
        ("2026-03-04T09:00", "2026-03-19"),  # a Thursday
        ("2026-03-06T09:00", "2026-03-23"),  # the fifteenth day is a Saturday: the Monday after it
        ("2026-03-07T09:00", "2026-03-23"),  # a Sunday
        ("2026-02-02T09:00", "2026-02-23"),  # the fifteenth day is in Tết
    ],
)
def test_the_desk_closes_nothing_before_a_last_day_off_has_been_made_up_for(edition: str, on: str, last: str) -> None:
    # Art. 19(5) and the Civil Code, art. 148(5): a time that ends on a day off ends with the next working day.
    opened = then(filed(edition, on="2026-02-02T08:00"), "received")
    case = asked(then(opened, "assigned"), on)
    assert case.events[-1].due == at(f"{last}T23:59:59")
    assert case.appointment is None  # it is no appointment
    assert duties(case, on)["closing"].by == at(f"{last}T23:59:59")
    assert isinstance(refused(case, "closed_incomplete", f"{last}T23:59"), GuardError)
    next_day = date.fromisoformat(last).toordinal() + 1
    assert then(case, "closed_incomplete", f"{date.fromordinal(next_day)}T07:30").state == "closed"


@BOTH
def test_a_day_that_the_request_names_is_kept_and_intake_has_none(edition: str) -> None:
    named = asked(handled(edition), "2026-03-04T09:00", due=at("2026-03-06T17:00"))
    assert named.events[-1].due == at("2026-03-06T17:00")
    assert asked(filed(edition), "2026-03-04T09:00").events[-1].due is None
    keyed = asked(handled(edition), "2026-03-04T09:00", key="k")
    assert asked(keyed, "2026-03-04T09:00", key="k") is keyed
    again = Event(
        "supplement_requested", at("2026-03-04T09:00"), reason="thiếu bản vẽ", key="k", due=keyed.events[-1].due
    )
    assert deadlines.next_due(keyed, again, FIVE, calendar=CIVIL) is None


@pytest.mark.parametrize(("days", "last"), [(30, "2026-04-06"), (2, "2026-03-09")])
def test_the_agenda_and_the_guard_keep_the_procedures_own_days(days: int, last: str) -> None:
    # Art. 19(5): or the time of the sector's law. 5 April 2026 is a Sunday, 8 March too.
    case = asked(handled(policy=Policy(closing_days=days)), "2026-03-06T09:00")
    assert duties(case, "2026-03-06T10:00")["closing"].by == at(f"{last}T23:59:59")
    told = then(handled(policy=Policy(closing_days=days)), "supplement_requested", "2026-03-06T09:00", reason="x")
    assert duties(told, "2026-03-06T10:00")["closing"].by == at(f"{last}T23:59:59")


def test_a_time_of_no_days_is_over_with_its_day() -> None:
    case = handled(policy=Policy(closing_days=0))
    assert asked(case, "2026-03-06T09:00").events[-1].due is None
    told = then(case, "supplement_requested", "2026-03-06T09:00", reason="x")
    assert duties(told, "2026-03-06T10:00")["closing"].by.date() == date(2026, 3, 6)
    assert isinstance(refused(told, "closed_incomplete", "2026-03-06T16:00"), GuardError)
    assert then(told, "closed_incomplete", "2026-03-07T08:00").state == "closed"


@BOTH
def test_where_the_sectors_law_has_the_authority_stop_the_desk_does_not_close(edition: str) -> None:
    # Decree 217/2026, art. 36(5): twenty working days, then the authority stops.
    case = asked(handled(edition, policy=dossier.sector("feasibility-appraisal").policy), "2026-03-04T09:00")
    assert "closing" not in duties(case, "2026-03-05T09:00")
    error = refused(case, "closed_incomplete", "2026-12-01T09:00")
    assert isinstance(error, GuardError)
    assert error.guard == "closed_by_the_desk"
    assert then(case, "stopped", "2026-04-02T09:00", reason="hết 20 ngày làm việc").state == "stopped"


def test_a_filing_at_a_kiosk_has_the_times_of_one_online() -> None:
    # Art. 17(2a) since August 2026: taken in as at the desk or online; as online, it is this library's reading.
    case = filed(AMENDED, channel="kiosk", on="2026-09-07T16:30")
    found = duties(case, "2026-09-07T16:31")
    assert (found["kiosk_desk_notice"].by, found["kiosk_answer"].by) == (at("2026-09-07T18:30"), at("2026-09-08T16:30"))
    received = then(case, "received", "2026-09-08T09:00")
    assert duties(received, "2026-09-08T09:10")["kiosk_transfer"].by.date() == date(2026, 9, 8)
    rows = {each.code: each for each in deadlines.duties.duty_table(on=date(2026, 9, 7)).duties}
    for code in ("kiosk_desk_notice", "kiosk_answer", "kiosk_transfer"):
        assert [basis.firmness for basis in rows[code].basis] == [Firmness.INFERRED]
    online = duties(filed(AMENDED, channel="online", on="2026-09-07T16:30"), "2026-09-07T16:31")
    assert not any(code.startswith("kiosk") for code in online)


def test_a_kiosk_counts_as_online_as_the_portal_is_told() -> None:
    when: dict[str, Any] = {"received_at": at("2026-09-07T08:00"), "submitted_at": at("2026-09-07T08:00")}
    facts = [DossierFacts(id=channel, channel=channel, **when) for channel in ("in_person", "online", "kiosk", "post")]
    period = Interval(first=date(2026, 9, 1), last=date(2026, 9, 30))
    count = kpi.counting.tally(facts, period=period).metrics["3.3"]
    assert (count.numerator, count.denominator) == (2, 4)
    assert [channel for channel in Channel if channel.is_online] == ["online", "kiosk"]


@BOTH
def test_an_online_filing_may_be_changed_from_when_the_system_has_it(edition: str) -> None:
    # Art. 21(2): from when the system has taken it in, which is before the desk receives it.
    case = filed(edition, channel="online")
    waits = then(case, "supplement_requested", reason="thiếu đơn")
    for each in (case, waits, then(waits, "supplemented")):
        changed = then(each, "content_changed", role="applicant", papers=("đơn mới",))
        assert (changed.state, changed.clock) == (each.state, each.clock)
    counter = then(filed(edition), "supplement_requested", reason="thiếu đơn")
    assert isinstance(refused(counter, "content_changed"), GuardError)


@BOTH
def test_in_which_states_the_time_is_extended_is_inferred(edition: str) -> None:
    # Art. 19(6) names none.
    table = dossier.machine(edition).lifecycle
    rows = [row for row in table.transitions if row.event == "extended"]
    assert {table.bases[row.basis].firmness for row in rows} == {Firmness.INFERRED}


@BOTH
@pytest.mark.parametrize(
    ("on", "notice", "answer"),
    [
        ("2026-03-02T23:30", "2026-03-03T01:30", "2026-03-03T17:00"),  # at night
        ("2026-03-06T16:30", "2026-03-06T18:30", "2026-03-09T16:30"),  # over a weekend
        ("2026-03-07T10:00", "2026-03-07T12:00", "2026-03-09T17:00"),  # on a Saturday
        ("2026-02-13T16:30", "2026-02-13T18:30", "2026-02-23T16:30"),  # over Tết
    ],
)
def test_two_plain_hours_and_eight_working_hours(edition: str, on: str, notice: str, answer: str) -> None:
    # Art. 17(2): "2 giờ" are hours of the clock, "08 giờ làm việc" are hours of work.
    found = duties(filed(edition, channel="online", on=on), on)
    assert (found["online_desk_notice"].by, found["online_answer"].by) == (at(notice), at(answer))


@pytest.mark.parametrize(
    ("day", "edition"),
    [
        ("2025-06-30", "vn@decree-61-2018"),
        ("2025-07-01", DECREE),
        ("2026-08-04", DECREE),
        ("2026-08-05", AMENDED),
    ],
)
def test_the_edition_of_each_day(day: str, edition: str) -> None:
    assert dossier.machine("vn", on=date.fromisoformat(day)).id == edition


@BOTH
def test_the_time_of_the_correction_passes_over_days_off(edition: str) -> None:
    # Art. 23(1): three working days; 6 March 2026 is a Friday.
    case = then(then(then(handled(edition), "approved"), "result_handed_over"), "delivered", "2026-03-05T09:00")
    for on in ("2026-03-06T16:50", "2026-03-07T10:00"):
        wrong = then(case, "error_reported", on, reason="sai họ tên")
        assert duties(wrong, "2026-03-09T09:00")["result_correction"].by.date() == date(2026, 3, 11)


@pytest.mark.parametrize("field", ["days_by", "permitted_by"])
def test_a_duty_that_hangs_on_no_such_parameter_is_refused(field: str) -> None:
    document: dict[str, Any] = dict(resources.data("vn/deadlines/duties/one-stop-decrees"))
    document["duties"] = [{**row, field: "fee_before"} for row in document["duties"]]
    with pytest.raises(InvalidDocumentError):
        deadlines.duties.load_duties(document)


def test_a_limit_that_the_host_hands_over_goes_before_the_procedures_days() -> None:
    told = then(handled(policy=Policy(closing_days=30)), "supplement_requested", "2026-03-06T09:00", reason="x")
    own = {"closing": TimeLimit.parse("20 working days")}
    assert duties(told, "2026-03-06T10:00", limits=own)["closing"].by.date() == date(2026, 4, 3)


def test_what_nobody_recorded_anything_of_is_listed() -> None:
    # Art. 12(4): the progress of each dossier is kept up to date; how long is too long is the host's affair.
    listed = deadlines.lists.without_event_since(at("2026-03-05T00:00"))
    quiet = deadlines.row(handled(), FIVE, calendar=CIVIL)
    moved = deadlines.row(then(handled(), "approved", "2026-03-05T00:00"), FIVE, calendar=CIVIL)
    ended = deadlines.row(then(handled(), "stopped", "2026-03-03T08:00", reason="x"), FIVE, calendar=CIVIL)
    assert [listed.matches(each) for each in (quiet, moved, ended)] == [True, False, False]
    assert listed.name.vi == "chưa có sự kiện nào từ 00:00 ngày 05/03/2026"


def test_a_dossier_on_its_way_is_received_though_its_time_has_not_begun() -> None:
    # Decree 309/2026, art. 8(3).
    units = {"non_territorial": "nation", "receiving_unit": "H26.99", "competent_unit": "H26.12"}
    case = then(then(filed(AMENDED, **units), "received"), "transferred")
    waits = deadlines.lists.not_started()
    assert waits.matches(deadlines.row(case, FIVE, calendar=CIVIL))
    assert waits.name.en == "the time has not begun"
