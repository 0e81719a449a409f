"""A desk's morning: what is overdue, due, waiting or ready, in the order in which it is taken up."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.deadlines.lists import CaseRow
from onestop_core.deadlines.terms import Measure, Status, StatusCode
from onestop_core.desk.lists.reading import read_rows
from onestop_core.desk.lists.rows import DeskRow, Stage, from_case
from onestop_core.errors import CalendarCoverageError
from onestop_core.kpi.ranking import Place, places
from onestop_core.model import HO_CHI_MINH, FrozenMap, aware
from onestop_core.model.amounts import whole_number
from onestop_core.model.series import each_of
from onestop_core.text import Language, Text, moment_text, padded, sort_key
from onestop_core.text.codes import Code
from onestop_core.workdays import calendar as civil_calendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from onestop_core.deadlines.terms import WorkingCalendar

__all__ = ["Bucket", "Triage", "TriageLine", "UnitLoad", "triage"]

_MOST_DAYS: Final = 250
"""Most working days ahead that a morning looks."""


class Bucket(Code):
    """What is to be done with a dossier this morning, in the order in which a desk takes it up."""

    OVERDUE = "overdue"
    DUE_TODAY = "due_today"
    DUE_SOON = "due_soon"
    RESULT_READY = "result_ready"
    NOT_RECEIVED = "not_received"
    NO_DUE_DAY = "no_due_day"
    IN_TIME = "in_time"
    WAITING_FOR_APPLICANT = "waiting_for_applicant"
    SUSPENDED = "suspended"
    NOT_TOLD = "not_told"
    """The row was changed after the moment of looking and does not tell how the dossier stood."""
    CLOSED = "closed"

    @property
    def text(self) -> Text:
        """The bucket in words."""
        return _NAMES[self]


_NAMES: Final = {
    Bucket.OVERDUE: Text(vi="quá hạn", en="overdue"),
    Bucket.DUE_TODAY: Text(vi="đến hạn hôm nay", en="due today"),
    Bucket.DUE_SOON: Text(vi="sắp đến hạn", en="due soon"),
    Bucket.RESULT_READY: Text(vi="có kết quả, chưa trả", en="result ready, not collected"),
    Bucket.NOT_RECEIVED: Text(vi="chờ tiếp nhận", en="not received yet"),
    Bucket.NO_DUE_DAY: Text(vi="chưa có ngày hẹn trả kết quả", en="no due day"),
    Bucket.IN_TIME: Text(vi="còn trong hạn", en="in time"),
    Bucket.WAITING_FOR_APPLICANT: Text(vi="chờ người nộp hồ sơ", en="waiting for the applicant"),
    Bucket.SUSPENDED: Text(vi="tạm dừng giải quyết", en="suspended"),
    Bucket.NOT_TOLD: Text(vi="đã thay đổi sau thời điểm xem", en="changed after the moment of looking"),
    Bucket.CLOSED: Text(vi="đã kết thúc", en="closed"),
}
_ORDER: Final = {bucket: number for number, bucket in enumerate(Bucket)}
_WAITING: Final = {
    Stage.WAITING_FOR_APPLICANT: Bucket.WAITING_FOR_APPLICANT,
    Stage.SUSPENDED: Bucket.SUSPENDED,
    Stage.NOT_RECEIVED: Bucket.NOT_RECEIVED,
    Stage.RESULT_READY: Bucket.RESULT_READY,
    Stage.CLOSED: Bucket.CLOSED,
}
_ENDED: Final = frozenset({Bucket.RESULT_READY, Bucket.CLOSED})
_IN_PROGRESS: Final = frozenset(
    {
        Bucket.OVERDUE,
        Bucket.DUE_TODAY,
        Bucket.DUE_SOON,
        Bucket.NO_DUE_DAY,
        Bucket.IN_TIME,
        Bucket.WAITING_FOR_APPLICANT,
        Bucket.SUSPENDED,
    }
)


@attrs.frozen(kw_only=True)
class TriageLine:
    """One dossier of a morning."""

    row: DeskRow
    bucket: Bucket
    working_days: int | None = None
    """By how many it is overdue, how many are left, or how many it was late at its end; None: nothing of that is counted, or no
    calendar reaches so far."""

    @property
    def text(self) -> Text:
        """How it stands, in words.

        >>> from datetime import UTC, datetime
        >>> row = DeskRow(id="1", stage="in_progress", due_at=datetime(2026, 3, 9, 10, 0, tzinfo=UTC))
        >>> TriageLine(row=row, bucket="overdue", working_days=2).text.vi
        'quá hạn 02 ngày làm việc'
        """
        code = _STATUSES.get(self.bucket)
        if code is None or self.working_days is None:
            return self.bucket.text
        return Status(code=code, measure=Measure(amount=Fraction(self.working_days), unit="working_days")).text


_STATUSES: Final = {
    Bucket.OVERDUE: StatusCode.OVERDUE,
    Bucket.DUE_TODAY: StatusCode.DUE_TODAY,
    Bucket.DUE_SOON: StatusCode.RUNNING,
    Bucket.IN_TIME: StatusCode.RUNNING,
}


@attrs.frozen(kw_only=True)
class UnitLoad:
    """What a unit has to answer for this morning, and its place among the units."""

    unit: str | None
    """None: the rows that name no unit; they have no place."""
    place: Place | None
    """The unit with most overdue dossiers comes first; then most due today, then most due soon."""
    overdue: int
    due_today: int
    due_soon: int
    in_progress: int
    """All that are received and not at their end, those that wait included."""


@attrs.frozen(kw_only=True, repr=False)
class Triage:
    """A desk's morning: each dossier in its bucket, and the load of each unit."""

    now: datetime
    soon: int
    """How many working days ahead is soon."""
    lines: tuple[TriageLine, ...]
    """In the order in which they are taken up."""
    units: tuple[UnitLoad, ...]
    """By their places; those that share one by name."""

    def __repr__(self) -> str:
        return f"<Triage {moment_text(self.now).en}: {len(self.lines)} dossiers>"

    @property
    def counts(self) -> FrozenMap[Bucket, int]:
        """How many dossiers are in each bucket, also in those that are empty."""
        counted = Counter(line.bucket for line in self.lines)
        return FrozenMap({bucket: counted[bucket] for bucket in Bucket})

    def of(self, bucket: Bucket | str) -> tuple[TriageLine, ...]:
        """Return the lines of one bucket, in order.

        Raises:
            InvalidValueError: there is no such bucket.
        """
        wanted = Bucket.of(bucket, "bucket")
        return tuple(line for line in self.lines if line.bucket is wanted)

    @property
    def order(self) -> Text:
        """Why the lines and the units stand in this order."""
        days = padded(self.soon)
        return Text(
            vi=f"Thứ tự: quá hạn (hạn sớm nhất trước), đến hạn hôm nay, sắp đến hạn (trong {days} ngày làm việc tới), có kết "
            "quả chưa trả, chờ tiếp nhận, chưa có ngày hẹn, còn trong hạn, chờ người nộp hồ sơ, tạm dừng, đã kết thúc; trong mỗi "
            "nhóm việc lâu nhất trước, bằng nhau thì theo mã hồ sơ. Hạng của đơn vị: nhiều hồ sơ quá hạn hơn đứng trước, rồi đến "
            "hạn hôm nay, rồi sắp đến hạn; bằng nhau cả ba thì cùng hạng, và hạng sau tính cả các đơn vị đồng hạng (1, 2, 2, 4).",
            en=f"Order: overdue (earliest due first), due today, due soon (within {self.soon} working days), results not collected, "
            "not received yet, no due day, in time, waiting for the applicant, suspended, closed; within each the oldest first, "
            "equals by code. Units are ranked by overdue dossiers, then those due today, then those due soon; units equal in all "
            "three share a rank and the next one is counted on from them (1, 2, 2, 4).",
        )

    def to_dict(self, *, language: Language = "en", personal: bool = False) -> dict[str, Any]:
        """Return it in JSON types; names, addresses and telephone numbers only if *personal*."""
        return {
            "now": self.now.isoformat(),
            "soon": self.soon,
            "order": self.order.in_(language),
            "counts": {bucket.value: count for bucket, count in self.counts.items()},
            "units": [
                {
                    **{
                        name: getattr(each, name)
                        for name in ("unit", "overdue", "due_today", "due_soon", "in_progress")
                    },
                    "rank": None if each.place is None else each.place.rank,
                    "shared_by": None if each.place is None else each.place.sharers,
                }
                for each in self.units
            ],
            "lines": [
                {
                    "id": line.row.id,
                    "bucket": line.bucket.value,
                    "text": line.text.in_(language),
                    "working_days": line.working_days,
                    "unit": line.row.unit,
                    "officer": line.row.officer,
                    "procedure": line.row.procedure,
                    "due_at": None if line.row.due_at is None else line.row.due_at.isoformat(),
                    **(
                        {name: getattr(line.row, name) for name in ("applicant", "address", "phone")}
                        if personal
                        else {}
                    ),
                }
                for line in self.lines
            ],
        }


