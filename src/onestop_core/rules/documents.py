"""Reading documents from outside: hostile until proven plain, bounded JSON.

A document is refused, with every place that is wrong, when it is too large or too deep, repeats a key,
holds NaN or a number that promises gigabytes, or text that is not Unicode. What passes is made of
``dict``, ``list``, ``str``, ``int``, ``Decimal``, ``bool`` and ``None`` only.
"""

from __future__ import annotations

import json
import math
import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem
from onestop_core.errors.problem import Where, json_path
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

__all__ = [
    "MAX_BYTES",
    "MAX_DEPTH",
    "MAX_NODES",
    "Where",
    "inspect",
    "is_plain",
    "json_path",
    "opened",
    "parse_json",
    "read_json",
]

MAX_BYTES: Final = 256 * 1024 * 1024
"""Largest document read, in bytes; some twenty times a national catalogue of 6,500 procedures."""
MAX_DEPTH: Final = 64
"""Deepest nesting read; the deepest schema of ours needs twelve."""
MAX_NODES: Final = 20_000_000
"""Most values read; stops a small object graph that unfolds into an enormous one."""
_MAX_NUMBER: Final = 40
"""Most characters in a number: more than any sum of money or count in a one-stop shop."""


class _Refused:
    """Stands in a parsed document for what JSON text said and a document may not hold."""

    def __init__(self, rule: str, text: Text) -> None:
        self.rule = rule
        self.text = text


class _Repeating(dict[str, Any]):
    """A parsed object whose text repeated a key."""

    def __init__(self, pairs: list[tuple[str, Any]]) -> None:
        super().__init__(pairs)
        times = Counter(key for key, _ in pairs)
        self.repeated = tuple(key for key, count in times.items() if count > 1)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    plain = dict(pairs)
    return plain if len(plain) == len(pairs) else _Repeating(pairs)


def _long_number(literal: str) -> _Refused:
    shown = literal[:20]
    return _Refused(
        "json/number-too-long",
        Text(vi=f"số quá dài: {shown}…", en=f"number too long: {shown}… (at most {_MAX_NUMBER} characters)"),
    )


def _integer(literal: str) -> int | _Refused:
    return int(literal) if len(literal) <= _MAX_NUMBER else _long_number(literal)


def _decimal(literal: str) -> Decimal | int | _Refused:
    if len(literal) > _MAX_NUMBER:
        return _long_number(literal)
    try:
        number = Decimal(literal)
    except InvalidOperation:  # its exponent alone is more than a decimal can hold
        return _long_number(literal)
    # 1e999999999 is short to write and endless to add.
    if abs(number.adjusted()) > _MAX_NUMBER:
        return _long_number(literal)
    # To JSON Schema, and to readers in other languages, 1.0 is the integer 1.
    whole = number.adjusted() < _MAX_NUMBER and number == number.to_integral_value()
    return int(number) if whole else number


def _constant(name: str) -> _Refused:
    return _Refused("json/not-a-number", Text(vi=f"{name} không phải là số", en=f"{name} is not a number of JSON"))


def _refuse(rule: str, text: Text, source: str | None) -> InvalidDocumentError:
    return InvalidDocumentError(problems=(Problem(path="$", rule=rule, text=text),), source=source)


def parse_json(content: str | bytes, *, source: str | None = None) -> Any:
    """Return the document that *content* (UTF-8, with or without BOM) holds.

    >>> parse_json('{"limit": "5 working days"}')
    {'limit': '5 working days'}
    >>> parse_json('{"a": 1, "a": 2}')
    Traceback (most recent call last):
    onestop_core.errors.InvalidDocumentError: invalid document (1 problems):
      $: key 'a' appears more than once

    Raises:
        InvalidDocumentError: with every problem found; *source* names the origin in the message.
    """
    if len(content) > MAX_BYTES:
        text = Text(vi=f"lớn hơn {MAX_BYTES} byte", en=f"larger than {MAX_BYTES} bytes")
        raise _refuse("json/too-large", text, source)
    try:
        text_content = content.decode("utf-8-sig") if isinstance(content, bytes) else content.removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        text = Text(vi=f"không phải UTF-8 (byte thứ {error.start})", en=f"not UTF-8 (at byte {error.start})")
        raise _refuse("json/encoding", text, source) from None
    try:
        document = json.loads(
            text_content,
            object_pairs_hook=_object,
            parse_int=_integer,
            parse_float=_decimal,
            parse_constant=_constant,
        )
    except json.JSONDecodeError as error:
        raise _refuse("json/syntax", _syntax(text_content, error), source) from None
    except RecursionError:
        raise _refuse("json/too-deep", _too_deep(), source) from None
    problems = inspect(document)
    if problems:
        raise InvalidDocumentError(problems=problems, source=source)
    return document


