"""Tamper evidence: a chain of hashes over the log of events.

Each link is the SHA-256 of the link before and of the event as canonical JSON (RFC 8785), in hexadecimal; the
first one hangs on nothing. Whoever keeps the last link, and nothing else, can tell whether an event was changed,
dropped, added or moved. A chain proves no authorship: for that the last link is signed, with means of the host.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.dossier.events.event import Event
from onestop_core.errors import InvalidEventError, InvalidValueError
from onestop_core.model.series import each_of
from onestop_core.rules.converter import unstructure
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["ALGORITHM", "canonical", "ensure_sealed", "seal"]

ALGORITHM: Final = "sha-256/rfc-8785"
"""How the links are made, as logs name it."""


def canonical(value: Any) -> bytes:
    """Return *value*, JSON types without floating-point numbers, as canonical JSON (RFC 8785).

    >>> canonical({"kind": "received", "at": "2026-02-12T09:30:00+07:00", "papers": ["Đơn"]}).decode()
    '{"at":"2026-02-12T09:30:00+07:00","kind":"received","papers":["Đơn"]}'

    The members of an event are named in ASCII, for which the order of code points is the order of RFC 8785; its
    numbers are small integers, and amounts and times are text, so that no rule about floating point is needed.
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode()


def seal(events: Iterable[Event]) -> tuple[str, ...]:
    """Return the chain over *events*: one link an event, in hexadecimal.

    >>> from datetime import datetime
    >>> from onestop_core import dossier
    >>> at = datetime.fromisoformat("2026-02-12T09:30+07:00")
    >>> d = dossier.machine("vn@decree-118-2025").new(id="1", procedure="1.004222", channel="online", at=at)
    >>> [link[:16] for link in seal(d.events)]
    ['...']
    """
    links: list[str] = []
    link = ""
    for event in each_of(events, Event, "events"):
        link = hashlib.sha256(link.encode() + canonical(unstructure(event))).hexdigest()
        links.append(link)
    return tuple(links)


def ensure_sealed(events: Sequence[Event], links: Sequence[str]) -> None:
    """Raise if *events* are not those over which the chain *links* was made.

    Raises:
        InvalidEventError: at the first event that was changed, dropped, added or moved.
    """
    if not isinstance(cast("object", links), tuple | list):
        raise InvalidValueError.of("seal", links, vi="dãy mắt xích của chuỗi băm", en="the links of a seal")
    made = seal(events)
    for number, (event, link) in enumerate(zip(events, made, strict=True)):
        if number >= len(links) or links[number] != link:
            raise InvalidEventError(
                event=event.kind,
                reason=Text(
                    vi=f"sự kiện thứ {number} không khớp chuỗi băm niêm phong của nhật ký",
                    en=f"event number {number} does not match the seal of the log",
                ),
            )
    if len(links) > len(made):
        raise InvalidEventError(
            event=events[-1].kind if events else "(none)",
            reason=Text(
                vi=f"chuỗi băm niêm phong có {len(links)} sự kiện, nhật ký chỉ có {len(made)}",
                en=f"the seal covers {len(links)} events, the log has {len(made)}",
            ),
        )
