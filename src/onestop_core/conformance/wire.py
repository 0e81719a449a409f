"""JSON as it goes to an adapter and into a message: exact numbers as numbers, frozen values as what they hold.

Its canonical form is what digests are made of: a second runner in any language makes the same.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from decimal import Decimal
from math import isfinite
from typing import Any, Final, cast

from onestop_core.text import shown

__all__ = ["PROTOCOL", "digest", "json_text"]

PROTOCOL: Final = "2"
"""Version of the protocol that programs speak (``adapters.programs``)."""
_ENCODED: Final = {ascii_only: json.JSONEncoder(ensure_ascii=ascii_only).encode for ascii_only in (True, False)}
"""Encoders of one value, made once: of a report there are a million."""
_DEEPEST: Final = 100
"""More levels than a document may have; what lies deeper is of an answer that may hold itself."""


def json_text(value: Any, *, ascii_only: bool = False, canonical: bool = False, depth: int = 0) -> str:
    """Return *value* as JSON text; what is of no JSON type as a text that shows it.

    >>> from decimal import Decimal
    >>> json_text({"late": Decimal("1.50"), "days": (1, None)})
    '{"late": 1.50, "days": [1, null]}'
    >>> json_text({"late": Decimal("1.50"), "days": (1, None)}, canonical=True)
    '{"days":[1,null],"late":1.5}'

    Args:
        value: Made of JSON types, frozen or not.
        ascii_only: Write other letters as escapes.
        canonical: Sort the keys, write no blanks, and numbers as plain digits without needless zeros, so that whoever
            reads them as floating-point numbers and writes them again says the same.
        depth: How many levels lie above it; below the hundredth nothing is written.
    """
    if depth > _DEEPEST:
        return '"..."'
    comma, colon = (",", ":") if canonical else (", ", ": ")
    plain = _ENCODED[ascii_only]

    def inner(each: Any) -> str:
        return json_text(each, ascii_only=ascii_only, canonical=canonical, depth=depth + 1)

    match value:
        case str():
            return plain(value)
        case float() if canonical and isfinite(value):
            return _plain(Decimal(repr(value)))
        case Decimal() if value.is_finite():
            return _plain(value) if canonical else format(value, "f")
        case Mapping():
            members = [(_key(key), each) for key, each in cast("Mapping[object, object]", value).items()]
            if canonical:
                members.sort(key=lambda member: member[0])
            pairs = (f"{plain(key)}{colon}{inner(each)}" for key, each in members)
            return "{" + comma.join(pairs) + "}"
        case list() | tuple():
            return "[" + comma.join(map(inner, cast("list[Any]", value))) + "]"
        case None | bool() | int() | float():
            return plain(value)
        case _:
            return plain(shown(value))


def _plain(number: Decimal) -> str:
    text = format(number, "f")
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return "0" if text == "-0" else text


def _key(key: Any) -> str:
    return key if isinstance(key, str) else shown(key)


def digest(value: Any) -> str:
    """Return the SHA-256 of *value* in canonical JSON: keys sorted, no blanks, numbers as plain digits, UTF-8.

    >>> digest({"b": 1, "a": 2}) == digest({"a": 2, "b": 1})
    True
    >>> digest({})
    'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a'
    """
    text = json_text(value, canonical=True)
    return f"sha256:{hashlib.sha256(text.encode('utf-8', 'backslashreplace')).hexdigest()}"
