"""An event recorded by mistake is struck: both stay in the log, and the dossier goes on without it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import dossier
from onestop_core.dossier import Dossier, Effect, EffectKind, Event
from onestop_core.errors import GuardError, InvalidEventError, InvalidValueError, OnestopError

from .driving import DAY, EDITIONS, GENEROUS, HOUR, lawful, opened, story
from .test_portal import DETAILS

MACHINE = dossier.machine(EDITIONS[1])


def strike(case: Dossier, *names: int | str, judge: bool = True, **more: Any) -> Dossier:
    more = {"reason": "ghi nhầm hồ sơ", "at": case.events[-1].at + HOUR, **more}
    return MACHINE.step(case, Event("struck", event=names, **more), judge=judge)


def in_hand(*kinds: str) -> Dossier:
    return story(MACHINE, opened(MACHINE, policy=GENEROUS), "received", "assigned", *kinds)


def what_follows(case: Dossier) -> tuple[Any, ...]:
    return case.state, case.clock, case.origin, case.milestones, case.tasks, case.portal


def test_the_dossier_goes_on_without_it_and_both_stay_in_the_log() -> None:
    before = in_hand()
    case = strike(story(MACHINE, before, "approved"), 3, role="unit_leader")
    assert what_follows(case) == what_follows(before)
    assert case.states == (*before.states, before.state, before.state)
    assert (case.struck, case.version) == ((3,), 5)
    assert [event.kind for event in case.events][3:] == ["approved", "struck"]
    assert [event.kind for event, _ in case.standing] == ["created", "received", "assigned", "struck"]
    assert MACHINE.replay(case.events) == case == MACHINE.replay(case.events, judge=False)
    assert story(MACHINE, case, "approved").state == "approved"


def test_what_was_done_for_it_is_to_be_undone() -> None:
    before = in_hand()
    late = before.appointment
    assert late is not None
    asked = MACHINE.step(before, lawful(MACHINE, before, "extended"))
    case = strike(asked, 3)
    kinds = {effect.kind for effect in asked.effects}
    assert kinds == {EffectKind.ISSUE_FORM, EffectKind.NOTIFY, EffectKind.CHANGE_APPOINTMENT}
    (form,) = [effect.form for effect in asked.effects if effect.form]
    parties = [effect.party for effect in asked.effects if effect.party]
    assert case.effects == (
        Effect(kind=EffectKind.WITHDRAW_FORM, form=form),
        *(Effect(kind=EffectKind.RETRACT_NOTICE, party=party) for party in parties),
        Effect(kind=EffectKind.WITHDRAW_APPOINTMENT, due=asked.appointment),
        Effect(kind=EffectKind.CHANGE_APPOINTMENT, due=late),
        Effect(kind=EffectKind.TELL_PORTAL, portal=case.portal),
    )
    assert case.appointment == late


def test_a_condition_that_counts_does_not_count_what_was_struck() -> None:
    case = story(MACHINE, opened(MACHINE), "received", "assigned", "supplement_requested")
    with pytest.raises(OnestopError):
        story(MACHINE, story(MACHINE, case, "supplemented"), "supplement_requested")
    case = strike(case, 3)
    case = story(MACHINE, case, "supplement_requested", "supplemented")
    assert case.clock.count == 2
    assert "supplement_requested" not in MACHINE.allowed(case)


def test_papers_of_a_struck_event_were_not_handed_in() -> None:
    case = MACHINE.new(
        id="1", procedure="1", channel="in_person", at=opened(MACHINE).events[0].at, required_papers=("đơn",)
    )
    at = case.events[0].at
    case = MACHINE.step(case, Event("received", at, papers=("đơn",)))
    case = strike(case, 1)
    with pytest.raises(GuardError, match="papers_complete"):
        MACHINE.step(case, Event("received", case.events[-1].at))


def test_what_could_not_have_followed_is_named_and_struck_together() -> None:
    case = in_hand("supplement_requested", "supplemented")
    case = story(MACHINE, case, "approved")
    with pytest.raises(InvalidEventError) as caught:
        strike(case, 3)
    assert "number 4 supplemented" in caught.value.reason.en
    assert "approved" not in caught.value.reason.en
    assert "số 4 “" in caught.value.reason.vi
    both = strike(case, 3, 4)
    assert both.state == "approved"
    assert both.struck == (3, 4)
    assert both.clock.count == 1
    assert MACHINE.replay(both.events) == both == MACHINE.replay(both.events, judge=False)


def test_many_that_could_not_have_followed_are_counted() -> None:
    case = in_hand(*("supplement_requested", "supplemented") * 7)
    with pytest.raises(InvalidEventError, match=r"number 12 supplemented and 4 more"):
        strike(case, 2)


def test_a_key_names_an_event_too() -> None:
    case = in_hand()
    case = MACHINE.step(case, Event("approved", case.events[-1].at, key="desk-7"))
    assert strike(case, "desk-7").struck == (3,)


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((), "is missing"),
        ((0,), "the opening cannot be struck"),
        ((4,), "no event 4"),
        (("nowhere",), "no event 'nowhere'"),
    ],
)
@pytest.mark.parametrize("judge", [True, False])
def test_a_name_that_stands_for_nothing_is_refused(names: tuple[Any, ...], said: str, judge: bool) -> None:
    with pytest.raises(InvalidEventError, match=said):
        strike(in_hand("approved"), *names, judge=judge)


def test_what_fell_does_not_fall_again() -> None:
    case = strike(in_hand("approved"), 3)
    with pytest.raises(InvalidEventError, match="event 3 has been struck already"):
        strike(case, 3)


def test_a_striking_can_be_struck_and_what_it_struck_is_back() -> None:
    before = in_hand("approved")
    case = strike(strike(before, 3), 4)
    assert what_follows(case) == what_follows(before)
    assert case.struck == (4,)
    assert [effect.kind for effect in case.effects] == [
        *(effect.kind for effect in before.effects if effect.portal is None),
        EffectKind.TELL_PORTAL,
    ]
    assert MACHINE.replay(case.events) == case == MACHINE.replay(case.events, judge=False)


def test_only_who_answers_for_it_may_strike_and_says_why() -> None:
    case = in_hand("approved")
    with pytest.raises(GuardError) as caught:
        strike(case, 3, role="specialist")
    assert caught.value.guard == "role"
    with pytest.raises(InvalidEventError, match="reason is missing"):
        strike(case, 3, reason=None)
    with pytest.raises(InvalidEventError, match="before the last event"):
        strike(case, 3, at=case.events[0].at)
    with pytest.raises(InvalidEventError, match="strikes no other"):
        MACHINE.step(in_hand(), Event("approved", case.events[-1].at, event=2))


@pytest.mark.parametrize("edition", EDITIONS)
def test_who_may_strike_is_a_row_of_the_lifecycle(edition: str) -> None:
    table = dossier.machine(edition).lifecycle
    row = table.event("struck")
    assert row.roles == ("unit_leader", "authority_leader")
    assert row.needs_reason
    assert not table.bases[row.basis].firmness.is_law


def test_the_portal_is_told_anew() -> None:
    case = story(MACHINE, in_hand(), "portal_told", "supplement_requested", "portal_told")
    with pytest.raises(InvalidEventError, match="number 5 portal_told"):
        strike(case, 4)
    case = strike(case, 4, 5)
    assert case.axes["sync"] == "pending"
    assert case.effects[-1] == Effect(kind=EffectKind.TELL_PORTAL, portal=case.portal)
    case = story(MACHINE, case, "portal_told", "approved", "result_handed_over")
    assert MACHINE.replay(case.events) == case == MACHINE.replay(case.events, judge=False)
    again = strike(case, case.version - 1)
    assert MACHINE.replay(again.events) == again


def test_an_end_can_be_struck_too() -> None:
    case = in_hand("approved", "result_handed_over", "delivered")
    assert strike(case, 5).state == "result_at_desk"


def test_who_held_it_and_what_the_portal_reads_is_told_without_it() -> None:
    before = in_hand()
    case = MACHINE.step(before, Event("assigned", before.events[-1].at, to_actor="người khác", role="unit_leader"))
    assert dossier.holdings(case)[-1].actor == "người khác"
    case = strike(case, 3)
    assert all(row.actor != "người khác" for row in dossier.holdings(case))
    asked = strike(in_hand("supplement_requested"), 3)
    assert dossier.portal.sync_record(asked, DETAILS).supplements == ()
    assert dossier.portal.sync_record(strike(in_hand("refused"), 3), DETAILS).refused_at is None
    log = dossier.process_mining.to_ocel([asked])
    assert [event["type"] for event in log["events"]] == ["created", "received", "assigned", "struck"]
    assert "supplement_requested" not in dossier.process_mining.to_xes([asked])


@pytest.mark.parametrize(("bound", "most"), [("MAX_STRIKINGS", 1), ("MAX_FOLDED", 9)])
def test_strikings_are_bounded(monkeypatch: pytest.MonkeyPatch, bound: str, most: int) -> None:
    monkeypatch.setattr(f"onestop_core.dossier.stepping.striking.{bound}", most)
    case = strike(in_hand("approved"), 3)
    for judge in (True, False):
        with pytest.raises(InvalidEventError, match="of 5 events has 1 strikings already"):
            strike(case, 2, judge=judge)


@pytest.mark.parametrize("event", [-1, True, 1.5, None, (None,), 10**9, {"a": 1}, range(200), b"k", ("",)])
def test_a_reference_is_a_number_or_a_key(event: Any) -> None:
    with pytest.raises(InvalidEventError):
        Event("struck", opened(MACHINE).events[0].at, reason="x", event=event)


def test_a_reference_travels_as_json() -> None:
    event = Event("struck", opened(MACHINE).events[0].at, reason="x", event=(3, "k"))
    assert Event.from_dict(event.to_dict()) == event
    assert event.to_dict()["event"] == [3, "k"]


def test_numbers_of_struck_events_are_held_to_the_log() -> None:
    case = in_hand()
    fields = {field: getattr(case, field) for field in ("events", "states", "portal")}
    for numbers in ((0,), (3,), (2, 1), (1, 1), ("1",)):
        with pytest.raises(InvalidValueError):
            Dossier(**fields, struck=numbers)  # type: ignore[arg-type]


@st.composite
def with_strikings(draw: st.DrawFn) -> Dossier:
    case = opened(MACHINE, draw(st.sampled_from(["in_person", "online", "post"])), GENEROUS)
    for _ in range(draw(st.integers(0, 16))):
        kinds = [kind for axis in (None, *case.axes) for kind in MACHINE.allowed(case, axis=axis)]
        event = lawful(MACHINE, case, draw(st.sampled_from([*kinds, "struck", "struck"])))
        if event.kind == "struck":
            numbers = draw(st.sets(st.integers(1, max(1, case.version - 1)), min_size=1, max_size=2))
            event = Event("struck", event.at, reason="x", event=sorted(numbers))
        try:
            case = MACHINE.step(case, event)
        except OnestopError:
            continue
    return case


@given(with_strikings())
def test_what_stands_leads_to_the_same_dossier(case: Dossier) -> None:
    standing = [event for event, _ in case.standing if event.kind != "struck"]
    assert what_follows(MACHINE.replay(standing, judge=False)) == what_follows(case)
    assert MACHINE.replay(case.events) == case == MACHINE.replay(case.events, judge=False)
    assert dossier.replay(dossier.dump_log(case)) == case


def test_what_cannot_come_back_is_not_said_to_be_struck_with_its_striking() -> None:
    case = in_hand("stopped", "archived")
    stop = next(number for number, event in enumerate(case.events) if event.kind == "stopped")
    case = strike(strike(case, stop + 1), stop)  # first the archiving is struck, then the stop
    with pytest.raises(InvalidEventError, match=f"number {stop + 1} archived cannot come back"):
        strike(case, stop + 2)  # the first striking
    assert strike(case, stop + 2, stop + 3).state == "stopped"  # both strikings: all as it was


@given(with_strikings(), st.integers(1, 16))
def test_a_refused_striking_names_what_makes_it_possible(case: Dossier, number: int) -> None:
    try:
        strike(case, number, at=case.events[-1].at + DAY)
    except InvalidEventError as error:
        named = [int(word) for word in error.reason.en.replace("number", "").split() if word.isdecimal()]
        if "could not have happened" in error.reason.en and "more" not in error.reason.en:
            assert strike(case, number, *named).struck
