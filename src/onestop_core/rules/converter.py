"""The one converter between JSON documents and the frozen values of the library.

Strict where ``cattrs`` is lenient: dates and moments must be written in full, moments with their offset,
exact numbers as text, lists are lists, unknown keys are refused, and all text comes out in NFC.
"""

from __future__ import annotations

import enum
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING, Any, TypeVar, cast, get_args, get_origin

from onestop_core.errors import InvalidDocumentError, OnestopError, Problem
from onestop_core.model import HO_CHI_MINH, aware, parse_moment
from onestop_core.rules.once import once
from onestop_core.text import Text, nfc

if TYPE_CHECKING:
    from collections.abc import Callable

    from cattrs import Converter

__all__ = ["converter", "structure", "unstructure"]

T = TypeVar("T")


def _expect(value: object, kind: type | tuple[type, ...], name: str) -> Any:
    # bool is an int to Python and a different thing to JSON.
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        message = f"expected {name}, got {type(value).__name__}"
        raise TypeError(message)
    return value


def _string(value: object, _: type) -> str:
    return nfc(_expect(value, str, "text"))


def _integer(value: object, _: type) -> int:
    # To JSON Schema 1.0 is an integer, and what a schema accepts is read.
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return int(_expect(value, int, "an integer"))


def _boolean(value: object, _: type) -> bool:
    return bool(_expect(value, bool, "true or false"))


def _date(value: object, _: type) -> date:
    text = _expect(value, str, "a date as text")
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        message = f"expected a date such as 2026-02-12, got {text!r}"
        raise ValueError(message)
    return day


def _moment(value: object, _: type) -> datetime:
    return parse_moment(_expect(value, str, "a moment as text"))


def _decimal(value: object, _: type) -> Decimal:
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        number = Decimal(value)
    else:
        try:
            number = Decimal(_expect(value, str, "a decimal number as text"))
        except InvalidOperation:
            message = f"expected a decimal number, got {value!r}"
            raise ValueError(message) from None
    if not number.is_finite():
        message = f"expected a finite number, got {value!r}"
        raise ValueError(message)
    return number


def _fraction(value: object, _: type) -> Fraction:
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    return Fraction(_expect(value, str, "a fraction as text"))


def _enumeration(value: object, kind: type[enum.StrEnum]) -> enum.StrEnum:
    return kind(_expect(value, str, "a code"))


def _with_english(value: object) -> object:
    """Return the words with English: where it is left out, the Vietnamese stands for it."""
    words = cast("dict[str, object]", value)
    if not isinstance(value, dict) or "vi" not in words:
        return words
    return {"en": words["vi"], **words}


def _usual_text(value: object) -> Text | None:
    words = cast("dict[str, object]", value)
    if not isinstance(value, dict) or not words.keys() <= {"vi", "en"}:
        return None
    vi = words.get("vi")
    return (
        Text.of(cast("dict[str, str]", words)) if isinstance(vi, str) and isinstance(words.get("en", vi), str) else None
    )


def _is_list(kind: object) -> bool:
    return get_origin(kind) is tuple and get_args(kind)[1:] == (...,)


def _list_hook(kind: Any, made: Converter) -> Callable[[object, Any], tuple[Any, ...]]:
    items: Any = list[get_args(kind)[0]]  # type: ignore[misc]
    return lambda value, _: tuple(made.structure(_expect(value, (list, tuple), "a list"), items))


@once
def converter() -> Converter:
    """Return the converter; floors above register the hooks of their own values on it."""
    from cattrs import Converter  # noqa: PLC0415 - heavy, loaded on first use
    from cattrs.gen import make_dict_structure_fn  # noqa: PLC0415

    made = Converter(
        forbid_extra_keys=True,
        omit_if_default=True,
        detailed_validation=True,
        unstruct_collection_overrides={tuple: list},  # JSON knows lists, not tuples
    )
    # cattrs takes the nearest class: StrEnum before str, bool before int, datetime before date.
    hooks: tuple[tuple[type, Callable[[Any, Any], Any]], ...] = (
        (enum.StrEnum, _enumeration),
        (str, _string),
        (int, _integer),
        (bool, _boolean),
        (date, _date),
        (datetime, _moment),
        (Decimal, _decimal),
        (Fraction, _fraction),
    )
    for kind, hook in hooks:
        made.register_structure_hook(kind, hook)
    words: Any = make_dict_structure_fn(Text, made)

    def text(value: object, kind: type) -> Any:
        # Half of a catalogue is texts: the usual one is spared the way that finds out what is wrong.
        return _usual_text(value) or words(_with_english(value), kind)

    made.register_structure_hook(Text, text)
    # A string is a sequence to Python; to JSON it is not a list.
    made.register_structure_hook_factory(_is_list, _list_hook)
    made.register_unstructure_hook(date, lambda day: day.isoformat())
    made.register_unstructure_hook(datetime, lambda moment: aware(moment, "moment").astimezone(HO_CHI_MINH).isoformat())
    made.register_unstructure_hook(Decimal, lambda number: format(number, "f"))
    made.register_unstructure_hook(Fraction, str)
    made.register_unstructure_hook(enum.StrEnum, lambda code: code.value)
    return made


def structure(value: object, kind: type[T], *, source: str | None = None) -> T:
    """Return *value*, JSON types, as a *kind*.

    >>> structure("2026-02-12", date)
    datetime.date(2026, 2, 12)

    Raises:
        InvalidDocumentError: with a problem for each place that does not fit.
    """
    from cattrs import BaseValidationError, transform_error  # noqa: PLC0415 - heavy, loaded on first use
    from cattrs.v import format_exception  # noqa: PLC0415

    def said(error: BaseException, wanted: type | None) -> str:
        # cattrs says "invalid value" of any ValueError; ours know better what was wrong.
        return str(error) if isinstance(error, OnestopError) else format_exception(error, wanted)

    try:
        return converter().structure(value, kind)
    except BaseValidationError as error:
        problems = tuple(_problem(line) for line in transform_error(error, format_exception=said))
        raise InvalidDocumentError(problems=problems, source=source) from None
    except (TypeError, ValueError) as error:
        problem = Problem(path="$", rule="value/invalid", text=Text(vi=f"giá trị sai: {error}", en=str(error)))
        raise InvalidDocumentError(problems=(problem,), source=source) from None


def _problem(line: str) -> Problem:
    message, _, path = line.rpartition(" @ ")
    return Problem(path=path, rule="value/invalid", text=Text(vi=f"giá trị sai: {message}", en=message))


def unstructure(value: object) -> Any:
    """Return *value* in JSON types; ``structure(unstructure(x), type(x)) == x``.

    >>> unstructure(Fraction(5, 2)), unstructure(date(2026, 2, 12))
    ('5/2', '2026-02-12')
    """
    return converter().unstructure(value)
