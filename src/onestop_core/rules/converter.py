"""The one converter between JSON documents and the frozen values of the library.

Strict where ``cattrs`` is lenient: dates and moments must be written in full, moments with their offset,
exact numbers as text, lists are lists, objects are objects, unknown keys are refused, and all text comes out in NFC.
What does not fit is said in words of ours, with its place; no error of ``cattrs`` goes out.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar, cast, get_args, get_origin

import attrs

from onestop_core.errors import InvalidDocumentError, InvalidValueError, OnestopError, Problem
from onestop_core.errors.saying import echoed
from onestop_core.model import HO_CHI_MINH, FrozenMap, TimeLimit, aware, parse_moment
from onestop_core.rules.once import once
from onestop_core.rules.reading.plain import is_broken
from onestop_core.text import Text, nfc, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from cattrs import Converter

    from onestop_core.errors.problem import Where

__all__ = ["converter", "structure", "unstructure"]

T = TypeVar("T")

_MOST_DIGITS: Final = 100
"""Most digits of an exact number before the point, and after it."""
_FRACTION: Final = re.compile(
    rf"-?[0-9]{{1,{_MOST_DIGITS}}}(?:/[0-9]{{1,{_MOST_DIGITS}}}|\.[0-9]{{1,{_MOST_DIGITS}}})?", re.ASCII
)


class _MisfitError(ValueError):
    """A value that does not fit where it stands; stays inside this module."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def _misfit(value: object, *, vi: str, en: str) -> NoReturn:
    given = "null" if value is None else shown(value, limit=60)
    raise _MisfitError(Text(vi=f"cần {vi}, nhận {given}", en=f"expected {en}, got {given}"))


def _expect(value: object, kind: type | tuple[type, ...], *, vi: str, en: str) -> Any:
    # bool is an int to Python and a different thing to JSON.
    if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
        _misfit(value, vi=vi, en=en)
    return value


def _string(value: object, _: type) -> str:
    text = nfc(_expect(value, str, vi="chuỗi", en="text"))
    if is_broken(text):
        _misfit(value, vi="chuỗi Unicode không có ký tự NUL", en="Unicode text without NUL")
    return text


def _integer(value: object, _: type) -> int:
    # To JSON Schema 1.0 is an integer, and what a schema accepts is read.
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return int(_expect(value, int, vi="số nguyên", en="an integer"))


def _boolean(value: object, _: type) -> bool:
    return bool(_expect(value, bool, vi="true hoặc false", en="true or false"))


def _date(value: object, _: type) -> date:
    if isinstance(value, str):
        try:
            day = date.fromisoformat(str.__str__(value))
        except ValueError:
            day = None
        # fromisoformat also reads 20260212 and 2026-W07-4.
        if day is not None and day.isoformat() == value:
            return day
    _misfit(value, vi="ngày dạng 2026-02-12", en="a date such as 2026-02-12")


def _moment(value: object, _: type) -> datetime:
    return parse_moment(_expect(value, str, vi="thời điểm (chuỗi)", en="a moment as text"))


def _decimal(value: object, _: type) -> Decimal:
    number: Decimal | None = None
    if isinstance(value, Decimal | int) and not isinstance(value, bool):
        number = Decimal(value)
    elif isinstance(value, str):
        try:
            number = Decimal(str.__str__(value)) if len(value) <= 3 * _MOST_DIGITS else None
        except InvalidOperation:
            number = None
    # The size is looked at before anything is computed: 1e999999999 is short to write and endless to print.
    if number is None or not number.is_finite() or not -_MOST_DIGITS <= number.adjusted() < _MOST_DIGITS:
        _misfit(value, vi="số thập phân (chuỗi)", en="a decimal number as text")
    return number


def _fraction(value: object, _: type) -> Fraction:
    if isinstance(value, int) and not isinstance(value, bool):
        return Fraction(value)
    if isinstance(value, str) and _FRACTION.fullmatch(value) and not re.search(r"/0+\Z", value):
        return Fraction(str.__str__(value))
    _misfit(value, vi="phân số (chuỗi)", en="a fraction as text")


def _number_or_text(value: object, _: type) -> int | str:
    return _string(value, str) if isinstance(value, str) else _integer(value, int)


def _enumeration(value: object, kind: type[enum.StrEnum]) -> enum.StrEnum:
    code = str.__str__(value) if isinstance(value, str) else None
    if code is None or code not in kind.__members__.values():
        known = ", ".join(kind)
        _misfit(value, vi=f"một trong: {known}", en=f"one of: {known}")
    return kind(code)


def _limit(value: object, _: type) -> TimeLimit:
    return TimeLimit.parse(_expect(value, str, vi="thời hạn (chuỗi)", en="a time limit as text"))


def _object(value: object) -> Any:
    return _expect(value, Mapping, vi="một đối tượng", en="an object")


def _with_english(value: object) -> object:
    """Return the words with English: where it is left out, the Vietnamese stands for it."""
    words = cast("Mapping[str, object]", _object(value))
    return {"en": words["vi"], **words} if "vi" in words else words


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
    return lambda value, _: tuple(made.structure(_expect(value, (list, tuple), vi="danh sách", en="a list"), items))


def _is_mapping(kind: object) -> bool:
    return get_origin(kind) in {Mapping, FrozenMap}


