"""Who will be late by law even if every step is worked within its budget: what is left to do against what is left of time."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core import dossier as dossiers
from onestop_core.deadlines import countdown, due, plan
from onestop_core.deadlines.linked_work import PlanStep
from onestop_core.dossier import Dossier, Holding, Lifecycle
from onestop_core.errors import InvalidValueError
from onestop_core.lab.courses import follow, happened_by
from onestop_core.lab.laws import Law
from onestop_core.model import Phase, TimeLimit, aware
from onestop_core.model.series import each_of, instance
from onestop_core.text import Text, long_date, number
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onestop_core.text import Language

__all__ = ["Forecast", "Outlook", "forecast"]


class Outlook(Code):
    """How a case that is open will end."""

    IN_TIME = "in_time"
    """Worked within the budgets that are left it is done in time."""
    LATE_AT_BUDGET = "late_at_budget"
    """Worked within budgets it is late; only if steps take less can it be in time."""
    LATE_ANYHOW = "late_anyhow"
    """It is late even if the step under way were done this moment and the others kept their budgets."""
    OVERDUE = "overdue"
    """It is late already, whoever holds it; a wait that began after its moment heals nothing."""
    WAITING = "waiting"
    """It waits for somebody else, and its moment moves on."""
    UNKNOWN = "unknown"
    """It is not received, its limit is not known, or nobody holds it whose step has a budget."""

    @property
    def text(self) -> Text:
        """The outlook in words."""
        return _OUTLOOKS[self]


_OUTLOOKS: Final = {
    Outlook.IN_TIME: Text(vi="kịp hạn nếu các bước đúng định mức", en="in time if worked within budgets"),
    Outlook.LATE_AT_BUDGET: Text(vi="sẽ trễ hạn dù các bước đúng định mức", en="will be late even if worked at budget"),
    Outlook.LATE_ANYHOW: Text(
        vi="sẽ trễ hạn dù bước đang làm xong ngay bây giờ", en="will be late even if the step under way were done now"
    ),
    Outlook.OVERDUE: Text(vi="đã quá hạn", en="overdue"),
    Outlook.WAITING: Text(vi="đang chờ bên khác", en="waits for somebody else"),
    Outlook.UNKNOWN: Text(vi="chưa biết", en="unknown"),
}
_LATE: Final = frozenset({Outlook.LATE_AT_BUDGET, Outlook.LATE_ANYHOW})


@attrs.frozen(kw_only=True)
class Forecast:
    """An open case: what is left to do, and what is left of time."""

    id: str
    procedure: str
    unit: str | None = None
    role: str | None = None
    """Who holds it."""
    outlook: Outlook
    due: datetime | None = None
    """The moment that holds: the promise, moved by waiting; else what the law counts."""
    at_budget: datetime | None = None
    """When it is done if the step under way and all that follow take just their budgets."""
    at_best: datetime | None = None
    """When it is done if the step under way were done now and the others took their budgets."""
    days_over: int = 0
    """Working days from the due moment to the end at budget; 0 where it is in time."""

    @property
    def text(self) -> Text:
        """The row in words."""
        said = self.outlook.text
        if self.outlook not in _LATE or self.due is None:
            return said
        due, over = long_date(self.due.date()), number(self.days_over)
        return Text(
            vi=f"{said.vi}: hạn {due.vi}, trễ {over.vi} ngày làm việc",
            en=f"{said.en}: due {due.en}, {over.en} working days late",
        )

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return the row in JSON types."""

        def moment(value: datetime | None) -> str | None:
            return None if value is None else value.isoformat()

        return {
            "id": self.id,
            "procedure": self.procedure,
            "unit": self.unit,
            "role": self.role,
            "outlook": self.outlook.value,
            "due": moment(self.due),
            "at_budget": moment(self.at_budget),
            "at_best": moment(self.at_best),
            "days_over": self.days_over,
            "text": self.text.in_(language),
        }


