"""Variants of time limits in words, of codes and of figures."""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final

from onestop_core.conformance.fresh.codes import SlowCodes
from onestop_core.conformance.fresh.drawing import era_of, moved
from onestop_core.conformance.fresh.limits import SlowLimits
from onestop_core.conformance.fresh.scores import TABLE, SlowKpi
from onestop_core.conformance.values import Refusal

if TYPE_CHECKING:
    from onestop_core.conformance.fresh.drawing import Chance
    from onestop_core.conformance.values import Case

__all__ = ["varied_code", "varied_limit", "varied_score", "varied_tally", "varied_written_code"]

_DIGITS: Final = re.compile(r"[0-9]+")
_LAST_DIGITS: Final = re.compile(r"[0-9]+(?=[^0-9]*$)")
_OF_A_DAY: Final = re.compile(r"(.*-)([0-9]{6}|[0-9]{8})(-)([0-9]+)")


def varied_limit(case: Case, given: dict[str, Any], chance: Chance) -> tuple[dict[str, Any], Any] | None:
    """Another number in the same words."""
    del case
    found = _DIGITS.search(given["text"])
    if found is None:
        return None
    number = str(chance.between(2, 60, "number"))
    asked = {"text": given["text"][: found.start()] + number.zfill(len(found[0])) + given["text"][found.end() :]}
    try:
        return asked, SlowLimits().parse_limit(**asked)
    except Refusal:
        return None


def varied_code(case: Case, given: dict[str, Any], chance: Chance) -> tuple[dict[str, Any], Any] | None:
    """Other digits in the same form; of a dossier's code another day under the same law, and another serial."""
    text = given["text"]
    dated = _OF_A_DAY.fullmatch(text)
    answer = getattr(SlowCodes(), case.operation)(**given)
    if dated is not None and not answer["foreign"]:
        era = era_of(date.fromisoformat(answer["day"]))
        if era is None:
            return None
        day = chance.day(*era, "day").strftime("%Y%m%d")
        text = dated[1] + day[-len(dated[2]) :] + dated[3] + chance.digits(dated[4], "serial")
    else:
        text = _LAST_DIGITS.sub(lambda digits: chance.digits(digits[0], "digits"), text)
    asked = {"text": text}
    return asked, getattr(SlowCodes(), case.operation)(**asked)


def varied_written_code(case: Case, given: dict[str, Any], chance: Chance) -> tuple[dict[str, Any], Any] | None:
    """Another day under the same law, and another serial."""
    del case
    era = era_of(date.fromisoformat(given["day"]))
    if era is None:
        return None
    asked: dict[str, Any] = {
        **given,
        "day": chance.day(*era, "day").isoformat(),
        "sequence": chance.between(1, 99999, "serial"),
    }
    return asked, SlowCodes().write_dossier_code(**asked)


def varied_score(case: Case, given: dict[str, Any], chance: Chance) -> tuple[dict[str, Any], Any] | None:
    """Other counts of the same metrics; what is 0 of 0 stays so, and nothing lies half-way between two figures."""
    del case
    counts: dict[str, list[int]] = {}
    for name, (above, below) in given["counts"].items():
        among = chance.between(1, 2 * below + 20, f"{name} of") if below else 0
        counts[name] = [chance.below(among + 1, name), among] if below else [above, below]
        if name != "2.2" and below and _is_a_tie(name, *counts[name]):
            return None
    asked: dict[str, Any] = {**given, "counts": counts}
    return asked, SlowKpi().score(**asked)


def _is_a_tie(name: str, above: int, below: int) -> bool:
    rate = Fraction(100 * above, below)
    _, most, target, _ = TABLE.get(name, ("", 0, 1, ""))
    return 2 in {(rate * 100).denominator, (most * rate / target * 100).denominator}


def varied_tally(case: Case, given: dict[str, Any], chance: Chance) -> tuple[dict[str, Any], Any] | None:
    """The same dossiers, and the same period, some days earlier or later."""
    del case
    asked = moved(given, chance.between(-300, 300, "days"))
    return asked, SlowKpi().tally(**asked)
