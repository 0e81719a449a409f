"""``[tool.onestop.check]`` of the nearest ``pyproject.toml``: which rules a project wants, and how they are reported."""

from __future__ import annotations

import re
import tomllib
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.errors import InvalidDocumentError, Problem
from onestop_core.rules.reading.documents import json_path
from onestop_core.text import Text, closest, did_you_mean

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["check_settings"]

_SECTION: Final = ("tool", "onestop", "check")
_KEYS: Final[dict[str, type]] = {
    "select": list,
    "ignore": list,
    "severities": dict,
    "quiet": bool,
    "statistics": bool,
    "most-per-rule": int,
}
_WANTED: Final[dict[type, Text]] = {
    list: Text(vi="một danh sách", en="a list"),
    dict: Text(vi="một bảng", en="a table"),
    bool: Text(vi="true hoặc false", en="true or false"),
    int: Text(vi="số nguyên từ 1", en="a whole number from 1 on"),
}
_PLACE: Final = re.compile(r"at line ([0-9]+), column ([0-9]+)")


def check_settings(start: Path) -> dict[str, Any]:
    r"""Return ``select``, ``ignore``, ``severities``, ``quiet`` and so on as the nearest ``pyproject.toml`` gives them.

    Nearest: in *start* or the first folder above it that has one, whether it holds the section or not.

    >>> import pathlib, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     path = pathlib.Path(folder)
    ...     text = '[tool.onestop.check]\nignore = ["catalogue/unconfirmed"]'
    ...     _ = (path / "pyproject.toml").write_text(text, encoding="utf-8")
    ...     check_settings(path)
    {'ignore': ['catalogue/unconfirmed']}

    Raises:
        InvalidDocumentError: the file is no TOML, or the section holds what it may not.
        OSError: the file cannot be read.
    """
    folder = start.resolve()
    for each in (folder, *folder.parents):
        path = each / "pyproject.toml"
        if path.is_file():
            return _section(path)
    return {}


def _section(path: Path) -> dict[str, Any]:
    try:
        section: Any = tomllib.loads(path.read_bytes().decode())
    except (ValueError, RecursionError) as error:
        # tomllib and UTF-8 raise kinds of ValueError.
        place = _PLACE.search(str(error))
        where = f" ở dòng {place[1]}, cột {place[2]}" if place else ""
        raise _refused(path, (), vi=f"không phải TOML{where}", en=f"not TOML: {error}") from None
    for depth, name in enumerate(_SECTION):
        section = cast("dict[str, Any]", section).get(name, {})
        if not isinstance(section, dict):
            raise _refused(path, _SECTION[: depth + 1], vi="cần một bảng", en="expected a table")
    settings = cast("dict[str, Any]", section)
    for key, value in settings.items():
        if key not in _KEYS:
            meant = did_you_mean(closest(key, _KEYS) or tuple(_KEYS))
            assert meant is not None  # some key is always meant
            raise _refused(path, (*_SECTION, key), vi=f"khóa không xác định; {meant.vi}", en=f"unknown key; {meant.en}")
        if type(value) is not _KEYS[key] or (
            isinstance(value, int) and value is not False and value < 1
        ):  # true is no number
            wanted = _WANTED[_KEYS[key]]
            raise _refused(path, (*_SECTION, key), vi=f"cần {wanted.vi}", en=f"expected {wanted.en}")
    return settings


def _refused(path: Path, place: tuple[str, ...], *, vi: str, en: str) -> InvalidDocumentError:
    problem = Problem(path=json_path(place), rule="settings", text=Text(vi=vi, en=en))
    return InvalidDocumentError(problems=(problem,), source=str(path))
