"""The gates of a class: each field takes what its annotation says, in the way that the class has for it."""

from __future__ import annotations

import inspect
from collections.abc import Mapping
from datetime import date
from typing import Any, Generic, Literal, TypeVar

import attrs
import pytest

from onestop_core._public import constructors
from onestop_core._public.gates import gate_of, gated, is_gated
from onestop_core.errors import InvalidValueError
from onestop_core.model import Channel, FrozenMap, plain_day

T = TypeVar("T")


def _loud(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise InvalidValueError.of(what, value, vi="một từ", en="a word")
    return value.upper()


def _pair(value: Any, what: str) -> tuple[int, int]:
    del what
    low, high = sorted(value)
    return low, high


@attrs.frozen
class Box(Generic[T]):
    held: T


def _box(value: object, what: str) -> Box[Any]:
    del what
    return value if isinstance(value, Box) else Box(value)


def _doubled(value: int) -> int:
    return value * 2


def _positive(_: object, __: Any, value: int) -> None:
    if value < 1:
        raise InvalidValueError.of("count", value, vi="số dương", en="a positive number")


@attrs.frozen(kw_only=True, field_transformer=gated({str: _loud, date: plain_day, tuple[int, int]: _pair, Box: _box}))
class Row:
    word: str
    note: str | None = None
    words: tuple[str, ...] = ()
    named: Mapping[str, str] = attrs.field(factory=FrozenMap[str, str])
    day: date | None = None
    span: tuple[int, int] | None = None
    box: Box[int] = Box(0)
    channel: Channel | None = None
    count: int = attrs.field(default=1, validator=_positive)
    kind: Literal["a", "b"] = "a"
    number: int | str | None = None
    double: int = attrs.field(default=0, converter=_doubled)
    length: int = attrs.field(init=False, default=attrs.Factory(lambda self: len(self.word), takes_self=True))


@attrs.frozen(kw_only=True, field_transformer=gated({str: _loud}))
class Checked:
    word: str
    words: tuple[str, ...] | None = None
    size: int = 0


constructors.check_fields(Checked)


@pytest.mark.parametrize(
    ("given", "held"),
    [
        ({"word": "a"}, "A"),
        ({"note": "b"}, "B"),
        ({"note": None}, None),
        ({"words": ["a", "b"]}, ("A", "B")),
        ({"named": {"a": "b"}}, FrozenMap({"A": "B"})),
        ({"day": date(2026, 3, 2)}, date(2026, 3, 2)),
        ({"span": [3, 1]}, (1, 3)),
        ({"box": 5}, Box(5)),
        ({"channel": "post"}, Channel.POST),
        ({"number": "x"}, "x"),
        ({"double": 4}, 8),
    ],
)
def test_what_a_gate_takes_is_held_in_its_form(given: dict[str, Any], held: object) -> None:
    row = Row(**{"word": "w", **given})
    (name,) = given
    assert getattr(row, name) == held
    assert row.length == 1


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"word": 1}, "a word"),
        ({"words": "ab"}, "a tuple of text"),
        ({"words": [1]}, "a word"),
        ({"named": [1]}, "a mapping"),
        ({"named": {1: "a"}}, "a word"),
        ({"day": "2026-03-02"}, "a date"),
        ({"channel": "pots"}, "did you mean post"),
        ({"count": 0}, "positive"),
        ({"count": "1"}, "an integer"),
        ({"kind": "c"}, "one of 'a', 'b'"),
        ({"number": 1.5}, "or None"),
    ],
)
def test_what_no_gate_takes_is_refused_by_the_name_of_its_field(given: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidValueError) as raised:
        Row(**{"word": "w", **given})
    assert raised.value.what == next(iter(given))
    assert said in raised.value.expected.en


def test_a_mapping_that_cannot_be_read_is_none() -> None:
    class Broken(dict[str, str]):
        def keys(self) -> Any:
            raise ZeroDivisionError

    class Unreadable(Mapping[str, str]):
        def __getitem__(self, key: str) -> str:
            raise ZeroDivisionError

        def __iter__(self) -> Any:
            raise ZeroDivisionError

        def __len__(self) -> int:
            return 1

    assert Row(word="w", named=Broken(a="b")).named == {"A": "B"}
    with pytest.raises(InvalidValueError, match="named"):
        Row(word="w", named=Unreadable())


def test_a_checked_constructor_passes_the_same_gates() -> None:
    made: Any = Checked
    assert made(word="a", words=["b"]) == Checked(word="A", words=("B",))
    assert made(word="a").words is None
    assert inspect.signature(Checked).parameters["word"].annotation == "str"
    for name, wrong in (("word", 1), ("words", 2), ("size", "x")):
        with pytest.raises(InvalidValueError, match=name):
            made(**{"word": "w", name: wrong})


def test_only_a_field_without_a_converter_of_its_own_has_a_gate() -> None:
    fields = attrs.fields(Row)
    assert [field.name for field in fields if not is_gated(field)] == ["double", "length"]
    assert gate_of(fields.double) == (None, False)
