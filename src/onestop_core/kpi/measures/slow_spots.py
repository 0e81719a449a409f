"""Where the time goes: which step, in which unit, consumes it, and how often it is late there.

The input is one record for each stretch of time that one step had a dossier, as a control slip holds it
(``deadlines.control_slip``). Sums are exact, independent of order, and those of disjoint records add up.
"""

from __future__ import annotations

from fractions import Fraction
from functools import reduce
from typing import TYPE_CHECKING, Any, Final, Literal, cast

import attrs

from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem
from onestop_core.kpi.amounts import (
    check_flag,
    check_label,
    check_label_or_none,
    computed,
    exact_or_none,
    label,
    rounded,
    shown,
    whole,
)
from onestop_core.model.series import each_of
from onestop_core.rules.converter import structure
from onestop_core.rules.schema.schemas import ensure_valid
from onestop_core.text import Text, sort_key
from onestop_core.text import shown as echo

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from decimal import Decimal

    from onestop_core.text.numbers import Exact

__all__ = ["SlowSpot", "SlowSpots", "SpotCount", "StepRecord", "find_slow_spots", "read_steps"]

_COLUMNS: Final = ("step", "unit", "officer", "procedure")


def _computed(value: Exact) -> Fraction:
    return computed(value, "hours")


def _hours(value: Exact | None) -> Fraction | None:
    return exact_or_none(value, "hours")


def _by_the_hours(record: StepRecord) -> bool | None:
    return None if record.used is None or record.allowed is None else record.used > record.allowed


@attrs.frozen(kw_only=True)
class StepRecord:
    """One stretch of time in which one step had a dossier; None is unknown.

    >>> StepRecord(dossier="H26-1", step="specialist", unit="Tây Hồ", used=30, allowed=24).late
    True

    Raises:
        InvalidValueError: a name is empty, or hours are not an exact number from 0 on.
    """

    dossier: str = attrs.field(validator=check_label)
    step: str = attrs.field(validator=check_label)
    """The role or the step of the procedure."""
    unit: str | None = attrs.field(default=None, validator=check_label_or_none)
    officer: str | None = attrs.field(default=None, validator=check_label_or_none)
    procedure: str | None = attrs.field(default=None, validator=check_label_or_none)
    used: Fraction | None = attrs.field(default=None, converter=_hours)
    """Working hours used, up to the hand-over or to the day of looking."""
    allowed: Fraction | None = attrs.field(default=None, converter=_hours)
    """Working hours that the step may take; None where it has no budget of its own."""

    late: bool | None = attrs.field(default=attrs.Factory(_by_the_hours, takes_self=True), validator=check_flag)
    """Whether it took longer than allowed; given by a clock, or else by the hours, or unknown."""


@attrs.frozen(kw_only=True)
class SpotCount:
    """Sums over the records of one place; they add up."""

    passes: int = 0
    """Records: a dossier that comes back is counted again."""
    timed: int = 0
    """Those whose time is known."""
    used: Fraction = attrs.field(default=Fraction(0), converter=_computed)
    """Working hours used by them."""
    longest: Fraction = attrs.field(default=Fraction(0), converter=_computed)
    judged: int = 0
    """Records of which it is known whether they were late."""
    late: int = 0
    """Those of them that took longer than allowed."""
    overrun: Fraction = attrs.field(default=Fraction(0), converter=_computed)
    """Hours beyond the allowance, where both are known."""

    def __add__(self, other: SpotCount) -> SpotCount:
        if not isinstance(other, SpotCount):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        return SpotCount(
            passes=self.passes + other.passes,
            timed=self.timed + other.timed,
            used=self.used + other.used,
            longest=max(self.longest, other.longest),
            judged=self.judged + other.judged,
            late=self.late + other.late,
            overrun=self.overrun + other.overrun,
        )


def _count_of(record: StepRecord) -> SpotCount:
    used, allowed, late = record.used, record.allowed, record.late
    return SpotCount(
        passes=1,
        timed=int(used is not None),
        used=used or Fraction(0),
        longest=used or Fraction(0),
        judged=int(late is not None),
        late=int(late is True),
        overrun=max(used - allowed, Fraction(0)) if used is not None and allowed is not None else Fraction(0),
    )