_YAML: Final = re.compile(r"\s*(?:#[^\n]*\n\s*)*(?:---|%YAML|(?:- )?[A-Za-z_][\w.-]*:(?:\s|\Z))")
_EXPECTED: Final = {
    "Expecting value": "cần một giá trị",
    "Expecting property name enclosed in double quotes": "cần tên thuộc tính trong dấu ngoặc kép",
    "Expecting ':' delimiter": "thiếu dấu hai chấm",
    "Expecting ',' delimiter": "thiếu dấu phẩy",
    "Illegal trailing comma before end of object": "thừa dấu phẩy ở cuối",
    "Illegal trailing comma before end of array": "thừa dấu phẩy ở cuối",
    "Extra data": "thừa nội dung sau tài liệu",
    "Unterminated string starting at": "chuỗi chưa đóng ngoặc kép",
    "Invalid control character at": "chuỗi chứa ký tự điều khiển",
    "Invalid \\escape": "ký hiệu thoát không hợp lệ",
    "Invalid \\uXXXX escape": "ký hiệu thoát không hợp lệ",
}


def _syntax(text: str, error: json.JSONDecodeError) -> Text:
    """Return why *text* is no JSON: what it is instead, or where it stops being one."""
    if not text.strip():
        return Text(vi="tài liệu rỗng", en="the document is empty")
    if _YAML.match(text):
        return Text(
            vi="đây là YAML; cần JSON, hãy chuyển đổi trước", en="this is YAML; JSON is read, so convert it first"
        )
    why = _EXPECTED.get(error.msg, "")
    return Text(
        vi=f"không phải JSON ở dòng {error.lineno}, cột {error.colno}" + (f": {why}" if why else ""),
        en=f"not JSON at line {error.lineno}, column {error.colno}: {error.msg}",
    )


def read_json(path: str | Path) -> Any:
    """Return the document in the file *path*; ``-`` is not special.

    Raises:
        OSError: the file cannot be read.
        InvalidValueError: no file can have that name.
        InvalidDocumentError: it does not hold a plain document.
    """
    try:
        with Path(path).open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except ValueError as error:  # NUL, or half a character: no file system has such a name
        raise InvalidValueError.of("path", str(path), vi="tên tệp", en="the name of a file") from error
    return parse_json(content, source=str(path))


def opened(source: object) -> tuple[Any, str | None]:
    """Return the document that *source* names or is, and the name of its file: what is no path is taken for a document.

    Raises:
        OSError: the file cannot be read.
        InvalidDocumentError: it does not hold a plain document.
    """
    if isinstance(source, str | PathLike):
        path = cast("str | Path", source)
        return read_json(path), str(path)
    return source, None


def _too_deep() -> Text:
    return Text(vi=f"lồng sâu hơn {MAX_DEPTH} tầng", en=f"nested deeper than {MAX_DEPTH} levels")


