"""A screen shows what the machine takes: each button, with what it needs, steps; what has none is refused."""

from __future__ import annotations

import contextlib
import json
import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from onestop_core import deadlines, desk, dossier, workdays
from onestop_core.errors import (
    GuardError,
    InvalidEventError,
    InvalidValueError,
    OnestopError,
    TransitionNotAllowedError,
    UnknownCodeError,
)

if TYPE_CHECKING:
    from onestop_core.desk import Button
    from onestop_core.dossier import Dossier, Machine

AT = datetime.fromisoformat("2026-08-10T08:15+07:00")
LIMIT = deadlines.TimeLimit.parse("5 working days")
CAL = workdays.calendar()
EDITIONS = ("vn@decree-61-2018", "vn@decree-118-2025", "vn@decree-118-2025-amended-309-2026")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00")


def case(m: Machine, channel: str = "in_person") -> Dossier:
    return m.new(id="1", procedure="1.012783", channel=channel, at=AT)


def fields(button: Button, case: Dossier, now: datetime, *, without: str | None = None) -> dict[str, Any]:
    work = [task.id for task in case.tasks if task.is_open]
    values: dict[str, Any] = {
        "reason": "lý do",
        "ground": "căn cứ",
        "due": max(now, case.appointment or now) + timedelta(days=30),
        "task": work[0] if work and button.event != "linked_handed_over" else f"việc {case.version}",
        "to_unit": "H01",
    }
    return {name: values[name] for name in button.needs if name in values and name != without}


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("seed", range(12))
def test_a_button_with_what_it_needs_is_taken_and_without_it_is_not(edition: str, seed: int) -> None:
    m, chance = dossier.machine(edition), random.Random(seed)
    now, here = AT, case(m, chance.choice(["in_person", "online", "post"]))
    pressed = 0
    for _ in range(25):
        now += timedelta(hours=chance.randint(1, 30))
        buttons = list(desk.view(here).buttons)
        chance.shuffle(buttons)
        for button in buttons:
            role = chance.choice(button.roles)
            for name in button.needs:
                short = dossier.event(button.event, now, role=role, **fields(button, here, now, without=name))
                with pytest.raises((InvalidEventError, GuardError)):
                    m.step(here, short)
            try:
                # What depends on the time, the unit or the papers is judged by the step alone.
                here = m.step(here, dossier.event(button.event, now, role=role, **fields(button, here, now)))
            except GuardError:
                continue
            pressed += 1
            break
    assert pressed > 4


@pytest.mark.parametrize("edition", EDITIONS)
def test_what_has_no_button_is_refused(edition: str) -> None:
    m = dossier.machine(edition)
    here = m.step(case(m), dossier.event("received", AT, due=at("2026-08-17T17:00")))
    there = {button.event for button in desk.view(here).buttons}
    left_out = [event for event in m.lifecycle.events if event.code not in there and not event.strikes]
    assert len(left_out) > 10
    for event in left_out:
        everything = {"reason": "x", "ground": "y", "due": at("2026-09-17T17:00"), "task": "z", "to_unit": "H01"}
        needed = fields(desk.Button(event=event.code, name="", roles=event.roles, needs=tuple(everything)), here, AT)
        for given in (needed, {}, {"reason": "x"}):
            with pytest.raises((TransitionNotAllowedError, GuardError, InvalidEventError)):
                m.step(here, dossier.event(event.code, AT, **given))


@pytest.mark.parametrize("edition", ["vn-complaint@law-02-2011", "vn-data-request@law-91-2025"])
def test_a_button_says_that_a_reason_must_be_one_of_the_law(edition: str) -> None:
    m = dossier.machine(edition)
    coded = {event.code for event in m.lifecycle.events if event.reason_codes}
    here, seen = m.new(id="1", procedure="1.012783", channel="in_person", at=AT), set[str]()
    reached = [here]
    for _ in range(3):
        after = []
        for each in reached:
            for button in desk.view(each).buttons:
                assert ("reason_code" in button.needs) == (button.event in coded)
                seen.add(button.event)
                code = m.lifecycle.event(button.event).reason_codes[:1]
                given = fields(button, each, AT) | ({"reason_code": code[0]} if code else {})
                with contextlib.suppress(OnestopError):
                    after.append(m.step(each, dossier.event(button.event, AT, **given)))
        reached = after[:12]
    assert seen & coded


def test_a_role_sees_its_own_buttons() -> None:
    m = dossier.machine("vn@decree-118-2025")
    here = m.step(case(m), dossier.event("received", AT, due=at("2026-08-17T17:00")))
    everybody = desk.view(here).buttons
    for role in m.lifecycle.roles:
        assert desk.view(here, role=role).buttons == tuple(each for each in everybody if role in each.roles)
    assert {each.event for each in desk.view(here, role="clerk").buttons} == {"papers_lost"}
    with pytest.raises(UnknownCodeError, match="specialist"):
        desk.view(here, role="specialst")


