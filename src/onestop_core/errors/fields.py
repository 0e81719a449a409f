"""What the fields of errors hold, whatever a caller put in: an error that cannot be said helps nobody."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any, Final, NoReturn, cast

from onestop_core._public import gated
from onestop_core.text import Text, shown
from onestop_core.text.words import refuse

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import attrs

    from onestop_core._public import Gate

__all__ = ["error_fields", "field_gates", "items", "text_of"]


def text_of(value: object) -> str:
    """Return a code or name as text: of what is no text, how it is shown."""
    return str.__str__(value) if isinstance(value, str) else shown(value)


def items(values: object, what: str) -> list[Any]:
    """Return what is in *values*.

    Raises:
        InvalidValueError: nothing can be taken out of it.
    """
    try:
        return list(cast("Iterable[Any]", values))
    except Exception:  # noqa: BLE001 - an iterable of somebody else may raise anything
        _refuse_iterable(values, what)


def _refuse_iterable(values: object, what: str) -> NoReturn:
    refuse(what, values, vi="một dãy giá trị", en="several values")


def _code(value: object, _: str) -> str:
    return text_of(value)


def _codes(value: object, what: str) -> tuple[str, ...]:
    return tuple(text_of(each) for each in items(value, what))


def _words(value: object, what: str) -> Text:
    if not isinstance(value, Text):
        refuse(what, value, vi="một Text", en="a Text")
    return value


def _many_words(value: object, what: str) -> tuple[Text, ...]:
    return tuple(_words(each, what) for each in items(value, what))


_MOST_BITS: Final = 1_000
"""Of a number: Python refuses to print one of some thousand digits."""


def _number(value: object, what: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or int.bit_length(value) > _MOST_BITS:
        refuse(what, value, vi="số nguyên", en="a whole number")
    return int.__index__(value)


def _day(value: object, what: str) -> date:
    if not isinstance(value, date) or isinstance(value, datetime):
        refuse(what, value, vi="một ngày (date)", en="a date")
    return date(value.year, value.month, value.day)


def _day_or_none(value: object, what: str) -> date | None:
    return None if value is None else _day(value, what)


def _periods(value: object, what: str) -> tuple[tuple[date | None, date | None], ...]:
    pairs = [tuple(_day_or_none(end, what) for end in items(pair, what)) for pair in items(value, what)]
    if any(len(pair) != 2 for pair in pairs):
        refuse(what, value, vi="các cặp ngày (ngày đầu, ngày cuối)", en="pairs of days (first, last)")
    return cast("tuple[tuple[date | None, date | None], ...]", tuple(pairs))


def field_gates() -> dict[Any, Gate]:
    """Return the gate of each type that a field of an error or a finding has."""
    return {
        str: _code,
        tuple[str, ...]: _codes,
        Text: _words,
        tuple[Text, ...]: _many_words,
        int: _number,
        date: _day,
        tuple[tuple[date | None, date | None], ...]: _periods,
    }


error_fields: Final[Callable[[type, list[attrs.Attribute[Any]]], list[attrs.Attribute[Any]]]] = gated(field_gates())
"""The ``field_transformer`` of every error."""
