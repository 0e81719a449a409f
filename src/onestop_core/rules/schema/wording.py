"""The words that a schema has for people: what a pattern asks for, what a code means, what was probably meant.

They stand in the schema beside what they explain, in the two keywords that VS Code shows: ``patternErrorMessage`` (what to
type) and ``enumDescriptions`` (what each code means), like every ``description`` in both languages, *English / Vietnamese*.
Other validators pass over them.
"""

from __future__ import annotations

import json
import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.text import Text, closest, plain_letters

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

__all__ = ["called", "code_meant", "day_meant", "expected", "in_both", "property_meant", "shape", "typed_like"]

_BETWEEN: Final = " / "
_MOST_DIGITS: Final = 18
_LONGEST: Final = 100
"""Most characters of a value for which a meaning is looked for: codes and dates are short."""


def in_both(words: object) -> Text | None:
    """Return the words of a schema in their two languages; None if they are none.

    >>> in_both("Name / Tên").vi
    'Tên'
    >>> in_both("Name") is None
    True
    """
    if not isinstance(words, str) or _BETWEEN not in words:
        return None
    en, _, vi = words.partition(_BETWEEN)
    return Text(vi=vi, en=en)


def expected(schema: object) -> Text | None:
    """Return what the pattern of *schema* asks for, with an example; None where the schema does not say.

    >>> expected({"pattern": "^[0-9]{4}$", "patternErrorMessage": "a year such as 2026 / năm như 2026"}).en
    'a year such as 2026'
    """
    return (
        in_both(cast("Mapping[str, object]", schema).get("patternErrorMessage")) if isinstance(schema, dict) else None
    )


def called(schema: object) -> Text | None:
    """Return what a property is called, in a few words; None where the schema does not say.

    >>> called({"description": "Code. Such as A1. / Mã. Ví dụ A1."})
    Text(vi='mã', en='code')
    """
    words = in_both(cast("Mapping[str, object]", schema).get("description")) if isinstance(schema, dict) else None
    return words and Text(vi=_first(words.vi), en=_first(words.en))


def _first(words: str) -> str:
    """Return the first phrase, as it stands within a sentence."""
    first = re.split(r"[.;:(,]", words, maxsplit=1)[0].strip()
    return first[:1].lower() + first[1:] if first[1:2].islower() or first[1:2] == " " else first


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", plain_letters(words.replace("_", " "))))


def _pieces(words: object) -> Iterator[str]:
    """Yield a description and its parts, without marks: each may be what somebody typed."""
    both = in_both(words)
    for half in (both.vi, both.en) if both else ():
        yield from (plain for each in (half, *re.split(r"[,;()]", half)) if (plain := _plain(each)))


def _meant(value: str, said: Iterable[tuple[str, object]]) -> str | None:
    """Return the name whose words *value* is, holds, or is most like; None if it is like none."""
    wanted = _plain(value[:_LONGEST])
    known: dict[str, str] = {}
    for name, words in said:
        for piece in (_plain(name), *_pieces(words)):
            known.setdefault(piece, name)
    if wanted in known:
        return known[wanted]
    held = [piece for piece in known if f" {piece} " in f" {wanted} "]
    near = (max(held, key=len),) if held else closest(wanted, known, limit=1)
    return known[near[0]] if near else None


def code_meant(value: str, schema: Mapping[str, Any]) -> str | None:
    """Return the code of an ``enum`` that *value* means: by its words in either language, or as a misspelling.

    >>> level = {"enum": ["provincial", "commune"], "enumDescriptions": ["a province / cấp tỉnh", "a commune / cấp xã"]}
    >>> code_meant("Cấp xã", level), code_meant("comune", level), code_meant("7", level)
    ('commune', 'commune', None)
    """
    codes = [code for code in schema.get("enum", ()) if isinstance(code, str)]
    words = schema.get("enumDescriptions", ())
    near = closest(value, codes, limit=1)
    exact = _meant(value, zip(codes, words, strict=False)) if words else None
    return exact or (near[0] if near else None)


def property_meant(name: str, properties: Mapping[str, Any]) -> str | None:
    """Return the property that *name* means: as a misspelling, or by its words.

    >>> property_meant("chanel", {"channel": {}, "level": {"description": "Level / Cấp thực hiện"}})
    'channel'
    >>> property_meant("Cấp thực hiện", {"channel": {}, "level": {"description": "Level / Cấp thực hiện"}})
    'level'
    """
    near = closest(name, properties, limit=1)
    if near:
        return near[0]
    wanted = _plain(name[:_LONGEST])
    for each, node in properties.items():
        words = cast("Mapping[str, object]", node).get("description") if isinstance(node, dict) else None
        if wanted in _pieces(words):
            return each
    return None


_DAY_FIRST: Final = re.compile(r"(?:ngày )?([0-9]{1,2})(?:[/. -]| tháng )([0-9]{1,2})(?:[/. -]| năm )([0-9]{4})")
_YEAR_FIRST: Final = re.compile(r"([0-9]{4})[/. -]?([0-9]{1,2})[/. -]?([0-9]{1,2})(?:[T ].*)?")


def day_meant(value: str) -> str | None:
    """Return the day that *value* is in another form, the day before the month as in Vietnam; None if it is none.

    >>> day_meant("01/07/2025"), day_meant("ngày 01 tháng 7 năm 2025"), day_meant("2025/7/1"), day_meant("31/02/2025")
    ('2025-07-01', '2025-07-01', '2025-07-01', None)
    """
    given = value[:_LONGEST].strip().lower()
    if found := _DAY_FIRST.fullmatch(given):
        day, month, year = found.groups()
    elif found := _YEAR_FIRST.fullmatch(given):
        year, month, day = found.groups()
    else:
        return None
    try:
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


def shape(schema: Mapping[str, Any]) -> str:
    """Return the object that *schema* asks for, with what it requires; empty where that is nothing, or too much to say.

    >>> shape({"required": ["vi"]})
    '{"vi": …}'
    """
    required: list[str] = schema.get("required", [])
    return "{" + ", ".join(f"{json.dumps(name)}: …" for name in required) + "}" if 0 < len(required) < 3 else ""


def _of_objects(items: object) -> bool:
    """Return whether a list holds what one text cannot be, as far as its schema says so here."""
    if not isinstance(items, dict):
        return False
    schema = cast("Mapping[str, object]", items)
    return schema.get("type") == "object" or ("$ref" in schema and not str(schema["$ref"]).endswith("name"))


def typed_like(value: object, wanted: str, schema: Mapping[str, Any]) -> str | None:
    """Return *value* as the type that is *wanted*, to be typed so; None where nobody can say.

    >>> typed_like("Đơn", "object", {"required": ["vi"]}), typed_like(20000, "string", {}), typed_like("02", "integer", {})
    ('{"vi": "Đơn"}', '"20000"', '2')
    """
    required = schema.get("required", ())
    if isinstance(value, str) and len(value) <= _LONGEST:
        if wanted == "object" and len(required) == 1:
            return json.dumps({required[0]: value}, ensure_ascii=False)
        if wanted == "integer" and re.fullmatch(r"[0-9]{1,9}", value):
            return str(int(value))
        if wanted == "array" and not _of_objects(schema.get("items")):
            return json.dumps([value], ensure_ascii=False)
    if wanted == "string" and isinstance(value, Decimal) and value.is_finite() and abs(value.adjusted()) < _MOST_DIGITS:
        return f'"{value}"'
    if wanted == "string" and isinstance(value, int) and not isinstance(value, bool) and abs(value) < 10**18:
        return f'"{value}"'
    return None
