# ruff: noqa: ARG005 - each change of an answer is called alike
"""Deliberately wrong systems of dossiers: how one stands by law, with one mistake such as offices and vendors make."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from onestop_core.conformance import Reference, Refusal
from onestop_core.conformance.fresh.deadlines import SlowDeadlines, moment
from tests.conformance.slow_workdays import TypedDays
from tests.conformance.wrong import REFERENCE, WRONG

if TYPE_CHECKING:
    from collections.abc import Callable

Log = dict[str, Any]
Standing = dict[str, Any]
SLOW: Final = SlowDeadlines(days=TypedDays())
DAY: Final = timedelta(days=1)


def standing(what: str, after: Callable[[Standing, Log, str | None], Standing], *rules: str) -> None:
    """The reference, whose answer passes through *after*."""

    class Wrong(Reference):
        def follow(self, log: Log, limit: str | None = None) -> Standing:
            return after(REFERENCE.follow(log, limit), log, limit)

    WRONG.append((what, tuple(f"lifecycle/law.{rule}" for rule in rules), Wrong()))


def hearing(what: str, before: Callable[[Log], Log], *rules: str) -> None:
    """The reference, which hears another log than was told."""

    class Wrong(Reference):
        def follow(self, log: Log, limit: str | None = None) -> Standing:
            return REFERENCE.follow(before(log), limit)

    WRONG.append((what, tuple(f"lifecycle/law.{rule}" for rule in rules), Wrong()))


def taking(what: str, takes: Callable[[Log], bool], *rules: str) -> None:
    """Takes what the law refuses, where the last event is one that *takes* names."""

    class Wrong(Reference):
        def follow(self, log: Log, limit: str | None = None) -> Standing:
            try:
                return REFERENCE.follow(log, limit)
            except Refusal:
                if takes(log):
                    return {"portal_code": 4, "clock": "running", "due_on": None, "counted_from": None}
                raise

    WRONG.append((what, tuple(f"lifecycle/law.{rule}" for rule in rules), Wrong()))


def refusing(what: str, refuses: Callable[[Log], bool], *rules: str) -> None:
    """Refuses what the law takes."""

    class Wrong(Reference):
        def follow(self, log: Log, limit: str | None = None) -> Standing:
            if refuses(log):
                raise Refusal("guard")
            return REFERENCE.follow(log, limit)

    WRONG.append((what, tuple(f"lifecycle/law.{rule}" for rule in rules), Wrong()))


def _kinds(log: Log) -> list[str]:
    return [event["kind"] for event in log["events"]]


def _last(log: Log, kind: str) -> bool:
    return _kinds(log)[-1:] == [kind]


def _day(text: str) -> date:
    return moment(text).date()


def _promised(log: Log) -> bool:
    return any(
        "due" in event and event["kind"] not in {"opinion_asked", "linked_handed_over"} for event in log["events"]
    )


def _recounted(change: Callable[[Log], str | None]) -> Callable[[Standing, Log, str | None], Standing]:
    """Counted from another moment than the law does, where nothing was promised."""

    def after(answer: Standing, log: Log, limit: str | None) -> Standing:
        begins = change(log)
        if begins is None or limit is None or answer["clock"] != "running" or _promised(log):
            return answer
        return {**answer, "counted_from": begins, "due_on": SLOW.due(begins, limit)["due_at"][:10]}

    return after


def _first_receipt(log: Log) -> str | None:
    return next((event["at"] for event in log["events"] if event["kind"] == "received"), None)


# The supplement.


def _resumed(answer: Standing, log: Log, limit: str | None) -> Standing:
    """The time goes on where it stood, and is not counted again."""
    begins = _first_receipt(log)
    if begins is None or limit is None or answer["clock"] != "running" or "supplement_requested" not in _kinds(log):
        return answer
    waits = [
        [asked["at"], brought["at"]]
        for asked, brought in zip(log["events"], log["events"][1:], strict=False)
        if asked["kind"] == "supplement_requested" and asked["at"] > begins
    ]
    if not waits:
        return answer
    return {**answer, "counted_from": begins, "due_on": SLOW.due(begins, limit, pauses=waits)["due_at"][:10]}


standing("resumes after a supplement instead of counting again", _resumed, "counted-again", "story")
standing("never counts again", _recounted(_first_receipt), "counted-again")
standing(
    "counts again from the day on which papers were asked for",
    _recounted(
        lambda log: ([e["at"] for e in log["events"] if e["kind"] == "supplement_requested"] or [_first_receipt(log)])[
            -1
        ]
    ),
    "counted-again",
)
standing(
    "lets a supplement before the receipt count again, too",
    _recounted(
        lambda log: ([e["at"] for e in log["events"] if e["kind"] == "supplemented"] or [_first_receipt(log)])[-1]
    ),
    "running",
)
standing(
    "runs on while papers are awaited, on paper",
    lambda answer, log, limit: (
        {**answer, "clock": "running", "due_on": "2026-03-09"} if answer["clock"] == "waiting" else answer
    ),
    "waiting",
)
refusing(
    "counts supplements at intake and after appraisal in one pot",
    lambda log: _kinds(log).count("supplement_requested") > 1,
    "story",
)
taking(
    "asks for papers as often as it likes",
    lambda log: _last(log, "supplement_requested") and _kinds(log).count("supplement_requested") > 1,
    "refused",
)
taking(
    "asks for papers without saying why",
    lambda log: _last(log, "supplement_requested") and "reason" not in log["events"][-1],
    "refused",
)
taking(
    "asks for papers of no list",
    lambda log: _last(log, "supplement_requested") and "papers" in log["events"][-1],
    "refused",
)
taking(
    "asks past the desk", lambda log: _last(log, "supplement_requested") and "to_unit" in log["events"][-1], "refused"
)


def _closes_early(most: int) -> Callable[[Log], bool]:
    def takes(log: Log) -> bool:
        if not _last(log, "closed_incomplete") or "supplement_requested" not in _kinds(log):
            return False
        asked = next(e for e in reversed(log["events"]) if e["kind"] == "supplement_requested")
        return (_day(log["events"][-1]["at"]) - _day(asked["at"])).days >= most

    return takes


taking("closes on the fifteenth day", _closes_early(15), "refused")
taking("closes after fourteen days", _closes_early(14), "refused")
taking("closes when it likes", _closes_early(0), "refused")
refusing(
    "closes after a month only",
    lambda log: _last(log, "closed_incomplete") and _closes_early(16)(log) and not _closes_early(31)(log),
    "ended",
)

# The beginning and the end of the time.

standing("counts from the filing", _recounted(lambda log: log["dossier"]["at"]), "running")
standing(
    "counts from the transfer",
    _recounted(lambda log: next((e["at"] for e in log["events"] if e["kind"] == "assigned"), _first_receipt(log))),
    "running",
)
standing(
    "counts the first day",
    lambda answer, log, limit: (
        {**answer, "due_on": (date.fromisoformat(answer["due_on"]) - DAY).isoformat()}
        if answer["due_on"] and answer["clock"] == "running"
        else answer
    ),
    *("running", "counted-again", "extended", "elsewhere", "story"),
)
standing(
    "takes every limit for days of the calendar",
    lambda answer, log, limit: (
        {**answer, "due_on": SLOW.due(answer["counted_from"], limit.replace("working ", ""))["due_at"][:10]}
        if limit and answer["clock"] == "running" and not _promised(log) and answer["counted_from"]
        else answer
    ),
    *("running", "counted-again"),
)


def _in_utc(answer: Standing, log: Log, limit: str | None) -> Standing:
    begins = answer["counted_from"]
    if begins is None or limit is None or answer["clock"] != "running" or _promised(log) or moment(begins).hour >= 7:
        return answer
    before = (moment(begins) - DAY).isoformat()
    return {**answer, "due_on": SLOW.due(before, limit)["due_at"][:10]}


standing("lives in UTC", _in_utc, "running")
standing(
    "begins the next day where it was received after 15:00",
    lambda answer, log, limit: (
        {**answer, "due_on": SLOW.due(answer["counted_from"], limit, late_receipt="every_limit")["due_at"][:10]}
        if limit and answer["counted_from"] and answer["clock"] == "running" and not _promised(log)
        else answer
    ),
    "running",
)
standing(
    "stops the time for every verification and opinion",
    lambda answer, log, limit: (
        {**answer, "clock": "waiting", "due_on": None}
        if _kinds(log)[-1:] and _kinds(log)[-1] in {"verification_started", "opinion_asked", "linked_handed_over"}
        else answer
    ),
    "running",
)
standing(
    "counts from the receipt elsewhere",
    lambda answer, log, limit: (
        {**answer, "clock": "running", "counted_from": _first_receipt(log)}
        if log["dossier"].get("non_territorial") and "received" in _kinds(log)
        else answer
    ),
    "elsewhere",
)
standing(
    "never begins where the desk is elsewhere",
    lambda answer, log, limit: (
        {**answer, "clock": "not-started", "counted_from": None, "due_on": None}
        if log["dossier"].get("non_territorial")
        else answer
    ),
    "elsewhere",
)
standing(
    "ends when it is decided, not when the desk has it",
    lambda answer, log, limit: {**answer, "clock": "ended"} if _last(log, "approved") else answer,
    "running",
)
standing(
    "shows what was given as ready",
    lambda answer, log, limit: {**answer, "portal_code": min(9, answer["portal_code"])},
    "ended",
)
standing(
    "shows what was refused as done",
    lambda answer, log, limit: {**answer, "portal_code": 9} if answer["portal_code"] == 8 else answer,
    "ended",
    "stopped-by-applicant",
)
standing(
    "shows what is filed as received",
    lambda answer, log, limit: {**answer, "portal_code": 2} if answer["portal_code"] == 1 else answer,
    "not-started",
)

# Extensions.


def _working_day_before(log: Log) -> bool:
    if not _last(log, "extended"):
        return False
    dues = [event["due"] for event in log["events"][:-1] if "due" in event and event["kind"] != "opinion_asked"]
    last = SLOW.days
    day = _day(dues[-1]) - DAY if dues else date(2026, 1, 1)
    while not last.works(day):
        day -= DAY
    return _day(log["events"][-1]["at"]) > day


refusing("wants an extension a working day before", _working_day_before, "extended")
refusing(
    "wants an extension two days before",
    lambda log: (
        _last(log, "extended")
        and any("due" in e for e in log["events"][:-1])
        and (_day([e["due"] for e in log["events"][:-1] if "due" in e][-1]) - _day(log["events"][-1]["at"])).days < 2
    ),
    "extended",
)


def _late(log: Log) -> int:
    dues = [event["due"] for event in log["events"][:-1] if "due" in event]
    return (_day(log["events"][-1]["at"]) - _day(dues[-1])).days if dues else -99


taking("extends on the last day", lambda log: _last(log, "extended") and _late(log) == 0, "refused")
taking("extends when it is too late", lambda log: _last(log, "extended") and _late(log) > 0, "refused")
taking("extends twice", lambda log: _last(log, "extended") and _kinds(log).count("extended") > 1, "refused")
taking(
    "extends without a word",
    lambda log: _last(log, "extended") and not {"reason", "due"} <= set(log["events"][-1]),
    "refused",
)
standing(
    "forgets an extension",
    lambda answer, log, limit: (
        {**answer, "due_on": SLOW.due(answer["counted_from"], limit)["due_at"][:10]}
        if limit and "extended" in _kinds(log) and answer["clock"] == "running"
        else answer
    ),
    "extended",
)

# Results, stops and changes.

taking("refuses too late", lambda log: _last(log, "refused") and _late(log) > 0, "refused")
taking("refuses without a word", lambda log: _last(log, "refused") and "reason" not in log["events"][-1], "refused")
refusing("never refuses on the last day", lambda log: _last(log, "refused") and _late(log) == 0, "ended")
taking(
    "lets any desk decide", lambda log: _kinds(log) in (["received", "approved"], ["received", "refused"]), "refused"
)
taking("takes silence for consent", lambda log: _last(log, "opinion_deemed_given"), "refused")
taking("receives what lacks papers", lambda log: _last(log, "received"), "refused")
taking("turns away without a word", lambda log: _last(log, "not_received"), "refused")
taking("gives what nobody decided", lambda log: _last(log, "delivered"), "refused")
taking("stops what has a result", lambda log: _last(log, "withdrawal_requested"), "refused")
taking("changes what has a result", lambda log: _last(log, "content_changed"), "refused")
refusing(
    "lets nobody stop while papers are awaited",
    lambda log: _last(log, "withdrawal_requested") and _kinds(log)[-2:-1] == ["supplement_requested"],
    "stopped-by-applicant",
)
refusing(
    "lets nobody stop once it is handed on",
    lambda log: _last(log, "withdrawal_requested") and "transferred" in _kinds(log),
    "stopped-by-applicant",
)
standing(
    "goes on with what was stopped",
    lambda answer, log, limit: {**answer, "clock": "running"} if _last(log, "withdrawal_granted") else answer,
    "stopped-by-applicant",
)
refusing("lets nobody change anything", lambda log: _last(log, "content_changed"), "changed-by-applicant")
standing(
    "takes a change for a new filing",
    lambda answer, log, limit: {**answer, "portal_code": 1} if _last(log, "content_changed") else answer,
    "changed-by-applicant",
)
hearing(
    "does not know that an agency wants other papers",
    lambda log: {**log, "dossier": {k: v for k, v in log["dossier"].items() if k != "database_papers"}},
    "refused",
)
