"""The rules of counting and the numbers of the law, from the packaged table."""

from __future__ import annotations

from datetime import date, time
from functools import cache
from typing import Any, Final

import attrs

from onestop_core.model import Basis, TimeLimit
from onestop_core.rules import resources
from onestop_core.rules.converter import structure
from onestop_core.text import Text

__all__ = ["Parameters", "cite", "parameters", "rule_text"]

_TABLE: Final = "vn/deadlines/rules"


@attrs.frozen(kw_only=True)
class Parameters:
    """The numbers of the law that counting needs."""

    late_after: time
    """Receipt after this time of day is late."""
    hours_in_a_working_day: int
    max_extensions: int
    apology_days_before: int
    """Days before the limit by which the applicant must have the apology."""
    supplement_notice: TimeLimit
    """Within this time of receipt the applicant learns that papers are missing."""


@cache
def _table() -> Any:
    return resources.data(_TABLE)


@cache
def parameters() -> Parameters:
    """Return the numbers of the table.

    >>> parameters().late_after
    datetime.time(15, 0)
    """
    given = _table()["parameters"]
    read: dict[str, Any] = {"late_after": time.fromisoformat, "supplement_notice": TimeLimit.parse}
    return Parameters(**{name: read[name](value) if name in read else value for name, value in given.items()})


@cache
def _bases() -> dict[str, Basis]:
    return structure(_table()["bases"], dict[str, Basis], source=_TABLE)


def rule_text(name: str) -> Text:
    """Return the rule *name* in words."""
    return Text(**_table()["rules"][name]["text"])


@cache
def cite(name: str, on: date) -> Text:
    """Return the bases of the rule *name* that are in force *on* the day, as one citation.

    >>> cite("first_day_not_counted", date(2026, 2, 12)).en
    'Civil Code 2015, art. 147'
    >>> cite("restart", date(2026, 2, 12)).en
    'Decree 118/2025/NĐ-CP [recalled, not confirmed]'
    """
    grounds = [_bases()[key] for key in _table()["rules"][name]["basis"]]
    cited = [basis.cite() for basis in grounds if basis.in_force(on)]
    return Text(vi="; ".join(c.vi for c in cited), en="; ".join(c.en for c in cited))
