"""What the fields of conformance values take: any several of a kind, and text that a report can hold."""

from __future__ import annotations

import contextlib
import enum
from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final, TypeVar, cast

from onestop_core.errors import InvalidValueError
from onestop_core.text import nfc

__all__ = ["code", "count", "members", "text", "texts"]

Code = TypeVar("Code", bound=enum.StrEnum)
Member = TypeVar("Member")

_MOST: Final = 100_000
"""Most members of a list that is handed in: many times the suite, and an end to what has none."""


def text(value: object, what: str) -> str:
    """Return *value* in normal form, and what is no Unicode in it as an escape: a report must be writable.

    Raises:
        InvalidValueError: it is no text.
    """
    if not isinstance(value, str):
        raise InvalidValueError.of(what, value, vi="chuỗi", en="text")
    return nfc(value).encode("utf-8", "backslashreplace").decode()


def texts(value: object, what: str) -> tuple[str, ...]:
    """Return *value* as a tuple of texts.

    Raises:
        InvalidValueError: it is something else.
    """
    found = _listed(value)
    if found is None or not all(isinstance(each, str) for each in found):
        raise InvalidValueError.of(what, value, vi="danh sách chuỗi", en="a sequence of texts")
    return tuple(text(each, what) for each in found)


def count(value: object, what: str) -> int:
    """Return *value*, a number of things.

    Raises:
        InvalidValueError: it is something else.
    """
    if type(value) is not int or not 0 <= value <= _MOST:
        raise InvalidValueError.of(what, value, vi="số nguyên không âm", en="a whole number, not negative")
    return value


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
