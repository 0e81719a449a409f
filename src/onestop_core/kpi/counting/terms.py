"""What conditions compare: columns of the facts, moments and numbers, as bare values."""

from __future__ import annotations

from datetime import datetime
from typing import TypeAlias

import attrs

__all__ = ["Column", "FirstOf", "Moment", "Number", "Term"]


@attrs.frozen(kw_only=True)
class Column:
    """A column of the facts."""

    name: str


@attrs.frozen(kw_only=True)
class Moment:
    """A moment that is the same for every dossier."""

    at: datetime


@attrs.frozen(kw_only=True)
class Number:
    """A whole number that is the same for every dossier."""

    value: int


@attrs.frozen(kw_only=True)
class FirstOf:
    """The first column that is known."""

    columns: tuple[Column, ...]


Term: TypeAlias = Column | Moment | Number | FirstOf
