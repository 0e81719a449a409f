"""Mappings that cannot change: what a frozen value holds where JSON has an object."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import Any, Final, TypeVar, cast, overload

from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.text import Text

__all__ = ["FrozenMap", "freeze", "thaw"]

K = TypeVar("K")
V = TypeVar("V")
D = TypeVar("D")


class FrozenMap(Mapping[K, V]):
    """A mapping that cannot change, nor what is in it: lists become tuples, mappings frozen ones, see :func:`freeze`.

    Hashable if its values are, and equal to any mapping of the same items.

    >>> forms = FrozenMap({"01": "receipt"})
    >>> forms["01"], forms == {"01": "receipt"}, len({forms, FrozenMap(forms)})
    ('receipt', True, 1)
    >>> forms["01"] = "X"
    Traceback (most recent call last):
    TypeError: 'FrozenMap' object does not support item assignment

    Raises:
        InvalidValueError: what it is made of is no mapping, or nested too deep.
    """

    __slots__ = ("_items",)
    _items: Mapping[K, V]

    def __init__(self, items: Mapping[K, V] | None = None) -> None:
        given = cast("object", {} if items is None else items)
        if not isinstance(given, Mapping):
            raise InvalidValueError.of("items", given, vi="một ánh xạ (mapping)", en="a mapping")
        object.__setattr__(self, "_items", MappingProxyType(_frozen_items(cast("Mapping[object, object]", given))))

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"a frozen mapping does not change; {name} cannot be set")

    def __delattr__(self, name: str) -> None:
        raise AttributeError(f"a frozen mapping does not change; {name} cannot be deleted")

    def __getitem__(self, key: K) -> V:
        try:
            return self._items[key]
        except Exception:  # noqa: BLE001 - a key of somebody else may not even be hashable
            raise UnknownCodeError.among(Text(vi="khóa", en="key"), key, self._items) from None

    def __iter__(self) -> Iterator[K]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __contains__(self, key: object) -> bool:
        try:
            return key in self._items
        except Exception:  # noqa: BLE001 - what cannot be hashed, or compared, is no key
            return False

    @overload
    def get(self, key: K, /) -> V | None: ...
    @overload
    def get(self, key: K, default: V | D, /) -> V | D: ...
    def get(self, key: K, default: object = None, /) -> object:
        """Return the value of *key*, or *default*."""
        return self._items[key] if key in self else default

    def __eq__(self, other: object) -> bool:
        if isinstance(other, FrozenMap):
            return self._items == cast("FrozenMap[object, object]", other)._items
        return self._items == cast("dict[object, object]", other) if isinstance(other, dict) else NotImplemented

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


def _frozen_items(items: Mapping[object, object]) -> dict[object, object]:
    try:
        return {key: _frozen(value) for key, value in items.items()}
    except RecursionError:
        raise _too_deep() from None
    except InvalidValueError:
        raise
    except Exception:  # noqa: BLE001 - a mapping of somebody else may answer anything
        raise InvalidValueError.of("items", items, vi="một ánh xạ (mapping)", en="a mapping") from None


def _frozen(value: Any) -> Any:
    if type(value) in _PLAIN or "__attrs_attrs__" in type(value).__dict__:
        return value  # the usual case, told without asking abstract classes
    if isinstance(value, FrozenMap):
        return cast("FrozenMap[object, object]", value)
    if isinstance(value, Mapping):
        return FrozenMap(cast("Mapping[object, object]", value))
    if isinstance(value, list | tuple):
        items = cast("list[Any]", value)
        # A tuple of frozen values stays the one it is, named fields and all.
        made = [_frozen(each) for each in items]
        same = isinstance(value, tuple) and all(new is old for new, old in zip(made, items, strict=True))
        return cast("object", value) if same else tuple(made)
    if isinstance(value, Iterator):
        raise InvalidValueError.of("value", cast("object", value), vi="giá trị kiểu JSON", en="a value in JSON types")
    return frozenset(cast("set[object]", value)) if isinstance(value, set) else value


_PLAIN: Final = frozenset({str, int, bool, type(None), Decimal, Fraction, date, datetime, frozenset})


def _too_deep() -> InvalidValueError:
    return InvalidValueError.of("value", "…", vi="giá trị không lồng quá sâu", en="a value that is not nested too deep")


def freeze(value: Any) -> Any:
    """Return *value*, made of JSON types, with tuples for lists and :class:`FrozenMap` for objects, all the way down.

    >>> freeze({"days": [1, 2]})
    FrozenMap({'days': (1, 2)})

    Raises:
        InvalidValueError: it is nested too deep, or within itself.
    """
    try:
        return _frozen(value)
    except RecursionError:
        raise _too_deep() from None


def thaw(value: Any) -> Any:
    """Return a copy of *value* in plain ``dict`` and ``list``, which the caller may change; undoes :func:`freeze`.

    >>> thaw(freeze({"days": [1, 2]}))
    {'days': [1, 2]}

    Raises:
        InvalidValueError: it is nested too deep, or within itself.
    """
    try:
        return _thawed(value)
    except RecursionError:
        raise _too_deep() from None
    except Exception:  # noqa: BLE001 - a mapping of somebody else may answer anything
        raise InvalidValueError.of("value", value, vi="giá trị kiểu JSON", en="a value in JSON types") from None


def _thawed(value: Any) -> Any:
    if isinstance(value, Mapping):
        members = cast("Mapping[object, object]", value)
        return {key: _thawed(each) for key, each in members.items()}
    if isinstance(value, list | tuple):
        return [_thawed(each) for each in cast("list[Any]", value)]
    if isinstance(value, Iterator):
        raise InvalidValueError.of("value", cast("object", value), vi="giá trị kiểu JSON", en="a value in JSON types")
    return value