def test_what_a_button_needs_and_takes_is_that_of_the_event() -> None:
    m = dossier.machine("vn@decree-118-2025")
    here = m.step(case(m), dossier.event("received", AT, due=at("2026-08-17T17:00")))
    found = {button.event: button for button in desk.view(here, language="vi").buttons}
    assert found["extended"].needs == ("reason", "due")
    assert found["rescheduled"].needs == ("ground", "due")
    assert found["extended"].name == "Xin lỗi, hẹn lại ngày trả kết quả"
    assert found["extended"].form == m.lifecycle.event("extended").form is not None
    assert found["fee_paid"].axis == "payment"
    assert {each for each, button in found.items() if "amount" in button.takes} == {"fee_set", "fee_paid", "fee_waived"}
    assert found["extended"].axis is None
    opened = {button.event: button for button in desk.view(case(m)).buttons}
    assert opened["received"].takes == ("due", "papers")
    assert opened["supplement_requested"].takes == ("due", "papers")
    later = dossier.machine("vn@decree-118-2025-amended-309-2026")
    online = {button.event: button for button in desk.view(case(later, "online")).buttons}
    assert online["rerouted"].needs == ("reason", "to_unit")


def test_no_button_moves_both_the_dossier_and_an_axis() -> None:
    m = dossier.machine("vn@decree-118-2025")
    shown = desk.view(m.step(case(m), dossier.event("received", AT, due=at("2026-08-17T17:00"))))
    names = [button.event for button in shown.buttons]
    assert len(names) == len(set(names))
    assert {each.axis: each.state for each in shown.axes} == dict(
        m.step(case(m), dossier.event("received", AT, due=at("2026-08-17T17:00"))).axis_states
    )


def test_promised_and_counted_are_both_there_with_status_and_duties() -> None:
    m = dossier.machine("vn@decree-118-2025")
    here = m.step(case(m), dossier.event("received", AT, due=at("2026-08-19T17:00")))
    now = at("2026-08-12T09:00")
    shown = desk.view(here, language="vi", limit=LIMIT, calendar=CAL, now=now)
    assert shown.promised == at("2026-08-19T17:00")
    assert shown.counted == deadlines.countdown(here, LIMIT, calendar=CAL).due().at  # type: ignore[union-attr]
    assert shown.status == deadlines.countdown(here, LIMIT, calendar=CAL).status(now=now)
    assert shown.duties == deadlines.agenda(here, LIMIT, calendar=CAL, now=now)
    assert len(shown.duties) > 2
    document = json.loads(json.dumps(shown.to_dict()))
    assert document["promised"] == {"at": "2026-08-19T17:00:00+07:00", "text": "17:00 ngày 19/08/2026"}
    assert document["state"] == {"code": "received", "name": "Đã tiếp nhận"}
    assert document["status"]["code"] == "running"
    assert [each["code"] for each in document["duties"]] == [duty.code for duty in shown.duties]
    assert [each["needs"] for each in document["buttons"]] == [list(button.needs) for button in shown.buttons]
    assert repr(shown) == "<View 1 received v2>"


def test_before_receipt_no_time_is_counted_and_after_the_end_nobody_holds_it() -> None:
    m = dossier.machine("vn@decree-118-2025")
    before = desk.view(case(m), limit=LIMIT, calendar=CAL, now=AT)
    assert (before.counted, before.promised) == (None, None)
    assert before.status is not None
    assert before.status.code == "not_started"
    refused = m.step(case(m), dossier.event("not_received", AT, reason="sai thẩm quyền"))
    after = desk.view(refused)
    assert (after.holder, after.holder_name, after.status, after.duties) == (None, None, None, ())
    document = after.to_dict()
    assert (document["holder"], document["status"], document["counted"]) == (None, None, None)
    assert desk.view(case(m)).to_dict()["holder"]["code"] == desk.view(case(m)).holder


@pytest.mark.parametrize(
    "some",
    [{"limit": LIMIT}, {"calendar": CAL}, {"now": AT}, {"limit": LIMIT, "now": AT}, {"calendar": CAL, "now": AT}],
)
def test_limit_calendar_and_moment_go_together(some: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError, match="all three, or none"):
        desk.view(case(dossier.machine("vn@decree-118-2025")), **some)


def test_an_edition_of_ones_own_is_handed_in() -> None:
    table = attrs.evolve(dossier.machine("vn@decree-118-2025").lifecycle, id="mine")
    here = case(dossier.machine(table))
    with pytest.raises(OnestopError):
        desk.view(here)
    assert desk.view(here, lifecycle=table, limit=LIMIT, calendar=CAL, now=AT).state == here.state
