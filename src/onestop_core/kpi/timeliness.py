"""When the handling of a dossier ended, and whether it was on time.

The rules are those of a formula document behind the national portal's index; each edition lists them
with their evidence under ``index.counting``. What follows seen from the end of a period: whatever
happened later is not yet known to it.
"""

from __future__ import annotations

import enum
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.model import HO_CHI_MINH, DossierFacts, FinishedKind, Interval, aware

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Standing", "SupplementPolicy", "end_of_handling", "period_end", "standing"]


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
    if facts.finished_at is not None and (until is None or facts.finished_at <= until):
        return Standing(finished=True, on_time=_in_time(facts, facts.finished_at))
    waiting = facts.supplement_requested_at
    if supplements is SupplementPolicy.PORTAL and waiting is not None and (until is None or waiting <= until):
        if facts.supplement_requests is None:
            return Standing(finished=False, on_time=None)
        late = facts.supplement_requests > 1
        return Standing(finished=False, on_time=False if late else _in_time(facts, waiting))
    if until is None:
        raise InvalidValueError.of(
            "period",
            None,
            vi=f"kỳ có ngày cuối, vì hồ sơ {facts.id} đang giải quyết",
            en=f"a period with a last day, since dossier {facts.id} is in progress",
        )
    return Standing(finished=False, on_time=_in_time(facts, until))


def _in_time(facts: DossierFacts, end: datetime) -> bool | None:
    if facts.due_at is not None:
        return end <= facts.due_at
    if facts.received_at is None or facts.allowed_hours is None:
        return None
    # Vietnamese civil time has no daylight saving: wall-clock difference is elapsed time.
    beyond = end - facts.received_at - timedelta(hours=facts.allowed_hours)
    if beyond <= timedelta(0):
        return True
    if facts.supplement_hours is not None:
        return beyond <= timedelta(hours=facts.supplement_hours)
    return False if facts.supplement_requests == 0 else None
