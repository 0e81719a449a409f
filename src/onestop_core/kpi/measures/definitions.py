"""Measures beside the index, as data: shares, cost parameters, formulas, and the evidence of each."""

from __future__ import annotations

from fractions import Fraction
from functools import cache
from typing import Any, Final, TypeVar

import attrs

from onestop_core.errors import UnknownCodeError
from onestop_core.kpi.amounts import exact
from onestop_core.model import Basis
from onestop_core.rules.converter import structure
from onestop_core.rules.resources import data
from onestop_core.text import Text, closest

__all__ = [
    "Formula",
    "Measures",
    "Parameter",
    "SatisfactionFactor",
    "SatisfactionFactors",
    "ShareDefinition",
    "measures",
    "parameter",
]

T = TypeVar("T")

_DOCUMENT: Final = "vn/kpi/measures/shares"


@attrs.frozen(kw_only=True)
class ShareDefinition:
    """What stands above and below the line of a share."""

    id: str
    name: Text
    numerator: Text
    denominator: Text
    basis: Basis


def _positive(value: Any) -> Fraction:
    return exact(value, "value", positive=True)


@attrs.frozen(kw_only=True)
class Parameter:
    """A number that a formula needs, with its source and year; give your own where you have a better one.

    >>> from onestop_core.model import Firmness
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

    shares: tuple[ShareDefinition, ...]
    parameters: tuple[Parameter, ...]
    formulas: tuple[Formula, ...]
    factors: SatisfactionFactors

    def share(self, share_id: str) -> ShareDefinition:
        """Return the definition of a share.

        Raises:
            UnknownCodeError: there is none of that id.
        """
        return _found({each.id: each for each in self.shares}, share_id, Text(vi="tỷ lệ", en="share"))

    def formula(self, formula_id: str) -> Formula:
        """Return a formula.

        Raises:
            UnknownCodeError: there is none of that id.
        """
        return _found({each.id: each for each in self.formulas}, formula_id, Text(vi="công thức", en="formula"))


@cache
def measures() -> Measures:
    """Return the definitions that ship.

    >>> measures().share("resolved_on_time_of_received").basis.cite().en
    'Decree 61/2018/NĐ-CP, art. 30(2)(c)'
    >>> measures().formula("standard-cost").basis.cite().en
    'Circular 02/2017/TT-VPCP [recalled, not confirmed]'
    """
    document = data(_DOCUMENT)
    bases = document["bases"]

    def named(row: dict[str, Any]) -> dict[str, Any]:
        return {key: bases[value] if key == "basis" else value for key, value in row.items()}

    lists = {name: [named(row) for row in document[name]] for name in ("shares", "parameters", "formulas")}
    return structure({**lists, "factors": named(document["factors"])}, Measures)


def parameter(parameter_id: str) -> Parameter:
    """Return a parameter that ships.

    >>> wage = parameter("hourly-income-2024")
    >>> wage.value, wage.unit, wage.year
    (Fraction(40000, 1), 'VND/hour', 2024)

    Raises:
        UnknownCodeError: there is none of that id.
    """
    known = {each.id: each for each in measures().parameters}
    return _found(known, parameter_id, Text(vi="tham số", en="parameter"))


def _found(known: dict[str, T], wanted: object, kind: Text) -> T:
    if isinstance(wanted, str) and wanted in known:
        return known[wanted]
    raise UnknownCodeError(kind=kind, value=str(wanted)[:80], suggestions=closest(str(wanted), known))
