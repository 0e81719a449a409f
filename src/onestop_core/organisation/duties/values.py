"""A duty of a unit as it stands for a month, and what a host tells of what was done."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.model import Basis, Interval
from onestop_core.organisation.duties.periods import named
from onestop_core.organisation.duties.table import DutyPeriod
from onestop_core.text import Text, day_text
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from onestop_core.text import Language

__all__ = ["DutyDone", "UnitDutyDue", "UnitDutyStatus"]


class UnitDutyStatus(Code):
    """How a duty stands for a month."""

    OPEN = "open"
    """To be done: nothing tells that it was."""
    DONE = "done"
    DONE_LATE = "done_late"
    """Done on or after the day before which it was to be done."""
    MISSED = "missed"
    """The period, or the day, is over and nothing tells that it was done."""
    CONTINUOUS = "continuous"
    """Owed at every moment; no record of one day tells of it."""


_WORDS: Final = {
    UnitDutyStatus.OPEN: Text(vi="chưa thực hiện", en="to be done"),
    UnitDutyStatus.DONE: Text(vi="đã thực hiện", en="done"),
    UnitDutyStatus.DONE_LATE: Text(vi="đã thực hiện nhưng quá hạn", en="done late"),
    UnitDutyStatus.MISSED: Text(vi="quá hạn, chưa thực hiện", en="missed"),
    UnitDutyStatus.CONTINUOUS: Text(vi="phải bảo đảm liên tục", en="owed at every moment"),
}
_AD_HOC: Final = Text(vi="hoặc đột xuất", en="or when called for")
_WITH: Final = Text(vi="cùng tham gia", en="takes part")


@attrs.frozen(kw_only=True)
class DutyDone:
    """That a duty was done, on a day; for one agency, or for all.

    >>> from datetime import date
    >>> DutyDone(code="staff_notice", on=date(2026, 8, 28), to="H01.05").to
    'H01.05'
    """

    code: str
    on: date
    to: str | None = None
    """Code of the agency to which it was done; None: to all."""


@attrs.frozen(kw_only=True)
class UnitDutyDue:
    """One duty of a unit for a month: what, with whom, in which period, how it stands."""

    code: str
    name: Text
    owes: bool
    """Whether the unit owes it; else it takes part in what another owes."""
    to: Text | None = None
    """To whom, in words."""
    to_unit: str | None = None
    """Code of the agency, where it is owed to each that posts staff and they are known."""
    period: DutyPeriod
    or_ad_hoc: bool = False
    within: Interval | None = None
    """The days of the period; None where the law names none. No day within it is a day of law."""
    before: date | None = None
    """The day before which it is to be done, where the law names one."""
    status: UnitDutyStatus
    done_on: date | None = None
    """The last record of it within the period."""
    basis: tuple[Basis, ...]

    @property
    def when(self) -> Text:
        """Until when, as far as the law says it."""
        if self.before is not None:
            day = day_text(self.before)
            return Text(vi=f"trước ngày {day.vi}", en=f"before {day.en}")
        words = named(self.period, self.within)
        return Text(vi=f"{words.vi}, {_AD_HOC.vi}", en=f"{words.en}, {_AD_HOC.en}") if self.or_ad_hoc else words

    @property
    def text(self) -> Text:
        """The row in words."""
        whom = self.to if self.to_unit is None else Text(vi=self.to_unit, en=self.to_unit)
        vi, en = self.name.vi, self.name.en
        if whom is not None:
            vi, en = f"{vi} ({whom.vi})", f"{en} ({whom.en})"
        if not self.owes:
            vi, en = f"{vi} ({_WITH.vi})", f"{en} ({_WITH.en})"
        when, how = self.when, _WORDS[self.status]
        return Text(vi=f"{vi}: {when.vi}, {how.vi}", en=f"{en}: {when.en}, {how.en}")

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the row in JSON types."""
        return {
            "code": self.code,
            "name": self.name.in_(language),
            "owes": self.owes,
            "to": None if self.to is None else self.to.in_(language),
            "to_unit": self.to_unit,
            "period": self.period.value,
            "or_ad_hoc": self.or_ad_hoc,
            "from": _day(None if self.within is None else self.within.first),
            "to_day": _day(None if self.within is None else self.within.last),
            "before": _day(self.before),
            "when": self.when.in_(language),
            "status": self.status.value,
            "status_text": _WORDS[self.status].in_(language),
            "done_on": _day(self.done_on),
            "basis": [each.cite().in_(language) for each in self.basis],
        }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()
