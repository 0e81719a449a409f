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
from typing import TYPE_CHECKING, Any, Final, NamedTuple, ParamSpec, TypeVar, cast

import attrs

from onestop_core._public.arguments import as_meant, meant, our_error
from onestop_core._public.gates import gate_of, is_gated
from onestop_core._public.hints import asks_nothing, question
from onestop_core._public.writing import later, parameters_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from onestop_core._public.writing import Parameters

__all__ = ["check_fields", "filler", "trusted"]

P = ParamSpec("P")
T = TypeVar("T")

_FACTORY: Final[Any] = attrs.Factory(tuple)
_CONVERTER: Final[Any] = attrs.Converter


def check_fields(kind: type) -> None:
    """Let the constructor of *kind*, a class of attrs whose types are resolved, look at what it was given."""
    build = cast("FunctionType", vars(kind)["__init__"])
    if hasattr(build, "__wrapped__"):
        return  # a sub-package has published it already
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
        mend(self)

    def mend(self: Any) -> None:
        for field in fields:
            if asks_nothing(field.type):
                continue
            held = getattr(self, field.name)
            if (plain := meant(field.alias, field.type, held)) is not held:
                # The slot itself: the class is frozen, and nobody has seen this value yet.
                object.__setattr__(self, field.name, plain)

    fields = [field for field in _fields(kind) if not is_gated(field)]
    known |= {"__failed": failed, "__mend": mend}
    parameters = cast("Parameters", parameters_of(build))
    steps = _steps(kind, build, known)
    asked = [
        test
        for field in fields
        if (test := question(field.type, "__value", known, steps.places.get(field.name, f"self.{field.name}")))
    ]
    return (
        f"def __init__({parameters.declared}):\n"
        "    try:\n"
        f"        {steps.lines}\n"
        "    except Exception as __error:\n"
        f"        return __failed(__error, {parameters.by_name})\n"
        f"    if not ({' and '.join(asked) or 'True'}):\n"
        "        __mend(self)\n"
    )


def _fields(kind: Any) -> tuple[Any, ...]:
    # Of attrs.Attribute: one whose alias is always there, as it is in a class that is made.
    fields: tuple[Any, ...] = attrs.fields(kind)
    return fields


class _Steps(NamedTuple):
    """What a constructor does, in source; and in which of its variables a field stands."""

    lines: str
    places: Mapping[str, str]


def _steps(kind: type, build: FunctionType, known: dict[str, Any]) -> _Steps:
    """Return what *build*, the constructor of *kind* that attrs wrote, does; faster, for it knows slots and gates."""
    taken: list[str] = []
    put: list[str] = []
    then: list[str] = []
    places: dict[str, str] = {}
    if _is_odd(kind):
        known["__build"] = build
        return _Steps(f"__build({cast('Parameters', parameters_of(build)).passed})", {})
    for field in _fields(kind):
        name, value = field.name, field.alias
        makes = isinstance(field.default, type(_FACTORY))
        if makes:
            known[f"__make_{name}"] = field.default.factory
            made = f"__make_{name}({'self' if field.default.takes_self else ''})"
            if field.init:
                known["__NOTHING"] = attrs.NOTHING
                taken.append(f"__v_{name} = {made} if {value} is __NOTHING else {value}")
                value = f"__v_{name}"
            else:
                value = made
        elif not field.init:
            if field.default is attrs.NOTHING:
                continue  # what comes after the fields fills it
            known[f"__default_{name}"] = field.default
            value = f"__default_{name}"
        if field.converter is not None:
            taken.append(f"__v_{name} = {_passed(field, value, known)}")
            value = f"__v_{name}"
        if field.init:
            places[name] = value
        known[f"__set_{name}"] = getattr(kind, name).__set__
        put.append(f"__set_{name}(self, {value})")
        if field.validator is not None:
            known |= {f"__validate_{name}": field.validator, f"__field_{name}": field}
            then.append(f"__validate_{name}(self, __field_{name}, {value})")
    if hasattr(kind, "__attrs_post_init__"):
        then.append("self.__attrs_post_init__()")
    return _Steps("; ".join([*taken, *put, *then]) or "pass", places)


def _is_odd(kind: type) -> bool:
    """Whether attrs does more than to fill slots when it makes a *kind*: without slots, with an order of its own."""
    return hasattr(kind, "_attrs_cached_hash") or any(
        not isinstance(getattr(kind, field.name, None), MemberDescriptorType)
        or (field.init and isinstance(field.default, type(_FACTORY)) and field.default.takes_self)
        or type(field.converter) is _CONVERTER
        for field in _fields(kind)
    )


def _passed(field: Any, value: str, known: dict[str, Any]) -> str:
    """Return the expression that takes *value* through the gate or the converter of *field*."""
    gate, can_be_none = gate_of(field)
    if gate is None:
        known[f"__convert_{field.name}"] = field.converter
        return f"__convert_{field.name}({value})"
    known[f"__gate_{field.name}"] = gate
    passed = f"__gate_{field.name}({value}, {field.name!r})"
    return f"None if {value} is None else {passed}" if can_be_none else passed


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
    """Return a constructor of *kind*, a class of attrs, that looks at nothing which has no gate of its own.

    For results that are made by the hundred thousand of what is right already: they need no second look.
    """
    made_of = cast("Any", kind)
    build: FunctionType = getattr(
        made_of.__init__, "__wrapped__", made_of.__init__
    )  # as attrs wrote it, published or not
    like = cast("Parameters", parameters_of(build))

    def write(known: dict[str, Any]) -> str:
        known |= {"__new": object.__new__, "__kind": made_of}
        return (
            f"def make({like.declared.removeprefix('self, ')}):\n"
            "    self = __new(__kind)\n"
            f"    {_steps(made_of, build, known).lines}\n"
            "    return self\n"
        )

    return cast("Callable[P, T]", later(build, write))
