"""Personal fields taken out of a sealed log, whose chain still holds: the commitment stays, value and salt go."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from onestop_core.dossier.events.redacted import Redacted
from onestop_core.dossier.logs.log import Log
from onestop_core.dossier.sealing import commitment
from onestop_core.errors import InvalidValueError
from onestop_core.model import FrozenMap
from onestop_core.model.series import instance
from onestop_core.rules.converter import unstructure

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["redact"]


def redact(log: Log, number: int, field: str, *, at: datetime, ground: str) -> Log:
    """Return *log* without what the personal *field* of an event says, and with the record of when and why.

    The log must be sealed with salts (:func:`dump_log` with ``key`` or ``salts``); its links stay as they are, so that
    a last link kept elsewhere still fits. What was redacted is in ``Log.redactions``. The record is no part of the chain:
    keep the order to redact where such orders are kept.

    >>> from datetime import datetime
    >>> from onestop_core import dossier
    >>> at = datetime.fromisoformat("2026-02-12T09:30+07:00")
    >>> d = dossier.machine("vn@decree-118-2025").new(id="1", procedure="1.004222", channel="online", at=at, actor="An")
    >>> log = dossier.load_log(dossier.dump_log(d, key=b"a secret of sixteen bytes or more"))
    >>> less = dossier.logs.redact(log, 0, "actor", at=at, ground="yêu cầu của người nộp hồ sơ")
    >>> less.events[0].actor is None, less.seal == log.seal, [(number, name) for number, name, _ in less.redactions]
    (True, True, [(0, 'actor')])
    >>> dossier.load_log(dossier.dump_log(less)) == less
    True

    Args:
        log: A log that was loaded.
        number: Number of the event; ``created`` is number 0.
        field: Name of the field, such as ``actor``.
        at: When it is taken out.
        ground: On what ground, such as the provision or the request.

    Raises:
        InvalidValueError: the log is not sealed with salts, has no such event, or the event says nothing there that
            hangs in the chain by a commitment; a naive moment or no ground.
    """
    salts = instance(log, Log, "log").salts
    if salts is None:
        raise InvalidValueError.of(
            "log", log.lifecycle, vi="nhật ký niêm phong có muối", en="a log that is sealed with salts"
        )
    if type(number) is not int or not 0 <= number < len(log.events):
        last = len(log.events) - 1
        raise InvalidValueError.of("number", number, vi=f"từ 0 đến {last}", en=f"from 0 to {last}")
    event, given = log.events[number], dict(salts[number])
    if field not in given:
        raise InvalidValueError.one_of("field", field, sorted(given))
    record = Redacted(commitment=commitment(given.pop(field), unstructure(getattr(event, field))), at=at, ground=ground)
    without: dict[str, Any] = {field: None, "redacted": {**event.redacted, field: record}}
    events = (*log.events[:number], attrs.evolve(event, **without), *log.events[number + 1 :])
    return attrs.evolve(log, events=events, salts=(*salts[:number], FrozenMap(given), *salts[number + 1 :]))
