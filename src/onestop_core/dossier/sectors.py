"""Sector rules: where the law of one field differs from the one-stop rules, as cited data."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import attrs

from onestop_core.dossier.lifecycle.policies import Policy
from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem, UnknownCodeError
from onestop_core.model import Basis, TimeLimit
from onestop_core.rules.converter import structure
from onestop_core.rules.resources import data, data_names
from onestop_core.rules.schemas import ensure_valid
from onestop_core.text import Text, closest

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["SectorLimit", "SectorRules", "load_sector", "sector", "sectors"]


@attrs.frozen(kw_only=True)
class _Cited:
    value: Any
    basis: str


@attrs.frozen(kw_only=True)
class _Limit:
    code: str
    name: Text
    limit: str
    basis: str


@attrs.frozen(kw_only=True)
class _Document:
    schema_version: str
    id: str
    title: Text
    notes: tuple[Text, ...] = ()
    bases: dict[str, Basis]
    policy: dict[str, _Cited]
    limits: tuple[_Limit, ...]


@attrs.frozen(kw_only=True)
class SectorLimit:
    """A time limit of the sector, for the floor above to count."""

    code: str
    """What it limits, such as ``supplement`` (the applicant's time) or ``opinion``."""
    name: Text
    limit: TimeLimit
    basis: Basis


@attrs.frozen(kw_only=True)
class SectorRules:
    """What a sector has of its own."""

    id: str
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
        for row in self.limits:
            if row.code == code:
                return row.limit
        raise UnknownCodeError(
            kind=Text(vi="thời hạn của ngành", en="limit of the sector"),
            value=str(code),
            suggestions=closest(str(code), [row.code for row in self.limits]),
        )


def sectors() -> tuple[str, ...]:
    """Return the names of the sectors that ship.

    >>> sectors()
    ('certification', 'civil-status', 'construction-permit', ...)
    """
    return data_names("vn/sectors")


@cache
def sector(name: str) -> SectorRules:
    """Return the rules of the sector *name*.

    >>> permit = sector("construction-permit")
    >>> permit.policy.max_extensions, permit.policy.silence_is_consent, str(permit.limit("opinion"))
    (0, True, '2 working days')
    >>> permit.grounds[0][1].firmness.value
    'secondary'

    Raises:
        UnknownCodeError: no sector of that name ships.
    """
    if name not in sectors():
        raise UnknownCodeError(
            kind=Text(vi="ngành", en="sector"), value=str(name), suggestions=closest(str(name), sectors())
        )
    return _made(data(f"vn/sectors/{name}"), name)


def load_sector(document: dict[str, Any], *, source: str | None = None) -> SectorRules:
    """Return the rules of a sector of one's own, from a document of the schema ``sector-rules``.

    Raises:
        UnsupportedSchemaVersionError: the document is written for another version of the schema.
        InvalidDocumentError: it breaks the schema, cites a basis that it does not have, or a limit cannot be read.
    """
    ensure_valid(document, "sector-rules", source=source)
    return _made(document, source)


def _made(document: Any, source: str | None) -> SectorRules:
    read = structure(document, _Document, source=source)
    places = [(f"$.policy.{name}.basis", row.basis) for name, row in read.policy.items()]
    places += [(f"$.limits[{index}].basis", row.basis) for index, row in enumerate(read.limits)]
    problems = tuple(
        Problem(
            path=path,
            rule="sector/unknown-basis",
            text=Text(vi=f"chưa khai căn cứ {name!r}", en=f"no basis named {name!r}"),
        )
        for path, name in places
        if name not in read.bases
    )
    problems += tuple(_unreadable(read.limits))
    if problems:
        raise InvalidDocumentError(problems=problems, source=source)
    return SectorRules(
        id=read.id,
        title=read.title,
        policy=structure({name: row.value for name, row in read.policy.items()}, Policy, source=source),
        grounds=tuple((name, read.bases[row.basis]) for name, row in read.policy.items()),
        limits=tuple(
            SectorLimit(code=row.code, name=row.name, limit=TimeLimit.parse(row.limit), basis=read.bases[row.basis])
            for row in read.limits
        ),
        notes=read.notes,
    )


def _unreadable(limits: tuple[_Limit, ...]) -> Iterator[Problem]:
    for index, row in enumerate(limits):
        try:
            TimeLimit.parse(row.limit)
        except InvalidValueError as error:
            yield Problem(path=f"$.limits[{index}].limit", rule="sector/limit", text=error.message)
