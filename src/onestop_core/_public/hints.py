"""What an annotation takes, and what a value means where something of that annotation is wanted."""

from __future__ import annotations

import functools
import types
import typing
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Final, cast

__all__ = [
    "Refused",
    "asks_nothing",
    "frozen_map",
    "plain",
    "question",
    "tested",
    "words",
]


class Refused(Exception):  # noqa: N818 - it never leaves the house
    """A value that means nothing of the kind that is wanted."""


NOTHING: Final[frozenset[type]] = frozenset()
"""Of a hint that takes anything: there is nothing to ask."""


def tested(hint: Any) -> tuple[AbstractSet[type], Callable[[Any], bool] | None]:
    """Return the classes of what *hint* takes, none where anything may be, and what is asked of a value besides."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in {typing.Union, types.UnionType}:
        return _either([tested(each) for each in inner])
    if origin is typing.Literal:
        return frozenset(map(type, inner)), lambda value: value in inner
    if origin is tuple:
        return frozenset({tuple}), _each(inner)
    if origin is frozen_map():
        return frozenset({origin}), None
    if hint in _BOUNDED:
        return frozenset({hint}), _BOUNDED[hint]
    if getattr(hint, "_is_protocol", False):
        return _fitting(hint), None
    if not isinstance(hint, type) or hint in {object, Any}:
        return NOTHING, None
    return frozenset({hint}), None


def _is_text(value: str) -> bool:
    """Whether *value* can be written and sent: no half of a character, no NUL."""
    if "\0" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _is_moderate(value: int) -> bool:
    """Whether *value* can be printed: Python refuses to write more than some thousand digits."""
    return value.bit_length() < _MOST_BITS


_MOST_BITS: Final = 14_000
_BOUNDED: Final[dict[Any, Callable[[Any], bool]]] = {
    str: _is_text,
    int: _is_moderate,
    datetime: lambda value: value.tzinfo is not None,  # else nobody here can say when that was
    Decimal: lambda value: value.is_finite() and abs(value.adjusted()) < _MOST_DIGITS,
}
_MOST_DIGITS: Final = 4_000


def _either(
    tests: list[tuple[AbstractSet[type], Callable[[Any], bool] | None]],
) -> tuple[AbstractSet[type], Callable[[Any], bool] | None]:
    if any(classes is NOTHING for classes, _ in tests):
        return NOTHING, None
    asked = {each: holds for classes, holds in tests if holds is not None for each in classes}
    if not asked:
        return NOTHING.union(*(classes for classes, _ in tests)), None

    def holds(value: Any) -> bool:
        ask = asked.get(cast("object", value).__class__)
        return ask is None or ask(value)

    return NOTHING.union(*(classes for classes, _ in tests)), holds


def _each(inner: tuple[Any, ...]) -> Callable[[Any], bool] | None:
    """Return what asks the items of a tuple: all of one type, or so many of such types."""
    if len(inner) == 2 and inner[1] is ...:
        classes, holds = tested(inner[0])
        if not classes:
            return None

        def hold(value: Any) -> bool:
            for item in value:  # noqa: SIM110 - all(...) would cost more than the items of most tuples
                if type(item) not in classes or (holds is not None and not holds(item)):
                    return False
            return True

        return hold
    tests = [tested(each) for each in inner]
    return lambda value: (
        len(value) == len(tests)
        and all(
            not classes or (type(item) in classes and (holds is None or holds(item)))
            for item, (classes, holds) in zip(value, tests, strict=True)
        )
    )


def asks_nothing(hint: Any) -> bool:
    """Whether *hint* takes anything, as far as a look at the value alone can tell."""
    return tested(hint)[0] is NOTHING


def question(hint: Any, name: str, known: dict[str, Any], place: str | None = None) -> str | None:
    """Return an expression in source that tells whether *hint* takes what is called *name*; None if it takes anything.

    Where the value has a *place*, it gets its *name* from there. What else the expression names is put into *known*.
    """
    classes, holds = tested(hint)
    if classes is NOTHING:
        return None
    first = name if place is None else f"({name} := {place})"
    each, ask = f"__c{len(known)}", f"__h{len(known)}"
    wanted = [kind for kind in classes if kind is not types.NoneType]
    if not isinstance(classes, frozenset) or len(wanted) != 1:  # those that fit a protocol become more
        known[each], known[ask] = classes, holds
        return f"type({first}) in {each}" + ("" if holds is None else f" and {ask}({name})")
    (known[each],), known[ask] = wanted, holds
    or_none = "" if len(classes) == 1 else f"{first} is None or "
    test = f"type({name if or_none else first}) is {each}"
    if holds is not None:
        # The everyday value is told by an operator; only an odd one costs a call.
        test += f" and ({_everyday(hint).format(name)}{ask}({name}))"
    return f"({or_none}{test})"


_EVERYDAY: Final[dict[Any, str]] = {
    # What can be printed has no half of a character and no NUL.
    str: "{0}.isprintable() or ",
    int: "-1_000_000_000_000 < {0} < 1_000_000_000_000 or ",
    datetime: "{0}.tzinfo is not None or ",
}


def _everyday(hint: Any) -> str:
    """Return an expression that tells an everyday value of *hint*, which may say that it can be None, too."""
    inner = [each for each in typing.get_args(hint) if each is not types.NoneType]
    if typing.get_origin(hint) in {typing.Union, types.UnionType} and len(inner) == 1:
        return _everyday(inner[0])
    if typing.get_origin(hint) is tuple:
        return "not {0} or " if inner[1:] == [...] else ""
    return _EVERYDAY.get(hint, "")


def plain(hint: Any, value: Any) -> Any:
    """Return what *value* means where *hint* is wanted.

    Raises:
        Refused: it means nothing there.
    """
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in {typing.Union, types.UnionType}:
        return _first_that_takes(inner, value)
    classes, holds = tested(hint)
    if type(value) in classes and (holds is None or holds(value)):
        return value
    if getattr(hint, "_is_protocol", False):
        return _of_protocol(hint, value)
    if not classes:
        return _of_many(origin, inner, value) if origin is not None else _of_open_kind(hint, value)
    if origin is tuple and isinstance(value, tuple | list):
        value = tuple(cast("list[Any]", value))
        if len(inner) == 2 and inner[1] is ...:
            return tuple(plain(inner[0], item) for item in value)
        if len(value) == len(inner):
            return tuple(plain(each, item) for each, item in zip(inner, value, strict=True))
    elif origin is frozen_map() and type(value) is dict:
        return frozen_map()(value)
    elif isinstance(hint, type):
        return _of_class(hint, value)
    raise Refused


def _first_that_takes(hints: tuple[Any, ...], value: Any) -> Any:
    for each in hints:
        try:
            return plain(each, value)
        except Refused:
            continue
    raise Refused


def _of_many(origin: Any, inner: tuple[Any, ...], value: Any) -> Any:
    """Look at what holds many things, or is called: only at what can be looked at twice."""
    kind: type = value.__class__
    if origin is Callable:
        fits = callable(value)
    elif origin is Mapping:
        fits = issubclass(kind, Mapping)
        if kind is dict:
            for key, each in value.items():
                plain(inner[0], key)
                plain(inner[1], each)
    elif origin in {Iterable, Collection, Sequence}:
        fits = issubclass(kind, origin) and not issubclass(kind, str | bytes | bytearray)
        if kind in {list, tuple, set, frozenset, dict, range}:
            for each in value:
                plain(inner[0], each)
    else:
        fits = True
    if not fits:
        raise Refused
    return value


def _of_open_kind(hint: Any, value: Any) -> Any:
    if hint is None and value is not None:
        raise Refused
    return value


def _of_protocol(hint: Any, value: Any) -> Any:
    """Look at what a protocol asks for, once for each class that is given."""
    kind: type = value.__class__
    if not all(hasattr(kind, name) for name in _asked_by(hint)):
        raise Refused
    _fitting(hint).add(kind)
    return value


@functools.cache
def _fitting(protocol: Any) -> set[type]:
    """Return the classes that were found to have what *protocol* asks for."""
    del protocol
    return set()


def _asked_by(protocol: Any) -> list[str]:
    bases: tuple[type, ...] = protocol.__mro__
    return [
        name
        for base in bases
        if getattr(base, "_is_protocol", False)
        for name in vars(base)
        if not name.startswith("_")
    ]


def _of_class(kind: type, value: Any) -> Any:
    match value:
        case str() if kind is str and _is_text(text := str.__str__(value)):
            return text
        case str() if issubclass(kind, Enum):
            found = [member for member in kind if member.value == str.__str__(value)]
            if found:
                return found[0]
        case int() if kind in {Fraction, Decimal} and type(value) is int and _is_moderate(value):
            return kind(value)
        case date() if kind in {date, datetime}:
            return _of_time(kind, value)
        case _ if isinstance(value, kind) and kind not in _WORDS:
            return value
        case _:
            pass
    raise Refused


def _of_time(kind: type, value: date) -> date:
    from onestop_core.model import aware, plain_day  # noqa: PLC0415 - the floor above, asked only of what is odd

    try:
        return aware(value, "") if kind is datetime else plain_day(value, "")
    except Exception:  # noqa: BLE001 - a subclass may answer anything
        raise Refused from None


@functools.cache
def frozen_map() -> Any:
    """Return the class of mappings that cannot change."""
    from onestop_core.model.frozen import FrozenMap  # noqa: PLC0415 - the floor above

    return FrozenMap


_WORDS: Final[Mapping[Any, tuple[str, str]]] = types.MappingProxyType(
    {
        str: ("văn bản Unicode hợp lệ", "text that can be written in UTF-8, without NUL"),
        int: ("số nguyên", "an integer"),
        bool: ("đúng hoặc sai (True, False)", "True or False"),
        date: ("ngày", "a date"),
        datetime: ("thời điểm có múi giờ", "a moment with a time zone"),
        Fraction: ("số chính xác (Fraction)", "a Fraction"),
        Decimal: ("số thập phân (Decimal)", "a Decimal"),
        types.NoneType: ("để trống (None)", "None"),
    }
)


def words(hint: Any) -> tuple[str, str]:
    """Return what *hint* is called in Vietnamese and in English."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in {typing.Union, types.UnionType}:
        told = [words(each) for each in inner]
        return " hoặc ".join(vi for vi, _ in told), " or ".join(en for _, en in told)
    if origin is typing.Literal:
        listed = ", ".join(map(repr, inner))
        return f"một trong: {listed}", f"one of {listed}"
    if origin is tuple:
        told = [words(each) for each in inner if each is not ...]
        return f"tuple gồm: {', '.join(vi for vi, _ in told)}", f"a tuple of {', '.join(en for _, en in told)}"
    if origin is Mapping:
        return "ánh xạ (Mapping)", "a mapping"
    if origin in {Iterable, Collection, Sequence}:
        vi, en = words(inner[0])
        return f"dãy gồm: {vi}", f"several of: {en}"
    if hint in _WORDS:
        return _WORDS[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        listed = ", ".join(str(member.value) for member in hint)
        return f"một trong: {listed}", f"one of {listed}"
    name: str = hint.__name__ if isinstance(hint, type) else f"{hint}"
    return f"giá trị kiểu `{name}`", f"a {name}"
