"""Scores and counts again, slowly: the table of the 2026 portal typed from the facts, long division, one dossier at a time."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from fractions import Fraction
from typing import Any, Final

from onestop_core.conformance.values import Refusal

__all__ = ["TABLE", "SlowKpi", "moment", "two_decimals"]

ZONE: Final = timezone(timedelta(hours=7))

# Metric: group, points, rate that earns them, what 0/0 gives.
TABLE: Final[dict[str, tuple[str, int, int, str]]] = {
    "1.1": ("CKMB", 6, 100, "null"),
    "1.2": ("CKMB", 4, 100, "null"),
    "1.3": ("CKMB", 2, 100, "null"),
    "1.4": ("CKMB", 6, 100, "null"),
    "2.1": ("TDGQ", 20, 100, "zero"),
    "3.1": ("CLGQ", 2, 80, "zero"),
    "3.2": ("CLGQ", 4, 100, "zero"),
    "3.3": ("CLGQ", 6, 50, "zero"),
    "3.5a": ("TTTT", 2, 80, "zero"),
    "3.5b": ("TTTT", 2, 80, "zero"),
    "3.6": ("TTTT", 6, 100, "zero"),
    "4.1": ("MDSH", 6, 100, "null"),
    "4.2": ("MDSH", 4, 100, "null"),
    "4.3": ("MDSH", 2, 80, "null"),
    "4.4": ("MDSH", 4, 100, "null"),
    "4.5a": ("MDSH", 2, 100, "null"),
    "4.5b": ("MDSH", 2, 100, "null"),
    "4.6": ("MDSH", 2, 100, "shown in full"),
    "5.2": ("MDHL", 6, 100, "full"),
    "5.3": ("MDHL", 6, 100, "full"),
    "5.4": ("MDHL", 6, 90, "zero"),
}
# Of the decision of 2022 five groups are known, and what one metric earns: the others' maxima were not read.
OF_2022: Final = ("CKMB", "TDGQ", "MDSH", "CLGQ", "MDHL")
UNSCORED: Final = ("2.2", "5.1")
EDITIONS: Final = ("vn-766@portal-2026", "vn-766@decision-2022")
GROUPS: Final = ("CKMB", "TDGQ", "CLGQ", "TTTT", "MDSH", "MDHL")
LEVELS: Final = ("ministry", "province", "department", "district", "commune")


def two_decimals(value: Fraction) -> str:
    """Long division to two decimals; what is left over rounds up from one half on."""
    whole, rest = divmod(value.numerator, value.denominator)
    digits: list[str] = []
    for _ in range(2):
        digit, rest = divmod(rest * 10, value.denominator)
        digits.append(str(digit))
    cents = int(f"{whole}{''.join(digits)}") + (2 * rest >= value.denominator)
    return f"{cents // 100}.{cents % 100:02d}"


def summed(figures: list[str]) -> str | None:
    cents = sum(int(figure.replace(".", "")) for figure in figures)
    return f"{cents // 100}.{cents % 100:02d}" if figures else None


class SlowKpi:
    """The operations of the area ``kpi``."""

    name = "slow"

    def score(
        self,
        index: str,
        counts: dict[str, list[int]],
        *,
        level: str | None = None,
        single_procedure: bool = False,
        not_applicable: list[str] | None = None,
        zero: dict[str, str] | None = None,
    ) -> dict[str, Any]:
        if index not in EDITIONS or (level is not None and level not in LEVELS):
            raise Refusal("unknown-code")
        if any(
            name not in TABLE and name not in UNSCORED for name in (*counts, *(not_applicable or ()), *(zero or ()))
        ):
            raise Refusal("unknown-code")
        if not_applicable and level != "commune":
            raise Refusal("invalid-value")
        for name, (above, below) in counts.items():
            if above < 0 or below < 0 or (above > below and (name != "2.2" or below == 0)):
                raise Refusal("invalid-value")
        if index == "vn-766@decision-2022":
            return self.of_2022(counts)
        metrics: dict[str, dict[str, str | None]] = {}
        points: dict[str, list[str]] = {group: [] for group in GROUPS}
        for name, (group, most, target, at_zero) in TABLE.items():
            ratio: str | None = None
            score: str | None = None
            if single_procedure and name == "4.5a":
                ratio = self.ratio(counts[name]) if name in counts else None
            elif name in (not_applicable or ()):
                score = two_decimals(Fraction(most))
                ratio = self.ratio(counts[name]) if name in counts else None
            elif name in counts:
                ratio, score = self.by_formula(counts[name], most, target, (zero or {}).get(name, at_zero))
            if score is not None:
                points[group].append(score)
            if name in counts:
                metrics[name] = {"ratio": ratio, "score": score}
        for name in UNSCORED:
            if name in counts:
                metrics[name] = {"ratio": None if name == "2.2" else self.ratio(counts[name]), "score": None}
        groups = {group: summed(points[group]) for group in GROUPS}
        return {
            "metrics": metrics,
            "groups": groups,
            "total": summed([each for each in groups.values() if each is not None]),
        }

    def of_2022(self, counts: dict[str, list[int]]) -> dict[str, Any]:
        metrics: dict[str, dict[str, str | None]] = {
            name: {"ratio": self.ratio(pair), "score": None} for name, pair in counts.items()
        }
        progress = None
        if "2.1" in counts and counts["2.1"][1]:
            above, below = counts["2.1"]
            progress = metrics["2.1"]["score"] = two_decimals(Fraction(20 * above, below))
        groups = {group: progress if group == "TDGQ" else None for group in OF_2022}
        return {"metrics": metrics, "groups": groups, "total": progress}

    def ratio(self, pair: list[int]) -> str | None:
        return two_decimals(Fraction(100 * pair[0], pair[1])) if pair[1] else None

    def by_formula(self, pair: list[int], most: int, target: int, at_zero: str) -> tuple[str | None, str | None]:
        if pair[1] == 0:
            given = {"null": (None, None), "unknown": (None, None), "zero": ("0.00", "0.00")}
            return given.get(at_zero, ("0.00" if at_zero == "full" else "100.00", two_decimals(Fraction(most))))
        rate = Fraction(100 * pair[0], pair[1])
        score = most * rate / target
        return two_decimals(rate), two_decimals(score if score < most else Fraction(most))

    def tally(
        self,
        facts: list[dict[str, Any]],
        *,
        first: str | None = None,
        last: str | None = None,
        supplements: str = "portal",
    ) -> dict[str, list[int]]:
        names = ("2.1", "3.3", "3.6", "4.1", "4.2", "4.3", "4.4", "4.5b", "5.4", "finished", "in_progress")
        cells = {name: [0, 0, 0] for name in names}

        def count(name: str, holds: bool | None) -> None:
            cells[name][0] += holds is True
            cells[name][1] += holds is not None
            cells[name][2] += holds is None

        for row in facts:
            self.check(row)
            day = moment(row.get("received_at")) or moment(row.get("submitted_at"))
            if day is None or not (first or "0000") <= day.date().isoformat() <= (last or "9999"):
                continue
            count("3.3", row.get("channel") in {"online", "kiosk"})
            if row.get("fee_due") is None:
                cells["3.6"][2] += 1
            elif row["fee_due"]:
                count("3.6", row.get("paid_online"))
            if row.get("received_at") is None:
                continue
            finished, on_time = self.stands(row, last, supplements)
            count("2.1", on_time)
            count("finished" if finished else "in_progress", on_time)
            for name, key in (
                ("4.1", "electronic_result"),
                ("4.2", "digitised"),
                ("4.3", "data_reused"),
                ("4.4", "personal_store"),
                ("4.5b", "population_data"),
            ):
                count(name, row.get(key))
            faults = [None if on_time is None else not on_time, row.get("disliked"), row.get("complained")]
            count("5.4", False if True in faults else None if None in faults else True)
        return cells

    def check(self, row: dict[str, Any]) -> None:
        end, start = moment(row.get("finished_at")), moment(row.get("received_at"))
        if (
            (end is None and row.get("finished_kind") is not None)
            or (end is not None and start is not None and end < start)
            or (row.get("supplement_requested_at") is not None and row.get("supplement_requests") == 0)
        ):
            raise Refusal("invalid-value")

    def stands(self, row: dict[str, Any], last: str | None, supplements: str) -> tuple[bool, bool | None]:
        close = None
        if last is not None:
            close = datetime.combine(date.fromisoformat(last) + timedelta(days=1), datetime.min.time(), ZONE)
        end = moment(row.get("finished_at"))
        if end is not None and (close is None or end < close):
            return True, self.in_time(row, end)
        waiting = moment(row.get("supplement_requested_at"))
        times = row.get("supplement_requests")
        if supplements == "portal" and waiting is not None and (close is None or waiting < close):
            if times is None:
                return False, None
            return False, False if times > 1 else self.in_time(row, waiting)
        if close is None:
            raise Refusal("invalid-value")
        if supplements == "portal" and times is None:
            return False, None
        return False, self.in_time(row, close - timedelta(microseconds=1))

    def in_time(self, row: dict[str, Any], end: datetime) -> bool | None:
        due, start = moment(row.get("due_at")), moment(row.get("received_at"))
        if due is not None:
            return end <= due
        if start is None or row.get("allowed_hours") is None:
            return None
        if end - start <= timedelta(hours=row["allowed_hours"]):
            return True
        if row.get("supplement_hours") is not None:
            return end - start <= timedelta(hours=row["allowed_hours"] + row["supplement_hours"])
        return False if row.get("supplement_requests") == 0 else None


def moment(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(text).astimezone(ZONE)
