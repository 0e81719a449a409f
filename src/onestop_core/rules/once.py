"""What is made on first use, once, whichever thread comes first: all hold the same value."""

from __future__ import annotations

from functools import wraps
from threading import RLock
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["once"]

T = TypeVar("T")


def once(make: Callable[[], T]) -> Callable[[], T]:
    """Return a function that calls *make* the first time and gives the same value ever after.

    ``functools.cache`` may call it several times and give each of the first threads another value.

    >>> made = once(lambda: object())
    >>> made() is made()
    True
    """
    lock = RLock()
    values: list[T] = []

    @wraps(make)
    def made() -> T:
        if not values:
            with lock:
                if not values:
                    values.append(make())
        return values[0]

    return made
