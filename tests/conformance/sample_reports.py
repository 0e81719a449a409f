"""Reports in which everything has happened, told by an implementation that means no good."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core import conformance
from onestop_core.conformance.values import Dispute, Software
from onestop_core.text import Text

if TYPE_CHECKING:
    from onestop_core.conformance.reports.report import Report
    from onestop_core.conformance.reports.results import CaseResult

EVIL: Final = '</style></pre><script>alert(1)</script><img src=x onerror="x">&amp;\x1b[31m\u202e ##[error]x\n::error::y'
AREAS: Final = ("workdays", "codes")
MADE_AT: Final = datetime(2026, 11, 26, 18, 41, 5, 250_000, tzinfo=timezone(timedelta(hours=7)))
DISPUTE: Final = Dispute(
    since=date(2026, 11, 20), why=Text(vi="Điều 18 có hai cách hiểu.", en="Article 18 bears two readings.")
)


@cache
def good() -> Report:
    """A report of this library on two areas."""
    return conformance.run(conformance.reference(), areas=AREAS)


def unlike(result: CaseResult, **changes: Any) -> CaseResult:
    """Return *result* with another outcome, and the question that a report keeps for it."""
    case = conformance.suite()[result.case]
    kept = {"input": case.input, "expected": case.expected, "refused": case.refused}
    return attrs.evolve(result, **{**kept, **changes})


def wrong(result: CaseResult, **changes: Any) -> CaseResult:
    reason = Text(vi=f"$: nhận được {EVIL}", en=f"$: got {EVIL}")
    return unlike(
        result, **{"outcome": "failed", "got": {"answer": EVIL, "all": list(range(60))}, "reason": reason, **changes}
    )


@cache
def bad() -> Report:
    """A report with every outcome at every level, every fault, a dispute, and an operation that is not taken."""
    required = [each for each in good().results if each.level == "required" and each.operation == "is_workday"]
    recommended = [each for each in good().results if each.level == "recommended"]
    told = Text(vi=f"nó nói: {EVIL}", en=f"it said: {EVIL}")
    one, two, three, four, five, six, seven, eight, *_ = required
    changed = {
        one.case: wrong(one, milliseconds=1_250),
        two.case: unlike(two, outcome="failed", got_refused=EVIL, reason=told),
        three.case: unlike(three, outcome="failed", fault="crash", reason=told),
        four.case: unlike(four, outcome="failed", fault="error", reason=told),
        five.case: unlike(five, outcome="declined"),
        six.case: wrong(six, disputed=DISPUTE),
        seven.case: unlike(seven, outcome="failed", fault="timeout"),
        eight.case: unlike(
            eight, outcome="failed", refused="any", got=True, reason=told, rules=("no-such-rule",), basis=("no law",)
        ),
        recommended[0].case: wrong(recommended[0]),
        recommended[1].case: unlike(recommended[1], outcome="declined"),
    }
    results = tuple(
        unlike(each, outcome="unsupported")
        if each.operation == "write_dossier_code"
        else changed.get(each.case, attrs.evolve(each, milliseconds=3))
        for each in good().results
    )
    implementation = Software(
        name=f"Mine {EVIL}", version="2.3", build="7f4e756", tables="2026-10", command=f"mine {EVIL}"
    )
    return attrs.evolve(good(), implementation=implementation, results=results, made_at=MADE_AT, seed=42)


def named(name: str, report: Report | None = None, **changes: Any) -> Report:
    return attrs.evolve(report or good(), implementation=Software(name=name), **changes)


def at_noon(report: Report) -> Report:
    return attrs.evolve(report, made_at=datetime(2026, 1, 2, 12, tzinfo=UTC))
