"""``may_receive``: whether a unit may take in a dossier, by the rules of the day; what is not known is said, not guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import Basis, plain_day
from onestop_core.organisation.law.editions import known_kinds, rules
from onestop_core.organisation.law.tables import Competence, ReceivingCondition, ReceivingRule, UnitGroup, Within
from onestop_core.organisation.units import Unit
from onestop_core.text import Text
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from onestop_core.organisation.law.tables import KindOfUnit, OrganisationRules
    from onestop_core.text import Language

__all__ = ["ProcedureScope", "Receiving", "Verdict", "may_receive"]


class Verdict(Code):
    """Whether a unit may receive."""

    YES = "yes"
    NO = "no"
    DEPENDS = "depends"
    """On what was not told."""


def _competence(value: Competence | str) -> Competence:
    return Competence.of(value, "competence")


@attrs.frozen(kw_only=True)
class ProcedureScope:
    """What decides where a dossier of a procedure may be handed in.

    >>> ProcedureScope(competence="commune", province="H01").competence
    <Competence.COMMUNE: 'commune'>
    """

    competence: Competence = attrs.field(converter=_competence)
    """Who is competent."""
    authority: str | None = None
    """Code of the competent body, where it matters: a ministry, a vertical agency."""
    province: str | None = None
    """Code of the province of the competent body, or to which a ministry assigned the procedure."""
    area: str | None = None
    """Code of its commune or district; asked for until 30 June 2025 only."""
    reception: str = "desk"
    """``desk``, or a way of reception outside it: ``mobile``, ``on_site``, ``electronic_only``."""
    listed: bool | None = None
    """Whether it is on a published list of procedures received nationwide; None: not told."""


@attrs.frozen(kw_only=True)
class Receiving:
    """The answer: whether, why, and by which provision."""

    verdict: Verdict
    reason: Text
    basis: tuple[Basis, ...]
    rule: str | None = None
    """Code of the row that lets the unit receive."""
    missing: tuple[str, ...] = ()
    """Fields that would decide it, where it depends: ``province``, ``area``, ``authority``, ``listed``, ``posted``;
    ``rule`` where none has been recorded for it."""

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the answer in JSON types."""
        return {
            "verdict": self.verdict.value,
            "reason": self.reason.in_(language),
            "basis": [each.cite().in_(language) for each in self.basis],
            "rule": self.rule,
            "missing": list(self.missing),
        }


_DESK: Final = "desk"
_COMPETENCES: Final = {
    Competence.MINISTRY: Text(vi="thủ tục của bộ", en="a procedure of a ministry"),
    Competence.MINISTRY_ASSIGNED: Text(
        vi="thủ tục của bộ giao cho địa phương", en="a procedure that a ministry assigned to localities"
    ),
    Competence.PROVINCIAL: Text(vi="thủ tục cấp tỉnh", en="a procedure of provincial level"),
    Competence.DISTRICT: Text(vi="thủ tục cấp huyện trước đây", en="a procedure of the former district level"),
    Competence.COMMUNE: Text(vi="thủ tục cấp xã", en="a procedure of commune level"),
    Competence.VERTICAL: Text(vi="thủ tục của cơ quan ngành dọc", en="a procedure of a vertical agency"),
}
_WITHIN: Final = {
    Within.OWN: Text(vi="của chính cơ quan mình", en="of its own body"),
    Within.AREA: Text(vi="trong địa bàn của mình", en="of its own area"),
    Within.PROVINCE: Text(vi="trong phạm vi tỉnh", en="within the province"),
    Within.NATION: Text(vi="trong phạm vi toàn quốc", en="nationwide"),
}
_FAILS: Final[dict[Within | ReceivingCondition, Text]] = {
    Within.OWN: Text(vi="thủ tục của cơ quan khác", en="it is of another body"),
    Within.AREA: Text(vi="thủ tục của địa bàn khác", en="it is of another area"),
    Within.PROVINCE: Text(vi="thủ tục của tỉnh khác", en="it is of another province"),
    ReceivingCondition.LISTED: Text(
        vi="thủ tục không có trong danh mục tiếp nhận toàn quốc",
        en="it is not on the list of those received nationwide",
    ),
    ReceivingCondition.POSTED: Text(
        vi="cơ quan ngành dọc không cử người đến đơn vị", en="the vertical agency posts no staff at the unit"
    ),
}
_UNKNOWN: Final = {
    "province": Text(vi="tỉnh của cơ quan có thẩm quyền", en="the province of the competent body"),
    "area": Text(vi="địa bàn của cơ quan có thẩm quyền", en="the area of the competent body"),
    "authority": Text(vi="mã cơ quan có thẩm quyền", en="the code of the competent body"),
    "listed": Text(
        vi="thủ tục có trong danh mục tiếp nhận toàn quốc hay không",
        en="whether it is on the list of those received nationwide",
    ),
    "posted": Text(
        vi="cơ quan ngành dọc có cử người đến đơn vị hay không",
        en="whether the vertical agency posts staff at the unit",
    ),
}


