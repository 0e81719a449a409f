"""Sentences by which somebody writes an adapter from the export alone, held to the library and to the slow implementation."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import conformance, workdays
from onestop_core.conformance.fresh.deadlines import SlowDeadlines
from onestop_core.conformance.fresh.scores import SlowKpi
from onestop_core.dossier.lifecycle import find
from onestop_core.errors import OnestopError
from onestop_core.model import TimeLimit
from onestop_core.text import sort_key
from onestop_core.workdays.predicted_years import _lunar
from tests.conformance.slow_form06 import SlowForm06
from tests.conformance.slow_lifecycle import SlowLifecycle
from tests.dossier.driving import EDITIONS

if TYPE_CHECKING:
    from collections.abc import Sequence

REFERENCE = Path(__file__).parents[2] / "docs" / "reference"
OPERATIONS = (REFERENCE / "conformance-operations.md").read_text("utf-8")
CALENDAR = (REFERENCE / "calendar-data.md").read_text("utf-8")


def answers(slow: Any, operation: str, **given: Any) -> Any:
    """What both implementations say: an answer, or the code of a refusal."""
    said: list[Any] = []
    for each in (conformance.reference(), slow):
        try:
            said.append(getattr(each, operation)(**given))
        except (OnestopError, conformance.Refusal) as error:
            said.append(error.code)
    assert said[0] == said[1]
    return said[0]


def test_the_dates_of_the_lunisolar_calendar_are_those_of_the_prediction() -> None:
    rows = re.findall(r"^\| ([0-9]{4}) \| (\S+) \| (\S+) \|$", CALENDAR, re.MULTILINE)
    assert [int(year) for year, _, _ in rows] == list(range(2012, 2051))
    for year, *days in rows:
        assert [day.isoformat() for day in _lunar(int(year))] == days
    calendar = workdays.calendar("vn-civil")
    assert not any(calendar.is_workday(day) for year in range(2012, 2051) for day in _lunar(year))


def test_labels_stand_in_the_order_of_the_page() -> None:
    line = OPERATIONS.partition("In this order: ")[2].splitlines()[0]
    labels = re.findall(r"`([^`]+)`", line)
    assert len(labels) > 20
    assert sorted(labels, key=sort_key) == labels
    alphabet = re.search(r"The order is `(\w+)`", OPERATIONS)
    assert alphabet is not None
    assert sorted(alphabet[1], key=sort_key) == list(alphabet[1])


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_is_allowed_has_a_row(edition: str) -> None:
    table = find(edition)
    rows = {row.event for row in table.transitions}
    beside = {move.event for axis in table.axes for move in axis.moves} - rows
    assert {"fee_paid", "archived", "portal_told"} <= beside
    assert {event.code for event in table.events} - rows - beside == {"struck"}
    for case in conformance.suite().cases:
        if case.operation == "replay" and case.expected and case.id.startswith(edition.partition("@")[2] + "."):
            assert set(case.expected.get("allowed", ())) <= rows, case.id


def told(*events: tuple[str, str, dict[str, Any]], edition: str = EDITIONS[1], **opening: Any) -> dict[str, Any]:
    start = {"id": "H26.12-1", "procedure": "1.004222", "channel": "in_person", "at": "2026-03-02T08:00:00+07:00"}
    rows = [{"kind": kind, "at": f"2026-{at}:00+07:00", **more} for kind, at, more in events]
    return {"schema_version": "1.1", "lifecycle": edition, "dossier": start | opening, "events": rows}


def state(log: dict[str, Any]) -> Any:
    found = answers(SlowLifecycle(), "replay", log=log)
    return found if isinstance(found, str) else found["state"]


@pytest.mark.parametrize(
    ("units", "there"),
    [
        ({}, "received_elsewhere"),
        ({"receiving_unit": "a"}, "received_elsewhere"),
        ({"competent_unit": "a"}, "received_elsewhere"),
        ({"receiving_unit": "a", "competent_unit": "b"}, "received_elsewhere"),
        ({"receiving_unit": "a", "competent_unit": "a"}, "received"),
    ],
)
def test_units_that_are_not_named_count_as_elsewhere(units: dict[str, str], there: str) -> None:
    received = ("received", "08-06T09:00", {"due": "2026-09-01T09:00:00+07:00"})
    assert state(told(received, edition=EDITIONS[2], non_territorial="nation", **units)) == there


Told = tuple[str, str, dict[str, Any]]
RECEIVED: Told = ("received", "03-02T09:00", {"due": "2026-04-01T09:00:00+07:00"})
ASSIGNED: Told = ("assigned", "03-03T09:00", {})
APPROVED: Told = ("approved", "03-04T09:00", {})
ASKED: Told = ("supplement_requested", "03-20T09:00", {"reason": "x"})
ANSWERED: Told = ("supplemented", "03-22T16:00", {})


def struck(*numbers: int) -> tuple[str, str, dict[str, Any]]:
    return "struck", "03-25T09:00", {"event": list(numbers), "reason": "x"}


@pytest.mark.parametrize(
    ("events", "wanted"),
    [
        ([APPROVED, struck(3)], "processing"),
        ([APPROVED, struck(0)], "invalid-event"),
        ([APPROVED, struck(9)], "invalid-event"),
        ([APPROVED, ("struck", "03-25T09:00", {"reason": "x"})], "invalid-event"),
        ([ASKED, ANSWERED, struck(3)], "invalid-event"),
        ([ASKED, ANSWERED, struck(3, 4), (ASKED[0], "03-26T09:00", ASKED[2])], "supplement_requested"),
        ([ASKED, ANSWERED, (ASKED[0], "03-26T09:00", ASKED[2])], "guard"),  # though the time began anew
    ],
)
def test_what_was_recorded_by_mistake(events: list[tuple[str, str, dict[str, Any]]], wanted: str) -> None:
    assert state(told(RECEIVED, ASSIGNED, *events)) == wanted


def test_a_striking_can_be_struck_and_events_have_keys() -> None:
    replay = conformance.reference().replay
    log = told(RECEIVED, ASSIGNED, APPROVED, struck(3), struck(4))
    assert replay(log)["state"] == "approved"
    log["events"][2]["key"] = "k"
    log["events"][3:] = [{**log["events"][3], "event": ["k"]}]
    found = replay(log)
    assert (found["state"], found["axes"]["sync"]) == ("processing", "pending")
    log["events"].append(log["events"][2])
    assert replay(log)["state"] == "processing"  # the key was used: nothing is taken anew
    log["events"][3:] = [{**log["events"][2], "at": "2026-03-05T09:00:00+07:00"}, {**struck(3)[2]}]
    log["events"][4] |= {"kind": "struck", "at": "2026-03-25T09:00:00+07:00"}
    assert replay(log)["state"] == "processing"  # a repetition has no number
    log["events"][4]["event"] = [4]
    with pytest.raises(conformance.Refusal):
        replay(log)


@pytest.mark.parametrize(("at", "wanted"), [("04-03T16:00", "refused"), ("04-03T16:01", "guard")])
def test_a_refusal_in_time_looks_at_elapsed_time(at: str, wanted: str) -> None:
    refused = ("refused", at, {"reason": "x", "role": "authority_leader"})
    assert state(told(RECEIVED, ASSIGNED, ASKED, ANSWERED, refused, policy={"supplement_clock": "pause"})) == wanted


def test_a_name_of_linked_work_is_used_once() -> None:
    given = {"task": "a", "due": "2026-03-10T09:00:00+07:00"}
    handed, again = (("linked_handed_over", f"03-0{day}T09:00", given) for day in (4, 6))
    assert state(told(RECEIVED, ASSIGNED, handed, ("linked_returned", "03-05T09:00", {"task": "a"}), again)) == "guard"


def due(received: str, limit: str, pauses: Sequence[tuple[str, str | None]] = (), **options: str) -> str:
    spans = [[None if at is None else f"2026-{at}:00+07:00" for at in pause] for pause in pauses]
    found = answers(
        SlowDeadlines(), "due", received_at=f"2026-{received}:00+07:00", limit=limit, pauses=spans, **options
    )
    return str(found["due_at"])[5:16]


HOURS = "07:30-11:30, 13:30-17:00"


@pytest.mark.parametrize(
    ("asked", "options", "wanted"),
    [
        (("03-02T16:00", "8 hours"), {"late_receipt": "every_limit"}, "03-03T00:00"),
        (("03-02T16:00", "4 working hours"), {"late_receipt": "every_limit", "hours": HOURS}, "03-03T10:30"),
        (("03-07T09:00", "immediately"), {}, "03-09T23:59"),
        (("03-06T20:00", "immediately"), {"hours": HOURS}, "03-09T17:00"),
        (("03-06T09:00", "1 day"), {"hours": HOURS, "end_on_day_off": "none"}, "03-07T23:59"),
        (("03-05T09:00", "1 working day + within the day"), {}, "03-09T23:59"),
        (("03-05T09:00", "1 working day + within the day"), {"late_receipt": "no_limit"}, "03-06T23:59"),
        (("03-05T09:00", "1 working day + 2 hours"), {}, "03-07T02:00"),
        (("03-05T09:00", "1 working day + 2 hours"), {"hours": HOURS}, "03-06T19:00"),
        # Waits after which nothing was left; waits that last.
        (("03-02T09:00", "2 working hours", [("03-02T11:00", "03-05T12:00")]), {"hours": HOURS}, "03-05T13:30"),
        (("03-02T09:00", "2 working hours", [("03-02T11:00", "03-05T17:00")]), {"hours": HOURS}, "03-05T17:00"),
        (("03-02T09:00", "2 hours", [("03-02T11:00", "03-08T09:00")]), {}, "03-08T09:00"),
        (("03-02T09:00", "0.5 days", [("03-02T21:00", "03-08T09:00")]), {}, "03-09T00:00"),
        (("03-02T09:00", "5 working days", [("03-03T09:00", None)]), {}, "03-09T23:59"),
        (
            ("03-02T09:00", "5 working days", [("03-03T09:00", None), ("03-05T09:00", "03-06T09:00")]),
            {},
            "03-12T23:59",
        ),
        (("03-02T09:00", "1.5 days", [("03-04T10:00", "03-04T14:00")]), {}, "03-04T16:00"),
    ],
)
def test_when_it_is_due(asked: Any, options: dict[str, Any], wanted: str) -> None:
    assert due(*asked, **options) == wanted


@pytest.mark.parametrize(
    ("acts", "counted", "held"),
    [
        ([("pause", "03T09:00", {}), ("extend", "10T09:00", {"by": "2 working days"})], "11T23:59", "11T23:59"),
        (
            [("promise", "02T10:00", "20T10:00"), ("extend", "10T09:00", {"by": "2 working days"})],
            "11T23:59",
            "24T23:59",
        ),
        ([("promise", "02T10:00", "20T10:00"), ("extend", "10T09:00", {"by": "8 hours"})], "10T08:00", "20T18:00"),
        (
            [("promise", "02T10:00", "05T10:00"), ("pause", "05T10:00", {}), ("resume", "08T12:00", {})],
            "10T23:59",
            "09T10:00",
        ),
    ],
)
def test_what_a_clock_counts_and_holds(acts: list[tuple[str, str, Any]], counted: str, held: str) -> None:
    given = [{"act": "start", "at": "2026-03-02T09:00:00+07:00"}]
    for act, at, more in acts:
        said = {"promise": f"2026-03-{more}:00+07:00"} if isinstance(more, str) else more
        given.append({"act": act, "at": f"2026-03-{at}:00+07:00", **said})
    found = answers(SlowDeadlines(), "clock_due", limit="5 working days", acts=given)
    assert (found["due_at"][8:16], found["in_force"][8:16]) == (counted, held)


def test_ratios_groups_and_totals() -> None:
    counts = {"2.1": [1, 32], "2.2": [10, 3], "1.1": [0, 0], "1.2": [1, 2]}
    found = answers(SlowKpi(), "score", index="vn-766@portal-2026", counts=counts)
    assert found["metrics"]["2.1"] == {"ratio": "3.13", "score": "0.63"}
    assert found["metrics"]["2.2"]["ratio"] is found["metrics"]["1.1"]["ratio"] is found["groups"]["MDHL"] is None
    assert (found["groups"]["CKMB"], found["total"]) == ("2.00", "2.63")
    with pytest.raises(OnestopError) as caught:
        conformance.reference().score("vn-766", {"2.1": [1, 2]})
    assert caught.value.code == "invalid-value"


def test_who_waits_needs_no_last_day_under_portal() -> None:
    row = {"id": "1", "received_at": "2026-03-02T09:00:00+07:00", "due_at": "2026-03-09T17:00:00+07:00"}
    waits = row | {"supplement_requested_at": "2026-03-04T09:00:00+07:00", "supplement_requests": 1, "channel": "kiosk"}
    found = answers(SlowKpi(), "tally", facts=[waits])
    assert (found["in_progress"], found["3.3"]) == ([1, 1, 0], [1, 1, 0])
    assert answers(SlowKpi(), "tally", facts=[row]) == "invalid-value"
    assert answers(SlowKpi(), "tally", facts=[waits], supplements="ignore") == "invalid-value"


def test_findings_stand_in_the_order_of_text() -> None:
    row = conformance.reference().fill_form_06([], "2026-03-01", "2026-03-31")
    assert (row["included"], row["left_out"]) == ([], [])
    empty = row["total"] | {"received": 1}
    form = {"schema_version": "1.0", "period": row["period"], "total": row["total"] | {"received": 11}}
    form["rows"] = [{**empty, "label": str(number)} for number in range(11)]
    found = answers(SlowForm06(), "check_form_06", form=form)
    paths = [each["path"] for each in found["findings"]]
    assert paths == sorted(paths)
    assert paths.index("$.rows[10].received") < paths.index("$.rows[2].received")


@pytest.mark.parametrize("text", ["half a months", "half a years"])
def test_half_of_several_is_refused(text: str) -> None:
    assert TimeLimit.parse("half a days") == TimeLimit.parse("half a day")
    with pytest.raises(OnestopError):
        TimeLimit.parse(text)
