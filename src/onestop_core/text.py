"""Text in the two languages of the library, and the normal form that all text takes.

Every message to a user exists in Vietnamese and in English and is written where it arises, as one
:class:`Text`; nothing is looked up in a locale or in global state.
"""

from __future__ import annotations

import difflib
import unicodedata
from typing import TYPE_CHECKING, Literal

import attrs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

__all__ = ["Language", "Text", "closest", "long_date", "nfc"]

Language = Literal["vi", "en"]
"""The languages in which the library speaks."""


def nfc(value: str) -> str:
    """Return *value* in Unicode normal form C, the form of all text in the library.

    Vietnamese arrives both composed and decomposed; the two look alike and compare unequal.

    >>> nfc("Hà Nội") == "Hà Nội"
    True
    """
    return unicodedata.normalize("NFC", value)


@attrs.frozen(kw_only=True)
class Text:
    """The same words in Vietnamese and in English.

    >>> Text(vi="ngày làm việc", en="working day").in_("vi")
    'ngày làm việc'
    >>> str(Text(vi="hồ sơ", en="dossier"))
    'dossier'
    """

    vi: str = attrs.field(converter=nfc)
    en: str = attrs.field(converter=nfc)

    def in_(self, language: Language) -> str:
        """Return the words in *language*, ``"vi"`` or ``"en"``."""
        return self.vi if language == "vi" else self.en

    def __str__(self) -> str:
        return self.en


_WEEKDAYS_EN = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_WEEKDAYS_VI = ("Thứ Hai", "Thứ Ba", "Thứ Tư", "Thứ Năm", "Thứ Sáu", "Thứ Bảy", "Chủ nhật")


def long_date(day: date) -> Text:
    """Return *day* as people write it, with its weekday, whatever the machine's locale.

    >>> from datetime import date
    >>> long_date(date(2026, 2, 17)).en
    'Tue 2026-02-17'
    >>> long_date(date(2026, 2, 17)).vi
    'Thứ Ba 17/02/2026'
    """
    return Text(
        vi=f"{_WEEKDAYS_VI[day.weekday()]} {day.day:02d}/{day.month:02d}/{day.year:04d}",
        en=f"{_WEEKDAYS_EN[day.weekday()]} {day.isoformat()}",
    )


def closest(word: str, known: Iterable[str], *, limit: int = 3) -> tuple[str, ...]:
    """Return up to *limit* of the *known* words that *word* may have been meant to be, best first.

    >>> closest("1.004322", ["1.004222", "2.000815"])
    ('1.004222',)
    """
    # A hostile word of a megabyte must not buy a quadratic comparison.
    return tuple(difflib.get_close_matches(word[:100], list(known), n=limit, cutoff=0.6))
