"""When the handling of a dossier ended, and whether it was on time.

The rules are those of a formula document behind the national portal's index; each edition lists them
with their evidence under ``index.counting``. What follows seen from the end of a period: whatever
happened later is not yet known to it.
"""

from __future__ import annotations

from datetime import datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING, Literal

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.kpi.counting.conditions import (
    FALSE,
    UNKNOWN,
    AllOf,
    AllOfKnown,
    AnyOf,
    AtMost,
    Condition,
    ElapsedAtMost,
    HasValue,
    IfElse,
    IsKnown,
    OnTime,
)
from onestop_core.kpi.counting.evaluate import Test, evaluator
from onestop_core.kpi.counting.terms import Column, Moment, Number, Term
from onestop_core.model import HO_CHI_MINH, DossierFacts, FinishedKind, Interval, aware
from onestop_core.model.series import items_of
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = [
    "Standing",
    "SupplementPolicy",
    "end_of_handling",
    "ensure_judged",
    "finished_by",
    "judges",
    "on_time_by",
    "period_end",
    "policy_of",
    "standing",
    "told_in_time",
]


class SupplementPolicy(Code):
    """How a dossier that waits for a supplement is judged."""

    PORTAL = "portal"
    """One request: its moment stands for the end. More than one: overdue. (Formula document, secondary evidence.)

    A dossier in progress of which nobody knows how often it was asked for papers is then neither on time nor late.
    """
    IGNORE = "ignore"
    """As any other dossier in progress."""


CountingRuleId = Literal["on-time", "no-end-yet", "waiting-for-supplement", "supplements-unknown", "received-unknown"]


@attrs.frozen(kw_only=True)
class Standing:
    """How a dossier stands at the end of a period."""

    finished: bool
    on_time: bool | None
    """On time, or still within time; None if the facts do not tell."""
    rule: CountingRuleId = "on-time"
    """The counting rule that judged it, or left it unjudged, by its id in ``index.counting``. By the portal's own rule
    ``waiting-for-supplement`` a dossier may be late whose clock stands still."""


_ORDER = (
    (FinishedKind.DONE,),
    (FinishedKind.RETURNED,),
    (FinishedKind.STOPPED, FinishedKind.REFUSED),
    (FinishedKind.WITHDRAWN,),
)


def end_of_handling(moments: Mapping[FinishedKind, datetime]) -> tuple[FinishedKind, datetime] | None:
    """Return which of the recorded *moments* is the end: handled, else returned, else stopped or refused, else withdrawn.

    >>> from datetime import datetime
    >>> from onestop_core.model import FinishedKind
    >>> at = datetime.fromisoformat
    >>> end_of_handling({FinishedKind.RETURNED: at("2026-10-20T09:00+07:00"), FinishedKind.DONE: at("2026-10-19T16:00+07:00")})
    (<FinishedKind.DONE: 'done'>, datetime.datetime(2026, 10, 19, 16, 0, ...))

    Raises:
        InvalidValueError: they are no moments by kind.
    """
    known = items_of(moments, "moments")
    for kinds in _ORDER:
        found = [(aware(known[kind], str(kind)), kind) for kind in kinds if kind in known]
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
    facts: DossierFacts, *, until: datetime | None, supplements: SupplementPolicy | str = SupplementPolicy.PORTAL
) -> Standing:
    """Return how the dossier stands *until* that moment, None being the end of all that is recorded.

    Raises:
        InvalidValueError: it is in progress and there is no *until* to judge it by; an argument is of the wrong type.
    """
    policy = policy_of(supplements)
    if not isinstance(facts, DossierFacts):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidValueError.of("facts", facts, vi="một DossierFacts", en="a DossierFacts")
    until = None if until is None else aware(until, "until")
    finished, on_time = judges(until, policy)
    if until is None:
        ensure_judged(facts, policy)
    ended = bool(finished(facts, None))
    return Standing(finished=ended, on_time=on_time(facts, None), rule=_rule_of(facts, policy, until, ended=ended))


