"""What a public value says that it holds, it holds; what a public function is given, it can use.

Annotations bind type checkers only. A host that uses none, or fills fields from a database, may hand anything to a
constructor or a function, and the wrong thing would come to light far away, as somebody else's error. So each public
class looks at its fields when it is made, and a public function that stumbles looks again at what it was given. What
means the same is made plain (a text for a code, a list for a tuple, a subclass of ``str`` or ``datetime``); everything
else is refused by name. An error that no argument explains is a fault of ours, and stays what it is.
"""

from __future__ import annotations

import functools
import inspect
import types
import typing
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

import attrs

from onestop_core._public.hints import NOTHING, Refused, parameters, plain, tested, words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from collections.abc import Set as AbstractSet
    from enum import Enum

__all__ = ["check_arguments", "check_fields", "check_members", "check_methods"]

_OPERATORS: Final = ("__getitem__", "__contains__", "__add__", "__sub__", "__call__")


class _Field(NamedTuple):
    name: str
    argument: str
    hint: Any
    is_converted: bool
    """A converter takes more than the field holds."""
    classes: AbstractSet[type]
    holds: Callable[[Any], bool] | None
    """Asked of what is of one of the *classes*."""


def check_fields(kind: type) -> None:
    """Let the constructor of *kind*, a class of attrs whose types are resolved, look at what it was given."""
    build = cast("Callable[..., None]", vars(kind)["__init__"])
    if hasattr(build, "__wrapped__"):
        return  # a sub-package has published it already
    looks: list[Callable[[Any], bool]] = []

    def failed(error: Exception, given: dict[str, Any]) -> None:
        fields = _fields(kind)
        if isinstance(error, _our_error()):
            raise error
        converted = {field.argument for field in fields if field.is_converted}
        hints = {field.argument: field.hint for field in fields}
        # What was left out stands in the signature as attrs writes it: with its default, or with NOTHING.
        self = given.pop("self")
        given = {name: value for name, value in given.items() if value is not attrs.NOTHING}
        build(self, **_as_meant(given, hints, error, lenient=converted))

    def look(self: Any) -> None:
        if not looks:  # at first use, when the floors above are there
            looks.append(_looked_at(_fields(kind)))
        if not looks[0](self):
            _mend(self, _fields(kind))

    cast("Any", kind).__init__ = functools.wraps(build)(_constructor(build, failed, looks, look))


def _constructor(
    build: Callable[..., None], failed: Callable[..., None], looks: list[Any], look: Callable[[Any], None]
) -> Callable[..., None]:
    after = "    if not __looks or not __looks[0](self):\n        __look(self)\n"
    return _stand_in(build, after, failed=failed, looks=looks, look=look)


def _stand_in(function: Callable[..., Any], after: str, **used: object) -> Callable[..., Any]:
    """Return a function with the very parameters of *function*: to pass them on so costs no tuple and no dictionary.

    An error goes to ``failed`` with all arguments by name.
    """
    signature = inspect.signature(function)
    # A parameter may be called as something here is; so what is used here has names that no parameter has.
    parts: list[str] = []
    passed: list[str] = []
    before: Any = None
    for name, parameter in signature.parameters.items():
        if before is parameter.POSITIONAL_ONLY and parameter.kind is not before:
            parts.append("/")
        if parameter.kind is parameter.KEYWORD_ONLY and parameter.kind is not before:
            parts.append("*")
        before = parameter.kind
        parts.append(name if parameter.default is parameter.empty else f"{name}=__default")
        passed.append(f"{name}={name}" if parameter.kind is parameter.KEYWORD_ONLY else name)
    if before is inspect.Parameter.POSITIONAL_ONLY:
        parts.append("/")
    by_name = ", ".join(f"{name!r}: {name}" for name in signature.parameters)
    source = (
        f"def stand_in({', '.join(parts)}):\n"
        "    try:\n"
        f"        {'' if after else 'return '}__function({', '.join(passed)})\n"
        "    except __Exception as __error:\n"
        f"        return __failed(__error, {{{by_name}}})\n"
        f"{after}"
    )
    known: dict[str, Any] = {"__function": function, "__Exception": Exception, "__default": object()}
    known |= {f"__{name}": each for name, each in used.items()}
    exec(source, known)  # noqa: S102 - our own source, as attrs makes its constructors
    made = cast("FunctionType", known["stand_in"])
    made.__defaults__, made.__kwdefaults__ = function.__defaults__, function.__kwdefaults__
    return made


def _looked_at(fields: tuple[_Field, ...]) -> Callable[[Any], bool]:
    """Return what tells whether a value holds in each field what it says: one expression, for it is asked of all."""
    known: dict[str, Any] = {}
    tests: list[str] = []
    for number, field in enumerate(fields):
        if field.classes is NOTHING:
            continue
        place, value = f"self.{field.name}", f"v{number}"
        known[f"c{number}"], known[f"h{number}"] = field.classes, field.holds
        if len(field.classes) == 1 and isinstance(field.classes, frozenset):  # those that fit a protocol become more
            (known[f"c{number}"],) = field.classes
            test = f"type({value} := {place}) is c{number}"
        else:
            test = f"type({value} := {place}) in c{number}"
        if field.holds is not None:
            # The everyday value is told by an operator; only an odd one costs a call.
            test += " and (" + _EVERYDAY.get(_without_none(field.hint), "").format(value)
            test += f"{value} is None or " if type(None) in field.classes else ""
            test += f"h{number}({value}))"
        tests.append(f"({test})")
    exec(f"def look(self):\n    return {' and '.join(tests) or 'True'}\n", known)  # noqa: S102 - likewise
    return cast("Callable[[Any], bool]", known["look"])


_EVERYDAY: Final[dict[Any, str]] = {
    # What can be printed has no half of a character and no NUL.
    str: "(type({0}) is str and {0}.isprintable()) or ",
    int: "(type({0}) is int and -1_000_000_000_000 < {0} < 1_000_000_000_000) or ",
}


def _without_none(hint: Any) -> Any:
    """Return what is left of *hint* where it is one type or nothing."""
    inner = [each for each in typing.get_args(hint) if each is not type(None)]
    return inner[0] if len(inner) == 1 and typing.get_origin(hint) in {typing.Union, types.UnionType} else hint


def _mend(value: Any, fields: tuple[_Field, ...]) -> None:
    """Make plain what the fields of *value* hold, or refuse it."""
    for field in fields:
        held = getattr(value, field.name)
        if field.classes is not NOTHING and (
            type(held) not in field.classes or (field.holds is not None and not field.holds(held))
        ):
            # The slot itself: the class is frozen, and nobody has seen this value yet.
            object.__setattr__(value, field.name, _meant(field.argument, field.hint, held))


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

    def failed(error: Exception, given: dict[str, Any]) -> Any:
        if isinstance(error, (_our_error(), OSError)):
            raise error
        signature, hints = parameters(function)
        bound = signature.bind_partial()
        bound.arguments |= {**given, **_as_meant(given, hints, error)}
        return function(*bound.args, **bound.kwargs)

    if any(each.kind in _OPEN for each in inspect.signature(function).parameters.values()):
        return cast("FunctionType", functools.wraps(function)(_open(function)))
    return cast("FunctionType", functools.wraps(function)(_stand_in(function, "", failed=failed)))


_OPEN: Final = frozenset({inspect.Parameter.VAR_POSITIONAL, inspect.Parameter.VAR_KEYWORD})


def _open(function: FunctionType) -> Callable[..., Any]:
    """Return what stands in for a function of any number of arguments."""

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

    return call


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
