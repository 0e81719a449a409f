"""Whether something may be taken out of a log already: what is kept by law is not taken out before its time is over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.desk.retention.reviewing import Review, ReviewKind, YearReading, review_on
from onestop_core.desk.retention.table import RetentionTable, retention_table
from onestop_core.model import Basis, plain_day
from onestop_core.model.series import instance
from onestop_core.text import Text

if TYPE_CHECKING:
    from datetime import date

    from onestop_core.desk.retention.files import KeptFile

__all__ = ["Redaction", "may_redact"]


@attrs.frozen(kw_only=True)
class Redaction:
    """Whether personal fields of a file's log may be taken out on a day, and on what ground, or on what ground not."""

    allowed: bool
    review: Review
    basis: tuple[Basis, ...] = ()

    @property
    def ground(self) -> Text:
        """What is written down with the redaction, or told to who asked for it."""
        grounds = [each.cite() for each in self.basis]
        vi, en = ("; ".join(each.vi for each in grounds), "; ".join(each.en for each in grounds))
        head = _WORDS[self.allowed]
        why = self.review.text
        return Text(vi=f"{head.vi}: {why.vi} ({vi})", en=f"{head.en}: {why.en} ({en})")


_WORDS: Final = {
    True: Text(vi="thời hạn lưu trữ đã hết", en="the time of keeping is over"),
    False: Text(vi="chưa được che dữ liệu", en="not yet"),
}


def may_redact(
    file: KeptFile,
    *,
    on: date,
    table: RetentionTable | None = None,
    reading: YearReading | str = YearReading.AFTER_FULL_YEARS,
) -> Redaction:
    """Return whether personal fields of the log of *file* may be taken out *on* a day.

    Before its period is over a file is kept by law, and a request to delete is refused with its ground. What has no
    known period, and what is kept for ever, is never taken out by this rule.

    >>> from datetime import date
    >>> from onestop_core.desk.retention import KeptFile
    >>> refused = KeptFile(id="1", subject="broker_certificate", outcome="refused", ended_on=date(2026, 3, 2))
    >>> [may_redact(refused, on=day).allowed for day in (date(2028, 12, 31), date(2029, 1, 1))]
    [False, True]

    Args:
        file: The file.
        on: The day.
        table: The periods; left out, those that ship.
        reading: How a period that counts from a year ends.

    Raises:
        InvalidValueError: an argument of another type.
    """
    day = plain_day(on, "on")
    rows = retention_table() if table is None else instance(table, RetentionTable, "table")
    review = review_on(file, table=rows, reading=reading)
    allowed = review.kind is ReviewKind.FROM_A_DAY and review.on is not None and review.on <= day
    own = rows.over_basis if allowed else rows.refusal_basis
    return Redaction(allowed=allowed, review=review, basis=(*review.basis, *((own,) if own is not None else ())))
