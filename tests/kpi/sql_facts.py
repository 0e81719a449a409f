"""Facts as rows of a table, for engines to count."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import attrs

from onestop_core.kpi import DossierFacts

if TYPE_CHECKING:
    from collections.abc import Iterable

NAMES = tuple(field.name for field in attrs.fields(DossierFacts))
NUMBERS = ("allowed_hours", "supplement_requests", "supplement_hours", "guided", "visits", "agencies")
TEXTS = ("id", "procedure", "field", "level", "receiving_place", "unit", "officer", "channel", "finished_kind")


def kind(name: str) -> str:
    """Return the SQL type of a column."""
    if name.endswith("_at"):
        return "TIMESTAMP WITH TIME ZONE"
    return "BIGINT" if name in NUMBERS else "VARCHAR" if name in TEXTS else "BOOLEAN"


COLUMNS = ", ".join(f"{name} {kind(name)}" for name in NAMES)


def rows(facts: Iterable[DossierFacts]) -> list[tuple[Any, ...]]:
    """Return the facts as tuples in the order of the columns."""
    return [tuple(_plain(name, getattr(one, name)) for name in NAMES) for one in facts]


def _plain(name: str, value: Any) -> Any:
    return str(value) if name in TEXTS and value is not None else value
