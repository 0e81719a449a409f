"""The announced years: packaged documents, one a year, each day with its source and the day from which it was known."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.model import Basis, Firmness
from onestop_core.rules.reading import resources
from onestop_core.text import Text
from onestop_core.workdays.values import DayKind, Row

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FOLDER", "Year", "announced_years", "read_bases", "read_row", "read_rows", "year"]

FOLDER: Final = "vn/calendar"
_ALWAYS: Final = "always"
"""In ``known_from``: the day follows from the law itself."""


@attrs.frozen(kw_only=True)
class Year:
    """The official days of one year, and from when they were known."""

    year: int
    known_from: date
    """The day of the notice that fixed Tết, which is the notice for the year. Where no source tells that
    day, 1 January of the year stands for it and the document says ``assumed``."""
    rows: tuple[Row, ...]

    def known(self, as_of: date | None) -> tuple[Row, ...]:
        """Return the rows that had been announced by *as_of*."""
        if as_of is None:
            return self.rows
        return tuple(row for row in self.rows if row.known_from is None or row.known_from <= as_of)


@cache
def announced_years() -> tuple[int, ...]:
    """Return the years for which days have been announced, without a gap.

    >>> announced_years()[0], announced_years()[-1]
    (2012, 2027)
    """
    return tuple(int(name) for name in resources.data_names(FOLDER))


@cache
def year(number: int) -> Year:
    """Return the official days of the announced year *number*."""
    document = resources.data(f"{FOLDER}/{number}")
    return Year(year=number, known_from=date.fromisoformat(document["notice"]["known_from"]), rows=read_rows(document))


def read_rows(document: Mapping[str, Any]) -> tuple[Row, ...]:
    """Return the rows of a document that is valid under the calendar schema, by date."""
    bases = read_bases(document)
    rows = [read_row(line, DayKind(line["kind"]), bases) for line in document["days_off"]]
    rows += [read_row(line, DayKind.MAKEUP, bases) for line in document["makeup_workdays"]]
    return tuple(sorted(rows, key=lambda each: each.date))


def read_row(line: Mapping[str, Any], kind: DayKind, bases: Mapping[str, Basis]) -> Row:
    """Return one day of a document; a *line* that does not say from when it was known is a local decision's."""
    basis = bases[line["basis"]]
    known_from = line.get("known_from", _ALWAYS)
    return Row(
        date=date.fromisoformat(line["date"]),
        kind=kind,
        name=Text.of(line["name"]),
        basis=basis,
        occasion=line.get("occasion"),
        replaces=_day(line, "replaces"),
        announced_on=basis.announced_on,
        known_from=None if known_from == _ALWAYS else date.fromisoformat(known_from),
    )


def read_bases(document: Mapping[str, Any]) -> dict[str, Basis]:
    """Return the bases of a document that is valid under its schema, by name."""
    return {name: _basis(line) for name, line in document["bases"].items()}


def _day(line: Mapping[str, Any], member: str) -> date | None:
    return date.fromisoformat(line[member]) if member in line else None


def _basis(line: Mapping[str, Any]) -> Basis:
    # By hand, not by the converter: the first question to a calendar must not wait for cattrs to load.
    return Basis(
        instrument=line["instrument"],
        article=line.get("article"),
        firmness=Firmness(line["firmness"]),
        in_force_from=_day(line, "in_force_from"),
        in_force_to=_day(line, "in_force_to"),
        issued_on=_day(line, "issued_on"),
        issuer=line.get("issuer"),
        announced_on=_day(line, "announced_on"),
        source=line.get("source"),
        note=Text.of(line["note"]) if "note" in line else None,
    )
