"""How a case moves: lifecycle tables, the pure machine that runs them, and the log of events.

* :func:`machine` gives the :class:`Machine` of the lifecycle in force on a day; ``new``, ``step``, ``allowed``, ``replay``.
* :class:`Event` (``dossier.events``) is what happened; :class:`Policy` is a procedure's own numbers.
* :class:`Dossier` (``dossier.values``) is the result: state, clock, appointments, effects.
* :func:`load_log`, :func:`replay_document` and :func:`dump_log` read and write logs from outside (``dossier.logs``).
* :func:`load_lifecycle` reads a local edition; ``dossier.checks`` says when a table is sound.
* ``dossier.render`` draws a lifecycle: Mermaid, DOT, a table in Vietnamese or English.

>>> from datetime import date, datetime, timezone
>>> from onestop_core import dossier
>>> m = dossier.machine("vn", on=date(2026, 2, 12))
>>> t = datetime(2026, 2, 12, 2, 30, tzinfo=timezone.utc)
>>> d = m.step(m.new(id="1", procedure="1.004222", channel="online", at=t), dossier.event("received", t))
>>> d.state, dossier.portal_status(d), d.clock.kind.value
('received', 2, 'running')
"""

from onestop_core.dossier import render
from onestop_core.dossier.clock import Clock, ClockEffect, ClockKind, Span
from onestop_core.dossier.events import Event, Opening, Policy, SupplementClock, event
from onestop_core.dossier.lifecycle import (
    Condition,
    DueRule,
    EventType,
    Form,
    Guard,
    Lifecycle,
    Parameter,
    Portal,
    State,
    Transition,
)
from onestop_core.dossier.logs import Log, dump_log, load_lifecycle, load_log, replay_document
from onestop_core.dossier.machine import Machine, machine
from onestop_core.dossier.outcome import facts
from onestop_core.dossier.values import Dossier, DueChange, Effect, EffectKind, portal_status

__all__ = [
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
    "Form",
    "Guard",
    "Lifecycle",
    "Log",
    "Machine",
    "Opening",
    "Parameter",
    "Policy",
    "Portal",
    "Span",
    "State",
    "SupplementClock",
    "Transition",
    "dump_log",
    "event",
    "facts",
    "load_lifecycle",
    "load_log",
    "machine",
    "portal_status",
    "render",
    "replay_document",
]
