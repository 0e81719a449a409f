"""What report form 06 is: its columns, how they add up, and the rates that follow, as packaged data."""

from __future__ import annotations

from datetime import date
from typing import Final

import attrs

from onestop_core.errors import Severity, UnknownCodeError
from onestop_core.model import Basis
from onestop_core.rules.editions import Editions
from onestop_core.text import Text

__all__ = [
    "DEFAULT_FORM",
    "EDITIONS",
    "Carried",
    "Column",
    "ColumnSum",
    "CountingNote",
    "Definition",
    "Rate",
    "definition",
]


@attrs.frozen(kw_only=True)
class Column:
    """A column of numbers."""

    number: int
    """Printed under the heading."""
    key: str
    name: Text
    basis: Basis


@attrs.frozen(kw_only=True)
class ColumnSum:
    """A column that is the sum of others."""

    id: str
    total: str
    parts: tuple[str, ...]
    severity: Severity
    """How serious it is to break it."""
    basis: Basis


@attrs.frozen(kw_only=True)
class Carried:
    """The stock at the end of a period opens the next one."""

    origin: str
    to: str
    basis: Basis


@attrs.frozen(kw_only=True)
class Rate:
    """A rate that follows from the columns."""

    id: str
    name: Text
    of: tuple[str, ...]
    among: tuple[str, ...]
    basis: Basis


@attrs.frozen(kw_only=True)
class CountingNote:
    """A rule by which dossiers are counted."""

    id: str
    text: Text
    basis: Basis


@attrs.frozen(kw_only=True)
class Definition:
    """Report form 06 as ``schemas/report-form.schema.json`` describes it."""

    id: str
    name: Text
    in_force_from: date
    in_force_from_basis: Basis | None = None
    in_force_to: date | None = None
    announced_on: date | None = None
    revision: int = 1
    templates: tuple[str, ...]
    """Codes printed on the form."""
    basis: Basis
    totals_basis: Basis | None = None
    """That the row of totals is the sum of the rows."""
    included_basis: Basis | None = None
    """Which dossiers the columns hold beside those one expects."""
    columns: tuple[Column, ...]
    identities: tuple[ColumnSum, ...]
    carried: Carried
    rates: tuple[Rate, ...]
    counting: tuple[CountingNote, ...]

    def __repr__(self) -> str:
        return f"<Definition {self.id}>"

    def rate(self, rate_id: str) -> Rate:
        """Return the rate of that id.

        Raises:
            UnknownCodeError: the form has none.
        """
        for each in self.rates:
            if each.id == rate_id:
                return each
        raise UnknownCodeError.among(Text(vi="tỷ lệ", en="rate"), rate_id, (each.id for each in self.rates))

    def counting_note(self, note_id: str) -> CountingNote:
        """Return the rule of counting of that id.

        Raises:
            UnknownCodeError: the form has none.
        """
        for each in self.counting:
            if each.id == note_id:
                return each
        raise UnknownCodeError.among(Text(vi="cách đếm", en="rule of counting"), note_id, (n.id for n in self.counting))


DEFAULT_FORM: Final = "vn-form-06@circular-01-2020"
"""The edition that holds where nobody names a day."""
EDITIONS: Final = Editions(
    "vn/forms",
    what=Text(vi="mẫu báo cáo", en="report form"),
    kind=Definition,
    rename={"from": "origin"},
    schema="report-form",
)
"""What ships, with days, revisions and digests."""


def definition(*, on: date | None = None) -> Definition:
    """Return the form as it ships: the edition in force *on* a day, or ``DEFAULT_FORM``.

    >>> [column.number for column in definition().columns]
    [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]

    Raises:
        NotInForceError: nothing ships for that day.
        InvalidValueError: *on* is not a day.
    """
    return EDITIONS.pinned(DEFAULT_FORM) if on is None else EDITIONS.on("vn-form-06", on)