def triage(
    rows: Iterable[DeskRow | CaseRow | Mapping[str, object]],
    *,
    now: datetime,
    soon: int = 2,
    calendar: WorkingCalendar | None = None,
) -> Triage:
    """Return the morning of a desk at the moment *now*: *rows* in buckets, counted and in order, and units by load.

    >>> from datetime import datetime
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> found = triage([
    ...     {"Mã hồ sơ": "A", "Hẹn trả kết quả": "06/03/2026 17:00", "Cơ quan chủ trì giải quyết": "Phòng Tư pháp"},
    ...     {"Mã hồ sơ": "B", "Hẹn trả kết quả": "10/03/2026", "Cơ quan chủ trì giải quyết": "Phòng Kinh tế"},
    ... ], now=at("2026-03-10T07:45"))
    >>> [(line.row.id, line.text.vi) for line in found.lines]
    [('A', 'quá hạn 02 ngày làm việc'), ('B', 'đến hạn hôm nay')]
    >>> [(each.unit, each.place.rank) for each in found.units]
    [('Phòng Tư pháp', 1), ('Phòng Kinh tế', 2)]

    Args:
        rows: Rows of dossiers (``deadlines.row``), rows of a desk, or plain rows of another system under the headings
            that ``desk.lists.read_rows`` knows.
        now: The moment of looking.
        soon: How many working days ahead is soon; with 0, the days off that follow today.
        calendar: Which days count; left out, the civil working calendar.

    Raises:
        InvalidValueError: *now* is naive, *soon* is no number from 0 to 250, or *rows* is no series.
        InvalidDocumentError: with every problem of the rows that are none of ours.
        CalendarCoverageError: the calendar does not reach the working days that are soon.
    """
    moment = aware(now, "now")
    ahead = whole_number(soon, "soon", most=_MOST_DAYS)
    days = civil_calendar("vn-civil") if calendar is None else calendar
    later = _morning(days.add(moment.date(), ahead + 1))  # first: it refuses a day beyond all calendars
    tomorrow = _morning(moment.date()) + timedelta(days=1)
    lines = [_line(row, moment, tomorrow, later, days) for row in _rows(rows)]
    lines.sort(key=_rank)
    return Triage(now=moment, soon=ahead, lines=tuple(lines), units=_units(lines))


