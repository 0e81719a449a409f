"""What is known of a period: its days, catalogue, dossiers, law, ratings, posts and counts."""

from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, TypeAlias

import attrs

from onestop_core.catalogue import Catalogue
from onestop_core.dossier import Dossier
from onestop_core.errors import InvalidValueError
from onestop_core.kpi.measures import Answers
from onestop_core.kpi.service_index import Level
from onestop_core.lab.laws import Law
from onestop_core.model import FrozenMap
from onestop_core.model.series import each_of, items_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Period"]


Counted: TypeAlias = tuple[int | None, ...] | int | None
"""Numerator, denominator and perhaps what the facts do not tell; or the one number of a field of the portal."""


def _cases(value: Iterable[Dossier]) -> tuple[Dossier, ...]:
    return tuple(each_of(value, Dossier, "dossiers"))


def _counts(value: Mapping[str, Counted]) -> FrozenMap[str, Counted]:
    return FrozenMap(items_of(value, "counts"))


def _level(value: Level | str | None) -> Level | None:
    return None if value is None else Level.of(value, "level")


@attrs.frozen(kw_only=True, repr=False)
class Period:
    """What is known of a period."""

    name: str
    first: date | None = None
    """Its first day: dossiers received earlier are not of it; None: all that are given are."""
    last: date
    """Its last day: the catalogue of that day, and dossiers as they stood at its end."""
    catalogue: Catalogue
    dossiers: tuple[Dossier, ...] = attrs.field(converter=_cases)
    law: Law
    answers: Answers | None = None
    """How people rated the service."""
    staff: Fraction | None = None
    """Posts in full-time equivalents."""
    counts: FrozenMap[str, Counted] = attrs.field(default=FrozenMap({}), converter=_counts)
    """Counts for the index that dossiers do not tell, as ``index.score`` takes them; they go before what dossiers tell."""
    level: Level | None = attrs.field(default=None, converter=_level)
    """Level of administration by which the index is scored."""
    not_applicable: tuple[str, ...] = ()
    """Metrics that do not apply at that level."""

    def __attrs_post_init__(self) -> None:
        if self.first is not None and self.first > self.last:
            raise InvalidValueError.of(
                "first", self.first, vi="ngày không sau ngày cuối của kỳ", en="a day not after the last of the period"
            )

    def __repr__(self) -> str:
        return f"<Period {self.name}: {len(self.dossiers)} dossiers>"