@attrs.frozen(kw_only=True)
class _Tried:
    """How one rule came out."""

    rule: ReceivingRule
    fails: tuple[Within | ReceivingCondition, ...]
    missing: tuple[str, ...]


def may_receive(unit: Unit, procedure: ProcedureScope, *, on: date, law: OrganisationRules | None = None) -> Receiving:
    """Return whether *unit* may receive a dossier of *procedure* *on* a day.

    To receive is not to decide: who is competent stays so.

    >>> from datetime import date
    >>> from onestop_core.text import Text
    >>> centre = Unit(code="H01.01", kind="commune_centre", name=Text(vi="Trung tâm", en="Centre"), territory="H01")
    >>> elsewhere = ProcedureScope(competence="commune", province="H02", listed=True)
    >>> for day in (date(2026, 8, 4), date(2026, 8, 5)):
    ...     answer = may_receive(centre, elsewhere, on=day)
    ...     print(answer.verdict, "-", answer.reason.en, "-", answer.basis[0].cite().en)
    no - Commune's service centre: it is of another province - Decree 118/2025/NĐ-CP, art. 14(2)
    yes - Commune's service centre: receives a procedure of commune level nationwide - Decree 118/2025/NĐ-CP, art. 14(4)

    Args:
        unit: The unit, with its territory.
        procedure: What is known of the procedure; what is not told makes the answer depend on it.
        on: The day of receipt.
        law: Rules of your own; left out, those in force on the day.

    Raises:
        UnknownCodeError: no edition has such a kind of unit, or the rules no such way of reception.
        NotInForceError: no rules are in force on the day, and none were given.
        InvalidValueError: *on* is not a plain date, or an argument is of another type.
    """
    day = plain_day(on, "on")
    if not isinstance(cast("object", unit), Unit):
        raise InvalidValueError.of("unit", unit, vi="một `Unit`", en="a Unit")
    if not isinstance(cast("object", procedure), ProcedureScope):
        raise InvalidValueError.of("procedure", procedure, vi="một `ProcedureScope`", en="a ProcedureScope")
    found = rules(on=day) if law is None else law
    kind = found.kind(unit.kind)
    if kind is None:
        known = sorted({*known_kinds(), *(each.code for each in found.kinds)})
        if unit.kind not in known:
            raise UnknownCodeError.among(Text(vi="loại đơn vị", en="kind of unit"), unit.kind, known)
        if found.partial:
            return _not_recorded(found)
        return _no(
            Text(
                vi=f"quy định của ngày này không có loại đơn vị đó ({found.title.vi})",
                en=f"the rules of that day have no such kind of unit ({found.title.en})",
            )
        )
    if not unit.exists(day):
        return _no(_said(kind, Text(vi="chưa có hoặc không còn vào ngày này", en="is not there on that day")))
    if outside := _outside_the_desk(procedure, kind, found):
        return outside
    return _judged(unit, procedure, kind, day=day, law=found)


def _no(reason: Text, basis: Iterable[Basis] = ()) -> Receiving:
    return Receiving(verdict=Verdict.NO, reason=reason, basis=tuple(dict.fromkeys(basis)))


def _not_recorded(law: OrganisationRules) -> Receiving:
    said = Text(
        vi=f"chưa có quy định nào của ngày này được ghi lại cho trường hợp này ({law.title.vi})",
        en=f"no rule of that day has been recorded for this ({law.title.en})",
    )
    return Receiving(verdict=Verdict.DEPENDS, reason=said, basis=(), missing=("rule",))


def _said(kind: KindOfUnit, text: Text) -> Text:
    return Text(vi=f"{kind.name.vi}: {text.vi}", en=f"{kind.name.en}: {text.en}")


def _outside_the_desk(procedure: ProcedureScope, kind: KindOfUnit, law: OrganisationRules) -> Receiving | None:
    if procedure.reception == _DESK:
        return None
    for row in law.not_at_desk:
        if row.code == procedure.reception:
            said = Text(
                vi=f"không tiếp nhận tại Bộ phận Một cửa: {row.name.vi}; vẫn phải theo dõi trên hệ thống",
                en=f"not received at the desk: {row.name.en}; still to be tracked in the system",
            )
            return _no(_said(kind, said), row.basis)
    known = [_DESK, *(row.code for row in law.not_at_desk)]
    raise UnknownCodeError.among(Text(vi="hình thức tiếp nhận", en="way of reception"), procedure.reception, known)


