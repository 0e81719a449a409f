"""A due moment, and :func:`due`, which counts it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core._public import trusted
from onestop_core.deadlines.counting.countable import ensure_countable
from onestop_core.deadlines.counting.days import setting_of
from onestop_core.deadlines.counting.limit_steps import count_limit, end_in_working_days
from onestop_core.deadlines.counting.promises import count_all
from onestop_core.deadlines.counting.time_left import left_at, standing, time_between
from onestop_core.deadlines.counting.waits import Pause, merged
from onestop_core.deadlines.hours.office_hours import WorkingHours, office_hours
from onestop_core.deadlines.telling.picture import draw
from onestop_core.deadlines.telling.story import explain_steps
from onestop_core.deadlines.terms.policies import STANDARD, EndOnDayOff, LateReceipt, Policies
from onestop_core.deadlines.terms.values import END_OF_DAY, Certainty, Measure, Status, Step, WorkingCalendar
from onestop_core.model import HO_CHI_MINH, Clock, Extension, LimitUnit, TimeLimit, aware
from onestop_core.workdays import Calendar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop_core.text import Language

__all__ = ["Deadline", "due"]

_NEXT: Final = EndOnDayOff.NEXT_WORKING_DAY
_SAME: Final = LateReceipt.SAME_DAY_LIMITS
_CLOSE: Final = END_OF_DAY.replace(tzinfo=HO_CHI_MINH)
_NO_PAUSES: Final[tuple[Pause, ...]] = ()


def _prolonged_and_ended(clock: Clock | None) -> tuple[tuple[Extension, ...], datetime | None]:
    return ((), None) if clock is None else (clock.prolonged, clock.stopped_at)


@attrs.frozen(kw_only=True)
class Deadline:
    """When a result is due, with all that the date was counted from. Made by :func:`due` or a ``Countdown``."""

    at: datetime
    """The due moment, always on the due day: the close of its last session where ``hours`` are given, else
    its last second, which stands for 24:00. While a pause is open it is provisional: the earliest it can be."""
    received_at: datetime
    """The receipt, in Vietnamese civil time."""
    limit: TimeLimit
    calendar: WorkingCalendar = attrs.field(repr=False)
    hours: WorkingHours | None = attrs.field(default=None, repr=False)
    pauses: tuple[Pause, ...] = ()
    """In order, those that touched merged. Of one that lasts, the part that has passed for certain stands apart."""
    policies: Policies = STANDARD
    clock: Clock | None = attrs.field(default=None, eq=_prolonged_and_ended, repr=False)
    """Whose story the explanation tells, of a ``Countdown``; two that come to the same are equal all the same."""
    steps: tuple[Step, ...] = attrs.field(default=(), repr=False)
    """The explanation, if it was asked for."""

    @property
    def day(self) -> date:
        """The due day."""
        return self.at.date()

    @property
    def extensions(self) -> tuple[Extension, ...]:
        """By which the limit was prolonged, oldest first."""
        return _prolonged_and_ended(self.clock)[0]

    @property
    def ended_at(self) -> datetime | None:
        """When the case ended, of a case that is over."""
        return None if self.clock is None else self.clock.stopped_at

    @property
    def certainty(self) -> Certainty:
        """``announced``, or ``predicted`` when a day on the way to it is not officially announced yet."""
        return "announced" if self.at.date() <= self.calendar.announced_until else "predicted"

    def explained(self) -> Deadline:
        """Return the same deadline with its ``steps``."""
        return self if self.steps else attrs.evolve(self, steps=self._explain())

    def _explain(self) -> tuple[Step, ...]:
        setting = setting_of(calendar=self.calendar, hours=self.hours, policies=self.policies)
        counted, _ = count_all(self.received_at, self.limit, setting, self.pauses, self.extensions)
        return explain_steps(counted, self.at, setting, limit=self.limit, pauses=self.pauses, clock=self.clock)

    def status(self, *, now: datetime) -> Status:
        """Return how the case stands at the moment *now* against this due moment; a case that is over, how it ended.

        What is left or overdue is in hours where the limit is, else in working days: those after today up to the
        due day, without days of waiting; overdue, those after the due day up to today, likewise.

        >>> from datetime import datetime
        >>> from onestop_core import workdays
        >>> deadline = due(datetime.fromisoformat("2026-02-12T09:30+07:00"), TimeLimit.parse("5 working days"),
        ...     calendar=workdays.calendar("vn-civil"))
        >>> deadline.status(now=datetime.fromisoformat("2026-03-02T08:00+07:00")).text.en
        'overdue by 2 working days'

        Raises:
            InvalidValueError: *now* is naive.
        """
        return standing(
            aware(now, "now"),
            due=self.at,
            received=self.received_at,
            pauses=self.pauses,
            ended=self.ended_at,
            within=self,
        )

    def left(self, *, at: datetime) -> Measure:
        """Return the time left at the moment *at*, waiting not counted; nothing after the limit.

        Raises:
            InvalidValueError: *at* is naive.
        """
        return left_at(aware(at, "at"), self.at, self.received_at, self.pauses, self)

    def used(self, *, until: datetime) -> Measure:
        """Return the time counted from the receipt to *until*, or to the end of the case, waiting not counted.

        Raises:
            InvalidValueError: *until* is naive.
        """
        end = aware(until, "until")
        end = end if self.ended_at is None else min(end, self.ended_at)
        return time_between(self.received_at, end, self.pauses, self)

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return ``due_at``, ``certainty`` and ``steps`` in JSON types."""
        return {
            "due_at": self.at.isoformat(),
            "certainty": self.certainty,
            "steps": [step.to_dict(language=language) for step in self.steps],
        }

    def to_receipt(self, *, explain: bool = False) -> dict[str, Any]:
        """Return the due moment and all from which anybody can count it again, without this library.

        A document under ``schemas/deadline-receipt.schema.json``; :func:`verify` looks whether it holds.

        >>> from onestop_core import deadlines, workdays
        >>> deadline = due(datetime.fromisoformat("2026-02-12T09:30+07:00"), TimeLimit.parse("5 working days"),
        ...     calendar=workdays.calendar("vn-civil"))
        >>> receipt = deadline.to_receipt()
        >>> receipt["answer"]["due_at"], receipt["calendar"]["days"][0], deadlines.verify(receipt)
        ('2026-02-26T23:59:59+07:00', {'date': '2026-02-16', 'works': False, 'kind': 'tet'}, ())

        Args:
            explain: Whether to give reasons, in both languages.

        Raises:
            CalendarCoverageError: the calendar does not reach far enough.
        """
        from onestop_core.deadlines.receipts.writing import receipt_of  # noqa: PLC0415 - it counts with this module

        return receipt_of(self.explained() if explain else self)

    def to_svg(self, *, language: Language = "en") -> str:
        """Return a small SVG picture: receipt, counted days, skipped days, pauses and the due day, week by week."""
        return draw(self.explained().steps, self.limit.text, language)


