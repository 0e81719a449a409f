"""Every reading that open law allows: which moments a limit can come to, and what each of them rests on."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.deadlines.answers.deadline import due
from onestop_core.deadlines.terms.law import rules_on
from onestop_core.deadlines.terms.policies import STANDARD, EndOnDayOff, LateReceipt, Policies
from onestop_core.deadlines.terms.values import Certainty
from onestop_core.errors import InvalidValueError
from onestop_core.model import Basis
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop_core.deadlines.answers.deadline import Deadline
    from onestop_core.deadlines.hours.office_hours import WorkingHours
    from onestop_core.deadlines.terms.values import WorkingCalendar
    from onestop_core.model import TimeLimit
    from onestop_core.text import Language

__all__ = ["Ground", "Reading", "Readings", "Way", "readings"]

_RULES: Final = {
    EndOnDayOff.NEXT_WORKING_DAY: "end_on_day_off",
    EndOnDayOff.STRICT_CIVIL_CODE: "day_off_strictly",
    EndOnDayOff.NONE: "end_stays",
    LateReceipt.SAME_DAY_LIMITS: "late_same_day_only",
    LateReceipt.EVERY_LIMIT: "late_every_limit",
    LateReceipt.NO_LIMIT: "late_no_limit",
}
"""The rule of the table that says a policy in words, with its bases."""
_DAY: Final = timedelta(days=1)
_SATURDAY: Final = 5


@attrs.frozen(kw_only=True)
class Ground:
    """On what a reading rests: a policy, or a day that is only predicted."""

    code: str
    """The code of the policy, or of the kind of the day."""
    text: Text
    basis: tuple[Basis, ...]
    """With its firmness: what was not read as law says so."""
    day: date | None = None
    """The day that is predicted; None of a policy."""

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return ``code``, ``text``, ``basis`` (each with its firmness) and ``day`` in JSON types."""
        return {
            "code": self.code,
            "text": self.text.in_(language),
            "basis": [
                {"citation": basis.cite().in_(language), "firmness": basis.firmness.value} for basis in self.basis
            ],
            "day": None if self.day is None else self.day.isoformat(),
        }


@attrs.frozen(kw_only=True)
class Way:
    """One way to a moment: the policies, and what they rest on."""

    policies: Policies
    rests_on: tuple[Ground, ...]
    """Of the policies those that make a difference here."""


@attrs.frozen(kw_only=True)
class Reading:
    """A moment on which a result can be due, with every way that leads to it."""

    at: datetime
    certainty: Certainty
    ways: tuple[Way, ...]
    predicted: tuple[Ground, ...] = ()
    """The days off and made up on the way that nobody has announced yet: if they come otherwise, so does the moment."""

    @property
    def policies(self) -> tuple[Policies, ...]:
        """The policies that give this moment."""
        return tuple(way.policies for way in self.ways)

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return ``due_at``, ``certainty``, ``ways`` and ``predicted`` in JSON types."""
        return {
            "due_at": self.at.isoformat(),
            "certainty": self.certainty,
            "ways": [
                {
                    "end_on_day_off": way.policies.end_on_day_off.value,
                    "late_receipt": way.policies.late_receipt.value,
                    "rests_on": [ground.to_dict(language=language) for ground in way.rests_on],
                }
                for way in self.ways
            ],
            "predicted": [ground.to_dict(language=language) for ground in self.predicted],
        }


@attrs.frozen(kw_only=True)
class Readings:
    """All readings of one limit, the earliest first."""

    every: tuple[Reading, ...]

    def __attrs_post_init__(self) -> None:
        if not self.every:
            raise InvalidValueError.of("every", self.every, vi="ít nhất một cách hiểu", en="at least one reading")

    @property
    def earliest(self) -> Reading:
        """The reading that is safest to promise by."""
        return self.every[0]

    @property
    def latest(self) -> Reading:
        """The reading after which the result is late by every one."""
        return self.every[-1]

    @property
    def standard(self) -> Reading:
        """The reading of the standard policies."""
        return next(each for each in self.every if STANDARD in each.policies)

    @property
    def is_settled(self) -> bool:
        """Whether all readings come to the same moment, and no day on the way is only predicted."""
        return len(self.every) == 1 and self.earliest.certainty == "announced"

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return ``earliest``, ``latest``, ``standard`` (moments) and all ``readings`` in JSON types."""
        return {
            "earliest": self.earliest.at.isoformat(),
            "latest": self.latest.at.isoformat(),
            "standard": self.standard.at.isoformat(),
            "readings": [each.to_dict(language=language) for each in self.every],
        }


