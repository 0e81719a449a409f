"""A case that a decision may move, in what it is counted, and what became of it."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs

from onestop_core.deadlines.hours.office_hours import WorkingHours
from onestop_core.deadlines.terms.policies import STANDARD, Policies
from onestop_core.deadlines.terms.values import WorkingCalendar
from onestop_core.dossier import Dossier
from onestop_core.errors import OnestopError
from onestop_core.model import Clock, TimeLimit
from onestop_core.text import Text, long_date, moment_text
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from onestop_core.text import Language

__all__ = ["Impact", "ImpactKind", "OpenCase", "Terms"]


@attrs.frozen(kw_only=True)
class Terms:
    """In what cases are counted."""

    calendar: WorkingCalendar = attrs.field(repr=False)
    hours: WorkingHours | None = attrs.field(default=None, repr=False)
    """Office hours; left out, those of each case."""
    policies: Policies = STANDARD


@attrs.frozen(kw_only=True)
class OpenCase:
    """A case under way: what is known of its time, and how much of it the authority has."""

    id: str
    of: Dossier | Clock | datetime
    """The dossier, the clock of a host that keeps no log here, or just the moment of receipt."""
    limit: TimeLimit
    hours: WorkingHours | None = attrs.field(default=None, repr=False)
    """Office hours of the agency."""


class ImpactKind(Code):
    """What a decision does to a case."""

    LATER = "later"
    """The law counts it to a later moment."""
    EARLIER = "earlier"
    IN_FORCE = "in_force"
    """The moment that holds moves with it: nobody promised another, or the waiting since the promise is longer now."""
    PROMISE_DIFFERS = "promise_differs"
    """What was promised fell together with what the law counted and does so no more: the appointment is to be moved."""
    PROMISE_AGREES = "promise_agrees"
    """The reverse."""


@attrs.frozen(kw_only=True)
class Impact:
    """A case that a decision moves, or one that could not be counted."""

    number: int
    """Which of the stream it was, from 1."""
    id: str | None
    """None of what is no case."""
    before: datetime | None = None
    """When the law counted it to be due."""
    after: datetime | None = None
    """When it counts it to be due now."""
    promised: datetime | None = None
    """The appointment on record, as it was written down."""
    in_force_before: datetime | None = None
    """The moment that held: the promise moved by the waiting since, or what the law counted."""
    in_force_after: datetime | None = None
    working_days: int = 0
    """By how many working days, as they are now, the law counts it later; negative where it counts it earlier."""
    kinds: tuple[ImpactKind, ...] = ()
    because: tuple[date, ...] = ()
    """The days that were worked and are not, or the reverse."""
    newly_late: bool = False
    """Whether it is late, or ended late, as the law counts it now, and was not before."""
    newly_in_time: bool = False
    error: OnestopError | None = None
    """Why it could not be counted."""

    @property
    def moved(self) -> timedelta:
        """By how much time of the clock the law counts it later."""
        return timedelta() if self.before is None or self.after is None else self.after - self.before

    @property
    def text(self) -> Text:
        """The row in words."""
        if self.before is None or self.after is None:
            return Text(vi="không tính được", en="could not be counted") if self.error is None else self.error.message
        if self.before == self.after:
            stays = long_date(self.after.date())
            return Text(vi=f"hạn vẫn là {stays.vi}", en=f"still due {stays.en}")
        by_the_hour = self.before.date() == self.after.date()
        before, after = (
            moment_text(each) if by_the_hour else long_date(each.date()) for each in (self.before, self.after)
        )
        return Text(vi=f"hạn chuyển từ {before.vi} sang {after.vi}", en=f"moved from {before.en} to {after.en}")

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the row in JSON types."""

        def moment(value: datetime | None) -> str | None:
            return None if value is None else value.isoformat()

        return {
            "number": self.number,
            "id": self.id,
            "before": moment(self.before),
            "after": moment(self.after),
            "promised": moment(self.promised),
            "in_force_before": moment(self.in_force_before),
            "in_force_after": moment(self.in_force_after),
            "working_days": self.working_days,
            "kinds": [kind.value for kind in self.kinds],
            "because": [day.isoformat() for day in self.because],
            "newly_late": self.newly_late,
            "newly_in_time": self.newly_in_time,
            "text": self.text.in_(language),
            "error": None if self.error is None else self.error.to_dict(language=language),
        }
