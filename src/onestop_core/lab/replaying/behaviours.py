"""How people may have acted under a law that was not theirs: four behaviours, between which an answer lies."""

from __future__ import annotations

from typing import Final

from onestop_core.text import Text
from onestop_core.text.codes import Code

__all__ = ["Behaviour"]


class Behaviour(Code):
    """How people would have acted under the other law, as far as the end of the handling goes.

    Nobody knows which of them it would have been, nor whether it would have been the same for all. What a figure says of any
    of them, and of any mixture, lies between its lowest and its highest.
    """

    SAME_MOMENTS = "same_moments"
    """Everybody acted at the very same moments."""
    AS_KEPT = "as_kept"
    """Everybody kept, or missed, the new moment as the old one was: as late as before."""
    SAME_WORK = "same_work"
    """The work took as many working days as it did, counted from when the time last began or went on; it ends at the same
    hour of another day where the calendars differ on the way. What has not ended is as it is."""
    AS_FAST = "as_fast"
    """Whoever was given another moment kept it, as fast as the law allows; whoever was not acted as he did."""

    @property
    def text(self) -> Text:
        """The behaviour in words."""
        return _BEHAVIOURS[self]


_BEHAVIOURS: Final = {
    Behaviour.SAME_MOMENTS: Text(
        vi="nếu mọi việc diễn ra vào đúng các thời điểm đó", en="had everybody acted at the same moments"
    ),
    Behaviour.AS_KEPT: Text(
        vi="nếu hạn mới được giữ, hay bị trễ, như hạn cũ", en="had the new moment been kept, or missed, as the old one was"
    ),
    Behaviour.SAME_WORK: Text(
        vi="nếu việc giải quyết mất đúng số ngày làm việc như đã mất", en="had the work taken as many working days as it did"
    ),
    Behaviour.AS_FAST: Text(
        vi="nếu mọi hạn bị thay đổi đều được giữ", en="had every moment that is moved been kept"
    ),
}  # fmt: skip
