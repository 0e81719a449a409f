"""One cell of a table of another system: what a reader sees in it, and the moment that it says."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any, Final

from onestop_core.errors import InvalidValueError
from onestop_core.model import HO_CHI_MINH, aware, read_moment
from onestop_core.text import Text

__all__ = ["SheetNumber", "moment_in", "says", "seen"]

_DAY: Final = r"([0-9]{1,2})[/.-]([0-9]{1,2})[/.-]([0-9]{4})"
_TIME: Final = r"([0-9]{1,2}):([0-9]{2})(?::([0-9]{2}))?"
_DAY_FIRST: Final = re.compile(rf"{_DAY}(?:[ ,T]+{_TIME})?", re.ASCII)
_TIME_FIRST: Final = re.compile(rf"{_TIME}[ ,]+(?:ngày +)?{_DAY}", re.ASCII)
_ISO: Final = re.compile(rf"([0-9]{{4}})-([0-9]{{2}})-([0-9]{{2}})(?:[ T]+{_TIME}(?:\.0{{1,6}})?)?", re.ASCII)
_LONGEST: Final = 64
_DAY_END: Final = timedelta(hours=23, minutes=59, seconds=59)
_EXPECTED: Final = Text(
    vi="ngày hoặc giờ và ngày, như 09/03/2026 hoặc 09/03/2026 17:00",
    en="a day, or a day and an hour, such as 09/03/2026 or 2026-03-09 17:00",
)


_CODE_AS_NUMBER: Final = re.compile(r"[0-9]\.[0-9]{1,6}", re.ASCII)


class SheetNumber(str):
    """A number in a cell of a workbook: the digits of a code, or, where a moment stands, days since the end of 1899.

    That is how spreadsheets keep a day whose cell was not formatted as one, such as the result of a formula.
    """

    __slots__ = ()

    def as_procedure(self) -> str:
        """Return it as the code of a procedure, which has six digits behind the point: 2.000200 became 2.0002."""
        return f"{self!s:0<8}" if _CODE_AS_NUMBER.fullmatch(self) else str(self)

    def as_moment(self) -> str:
        """Return it as a moment to the second, or as a day; as it is where no day lies there."""
        days = Decimal(self)
        if not _FIRST_SERIAL <= days < _LAST_SERIAL:
            return str(self)
        moment = _SERIAL_ZERO + timedelta(seconds=round(days * 86_400))
        return moment.date().isoformat() if days == int(days) else moment.isoformat(" ", "seconds")


_SERIAL_ZERO: Final = datetime(1899, 12, 30)  # noqa: DTZ001 - of no zone, until it is read as a moment
_FIRST_SERIAL: Final = 20_000
"""1954: a smaller number is a count, and no day of a dossier."""
_LAST_SERIAL: Final = 100_000


def says(cell: object) -> bool:
    """Return whether *cell* says anything."""
    return bool(seen(cell)) if isinstance(cell, str) else cell is not None


def seen(cell: str) -> str:
    """Return *cell* as a reader sees it, so that one unit, or one code, is not two."""
    return cell if isinstance(cell, SheetNumber) else _UNSEEN.sub("", cell).replace("\xa0", " ").strip()


_UNSEEN: Final = re.compile("[\xad\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff]")
"""Marks of no width, which copying from pages leaves in cells."""


def moment_in(cell: object, name: str) -> datetime:
    """Return the moment that *cell* of the column *name* says; a due day without an hour ends with the day.

    Raises:
        InvalidValueError: it says none.
    """
    if isinstance(cell, datetime):
        return aware(cell, name)
    if isinstance(cell, date):
        return _at(name, cell, (cell.year, cell.month, cell.day), None)
    if isinstance(cell, str) and len(cell) <= _LONGEST:
        written = cell.as_moment() if isinstance(cell, SheetNumber) else unicodedata.normalize("NFKC", cell)
        if (found := _ISO.fullmatch(written)) is not None:
            year, month, day, *time = found.groups()
            return _at(name, cell, (year, month, day), time)
        if (found := _DAY_FIRST.fullmatch(written)) is not None:
            day, month, year, *time = found.groups()
            return _at(name, cell, (year, month, day), time)
        if (found := _TIME_FIRST.fullmatch(written)) is not None:
            *time, day, month, year = found.groups()
            return _at(name, cell, (year, month, day), time)
        try:
            return aware(read_moment(written, name), name)
        except InvalidValueError:
            pass  # said in the words of a table
    raise InvalidValueError.of(name, cell, vi=_EXPECTED.vi, en=_EXPECTED.en)


def _at(name: str, cell: object, day: tuple[Any, Any, Any], time: list[Any] | None) -> datetime:
    year, month, number = (int(part) for part in day)
    hour, minute, second = (int(part or 0) for part in time or (0, 0, 0))
    try:
        moment = datetime(year, month, number, hour, minute, second, tzinfo=HO_CHI_MINH)
        if name == "due_at" and (time is None or time[0] is None):
            moment += _DAY_END
        return aware(moment, name)
    except (ValueError, OverflowError, InvalidValueError):
        raise InvalidValueError.of(name, cell, vi=_EXPECTED.vi, en=_EXPECTED.en) from None
