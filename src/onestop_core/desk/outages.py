"""Outages of an online service: on record, told in time, and met by whose last day; no due moment moves by itself.

No sentence of law that was read moves a deadline because the portal is down (Decree 118/2025/NĐ-CP, arts 15-24; Decree
224/2026/NĐ-CP, arts 12-15). What is here tells whom it may have kept from filing in time; whether to extend is the
authority's decision.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core._public import gated, publish
from onestop_core.errors import InvalidValueError
from onestop_core.model import Basis, Firmness, aware, day_of, plain_day
from onestop_core.model.series import each_of, instance
from onestop_core.model.words import plain_text
from onestop_core.text import Text, moment_text
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop_core.deadlines.terms.values import WorkingCalendar
    from onestop_core.text import Language

__all__ = ["LastDay", "MetOutage", "NoticeStatus", "Outage", "OutageNotice", "met_outages", "notice_of"]

_DECREE: Final = date(2026, 7, 1)
_DAYS_BEFORE: Final = 7
_MOMENT: Final = timedelta(microseconds=1)
_NOTICE: Final = Basis(
    instrument="Nghị định 224/2026/NĐ-CP", article="13(1)(a)", firmness=Firmness.READ, in_force_from=_DECREE
)
_NO_SHIFT: Final = Basis(
    instrument="Nghị định 118/2025/NĐ-CP",
    article="19(6)",
    firmness=Firmness.INFERRED,
    note=Text(
        vi="Không quy định nào đã đọc dời ngày hẹn vì hệ thống gián đoạn; cơ quan có thể gia hạn theo khoản này.",
        en="No provision that was read moves an appointment for an outage; the authority may extend by this clause.",
    ),
)


def _id(value: object, what: str) -> str:
    return plain_text(value, what, longest=200)


@attrs.frozen(kw_only=True, field_transformer=gated({datetime: aware, date: plain_day, str: _id}))
class Outage:
    """A time in which an online service did not work, or will not.

    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> Outage(id="1", start=at("2026-08-03T22:00"), end=at("2026-08-04T06:00"), planned=True).planned
    True

    Raises:
        InvalidValueError: a naive moment, or an end, known or expected, before the start.
    """

    id: str
    start: datetime
    end: datetime | None = None
    """None while it lasts."""
    planned: bool
    """Whether it was decided beforehand; a failure is not."""
    expected_end: datetime | None = None
    """When the service was said to be back."""
    notice_on: date | None = None
    """The day on which the public was told."""
    force_majeure: bool = False
    """Whether nobody could tell beforehand."""

    def __attrs_post_init__(self) -> None:
        for what, end in (("end", self.end), ("expected_end", self.expected_end)):
            if end is not None and end < self.start:
                start = moment_text(self.start)
                raise InvalidValueError.of(what, end, vi=f"từ {start.vi} trở đi", en=f"{start.en} or later")

    def touches(self, day: date) -> bool:
        """Return whether the service did not work at some time of that *day*; while it lasts, of every later one.

        Raises:
            InvalidValueError: the day is not a plain date.
        """
        asked = plain_day(day, "day")
        # What was over at midnight did not touch the day that began then.
        last = None if self.end is None else max(self.start, self.end - _MOMENT)
        return day_of(self.start) <= asked and (last is None or asked <= day_of(last))


class NoticeStatus(Code):
    """Whether the public was told of a stop in time."""

    NOT_NEEDED = "not_needed"
    """Not planned, for force majeure, or before 1 July 2026, from when on the decree asks for it."""
    IN_TIME = "in_time"
    LATE = "late"
    MISSING = "missing"
    WITHOUT_END = "without_end"
    """In time, and without the moment at which the service is expected back."""


@attrs.frozen(kw_only=True)
class OutageNotice:
    """By when the public must be told of a planned stop, and whether it was."""

    outage: Outage
    status: NoticeStatus
    by: date | None = None
    """The last day for it: so many working days before the stop. Counted backwards, it moves off no day off."""
    basis: tuple[Basis, ...] = ()


def notice_of(outage: Outage, *, calendar: WorkingCalendar, days: int = _DAYS_BEFORE) -> OutageNotice:
    """Return by when the public must be told of *outage*, and whether it was.

    >>> from onestop_core import workdays
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> stop = Outage(id="1", start=at("2026-08-14T22:00"), planned=True, notice_on=date(2026, 8, 5))
    >>> found = notice_of(stop, calendar=workdays.calendar("vn-civil"))
    >>> found.by.isoformat(), found.status.value
    ('2026-08-05', 'without_end')

    Args:
        outage: The stop.
        calendar: Which days count.
        days: How many working days before; a local rule may ask for more than the 7 of the decree.

    Raises:
        InvalidValueError: an argument of another type, or fewer days than the decree's.
        CalendarCoverageError: the calendar does not reach far enough.
    """
    stop = instance(outage, Outage, "outage")
    if type(days) is not int or not _DAYS_BEFORE <= days <= _MOST:
        raise InvalidValueError.of(
            "days", days, vi=f"từ {_DAYS_BEFORE} đến {_MOST} ngày", en=f"{_DAYS_BEFORE} to {_MOST}"
        )
    starts = day_of(stop.start)
    if not stop.planned or stop.force_majeure or starts < _DECREE:
        return OutageNotice(outage=stop, status=NoticeStatus.NOT_NEEDED)
    by = calendar.add(starts, -days)
    return OutageNotice(outage=stop, status=_told(stop, by), by=by, basis=(_NOTICE,))


_MOST: Final = 365


def _told(stop: Outage, by: date) -> NoticeStatus:
    if stop.notice_on is None:
        return NoticeStatus.MISSING
    if stop.notice_on > by:
        return NoticeStatus.LATE
    return NoticeStatus.WITHOUT_END if stop.expected_end is None else NoticeStatus.IN_TIME


@attrs.frozen(kw_only=True, field_transformer=gated({datetime: aware, str: _id}))
class LastDay:
    """A moment until which something could be done: the appointment, or the end of a wait for the applicant."""

    id: str
    """The host's name for the dossier."""
    due: datetime
    what: str = "appointment"
    """What was due, in the host's words, such as ``supplement``."""


