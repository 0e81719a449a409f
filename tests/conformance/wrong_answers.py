"""Deliberately wrong implementations of codes, scores, lifecycles and catalogues; they join those of days."""

from __future__ import annotations

from decimal import ROUND_HALF_EVEN, Decimal
from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from onestop_core.catalogue import RULES
from onestop_core.conformance import Reference, Refusal
from onestop_core.dossier import machine
from tests.conformance import wrong_counts as _wrong_counts  # noqa: F401 - adds its own
from tests.conformance import wrong_dossiers as _wrong_dossiers  # noqa: F401 - adds its own
from tests.conformance import wrong_files as _wrong_files  # noqa: F401 - adds its own
from tests.conformance import wrong_forms as _wrong_forms  # noqa: F401 - adds its own
from tests.conformance import wrong_offices as _wrong_offices  # noqa: F401 - adds its own
from tests.conformance.wrong import REFERENCE, WRONG, change, wrong

if TYPE_CHECKING:
    from collections.abc import Callable

# Codes.


def code(what: str, operation: str, put: dict[str, Any], *rules: str) -> None:
    change(what, operation, lambda answer, **_: {**answer, **put} if isinstance(answer, dict) else answer, *rules)


class Never(Reference):
    """Reads what it was told to, whatever it is."""

    def __init__(self, operation: str, answer: Any) -> None:
        def read(**given: Any) -> Any:
            try:
                return getattr(REFERENCE, operation)(**given)
            except (ValueError, Refusal):
                return answer

        setattr(self, operation, read)


code("reads the first level first", "parse_agency_code", {"old_order": False}, "codes/agency-old")
code("reads the first level last", "parse_agency_code", {"old_order": True}, "codes/agency-new")
code("forgets the owner", "parse_procedure_code", {"owner": None}, "codes/procedure")
code("knows every code", "parse_dossier_code", {"foreign": False}, "codes/dossier-foreign")
code("knows no code", "parse_dossier_code", {"foreign": True}, "codes/dossier")
change(
    "writes four digits and no more",
    "write_dossier_code",
    lambda a, **_: a[: a.rindex("-") + 5],
    "codes/dossier-written",
)
WRONG.append(("takes any agency", ("codes/agency-wrong",), Never("parse_agency_code", {})))
WRONG.append(("takes any procedure", ("codes/procedure-wrong",), Never("parse_procedure_code", {})))
WRONG.append(("writes anything", ("codes/dossier-refused",), Never("write_dossier_code", "x")))

# Scores.


def scored(what: str, after: Callable[[dict[str, Any], dict[str, Any]], None], *rules: str) -> None:
    """The reference, whose card *after* changes, given the input."""

    def change_card(card: dict[str, Any], **given: Any) -> Any:
        after(card, given)
        return card

    change(what, "score", change_card, *rules)


def _each(change_metric: Callable[[str, dict[str, Any], list[int]], None]) -> Callable[..., None]:
    def after(card: dict[str, Any], given: dict[str, Any]) -> None:
        for metric, result in card["metrics"].items():
            change_metric(metric, result, given["counts"][metric])

    return after


SLOPES: Final = {"2.1": 20, "4.1": 6, "1.2": 4, "1.3": 2, "4.5a": 2, "3.6": 6, "4.4": 4, "5.2": 6}


def _half_even(metric: str, result: dict[str, Any], pair: list[int]) -> None:
    if metric in SLOPES and pair[1]:
        exact = Decimal(pair[0] * SLOPES[metric]) / Decimal(pair[1])
        result["score"] = str(exact.quantize(Decimal("0.01"), ROUND_HALF_EVEN))


def _no_target(metric: str, result: dict[str, Any], pair: list[int]) -> None:
    if metric in {"3.1", "3.3", "3.5a", "3.5b", "4.3", "5.4"} and pair[1]:
        most = {"3.3": 6, "5.4": 6}.get(metric, 2)
        result["score"] = f"{most * pair[0] / pair[1]:.2f}"


def _zero_is_zero(_: str, result: dict[str, Any], pair: list[int]) -> None:
    if not pair[1]:
        result.update(ratio="0.00", score="0.00")


def _raw_sum(card: dict[str, Any], given: dict[str, Any]) -> None:
    counts, slopes = given["counts"], {**SLOPES, "1.1": 6, "1.4": 6}
    if counts and all(below for _, below in counts.values()) and set(counts) <= set(slopes):
        points = sum(
            (Fraction(slopes[metric] * above, below) for metric, (above, below) in counts.items()), Fraction(0)
        )
        card["total"] = f"{float(points):.2f}"


