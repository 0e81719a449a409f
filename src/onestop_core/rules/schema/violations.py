"""What a violation of a schema says: where, what was wrong and what was expected, in both languages."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.errors import Problem
from onestop_core.errors.saying import echoed
from onestop_core.rules.schema.wording import (
    called,
    code_meant,
    day_meant,
    expected,
    property_meant,
    shape,
    typed_like,
)
from onestop_core.text import Text, did_you_mean, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from jsonschema import ValidationError

__all__ = ["problem_of", "violations_in"]

_MOST_NAMED: Final = 10
"""Most unknown properties of one object that are named."""
_MOST_CODES: Final = 300
"""Most characters of a list of allowed codes."""
_TYPES: Final = {
    "string": "chuỗi",
    "object": "đối tượng",
    "array": "danh sách",
    "integer": "số nguyên",
    "number": "số",
    "boolean": "true hoặc false",
    "null": "null",
}
_FORMATS: Final = {
    "date": Text(vi="ngày như 2025-07-01", en="a date such as 2025-07-01"),
    "date-time": Text(vi="thời điểm như 2025-07-01T09:30:00+07:00", en="a moment such as 2025-07-01T09:30:00+07:00"),
    "uri": Text(vi="địa chỉ như https://example.vn", en="an address such as https://example.vn"),
}
_WORDS_AT_ONCE: Final = frozenset({"format", "pattern"})
"""Keywords that say the same of a date or a moment: one finding is enough."""
_UNITS: Final = {"Items": "phần tử", "Length": "ký tự", "Properties": "thuộc tính"}
_NOUNS: Final = {
    "Items": ("item", "items"),
    "Length": ("character", "characters"),
    "Properties": ("property", "properties"),
}
_SIGNS: Final = {
    "minimum": Text(vi="từ", en="from"),
    "exclusiveMinimum": Text(vi="lớn hơn", en="above"),
    "maximum": Text(vi="không quá", en="of at most"),
    "exclusiveMaximum": Text(vi="nhỏ hơn", en="below"),
}
_WORDS: Final = {"None": "null", "True": "true", "False": "false"}


def violations_in(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """Yield the errors a reader can act on: inside the branch of a oneOf/anyOf that was nearly met; each once."""
    seen: set[tuple[Any, ...]] = set()
    for error in errors:
        for leaf in _leaves(error):
            # jsonschema reports each missing name; we report them together.
            about = "format" if leaf.validator in _WORDS_AT_ONCE else leaf.validator
            key = (tuple(leaf.absolute_path), about, id(leaf.schema))
            once = about in {"required", "format"}
            if not once or key not in seen:
                yield leaf
            if once:
                seen.add(key)


def _leaves(error: ValidationError) -> Iterator[ValidationError]:
    if error.validator in {"oneOf", "anyOf"} and error.context:
        branches: dict[Any, list[ValidationError]] = {}
        for inner in error.context:
            branches.setdefault(inner.schema_path[0], []).append(inner)
        deepest = max(branches.values(), key=lambda inner: max(len(e.absolute_path) for e in inner) * 1000 - len(inner))
        if max(len(e.absolute_path) for e in deepest) > len(error.absolute_path) or len(branches) == 1:
            for inner in deepest:
                yield from _leaves(inner)
            return
    yield error


def _value(value: object, limit: int = 60) -> str:
    if isinstance(value, Decimal):
        return str(value)[:limit]
    said = shown(value, limit=limit)
    return _WORDS.get(said, said)


def _codes(values: Iterable[object]) -> str:
    listed = ", ".join("null" if value is None else echoed(value) for value in values)
    return listed if len(listed) <= _MOST_CODES else listed[: _MOST_CODES - 1] + "…"


def _names(names: list[object]) -> str:
    listed = ", ".join(map(echoed, names[:_MOST_NAMED]))
    return listed if len(names) <= _MOST_NAMED else f"{listed}, …"


def problem_of(error: ValidationError) -> Problem:
    """Return the finding that *error* is."""
    keyword = str(error.validator)
    vi, en, hint = _said(error, keyword)
    return Problem.at(tuple(error.absolute_path), f"schema/{keyword}", vi=vi, en=en, hint=hint)


def _expected(words: Text, said: str) -> tuple[str, str]:
    return f"cần {words.vi}, nhận {said}", f"expected {words.en}, got {said}"


def _write(typed: str) -> Text:
    return Text(vi=f"ghi {typed}", en=f"write {typed}")


def _said(error: ValidationError, keyword: str) -> tuple[str, str, Text | None]:
    wanted: Any = error.validator_value
    value: Any = error.instance
    said = _value(value)
    schema: dict[str, Any] = error.schema if isinstance(error.schema, dict) else {}
    properties: dict[str, Any] = schema.get("properties", {})
    match keyword:
        case "required":
            names = [name for name in wanted if name not in value]
            said_of = [(name, called(properties.get(name))) for name in names]
            vi = ", ".join(f"{name} ({words.vi})" if words else name for name, words in said_of)
            return f"thiếu {vi}", f"missing {', '.join(names)}", None
        case "additionalProperties" | "unevaluatedProperties":
            extra = [key for key in value if key not in properties] or list(value)
            noun = "property" if len(extra) == 1 else "properties"
            near = [property_meant(key, properties) for key in extra[:_MOST_NAMED]]
            meant = did_you_mean([each for each in near if each])
            return f"thuộc tính không xác định: {_names(extra)}", f"unknown {noun}: {_names(extra)}", meant
        case "type":
            return _of_type([wanted] if isinstance(wanted, str) else wanted, value, schema)
        case "enum":
            code = code_meant(value, schema) if isinstance(value, str) else None
            meant = did_you_mean([code] if code else [])
            return f"{said} không thuộc: {_codes(wanted)}", f"{said} is not one of: {_codes(wanted)}", meant
        case "const":
            return f"cần {_value(wanted)}, nhận {said}", f"expected {_value(wanted)}, got {said}", None
        case "pattern" | "format":
            words = expected(schema) or _FORMATS.get(wanted) if keyword == "format" else expected(schema)
            if words is None:
                return f"{said} không đúng dạng", f"{said} is not of the right form", None
            return (*_expected(words, said), _day_hint(value) if schema.get("format") == "date" else None)
        case "uniqueItems":
            return f"{said} có phần tử lặp lại", f"{said} has non-unique elements", None
        case "oneOf" | "anyOf":
            if (ways := _ways(wanted)) is not None:
                vi = ", ".join(
                    f"{name} ({words.vi})" if (words := called(properties.get(name))) else name for name in ways
                )
                return f"cần ít nhất một trong: {vi}", f"expected at least one of: {', '.join(ways)}", None
            if (only := _beside_null(error)) is not None:
                return _said(only, str(only.validator))
            return f"{said} không khớp dạng nào cho phép", f"{said} fits none of the allowed forms", None
        case _:
            return (*_bound(keyword, wanted, said), None)


def _beside_null(error: ValidationError) -> ValidationError | None:
    """Return what is wrong with a value that may be left out: beside null, only one thing was possible."""
    branches = cast("list[Any]", error.validator_value)
    others = [number for number, each in enumerate(branches) if each != {"type": "null"}]
    if len(others) != 1:
        return None
    found = (each for each in error.context or () if each.relative_schema_path[0] == others[0])
    return next((each for each in found if not each.relative_path), None)


def _ways(wanted: object) -> list[str] | None:
    """Return the properties of which one is enough; None where the choice is between other things."""
    ways: list[str] = []
    for each in cast("list[Any]", wanted):
        choice = cast("dict[str, Any]", each) if isinstance(each, dict) else {}
        names: list[str] = choice["required"] if [*choice] == ["required"] else []
        if len(names) != 1:
            return None
        ways += names
    return ways


def _day_hint(value: str) -> Text | None:
    if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", value):
        return Text(vi="không có ngày này", en="there is no such day")
    day = day_meant(value)
    return _write(f'"{day}"') if day else None


def _of_type(kinds: list[str], value: object, schema: dict[str, Any]) -> tuple[str, str, Text | None]:
    form = f" {shape(schema)}" if shape(schema) else ""
    vi = " hoặc ".join(_TYPES.get(each, each) + (form if each == "object" else "") for each in kinds)
    en = " or ".join(each + (form if each == "object" else "") for each in kinds)
    hint = next((typed for each in kinds if (typed := typed_like(value, each, schema))), None)
    words = Text(vi=vi, en=en)
    return (*_expected(words, _value(value)), _write(hint) if hint else None)


def _bound(keyword: str, wanted: object, said: str) -> tuple[str, str]:
    unit = _UNITS.get(keyword[3:], "")
    if unit:
        many = "ít nhất" if keyword.startswith("min") else "nhiều nhất"
        vi = f"cần {many} {wanted} {unit}, nhận {said}"
        noun = _NOUNS[keyword[3:]][wanted != 1]
        return vi, f"expected at {'least' if keyword.startswith('min') else 'most'} {wanted} {noun}, got {said}"
    if keyword in _SIGNS:
        sign = _SIGNS[keyword]
        return f"cần số {sign.vi} {wanted}, nhận {said}", f"expected a number {sign.en} {wanted}, got {said}"
    return f"{said} không đúng quy tắc {keyword}", f"{said} does not hold to the rule {keyword}"