def forecast(
    cases: Iterable[Dossier], *, law: Law, steps: Iterable[tuple[str, TimeLimit]], now: datetime
) -> Iterator[Forecast]:
    """Yield how each open case will end if the steps that are left keep their budgets; cases that are over are passed over.

    >>> from datetime import datetime
    >>> from onestop_core import dossier
    >>> from onestop_core.lab import law as made
    >>> from onestop_core.model import TimeLimit
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> m = dossier.machine("vn@decree-118-2025")
    >>> case = m.new(id="1", procedure="1.012783", channel="in_person", at=at("2026-03-02T08:15"))
    >>> case = m.step(case, dossier.event("received", at("2026-03-02T08:20")))
    >>> case = m.step(case, dossier.event("assigned", at("2026-03-05T14:00")))
    >>> budgets = [("receiving_officer", TimeLimit.parse("1 working day")), ("specialist", TimeLimit.parse("3 working days")),
    ...     ("authority_leader", TimeLimit.parse("1 working day"))]
    >>> [row] = forecast([case], law=made(limits="5 working days"), steps=budgets, now=at("2026-03-06T09:00"))
    >>> row.text.en
    'will be late even if worked at budget: due Mon 2026-03-09, 2 working days late'

    Args:
        cases: The dossiers; what happened after *now* is not looked at.
        law: Limits, calendar, hours and what is left open.
        steps: The roles in the order in which they have a dossier, each with the budget of its step. A step is under way
            since the dossier came to its role, or since its time began, if that was later; from person to person and from
            unit to unit it is the same step.
        now: The moment of looking.

    Raises:
        InvalidValueError: a naive moment, no dossiers, no law, or a role that comes twice.
    """
    moment = aware(now, "now")
    instance(law, Law, "law")
    order: tuple[tuple[str, TimeLimit], ...] = tuple(cast("Any", each_of(steps, tuple, "steps")))
    if not all(map(_is_step, order)) or len({step[0] for step in order}) < len(order):
        raise InvalidValueError.of(
            "steps",
            steps,
            vi="các cặp (vai trò, TimeLimit), mỗi vai trò một lần",
            en="pairs (role, TimeLimit), each role once",
        )
    given = each_of(cases, Dossier, "cases")
    stood = (_as_it_stood(case, law, moment) for case in given)
    return (
        _looked_at(case, law, order, moment)
        for case in stood
        if case is not None and case.clock.phase is not Phase.STOPPED
    )


def _as_it_stood(case: Dossier, law: Law, now: datetime) -> Dossier | None:
    """Return *case* without what happened after *now*; None if it did not begin by then."""
    events = happened_by(case.events, now)
    if events is case.events:
        return case
    return follow(events, dossiers.machine(_table(case, law) or case.lifecycle)).dossier if events else None


def _table(case: Dossier, law: Law) -> Lifecycle | None:
    """Return the table of *case*, if it is one of somebody's own."""
    table = law.lifecycle
    return table if isinstance(table, Lifecycle) and table.reference == case.lifecycle else None


def _is_step(given: tuple[object, ...]) -> bool:
    return len(given) == 2 and isinstance(given[0], str) and isinstance(given[1], TimeLimit)


def _looked_at(case: Dossier, law: Law, steps: tuple[tuple[str, TimeLimit], ...], now: datetime) -> Forecast:
    row = Forecast(
        id=case.id,
        procedure=case.procedure,
        unit=case.opening.competent_unit or case.opening.receiving_unit,
        outlook=Outlook.UNKNOWN,
    )
    limit = law.limits.of(case.procedure)
    if limit is None or not case.clock.count:
        return row
    count = countdown(case, limit, calendar=law.calendar, hours=law.hours, policies=law.policies)
    by = count.in_force_at(now)
    assert by is not None  # it was received
    rows = dossiers.holdings(case, lifecycle=_table(case, law))
    held = rows[-1] if rows and rows[-1].until is None else None
    row = attrs.evolve(row, due=by, role=None if held is None else held.role)
    if by < now:
        return attrs.evolve(row, outlook=Outlook.OVERDUE)
    if case.clock.phase is Phase.PAUSED:
        return attrs.evolve(row, outlook=Outlook.WAITING)
    budgets = dict(steps)
    if held is None or held.role not in budgets:
        return row
    ends = due(_since(rows, case), budgets[held.role], calendar=law.calendar, hours=law.hours).at
    roles = [role for role, _ in steps]
    rest = steps[roles.index(held.role) + 1 :]
    at_budget, at_best = (_done(start, rest, law) for start in (max(now, ends), now))
    outlook = Outlook.IN_TIME
    if at_best > by:
        outlook = Outlook.LATE_ANYHOW
    elif at_budget > by:
        outlook = Outlook.LATE_AT_BUDGET
    return attrs.evolve(
        row,
        outlook=outlook,
        at_budget=at_budget,
        at_best=at_best,
        days_over=max(law.calendar.count(by.date(), at_budget.date()), 0),
    )


def _since(rows: tuple[Holding, ...], case: Dossier) -> datetime:
    """Return since when the step is under way: since the role got the dossier, but not before its time began."""
    begun = rows[-1]
    for row in reversed(rows):
        if row.role != begun.role:
            break
        begun = row
    counted = case.clock.counted_from
    assert counted is not None  # it was received
    return max(begun.since, counted)


def _done(start: datetime, rest: tuple[tuple[str, TimeLimit], ...], law: Law) -> datetime:
    """Return when the steps that are left are done, one after another, the first beginning at *start*."""
    if not rest:
        return start
    chain = [
        PlanStep(id=role, limit=limit, after=(rest[place - 1][0],) if place else ())
        for place, (role, limit) in enumerate(rest)
    ]
    return plan(chain, start, calendar=law.calendar, hours=law.hours).due.at
