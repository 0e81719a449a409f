"""What a public value says that it holds, it holds; what a public function is given, it can use.

Annotations bind type checkers only. A host that uses none, or fills fields from a database, may hand anything to a
constructor or a function, and the wrong thing would come to light far away, as somebody else's error. So each public
class looks at its fields when it is made, and a public function that stumbles looks again at what it was given. What
means the same is made plain (a text for a code, a list for a tuple, a subclass of ``str`` or ``datetime``); everything
else is refused by name. An error that no argument explains is a fault of ours, and stays what it is.
"""

from __future__ import annotations

import functools
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

import attrs

from onestop_core._hints import Refused, parameters, plain, tested, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from enum import Enum

__all__ = ["check_arguments", "check_fields", "check_members", "check_methods"]

_OPERATORS: Final = ("__getitem__", "__contains__", "__add__", "__sub__", "__call__")


class _Field(NamedTuple):
    name: str
    argument: str
    hint: Any
    is_converted: bool
    """A converter takes more than the field holds."""
    classes: frozenset[type]
    holds: Callable[[Any], bool] | None
    """Asked of what is of one of the *classes*."""


def check_fields(kind: type) -> None:
    """Let the constructor of *kind*, a class of attrs whose types are resolved, look at what it was given."""
    build = cast("Callable[..., None]", vars(kind)["__init__"])
    if hasattr(build, "__wrapped__"):
        return  # a sub-package has published it already
    asked: tuple[tuple[_Field, str, frozenset[type], Callable[[Any], bool] | None], ...] | None = None

    @functools.wraps(build)
    def __init__(self: Any, *args: Any, **given: Any) -> None:  # noqa: N807 - it stands in for the one of attrs
        nonlocal asked
        try:
            build(self, *args, **given)
        except Exception as error:
            fields = _fields(kind)
            named = _named(fields, args, given)
            if isinstance(error, _our_error()) or named is None:
                raise
            converted = {field.argument for field in fields if field.is_converted}
            hints = {field.argument: field.hint for field in fields}
            build(self, **_as_meant(named, hints, error, lenient=converted))
        if asked is None:  # at first use, when the floors above are there
            asked = tuple((each, each.name, each.classes, each.holds) for each in _fields(kind) if each.classes)
        for field, name, classes, holds in asked:
            value = getattr(self, name)
            if type(value) not in classes or (holds is not None and not holds(value)):
                # The slot itself: the class is frozen, and nobody has seen this value yet.
                object.__setattr__(self, name, _meant(field.argument, field.hint, value))

    cast("Any", kind).__init__ = __init__


def check_members(kind: type[Enum]) -> None:
    """Let *kind* refuse what is none of its codes as every argument is refused."""

    def missing(cls: type[Enum], value: object) -> None:
        from onestop_core.errors import InvalidValueError  # noqa: PLC0415 - see _our_error

        raise InvalidValueError.one_of(cls.__name__, value, [member.value for member in cls])

    cast("Any", kind)._missing_ = classmethod(missing)  # the place that Enum has for it


def check_methods(kind: type) -> None:
    """Let the public methods of *kind* look at what they were given when they stumble over it."""
    for name, member in tuple(vars(kind).items()):
        if name.startswith("_") and name not in _OPERATORS:
            continue
        if isinstance(member, FunctionType):
            setattr(kind, name, check_arguments(member))
        elif isinstance(member, classmethod | staticmethod):
            wrapped = cast("Any", member)
            setattr(kind, name, type(wrapped)(check_arguments(wrapped.__func__)))


@functools.cache
def check_arguments(function: FunctionType) -> FunctionType:
    """Return *function*, which looks at its arguments once it has stumbled over them; until then it costs nothing."""
    if hasattr(function, "__wrapped__"):
        return function

    @functools.wraps(function)
    def call(*args: Any, **given: Any) -> Any:
        try:
            return function(*args, **given)
        except Exception as error:
            if isinstance(error, (_our_error(), OSError)):
                raise
            signature, hints = parameters(function)
            try:
                bound = signature.bind(*args, **given)
            except TypeError:
                raise error from None  # the call itself was wrong, which Python says best
            bound.arguments |= _as_meant(bound.arguments, hints, error)
            return function(*bound.args, **bound.kwargs)

    return cast("FunctionType", call)


@functools.cache
def _our_error() -> type[Exception]:
    from onestop_core.errors import OnestopError  # noqa: PLC0415 - errors are published too, so they come later

    return OnestopError


@functools.cache
def _fields(kind: type) -> tuple[_Field, ...]:
    found: list[_Field] = []
    for field in attrs.fields(cast("type[attrs.AttrsInstance]", kind)):
        classes, holds = tested(field.type)
        found.append(_Field(field.name, field.alias, field.type, field.converter is not None, classes, holds))
    return tuple(found)


def _named(fields: tuple[_Field, ...], args: tuple[Any, ...], given: dict[str, Any]) -> dict[str, Any] | None:
    """Return all arguments by name; None if the call itself was wrong, which Python says best."""
    names = [field.argument for field in fields]
    named = {**dict(zip(names, args, strict=False)), **given}
    return named if named.keys() <= set(names) and len(named) == len(args) + len(given) else None


def _as_meant(
    given: Mapping[str, Any],
    hints: Mapping[str, Any],
    error: Exception,
    *,
    lenient: set[str] | frozenset[str] = frozenset(),
) -> dict[str, Any]:
    """Return *given* as it was meant, after *error* came of it; of what is *lenient* more may be meant than it holds."""
    made: dict[str, Any] = {}
    suspect: str | None = None
    for name, value in given.items():
        made[name] = value
        if name in lenient:
            try:
                made[name] = plain(hints[name], value)
            except Refused:
                suspect = suspect or name
        elif name in hints:
            made[name] = _meant(name, hints[name], value)
    if all(made[name] is value for name, value in given.items()):
        raise error if suspect is None else _refusal(suspect, hints[suspect], given[suspect])
    return made


def _meant(name: str, hint: Any, value: object) -> Any:
    try:
        return plain(hint, value)
    except Refused:
        raise _refusal(name, hint, value) from None


def _refusal(name: str, hint: Any, value: object) -> Exception:
    from onestop_core.errors import InvalidValueError  # noqa: PLC0415 - see _our_error

    vi, en = words(hint)
    return InvalidValueError.of(name, value, vi=vi, en=en)
