"""Running the suite: each case is put to the implementation, and its answer judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

import attrs

from onestop_core.conformance.fields import members, text
from onestop_core.conformance.matching import brief, difference
from onestop_core.conformance.reports.report import CaseResult, Report
from onestop_core.conformance.suites import suite
from onestop_core.conformance.values import Case, CaseOutcome
from onestop_core.errors import InvalidValueError
from onestop_core.errors.saying import said
from onestop_core.model import thaw
from onestop_core.text import Text

if TYPE_CHECKING:
    from onestop_core.conformance.values import Suite

__all__ = ["Answer", "Ask", "ask_object", "judge", "report_of", "run", "wanted_cases"]

_LONGEST = 500
"""Most characters of what an implementation said when it failed."""


@attrs.frozen(kw_only=True)
class Answer:
    """What came back on a question; one of the members is set, none for the answer null."""

    value: Any = None
    refused: str | None = None
    """Code of a refusal."""
    unsupported: bool = False
    fault: str | None = None
    """``crash``, ``timeout`` or ``nonsense``."""
    reason: Text | None = None
    """What is known of the fault."""


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
        InvalidValueError: *areas*, *name* or *cases* are of another type.
    """
    wanted = wanted_cases(areas, cases)
    if name is not None and not isinstance(cast("object", name), str):
        raise InvalidValueError.of("name", name, vi="chuỗi", en="text")
    label = _name_of(implementation) if name is None else name
    ask = ask_object(implementation)
    return report_of(label, wanted, [judge(case, ask(case)) for case in wanted], suite())


def wanted_cases(areas: Iterable[str] | None, cases: Sequence[Case] | None) -> tuple[Case, ...]:
    """Return *cases* if they are given, else those of *areas*."""
    return suite().of(areas) if cases is None else members("cases", Case, cases)


def _name_of(implementation: object) -> str:
    try:
        name = getattr(implementation, "name", None)
    except Exception:  # noqa: BLE001 - an implementation may do anything, and still be asked
        name = None
    return text(name, "name")[:200] if isinstance(name, str) and name else type(implementation).__name__


def report_of(label: str, cases: Iterable[Case], results: Iterable[CaseResult], of: Suite) -> Report:
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
        try:
            method = getattr(implementation, case.operation, None)
            if method is None:
                return Answer(unsupported=True)
            # Its own copy: whoever sorts a list in place spoils it for nobody.
            return Answer(value=method(**thaw(case.input)))
        except (Exception, SystemExit) as error:  # noqa: BLE001 - whatever it does is a finding about it, not about us
            return _failed(error)

    return ask


def _failed(error: BaseException) -> Answer:
    name = type(error).__name__
    try:
        code = getattr(error, "code", None)
        if isinstance(code, str):
            return Answer(refused=code)
        words = f"{name}: {error}"[:_LONGEST]
    except Exception:  # noqa: BLE001 - it cannot even be printed
        words = name
    return Answer(fault="crash", reason=said(vi=words, en=words))


def judge(case: Case, answer: Answer) -> CaseResult:
    """Return what the *answer* makes of the case."""
    outcome, reason = CaseOutcome.FAILED, None
    if answer.unsupported:
        outcome = CaseOutcome.UNSUPPORTED
    elif answer.fault is not None:
        reason = answer.reason
    elif case.refused is not None:
        if answer.refused == case.refused:
            outcome = CaseOutcome.PASSED
        else:
            got = _said(answer)
            reason = said(
                vi=f"cần từ chối ({case.refused}), nhận được {got.vi}",
                en=f"expected the refusal {case.refused}, got {got.en}",
            )
    elif answer.refused is not None:
        got = _said(answer)
        reason = Text(vi=f"cần câu trả lời, nhận được {got.vi}", en=f"expected an answer, got {got.en}")
    else:
        reason = difference(case.expected, answer.value)
        outcome = CaseOutcome.PASSED if reason is None else CaseOutcome.FAILED
    return CaseResult(
        case=case.id,
        area=case.area,
        level=case.level,
        outcome=outcome,
        rules=case.rules,
        description=case.description,
        reason=reason,
        fault=answer.fault,
    )


def _said(answer: Answer) -> Text:
    if answer.refused is not None:
        code = answer.refused[:100]
        return said(vi=f"từ chối ({code})", en=f"the refusal {code}")
    try:
        value = brief(answer.value)
    except Exception:  # noqa: BLE001 - an answer may hold itself, or do anything when it is looked at
        return Text(vi="câu trả lời không đọc được", en="an answer that cannot be read")
    return Text(vi=f"câu trả lời {value}", en=f"the answer {value}")
