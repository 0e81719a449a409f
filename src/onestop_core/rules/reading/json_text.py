"""JSON text read as fast as the standard reader reads it, and looked at afterwards for what a document may not hold.

The standard reader does what it does in C; hooks are called only for what is rare (numbers with a fraction, NaN).
That no key is repeated follows from counting colons. What one walk does not show to be sound, because something in it is
rare or wrong, is looked at level by level; only a document that is refused is read again, to say where.
"""

from __future__ import annotations

import json
import re
from decimal import Decimal
from itertools import chain, islice
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.errors import Problem
from onestop_core.errors.problem import capped
from onestop_core.rules.collecting import uncollected
from onestop_core.rules.reading import plain
from onestop_core.rules.reading.plain import MAX_DIGITS, Repeating, Seen, Unusable, number_too_long, walked
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from onestop_core.errors.problem import Where

from onestop_core.rules.reading.size_limits import MAX_FRACTIONS

__all__ = ["MAX_FRACTIONS", "read_text"]

_MAX_REPEATED: Final = 10_000
"""Most repeated keys that are looked up one by one; of more it is only said how many there are."""
_BATCH: Final = 10_000
"""Texts looked at together."""

_LONG: Final = (11, re.compile(r"[0-9]{3}"))
"""A number of more than forty digits covers three of the samples taken at every eleventh character."""
_ENDLESS: Final = (997, re.compile(r"[0-9]{4}"))
"""Likewise one of more than four thousand digits, which Python refuses to read or reads for ever."""
_TOO_LONG: Final = 10**MAX_DIGITS
_EXPONENT: Final = re.compile(r"[eE][+-]?0*([0-9]+)")
_STRING: Final = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"[ \t\r\n]*(:?)', re.DOTALL)
_ESCAPES: Final = ("\\ud", "\\uD", "\\u0000")
_LARGE: Final = 1_000_000
"""From so many characters on the garbage collector costs more than the reading."""
_COLON: Final = "\\u003"
_SOUND: Final[frozenset[type]] = frozenset({bool, type(None), Decimal, int, str})
"""Types of which nothing is wrong in what was read from text, unless the glance at it said so."""
_Level = tuple[list[list[Any]], list[dict[str, Any]]]
"""The lists and the objects that stand equally deep."""


class _TooManyFractionsError(Exception):
    """Ends the reading of a document that holds more different fractions than any of ours."""


class _Fractions(dict[str, Any]):
    """Numbers with a fraction or an exponent, by how they are written; each is computed once."""

    def __missing__(self, literal: str) -> Decimal | int | Unusable:
        if len(self) >= MAX_FRACTIONS:
            raise _TooManyFractionsError
        found = self[literal] = _decimal(literal)
        return found


_TOO_MANY: Final = Problem.at(
    "$",
    "json/too-many-fractions",
    vi=f"có hơn {MAX_FRACTIONS} số khác nhau không phải số nguyên",
    en=f"more than {MAX_FRACTIONS} different numbers that are not whole",
)
_ANY_LONG: Final = number_too_long("")


class _Constants(dict[str, Unusable]):
    """What JSON text says that is no JSON: NaN, Infinity."""

    def __missing__(self, name: str) -> Unusable:
        words = Text(vi=f"{name} không phải là số", en=f"{name} is not a number of JSON")
        found = self[name] = Unusable("json/not-a-number", words)
        return found


def _decimal(literal: str) -> Decimal | int | Unusable:
    if len(literal) > MAX_DIGITS:
        return number_too_long(literal)
    # 1e999999999 is short to write and endless to add; with more digits not even decimal takes it.
    exponent = _EXPONENT.search(literal)
    if exponent is not None and len(exponent[1]) > 3:
        return number_too_long(literal)
    number = Decimal(literal)
    if abs(number.adjusted()) > MAX_DIGITS:
        return number_too_long(literal)
    # To JSON Schema, and to readers in other languages, 1.0 is the integer 1.
    whole = number.adjusted() < MAX_DIGITS and number == number.to_integral_value()
    return int(number) if whole else number


def read_text(
    text: str, *, most: int, mark: Callable[[str], bool] = plain.nothing
) -> tuple[Any, Seen | None, tuple[Problem, ...]]:
    """Return the document that *text* holds, what was seen of it, and at most *most* problems; with a problem, no document.

    Raises:
        json.JSONDecodeError: it is no JSON.
        RecursionError: it is nested deeper than Python goes.
    """
    reading = _Text(text)
    try:
        document = reading.loaded()
    except _TooManyFractionsError:
        return None, None, (_TOO_MANY,)
    if not reading.doubtful and not reading.holds(*_ESCAPES, _COLON):
        seen = plain.seen(document, mark=mark, decoded=True)
        if seen is not None and text.count(":") == seen.members + seen.colons:
            return document, seen, ()
    document, problems = reading.looked_at(document, most=most)
    return document, None if problems else plain.seen(document, mark=mark), problems


