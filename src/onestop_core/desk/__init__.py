"""What a counter needs of all four: nothing is forgotten between an event, its appointment, the store and the letters.

* :func:`step` (``stepping``) takes an event with the appointment that it must carry.
* :func:`open_dossier`, :func:`fetch` and :func:`act` do it in a store: :class:`EventStore` is what a host implements,
  :class:`MemoryStore` one in memory, :class:`Errand` an effect with a name, so that it is done once (``storing``).
"""

from onestop_core._public import publish
from onestop_core.desk import storing
from onestop_core.desk.stepping import step
from onestop_core.desk.storing import Errand, EventStore, MemoryStore, StoredEvent, act, errands, fetch, open_dossier

__all__ = [
    "Errand",
    "EventStore",
    "MemoryStore",
    "StoredEvent",
    "act",
    "errands",
    "fetch",
    "open_dossier",
    "step",
    "storing",
]

publish(globals())
