"""What is known of a period, and what each indicator reads of it."""

from __future__ import annotations

from fractions import Fraction
from types import NoneType
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.kpi.amounts import check_label, exact_or_none, whole
from onestop_core.kpi.measures.compliance_cost import ComplianceCost, ElapsedTime, ProcessingTimeCost
from onestop_core.kpi.measures.shares import Share
from onestop_core.kpi.service_index.rendering import between
from onestop_core.kpi.service_index.scorecard import GroupScore, Scorecard
from onestop_core.model import FrozenMap
from onestop_core.model.series import mapping_of
from onestop_core.text import Text, number, percent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onestop_core.text.numbers import Exact

__all__ = ["NOT_GIVEN", "PeriodFigures", "ensure", "reading"]

_OPENNESS: Final = "CKMB"


def ensure(value: object, kinds: tuple[type, ...], what: str) -> None:
    """Refuse what is none of the *kinds*."""
    if not isinstance(value, kinds):
        raise InvalidValueError.of(what, value, vi=kinds[0].__name__, en=f"a value of {kinds[0].__name__}")


def _elapsed(_: object, field: attrs.Attribute[Any], value: object) -> None:
    ensure(value, (ElapsedTime, NoneType), field.name)


def _share_or_none(_: object, field: attrs.Attribute[Any], value: object) -> None:
    ensure(value, (Share, NoneType), field.name)


def _card(_: object, field: attrs.Attribute[Any], value: object) -> None:
    ensure(value, (Scorecard, NoneType), field.name)


def _money(value: ComplianceCost | ProcessingTimeCost | Exact | None) -> Cost | None:
    return value if isinstance(value, ComplianceCost | ProcessingTimeCost) else exact_or_none(value, "compliance_cost")


def _posts(value: Exact | None) -> Fraction | None:
    return exact_or_none(value, "staff")


def _agency(value: Exact | None) -> Fraction | None:
    return exact_or_none(value, "agency_cost")


def _hours(value: Exact | None) -> Fraction | None:
    return exact_or_none(value, "applicant_hours")


def _reasons(value: Mapping[str, Text]) -> FrozenMap[str, Text]:
    return mapping_of(value, Text, "why")


def _number(value: int | None) -> int | None:
    return None if value is None else whole(value, "procedures")


Cost: TypeAlias = ComplianceCost | ProcessingTimeCost | Fraction


@attrs.frozen(kw_only=True)
class PeriodFigures:
    """What is known of a period; None is not given.

    Raises:
        InvalidValueError: a figure is of another kind, or not exact.
    """

    name: str = attrs.field(validator=check_label)
    """What the period is called: ``2025``."""
    handling: ElapsedTime | None = attrs.field(default=None, validator=_elapsed)
    """Mean handling time of a dossier."""
    applicant_hours: Fraction | None = attrs.field(default=None, converter=_hours)
    """Hours that those who apply spend."""
    compliance_cost: Cost | None = attrs.field(default=None, converter=_money)
    """Of a year: a cost, or an amount in VND."""
    agency_cost: Fraction | None = attrs.field(default=None, converter=_agency)
    """What the same dossiers cost the agencies, in VND."""
    staff: Fraction | None = attrs.field(default=None, converter=_posts)
    """Posts in full-time equivalents."""
    procedures: int | None = attrs.field(default=None, converter=_number)
    """Procedures in force."""
    on_time: Share | None = attrs.field(default=None, validator=_share_or_none)
    """A share on time; the same one in both periods."""
    card: Scorecard | None = attrs.field(default=None, validator=_card)
    """The service index: its group of openness and, if whole, its total."""
    satisfaction: Share | None = attrs.field(default=None, validator=_share_or_none)
    why: FrozenMap[str, Text] = attrs.field(default=FrozenMap({}), converter=_reasons)
    """Why a figure is not given, by the id of its indicator."""


Reading: TypeAlias = tuple[Fraction | None, object, Text | None]
"""Value, what it must have in common with the other period's, and why there is none."""

NOT_GIVEN: Final = Text(vi="không có số liệu", en="not given")
_NOTHING: Final = Text(vi="mẫu số bằng 0", en="a share of nothing")


def _part(scored: Scorecard | GroupScore) -> Text:
    named = ", ".join((*scored.missing, *scored.undefined))
    return Text(
        vi=f"bảng điểm chưa đủ: chưa có điểm của chỉ số {named}", en=f"the card is not whole: no points for {named}"
    )


def _unknown(lowest: Text, highest: Text) -> Text:
    said = between(lowest, highest)
    return Text(vi=f"chưa biết đủ: {said.vi}", en=f"not all is known: {said.en}")


def _share(share: Share | None) -> Reading:
    if share is None:
        return None, None, NOT_GIVEN
    bounds = share.percent_bounds
    if bounds is not None:
        return None, share.definition.id, _unknown(*map(percent, bounds))
    return share.ratio, share.definition.id, None if share.denominator else _NOTHING


def _plain(value: Fraction | int | None) -> Reading:
    return (None, None, NOT_GIVEN) if value is None else (Fraction(value), None, None)


def _cost(cost: Cost | None) -> Reading:
    if isinstance(cost, ComplianceCost | ProcessingTimeCost):
        # Another income would change the cost and save nobody anything.
        return cost.yearly, f"{type(cost).__name__}, {cost.wage.id}", None
    # an amount without its making: comparable with another such amount only
    return (None, None, NOT_GIVEN) if cost is None else (cost, "amount", None)


def _open(scored: Scorecard | GroupScore) -> Text:
    """Return the reason why points are no figure to compare: between what they lie, of how many."""
    said = between(*(number(end) for end in (scored.lowest, scored.highest) if end is not None))
    most = number(scored.maximum)
    return Text(vi=f"chưa biết đủ: {said.vi}/{most.vi} điểm", en=f"not all is known: {said.en}/{most.en} points")


def _service_index(card: Scorecard | None) -> Reading:
    if card is None:
        return None, None, NOT_GIVEN
    if not card.complete or card.lowest is None:
        return None, card.index, _part(card)
    if card.total is None:
        return None, card.index, _open(card)
    return Fraction(card.total) / Fraction(card.maximum), card.index, None


def _openness(card: Scorecard | None) -> Reading:
    group = None if card is None else card.groups.get(_OPENNESS)
    if card is None or group is None:
        return None, None, NOT_GIVEN
    if group.missing or group.lowest is None:
        return None, card.index, _part(group)
    if group.score is None:
        return None, card.index, _open(group)
    return Fraction(group.score) / Fraction(group.maximum), card.index, None


def reading(indicator: str, figures: PeriodFigures) -> Reading:
    """Return what an indicator reads of a period."""
    value, kind, lacks = _read(indicator, figures)
    return value, kind, figures.why.get(indicator, lacks) if lacks is NOT_GIVEN else lacks


def _read(indicator: str, figures: PeriodFigures) -> Reading:
    match indicator:
        case "handling_hours":
            return _plain(None if figures.handling is None else figures.handling.hours)
        case "applicant_hours":
            return _plain(figures.applicant_hours)
        case "compliance_cost":
            return _cost(figures.compliance_cost)
        case "agency_cost":
            return _plain(figures.agency_cost)
        case "staff":
            return _plain(figures.staff)
        case "procedures":
            return _plain(figures.procedures)
        case "on_time":
            return _share(figures.on_time)
        case "service_index":
            return _service_index(figures.card)
        case "openness":
            return _openness(figures.card)
        case _:
            return _share(figures.satisfaction)
