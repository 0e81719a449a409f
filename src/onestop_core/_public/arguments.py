"""What a public function is given, it can use: one that stumbles looks again at its arguments.

What means the same is made plain (a text for a code, a list for a tuple, a subclass of ``str`` or ``datetime``);
everything else is refused by name. An error that no argument explains is a fault of ours, and stays what it is.
"""

from __future__ import annotations

import functools
from enum import Enum
from types import FunctionType
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core._public.annotations import parameters
from onestop_core._public.hints import Refused, plain, words
from onestop_core._public.writing import later, parameters_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ["as_meant", "check_arguments", "check_members", "check_methods", "meant", "our_error", "refusal"]

_OPERATORS: Final = ("__getitem__", "__contains__", "__add__", "__sub__", "__call__")


def check_members(kind: type[Enum]) -> None:
    """Let *kind* refuse what is none of its codes as every argument is refused."""

    def missing(cls: type[Enum], value: object) -> None:
        from onestop_core.errors import InvalidValueError  # noqa: PLC0415 - see our_error

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
    like = parameters_of(function)
    if like is None:
        return cast("FunctionType", functools.wraps(function)(_open(function)))

    def failed(error: Exception, given: dict[str, Any]) -> Any:
        if isinstance(error, (our_error(), OSError)):
            raise error
        signature, hints = parameters(function)
        bound = signature.bind_partial()
        bound.arguments |= {**given, **as_meant(given, hints, error)}
        return function(*bound.args, **bound.kwargs)

    def write(known: dict[str, Any]) -> str:
        known |= {"__function": function, "__failed": failed}
        return (
            f"def stand_in({like.declared}):\n"
            "    try:\n"
            f"        return __function({like.passed})\n"
            "    except Exception as __error:\n"
            f"        return __failed(__error, {like.by_name})\n"
        )

    return cast("FunctionType", functools.wraps(function)(later(function, write)))


def _open(function: FunctionType) -> Callable[..., Any]:
    """Return what stands in for a function of any number of arguments."""

    def call(*args: Any, **given: Any) -> Any:
        try:
            return function(*args, **given)
        except Exception as error:
            if isinstance(error, (our_error(), OSError)):
                raise
            signature, hints = parameters(function)
            try:
                bound = signature.bind(*args, **given)
            except TypeError:
                raise error from None  # the call itself was wrong, which Python says best
            bound.arguments |= as_meant(bound.arguments, hints, error)
            return function(*bound.args, **bound.kwargs)

    return call


@functools.cache
def our_error() -> type[Exception]:
    """Return what all errors of ours derive from."""
    from onestop_core.errors import OnestopError  # noqa: PLC0415 - errors are published too, so they come later

    return OnestopError


def as_meant(
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
            made[name] = meant(name, hints[name], value)
    if all(made[name] is value for name, value in given.items()):
        raise error if suspect is None else refusal(suspect, hints[suspect], given[suspect])
    return made


def meant(name: str, hint: Any, value: object) -> Any:
    """Return what *value*, handed over as *name*, means where *hint* is wanted.

    Raises:
        InvalidValueError: it means nothing there.
    """
    try:
        return plain(hint, value)
    except Refused:
        raise refusal(name, hint, value) from None


def refusal(name: str, hint: Any, value: object) -> Exception:
    """Return the error for a *value*, handed over as *name*, that means nothing where *hint* is wanted."""
    from onestop_core.errors import InvalidValueError  # noqa: PLC0415 - see our_error

    if isinstance(hint, type) and issubclass(hint, Enum):
        return InvalidValueError.one_of(name, value, [member.value for member in hint])
    vi, en = words(hint)
    return InvalidValueError.of(name, value, vi=vi, en=en)