def _mapping_hook(kind: Any, made: Converter) -> Callable[[object, Any], FrozenMap[Any, Any]]:
    keys, values = get_args(kind)
    members: Any = dict[keys, values]  # type: ignore[valid-type]

    def mapping(value: object, _: Any) -> FrozenMap[Any, Any]:
        given = _object(value)
        found = made.structure(given, members)
        if len(found) < len(given):
            # Composed and decomposed they are two names in the document, and one once read.
            said = Text(vi="có hai khóa giống nhau ở dạng Unicode NFC", en="two of its keys are one in normal form C")
            raise _MisfitError(said)
        return FrozenMap(found)

    return mapping


def _class_hook(kind: Any, made: Converter) -> Callable[[object, Any], Any]:
    from cattrs.gen import make_dict_structure_fn  # noqa: PLC0415 - heavy, loaded on first use

    structured: Any = make_dict_structure_fn(
        kind, made, _cattrs_forbid_extra_keys=True, _cattrs_detailed_validation=True
    )
    return lambda value, wanted: structured(_object(value), wanted)


_PLAIN: Final = (str, int, float, bool, type(None))


def _no_json(_: Any) -> Callable[[object], object]:
    """Return how a value without a form of its own goes out: as it is if JSON has it, and not at all if it has not."""

    def out(value: object) -> object:
        if not isinstance(value, _PLAIN):
            raise InvalidValueError.of("value", value, vi="giá trị có dạng JSON", en="a value that has a form in JSON")
        return value

    return out


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
        unstructure_fallback_factory=_no_json,
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
        (TimeLimit, _limit),
    )
    for kind, hook in hooks:
        made.register_structure_hook(kind, hook)
    made.register_structure_hook(int | str, _number_or_text)
    words: Any = make_dict_structure_fn(Text, made)

    def text(value: object, kind: type) -> Any:
        # Half of a catalogue is texts: the usual one is spared the way that finds out what is wrong.
        return _usual_text(value) or words(_with_english(value), kind)

    made.register_structure_hook(Text, text)
    # A string is a sequence to Python; to JSON it is not a list.
    made.register_structure_hook_factory(attrs.has, _class_hook)
    made.register_structure_hook_factory(_is_list, _list_hook)
    made.register_structure_hook_factory(_is_mapping, _mapping_hook)
    made.register_unstructure_hook(date, lambda day: day.isoformat())
    made.register_unstructure_hook(datetime, lambda moment: aware(moment, "moment").astimezone(HO_CHI_MINH).isoformat())
    made.register_unstructure_hook(Decimal, lambda number: format(number, "f"))
    made.register_unstructure_hook(Fraction, str)
    made.register_unstructure_hook(enum.StrEnum, lambda code: code.value)
    made.register_unstructure_hook(TimeLimit, str)
    made.register_unstructure_hook(bytes, _no_json(bytes))  # to cattrs a plain value
    # Of JSON that was frozen no annotation says what is in it: it is seen.
    no_json = _no_json(object)
    made.register_unstructure_hook_func(
        lambda kind: kind is object, lambda value: no_json(value) if type(value) is object else made.unstructure(value)
    )
    made.register_unstructure_hook(tuple, lambda items: [made.unstructure(each) for each in items])
    made.register_unstructure_hook(
        FrozenMap, lambda items: {key: made.unstructure(value) for key, value in items.items()}
    )
    return made


def structure(value: object, kind: type[T], *, source: str | None = None) -> T:
    """Return *value*, JSON types, as a *kind*.

    >>> structure("2026-02-12", date)
    datetime.date(2026, 2, 12)
    >>> structure("x", Text)
    Traceback (most recent call last):
    onestop_core.errors.InvalidDocumentError: invalid document (1 problems):
      $: expected an object, got 'x'

    Raises:
        InvalidDocumentError: with a problem for each place that does not fit.
    """
    try:
        return converter().structure(value, kind)
    except Exception as error:  # noqa: BLE001 - what cattrs and hostile values raise, they raise in many kinds
        raise InvalidDocumentError(problems=tuple(_problems(error, ())), source=source) from None


def _problems(error: BaseException, parts: Where) -> Iterator[Problem]:
    from cattrs.errors import (  # noqa: PLC0415 - heavy, loaded on first use
        AttributeValidationNote,
        BaseValidationError,
        IterableValidationNote,
    )

    if not isinstance(error, BaseValidationError):
        text = _said(error)
        yield Problem.at(parts, "value/invalid", vi=text.vi, en=text.en)
        return
    for inner in cast("tuple[BaseException, ...]", error.exceptions):
        notes: list[object] = getattr(inner, "__notes__", [])
        names = [note.name for note in notes if isinstance(note, AttributeValidationNote)]
        indexes = [note.index for note in notes if isinstance(note, IterableValidationNote)]
        yield from _problems(inner, (*parts, *names, *indexes))


def _said(error: BaseException) -> Text:
    from cattrs.errors import ForbiddenExtraKeysError  # noqa: PLC0415 - heavy, loaded on first use

    match error:
        case _MisfitError():
            return error.text
        case OnestopError():
            return error.message
        case ForbiddenExtraKeysError():
            names = ", ".join(sorted(map(echoed, error.extra_fields)))
            return Text(vi=f"thuộc tính không xác định: {names}", en=f"unknown property: {names}")
        case KeyError():
            return Text(vi="thiếu giá trị bắt buộc", en="required value missing")
        case _:
            return Text(vi="giá trị không hợp lệ", en="invalid value")


def unstructure(value: object) -> Any:
    """Return *value* in JSON types; ``structure(unstructure(x), type(x)) == x``.

    >>> unstructure(Fraction(5, 2)), unstructure(date(2026, 2, 12))
    ('5/2', '2026-02-12')

    Raises:
        InvalidValueError: something in it has no form in JSON.
    """
    return converter().unstructure(value)
