"""What a system records of a paper that was turned into data, and which papers need not be."""

from __future__ import annotations

import enum
from datetime import date
from typing import Any

import attrs

from onestop_core._public import gated
from onestop_core.errors import InvalidValueError
from onestop_core.model import plain_day
from onestop_core.model.words import LONGEST_TEXT, plain_text

__all__ = ["DigitisedPaper", "NotScanned"]

_FIRST_YEAR, _LAST_YEAR = 1850, 2200


class NotScanned(enum.StrEnum):
    """Why a paper is not scanned (Circular 03/2025/TT-VPCP, art. 5(2), from a secondary source)."""

    FILED_ELECTRONICALLY = "filed_electronically"
    SHOWN_ONLY = "shown_only"
    """It was shown for comparison and not handed in."""
    VERIFICATION_OR_OPINION = "verification_or_opinion"
    """The result of a verification or an opinion, unless the sector's law says otherwise."""
    SECRET = "secret"  # noqa: S105 - no password


def _text(value: object, what: str) -> str:
    return plain_text(value, what, longest=LONGEST_TEXT)


def _reason(value: NotScanned | str | None) -> NotScanned | None:
    if value is None:
        return None
    known = [each.value for each in NotScanned]
    if value not in known:
        raise InvalidValueError.one_of("not_scanned", value, known)
    return NotScanned(value)


@attrs.frozen(kw_only=True, repr=False, field_transformer=gated({date: plain_day, str: _text}))
class DigitisedPaper:
    """The least data of a paper in an e-dossier (Decree 118/2025/NĐ-CP, art. 19(2)).

    >>> DigitisedPaper(type_code="HT.01", holder_id="001090012345", name="Giấy khai sinh", summary="Khai sinh năm 1990")
    <DigitisedPaper HT.01>

    ``repr`` names nobody.

    Raises:
        InvalidValueError: an empty or overlong text, no holder, or a validity that ends before it begins.
    """

    type_code: str
    """Code of the kind of paper."""
    holder_id: str | None = None
    """Identity number of the holder. Without one: name, year of birth, day of issue and issuer."""
    holder_name: str | None = None
    birth_year: int | None = None
    issued_on: date | None = None
    issuer: str | None = None
    name: str
    """Name of the paper."""
    summary: str
    """What it says, in short."""
    valid_from: date | None = None
    valid_until: date | None = None
    """The last day on which it holds; None: without end."""
    scope: str | None = None
    """Where it holds, such as the whole country."""
    not_scanned: NotScanned | None = attrs.field(default=None, converter=_reason)
    """Why there is no scan of it; None: it is scanned."""

    def __attrs_post_init__(self) -> None:
        year: Any = self.birth_year
        if year is not None and (type(year) is not int or not _FIRST_YEAR <= year <= _LAST_YEAR):
            raise InvalidValueError.of("birth_year", year, vi="năm sinh như 1990", en="a year such as 1990")
        instead = (self.holder_name, self.birth_year, self.issued_on, self.issuer)
        if self.holder_id is None and None in instead:
            raise InvalidValueError.of(
                "holder_id",
                self.holder_id,
                vi="số định danh, hoặc họ tên, năm sinh, ngày cấp và nơi cấp",
                en="the identity number, or name, year of birth, day of issue and issuer",
            )
        if self.valid_from is not None and self.valid_until is not None and self.valid_until < self.valid_from:
            raise InvalidValueError.of(
                "valid_until", self.valid_until, vi="ngày không trước valid_from", en="a day not before valid_from"
            )

    def __repr__(self) -> str:
        return f"<DigitisedPaper {self.type_code}>"
