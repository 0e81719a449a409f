"""The rules of counting and the numbers of the law, by the day to which they apply."""

from __future__ import annotations

from datetime import date, time
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.model import Basis, FrozenMap
from onestop_core.rules.converter import structure
from onestop_core.rules.editions import Editions
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["CountingRules", "Parameters", "Rule", "cite", "editions", "parameters", "rule_text", "rules_on"]

_NAME: Final = "vn-deadlines"


@attrs.frozen(kw_only=True)
class Parameters:
    """The numbers of the law that counting needs."""

    late_after: time
    """Receipt after this time of day is late."""
    hours_in_a_working_day: int


@attrs.frozen(kw_only=True)
class Rule:
    """One rule of counting, in words, and the grounds of which those in force are cited."""

    text: Text
    basis: tuple[Basis, ...]


@attrs.frozen(kw_only=True)
class CountingRules:
    """One edition of the rules of counting."""

    id: str
    title: Text
    parameters: Parameters
    rules: FrozenMap[str, Rule]


def _read(document: Mapping[str, Any], source: str | None) -> CountingRules:
    bases = structure(document["bases"], dict[str, Basis], source=source)
    numbers = document["parameters"]
    return CountingRules(
        id=document["id"],
        title=structure(document["title"], Text, source=source),
        parameters=Parameters(
            late_after=time.fromisoformat(numbers["late_after"]),
            hours_in_a_working_day=numbers["hours_in_a_working_day"],
        ),
        rules=FrozenMap(
            {
                name: Rule(text=structure(row["text"], Text), basis=tuple(bases[key] for key in row["basis"]))
                for name, row in document["rules"].items()
            }
        ),
    )


editions: Final[Editions[CountingRules]] = Editions(
    "vn/deadlines/rules", what=Text(vi="quy tắc tính thời hạn", en="rules of counting"), read=_read
)
"""The editions of the rules of counting."""


@lru_cache(maxsize=4096)
def rules_on(day: date) -> CountingRules:
    """Return the rules of counting that apply to what is received on *day*.

    >>> rules_on(date(2026, 2, 12)).id
    'vn-deadlines@civil-code-2015'
    """
    return editions.on(_NAME, day)


def parameters(day: date) -> Parameters:
    """Return the numbers that hold on *day*.

    >>> parameters(date(2026, 2, 12)).late_after
    datetime.time(15, 0)
    """
    return rules_on(day).parameters


def rule_text(name: str, day: date) -> Text:
    """Return the rule *name* in words, as it holds on *day*."""
    return rules_on(day).rules[name].text


@lru_cache(maxsize=16384)
def cite(name: str, day: date) -> Text:
    """Return the bases of the rule *name* that are in force on *day*, as one citation.

    >>> cite("first_day_not_counted", date(2026, 2, 12)).en
    'Civil Code 91/2015/QH13, art. 147(2)'
    >>> cite("restart", date(2026, 2, 12)).vi
    'khoản 5 Điều 19 Nghị định số 118/2025/NĐ-CP'
    """
    cited = [basis.cite() for basis in rules_on(day).rules[name].basis if basis.in_force(day)]
    return Text(vi="; ".join(c.vi for c in cited), en="; ".join(c.en for c in cited))
