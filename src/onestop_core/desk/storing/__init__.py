"""Where a desk keeps its dossiers: what a store must do, one in memory that does it, and a dossier acted on in it.

* :class:`~onestop_core.desk.EventStore` (``store``) is what a host implements: append, load, what changed since, and
  an outbox of :class:`~onestop_core.desk.Errand`, each effect of an event with a name of its own, so that no letter
  goes out twice.
* :class:`~onestop_core.desk.storing.CaseLists` keeps a flat row of each dossier beside the events, for lists, with its limit.
* :class:`~onestop_core.desk.MemoryStore` (``memory``) does it in memory: for tests, and to read what is meant.
* :func:`~onestop_core.desk.open_dossier`, :func:`~onestop_core.desk.open_next`, :func:`~onestop_core.desk.fetch` and :func:`~onestop_core.desk.act`
  (``acting``) load, step and append as one.
* ``rows``: an event and an effect as the JSON text of one row, and back.

Inside: ``rows`` (an event and an effect as the text of a row, for those who keep dossiers in a database).

``onestop_core.ext.sqlalchemy`` and ``onestop_core.ext.django`` keep dossiers in a database;
``onestop_core.ext.store_contract`` holds any store to what it must do.
"""

from onestop_core._public import publish
from onestop_core.desk.storing.acting import act, fetch, open_dossier, open_next
from onestop_core.desk.storing.memory import MemoryStore
from onestop_core.desk.storing.store import CaseLists, Errand, EventStore, StoredEvent, errands

__all__ = [
    "CaseLists",
    "Errand",
    "EventStore",
    "MemoryStore",
    "StoredEvent",
    "act",
    "errands",
    "fetch",
    "open_dossier",
    "open_next",
]

publish(globals())
