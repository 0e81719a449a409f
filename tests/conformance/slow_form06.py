"""Report form 06 by hand: thirteen columns filled and checked one after another, from the words of the form."""

from __future__ import annotations

import unicodedata
from datetime import date, timedelta
from typing import Any, Final

from onestop_core.conformance import Refusal
from onestop_core.conformance.fresh.scores import SlowKpi, moment
from onestop_core.rules.schema.schemas import check_schema

COLUMNS: Final = (
    "received",
    "online",
    "direct",
    "carried_over",
    "resolved",
    "early",
    "on_time",
    "late",
    "pending",
    "within",
    "overdue",
)


ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"


def by_alphabet(name: str) -> tuple[list[int], str]:
    """The letters of a name by their places in the Vietnamese alphabet, tones aside; what is no letter goes first."""
    bare = "".join(
        mark for mark in unicodedata.normalize("NFD", name.lower()) if mark not in "\u0300\u0301\u0303\u0309\u0323"
    )
    return [ALPHABET.find(letter) for letter in unicodedata.normalize("NFC", bare)], name


class SlowForm06:
    """One question after another, each over all dossiers."""

    def fill_form_06(
        self,
        facts: list[dict[str, Any]],
        first: str,
        last: str,
        *,
        by: str = "field",
        early: str = "day",
        supplements: str = "ignore",
        missing: str = "refuse",
    ) -> dict[str, Any]:
        if last < first:
            raise Refusal("invalid-value")
        told: list[tuple[str | None, str, str, str, str | None]] = []
        left_out = {"channel": 0, "due_at": 0}
        for row in facts:
            SlowKpi().check(row)
            received, finished = moment(row.get("received_at")), moment(row.get("finished_at"))
            if received is None or received.date() > date.fromisoformat(last):
                continue
            if finished is not None and finished.date() < date.fromisoformat(first):
                continue
            entered: str | None = "carried_over"
            if received.date() >= date.fromisoformat(first):
                channel = row.get("channel")
                entered = None if channel is None else "online" if channel in {"online", "kiosk"} else "direct"
            over, on_time = SlowKpi().stands(row, last, supplements)
            if over:
                stands = self.resolved(row, on_time=on_time, early=early)
            else:
                stands = {True: "within", False: "overdue", None: None}[on_time]
            if entered is None:
                left_out["channel"] += 1
            elif stands is None:
                left_out["due_at"] += 1
            else:
                told.append(
                    (
                        row.get(by),
                        entered,
                        "resolved" if over else "pending",
                        stands,
                        self.special(row, last, over=over),
                    )
                )
        if missing == "refuse" and any(left_out.values()):
            raise Refusal("invalid-value")
        labels = sorted({each[0] for each in told if each[0] is not None}, key=by_alphabet)
        if any(each[0] is None for each in told):
            labels.append(None)  # type: ignore[arg-type]
        included = {(each[4], each[3]) for each in told if each[4] is not None}
        return {
            "rows": [self.row(label, [each for each in told if each[0] == label]) for label in labels],
            "total": self.row(None, told),
            "included": [
                {
                    "kind": kind,
                    "column": column,
                    "dossiers": len([1 for each in told if (each[4], each[3]) == (kind, column)]),
                }
                for kind, column in sorted((str(kind), column) for kind, column in included)
            ],
            "left_out": [{"missing": fact, "dossiers": number} for fact, number in left_out.items() if number],
        }

    def resolved(self, row: dict[str, Any], *, on_time: bool | None, early: str) -> str | None:
        if on_time is None:
            return None
        if not on_time:
            return "late"
        end, due, start = moment(row["finished_at"]), moment(row.get("due_at")), moment(row["received_at"])
        assert end is not None
        assert start is not None
        if due is None:
            hours = row["allowed_hours"]
            if row.get("supplement_hours") is not None:
                hours += row["supplement_hours"]
            elif row.get("supplement_requests") != 0:
                return None
            due = start + timedelta(hours=hours)
        before = end < due if early == "moment" else end.date() < due.date()
        return "early" if before else "on_time"

    def special(self, row: dict[str, Any], last: str, *, over: bool) -> str | None:
        if over:
            kind: str | None = row.get("finished_kind")
            return kind if kind in {"refused", "stopped", "withdrawn"} else None
        asked = moment(row.get("supplement_requested_at"))
        return "waiting" if asked is not None and asked.date() <= date.fromisoformat(last) else None

    def row(self, label: str | None, told: list[tuple[str | None, str, str, str, str | None]]) -> dict[str, Any]:
        columns = [column for each in told for column in ("received", *each[1:4])]
        return {"label": label, **{column: columns.count(column) for column in COLUMNS}}

    def check_form_06(self, form: Any, previous: Any = None) -> dict[str, Any]:
        if check_schema(form, "form-06") or form["period"]["last"] < form["period"]["first"]:
            return {"usable": False, "findings": []}
        found: set[tuple[str, str]] = set()
        for index, row in enumerate(form["rows"]):
            found |= self.sums(f"$.rows[{index}]", row)
            if row["label"] in [other["label"] for other in form["rows"][:index]]:
                found.add((f"$.rows[{index}].label", "form-06/duplicate-row"))
        found |= self.sums("$.total", form["total"])
        for column in COLUMNS:
            cells = [row[column] for row in form["rows"]]
            if None not in [*cells, form["total"][column]] and sum(cells) != form["total"][column]:
                found.add((f"$.total.{column}", "form-06/total-row"))
        if previous is not None:
            found |= self.stock(form, previous)
        for name in ("included", "left_out"):
            for index, item in enumerate(form.get(name, [])):
                if item["dossiers"] > 0:
                    found.add((f"$.{name}[{index}]", f"form-06/{name.replace('_', '-')}"))
        return {"usable": True, "findings": [{"path": path, "rule": rule} for path, rule in sorted(found)]}

    def sums(self, place: str, row: dict[str, Any]) -> set[tuple[str, str]]:
        found = set()
        if None in [row[column] for column in COLUMNS]:
            found.add((place, "form-06/not-filled"))
        for rule, total, parts in (
            ("received-sum", "received", ("online", "direct", "carried_over")),
            ("resolved-sum", "resolved", ("early", "on_time", "late")),
            ("pending-sum", "pending", ("within", "overdue")),
            ("balance", "received", ("resolved", "pending")),
        ):
            cells = [row[part] for part in parts]
            if None not in [*cells, row[total]] and sum(cells) != row[total]:
                found.add((f"{place}.{total}", f"form-06/{rule}"))
        return found

    def stock(self, form: Any, previous: Any) -> set[tuple[str, str]]:
        if check_schema(previous, "form-06") or previous["period"]["last"] < previous["period"]["first"]:
            return {("$", "form-06/previous-unusable")}
        if date.fromisoformat(previous["period"]["last"]) + timedelta(days=1) != date.fromisoformat(
            form["period"]["first"]
        ):
            return {("$.period.first", "form-06/not-the-period-before")}
        for name in ("unit", "by"):
            if None not in (form.get(name), previous.get(name)) and form[name] != previous[name]:
                return {(f"$.{name}", "form-06/not-comparable")}
        found = set()
        left = {row["label"]: row["pending"] for row in previous["rows"]}
        for index, row in enumerate(form["rows"]):
            if row["label"] in [other["label"] for other in form["rows"][:index]]:
                before = 0
            else:
                before = left.pop(row["label"], 0)
            if None not in (before, row["carried_over"]) and before != row["carried_over"]:
                found.add((f"$.rows[{index}].carried_over", "form-06/carried-over"))
        if any(left.values()):
            found.add(("$.rows", "form-06/carried-over"))
        before, now = previous["total"]["pending"], form["total"]["carried_over"]
        if None not in (before, now) and before != now:
            found.add(("$.total.carried_over", "form-06/carried-over"))
        return found
