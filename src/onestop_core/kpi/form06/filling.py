"""Report form 06 from the facts of dossiers."""

from __future__ import annotations

from collections import Counter
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final, Literal, get_args

from onestop_core.errors import InvalidValueError
from onestop_core.kpi.amounts import label
from onestop_core.kpi.counting.on_time import SupplementPolicy, judges, period_end, policy_of
from onestop_core.kpi.counting.tallies import COLUMNS_TO_GROUP_BY, By, by_name
from onestop_core.kpi.form06.definition import definition
from onestop_core.kpi.form06.values import NUMBERS, Form06, FormRow, Included, LeftOut, closed
from onestop_core.model import DossierFacts, FinishedKind, Interval, day_of
from onestop_core.model.series import each_of
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

__all__ = ["EarlyPolicy", "MissingPolicy", "fill"]


class EarlyPolicy(Code):
    """When a dossier is resolved early (trước hạn); the form does not say."""

    DAY = "day"
    """On a day before that of the appointment."""
    MOMENT = "moment"
    """At any moment before that of the appointment."""


class MissingPolicy(Code):
    """What becomes of a dossier whose facts do not tell its column."""

    REFUSE = "refuse"
    """No form is made."""
    LEAVE_OUT = "leave_out"
    """It is in no column, and counted under ``left_out``."""


_ENDS: Final = {
    FinishedKind.REFUSED: "refused",
    FinishedKind.STOPPED: "stopped",
    FinishedKind.WITHDRAWN: "withdrawn",
}
"""Ends without the result that was asked for."""
_SHOWN: Final = 3
"""How many dossiers an error names."""

_Missing = Literal["channel", "due_at"]
_MISSING: Final[tuple[_Missing, ...]] = get_args(_Missing)


def fill(
    facts: Iterable[DossierFacts],
    *,
    period: Interval,
    by: By = "field",
    unit: str | None = None,
    early: EarlyPolicy | str = EarlyPolicy.DAY,
    supplements: SupplementPolicy | str = SupplementPolicy.IGNORE,
    missing: MissingPolicy | str = MissingPolicy.REFUSE,
) -> Form06:
    """Return the form for *period*, its rows in the order of their labels, the unknown one last.

    A dossier counts from its receipt on; what happened after the period is not yet known to it. Refused,
    stopped and withdrawn dossiers are resolved, and told apart under ``included``, since they raise the rate;
    so are those that wait for a supplement. Without an appointment the longest elapsed time that the law
    allows stands for it, as for metric 2.1. How each column counts is in ``definition().counting``, and is
    *our reading*: the form prints headings and no rules.

    Args:
        facts: the dossiers, each once; also those received before the period, for the stock.
        period: first and last day reported.
        by: what a row stands for.
        unit: who reports.
        early: when a dossier is early rather than on time.
        supplements: how one that waits for a supplement is judged; by itself, as any other in progress.
        missing: whether a dossier whose facts do not tell its column is refused or left out.

    >>> from datetime import date, datetime
    >>> from onestop_core.model import DossierFacts, Interval
    >>> at = datetime.fromisoformat
    >>> done = DossierFacts(id="1", field="Hộ tịch", channel="online", received_at=at("2026-09-28T08:00+07:00"),
    ...     due_at=at("2026-10-05T17:00+07:00"), finished_at=at("2026-10-02T09:00+07:00"), finished_kind="done")
    >>> form = fill([done], period=Interval(first=date(2026, 10, 1), last=date(2026, 10, 31)))
    >>> row = form.rows[0]
    >>> row.label, row.received, row.carried_over, row.resolved, row.early, row.pending
    ('Hộ tịch', 1, 1, 1, 1, 0)

    Raises:
        InvalidValueError: the period is open, an argument is not known, an item is not a
            :class:`~onestop_core.model.DossierFacts`, or the facts of a dossier do not tell its column.
    """
    counter = _Counter(closed(period), EarlyPolicy.of(early, "early"), policy_of(supplements))
    if by not in COLUMNS_TO_GROUP_BY:
        raise InvalidValueError.one_of("by", by, COLUMNS_TO_GROUP_BY)
    if unit is not None:
        label(unit, "unit")
    policy = MissingPolicy.of(missing, "missing")
    for each in each_of(facts, DossierFacts, "facts"):
        counter.add(each, getattr(each, by))
    if policy is MissingPolicy.REFUSE:
        counter.ensure_told()
    return Form06(
        template=definition().templates[0],
        unit=unit,
        by=by,
        period=period,
        rows=tuple(_row(name, counter.rows[name]) for name in sorted(counter.rows, key=by_name)),
        total=_row(None, counter.total()),
        included=tuple(
            Included(kind=kind, column=column, dossiers=dossiers)  # type: ignore[arg-type]
            for (kind, column), dossiers in sorted(counter.included.items())
        ),
        left_out=tuple(
            LeftOut(missing=fact, dossiers=len(counter.untold[fact])) for fact in _MISSING if counter.untold[fact]
        ),
    )


