"""Counting dossiers: exact, mergeable, independent of order.

A tally is a handful of integers. Those of two disjoint sets of dossiers, added, equal the tally of both
sets at once, so provinces can be counted apart and the nation added up.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, Literal, cast, get_args

import attrs

from onestop_core.errors import InvalidDocumentError, InvalidValueError, OnestopError, Problem, UnknownCodeError
from onestop_core.kpi.counting.conditions import TRUE, Condition, OnTime
from onestop_core.kpi.counting.counts import KINDS, Count, count_of
from onestop_core.kpi.counting.evaluate import Test, evaluator
from onestop_core.kpi.counting.figures import BESIDE, METRICS, countings
from onestop_core.kpi.counting.on_time import (
    SupplementPolicy,
    ensure_judged,
    judges,
    period_end,
    policy_of,
    told_in_time,
)
from onestop_core.model import DossierFacts, FrozenMap, Interval, day_of
from onestop_core.model.series import each_of
from onestop_core.text import Text, nfc, shown, sort_key

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import datetime

__all__ = [
    "COLUMNS_TO_GROUP_BY",
    "By",
    "Count",
    "Tally",
    "by_name",
    "ensure_period",
    "tally",
    "tally_by",
]

By = Literal["procedure", "field", "level", "receiving_place", "unit", "officer", "channel"]
"""What dossiers can be grouped by."""
COLUMNS_TO_GROUP_BY: Final = get_args(By)


_CELLS: Final = (*METRICS, *BESIDE)


_Row = tuple[int, Test | None, Test | None, bool, tuple[Test, ...]]
"""Place of the cell; which dossiers belong (None: all); which hold (None: those on time); whether leaving the unknown out asks that being on time
is told in full, and what else it asks."""


@lru_cache(maxsize=64)
def _rows(until: datetime | None, supplements: SupplementPolicy) -> tuple[tuple[_Row, ...], tuple[_Row, ...]]:
    """Return what counts dossiers that were received, and what counts those that were filed and not received."""
    received: list[_Row] = []
    filed: list[_Row] = []
    in_time = told_in_time(until, supplements)
    tests: dict[Condition, Test] = {}
    for each in countings(until, supplements):
        row = (
            _CELLS.index(each.metric),
            None if each.belongs == TRUE else tests.setdefault(each.belongs, evaluator(each.belongs)),
            None if isinstance(each.holds, OnTime) else evaluator(each.holds),
            in_time in each.told,
            tuple(evaluator(condition) for condition in each.told if condition != in_time),
        )
        received.append(row)
        if each.by_filing:
            filed.append(row)
    return tuple(received), tuple(filed)


@lru_cache(maxsize=64)
def _told_in_time(until: datetime | None, supplements: SupplementPolicy) -> Test:
    return evaluator(told_in_time(until, supplements))


_ABOVE, _BELOW, _PARTLY_ABOVE, _PARTLY_BELOW, _OPEN = range(5)
"""Places in :data:`KINDS`, by which dossiers are counted; those of dossiers that may not belong follow."""
_OPTIONAL: Final = {True: 5, False: 6, None: 7}


def _all(tests: tuple[Test, ...], facts: DossierFacts) -> bool:
    for test in tests:  # noqa: SIM110 - a generator would cost more than what it asks
        if not test(facts, None):
            return False
    return True


class _Counter:
    """The one place where counts change while dossiers go by."""

    def __init__(self) -> None:
        self.dossiers = 0
        self.counted = 0
        self.cells = [[0] * len(KINDS) for _ in _CELLS]

    def add(self, rows: tuple[_Row, ...], facts: DossierFacts, on_time: bool | None, *, in_time_told: bool) -> None:
        cells = self.cells
        asked: Test | None = None
        belonged: bool | None = True
        for place, belongs, holds, in_time, tests in rows:
            if belongs is None:
                member: bool | None = True
            else:
                if belongs is not asked:  # rows that ask the same stand together
                    asked, belonged = belongs, belongs(facts, on_time)
                member = belonged
                if member is False:
                    continue
            held = on_time if holds is None else holds(facts, on_time)
            if member is None:
                kind = _OPTIONAL[held]
            elif held is None:
                kind = _OPEN
            # What holds is known in every part but being on time: nothing else that is asked could be missing.
            elif (in_time and not in_time_told) or (tests and not held and not _all(tests, facts)):
                kind = _PARTLY_ABOVE if held else _PARTLY_BELOW
            else:
                kind = _ABOVE if held else _BELOW
            cells[place][kind] += 1

    def count(self, name: str) -> Count:
        return count_of(self.cells[_CELLS.index(name)])

    def tally(self) -> Tally:
        return Tally(
            dossiers=self.dossiers,
            counted=self.counted,
            metrics=FrozenMap({metric: self.count(metric) for metric in METRICS}),
            **{name: self.count(name) for name in BESIDE},
        )


def _counts(metrics: Mapping[str, Count]) -> FrozenMap[str, Count]:
    given = dict(metrics) if isinstance(cast("object", metrics), Mapping) else {}
    if given.keys() != {*METRICS} or not all(isinstance(cast("object", each), Count) for each in given.values()):
        raise InvalidValueError.of(
            "metrics", given, vi=f"`Count` của các chỉ số {', '.join(METRICS)}", en=f"a Count of {', '.join(METRICS)}"
        )
    return FrozenMap({metric: given[metric] for metric in METRICS})


_NOTHING: Final = Count()
_NONE_COUNTED: Final[FrozenMap[str, Count]] = FrozenMap({str(metric): _NOTHING for metric in METRICS})


@attrs.frozen(kw_only=True)
class Tally:
    """Counts of dossiers by metric; ``tally + tally`` merges, ``Tally()`` is the empty one."""

    dossiers: int = 0
    """Dossiers seen."""
    counted: int = 0
    """Those of them that belong to the period."""
    metrics: FrozenMap[str, Count] = attrs.field(default=_NONE_COUNTED, converter=_counts)
    """By metric id."""
    finished: Count = _NOTHING
    """On time among the finished: a part of 2.1, reported and not scored."""
    in_progress: Count = _NOTHING
    """Within time among those in progress: the other part of 2.1."""
    one_contact: Count = _NOTHING
    """Finished with one contact with the receiving body, the filing: no request for papers and no second visit."""
    one_agency: Count = _NOTHING
    """Finished with one agency to contact."""

    def __getitem__(self, metric: str) -> Count:
        try:
            return self.metrics[metric]
        except (KeyError, TypeError):
            raise UnknownCodeError.among(Text(vi="chỉ số", en="metric"), metric, METRICS) from None

    def __add__(self, other: Tally) -> Tally:
        if not isinstance(other, Tally):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        return Tally(
            dossiers=self.dossiers + other.dossiers,
            counted=self.counted + other.counted,
            metrics=FrozenMap({metric: count + other[metric] for metric, count in self.metrics.items()}),
            finished=self.finished + other.finished,
            in_progress=self.in_progress + other.in_progress,
            one_contact=self.one_contact + other.one_contact,
            one_agency=self.one_agency + other.one_agency,
        )

    def to_dict(self) -> dict[str, Any]:
        """Return the tally in JSON types, each count as :meth:`Count.to_list`; :meth:`from_dict` reads it back."""
        return {
            "dossiers": self.dossiers,
            "counted": self.counted,
            "metrics": {metric: count.to_list() for metric, count in self.metrics.items()},
            **{name: getattr(self, name).to_list() for name in BESIDE},
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
                dossiers=Count(unknown=parts["dossiers"]).unknown,
                counted=Count(unknown=parts["counted"]).unknown,
                metrics={metric: _count(parts["metrics"][metric]) for metric in METRICS},
                **{name: _count(parts[name]) for name in BESIDE},
            )
        except Exception as error:  # noqa: BLE001 - a document of somebody else may answer anything
            raise _not_a_tally(shown(error)) from None
        if made.to_dict() != parts:
            raise _not_a_tally("more than it writes")
        return made


def _not_a_tally(why: str) -> InvalidDocumentError:
    text = Text(vi=f"không phải bảng đếm của Tally.to_dict(): {why}", en=f"not what Tally.to_dict() writes: {why}")
    return InvalidDocumentError(problems=(Problem(path="$", rule="kpi/tally", text=text),))


def _count(parts: Any) -> Count:
    names = [field.name for field in attrs.fields(Count)]
    return Count(**dict(zip(names, parts, strict=len(parts) != 3)))


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
    >>> from onestop_core.model import DossierFacts
    >>> at = datetime.fromisoformat
    >>> done = DossierFacts(id="1", unit="A", received_at=at("2026-10-12T08:00+07:00"),
    ...     due_at=at("2026-10-19T17:00+07:00"), finished_at=at("2026-10-16T09:00+07:00"), finished_kind="done")
    >>> {unit: tally["2.1"].numerator for unit, tally in tally_by([done], by="unit").items()}
    {'A': 1}

    Raises:
        InvalidValueError: as :func:`tally`, or *by* is not a column to group by.
    """
    if not callable(by) and by not in COLUMNS_TO_GROUP_BY:
        raise InvalidValueError.one_of("by", by, COLUMNS_TO_GROUP_BY)
    counters: dict[str | None, _Counter] = {}
    key_of: Callable[[DossierFacts], str | None] = _keys(by) if callable(by) else attrgetter(by)
    _run(facts, lambda each: counters.setdefault(key_of(each), _Counter()), period, supplements)
    return {key: counters[key].tally() for key in sorted(counters, key=by_name)}


