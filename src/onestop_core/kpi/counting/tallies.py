"""Counting dossiers: exact, mergeable, independent of order.

A tally is a handful of integers. Those of two disjoint sets of dossiers, added, equal the tally of both
sets at once, so provinces can be counted apart and the nation added up.
"""

from __future__ import annotations

from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, Literal, get_args

import attrs

from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem
from onestop_core.kpi.counting.conditions import TRUE, Test
from onestop_core.kpi.counting.figures import METRICS, countings, policy_of
from onestop_core.kpi.counting.on_time import SupplementPolicy, compiled, ensure_judged, period_end
from onestop_core.model import DossierFacts, Interval, day_of
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

__all__ = ["By", "Count", "Tally", "tally", "tally_by"]

By = Literal["procedure", "field", "level", "receiving_place", "unit", "officer", "channel"]
"""What dossiers can be grouped by."""
_BY: Final = get_args(By)


@attrs.frozen(kw_only=True)
class Count:
    """Numerator, denominator, and the dossiers left out of both because the facts do not tell.

    Raises:
        InvalidValueError: a part is not a whole number from 0 on.
    """

    numerator: int = 0
    denominator: int = 0
    unknown: int = 0

    def __attrs_post_init__(self) -> None:
        for name in ("numerator", "denominator", "unknown"):
            value = getattr(self, name)
            # an exact type: True is an int to Python and no count
            if type(value) is not int or value < 0:
                raise InvalidValueError.of(name, value, vi="số nguyên từ 0 trở lên", en="a whole number from 0 on")

    def __add__(self, other: Count) -> Count:
        return Count(
            numerator=self.numerator + other.numerator,
            denominator=self.denominator + other.denominator,
            unknown=self.unknown + other.unknown,
        )


_METRICS: Final = METRICS
_PARTS: Final = ("finished", "in_progress")
Row = tuple[str, bool, Test | None, Test]
"""Name of the cell, whether it counts by the day of filing, and the tests: which dossiers belong, which hold."""


@lru_cache(maxsize=64)
def _rows(until: datetime | None, supplements: SupplementPolicy) -> tuple[Row, ...]:
    return tuple(
        (each.metric, each.by_filing, None if each.belongs == TRUE else each.belongs.compiled(), each.holds.compiled())
        for each in countings(until, supplements)
    )


class _Counter:
    """The one place where counts change while dossiers go by."""

    def __init__(self) -> None:
        self.dossiers = 0
        self.counted = 0
        self.cells = {name: [0, 0, 0] for name in (*_METRICS, *_PARTS)}

    def note(self, rows: tuple[Row, ...], facts: DossierFacts, on_time: bool | None) -> None:
        received = facts.received_at is not None
        for name, by_filing, belongs, holds in rows:
            if not (by_filing or received):
                continue
            member = True if belongs is None else belongs(facts, on_time)
            if member is False:
                continue
            held = holds(facts, on_time)
            cell = self.cells[name]
            if member is None or held is None:
                cell[2] += 1
            else:
                cell[0] += held
                cell[1] += 1

    def count(self, name: str) -> Count:
        numerator, denominator, unknown = self.cells[name]
        return Count(numerator=numerator, denominator=denominator, unknown=unknown)

    def tally(self) -> Tally:
        return Tally(
            dossiers=self.dossiers,
            counted=self.counted,
            metrics=tuple((metric, self.count(metric)) for metric in _METRICS),
            finished=self.count("finished"),
            in_progress=self.count("in_progress"),
        )


@attrs.frozen(kw_only=True)
class Tally:
    """Counts of dossiers by metric; ``tally + tally`` merges, ``Tally()`` is the empty one."""

    dossiers: int = 0
    """Dossiers seen."""
    counted: int = 0
    """Those of them that belong to the period."""
    metrics: tuple[tuple[str, Count], ...] = tuple((metric, Count()) for metric in _METRICS)
    finished: Count = Count()
    """On time among the finished: a part of 2.1, reported and not scored."""
    in_progress: Count = Count()
    """Within time among those in progress: the other part of 2.1."""

    def __getitem__(self, metric: str) -> Count:
        return dict(self.metrics)[metric]

    def __add__(self, other: Tally) -> Tally:
        return Tally(
            dossiers=self.dossiers + other.dossiers,
            counted=self.counted + other.counted,
            metrics=tuple((metric, self[metric] + other[metric]) for metric in _METRICS),
            finished=self.finished + other.finished,
            in_progress=self.in_progress + other.in_progress,
        )

    def pairs(self) -> dict[str, tuple[int, int]]:
        """Return numerator and denominator by metric, for ``index.score``.

        A metric about which every dossier is silent is left out: 0/0 would say that there were none.
        """
        return {
            metric: (count.numerator, count.denominator)
            for metric, count in self.metrics
            if count.denominator or not count.unknown
        }

    def to_dict(self) -> dict[str, Any]:
        """Return the tally in JSON types; :meth:`from_dict` reads it back."""

        def plain(count: Count) -> list[int]:
            return [count.numerator, count.denominator, count.unknown]

        return {
            "dossiers": self.dossiers,
            "counted": self.counted,
            "metrics": {metric: plain(count) for metric, count in self.metrics},
            "finished": plain(self.finished),
            "in_progress": plain(self.in_progress),
        }

    @classmethod
    def from_dict(cls, document: object) -> Tally:
        """Return the tally that :meth:`to_dict` wrote.

        Raises:
            InvalidDocumentError: it is something else.
        """
        try:
            parts: Any = document
            made = cls(
                dossiers=Count(numerator=parts["dossiers"]).numerator,
                counted=Count(numerator=parts["counted"]).numerator,
                metrics=tuple((metric, _count(parts["metrics"][metric])) for metric in _METRICS),
                finished=_count(parts["finished"]),
                in_progress=_count(parts["in_progress"]),
            )
        except (LookupError, TypeError, ValueError) as error:
            raise _not_a_tally(repr(error)) from None
        if made.to_dict() != document:
            raise _not_a_tally("more than it writes")
        return made


