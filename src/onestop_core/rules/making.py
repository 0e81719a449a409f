"""Values made of a document that its schema has found sound: for each class one function, written from its fields.

The converter asks of every value whether it fits, and the constructor asks again; of what the schema has judged both ask in
vain, and a national catalogue is a million such questions. Here a value is a *draft* first, of a subclass whose slots can be
filled, and becomes what it is when all are full. What was asked of the text as a whole, normal form C and no NUL, is not
asked again; that a text is a text, a code one of its codes and a date a date is, because it costs next to nothing.
"""

from __future__ import annotations

import enum
import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, NoReturn, TypeVar, cast

import attrs

from onestop_core._public.writing import later
from onestop_core.model import FrozenMap
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["maker"]

T = TypeVar("T")


def _misfit(*_: object) -> NoReturn:
    raise TypeError("not of the type that the schema asks for")


def _texts(items: list[str]) -> tuple[str, ...]:
    return tuple(item if type(item) is str else _misfit(item) for item in items)


def _named(members: dict[str, str]) -> FrozenMap[str, str]:
    return FrozenMap(dict(zip(_texts([*members]), _texts([*members.values()]), strict=True)))


def _whole(number: Any) -> int:
    # To JSON Schema 1.0 is an integer.
    return int(number) if type(number) is float and number.is_integer() else _misfit(number)


@lru_cache(maxsize=4096, typed=True)
def _day(text: str) -> date:
    return date.fromisoformat(text)


@lru_cache(maxsize=4096, typed=True)
def _exact(text: str) -> Decimal:
    return Decimal(text) if type(text) is str else _misfit(text)


_FACTORY: Final[Any] = attrs.Factory
_LEAVES: Final[dict[Any, str]] = {
    str: "(v if type(v := {raw}) is str else misfit(v))",
    int: "(v if type(v := {raw}) is int else whole(v))",
    date: "day({raw})",
    Decimal: "exact({raw})",
    tuple[str, ...]: "texts({raw})",
    Mapping[str, str]: "named({raw})",
}
"""The expression that takes what a document holds as a value of a type."""
_KNOWN: Final[dict[str, Any]] = {
    "new": object.__new__,
    "misfit": _misfit,
    "whole": _whole,
    "day": _day,
    "exact": _exact,
    "texts": _texts,
    "named": _named,
}


@cache
def maker(kind: type[T]) -> Callable[[dict[str, Any]], T]:
    """Return what makes a *kind*, a class of attrs, of an object that its schema has found sound, in normal form C.

    >>> maker(Text)({"vi": "hồ sơ", "en": "dossier"})
    Text(vi='hồ sơ', en='dossier')
    >>> maker(Text)({"vi": 1})
    Traceback (most recent call last):
    TypeError: not of the type that the schema asks for

    The function raises whatever comes of an object that is not sound, in no words for anybody.

    Raises:
        TypeError: of a field nobody knows how it is taken.
    """

    def write(known: dict[str, Any]) -> str:
        known |= {**_KNOWN, "Draft": _draft(kind), "Kind": kind}
        hints = typing.get_type_hints(kind)
        lines = [
            f"made.{each.name} = {_field(each, hints[each.name], known)}" for each in attrs.fields(cast("Any", kind))
        ]
        if kind is Text:  # where English is left out, the Vietnamese stands for it
            lines[1] += " if 'en' in raw else made.vi"
        body = "".join(
            f"    {line}\n" for line in ["made = new(Draft)", *lines, "made.__class__ = Kind", "return made"]
        )
        return f"def make(raw):\n{body}"

    return later(None, write)


def _draft(kind: type) -> type:
    """Return a *kind* whose slots can be filled as if it were not frozen, at the speed of any slot."""
    open_slots = {"__slots__": (), "__setattr__": object.__setattr__, "__delattr__": object.__delattr__}
    return type(f"{kind.__name__}Draft", (kind,), open_slots)


def _field(field: attrs.Attribute[Any], hint: Any, known: dict[str, Any]) -> str:
    """Return the expression for a field of the object ``raw``."""
    taken = _taken(_but_none(hint), f"raw[{field.name!r}]", known)
    if field.default is attrs.NOTHING:
        return taken
    default = f"default_{field.name}"
    given: Any = field.default
    known[default] = given.factory() if isinstance(given, _FACTORY) else given
    return f"{taken} if {field.name!r} in raw else {default}"


def _taken(hint: Any, raw: str, known: dict[str, Any]) -> str:
    if hint in _LEAVES:
        return _LEAVES[hint].format(raw=raw)
    if typing.get_origin(hint) is tuple:
        (item, _) = typing.get_args(hint)
        return f"tuple([{_taken(item, 'each', known)} for each in {raw}])"
    if isinstance(hint, type) and issubclass(hint, enum.StrEnum):
        known[hint.__name__] = {str(code): code for code in hint}
        return f"{hint.__name__}[{raw}]"
    if isinstance(hint, type) and attrs.has(hint):
        known[hint.__name__] = maker(hint)
        return f"{hint.__name__}({raw})"
    message = f"nobody knows how a {hint} is made"
    raise TypeError(message)


def _but_none(hint: Any) -> Any:
    return (
        next(each for each in typing.get_args(hint) if each is not types.NoneType)
        if isinstance(hint, types.UnionType)
        else hint
    )
