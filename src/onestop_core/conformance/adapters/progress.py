"""How far a run is."""

from __future__ import annotations

from typing import Final

import attrs

from onestop_core._public import gated
from onestop_core.errors import InvalidValueError

__all__ = ["Progress"]

_MOST: Final = 10**9
"""Milliseconds: more than ten days, and than any run may take."""


def _amount(value: object, what: str) -> int:
    if type(value) is not int or not 0 <= value <= _MOST:
        raise InvalidValueError.of(what, value, vi="số nguyên không âm", en="a whole number, not negative")
    return value


@attrs.frozen(kw_only=True, field_transformer=gated({int: _amount}))
class Progress:
    """How far a run is.

    >>> slow = Progress(done=100, total=3_000, faults=33, milliseconds=330_000, limit=1_800_000)
    >>> slow.left, slow.in_time, slow.reached
    (9570000, False, 545)
    """

    done: int
    """Cases that were asked."""
    total: int
    faults: int
    """How often something came that is no answer."""
    milliseconds: int
    """Since the run began."""
    limit: int
    """Milliseconds that the whole run may take."""
    started: int = 0
    """Milliseconds that the program took to start, which say nothing of its pace."""

    @property
    def left(self) -> int:
        """Milliseconds that the rest takes at the pace so far; 0 before the first."""
        return self._asking * (self.total - self.done) // self.done if self.done else 0

    @property
    def in_time(self) -> bool:
        """Whether the run ends within its limit at the pace so far."""
        return self.milliseconds + self.left <= self.limit

    @property
    def reached(self) -> int:
        """How many cases are asked within the limit at the pace so far."""
        return self.total if self.in_time else self.done * max(self.limit - self.started, 0) // max(self._asking, 1)

    @property
    def _asking(self) -> int:
        return max(self.milliseconds - self.started, 0)
