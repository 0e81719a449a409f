"""Laws under the glass: what a table of law leads to, proved; what a law did to real dossiers, and what another would do.

* ``laws``: a law as a value, any part of it exchanged: :func:`law`, :class:`Law`, :class:`Limits`.
* ``courses``: a log followed to its end under a law, with what that law refuses: :func:`follow`, :class:`Breach`.
* ``replaying``: logs under another law: :func:`replay`, a :class:`Replay` whose figures open to their dossiers.
* ``reading``: logs as they are found, ours, a portal's, XES, OCEL, tables of a case system: :func:`read_logs`.
* ``auditing``: logs against the law of their day: :func:`audit`, an :class:`Audit` by article, unit and role.
* ``forecasting``: who will be late even if worked at budget: :func:`forecast`.
* ``burdens``: what a catalogue costs, periods compared, why dossiers were slow: :func:`burden`, ``slowness``.
* ``pages``: one page of HTML for each question.
* ``generating``: a province's year, made up: :func:`generate`.
* ``proving``: every dossier that a lifecycle allows, held to properties: :func:`prove`, :class:`Proof`.
"""

from onestop_core._public import publish
from onestop_core.lab import auditing, burdens, pages, proving, reading, replaying
from onestop_core.lab.auditing import Audit, audit
from onestop_core.lab.burdens import Burden, Rates, burden, load_periods, reductions_and_increases, slowness
from onestop_core.lab.courses import Breach, BreachKind, Course, follow
from onestop_core.lab.forecasting import Forecast, Outlook, forecast
from onestop_core.lab.generating import fields, generate
from onestop_core.lab.laws import Law, LawPart, Limits, law
from onestop_core.lab.proving import (
    Explored,
    Outcome,
    Proof,
    Property,
    PropertyKind,
    PropertyTable,
    Violation,
    load_properties,
    properties,
    prove,
)
from onestop_core.lab.reading import LogMapping, load_mapping, read_logs
from onestop_core.lab.replaying import Replay, replay

__all__ = [
    "Audit",
    "Breach",
    "BreachKind",
    "Burden",
    "Course",
    "Explored",
    "Forecast",
    "Law",
    "LawPart",
    "Limits",
    "LogMapping",
    "Outcome",
    "Outlook",
    "Proof",
    "Property",
    "PropertyKind",
    "PropertyTable",
    "Rates",
    "Replay",
    "Violation",
    "audit",
    "auditing",
    "burden",
    "burdens",
    "fields",
    "follow",
    "forecast",
    "generate",
    "law",
    "load_mapping",
    "load_periods",
    "load_properties",
    "pages",
    "properties",
    "prove",
    "proving",
    "read_logs",
    "reading",
    "reductions_and_increases",
    "replay",
    "replaying",
    "slowness",
]

publish(globals())