scored("rounds half to even", _each(_half_even), "kpi/ties")
scored("knows no targets", _each(_no_target), "kpi/target", "kpi/published")
scored("gives nothing for nothing", _each(_zero_is_zero), "kpi/zero-denominator", "kpi/zero-policy")
scored("adds first, then rounds", _raw_sum, "kpi/group-sum")
scored(
    "cuts instead of rounding",
    _each(lambda _, r, p: r.update(ratio=str(int(10000 * p[0] / p[1]) / 100)) if p[1] else None),
    "kpi/published",
    "kpi/linear",
)
scored(
    "scores what is for information",
    _each(lambda m, r, _: r.update(score="0.00") if m in {"2.2", "5.1"} else None),
    "kpi/information",
)


@wrong("knows no single procedures", "kpi/single-procedure")
class NeverSingle(Reference):
    def score(self, index: str, counts: dict[str, list[int]], **options: Any) -> dict[str, Any]:
        return super().score(index, counts, **{**options, "single_procedure": False})


@wrong("gives no points for what does not apply", "kpi/not-applicable")
class AlwaysApplies(Reference):
    def score(self, index: str, counts: dict[str, list[int]], **options: Any) -> dict[str, Any]:
        return super().score(index, counts, **{**options, "not_applicable": None})


@wrong("knows one policy for 0 of 0", "kpi/zero-policy")
class OneZero(Reference):
    def score(self, index: str, counts: dict[str, list[int]], **options: Any) -> dict[str, Any]:
        return super().score(index, counts, **{**options, "zero": None})


WRONG.append(("scores anything", ("kpi/wrong-counts",), Never("score", {})))

# Lifecycles.

Log = dict[str, Any]


def logs(what: str, before: Callable[[Log], Log], *rules: str) -> None:
    """The reference, which hears another log than was told."""

    def replay(self: object, log: Log) -> Any:
        del self
        return REFERENCE.replay(before(log))

    WRONG.append((what, rules, type("Wrong", (Reference,), {"replay": replay})()))


def _events(change_event: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[Log], Log]:
    return lambda log: {**log, "events": [change_event(dict(event)) for event in log["events"]]}


def _without(key: str) -> Callable[[Log], Log]:
    return _events(lambda event: {name: value for name, value in event.items() if name != key})


def never_takes(kind: str) -> None:
    def after(answer: Any, log: Log) -> Any:
        if log["events"] and log["events"][-1]["kind"] == kind:
            raise Refusal("transition-not-allowed")
        return answer

    change(f"never takes {kind}", "replay", after, f"lifecycle-tables/event.{kind.replace('_', '-')}")


