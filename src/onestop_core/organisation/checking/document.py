"""``check_units``: everything in which the units of a province or ministry do not keep the rules of a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from onestop_core.errors import Problem
from onestop_core.errors.problem import capped
from onestop_core.model import plain_day
from onestop_core.organisation.checking.unit import unit_problems
from onestop_core.organisation.law.editions import rules
from onestop_core.organisation.units import Organisation, read
from onestop_core.organisation.words import citations, severity_of
from onestop_core.rules.schema.schemas import check_schema
from onestop_core.text import Text, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from onestop_core.organisation.law.tables import OrganisationRules

__all__ = ["check_units"]


def check_units(
    units: Organisation | Mapping[str, object], *, on: date, law: OrganisationRules | None = None
) -> tuple[Problem, ...]:
    """Return every finding about the units of a province or ministry as they are *on* a day, each with its basis.

    Never raises on content. A breach of what was read in a text is an error; of what is concluded, a warning; what
    the document does not tell, so that it cannot be judged, is a note. A posting is held to the rules of the day on
    which it began, an exception to those of the day on which it ended; that is a conclusion of ours.

    >>> from datetime import date
    >>> words = {"vi": "Tỉnh X", "en": "Province X"}
    >>> centre = {"kind": "commune_centre", "name": words, "leadership": {"director": "division_head", "deputies": 2}}
    >>> document = {"schema_version": "1.0", "title": words, "territory": {"code": "H01", "kind": "province"},
    ...     "units": [{**centre, "code": "H01.01", "fields": [], "postings": []}]}
    >>> for problem in check_units(document, on=date(2026, 8, 4)):
    ...     print(problem.rule, problem.message)
    organisation/director Head of a commune's division, or that level: the director is Vice-chair of the commune's people's committee
    organisation/deputies 2 deputies: at most 1
    >>> check_units(document, on=date(2026, 8, 5))
    ()

    Args:
        units: The units, or a parsed document of the schema ``organisation``.
        on: The day.
        law: Rules of your own; left out, those in force on the day.

    Raises:
        InvalidValueError: *on* is not a plain date.
        NotInForceError: no rules are in force on the day, and none were given.
    """
    day = plain_day(on, "on")
    found = rules(on=day) if law is None else law
    if isinstance(cast("object", units), Organisation):
        organisation = cast("Organisation", units)
    else:
        if problems := check_schema(units, "organisation"):
            return problems
        organisation = read(cast("Mapping[str, Any]", units))
    return capped(_problems(organisation, day, found))


def _problems(organisation: Organisation, day: date, law: OrganisationRules) -> Iterator[Problem]:
    known = {unit.code: unit for unit in reversed(organisation.units)}
    seen: set[str] = set()
    for number, unit in enumerate(organisation.units):
        place = ("units", number)
        if unit.code in seen:
            yield Problem.at(
                (*place, "code"),
                "organisation/duplicate",
                vi=f"{shown(unit.code)}: mã đã dùng ở đơn vị trước",
                en=f"{shown(unit.code)}: the code of a unit before it",
            )
        seen.add(unit.code)
        if unit.from_ is not None and unit.to is not None and unit.to < unit.from_:
            yield Problem.at(
                (*place, "to"), "organisation/dates", vi="ngày cuối trước ngày đầu", en="ends before it begins"
            )
        if unit.exists(day):
            yield from unit_problems(unit, place, organisation=organisation, known=known, day=day, law=law)
    yield from _exclusions(organisation, day, law)


def _exclusions(organisation: Organisation, day: date, law: OrganisationRules) -> Iterator[Problem]:
    """Yield one finding for each two kinds of which the territory may have one: at the first unit of the second."""
    first: dict[str, int] = {}
    for number, unit in enumerate(organisation.units):
        if unit.exists(day):
            first.setdefault(unit.kind, number)
    for exclusion in law.exclusions:
        places = sorted(first[kind] for kind in exclusion.kinds if kind in first)
        if len(places) == len(exclusion.kinds):
            names = [_name(law, organisation.units[place].kind) for place in places]
            yield Problem.at(
                ("units", places[-1], "kind"),
                "organisation/exclusion",
                vi=f"{names[-1].vi} không cùng tồn tại với {names[0].vi} (đơn vị {shown(organisation.units[places[0]].code)})",
                en=f"a {names[-1].en} does not exist beside a {names[0].en} (unit {shown(organisation.units[places[0]].code)})",
                severity=severity_of(exclusion.basis),
                basis=citations(exclusion.basis),
            )


def _name(law: OrganisationRules, kind: str) -> Text:
    row = law.kind(kind)
    assert row is not None, "a table names only kinds that it has"
    return row.name