Key = tuple[str | None, ...]


@attrs.frozen(kw_only=True)
class SlowSpot:
    """One place, with its part of the whole."""

    key: Key
    """Values of the columns grouped by; None holds the records without one."""
    count: SpotCount
    total: Fraction = attrs.field(converter=_computed)
    """Hours used in all places together."""

    @property
    def share_of_time(self) -> Fraction | None:
        """Its part of all the time used; None where none was used."""
        return self.count.used / self.total if self.total else None

    @property
    def mean(self) -> Fraction | None:
        """Working hours of a pass; None where no time is known."""
        return self.count.used / self.count.timed if self.count.timed else None

    @property
    def late_share(self) -> Fraction | None:
        """Late, of the passes that can be judged; None where there is none."""
        return Fraction(self.count.late, self.count.judged) if self.count.judged else None


@attrs.frozen(kw_only=True)
class SlowSpots:
    """Places and their sums. ``spots + spots`` merges those of disjoint records."""

    by: tuple[str, ...]
    counts: tuple[tuple[Key, SpotCount], ...] = ()
    """In the order of their keys, by the Vietnamese alphabet, those without a value last."""

    def __repr__(self) -> str:
        return f"<SlowSpots by {', '.join(self.by)}: {len(self.counts)} places>"

    @property
    def rows(self) -> tuple[SlowSpot, ...]:
        """The places, the one that consumes most time first."""
        total = sum((count.used for _, count in self.counts), Fraction(0))
        rows = (SlowSpot(key=key, count=count, total=total) for key, count in self.counts)
        return tuple(sorted(rows, key=lambda row: -row.count.used))

    def most_late(self) -> tuple[SlowSpot, ...]:
        """Return the places that can be judged, the one most often late first, then by hours beyond the allowance."""
        judged = [(row.late_share, row) for row in self.rows if row.late_share is not None]
        return tuple(row for _, row in sorted(judged, key=lambda pair: (-pair[0], -pair[1].count.overrun)))

    def __add__(self, other: SlowSpots) -> SlowSpots:
        if not isinstance(other, SlowSpots):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        if other.by != self.by:
            raise InvalidValueError.of(
                "by", other.by, vi=f"cùng cách nhóm {self.by}", en=f"the same grouping {self.by}"
            )
        merged = dict(self.counts)
        for key, count in other.counts:
            merged[key] = merged.get(key, SpotCount()) + count
        return SlowSpots(by=self.by, counts=_ordered(merged))

    def to_dict(self) -> dict[str, Any]:
        """Return the sums in JSON types, exact (fractions as text), with figures to read; :meth:`from_dict` reads it back."""
        return {
            "by": list(self.by),
            "spots": [
                {
                    "key": list(row.key),
                    **{name: getattr(row.count, name) for name in _WHOLE},
                    **{name: str(getattr(row.count, name)) for name in _EXACT},
                    "mean": shown(row.mean),
                    "share_of_time": _percent(row.share_of_time),
                    "late_share": _percent(row.late_share),
                }
                for row in self.rows
            ],
        }

    @classmethod
    def from_dict(cls, document: object) -> SlowSpots:
        """Return what :meth:`to_dict` wrote.

        Raises:
            InvalidDocumentError: it is something else.
        """
        try:
            parts: Any = document
            counts = {_key(spot["key"], parts["by"]): _count(spot) for spot in parts["spots"]}
            made = cls(by=_columns(parts["by"]), counts=_ordered(counts))
        except Exception as error:  # noqa: BLE001 - a document of somebody else may answer anything
            raise _not_spots(echo(error)) from None
        if made.to_dict() != parts:
            raise _not_spots("other figures than its sums give")
        return made


_WHOLE: Final = ("passes", "timed", "judged", "late")
_EXACT: Final = ("used", "longest", "overrun")


def _percent(ratio: Fraction | None) -> str | None:
    percent: Decimal | None = None if ratio is None else rounded(100 * ratio)
    return None if percent is None else str(percent)


