"""The three reductions and three increases as data: aims, what measures each, and what that rests on."""

from __future__ import annotations

from datetime import date
from typing import Final

import attrs

from onestop_core.model import Basis
from onestop_core.rules.editions import Editions
from onestop_core.text import Text

__all__ = ["DEFAULT_AIMS", "EDITIONS", "Aim", "Aims", "Indicator", "aims"]


@attrs.frozen(kw_only=True)
class Indicator:
    """What measures an aim."""

    id: str
    unit: str
    """``hours`` (of office time), ``effort`` (hours of people), ``VND``, ``posts``, ``procedures`` or ``share`` (of 1, shown in percent)."""
    name: Text
    how: Text
    """How it is counted."""
    basis: Basis


@attrs.frozen(kw_only=True)
class Aim:
    """One of the three reductions or three increases."""

    key: str
    aim: str
    """``reduce`` or ``increase``."""
    name: Text
    basis: Basis
    indicators: tuple[Indicator, ...]


@attrs.frozen(kw_only=True)
class Aims:
    """The aims of one edition, and what they rest on."""

    id: str
    name: Text
    in_force_from: date
    in_force_from_basis: Basis | None = None
    in_force_to: date | None = None
    announced_on: date | None = None
    revision: int = 1
    note: Text
    items: tuple[Aim, ...]


DEFAULT_AIMS: Final = "vn-three-three@hanoi-2024"
"""The edition that holds where nobody names a day."""
EDITIONS: Final = Editions("vn/kpi/aims", what=Text(vi="bộ mục tiêu", en="aims"), kind=Aims, schema="kpi-aims")
"""What ships, with days, revisions and digests."""


def aims(*, on: date | None = None) -> Aims:
    """Return the three reductions and three increases: those in force *on* a day, or ``DEFAULT_AIMS``.

    >>> [aim.key for aim in aims().items]
    ['time_and_cost', 'staffing', 'procedures', 'service_quality', 'transparency', 'satisfaction']

    Raises:
        NotInForceError: nothing ships for that day.
        InvalidValueError: *on* is not a day.
    """
    return EDITIONS.pinned(DEFAULT_AIMS) if on is None else EDITIONS.on("vn-three-three", on)
