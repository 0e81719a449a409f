"""A portal's history of statuses, read back into events of the lifecycle, with what could not be explained.

For each status the shortest lawful way is taken that leads to it, the table's order deciding between equals. The
history says less than the law has: events that leave the status as it is cannot be seen and are not invented.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import attrs

from onestop_core.dossier.case import Dossier
from onestop_core.dossier.events.event import Event
from onestop_core.dossier.lifecycle.editions import CREATED_NAME
from onestop_core.dossier.lifecycle.rows import DueRule
from onestop_core.dossier.stepping.machine import Machine
from onestop_core.errors import InvalidEventError, InvalidValueError, OnestopError
from onestop_core.model import aware
from onestop_core.model.series import each_of, instance
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop_core.dossier.lifecycle.policies import Policy
    from onestop_core.model import Channel

__all__ = ["Filled", "History", "HistoryRow", "Unexplained", "import_history"]

_HIGHEST = 999
"""A history may hold codes that the portal does not have any more; they are reported as unexplained."""
_LONGEST_WAY = 8
"""Most events between two rows; no way through the tables that ship is longer."""


def _aware(moment: object) -> datetime:
    return aware(moment, "at")


def _status(code: int) -> int:
    if type(code) is not int or not -_HIGHEST <= code <= _HIGHEST:
        raise InvalidValueError.of("status", code, vi="mã trạng thái trên Cổng", en="a status code of the portal")
    return code


@attrs.frozen(kw_only=True)
class HistoryRow:
    """One status as the portal shows it.

    Raises:
        InvalidValueError: a naive moment.
    """

    status: int = attrs.field(converter=_status)
    at: datetime = attrs.field(converter=_aware)
    actor: str | None = attrs.field(default=None, repr=False)
    unit: str | None = None
    note: str | None = attrs.field(default=None, repr=False)


@attrs.frozen(kw_only=True)
class Unexplained:
    """A row that no lawful event explains."""

    number: int
    """Place in the history, from 0 on."""
    row: HistoryRow
    reason: Text


@attrs.frozen(kw_only=True)
class Filled:
    """A row to which a lawful way leads only through statuses that the history lacks."""

    number: int
    row: HistoryRow
    through: tuple[int, ...]
    """The statuses that were filled in, at the moment of the row."""


@attrs.frozen(kw_only=True)
class History:
    """What a history came to."""

    dossier: Dossier
    filled: tuple[Filled, ...]
    unexplained: tuple[Unexplained, ...]


def import_history(
    rows: Iterable[HistoryRow],
    machine: Machine,
    *,
    id: str,  # noqa: A002 - the word of the contract
    procedure: str,
    channel: Channel | str,
    policy: Policy | None = None,
) -> History:
    """Return the dossier that the portal's *rows*, oldest first, lead to, and the rows that nothing explains.

    A row that cannot be explained is left out and the rest goes on from where the dossier was. Where the history
    jumps, the statuses between are filled in and named.

    >>> from datetime import datetime
    >>> from onestop_core import dossier
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> history = import_history(
    ...     [HistoryRow(status=1, at=at("2026-02-09T08:15")), HistoryRow(status=2, at=at("2026-02-09T09:00")),
    ...      HistoryRow(status=4, at=at("2026-02-09T14:00")), HistoryRow(status=9, at=at("2026-02-12T10:00")),
    ...      HistoryRow(status=2, at=at("2026-02-12T11:00"))],
    ...     dossier.machine("vn@decree-118-2025"), id="1", procedure="1.004222", channel="online")
    >>> [event.kind for event in history.dossier.events]
    ['created', 'received', 'transferred', 'assigned', 'approved', 'result_handed_over']
    >>> [(row.number, row.reason.en) for row in history.unexplained]
    [(4, 'no lawful way leads from status 9 to 2')]

    Raises:
        InvalidEventError: there is no row, or the first one, the id or the channel cannot open a dossier.
    """
    instance(machine, Machine, "machine")
    given = tuple(each_of(rows, HistoryRow, "rows"))
    if not given:
        raise InvalidEventError(
            event="created", reason=Text(vi="lịch sử trống", en="the history is empty"), event_name=CREATED_NAME
        )
    first = given[0]
    case = machine.new(
        id=id, procedure=procedure, channel=channel, at=first.at, policy=policy, actor=first.actor, unit=first.unit
    )
    filled: list[Filled] = []
    unexplained: list[Unexplained] = []
    for number, row in enumerate(given):
        if row.status == case.portal:
            continue
        after = _way(machine, case, row)
        if isinstance(after, Text):
            unexplained.append(Unexplained(number=number, row=row, reason=after))
            continue
        passed = [machine.lifecycle.state(state).portal for state in after.states[len(case.states) :]]
        between = (status for status in passed if status is not None and status not in {case.portal, row.status})
        through = tuple(dict.fromkeys(between))
        if through:
            filled.append(Filled(number=number, row=row, through=through))
        case = after
    return History(dossier=case, filled=tuple(filled), unexplained=tuple(unexplained))


def _way(machine: Machine, case: Dossier, row: HistoryRow) -> Dossier | Text:
    """Return *case* after the shortest way to the status of *row*, or why there is none."""
    reached, fresh = {case.state}, [case]
    for _ in range(_LONGEST_WAY):
        found: list[Dossier] = []
        for here in fresh:
            for kind in machine.allowed(here):
                try:
                    after = machine.step(here, _event(machine, kind, row))
                except OnestopError:
                    continue
                if after.portal == row.status:
                    return after
                if after.state not in reached:
                    reached.add(after.state)
                    found.append(after)
        fresh = found
    if row.at < case.events[-1].at:
        return Text(vi="thời điểm sớm hơn dòng trước đó", en="its moment is before that of the row before")
    return Text(
        vi=f"không có bước chuyển hợp lệ từ mã {case.portal} đến mã {row.status}",
        en=f"no lawful way leads from status {case.portal} to {row.status}",
    )


def _event(machine: Machine, kind: str, row: HistoryRow) -> Event:
    rule = machine.lifecycle.event(kind)
    if rule.due is DueRule.REQUIRED or rule.task is not None:
        raise InvalidEventError(event=kind, reason=Text(vi="lịch sử không có", en="not in a history"))
    reason = (row.note or "?") if rule.needs_reason else row.note
    return Event(kind=kind, at=row.at, actor=row.actor, unit=row.unit, reason=reason)
