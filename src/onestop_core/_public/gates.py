"""The gates through which the fields of a class take what they are given, by what they are declared to hold.

A class that takes more than it holds, or holds it in a form of its own, names a gate for those types; its other fields
have the gate that everything public has: what means the same is made plain, everything else is refused by name.
"""

from __future__ import annotations

import sys
import types
import typing
from collections.abc import Callable, Mapping
from typing import Any, Final, cast

from onestop_core._public.annotations import read
from onestop_core._public.arguments import meant, refusal
from onestop_core._public.hints import frozen_map, tested

if typing.TYPE_CHECKING:
    import attrs

__all__ = ["Gate", "gate_of", "gated", "is_gated"]

Gate = Callable[[Any, str], Any]
"""Takes a value and the name of its field; gives back what the field holds, or refuses."""
_GATED: Final = "onestop_core.gated"


def gated(
    gates: Mapping[Any, Gate],
) -> Callable[[type, list[attrs.Attribute[Any]]], list[attrs.Attribute[Any]]]:
    """Return the ``field_transformer`` of a class whose fields pass the *gates* of their declared types.

    A gate is for a type wherever it stands: in ``str | None``, ``tuple[str, ...]`` and ``Mapping[str, str]`` too,
    unless those have one of their own; one for ``Entry`` is for ``Entry[T]``. The constructor keeps the declared types; a converter written at each field
    would hide them from type checkers. A field that has one all the same keeps it.
    """

    def transformed(kind: type, fields: list[attrs.Attribute[Any]]) -> list[attrs.Attribute[Any]]:
        return [
            field.evolve(
                converter=_converter(field, kind.__module__, gates),
                metadata={**field.metadata, _GATED: (kind.__module__, gates)},
            )
            if field.init and not _has_converter(field)
            else field
            for field in fields
        ]

    return transformed


def is_gated(field: Any) -> bool:
    """Whether what *field* holds has passed a gate."""
    return _GATED in field.metadata


def gate_of(field: Any) -> tuple[Gate | None, bool]:
    """Return the gate of *field*, and whether None passes beside it; None where the field has no gate."""
    if not is_gated(field):
        return None, False
    module, gates = field.metadata[_GATED]
    hint = read(field.type, sys.modules[module])
    inner = None if hint in gates else _but_none(hint)
    return _gate(hint if inner is None else inner, gates), inner is not None


def _but_none(hint: Any) -> Any:
    """Return what *hint* takes besides None; None where it is not one type or None."""
    if typing.get_origin(hint) in {typing.Union, types.UnionType}:
        others = [each for each in typing.get_args(hint) if each is not types.NoneType]
        return others[0] if len(others) == 1 else None
    return None


def _has_converter(field: Any) -> bool:
    return field.converter is not None


def _converter(field: attrs.Attribute[Any], module: str, gates: Mapping[Any, Gate]) -> Callable[[Any], Any]:
    take: Gate | None = None
    name: Final = field.name

    def converter(value: Any) -> Any:
        nonlocal take
        if take is None:  # annotations can be read only when the module of the class is complete
            take = _gate(read(field.type, sys.modules[module]), gates)
        return take(value, name)

    converter.__annotations__["value"] = field.type  # attrs puts it into the signature of the constructor
    return converter


def _gate(hint: Any, gates: Mapping[Any, Gate]) -> Gate:
    origin, inner = typing.get_origin(hint), typing.get_args(hint)
    for each in (hint, origin):
        if each in gates:
            return gates[each]
    if (other := _but_none(hint)) is not None:
        return _or_none(_gate(other, gates))
    if origin is tuple and inner[1:] == (...,):
        return _each(hint, _gate(inner[0], gates))
    if origin in {Mapping, frozen_map()}:
        return _items(hint, _gate(inner[0], gates), _gate(inner[1], gates))
    classes, holds = tested(hint)

    def gate(value: Any, what: str) -> Any:
        if type(value) in classes and (holds is None or holds(value)):
            return value
        return meant(what, hint, value)

    return gate


def _or_none(inner: Gate) -> Gate:
    return lambda value, what: None if value is None else inner(value, what)


def _each(hint: Any, item: Gate) -> Gate:
    def gate(value: Any, what: str) -> Any:
        given: object = value
        if not isinstance(given, tuple | list):
            raise refusal(what, hint, given)
        # A subclass could yield something else than what it holds.
        plain: Any = tuple if isinstance(value, tuple) else list
        return tuple([item(each, what) for each in plain.__getitem__(value, slice(None))])

    return gate


def _items(hint: Any, key: Gate, item: Gate) -> Gate:
    def gate(value: Any, what: str) -> Any:
        given: object = value
        try:
            items = dict(cast("Mapping[Any, Any]", value)) if isinstance(given, Mapping) else None
        except Exception:  # noqa: BLE001 - somebody else's mapping may raise anything
            items = None
        if items is None:
            raise refusal(what, hint, cast("object", value))
        return frozen_map()({key(name, what): item(each, what) for name, each in items.items()})

    return gate
