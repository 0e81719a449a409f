"""JSON as it goes to an adapter and into a message: exact numbers as numbers, frozen values as what they hold."""

from __future__ import annotations

import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final, cast

from onestop_core.text import shown

__all__ = ["PROTOCOL", "json_text"]

PROTOCOL: Final = "1"
"""Version of the protocol that programs speak (``adapters.programs``)."""
_DEEPEST: Final = 100
"""More levels than a document may have; what lies deeper is of an answer that may hold itself."""


def json_text(value: Any, *, ascii_only: bool = False, depth: int = 0) -> str:
    """Return *value* as JSON text; what is of no JSON type as a text that shows it.

    >>> from decimal import Decimal
    >>> json_text({"late": Decimal("1.50"), "days": (1, None)})
    '{"late": 1.50, "days": [1, null]}'

    Args:
        value: Made of JSON types, frozen or not.
        ascii_only: Write other letters as escapes.
        depth: How many levels lie above it; below the hundredth nothing is written.
    """
    if depth > _DEEPEST:
        return '"..."'
    match value:
        case Decimal() if value.is_finite():
            return format(value, "f")
        case Mapping():
            members = cast("Mapping[object, object]", value)
            pairs = (
                f"{_key(key, ascii_only)}: {json_text(each, ascii_only=ascii_only, depth=depth + 1)}"
                for key, each in members.items()
            )
            return "{" + ", ".join(pairs) + "}"
        case list() | tuple():
            each_text = (json_text(each, ascii_only=ascii_only, depth=depth + 1) for each in cast("list[Any]", value))
            return "[" + ", ".join(each_text) + "]"
        case None | bool() | int() | float() | str():
            return json.dumps(value, ensure_ascii=ascii_only)
        case _:
            return json.dumps(shown(value), ensure_ascii=ascii_only)


def _key(key: Any, ascii_only: bool) -> str:
    return json.dumps(key if isinstance(key, str) else shown(key), ensure_ascii=ascii_only)
