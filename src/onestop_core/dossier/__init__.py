"""How a case moves: lifecycle tables, the pure machine that runs them, and the log of events.

* :func:`machine` gives the :class:`Machine` of the lifecycle in force on a day; ``new``, ``step``, ``allowed``, ``replay``.
* :class:`Event` (``events``) is what happened, an :class:`Opening` what it is from the first moment on;
  :class:`Policy` is a procedure's own numbers.
* :class:`Dossier` (``case``) is the result: state, clock, appointments, effects.
* :func:`load_log`, :func:`replay` and :func:`dump_log` (``logs``) read and write logs from outside.
* :func:`seal` (``sealing``) proves a log unchanged, with :func:`salts` also one of which something was taken out
  (:func:`redact`); :func:`holdings` (``custody``) tells who had it in hand.
* :func:`facts` (``kpi_facts``) is what the measures count; :func:`sector` (``sectors``) gives a sector's own rules.
* :func:`issue` writes a new dossier code; :class:`DigitisedPaper` (``papers``) is the least data of a paper.

Rooms of their own, each with its table of contents:

* ``dossier.events``: what happened, and its row in a stored log: versions, what was renamed, what is personal.
* ``dossier.logs``: stored logs and snapshots: :func:`snapshot`, :func:`restore`.
* ``dossier.lifecycle``: the tables that decide; :func:`load_lifecycle` reads one of your own.
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
from onestop_core.dossier.events.event import Event, Invitation, event
from onestop_core.dossier.events.opening import FiledBy, NonTerritorial, Opening
from onestop_core.dossier.events.redacted import Redacted
from onestop_core.dossier.kpi_facts import facts
from onestop_core.dossier.lifecycle.editions import load_lifecycle
from onestop_core.dossier.lifecycle.policies import ContentChangeClock, FeeStep, Policy, SupplementClock
from onestop_core.dossier.lifecycle.sectors import SectorLimit, SectorRules, load_sector, sector, sectors
from onestop_core.dossier.lifecycle.table import Lifecycle
from onestop_core.dossier.logs.files import load_log, replay
from onestop_core.dossier.logs.log import Log
from onestop_core.dossier.logs.redaction import redact
from onestop_core.dossier.logs.snapshots import Snapshot, restore, snapshot
from onestop_core.dossier.logs.writing import dump_log
from onestop_core.dossier.papers import DigitisedPaper, NotScanned
from onestop_core.dossier.sealing import commitment, salts, seal
from onestop_core.dossier.stepping.machine import Machine, machine
from onestop_core.model import Act, Appointment, Clock, Phase, Span, issue

__all__ = [
    "Act",
    "Appointment",
    "Clock",
    "ContentChangeClock",
    "DigitisedPaper",
    "Dossier",
    "Effect",
    "EffectKind",
    "Event",
    "FeeStep",
    "FiledBy",
    "Holding",
    "Invitation",
    "Lifecycle",
    "Log",
    "Machine",
    "Milestones",
    "NonTerritorial",
    "NotScanned",
    "Opening",
    "Phase",
    "Policy",
    "Redacted",
    "SectorLimit",
    "SectorRules",
    "Snapshot",
    "Span",
    "SupplementClock",
    "Task",
    "commitment",
    "dump_log",
    "event",
    "events",
    "facts",
    "holder",
    "holdings",
    "issue",
    "lifecycle",
    "load_lifecycle",
    "load_log",
    "load_sector",
    "logs",
    "machine",
    "portal",
    "portal_status",
    "process_mining",
    "redact",
    "render",
    "replay",
    "restore",
    "salts",
    "seal",
    "sector",
    "sectors",
    "snapshot",
    "stepping",
]

publish(globals())
