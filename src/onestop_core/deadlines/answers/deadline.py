"""A due moment, and :func:`due`, which counts it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core._public import trusted
from onestop_core.deadlines.counting.steps import (
    Pause,
    Setting,
    carried,
    count_limit,
    end_in_working_days,
    ensure_countable,
    in_working_hours,
    merged,
)
from onestop_core.deadlines.hours.office_hours import WorkingHours, office_hours
from onestop_core.deadlines.telling.picture import draw
from onestop_core.deadlines.telling.story import explain_steps
from onestop_core.deadlines.terms.policies import STANDARD, EndOnDayOff, LateReceipt, Policies
from onestop_core.deadlines.terms.values import (
    Certainty,
    Measure,
    Status,
    StatusCode,
    Step,
    WorkingCalendar,
    measure_of,
    status_of,
)
from onestop_core.model import Clock, Extension, LimitUnit, TimeLimit, aware

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop_core.deadlines.counting.steps import Counted
    from onestop_core.text import Language

__all__ = ["Deadline", "due"]

_NEXT: Final = EndOnDayOff.NEXT_WORKING_DAY
_SAME: Final = LateReceipt.SAME_DAY_LIMITS
_HOUR: Final = timedelta(hours=1)
_NO_PAUSES: Final[tuple[Pause, ...]] = ()


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
    extensions: tuple[Extension, ...] = ()
    """By which the limit was prolonged, oldest first."""
    ended_at: datetime | None = None
    """When the case ended, of a case that is over."""
    clock: Clock | None = attrs.field(default=None, eq=False, repr=False)
    """Whose story the explanation tells, of a ``Countdown``; two that come to the same are equal all the same."""
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
        """Return the same deadline with its ``steps``."""
        return self if self.steps else attrs.evolve(self, steps=self._explain())

    def _explain(self) -> tuple[Step, ...]:
        setting = Setting(calendar=self.calendar, hours=self.hours, policies=self.policies)
        counted, _ = count_all(self.received_at, self.limit, setting, self.pauses, self.extensions)
        return explain_steps(
            counted, self.extensions, self.at, setting, limit=self.limit, pauses=self.pauses, clock=self.clock
        )

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
        return self._standing(aware(now, "now"))

    def _standing(self, moment: datetime) -> Status:
        at, ended = self.at, self.ended_at
        if ended is not None and moment >= ended:
            if ended > at:
                return status_of(code=StatusCode.FINISHED_LATE, measure=self._between(at, ended))
            return status_of(code=StatusCode.FINISHED, measure=self._left(ended))
        if moment < self.received_at:
            return status_of(code=StatusCode.NOT_STARTED, measure=self._left(self.received_at))
        # A pause that began after the limit had passed does not heal the delay.
        for first, last in self.pauses:
            if first <= moment and first <= at and (last is None or moment < last):
                return status_of(code=StatusCode.PAUSED, measure=self._left(moment))
        if moment > at:
            return status_of(code=StatusCode.OVERDUE, measure=self._between(at, moment))
        code = StatusCode.DUE_TODAY if moment.date() == at.date() else StatusCode.RUNNING
        return status_of(code=code, measure=self._left(moment))

    def left(self, *, at: datetime) -> Measure:
        """Return the time left at the moment *at*, waiting not counted; nothing after the limit.

        Raises:
            InvalidValueError: *at* is naive.
        """
        return self._left(aware(at, "at"))

    def _left(self, moment: datetime) -> Measure:
        start = max(moment, self.received_at)
        if self.pauses and self.pauses[-1][1] is None:
            # In an open pause what is left is what was left when it began.
            start = min(start, max(self.pauses[-1][0], self.received_at))
        # What it will cost is not known, and not in the date either.
        return self._between(start, self.at, lasting=False)

    def used(self, *, until: datetime) -> Measure:
        """Return the time counted from the receipt to *until*, or to the end of the case, waiting not counted.

        Raises:
            InvalidValueError: *until* is naive.
        """
        end = aware(until, "until")
        return self._between(self.received_at, end if self.ended_at is None else min(end, self.ended_at))

    def _between(self, start: datetime, end: datetime, *, lasting: bool = True) -> Measure:
        """Return the time from *start* to *end* without waiting, in the unit in which the limit ends.

        A wait that lasts is left out with the others, if *lasting*.
        """
        step = self.limit.steps[-1]
        end = max(start, end)
        waits = [
            (max(a, start), end if b is None or b > end else b)
            for a, b in self.pauses
            if a < end and (lasting if b is None else b > start)
        ]
        plain = step.unit is LimitUnit.HOURS
        if not plain and not in_working_hours(step):
            calendar = self.calendar
            days = calendar.count(start.date(), end.date())
            for a, b in waits:
                days -= calendar.count(a.date(), b.date())
            return measure_of(amount=Fraction(days), unit="working_days")
        office = None if plain else self.hours or office_hours()
        run = self._run(office, start, end) - sum((self._run(office, a, b) for a, b in waits), timedelta())
        amount = Fraction(run // timedelta.resolution, _HOUR // timedelta.resolution)
        return measure_of(amount=amount, unit="hours" if plain else "working_hours")

    def _run(self, office: WorkingHours | None, start: datetime, end: datetime) -> timedelta:
        return end - start if office is None else office.between(self.calendar, start, end)

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


def status_at(deadline: Deadline, moment: datetime) -> Status:
    """Return the status of *deadline* at an aware moment of Vietnamese civil time; for the clocks that count it."""
    return deadline._standing(moment)  # noqa: SLF001  # pyright: ignore[reportPrivateUsage] - one room


def count_all(
    received: datetime,
    limit: TimeLimit,
    setting: Setting,
    pauses: tuple[Pause, ...],
    extensions: tuple[Extension, ...] = (),
) -> tuple[tuple[Counted, ...], datetime]:
    """Return each step of *limit* and of what prolonged it, counted, and when it ends.

    An extension to a moment ends then, wherever the limit ended; one by a limit begins where the time ended before.
    """
    counted = count_limit(received, limit.steps, setting, pauses)
    end = counted[-1].end
    for extension in extensions:
        if extension.by is not None:
            counted += count_limit(end, extension.by.steps, setting, pauses, begin=counted[-1].number + 1)
            end = counted[-1].end
        else:
            assert extension.until is not None  # an extension says one of the two
            end = carried(extension.until, extension.at, limit.steps[-1], setting, pauses)
    return counted, end


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
    ensure_countable(limit, calendar, hours)
    if late_receipt is _SAME and end_on_day_off is _NEXT:
        policies = STANDARD
        days = limit.whole_working_days
        # The everyday cases, by the hundred thousand; the laws of counting hold them to the long way.
        if days and hours is None and explain is not True:
            spans = () if pauses is _NO_PAUSES else merged(pauses)
            end = end_in_working_days(at, days, calendar, spans)
            return made(at=end, received_at=at, limit=limit, calendar=calendar, pauses=spans)
        if pauses is _NO_PAUSES and explain is not True:
            if days and hours is not None:
                end = hours.closing(calendar, calendar.add(at.date(), days))
                return made(at=end, received_at=at, limit=limit, calendar=calendar, hours=hours)
            if len(limit.steps) == 1 and limit.steps[0].unit is LimitUnit.WORKING_HOURS and limit.steps[0].amount:
                end = (hours or office_hours()).add(calendar, at, limit.steps[0].amount)
                return made(at=end, received_at=at, limit=limit, calendar=calendar, hours=hours)
    else:
        policies = Policies(end_on_day_off=end_on_day_off, late_receipt=late_receipt)
    spans = merged(pauses)
    setting = Setting(calendar=calendar, hours=hours, policies=policies)
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
        steps=explain_steps(counted, (), end, setting, limit=limit) if explain is True else (),
    )
