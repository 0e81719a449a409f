"""Feedback and recommendations, counted as the service index counts them (metrics 5.1 to 5.3), each number traced to its items."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core._public import publish
from onestop_core.deadlines import agenda
from onestop_core.deadlines.duties import DutyStatus, duty_table
from onestop_core.dossier import Dossier, sector
from onestop_core.dossier.lifecycle import SectorRules
from onestop_core.errors import InvalidValueError
from onestop_core.model import FrozenMap, aware
from onestop_core.model.series import each_of, instance

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from onestop_core.deadlines.hours.office_hours import WorkingHours
    from onestop_core.deadlines.terms.values import WorkingCalendar

__all__ = ["FeedbackCounts", "FeedbackItem", "feedback_counts"]

_LIFECYCLE: Final = "vn-feedback@"
_OUTSIDE: Final = "another_law"
_LATE: Final = frozenset({DutyStatus.MISSED, DutyStatus.DONE_LATE})


@attrs.frozen(kw_only=True)
class FeedbackItem:
    """What the metrics need to know of one item."""

    id: str
    about: tuple[str, ...] = ()
    """The dossiers that it is about."""
    of_class: str | None = None
    """``conduct``, ``rule``, ``solution`` or ``new_rule``; None: not classified yet."""
    late: bool
    """Whether something was done late, or is missed."""
    disliked: bool
    """Whether the sender's last rating says so."""
    sent_again: bool

    @property
    def content(self) -> bool:
        """Whether it counts in 5.3: neither late nor disliked nor sent again, however many of these."""
        return not (self.late or self.disliked or self.sent_again)

    def to_dict(self) -> dict[str, Any]:
        """Return the row in JSON types, for a frame of your own."""
        return {**attrs.asdict(self), "about": list(self.about)}


@attrs.frozen(kw_only=True)
class FeedbackCounts:
    """What the index counts of feedback, and the items that make each number."""

    items: tuple[FeedbackItem, ...]
    """All that count."""
    outside: tuple[str, ...]
    """Items that are a complaint or a denunciation, which never count."""

    @property
    def classes(self) -> FrozenMap[str, int]:
        """How many items are of each class (metric 5.1, for information)."""
        found = [item.of_class for item in self.items if item.of_class is not None]
        return FrozenMap({code: found.count(code) for code in sorted(set(found))})

    @property
    def counts(self) -> FrozenMap[str, tuple[int, int]]:
        """Numerator and denominator of 5.2 and 5.3, as ``index.score`` takes them."""
        whole = len(self.items)
        in_time = sum(not item.late for item in self.items)
        return FrozenMap({"5.2": (in_time, whole), "5.3": (sum(item.content for item in self.items), whole)})

    def __add__(self, other: FeedbackCounts) -> FeedbackCounts:
        if not isinstance(cast("object", other), FeedbackCounts):
            return NotImplemented
        return FeedbackCounts(items=(*self.items, *other.items), outside=(*self.outside, *other.outside))


def feedback_counts(
    items: Iterable[Dossier],
    *,
    calendar: WorkingCalendar,
    now: datetime,
    limits: SectorRules | None = None,
    hours: WorkingHours | None = None,
) -> FeedbackCounts:
    """Return what the index counts of *items*, as they stand at *now*; what was sent later does not count yet.

    An item is late if what was to be done in time was done late or is missed: to refuse or transfer it, to ask for
    more, to answer, to publish. Which times hold, *limits* says; those of the decree are one, and no time to answer is among
    them, so that by them only what was promised is late.

    >>> from datetime import datetime
    >>> from onestop_core import dossier, kpi, workdays
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> m = dossier.machine("vn-feedback@decree-20-2008")
    >>> item = m.new(id="PA-1", procedure="phản ánh", channel="online", at=at("2026-03-02T09:00"), about=["H26.12-1"])
    >>> item = m.step(item, dossier.event("registered", at("2026-03-02T10:00"), reason_code="conduct"))
    >>> calendar = workdays.calendar("vn-civil")
    >>> [dict(feedback_counts([item], calendar=calendar, now=at(day)).counts) for day in ("2026-03-23T17:00", "2026-03-24T08:00")]
    [{'5.2': (1, 1), '5.3': (1, 1)}, {'5.2': (0, 1), '5.3': (0, 1)}]

    Args:
        items: The items of the period, of the lifecycle ``vn-feedback``.
        calendar: Which days count.
        now: The moment of looking.
        limits: The times; left out, those that the portal counts, ``sector("feedback-portal")``.
        hours: Office hours of the agency.

    Raises:
        InvalidValueError: an item of another lifecycle, a naive moment, an argument of another type.
        CalendarCoverageError: the calendar does not reach far enough.
    """
    moment = aware(now, "now")
    rules = sector("feedback-portal") if limits is None else instance(limits, SectorRules, "limits")
    found: list[FeedbackItem] = []
    outside: list[str] = []
    for item in each_of(items, Dossier, "items"):
        if not item.lifecycle.startswith(_LIFECYCLE):
            raise InvalidValueError.of(
                "items", item, vi="các phản ánh, kiến nghị (vn-feedback)", en="items of the lifecycle vn-feedback"
            )
        if item.events[0].at > moment:
            continue  # nobody had sent it yet
        log = [event for event, _ in item.standing if event.at <= moment]
        if any(event.reason_code == _OUTSIDE for event in log):
            outside.append(item.id)
            continue
        table = duty_table(on=item.events[0].at.date(), lifecycle=item.lifecycle)
        owned = {row.code for row in table.duties if row.has_limit}
        own = {row.code: row.limit for row in rules.limits if row.code in owned}
        rows = agenda(item, None, calendar=calendar, now=moment, hours=hours, limits=own, duties=table)
        ratings = [event.reason_code for event in log if event.kind == "rated"]
        classes = [event.reason_code for event in log if event.kind == "registered"]
        found.append(
            FeedbackItem(
                id=item.id,
                about=item.opening.about,
                of_class=classes[-1] if classes else None,
                late=any(row.status in _LATE for row in rows),
                disliked=ratings[-1:] == ["disliked"],
                sent_again=any(event.kind == "sent_again" for event in log),
            )
        )
    return FeedbackCounts(items=tuple(found), outside=tuple(outside))


publish(globals())
