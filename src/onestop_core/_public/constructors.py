"""What a public value says that it holds, it holds: the constructors that look at their fields.

Annotations bind type checkers only. A host that uses none, or fills fields from a database, may hand anything to a
constructor, and the wrong thing would come to light far away, as somebody else's error. So each public class looks at its
fields when it is made, in one expression over all of them; only what that does not hold is looked at one by one. What
means the same is made plain (a text for a code, a list for a tuple, a subclass of ``str`` or ``datetime``); everything
else is refused by name.
"""

from __future__ import annotations

import functools
from types import FunctionType, MemberDescriptorType
from typing import TYPE_CHECKING, Any, Final, ParamSpec, TypeVar, cast

import attrs

from onestop_core._public.arguments import as_meant, meant, our_error
from onestop_core._public.gates import is_gated
from onestop_core._public.hints import asks_nothing, question
from onestop_core._public.writing import later, parameters_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop_core._public.writing import Parameters

__all__ = ["check_fields", "filler", "trusted"]

P = ParamSpec("P")
T = TypeVar("T")

_FACTORY: Final[Any] = attrs.Factory(tuple)


def check_fields(kind: type) -> None:
    """Let the constructor of *kind*, a class of attrs whose types are resolved, look at what it was given."""
    build = cast("FunctionType", vars(kind)["__init__"])
    if hasattr(build, "__wrapped__"):
        return  # a sub-package has published it already
    if all(is_gated(field) for field in _fields(kind)):
        return  # nothing gets in but through a gate
    cast("Any", kind).__init__ = functools.wraps(build)(later(build, functools.partial(_checked, kind, build)))


def _checked(kind: type, build: FunctionType, known: dict[str, Any]) -> str:
    """Return the source of the constructor of *kind* that looks at its fields."""

    def failed(error: Exception, given: dict[str, Any]) -> None:
        if isinstance(error, our_error()):
            raise error
        converted = {field.alias for field in fields if field.converter is not None}
        hints = {field.alias: field.type for field in fields}
        # What was left out stands in the signature as attrs writes it: with its default, or with NOTHING.
        self = given.pop("self")
        given = {name: value for name, value in given.items() if value is not attrs.NOTHING}
        build(self, **as_meant(given, hints, error, lenient=converted))

    def build_with_care(given: dict[str, Any]) -> None:
        self = given["self"]
        try:
            build(**given)
        except Exception as error:  # noqa: BLE001 - whatever its converters and validators raise
            failed(error, dict(given))
        mend(self)

    def mend(self: Any) -> None:
        for field in fields:
            if asks_nothing(field.type):
                continue
            held = getattr(self, field.name)
            if (plain := meant(field.alias, field.type, held)) is not held:
                # The slot itself: the class is frozen, and nobody has seen this value yet.
                object.__setattr__(self, field.name, plain)

    parameters = cast("Parameters", parameters_of(build))
    fields = [field for field in _fields(kind) if not is_gated(field)]
    known |= {
        "__NOTHING": attrs.NOTHING,
        "__build": build,
        "__failed": failed,
        "__mend": mend,
        "__with_care": build_with_care,
    }
    setters = _setters(kind, known)
    if setters is not None:
        tests = [asked for field in fields if (asked := question(field.type, field.alias, known))]
        return (
            f"def __init__({parameters.declared}):\n"
            f"{_factories(kind)}"
            f"    if not ({' and '.join(tests) or 'True'}):\n"
            f"        return __with_care({parameters.by_name})\n"
            f"{setters}"
        )
    tests = [asked for field in fields if (asked := question(field.type, "__value", known, f"self.{field.name}"))]
    return (
        f"def __init__({parameters.declared}):\n"
        "    try:\n"
        f"        __build({parameters.passed})\n"
        "    except Exception as __error:\n"
        f"        __failed(__error, {parameters.by_name})\n"
        f"    if not ({' and '.join(tests) or 'True'}):\n"
        "        __mend(self)\n"
    )


def _fields(kind: Any) -> tuple[Any, ...]:
    # Of attrs.Attribute: one whose alias is always there, as it is in a class that is made.
    fields: tuple[Any, ...] = attrs.fields(kind)
    return fields


def _setters(kind: type, known: dict[str, Any]) -> str | None:
    """Return the lines that fill the slots of a value; None where attrs does more than that when it makes one."""
    lines: list[str] = []
    for field in _fields(kind):
        slot = getattr(kind, field.name, None)
        if field.converter is not None or field.validator is not None or not field.init:
            return None
        if not isinstance(slot, MemberDescriptorType):
            return None
        if isinstance(field.default, type(_FACTORY)):
            if field.default.takes_self:
                return None
            known[f"__make_{field.name}"] = field.default.factory
        known[f"__set_{field.name}"] = slot.__set__
        lines.append(f"    __set_{field.name}(self, {field.alias})\n")
    if hasattr(kind, "__attrs_post_init__"):
        lines.append("    self.__attrs_post_init__()\n")
    return "".join(lines)


def _factories(kind: type) -> str:
    """Return the lines that make the defaults which are made anew for each value."""
    return "".join(
        f"    if {field.alias} is __NOTHING:\n        {field.alias} = __make_{field.name}()\n"
        for field in _fields(kind)
        if isinstance(field.default, type(_FACTORY))
    )


def filler(kind: type) -> Callable[..., None]:
    """Return a function that puts values into the slots of a new *kind*: ``fill(self, first, second, ...)``, in order.

    For a class that looks at its fields itself: nothing else fills a frozen value so fast.
    """

    def write(known: dict[str, Any]) -> str:
        names = [field.name for field in _fields(kind)]
        known |= {f"__set_{name}": getattr(kind, name).__set__ for name in names}
        lines = "".join(f"    __set_{name}(self, {name})\n" for name in names)
        return f"def fill(self, {', '.join(names)}, /):\n{lines}"

    return later(None, write)


def trusted(kind: Callable[P, T]) -> Callable[P, T]:
    """Return a constructor of *kind*, a class of attrs, that does not look at what it is given.

    For results that are made by the hundred thousand of what is right already: they need no second look.
    """
    made_of = cast("Any", kind)
    build: FunctionType = made_of.__init__  # as attrs wrote it: the class is not published yet
    like = cast("Parameters", parameters_of(build))

    def write(known: dict[str, Any]) -> str:
        known |= {"__NOTHING": attrs.NOTHING, "__new": object.__new__, "__kind": made_of, "__build": build}
        setters = _setters(made_of, known)
        return (
            f"def make({like.declared.removeprefix('self, ')}):\n"
            f"{'' if setters is None else _factories(made_of)}"
            "    self = __new(__kind)\n"
            f"{f'    __build({like.passed})' if setters is None else setters}\n"
            "    return self\n"
        )

    return cast("Callable[P, T]", later(build, write))
