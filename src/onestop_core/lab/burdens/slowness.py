"""Why dossiers took longer than their limit: they waited, the law changed on the way, they were large, or it was the work."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core import dossier as dossiers
from onestop_core.deadlines import countdown
from onestop_core.dossier import Dossier
from onestop_core.errors import OnestopError
from onestop_core.model.series import each_of
from onestop_core.text import Text, number
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from onestop_core.lab.laws import Law
    from onestop_core.model import TimeLimit
    from onestop_core.text import Language

__all__ = ["Cause", "Size", "Slow", "SlowPlace", "Slowness", "slowness"]

_DAY: Final = timedelta(days=1)
_SMALL, _MEDIUM = 5, 15
"""Working days from receipt to the due moment up to which a procedure is small, and middling: a choice of ours."""


class Cause(Code):
    """Why a dossier took longer than its limit, all waiting counted."""

    WAITING = "waiting"
    """It waited for somebody else, and was done in time as the law counts without waiting, anew after papers were added;
    an extension does not make it so."""
    LAW_CHANGED = "law_changed"
    """On its way another edition of its rules came into force, or a decision on working days of that time was announced."""
    LARGE = "large"
    """Its procedure is a large one."""
    WORK = "work"
    """None of these: the work took longer than the law allows."""

    @property
    def text(self) -> Text:
        """The cause in words."""
        return _CAUSES[self]


_CAUSES: Final = {
    Cause.WAITING: Text(vi="chờ bên khác", en="waiting for others"),
    Cause.LAW_CHANGED: Text(vi="quy định thay đổi khi đang giải quyết", en="the law changed on the way"),
    Cause.LARGE: Text(vi="thủ tục lớn", en="a large procedure"),
    Cause.WORK: Text(vi="thời gian xử lý", en="the work itself"),
}


class Size(Code):
    """How much time the law gives a procedure."""

    SMALL = "small"
    """Up to 5 working days."""
    MEDIUM = "medium"
    """Up to 15."""
    LARGE = "large"

    @property
    def text(self) -> Text:
        """The size in words."""
        return _SIZES[self]


_SIZES: Final = {
    Size.SMALL: Text(vi="thủ tục nhỏ, đến 5 ngày làm việc", en="a small procedure, up to 5 working days"),
    Size.MEDIUM: Text(vi="thủ tục vừa, đến 15 ngày làm việc", en="a middling procedure, up to 15 working days"),
    Size.LARGE: Text(vi="thủ tục lớn, trên 15 ngày làm việc", en="a large procedure, over 15 working days"),
}


@attrs.frozen(kw_only=True)
class Slow:
    """A dossier that took longer than its limit, all waiting counted."""

    id: str
    edition: str
    """Of the rules pinned on it."""
    size: Size
    causes: tuple[Cause, ...]
    days: int
    """Working days from receipt to end."""
    over: int
    """Working days beyond the limit that was counted from the receipt, as if nothing had been waited for."""

    def to_dict(self) -> dict[str, Any]:
        """Return it in JSON types."""
        return {
            "id": self.id,
            "edition": self.edition,
            "size": self.size.value,
            "causes": [cause.value for cause in self.causes],
            "days": self.days,
            "over": self.over,
        }


def _title(edition: str) -> Text:
    try:
        return dossiers.lifecycle.find(edition).title
    except OnestopError:  # an edition of somebody's own has the name that its logs give it
        return Text(vi=edition, en=edition)


@attrs.frozen(kw_only=True)
class SlowPlace:
    """The slow dossiers of one edition, size and cause."""

    edition: str
    """Of the rules pinned on them."""
    size: Size
    """Of their procedures."""
    cause: Cause
    """Why, or one of the reasons why."""
    rows: tuple[Slow, ...]
    """The dossiers."""

    @property
    def title(self) -> Text:
        """What the rules are called."""
        return _title(self.edition)

    @property
    def over(self) -> int:
        """Working days beyond the limit together."""
        return sum(row.over for row in self.rows)

    @property
    def text(self) -> Text:
        """The place in words, how many dossiers and how many working days beyond the limit."""
        many, over = number(len(self.rows)), number(self.over)
        title, size, cause = self.title, self.size.text, self.cause.text
        one, days = ("" if each == 1 else "s" for each in (len(self.rows), self.over))
        return Text(
            vi=f"{title.vi}, {size.vi}, {cause.vi}: {many.vi} hồ sơ, quá {over.vi} ngày làm việc",
            en=f"{title.en}, {size.en}, {cause.en}: {many.en} dossier{one}, {over.en} working day{days} beyond",
        )


@attrs.frozen(kw_only=True, repr=False)
class Slowness:
    """Which dossiers were slow, and why."""

    ended: int
    """Dossiers that were received and have ended, whose limit is known."""
    rows: tuple[Slow, ...]
    """The slow ones, as they came."""

    def __repr__(self) -> str:
        return f"<Slowness: {len(self.rows)} of {self.ended} dossiers>"

    def of(
        self, *, edition: str | None = None, size: Size | None = None, cause: Cause | None = None
    ) -> tuple[Slow, ...]:
        """Return the slow dossiers of an edition, a size and a cause; what is left out is not asked."""
        return tuple(
            row
            for row in self.rows
            if (edition is None or row.edition == edition)
            and (size is None or row.size is size)
            and (cause is None or cause in row.causes)
        )

    @property
    def spots(self) -> tuple[SlowPlace, ...]:
        """Where dossiers were slow: by edition, size and cause. One with several causes stands at each."""
        editions = sorted({row.edition for row in self.rows})
        found = (
            SlowPlace(edition=edition, size=size, cause=cause, rows=self.of(edition=edition, size=size, cause=cause))
            for edition in editions
            for size in Size
            for cause in Cause
        )
        return tuple(place for place in found if place.rows)

    def lines(self, *, language: Language = "en") -> tuple[str, ...]:
        """Return the answer as lines to read: by edition, size and cause, how many and how many working days beyond the limit."""
        return tuple(place.text.in_(language) for place in self.spots)

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the answer in JSON types, each slow dossier with its causes, and the places with their dossiers."""
        return {
            "ended": self.ended,
            "rows": [row.to_dict() for row in self.rows],
            "spots": [
                {
                    "edition": place.edition,
                    "size": place.size.value,
                    "cause": place.cause.value,
                    "over": place.over,
                    "dossiers": [row.id for row in place.rows],
                    "text": place.text.in_(language),
                }
                for place in self.spots
            ],
        }


