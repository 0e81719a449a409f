"""What the check rules rest on: a table of law, ``data/vn/check-rules``, read when a finding first cites it."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final

import attrs

from onestop_core.model import Basis
from onestop_core.rules.editions import Editions
from onestop_core.text import Text

__all__ = ["Ground", "Grounds", "cited", "ground"]


@attrs.frozen(kw_only=True)
class Ground:
    """A rule and what it rests on."""

    rule: str
    basis: Basis


@attrs.frozen(kw_only=True)
class Grounds:
    """The table of what the check rules rest on."""

    id: str
    title: Text
    revision: int = 1
    in_force_from: date | None = None
    in_force_to: date | None = None
    grounds: tuple[Ground, ...]


_TABLE: Final = "vn-check-rules"
_TABLES: Final = Editions(
    "vn/check-rules",
    kind=Grounds,
    what=Text(vi="bảng căn cứ của quy tắc kiểm tra", en="table of what check rules rest on"),
    schema="check-rules",
)


@cache
def _by_rule() -> dict[str, Basis]:
    return {each.rule: each.basis for each in _TABLES.pinned(_TABLE).grounds}


def ground(rule: str) -> Basis | None:
    """Return what the rule of this id rests on; None for a rule that follows from the shape of a catalogue.

    >>> ground("catalogue/no-time-limit").article, ground("catalogue/duplicate-code")
    ('8(2)', None)
    """
    return _by_rule().get(rule)


@cache
def cited(rule: str) -> Text | None:
    """Return how what the rule of this id rests on is cited.

    >>> cited("catalogue/no-time-limit").vi
    'khoản 2 Điều 8 Nghị định số 63/2010/NĐ-CP'
    """
    basis = ground(rule)
    return None if basis is None else basis.cite()
