"""What findings and answers of this room share: citations, how sure they are, what is unknown, and months of the calendar."""

from __future__ import annotations

import calendar
from datetime import date
from typing import TYPE_CHECKING, Final

from onestop_core.errors import Problem, Severity
from onestop_core.text import Text, closest, did_you_mean, shown

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from onestop_core.errors.problem import Where
    from onestop_core.model import Basis

__all__ = ["citations", "listed", "months_after", "severity_of", "unknown"]


def citations(basis: Iterable[Basis]) -> Text | None:
    """Return what is cited, one after the other; None if nothing is."""
    cited = [each.cite() for each in basis]
    return Text(vi="; ".join(each.vi for each in cited), en="; ".join(each.en for each in cited)) if cited else None


def severity_of(basis: Iterable[Basis]) -> Severity:
    """Return how much a breach matters: only what was read in a text is an error."""
    return Severity.ERROR if all(each.firmness.is_law for each in basis) else Severity.WARNING


_MOST_COMPARED: Final = 500
"""Of more known codes none is offered: to compare with all of them, a thousand times over, takes minutes."""


def unknown(what: Text, value: str, place: Where, among: Collection[str]) -> Problem:
    """Return the finding that a document names what nothing answers to."""
    near = closest(value, among, limit=1) if len(among) <= _MOST_COMPARED else ()
    return Problem.at(
        place,
        "organisation/unknown",
        vi=f"không có {what.vi} {shown(value)}",
        en=f"no {what.en} {shown(value)}",
        hint=did_you_mean(near),
    )


def listed(words: Iterable[Text]) -> Text:
    """Return several words as one list.

    >>> listed([Text(vi="lãnh đạo", en="leadership"), Text(vi="lĩnh vực", en="fields")]).en
    'leadership, fields'
    """
    each = list(words)
    return Text(vi=", ".join(word.vi for word in each), en=", ".join(word.en for word in each))


def months_after(day: date, months: int) -> date:
    """Return the same day *months* later, or the last day of that month where it has no such day.

    >>> months_after(date(2026, 1, 31), 1), months_after(date(2026, 8, 5), 36)
    (datetime.date(2026, 2, 28), datetime.date(2029, 8, 5))
    >>> months_after(date(9990, 1, 1), 240)
    datetime.date(9999, 12, 31)
    """
    years, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if years > date.max.year:
        return date.max
    return date(years, month + 1, min(day.day, calendar.monthrange(years, month + 1)[1]))
