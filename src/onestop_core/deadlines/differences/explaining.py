"""Which known difference, alone or with another, explains the date that another system gave."""

from __future__ import annotations

from datetime import date, datetime
from itertools import combinations
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.deadlines.answers.countdown import Countdown
from onestop_core.deadlines.differences.definitions import About, KnownDifference, known_differences
from onestop_core.deadlines.differences.models import MODELS, Question, question
from onestop_core.errors import CalendarCoverageError, InvalidValueError, UnknownCodeError
from onestop_core.model import aware, plain_day
from onestop_core.text import Text, day_text, moment_text

if TYPE_CHECKING:
    from onestop_core.deadlines.answers.deadline import Deadline
    from onestop_core.text import Language

__all__ = ["ForeignDay", "counted_otherwise", "explain_difference"]

_MOST_AT_ONCE: Final = 2
"""Three mistakes together explain nearly every date, and so none."""


@attrs.frozen(kw_only=True)
class ForeignDay:
    """A date of another system beside ours, and what explains it."""

    ours: datetime
    theirs: date | datetime
    """A day, or a moment where the other system gave one."""
    causes: tuple[tuple[KnownDifference, ...], ...]
    """Each explanation by itself: one known difference, or two that act together; none where nothing known fits."""

    @property
    def is_same(self) -> bool:
        """Whether both name the same day, or the same moment."""
        return self.theirs == (self.ours if isinstance(self.theirs, datetime) else self.ours.date())

    @property
    def text(self) -> Text:
        """The difference in words.

        An explanation is a possibility that gives just this date, not a proof of how the other system counts.
        """
        if isinstance(self.theirs, datetime):
            ours, theirs = moment_text(self.ours), moment_text(self.theirs)
        else:
            ours, theirs = day_text(self.ours.date()), day_text(self.theirs)
        if self.is_same:
            return Text(vi=f"{theirs.vi}: không khác", en=f"{theirs.en}: no difference")
        if not self.causes:
            return Text(
                vi=f"{theirs.vi} thay vì {ours.vi}: không có cách tính đã biết nào cho ra ngày này",
                en=f"{theirs.en} in place of {ours.en}: no known way of counting gives this",
            )
        vi = "; hoặc: ".join(" và ".join(each.name.vi for each in cause) for cause in self.causes)
        en = "; or: ".join(" and ".join(each.name.en for each in cause) for cause in self.causes)
        return Text(vi=f"{theirs.vi} thay vì {ours.vi}: {vi}", en=f"{theirs.en} in place of {ours.en}: {en}")

    def to_dict(self, *, language: Language = "en") -> dict[str, object]:
        """Return the difference in JSON types: ``ours``, ``theirs``, ``causes`` (lists of codes), ``text``."""
        return {
            "ours": self.ours.isoformat(),
            "theirs": self.theirs.isoformat(),
            "causes": [[each.code for each in cause] for cause in self.causes],
            "text": self.text.in_(language),
        }


def _asked(due: Deadline | Countdown) -> tuple[Question, datetime]:
    if isinstance(due, Countdown):
        deadline = due.due()
        if deadline is None:
            raise InvalidValueError.of("due", due, vi="đồng hồ đã bắt đầu tính", en="a clock that has been started")
        return question(deadline, due.clock), deadline.at
    return question(due, None), due.at


def explain_difference(due: Deadline | Countdown, foreign_day: date | datetime) -> ForeignDay:
    """Return what explains that another system says *foreign_day*.

    Every known difference is run as a model, alone, and where none fits in pairs. With a moment in place of a day,
    conventions about the hour are looked for too.

    >>> from datetime import date, datetime
    >>> from onestop_core import deadlines, workdays
    >>> at = datetime.fromisoformat
    >>> due = deadlines.due(at("2026-01-05T09:30+07:00"), deadlines.TimeLimit.parse("5 working days"),
    ...     calendar=workdays.calendar("vn-civil"))
    >>> [cause.code for (cause,) in explain_difference(due, date(2026, 1, 12)).causes][:1]
    ['makeup_saturday_missing']

    Args:
        due: Our due moment, or the countdown of a dossier, which knows of restarts too.
        foreign_day: What the other system says: a day, or an aware moment.

    Raises:
        InvalidValueError: *due* or *foreign_day* is something else.
    """
    asked, ours = _asked(due)
    theirs: date | datetime
    if isinstance(foreign_day, datetime):
        theirs = aware(foreign_day, "foreign_day")
    else:
        theirs = plain_day(foreign_day, "foreign_day")
    found = ForeignDay(ours=ours, theirs=theirs, causes=())
    if found.is_same:
        return found
    rows = [row for row in known_differences() if isinstance(theirs, datetime) or row.about is not About.HOUR]
    for size in range(1, _MOST_AT_ONCE + 1):
        causes = tuple(rows_ for rows_ in combinations(rows, size) if _gives(asked, rows_, theirs))
        if causes:
            return attrs.evolve(found, causes=causes)
    return found


def counted_otherwise(due: Deadline | Countdown, code: str) -> datetime | None:
    """Return the due moment by the known difference *code*, a convention of an office for example.

    What it rests on is its basis: no law. None where the difference cannot arise, such as a wait without a wait.

    >>> from datetime import date, datetime
    >>> from onestop_core import deadlines, workdays
    >>> at = datetime.fromisoformat
    >>> due = deadlines.due(at("2026-10-05T09:30+07:00"), deadlines.TimeLimit.parse("5 working days"),
    ...     calendar=workdays.calendar("vn-civil"))
    >>> counted_otherwise(due, "receipt_day_counted").date().isoformat()
    '2026-10-09'

    Raises:
        UnknownCodeError: no such difference is known.
        InvalidValueError: *due* is something else.
        CalendarCoverageError: the calendar does not reach far enough.
    """
    if code not in MODELS:
        raise UnknownCodeError.among(Text(vi="cách tính", en="way of counting"), code, MODELS)
    asked, _ = _asked(due)
    changed = MODELS[code](asked)
    return None if changed is None else changed.answer()


def _gives(asked: Question, rows: tuple[KnownDifference, ...], theirs: date | datetime) -> bool:
    changed: Question | None = asked
    for row in rows:
        changed = None if changed is None else MODELS[row.code](changed)
    if changed is None:
        return False
    try:
        answer = changed.answer()
    except (CalendarCoverageError, InvalidValueError):
        return False  # a mistaken count may run out of the calendar where the right one does not
    return answer == theirs if isinstance(theirs, datetime) else answer.date() == theirs
