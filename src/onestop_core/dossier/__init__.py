"""How a case moves: lifecycle tables, the pure machine that runs them, and the log of events.

* :func:`machine` gives the :class:`Machine` of the lifecycle in force on a day; ``new``, ``step``, ``allowed``, ``replay``.
* :class:`Event` (``dossier.events``) is what happened; :class:`Policy` is a procedure's own numbers.
* :class:`Dossier` (``dossier.values``) is the result: state, clock, appointments, effects.
* :func:`load_log`, :func:`replay` and :func:`dump_log` read and write logs from outside (``dossier.logs``).
* :func:`load_lifecycle` reads a local edition; ``dossier.checks`` says when a table is sound.
* :func:`holdings` tells who had it in hand; :func:`sector` gives a sector's own rules; :func:`seal` proves a log unchanged.
* :func:`issue` writes a new dossier code.
* ``dossier.render`` draws a lifecycle: Mermaid, DOT, SCXML, a table in Vietnamese or English.
* ``dossier.portal`` builds and reads the synchronisation messages and imports a portal's history.
* ``dossier.process_mining`` writes logs for process mining, OCEL 2.0 and XES.

>>> from datetime import date, datetime, timezone
>>> from onestop_core import dossier
>>> m = dossier.machine("vn", on=date(2026, 2, 12))
>>> t = datetime(2026, 2, 12, 2, 30, tzinfo=timezone.utc)
>>> d = m.step(m.new(id="1", procedure="1.004222", channel="online", at=t), dossier.event("received", t))
>>> d.state, dossier.portal_status(d), d.clock.kind.value
('received', 2, 'running')
"""

from onestop_core._publish import publish
from onestop_core.dossier import portal, process_mining, render
from onestop_core.dossier.case import Dossier, DueChange, Effect, EffectKind, Task, portal_status
from onestop_core.dossier.clock import Clock, ClockEffect, ClockKind, Span
from onestop_core.dossier.custody import Holding, holder, holdings
from onestop_core.dossier.events import Event, Opening, event
from onestop_core.dossier.kpi_facts import facts
from onestop_core.dossier.lifecycle.editions import load_lifecycle
from onestop_core.dossier.lifecycle.policies import FeeStep, Policy, SupplementClock
from onestop_core.dossier.lifecycle.table import (
    Axis,
    AxisMove,
    AxisState,
    Condition,
    DueRule,
    EventType,
    Guard,
    Lifecycle,
    OneStopForm,
    ParameterDefault,
    Portal,
    State,
    TaskAct,
    Transition,
)
from onestop_core.dossier.logs import Log, dump_log, load_log, replay
from onestop_core.dossier.sealing import seal
from onestop_core.dossier.sectors import SectorLimit, SectorRules, load_sector, sector, sectors
from onestop_core.dossier.stepping.machine import Machine, machine
from onestop_core.model import issue

__all__ = [
    "Axis",
    "AxisMove",
    "AxisState",
    "Clock",
    "ClockEffect",
    "ClockKind",
    "Condition",
    "Dossier",
    "DueChange",
    "DueRule",
    "Effect",
    "EffectKind",
    "Event",
    "EventType",
    "FeeStep",
    "Guard",
    "Holding",
    "Lifecycle",
    "Log",
    "Machine",
    "OneStopForm",
    "Opening",
    "ParameterDefault",
    "Policy",
    "Portal",
    "SectorLimit",
    "SectorRules",
    "Span",
    "State",
    "SupplementClock",
    "Task",
    "TaskAct",
    "Transition",
    "dump_log",
    "event",
    "facts",
    "holder",
    "holdings",
    "issue",
    "load_lifecycle",
    "load_log",
    "load_sector",
    "machine",
    "portal",
    "portal_status",
    "process_mining",
    "render",
    "replay",
    "seal",
    "sector",
    "sectors",
]

publish(globals())
