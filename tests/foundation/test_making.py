"""Values made of what a schema has judged are the very values that the converter makes."""

from __future__ import annotations

import gc
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest

from onestop_core.model import FrozenMap
from onestop_core.rules.collecting import uncollected
from onestop_core.rules.converter import structure
from onestop_core.rules.making import maker
from onestop_core.text import Text
from onestop_core.text.codes import Code


class Colour(Code):
    RED = "red"


@attrs.frozen(kw_only=True)
class Inner:
    number: int = 0
    fee: Decimal | None = None


@attrs.frozen(kw_only=True)
class Outer:
    name: Text
    word: str
    day: date | None = None
    colour: Colour | None = None
    colours: tuple[Colour, ...] = ()
    words: tuple[str, ...] = ()
    inner: Inner | None = None
    inners: tuple[Inner, ...] = ()
    notes: tuple[Text, ...] = ()
    others: Mapping[str, str] = attrs.field(factory=FrozenMap[str, str])


@attrs.frozen
class Odd:
    value: bytes


FULL: dict[str, Any] = {
    "name": {"vi": "hồ sơ", "en": "dossier"},
    "word": "x",
    "day": "2026-02-12",
    "colour": "red",
    "colours": ["red", "red"],
    "words": ["a", "b"],
    "inner": {"number": 3, "fee": "2.50"},
    "inners": [{}, {"fee": "0"}],
    "notes": [{"vi": "ghi chú"}],
    "others": {"fr": "dossier"},
}


@pytest.mark.parametrize("left", [(), tuple(FULL)[2:], ("inner", "day"), ("notes",)])
def test_what_is_made_is_what_the_converter_makes(left: tuple[str, ...]) -> None:
    raw = {name: value for name, value in FULL.items() if name not in left}
    made = maker(Outer)(raw)
    assert made == structure(raw, Outer)
    assert type(made) is Outer
    assert type(made.name) is Text
    assert hash(made) == hash(structure(raw, Outer))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        made.word = "y"  # type: ignore[misc]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        del made.name.vi


def test_a_number_that_json_calls_whole_is_whole() -> None:
    made = maker(Inner)({"number": 3.0})
    assert (made.number, type(made.number)) == (3, int)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("word", 1),
        ("name", {"en": "x"}),
        ("name", {"vi": "x", "en": 1}),
        ("name", "x"),
        ("day", "2026-02-30"),
        ("day", 1),
        ("colour", "blue"),
        ("words", ["a", 1]),
        ("inner", {"number": "1"}),
        ("inner", {"number": 1.5}),
        ("inner", {"number": True}),
        ("inner", {"fee": 1}),
        ("inner", {"fee": "x"}),
        ("inners", [1]),
        ("others", {"fr": 1}),
    ],
)
def test_what_is_not_sound_is_not_made(name: str, value: object) -> None:
    with pytest.raises((TypeError, ValueError, KeyError, ArithmeticError)):
        maker(Outer)({**FULL, name: value})


def test_only_fields_of_known_kinds_can_be_made() -> None:
    with pytest.raises(TypeError, match="nobody knows how a"):
        maker(Odd)({"value": b""})


def test_the_collector_rests_only_inside_and_only_for_what_is_large() -> None:
    assert gc.isenabled()
    with uncollected():
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    assert gc.isenabled()
    with uncollected(large=False):
        assert gc.isenabled()
    with pytest.raises(RuntimeError, match="stop"), uncollected():
        raise RuntimeError("stop")
    assert gc.isenabled()


def test_who_turned_the_collector_off_finds_it_off() -> None:
    gc.disable()
    try:
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
