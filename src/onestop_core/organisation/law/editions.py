"""The tables that ship, and a table of one's own; what a schema cannot say of a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.errors import Problem
from onestop_core.organisation.law.tables import OrganisationRules
from onestop_core.rules.cited import repeated_codes
from onestop_core.rules.editions import Editions
from onestop_core.text import Text, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

__all__ = ["known_kinds", "load_rules", "rules", "rules_editions"]


_RULE: Final = "organisation-rules/row"


def _problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield names that the table does not have, and codes that it has twice."""
    codes: dict[str, set[str]] = {"ranks": set(document["ranks"])}
    for part in ("tasks", "kinds", "receiving", "not_at_desk", "equipment", "conduct"):
        yield from repeated_codes(document, part, rule=_RULE)
        codes[part] = {row["code"] for row in document[part]}
    for path, name, part in _named(document):
        if name not in codes[part]:
            yield _wrong(path, name, vi=f"không có trong {part}", en=f"not among the {part}")


def _named(document: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], str, str]]:
    """Yield where a row names another, the name, and the part of the table that should have it."""

    def rows(part: str) -> Iterator[tuple[int, dict[str, Any]]]:
        yield from enumerate(cast("list[dict[str, Any]]", document[part]))

    for part, field, among in (
        ("kinds", "parents", "kinds"),
        ("kinds", "tasks", "tasks"),
        ("exclusions", "kinds", "kinds"),
        ("receiving", "kinds", "kinds"),
        ("equipment", "kinds", "kinds"),
    ):
        for number, row in rows(part):
            for index, name in enumerate(row.get(field, [])):
                yield (part, number, field, index), name, among
    for number, row in rows("leadership"):
        yield ("leadership", number, "kind"), row["kind"], "kinds"
        for field in ("director", "deputy"):
            if field in row:
                yield ("leadership", number, field), row[field], "ranks"
    for number, row in enumerate(document["posting"]["experience"]):
        for index, name in enumerate(row["kinds"]):
            yield ("posting", "experience", number, "kinds", index), name, "kinds"


def _wrong(path: tuple[str | int, ...], value: object, *, vi: str, en: str) -> Problem:
    return Problem.at(path, _RULE, vi=f"{shown(value)}: {vi}", en=f"{shown(value)}: {en}")


_NAME: Final = "vn-organisation"
_EDITIONS: Final[Editions[OrganisationRules]] = Editions(
    "vn/organisation/rules",
    what=Text(vi="quy định về tổ chức", en="rules of organisation"),
    kind=OrganisationRules,
    check=_problems,
    schema="organisation-rules",
)


def rules(*, on: date) -> OrganisationRules:
    """Return the rules of organisation that are in force *on* a day.

    >>> from datetime import date
    >>> [rules(on=day).posting.term.most_months for day in (date(2024, 1, 2), date(2026, 1, 2))]
    [24, 36]
    >>> rules(on=date(2026, 1, 2)).kind("contractor").tasks
    ('guidance', 'intake', 'digitisation', 'return')

    Raises:
        InvalidValueError: it is not a plain date.
        NotInForceError: no edition is in force on that day.
    """
    return _EDITIONS.on(_NAME, on)


def rules_editions() -> tuple[str, ...]:
    """Return the references of the editions that ship.

    >>> rules_editions()[0]
    'vn-organisation@decree-118-2025'
    """
    return _EDITIONS.ids()


def known_kinds() -> tuple[str, ...]:
    """Return the kinds of units that any edition has.

    >>> "district_desk" in known_kinds(), "vertical_desk" in known_kinds()
    (True, True)
    """
    editions = map(_EDITIONS.pinned, _EDITIONS.ids())
    return tuple(sorted({kind.code for edition in editions for kind in edition.kinds}))


def load_rules(source: str | Path | Mapping[str, Any]) -> OrganisationRules:
    """Return rules of organisation from a JSON file or a parsed document of the schema ``organisation-rules``.

    Raises:
        OSError: the file cannot be read.
        UnsupportedSchemaVersionError: the document is written for another version of the schema.
        InvalidDocumentError: it breaks the schema, or names a basis, a kind, a task or a rank that it does not have.
    """
    return _EDITIONS.load(source)
