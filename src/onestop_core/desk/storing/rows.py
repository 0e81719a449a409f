"""An event and an effect as the JSON text of one row, and back: for whoever keeps dossiers in a database.

>>> from datetime import datetime
>>> from onestop_core.dossier import Event
>>> received = Event("received", datetime.fromisoformat("2026-02-12T09:30+07:00"), actor="Lan")
>>> text_of_event(received)
'{"kind":"received","at":"2026-02-12T09:30:00+07:00","actor":"Lan","schema_version":"1.1"}'
>>> event_of(text_of_event(received)) == received
True
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from onestop_core.dossier import Effect, Event
from onestop_core.rules.converter import structure, unstructure
from onestop_core.rules.reading.documents import parse_json

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["effect_of", "event_of", "text_of_effect", "text_of_event"]


def text_of_event(event: Event) -> str:
    """Return the row of *event*: compact JSON, text as it is."""
    return _text(event.to_dict())


def event_of(row: str) -> Event:
    """Return the event of a row.

    Raises:
        InvalidDocumentError: the row is no event.
    """
    document: Any = parse_json(row)
    return Event.from_dict(document)


def text_of_effect(effect: Effect) -> str:
    """Return the row of *effect*."""
    return _text(unstructure(effect))


def effect_of(row: str) -> Effect:
    """Return the effect of a row.

    Raises:
        InvalidDocumentError: the row is no effect.
    """
    return structure(parse_json(row), Effect)


def _text(document: Mapping[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
