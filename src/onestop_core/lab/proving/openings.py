"""Under which policies a lifecycle is explored, and how the dossiers are opened."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final

from onestop_core.dossier.events import FilingScope
from onestop_core.dossier.lifecycle import NO_POLICY, FeeStep, GuardCondition, Policy
from onestop_core.model import HO_CHI_MINH

if TYPE_CHECKING:
    from onestop_core.dossier import Dossier, Lifecycle, Machine

__all__ = ["PAPER", "first_moment", "openings", "policies_of"]

PAPER: Final = "đơn đề nghị"
"""The paper that every dossier of the exploration needs."""
_TOGETHER: Final = 2
"""How often what is not limited may come, where a procedure limits it."""
_GIVES: Final = frozenset({GuardCondition.PERMITTED, GuardCondition.NOT_AFTER_DUE, GuardCondition.WORK_JOINED})
"""Conditions that a parameter, a yes or no, gives or lifts."""


def policies_of(table: Lifecycle) -> tuple[Policy, ...]:
    """Return the policies under which *table* is explored, so that each of its rows has one that opens it.

    Its own values; all that a procedure may permit, everything once more often, and the other effect of a supplement on
    the time; and each step that may wait for the fee.
    """
    asked = {guard.parameter: guard for guard in table.guards if guard.parameter is not None}
    fees = sorted({str(guard.value) for guard in table.guards if guard.condition is GuardCondition.AXIS})
    return (NO_POLICY, _open(table, asked), *(Policy(fee_before=FeeStep(step)) for step in fees))


def _open(table: Lifecycle, asked: dict[str, Any]) -> Policy:
    values: dict[str, Any] = {}
    own = table.defaults
    for name, guard in asked.items():
        if guard.condition in _GIVES:
            values[name] = True
        elif guard.condition is GuardCondition.MAX_COUNT:
            most = getattr(own, name)
            values[name] = _TOGETHER if most is None else most + 1
    for row in table.transitions:
        if row.clock_by is not None:
            standing = getattr(own, row.clock_parameter)
            values[row.clock_parameter] = next(each for each in row.clock_by if each != standing)
    return Policy(**values)


def first_moment(table: Lifecycle) -> datetime:
    """Return eight o'clock on the first day of *table*: when the dossiers of the exploration are opened."""
    return datetime.combine(table.in_force_from, time(8), HO_CHI_MINH)


def openings(machine: Machine, policy: Policy) -> tuple[Dossier, ...]:
    """Return a fresh dossier for each way in, also for an authority elsewhere if the table has rows for that."""
    table = machine.lifecycle
    reach = (
        FilingScope.NONE,
        *((FilingScope.PROVINCE,) if any(row.elsewhere for row in table.transitions) else ()),
    )
    return tuple(
        machine.new(
            id="1",
            procedure="1",
            channel=channel,
            at=first_moment(table),
            policy=policy,
            required_papers=(PAPER,),
            non_territorial=non_territorial,
        )
        for non_territorial in reach
        for channel in table.initial
    )
