"""What each figure counts, defined once: counted by ``tallies``, opened by :func:`figure`, compiled by ``ext.frames``."""

from __future__ import annotations

from datetime import datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.errors import UnknownCodeError
from onestop_core.kpi.counting.conditions import (
    TRUE,
    UNKNOWN,
    AllOf,
    AnyOf,
    AtMost,
    Condition,
    Flag,
    HasValue,
    IfElse,
    Is,
    IsKnown,
    IsTrue,
    Not,
    OnTime,
)
from onestop_core.kpi.counting.evaluate import Test, evaluator
from onestop_core.kpi.counting.on_time import (
    SupplementPolicy,
    finished_by,
    on_time_by,
    period_end,
    policy_of,
    told_in_time,
)
from onestop_core.kpi.counting.sql import sql_of
from onestop_core.kpi.counting.terms import Column, FirstOf, Moment, Number
from onestop_core.kpi.counting.words import words_of
from onestop_core.model import HO_CHI_MINH, Channel, DossierFacts, Interval
from onestop_core.model.series import each_of
from onestop_core.text import Text, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = ["BESIDE", "METRICS", "Counting", "Figure", "Predicate", "countings", "figure", "filed_in", "received_in"]

METRICS: Final = ("2.1", "3.3", "3.6", "4.1", "4.2", "4.3", "4.4", "4.5b", "5.4")
"""The metrics that facts of dossiers give, in the order of a tally."""
BESIDE: Final = ("finished", "in_progress", "one_contact", "one_agency")
"""What a tally counts beside the metrics: two parts of 2.1, and what applicants are asked about, reported and not scored."""
_BY_FILING: Final = frozenset({"3.3", "3.6"})
_RECEIVED, _SUBMITTED = Column(name="received_at"), Column(name="submitted_at")


@attrs.frozen(kw_only=True)
class Counting:
    """How one metric counts dossiers that belong to the period."""

    metric: str
    by_filing: bool
    """Counted by the day of filing where there is no receipt; else without receipt not at all."""
    belongs: Condition
    """Whether a dossier belongs below the line."""
    holds: Condition
    """Whether it belongs above the line as well."""
    told: tuple[Condition, ...] = ()
    """What must hold, beside *holds* being known, for all that is asked to be known; never unknown themselves."""


@lru_cache(maxsize=64)
def countings(until: datetime | None, supplements: SupplementPolicy) -> tuple[Counting, ...]:
    """Return how each metric counts, and what is counted beside them, seen *until* a moment."""
    on_time, finished = on_time_by(until, supplements), IsTrue(part=finished_by(until))
    in_time_told = (told_in_time(until, supplements),)
    # A dossier without a channel counts as filed in person: index.counting, "channel-unknown".
    # What was filed at a kiosk goes to the portal, which has no code for it, as what was filed online.
    channel = Column(name="channel")
    online = IsTrue(part=AnyOf(parts=tuple(Is(column=channel, code=each.value) for each in Channel if each.is_online)))
    # Nothing speaks against a dossier: neither lateness nor its applicant; each of the three suffices against it.
    content = (on_time, Not(part=_flag("disliked")), Not(part=_flag("complained")))
    # The filing is the first contact. Guidance may have been given with it, so that it shows no second one by itself.
    came: Condition = IfElse(condition=_at_most("guided", 0), then=TRUE, otherwise=UNKNOWN)
    came = IfElse(condition=HasValue(column=Column(name="visits")), then=_at_most("visits", 1), otherwise=came)
    once: tuple[Condition, ...] = (_at_most("supplement_requests", 0), came)
    rows: tuple[tuple[str, Condition, Condition, tuple[Condition, ...]], ...] = (
        ("2.1", TRUE, on_time, in_time_told),
        ("3.3", TRUE, online, ()),
        ("3.6", _flag("fee_due"), _flag("paid_online"), ()),
        ("4.1", TRUE, _flag("electronic_result"), ()),
        ("4.2", TRUE, _flag("digitised"), ()),
        ("4.3", TRUE, _flag("data_reused"), ()),
        ("4.4", TRUE, _flag("personal_store"), ()),
        ("4.5b", TRUE, _flag("population_data"), ()),
        ("5.4", TRUE, AllOf(parts=content), (*in_time_told, *map(_known, content[1:]))),
        ("finished", finished, on_time, in_time_told),
        ("one_contact", finished, AllOf(parts=once), tuple(map(_known, once))),
        ("one_agency", finished, _at_most("agencies", 1), ()),
        ("in_progress", Not(part=finished), on_time, in_time_told),
    )
    return tuple(
        Counting(metric=metric, by_filing=metric in _BY_FILING, belongs=belongs, holds=holds, told=told)
        for metric, belongs, holds, told in rows
    )


def _flag(column: str) -> Flag:
    return Flag(column=Column(name=column))


def _at_most(column: str, most: int) -> AtMost:
    return AtMost(term=Column(name=column), limit=Number(value=most))


def _known(condition: Condition) -> IsKnown:
    return IsKnown(part=condition)


def filed_in(period: Interval | None) -> Condition:
    """Return the condition that a dossier was received, or else filed, in the period; never unknown."""
    known = AnyOf(parts=(HasValue(column=_RECEIVED), HasValue(column=_SUBMITTED)))
    return known if period is None else _between(FirstOf(columns=(_RECEIVED, _SUBMITTED)), period, known)


def received_in(period: Interval | None) -> Condition:
    """Return the condition that a dossier was received in the period; never unknown."""
    known = HasValue(column=_RECEIVED)
    return known if period is None else _between(_RECEIVED, period, known)


