"""What report form 06 is: its columns, how they add up, and the rates that follow, as packaged data."""

from __future__ import annotations

from functools import cache

import attrs

from onestop_core.errors import Severity
from onestop_core.model import Basis
from onestop_core.rules.converter import structure
from onestop_core.rules.resources import data
from onestop_core.text import Text

__all__ = ["Carried", "Column", "CountingNote", "Definition", "Identity", "Rate", "definition"]


@attrs.frozen(kw_only=True)
class Column:
    """A column of numbers."""

    number: int
    """Printed under the heading."""
    key: str
    name: Text
    basis: str


@attrs.frozen(kw_only=True)
class Identity:
    """A column that is the sum of others."""

    id: str
    total: str
    parts: tuple[str, ...]
    severity: Severity
    """How serious it is to break it."""
    basis: str


@attrs.frozen(kw_only=True)
class Carried:
    """The stock at the end of a period opens the next one."""

    origin: str
    to: str
    basis: str


@attrs.frozen(kw_only=True)
class Rate:
    """A rate that follows from the columns."""

    id: str
    name: Text
    of: tuple[str, ...]
    among: tuple[str, ...]
    basis: str


@attrs.frozen(kw_only=True)
class CountingNote:
    """A rule by which dossiers are counted."""

    id: str
    text: Text
    basis: str


@attrs.frozen(kw_only=True)
class Definition:
    """Report form 06 as ``schemas/report-form.schema.json`` describes it."""

    id: str
    name: Text
    templates: tuple[str, ...]
    """Codes printed on the form."""
    basis: str
    bases: dict[str, Basis] = attrs.field(hash=False, repr=False)
    columns: tuple[Column, ...]
    identities: tuple[Identity, ...]
    carried: Carried
    rates: tuple[Rate, ...]
    counting: tuple[CountingNote, ...]

    def cite(self, name: str) -> Text:
        """Return the citation of the basis of that name, with how firm it is.

        >>> definition().cite("sums").en
        'Circular 01/2020/TT-VPCP [recalled, not confirmed]'
        """
        return self.bases[name].cite()


@cache
def definition() -> Definition:
    """Return the form as it ships.

    >>> [column.number for column in definition().columns]
    [3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13]
    """
    document = dict(data("vn/forms/form-06"))
    del document["schema_version"]
    carried = document["carried"]
    document["carried"] = {"origin": carried["from"], "to": carried["to"], "basis": carried["basis"]}
    return structure(document, Definition)
