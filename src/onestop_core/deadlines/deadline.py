"""A due moment, and :func:`due`, which counts it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.deadlines.counting import Pause, Setting, count_limit, merged
from onestop_core.deadlines.explain import explain_steps
from onestop_core.deadlines.office_hours import WorkingHours, office_hours
from onestop_core.deadlines.picture import draw
from onestop_core.deadlines.values import (
    END_OF_DAY,
    STANDARD,
    Certainty,
    EndOnDayOff,
    LateReceipt,
    Measure,
    Policies,
    Status,
    StatusCode,
    Step,
    WorkingCalendar,
    code_of,
)
from onestop_core.errors import InvalidValueError
from onestop_core.model import HO_CHI_MINH, LimitUnit, TimeLimit, aware

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop_core.text import Language

__all__ = ["Deadline", "due"]

_NEXT: Final = EndOnDayOff.NEXT_WORKING_DAY
_SAME: Final = LateReceipt.SAME_DAY_LIMITS
_HOUR: Final = timedelta(hours=1)


@attrs.frozen
class Deadline:
    """When a result is due, with all that the date was counted from. Made by :func:`due`."""

    at: datetime
    """The due moment, always on the due day: the close of its last session where ``hours`` are given, else
    its last second. While a pause is open it is provisional: the earliest it can be."""
    received_at: datetime
    """The receipt, in Vietnamese civil time."""
    limit: TimeLimit
    calendar: WorkingCalendar = attrs.field(repr=False)
    hours: WorkingHours | None = attrs.field(default=None, repr=False)
    pauses: tuple[Pause, ...] = ()
    """In order, those that touched merged."""
    policies: Policies = STANDARD
    steps: tuple[Step, ...] = attrs.field(default=(), repr=False)
    """The explanation, if it was asked for."""

    @property
    def day(self) -> date:
        """The due day."""
        return self.at.date()

    @property
    def certainty(self) -> Certainty:
        """``announced``, or ``predicted`` when a day on the way to it is not officially announced yet."""
        return "announced" if self.at.date() <= self.calendar.announced_until else "predicted"

    def explained(self) -> Deadline:
        """Return the same deadline with its :attr:`steps`."""
        return self if self.steps else attrs.evolve(self, steps=self._explain())

    def _explain(self) -> tuple[Step, ...]:
        setting = Setting(calendar=self.calendar, hours=self.hours, policies=self.policies)
        return explain_steps(count_limit(self.received_at, self.limit, setting, self.pauses), setting)

    def status(self, *, now: datetime) -> Status:
        """Return how the case stands at the moment *now*, if it is not finished by then.

        What is left or overdue is in working hours where the limit is, else in working days: those after
        today up to the due day, without days of waiting; overdue, those after the due day up to today.

        >>> from onestop_core import workdays
        >>> deadline = due(datetime.fromisoformat("2026-02-12T09:30+07:00"), TimeLimit.parse("5 working days"),
        ...     calendar=workdays.calendar("vn-civil"))
        >>> deadline.status(now=datetime.fromisoformat("2026-03-02T08:00+07:00")).text.en
        'overdue by 2 working days'

        Raises:
            InvalidValueError: *now* is naive.
        """
        moment = aware(now, "now")
        if moment < self.received_at:
            return Status(code=StatusCode.NOT_STARTED, measure=self.left(at=self.received_at))
        # A pause that began after the limit had passed does not heal the delay.
        if any(first <= min(moment, self.at) and (last is None or moment < last) for first, last in self.pauses):
            return Status(code=StatusCode.PAUSED, measure=self.left(at=moment))
        if moment > self.at:
            return Status(code=StatusCode.OVERDUE, measure=self._passed(moment))
        code = StatusCode.DUE_TODAY if moment.date() == self.at.date() else StatusCode.RUNNING
        return Status(code=code, measure=self.left(at=moment))

    @property
    def _office(self) -> WorkingHours | None:
        """The hours in which the last step of the limit runs, if it does."""
        step = self.limit.steps[-1]
        in_hours = step.unit is LimitUnit.WORKING_HOURS or step.amount.denominator != 1
        return (self.hours or office_hours()) if in_hours else None

    def left(self, *, at: datetime) -> Measure:
        """Return the working time left at the moment *at*, days of waiting not counted; nothing after the limit.

        Raises:
            InvalidValueError: *at* is naive.
        """
        moment = aware(at, "at")
        # In an open pause what is left is what was left when it began.
        start = next(
            (max(first, self.received_at) for first, last in self.pauses if last is None and first <= moment), moment
        )
        # What an open pause will cost is not known, and not in the date either.
        return self._between(max(start, self.received_at), self.at, [(a, b) for a, b in self.pauses if b is not None])

    def used(self, *, until: datetime) -> Measure:
        """Return the working time counted from the receipt to *until*, waiting not counted.

        Raises:
            InvalidValueError: *until* is naive.
        """
        end = aware(until, "until")
        return self._between(self.received_at, end, [(a, end if b is None else b) for a, b in self.pauses])

    def _between(self, start: datetime, end: datetime, pauses: list[tuple[datetime, datetime]]) -> Measure:
        waits = [(max(a, start), min(b, end)) for a, b in pauses]
        waits = [(a, b) for a, b in waits if a < b]
        if end <= start:
            waits, end = [], start
        if (office := self._office) is not None:
            run = office.between(self.calendar, start, end)
            return _hours(run - sum((office.between(self.calendar, a, b) for a, b in waits), timedelta()))
        days = self.calendar.count(start.date(), end.date())
        days -= sum(self.calendar.count(a.date(), b.date()) for a, b in waits)
        return Measure(amount=Fraction(days), unit="working_days")

    def _passed(self, moment: datetime) -> Measure:
        if (office := self._office) is not None:
            return _hours(office.between(self.calendar, self.at, moment))
        return Measure(amount=Fraction(self.calendar.count(self.at.date(), moment.date())), unit="working_days")

    def to_dict(self, language: Language = "en") -> dict[str, Any]:
        """Return ``due_at``, ``certainty`` and ``steps`` in JSON types."""
        return {
            "due_at": self.at.isoformat(),
            "certainty": self.certainty,
            "steps": [step.to_dict(language) for step in self.steps],
        }

    def to_svg(self, *, language: Language = "en") -> str:
        """Return a small SVG picture: receipt, counted days, skipped days, pauses and the due day, week by week."""
        return draw(self.explained().steps, self.limit.text, language)


def _hours(span: timedelta) -> Measure:
    amount = Fraction(span // timedelta.resolution, _HOUR // timedelta.resolution)
    return Measure(amount=amount, unit="working_hours")


def due(
    received_at: datetime,
    limit: TimeLimit,
    *,
    calendar: WorkingCalendar,
    hours: WorkingHours | None = None,
    pauses: Sequence[tuple[datetime, datetime | None]] = (),
    explain: bool = False,
    end_on_day_off: EndOnDayOff | str = _NEXT,
    late_receipt: LateReceipt | str = _SAME,
) -> Deadline:
    """Return when the result for a dossier *received_at* is due.

    The day of receipt is not counted (Civil Code 2015, art. 147). Moments in any zone; days are those of
    Vietnamese civil time. *pauses* are pairs (start, end), the end None while it lasts; the days of waiting
    are not counted, so a pause never brings the date forward. *hours* give the hour of the due moment, and
    parts of a working day; limits in working hours use the packaged office hours without them.

    >>> from onestop_core import workdays
    >>> deadline = due(datetime.fromisoformat("2026-02-12T09:30+07:00"), TimeLimit.parse("5 working days"),
    ...     calendar=workdays.calendar("vn-civil"))
    >>> deadline.at.isoformat(), deadline.certainty
    ('2026-02-26T23:59:59+07:00', 'announced')

    Args:
        received_at: Aware moment of receipt.
        limit: How long the authority may take.
        calendar: Which days count, from ``workdays.calendar``.
        hours: Office hours of the agency.
        pauses: When the time stood still.
        explain: Whether to give reasons, in ``steps``.
        end_on_day_off: Policy for calendar periods that end on a day off.
        late_receipt: To which limits the rule "received after 15:00" applies.

    Raises:
        InvalidValueError: a naive moment, a pause that ends before it starts, a part of a working day
            without *hours*, or an unknown policy.
        CalendarCoverageError: the calendar does not reach far enough.
    """
    if not isinstance(limit, TimeLimit):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidValueError.of("limit", limit, vi="một TimeLimit", en="a TimeLimit, as TimeLimit.parse returns it")
    at = received_at if getattr(received_at, "tzinfo", None) is HO_CHI_MINH else aware(received_at, "received_at")
    days = limit.whole_working_days
    if (
        days is not None
        and hours is None
        and not pauses
        and not explain
        and late_receipt is _SAME
        and end_on_day_off is _NEXT
    ):
        # The everyday case, by the hundred thousand.
        return Deadline(datetime.combine(calendar.add(at.date(), days), _CLOSE), at, limit, calendar)
    policies = Policies(
        end_on_day_off=code_of("end_on_day_off", EndOnDayOff, end_on_day_off),
        late_receipt=code_of("late_receipt", LateReceipt, late_receipt),
    )
    spans = merged(pauses)
    setting = Setting(calendar=calendar, hours=hours, policies=policies)
    counted = count_limit(at, limit, setting, spans)
    steps = explain_steps(counted, setting) if explain else ()
    return Deadline(counted[-1].end, at, limit, calendar, hours, spans, policies, steps)


_CLOSE: Final = END_OF_DAY.replace(tzinfo=HO_CHI_MINH)
