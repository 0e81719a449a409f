"""A law as a value, and a log followed under one."""

from __future__ import annotations

from datetime import date, datetime
from fractions import Fraction
from typing import Any

import attrs
import pytest

from onestop_core import catalogue, deadlines, dossier, kpi, lab, workdays
from onestop_core.errors import InvalidEventError, InvalidValueError, NotInForceError, UnknownCodeError
from onestop_core.lab import BreachKind
from onestop_core.model import TimeLimit


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00")


def log(lifecycle: str = "vn@decree-118-2025", *events: dossier.Event, **opening: Any) -> tuple[dossier.Event, ...]:
    fields = {"id": "1", "procedure": "1.004873", "channel": "in_person", "at": at("2026-03-02T08:15"), **opening}
    return (*dossier.machine(lifecycle).new(**fields).events, *events)


RECEIVED = dossier.event("received", at("2026-03-02T08:20"), role="receiving_officer")
ASSIGNED = dossier.event("assigned", at("2026-03-02T09:00"), role="unit_leader")


def test_what_is_left_out_is_the_law_of_today() -> None:
    made = lab.law()
    assert made.calendar == workdays.calendar()
    assert made.index == kpi.index(kpi.DEFAULT_INDEX)
    assert made.limits.of("1.004873") is None
    assert made.lifecycle is None
    assert made.differs(lab.law()) == ()
    assert made == lab.law()
    assert repr(lab.law(name="x")) == "<Law x>"


def test_limits_come_in_every_shape() -> None:
    three = TimeLimit.parse("3 working days")
    assert lab.law(limits="3 working days").limits == lab.law(limits=three).limits == lab.Limits(otherwise=three)
    named = lab.law(limits={"1": "3 working days", "2": three}).limits
    assert (named.of("1"), named.of("2"), named.of("3")) == (three, three, None)
    shipped = lab.law(limits=catalogue.shipped()).limits
    assert shipped.of("1.004873") == three
    two_cases = next(each for each in catalogue.shipped().procedures if each.code == "2.000815")
    assert len({limit.time for channel in two_cases.channels for limit in channel.limits}) != 1
    assert shipped.of("2.000815") is None
    assert lab.law(limits=shipped).limits is shipped


def test_a_limit_is_cut_and_never_by_more_than_was_said() -> None:
    def cut(text: str, share: Any) -> str:
        return str(lab.law(limits=text).limits.cut(share).otherwise)

    assert [cut(f"{days} working days", Fraction(1, 3)) for days in (3, 4, 7, 30)] == [
        "2 working days", "3 working days", "5 working days", "20 working days",
    ]  # fmt: skip
    assert cut("1 working day + 8 hours", Fraction(1, 2)) == "1 working day + 4 hours"
    assert cut("within the day", Fraction(1, 2)) == "within the day"
    assert cut("2 months", 1) == "1 month"
    assert cut("2 months", 0) == "2 months"
    assert lab.Limits().cut(Fraction(1, 2)) == lab.Limits()
    for wrong in (0.5, Fraction(3, 2), -1, True, "1/3"):
        with pytest.raises(InvalidValueError, match="share"):
            cut("3 working days", wrong)


def test_any_part_is_exchanged() -> None:
    ours = lab.law(limits="3 working days")
    table = dossier.machine("vn@decree-118-2025").lifecycle
    own = attrs.evolve(table, id="vn@ours")
    parts: dict[str, Any] = {
        "calendar": workdays.calendar("vn-civil", as_of=date(2025, 12, 24)),
        "lifecycle": own,
        "limits": "2 working days",
        "policies": deadlines.Policies(late_receipt="every_limit"),
        "policy": dossier.Policy(max_supplements=2),
        "hours": deadlines.office_hours(),
    }
    for name, value in parts.items():
        assert [part.value for part in ours.differs(ours.but(**{name: value}))] == [name]
    assert {part.value for part in lab.LawPart} == parts.keys()
    assert all(part.text.vi and part.text.en for part in lab.LawPart)
    assert ours.but(lifecycle=own).machine(log()[0]).id == "vn@ours"
    assert ours.but(index="vn-766@decision-2022").index.id == "vn-766@decision-2022"
    assert ours.but(index=kpi.index("vn-766@decision-2022")) == ours.but(index="vn-766@decision-2022")


