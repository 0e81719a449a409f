"""What a document may be made of, and how that is found out quickly: plain JSON types, bounded in every direction."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.errors import Problem
from onestop_core.errors.problem import MAX_PROBLEMS, Where, capped, json_path
from onestop_core.text import Text, shown

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

from onestop_core.rules.reading.size_limits import MAX_DEPTH, MAX_DIGITS, MAX_NODES, MAX_SHARED

__all__ = [
    "MAX_DEPTH",
    "MAX_DIGITS",
    "MAX_NODES",
    "MAX_SHARED",
    "Repeating",
    "Seen",
    "Unusable",
    "inspect",
    "is_broken",
    "is_plain",
    "nothing",
    "number_too_long",
    "seen",
    "too_deep",
    "too_large",
    "walked",
]


class Unusable:
    """Stands in a parsed document for what JSON text said and a document may not hold."""

    __slots__ = ("rule", "text")

    def __init__(self, rule: str, text: Text) -> None:
        self.rule: str = rule
        self.text: Text = text


class Repeating(dict[str, Any]):
    """A parsed object whose text repeated keys."""

    repeated: tuple[str, ...] = ()


def number_too_long(literal: str) -> Unusable:
    """Return what stands for a number that promises gigabytes, or more digits than any count has."""
    begin = literal[:20]
    return Unusable(
        "json/number-too-long",
        Text(
            vi=f"số quá dài: {begin}… (nhiều nhất {MAX_DIGITS} ký tự)",
            en=f"number too long: {begin}… (at most {MAX_DIGITS} characters)",
        ),
    )


def _not_a_number(name: str) -> tuple[str, Text]:
    return "json/not-a-number", Text(vi=f"{name} không phải là số", en=f"{name} is not a number of JSON")


def too_deep(parts: Where) -> Problem:
    """Return the finding that a document is nested too deep, the way there beginning with *parts*."""
    vi, en = f"lồng sâu hơn {MAX_DEPTH} tầng", f"nested deeper than {MAX_DEPTH} levels"
    return Problem.at(parts[:4], "json/too-deep", vi=vi, en=en)


def too_large() -> Problem:
    """Return the finding that a document holds too many values."""
    return Problem.at("$", "json/too-large", vi="quá nhiều giá trị", en=f"more than {MAX_NODES} values")


_BROKEN: Final = Text(vi="ký tự Unicode hỏng (surrogate lẻ hoặc NUL)", en="broken Unicode (a lone surrogate, or NUL)")


def is_broken(text: str) -> bool:
    """Return whether *text* holds NUL or half a surrogate pair, which no file and no database takes."""
    if "\0" in text:
        return True
    if text.isascii():
        return False
    try:
        text.encode("utf-16-le")  # refuses the same as UTF-8, in a fifth of the time
    except UnicodeEncodeError:
        return True
    return False


def _leaf_problem(value: object) -> tuple[str, Text] | None:
    """Return the rule that a value without children breaks."""
    match value:
        case None | bool():
            return None
        case str():
            return ("json/unicode", _BROKEN) if is_broken(value) else None
        case int():
            # Compared, not printed: printing a huge integer is itself expensive.
            return None if -_TOO_LONG < value < _TOO_LONG else _long()
        case float():
            return None if math.isfinite(value) else _not_a_number(str(value))
        case Decimal():
            if not value.is_finite():
                return _not_a_number(str(value))
            bounded = abs(value.adjusted()) <= MAX_DIGITS and len(value.as_tuple().digits) <= MAX_DIGITS + 1
            return None if bounded else _long()
        case Unusable():
            return value.rule, value.text
        case _:
            name = type(value).__name__
            return "json/type", Text(vi=f"kiểu {name} không có trong JSON", en=f"{name} is not a type of JSON")


def _long() -> tuple[str, Text]:
    found = number_too_long("")
    return found.rule, found.text


_LEAVES: Final = frozenset({bool, int, float, Decimal, type(None)})
_TOO_LONG: Final = 10**MAX_DIGITS
_kind: Callable[[Any], Any] = type  # of which type checkers conclude nothing about what is in a dict
_OUTER: Final = 3
"""Levels read one by one; below them stand the entries of a list such as the procedures, each read whole."""
_MANY: Final = 4_096
"""Objects and lists of one level from which on it is asked whether they are the same few again and again."""


class _NotPlainError(Exception):
    """Not plain, or not surely so; :func:`inspect` says why."""


class Seen:
    """What was seen of a plain document on the way through it."""

    def __init__(self) -> None:
        self.marked: set[int] = set()
        """The numbers of the parts whose texts were marked; the last part is the keys."""
        self.last = -1
        """The number of the last part."""
        self.members = 0
        """How many members all objects have together."""
        self.colons = 0
        """How many colons stand in texts; one more for keys that hold some."""


class _Reading:
    """A document on its way to be found plain: the room left in it, the texts of the part being read, all keys."""

    def __init__(self, mark: Callable[[str], bool], *, decoded: bool) -> None:
        self.seen = Seen()
        self.room = MAX_NODES
        self.texts: list[str] = []
        self.keys: set[str] = set()  # the same few again and again, so looked at once
        self._mark = mark
        self._decoded = decoded

    def layer(self, containers: Iterable[Any]) -> list[Any]:
        """Read what stands in objects and lists, and return the objects and lists among that."""
        texts, keys = self.texts, self.keys
        below: list[Any] = []
        for container in containers:
            # A small graph may unfold into an enormous one between two levels.
            self.room -= len(container)
            if self.room < 0:
                raise _NotPlainError
            inner = container
            if _kind(container) is dict:
                self.seen.members += len(container)
                for key in container:
                    if type(key) is not str:
                        raise _NotPlainError
                    if key not in keys:
                        keys.add(key)
                inner = container.values()
            for value in inner:
                kind = _kind(value)
                if kind is str:
                    texts.append(value)
                elif kind is dict or kind is list:
                    below.append(value)
                elif not (kind is int and -_TOO_LONG < value < _TOO_LONG) and (
                    kind not in _LEAVES or _leaf_problem(value) is not None
                ):
                    raise _NotPlainError
        if len(below) > _MANY and len(set(map(id, below))) * 4 < len(below):
            raise _NotPlainError
        return below

    def part(self, texts: Iterable[str]) -> None:
        """See a part whole, its texts joined by line feeds.

        Raises:
            _NotPlainError: they are not Unicode, or hold NUL.
        """
        joined = "\n".join(texts)
        if not self._decoded and is_broken(joined):
            raise _NotPlainError
        self.seen.last += 1
        self.seen.colons += joined.count(":")
        if self._mark(joined):
            self.seen.marked.add(self.seen.last)


def seen(document: object, *, mark: Callable[[str], bool], decoded: bool = False) -> Seen | None:
    """Return what is seen of *document* on the way through it; None where it is not plain, as :func:`is_plain` says.

    >>> found = seen({"fees": ["đồng", "a: b"]}, mark=lambda texts: "a" in texts)
    >>> found.marked, found.last, found.members, found.colons
    ({0}, 1, 1, 1)

    Args:
        document: Anything.
        mark: Asked of the texts of the document, joined by line feeds, part by part, whether the part is marked: those of its
            outer three levels, those of each object or list that stands in one of its members, in their order; then its keys,
            each once.
        decoded: Whether its texts were decoded from bytes, without an escape that could break them.
    """
    reading = _Reading(mark, decoded=decoded)
    try:
        # A part is read to its end before the next: what lies together in memory is looked at together.
        outer: list[Any] = [[document]]
        for _ in range(_OUTER):
            outer = reading.layer(outer)
        reading.part(reading.texts)
        for part in outer:
            reading.texts = []
            layer = [part]
            for _ in range(MAX_DEPTH - _OUTER + 1):
                if not layer:
                    break
                layer = reading.layer(layer)
            if layer:
                return None
            reading.part(reading.texts)
        reading.part(reading.keys)
    except _NotPlainError:
        return None
    return reading.seen


def is_plain(document: object) -> bool:
    """Return whether *document* is plain, bounded, and made of the very types that ``parse_json`` gives.

    Fast, and strict: no tuple, no subclass. Where it says no, :func:`inspect` says why, or forgives.

    >>> is_plain({"fee": [1]}), is_plain({"fee": (1,)}), is_plain({"fee": float("nan")})
    (True, False, False)
    """
    return seen(document, mark=nothing) is not None


def nothing(_: str) -> bool:
    """Mark no part."""
    return False


def inspect(document: object, *, most: int = MAX_PROBLEMS) -> tuple[Problem, ...]:
    """Return why *document*, of any Python types, is not a plain bounded JSON document; nothing if it is.

    >>> inspect({"fee": float("nan")})[0].path
    '$.fee'

    Args:
        document: Anything.
        most: Most problems listed; of more, a last one says that there are.
    """
    if is_plain(document):
        return ()
    try:
        _ensure_bounded(document)
    except _UnboundedError as error:
        return (error.problem,)
    return capped(walked(document), most=most)


class _UnboundedError(Exception):
    """Stops the measuring of a document that is too deep, within itself, or too large when written out."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


