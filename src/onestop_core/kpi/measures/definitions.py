"""Measures beside the index, as data: shares, cost parameters, formulas, and the evidence of each."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Final, TypeVar

import attrs

from onestop_core.errors import UnknownCodeError
from onestop_core.kpi.amounts import exact
from onestop_core.model import Basis
from onestop_core.rules.editions import Editions
from onestop_core.text import Text

if TYPE_CHECKING:
    from onestop_core.text.numbers import Exact

__all__ = [
    "DEFAULT_MEASURES",
    "EDITIONS",
    "Formula",
    "Measures",
    "Parameter",
    "SatisfactionFactor",
    "SatisfactionFactors",
    "ShareDefinition",
    "measures",
    "parameter",
]


@attrs.frozen(kw_only=True)
class ShareDefinition:
    """What stands above and below the line of a share."""

    id: str
    name: Text
    numerator: Text
    denominator: Text
    basis: Basis


def _positive(value: Exact) -> Fraction:
    return exact(value, "value", positive=True)


@attrs.frozen(kw_only=True)
class Parameter:
    """A number that a formula needs, with its source and year; give your own where you have a better one.

    >>> from onestop_core.model import Basis, Firmness
    >>> from onestop_core.text import Text
    >>> local = Parameter(id="income-2026", name=Text(vi="Thu nhập giờ 2026", en="hourly income 2026"),
    ...     value=48_500, unit="VND/hour", year=2026, basis=Basis(instrument="Niên giám thống kê 2026", firmness=Firmness.READ))
    >>> local.value
    Fraction(48500, 1)

    Raises:
        InvalidValueError: the value is not an exact number above 0.
    """

    id: str
    name: Text
    value: Fraction = attrs.field(converter=_positive)
    unit: str
    """``hours`` or ``VND/hour``."""
    year: int | None = None
    """The year for which the value was found."""
    basis: Basis


@attrs.frozen(kw_only=True)
class Formula:
    """A formula in words, with its evidence."""

    id: str
    text: Text
    basis: Basis


T = TypeVar("T", ShareDefinition, Parameter, Formula)


@attrs.frozen(kw_only=True)
class SatisfactionFactor:
    """A factor of satisfaction that a survey asks about."""

    key: str
    name: Text


@attrs.frozen(kw_only=True)
class SatisfactionFactors:
    """The factors of the survey and their evidence."""

    basis: Basis
    items: tuple[SatisfactionFactor, ...]


@attrs.frozen(kw_only=True)
class Measures:
    """Everything that the measures beside the index rest on."""

    id: str
    name: Text
    in_force_from: date
    in_force_from_basis: Basis | None = None
    in_force_to: date | None = None
    announced_on: date | None = None
    revision: int = 1
    basis: Basis
    shares: tuple[ShareDefinition, ...]
    parameters: tuple[Parameter, ...]
    formulas: tuple[Formula, ...]
    factors: SatisfactionFactors
    """What the survey of satisfaction asks about."""
    questions: SatisfactionFactors
    """What the decree in force has applicants rate; how they are asked it leaves open."""

    def __repr__(self) -> str:
        return f"<Measures {self.id}>"

    def share(self, share_id: str) -> ShareDefinition:
        """Return the definition of a share.

        Raises:
            UnknownCodeError: there is none of that id.
        """
        return _found(self.shares, share_id, Text(vi="tỷ lệ", en="share"))

    def parameter(self, parameter_id: str) -> Parameter:
        """Return a parameter.

        Raises:
            UnknownCodeError: there is none of that id.
        """
        return _found(self.parameters, parameter_id, Text(vi="tham số", en="parameter"))

    def formula(self, formula_id: str) -> Formula:
        """Return a formula.

        Raises:
            UnknownCodeError: there is none of that id.
        """
        return _found(self.formulas, formula_id, Text(vi="công thức", en="formula"))


DEFAULT_MEASURES: Final = "vn-measures@2026"
"""The edition that holds where nobody names a day."""
EDITIONS: Final = Editions(
    "vn/kpi/measures", what=Text(vi="bộ thước đo", en="measures"), kind=Measures, schema="kpi-measures"
)
"""What ships, with days, revisions and digests."""


def measures(*, on: date | None = None) -> Measures:
    """Return the definitions that ship: those in force *on* a day, or ``DEFAULT_MEASURES``.

    >>> measures().share("resolved_on_time_of_received").basis.cite().en
    'Decree 61/2018/NĐ-CP, art. 30(2)(c)'
    >>> measures().formula("standard-cost").basis.cite().en
    'Circular 02/2017/TT-VPCP [recalled, not confirmed]'

    Raises:
        NotInForceError: nothing ships for that day.
        InvalidValueError: *on* is not a day.
    """
    return EDITIONS.pinned(DEFAULT_MEASURES) if on is None else EDITIONS.on("vn-measures", on)


def parameter(parameter_id: str, *, on: date | None = None) -> Parameter:
    """Return a parameter that ships, by the edition in force *on* a day.

    >>> wage = parameter("hourly-income-2024")
    >>> wage.value, wage.unit, wage.year
    (Fraction(40000, 1), 'VND/hour', 2024)

    Raises:
        UnknownCodeError: there is none of that id.
        NotInForceError: nothing ships for that day.
    """
    return measures(on=on).parameter(parameter_id)


def _found(rows: tuple[T, ...], wanted: object, kind: Text) -> T:
    for row in rows:
        if row.id == wanted:
            return row
    raise UnknownCodeError.among(kind, wanted, (row.id for row in rows))
