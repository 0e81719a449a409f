"""The table of what units owe by period, and of what they must make public: data, read once and cited."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.errors import Problem
from onestop_core.model import Basis, Interval
from onestop_core.rules.editions import Editions
from onestop_core.text import Text, shown
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = [
    "DutyPeriod",
    "PublicationPlace",
    "PublicationRow",
    "UnitDuty",
    "UnitDutyTable",
    "load_unit_duties",
    "unit_duties",
]


class DutyPeriod(Code):
    """How often a duty comes round, as far as the law says."""

    MONTHLY = "monthly"
    QUARTERLY = "quarterly"
    YEARLY = "yearly"
    PERIODIC = "periodic"
    """Again and again; the text names no length."""
    ONCE = "once"
    """Before a day."""
    REAL_TIME = "real_time"
    """At once, always."""
    STANDING = "standing"
    """No period and no day: never due in a month."""


class PublicationPlace(Code):
    """Where something is made public."""

    PREMISES = "premises"
    WEBSITE = "website"
    PORTAL = "portal"


@attrs.frozen(kw_only=True)
class UnitDuty:
    """One row: something that units owe."""

    code: str
    name: Text
    who: tuple[str, ...]
    """Kinds of units that owe it."""
    period: DutyPeriod
    or_ad_hoc: bool = False
    """Or when it is called for."""
    with_: tuple[str, ...] = ()
    """Kinds of units that take part."""
    to: Text | None = None
    per_sender: bool = False
    """Whether it is owed to each agency that posts staff."""
    before: date | None = None
    """The day before which it is to be done, where the law names one."""
    in_force_from: date | None = None
    in_force_to: date | None = None
    basis: tuple[Basis, ...]

    @property
    def during(self) -> Interval:
        """The days on which the row applies."""
        return Interval(first=self.in_force_from, last=self.in_force_to)


@attrs.frozen(kw_only=True)
class PublicationRow:
    """One row: something that units make public."""

    code: str
    name: Text
    who: tuple[str, ...]
    where: tuple[PublicationPlace, ...] = ()
    """None: the text does not say where."""
    in_force_from: date | None = None
    in_force_to: date | None = None
    basis: tuple[Basis, ...]

    @property
    def during(self) -> Interval:
        """The days on which the row applies."""
        return Interval(first=self.in_force_from, last=self.in_force_to)


@attrs.frozen(kw_only=True)
class UnitDutyTable:
    """One edition of the table."""

    id: str
    revision: int = 1
    title: Text
    in_force_from: date | None = None
    in_force_to: date | None = None
    announced_on: date | None = None
    notes: tuple[Text, ...] = ()
    duties: tuple[UnitDuty, ...]
    publication: tuple[PublicationRow, ...]


def _problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what a schema cannot say: a code has one row on one day, and a day that is named belongs to what is done once."""
    for part in ("duties", "publication"):
        seen: dict[str, list[tuple[str, str]]] = {}
        for number, row in enumerate(cast("list[dict[str, Any]]", document[part])):
            days = (row.get("in_force_from", "0001-01-01"), row.get("in_force_to", "9999-12-31"))
            if days[1] < days[0]:
                yield _wrong(
                    (part, number, "in_force_to"),
                    row["code"],
                    vi="ngày cuối trước ngày đầu",
                    en="ends before it begins",
                )
                continue
            if any(first <= days[1] and days[0] <= last for first, last in seen.get(row["code"], ())):
                yield _wrong(
                    (part, number, "code"),
                    row["code"],
                    vi="mã đã dùng cho cùng thời gian",
                    en="the code of a row of the same days",
                )
            seen.setdefault(row["code"], []).append(days)
            if (row.get("period") == DutyPeriod.ONCE) is not ("before" in row):
                yield _wrong(
                    (part, number),
                    row["code"],
                    vi="chỉ việc làm một lần mới nêu ngày",
                    en="what is done once names a day, and nothing else does",
                )


def _wrong(path: tuple[str | int, ...], value: object, *, vi: str, en: str) -> Problem:
    return Problem.at(path, "organisation-duties/row", vi=f"{shown(value)}: {vi}", en=f"{shown(value)}: {en}")


_NAME: Final = "vn-organisation-duties"
_EDITIONS: Final[Editions[UnitDutyTable]] = Editions(
    "vn/organisation/duties",
    what=Text(vi="bảng việc định kỳ của đơn vị", en="table of duties of units"),
    kind=UnitDutyTable,
    rename={"with": "with_"},
    check=_problems,
    schema="organisation-duties",
)


def unit_duties(*, on: date) -> UnitDutyTable:
    """Return the table that ships and is in force *on* a day: duties by period, and what must be public.

    >>> from datetime import date
    >>> table = unit_duties(on=date(2026, 8, 5))
    >>> [row.code for row in table.duties if row.period is DutyPeriod.MONTHLY]
    ['staff_notice', 'fee_settlement']

    Raises:
        InvalidValueError: it is not a plain date.
        NotInForceError: no edition is in force on that day.
    """
    return _EDITIONS.on(_NAME, on)


def load_unit_duties(source: str | Path | Mapping[str, Any]) -> UnitDutyTable:
    """Return a table of one's own, from a JSON file or a parsed document of the schema ``organisation-duties``.

    Raises:
        OSError: the file cannot be read.
        UnsupportedSchemaVersionError: the document is written for another version of the schema.
        InvalidDocumentError: it breaks the schema, cites a basis that it does not have, or says a thing twice.
    """
    return _EDITIONS.load(source)
