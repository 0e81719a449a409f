"""From which day on a file may be reviewed for destruction: the longest of its documents decides."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.desk.retention.files import KeptFile
from onestop_core.desk.retention.table import Counted, Keep, Period, RetentionTable, retention_table
from onestop_core.errors import InvalidValueError
from onestop_core.model import Basis
from onestop_core.model.series import instance
from onestop_core.text import Text, day_text
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_core.text import Language

__all__ = ["Review", "ReviewKind", "YearReading", "review_on"]


class YearReading(Code):
    """How a period that counts *from the year* of an event ends; the law does not say which."""

    AFTER_FULL_YEARS = "after_full_years"
    """The years after that of the event are all full: reviewed from 1 January of (year + period + 1)."""
    IN_THE_LAST_YEAR = "in_the_last_year"
    """The year of the event is the first: reviewed from 1 January of (year + period)."""


class ReviewKind(Code):
    """Whether a file comes up for review at all."""

    FROM_A_DAY = "from_a_day"
    PERMANENT = "permanent"
    NOT_OVER = "not_over"
    """Its work is not over."""
    UNKNOWN = "unknown"
    """The period of the file or of a document in it, or the event from which it counts, is not known: never destroyed."""


@attrs.frozen(kw_only=True)
class Review:
    """From when on a file may be reviewed for destruction, and why; a review is no destruction."""

    file: str
    """Name of the file."""
    kind: ReviewKind
    on: date | None = None
    """The first day."""
    subject: str
    """What decided: the file, or the document in it."""
    period: Period | None = None
    """The row that decided; None: nothing is known."""
    missing: str | None = None
    """The event that is not known."""
    basis: tuple[Basis, ...] = ()

    def __attrs_post_init__(self) -> None:
        if (self.on is not None) is not (self.kind is ReviewKind.FROM_A_DAY):
            raise InvalidValueError.of(
                "on", self.on, vi="ngày khi xét hủy theo ngày", en="the day of a review from a day"
            )

    @property
    def years(self) -> int | None:
        """For how many years what decided is kept; None where that is for ever, or not known."""
        return None if self.period is None else (self.period.years or 0 if self.kind is ReviewKind.FROM_A_DAY else None)

    @property
    def text(self) -> Text:
        """The answer in words."""
        if self.on is not None:
            day = day_text(self.on)
            return Text(vi=f"xét hủy từ ngày {day.vi}", en=f"may be reviewed for destruction from {day.en} on")
        return _WORDS[self.kind]

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the answer in JSON types."""
        return {
            "file": self.file,
            "kind": self.kind.value,
            "on": None if self.on is None else self.on.isoformat(),
            "subject": self.subject,
            "period": None if self.period is None else self.period.code,
            "missing": self.missing,
            "text": self.text.in_(language),
            "basis": [each.cite().in_(language) for each in self.basis],
        }


_WORDS: Final = {
    ReviewKind.PERMANENT: Text(vi="lưu trữ vĩnh viễn", en="kept for ever"),
    ReviewKind.NOT_OVER: Text(vi="công việc chưa kết thúc", en="its work is not over"),
    ReviewKind.UNKNOWN: Text(
        vi="thời hạn lưu trữ chưa biết nên không xét hủy", en="no period is known, so that it is never destroyed"
    ),
}
_RANK: Final = {ReviewKind.FROM_A_DAY: 0, ReviewKind.PERMANENT: 1, ReviewKind.UNKNOWN: 2}
"""Which answer about its parts is the answer about a file: what is not known before what is kept for ever."""


def review_on(
    file: KeptFile,
    *,
    table: RetentionTable | None = None,
    reading: YearReading | str = YearReading.AFTER_FULL_YEARS,
) -> Review:
    """Return from which day on *file* may be reviewed for destruction.

    A file takes the longest period of what is in it. If a period is not known, or the event from which it counts, the
    file never comes up.

    >>> from datetime import date
    >>> refused = KeptFile(id="1", subject="broker_certificate", outcome="refused", ended_on=date(2026, 3, 2))
    >>> review_on(refused).on, review_on(refused, reading="in_the_last_year").on
    (datetime.date(2029, 1, 1), datetime.date(2028, 1, 1))
    >>> review_on(KeptFile(id="2", subject="1.004222", outcome="done", ended_on=date(2026, 3, 2))).text.en
    'no period is known, so that it is never destroyed'

    Args:
        file: The file.
        table: The periods; left out, those that ship.
        reading: How a period that counts from a year ends.

    Raises:
        InvalidValueError: an argument of another type, a reading that there is not, or a day so late that no period ends.
    """
    kept = instance(file, KeptFile, "file")
    rows = retention_table() if table is None else instance(table, RetentionTable, "table")
    read = YearReading.of(reading, "reading")
    if kept.outcome is None or kept.ended_on is None:
        return Review(file=kept.id, kind=ReviewKind.NOT_OVER, subject=kept.subject)
    return max(_parts(kept, rows, read), key=lambda each: (_RANK[each.kind], each.on or date.min))


def _parts(file: KeptFile, table: RetentionTable, reading: YearReading) -> Iterator[Review]:
    parts = [(file.subject, file.known_days), *((each.subject, each.days) for each in file.documents)]
    for subject, days in parts:
        found = table.periods_of(subject, file.outcome)
        if not found:
            yield Review(file=file.id, kind=ReviewKind.UNKNOWN, subject=subject)
        for row in found:
            basis = (row.basis, *((table.longest_basis,) if table.longest_basis is not None and len(parts) > 1 else ()))
            if row.keep is Keep.PERMANENT:
                yield Review(file=file.id, kind=ReviewKind.PERMANENT, subject=subject, period=row, basis=basis)
                continue
            event = row.event or "work_ended"
            since = {**file.known_days, **days}.get(event)
            if since is None:
                yield Review(
                    file=file.id, kind=ReviewKind.UNKNOWN, subject=subject, period=row, missing=event, basis=basis
                )
                continue
            if row.counted is Counted.YEAR and row.keep is Keep.YEARS and table.year_basis is not None:
                basis = (*basis, table.year_basis)
            try:
                on = _first_day(row, since, reading)
            except (ValueError, OverflowError):
                raise InvalidValueError.of(
                    event,
                    since,
                    vi="ngày mà thời hạn lưu trữ kết thúc trước năm 10000",
                    en="a day from which the period ends before the year 10000",
                ) from None
            yield Review(file=file.id, kind=ReviewKind.FROM_A_DAY, on=on, subject=subject, period=row, basis=basis)


def _first_day(row: Period, since: date, reading: YearReading) -> date:
    years = row.years or 0
    if row.keep is Keep.NOT_KEPT:
        return since
    if row.counted is Counted.YEAR:
        return date(since.year + years + (reading is YearReading.AFTER_FULL_YEARS), 1, 1)
    leap = (since.month, since.day) == (2, 29)
    last = date(since.year + years, 2, 28) if leap else date(since.year + years, since.month, since.day)
    return last + timedelta(days=1)