def _keys(by: Callable[[DossierFacts], object]) -> Callable[[DossierFacts], str | None]:
    """Return the function of the caller, which may do anything, held to giving text or None."""

    def key(facts: DossierFacts) -> str | None:
        try:
            return _key(by(facts))
        except OnestopError:
            raise
        except Exception as error:
            raise InvalidValueError.of(
                "by", by, vi="hàm của một DossierFacts", en="a function of DossierFacts"
            ) from error

    return key


def _key(key: object) -> str | None:
    if key is None or isinstance(key, str):
        return key if key is None else nfc(key)
    raise InvalidValueError.of("by", key, vi="chữ hoặc None cho mỗi hồ sơ", en="text or None for each dossier")


def by_name(name: str | None) -> tuple[object, ...]:
    """Return the key by which groups are listed: by the Vietnamese alphabet, the dossiers without a value last."""
    return (name is None, () if name is None else sort_key(name))


def tally(
    facts: Iterable[DossierFacts],
    *,
    period: Interval | None = None,
    supplements: SupplementPolicy | str = SupplementPolicy.PORTAL,
) -> Tally:
    """Count dossiers for metrics 2.1, 3.3, 3.6, 4.1 to 4.4, 4.5b and 5.4, by the rules of ``index.counting``.

    A dossier of which the facts do not tell is counted as unknown; :attr:`Count.lowest` and :attr:`Count.highest` say
    between what the figure then lies.

    Args:
        facts: the dossiers, each once.
        period: days of receipt that count; its last day stands for the end of what is in progress.
            None counts all dossiers, all of which must then be finished or wait for a supplement.
        supplements: how waiting for a supplement is judged.

    >>> from datetime import datetime
    >>> from onestop_core.model import DossierFacts
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


def ensure_period(period: object) -> None:
    """Refuse what is neither a period nor None."""
    if period is not None and not isinstance(period, Interval):
        raise InvalidValueError.of("period", period, vi="một Interval các ngày", en="an Interval of days")


def _run(
    facts: Iterable[DossierFacts],
    counter_of: Callable[[DossierFacts], _Counter],
    period: Interval | None,
    supplements: SupplementPolicy | str,
) -> None:
    ensure_period(period)
    policy = policy_of(supplements)
    until = period_end(period)
    (received, filed), judge, told = _rows(until, policy), judges(until, policy)[1], _told_in_time(until, policy)
    for each in each_of(facts, DossierFacts, "facts"):
        counter = counter_of(each)
        counter.dossiers += 1
        filed_at = each.received_at or each.submitted_at
        if filed_at is None or (period is not None and day_of(filed_at) not in period):
            continue
        if until is None and each.received_at is not None:
            ensure_judged(each, policy)
        counter.counted += 1
        on_time = judge(each, None)
        # With an appointment what decides is all that is asked.
        in_time_told = on_time is not None and (each.due_at is not None or told(each, None) is True)
        counter.add(filed if each.received_at is None else received, each, on_time, in_time_told=in_time_told)
