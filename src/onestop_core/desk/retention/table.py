"""The table of periods: by what a file or document is and how it ended, how long it is kept, and from when."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.model import Basis, FinishedKind, FrozenMap, TimeLimit
from onestop_core.model.series import instance, mapping_of
from onestop_core.rules.cited import repeated_codes
from onestop_core.rules.editions import Editions
from onestop_core.text import Text
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = [
    "Counted",
    "Keep",
    "LeastYears",
    "Period",
    "RetentionLimit",
    "RetentionTable",
    "load_retention",
    "retention_table",
]


class Keep(Code):
    """How long something is kept."""

    PERMANENT = "permanent"
    YEARS = "years"
    NOT_KEPT = "not_kept"
    """It need not be kept at all."""


class Counted(Code):
    """From what a period of years counts."""

    YEAR = "year"
    """The year of the event."""
    DAY = "day"
    """The day of the event."""


@attrs.frozen(kw_only=True)
class Period:
    """One row: how long what of which outcome is kept."""

    code: str
    name: Text
    subjects: tuple[str, ...]
    """Kinds of files and documents, or codes of procedures."""
    outcomes: tuple[FinishedKind, ...] = ()
    """Only for files that ended so; none: for all."""
    keep: Keep
    years: int | None = None
    """Whole years, 2 to 70 (Law on Archives 33/2024/QH15, art. 15), of what is kept for years."""
    event: str | None = None
    """From what they count, such as ``work_ended``, the end of the work."""
    counted: Counted = Counted.YEAR
    basis: Basis

    def holds_for(self, subject: str, outcome: FinishedKind | str | None) -> bool:
        """Return whether the row is about what *subject* names, ended with that *outcome*."""
        return subject in self.subjects and (not self.outcomes or outcome in self.outcomes)


@attrs.frozen(kw_only=True)
class RetentionLimit:
    """A time of handing over, keeping back or destroying."""

    limit: TimeLimit
    basis: Basis


@attrs.frozen(kw_only=True)
class LeastYears:
    """For how many years a file must be kept at least, so that something is done with it."""

    value: int
    basis: Basis


def _limits(value: Mapping[str, RetentionLimit]) -> FrozenMap[str, RetentionLimit]:
    return mapping_of(value, RetentionLimit, "limits")


@attrs.frozen(kw_only=True)
class RetentionTable:
    """One edition of the periods, with the times of handing over."""

    id: str
    revision: int = 1
    title: Text
    in_force_from: date | None = None
    in_force_to: date | None = None
    announced_on: date | None = None
    notes: tuple[Text, ...] = ()
    periods: tuple[Period, ...]
    limits: FrozenMap[str, RetentionLimit] = attrs.field(default=FrozenMap({}), converter=_limits)
    """``hand_over``, ``hand_over_construction``, ``keep_back``, ``destruction``, ``stock_check``, ``historical``."""
    handed_over_from_years: LeastYears | None = None
    """Only files that are kept so many years or longer must be handed over; None: all."""
    year_basis: Basis | None = None
    """Why a period that counts from a year ends where it does."""
    longest_basis: Basis | None = None
    """Why the longest document decides."""
    refusal_basis: Basis | None = None
    """Why nothing is taken out before the period is over."""
    over_basis: Basis | None = None
    """Why it may be taken out after it."""

    def periods_of(self, subject: str, outcome: FinishedKind | str | None) -> tuple[Period, ...]:
        """Return the rows about what *subject* names, ended with that *outcome*.

        >>> [row.code for row in retention_table().periods_of("broker_certificate", "refused")]
        ['broker_refused']
        """
        return tuple(row for row in self.periods if row.holds_for(subject, outcome))

    def over(self, national: RetentionTable) -> RetentionTable:
        """Return the table with the rows of *national* for what it does not speak of, and with its times.

        A body's own list stands before the national one: a subject of which it has any row is its own.

        Raises:
            InvalidValueError: *national* is no table.
        """
        below = instance(national, RetentionTable, "national")
        own = {subject for row in self.periods for subject in row.subjects}
        rest = tuple(row for row in below.periods if not own.intersection(row.subjects))
        own_or_national = {
            name: getattr(self, name) or getattr(below, name)
            for name in ("handed_over_from_years", "year_basis", "longest_basis", "refusal_basis", "over_basis")
        }
        return attrs.evolve(
            self,
            periods=(*self.periods, *rest),
            limits=FrozenMap({**below.limits, **self.limits}),
            **own_or_national,
        )


_NAME: Final = "vn-retention"
_EDITIONS: Final[Editions[RetentionTable]] = Editions(
    "vn/retention",
    what=Text(vi="bảng thời hạn lưu trữ", en="table of retention"),
    kind=RetentionTable,
    check=partial(repeated_codes, part="periods", rule="retention/row"),
    schema="retention",
)


def retention_table(*, on: date | None = None) -> RetentionTable:
    """Return the table that ships, or the one in force *on* a day.

    >>> table = retention_table()
    >>> len(table.periods), table.handed_over_from_years.value, str(table.limits["hand_over"].limit)
    (8, 5, '1 year')

    Raises:
        InvalidValueError: the day is not a plain date.
        NotInForceError: no edition is in force on that day.
    """
    return _EDITIONS.on(_NAME, on) if on is not None else _EDITIONS.pinned(f"{_NAME}@archives-law-2024")


def load_retention(source: str | Path | Mapping[str, Any]) -> RetentionTable:
    """Return a table of one's own, from a JSON file or a parsed document of the schema ``retention``.

    Raises:
        OSError: the file cannot be read.
        UnsupportedSchemaVersionError: the document is written for another version of the schema.
        InvalidDocumentError: it breaks the schema, cites a basis that there is not, or a limit cannot be read.
    """
    return _EDITIONS.load(source)
