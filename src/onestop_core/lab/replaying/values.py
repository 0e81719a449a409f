"""One dossier under two laws: where it led, when it was due, and what of that nobody can know."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs

from onestop_core.deadlines.terms.values import by_when
from onestop_core.errors import OnestopError
from onestop_core.lab.courses import Breach, BreachKind
from onestop_core.lab.laws import LawPart
from onestop_core.lab.replaying.behaviours import Behaviour
from onestop_core.text import Text, long_date
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop_core.text import Language

__all__ = ["Compared", "OpenReason", "Outcome"]


class OpenReason(Code):
    """Why a question about a dossier has no answer."""

    COURSE = "course"
    """A step that was taken could not have been: people would have acted otherwise, and nobody knows how."""
    END = "end"
    """It ended by a step that one of the laws does not have."""
    LIMIT = "limit"
    """How long it may take is not known, under one law or both."""

    @property
    def text(self) -> Text:
        """The reason in words."""
        return _REASONS[self]


_REASONS = {
    OpenReason.COURSE: Text(
        vi="có bước không thể diễn ra như vậy; không ai biết các bên sẽ làm gì khác",
        en="a step could not have been taken so; people would have acted otherwise, and nobody knows how",
    ),
    OpenReason.END: Text(
        vi="hồ sơ kết thúc bằng một bước mà một trong hai quy định không có",
        en="it ended by a step that one of the laws does not have",
    ),
    OpenReason.LIMIT: Text(vi="không biết thời hạn giải quyết", en="its time limit is not known"),
}


@attrs.frozen(kw_only=True)
class Outcome:
    """A dossier under one law."""

    due: datetime | None = None
    """When the law counts it to be due; None: it was not received, or nobody can know."""
    ended: datetime | None = None
    """When its time ended, as it happened."""
    late: bool | None = None
    """Whether it ended after it was due or, still open, is late at the moment of looking; None as for *due*."""
    waits: int = 0
    """How often its time stood still."""
    waited: timedelta = timedelta()
    """How long in all, up to the moment of looking."""
    restarts: int = 0
    """How often it was counted anew."""
    extensions: int = 0
    refused: tuple[Breach, ...] = ()
    """The steps that the law refuses."""

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the outcome in JSON types, waiting in whole hours of the clock."""
        return {
            "due": None if self.due is None else self.due.isoformat(),
            "ended": None if self.ended is None else self.ended.isoformat(),
            "late": self.late,
            "waits": self.waits,
            "waited_hours": self.waited // timedelta(hours=1),
            "restarts": self.restarts,
            "extensions": self.extensions,
            "refused": [breach.to_dict(language=language) for breach in self.refused],
        }


_NOTHING = Outcome()


