"""A dossier as one flat row: what lists need, and no more."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core._public import gated
from onestop_core.deadlines.answers.countdown import countdown
from onestop_core.deadlines.lists.sql import Dialect, sortable
from onestop_core.deadlines.terms.policies import STANDARD
from onestop_core.deadlines.terms.values import StatusCode
from onestop_core.model import Channel, FinishedKind, Phase, aware, read_moment
from onestop_core.model.amounts import whole_number
from onestop_core.model.words import LONGEST_NAME, plain_text

if TYPE_CHECKING:
    from onestop_core.deadlines.hours.office_hours import WorkingHours
    from onestop_core.deadlines.terms.policies import Policies
    from onestop_core.deadlines.terms.values import WorkingCalendar
    from onestop_core.dossier import Dossier
    from onestop_core.model import TimeLimit

__all__ = ["CaseRow", "row"]

_MOST: Final = 1_000_000
"""Largest number in a row."""


def _moment(value: object, what: str) -> datetime:
    # SQLite and JSON give back text.
    return read_moment(value, what) if isinstance(value, str) else aware(value, what)


def _count(value: object, what: str) -> int:
    return whole_number(value, what, most=_MOST)


def _channel(value: Channel | str) -> Channel:
    return Channel.of(value, "channel")


def _outcome(value: FinishedKind | str | None) -> FinishedKind | None:
    return None if value is None else FinishedKind.of(value, "outcome")


@attrs.frozen(kw_only=True, field_transformer=gated({datetime: _moment, int: _count, str: plain_text}), repr=False)
class CaseRow:
    """What a dossier is to a list. It holds from :attr:`changed_at` until the next event.

    A row that comes back from a table is made again with ``CaseRow(**row)``; moments may be text there.

    Raises:
        InvalidValueError: a value is of the wrong type, or a moment has no zone.
    """

    id: str
    procedure: str
    """Code of the procedure."""
    channel: Channel = attrs.field(converter=_channel)
    unit: str | None = None
    """The authority that answers for it."""
    officer: str | None = None
    lifecycle: str
    """Reference of the lifecycle edition pinned on it."""
    time_limit: str | None = None
    """How long the authority may take, as ``TimeLimit.parse`` reads it; None where that is too long for a column."""
    state: str
    """Code of the state."""
    portal: int | None
    """Status code of the national portal, 1 to 10; None where that portal does not follow the lifecycle."""
    phase: Phase
    """What its clock does."""
    received_at: datetime | None = None
    counted_at: datetime | None = None
    """When the result is due as the law counts it; while it waits, the earliest that it can be."""
    promised_at: datetime | None = None
    """What was promised last in the present count, as it was written down."""
    due_at: datetime | None = None
    """The moment in force, moved by all waiting. Empty before the receipt, and while a wait lasts that moves it still;
    one that had passed when the wait began stays."""
    waiting_since: datetime | None = None
    """When the wait began that lasts."""
    waiting_for: str | None = None
    """Kind of the event with which it began."""
    stopped_at: datetime | None = None
    """When the time stopped for good."""
    outcome: FinishedKind | None = attrs.field(default=None, converter=_outcome)
    """How it ended."""
    supplement_requests: int = 0
    """How often papers were asked for after the receipt."""
    extensions: int = 0
    """How often more time was taken, in every count."""
    version: int
    """How many events it has: a row of fewer is older."""
    changed_at: datetime
    """When the last event happened. The row does not tell what was before."""

    def __repr__(self) -> str:
        return f"<CaseRow {self.id} {self.state} v{self.version}>"

    def to_dict(self) -> dict[str, str | int | None]:
        """Return the row in JSON types."""
        return {
            name: value.isoformat() if isinstance(value, datetime) else _plain(value)
            for name, value in attrs.asdict(self).items()
        }

    def values(self, dialect: Dialect | str) -> tuple[str | int | datetime | None, ...]:
        """Return the values in the order of the columns, as the driver of a database takes them.

        SQLite knows no moments: they are text in UTC there, all of one form, which sorts as the moments do.

        Raises:
            InvalidValueError: an unknown dialect.
        """
        text = Dialect.of(dialect, "dialect") is Dialect.SQLITE
        return tuple(
            (sortable(value) if text else value) if isinstance(value, datetime) else _plain(value)
            for value in attrs.asdict(self).values()
        )


def _plain(value: str | int | None) -> str | int | None:
    # Drivers have ways of their own with enumerations.
    return str.__str__(value) if isinstance(value, str) else value


def row(
    dossier: Dossier,
    limit: TimeLimit,
    *,
    calendar: WorkingCalendar,
    hours: WorkingHours | None = None,
    policies: Policies = STANDARD,
    unit: str | None = None,
    officer: str | None = None,
) -> CaseRow:
    """Return *dossier* as one flat row, counted by its one clock; to be written anew with each event.

    A decision that moves working days moves what no event tells of: then the open rows are counted again.

    >>> from datetime import datetime
    >>> from onestop_core import dossier, workdays
    >>> from onestop_core.model import TimeLimit
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> m = dossier.machine("vn@decree-118-2025")
    >>> case = m.new(id="1", procedure="1.012783", channel="in_person", at=at("2026-03-02T08:15"))
    >>> case = m.step(case, dossier.event("received", at("2026-03-02T08:20"), due=at("2026-03-09T17:00")))
    >>> case = m.step(case, dossier.event("assigned", at("2026-03-02T10:00")))
    >>> five, calendar = TimeLimit.parse("5 working days"), workdays.calendar("vn-civil")
    >>> row(case, five, calendar=calendar).due_at.isoformat()
    '2026-03-09T17:00:00+07:00'
    >>> case = m.step(case, dossier.event("supplement_requested", at("2026-03-04T09:00"), reason="a map is missing"))
    >>> waits = row(case, five, calendar=calendar)
    >>> waits, waits.due_at, waits.waiting_for
    (<CaseRow 1 supplement_requested v4>, None, 'supplement_requested')

    Args:
        dossier: The dossier.
        limit: How long the authority may take.
        calendar: Which days count.
        hours: Office hours of the agency.
        policies: What the law leaves open.
        unit: The authority that answers for it; else the competent one with which it was opened.
        officer: The person who has it in hand.

    Raises:
        InvalidValueError: a value is of the wrong type.
        CalendarCoverageError: the calendar does not reach far enough.
    """
    changed_at, clock, opening = dossier.events[-1].at, dossier.clock, dossier.opening
    count = countdown(dossier, limit, calendar=calendar, hours=hours, policies=policies)
    wait = clock.spans[-1] if clock.phase is Phase.PAUSED else None
    moves = wait is not None and count.status(now=changed_at).code is StatusCode.PAUSED
    words = limit.text.en
    return CaseRow(
        id=dossier.id,
        procedure=dossier.procedure,
        channel=dossier.channel,
        unit=opening.competent_unit if unit is None else unit,
        officer=officer,
        lifecycle=dossier.lifecycle,
        time_limit=words if len(words) <= LONGEST_NAME else None,
        state=dossier.state,
        portal=dossier.portal,
        phase=clock.phase,
        received_at=dossier.milestones.received_at,
        counted_at=count.counted,
        promised_at=count.promised,
        due_at=None if moves else count.in_force_at(changed_at),
        waiting_since=None if wait is None else wait.start,
        waiting_for=None if wait is None else wait.event,
        stopped_at=clock.stopped_at,
        outcome=dossier.milestones.outcome,
        supplement_requests=len(dossier.milestones.asked),
        extensions=len(clock.extensions),
        version=dossier.version,
        changed_at=changed_at,
    )
