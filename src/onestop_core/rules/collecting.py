"""The garbage collector out of the way while something large is made that holds no circles.

Python looks for circles of objects that nobody holds whenever some hundreds more were made than let go. Of a national catalogue
that is a thousand times, each time through more of it: reading it takes twice as long with the looking as without, making its
values five times. None of that is ever garbage, and what is not in a circle is let go as ever.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Generator

__all__ = ["uncollected"]


class _Resting:
    """How many threads want the collector to rest, and whether it is to be woken after the last."""

    def __init__(self) -> None:
        self.lock = Lock()
        self.wanted = 0
        self.worked = False


_RESTING: Final = _Resting()


@contextmanager
def uncollected(*, large: bool = True) -> Generator[None]:
    """Let the garbage collector of the process rest in the meantime; only if what is made is *large*.

    Whoever turned it off finds it off afterwards.

    >>> with uncollected():
    ...     gc.isenabled()
    False
    >>> gc.isenabled()
    True
    """
    if not large:
        yield
        return
    with _RESTING.lock:
        if not _RESTING.wanted:
            _RESTING.worked = gc.isenabled()
            gc.disable()
        _RESTING.wanted += 1
    try:
        yield
    finally:
        with _RESTING.lock:
            _RESTING.wanted -= 1
            if not _RESTING.wanted and _RESTING.worked:
                gc.enable()