class _Measuring:
    """Measures an object graph by looking at each object once, however often it stands in it."""

    def __init__(self) -> None:
        self.known: dict[int, tuple[int, int] | None] = {}
        self.kept: list[object] = []  # an object that is let go could lend its identity to another
        self.once = 0

    def of(self, value: object, parts: Where) -> tuple[int, int]:
        """Return how many values *value* unfolds into, and how deep it is."""
        children = _children(value)
        if children is None:
            return 1, 0
        if len(parts) > MAX_DEPTH:
            raise _UnboundedError(too_deep(parts))
        key = id(value)
        if key in self.known:
            found = self.known[key]
            if found is None or found[1] + len(parts) > MAX_DEPTH:
                raise _UnboundedError(too_deep(parts))
            return found
        self.kept.append(value)
        self.known[key] = None
        size, height = 1, 0
        for name, child in children:
            inner, deep = self.of(child, (*parts, name)) if _children(child) is not None else (1, 0)
            size += inner
            height = max(height, deep + 1)
            self.once += 1
        if len(parts) + height > MAX_DEPTH:
            raise _UnboundedError(too_deep(parts))
        self.known[key] = (size, height)
        return size, height


def _ensure_bounded(document: object) -> None:
    measuring = _Measuring()
    size, _ = measuring.of(document, ())
    if size > MAX_NODES or size - measuring.once - 1 > MAX_SHARED:
        raise _UnboundedError(too_large())