def test_the_machine_is_that_of_the_log_or_of_the_day_or_of_the_law() -> None:
    created = log("vn@decree-61-2018")[0]
    assert lab.law().machine(created).id == "vn@decree-61-2018"
    assert lab.law(lifecycle="vn").machine(created).id == "vn@decree-118-2025"
    assert lab.law(lifecycle="vn@decree-118-2025-amended-309-2026").machine(created).id.endswith("309-2026")
    with pytest.raises(InvalidValueError, match="opens a dossier"):
        lab.law().machine(RECEIVED)
    early = log(at=at("2010-03-02T08:15"))[0]
    with pytest.raises(NotInForceError):
        lab.law(lifecycle="vn").machine(early)


@pytest.mark.parametrize(
    ("part", "value", "error"),
    [
        ("calendar", "vn-civil", InvalidValueError),
        ("lifecycle", "vn@nothing", UnknownCodeError),
        ("lifecycle", "vn-other", InvalidValueError),
        ("lifecycle", 5, InvalidValueError),
        ("limits", "soon", InvalidValueError),
        ("limits", {"1": "soon"}, InvalidValueError),
        ("limits", 5, InvalidValueError),
        ("index", "vn-767", UnknownCodeError),
        ("policies", 1, InvalidValueError),
    ],
)
def test_what_is_no_law_is_refused(part: str, value: Any, error: type[Exception]) -> None:
    with pytest.raises(error):
        lab.law(**{part: value})


def test_a_law_has_no_other_parts() -> None:
    with pytest.raises(InvalidValueError, match="calendar"):
        lab.law().but(calender=workdays.calendar())  # type: ignore[call-arg]


def test_a_course_goes_on_after_what_is_refused() -> None:
    events = log(
        "vn@decree-118-2025",
        RECEIVED,
        attrs.evolve(ASSIGNED, role="specialist"),
        dossier.event("supplement_requested", at("2026-03-02T10:00")),
        dossier.event("supplemented", at("2026-03-03T10:00")),
        dossier.event("supplement_requested", at("2026-03-03T11:00"), reason="x"),
        dossier.event("supplemented", at("2026-03-04T10:00")),
        dossier.event("nonsense", at("2026-03-04T10:00")),
        dossier.event("approved", at("2026-03-04T11:00"), role="authority_leader"),
    )
    machine = dossier.machine("vn@decree-118-2025")
    course = lab.follow(events, machine)
    assert [(each.number, each.kind.value, each.rule, each.followed) for each in course.breaches] == [
        (2, "role", "role", True),
        (3, "unsaid", "invalid-event", True),
        (5, "not_allowed", "one_supplement_after_appraisal", True),
        (7, "unknown", "unknown-code", False),
    ]
    assert course.dossier is not None
    assert (course.dossier.state, course.holds) == ("approved", False)
    assert all(each.kind.text.vi and each.basis.en and each.reason.vi for each in course.breaches)
    told = course.breaches[0].to_dict(language="vi")
    assert (told["number"], told["kind"], told["state"]) == (2, "role", "received")
    assert course.breaches[3].name.en == "nonsense"
    assert lab.follow(events[:3], machine).holds
    assert lab.follow((*events[:2], *events[7:8]), machine).holds


def test_what_cannot_be_followed_has_consequences_that_are_marked() -> None:
    events = log(
        "vn@decree-118-2025",
        RECEIVED,
        dossier.event("delivered", at("2026-03-02T09:00")),
        dossier.event("archived", at("2026-03-02T10:00")),
        dossier.event("assigned", at("2026-03-02T11:00"), role="clerk"),
    )
    breaches = lab.follow(events, dossier.machine("vn@decree-118-2025")).breaches
    assert [(each.event, each.followed, each.consequence) for each in breaches] == [
        ("delivered", False, False),
        ("archived", True, True),
        ("assigned", True, False),
    ]
    assert breaches[0].reason.en == "not taken in the state “Received”"