def _lone_surrogate(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return True
    return False


_SURROGATE = Text(vi="ký tự Unicode hỏng (surrogate lẻ)", en="broken Unicode (a lone surrogate)")


def _leaf_problem(value: object) -> tuple[str, Text] | None:
    """Return the rule that a value without children breaks."""
    match value:
        case None | bool():
            return None
        case Decimal() if not value.is_finite():
            return _constant(str(value)).rule, _constant(str(value)).text
        case Decimal():
            return None if abs(value.adjusted()) <= _MAX_NUMBER else (_long_number("…").rule, _long_number("…").text)
        case str():
            return ("json/unicode", _SURROGATE) if _lone_surrogate(value) else None
        case int():
            # Compared, not printed: printing a huge integer is itself expensive.
            return None if abs(value) < 10**_MAX_NUMBER else (_long_number("…").rule, _long_number("…").text)
        case float():
            return None if math.isfinite(value) else (_constant(str(value)).rule, _constant(str(value)).text)
        case _Refused():
            return value.rule, value.text
        case _:
            name = type(value).__name__
            return "json/type", Text(vi=f"kiểu {name} không có trong JSON", en=f"{name} is not a type of JSON")


_LEAVES: Final = frozenset({bool, int, float, Decimal, type(None)})
_TOO_LONG: Final = 10**_MAX_NUMBER
_kind: Callable[[Any], Any] = type  # of which type checkers conclude nothing about what is in a dict
_OUTER: Final = 3
"""Levels read one by one; below them stand the entries of a list such as the procedures, each read whole."""


class _NotPlainError(Exception):
    """Not plain, or not surely so; :func:`inspect` says why."""


class _Reading:
    """A document on its way to be found plain: the room left in it, the texts of the part being read, all keys."""

    def __init__(self) -> None:
        self.room = MAX_NODES
        self.texts: list[str] = []
        self.keys: set[str] = set()  # the same few again and again, so looked at once

    def layer(self, containers: Iterable[Any]) -> list[Any]:
        """Read what stands in objects and lists, and return the objects and lists among that."""
        texts = self.texts
        below: list[Any] = []
        for container in containers:
            # A small graph may unfold into an enormous one between two levels.
            self.room -= len(container)
            if self.room < 0:
                raise _NotPlainError
            inner = container
            if _kind(container) is dict:
                for key in container:
                    if type(key) is not str:
                        raise _NotPlainError
                self.keys.update(container)
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
        return below


def _joined(texts: Iterable[str]) -> str:
    """Return *texts* joined by line feeds.

    Raises:
        _NotPlainError: they are not Unicode.
    """
    joined = "\n".join(texts)
    if not joined.isascii() and _lone_surrogate(joined):
        raise _NotPlainError
    return joined


def is_plain(document: object, *, each: Callable[[str], object] | None = None) -> bool:
    """Return whether *document* is plain, bounded, and made of the very types that :func:`parse_json` gives.

    Fast, and strict: no tuple, no subclass. Where it says no, :func:`inspect` says why, or forgives.

    >>> is_plain({"fee": [1]}), is_plain({"fee": (1,)}), is_plain({"fee": float("nan")})
    (True, False, False)
    >>> seen = []
    >>> is_plain({"fees": ["đồng"]}, each=seen.append), seen
    (True, ['đồng', 'fees'])

    Args:
        document: Anything.
        each: Handed the texts of the document, joined by line feeds, part by part; then its keys, each once.
    """
    reading = _Reading()
    see = each or _ignore
    try:
        # A part is read to its end before the next: what lies together in memory is looked at together.
        outer: list[Any] = [[document]]
        for _ in range(_OUTER):
            outer = reading.layer(outer)
        see(_joined(reading.texts))
        for part in outer:
            reading.texts = []
            layer = [part]
            for _ in range(MAX_DEPTH - _OUTER + 1):
                if not layer:
                    break
                layer = reading.layer(layer)
            if layer:
                return False
            see(_joined(reading.texts))
        see(_joined(reading.keys))
    except _NotPlainError:
        return False
    return True


def _ignore(_: str) -> None:
    """See nothing in it."""


def inspect(document: object) -> tuple[Problem, ...]:
    """Return why *document*, of any Python types, is not a plain bounded JSON document; nothing if it is.

    >>> inspect({"fee": float("nan")})[0].path
    '$.fee'
    """
    if is_plain(document):
        return ()
    problems: list[Problem] = []
    nodes = 0
    stack: list[tuple[Where, object]] = [((), document)]

    def report(parts: Where, rule: str, text: Text) -> None:
        problems.append(Problem(path=json_path(parts), rule=rule, text=text))

    while stack:
        parts, value = stack.pop()
        nodes += 1
        if nodes > MAX_NODES:
            report((), "json/too-large", Text(vi="quá nhiều giá trị", en=f"more than {MAX_NODES} values"))
            break
        if len(parts) > MAX_DEPTH:
            report(parts[:4], "json/too-deep", _too_deep())
            break
        if isinstance(value, Mapping):
            try:
                members = list(cast("Mapping[object, object]", value).items())
            except Exception:  # noqa: BLE001 - somebody else's mapping may raise anything
                said = Text(vi="không đọc được đối tượng", en="an object that cannot be read")
                report(parts, "json/type", said)
                continue
            if isinstance(value, _Repeating):
                for key in value.repeated:
                    said = Text(vi=f"khóa {key!r} bị lặp", en=f"key {key!r} appears more than once")
                    report(parts, "json/duplicate-key", said)
            for name, child in reversed(members):
                if not isinstance(name, str):
                    said = Text(vi=f"khóa {name!r} không phải chuỗi", en=f"key {name!r} is not a string")
                    report(parts, "json/key", said)
                    continue
                if _lone_surrogate(name):
                    report(parts, "json/unicode", _SURROGATE)
                stack.append(((*parts, name), child))
        elif isinstance(value, list | tuple):
            items = list(cast("Sequence[object]", value))
            stack.extend(((*parts, index), items[index]) for index in reversed(range(len(items))))
        elif (found := _leaf_problem(value)) is not None:
            report(parts, *found)
    return tuple(problems)
