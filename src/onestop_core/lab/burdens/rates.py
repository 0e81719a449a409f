"""What each thing costs that a catalogue asks for: guesses of ours until somebody measures, and they say so."""

from __future__ import annotations

import re
from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.kpi.measures import Parameter, parameter
from onestop_core.model import Basis, Firmness, FrozenMap
from onestop_core.model.series import items_of
from onestop_core.text import Text, money, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onestop_core.text import Language
    from onestop_core.text.numbers import Exact

__all__ = ["Rates", "exact_rate", "hours_text", "whole_money"]

_INCOME: Final = "hourly-income-2024"
_OWN_INCOME: Final = "hourly-income-given"


def exact_rate(value: Exact) -> Fraction:
    """Return an exact amount from 0 on, of hours or of VND.

    Raises:
        InvalidValueError: it is something else.
    """
    given = cast("object", value)
    exact = isinstance(given, int | Fraction | Decimal) and not isinstance(given, bool)
    # The size of a decimal is looked at first: as a whole number 1e999999999 would fill the memory.
    if isinstance(given, Decimal):
        exact = given.is_finite() and -20 < given.adjusted() < 12
    if not exact or not 0 <= cast("int", given) < 10**12:
        raise InvalidValueError.of("rate", value, vi="số chính xác từ 0", en="an exact number from 0 on")
    return Fraction(value)


def whole_money(amount: Fraction) -> Text:
    """Return an amount to the nearest VND, a tie upwards."""
    return money(floor(amount + Fraction(1, 2)))


def hours_text(hours: Fraction) -> Text:
    """Return hours of people, to the hundredth where they are not whole."""
    said = _said(hours)
    return Text(vi=f"{said.vi} giờ", en=f"{said.en} h")


def _said(value: Fraction) -> Text:
    return number(value) if 100 % value.denominator == 0 else number(value, places=2)


@attrs.frozen(kw_only=True)
class Rates:
    """What each thing costs that a catalogue asks for.

    The figures that stand here are guesses of ours, to be replaced by what was measured; the income alone has a source.
    """

    paper_hours: Fraction = attrs.field(default=Fraction(1), converter=exact_rate)
    """To get hold of a paper."""
    form_hours: Fraction = attrs.field(default=Fraction(1, 2), converter=exact_rate)
    """To fill in a form."""
    copy_cost: Fraction = attrs.field(default=Fraction(5_000), converter=exact_rate)
    """Of a copy, in VND."""
    trip_hours: Fraction = attrs.field(default=Fraction(2), converter=exact_rate)
    """To go to the desk and back."""
    trip_cost: Fraction = attrs.field(default=Fraction(20_000), converter=exact_rate)
    """In VND."""
    online_hours: Fraction = attrs.field(default=Fraction(1, 2), converter=exact_rate)
    """To file online."""
    staff_cost: Fraction = attrs.field(default=Fraction(60_000), converter=exact_rate)
    """An hour of work of the agency, in VND."""
    income: Parameter = attrs.field(default=attrs.Factory(lambda: parameter(_INCOME)))
    """An hour of the applicant."""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> Rates:
        """Return the rates with what is *given* by name as text, ``1.5`` or ``3/2``; ``income`` is an hour of the applicant.

        >>> Rates.of({"paper_hours": "1.5", "income": "48500"}).income.value
        Fraction(48500, 1)

        Raises:
            UnknownCodeError: there is no such rate.
            InvalidValueError: a text is no number.
        """
        values: dict[str, Any] = {}
        for name, text in items_of(given, "rates").items():
            if name not in _WORDS:
                raise UnknownCodeError.among(Text(vi="định mức", en="rate"), name, _WORDS)
            value = _read(name, text)
            values[cast("str", name)] = _own_income(value) if name == "income" else value
        return cls(**values)

    @property
    def rows(self) -> tuple[tuple[Text, Text, Text], ...]:
        """What each rate is for, what it is, and where it comes from: every one that still stands as it ships is a guess."""
        shipped = attrs.asdict(Rates(), recurse=False)
        found: list[tuple[Text, Text, Text]] = []
        for name, (what, unit) in _WORDS.items():
            kept: object = getattr(self, name)
            value = _said(self.income.value if name == "income" else cast("Fraction", kept))
            source = _GIVEN if kept != shipped[name] else _GUESS
            if name == "income" and self.income.id != _OWN_INCOME:
                year = "" if self.income.year is None else f" ({self.income.year})"
                cited = self.income.basis.cite()
                source = Text(vi=f"{cited.vi}{year}", en=f"{cited.en}{year}")
            found.append((what, Text(vi=f"{value.vi} {unit.vi}", en=f"{value.en} {unit.en}"), source))
        return tuple(found)

    @property
    def text(self) -> Text:
        """The rates in a line."""
        vi = "; ".join(f"{what.vi.lower()} {value.vi} ({source.vi})" for what, value, source in self.rows)
        en = "; ".join(f"{what.en.lower()} {value.en} ({source.en})" for what, value, source in self.rows)
        return Text(vi=f"Định mức đã dùng: {vi}", en=f"Rates used: {en}")

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the rates in JSON types, amounts exact, each with where it comes from."""
        return {
            name: {
                "what": what.in_(language),
                "value": str(self.income.value if name == "income" else getattr(self, name)),
                "source": source.in_(language),
            }
            for name, (what, _, source) in zip(_WORDS, self.rows, strict=True)
        }


_NUMBER: Final = re.compile(r"[0-9]{1,12}(?:[.][0-9]{1,6}|/[1-9][0-9]{0,5})?", re.ASCII)


def _read(name: object, text: object) -> Fraction:
    if not isinstance(text, str) or _NUMBER.fullmatch(text) is None:
        raise InvalidValueError.of(f"rates {name}", text, vi="số như 1.5 hoặc 3/2", en="a number such as 1.5 or 3/2")
    return Fraction(text)


def _own_income(value: Fraction) -> Parameter:
    return Parameter(
        id=_OWN_INCOME,
        name=Text(vi="Thu nhập một giờ do người tính nêu", en="hourly income as given"),
        value=value,
        unit="VND/hour",
        basis=Basis(instrument="Người tính nêu", firmness=Firmness.INFERRED),
    )


_GUESS: Final = Text(vi="phỏng đoán", en="a guess")
_GIVEN: Final = Text(vi="được nêu", en="given")
_HOURS: Final = Text(vi="giờ", en="h")
_DONG: Final = Text(vi="đồng", en="VND")
_WORDS: Final[Mapping[str, tuple[Text, Text]]] = FrozenMap(
    {
        "paper_hours": (Text(vi="Chuẩn bị một giấy tờ", en="To get hold of a paper"), _HOURS),
        "form_hours": (Text(vi="Điền một mẫu đơn", en="To fill in a form"), _HOURS),
        "copy_cost": (Text(vi="Một bản sao", en="A copy"), _DONG),
        "trip_hours": (Text(vi="Một lần đi lại", en="A trip to the desk and back"), _HOURS),
        "trip_cost": (Text(vi="Chi phí một lần đi lại", en="Cost of a trip"), _DONG),
        "online_hours": (Text(vi="Nộp trực tuyến", en="To file online"), _HOURS),
        "staff_cost": (Text(vi="Một giờ làm việc của cơ quan", en="An hour of work of the agency"), _DONG),
        "income": (Text(vi="Một giờ của người nộp", en="An hour of the applicant"), _DONG),
    }
)