def slowness(cases: Iterable[Dossier], *, law: Law) -> Slowness:
    """Return which of *cases* took longer than their limit, all waiting counted, and why.

    >>> from onestop_core import catalogue, lab
    >>> found = slowness(lab.generate(400, year=2025), law=lab.law(limits=catalogue.shipped()))
    >>> found
    <Slowness: 75 of 400 dossiers>
    >>> sorted({cause.value for row in found.rows for cause in row.causes})
    ['large', 'law_changed', 'waiting', 'work']

    Raises:
        InvalidValueError: they are no dossiers.
    """
    rows: list[Slow] = []
    ended = 0
    for case in each_of(cases, Dossier, "cases"):
        limit, end = law.limits.of(case.procedure), case.clock.stopped_at
        if limit is None or end is None or not case.clock.spans:
            continue
        ended += 1
        if (row := _slow(case, law, limit, end)) is not None:
            rows.append(row)
    return Slowness(ended=ended, rows=tuple(rows))


def _slow(case: Dossier, law: Law, limit: TimeLimit, end: datetime) -> Slow | None:
    start = case.clock.spans[0].start
    bare = type(case.clock)().start(start)
    due = countdown(bare, limit, calendar=law.calendar, hours=law.hours, policies=law.policies).counted
    assert due is not None  # it was received
    if end <= due:
        return None
    allowed = law.calendar.count(start.date(), due.date())
    size = Size.SMALL if allowed <= _SMALL else Size.MEDIUM if allowed <= _MEDIUM else Size.LARGE
    unextended = attrs.evolve(case.clock, extensions=())
    counted = countdown(unextended, limit, calendar=law.calendar, hours=law.hours, policies=law.policies).counted
    causes: list[Cause] = []
    if case.clock.waits and counted is not None and end <= counted:
        causes.append(Cause.WAITING)
    if _changed(law, case.lifecycle, start.date(), end.date()):
        causes.append(Cause.LAW_CHANGED)
    if size is Size.LARGE:
        causes.append(Cause.LARGE)
    return Slow(
        id=case.id,
        edition=case.lifecycle,
        size=size,
        causes=tuple(causes) or (Cause.WORK,),
        days=law.calendar.count(start.date(), end.date()),
        over=law.calendar.count(due.date(), end.date()),
    )


def _changed(law: Law, lifecycle: str, first: date, last: date) -> bool:
    """Return whether an edition began, or a decision on working days was announced, while the dossier was under way."""
    name = lifecycle.partition("@")[0]
    starts = (edition.during.first for edition in dossiers.lifecycle.editions() if edition.name == name)
    begun = any(day is not None and first < day <= last for day in starts)
    days = (first + _DAY * number for number in range((last - first).days + 1))
    announced = (law.calendar.day(day).announced_on for day in days)
    return begun or any(day is not None and first < day <= last for day in announced)
