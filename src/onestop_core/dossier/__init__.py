"""How a case moves: lifecycle tables, the pure machine that runs them, and the log of events.

* :func:`machine` gives the :class:`Machine` of the lifecycle in force on a day; ``new``, ``step``, ``allowed``, ``replay``.
* :class:`Event` (``events``) is what happened, an :class:`Opening` what it is from the first moment on;
  :class:`Policy` is a procedure's own numbers.
* :class:`Dossier` (``case``) is the result: state, clock, appointments, effects.
* :func:`load_log`, :func:`replay` and :func:`dump_log` (``logs``) read and write logs from outside.
* :func:`seal` (``sealing``) proves a log unchanged, with :func:`salts` also one of which something was taken out;
  :func:`holdings` (``custody``) tells who had it in hand.
* :func:`facts` (``kpi_facts``) is what the measures count; :func:`sector` gives a sector's own rules, and
  :func:`law_limit` (``stepping``) which of its times holds for a dossier.
* :class:`DigitisedPaper` (``papers``) is the least data of a paper.

Rooms of their own, each with its table of contents:

* ``dossier.events``: what happened, and its row in a stored log: versions, what was renamed, what is personal.
* ``dossier.logs``: stored logs, what is taken out of them, and snapshots: ``redact``, ``snapshot``, ``restore``.
* ``dossier.lifecycle``: the tables that decide, those of sectors too; :func:`load_lifecycle` reads one of your own.
* ``dossier.stepping``: how a machine reads them, and why it refuses.
* ``dossier.portal``: the national portal's statuses and messages, and histories read back.
* ``dossier.render``: pictures: Mermaid, DOT, SCXML, a table.
* ``dossier.process_mining``: logs for other tools, OCEL 2.0 and XES.

>>> from datetime import date, datetime, timezone
>>> from onestop_core import dossier
>>> m = dossier.machine("vn", on=date(2026, 2, 12))
>>> t = datetime(2026, 2, 12, 2, 30, tzinfo=timezone.utc)
>>> d = m.step(m.new(id="1", procedure="1.004222", channel="online", at=t), dossier.event("received", t))
>>> d.state, dossier.portal_status(d), d.clock.phase.value
('received', 2, 'running')
"""

from onestop_core._public import publish
from onestop_core.dossier import events, lifecycle, logs, portal, process_mining, render, stepping
from onestop_core.dossier.case import Dossier, Effect, EffectKind, Milestones, Task, portal_status
from onestop_core.dossier.custody import Holding, holder, holdings
from onestop_core.dossier.events.event import Event, event
from onestop_core.dossier.events.opening import Opening
from onestop_core.dossier.kpi_facts import facts
from onestop_core.dossier.lifecycle.editions import load_lifecycle
from onestop_core.dossier.lifecycle.policies import Policy
from onestop_core.dossier.lifecycle.sectors import sector
from onestop_core.dossier.lifecycle.table import Lifecycle
from onestop_core.dossier.logs.files import load_log, replay
from onestop_core.dossier.logs.writing import dump_log
from onestop_core.dossier.papers import DigitisedPaper, NotScanned
from onestop_core.dossier.sealing import commitment, salts, seal
from onestop_core.dossier.stepping.limits import law_limit
from onestop_core.dossier.stepping.machine import Machine, machine

__all__ = [
    "DigitisedPaper",
    "Dossier",
    "Effect",
    "EffectKind",
    "Event",
    "Holding",
    "Lifecycle",
    "Machine",
    "Milestones",
    "NotScanned",
    "Opening",
    "Policy",
    "Task",
    "commitment",
    "dump_log",
    "event",
    "events",
    "facts",
    "holder",
    "holdings",
    "law_limit",
    "lifecycle",
    "load_lifecycle",
    "load_log",
    "logs",
    "machine",
    "portal",
    "portal_status",
    "process_mining",
    "render",
    "replay",
    "salts",
    "seal",
    "sector",
    "stepping",
]

publish(globals())
