"""The units of a province or a ministry as they are: what a host tells of them.

No names of persons: an officer is a number of the host's.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

import attrs

from onestop_core.errors import UnknownCodeError
from onestop_core.model import Interval
from onestop_core.organisation.law.tables import TerritoryKind
from onestop_core.rules.converter import structure
from onestop_core.rules.reading.documents import opened
from onestop_core.rules.schema.schemas import ensure_valid
from onestop_core.text import Text
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ["DeskField", "Leadership", "Organisation", "Origin", "Posting", "Territory", "Unit", "load_organisation"]


class Origin(Code):
    """Whose officer somebody at a desk is."""

    OWN = "own"
    """The desk's own."""
    SENT = "sent"
    """Posted by an agency."""
    VERTICAL = "vertical"
    """Posted by a vertical agency."""
    FIRM = "firm"
    """Of a post or service firm, by contract."""


def _territory_kind(value: TerritoryKind | str) -> TerritoryKind:
    return TerritoryKind.of(value, "kind")


def _origin(value: Origin | str) -> Origin:
    return Origin.of(value, "origin")


@attrs.frozen(kw_only=True)
class Territory:
    """Whose units they are."""

    code: str
    """Identifier of the province or ministry, such as ``H26``."""
    name: Text | None = None
    kind: TerritoryKind = attrs.field(converter=_territory_kind)
    pilot: bool = False
    """Whether the province tried the one-level model before Decree 118/2025/NĐ-CP."""


@attrs.frozen(kw_only=True)
class Leadership:
    """Who leads a unit: ranks and numbers, no names."""

    director: str | None = None
    """Code of the rank; None: not told."""
    deputies: int | None = None
    """How many; None: not told."""
    deputy: str | None = None
    """Code of their rank; None: not told."""


@attrs.frozen(kw_only=True)
class DeskField:
    """A field that a desk serves."""

    code: str
    name: Text | None = None
    stand_ins: tuple[str, ...] = attrs.field(default=(), repr=False)
    """Officers who stand in."""
    own_staff: bool = False
    """Whether the desk's own staff keep the field going."""


@attrs.frozen(kw_only=True)
class Posting:
    """One term of an officer at a desk."""

    officer: str = attrs.field(repr=False)
    """The host's number of the officer."""
    origin: Origin = attrs.field(converter=_origin)
    sender: str | None = None
    """Code of the agency or firm that sends."""
    fields: tuple[str, ...] = ()
    from_: date | None = None
    to: date | None = None
    """The last day; None: open, or not told."""
    in_sector_since: date | None = None
    """Since when the officer has worked in the sector; None: not told."""
    exception: str | None = None
    """Why the term is another, one of the exceptions of the rules."""

    @property
    def during(self) -> Interval:
        """The days of the term, as far as they are known and in order."""
        if self.from_ is not None and self.to is not None and self.to < self.from_:
            return Interval(first=self.from_, last=self.from_)
        return Interval(first=self.from_, last=self.to)


@attrs.frozen(kw_only=True)
class Unit:
    """One unit: a desk, a firm at work there, or a body that belongs to the picture."""

    code: str
    kind: str
    """One of the kinds of the rules, such as ``commune_centre``."""
    name: Text
    territory: str | None = None
    """The province or ministry; a document says it once for all its units."""
    parent: str | None = None
    """Code of the unit that it belongs to."""
    area: str | None = None
    """Code of its commune or district."""
    from_: date | None = None
    to: date | None = None
    tasks: tuple[str, ...] | None = None
    """What it does; None: not told."""
    leadership: Leadership | None = None
    hosts: tuple[str, ...] | None = None
    """Vertical agencies that post staff here; None: not told."""
    fields: tuple[DeskField, ...] | None = None
    """Fields that it serves; None: not told."""
    postings: tuple[Posting, ...] | None = attrs.field(default=None, repr=False)
    """Who works there; None: not told."""

    def exists(self, on: date) -> bool:
        """Return whether the unit is there *on* a day."""
        return (self.from_ is None or self.from_ <= on) and (self.to is None or on <= self.to)

    def posted_agencies(self, on: date) -> tuple[str, ...] | None:
        """Return the vertical agencies that post staff here *on* a day; None if nothing tells."""
        if self.hosts is None and self.postings is None:
            return None
        sent = [
            each.sender
            for each in self.postings or ()
            if each.origin is Origin.VERTICAL and each.sender is not None and on in each.during
        ]
        return tuple(dict.fromkeys([*(self.hosts or ()), *sent]))


@attrs.frozen(kw_only=True)
class Organisation:
    """The units of one province or ministry."""

    schema_version: Literal["1.0"] = "1.0"
    title: Text
    territory: Territory
    units: tuple[Unit, ...] = attrs.field(repr=False)

    def unit(self, code: str) -> Unit:
        """Return the unit *code*, the first if there are several.

        Raises:
            UnknownCodeError: there is none.
        """
        for each in self.units:
            if each.code == code:
                return each
        raise UnknownCodeError.among(Text(vi="đơn vị", en="unit"), code, [each.code for each in self.units])


_SCHEMA: Final = "organisation"


def load_organisation(source: str | Path | Mapping[str, Any]) -> Organisation:
    """Return the units in a JSON file or a parsed document of the schema ``organisation``.

    Whether they keep the law is asked of :func:`~onestop_core.organisation.check_units`.

    >>> words = {"vi": "Tỉnh X", "en": "Province X"}
    >>> made = load_organisation({"schema_version": "1.0", "title": words, "territory": {"code": "H01", "kind": "province"},
    ...     "units": [{"code": "H01.TT", "kind": "provincial_centre", "name": words}]})
    >>> made.unit("H01.TT").territory
    'H01'

    Raises:
        OSError: the file cannot be read.
        UnsupportedSchemaVersionError: the document is written for another version of the schema.
        InvalidDocumentError: with every violation of the schema.
    """
    document, name = opened(source)
    ensure_valid(document, _SCHEMA, source=name)
    return read(document, source=name)


def read(document: Mapping[str, Any], *, source: str | None = None) -> Organisation:
    """Return the units of a *document* that was found valid."""
    territory = document["territory"]["code"]
    units = [_with_territory(unit, territory) for unit in document["units"]]
    return structure({**document, "units": units}, Organisation, source=source)


def _with_territory(unit: Mapping[str, Any], territory: str) -> dict[str, Any]:
    made = {"from_" if key == "from" else key: each for key, each in unit.items()}
    if "postings" in made:
        made["postings"] = [
            {"from_" if key == "from" else key: each for key, each in posting.items()} for posting in made["postings"]
        ]
    return {**made, "territory": territory}
