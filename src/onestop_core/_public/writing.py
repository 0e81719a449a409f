"""Functions of which the source is worked out, and which are written when they are first called.

A function with the very parameters of another passes them on without a tuple and a dictionary, and a constructor that
knows its fields asks after all of them in one expression: nothing else costs so little. But to write some hundreds
takes a good part of a second, which whoever imports the library would pay; most are never called.
"""

from __future__ import annotations

from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Parameters", "later", "parameters_of"]

_OPEN: Final = 0x04 | 0x08
"""The flags of code that takes any number of arguments (``inspect.CO_VARARGS``, ``CO_VARKEYWORDS``)."""


class Parameters(NamedTuple):
    """The parameters of a function, in the words of its source."""

    names: tuple[str, ...]
    declared: str
    """As they stand behind ``def``; the defaults are those of the function."""
    passed: str
    """As they are handed on."""

    @property
    def by_name(self) -> str:
        """As a dictionary."""
        return f"{{{', '.join(f'{name!r}: {name}' for name in self.names)}}}"


def parameters_of(function: FunctionType) -> Parameters | None:
    """Return the parameters of *function*; None where it takes any number of them."""
    code = function.__code__
    if code.co_flags & _OPEN:
        return None
    first, last = code.co_argcount, code.co_argcount + code.co_kwonlyargcount
    without = first - len(function.__defaults__ or ())
    named = function.__kwdefaults__ or {}
    declared: list[str] = []
    passed: list[str] = []
    for place, name in enumerate(code.co_varnames[:last]):
        if place == first:
            declared.append("*")
        has_default = name in named if place >= first else place >= without
        declared.append(f"{name}=None" if has_default else name)
        passed.append(f"{name}={name}" if place >= first else name)
        if place + 1 == code.co_posonlyargcount:
            declared.append("/")
    return Parameters(code.co_varnames[:last], ", ".join(declared), ", ".join(passed))


def _blank(*args: Any, **given: Any) -> Any:
    return __first(args, given)  # type: ignore[name-defined] # noqa: F821 # pyright: ignore[reportUndefinedVariable, reportUnknownVariableType]


def later(like: FunctionType | None, write: Callable[[dict[str, Any]], str]) -> FunctionType:
    """Return a function with the defaults of *like*, if it is like one, whose source *write* returns at the first call.

    What the source names is put by *write* into the dictionary that it is given. Whoever holds the function holds the
    written one from then on: it is its code that is exchanged. Two threads may both write it, and write the same.
    """

    def first(args: tuple[Any, ...], given: dict[str, Any]) -> Any:
        whole = compile(write(known), "<written at the first call>", "exec")
        stand_in.__code__ = next(each for each in whole.co_consts if isinstance(each, CodeType))
        return stand_in(*args, **given)

    known: dict[str, Any] = {"__first": first}
    stand_in = FunctionType(_blank.__code__, known)
    if like is not None:
        stand_in.__defaults__, stand_in.__kwdefaults__ = like.__defaults__, like.__kwdefaults__
    return stand_in
