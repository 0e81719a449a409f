"""Running the suite: each case is put to the implementation, and its answer judged."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import attrs

from onestop_core.conformance.matching import difference
from onestop_core.conformance.report import Outcome, Report, Result
from onestop_core.conformance.suite import Case, suite
from onestop_core.text import safe

if TYPE_CHECKING:
    from onestop_core.conformance.suite import Suite

__all__ = ["Answer", "Ask", "ask_object", "judge", "report_of", "run"]


@attrs.frozen(kw_only=True)
class Answer:
    """What came back on a question; one of the members is set, none for the answer null."""

    value: Any = None
    refused: str | None = None
    """Code of a refusal."""
    unsupported: bool = False
    fault: str | None = None
    """``crash``, ``timeout`` or ``nonsense``."""
    reason: str | None = None
    """What happened, where there is a fault."""


Ask = Callable[[Case], Answer]
"""Puts the question of a case to an implementation."""


def run(
    implementation: object,
    areas: Iterable[str] | None = None,
    *,
    name: str | None = None,
    cases: Sequence[Case] | None = None,
) -> Report:
    """Put the cases to *implementation*, anything with methods of the protocols of this package.

    >>> class Mine:
    ...     def is_workday(self, date, as_of=None):
    ...         return date != "2026-02-17"
    >>> report = run(Mine(), areas=["workdays"])
    >>> report.conforms, len(report.passed) > 0, len(report.unsupported) > len(report.passed)
    (False, True, True)
    >>> print(report.failed[0].reason)
    $: expected false, got true

    Args:
        implementation: What is to prove itself; a method that it lacks makes cases *unsupported*, not failed.
        areas: Names of areas; None for all.
        name: How the report calls it; its attribute ``name`` or its class by default.
        cases: Only these; None for all of the areas.

    Raises:
        UnknownCodeError: there is no such area.
    """
    label = name or getattr(implementation, "name", None) or type(implementation).__name__
    wanted = suite().of(areas) if cases is None else cases
    ask = ask_object(implementation)
    return report_of(str(label), wanted, [judge(case, ask(case)) for case in wanted], suite())


def report_of(label: str, cases: Iterable[Case], results: Iterable[Result], of: Suite) -> Report:
    """Return the report of *results*, which are those of *cases*."""
    asked = {case.area for case in cases}
    return Report(
        suite=of.version,
        implementation=label,
        areas=tuple(area.name for area in of.areas if area.name in asked),
        results=tuple(results),
    )


def ask_object(implementation: object) -> Ask:
    """Return how to ask a Python object."""

    def ask(case: Case) -> Answer:
        method = getattr(implementation, case.operation, None)
        if method is None:
            return Answer(unsupported=True)
        try:
            # Its own copy: whoever sorts a list in place spoils it for nobody.
            return Answer(value=method(**copy.deepcopy(dict(case.input))))
        except Exception as error:  # noqa: BLE001 - whatever it does is a finding about it, not about us
            code = getattr(error, "code", None)
            if isinstance(code, str):
                return Answer(refused=code)
            return Answer(fault="crash", reason=safe.terminal(f"{type(error).__name__}: {error}"[:500]))

    return ask


def judge(case: Case, answer: Answer) -> Result:
    """Return what the *answer* makes of the case."""
    outcome, reason = Outcome.FAILED, None
    if answer.unsupported:
        outcome = Outcome.UNSUPPORTED
    elif answer.fault is not None:
        reason = answer.reason
    elif case.refused is not None:
        if answer.refused == case.refused:
            outcome = Outcome.PASSED
        else:
            reason = f"expected the refusal {case.refused}, got {_said(answer)}"
    elif answer.refused is not None:
        reason = f"expected an answer, got {_said(answer)}"
    else:
        reason = difference(case.expected, answer.value)
        outcome = Outcome.PASSED if reason is None else Outcome.FAILED
    return Result(
        case=case.id,
        area=case.area,
        level=case.level,
        outcome=outcome,
        rules=case.rules,
        description=case.description,
        reason=reason,
        fault=answer.fault,
    )


def _said(answer: Answer) -> str:
    return f"the refusal {answer.refused[:100]}" if answer.refused is not None else f"the answer {answer.value!r}"[:300]
