"""Mappings that cannot change: what a frozen value holds where JSON has an object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, TypeVar, cast, overload

__all__ = ["FrozenMap", "freeze", "thaw"]

K = TypeVar("K")
V = TypeVar("V")
D = TypeVar("D")


class FrozenMap(Mapping[K, V]):
    """A mapping that cannot change: hashable if its values are, equal to any mapping of the same items.

    >>> forms = FrozenMap({"01": "receipt"})
    >>> forms["01"], forms == {"01": "receipt"}, len({forms, FrozenMap(forms)})
    ('receipt', True, 1)
    >>> forms["01"] = "X"
    Traceback (most recent call last):
    TypeError: 'FrozenMap' object does not support item assignment
    """

    __slots__ = ("_items",)
    _items: Mapping[K, V]

    def __init__(self, items: Mapping[K, V] | None = None) -> None:
        object.__setattr__(self, "_items", MappingProxyType(dict({} if items is None else items)))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a frozen mapping does not change; {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a frozen mapping does not change; {name} cannot be deleted")

    def __getitem__(self, key: K) -> V:
        return self._items[key]

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, key: object) -> bool:
        return key in self._items

    @overload
    def get(self, key: K, /) -> V | None: ...
    @overload
    def get(self, key: K, default: V | D, /) -> V | D: ...
    def get(self, key: K, default: object = None, /) -> object:
        """Return the value of *key*, or *default*."""
        return self._items.get(key, cast("Any", default))

    def __eq__(self, other: object) -> bool:
        return self._items == (
            cast("FrozenMap[object, object]", other)._items if isinstance(other, FrozenMap) else other
        )

    def __hash__(self) -> int:
        return hash(frozenset(self._items.items()))

    def __repr__(self) -> str:
        return f"FrozenMap({dict(self._items)!r})"

    def __copy__(self) -> FrozenMap[K, V]:
        return self

    def __deepcopy__(self, memo: object) -> FrozenMap[K, V]:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return FrozenMap, (dict(self._items),)


def freeze(value: Any) -> Any:
    """Return *value*, made of JSON types, with tuples for lists and :class:`FrozenMap` for objects, all the way down.

    >>> freeze({"days": [1, 2]})
    FrozenMap({'days': (1, 2)})
    """
    if isinstance(value, Mapping):
        members = cast("Mapping[object, object]", value)
        return FrozenMap({key: freeze(each) for key, each in members.items()})
    if isinstance(value, list | tuple):
        return tuple(freeze(each) for each in cast("list[Any]", value))
    return value


def thaw(value: Any) -> Any:
    """Return a copy of *value* in plain ``dict`` and ``list``, which the caller may change; undoes :func:`freeze`.

    >>> thaw(freeze({"days": [1, 2]}))
    {'days': [1, 2]}
    """
    if isinstance(value, Mapping):
        members = cast("Mapping[object, object]", value)
        return {key: thaw(each) for key, each in members.items()}
    if isinstance(value, list | tuple):
        return [thaw(each) for each in cast("list[Any]", value)]
    return value
