"""The lifecycle of a dossier as a table: everything that decides whether a dossier may move, with its basis.

* ``table``: a table: :class:`Lifecycle`; ``rows``: its rows: states, events, transitions, guards and axes.
* ``editions``: those that ship and one's own: :func:`find`, :func:`editions`, :func:`load_lifecycle`.
* ``codes``: the codes of the editions that ship, for editors and type checkers: :data:`EventKind`, :data:`StateCode`.
* ``policies``: where a procedure differs: :class:`Policy`; ``sectors``: where a sector's law does: :func:`sector`.
* ``checks``, ``clock_checks`` and ``axis_checks``: what makes a table sound; :func:`problems` names everything that is wrong.
"""

from onestop_core._public import publish
from onestop_core.dossier.lifecycle.checks import problems
from onestop_core.dossier.lifecycle.codes import EventKind, RoleCode, StateCode
from onestop_core.dossier.lifecycle.editions import editions, find, load_lifecycle
from onestop_core.dossier.lifecycle.policies import NO_POLICY, ContentChangeClock, FeeStep, Policy, SupplementClock
from onestop_core.dossier.lifecycle.rows import (
    BACK,
    STAY,
    UNITS,
    Axis,
    AxisMove,
    AxisState,
    DueIs,
    DueRule,
    EventType,
    Guard,
    GuardCondition,
    State,
    TaskAct,
    Transition,
)
from onestop_core.dossier.lifecycle.sectors import SectorLimit, SectorRules, load_sector, sector, sectors
from onestop_core.dossier.lifecycle.table import Lifecycle, OneStopForm, ParameterDefault, Portal, ReasonCode

__all__ = [
    "BACK",
    "NO_POLICY",
    "STAY",
    "UNITS",
    "Axis",
    "AxisMove",
    "AxisState",
    "ContentChangeClock",
    "DueIs",
    "DueRule",
    "EventKind",
    "EventType",
    "FeeStep",
    "Guard",
    "GuardCondition",
    "Lifecycle",
    "OneStopForm",
    "ParameterDefault",
    "Policy",
    "Portal",
    "ReasonCode",
    "RoleCode",
    "SectorLimit",
    "SectorRules",
    "State",
    "StateCode",
    "SupplementClock",
    "TaskAct",
    "Transition",
    "editions",
    "find",
    "load_lifecycle",
    "load_sector",
    "problems",
    "sector",
    "sectors",
]

publish(globals())
