"""Random lawful and unlawful histories: the machine against the slow second reading of the same tables."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from onestop_core import dossier
from onestop_core.dossier import Event, Policy
from onestop_core.dossier.events import FilingScope
from onestop_core.dossier.lifecycle import ContentChangeClock, FeeStep, SupplementClock
from onestop_core.errors import GuardError, InvalidEventError, OnestopError, TransitionNotAllowedError, UnknownCodeError
from onestop_core.model import Channel

from .driving import EDITIONS, T0
from .second_reading import Reading

READINGS = {edition: Reading(edition.partition("@")[2]) for edition in EDITIONS}
KINDS = [event["code"] for event in READINGS[EDITIONS[2]].table["events"]]
ROLES = [None, None, None, *READINGS[EDITIONS[2]].table["roles"]]
EVENTS = READINGS[EDITIONS[2]].table["events"]
TASKS = {event["code"] for event in EVENTS if "task" in event}
APPOINTING = {event["code"] for event in EVENTS if event.get("due", "never") != "never"}
ASKING = {"supplemented", "received"}
hours = st.integers(-1, 60)
extras = st.tuples(
    st.sampled_from([None, None, "H26", "H26.01"]),
    st.sampled_from([(), ("đơn",), ("đơn", "bản đồ"), ("giấy lạ",)]),
    st.sampled_from([None, None, "1", "2"]),
)


def what(error: OnestopError) -> str:
    if isinstance(error, GuardError):
        return error.guard
    if isinstance(error, UnknownCodeError):
        return "unknown"
    return "transition" if isinstance(error, TransitionNotAllowedError) else "invalid"


ABOUT_THE_EVENT = {
    guard["code"]
    for guard in READINGS[EDITIONS[2]].table["guards"]
    if guard["condition"] not in {"max_count", "permitted", "axis", "appointed", "work_joined", "channel", "never"}
}


class Histories(RuleBasedStateMachine):
    @initialize(
        edition=st.sampled_from(EDITIONS),
        channel=st.sampled_from(Channel),
        policy=st.builds(
            Policy,
            max_intake_supplements=st.sampled_from([None, 0, 2]),
            max_supplements=st.sampled_from([None, 0, 2]),
            max_supplements_total=st.sampled_from([None, None, 1, 2]),
            closing_days=st.sampled_from([None, 0, 2]),
            content_change_clock=st.sampled_from([None, *ContentChangeClock]),
            through_the_desk=st.sampled_from([None, False]),
            max_suspensions=st.sampled_from([None, 1]),
            max_extensions=st.sampled_from([None, 0, 2]),
            extension_notice_days=st.sampled_from([None, 0, 3]),
            supplement_clock=st.sampled_from([None, *SupplementClock]),
            decide_at_desk=st.sampled_from([None, True, False]),
            silence_is_consent=st.sampled_from([None, True]),
            refuse_late=st.sampled_from([None, True]),
            fee_before=st.sampled_from([None, *FeeStep]),
        ),
        competent=st.sampled_from([None, "H26.01"]),
        required=st.sampled_from([(), ("đơn",)]),
        published=st.sampled_from([(), ("bản đồ",)]),
        held=st.sampled_from([(), ("đơn",)]),
        reach=st.sampled_from([FilingScope.NONE, *FilingScope]),
    )
    def open(
        self,
        edition: str,
        channel: Channel,
        policy: Policy,
        competent: str | None,
        required: tuple[str, ...],
        published: tuple[str, ...],
        held: tuple[str, ...],
        reach: FilingScope,
    ) -> None:
        self.machine = dossier.machine(edition)
        self.reading = READINGS[edition]
        self.case = self.machine.new(
            id="1",
            procedure="1.004222",
            channel=channel if channel in self.machine.lifecycle.initial else Channel.ONLINE,
            at=T0,
            policy=policy,
            receiving_unit="H26",
            competent_unit=competent,
            required_papers=required,
            published_papers=published,
            database_papers=held,
            non_territorial=reach,
        )

    def send(
        self,
        kind: str,
        after: int,
        role: str | None,
        reason: str | None,
        due: int | None,
        extra: tuple[str | None, tuple[str, ...], str | None] = (None, (), None),
        more: tuple[str | None, str | None] = (None, None),
    ) -> None:
        at = self.case.events[-1].at + timedelta(hours=after)
        due_at = None if due is None else at + timedelta(hours=due)
        unit, papers, task = extra
        to_unit, code = more
        event = Event(
            kind=kind,
            at=at,
            role=role,
            unit=unit,
            papers=papers,
            reason=reason,
            due=due_at,
            task=task,
            to_unit=to_unit,
            reason_code=code,
        )
        expected = self.reading.refusal(self.case.events, event)
        before = self.case
        try:
            self.case = self.machine.step(before, event)
        except (TransitionNotAllowedError, InvalidEventError, UnknownCodeError) as error:
            refusal: str | None = what(error)
        else:
            refusal = None
            assert self.case.events == (*before.events, event)
        assert refusal == expected

    @rule(
        kind=st.sampled_from(KINDS),
        after=hours,
        role=st.sampled_from(ROLES),
        reason=st.sampled_from([None, "lý do"]),
        due=st.none() | st.integers(-1, 400),
        extra=extras,
        more=st.tuples(
            st.sampled_from([None, "H26", "H26.01"]), st.sampled_from([None, None, "verification", "data_wrong"])
        ),
    )
    def anything(
        self,
        kind: str,
        after: int,
        role: str | None,
        reason: str | None,
        due: int | None,
        extra: tuple[str | None, tuple[str, ...], str | None],
        more: tuple[str | None, str | None],
    ) -> None:
        known = kind in {event["code"] for event in self.reading.table["events"]}
        if known:
            self.send(kind, after, role, reason, due, extra, more)

    @rule(data=st.data(), after=st.integers(0, 60), due=st.none() | st.integers(0, 400))
    def something_allowed(self, data: st.DataObject, after: int, due: int | None) -> None:
        axis = data.draw(st.sampled_from([None, None, None, *self.case.axes]))
        allowed = self.machine.allowed(self.case, axis=axis)
        if allowed:
            kind = data.draw(st.sampled_from(allowed))
            task = data.draw(st.sampled_from(["1", "2"])) if kind in TASKS else None
            due = due if kind in APPOINTING else None
            extra = (None, ("đơn",) if kind in ASKING else (), task)
            self.send(kind, after, None, "lý do", due, extra, ("H26.01" if kind == "rerouted" else None, None))

    @invariant()
    def the_readings_agree(self) -> None:
        assert list(self.case.states) == self.reading.states(self.case.events)
        assert self.case.clock.phase == self.reading.clock(self.case.events)
        assert dossier.portal_status(self.case) == self.reading.portal(self.case.state)
        assert self.case.axes == self.reading.axes(self.case.events)

    @invariant()
    def replay_is_stepping(self) -> None:
        assert self.machine.replay(self.case.events) == self.case

    @invariant()
    def what_is_allowed_is_never_refused_by_count_or_permission(self) -> None:
        allowed = {kind for axis in (None, *self.case.axes) for kind in self.machine.allowed(self.case, axis=axis)}
        for kind in (event["code"] for event in self.reading.table["events"]):
            task = "3" if kind == "linked_handed_over" else None
            event = Event(kind=kind, at=self.case.events[-1].at, reason="lý do", task=task)
            refusal = self.reading.refusal(self.case.events, event)
            assert refusal in {None, "invalid", *ABOUT_THE_EVENT} or kind not in allowed
            assert kind in allowed or refusal is not None

    @invariant()
    def what_goes_on_beside_the_state_never_moves_it(self) -> None:
        moving = {row["event"] for row in self.reading.table["transitions"]}
        for before, after, event in zip(self.case.states, self.case.states[1:], self.case.events[1:], strict=False):
            assert before == after or event.kind in moving

    @invariant()
    def somebody_has_it_in_hand_until_it_ends(self) -> None:
        rows = dossier.holdings(self.case)
        assert rows[0].since == self.case.events[0].at
        assert all(left.until == right.since for left, right in pairwise(rows))
        assert (rows[-1].until is None) is not self.machine.lifecycle.state(self.case.state).terminal

    @invariant()
    def the_spans_partition_the_time_of_the_clock(self) -> None:
        clock = self.case.clock
        if clock.spans:
            assert clock.spans[0].start == next(
                event.at
                for event, act in zip(self.case.events, self.reading.acts(self.case.events), strict=True)
                if act == "start"
            )
            assert clock.spans[-1].end == clock.stopped_at
        for left, right in zip(clock.spans, clock.spans[1:], strict=False):
            assert left.end == right.start
        for span in clock.spans:
            assert span.end is None or span.start <= span.end
        for start, end in clock.pauses:
            assert clock.counted_from is not None
            assert clock.counted_from <= start
            assert end is None or end <= (clock.stopped_at or self.case.events[-1].at)

    @invariant()
    def the_appointments_are_a_chain(self) -> None:
        changes = self.case.appointments
        assert [change.old for change in changes] == [None, *(change.new for change in changes)][: len(changes)]


TestHistories = Histories.TestCase
TestHistories.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)


def test_errors_are_values_that_travel() -> None:
    machine = dossier.machine(EDITIONS[0])
    case = machine.new(id="1", procedure="1.004222", channel="online", at=T0)
    with pytest.raises(OnestopError) as error:
        machine.step(case, Event(kind="delivered", at=T0))
    assert error.value.to_dict()["allowed"] == list(machine.allowed(case))
