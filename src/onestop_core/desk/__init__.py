"""What a counter needs of all four: nothing is forgotten between an event, its appointment, the store and the letters.

* :func:`step` (``stepping``) takes an event with the appointment that it must carry.
* :func:`open_dossier`, :func:`open_next`, :func:`fetch` and :func:`act` do it in a store: :class:`EventStore` is what a host implements,
  :class:`MemoryStore` one in memory, :class:`Errand` an effect with a name, so that it is done once (``storing``).
* :func:`view` (``viewing``) is what a screen shows of a dossier: a :class:`View` with its duties and the :class:`Button`
  of each event that a role may enter.
* :func:`triage` (``lists``) is a desk's morning: what is overdue, due, waiting or ready, units ranked; the room ``lists`` has
  the rows, tables of other systems read as such, and the sheets that an office keeps.
* :func:`form_data` and :func:`form_html` make the papers that a desk gives out, in any edition of the forms (``forms``).
* :func:`notice` (``notices``) is a :class:`Notice` to the applicant, for e-mail and SMS; the room ``notices`` has its words.
* ``retention``: how long files are kept, which are handed over, and which come up for review; nothing is deleted.
* ``feedback``: :func:`~onestop_core.desk.feedback.feedback_counts` is what the service index counts of feedback and recommendations.
* ``outages``: stops of an online service: told in time, and met by whose last day; no due moment moves by itself.
* :func:`limit_for` and :func:`channel_of` (``quoting``) lead from what a catalogue quotes to a dossier.
"""

from onestop_core._public import publish
from onestop_core.desk import feedback, forms, lists, notices, outages, retention, storing
from onestop_core.desk.forms import form_data, form_html
from onestop_core.desk.lists import Triage, triage
from onestop_core.desk.notices import Notice, notice
from onestop_core.desk.quoting import channel_of, limit_for
from onestop_core.desk.stepping import step
from onestop_core.desk.storing import (
    Errand,
    EventStore,
    MemoryStore,
    StoredEvent,
    act,
    errands,
    fetch,
    open_dossier,
    open_next,
)
from onestop_core.desk.viewing import AxisView, Button, View, view

__all__ = [
    "AxisView",
    "Button",
    "Errand",
    "EventStore",
    "MemoryStore",
    "Notice",
    "StoredEvent",
    "Triage",
    "View",
    "act",
    "channel_of",
    "errands",
    "feedback",
    "fetch",
    "form_data",
    "form_html",
    "forms",
    "limit_for",
    "lists",
    "notice",
    "notices",
    "open_dossier",
    "open_next",
    "outages",
    "retention",
    "step",
    "storing",
    "triage",
    "view",
]

publish(globals())
