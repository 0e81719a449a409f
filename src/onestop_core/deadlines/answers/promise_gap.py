"""An appointment beyond what the law counts, or short of it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import attrs

from onestop_core.text import Text, long_date, moment_text

if TYPE_CHECKING:
    from onestop_core.text import Language

__all__ = ["PromiseGap"]


@attrs.frozen(kw_only=True)
class PromiseGap:
    """The promise and the count of the law do not fall together. A finding, and nobody's error by itself.

    A decision may have moved the working days, the office may have promised to be quicker, or somebody miscounted.
    """

    promised: datetime
    """The appointment in force, moved by the waiting since it was made."""
    counted: datetime
    """What the law counts."""
    working_days: int
    """By how many working days the promise is later; negative where it is earlier."""

    @property
    def text(self) -> Text:
        """The finding in words."""
        if self.promised.date() == self.counted.date():
            promised, counted = moment_text(self.promised), moment_text(self.counted)
        else:
            promised, counted = long_date(self.promised.date()), long_date(self.counted.date())
        return Text(
            vi=f"đã hẹn {promised.vi}, tính theo quy định là {counted.vi}",
            en=f"promised for {promised.en}, counted {counted.en}",
        )

    def to_dict(self, *, language: Language = "en") -> dict[str, str | int]:
        """Return ``promised``, ``counted``, ``working_days`` and ``text`` in JSON types."""
        return {
            "promised": self.promised.isoformat(),
            "counted": self.counted.isoformat(),
            "working_days": self.working_days,
            "text": self.text.in_(language),
        }
