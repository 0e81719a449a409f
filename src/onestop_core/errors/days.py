"""Days for which there is no rule, or of which the calendar knows nothing."""

from __future__ import annotations

from datetime import date
from typing import ClassVar

import attrs

from onestop_core.errors.base import OnestopError
from onestop_core.errors.fields import error_fields
from onestop_core.errors.saying import echoed, said
from onestop_core.text import Text, day_text, period_text

__all__ = ["CalendarCoverageError", "NotInForceError"]


@attrs.frozen(kw_only=True, slots=False, field_transformer=error_fields)
class NotInForceError(OnestopError, LookupError):
    """No rule of a dated table applies on the day asked for: a gap is an error, never the last known value."""

    code: ClassVar[str] = "not-in-force"
    title: ClassVar[Text] = Text(vi="Không có quy định có hiệu lực vào ngày đó", en="No rule in force on that day")
    http_status: ClassVar[int] = 422

    what: Text
    on: date
    known: tuple[tuple[date | None, date | None], ...]
    """The periods (first day, last day or None for open) in which there is a rule."""

    @property
    def message(self) -> Text:
        """What has no rule on which day, and when it has one."""
        spans = [period_text(start, end) for start, end in self.known]
        day = day_text(self.on)
        return said(
            vi=f"{self.what.vi}: không có quy định có hiệu lực vào ngày {day.vi}; "
            f"có hiệu lực trong: {'; '.join(s.vi for s in spans) or 'không kỳ nào'}",
            en=f"{self.what.en}: nothing in force on {day.en}; "
            f"known for: {'; '.join(s.en for s in spans) or 'no period'}",
        )


@attrs.frozen(kw_only=True, slots=False, field_transformer=error_fields)
class CalendarCoverageError(OnestopError, LookupError):
    """A day about which the calendar knows nothing, or about which it was told not to guess."""

    code: ClassVar[str] = "calendar-coverage"
    title: ClassVar[Text] = Text(vi="Ngoài phạm vi của lịch", en="Outside what the calendar covers")
    http_status: ClassVar[int] = 422

    calendar: str
    day: date
    first: date
    last: date
    """The calendar answers from *first* to *last*, both included."""

    @property
    def message(self) -> Text:
        """Which day, and the days for which the calendar answers."""
        return said(
            vi=f"lịch {echoed(self.calendar)} không bao gồm ngày {day_text(self.day).vi}; "
            f"phạm vi: {period_text(self.first, self.last).vi}",
            en=f"calendar {echoed(self.calendar)} does not cover {day_text(self.day).en}; it covers "
            f"{period_text(self.first, self.last).en}",
        )
