"""What is wrong with who works at a unit: years in the sector, length of a posting, a stand-in for each field."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from onestop_core.errors import NotInForceError, Problem, Severity
from onestop_core.organisation.law.editions import rules, rules_editions
from onestop_core.organisation.law.tables import UnitGroup
from onestop_core.organisation.units import Origin
from onestop_core.organisation.words import citations, listed, months_after, severity_of, unknown
from onestop_core.text import Text, day_text, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from onestop_core.errors.problem import Where
    from onestop_core.model import Basis
    from onestop_core.organisation.law.tables import KindOfUnit, OrganisationRules
    from onestop_core.organisation.units import DeskField, Posting, Unit

__all__ = ["people_problems"]

_FIELD: Final = Text(vi="lĩnh vực của đơn vị", en="field of the unit")
_ONE_DAY: Final = timedelta(days=1)
_BY_TERM: Final = frozenset({Origin.SENT, Origin.VERTICAL})
"""Who is posted for a term; the desk's own staff and those of firms are not."""


def people_problems(
    unit: Unit, kind: KindOfUnit, place: Where, *, day: date, law: OrganisationRules
) -> Iterator[Problem]:
    """Yield what is wrong with the postings and fields of *unit*."""
    named = None if unit.fields is None else {field.code for field in unit.fields}
    for number, posting in enumerate(unit.postings or ()):
        here = (*place, "postings", number)
        for index, field in enumerate(posting.fields):
            if named is not None and field not in named:
                yield unknown(_FIELD, field, (*here, "fields", index), named)
        if posting.from_ is not None and posting.to is not None and posting.to < posting.from_:
            yield Problem.at(
                (*here, "to"), "organisation/dates", vi="ngày cuối trước ngày đầu", en="ends before it begins"
            )
            continue
        began = _rules_at(posting.from_, unit.kind, law)
        yield from _experience(posting, unit.kind, here, day=day, law=began)
        if posting.origin in _BY_TERM:
            yield from _term(posting, here, day=day, began=began, ended=_rules_at(_end(posting, day), unit.kind, law))
    if kind.group is UnitGroup.ONE_STOP and law.posting.stand_in_basis:
        for number, served in enumerate(unit.fields or ()):
            yield from _stand_in(served, unit, (*place, "fields", number), day=day, law=law)


def _rules_at(day: date | None, kind: str, law: OrganisationRules) -> OrganisationRules:
    """Return the rules of *day* for units of a kind; *law* where there are none, or the unit was another one then."""
    if day is None or law.id not in _shipped():
        return law
    try:
        then = rules(on=day)
    except NotInForceError:
        return law
    return law if then.kind(kind) is None else then


def _shipped() -> frozenset[str]:
    return frozenset(rules_editions())


def _end(posting: Posting, day: date) -> date:
    return day if posting.to is None else min(posting.to, day)


def _experience(posting: Posting, kind: str, place: Where, *, day: date, law: OrganisationRules) -> Iterator[Problem]:
    row = next((each for each in law.posting.experience if kind in each.kinds), None)
    if row is None or posting.origin is Origin.FIRM:
        return
    if posting.in_sector_since is None:
        yield _untold(place, Text(vi="thời gian làm trong lĩnh vực", en="the time in the sector"), row.basis)
        return
    needed = months_after(posting.in_sector_since, 12 * row.years)
    if needed > (posting.from_ or day):
        yield _breach(
            (*place, "in_sector_since"),
            "experience",
            vi=f"chưa đủ {row.years:02d} năm trong lĩnh vực khi bắt đầu; đủ từ ngày {day_text(needed).vi}",
            en=f"less than {row.years} years in the sector at the start; enough from {day_text(needed).en}",
            basis=row.basis,
        )


def _term(
    posting: Posting, place: Where, *, day: date, began: OrganisationRules, ended: OrganisationRules
) -> Iterator[Problem]:
    term, exceptions = began.posting.term, {each.code: each for each in ended.posting.exceptions}
    if posting.exception is not None and posting.exception not in exceptions:
        if ended.partial:
            yield Problem.at(
                (*place, "exception"),
                "organisation/not-recorded",
                vi=f"chưa ghi lại trường hợp ngoại lệ nào của ngày đó ({ended.title.vi})",
                en=f"no exceptions of that day have been recorded ({ended.title.en})",
                severity=Severity.NOTE,
            )
            return
        known = listed(each.name for each in exceptions.values())
        yield Problem.at(
            (*place, "exception"),
            "organisation/exception",
            vi=f"{shown(posting.exception)} không phải trường hợp ngoại lệ; có: {known.vi}",
            en=f"{shown(posting.exception)} is no exception of the rules; they have: {known.en}",
            basis=citations(term.basis),
        )
    if posting.exception in exceptions:
        return
    if posting.from_ is None:
        yield _untold(place, Text(vi="ngày bắt đầu", en="the first day"), term.basis)
        return
    # "Twelve months" is met by a last day in either way of counting: the day before the same date, and that date.
    least = months_after(posting.from_, term.least_months) - _ONE_DAY
    most = months_after(posting.from_, term.most_months)
    if posting.to is not None and posting.to < least:
        yield _breach(
            (*place, "to"),
            "term",
            vi=f"ngắn hơn {term.least_months:02d} tháng; đủ từ ngày {day_text(least).vi}",
            en=f"shorter than {term.least_months} months; enough from {day_text(least).en}",
            basis=term.basis,
        )
    if (day if posting.to is None else posting.to) > most:
        yield _breach(
            (*place, "to") if posting.to is not None else place,
            "term",
            vi=f"dài hơn {term.most_months:02d} tháng; đến hết ngày {day_text(most).vi}",
            en=f"longer than {term.most_months} months; up to {day_text(most).en}",
            basis=term.basis,
        )


def _stand_in(served: DeskField, unit: Unit, place: Where, *, day: date, law: OrganisationRules) -> Iterator[Problem]:
    at_work = [each for each in unit.postings or () if served.code in each.fields and day in each.during]
    officers = {each.officer for each in at_work}
    stand_ins = {*served.stand_ins, *(each.officer for each in at_work if each.origin is Origin.OWN)}
    # Nobody stands in for himself.
    if served.own_staff or any(officers != {each} for each in stand_ins):
        return
    yield _breach(
        place,
        "stand-in",
        vi=f"lĩnh vực {shown(served.code)}: chưa có phương án người thay thế",
        en=f"field {shown(served.code)}: nobody stands in, so intake and return may stop",
        basis=law.posting.stand_in_basis,
    )


def _breach(place: Where, rule: str, *, vi: str, en: str, basis: Iterable[Basis]) -> Problem:
    cited = tuple(basis)
    return Problem.at(place, f"organisation/{rule}", vi=vi, en=en, severity=severity_of(cited), basis=citations(cited))


def _untold(place: Where, what: Text, basis: Iterable[Basis]) -> Problem:
    return Problem.at(
        place,
        "organisation/not-told",
        vi=f"chưa nêu nên chưa đánh giá được: {what.vi}",
        en=f"not told, so it cannot be judged: {what.en}",
        severity=Severity.NOTE,
        basis=citations(basis),
    )