made: Final = trusted(Deadline)
"""Makes the deadline of what was counted here."""


def due(
    received_at: datetime,
    limit: TimeLimit,
    *,
    calendar: WorkingCalendar,
    hours: WorkingHours | None = None,
    pauses: Sequence[tuple[datetime, datetime | None]] = _NO_PAUSES,
    explain: bool = False,
    end_on_day_off: EndOnDayOff | str = _NEXT,
    late_receipt: LateReceipt | str = _SAME,
) -> Deadline:
    """Return when the result for a dossier *received_at* is due.

    The day of receipt is not counted (Civil Code 2015, art. 147(2)). Moments in any zone; days are those of
    Vietnamese civil time. *pauses* are pairs (start, end), the end None while it lasts; the days of waiting
    are not counted, so a pause never brings the date forward. *hours* give the hour of the due moment, and
    parts of a working day; limits in working hours use the packaged office hours without them.

    >>> from datetime import datetime
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
        InvalidValueError: a naive moment, a pause that ends before it starts, a part of a working day without
            *hours*, an unknown policy, or something else in place of a calendar or of hours.
        CalendarCoverageError: the calendar does not reach far enough.
    """
    at = aware(received_at, "received_at")
    # Who brings just what the everyday case needs is not looked at twice.
    everyday = hours is None and limit.__class__ is TimeLimit and calendar.__class__ is Calendar
    if not everyday or not (days := limit.whole_working_days):
        ensure_countable(limit, calendar, hours)
        days = limit.whole_working_days
    if late_receipt is _SAME and end_on_day_off is _NEXT:
        policies = STANDARD
        # The everyday cases, by the hundred thousand; the laws of counting hold them to the long way.
        if explain is not True:
            if pauses is not _NO_PAUSES:
                if days and hours is None:
                    spans = merged(pauses)
                    end = end_in_working_days(at, days, calendar, spans)
                    return made(at=end, received_at=at, limit=limit, calendar=calendar, pauses=spans)
            elif days:
                last = calendar.add(at.date(), days)
                if hours is None:
                    end = datetime.combine(last, _CLOSE)
                    return made(at=end, received_at=at, limit=limit, calendar=calendar)
                end = hours.closing(calendar, last)
                return made(at=end, received_at=at, limit=limit, calendar=calendar, hours=hours)
            elif len(limit.steps) == 1 and limit.steps[0].unit is LimitUnit.WORKING_HOURS and limit.steps[0].amount:
                end = (hours or office_hours()).add(calendar, at, limit.steps[0].amount)
                return made(at=end, received_at=at, limit=limit, calendar=calendar, hours=hours)
    else:
        policies = Policies(end_on_day_off=end_on_day_off, late_receipt=late_receipt)
    spans = merged(pauses)
    setting = setting_of(calendar=calendar, hours=hours, policies=policies)
    counted = count_limit(at, limit.steps, setting, spans)
    end = counted[-1].end
    return made(
        at=end,
        received_at=at,
        limit=limit,
        calendar=calendar,
        hours=hours,
        pauses=spans,
        policies=policies,
        steps=explain_steps(counted, end, setting, limit=limit) if explain is True else (),
    )
