"""Three reductions, three increases (ba giảm, ba tăng): a baseline and a period compared, aim by aim.

The aims are those of a press report; it gives no formulas, so each indicator is this library's choice and says so.
What cannot be computed says why; nothing is taken for 0.
"""

from __future__ import annotations

import enum
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.errors import UnknownCodeError
from onestop_core.kpi.amounts import computed_or_none, rounded, shown
from onestop_core.kpi.measures.aims import Aim, Indicator, aims
from onestop_core.kpi.measures.period_figures import NOT_GIVEN, PeriodFigures, ensure, reading
from onestop_core.model import FrozenMap
from onestop_core.text import Language, Text, number, signed

if TYPE_CHECKING:
    from datetime import date

    from onestop_core.text.numbers import Exact

__all__ = ["AimChange", "AimOutcome", "Comparison", "IndicatorChange", "compare"]


class AimOutcome(enum.StrEnum):
    """How something changed, seen from its aim."""

    IMPROVED = "improved"
    WORSENED = "worsened"
    UNCHANGED = "unchanged"
    MIXED = "mixed"
    """One indicator improved, another worsened."""
    UNKNOWN = "unknown"
    """Nothing could be computed."""

    @property
    def text(self) -> Text:
        """The outcome in words."""
        return _OUTCOMES[self]


_OUTCOMES: Final = {
    AimOutcome.IMPROVED: Text(vi="tốt lên", en="improved"),
    AimOutcome.WORSENED: Text(vi="xấu đi", en="worsened"),
    AimOutcome.UNCHANGED: Text(vi="không đổi", en="unchanged"),
    AimOutcome.MIXED: Text(vi="có chỉ tiêu tốt lên, có chỉ tiêu xấu đi", en="mixed"),
    AimOutcome.UNKNOWN: Text(vi="chưa tính được", en="not computed"),
}


def _computed(value: Exact | None) -> Fraction | None:
    return computed_or_none(value, "figure")


@attrs.frozen(kw_only=True)
class IndicatorChange:
    """One indicator in both periods."""

    indicator: Indicator
    aim: str
    before: Fraction | None = attrs.field(converter=_computed)
    after: Fraction | None = attrs.field(converter=_computed)
    reason: Text | None = None
    """Why there is no change; None where there is one."""

    @property
    def absolute(self) -> Fraction | None:
        """After less before; for shares in parts of 1."""
        if self.reason is not None or self.before is None or self.after is None:
            return None
        return self.after - self.before

    @property
    def relative(self) -> Fraction | None:
        """The change as a share of what was; None without a change or where there was nothing."""
        return self.absolute / self.before if self.absolute is not None and self.before else None

    @property
    def outcome(self) -> AimOutcome:
        """Improved where it moved as the aim wants."""
        if self.absolute is None:
            return AimOutcome.UNKNOWN
        if self.absolute == 0:
            return AimOutcome.UNCHANGED
        return AimOutcome.IMPROVED if (self.absolute < 0) == (self.aim == "reduce") else AimOutcome.WORSENED

    def _shown(self, value: Fraction | None) -> str | None:
        return shown(100 * value if value is not None and self.indicator.unit == "share" else value)

    @property
    def text(self) -> Text:
        """The change in words."""
        name = self.indicator.name
        if self.absolute is None:
            reason = self.reason or NOT_GIVEN
            return Text(vi=f"{name.vi}: chưa tính được ({reason.vi})", en=f"{name.en}: not computed ({reason.en})")
        before, after, change = (number(self._rounded(self.before or Fraction(0))), self.after_text, self.change_text)
        assert after is not None  # there is a change
        assert change is not None
        said = self.outcome.text
        return Text(
            vi=f"{name.vi}: {before.vi} → {after.vi} ({change.vi}): {said.vi}",
            en=f"{name.en}: {before.en} → {after.en} ({change.en}): {said.en}",
        )

    @property
    def before_text(self) -> Text | None:
        """What it was, with its unit; None where it is not known."""
        return self._said(self.before)

    @property
    def after_text(self) -> Text | None:
        """What it is, likewise."""
        return self._said(self.after)

    @property
    def change_text(self) -> Text | None:
        """The change with its unit and in percent of what was; None where there is none."""
        if self.absolute is None:
            return None
        change = signed(self._rounded(self.absolute))
        unit = _POINTS if self.indicator.unit == "share" else _UNITS[self.indicator.unit]
        if self.relative is None:
            return Text(vi=f"{change.vi}{unit.vi}", en=f"{change.en}{unit.en}")
        relative = signed(rounded(100 * self.relative))
        return Text(vi=f"{change.vi}{unit.vi}; {relative.vi}%", en=f"{change.en}{unit.en}; {relative.en}%")

    def _said(self, value: Fraction | None) -> Text | None:
        if value is None:
            return None
        shown, unit = number(self._rounded(value)), _UNITS[self.indicator.unit]
        return Text(vi=f"{shown.vi}{unit.vi}", en=f"{shown.en}{unit.en}")

    def _rounded(self, value: Fraction) -> Decimal:
        return Decimal(shown(100 * value if self.indicator.unit == "share" else value) or 0)

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the change in JSON types: shares in percent, numbers as decimal text, null where there is none."""
        return {
            "name": self.indicator.name.in_(language),
            "how": self.indicator.how.in_(language),
            "unit": "percent" if self.indicator.unit == "share" else self.indicator.unit,
            "before": self._shown(self.before),
            "after": self._shown(self.after),
            "absolute": self._shown(self.absolute),
            "relative_percent": None if self.relative is None else str(rounded(100 * self.relative)),
            "outcome": self.outcome.value,
            "reason": None if self.reason is None else self.reason.in_(language),
            "text": self.text.in_(language),
            "basis": self.indicator.basis.cite().in_(language),
        }


_UNITS: Final = {
    "hours": Text(vi=" giờ làm việc", en=" working hours"),
    "effort": Text(vi=" giờ", en=" hours"),
    "VND": Text(vi=" đồng", en=" VND"),
    "posts": Text(vi=" vị trí", en=" posts"),
    "procedures": Text(vi=" thủ tục", en=" procedures"),
    "share": Text(vi="%", en="%"),
}
_POINTS: Final = Text(vi=" điểm phần trăm", en=" percentage points")


@attrs.frozen(kw_only=True)
class AimChange:
    """One aim in both periods."""

    aim: Aim
    indicators: tuple[IndicatorChange, ...]

    @property
    def outcome(self) -> AimOutcome:
        """That of its indicators together; those not computed have no voice."""
        found = {change.outcome for change in self.indicators} - {AimOutcome.UNKNOWN}
        if not found:
            return AimOutcome.UNKNOWN
        moved = found - {AimOutcome.UNCHANGED}
        return AimOutcome.MIXED if len(moved) > 1 else next(iter(moved), AimOutcome.UNCHANGED)


def _by_indicator(comparison: Comparison) -> FrozenMap[str, IndicatorChange]:
    return FrozenMap({change.indicator.id: change for aim in comparison.aims for change in aim.indicators})


@attrs.frozen(kw_only=True)
class Comparison:
    """The six aims, a baseline and a period."""

    baseline: str
    period: str
    aims: tuple[AimChange, ...]
    note: Text
    """What the comparison rests on."""
    changes: FrozenMap[str, IndicatorChange] = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(_by_indicator, takes_self=True)
    )
    """By the id of the indicator."""

    def __getitem__(self, indicator: str) -> IndicatorChange:
        try:
            return self.changes[indicator]
        except (KeyError, TypeError):
            raise UnknownCodeError.among(Text(vi="chỉ tiêu", en="indicator"), indicator, self.changes) from None

    def lines(self, *, language: Language = "en") -> tuple[str, ...]:
        """Return the comparison as lines to read."""
        lines = [f"{self.baseline} → {self.period}"]
        for each in self.aims:
            lines.append(f"{each.aim.name.in_(language)}: {each.outcome.text.in_(language)}")
            lines.extend(f"  - {change.text.in_(language)}" for change in each.indicators)
        return (*lines, self.note.in_(language))

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the comparison in JSON types."""
        return {
            "baseline": self.baseline,
            "period": self.period,
            "aims": {
                each.aim.key: {
                    "aim": each.aim.aim,
                    "name": each.aim.name.in_(language),
                    "outcome": each.outcome.value,
                    "basis": each.aim.basis.cite().in_(language),
                    "indicators": {c.indicator.id: c.to_dict(language=language) for c in each.indicators},
                }
                for each in self.aims
            },
            "note": self.note.in_(language),
        }


