"""One row of an agenda: a duty of a dossier, by when, by whom, and how it stands."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.deadlines.terms.values import by_when
from onestop_core.model import Basis, Firmness
from onestop_core.text import Text
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from onestop_core.text import Language

__all__ = ["Duty", "DutyStatus"]


class DutyStatus(Code):
    """How a duty stands at a moment."""

    WAITING = "waiting"
    """Not yet: the dossier waits for somebody, or the moment from which it may be done has not come."""
    OPEN = "open"
    """To be done."""
    SOON = "soon"
    """To be done, with little time left."""
    MISSED = "missed"
    """The moment passed, and it was not done."""
    DONE = "done"
    """Done in time."""
    DONE_LATE = "done_late"
    LAPSED = "lapsed"
    """Not owed any more, or it turned out not to be."""
    UNRECORDED = "unrecorded"
    """The dossier's lifecycle has no event that would tell."""


_WORDS: Final = {
    DutyStatus.WAITING: Text(vi="chưa đến lúc", en="not yet"),
    DutyStatus.OPEN: Text(vi="chưa thực hiện", en="to be done"),
    DutyStatus.SOON: Text(vi="sắp đến hạn", en="due soon"),
    DutyStatus.MISSED: Text(vi="quá hạn, chưa thực hiện", en="missed"),
    DutyStatus.DONE: Text(vi="đã thực hiện trong hạn", en="done in time"),
    DutyStatus.DONE_LATE: Text(vi="đã thực hiện nhưng quá hạn", en="done late"),
    DutyStatus.LAPSED: Text(vi="không còn phải thực hiện", en="not owed any more"),
    DutyStatus.UNRECORDED: Text(vi="hệ thống không ghi nhận việc này", en="not on record"),
}
_FIRMNESS: Final = tuple(Firmness)
_UNTIL: Final = Text(vi="đến {}", en="by {}")
_FROM: Final = Text(vi="từ {}", en="from {}")


@attrs.frozen(kw_only=True)
class Duty:
    """Something that must be done in time for a dossier, as it stands at a moment."""

    code: str
    """The row of the table, such as ``supplement_notice``."""
    name: Text
    who: str
    """Code of the role that has it."""
    role: Text
    """That role in words."""
    unit: str | None = None
    """The unit that does it, where the log names one."""
    task: str | None = None
    """Name of the piece of linked work."""
    since: datetime
    """What started it."""
    by: datetime
    """Until when it is to be done; if it *opens*, from when on."""
    opens: bool = False
    answered_by: tuple[str, ...]
    """Kinds of event that say it is done, of those that the lifecycle has."""
    status: DutyStatus
    done_at: datetime | None = None
    basis: tuple[Basis, ...]

    @property
    def firmness(self) -> Firmness:
        """How firm the weakest of its bases is."""
        return max((each.firmness for each in self.basis), key=_FIRMNESS.index, default=Firmness.UNCONFIRMED)

    @property
    def text(self) -> Text:
        """The row in words."""
        when, moment, words = (_FROM if self.opens else _UNTIL), by_when(self.by), _WORDS[self.status]
        return Text(
            vi=f"{self.name.vi}: {when.vi.format(moment.vi)}, {words.vi}",
            en=f"{self.name.en}: {when.en.format(moment.en)}, {words.en}",
        )

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the row in JSON types."""
        return {
            "code": self.code,
            "name": self.name.in_(language),
            "who": self.who,
            "role": self.role.in_(language),
            "unit": self.unit,
            "task": self.task,
            "since": self.since.isoformat(),
            "by": self.by.isoformat(),
            "opens": self.opens,
            "answered_by": list(self.answered_by),
            "status": self.status.value,
            "status_text": _WORDS[self.status].in_(language),
            "done_at": None if self.done_at is None else self.done_at.isoformat(),
            "basis": [each.cite().in_(language) for each in self.basis],
            "firmness": self.firmness.value,
        }