def follows(what: str, rule: str, after: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    """How a dossier stands, with what *after* changes in it."""
    change(what, "follow", lambda answer, **_: {**answer, **after(answer)}, f"lifecycle/law.{rule}")


def _at(phase: str, **told: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda answer: told if answer["clock"] == phase else {}


follows("counts before the receipt", "not-started", _at("not-started", clock="running"))
follows("knows no due day", "running", _at("running", due_on=None))
follows("runs on while papers are awaited", "waiting", _at("waiting", clock="running"))
follows("forgets since when it counts", "counted-again", _at("running", counted_from=None))
follows("never ends the time", "ended", _at("ended", clock="running"))


class TakesAll(Reference):
    def follow(self, log: Log, limit: str | None = None) -> dict[str, Any]:
        try:
            return REFERENCE.follow(log, limit)
        except Refusal:
            return REFERENCE.follow({**log, "events": log["events"][:-1]}, limit)


WRONG.append(("takes what the law refuses", ("lifecycle/law.refused",), TakesAll()))


def never_refuses(what: str, code: str, kind: str | None, *rules: str) -> None:
    """Where the reference refuses, the state before the event is the answer."""

    def replay(self: object, log: Log) -> Any:
        del self
        try:
            return REFERENCE.replay(log)
        except Refusal as refusal:
            if refusal.code == code and kind in {None, log["events"][-1]["kind"]}:
                return REFERENCE.replay({**log, "events": log["events"][:-1]})
            raise

    WRONG.append((what, rules, type("Wrong", (Reference,), {"replay": replay})()))


EDITIONS: Final = [
    machine(name).lifecycle
    for name in ("vn@decree-61-2018", "vn@decree-118-2025", "vn@decree-118-2025-amended-309-2026")
]
for _event in sorted({event.code for edition in EDITIONS for event in edition.events}):
    never_takes(_event)
for _guard in sorted({(guard.code, guard.event) for edition in EDITIONS for guard in edition.guards}):
    never_refuses(
        f"does not know {_guard[0]}", "guard", _guard[1], f"lifecycle-tables/guard.{_guard[0].replace('_', '-')}"
    )
for _axis in EDITIONS[0].axes:

    def standing_still(answer: Any, axis: str = _axis.code, initial: str = _axis.initial, **_: Any) -> Any:
        return {**answer, "axes": {**answer["axes"], axis: initial}}

    change(f"never moves the axis {_axis.code}", "replay", standing_still, f"lifecycle-tables/axis.{_axis.code}")
change("allows everything", "replay", lambda a, **_: {**a, "allowed": ["approved"]}, "lifecycle-tables/allowed")
never_refuses("takes any event", "transition-not-allowed", None, "lifecycle-tables/not-allowed")
logs("does not ask who acts", _without("role"), "lifecycle-tables/role")
logs("makes reasons up", _events(lambda event: {"reason": "x", **event}), "lifecycle-tables/reason")
logs("forgets appointments", _without("due"), "lifecycle-tables/appointment")
logs("takes events twice", _without("key"), "lifecycle-tables/idempotent")
logs(
    "puts events in order",
    lambda log: {**log, "events": sorted(log["events"], key=lambda e: e["at"])},
    "lifecycle-tables/order",
)
logs(
    "leaves online dossiers on the desk",
    lambda log: {**log, "dossier": {**log["dossier"], "channel": "in_person"}},
    "lifecycle-tables/initial",
)
change(
    "never gives a result away",
    "replay",
    lambda a, **_: {**a, "portal_status": min(9, a["portal_status"])},
    "lifecycle-tables/story",
)
change("forgets where it came from", "replay", lambda a, **_: {**a, "state": "received"}, "lifecycle-tables/detour")
change("stops the clock for good", "replay", lambda a, **_: {**a, "clock": "paused"}, "lifecycle-tables/clock")

# Catalogues.


def never_says(rule: str, *rules: str) -> None:
    def after(answer: Any, **_: Any) -> Any:
        return {**answer, "rules": [each for each in answer["rules"] if not each.startswith(rule)]}

    change(f"never says {rule}", "check_catalogue", after, *rules)


for _rule in RULES:
    if not _rule.advisory:
        never_says(_rule.id, _rule.id)
never_says("schema/", "catalogue/schema")


def checks(what: str, before: Callable[[Any], Any], *rules: str) -> None:
    """The reference, which is given another document."""

    def check_catalogue(self: object, document: Any, on: str | None = None) -> Any:
        del self
        return REFERENCE.check_catalogue(before(document), on)

    WRONG.append((what, rules, type("Wrong", (Reference,), {"check_catalogue": check_catalogue})()))


def _procedures(change_one: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[Any], Any]:
    def before(document: Any) -> Any:
        if not isinstance(document, dict) or not isinstance(document.get("procedures"), list):
            return document
        changed = [change_one(each) if isinstance(each, dict) else each for each in document["procedures"]]
        return {**document, "procedures": changed}

    return before


def _all(group: str, change_one: Callable[[dict[str, Any]], dict[str, Any]]) -> Callable[[Any], Any]:
    """Every part of a procedure in the list *group*, or of its channels' limits."""

    def one(procedure: dict[str, Any]) -> dict[str, Any]:
        changed = dict(procedure)
        if isinstance(procedure.get(group), list):
            changed[group] = [change_one(each) for each in procedure[group]]
        return changed

    return _procedures(one)


def _less(*names: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda part: {name: value for name, value in part.items() if name not in names}


def _without_budget_in_days(step: dict[str, Any]) -> dict[str, Any]:
    return _less("budget")(step) if "working" not in step.get("budget", "working") else step


def _first_rows(procedure: dict[str, Any]) -> dict[str, Any]:
    rows = procedure.get("decisions", ())
    return {**procedure, "decisions": rows[:1]} if rows else procedure


def _branches_in_a_row(procedure: dict[str, Any]) -> dict[str, Any]:
    """Whatever a step waits for is done one after another."""
    steps = {step.get("id"): dict(step) for step in procedure.get("steps", ())}
    for step in list(steps.values()):
        joined = [each for each in step.get("after", ()) if each in steps]
        for before, after in pairwise(joined):
            steps[after]["after"] = [*steps[after].get("after", ()), before]
    return {**procedure, "steps": list(steps.values())} if steps else procedure


def _untimed(procedure: dict[str, Any]) -> dict[str, Any]:
    channels = [
        {**each, "limits": [_less("without_time")(limit) for limit in each["limits"]]} for each in procedure["channels"]
    ]
    return {**procedure, "channels": channels}


def _unaccepted(document: Any) -> Any:
    return _less("suppressions")(document) if isinstance(document, dict) else document


def _severe(rule: str) -> Callable[..., Any]:
    return lambda answer, **_: {**answer, "usable": answer["usable"] and rule not in answer["rules"]}


checks("knows no editions", _procedures(_less("in_force_from", "in_force_to")), "catalogue/duplicate-code")
checks("asks prose for bodies", _all("steps", lambda step: {"budget": "0 days", **step}), "catalogue/step-without-body")
checks(
    "takes silence about bodies for idleness",
    _all("steps", lambda step: {"body": {"vi": "?"}, **step}),
    "catalogue/body-without-step",
    "catalogue/step-without-body",
)
checks("adds branches up where they join", _procedures(_branches_in_a_row), "catalogue/steps-exceed-limit")
checks("adds working days only", _all("steps", _without_budget_in_days), "catalogue/steps-exceed-limit")
checks(
    "knows no dimensions", _all("cases", _less("dimension")), "catalogue/decision-table", "catalogue/unreachable-limit"
)
checks("takes every row for the first", _procedures(_first_rows), "catalogue/decision-table")
checks("knows no good reason for no time", _procedures(_untimed), "catalogue/no-time-limit")
checks("accepts nothing", _unaccepted, "catalogue/suppression")
change("refuses a slip in prose", "check_catalogue", _severe("catalogue/look-alike"), "catalogue/look-alike")
change(
    "lets a look-alike in a code pass",
    "check_catalogue",
    lambda a, **_: {**a, "usable": a["usable"] or a["rules"] == ["catalogue/look-alike"]},
    "catalogue/look-alike",
)
change(
    "finds fault with everything",
    "check_catalogue",
    lambda a, **_: {**a, "rules": a["rules"] or ["x"]},
    "catalogue/valid",
)

# Counts from facts.


def tallied(what: str, before: Callable[[dict[str, Any]], dict[str, Any]], *rules: str, **put: Any) -> None:
    """The reference, which reads other facts than were given."""

    def tally(self: object, facts: list[dict[str, Any]], **given: Any) -> Any:
        del self
        return REFERENCE.tally([before(row) for row in facts], **{**given, **put})

    WRONG.append((what, rules, type("Wrong", (Reference,), {"tally": tally})()))


def _dropping(*keys: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda row: {key: value for key, value in row.items() if key not in keys}


def _filling(**values: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda row: {**values, **row}


def _late(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "due_at": row["due_at"][:11] + "23:59:59+07:00"} if "due_at" in row else row


def _by_filing(row: dict[str, Any]) -> dict[str, Any]:
    return {**row, "received_at": row.get("submitted_at", row.get("received_at"))}


tallied("is late by the day", _late, "kpi/on-time")
tallied("does not look at the time", _dropping("due_at"), "kpi/on-time", "kpi/in-progress", "kpi/many")
tallied("forgets the waiting", _dropping("supplement_hours"), "kpi/no-appointment")
tallied("knows no longest time", _dropping("allowed_hours"), "kpi/no-appointment")
tallied("ignores who waits", lambda row: row, "kpi/supplement", supplements="ignore")
tallied("takes what is filed as received", _by_filing, "kpi/period")
tallied("counts all time", lambda row: row, "kpi/period", first=None)
tallied("takes the unknown channel for online", _filling(channel="online"), "kpi/channel")
tallied("takes the unknown fee for none", _filling(fee_due=False), "kpi/fee")
tallied("takes the unknown for no", _filling(digitised=False, electronic_result=False), "kpi/digitised")
tallied("takes silence for contentment", _filling(disliked=False, complained=False), "kpi/satisfaction")
WRONG.append(("counts anything", ("kpi/wrong-facts",), Never("tally", {})))

EVERY: Final = tuple(WRONG)
"""Those of days, of forms and these."""
