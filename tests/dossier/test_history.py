"""What an accepted log says is history: it is folded without being judged again, also by a table that is stricter now."""

from __future__ import annotations

import itertools
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import dossier
from onestop_core.dossier import Event, Policy
from onestop_core.dossier.lifecycle import find
from onestop_core.errors import InvalidEventError, OnestopError, TransitionNotAllowedError
from onestop_core.model import freeze, thaw
from onestop_core.rules.converter import structure, unstructure

from .driving import DAY, EDITIONS, GENEROUS, HOUR, T0, lawful, opened, reached, reached_with_linked_work, story

MACHINES = {edition: dossier.machine(edition) for edition in EDITIONS}
RELEASED = Path(__file__).parent / "released"
LOGS = sorted(path.relative_to(RELEASED).as_posix() for path in RELEASED.glob("*/*.json"))


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_lawful_log_leads_to_the_same_dossier_judged_or_not(edition: str) -> None:
    for case in (*reached(edition).values(), *reached_with_linked_work(edition).values()):
        assert MACHINES[edition].replay(case.events, judge=False) == case


@st.composite
def walks(draw: st.DrawFn) -> dossier.Dossier:
    machine = MACHINES[draw(st.sampled_from(EDITIONS))]
    policy = draw(st.sampled_from([None, GENEROUS, Policy(supplement_clock="pause"), Policy(forms={"01": "XD"})]))
    case = opened(machine, draw(st.sampled_from(["in_person", "online", "post"])), policy)
    for _ in range(draw(st.integers(0, 20))):
        kinds = [kind for axis in (None, *case.axes) for kind in machine.allowed(case, axis=axis)]
        if not kinds:
            break
        event = lawful(machine, case, draw(st.sampled_from(kinds)), after=draw(st.integers(0, 90)) * HOUR)
        try:
            case = machine.step(case, event)
        except OnestopError:
            continue
    return case


@given(walks())
def test_every_lawful_history_is_folded_to_the_very_same_dossier(case: dossier.Dossier) -> None:
    machine = MACHINES[case.lifecycle]
    assert machine.replay(case.events, judge=False) == case == machine.replay(case.events)
    told = machine.replay(case.events[:1])
    for event in case.events[1:]:
        told = machine.step(told, event, judge=False)
    assert told == case


KINDS = [event.code for event in MACHINES[EDITIONS[1]].lifecycle.events] + ["created_anew"]


@given(
    st.sampled_from(EDITIONS),
    st.lists(
        st.tuples(
            st.sampled_from(KINDS),
            st.integers(-1, 30),
            st.none() | st.integers(-5, 400),
            st.sampled_from([None, "1", "2"]),
            st.sampled_from([(), (1,), (2, 3), ("k",)]),
        ),
        max_size=12,
    ),
)
def test_whatever_a_log_tells_it_is_folded_soundly_or_the_place_is_named(
    edition: str, told: list[tuple[str, int, int | None, str | None, tuple[Any, ...]]]
) -> None:
    machine = MACHINES[edition]
    events, at = list(opened(machine).events), T0
    for kind, after, due, task, struck in told:
        at += after * HOUR
        due_at = None if due is None else at + due * HOUR
        events.append(Event(kind, at, due=due_at, task=task, event=struck, key="k" if task else None))
    try:
        case = machine.replay(events, judge=False)
    except OnestopError as error:
        assert "number" in error.message.en or error.code == "key-reused"  # noqa: PT017 - either may come
        return
    state = machine.lifecycle.state(case.state)
    assert case.clock.phase in state.clock
    assert case.portal == state.portal
    spans = case.clock.spans
    assert all(span.end is None or span.start <= span.end for span in spans)
    assert all(left.end == right.start for left, right in itertools.pairwise(spans))
    assert dossier.holdings(case)[0].since == T0
    assert structure(unstructure(case), dossier.Dossier) == case


def stricter(edition: str, change: Any) -> dossier.Machine:
    table = unstructure(find(edition))
    change(table)
    return dossier.machine(structure(table, dossier.Lifecycle))


def row(table: dict[str, Any], kind: str) -> dict[str, Any]:
    return next(event for event in table["events"] if event["code"] == kind)


def without(table: dict[str, Any], state: str, kind: str) -> None:
    for each in table["transitions"]:
        if each["event"] == kind and state in each["states"]:
            each["states"].remove(state)
    table["transitions"] = [each for each in table["transitions"] if each["states"]]


LATER_LAW: dict[str, Any] = {
    "a reason": lambda t: row(t, "assigned").update(needs_reason=True),
    "another role": lambda t: row(t, "received").update(roles=["clerk"]),
    "an appointment": lambda t: row(t, "received").update(due="required"),
    "no second demand": lambda t: t["parameters"]["max_supplements"].update(value=0),
    "no such row": lambda t: without(t, "received", "assigned"),
}


@pytest.mark.parametrize("change", LATER_LAW.values(), ids=LATER_LAW)
def test_a_table_that_became_stricter_leaves_stored_logs_readable(change: Any) -> None:
    machine = MACHINES[EDITIONS[1]]
    case = opened(machine)
    case = machine.step(case, Event("received", case.events[0].at, role="receiving_officer"))
    case = story(machine, case, "assigned", "supplement_requested", "supplemented")
    later = stricter(EDITIONS[1], change)
    with pytest.raises(OnestopError):
        later.replay(case.events)
    assert later.replay(case.events, judge=False) == case


