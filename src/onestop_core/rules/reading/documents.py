"""Reading documents from outside: hostile until proven plain, bounded JSON.

A document is refused, with every place that is wrong, when it is too large or too deep, repeats a key,
holds NaN or a number that promises gigabytes, or text that is not Unicode. What passes is made of
``dict``, ``list``, ``str``, ``int``, ``Decimal``, ``bool`` and ``None`` only. A document costs at most twice the memory
and three times the time that Python's own reader takes, whatever is in it (``tests/benchmarks/bench_bounds.py``).
"""

from __future__ import annotations

import json
import re
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem
from onestop_core.errors.problem import MAX_PROBLEMS, Where, json_path
from onestop_core.rules.reading.json_text import read_text
from onestop_core.rules.reading.plain import Seen, inspect, is_plain, nothing, seen, too_deep
from onestop_core.rules.reading.size_limits import MAX_BYTES
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = [
    "MAX_BYTES",
    "Seen",
    "Where",
    "content_of",
    "decoded",
    "inspect",
    "is_plain",
    "json_path",
    "opened",
    "parse_json",
    "parse_seen",
    "read_json",
    "seen",
]


def parse_json(content: str | bytes, *, source: str | None = None, most: int = MAX_PROBLEMS) -> Any:
    """Return the document that *content* (UTF-8, with or without BOM) holds.

    >>> parse_json('{"limit": "5 working days"}')
    {'limit': '5 working days'}
    >>> parse_json('{"a": 1, "a": 2}')
    Traceback (most recent call last):
    onestop_core.errors.InvalidDocumentError: invalid document (1 problems):
      $: key 'a' appears more than once

    Args:
        content: The text, or its bytes.
        source: Where it comes from, for messages.
        most: Most problems listed; of more, a last one says that there are.

    Raises:
        InvalidValueError: it is neither text nor bytes.
        InvalidDocumentError: with every problem found; *source* names the origin in the message.
    """
    return parse_seen(content, source=source, most=most)[0]


def parse_seen(
    content: str | bytes,
    *,
    source: str | None = None,
    most: int = MAX_PROBLEMS,
    mark: Callable[[str], bool] = nothing,
) -> tuple[Any, Seen | None]:
    """Return the document as :func:`parse_json` does, and what was seen of it on the way (``plain.seen``).

    >>> document, found = parse_seen('{"a": ["x"]}', mark=lambda texts: "x" in texts)
    >>> document, found.marked
    ({'a': ['x']}, {0})

    Raises:
        InvalidValueError: as :func:`parse_json` does.
        InvalidDocumentError: likewise.
    """
    text = decoded(content, source)
    del content  # of a large file its bytes need not be held beside its text
    try:
        document, found, problems = read_text(text, most=most, mark=mark)
    except json.JSONDecodeError as error:
        why = _syntax(text, error)
        raise _refused("json/syntax", vi=why.vi, en=why.en, source=source) from None
    except RecursionError:
        raise InvalidDocumentError(problems=(too_deep(()),), source=source) from None
    if problems:
        raise InvalidDocumentError(problems=problems, source=source)
    return document, found


def read_json(path: str | Path, *, most: int = MAX_PROBLEMS) -> Any:
    """Return the document in the file *path*; ``-`` is not special.

    Raises:
        OSError: the file cannot be read.
        InvalidValueError: no file can have that name.
        InvalidDocumentError: it does not hold a plain document; *most* problems are listed.
    """
    return parse_json(content_of(path), source=str(path), most=most)


def content_of(path: str | Path) -> bytes:
    """Return what is in the file *path*, at most one byte more than is read.

    Raises:
        OSError: the file cannot be read.
        InvalidValueError: no file can have that name.
    """
    try:
        with Path(path).open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except (TypeError, ValueError):
        raise InvalidValueError.of("path", path, vi="tên tệp", en="the name of a file") from None


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


_ZIP: Final = b"PK\x03\x04"
"""With which archives begin, and so workbooks."""


def decoded(content: str | bytes, source: str | None = None) -> str:
    """Return *content* as text, without a byte order mark.

    Raises:
        InvalidValueError: it is neither text nor bytes.
        InvalidDocumentError: it is too large, or no Unicode; *source* names the origin in the message.
    """
    given = cast("object", content)
    if isinstance(given, str):
        raw: str | bytes = str.__str__(given)
    elif isinstance(given, bytes | bytearray | memoryview):
        raw = bytes(cast("bytes", given))
    else:
        raise InvalidValueError.of("content", given, vi="chuỗi hoặc byte", en="text or bytes")
    if len(raw) > MAX_BYTES:
        raise _refused(
            "json/too-large", vi=f"lớn hơn {MAX_BYTES} byte", en=f"larger than {MAX_BYTES} bytes", source=source
        )
    if isinstance(raw, str):
        if not raw.isascii():
            _ensure_unicode(raw, source)
        return raw.removeprefix("\ufeff")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        vi, en = f"không phải UTF-8 (byte thứ {error.start})", f"not UTF-8 (at byte {error.start})"
        if raw.startswith(_ZIP):
            vi = "đây là bảng tính (.xlsx) hoặc tệp nén, không phải JSON; bảng tính được đọc bằng onestop import"
            en = "this is a workbook (.xlsx) or an archive, no JSON; a workbook is read by onestop import"
        raise _refused("json/encoding", vi=vi, en=en, source=source) from None


def _ensure_unicode(text: str, source: str | None) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        vi, en = f"không phải Unicode (ký tự thứ {error.start})", f"not Unicode (at character {error.start})"
        raise _refused("json/encoding", vi=vi, en=en, source=source) from None


def _refused(rule: str, *, vi: str, en: str, source: str | None) -> InvalidDocumentError:
    return InvalidDocumentError(problems=(Problem.at("$", rule, vi=vi, en=en),), source=source)


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
