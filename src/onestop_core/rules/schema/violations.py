"""What a violation of a schema says: where, what was wrong and what was expected, in both languages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.errors import Problem
from onestop_core.errors.saying import echoed
from onestop_core.text import Text, closest, did_you_mean, shown

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
    "date": "ngày dạng 2026-02-12",
    "date-time": "thời điểm dạng 2026-02-12T09:30:00+07:00",
    "uri": "địa chỉ (URI)",
}
_UNITS: Final = {"Items": "phần tử", "Length": "ký tự", "Properties": "thuộc tính"}
_WORDS: Final = {"None": "null", "True": "true", "False": "false"}


def violations_in(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    """Yield the errors a reader can act on: inside the branch of a oneOf/anyOf that was nearly met; each once."""
    seen: set[tuple[Any, ...]] = set()
    for error in errors:
        for leaf in _leaves(error):
            # jsonschema reports each missing name; we report them together.
            key = (tuple(leaf.absolute_path), leaf.validator, id(leaf.schema))
            if leaf.validator != "required" or key not in seen:
                yield leaf
            if leaf.validator == "required":
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


def _said(error: ValidationError, keyword: str) -> tuple[str, str, Text | None]:
    wanted: Any = error.validator_value
    value: Any = error.instance
    said = _value(value)
    match keyword:
        case "required":
            names = ", ".join(name for name in wanted if name not in value)
            return f"thiếu {names}", f"missing {names}", None
        case "additionalProperties" | "unevaluatedProperties":
            known = list(error.schema.get("properties", {})) if isinstance(error.schema, dict) else []
            extra = [key for key in value if key not in known] or list(value)
            noun = "property" if len(extra) == 1 else "properties"
            meant = did_you_mean([near for key in extra[:_MOST_NAMED] for near in closest(key, known, limit=1)])
            return f"thuộc tính không xác định: {_names(extra)}", f"unknown {noun}: {_names(extra)}", meant
        case "type":
            kinds = [wanted] if isinstance(wanted, str) else cast("list[str]", wanted)
            vi = " hoặc ".join(_TYPES.get(each, each) for each in kinds)
            return f"cần {vi}, nhận {said}", f"expected {' or '.join(kinds)}, got {said}", None
        case "enum":
            words = [word for word in wanted if isinstance(word, str)]
            meant = did_you_mean(closest(value, words, limit=1)) if isinstance(value, str) else None
            return f"{said} không thuộc: {_codes(wanted)}", f"{said} is not one of: {_codes(wanted)}", meant
        case "const":
            return f"cần {_value(wanted)}, nhận {said}", f"expected {_value(wanted)}, got {said}", None
        case "pattern":
            return f"{said} không khớp mẫu `{wanted}`", f"{said} does not match {wanted}", None
        case "format":
            return f"{said} không phải {_FORMATS.get(wanted, wanted)}", f"{said} is not a {wanted}", None
        case "uniqueItems":
            return f"{said} có phần tử lặp lại", f"{said} has non-unique elements", None
        case "oneOf" | "anyOf":
            return f"{said} không khớp dạng nào cho phép", f"{said} fits none of the allowed forms", None
        case _:
            return (*_bound(keyword, wanted, said), None)


def _bound(keyword: str, wanted: object, said: str) -> tuple[str, str]:
    unit = _UNITS.get(keyword[3:], "")
    if unit:
        many = "ít nhất" if keyword.startswith("min") else "nhiều nhất"
        vi = f"cần {many} {wanted} {unit}, nhận {said}"
        least = keyword.startswith("min")
        return (
            vi,
            f"expected at least {wanted}, got {said}" if least else f"{said} is outside the limit {wanted} ({keyword})",
        )
    if keyword in {"minimum", "exclusiveMinimum", "maximum", "exclusiveMaximum"}:
        sign = {"minimum": "từ", "exclusiveMinimum": "lớn hơn", "maximum": "không quá", "exclusiveMaximum": "nhỏ hơn"}
        return f"cần số {sign[keyword]} {wanted}, nhận {said}", f"{said} is outside the limit {wanted} ({keyword})"
    return f"{said} không đúng quy tắc `{keyword}`", f"{said} does not hold to the rule {keyword}"
