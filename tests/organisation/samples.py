"""Units of an invented province, to be changed by a test."""

from __future__ import annotations

from typing import Any, Final

WORDS: Final = {"vi": "Đơn vị", "en": "Unit"}
LEADERS: Final[dict[str, Any]] = {"director": "division_head", "deputies": 2}


def unit(code: str, kind: str, **more: Any) -> dict[str, Any]:
    """Return a unit that tells all that is asked of a desk, so that nothing is noted."""
    told: dict[str, Any] = {} if kind in {"contractor", "provincial_office"} else {"fields": [], "postings": []}
    return {"code": code, "kind": kind, "name": WORDS, **told, **more}


def commune(**more: Any) -> dict[str, Any]:
    """Return a commune's centre that is led as the law of August 2026 has it."""
    return unit("H01.01", "commune_centre", **{"leadership": LEADERS, **more})


def province(*units: dict[str, Any], kind: str = "province", **more: Any) -> dict[str, Any]:
    """Return a document of those units."""
    return {
        "schema_version": "1.0",
        "title": WORDS,
        "territory": {"code": "H01", "kind": kind, **more},
        "units": list(units),
    }


def posting(**more: Any) -> dict[str, Any]:
    """Return a posting of two years by somebody who has long been in the sector."""
    return {
        "officer": "CB01",
        "origin": "sent",
        "sender": "H01.S1",
        "from": "2025-10-01",
        "to": "2027-09-30",
        "in_sector_since": "2015-01-01",
        **more,
    }
