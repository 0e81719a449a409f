"""A frozen mapping answers as a dict does, and nothing in it can be changed."""

from __future__ import annotations

import copy
import pickle
from collections import UserDict
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import FrozenMap, freeze, thaw

KEYS = st.text(max_size=3) | st.integers()
PLAIN = st.none() | st.booleans() | st.integers() | st.text(max_size=5)
JSON = st.recursive(PLAIN, lambda inner: st.lists(inner) | st.dictionaries(st.text(max_size=3), inner), max_leaves=12)


@given(st.dictionaries(KEYS, PLAIN), KEYS)
def test_it_answers_as_a_dict(items: dict[Any, Any], key: Any) -> None:
    frozen = FrozenMap(items)
    assert frozen == items
    assert items == frozen
    assert frozen == FrozenMap(items) == FrozenMap(MappingProxyType(items)) == FrozenMap(UserDict(items))
    assert frozen == UserDict(items)
    assert (list(frozen), list(frozen.items()), len(frozen)) == (list(items), list(items.items()), len(items))
    assert (key in frozen, frozen.get(key), frozen.get(key, 7)) == (key in items, items.get(key), items.get(key, 7))
    assert hash(frozen) == hash(FrozenMap(dict(reversed(items.items()))))
    assert repr(frozen) == f"FrozenMap({items!r})"
    assert pickle.loads(pickle.dumps(frozen)) == copy.deepcopy(frozen) == copy.copy(frozen) == frozen  # noqa: S301
    if key not in items:
        with pytest.raises(UnknownCodeError):
            frozen[key]


@given(JSON)
def test_thawing_undoes_freezing_and_what_is_frozen_is_hashable(value: Any) -> None:
    frozen = freeze(value)
    assert thaw(frozen) == value
    assert freeze(frozen) == frozen
    assert isinstance(hash(frozen), int)
    assert FrozenMap({"a": value}) == FrozenMap({"a": frozen})


def test_what_was_put_in_can_be_changed_without_changing_it() -> None:
    days, inner, codes = [1, 2], {"a": [3]}, {4}
    frozen: FrozenMap[str, Any] = FrozenMap({"days": days, "inner": inner, "codes": codes})
    days.append(9)
    inner["a"].append(9)
    codes.add(9)
    assert thaw(frozen["inner"]) == {"a": [3]}
    assert (frozen["days"], frozen["codes"]) == ((1, 2), frozenset({4}))


def test_nothing_can_be_set_or_deleted() -> None:
    frozen: Any = FrozenMap({"a": 1})
    for change in (
        lambda: frozen.__setitem__("a", 2),
        lambda: setattr(frozen, "_items", {}),
        lambda: delattr(frozen, "_items"),
        lambda: frozen._items.__setitem__("a", 2),
        lambda: frozen.update({}),
    ):
        with pytest.raises((AttributeError, TypeError)):
            change()
    assert frozen == {"a": 1}


def test_a_tuple_that_holds_nothing_mutable_stays_the_one_it_is() -> None:
    plain: Any = (1, ("a", FrozenMap()))
    assert freeze(plain) is plain
    assert freeze((1, [2])) == (1, (2,))


def test_what_cannot_be_hashed_is_no_key() -> None:
    frozen: Any = FrozenMap({"a": 1})
    assert [1] not in frozen
    assert frozen.get([1], 5) == 5
    with pytest.raises(UnknownCodeError, match=r"no key '\[1\]'"):
        frozen[[1]]
    with pytest.raises(UnknownCodeError, match="did you mean abc"):
        FrozenMap({"abc": 1})["abd"]
    assert frozen != 5
    assert FrozenMap() != []


class Broken(UserDict[str, int]):
    def items(self) -> Any:
        raise RuntimeError


CIRCLE: list[Any] = []
CIRCLE.append(CIRCLE)


@pytest.mark.parametrize("items", [5, "ab", [("a", 1)], Broken(), {"a": CIRCLE}])
def test_what_is_no_mapping_is_refused(items: Any) -> None:
    with pytest.raises(InvalidValueError):
        FrozenMap(items)


@pytest.mark.parametrize("change", [freeze, thaw])
@pytest.mark.parametrize("value", [CIRCLE, Broken(), {"a": Broken()}, iter([1]), {"a": iter([1])}])
def test_what_is_within_itself_or_answers_nothing_is_refused(change: Any, value: Any) -> None:
    with pytest.raises(InvalidValueError):
        change(value)