def _rule_of(
    facts: DossierFacts, supplements: SupplementPolicy, until: datetime | None, *, ended: bool
) -> CountingRuleId:
    if facts.received_at is None:
        return "received-unknown"
    if ended:
        return "on-time"
    if supplements is SupplementPolicy.PORTAL and facts.supplement_requests is None:
        return "supplements-unknown"
    asked = facts.supplement_requested_at
    waits = supplements is SupplementPolicy.PORTAL and asked is not None and (until is None or asked <= until)
    return "waiting-for-supplement" if waits else "no-end-yet"


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


def policy_of(supplements: SupplementPolicy | str) -> SupplementPolicy:
    """Return the policy of that name.

    Raises:
        InvalidValueError: there is none.
    """
    return SupplementPolicy.of(supplements, "supplements")


_RECEIVED, _DUE, _FINISHED = Column(name="received_at"), Column(name="due_at"), Column(name="finished_at")
_ALLOWED, _WAITED = Column(name="allowed_hours"), Column(name="supplement_hours")
_REQUESTED, _REQUESTS = Column(name="supplement_requested_at"), Column(name="supplement_requests")


def finished_by(until: datetime | None) -> Condition:
    """Return the condition that handling has ended *until* that moment."""
    return _happened(_FINISHED, until)


def on_time_by(until: datetime | None, supplements: SupplementPolicy) -> OnTime:
    """Return the condition that a dossier is on time or still within time *until* that moment.

    Without *until* it is unknown for what is in progress and does not wait for a supplement.
    """
    return OnTime(definition=_timely(until, supplements, strict=False))


def told_in_time(until: datetime | None, supplements: SupplementPolicy) -> IsKnown:
    """Return the condition that the facts tell all that being on time asks; never unknown.

    A dossier can be on time, or late, whatever the facts that are missing say. A sample of those alone would be
    selected by the very condition that it is to measure: who leaves the unknown out asks for more.
    """
    return IsKnown(part=_timely(until, supplements, strict=True))


def _timely(until: datetime | None, supplements: SupplementPolicy, *, strict: bool) -> Condition:
    still = UNKNOWN if until is None else _in_time(Moment(at=until), strict=strict)
    if supplements is SupplementPolicy.PORTAL:
        # More than one request: overdue. Nobody knows how many, or whether there was one: unknown, in time or not.
        both = (AtMost(term=_REQUESTS, limit=Number(value=1)), _in_time(_REQUESTED, strict=strict))
        asked = AllOfKnown(parts=both) if strict else AllOf(parts=both)
        waits = IfElse(condition=_happened(_REQUESTED, until), then=asked, otherwise=still)
        still = IfElse(condition=HasValue(column=_REQUESTS), then=waits, otherwise=UNKNOWN)
    return IfElse(condition=finished_by(until), then=_in_time(_FINISHED, strict=strict), otherwise=still)


@lru_cache(maxsize=64)
def judges(until: datetime | None, supplements: SupplementPolicy) -> tuple[Test, Test]:
    """Return as functions of a dossier whether it has ended, and whether it is on time."""
    return evaluator(finished_by(until)), evaluator(on_time_by(until, supplements).definition)


def _happened(column: Column, until: datetime | None) -> Condition:
    return HasValue(column=column) if until is None else AtMost(term=column, limit=Moment(at=until))


def _in_time(end: Term, *, strict: bool) -> Condition:
    allowed = ElapsedAtMost(start=_RECEIVED, end=end, hours=(_ALLOWED,))
    deducted = ElapsedAtMost(start=_RECEIVED, end=end, hours=(_ALLOWED, _WAITED))
    never_asked = AtMost(term=_REQUESTS, limit=Number(value=0))
    nothing = IfElse(condition=never_asked, then=allowed if strict else FALSE, otherwise=UNKNOWN)
    late_or_waited = IfElse(condition=HasValue(column=_WAITED), then=deducted, otherwise=nothing)
    by_law = late_or_waited if strict else AnyOf(parts=(allowed, late_or_waited))
    known = AllOf(parts=(HasValue(column=_RECEIVED), HasValue(column=_ALLOWED)))
    without = IfElse(condition=known, then=by_law, otherwise=UNKNOWN)
    return IfElse(condition=HasValue(column=_DUE), then=AtMost(term=end, limit=_DUE), otherwise=without)
