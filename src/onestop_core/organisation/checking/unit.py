"""What is wrong with one unit: its kind, where it belongs, what it does, who leads it, what it does not tell."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.errors import Problem, Severity
from onestop_core.organisation.checking.people import people_problems
from onestop_core.organisation.law.editions import known_kinds
from onestop_core.organisation.law.tables import TerritoryKind, UnitGroup
from onestop_core.organisation.words import citations, listed, severity_of, unknown
from onestop_core.text import Text, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from onestop_core.errors.problem import Where
    from onestop_core.organisation.law.tables import KindOfUnit, LeadershipRule, OrganisationRules
    from onestop_core.organisation.units import Leadership, Organisation, Unit

__all__ = ["unit_problems"]


def unit_problems(
    unit: Unit,
    place: Where,
    *,
    organisation: Organisation,
    known: Mapping[str, Unit],
    day: date,
    law: OrganisationRules,
) -> Iterator[Problem]:
    """Yield what is wrong with *unit*, which stands at *place*, by the rules of the day."""
    kind = law.kind(unit.kind)
    if kind is None:
        yield _no_kind(unit.kind, (*place, "kind"), law)
        return
    yield from _only_in(kind, place, organisation)
    yield from _parent(unit, kind, place, known, law)
    yield from _tasks(unit, kind, place, law)
    if unit.leadership is not None:
        yield from _leadership(unit.kind, unit.leadership, (*place, "leadership"), law)
    yield from people_problems(unit, kind, place, day=day, law=law)
    if kind.group is UnitGroup.ONE_STOP:
        yield from _not_told(unit, place, law)


_KIND: Final = Text(vi="loại đơn vị", en="kind of unit")
_PARENT: Final = Text(vi="đơn vị", en="unit")
_TASK: Final = Text(vi="việc", en="task")
_RANK: Final = Text(vi="chức vụ", en="rank")


def _no_kind(kind: str, place: Where, law: OrganisationRules) -> Problem:
    if kind not in known_kinds():
        return unknown(_KIND, kind, place, known_kinds())
    if law.partial:
        return Problem.at(
            place,
            "organisation/not-recorded",
            vi=f"{shown(kind)}: chưa có quy định nào của ngày này được ghi lại cho loại đơn vị đó ({law.title.vi})",
            en=f"{shown(kind)}: no rule of that day has been recorded for that kind of unit ({law.title.en})",
            severity=Severity.NOTE,
        )
    return Problem.at(
        place,
        "organisation/not-of-this-edition",
        vi=f"{shown(kind)}: quy định áp dụng cho ngày này không có loại đơn vị đó ({law.title.vi})",
        en=f"{shown(kind)}: the rules of that day have no such kind of unit ({law.title.en})",
        severity=Severity.WARNING,
    )


def _only_in(kind: KindOfUnit, place: Where, organisation: Organisation) -> Iterator[Problem]:
    territory = organisation.territory
    fits = {"city": territory.kind is TerritoryKind.CITY, "pilot": territory.pilot}
    if kind.only_in and not any(fits[each] for each in kind.only_in):
        yield Problem.at(
            (*place, "kind"),
            "organisation/only-in",
            vi=f"{kind.name.vi}: chỉ có ở thành phố trực thuộc trung ương hoặc tỉnh thí điểm",
            en=f"{kind.name.en}: only in a centrally run city or a pilot province",
            severity=severity_of(kind.basis),
            basis=citations(kind.basis),
        )


def _parent(
    unit: Unit, kind: KindOfUnit, place: Where, known: Mapping[str, Unit], law: OrganisationRules
) -> Iterator[Problem]:
    if unit.parent is None:
        return
    parent = known.get(unit.parent)
    if parent is None or parent.code == unit.code:
        yield unknown(_PARENT, unit.parent, (*place, "parent"), known)
    elif kind.parents and parent.kind not in kind.parents:
        names = listed(row.name for row in law.kinds if row.code in kind.parents)
        yield Problem.at(
            (*place, "parent"),
            "organisation/parent",
            vi=f"{kind.name.vi} thuộc {shown(parent.code)}; phải thuộc: {names.vi}",
            en=f"{kind.name.en} under {shown(parent.code)}; it belongs to: {names.en}",
            severity=severity_of(kind.basis),
            basis=citations(kind.basis),
        )


def _tasks(unit: Unit, kind: KindOfUnit, place: Where, law: OrganisationRules) -> Iterator[Problem]:
    for number, code in enumerate(unit.tasks or ()):
        task = law.task(code)
        if task is None:
            yield unknown(_TASK, code, (*place, "tasks", number), [each.code for each in law.tasks])
        elif kind.tasks and code not in kind.tasks:
            yield Problem.at(
                (*place, "tasks", number),
                "organisation/task",
                vi=f"{kind.name.vi} không làm việc này: {task.name.vi}",
                en=f"not a task of a {kind.name.en}: {task.name.en}",
                severity=severity_of(kind.tasks_basis),
                basis=citations(kind.tasks_basis),
            )


def _leadership(kind: str, leadership: Leadership, place: Where, law: OrganisationRules) -> Iterator[Problem]:
    row = next((each for each in law.leadership if each.kind == kind), None)
    if row is None:
        return
    for field, given, wanted in (
        ("director", leadership.director, row.director),
        ("deputy", leadership.deputy, row.deputy),
    ):
        if given is None or wanted is None or given == wanted:
            continue
        if given not in law.ranks:
            yield unknown(_RANK, given, (*place, field), law.ranks)
            continue
        said = (
            Text(vi="người đứng đầu", en="the director") if field == "director" else Text(vi="cấp phó", en="a deputy")
        )
        yield Problem.at(
            (*place, field),
            f"organisation/{field}",
            vi=f"{law.ranks[given].vi}: {said.vi} phải là {law.ranks[wanted].vi}",
            en=f"{law.ranks[given].en}: {said.en} is {law.ranks[wanted].en}",
            severity=severity_of(row.basis),
            basis=citations(row.basis),
        )
    if leadership.deputies is not None and row.deputies_most is not None and leadership.deputies > row.deputies_most:
        yield Problem.at(
            (*place, "deputies"),
            "organisation/deputies",
            vi=f"{leadership.deputies:02d} cấp phó: tối đa {row.deputies_most:02d}",
            en=f"{leadership.deputies} deputies: at most {row.deputies_most}",
            severity=severity_of(row.basis),
            basis=citations(row.basis),
        )


_LEADERSHIP: Final = Text(vi="lãnh đạo", en="leadership")
_FIELDS: Final = Text(vi="lĩnh vực và người thay thế", en="fields and stand-ins")
_POSTINGS: Final = Text(vi="người làm việc tại đơn vị", en="postings")


def _leads(leadership: Leadership | None, row: LeadershipRule) -> bool:
    """Return whether *leadership* tells all that *row* asks for."""
    if leadership is None or leadership.director is None:
        return False
    return row.deputies_most is None or leadership.deputies is not None


def _not_told(unit: Unit, place: Where, law: OrganisationRules) -> Iterator[Problem]:
    """Yield one note about what the rules ask for and the document does not tell."""
    leader = next((each for each in law.leadership if each.kind == unit.kind), None)
    works = any(unit.kind in each.kinds for each in law.posting.experience)
    missing = [
        word
        for word, asked, told in (
            (_LEADERSHIP, leader is not None, leader is None or _leads(unit.leadership, leader)),
            (_FIELDS, bool(law.posting.stand_in_basis), unit.fields is not None),
            (_POSTINGS, works, unit.postings is not None),
        )
        if asked and not told
    ]
    if missing:
        said = listed(missing)
        yield Problem.at(
            place,
            "organisation/not-told",
            vi=f"chưa nêu nên chưa đánh giá được: {said.vi}",
            en=f"not told, so it cannot be judged: {said.en}",
            severity=Severity.NOTE,
        )
