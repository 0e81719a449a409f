"""How a case moves: lifecycle tables, the pure machine that runs them, and the log of events.

* :func:`machine` gives the :class:`Machine` of the lifecycle in force on a day; ``new``, ``step``, ``allowed``, ``replay``.
* :class:`Event` (``events``) is what happened, an :class:`Opening` what it is from the first moment on;
  :class:`Policy` is a procedure's own numbers.
* :class:`Dossier` (``case``) is the result: state, clock, appointments, effects.
* :func:`load_log`, :func:`replay` and :func:`dump_log` (``logs``) read and write logs from outside.
* :func:`seal` (``sealing``) proves a log unchanged; :func:`holdings` (``custody``) tells who had it in hand.
* :func:`facts` (``kpi_facts``) is what the measures count; :func:`sector` (``sectors``) gives a sector's own rules.
* :func:`issue` writes a new dossier code; :class:`DigitisedPaper` (``papers``) is the least data of a paper.

Rooms of their own, each with its table of contents:

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
from onestop_core.dossier import lifecycle, portal, process_mining, render, stepping
from onestop_core.dossier.case import Dossier, Effect, EffectKind, Milestones, Task, portal_status
from onestop_core.dossier.custody import Holding, holder, holdings
from onestop_core.dossier.events.event import Event, Invitation, event
from onestop_core.dossier.events.opening import FiledBy, NonTerritorial, Opening
from onestop_core.dossier.kpi_facts import facts
from onestop_core.dossier.lifecycle.editions import load_lifecycle
from onestop_core.dossier.lifecycle.policies import ContentChangeClock, FeeStep, Policy, SupplementClock
from onestop_core.dossier.lifecycle.sectors import SectorLimit, SectorRules, load_sector, sector, sectors
from onestop_core.dossier.lifecycle.table import Lifecycle
from onestop_core.dossier.logs.files import Log, dump_log, load_log, replay
from onestop_core.dossier.papers import DigitisedPaper, NotScanned
from onestop_core.dossier.sealing import seal
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
    "SectorLimit",
    "SectorRules",
    "Span",
    "SupplementClock",
    "Task",
    "dump_log",
    "event",
    "facts",
    "holder",
    "holdings",
    "issue",
    "lifecycle",
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
    "stepping",
]

publish(globals())