def readings(
    received_at: datetime,
    limit: TimeLimit,
    *,
    calendar: WorkingCalendar,
    hours: WorkingHours | None = None,
    pauses: Sequence[tuple[datetime, datetime | None]] = (),
) -> Readings:
    """Return every moment on which the result can be due as far as the law is open, by each of the policies.

    >>> from onestop_core import workdays
    >>> from onestop_core.model import TimeLimit
    >>> found = readings(datetime.fromisoformat("2026-04-10T16:30+07:00"), TimeLimit.parse("15 days"),
    ...     calendar=workdays.calendar("vn-civil"))
    >>> [str(each.at.date()) for each in found.every], str(found.standard.at.date())
    (['2026-04-25', '2026-04-27', '2026-04-28'], '2026-04-28')
    >>> [(ground.code, ground.basis[0].firmness.value) for ground in found.earliest.ways[0].rests_on]
    [('none', 'inferred'), ('same_day_limits', 'read')]

    Args:
        received_at: Aware moment of receipt.
        limit: How long the authority may take.
        calendar: Which days count.
        hours: Office hours of the agency.
        pauses: When the time stood still.

    Raises:
        InvalidValueError: as ``due``.
        CalendarCoverageError: the calendar does not reach far enough.
    """
    counted = {
        policies: due(
            received_at,
            limit,
            calendar=calendar,
            hours=hours,
            pauses=pauses,
            end_on_day_off=policies.end_on_day_off,
            late_receipt=policies.late_receipt,
        )
        for policies in (
            Policies(end_on_day_off=end, late_receipt=late) for end, late in product(EndOnDayOff, LateReceipt)
        )
    }
    ends = _makes_a_difference(counted, "late_receipt")
    late = _makes_a_difference(counted, "end_on_day_off")
    found: dict[datetime, list[tuple[Policies, Deadline]]] = {}
    for policies, deadline in counted.items():
        found.setdefault(deadline.at, []).append((policies, deadline))
    return Readings(every=tuple(_reading(found[at], ends=ends, late=late) for at in sorted(found)))


def _makes_a_difference(counted: dict[Policies, Deadline], other: str) -> bool:
    """Return whether policies that agree in *other* come to different moments."""
    moments: dict[str, set[datetime]] = {}
    for policies, deadline in counted.items():
        moments.setdefault(getattr(policies, other), set()).add(deadline.at)
    return any(len(each) > 1 for each in moments.values())


def _reading(same: list[tuple[Policies, Deadline]], *, ends: bool, late: bool) -> Reading:
    deadline = same[0][1]
    day = deadline.received_at.date()
    ways = tuple(
        Way(
            policies=policies,
            rests_on=tuple(
                _ground(choice, day)
                for choice, matters in ((policies.end_on_day_off, ends), (policies.late_receipt, late))
                if matters
            ),
        )
        for policies, _ in same
    )
    predicted = _predicted(deadline) if deadline.certainty == "predicted" else ()
    return Reading(at=deadline.at, certainty=deadline.certainty, ways=ways, predicted=predicted)


def _ground(choice: EndOnDayOff | LateReceipt, day: date) -> Ground:
    rule = rules_on(day).rules[_RULES[choice]]
    return Ground(code=choice.value, text=rule.text, basis=tuple(basis for basis in rule.basis if basis.in_force(day)))


def _predicted(deadline: Deadline) -> tuple[Ground, ...]:
    calendar = deadline.calendar
    first = max(deadline.received_at.date(), calendar.announced_until + _DAY)
    grounds: list[Ground] = []
    for number in range((deadline.day - first).days + 1):
        day = first + number * _DAY
        known = calendar.day(day)
        if known.is_workday is not (day.weekday() < _SATURDAY):
            basis = () if known.basis is None else (known.basis,)
            grounds.append(Ground(code=str(known.kind), text=known.name, basis=basis, day=day))
    return tuple(grounds)
