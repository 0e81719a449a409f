"""What the fields of conformance values take: converters bring them into form, validators refuse the rest."""

from __future__ import annotations

import contextlib
import enum
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, TypeVar, cast

from onestop_core.errors import InvalidValueError
from onestop_core.text import Text, nfc

if TYPE_CHECKING:
    import attrs

__all__ = [
    "code",
    "is_count",
    "is_reason",
    "is_text",
    "is_texts",
    "members",
    "text",
    "text_or_none",
    "texts",
]

Code = TypeVar("Code", bound=enum.StrEnum)
Member = TypeVar("Member")

_MOST: Final = 100_000
"""Most members of a list that is handed in: many times the suite, and an end to what has none."""


def text(value: str) -> str:
    """Return *value* in normal form, and what is no Unicode in it as an escape: a report must be writable."""
    if not isinstance(cast("object", value), str):
        return value
    return nfc(value).encode("utf-8", "backslashreplace").decode()


def text_or_none(value: str | None) -> str | None:
    """Return *value* as :func:`text` does, or None."""
    return None if value is None else text(value)


def texts(value: Iterable[str]) -> tuple[str, ...]:
    """Return *value* as a tuple of texts."""
    found = _listed(value)
    return cast("tuple[str, ...]", value) if found is None else tuple(text(each) for each in found)


def _listed(value: Any) -> list[Any] | None:
    """Return the members of *value*; None where there are none to be had, or no end of them."""
    if isinstance(value, str | bytes | Mapping) or not isinstance(value, Iterable):
        return None
    found: list[Any] | None = None
    with contextlib.suppress(Exception):  # whatever it does instead of handing out its members
        found = list(islice(cast("Iterable[object]", value), _MOST + 1))
    return found if found is not None and len(found) <= _MOST else None


def members(what: str, kind: type[Member], value: Iterable[Member]) -> tuple[Member, ...]:
    """Return the members of *value*.

    Raises:
        InvalidValueError: they are not all of *kind*.
    """
    found = _listed(value)
    if found is None or not all(isinstance(each, kind) for each in found):
        name = kind.__name__
        raise InvalidValueError.of(what, value, vi=f"danh sách {name}", en=f"a sequence of {name}")
    return tuple(found)


def code(what: str, kind: type[Code], value: object) -> Code:
    """Return *value*, a code of *kind* or its text.

    Raises:
        InvalidValueError: it is another.
    """
    found = next((each for each in kind if type(value) in {kind, str} and each.value == value), None)
    if found is None:
        raise InvalidValueError.one_of(what, value, kind)
    return found


def is_text(_: object, field: attrs.Attribute[Any], value: object) -> None:
    """Refuse what is no text; None passes where it is the default."""
    if not (isinstance(value, str) or (value is None and field.default is None)):
        raise InvalidValueError.of(field.name, value, vi="chuỗi", en="text")


def is_texts(_: object, field: attrs.Attribute[Any], value: object) -> None:
    """Refuse what is no tuple of texts."""
    given = value
    listed = cast("tuple[object, ...]", value) if isinstance(value, tuple) else None
    if listed is None or not all(isinstance(each, str) for each in listed):
        raise InvalidValueError.of(field.name, given, vi="danh sách chuỗi", en="a sequence of texts")


def is_count(_: object, field: attrs.Attribute[Any], value: object) -> None:
    """Refuse what is no number of things."""
    if type(value) is not int or not 0 <= value <= _MOST:
        raise InvalidValueError.of(field.name, value, vi="số nguyên không âm", en="a whole number, not negative")


def is_reason(_: object, field: attrs.Attribute[Any], value: object) -> None:
    """Refuse what is not said in both languages; None passes where it is the default."""
    if not (isinstance(value, Text) or (value is None and field.default is None)):
        raise InvalidValueError.of(field.name, value, vi="Text", en="a Text")
