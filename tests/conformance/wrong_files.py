"""Deliberately wrong implementations of feedback, complaints and data requests, each with a mistake that somebody makes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from onestop_core.conformance import Reference
from tests.conformance.wrong import REFERENCE, WRONG

if TYPE_CHECKING:
    from collections.abc import Callable


def asks(what: str, other: Callable[[dict[str, Any]], dict[str, Any]], *rules: str) -> None:
    """The reference, asked something else than it was."""

    def law_due(self: object, **given: Any) -> Any:
        del self
        return REFERENCE.law_due(**other(given))

    WRONG.append((what, rules, type("Wrong", (Reference,), {"law_due": law_due})()))


def answers(what: str, other: Callable[[str | None, dict[str, Any]], Any], *rules: str) -> None:
    """The reference, with another answer."""

    def law_due(self: object, **given: Any) -> Any:
        del self
        return other(REFERENCE.law_due(**given), given)

    WRONG.append((what, rules, type("Wrong", (Reference,), {"law_due": law_due})()))


def a_day_later(*duties: str) -> Callable[[str | None, dict[str, Any]], Any]:
    def later(answer: str | None, given: dict[str, Any]) -> Any:
        if answer is None or (duties and given["duty"] not in duties):
            return answer
        return (datetime.fromisoformat(answer) + timedelta(days=1)).isoformat()

    return later


asks("knows the rules of complaints of today only", lambda g: g | {"opened_at": "2026-10-01T09:00:00+07:00"},
     "complaint/acceptance-2011", "data-request/until-2025")  # fmt: skip
asks("knows the rules of complaints of yesterday only", lambda g: g | {"opened_at": "2026-06-01T09:00:00+07:00"},
     "complaint/acceptance-2026")  # fmt: skip
asks("gives every case the ordinary time", lambda g: g | {"grounds": []},
     "complaint/first-round", "complaint/second-round", "complaint/second-complaint", "data-request/third-party")  # fmt: skip
asks("takes every case for complex", lambda g: g | {"grounds": ["complex", "remote"]} if g["file"] == "complaint" else g,
     "complaint/final", "complaint/since-2026")  # fmt: skip
asks("counts the time of obstacles", lambda g: {k: v for k, v in g.items() if k != "pauses"},
     "complaint/time-to-complain", "complaint/time-goes-on")  # fmt: skip
asks("takes the portal's practice for the decree", lambda g: {"practice": "portal"} | g if g["file"] == "feedback" else g,
     "feedback/transfer", "feedback/no-time-to-answer")  # fmt: skip
asks("knows no practice", lambda g: {k: v for k, v in g.items() if k != "practice"} if g["duty"] in {"answer", "transfer"} else g,
     "feedback/portal-practice", "feedback/local-practice")  # fmt: skip
asks("deletes as quickly as it shows", lambda g: g | {"request": "see"} if "request" in g else g,
     "data-request/kinds", "data-request/extension")  # fmt: skip
answers("sends decisions a day late", a_day_later("decision_1_sent", "decision_2_sent", "suspension_sent", "continuation_sent"),
        "complaint/decision-sent", "complaint/suspension")  # fmt: skip
answers("acknowledges a day late and tells of breaches a day late", a_day_later("acknowledgement", "breach_notice"),
        "data-request/acknowledgement", "data-request/breach")  # fmt: skip


class AnythingGoes(Reference):
    """Has a time for every duty."""

    def law_due(self, **given: Any) -> Any:  # type: ignore[override]
        known = given["duty"] not in {"praise", "apology"}
        return REFERENCE.law_due(**given) if known else given["began_at"]


WRONG.append(("has a time for every duty", ("feedback/unknown-duty",), AnythingGoes()))
