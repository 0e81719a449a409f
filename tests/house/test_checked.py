"""What a public value says that it holds, it holds."""

from __future__ import annotations

import inspect
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Literal, Protocol

import attrs
import pytest

from onestop_core import catalogue, deadlines, dossier, kpi
from onestop_core._public import arguments, constructors
from onestop_core.errors import InvalidValueError, OnestopError
from onestop_core.model import Channel, FrozenMap
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

LIMIT = deadlines.TimeLimit.parse("5 working days")


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


def _even(_: object, __: object, value: int) -> None:
    if value > 2:
        raise InvalidValueError.of("even", value, vi="đến 2", en="up to 2")


def _one_more(value: int) -> int:
    return value + 1


def _length(thing: Thing) -> int:
    return len(thing.name)


@attrs.frozen(kw_only=True)
class Thing:
    name: str = "x"
    note: str | None = None
    even: int = attrs.field(default=2, validator=_even)
    colour: Colour = Colour.RED
    words: tuple[str, ...] = ()
    pair: tuple[int, Colour | None] = (1, None)
    at: datetime | None = None
    day: date | None = None
    share: Fraction = Fraction(1)
    money: Decimal | None = None
    forms: FrozenMap[str, str] = attrs.field(factory=FrozenMap[str, str])
    version: Literal["1.0"] = "1.0"
    anything: Any = None
    things: tuple[Any, ...] = ()
    either: Any | int = 0
    total: int = attrs.field(default=0, converter=_one_more)
    text: Text | None = None
    length: int = attrs.field(init=False, default=attrs.Factory(_length, takes_self=True))


attrs.resolve_types(Thing)
constructors.check_fields(Thing)
arguments.check_members(Colour)


class Words(str):
    """A text of another package."""

    __slots__ = ()


def test_what_may_be_anything_is_not_looked_at() -> None:
    odd = object()
    assert Thing(anything=odd, things=(odd,), either=odd) == Thing(anything=odd, things=(odd,), either=odd)


def test_what_fits_is_taken_as_it_is() -> None:
    thing = Thing(name="Đ", words=("a",), pair=(2, Colour.BLUE), text=Text(vi="a", en="a"), anything=[1], total=3)
    assert (thing.name, thing.words, thing.pair, thing.anything, thing.total) == ("Đ", ("a",), (2, Colour.BLUE), [1], 4)
    assert attrs.evolve(thing, name="y").name == "y"


@pytest.mark.parametrize(
    ("given", "plain"),
    [
        ({"name": Words("x")}, "x"),
        ({"name": Channel.POST}, "post"),
        ({"colour": "blue"}, Colour.BLUE),
        ({"words": ["a", Words("b")]}, ("a", "b")),
        ({"pair": [1, "red"]}, (1, Colour.RED)),
        ({"share": 2}, Fraction(2)),
        ({"money": 5}, Decimal(5)),
        ({"forms": {"a": "b"}}, FrozenMap({"a": "b"})),
    ],
)
def test_what_means_the_same_is_made_plain(given: dict[str, Any], plain: object) -> None:
    (name,) = given
    held = getattr(Thing(**given), name)
    assert held == plain
    assert type(held) is type(plain)


@pytest.mark.parametrize(
    ("given", "vi", "en"),
    [
        ({"name": 1}, "văn bản", "text"),
        ({"name": "\ud800"}, "văn bản", "text"),
        ({"note": "a\0"}, "để trống", "None"),
        ({"even": 1.5}, "số nguyên", "an integer"),
        ({"even": "x"}, "số nguyên", "an integer"),
        ({"even": True}, "số nguyên", "an integer"),
        ({"colour": "green"}, "một trong: red, blue", "one of red, blue"),
        ({"words": "abc"}, "tuple", "a tuple of text"),
        ({"words": (1,)}, "tuple", "a tuple of text"),
        ({"pair": (1,)}, "tuple", "a tuple of an integer"),
        ({"at": date(2026, 3, 2)}, "thời điểm", "a moment"),
        ({"at": "now"}, "thời điểm", "a moment"),
        ({"day": "2026-03-02"}, "ngày", "a date"),
        ({"share": 0.5}, "Fraction", "Fraction"),
        ({"money": True}, "Decimal", "Decimal"),
        ({"forms": [1]}, "FrozenMap", "FrozenMap"),
        ({"version": "2.0"}, "một trong: '1.0'", "one of '1.0'"),
        ({"total": "x"}, "số nguyên", "an integer"),
        ({"text": "hồ sơ"}, "`Text`", "a Text"),
    ],
)
def test_what_means_nothing_is_refused_by_name(given: dict[str, Any], vi: str, en: str) -> None:
    (name,) = given
    with pytest.raises(InvalidValueError) as raised:
        Thing(**given)
    assert raised.value.what == name
    assert vi in raised.value.expected.vi
    assert en in raised.value.expected.en


