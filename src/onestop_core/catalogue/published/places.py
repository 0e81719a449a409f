"""What a reader of pages did not understand, place by place, and the one place where texts are cleaned."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.text import Text, nfc

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["CAPITALS", "SMALL", "NotUnderstood", "Tell", "clean", "said"]

SMALL: Final = "aàáảãạăằắẳẵặâầấẩẫậbcdđeèéẻẽẹêềếểễệfghiìíỉĩịjklmnoòóỏõọôồốổỗộơờớởỡợpqrstuùúủũụưừứửữựvwxyỳýỷỹỵz"
"""The small letters of Vietnamese, for classes of regular expressions."""
CAPITALS: Final = SMALL.upper()
_LONGEST: Final = 2_000
_STRAY: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffc\ue000-\uf8ff]"
)
_FOREIGN: Final = re.compile("[\u0370-\u052f\uff01-\uff5e\u00d0\u00f0\u0189]")
_NOTHING: Final = re.compile(
    r"(?:không|chưa) có(?: thông tin| dữ liệu)?[.;]?|[-–—.*()\s]*|n/a|\(?trống\)?", re.IGNORECASE
)
_LOOKS: Final = str.maketrans(
    "АВЕЅІЈКМНОРСТУХЗасеоруѕіјх" + "ΑΒΕΖΗΙΚΜΝΟΡΤΥΧο" + "ÐƉð" + "".join(map(chr, range(0xFF01, 0xFF5F))),
    "ABESIJKMHOPCTYX3aceopysijx" + "ABEZHIKMNOPTYXo" + "ĐĐđ" + "".join(map(chr, range(0x21, 0x7F))),
)
"""Letters of other scripts that look like Latin or Vietnamese ones; full width ones are Latin in a wide font."""


@attrs.frozen(kw_only=True)
class NotUnderstood:
    """A place of a page that was not read, or not wholly: a value, never an exception."""

    page: int
    """Which page, from 0."""
    code: str | None
    """Its procedure code, where it has one."""
    place: str
    """The property of the page, such as ``cach_thuc_thuc_hien[1].phi_le_phi``."""
    text: str
    """What stands there."""
    reason: Text
    """Why it was not read, in both languages."""
    cell: str | None = None
    """Where in a sheet, as spreadsheets name it: ``'Cấp xã'!F7``; None for pages that were in no sheet."""


if TYPE_CHECKING:
    Tell = Callable[[str, object, str, str], None]
    """Note that the place, with its raw text, was not understood: ``tell(place, text, vi, en)``."""
else:
    Tell = Any


def clean(raw: object) -> tuple[str, bool]:
    r"""Return a text in normal form C without stray characters, and whether there were such.

    >>> clean(" To\u031b\u0300 khai\xad\r\n")
    ('Tờ khai', True)
    """
    text = nfc(raw if isinstance(raw, str) else "" if raw is None else str(raw))
    text = text.replace("\r\n", "\n").replace("\t", " ").replace("\xa0", " ")
    plain = text.translate(_LOOKS) if _FOREIGN.search(text) else text
    kept = _STRAY.sub("", plain)
    return kept.strip(), kept != text


def said(text: str) -> bool:
    """Return whether *text* says anything: "Không có thông tin" and dashes do not.

    >>> said("Không có thông tin"), said("Không quy định")
    (False, True)
    """
    return len(text) > _LONGEST or _NOTHING.fullmatch(text) is None


def shortened(text: str) -> str:
    """Return as much of a raw text as a finding shows."""
    return text if len(text) <= _LONGEST else text[: _LONGEST - 1] + "…"
