"""Where in a JSON text a place of its document stands: line and column, found only when somebody asks.

Reading keeps no positions; that would cost every reader time and memory. The places wanted are looked up
afterwards in the text itself: only what leads to one of them is walked, everything else is skipped by
the JSON decoder at its own speed.
"""

from __future__ import annotations

import codecs
import contextlib
import json
import re
from bisect import bisect_left
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.rules.reading.documents import MAX_BYTES, json_path

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop_core.errors import Problem

__all__ = ["Position", "locate", "positions"]


@attrs.frozen(kw_only=True, order=True)
class Position:
    """A place in a text, as editors count.

    >>> str(Position(line=3, column=7))
    '3:7'
    """

    line: int
    """From 1; a line ends with LF or CRLF."""
    column: int
    """From 1, in characters (Unicode code points): a tab is one, a decomposed letter as many as it has parts."""

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


def positions(text: str, paths: Iterable[str]) -> dict[str, Position]:
    r"""Return where the values stand that *paths* name; a path that leads nowhere is left out.

    Never raises on content: in a text that is no JSON, what comes before the fault is found. Of a key
    that is repeated, the last counts, as it does for readers.

    >>> found = positions('{\n  "code": "1.004222",\n  "papers": [1, 2]}', ["$.code", "$.papers[1]", "$.x"])
    >>> {path: str(position) for path, position in found.items()}
    {'$.code': '2:11', '$.papers[1]': '3:17'}

    Args:
        text: JSON; a byte order mark at its start is not counted.
        paths: As :func:`~onestop_core.rules.reading.documents.json_path` writes them.
    """
    text = text.removeprefix("\ufeff")
    wanted = tuple(dict.fromkeys(paths))
    starts = _starts(text, wanted)
    lines = _Lines(text)
    return {path: lines.position(starts[path]) for path in wanted if path in starts}


def locate(content: bytes | str, problems: Iterable[Problem]) -> dict[Problem, Position]:
    """Return where in *content*, the bytes of a JSON file or its text, each of the *problems* found in it stands.

    What cannot be placed is left out. A fault of the text itself stands where reading stopped.

    >>> from onestop_core.rules.schema.schemas import check_schema
    >>> content = b'{"schema_version": "1.0", "counts": {"2.1": "x"}}'
    >>> {problem.path: str(at) for problem, at in locate(content, check_schema(json.loads(content), "counts")).items()}
    {'$.counts["2.1"]': '1:45'}
    """
    wanted = tuple(problems)
    if not wanted or len(content) > MAX_BYTES:
        return {}
    if isinstance(content, str):
        text = content
    else:
        plain = content.removeprefix(codecs.BOM_UTF8)
        try:
            text = plain.decode()
        except UnicodeDecodeError as error:
            # What could be read ends where the first wrong byte is.
            text = plain[: error.start].decode()
            stopped = _Lines(text).position(len(text))
            return dict.fromkeys(wanted, stopped)
    found = positions(text, {problem.path for problem in wanted})
    if any(problem.rule == "json/syntax" for problem in wanted):
        found |= {"$": _fault(text)}
    return {problem: found[problem.path] for problem in wanted if problem.path in found}


class _Lines:
    """Turns offsets into positions."""

    def __init__(self, text: str) -> None:
        self._ends = [match.start() for match in re.finditer("\n", text)]

    def position(self, offset: int) -> Position:
        before = bisect_left(self._ends, offset)
        begin = self._ends[before - 1] + 1 if before else 0
        return Position(line=before + 1, column=offset - begin + 1)


def _nothing(_: str) -> None:
    """Spare the decoder the numbers: skipping one must not compute it."""


_DECODER: Final = json.JSONDecoder(parse_int=_nothing, parse_float=_nothing, parse_constant=_nothing)
_SPACE: Final = re.compile(r"[ \t\n\r]*")
_STEP: Final = re.compile(r'\.[A-Za-z_][A-Za-z0-9_]*|\[[0-9]+\]|\["(?:[^"\\]|\\.)*"\]')


def _fault(text: str) -> Position:
    try:
        _DECODER.decode(text)
    except json.JSONDecodeError as error:
        return Position(line=error.lineno, column=error.colno)
    return Position(line=1, column=1)  # the problem was not found in this text


def _starts(text: str, paths: tuple[str, ...]) -> dict[str, int]:
    """Return the offset of each value that *paths* name."""
    tree: dict[str, Any] = {}
    for path in paths:
        node = tree
        for step in _STEP.findall(path):
            node = node.setdefault(step, {})
    found: dict[str, int] = {}
    # No JSON from some point on, or too deep: what was found before stands.
    with contextlib.suppress(ValueError, RecursionError):
        _walk(text, _after_space(text, 0), "$", tree, found)
    return {path: found[path] for path in paths if path in found}


def _walk(text: str, start: int, path: str, node: dict[str, Any], found: dict[str, int]) -> int:
    """Note where the value at *start* stands, and what *node* wants inside it; return where it ends.

    Raises:
        ValueError: it is no JSON.
        RecursionError: something in it is too deep to be skipped.
    """
    found[path] = start
    opened = text[start : start + 1]
    if not node or opened not in {"{", "["}:
        # Nothing of a value is read in which nothing is wanted.
        return _DECODER.raw_decode(text, start)[1]
    closed = "}" if opened == "{" else "]"
    offset, index = _after_space(text, start + 1), 0
    more = text[offset : offset + 1] != closed
    while more:
        step = f"[{index}]"
        if opened == "{":
            key, offset = _DECODER.raw_decode(text, offset)
            step = json_path((str(key),))[1:]
            offset = _after_space(text, _after_space(text, offset) + 1)  # the colon
        if text[offset : offset + 1] in {"", "}", "]"}:
            raise ValueError
        if step in node:
            if path + step in found:
                _forget(path + step, node[step], found)
            offset = _walk(text, offset, path + step, node[step], found)
        else:
            offset = _DECODER.raw_decode(text, offset)[1]
        offset = _after_space(text, offset)
        sign = text[offset : offset + 1]
        if sign not in {",", closed}:
            raise ValueError
        more = sign == ","
        offset, index = _after_space(text, offset + 1) if more else offset, index + 1
    return offset + 1


def _forget(path: str, node: dict[str, Any], found: dict[str, int]) -> None:
    """Forget what was found inside the value of a key that comes again."""
    for step, inner in node.items():
        found.pop(path + step, None)
        _forget(path + step, inner, found)


def _after_space(text: str, offset: int) -> int:
    match = _SPACE.match(text, offset)
    return match.end() if match else offset
