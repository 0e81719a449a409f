"""What a caller may hand over by mistake or by malice: values of every wrong kind."""

from __future__ import annotations

import importlib
import importlib.util
import itertools
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from pathlib import Path
from typing import Any, Final, NoReturn


class Malice(Exception):  # noqa: N818 - it is thrown by a value, and no error of ours
    """What a value throws that answers nothing."""


def _throw(*_: object, **__: object) -> NoReturn:
    raise Malice


_ASKED: Final = [
    "__eq__",
    "__ne__",
    "__lt__",
    "__le__",
    "__gt__",
    "__ge__",
    "__hash__",
    "__bool__",
    "__len__",
    "__iter__",
    "__next__",
    "__contains__",
    "__getitem__",
    "__str__",
    "__repr__",
    "__format__",
    "__int__",
    "__index__",
    "__float__",
    "__complex__",
    "__add__",
    "__radd__",
    "__mul__",
    "__call__",
    "__enter__",
    "__getattr__",
    "__fspath__",
    "__reduce__",
    "__copy__",
    "__deepcopy__",
    "__bytes__",
    "__trunc__",
    "__round__",
    "keys",
    "items",
    "values",
    "get",
]

Silent: Final = type("Silent", (), dict.fromkeys(_ASKED, _throw))
"""Answers no question whatever, not even what it is equal to."""
SilentText: Final = type("SilentText", (str,), {name: _throw for name in _ASKED if name != "__getattr__"})
"""Is a text by its class."""
SilentMoment: Final = type(
    "SilentMoment", (datetime,), {"astimezone": _throw, "utcoffset": _throw, "__repr__": _throw, "__hash__": _throw}
)


class SilentMapping(Mapping[str, Any]):
    """Is a mapping, as long as nobody asks what is in it."""

    def __getitem__(self, key: str) -> NoReturn:
        raise Malice

    def __iter__(self) -> Iterator[str]:
        raise Malice

    def __len__(self) -> int:
        return 3


class Other(StrEnum):
    """A code of somebody else."""

    CODE = "code"


def _failing() -> Iterator[int]:
    yield 1
    raise Malice


def _deep() -> list[Any]:
    whole: list[Any] = []
    for _ in range(5_000):
        whole = [whole]
    return whole


def _circle() -> list[Any]:
    whole: list[Any] = []
    whole.append(whole)
    return whole


_EAST, _WEST = timezone(timedelta(hours=14)), timezone(-timedelta(hours=12))

HOSTILE: Final[Mapping[str, Callable[[], Any]]] = {
    "None": lambda: None,
    "True": lambda: True,
    "0": lambda: 0,
    "1": lambda: 1,
    "-1": lambda: -1,
    "10**30": lambda: 10**30,
    "-10**30": lambda: -(10**30),
    "10**5000": lambda: 10**5000,
    "1.5": lambda: 1.5,
    "nan": lambda: float("nan"),
    "inf": lambda: float("inf"),
    "1j": lambda: 1j,
    "Decimal NaN": lambda: Decimal("NaN"),
    "Decimal sNaN": lambda: Decimal("sNaN"),
    "Decimal Infinity": lambda: Decimal("Infinity"),
    "Decimal 1e999999": lambda: Decimal("1e999999"),
    "Decimal -1e-999999": lambda: Decimal("-1e-999999"),
    "Fraction": lambda: Fraction(-1, 3),
    "huge Fraction": lambda: Fraction(10**5000, 3),
    "no text": lambda: "",
    "blank": lambda: " \u00a0\u3000",
    "100,000 letters": lambda: "x" * 100_000,
    "100,000 digits": lambda: "9" * 100_000,
    "surrogate": lambda: "a\ud800b",
    "NUL": lambda: "a\x00b",
    "control": lambda: "\r\n::error::\x1b[31m\u202e",
    "1e9999999999999999999": lambda: "1e9999999999999999999",
    "a path": lambda: Path("no/such/file\x00"),
    "bytes": lambda: b"vn",
    "bytearray": lambda: bytearray(b"vn"),
    "[]": list,
    "[None]": lambda: [None],
    "[[1], {}]": lambda: [[1], {}],
    "()": tuple,
    "(None, 1)": lambda: (None, 1),
    "{}": dict,
    "{'a': 1}": lambda: {"a": 1},
    "{1: {}}": lambda: {1: {}, None: 2},
    "set": lambda: {1, "a"},
    "circle": _circle,
    "deep": _deep,
    "object": object,
    "a class": lambda: int,
    "a function": lambda: len,
    "an error": lambda: ValueError("x"),
    "naive": lambda: datetime(2026, 3, 2, 9),
    "year 1": lambda: datetime(1, 1, 1, tzinfo=_EAST),
    "year 9999": lambda: datetime(9999, 12, 31, 23, 59, 59, tzinfo=_WEST),
    "aware": lambda: datetime(2026, 3, 2, 9, tzinfo=UTC),
    "date": lambda: date(2026, 3, 2),
    "first day": lambda: date.min,
    "last day": lambda: date.max,
    "time": lambda: time(9),
    "timedelta": lambda: timedelta.max,
    "range": lambda: range(3),
    "iterator": lambda: iter([1, None]),
    "failing iterator": _failing,
    "chain": lambda: itertools.chain([None]),
    "another's code": lambda: Other.CODE,
    "Silent": Silent,
    "SilentText": lambda: SilentText("vn"),
    "SilentMoment": lambda: SilentMoment(2026, 3, 2, tzinfo=UTC),
    "SilentMapping": SilentMapping,
}
"""Makers of hostile values, by what they are; some are used up by looking, so each is made anew."""


def of_other_packages() -> Mapping[str, Callable[[], Any]]:
    """Return makers of values of packages that a host may have, as far as they are installed here."""
    found: dict[str, Callable[[], Any]] = {}
    if importlib.util.find_spec("numpy"):
        import numpy as np

        found |= {
            "numpy int": lambda: np.int64(3),
            "numpy array": lambda: np.array([1, 2]),
            "NaT": lambda: np.datetime64("NaT", "D"),
        }
    if importlib.util.find_spec("pandas"):
        pd: Any = importlib.import_module("pandas")

        found |= {
            "pandas moment": lambda: pd.Timestamp("2026-03-02T09:00:00.123456789+07:00"),
            "pandas NaT": lambda: pd.NaT,
            "pandas NA": lambda: pd.NA,
        }
    return found