def test_a_wrong_call_is_pythons_own_error() -> None:
    make: Any = Thing
    with pytest.raises(TypeError, match="colr"):
        make(colr="red")


def test_a_fault_of_our_own_is_not_hidden() -> None:
    def broken(_: object) -> int:
        raise ZeroDivisionError

    @attrs.frozen(kw_only=True)
    class Odd:
        size: int = attrs.field(default=0, converter=broken)

    constructors.check_fields(Odd)
    with pytest.raises(ZeroDivisionError):
        Odd(size=1)


def test_what_converters_stumble_over_is_made_plain_first() -> None:
    @attrs.frozen(kw_only=True)
    class Shout:
        word: Colour
        loud: bool = attrs.field(default=attrs.Factory(lambda shout: shout.word.name.isupper(), takes_self=True))

    attrs.resolve_types(Shout, localns={"Colour": Colour})
    constructors.check_fields(Shout)
    constructors.check_fields(Shout)
    made: Any = Shout
    assert made(word="red") == Shout(word=Colour.RED)


def test_a_code_that_is_none_is_refused_with_a_suggestion() -> None:
    with pytest.raises(InvalidValueError, match="did you mean red"):
        Colour("rot red")
    with pytest.raises(OnestopError, match="one of in_person, online, post"):
        Channel("telepathy")


def test_a_function_that_stumbles_looks_at_its_arguments() -> None:
    calls: Any = {
        "from_": lambda value: catalogue.diff(value, catalogue.shipped()),
        "calendar": lambda value: deadlines.due(datetime(2026, 3, 2, tzinfo=UTC), LIMIT, calendar=value),
        "facts": kpi.tally,
        "tally": kpi.measures.rates,
        "events": dossier.seal,
    }
    for call in calls.values():
        for wrong in (1, "text", [1], {"a": 1}, b"x"):
            with pytest.raises(OnestopError):
                call(wrong)


def test_what_a_function_is_given_is_made_plain_when_it_stumbles() -> None:
    def joined(
        words: tuple[str, ...], *more: str, by: Colour = Colour.RED, each: Callable[[str], str] | None = None
    ) -> str:
        return by.name + "".join(map(each or str, words + more))

    door = arguments.check_arguments(joined)
    assert door(("a",), "b", by="red") == "REDab"
    assert door(["a"], "b") == "REDab"
    assert arguments.check_arguments(door) is door
    for wrong in ({"words": "ab"}, {"words": (), "by": "green"}, {"words": ("a",), "each": 1}):
        with pytest.raises(InvalidValueError, match=next(reversed(wrong))):
            door(**wrong)
    with pytest.raises(TypeError, match="colour"):
        door((), colour="red")


def test_what_no_argument_explains_stays_what_it_is() -> None:
    def broken(words: str) -> int:
        return 1 // len(words[:0])

    with pytest.raises(ZeroDivisionError):
        arguments.check_arguments(broken)("x")


def test_a_function_of_so_many_arguments_is_called_again_with_what_was_meant() -> None:
    def joined(start: int, /, words: tuple[str, ...], *, by: Colour = Colour.RED) -> str:
        if start < 0:
            raise InvalidValueError.of("start", start, vi="số không âm", en="a number not negative")
        return f"{start}{by.name}" + "".join((*words, ""))

    door = arguments.check_arguments(joined)
    assert door(1, ("a",)) == "1REDa"
    assert door(1, words=["a"], by="red") == "1REDa"
    assert inspect.signature(door) == inspect.signature(joined)
    with pytest.raises(InvalidValueError, match="not negative"):
        door(-1, ())
    with pytest.raises(TypeError, match="colour"):
        door(1, (), colour="red")
    with pytest.raises(TypeError, match="positional"):
        door(start=1, words=())