def test_an_unknown_way_of_filing_opens_nothing() -> None:
    events = log("vn@decree-118-2025-amended-309-2026", RECEIVED, channel="kiosk")
    course = lab.follow(events, dossier.machine("vn@decree-61-2018"))
    assert (course.dossier, course.holds) == (None, False)
    [breach] = course.breaches
    assert (breach.number, breach.kind, breach.state, breach.name.en) == (
        0,
        BreachKind.UNKNOWN,
        None,
        "File the dossier",
    )


def test_what_was_sent_again_counts_once_and_a_foreign_step_has_its_own_name() -> None:
    received = attrs.evolve(RECEIVED, key="k")
    guided = dossier.event("guided", at("2026-03-02T08:16"))
    events = log("vn@decree-118-2025", guided, received, attrs.evolve(received, at=at("2026-03-02T08:30")), ASSIGNED)
    course = lab.follow(events, dossier.machine("vn@decree-61-2018"))
    assert [(each.number, each.name.en) for each in course.breaches] == [(1, "Guide the applicant")]
    assert course.dossier is not None
    assert course.dossier.state == "processing"
    assert events[0].opening is not None
    own = attrs.evolve(events[0], opening=attrs.evolve(events[0].opening, lifecycle="vn@elsewhere"))
    [breach] = lab.follow((own, guided), dossier.machine("vn@decree-61-2018")).breaches
    assert breach.name.en == "guided"


def test_what_was_struck_is_no_breach_and_numbers_follow_what_was_left_out() -> None:
    machine = dossier.machine("vn@decree-118-2025")
    wrong = dossier.event("approved", at("2026-03-02T10:00"), role="specialist")
    strike = dossier.event("struck", at("2026-03-02T11:00"), event=4, reason="nhầm", role="unit_leader")
    nonsense = dossier.event("nonsense", at("2026-03-02T09:30"))
    course = lab.follow(log("vn@decree-118-2025", RECEIVED, ASSIGNED, nonsense, wrong, strike), machine)
    assert [each.event for each in course.breaches] == ["nonsense"]
    assert course.dossier is not None
    assert (course.dossier.state, course.dossier.struck) == ("processing", (3,))
    keyed = attrs.evolve(strike, event=("a",))
    again = lab.follow(
        log("vn@decree-118-2025", RECEIVED, ASSIGNED, nonsense, attrs.evolve(wrong, key="a"), keyed), machine
    )
    assert again.dossier is not None
    assert again.dossier.struck == (3,)
    both = attrs.evolve(strike, event=(4, "b"))
    named = attrs.evolve(wrong, key="b", at=at("2026-03-02T10:30"), kind="result_handed_over")
    mixed = lab.follow(log("vn@decree-118-2025", RECEIVED, ASSIGNED, nonsense, wrong, named, both), machine)
    assert mixed.dossier is not None
    assert mixed.dossier.struck == (3, 4)


def test_a_law_takes_the_place_of_a_procedures_own_rules_where_it_says_something() -> None:
    own = dossier.Policy(max_supplements=1, max_extensions=2)
    events = log("vn@decree-118-2025", RECEIVED, policy=own)
    machine = dossier.machine("vn@decree-118-2025")
    course = lab.follow(events, machine, policy=dossier.Policy(max_supplements=3))
    assert course.dossier is not None
    assert course.dossier.policy == attrs.evolve(own, max_supplements=3)
    assert lab.follow(events, machine).dossier == machine.replay(events)


def test_no_log_is_followed_nowhere() -> None:
    machine = dossier.machine("vn@decree-118-2025")
    for wrong in ((), (RECEIVED,)):
        with pytest.raises(InvalidEventError):
            lab.follow(wrong, machine)