def _children(value: object) -> Iterable[tuple[Any, object]] | None:
    """Return what stands in an object or list, by key or index; None for what is neither, or does not say."""
    if isinstance(value, list | tuple):
        return enumerate(cast("Sequence[object]", value))
    if type(value) is dict:
        return cast("dict[Any, object]", value).items()
    if isinstance(value, Mapping):
        try:
            return list(cast("Mapping[Any, object]", value).items())
        except Exception:  # noqa: BLE001 - a mapping of somebody else may raise anything
            return None
    return None


def walked(value: object, parts: Where = (), *, sound: frozenset[type] = frozenset()) -> Iterator[Problem]:
    """Yield what is wrong in a bounded document, in its order; values of the *sound* types need not be looked at."""
    children = _children(value)
    if children is None:
        found = _leaf_problem(value)
        if found is not None:
            yield Problem(path=json_path(parts), rule=found[0], text=found[1])
        return
    if isinstance(value, Mapping):
        yield from _wrong_keys(cast("Mapping[Any, object]", value), parts)
    for name, child in children:
        kind = type(child)
        # What holds nothing but sound values need not be entered.
        if kind in sound or (kind is list and sound.issuperset(map(type, cast("list[object]", child)))):
            continue
        if isinstance(name, int | str):
            yield from walked(child, (*parts, name), sound=sound)


def _wrong_keys(members: Mapping[Any, object], parts: Where) -> Iterator[Problem]:
    if isinstance(members, Repeating):
        for key in members.repeated:
            name = shown(key)
            yield Problem.at(
                parts, "json/duplicate-key", vi=f"khóa {name} bị lặp", en=f"key {name} appears more than once"
            )
    for key, _ in _children(members) or ():
        if not isinstance(key, str):
            name = shown(key)
            yield Problem.at(parts, "json/key", vi=f"khóa {name} không phải chuỗi", en=f"key {name} is not a string")
        elif is_broken(key):
            yield Problem.at(parts, "json/unicode", vi=_BROKEN.vi, en=_BROKEN.en)
