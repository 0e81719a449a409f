"""The announced years: packaged documents, one a year, each day with its source."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Any

import attrs

from onestop_core.model import Basis, Firmness
from onestop_core.rules import resources
from onestop_core.text import Text
from onestop_core.workdays.values import DayKind, Row

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["FOLDER", "Year", "announced_years", "read_rows", "year"]

FOLDER = "vn/calendar"


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
    known_from = date.fromisoformat(document["notice"]["known_from"])
    return Year(year=number, known_from=known_from, rows=read_rows(document, known_from=known_from))


def read_rows(document: Mapping[str, Any], *, known_from: date) -> tuple[Row, ...]:
    """Return the rows of a document that is valid under the calendar schema, by date.

    What rests on a notice whose day is unknown counts as known from *known_from*; what rests on the law
    itself was always known, or known from the day on which a new law was announced.
    """
    bases = {name: _basis(row) for name, row in document["bases"].items()}
    by_law = {name for name, basis in bases.items() if basis.instrument.startswith(("Bộ luật", "Luật"))}

    def row(line: Mapping[str, Any], kind: DayKind) -> Row:
        basis = bases[line["basis"]]
        return Row(
            date=date.fromisoformat(line["date"]),
            kind=kind,
            name=_text(line["name"]),
            basis=basis,
            occasion=line.get("occasion"),
            replaces=date.fromisoformat(line["replaces"]) if "replaces" in line else None,
            announced_on=basis.announced_on,
            known_from=basis.announced_on or (None if line["basis"] in by_law else known_from),
        )

    rows = [row(line, DayKind(line["kind"])) for line in document["days_off"]]
    rows += [row(line, DayKind.MAKEUP) for line in document["makeup_workdays"]]
    return tuple(sorted(rows, key=lambda each: each.date))


def _text(line: Mapping[str, str]) -> Text:
    return Text(vi=line["vi"], en=line["en"])


def _basis(line: Mapping[str, Any]) -> Basis:
    # By hand, not by the converter: the first question to a calendar must not wait for cattrs to load.
    def day(name: str) -> date | None:
        return date.fromisoformat(line[name]) if name in line else None

    return Basis(
        instrument=line["instrument"],
        article=line.get("article"),
        firmness=Firmness(line["firmness"]),
        in_force_from=day("in_force_from"),
        in_force_to=day("in_force_to"),
        announced_on=day("announced_on"),
        source=line.get("source"),
        note=_text(line["note"]) if "note" in line else None,
    )
