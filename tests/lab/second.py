"""A second, slow way to every number of a replay: documents read anew, days walked one by one, everything counted by hand."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from onestop_core import dossier
from onestop_core.errors import OnestopError
from onestop_core.model import Act, Phase

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from onestop_core.dossier import Dossier
    from onestop_core.lab import Law

DAY = timedelta(days=1)


def under(case: Dossier, law: Law) -> tuple[Dossier | None, list[tuple[int, bool]]]:
    """Return where the log leads under *law*, and each number that it refuses, with whether it could be folded."""
    document = dossier.dump_log(case)
    opened = case.events[0].at.date()
    if isinstance(law.lifecycle, dossier.Lifecycle):
        machine = dossier.machine(law.lifecycle)
    elif law.lifecycle is None:
        machine = dossier.machine(case.lifecycle)
    else:
        machine = dossier.machine(law.lifecycle, on=None if "@" in law.lifecycle else opened)
    policy = {name: value for name, value in _policy(law).items() if value is not None}
    head = {**document["dossier"]}
    head["policy"] = {**head.get("policy", {}), **policy}
    kept: list[dict[str, Any]] = []
    refused: list[tuple[int, bool]] = []

    def fold(rows: Sequence[dict[str, Any]], judged: int) -> Dossier:
        log = {
            "schema_version": document["schema_version"],
            "lifecycle": machine.lifecycle.id,
            "dossier": head,
            "events": list(rows),
        }
        events = dossier.load_log(log, lifecycle=machine.lifecycle).events
        folded = machine.replay(events[:1])
        for number, event in enumerate(events[1:]):
            folded = machine.step(folded, event, judge=number == judged)
        return folded

    try:
        found = fold((), -1)
    except OnestopError:
        return None, [(0, False)]
    for number, row in enumerate(document["events"], 1):
        try:
            found = fold([*kept, row], len(kept))
        except OnestopError:
            try:
                found = fold([*kept, row], -1)
            except OnestopError:
                refused.append((number, False))
                continue
            refused.append((number, True))
        kept.append(row)
    return found, refused


def _policy(law: Law) -> dict[str, Any]:
    supplement = law.policy.supplement_clock
    return {"max_supplements": law.policy.max_supplements, "supplement_clock": supplement}


def due(case: Dossier, law: Law, days: int) -> datetime | None:
    """Return the end of the last of so many working days after the start, walked day by day, without those of waits."""
    spans = case.clock.spans
    begun = [number for number, span in enumerate(spans) if span.by in {Act.START, Act.RESTART}]
    if not begun:
        return None
    present = spans[begun[-1] :]
    extended = [each.until for each in case.clock.extensions if each.count == case.clock.count]
    waits = [(span.start, span.end) for span in present if span.phase is Phase.PAUSED]
    assert not [end for _, end in waits if end is not None], (
        "the worlds know only waits after which the time begins anew"
    )
    if extended:
        assert extended[-1] is not None
        return extended[-1]
    day = present[0].start.date()
    for _ in range(days):
        day += DAY
        while not law.calendar.is_workday(day):
            day += DAY
    return datetime.combine(day, time(23, 59, 59), present[0].start.tzinfo)


def differing(law: Law, other: Law, first: date, last: date) -> list[date]:
    found = []
    while first <= last:
        if law.calendar.is_workday(first) != other.calendar.is_workday(first):
            found.append(first)
        first += DAY
    return found