def _judged(unit: Unit, procedure: ProcedureScope, kind: KindOfUnit, *, day: date, law: OrganisationRules) -> Receiving:
    tried = [
        _tried(rule, unit, procedure, day)
        for rule in law.receiving
        if unit.kind in rule.kinds and procedure.competence in rule.competences
    ]
    what = _COMPETENCES[procedure.competence]
    if not tried:
        if kind.group is UnitGroup.CONTRACTOR:
            why = Text(
                vi="chỉ tiếp nhận thay cho Bộ phận Một cửa nơi làm việc",
                en="takes in only for the desk at which it works",
            )
            return _no(_said(kind, why), kind.basis)
        if law.partial:
            return _not_recorded(law)
        none = Text(vi=f"không có quy định cho tiếp nhận {what.vi}", en=f"no rule lets it receive {what.en}")
        return _no(_said(kind, none), kind.basis)
    for each in tried:
        if not each.fails and not each.missing:
            return _yes(each.rule, kind, what, day)
    if hopeful := [each for each in tried if not each.fails]:
        missing = tuple(dict.fromkeys(name for each in hopeful for name in each.missing))
        needed = [_UNKNOWN[name] for name in missing]
        text = Text(
            vi=f"tùy thuộc: {'; '.join(each.vi for each in needed)}",
            en=f"depends on: {'; '.join(each.en for each in needed)}",
        )
        basis = tuple(dict.fromkeys(ground for each in hopeful for ground in each.rule.basis))
        return Receiving(verdict=Verdict.DEPENDS, reason=_said(kind, text), basis=basis, missing=missing)
    whys = [_FAILS[each] for each in dict.fromkeys(fail for each in tried for fail in each.fails)]
    text = Text(vi="; ".join(each.vi for each in whys), en="; ".join(each.en for each in whys))
    return _no(_said(kind, text), (ground for each in tried for ground in each.rule.basis))


def _yes(rule: ReceivingRule, kind: KindOfUnit, what: Text, day: date) -> Receiving:
    place = _WITHIN[rule.within]
    vi, en = f"được tiếp nhận {what.vi} {place.vi}", f"receives {what.en} {place.en}"
    basis = rule.basis
    if rule.remark is not None and day < rule.remark.before:
        vi, en = f"{vi}; {rule.remark.text.vi}", f"{en}; {rule.remark.text.en}"
        basis = (*basis, *rule.remark.basis)
    return Receiving(verdict=Verdict.YES, reason=_said(kind, Text(vi=vi, en=en)), basis=basis, rule=rule.code)


def _tried(rule: ReceivingRule, unit: Unit, procedure: ProcedureScope, day: date) -> _Tried:
    fails: list[Within | ReceivingCondition] = []
    missing: list[str] = []
    for name, fits in _place(rule.within, unit, procedure):
        if fits is None:
            missing.append(name)
        elif not fits:
            fails.append(rule.within)
    for condition in rule.conditions:
        if condition is ReceivingCondition.LISTED:
            name, holds = "listed", procedure.listed
        else:
            name, holds = _posted(unit, procedure, day)
        if holds is None:
            missing.append(name)
        elif not holds:
            fails.append(condition)
    return _Tried(rule=rule, fails=tuple(fails), missing=tuple(missing))


def _place(within: Within, unit: Unit, procedure: ProcedureScope) -> list[tuple[str, bool | None]]:
    """Return what must fit for a place, by the field that tells it: True, False, or None where it is not told."""
    match within:
        case Within.NATION:
            return []
        case Within.OWN:
            bodies = {unit.parent, unit.territory} - {None}
            known = procedure.authority is not None and bool(bodies)
            return [("authority", procedure.authority in bodies if known else None)]
        case Within.PROVINCE:
            return [("province", _same(unit.territory, procedure.province))]
        case _:
            return [
                ("province", _same(unit.territory, procedure.province)),
                ("area", _same(unit.area, procedure.area)),
            ]


def _same(one: str | None, other: str | None) -> bool | None:
    return None if one is None or other is None else one == other


def _posted(unit: Unit, procedure: ProcedureScope, day: date) -> tuple[str, bool | None]:
    agencies = unit.posted_agencies(day)
    if agencies is None:
        return "posted", None
    if not agencies:
        return "posted", False
    return "authority", None if procedure.authority is None else procedure.authority in agencies
