"""How far a run is."""

from __future__ import annotations

import attrs

__all__ = ["Progress"]


@attrs.frozen(kw_only=True)
class Progress:
    """How far a run is.

    >>> slow = Progress(done=100, total=3_000, faults=33, seconds=330.0, limit=1_800.0)
    >>> slow.left, slow.in_time, slow.reached
    (9570.0, False, 545)
    """

    done: int
    """Cases that were asked."""
    total: int
    faults: int
    """How often something came that is no answer."""
    seconds: float
    """Since the run began."""
    limit: float
    """Seconds that the whole run may take."""

    @property
    def left(self) -> float:
        """Seconds that the rest takes at the pace so far."""
        return self.seconds / self.done * (self.total - self.done)

    @property
    def in_time(self) -> bool:
        """Whether the run ends within its limit at the pace so far."""
        return self.seconds + self.left <= self.limit

    @property
    def reached(self) -> int:
        """How many cases are asked within the limit at the pace so far."""
        return self.total if self.in_time else int(self.done * self.limit / self.seconds)
