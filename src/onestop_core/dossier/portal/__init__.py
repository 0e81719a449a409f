"""What the national portal is told: synchronisation messages as plain values, and portal histories read back.

* ``statuses``: the ten status codes with their exact words; :func:`status_name`.
* ``peers``: the code tables of the systems at the other end, as data; :func:`peer`, :func:`load_peer`.
* ``records``: the typed records, one class to a message or a part of one.
* ``wire``: their wire form, one table for both ways; :func:`encode`, :func:`decode`.
* ``builders``: from a dossier and what only the host knows to records; :func:`sync_record`, :func:`progress_records`,
  :func:`outbox`.
* ``history``: a portal's list of statuses turned into events, with what could not be explained; :func:`import_history`.

Nothing here sends anything. On the wire every scalar is a string, times are ``yyyyMMddHHmmss`` in Vietnamese civil
time, and codes are those of the *peer*, the system at the other end, whose tables are data.
"""

from onestop_core._public import publish
from onestop_core.dossier.portal.builders import PortalDetails, connect_record, outbox, progress_records, sync_record
from onestop_core.dossier.portal.history import Filled, History, HistoryRow, Unexplained, import_history
from onestop_core.dossier.portal.peers import Peer, load_peer, peer, peers
from onestop_core.dossier.portal.records import (
    ConnectRecord,
    Database,
    FeeLine,
    Identity,
    OtherAttachment,
    ProgressRecord,
    ResultPaper,
    SubmittedPaper,
    SupplementRound,
    SyncRecord,
)
from onestop_core.dossier.portal.statuses import STATUSES, status_name
from onestop_core.dossier.portal.wire import decode, encode

__all__ = [
    "STATUSES",
    "ConnectRecord",
    "Database",
    "FeeLine",
    "Filled",
    "History",
    "HistoryRow",
    "Identity",
    "OtherAttachment",
    "Peer",
    "PortalDetails",
    "ProgressRecord",
    "ResultPaper",
    "SubmittedPaper",
    "SupplementRound",
    "SyncRecord",
    "Unexplained",
    "connect_record",
    "decode",
    "encode",
    "import_history",
    "load_peer",
    "outbox",
    "peer",
    "peers",
    "progress_records",
    "status_name",
    "sync_record",
]

publish(globals())
