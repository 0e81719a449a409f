"""Random small worlds: logs of a few dossiers, lawful and not, as plain JSON, and what they are judged by."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs

from onestop_core.model import HO_CHI_MINH
from tests.lab.second_steps import Told, in_force, moment, table

if TYPE_CHECKING:
    import random

Row = dict[str, Any]
UNITS = ("H99.12", "H99.15")
EDITIONS = {
    "vn@decree-61-2018": (date(2018, 6, 21), date(2025, 6, 30)),
    "vn@decree-118-2025": (date(2025, 7, 1), date(2026, 8, 4)),
    "vn@decree-118-2025-amended-309-2026": (date(2026, 8, 5), date(2026, 11, 30)),
}
DAYS = (
    *(date(2025, 6, 26), date(2025, 6, 30), date(2025, 7, 1), date(2025, 8, 28), date(2025, 12, 24), date(2026, 1, 8)),
    *(date(2026, 2, 12), date(2026, 4, 24), date(2026, 7, 28), date(2026, 8, 4), date(2026, 8, 5), date(2026, 8, 20)),
)
GAPS = (0, 0, 1, 7, 30, 61, 240, 400, 900, 1_440, 2_000, 4_320, 9_000, 20_000, 31_000)
"""Minutes between two events."""
ROLES = ("receiving_officer", "specialist", "unit_leader", "authority_leader", "clerk", "applicant", "system")
POLICIES: tuple[Row, ...] = (
    *({}, {}, {}, {"max_supplements": 2}, {"supplement_clock": "pause", "max_supplements": 3}),
    *({"max_suspensions": 1}, {"max_extensions": 2, "extension_notice_days": 0}, {"decide_at_desk": True}),
    *({"closing_days": 10, "max_extensions": 0}, {"silence_is_consent": True, "refuse_late": True}),
)


@attrs.frozen
class World:
    logs: tuple[Row, ...]
    limits: dict[str, tuple[int, str]]
    hours: bool
    day: date


def at(day: date, minutes: int) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=HO_CHI_MINH) + timedelta(minutes=minutes)


def world(random: random.Random, *, dossiers: int = 3, unlawful: int = 25) -> World:
    """Return a few dossiers; of a hundred steps *unlawful* are taken without asking whether they may be."""
    limits: dict[str, tuple[int, str]] = {
        "1.000001": (random.choice([1, 2, 3, 5, 10]), "working_days"),
        "1.000002": random.choice([(8, "working_hours"), (20, "working_hours"), (3, "working_days")]),
        "1.000003": random.choice([(10, "days"), (15, "days"), (20, "working_days")]),
    }
    logs = tuple(log(random, number, unlawful) for number in range(dossiers))
    return World(logs, limits, random.random() < 0.3, random.choice(DAYS))


def log(random: random.Random, number: int, unlawful: int) -> Row:
    day = random.choice(DAYS)
    edition = in_force(day)
    law = table(edition)
    opened = at(day, random.choice([425, 480, 500, 899, 900, 901, 1_020, 1_190]))
    receiving = random.choice((*UNITS, None))
    head: Row = {
        "id": f"H{number}",
        "procedure": random.choice(("1.000001", "1.000001", "1.000002", "1.000003", "1.000009")),
        "channel": random.choice(list(law["initial"])),
        "at": opened.isoformat(),
    }
    if receiving is not None:
        head["receiving_unit"] = receiving
        head["competent_unit"] = receiving if random.random() < 0.7 else UNITS[1 - UNITS.index(receiving)]
    if random.random() < 0.15:
        head["non_territorial"] = "province"
    if random.random() < 0.15:
        head["other_level"] = True
    policy = random.choice(POLICIES)
    policy = {name: value for name, value in policy.items() if name in law["parameters"]}
    if policy:
        head["policy"] = policy
    case, events = Told(law, head, {}), list[Row]()
    for place in range(random.randint(3, 14)):
        row = event(random, case, place, unlawful)
        if row is None:
            break
        events.append(row)
        case.follow(row)
        if random.random() < 0.03:
            events.append({**row})  # the same again, without a key: another event
    for place, row in enumerate(events):
        if random.random() < 0.1:
            row["key"] = f"k{place}"
            if random.random() < 0.5:
                events.append({**row})  # sent again under its key
                break
    return {"schema_version": "1.1", "lifecycle": edition, "dossier": head, "events": events}


def event(random: random.Random, case: Told, place: int, unlawful: int) -> Row | None:
    law = case.law
    wild = random.randrange(100) < unlawful
    common = [
        each["code"]
        for each in law["events"]
        if not each.get("strikes") and (case.way(each["code"]) or (wild and random.random() < 0.3))
    ]
    common = [kind for kind in common if kind not in {"withdrawal_requested", "stopped"} or random.random() < 0.2]
    beside = [
        kind
        for kind in (
            "fee_set",
            "fee_paid",
            "fee_settled",
            "result_notified",
            "error_reported",
            "result_corrected",
            "corrected_result_delivered",
        )
        if case.event(kind) and (case.beside_taken(kind) or wild)
    ]
    kinds = common + (beside if random.random() < 0.3 or not common else [])
    if not kinds:
        return None
    forward = [
        kind
        for kind in kinds
        if kind
        in {
            "received",
            "transferred",
            "arrived",
            "assigned",
            "approved",
            "result_handed_over",
            "delivered",
            "supplement_requested",
            "supplemented",
        }
    ]
    kind = random.choice(forward if forward and random.random() < 0.6 else kinds)
    if random.randrange(200) < 3 and unlawful:
        kind = random.choice(["handed_in_twice", "fee_settled", "arrived", "closed_incomplete"])
    rule = case.event(kind) or {"roles": ["clerk"]}
    when = case.last + timedelta(minutes=random.choice(GAPS))
    if wild and random.random() < 0.06:
        when = case.last - timedelta(minutes=30)
    row: Row = {"kind": kind, "at": when.isoformat()}
    if random.random() < 0.85:
        row["role"] = random.choice(rule["roles"])
    if wild and random.random() < 0.3:
        row["role"] = random.choice(ROLES)
    if random.random() < 0.5:
        row["unit"] = random.choice(UNITS) if wild else case.head.get("competent_unit", UNITS[0])
        if kind in {"received", "not_received", "withdrawal_granted"} and "receiving_unit" in case.head and not wild:
            row["unit"] = case.head["receiving_unit"]
    if kind == "supplement_requested" and random.random() < 0.6:
        row["to_unit"] = random.choice(UNITS) if wild else case.head.get("receiving_unit", UNITS[0])
    if (rule.get("needs_reason") or rule.get("needs_ground")) and not (wild and random.random() < 0.3):
        row["reason"] = "theo quy định"
    due = rule.get("due", "never")
    if (due == "required" and not (wild and random.random() < 0.2)) or (due == "optional" and random.random() < 0.6):
        ahead = random.choice([1, 1_440, 4_320, 7_200, 10_080, 20_160]) * (-1 if wild and random.random() < 0.1 else 1)
        row["due"] = (when + timedelta(minutes=ahead)).isoformat()
    if kind == "extended" and case.promises and random.random() < 0.8:
        row["due"] = (
            (max(case.promises[-1][1], when) + timedelta(days=random.randint(1, 5))).replace(second=0).isoformat()
        )
    if "task" in rule:
        row["task"] = f"phần {random.choice([1, 1, 2])}"
        if rule["task"] == "hand_over" and random.random() < 0.7:
            row["to_unit"] = random.choice(UNITS)
    if kind == "fee_paid":
        row["channel"] = random.choice(["online", "in_person"])
    if kind == "rerouted":
        return event(random, case, place, unlawful) if random.random() < 0.9 else None
    return row


__all__ = ["EDITIONS", "UNITS", "World", "at", "log", "moment", "world"]
