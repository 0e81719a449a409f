"""What a public value says that it holds, it holds: its fields are of their types, whoever filled them.

Annotations bind type checkers only. A host that uses none, or fills fields from a database, may hand anything to a
constructor, and the wrong thing would come to light far away, as somebody else's error. So each public class looks at
its fields when it is made. What means the same is made plain (a text for a code, a list for a tuple, a subclass of
``str`` or ``datetime``); everything else is refused by name.
"""

from __future__ import annotations

import functools
import types
import typing
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from typing import Any, Final, NamedTuple, cast

import attrs

if typing.TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["check_fields", "check_members"]


class _Refused(Exception):  # noqa: N818 - it never leaves this module
    """A value that means nothing of the kind that is wanted."""


class _Field(NamedTuple):
    name: str
    argument: str
    hint: Any
    is_converted: bool
    classes: frozenset[type]
    holds: Callable[[Any], bool] | None
    """Asked of what is of one of the *classes*."""


def check_fields(kind: type) -> None:
    """Let the constructor of *kind*, a class of attrs whose types are resolved, look at what it was given."""
    build = cast("Callable[..., None]", vars(kind)["__init__"])
    if hasattr(build, "__wrapped__"):
        return  # a sub-package has published it already
    tested: tuple[tuple[_Field, str, frozenset[type], Callable[[Any], bool] | None], ...] | None = None

    @functools.wraps(build)
    def __init__(self: Any, *args: Any, **given: Any) -> None:  # noqa: N807 - it stands in for the one of attrs
        nonlocal tested
        try:
            build(self, *args, **given)
        except Exception as error:
            fields = _fields(kind)
            named = _named(fields, args, given)
            if isinstance(error, _our_error()) or named is None:
                raise
            build(self, **_made_plain(fields, named, error))
        if tested is None:  # at first use, when the floors above are there
            tested = tuple((each, each.name, each.classes, each.holds) for each in _fields(kind) if each.classes)
        for field, name, classes, holds in tested:
            value = getattr(self, name)
            if type(value) not in classes or (holds is not None and not holds(value)):
                # The slot itself: the class is frozen, and nobody has seen this value yet.
                object.__setattr__(self, name, _meant(field, value))

    cast("Any", kind).__init__ = __init__


def check_members(kind: type[Enum]) -> None:
    """Let *kind* refuse what is none of its codes as every argument is refused."""

    def missing(cls: type[Enum], value: object) -> None:
        from onestop_core.errors import InvalidValueError  # noqa: PLC0415 - see _our_error

        raise InvalidValueError.one_of(cls.__name__, value, [member.value for member in cls])

    cast("Any", kind)._missing_ = classmethod(missing)  # the place that Enum has for it


@functools.cache
def _our_error() -> type[Exception]:
    from onestop_core.errors import OnestopError  # noqa: PLC0415 - errors are published too, so they come later

    return OnestopError


@functools.cache
def _fields(kind: type) -> tuple[_Field, ...]:
    found: list[_Field] = []
    for field in attrs.fields(cast("type[attrs.AttrsInstance]", kind)):
        classes, holds = _test(field.type)
        found.append(_Field(field.name, field.alias, field.type, field.converter is not None, classes, holds))
    return tuple(found)


def _named(fields: tuple[_Field, ...], args: tuple[Any, ...], given: dict[str, Any]) -> dict[str, Any] | None:
    """Return all arguments by name; None if the call itself was wrong, which Python says best."""
    names = [field.argument for field in fields]
    named = {**dict(zip(names, args, strict=False)), **given}
    return named if named.keys() <= set(names) and len(named) == len(args) + len(given) else None


def _made_plain(fields: tuple[_Field, ...], given: dict[str, Any], error: Exception) -> dict[str, Any]:
    """Return *given* as it was meant; a constructor has stumbled over it with *error*."""
    plain: dict[str, Any] = {}
    suspect: _Field | None = None
    for field in (each for each in fields if each.argument in given):
        try:
            plain[field.argument] = _plain(field.hint, given[field.argument])
        except _Refused:
            if not field.is_converted:
                raise _refusal(field, given[field.argument]) from None
            # A converter takes more than the field holds; only if nothing else was wrong, it was this.
            plain[field.argument] = given[field.argument]
            suspect = suspect or field
    if all(plain[name] is value for name, value in given.items()):
        raise error if suspect is None else _refusal(suspect, given[suspect.argument])
    return plain


def _meant(field: _Field, value: object) -> object:
    try:
        return _plain(field.hint, value)
    except _Refused:
        raise _refusal(field, value) from None


def _refusal(field: _Field, value: object) -> Exception:
    from onestop_core.errors import InvalidValueError  # noqa: PLC0415 - see _our_error

    vi, en = _words(field.hint)
    return InvalidValueError.of(field.argument, value, vi=vi, en=en)


_NOTHING: Final[frozenset[type]] = frozenset()


