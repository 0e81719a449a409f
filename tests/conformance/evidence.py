"""How firm the evidence is on which a case rests, read from the tables themselves and not from the case."""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from onestop_core.dossier import Event, load_log
from onestop_core.rules.reading import resources
from tests.conformance.slow_lifecycle import reading_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from tests.dossier.second_reading import Reading

OFFICIAL: Final = frozenset(
    {
        "Cổng Dịch vụ công quốc gia",
        "Cơ sở dữ liệu quốc gia về thủ tục hành chính",
        "Mã trạng thái hồ sơ của Cổng Dịch vụ công quốc gia",
        "QCVN 102:2016 (Thông tư 10/2016/TT-BTTTT)",
        "Quyết định 766/QĐ-TTg",
        "Thông tư 01/2020/TT-VPCP",
    }
)
"""What systems of the state show and answer; what they do is an act of theirs, other than that of a vendor's software."""

_NUMBER: Final = re.compile(r"\b\d+(/\d{4})?/")
DAY: Final = timedelta(days=1)
CODE_OF_2012: Final = "2013-05-01"
"""The day on which the Labour Code of 2012 took effect (``calendar.md``); the calendars cite it for all of 2013."""


def exact(basis: Mapping[str, Any]) -> bool:
    """Whether one can look it up: by article, by number, or by the day of an announcement without either."""
    return "article" in basis or _NUMBER.search(basis["instrument"]) is not None or "announced_on" in basis


def firm(basis: Mapping[str, Any]) -> bool:
    """Whether a required case may rest on it: it was read, or is what a system of the state does."""
    if basis["firmness"] == "observed":
        return basis["instrument"] in OFFICIAL
    return bool(basis["firmness"] == "read" and exact(basis))


# The calendars: the row that decides a day, with what it rests on.


@cache
def decided_days() -> dict[str, Mapping[str, Any]]:
    """Weekdays off and Saturdays worked from 2012 to 2027, each with its basis."""
    found: dict[str, Mapping[str, Any]] = {}
    for year in range(2012, 2028):
        document = resources.data(f"vn/calendar/{year}")
        for row in (*document["days_off"], *document["makeup_workdays"]):
            basis = dict(document["bases"][row["basis"]])
            if basis["firmness"] == "computed":  # the law names a day of the lunar calendar, and was read or not itself
                law = [
                    b for b in document["bases"].values() if b["instrument"] == basis["instrument"] and b is not basis
                ]
                basis["firmness"] = next(b["firmness"] for b in law if b["firmness"] != "computed")
            if "10/2012/QH13" in basis["instrument"] and row["date"] < CODE_OF_2012:
                basis["firmness"] = "unconfirmed"
            if date.fromisoformat(row["date"]).weekday() < 5 or "replaces" in row:
                found[row["date"]] = basis
    return found


def between(first: str, last: str) -> Iterable[str]:
    """Every day after the first up to the last, in whatever order they are given."""
    day, end = sorted((date.fromisoformat(first), date.fromisoformat(last)))
    while day < end:
        day += DAY
        yield day.isoformat()


# The tables of the lifecycle: each row, state and guard on the way of a log.


def way(log: Mapping[str, Any]) -> list[tuple[str, Mapping[str, Any]]]:
    """What a log passes: the name and the basis of each row and state, and last of what refuses its last event."""
    loaded = load_log(log)
    reading = reading_of(loaded.lifecycle)
    table = reading.table
    codes = {state["code"]: state for state in table["states"]}
    taken: list[Event] = [loaded.events[0]]
    found = [("initial", _basis(table, codes[reading.states(taken)[0]]["basis"]))]
    for event in loaded.events[1:]:
        state = reading.states(taken)[-1]
        refused = reading.refusal(taken, event) if _known(table, event.kind) else "unknown"
        if refused is not None:
            found.append(_refusal(reading, taken, state, event, refused))
            return found
        found.append(_row(reading, taken, state, event))
        taken.append(event)
        after = reading.states(taken)[-1]
        if after != state:
            found.append((after, _basis(table, codes[after]["basis"])))
    return found


def _known(table: Mapping[str, Any], kind: str) -> bool:
    return any(event["code"] == kind for event in table["events"])


def _basis(table: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return {"name": name, **table["bases"][name]}


def _row(reading: Reading, taken: list[Event], state: str, event: Event) -> tuple[str, Mapping[str, Any]]:
    row = reading.row(taken, state, event.kind)
    if row is not None:
        return event.kind, _basis(reading.table, row["basis"])
    for axis in reading.table["axes"]:
        for move in axis["moves"]:
            if move["event"] == event.kind and reading.axes(taken)[axis["code"]] in move["origins"]:
                return event.kind, _basis(reading.table, move["basis"])
    striking = next(each for each in reading.table["events"] if each["code"] == event.kind)
    return event.kind, _basis(reading.table, striking["basis"])


OURS: Final = {"instrument": "onestop-core", "firmness": "inferred", "name": "own"}


def _refusal(
    reading: Reading, taken: list[Event], state: str, event: Event, refused: str
) -> tuple[str, Mapping[str, Any]]:
    guard = next((each for each in reading.table["guards"] if each["code"] == refused), None)
    if guard is not None:
        basis = _basis(reading.table, guard["basis"])
        parameter = guard.get("parameter")
        opening = taken[0].opening
        if parameter is not None and opening is not None and getattr(opening.policy, parameter) is None:
            own = _basis(reading.table, reading.table["parameters"][parameter]["basis"])
            basis = basis if firm(own) else own
        return refused, basis
    row = reading.row(taken, state, event.kind)
    rule = next((each for each in reading.table["events"] if each["code"] == event.kind), None)
    if (
        refused == "invalid"
        and row is not None
        and rule is not None
        and rule.get("needs_reason")
        and event.reason is None
    ):
        return "reason", _basis(reading.table, row["basis"])
    return refused, OURS
