"""What was read in a published wording, and what was not."""

from __future__ import annotations

from typing import Final

import attrs

from onestop_core.model import TimeLimit
from onestop_core.text import Text
from onestop_core.text.codes import Code

__all__ = ["FoundLimit", "LimitOutcome", "LimitStart", "LimitWording"]


class LimitStart(Code):
    """From which event a limit runs, as far as its words say so."""

    FULL_DOSSIER = "full_dossier"
    """The dossier is received full and valid (nhận đủ hồ sơ hợp lệ)."""
    DOSSIER = "dossier"
    """The dossier, an application or a declaration is received."""
    DOCUMENT = "document"
    """A document, an opinion, a report or a result of another body is received."""
    OTHER = "other"
    """Another event, named in :attr:`FoundLimit.runs_from`."""


class LimitOutcome(Code):
    """What came of reading a wording; every outcome but ``read`` gives no limit."""

    READ = "read"
    """One limit, and nothing in the text that gainsays it."""
    NOT_PRESCRIBED = "not_prescribed"
    """The text says that no limit is prescribed (không quy định)."""
    NOT_STATED = "not_stated"
    """The text says that there is no information."""
    SEVERAL = "several"
    """Two limits or more, mostly by case or by step: see :attr:`LimitWording.found`."""
    RANGE = "range"
    """From so many to so many."""
    MINIMUM = "minimum"
    """At least so long, or only after so long."""
    BEFORE_EVENT = "before_event"
    """So long before an event."""
    DATE = "date"
    """A day of the calendar or of a month."""
    EXTENSION = "extension"
    """What is added to a limit or taken from it."""
    OTHER_PERIOD = "other_period"
    """An age, a validity, a period that comes again: time, but no limit."""
    CONTRADICTION = "contradiction"
    """Digits and words that say different numbers."""
    UNIT = "unit"
    """A unit in which no limit is counted, or none at all."""
    NOT_UNDERSTOOD = "not_understood"
    """No limit was found."""


OUTCOME_TEXTS: Final = {
    LimitOutcome.READ: Text(vi="một thời hạn", en="one time limit"),
    LimitOutcome.NOT_PRESCRIBED: Text(vi="không quy định thời hạn", en="no time limit is prescribed"),
    LimitOutcome.NOT_STATED: Text(vi="không có thông tin về thời hạn", en="no information on the time limit"),
    LimitOutcome.SEVERAL: Text(vi="nhiều thời hạn trong một đoạn", en="several time limits in one text"),
    LimitOutcome.RANGE: Text(vi="khoảng thời gian từ … đến …", en="a range from … to …"),
    LimitOutcome.MINIMUM: Text(vi="thời gian tối thiểu", en="a least time"),
    LimitOutcome.BEFORE_EVENT: Text(vi="thời gian trước một sự kiện", en="a time before an event"),
    LimitOutcome.DATE: Text(vi="một ngày theo lịch", en="a day of the calendar"),
    LimitOutcome.EXTENSION: Text(vi="thời gian kéo dài thêm hoặc rút ngắn", en="a time that is added or taken off"),
    LimitOutcome.OTHER_PERIOD: Text(
        vi="khoảng thời gian khác (tuổi, hiệu lực, định kỳ)", en="another period (an age, a validity, one that recurs)"
    ),
    LimitOutcome.CONTRADICTION: Text(vi="số và chữ không khớp nhau", en="digits and words that differ"),
    LimitOutcome.UNIT: Text(vi="đơn vị không dùng để tính thời hạn", en="a unit in which no time limit is counted"),
    LimitOutcome.NOT_UNDERSTOOD: Text(vi="không tìm thấy thời hạn", en="no time limit was found"),
}


@attrs.frozen(kw_only=True)
class FoundLimit:
    """One limit in a text, with what its own clause says of it."""

    limit: TimeLimit
    words: str
    """The words of the limit itself, as they stand."""
    start: LimitStart | None = None
    runs_from: str | None = None
    """The event from which it runs, as its words stand; None where none is named."""
    conditions: tuple[str, ...] = ()
    """For whom or what it holds, as its words stand."""


@attrs.frozen(kw_only=True)
class LimitWording:
    """A published wording of a time limit, read: never guessed.

    See :func:`onestop_core.deadlines.read_limit`.
    """

    text: str
    """The text that was read, in normal form, with single blanks."""
    outcome: LimitOutcome
    limit: TimeLimit | None = None
    """The limit, where there is exactly one; else None."""
    start: LimitStart | None = None
    runs_from: str | None = None
    conditions: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    """What else the text says, piece by piece, in its order: nothing is lost."""
    found: tuple[FoundLimit, ...] = ()
    """Every limit in the text, in its order: one where it was read, two or more where it has several."""

    @property
    def reason(self) -> Text:
        """What came of it, in words.

        >>> from onestop_core import deadlines
        >>> deadlines.read_limit("10-25 ngày").reason.en
        'a range from … to …'
        """
        return OUTCOME_TEXTS[self.outcome]
