"""Whether an answer is the one expected, and where it is not."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.conformance.wire import json_text
from onestop_core.rules.reading.documents import json_path
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["brief", "difference"]

_LONGEST: Final = 300

_MOMENT: Final = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2})[Tt]([0-9]{2}):([0-9]{2})(?::([0-9]{2})(?:\.([0-9]+))?)?"
    r"(?:[Zz]|([+-])([0-9]{2}):([0-9]{2}))"
)
_DAY: Final = 86_400
_VIETNAM: Final = 7 * 3_600


def difference(expected: Any, actual: Any) -> Text | None:
    """Return the first place where *actual* is not what was *expected*; None where it is.

    Members that an expected object does not name are not looked at; moments compare as instants, and where the last
    second of a day in Vietnam is expected, the whole of it is the end of that day, up to 24:00; numbers, texts and
    truth values are never each other.

    >>> difference({"due_at": "2026-02-26T23:59:59+07:00"}, {"due_at": "2026-02-26T16:59:59Z", "more": 1})
    >>> difference("2026-02-26T23:59:59+07:00", "2026-02-27T00:00:00+07:00")
    >>> difference({"steps": [{"amount": "5"}]}, {"steps": [{"amount": 5}]}).en
    '$.steps[0].amount: expected "5", got 5'
    """
    try:
        return _differ(expected, actual, ())
    except Exception:  # noqa: BLE001 - an answer may hold itself, or do anything when it is looked at
        return Text(vi="$: không đọc được câu trả lời", en="$: the answer cannot be read")


def _differ(expected: Any, actual: Any, place: tuple[str | int, ...]) -> Text | None:
    if isinstance(expected, Mapping):
        wanted = cast("Mapping[str, Any]", expected)
        if not isinstance(actual, Mapping):
            return _said(place, expected, actual)
        given = cast("Mapping[str, Any]", actual)
        for key, value in wanted.items():
            if key not in given:
                at = json_path((*place, key))
                return Text(vi=f"{at}: thiếu", en=f"{at}: missing")
            if found := _differ(value, given[key], (*place, key)):
                return found
        return None
    items, others = _items(expected), _items(actual)
    if items is not None:
        if others is None or len(others) != len(items):
            return _said(place, expected, actual)
        found_in = (
            _differ(one, other, (*place, index)) for index, (one, other) in enumerate(zip(items, others, strict=True))
        )
        return next((found for found in found_in if found), None)
    same = expected == actual and isinstance(expected, bool) is isinstance(actual, bool)
    return None if same or _same_moment(expected, actual) else _said(place, expected, actual)


def _items(value: Any) -> list[Any] | None:
    return list(cast("Iterable[Any]", value)) if isinstance(value, list | tuple) else None


def _same_moment(expected: Any, actual: Any) -> bool:
    if not (isinstance(expected, str) and isinstance(actual, str)):
        return False
    wanted, given = _instant(expected), _instant(actual)
    if wanted is None or given is None:
        return False
    second, part = wanted
    if part or (second + _VIETNAM) % _DAY != _DAY - 1:
        return wanted == given
    return given[0] == second or given == (second + 1, "")  # what ends with a day ends at 24:00


def _instant(text: str) -> tuple[int, str] | None:
    """Return a moment of RFC 3339 as its whole seconds and the digits of the rest; None where it is none."""
    match = _MOMENT.fullmatch(text)
    if match is None:
        return None
    day, hour, minute, second, part, sign, hours, minutes = match.groups(default="0")
    try:
        days = date.fromisoformat(day).toordinal()
    except ValueError:  # a day that does not exist
        return None
    ahead = (int(hours) * 60 + int(minutes)) * 60 * (-1 if sign == "-" else 1)
    clock = (int(hour) * 60 + int(minute)) * 60 + int(second)
    rest = part.rstrip("0")
    exists = int(minute) < 60 and int(second) < 60 and int(hours) < 24 and int(minutes) < 60
    if not exists or (clock, rest) > (_DAY, ""):  # 24:00 is the end of the day, as ISO 8601 writes it
        return None
    return days * _DAY + clock - ahead, rest


def _said(place: tuple[str | int, ...], expected: Any, actual: Any) -> Text:
    at, wanted, got = json_path(place), brief(expected), brief(actual)
    return Text(vi=f"{at}: cần {wanted}, nhận được {got}", en=f"{at}: expected {wanted}, got {got}")


def brief(value: Any) -> str:
    """Return the beginning of *value* as JSON; what no text can hold as an escape."""
    text = json_text(value).replace("\0", "\\x00").encode("utf-8", "backslashreplace").decode()
    return text if len(text) <= _LONGEST else text[: _LONGEST - 3] + "..."
