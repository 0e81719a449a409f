"""Numbers that look drawn by chance and are the same for the same seed, on every machine and in every language."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

import attrs

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Chance", "era_of", "moved"]

T = TypeVar("T")

_MOMENT: Final = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})(T.*)?")

ERAS: Final = (
    (date(2013, 5, 1), date(2018, 6, 20)),
    (date(2018, 6, 21), date(2025, 6, 30)),
    (date(2025, 7, 1), date(2026, 8, 4)),
    (date(2026, 8, 5), date(2026, 11, 20)),
)
"""Within one of them the same decree holds; before and after them some day of the calendar was not read."""


@attrs.frozen
class Chance:
    """What is drawn is the SHA-256 of the seed and of what is asked for; nothing is remembered."""

    seed: int
    said: str

    def below(self, most: int, what: str) -> int:
        """Return a number from 0 up to *most*, not included."""
        return int.from_bytes(sha256(f"{self.seed}|{self.said}|{what}".encode()).digest()[:8]) % most

    def between(self, least: int, most: int, what: str) -> int:
        """Return a number from *least* up to *most*, both included."""
        return least + self.below(most - least + 1, what)

    def pick(self, among: Sequence[T], what: str) -> T:
        """Return one of several."""
        return among[self.below(len(among), what)]

    def day(self, first: date, last: date, what: str) -> date:
        """Return a day from the first to the last, both included."""
        return first + timedelta(days=self.below((last - first).days + 1, what))

    def digits(self, like: str, what: str) -> str:
        """Return as many digits as *like* has."""
        return "".join(str(self.below(10, f"{what} {place}")) for place in range(len(like)))


def era_of(day: date) -> tuple[date, date] | None:
    """Return the first and the last day of the time in which the same law held; None before and after."""
    return next((era for era in ERAS if era[0] <= day <= era[1]), None)


def moved(value: Any, days: int) -> Any:
    """Return JSON in which every day and every moment lies that many days later."""
    if isinstance(value, dict):
        return {key: moved(child, days) for key, child in cast("dict[str, Any]", value).items()}
    if isinstance(value, list):
        return [moved(child, days) for child in cast("Sequence[Any]", value)]
    if isinstance(value, str) and (match := _MOMENT.fullmatch(value)) is not None:
        return (datetime.fromisoformat(match[1]) + timedelta(days=days)).date().isoformat() + (match[2] or "")
    return value