def _change(indicator: Indicator, aim: str, baseline: PeriodFigures, period: PeriodFigures) -> IndicatorChange:
    (before, one, lacks), (after, other, lacks_too) = (reading(indicator.id, each) for each in (baseline, period))
    reason: Text | None = None
    if lacks is not None or lacks_too is not None:
        parts = [(each.name, why) for each, why in ((baseline, lacks), (period, lacks_too)) if why is not None]
        reason = Text(vi="; ".join(f"{n}: {w.vi}" for n, w in parts), en="; ".join(f"{n}: {w.en}" for n, w in parts))
    elif one != other:
        reason = Text(vi=f"hai cách tính khác nhau: {one}, {other}", en=f"two different measures: {one}, {other}")
    return IndicatorChange(indicator=indicator, aim=aim, before=before, after=after, reason=reason)


def compare(baseline: PeriodFigures, period: PeriodFigures, *, on: date | None = None) -> Comparison:
    """Compare a period with a baseline, aim by aim, by the aims in force *on* a day.

    >>> found = compare(
    ...     PeriodFigures(name="2024", compliance_cost=2_306_000_000_000, procedures=2_149),
    ...     PeriodFigures(name="2025", compliance_cost=654_000_000_000, procedures=2_057))
    >>> print(found["compliance_cost"].text)
    compliance cost of those who apply: 2,306,000,000,000 → 654,000,000,000 VND (−1,652,000,000,000 VND; −71.64%): improved
    >>> found["procedures"].relative, found["staff"].reason.en
    (Fraction(-92, 2149), '2024: not given; 2025: not given')
    >>> [aim.outcome.value for aim in found.aims]
    ['improved', 'unknown', 'improved', 'unknown', 'unknown', 'unknown']

    Raises:
        InvalidValueError: an argument is not :class:`PeriodFigures`.
        NotInForceError: no aims ship for that day.
    """
    ensure(baseline, (PeriodFigures,), "baseline")
    ensure(period, (PeriodFigures,), "period")
    edition = aims(on=on)
    changes = tuple(
        AimChange(aim=aim, indicators=tuple(_change(each, aim.aim, baseline, period) for each in aim.indicators))
        for aim in edition.items
    )
    return Comparison(baseline=baseline.name, period=period.name, aims=changes, note=edition.note)