def test_an_error_of_ours_passes_a_function_of_any_number_of_arguments() -> None:
    def refuses(*words: str) -> None:
        raise InvalidValueError.of("words", words, vi="không có gì", en="nothing")

    with pytest.raises(InvalidValueError, match="nothing"):
        arguments.check_arguments(refuses)("a")


def test_parameters_that_are_never_named_stay_so() -> None:
    def doubled(number: int, /) -> int:
        return number * 2

    door = arguments.check_arguments(doubled)
    assert door(2) == 4
    with pytest.raises(TypeError):
        door(number=2)


def test_an_error_of_ours_in_a_constructor_stays_what_it_is() -> None:
    @attrs.frozen(kw_only=True)
    class Strict:
        number: int

        def __attrs_post_init__(self) -> None:
            if self.number < 0:
                raise InvalidValueError.of("number", self.number, vi="số không âm", en="a number not negative")

    attrs.resolve_types(Strict, {"int": int}, {"int": int})
    constructors.check_fields(Strict)
    with pytest.raises(InvalidValueError, match="not negative"):
        Strict(number=-1)


class Asked(Protocol):
    def answer(self) -> str: ...


class Answering:
    def answer(self) -> str:
        return "yes"


@attrs.frozen(kw_only=True)
class Asking:
    whom: Asked


attrs.resolve_types(Asking)
constructors.check_fields(Asking)


def test_a_protocol_asks_for_what_it_names() -> None:
    assert Asking(whom=Answering()).whom.answer() == "yes"
    assert Asking(whom=Answering()).whom.answer() == "yes"
    make: Any = Asking
    for wrong in (None, "yes", object()):
        with pytest.raises(InvalidValueError, match="whom"):
            make(whom=wrong)


def test_what_holds_many_things_is_looked_at_if_it_can_be_looked_at_twice() -> None:
    def added(
        numbers: Iterable[int],
        named: Mapping[str, int] | None = None,
        first: Sequence[str] = (),
        each: Callable[[int], int] | None = None,
        kind: type[int] = int,
        nothing: None = None,
    ) -> int:
        del nothing
        each_ = each or kind
        return sum(each_(number) + 0 for number in numbers) + sum((named or {}).values()) + len(first[0:])

    door: Any = arguments.check_arguments(added)
    assert door(iter([1, 2]), {"a": 3}, ["x"]) == 7
    for name, wrong, said in (
        ("numbers", 5, "several of: an integer"),
        ("numbers", "12x", "several of"),
        ("numbers", [1, "x"], "several of"),
        ("numbers", range(2), None),
        ("named", [1], "a mapping or None"),
        ("named", {1: 2, "b": "x"}, "a mapping"),
        ("first", 3, "several of: text"),
        ("each", 3, "Callable"),
        ("kind", int, None),
        ("named", MappingProxyType({"a": 1}), None),
    ):
        given = {"numbers": [1], "first": [], name: wrong}
        if said is None:
            assert door(**given) in {1, 2}
        else:
            with pytest.raises(InvalidValueError) as raised:
                door(**given)
            assert raised.value.what == name
            assert said in raised.value.expected.en
    with pytest.raises(InvalidValueError, match="nothing"):
        door(numbers=iter([object()]), nothing=1)


