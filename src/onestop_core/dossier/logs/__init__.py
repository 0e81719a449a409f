"""Stored logs: read, written, sealed, redacted, and left alone by a snapshot.

* ``files``: a log as a document is read and replayed: :func:`load_log`, :func:`replay`.
* ``writing``: and written: :func:`dump_log`.
* ``log``: what was read: :class:`Log`.
* ``reading``: what this library knows of a document, and what only a newer minor version knows.
* ``redaction``: personal fields are taken out of a sealed log: :func:`redact`.
* ``snapshots``: what a dossier had come to: :func:`snapshot`, :func:`restore`, :func:`verify_snapshot`.

How rows are versioned is in ``dossier.events.rows``; how a chain is made, in ``dossier.sealing``.
"""

from onestop_core._public import publish
from onestop_core.dossier.logs.files import load_log, replay
from onestop_core.dossier.logs.log import Log
from onestop_core.dossier.logs.redaction import redact
from onestop_core.dossier.logs.snapshots import (
    Snapshot,
    dump_snapshot,
    load_snapshot,
    restore,
    snapshot,
    verify_snapshot,
)
from onestop_core.dossier.logs.writing import dump_log

__all__ = [
    "Log",
    "Snapshot",
    "dump_log",
    "dump_snapshot",
    "load_log",
    "load_snapshot",
    "redact",
    "replay",
    "restore",
    "snapshot",
    "verify_snapshot",
]

publish(globals())
