"""A second, slow way to what a catalogue costs, over random small catalogues as plain JSON, from ``docs/how-to/lab-costs.md``."""

from __future__ import annotations

import copy
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from onestop_core.rules.reading import resources

if TYPE_CHECKING:
    import random
    from datetime import date

Row = dict[str, Any]
SHIPPED: Row = resources.data("vn/catalogue/one-stop")
WORKING = {"working day": 8, "working days": 8, "working hour": 1, "working hours": 1}
BUDGETS = ("1 working day", "4 working hours", "1.5 working days", "2 days", "immediately", None)


def catalogue(chance: random.Random) -> Row:
    """Return a small catalogue: a few real procedures with other papers, fees, ways to file and budgets, some in two editions."""
    document = copy.deepcopy(SHIPPED)
    rows = [row for row in document["procedures"] if "in_force_to" not in row and "in_force_from" not in row]
    document["procedures"] = []
    for row in chance.sample(rows, 4):
        first = altered(chance, row)
        document["procedures"].append(first)
        if chance.random() < 0.4:
            second = altered(chance, row)
            first["in_force_to"], second["in_force_from"] = "2026-06-30", "2026-07-01"
            document["procedures"].append(second)
    if chance.random() < 0.5:
        document["procedures"].reverse()
    return document


def altered(chance: random.Random, row: Row) -> Row:
    row = copy.deepcopy(row)
    for paper in row["papers"]:
        if chance.random() < 0.5:
            paper["copies"] = chance.randint(0, 3)
    for channel in row["channels"]:
        for limit in channel["limits"]:
            for fee in limit.get("fees", []):
                if "amount" in fee and chance.random() < 0.5:
                    fee["amount"] = chance.choice(["0", "5000", "120000"])
    if chance.random() < 0.7:
        row["steps"] = []
        for place in range(chance.randint(1, 3)):
            step: Row = {"id": f"s{place}", "what": {"vi": f"Bước {place}", "en": f"Step {place}"}}
            budget = chance.choice(BUDGETS)
            if budget is not None:
                step["budget"] = budget
            if place:
                step["after"] = [f"s{place - 1}"]
            row["steps"].append(step)
    return row


def cost(row: Row, rates: Row, many: int) -> Row:
    """Return what one edition of a procedure costs."""
    papers = [paper for paper in row["papers"] if not paper.get("cases")]
    forms = [paper for paper in papers if "form" in paper]
    copies = 0
    for paper in papers:
        copies += paper.get("copies", 0)
    kinds = [channel["kind"] for channel in row["channels"]]
    trips = 0 if "online_full" in kinds else 1 if "online_partial" in kinds else 2
    hours = rates["paper_hours"] * (len(papers) - len(forms)) + rates["form_hours"] * len(forms)
    hours += rates["trip_hours"] * trips
    if trips < 2:
        hours += rates["online_hours"]
    fees, plain = [], True
    for channel in row["channels"]:
        for limit in channel["limits"]:
            total = Fraction(0)
            for fee in limit.get("fees", []):
                if "amount" in fee and fee.get("currency", "VND") == "VND":
                    total += Fraction(str(fee["amount"]))
                else:
                    plain = False
            fees.append(total)
    each = hours * rates["income"] + rates["copy_cost"] * copies + rates["trip_cost"] * trips + min(fees)
    steps, agency = row.get("steps", []), Fraction(0)
    known = bool(steps)
    for step in steps:
        number, _, unit = step.get("budget", "").partition(" ")
        if unit in WORKING:
            agency += Fraction(number) * WORKING[unit]
        else:
            known = False
    return {
        "code": row["code"],
        "in_force_from": row.get("in_force_from"),
        "papers": len(papers),
        "forms": len(forms),
        "copies": copies,
        "trips": trips,
        "fees_known": plain,
        "each": str(each),
        "applications": str(many),
        "yearly": str(each * many),
        "highest_fees": str(max(fees)),
        "agency_hours": str(agency) if known else None,
        "agency_cost": str(agency * rates["staff_cost"] * many) if known else None,
    }


def burden(document: Row, rates: Row, applications: dict[str, int], on: date | None = None) -> Row:
    """Return the rows and the sums; a procedure with several editions is in a sum by its last."""
    rows, last = [], dict[str, Row]()
    for row in document["procedures"]:
        if on is not None:
            day = on.isoformat()
            if not row.get("in_force_from", "0000") <= day <= row.get("in_force_to", "9999"):
                continue
        counted = cost(row, rates, applications.get(row["code"], 1))
        rows.append(counted)
        before = last.get(row["code"])
        if before is None or (before["in_force_from"] or "") <= (counted["in_force_from"] or ""):
            last[row["code"]] = counted
    agency = Fraction(0)
    lacking = False
    for row in last.values():
        if row["agency_cost"] is not None:
            agency += Fraction(row["agency_cost"])
        elif row["applications"] != "0":
            lacking = True
    return {
        "procedures": rows,
        "yearly": str(sum((Fraction(row["yearly"]) for row in last.values()), Fraction(0))),
        "agency": None if lacking and agency == 0 else str(agency),
        "at_least": lacking,
        "without_budgets": [row["code"] for row in last.values() if row["agency_cost"] is None],
    }