class _Counter:
    """The one place where numbers change while dossiers go by."""

    def __init__(self, period: tuple[date, date], early: EarlyPolicy, supplements: SupplementPolicy) -> None:
        self.first, self.last = period
        self.early = early
        until = period_end(Interval(first=self.first, last=self.last))
        assert until is not None
        self.until: datetime = until
        self.in_time = judges(until, supplements)[1]
        self.rows: dict[str | None, Counter[str]] = {}
        self.included: Counter[tuple[str, str]] = Counter()
        self.untold: dict[_Missing, list[str]] = {fact: [] for fact in _MISSING}

    def add(self, each: DossierFacts, label: str | None) -> None:
        if each.received_at is None or day_of(each.received_at) > self.last:
            return
        ended = None if each.finished_at is None else day_of(each.finished_at)
        if ended is not None and ended < self.first:
            return
        resolved = ended is not None and ended <= self.last
        entered = self._entered(each)
        stands = self._resolved(each) if resolved else self._pending(each)
        if entered is None or stands is None:
            self.untold["channel" if entered is None else "due_at"].append(each.id)
            return
        row = self.rows.setdefault(label, Counter())
        row.update(("received", entered, "resolved" if resolved else "pending", stands))
        kind = self._kind(each, resolved=resolved)
        if kind is not None:
            self.included[kind, stands] += 1

    def _entered(self, each: DossierFacts) -> str | None:
        assert each.received_at is not None
        if day_of(each.received_at) < self.first:
            return "carried_over"
        if each.channel is None:
            return None
        return "online" if each.channel.is_online else "direct"

    def _resolved(self, each: DossierFacts) -> str | None:
        in_time = self.in_time(each, None)
        if not in_time:
            return None if in_time is None else "late"
        due = _appointment(each)
        if due is None:
            return None
        assert each.finished_at is not None
        if self.early is EarlyPolicy.MOMENT:
            return "early" if each.finished_at < due else "on_time"
        return "early" if day_of(each.finished_at) < day_of(due) else "on_time"

    def _pending(self, each: DossierFacts) -> str | None:
        in_time = self.in_time(each, None)
        return None if in_time is None else "within" if in_time else "overdue"

    def _kind(self, each: DossierFacts, *, resolved: bool) -> str | None:
        if resolved:
            return _ENDS.get(each.finished_kind) if each.finished_kind else None
        asked = each.supplement_requested_at
        return "waiting" if asked is not None and asked <= self.until else None

    def total(self) -> Counter[str]:
        total: Counter[str] = Counter()
        for row in self.rows.values():
            total.update(row)
        return total

    def ensure_told(self) -> None:
        for fact, ids in self.untold.items():
            if ids:
                shown = ", ".join(ids[:_SHOWN]) + (", …" if len(ids) > _SHOWN else "")
                raise InvalidValueError.of(
                    fact,
                    None,
                    vi=f"dữ kiện cho biết cột của {len(ids)} hồ sơ ({shown}), hoặc chọn để các hồ sơ đó ngoài biểu",
                    en=f"a fact that tells the column of {len(ids)} dossiers ({shown}), or missing='leave_out'",
                )


def _appointment(each: DossierFacts) -> datetime | None:
    """Return the appointment or the end of the time allowed, which waiting for supplements moves; None: unknown."""
    if each.due_at is not None or each.received_at is None or each.allowed_hours is None:
        return each.due_at
    waited = each.supplement_hours
    if waited is None:
        if each.supplement_requests != 0:
            return None
        waited = 0
    return each.received_at + timedelta(hours=each.allowed_hours + waited)


def _row(label: str | None, numbers: Counter[str]) -> FormRow:
    return FormRow(label=label, **{key: numbers[key] for key in NUMBERS})
