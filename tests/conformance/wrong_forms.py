"""Deliberately wrong readings of report form 06: the reference with one mistake, such as somebody makes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onestop_core.conformance import Reference
from tests.conformance.wrong import REFERENCE, WRONG, change

if TYPE_CHECKING:
    from collections.abc import Callable

Row = dict[str, Any]


def filled(what: str, before: Callable[[Row], Row | None], *rules: str, **put: Any) -> None:
    """The reference, which reads other facts than were given; None: it does not see the dossier."""

    def fill_form_06(self: object, facts: list[Row], **given: Any) -> Any:
        del self
        seen = [row for row in map(before, facts) if row is not None]
        return REFERENCE.fill_form_06(seen, **{**given, **put})

    WRONG.append(
        (
            what,
            tuple(f"form-06/{rule}" for rule in rules),
            type("Wrong", (Reference,), {"fill_form_06": fill_form_06})(),
        )
    )


def in_total(what: str, after: Callable[[Row], Row], *rules: str) -> None:
    def changed(answer: Any, **_: Any) -> Any:
        return {**answer, "total": after(answer["total"])}

    change(what, "fill_form_06", changed, *(f"form-06/{rule}" for rule in rules))


def same(row: Row) -> Row:
    return row


def new(row: Row) -> Row | None:
    return row if row.get("received_at", "") >= "2026-03" else None


def timely(row: Row) -> Row:
    return {**row, "due_at": "2026-12-31T17:00:00+07:00"} if "due_at" in row else row


def without(*keys: str) -> Callable[[Row], Row]:
    return lambda row: {key: value for key, value in row.items() if key not in keys}


filled("takes post for online", lambda row: {**row, "channel": "online"} if "channel" in row else row, "received-new")
filled("forgets the old stock", new, "carried-over", "rows")
filled("finds everything in time", timely, "resolved", "pending")
filled("has no longest time", without("allowed_hours"), "no-appointment")
filled("asks nobody why it ended", without("finished_kind", "supplement_requested_at"), "included")
filled("knows one policy for waiting", same, "supplement", supplements="ignore")
filled("knows one meaning of early", same, "early-policy", early="moment")
filled("makes one row", without("field", "level", "unit"), "rows")
filled("reports a year", same, "period", first="2026-01-01", last="2026-12-31")
filled("takes the unknown channel for post", lambda row: {"channel": "post", **row}, "missing")
filled("leaves out in silence", same, "missing", missing="leave_out")
in_total(
    "lumps early and on time", lambda row: {**row, "early": 0, "on_time": row["early"] + row["on_time"]}, "resolved"
)
in_total("calls all stock within time", lambda row: {**row, "within": row["pending"], "overdue": 0}, "pending")


class Anything(Reference):
    """Fills the form with whatever facts."""

    def fill_form_06(self, facts: list[Row], first: str, last: str, **options: Any) -> Any:
        sane = [row for row in facts if row.get("finished_at", "9") >= row.get("received_at", "")]
        sane = [row for row in sane if "finished_at" in row or "finished_kind" not in row]
        return super().fill_form_06(sane, min(first, last), max(first, last), **options)


WRONG.append(("takes any facts", ("form-06/wrong-facts",), Anything()))


def unseen(what: str, *findings: str, rules: tuple[str, ...] | None = None) -> None:
    """A checker that does not know some of the findings."""

    def after(answer: Any, **_: Any) -> Any:
        kept = [each for each in answer["findings"] if each["rule"].removeprefix("form-06/") not in findings]
        return {**answer, "findings": kept}

    change(what, "check_form_06", after, *(f"form-06/{rule}" for rule in rules or findings))


unseen("does not add columns", "received-sum", "resolved-sum", "pending-sum", rules=("column-sums",))
unseen("does not balance", "balance")
unseen("does not add rows", "total-row")
unseen("takes a row twice", "duplicate-row")
unseen("takes blanks for nothing", "not-filled")
unseen("forgets the period before", "carried-over", rules=("stock",))
unseen("compares anything", "not-the-period-before", "not-comparable", rules=("comparable",))
unseen("remarks nothing", "included", "left-out", rules=("remarks",))
change(
    "finds fault with every form",
    "check_form_06",
    lambda a, **_: {**a, "findings": a["findings"] or [{"path": "$", "rule": "form-06/balance"}]},
    "form-06/adds-up",
)
change("can use anything", "check_form_06", lambda a, **_: {**a, "usable": True}, "form-06/unusable")