def test_what_no_fold_can_make_sense_of_is_named_with_its_number() -> None:
    machine = MACHINES[EDITIONS[1]]
    case = story(machine, opened(machine), "received", "assigned", "approved", "result_handed_over")
    again = Event("received", case.events[-1].at)
    with pytest.raises(InvalidEventError) as caught:
        machine.replay((*case.events, again), judge=False)
    assert "event number 5 of the log" in caught.value.reason.en
    assert "sự kiện số 5 của nhật ký" in caught.value.reason.vi
    assert isinstance(caught.value.__cause__, TransitionNotAllowedError)
    late = attrs.evolve(case.events[1], at=T0 - DAY)
    with pytest.raises(InvalidEventError, match=r"number 1 of the log: .*before the last event"):
        machine.replay((case.events[0], late), judge=False)
    with pytest.raises(InvalidEventError, match="number 1 of the log: no event 'flown'"):
        machine.replay((case.events[0], Event("flown", T0)), judge=False)


@pytest.mark.parametrize(
    ("before", "kind", "more"),
    [
        ((), "withdrawal_refused", {}),  # the way back from nowhere
        (("received", "withdrawal_requested"), "withdrawal_requested", {}),  # a detour from a detour
        (("received", "assigned"), "suspended", {"due": T0 + 9 * DAY}),  # to wait and to promise
    ],
)
def test_what_leads_nowhere_is_refused(before: tuple[str, ...], kind: str, more: dict[str, Any]) -> None:
    machine = MACHINES[EDITIONS[1]]
    case = story(machine, opened(machine), *before)
    with pytest.raises(TransitionNotAllowedError):
        machine.step(case, Event(kind, case.events[-1].at, reason="x", **more), judge=False)


def test_an_extension_that_names_no_moment_changes_nothing_of_the_clock() -> None:
    machine = MACHINES[EDITIONS[1]]
    case = story(machine, opened(machine), "received", "assigned")
    told = machine.step(case, Event("extended", case.events[-1].at), judge=False)
    assert (told.state, told.clock) == (case.state, case.clock)


def test_linked_work_without_a_name_is_told_and_kept_out_of_the_list() -> None:
    machine = MACHINES[EDITIONS[1]]
    case = story(machine, opened(machine), "received", "assigned")
    told = machine.step(case, Event("linked_handed_over", case.events[-1].at), judge=False)
    assert told.tasks == ()


def test_history_is_in_order_and_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    machine = MACHINES[EDITIONS[1]]
    case = story(machine, opened(machine), "received")
    monkeypatch.setattr("onestop_core.dossier.stepping.refusals.MAX_EVENTS", 2)
    with pytest.raises(InvalidEventError, match="the dossier has 2 events"):
        machine.step(case, lawful(machine, case, "assigned"), judge=False)


@pytest.mark.parametrize("name", LOGS)
def test_a_log_of_an_earlier_release_is_loaded_and_folded_to_what_it_was(name: str) -> None:
    release, _, file = name.partition("/")
    was = json.loads((RELEASED / f"{release}.json").read_text(encoding="utf-8"))[file.removesuffix(".json")]
    log = dossier.load_log(RELEASED / name)
    case = dossier.machine(log.lifecycle).replay(log.events, judge=False)
    assert freeze(was) == freeze(
        {
            "state": case.state,
            "states": list(case.states),
            "phase": case.clock.phase.value,
            "portal": case.portal,
            "appointment": case.appointment.isoformat() if case.appointment else None,
            "stopped_at": case.clock.stopped_at.isoformat() if case.clock.stopped_at else None,
            "waits": [[s.start.isoformat(), s.end.isoformat() if s.end else None] for s in case.clock.waits],
            "axes": thaw(case.axes),
            "version": case.version,
        }
    )


SHIPPED = {"0.2.0": set(EDITIONS)}
"""The editions of each release; the logs of the two older ones were made before the table of Decree 118 was corrected as read."""


def test_every_edition_that_shipped_has_logs_of_its_release() -> None:
    assert {name.partition("/")[0] for name in LOGS} == set(SHIPPED)
    for release, shipped in SHIPPED.items():
        mine = [name for name in LOGS if name.startswith(f"{release}/")]
        assert {json.loads((RELEASED / name).read_text("utf-8"))["lifecycle"] for name in mine} == shipped
        expected = json.loads((RELEASED / f"{release}.json").read_text("utf-8"))
        assert set(expected) == {Path(name).name.removesuffix(".json") for name in mine}


def test_a_moment_later_is_still_the_same_history() -> None:
    machine = MACHINES[EDITIONS[1]]
    case = machine.step(opened(machine), Event("received", T0, key="k"))
    sent_again = attrs.evolve(case.events[1], at=T0 + timedelta(minutes=1))
    assert machine.step(case, sent_again, judge=False) is case
    assert machine.replay((*case.events, sent_again), judge=False) == case
