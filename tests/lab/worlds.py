"""Small random worlds: dossiers that took lawful and unlawful steps, and two laws that differ in something. A number gives a world."""

from __future__ import annotations

import random
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Any

import attrs

from onestop_core import deadlines, dossier, lab, workdays
from onestop_core.dossier import Dossier, Event, Machine, Policy
from onestop_core.errors import OnestopError
from onestop_core.lab import Law
from tests.deadlines.slow import SlowCalendar
from tests.lab.tables import broken, without_guard

EDITIONS = ("vn@decree-61-2018", "vn@decree-118-2025", "vn@decree-118-2025-amended-309-2026")
EDITED = broken(without_guard("one_supplement_after_appraisal"), table="vn/lifecycle/decree-118-2025").lifecycle
BEGINNINGS = ("2025-06-23T07:30+07:00", "2025-12-18T08:00+07:00", "2026-02-09T14:00+07:00", "2026-07-30T07:30+07:00")
HOURS = deadlines.office_hours()
OTHER_HOURS = deadlines.WorkingHours.parse("07:30-11:30, 13:30-17:00")
PROCEDURES = ("1.004873", "1.004222", "1.001456")
FIELDS = {"1.004873": "A", "1.004222": "B"}
UNITS = ("H99.12", "H99.15", "H99.21")
LIMITS = (
    *("1 working day", "2 working days", "5 working days", "8 working days", "4 working hours", "20 working hours"),
    *("24 hours", "60 hours", "3 days", "10 days", "2 weeks", "1 month", "within the day", "immediately"),
    *("2 working days + 3 days", "1 working day + 4 working hours", "5 days + 6 hours"),
)
HALF_HOUR = timedelta(minutes=30)
FIRST: tuple[str, ...] = ("received", "assigned", "arrived")
OFTEN: tuple[str, ...] = (
    *("supplement_requested", "supplemented", "suspended", "resumed", "extended", "approved"),
    *("financial_obligation_set", "financial_obligation_met"),
)


@attrs.frozen(kw_only=True)
class World:
    """Dossiers, two laws, and when they are looked at."""

    cases: tuple[Dossier, ...]
    under: Law
    against: Law
    now: datetime | None


def world(number: int, size: int = 4) -> World:
    """Return the world of that *number*."""
    rng = random.Random(number)
    begin = datetime.fromisoformat(rng.choice(BEGINNINGS))
    cases = tuple(case_of(rng, begin, place) for place in range(size))
    against = lab.law(name="one", **{part: choose(rng, begin.date()) for part, choose in PARTS.items()})
    differing = rng.sample(sorted(PARTS), rng.choice((1, 1, 2, 3)))
    under = against.but(name="other", **{part: PARTS[part](rng, begin.date()) for part in differing})
    last = max(case.events[-1].at for case in cases)
    now = None if rng.random() < 0.4 else last + HALF_HOUR * rng.choice((0, 1, 30, 100, 300))
    return World(cases=cases, under=under, against=against, now=now)


def calendar_of(rng: random.Random, near: date) -> Any:
    """Return a calendar as it was known on some day, or one of nobody's with days off and days worked at random."""
    if rng.random() < 0.5:
        return workdays.calendar(
            "vn-civil", as_of=rng.choice((date(2025, 12, 24), date(2025, 12, 25), date(2026, 9, 1)))
        )
    days = [near + timedelta(days=number) for number in range(80)]
    off = {day: "swap_off" for day in rng.sample(days, 8) if day.weekday() < 5}
    return SlowCalendar(off=off, made_up={day: None for day in rng.sample(days, 5) if day.weekday() == 5})


def lifecycle_of(rng: random.Random, _: date) -> Any:
    return rng.choice((None, None, "vn", *EDITIONS, EDITED))


def limits_of(rng: random.Random, _: date) -> Any:
    limits = {code: rng.choice(LIMITS) for code in PROCEDURES if rng.random() < 0.93}
    made = lab.law(limits=limits).limits
    return made.cut(Fraction(1, 3)) if rng.random() < 0.2 else made


def policies_of(rng: random.Random, _: date) -> Any:
    return deadlines.Policies(
        end_on_day_off=rng.choice(("next_working_day", "strict_civil_code", "none")),
        late_receipt=rng.choice(("same_day_limits", "every_limit", "no_limit")),
    )


def policy_of(rng: random.Random, _: date) -> Any:
    return Policy(
        max_supplements=rng.choice((None, None, 0, 2)),
        supplement_clock=rng.choice((None, "restart", "pause")),
        max_extensions=rng.choice((None, None, 0, 3)),
        extension_notice_days=rng.choice((None, 0)),
    )


def hours_of(rng: random.Random, _: date) -> Any:
    return rng.choice((None, None, HOURS, OTHER_HOURS))


PARTS: dict[str, Any] = {
    "calendar": calendar_of,
    "lifecycle": lifecycle_of,
    "limits": limits_of,
    "policies": policies_of,
    "policy": policy_of,
    "hours": hours_of,
}


def case_of(rng: random.Random, begin: datetime, place: int) -> Dossier:
    """Return a dossier that took some steps, most of them lawful and toward its end."""
    machine = dossier.machine(rng.choice(EDITIONS))
    unit = rng.choice(UNITS)
    case = machine.new(
        id=f"{unit}-{place}",
        procedure=rng.choice(PROCEDURES),
        channel=rng.choice(tuple(machine.lifecycle.initial)),
        at=begin + HALF_HOUR * rng.randrange(400),
        receiving_unit=rng.choice((None, unit)),
        competent_unit=rng.choice((None, None, unit)),
        other_level=rng.random() < 0.15,
        policy=policy_of(rng, begin.date()) if rng.random() < 0.3 else Policy(),
    )
    for _ in range(rng.randrange(14)):
        case = stepped(rng, machine, case)
    return case


def stepped(rng: random.Random, machine: Machine, case: Dossier) -> Dossier:
    """Return *case* one step on, or as it was where the step that was drawn cannot even be written down."""
    kinds = tuple(machine.allowed(case))
    if rng.random() < 0.1 or not kinds:
        kinds = tuple(event.code for event in machine.lifecycle.events)
    done = {event.kind for event in case.events}
    first = [kind for kind in FIRST if kind in kinds and kind not in done]
    likely = first or [kind for kind in OFTEN if kind in kinds]
    rule = machine.lifecycle.event(rng.choice(likely if likely and rng.random() < 0.75 else kinds))
    at = case.events[-1].at + HALF_HOUR * rng.choice((0, 1, 3, 16, 48, rng.randrange(400)))
    wants = rule.due == "required" or (rule.due == "optional" and rng.random() < 0.3)
    linked = rule.code.startswith("linked")
    roles = rule.roles if rng.random() < 0.95 else tuple(machine.lifecycle.roles)
    event = Event(
        kind=rule.code,
        at=at,
        role=rng.choice((*roles, None)),
        unit=rng.choice((None, *UNITS)),
        reason="vì",
        due=at + HALF_HOUR * rng.randrange(1, 900) if wants else None,
        task="1" if linked else None,
        event=(rng.randrange(1, case.version + 1),) if rule.code == "struck" else (),
    )
    try:
        return machine.step(case, event)
    except OnestopError:
        pass
    try:
        return machine.step(case, event, judge=False) if rng.random() < 0.3 else case
    except OnestopError:
        return case
