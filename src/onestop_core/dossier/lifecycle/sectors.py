"""Sector rules: where the law of one field differs from the one-stop rules, as cited data."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.dossier.lifecycle.policies import Policy
from onestop_core.errors import UnknownCodeError
from onestop_core.model import Basis, TimeLimit
from onestop_core.rules.cited import cited
from onestop_core.rules.converter import structure
from onestop_core.rules.editions import Editions
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

__all__ = ["SectorLimit", "SectorRules", "load_sector", "sector", "sectors"]


@attrs.frozen(kw_only=True)
class _Value:
    value: Any
    basis: Basis


@attrs.frozen(kw_only=True)
class SectorLimit:
    """A time limit of the sector, for the floor above to count."""

    code: str
    """What it limits, such as ``supplement`` (the applicant's time) or ``opinion``."""
    name: Text
    limit: TimeLimit
    of: str | None = None
    """What it is a time of, such as ``handling``, where the log of a dossier tells which of several holds."""
    begins: tuple[str, ...] = ()
    """Kinds of event with which that time begins."""
    reason_codes: tuple[str, ...] = ()
    """If any: only where that event gives one of these."""
    after: tuple[str, ...] = ()
    """Kinds of event that must all have come since."""
    basis: Basis


@attrs.frozen(kw_only=True)
class _Document:
    id: str
    revision: int = 1
    title: Text
    notes: tuple[Text, ...] = ()
    policy: dict[str, _Value]
    limits: tuple[SectorLimit, ...]


@attrs.frozen(kw_only=True)
class SectorRules:
    """What a sector has of its own."""

    id: str
    revision: int = 1
    title: Text
    policy: Policy
    """For :meth:`Machine.new`."""
    grounds: tuple[tuple[str, Basis], ...]
    """The basis of each value of the policy."""
    limits: tuple[SectorLimit, ...]
    notes: tuple[Text, ...]

    def limit(self, code: str) -> TimeLimit:
        """Return the time limit *code*.

        Raises:
            UnknownCodeError: the sector has none of that name.
        """
        for row in self.limits if isinstance(cast("object", code), str) else ():
            if row.code == code:
                return row.limit
        what = Text(vi="thời hạn theo pháp luật chuyên ngành", en="limit of the sector")
        raise UnknownCodeError.among(what, code, [row.code for row in self.limits])


def _read(document: Mapping[str, Any], source: str | None) -> SectorRules:
    read = cited(document, _Document, source=source)
    return SectorRules(
        id=read.id,
        revision=read.revision,
        title=read.title,
        policy=structure({name: row.value for name, row in read.policy.items()}, Policy, source=source),
        grounds=tuple((name, row.basis) for name, row in read.policy.items()),
        limits=read.limits,
        notes=read.notes,
    )


_COUNTRY: Final = "vn/"
_SECTORS: Final = Editions(
    "vn/sectors", what=Text(vi="quy định chuyên ngành", en="sector"), read=_read, schema="sector-rules"
)


def sectors() -> tuple[str, ...]:
    """Return the names of the sectors that ship.

    >>> sectors()
    ('certification', 'citizen-reception', 'civil-status', ...)
    """
    return tuple(reference.removeprefix(_COUNTRY) for reference in _SECTORS.ids())


def sector(name: str, *, on: date | None = None) -> SectorRules:
    """Return the rules of the sector *name*; with a day, they must be in force then.

    >>> permit = sector("construction-permit")
    >>> permit.policy.max_extensions, permit.policy.silence_is_consent, str(permit.limit("opinion"))
    (0, True, '2 working days')
    >>> [(name, basis.firmness.value) for name, basis in permit.grounds][1:3]
    [('max_suspensions', 'inferred'), ('max_extensions', 'inferred')]

    Raises:
        UnknownCodeError: no sector of that name ships.
        NotInForceError: its rules do not apply on that day.
        InvalidValueError: the day is not a plain date.
    """
    known = isinstance(cast("object", name), str) and name in sectors()
    return _SECTORS.find(f"{_COUNTRY}{name}" if known else name, on=on)


def load_sector(source: str | Path | Mapping[str, Any]) -> SectorRules:
    """Return the rules of a sector of one's own, from a JSON file or a parsed document of the schema ``sector-rules``.

    Raises:
        OSError: the file cannot be read.
        UnsupportedSchemaVersionError: the document is written for another version of the schema.
        InvalidDocumentError: it breaks the schema, cites a basis that it does not have, or a limit cannot be read.
    """
    return _SECTORS.load(source)