def _between(term: Column | FirstOf, period: Interval, known: Condition) -> Condition:
    parts: list[Condition] = [known]
    if period.first is not None:
        parts.append(AtMost(term=Moment(at=datetime.combine(period.first, time.min, HO_CHI_MINH)), limit=term))
    last = period_end(period)
    if last is not None:
        parts.append(AtMost(term=term, limit=Moment(at=last)))
    return AllOf(parts=tuple(parts))


@attrs.frozen(kw_only=True)
class Predicate:
    """Which dossiers a number counts: as a test, in words and as SQL, all from one definition.

    >>> late = figure("2.1").missed
    >>> late.sql().startswith("(received_at IS NOT NULL AND NOT (")
    True
    """

    condition: Condition
    """The definition; what it does not tell is not counted."""
    on_time: OnTime
    """What *on time or still within time* means in it."""
    _judge: Test = attrs.field(
        init=False, eq=False, default=attrs.Factory(lambda self: evaluator(self.on_time.definition), takes_self=True)
    )
    _test: Test = attrs.field(
        init=False, eq=False, default=attrs.Factory(lambda self: evaluator(self.condition), takes_self=True)
    )

    def __repr__(self) -> str:
        return f"<Predicate: {shown(self.text.en)}>"

    def __reduce__(self) -> tuple[object, ...]:
        # The two tests are functions, which do not travel; they are made again.
        return _predicate, (self.condition, self.on_time)

    @property
    def text(self) -> Text:
        """The condition in Vietnamese and English."""
        return words_of(self.condition)

    def matches(self, facts: DossierFacts) -> bool:
        """Return whether the dossier is one of those counted."""
        return self._test(facts, self._judge(facts, None)) is True

    def of(self, facts: Iterable[DossierFacts]) -> Iterator[DossierFacts]:
        """Yield the dossiers that are counted, in their order.

        Raises:
            InvalidValueError: an item is not a :class:`~onestop_core.model.DossierFacts`.
        """
        return filter(self.matches, each_of(facts, DossierFacts, "facts"))

    def sql(self) -> str:
        """Return the condition for a WHERE over a table with the columns of ``facts.schema.json``.

        Moments are ``TIMESTAMP WITH TIME ZONE``, flags booleans; standard SQL without functions of one product.
        """
        return sql_of(self.condition)


def _predicate(condition: Condition, on_time: OnTime) -> Predicate:
    return Predicate(condition=condition, on_time=on_time)


@attrs.frozen(kw_only=True)
class Figure:
    """One metric opened: which dossiers stand above the line, below it, and in neither."""

    metric: str
    numerator: Predicate
    denominator: Predicate
    missed: Predicate
    """Below the line and not above it: for 2.1 the late ones."""
    told: Predicate
    """Those below the line of which all is known that is asked: what is left when the unknown is left out."""
    unknown: Predicate
    """In neither, because the facts do not tell; the figure lies between its bounds."""
    timeliness: Text
    """What *on time or still within time* means in the predicates, in full."""


def figure(
    metric: str, *, period: Interval | None = None, supplements: SupplementPolicy | str = SupplementPolicy.PORTAL
) -> Figure:
    """Open a metric: return the predicates by which :func:`~onestop_core.kpi.tally` counts it.

    Without a last day of the period a dossier in progress, which a tally refuses, is unknown here.

    >>> from datetime import date, datetime
    >>> from onestop_core.model import DossierFacts, Interval
    >>> october = Interval(first=date(2026, 10, 1), last=date(2026, 10, 31))
    >>> def dossier(id, due):
    ...     return DossierFacts(id=id, received_at=datetime.fromisoformat("2026-10-12T08:00+07:00"),
    ...         due_at=datetime.fromisoformat(due), finished_at=datetime.fromisoformat("2026-10-16T10:00+07:00"))
    >>> facts = [dossier("A", "2026-10-15T08:00+07:00"), dossier("B", "2026-10-19T08:00+07:00")]
    >>> opened = figure("2.1", period=october)
    >>> [late.id for late in opened.missed.of(facts)], opened.denominator.matches(facts[1])
    (['A'], True)
    >>> figure("3.3").numerator.text.en
    '(receipt is recorded or filing is recorded) and (the channel is online or the channel is kiosk)'

    Raises:
        UnknownCodeError: facts of dossiers do not give that metric.
        InvalidValueError: the policy is not known.
    """
    until = period_end(period)
    policy = policy_of(supplements)
    for each in countings(until, policy):
        if each.metric == metric and metric in METRICS:
            break
    else:
        raise UnknownCodeError.among(Text(vi="chỉ số đếm từ hồ sơ", en="metric counted from dossiers"), metric, METRICS)
    inside = filed_in(period) if each.by_filing else received_in(period)
    on_time = on_time_by(until, policy)

    def predicate(*parts: Condition) -> Predicate:
        kept = tuple(part for part in (inside, *parts) if part != TRUE)
        return Predicate(condition=kept[0] if len(kept) == 1 else AllOf(parts=kept), on_time=on_time)

    decided = IsKnown(part=each.holds)
    silent: Condition = Not(part=decided)
    if each.belongs != TRUE:
        silent = AnyOf(parts=(Not(part=IsKnown(part=each.belongs)), AllOf(parts=(each.belongs, silent))))
    return Figure(
        metric=metric,
        numerator=predicate(each.belongs, each.holds),
        denominator=predicate(each.belongs, decided),
        missed=predicate(each.belongs, Not(part=each.holds)),
        told=predicate(each.belongs, decided, *each.told),
        unknown=predicate(silent),
        timeliness=words_of(on_time.definition),
    )
