"""By when the law wants something done with feedback, a complaint or a data request: the tables, asked without a log."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Final

from onestop_core.model import day_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop_core.dossier.lifecycle import SectorRules
    from onestop_core.model import TimeLimit

__all__ = ["law_limit_of"]

_COMPLAINTS_CHANGED: Final = date(2026, 7, 1)
_DATA_CHANGED: Final = date(2026, 1, 1)
_GROUNDS: Final = {"complex": "complexity_recorded", "remote": "remote_recorded", "third_party": "third_party_needed"}
_HANDLED: Final = frozenset({"answer", "decision_1", "decision_2", "handling"})
_WAITS: Final = {"final_1": "final_remote", "final_2": "final_remote", "second_complaint": "second_complaint_remote"}
"""Duties of complaints whose time is another in a remote area."""


def law_limit_of(
    file: str, duty: str, opened_at: datetime, *, practice: str | None, request: str | None, grounds: Sequence[str]
) -> TimeLimit | None:
    """Return the time that the law gives *duty* of a *file* that was opened then; None: it gives none.

    Raises:
        UnknownCodeError: no such file, practice or duty.
        NotInForceError: no rule of that day is known.
    """
    opened = day_of(opened_at)
    rules = _rules(file, opened, practice)
    if duty in _HANDLED or duty == "extension":
        return _chosen(rules, duty, request, {_GROUNDS.get(ground, ground) for ground in grounds})
    named = _WAITS.get(duty, duty) if "remote" in grounds else duty
    for row in rules.limits:
        if row.code == named:
            return row.limit
    return _of_table(file, duty, opened)


def _rules(file: str, opened: date, practice: str | None) -> SectorRules:
    from onestop_core.dossier import sector  # noqa: PLC0415 - only who asks loads the tables

    if file == "complaint":
        return sector("complaint-2011" if opened < _COMPLAINTS_CHANGED else "complaint-2026")
    if file == "data-request":
        return sector("data-request-2023" if opened < _DATA_CHANGED else "data-request")
    return sector(file if practice is None else f"{file}-{practice}")


def _chosen(rules: SectorRules, duty: str, request: str | None, grounds: set[str]) -> TimeLimit | None:
    begins = {"decision_1": "accepted", "decision_2": "accepted_2", "answer": "registered"}.get(duty, "accepted")
    wanted = "extension" if duty == "extension" else "handling"
    for row in rules.limits:
        fits = row.of == wanted and begins in row.begins and grounds.issuperset(row.after)
        if fits and (not row.reason_codes or request in row.reason_codes):
            return row.limit
    return None


def _of_table(file: str, duty: str, opened: date) -> TimeLimit | None:
    from onestop_core.deadlines.duties import duty_table  # noqa: PLC0415
    from onestop_core.errors import UnknownCodeError  # noqa: PLC0415
    from onestop_core.text import Text  # noqa: PLC0415

    table = duty_table(on=opened, lifecycle=f"vn-{file}")
    rule = table.rule(duty)
    if rule is None:
        what = Text(vi="việc có thời hạn", en="duty")
        raise UnknownCodeError.among(what, duty, [row.code for row in table.duties])
    return rule.limit