@attrs.frozen(kw_only=True)
class MetOutage:
    """A last day that met an outage. The due moment stays what it was."""

    id: str
    due: datetime
    what: str
    outages: tuple[Outage, ...]
    """Those that touched the day, the first first."""
    basis: tuple[Basis, ...] = (_NO_SHIFT,)

    @property
    def text(self) -> Text:
        """The row in words."""
        due = moment_text(self.due)
        return Text(
            vi=f"hạn {due.vi} trùng thời gian hệ thống gián đoạn; hạn không tự dời",
            en=f"due {due.en}, a day on which the service was down; it does not move by itself",
        )

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the row in JSON types."""
        return {
            "id": self.id,
            "due": self.due.isoformat(),
            "what": self.what,
            "outages": [outage.id for outage in self.outages],
            "text": self.text.in_(language),
            "basis": [each.cite().in_(language) for each in self.basis],
        }


def met_outages(last_days: Iterable[LastDay], outages: Iterable[Outage]) -> tuple[MetOutage, ...]:
    """Return which of *last_days* met one of *outages*, in their order.

    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> down = Outage(id="1", start=at("2026-08-14T08:00"), end=at("2026-08-14T11:00"), planned=False)
    >>> days = [LastDay(id="H26-1", due=at("2026-08-14T17:00")), LastDay(id="H26-2", due=at("2026-08-15T17:00"))]
    >>> [(row.id, row.due == days[0].due) for row in met_outages(days, [down])]
    [('H26-1', True)]

    Raises:
        InvalidValueError: what is no series of last days or of outages.
    """
    stops = sorted(each_of(outages, Outage, "outages"), key=lambda each: each.start)
    rows = [
        (last, tuple(stop for stop in stops if stop.start <= last.due and stop.touches(day_of(last.due))))
        for last in each_of(last_days, LastDay, "last_days")
    ]
    return tuple(MetOutage(id=last.id, due=last.due, what=last.what, outages=met) for last, met in rows if met)


publish(globals())
