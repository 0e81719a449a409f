"""Receipts written: a due moment with all that it was counted from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.__about__ import __version__
from onestop_core.deadlines.counting.countable import in_working_hours
from onestop_core.deadlines.counting.days import Setting
from onestop_core.deadlines.hours.office_hours import office_hours
from onestop_core.deadlines.receipts.content import Content, Promise, count, digest_of
from onestop_core.deadlines.receipts.days import Looking, special_days
from onestop_core.deadlines.terms.law import rules_on
from onestop_core.model import thaw
from onestop_core.workdays import Calendar

if TYPE_CHECKING:
    from datetime import date, datetime

    from onestop_core.deadlines.answers.deadline import Deadline
    from onestop_core.deadlines.hours.office_hours import WorkingHours
    from onestop_core.deadlines.terms.values import Step, WorkingCalendar
    from onestop_core.model import Appointment

__all__ = ["counted_days", "hours_part", "needs_office_hours", "receipt_of", "rules_part", "sealed"]

LIBRARY: Final = "onestop_core"


def receipt_of(
    deadline: Deadline,
    *,
    promise: Appointment | None = None,
    restarts: tuple[datetime, ...] = (),
    lifecycle: str | None = None,
) -> dict[str, Any]:
    """Return the receipt of *deadline*, its explanation included if it has one."""
    content = Content(
        received_at=deadline.received_at,
        limit=deadline.limit,
        hours=deadline.hours,
        waits=deadline.pauses,
        extensions=deadline.extensions,
        policies=deadline.policies,
        promise=None if promise is None else Promise(at=promise.at, due=promise.new),
    )
    calendar, promised = counted_days(content, deadline.calendar, deadline.at)
    return sealed(
        content,
        calendar,
        {"due_at": deadline.at.isoformat(), "certainty": deadline.certainty, "promised": _moment(promised)},
        restarts=[at.isoformat() for at in restarts],
        lifecycle=lifecycle,
        explanation=[_step(step) for step in deadline.steps] or None,
    )


def counted_days(
    content: Content, calendar: WorkingCalendar, due_at: datetime
) -> tuple[dict[str, Any], datetime | None]:
    """Return the part of the receipt that tells the days of *calendar*, and what was promised, moved by the waiting.

    Told are the days that the count looks at, and those from the receipt to *due_at*.

    Raises:
        CalendarCoverageError: the calendar does not reach far enough.
    """
    looking = Looking(calendar)
    _, promised = count(content, Setting(calendar=looking, hours=content.hours, policies=content.policies))
    looking.look(content.received_at.date(), due_at.date())
    return _calendar_part(calendar, looking.first, looking.last), promised


def sealed(
    content: Content,
    calendar: dict[str, Any],
    answer: dict[str, Any],
    *,
    restarts: list[str] | None = None,
    lifecycle: str | None = None,
    explanation: list[dict[str, Any]] | None = None,
    version: str = __version__,
) -> dict[str, Any]:
    """Return the whole receipt with its digest."""
    promise, office = content.promise, needs_office_hours(content)
    document: dict[str, Any] = {
        "schema_version": "1.0",
        "library": {"name": LIBRARY, "version": version},
        "lifecycle": lifecycle,
        "received_at": content.received_at.isoformat(),
        "restarts": restarts or [],
        "limit": str(content.limit),
        "waits": [{"from": start.isoformat(), "to": _moment(end)} for start, end in content.waits],
        "extensions": [
            {"at": each.at.isoformat(), "until": each.until.isoformat()}
            if each.until is not None
            else {"at": each.at.isoformat(), "by": str(each.by)}
            for each in content.extensions
        ],
        "promise": None if promise is None else {"at": promise.at.isoformat(), "due": promise.due.isoformat()},
        "policies": {
            "end_on_day_off": content.policies.end_on_day_off.value,
            "late_receipt": content.policies.late_receipt.value,
        },
        "hours": None if content.hours is None else hours_part(content.hours),
        "office_hours": hours_part(office_hours()) if office else None,
        "rules": rules_part(content.received_at.date()),
        "calendar": calendar,
        "answer": answer,
    }
    if explanation is not None:
        document["explanation"] = explanation
    document["digest"] = digest_of(document)
    return document


def needs_office_hours(content: Content) -> bool:
    """Return whether office hours are needed and none were given: the packaged ones are then counted with."""
    limits = [content.limit, *(each.by for each in content.extensions if each.by is not None)]
    return content.hours is None and any(in_working_hours(step) for limit in limits for step in limit.steps)


def hours_part(hours: WorkingHours) -> dict[str, Any]:
    """Return what counting needs of *hours*: no name and no basis."""
    return attrs.evolve(hours, name=None, basis=()).to_document()


def rules_part(day: date) -> dict[str, str]:
    """Return the edition of the rules of counting on *day*, and its numbers."""
    rules = rules_on(day)
    return {
        "id": rules.id,
        "late_after": rules.parameters.late_after.isoformat(timespec="minutes"),
        "working_day": f"{rules.parameters.hours_in_a_working_day} working hours",
    }


def _calendar_part(calendar: WorkingCalendar, first: date | None, last: date | None) -> dict[str, Any]:
    """Return *calendar* by name, and its days from *first* to *last* that differ from the plain week.

    Raises:
        InvalidValueError: they are more than a receipt holds.
        CalendarCoverageError: the calendar does not reach so far.
    """
    ours = calendar if isinstance(calendar, Calendar) else None
    part: dict[str, Any] = {
        "name": None if ours is None else (ours.below or ours).name,
        "as_of": None if ours is None or ours.as_of is None else ours.as_of.isoformat(),
        "predicted": "allow" if ours is None else ours.predicted,
        "decisions": [] if ours is None else [thaw(each) for each in ours.decisions],
        "announced_until": calendar.announced_until.isoformat(),
        "from": None if first is None else first.isoformat(),
        "to": None if last is None else last.isoformat(),
        "days": [] if first is None or last is None else list(special_days(calendar, first, last)),
    }
    part["digest"] = digest_of(part)
    return part


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _step(step: Step) -> dict[str, Any]:
    return {
        "date": step.date.isoformat(),
        "what": step.what.value,
        "reason": {"vi": step.reason.vi, "en": step.reason.en},
        "basis": None if step.basis is None else {"vi": step.basis.vi, "en": step.basis.en},
    }