class _Text:
    """A text being read, and what of it was rare."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._fractions = _Fractions()
        self._constants = _Constants()
        self._endless = any(text[at : at + _ENDLESS[0]].isdigit() for at in _sampled(text, _ENDLESS))
        self._escaped = "\\u" in text

    def holds(self, *escapes: str) -> bool:
        """Return whether one of these characters stands in the text by its number."""
        return self._escaped and any(escape in self._text for escape in escapes)

    @property
    def doubtful(self) -> bool:
        """Whether a value that was read may be none."""
        return self._endless or bool(self._constants) or Unusable in set(map(type, self._fractions.values()))

    def loaded(self, **hooks: Any) -> Any:
        """Return what the standard reader reads."""
        with uncollected(large=len(self._text) > _LARGE):
            return json.loads(
                self._text,
                parse_float=self._fractions.__getitem__,
                parse_constant=self._constants.__getitem__,
                parse_int=_integer if self._endless else None,
                **hooks,
            )

    def looked_at(self, document: Any, *, most: int) -> tuple[Any, tuple[Problem, ...]]:
        """Return the *document* if nothing is wrong with it, else what is."""
        text = self._text
        look = _Look(document, text, doubtful=self.doubtful)
        if look.problem is not None:
            return None, (look.problem,)
        repeated = _repeated(text, look)
        if repeated > _MAX_REPEATED:
            vi, en = f"có hơn {_MAX_REPEATED} khóa bị lặp", f"more than {_MAX_REPEATED} keys are repeated"
            return None, (Problem.at("$", "json/duplicate-key", vi=vi, en=en),)
        # Half a surrogate pair, and NUL, can come into text by an escape only.
        broken = self.holds(*_ESCAPES) and any(map(plain.is_broken, look.texts()))
        if not (repeated or broken or look.unusable or look.long_numbers):
            return document, ()
        sound = _SOUND - ({str} if broken else set()) - ({int} if look.long_numbers else set())
        if repeated:
            # Of a repeated key the standard reader keeps the last; read again by pairs.
            del document, look
            document = self.loaded(object_pairs_hook=_object)
        found = capped(walked(document, sound=sound), most=most)
        return (None, found) if found else (document, ())


def _sampled(text: str, run: tuple[int, re.Pattern[str]]) -> Iterator[int]:
    """Yield where in *text* a long run of digits may begin."""
    step, digits = run
    return (found.start() * step for found in digits.finditer(text[::step]))


def _integer(literal: str) -> int | Unusable:
    return int(literal) if len(literal.removeprefix("-")) <= MAX_DIGITS else _ANY_LONG


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    members = dict(pairs)
    if len(members) == len(pairs):
        return members
    seen: set[str] = set()
    twice = dict.fromkeys(key for key, _ in pairs if key in seen or seen.add(key))  # type: ignore[func-returns-value]
    found = Repeating(members)
    found.repeated = tuple(twice)
    return found


class _Look:
    """What a glance at a parsed document shows, level by level: how many keys, and whether all is plain and bounded."""

    def __init__(self, document: Any, text: str, *, doubtful: bool) -> None:
        self._document = document
        self.keys = 0
        self.unusable = type(document) is Unusable
        self.long_numbers = type(document) is int and not -_TOO_LONG < document < _TOO_LONG
        self.problem: Problem | None = None
        self._levels: list[_Level] = []
        # Where nothing can be wrong with values, only lists and objects are looked for, and no more than the text opens.
        ints = next(_sampled(text, _LONG), None) is not None
        closed = text.count("[") + text.count("{")
        nodes = 1
        level: _Level = [], []
        if isinstance(document, list | dict):
            level[isinstance(document, dict)].append(cast("Any", document))
        while level[0] or level[1]:
            self._levels.append(level)
            keys = sum(map(len, level[1]))
            items = sum(map(len, level[0]))
            if len(self._levels) > plain.MAX_DEPTH and keys + items:
                self.problem = plain.too_deep(self._way())
                return
            self.keys += keys
            nodes += keys + items
            if nodes > plain.MAX_NODES:
                self.problem = plain.too_large()
                return
            closed -= len(level[0]) + len(level[1])
            level = self._below(level, ints=ints) if ints or doubtful or closed else ([], [])

    def _below(self, level: _Level, *, ints: bool) -> _Level:
        kinds = set(map(type, _values(level)))
        self.unusable = self.unusable or Unusable in kinds
        if ints and int in kinds:
            numbers = _values(level) if kinds == {int} else [each for each in _values(level) if type(each) is int]
            self.long_numbers = self.long_numbers or any(not -_TOO_LONG < each < _TOO_LONG for each in numbers)
        lists: list[list[Any]] = [each for each in _values(level) if type(each) is list] if list in kinds else []
        return lists, [each for each in _values(level) if type(each) is dict] if dict in kinds else []

    def texts(self) -> Iterator[str]:
        """Yield all texts and keys, many at a time in one."""
        if isinstance(self._document, str):
            yield self._document
        for level in self._levels:
            values = (each for each in _values(level) if type(each) is str)
            for texts in (values, chain.from_iterable(level[1])):
                while batch := list(islice(texts, _BATCH)):
                    yield "".join(batch)

    def _way(self) -> Where:
        """Return the beginning of the way to the first object or list that is too deep."""
        deepest = cast("Iterator[Any]", chain(*self._levels[-1]))
        target = next(each for each in deepest if each)
        parts: list[str | int] = []
        for lists, dicts in reversed(self._levels[:-1]):
            ways: Iterator[tuple[Any, str | int, Any]] = chain(
                ((each, name, value) for each in lists for name, value in enumerate(each)),
                ((each, name, value) for each in dicts for name, value in each.items()),
            )
            target, name = next((each, name) for each, name, value in ways if value is target)
            parts.insert(0, name)
        return tuple(parts)


def _values(level: _Level) -> Iterator[Any]:
    """Return what stands in the lists and objects of a level."""
    return chain(chain.from_iterable(level[0]), chain.from_iterable(map(dict[str, Any].values, level[1])))


def _repeated(text: str, look: _Look) -> int:
    """Return about how many keys of *text* are not in what was read; 0 if none: each key is followed by one colon."""
    colons = text.count(":")
    if colons == look.keys:
        return 0
    # Colons written as escapes are in the texts read, and not in the text.
    if _COLON in text:
        return sum(1 for found in _STRING.finditer(text) if found[1]) - look.keys
    return colons - sum(each.count(":") for each in look.texts()) - look.keys