def _morning(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=HO_CHI_MINH)


def _rows(rows: object) -> Iterable[DeskRow]:
    plain: list[Any] = []
    made: list[DeskRow] = []
    for row in each_of(rows, object, "rows"):
        if isinstance(row, DeskRow):
            made.append(row)
        elif isinstance(row, CaseRow):
            made.append(from_case(row))
        else:
            plain.append(row)
    return [*made, *read_rows(plain)] if plain else made


def _line(row: DeskRow, now: datetime, tomorrow: datetime, later: datetime, calendar: WorkingCalendar) -> TriageLine:
    bucket = _bucket(row, now, tomorrow, later)
    count = None
    until = now if bucket in _STATUSES else row.ended_at if bucket in _ENDED else None
    if row.due_at is not None and until is not None and (bucket in _STATUSES or until > row.due_at):
        try:
            count = abs(calendar.count(row.due_at.date(), until.date()))
        except CalendarCoverageError:
            count = None  # a day of long ago, or a typing error, must not hide the others
    return TriageLine(row=row, bucket=bucket, working_days=count)


def _bucket(row: DeskRow, now: datetime, tomorrow: datetime, later: datetime) -> Bucket:
    due, since = row.due_at, row.waiting_since
    if row.changed_at is not None and row.changed_at > now:
        return Bucket.NOT_TOLD
    if row.stage in {Stage.WAITING_FOR_APPLICANT, Stage.SUSPENDED}:
        # What was overdue when the wait began stays overdue.
        late = due is not None and since is not None and due <= since and due < now
        return Bucket.OVERDUE if late else _WAITING[row.stage]
    if row.stage is not Stage.IN_PROGRESS:
        return _WAITING[row.stage]
    if due is None:
        return Bucket.NO_DUE_DAY
    if due < now:
        return Bucket.OVERDUE
    return Bucket.DUE_TODAY if due < tomorrow else Bucket.DUE_SOON if due < later else Bucket.IN_TIME


def _rank(line: TriageLine) -> tuple[int, float | int, Any]:
    row = line.row
    since = {
        Bucket.RESULT_READY: row.ended_at,
        Bucket.WAITING_FOR_APPLICANT: row.waiting_since,
        Bucket.SUSPENDED: row.waiting_since,
        Bucket.CLOSED: row.returned_at or row.ended_at,
    }.get(line.bucket, row.due_at or row.received_at)
    # What tells no moment comes last.
    return (
        _ORDER[line.bucket],
        _LAST if since is None else (since - _FIRST) // timedelta(microseconds=1),
        sort_key(row.id),
    )


_FIRST: Final = datetime(1, 1, 2, tzinfo=HO_CHI_MINH)
_LAST: Final = 10**18


def _units(lines: list[TriageLine]) -> tuple[UnitLoad, ...]:
    counted: dict[str | None, Counter[Bucket]] = {}
    for line in lines:
        counted.setdefault(line.row.unit, Counter())[line.bucket] += 1
    named = [unit for unit in counted if unit is not None]
    marks = [tuple(counted[unit][each] for each in _LOADS) for unit in named]
    place_of: dict[str | None, Place] = dict(zip(named, places(marks), strict=True))
    units = sorted(named, key=lambda unit: (place_of[unit].rank, sort_key(unit)))
    return tuple(
        _load(unit, counted[unit], place_of.get(unit)) for unit in (*units, *((None,) if None in counted else ()))
    )


_LOADS: Final = (Bucket.OVERDUE, Bucket.DUE_TODAY, Bucket.DUE_SOON)


def _load(unit: str | None, counted: Counter[Bucket], place: Place | None) -> UnitLoad:
    return UnitLoad(
        unit=unit,
        place=place,
        overdue=counted[Bucket.OVERDUE],
        due_today=counted[Bucket.DUE_TODAY],
        due_soon=counted[Bucket.DUE_SOON],
        in_progress=sum(count for bucket, count in counted.items() if bucket in _IN_PROGRESS),
    )