def _test(hint: Any) -> tuple[frozenset[type], Callable[[Any], bool] | None]:
    """Return the classes of what *hint* takes, none where anything may be, and what is asked of a value besides."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in {typing.Union, types.UnionType}:
        return _either([_test(each) for each in inner])
    if origin is typing.Literal:
        return frozenset(map(type, inner)), lambda value: value in inner
    if origin is tuple:
        return frozenset({tuple}), _each(inner)
    if origin is _frozen_map():
        return frozenset({origin}), None
    if hint is str:
        return frozenset({str}), _is_text
    if not isinstance(hint, type) or hint in {object, Any} or getattr(hint, "_is_protocol", False):
        return _NOTHING, None
    return frozenset({hint}), None


def _either(
    tests: list[tuple[frozenset[type], Callable[[Any], bool] | None]],
) -> tuple[frozenset[type], Callable[[Any], bool] | None]:
    if any(not classes for classes, _ in tests):
        return _NOTHING, None
    asked = {each: holds for classes, holds in tests if holds is not None for each in classes}
    if not asked:
        return _NOTHING.union(*(classes for classes, _ in tests)), None

    def holds(value: Any) -> bool:
        ask = asked.get(cast("object", value).__class__)
        return ask is None or ask(value)

    return _NOTHING.union(*(classes for classes, _ in tests)), holds


def _each(inner: tuple[Any, ...]) -> Callable[[Any], bool] | None:
    """Return what asks the items of a tuple: all of one type, or so many of such types."""
    if len(inner) == 2 and inner[1] is ...:
        classes, holds = _test(inner[0])
        if not classes:
            return None
        return lambda value: all(type(item) in classes and (holds is None or holds(item)) for item in value)
    tests = [_test(each) for each in inner]
    return lambda value: (
        len(value) == len(tests)
        and all(
            not classes or (type(item) in classes and (holds is None or holds(item)))
            for item, (classes, holds) in zip(value, tests, strict=True)
        )
    )


def _is_text(value: str) -> bool:
    """Whether *value* can be written and sent: no half of a character, no NUL."""
    if "\0" in value:
        return False
    try:
        value.encode()
    except UnicodeEncodeError:
        return False
    return True


def _plain(hint: Any, value: Any) -> Any:
    """Return what *value* means where *hint* is wanted."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    classes, holds = _test(hint)
    if not classes or (type(value) in classes and (holds is None or holds(value))):
        return value
    if origin in {typing.Union, types.UnionType}:
        for each in inner:
            try:
                return _plain(each, value)
            except _Refused:
                continue
    elif origin is tuple and isinstance(value, tuple | list):
        value = tuple(cast("list[Any]", value))
        if len(inner) == 2 and inner[1] is ...:
            return tuple(_plain(inner[0], item) for item in value)
        if len(value) == len(inner):
            return tuple(_plain(each, item) for each, item in zip(inner, value, strict=True))
    elif origin is _frozen_map() and type(value) is dict:
        return _frozen_map()(value)
    elif isinstance(hint, type):
        return _of_class(hint, value)
    raise _Refused


def _of_class(kind: type, value: Any) -> Any:
    match value:
        case str() if kind is str and _is_text(plain := str.__str__(value)):
            return plain
        case str() if issubclass(kind, Enum):
            found = [member for member in kind if member.value == str.__str__(value)]
            if found:
                return found[0]
        case int() if kind in {Fraction, Decimal} and type(value) is int:
            return kind(value)
        case datetime() if kind is datetime:
            from onestop_core.model import aware  # noqa: PLC0415 - the floor above, asked only of what is odd

            return aware(value, kind.__name__)
        case date() if kind is date:
            from onestop_core.model import plain_day  # noqa: PLC0415 - likewise

            return plain_day(value, kind.__name__)
        case _ if isinstance(value, kind) and kind not in _WORDS:
            return value
        case _:
            pass
    raise _Refused


@functools.cache
def _frozen_map() -> Any:
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


def _words(hint: Any) -> tuple[str, str]:
    """Return what *hint* is called in Vietnamese and in English."""
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    if origin in {typing.Union, types.UnionType}:
        told = [_words(each) for each in inner]
        return " hoặc ".join(vi for vi, _ in told), " or ".join(en for _, en in told)
    if origin is typing.Literal:
        listed = ", ".join(map(repr, inner))
        return f"một trong: {listed}", f"one of {listed}"
    if origin is tuple:
        told = [_words(each) for each in inner if each is not ...]
        return f"tuple gồm: {', '.join(vi for vi, _ in told)}", f"a tuple of {', '.join(en for _, en in told)}"
    if hint in _WORDS:
        return _WORDS[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        listed = ", ".join(str(member.value) for member in hint)
        return f"một trong: {listed}", f"one of {listed}"
    name: str = hint.__name__  # what is no class is not tested
    return f"giá trị kiểu `{name}`", f"a {name}"
