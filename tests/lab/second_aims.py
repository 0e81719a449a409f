"""A second, slow way to the aims between two periods: hours walked minute by minute, costs from the JSON of the catalogue."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any

from tests.lab.second_costs import burden
from tests.lab.second_duties import counted
from tests.lab.second_steps import moment, table, told

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from tests.lab.second_days import Days, Limit

Row = dict[str, Any]


def figures(
    logs: Iterable[Row],
    document: Row,
    last: date,
    rates: Row,
    applications: dict[str, int],
    days: Days,
    limits: dict[str, Limit],
) -> Row:
    """Return what a period comes to; None: it cannot be computed."""
    worked: list[Fraction] = []
    in_time: list[bool] = []
    for log in logs:
        case, _ = told(log, table(log["lifecycle"]), {})
        assert case is not None
        if case.ended is not None:
            minutes, since = 0, None
            for at, act, _ in case.acts:
                if since is not None and act in {"pause", "stop", "restart"}:
                    minutes += days.worked(since, at)
                    since = None
                if act in {"start", "resume", "restart"}:
                    since = at
            worked.append(Fraction(minutes, 60))
        end = ended(case.taken, case.law)
        limit = limits.get(log["dossier"]["procedure"])
        if end is not None and case.counts and end.date() <= last:
            if limit is not None:
                in_time.append(end <= counted(case, len(case.counts), days, limit, case.last))
            elif promise := case.promise():
                in_time.append(end <= (case.standing(case.last) or promise[1]))
    held = {
        row["code"]
        for row in document["procedures"]
        if row.get("in_force_from", "0000") <= last.isoformat() <= row.get("in_force_to", "9999")
    }
    many = {code: applications.get(code, 0) for code in held}
    costs = burden(document, rates, many, last)
    asked = [row for row in costs["procedures"] if row["applications"] != "0"]
    priced = all(row["agency_cost"] is not None for row in asked)
    agencies = sum((Fraction(row["agency_cost"] or 0) for row in asked), Fraction(0))
    return {
        "handling_hours": sum(worked, Fraction(0)) / len(worked) if worked else None,
        "compliance_cost": Fraction(costs["yearly"]) if applications else None,
        "agency_cost": agencies if applications and priced else None,
        "procedures": Fraction(len(held)),
        "on_time": Fraction(sum(in_time), len(in_time)) if in_time else None,
    }


def ended(taken: Any, law: Row) -> datetime | None:
    """Return when the dossier first came into a state that ends it, of one that was received."""
    received = False
    for row, _, after in taken:
        rule: Row = next((each for each in law["events"] if each["code"] == row["kind"]), {})
        received = received or bool(rule.get("receives"))
        state = next(each for each in law["states"] if each["code"] == after)
        if received and "outcome" in state:
            return moment(row)
    return None