@attrs.frozen(kw_only=True)
class Compared:
    """A dossier under two laws: *before* is the law that is held against, *after* the law under which it is replayed."""

    id: str
    procedure: str
    field: str | None = None
    unit: str | None = None
    month: str
    """Of its receipt, such as ``2026-02``; of its filing, if it was not received."""
    before: Outcome = _NOTHING
    after: Outcome = _NOTHING
    why: tuple[LawPart, ...] = ()
    """Which parts of the law, exchanged alone, move it; none where it is moved only by several together."""
    days: tuple[date, ...] = ()
    """The days between receipt and due moment that are worked under one law and not under the other."""
    worked: datetime | None = None
    """When it would have ended, had the work taken as many working days as it did (:attr:`Behaviour.SAME_WORK`); None where
    it has not ended, or nobody can know."""
    open: tuple[OpenReason, ...] = ()
    error: OnestopError | None = None
    """Why it could not be counted at all."""

    @property
    def moved(self) -> bool:
        """Whether the law counts it to another moment."""
        return self.before.due is not None and self.after.due is not None and self.before.due != self.after.due

    @property
    def by(self) -> timedelta:
        """By how much later, in time of the clock."""
        if self.before.due is None or self.after.due is None:
            return timedelta()
        return self.after.due - self.before.due

    @property
    def unsure(self) -> bool:
        """Whether nobody can know what became of it: it is open, or could not be counted."""
        return bool(self.open) or self.error is not None

    def late_if(self, behaviour: Behaviour | str) -> bool | None:
        """Return whether it is late under the law after, had people behaved so; None where nobody can know.

        Raises:
            InvalidValueError: there is no such behaviour.
        """
        asked = Behaviour.of(behaviour, "behaviour")
        if self.after.late is None or asked is Behaviour.SAME_MOMENTS:
            return self.after.late
        if asked is Behaviour.AS_KEPT:
            return self.before.late
        if asked is Behaviour.AS_FAST:
            return False if self.moved else self.after.late
        return self.after.late if self.worked is None or self.after.due is None else self.worked > self.after.due

    @property
    def at_stake(self) -> bool:
        """Whether it is moved and still being handled, so that it may yet be late by one law and in time by the other."""
        return self.moved and self.after.ended is None and not (self.before.late and self.after.late)

    @property
    def newly_late(self) -> bool:
        """Whether it is late now and was not, had everybody acted at the same moments."""
        return self.before.late is False and self.after.late is True

    @property
    def newly_in_time(self) -> bool:
        """The reverse."""
        return self.before.late is True and self.after.late is False

    @property
    def perhaps_newly_late(self) -> bool:
        """Whether it is newly late by one of the behaviours, may yet become so, or may have been so for all that is known."""
        if self.unsure:
            return self.before.late is not True
        yet = self.at_stake and self.by < timedelta()
        return yet or (self.before.late is False and any(self.late_if(each) for each in Behaviour))

    @property
    def perhaps_newly_in_time(self) -> bool:
        """The reverse."""
        if self.unsure:
            return self.before.late is not False
        yet = self.at_stake and self.by > timedelta()
        return yet or (self.before.late is True and any(self.late_if(each) is False for each in Behaviour))

    @property
    def forbidden(self) -> tuple[Breach, ...]:
        """The steps that only the law after refuses."""
        return _only(self.after.refused, self.before.refused)

    @property
    def allowed(self) -> tuple[Breach, ...]:
        """The steps that only the law before refuses."""
        return _only(self.before.refused, self.after.refused)

    @property
    def text(self) -> Text:
        """The row in words."""
        if self.error is not None:
            return self.error.message
        if not self.moved or self.before.due is None or self.after.due is None:
            if self.open:
                return Text(
                    vi="; ".join(each.text.vi for each in self.open), en="; ".join(each.text.en for each in self.open)
                )
            return Text(vi="hạn không đổi", en="not moved")
        same_day = self.before.due.date() == self.after.due.date()
        one, other = (by_when(due) if same_day else long_date(due.date()) for due in (self.before.due, self.after.due))
        return Text(vi=f"hạn chuyển từ {one.vi} sang {other.vi}", en=f"moved from {one.en} to {other.en}")

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the row in JSON types."""
        return {
            "id": self.id,
            "procedure": self.procedure,
            "field": self.field,
            "unit": self.unit,
            "month": self.month,
            "before": self.before.to_dict(language=language),
            "after": self.after.to_dict(language=language),
            "moved": self.moved,
            "newly_late": self.newly_late,
            "newly_in_time": self.newly_in_time,
            "at_stake": self.at_stake,
            "late_if": {each.value: self.late_if(each) for each in Behaviour},
            "why": [part.value for part in self.why],
            "days": [day.isoformat() for day in self.days],
            "open": [reason.value for reason in self.open],
            "text": self.text.in_(language),
            "error": None if self.error is None else self.error.to_dict(language=language),
        }


def _only(these: Iterable[Breach], others: tuple[Breach, ...]) -> tuple[Breach, ...]:
    known = {(breach.number, breach.kind) for breach in others}
    return tuple(breach for breach in these if (breach.number, breach.kind) not in known and not breach.consequence)


def changes_course(breach: Breach) -> bool:
    """Return whether people would have had to act otherwise, rather than somebody else, with other words or not at all."""
    if breach.kind is BreachKind.UNKNOWN:
        return breach.number == 0
    return breach.kind is BreachKind.NOT_ALLOWED or not breach.followed