def _count(spot: Any) -> SpotCount:
    numbers: dict[str, Any] = {name: whole(spot[name], name) for name in _WHOLE}
    numbers.update({name: Fraction(_short(spot[name])) for name in _EXACT})
    return SpotCount(**numbers)


def _short(text: object) -> str:
    # A power of ten in a short text would make a number of any size.
    if not isinstance(text, str) or len(text) > 200 or not set(text) <= set("0123456789/"):
        raise InvalidValueError.of("hours", text, vi="phân số như 5/2", en="a fraction such as 5/2")
    return text


def _key(values: Any, by: Any) -> Key:
    key = tuple(value if value is None else label(value, "key") for value in cast("list[object]", values))
    if len(key) != len(by):
        raise InvalidValueError.of("key", values, vi=f"{len(by)} giá trị", en=f"{len(by)} values")
    return key


def _not_spots(why: str) -> InvalidDocumentError:
    text = Text(vi=f"không phải bảng của SlowSpots.to_dict(): {why}", en=f"not what SlowSpots.to_dict() writes: {why}")
    return InvalidDocumentError(problems=(Problem(path="$", rule="kpi/slow-spots", text=text),))


def _ordered(counts: dict[Key, SpotCount]) -> tuple[tuple[Key, SpotCount], ...]:
    return tuple(
        sorted(counts.items(), key=lambda item: tuple((part is None, sort_key(part or "")) for part in item[0]))
    )


def _columns(by: Sequence[str]) -> tuple[str, ...]:
    columns = tuple(by) if isinstance(by, list | tuple) else ()
    named = all(isinstance(cast("object", each), str) for each in columns)
    if not columns or not named or len(set(columns)) != len(columns) or not set(columns) <= set(_COLUMNS):
        known = ", ".join(_COLUMNS)
        raise InvalidValueError.of("by", by, vi=f"các cột khác nhau trong {known}", en=f"different columns of {known}")
    return columns


def find_slow_spots(
    records: Iterable[StepRecord], *, by: Sequence[Literal["step", "unit", "officer", "procedure"]] = ("step", "unit")
) -> SlowSpots:
    """Add up step records by step and unit, or by other columns.

    >>> records = [
    ...     StepRecord(dossier="1", step="appraise", unit="Tây Hồ", used=30, allowed=24),
    ...     StepRecord(dossier="2", step="appraise", unit="Tây Hồ", used=20, allowed=24),
    ...     StepRecord(dossier="1", step="sign", unit="Tây Hồ", used=10, allowed=8),
    ... ]
    >>> found = find_slow_spots(records)
    >>> [(row.key[0], row.share_of_time, row.mean, row.late_share) for row in found.rows]
    [('appraise', Fraction(5, 6), Fraction(25, 1), Fraction(1, 2)), ('sign', Fraction(1, 6), Fraction(10, 1), Fraction(1, 1))]
    >>> [row.key[0] for row in found.most_late()]
    ['sign', 'appraise']
    >>> find_slow_spots(records[:1]) + find_slow_spots(records[1:]) == found
    True

    Raises:
        InvalidValueError: an item is not a :class:`StepRecord`, or a column not one of step, unit, officer, procedure.
    """
    columns = _columns(by)
    found: dict[Key, list[SpotCount]] = {}
    for record in each_of(records, StepRecord, "records"):
        key = tuple(getattr(record, column) for column in columns)
        found.setdefault(key, []).append(_count_of(record))
    merged = {key: reduce(SpotCount.__add__, counts) for key, counts in found.items()}
    return SlowSpots(by=columns, counts=_ordered(merged))


def read_steps(document: object, *, source: str | None = None) -> tuple[StepRecord, ...]:
    """Return the step records of a document under ``schemas/kpi-steps.schema.json``.

    >>> read_steps({"schema_version": "1.0", "steps": [{"dossier": "1", "step": "sign", "used": "5/2", "allowed": "8"}]})[0].used
    Fraction(5, 2)

    Raises:
        UnsupportedSchemaVersionError: it is written for another version of the schema.
        InvalidDocumentError: with every problem.
    """
    ensure_valid(document, "kpi-steps", source=source)
    return structure(cast("dict[str, Any]", document)["steps"], tuple[StepRecord, ...], source=source)
