"""By when the law wants something done, a second time: the numbers typed from the sheet, days counted one by one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from onestop_core.conformance import Refusal
from onestop_core.conformance.fresh.deadlines import SlowDeadlines
from tests.conformance.slow_workdays import TypedDays

_TO_THE_CHANGE: Final = {"acceptance": "10 days", "acceptance_2": "10 days"}
_FROM_THE_CHANGE: Final = {"acceptance": "7 working days", "acceptance_2": "7 working days"}
_COMPLAINT: Final = {
    "decision_1_sent": "3 working days",
    "decision_2_sent": "7 days",
    "suspension_sent": "3 working days",
    "continuation_sent": "3 working days",
    "complaint_window": "90 days",
}
_ROUNDS: Final = {
    ("decision_1", False, False): "30 days",
    ("decision_1", False, True): "45 days",
    ("decision_1", True, False): "45 days",
    ("decision_1", True, True): "60 days",
    ("decision_2", False, False): "45 days",
    ("decision_2", False, True): "60 days",
    ("decision_2", True, False): "60 days",
    ("decision_2", True, True): "70 days",
}
"""By round, remote area and complexity."""
_PORTAL: Final = {
    "refusal": "2 working days",
    "transfer": "2 working days",
    "more_information": "5 working days",
    "answer": "15 working days",
    "publication": "2 working days",
}
_REQUESTS: Final = {
    **dict.fromkeys(("withdraw_consent", "restrict", "object"), (15, 20, 15)),
    **dict.fromkeys(("see", "correct", "get"), (10, 15, 10)),
    "delete": (20, 30, 20),
    "protect": (15, 15, 15),
}
"""In days: of its own, where a third party acts, and how much longer at most."""


class SlowLaw:
    """Areas ``feedback``, ``complaint`` and ``data-request``."""

    def law_due(
        self,
        file: str,
        duty: str,
        began_at: str,
        *,
        opened_at: str | None = None,
        practice: str | None = None,
        request: str | None = None,
        grounds: tuple[str, ...] | list[str] = (),
        pauses: list[list[str | None]] | None = None,
    ) -> str | None:
        """Return the moment, or None."""
        opened = (opened_at or began_at)[:10]
        limit = self._limit(file, duty, opened, practice, request, set(grounds))
        if limit is None:
            return None
        if limit == "72 hours":
            return (datetime.fromisoformat(began_at) + timedelta(hours=72)).isoformat()
        due: Any = SlowDeadlines(days=TypedDays()).due(began_at, limit, pauses=pauses or [])
        return str(due["due_at"])

    def _limit(
        self, file: str, duty: str, opened: str, practice: str | None, request: str | None, grounds: set[str]
    ) -> str | None:
        remote, hard = "remote" in grounds, "complex" in grounds
        if file == "feedback":
            known = {None: {"transfer": "5 working days", "answer": None}, "portal": _PORTAL}
            table: dict[str, Any] = dict(known.get(practice, {"answer": "10 working days"}))  # type: ignore[call-overload]
        elif file == "complaint":
            acceptance = _TO_THE_CHANGE if opened < "2026-07-01" else _FROM_THE_CHANGE
            rounds = {code: days for (code, far, more), days in _ROUNDS.items() if (far, more) == (remote, hard)}
            later = dict.fromkeys(("second_complaint", "final_1", "final_2"), "45 days" if remote else "30 days")
            table = {**acceptance, **_COMPLAINT, **rounds, **later}
        else:
            own, third, more = _REQUESTS.get(str(request), (0, 0, 0))
            days = third if "third_party" in grounds else own
            table = {"handling": f"{days} days", "extension": f"{more} days", "acknowledgement": "2 working days"}
            if opened < "2026-01-01":
                table = {"handling": "72 hours"}
            table["breach_notice"] = "72 hours"
        if duty not in table:
            raise Refusal("unknown-code")
        return table[duty] and str(table[duty])