def test_an_annotation_that_cannot_be_read_asks_for_nothing() -> None:
    def odd(one, two: NowhereToBeFound = 0) -> int:  # type: ignore[name-defined, no-untyped-def] # noqa: F821
        return int(one // two)

    with pytest.raises(ZeroDivisionError):
        arguments.check_arguments(odd)(1)


def test_repr_of_what_cannot_be_printed_is_its_kind() -> None:
    from onestop_core._public.values import shorten

    shorten(Thing)
    assert "<int>" in repr(Thing(anything=10**5000))
    assert "words=<9>" in repr(Thing(words=tuple("abcdefghi")))
    assert len(repr(Thing(name="x" * 500, note="y" * 500))) < 200


def test_a_pickle_gets_the_defaults_of_new_fields() -> None:
    from onestop_core._public.values import restore

    restore(Thing)
    again: Any = object.__new__(Thing)
    again.__setstate__({"name": "old"})
    assert (again.name, again.note, again.length, again.forms) == ("old", None, 3, {})
    assert not hasattr(again, "nowhere")


def test_a_mapping_is_looked_into_key_by_key() -> None:
    def added(named: Mapping[str, int], bonus: int) -> int:
        return sum(named.values()) + bonus

    door = arguments.check_arguments(added)
    assert door({"a": 1}, 1) == 2
    assert door(MappingProxyType({"a": 1}), 1) == 2
    for wrong in ({"a": "1"}, {1: None}, [1]):
        with pytest.raises(InvalidValueError, match="named"):
            door(wrong, 1)
    with pytest.raises(InvalidValueError, match="bonus"):
        door(MappingProxyType({"a": 1}), "x")
    with pytest.raises(InvalidValueError, match="bonus"):
        door({"a": 1}, "x")


class _Made:
    """What is counted while values are made."""

    def __init__(self) -> None:
        self.times = 0

    def __call__(self) -> tuple[str, ...]:
        self.times += 1
        return (str(self.times),)


_made = _Made()


def _double(value: Any, self_: Any) -> int:
    return int(value) * len(self_.name)


@attrs.frozen(kw_only=True)
class Worked:
    name: str = "ab"
    made: tuple[str, ...] = attrs.field(factory=_made)
    plain: int = attrs.field(init=False, default=7)
    counted: int = attrs.field(init=False, default=attrs.Factory(lambda self: len(self.name), takes_self=True))
    anew: tuple[str, ...] = attrs.field(init=False, factory=tuple[str, ...])
    later: str = attrs.field(init=False)

    def __attrs_post_init__(self) -> None:
        object.__setattr__(self, "later", self.name * 2)
        if not self.name:
            raise InvalidValueError.of("name", self.name, vi="một tên", en="a name")


@attrs.frozen(kw_only=True, cache_hash=True)
class Cached:
    name: str


@attrs.frozen(kw_only=True, slots=False)
class Open:
    name: str = attrs.field(default=attrs.Factory(lambda self: type(self).__name__, takes_self=True))


@attrs.frozen(kw_only=True)
class Converted:
    name: str = "ab"
    size: Any = attrs.field(default="3", converter=attrs.Converter(_double, takes_self=True))  # type: ignore[misc]


for _kind in (Worked, Cached, Open, Converted):
    attrs.resolve_types(_kind)
    constructors.check_fields(_kind)


def test_a_constructor_does_all_that_attrs_would_do() -> None:
    before = _made.times
    made: Any = Worked
    one, other = made(), made(name=Words("xyz"), made=["q"])
    assert (one.made, one.plain, one.counted, one.anew, one.later) == ((str(before + 1),), 7, 2, (), "abab")
    assert (other.name, type(other.name), other.made, other.counted) == ("xyz", str, ("q",), 3)
    assert _made.times == before + 1
    with pytest.raises(InvalidValueError, match="a name"):
        made(name="")
    with pytest.raises(InvalidValueError, match="made"):
        made(made=(1,))


@pytest.mark.parametrize("kind", [Cached, Open, Converted])
def test_a_class_of_another_make_is_checked_as_well(kind: Any) -> None:
    assert hash(kind(name="a")) == hash(kind(name="a"))
    assert kind(name=Words("a")) == kind(name="a")
    with pytest.raises(InvalidValueError, match="name"):
        kind(name=1)


def test_what_is_trusted_is_made_as_attrs_would_make_it() -> None:
    @attrs.frozen
    class Pair:
        left: int
        right: list[int] = attrs.field(factory=list[int])

    @attrs.frozen(kw_only=True, slots=False)
    class Slotless:
        name: str

    made: Any = constructors.trusted(Pair)
    assert (made(1).left, made(left=1, right=2).right, made("2").right) == (1, 2, [])
    assert constructors.trusted(Slotless)(name="a") == Slotless(name="a")