def _not_a_tally(why: str) -> InvalidDocumentError:
    text = Text(vi=f"không phải bảng đếm của Tally.to_dict(): {why}", en=f"not what Tally.to_dict() writes: {why}")
    return InvalidDocumentError(problems=(Problem(path="$", rule="kpi/tally", text=text),))


def _count(parts: Any) -> Count:
    numerator, denominator, unknown = parts
    return Count(numerator=numerator, denominator=denominator, unknown=unknown)


def tally_by(
    facts: Iterable[DossierFacts],
    *,
    by: By | Callable[[DossierFacts], str | None],
    period: Interval | None = None,
    supplements: SupplementPolicy | str = SupplementPolicy.PORTAL,
) -> dict[str | None, Tally]:
    """Return a tally for each value of the column *by*; None holds the dossiers without one.

    A function groups by what is not a column of the facts: the field of the procedure, the level of the
    unit, the receiving place.

    >>> from datetime import datetime
    >>> at = datetime.fromisoformat
    >>> done = DossierFacts(id="1", unit="A", received_at=at("2026-10-12T08:00+07:00"),
    ...     due_at=at("2026-10-19T17:00+07:00"), finished_at=at("2026-10-16T09:00+07:00"), finished_kind="done")
    >>> {unit: tally["2.1"].numerator for unit, tally in tally_by([done], by="unit").items()}
    {'A': 1}

    Raises:
        InvalidValueError: as :func:`tally`, or *by* is not a column to group by.
    """
    if not callable(by) and by not in _BY:
        raise InvalidValueError.of("by", by, vi=f"một trong {', '.join(_BY)}", en=f"one of {', '.join(_BY)}")
    counters: dict[str | None, _Counter] = {}
    key_of: Callable[[DossierFacts], str | None] = by if callable(by) else attrgetter(by)
    _run(facts, lambda each: counters.setdefault(key_of(each), _Counter()), period, supplements)
    return {key: counters[key].tally() for key in sorted(counters, key=lambda key: (key is None, key or ""))}


def tally(
    facts: Iterable[DossierFacts],
    *,
    period: Interval | None = None,
    supplements: SupplementPolicy | str = SupplementPolicy.PORTAL,
) -> Tally:
    """Count dossiers for metrics 2.1, 3.3, 3.6, 4.1 to 4.4, 4.5b and 5.4, by the rules of ``index.counting``.

    Args:
        facts: the dossiers, each once.
        period: days of receipt that count; its last day stands for the end of what is in progress.
            None counts all dossiers, all of which must then be finished or wait for a supplement.
        supplements: how waiting for a supplement is judged.

    >>> from datetime import date, datetime
    >>> def dossier(id, due):
    ...     return DossierFacts(id=id, received_at=datetime.fromisoformat("2026-10-12T08:00+07:00"),
    ...         due_at=datetime.fromisoformat(due), finished_at=datetime.fromisoformat("2026-10-16T10:00+07:00"))
    >>> late, good = dossier("A", "2026-10-15T08:00+07:00"), dossier("B", "2026-10-19T08:00+07:00")
    >>> tally([late, good])["2.1"]
    Count(numerator=1, denominator=2, unknown=0)
    >>> tally([late]) + tally([good]) == tally([good, late])
    True

    Raises:
        InvalidValueError: a dossier is in progress and *period* has no last day; an item is not a
            :class:`~onestop_core.model.DossierFacts`; the policy is not known.
    """
    counter = _Counter()
    _run(facts, lambda _: counter, period, supplements)
    return counter.tally()


_FACTS: Final = Text(vi="các DossierFacts", en="DossierFacts items")


def _ensure(value: object, kind: type, what: str, expected: Text) -> None:
    if not isinstance(value, kind):
        raise InvalidValueError.of(what, value, vi=expected.vi, en=expected.en)


def _run(
    facts: Iterable[DossierFacts],
    counter_of: Callable[[DossierFacts], _Counter],
    period: Interval | None,
    supplements: SupplementPolicy | str,
) -> None:
    if period is not None:
        _ensure(period, Interval, "period", Text(vi="một Interval các ngày", en="an Interval of days"))
    policy = policy_of(supplements)
    until = period_end(period)
    rows, judge = _rows(until, policy), compiled(until, policy)[1]
    for each in facts:
        _ensure(each, DossierFacts, "facts", _FACTS)
        counter = counter_of(each)
        counter.dossiers += 1
        filed_at = each.received_at or each.submitted_at
        if filed_at is None or (period is not None and day_of(filed_at) not in period):
            continue
        if until is None and each.received_at is not None:
            ensure_judged(each, policy)
        counter.counted += 1
        counter.note(rows, each, judge(each, None))
