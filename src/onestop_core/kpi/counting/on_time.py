"""When the handling of a dossier ended, and whether it was on time.

The rules are those of a formula document behind the national portal's index; each edition lists them
with their evidence under ``index.counting``. What follows seen from the end of a period: whatever
happened later is not yet known to it.
"""

from __future__ import annotations

import enum
from datetime import datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.kpi.counting.conditions import (
    FALSE,
    UNKNOWN,
    AllOf,
    AnyOf,
    Choose,
    Condition,
    Known,
    NotAbove,
    OnTime,
    Test,
    Within,
)
from onestop_core.kpi.counting.terms import Column, Moment, Number, Term
from onestop_core.model import HO_CHI_MINH, DossierFacts, FinishedKind, Interval, aware

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Standing",
    "SupplementPolicy",
    "compiled",
    "end_of_handling",
    "ensure_judged",
    "finished_by",
    "on_time_by",
    "period_end",
    "standing",
]


class SupplementPolicy(enum.StrEnum):
    """How a dossier that waits for a supplement is judged."""

    PORTAL = "portal"
    """One request: its moment stands for the end. More than one: overdue. (Formula document, secondary evidence.)"""
    IGNORE = "ignore"
    """As any other dossier in progress."""


@attrs.frozen(kw_only=True)
class Standing:
    """How a dossier stands at the end of a period."""

    finished: bool
    on_time: bool | None
    """On time, or still within time; None if the facts do not tell."""


_ORDER = (
    (FinishedKind.DONE,),
    (FinishedKind.RETURNED,),
    (FinishedKind.STOPPED, FinishedKind.REFUSED),
    (FinishedKind.WITHDRAWN,),
)


def end_of_handling(moments: Mapping[FinishedKind, datetime]) -> tuple[FinishedKind, datetime] | None:
    """Return which of the recorded *moments* is the end: handled, else returned, else stopped or refused, else withdrawn.

    >>> from datetime import datetime
    >>> at = datetime.fromisoformat
    >>> end_of_handling({FinishedKind.RETURNED: at("2026-10-20T09:00+07:00"), FinishedKind.DONE: at("2026-10-19T16:00+07:00")})
    (<FinishedKind.DONE: 'done'>, datetime.datetime(2026, 10, 19, 16, 0, ...))
    """
    for kinds in _ORDER:
        found = [(aware(moments[kind], str(kind)), kind) for kind in kinds if kind in moments]
        if found:
            at, kind = min(found)
            return kind, at
    return None


def period_end(period: Interval | None) -> datetime | None:
    """Return the last moment of the last day of *period*; None if it has no last day."""
    if period is None or period.last is None:
        return None
    return datetime.combine(period.last, time.max, HO_CHI_MINH)


def standing(
    facts: DossierFacts, *, until: datetime | None, supplements: SupplementPolicy = SupplementPolicy.PORTAL
) -> Standing:
    """Return how the dossier stands *until* that moment, None being the end of all that is recorded.

    Raises:
        InvalidValueError: it is in progress and there is no *until* to judge it by.
    """
    finished, on_time = compiled(until, supplements)
    if until is None:
        ensure_judged(facts, supplements)
    return Standing(finished=bool(finished(facts, None)), on_time=on_time(facts, None))


def ensure_judged(facts: DossierFacts, supplements: SupplementPolicy) -> None:
    """Refuse a dossier in progress that no end of a period judges."""
    waits = supplements is SupplementPolicy.PORTAL and facts.supplement_requested_at is not None
    if facts.finished_at is None and not waits:
        raise InvalidValueError.of(
            "period",
            None,
            vi=f"kỳ có ngày cuối, vì hồ sơ {facts.id} đang giải quyết",
            en=f"a period with a last day, since dossier {facts.id} is in progress",
        )


_RECEIVED, _DUE, _FINISHED = Column("received_at"), Column("due_at"), Column("finished_at")
_ALLOWED, _WAITED = Column("allowed_hours"), Column("supplement_hours")
_REQUESTED, _REQUESTS = Column("supplement_requested_at"), Column("supplement_requests")


def finished_by(until: datetime | None) -> Condition:
    """Return the condition that handling has ended *until* that moment."""
    return _happened(_FINISHED, until)


def on_time_by(until: datetime | None, supplements: SupplementPolicy) -> OnTime:
    """Return the condition that a dossier is on time or still within time *until* that moment.

    Without *until* it is unknown for what is in progress and does not wait for a supplement.
    """
    still = UNKNOWN if until is None else _in_time(Moment(until))
    if supplements is SupplementPolicy.PORTAL:
        # More than one request: overdue. Nobody knows how many: unknown, in time or not.
        asked = AllOf((NotAbove(_REQUESTS, Number(1)), _in_time(_REQUESTED)))
        still = Choose(_happened(_REQUESTED, until), Choose(Known(_REQUESTS), asked, UNKNOWN), still)
    return OnTime(Choose(finished_by(until), _in_time(_FINISHED), still))


@lru_cache(maxsize=64)
def compiled(until: datetime | None, supplements: SupplementPolicy) -> tuple[Test, Test]:
    """Return both conditions as functions of a dossier."""
    return finished_by(until).compiled(), on_time_by(until, supplements).definition.compiled()


def _happened(column: Column, until: datetime | None) -> Condition:
    return Known(column) if until is None else NotAbove(column, Moment(until))


def _in_time(end: Term) -> Condition:
    deducted = Within(_RECEIVED, end, (_ALLOWED, _WAITED))
    nothing = Choose(NotAbove(_REQUESTS, Number(0)), FALSE, UNKNOWN)
    by_law = AnyOf((Within(_RECEIVED, end, (_ALLOWED,)), Choose(Known(_WAITED), deducted, nothing)))
    known = AllOf((Known(_RECEIVED), Known(_ALLOWED)))
    return Choose(Known(_DUE), NotAbove(end, _DUE), Choose(known, by_law, UNKNOWN))
