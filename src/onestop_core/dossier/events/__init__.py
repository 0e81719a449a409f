"""What happened to a dossier, when, by whom and why. The log of events is the dossier's only truth.

* ``event``: one thing that happened: :class:`Event`, and its row in a stored log; an :class:`Invitation` to a verification.
* ``opening``: what a dossier was opened with: :class:`Opening`; who files it, and how far from its authority.
* ``rows``: versions of stored rows, what was renamed, which fields are personal: :func:`row_table`.
* ``redacted``: what stands where a personal field was taken out: :class:`Redacted`.
* ``fields``: what may stand in a field.
"""

from onestop_core._public import publish
from onestop_core.dossier.events.event import Event, Invitation
from onestop_core.dossier.events.fields import CREATED
from onestop_core.dossier.events.opening import FiledBy, FilingScope, Opening
from onestop_core.dossier.events.redacted import Redacted
from onestop_core.dossier.events.rows import PersonalField, RowTable, Upcast, row_table

__all__ = [
    "CREATED",
    "Event",
    "FiledBy",
    "FilingScope",
    "Invitation",
    "Opening",
    "PersonalField",
    "Redacted",
    "RowTable",
    "Upcast",
    "row_table",
]

publish(globals())
