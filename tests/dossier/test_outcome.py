"""What a dossier is counted on: when handling began and ended, what was promised, how often papers were asked for."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest

from onestop_core import deadlines, dossier, workdays
from onestop_core.dossier import Dossier, event
from onestop_core.errors import InvalidValueError
from onestop_core.model import DossierFacts, FinishedKind, TimeLimit

MACHINE = dossier.machine("vn@decree-118-2025")
START = datetime.fromisoformat("2026-03-02T08:00+07:00")


def run(*kinds: str, channel: str = "in_person") -> Dossier:
    """A dossier to which an event of each kind happens, an hour apart."""
    case = MACHINE.new(id="1", procedure="1.012783", channel=channel, at=START)
    for hour, kind in enumerate(kinds, start=1):
        extra: dict[str, Any] = {"due": START + timedelta(days=7)} if kind == "received" else {}
        case = MACHINE.step(case, event(kind, START + timedelta(hours=hour), reason="because", **extra))
    return case


def test_papers_asked_for_before_any_receipt_are_history_and_no_request_that_counts() -> None:
    machine = dossier.machine("vn@decree-118-2025-amended-309-2026")
    case = machine.new(id="1", procedure="1.012783", channel="in_person", at=START)
    for number, kind in enumerate(("arrived", "assigned", "supplement_requested"), start=1):
        case = machine.step(case, event(kind, hour(number), reason="because"), judge=False)
    facts = dossier.facts(case)
    assert case.clock.waits[-1].papers is True
    assert (facts.received_at, facts.supplement_requests, facts.supplement_requested_at) == (None, 0, None)


def hour(number: int) -> datetime:
    return START + timedelta(hours=number)


def test_the_unit_is_the_competent_one_as_in_a_row_unless_another_is_named() -> None:
    m, calendar, limit = dossier.machine("vn@decree-118-2025"), workdays.calendar(), TimeLimit.parse("5 working days")
    opened = m.new(id="1", procedure="1.012783", channel="in_person", at=START, receiving_unit="A", competent_unit="B")
    assert dossier.facts(opened).unit == deadlines.facts(opened, limit, calendar=calendar).unit == "B"
    assert deadlines.row(opened, limit, calendar=calendar).unit == "B"
    assert (
        dossier.facts(opened, unit="C").unit == deadlines.facts(opened, limit, calendar=calendar, unit="C").unit == "C"
    )
    assert dossier.facts(run("received")).unit is None


@pytest.mark.parametrize(
    ("kinds", "end", "kind"),
    [
        (("received",), None, None),
        (("received", "assigned", "approved", "result_handed_over"), 4, FinishedKind.DONE),
        (("received", "assigned", "approved", "result_handed_over", "delivered"), 4, FinishedKind.DONE),
        (("received", "assigned", "refused", "delivered"), 3, FinishedKind.REFUSED),
        (("received", "assigned", "stopped"), 3, FinishedKind.STOPPED),
        (("received", "withdrawal_requested", "withdrawal_granted"), 3, FinishedKind.WITHDRAWN),
    ],
)
def test_handling_ends_with_the_first_state_that_ends_it(
    kinds: tuple[str, ...], end: int | None, kind: FinishedKind | None
) -> None:
    facts = dossier.facts(run(*kinds), unit="A", officer="Lan")
    assert facts == DossierFacts(
        id="1",
        procedure="1.012783",
        unit="A",
        officer="Lan",
        channel="in_person",
        submitted_at=START,
        received_at=hour(1),
        due_at=START + timedelta(days=7),
        finished_at=None if end is None else hour(end),
        finished_kind=kind,
        supplement_requests=0,
        supplement_hours=0,
    )


def test_an_open_request_for_papers_is_told_from_one_that_was_met() -> None:
    waiting = dossier.facts(run("received", "assigned", "supplement_requested"))
    assert (waiting.supplement_requests, waiting.supplement_requested_at, waiting.supplement_hours) == (1, hour(3), 0)
    met = dossier.facts(run("received", "assigned", "supplement_requested", "supplemented"))
    assert (met.supplement_requests, met.supplement_requested_at, met.supplement_hours) == (1, None, 1)


def test_only_waiting_for_papers_counts_as_waiting_for_papers() -> None:
    paid = run("received", "assigned", "financial_obligation_set", "financial_obligation_met")
    assert dossier.facts(paid).supplement_hours == 0


def test_a_request_at_intake_and_a_dossier_never_received_are_not_handling() -> None:
    asked = run("supplement_requested", "supplemented", "received")
    assert (dossier.facts(asked).supplement_requests, dossier.facts(asked).received_at) == (0, hour(3))
    turned_away = dossier.facts(run("not_received"))
    assert (turned_away.received_at, turned_away.finished_at, turned_away.finished_kind) == (None, None, None)
    online = dossier.facts(run("withdrawal_requested", "withdrawal_granted", channel="online"))
    assert (online.finished_kind, online.supplement_requests) == (None, 0)


def test_what_no_event_tells_is_told_by_the_host() -> None:
    told = dossier.facts(run("received"), field="Đất đai", level="commune", digitised=True, disliked=False)
    assert (told.field, told.level, told.digitised, told.disliked) == ("Đất đai", "commune", True, False)
    assert (told.receiving_place, told.paid_online) == (None, None)
    with pytest.raises(
        InvalidValueError, match="received_at: cannot use None; expected one of agencies, complained, data_reused"
    ):
        dossier.facts(run("received"), received_at=None)  # type: ignore[call-arg]
    with pytest.raises(InvalidValueError, match="digitised"):
        dossier.facts(run("received"), digitised="yes")  # type: ignore[arg-type]


def test_guidance_that_is_recorded_is_counted_and_none_recorded_says_nothing() -> None:
    assert dossier.facts(run("received")).guided is None
    assert dossier.facts(run("guided", "guided", "received")).guided == 2
    told = dossier.facts(run("received"), guided=0, visits=1, agencies=1)
    assert (told.guided, told.visits, told.agencies) == (0, 1, 1)
