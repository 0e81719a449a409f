"""Running the suite: each case is put to the implementation, and its answer judged."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Any, cast

import attrs

from onestop_core.__about__ import __version__
from onestop_core.conformance.demands import Plan, plan
from onestop_core.conformance.fields import text
from onestop_core.conformance.matching import brief, difference
from onestop_core.conformance.reports.report import Report
from onestop_core.conformance.reports.results import CaseResult, kept
from onestop_core.conformance.tables import tables_digest
from onestop_core.conformance.values import ANY_REFUSAL, Case, CaseOutcome, Software
from onestop_core.errors import InvalidValueError
from onestop_core.errors.saying import said
from onestop_core.model import FrozenMap, thaw
from onestop_core.text import Text

if TYPE_CHECKING:
    from datetime import datetime

    from onestop_core.conformance.demands import Profile
    from onestop_core.conformance.values import Suite

__all__ = ["Answer", "Ask", "Interrupted", "ask_object", "judge", "report_of", "run"]

_LONGEST = 500
"""Most characters of what an implementation said when it failed."""


@attrs.frozen(kw_only=True)
class Answer:
    """What came back on a question; one of the members is set, none for the answer null."""

    value: Any = None
    refused: str | None = None
    """Code of a refusal."""
    declined: bool = False
    """Whether it takes the operation, but not this question."""
    unsupported: bool = False
    """Whether it does not take the operation."""
    fault: str | None = None
    """``crash``, ``timeout``, ``nonsense`` or ``error``."""
    reason: Text | None = None
    """What is known of the fault."""
    milliseconds: int | None = None


Ask = Callable[[Case], Answer]
"""Puts the question of a case to an implementation."""


class Interrupted(KeyboardInterrupt):
    """Somebody interrupted a run (Ctrl-C); ``report`` has what was answered until then."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


def run(
    implementation: object,
    areas: Iterable[str] | None = None,
    *,
    name: str | None = None,
    cases: Sequence[Case] | Suite | None = None,
    profile: Profile | str | None = None,
    require: Iterable[str] | None = None,
    seed: int | None = None,
    made_at: datetime | None = None,
) -> Report:
    """Put the cases to *implementation*, anything with methods of the protocols of this package.

    >>> class Mine:
    ...     def is_workday(self, date, as_of=None):
    ...         return date != "2026-02-17"
    >>> report = run(Mine(), areas=["workdays"])
    >>> report.verdict.value, len(report.passed) > 0, len(report.unsupported) > len(report.passed)
    ('fails', True, True)
    >>> print(report.failed[0].reason)
    $: expected false, got true

    Args:
        implementation: What is to prove itself. A method that it lacks is *unsupported*; one that raises
            ``NotImplementedError`` has *declined* the question.
        areas: Names of areas; None for all.
        name: How the report calls it; its attribute ``name`` or its class by default.
        cases: Only these, which proves no area as a whole, or those of a suite of one's own; None for the suite.
        profile: What must conform, as a tender cites it, such as ``desk@1``; its areas are asked.
        require: What must conform: areas, or operations. Without either, the *areas* must, or else every area of
            which the implementation takes an operation.
        seed: Ask fresh cases made from this number, too: nobody can have looked their answers up.
        made_at: When; the report says so.

    Raises:
        UnknownCodeError: there is no such area, operation or profile.
        InvalidValueError: an argument is of another type, or the digest of the profile is another.
        Interrupted: somebody interrupted the run; with what was answered until then.
    """
    wanted = plan(areas, cases, profile=profile, require=require, seed=seed, made_at=made_at)
    if name is not None and not isinstance(cast("object", name), str):
        raise InvalidValueError.of("name", name, vi="chuỗi", en="text")
    label = _name_of(implementation) if name is None else name
    ask = ask_object(implementation)
    results: list[CaseResult] = []
    try:
        for case in wanted.cases:
            results.append(judge(case, ask(case)))  # noqa: PERF401 - what was answered is kept, whatever ends the loop
    except KeyboardInterrupt:
        if not results:
            raise
        raise Interrupted(report_of(wanted, Software(name=label), results)) from None
    return report_of(wanted, Software(name=label), results)


def _name_of(implementation: object) -> str:
    try:
        name = getattr(implementation, "name", None)
    except Exception:  # noqa: BLE001 - an implementation may do anything, and still be asked
        name = None
    return text(name, "name")[:200] if isinstance(name, str) and name else type(implementation).__name__


def report_of(plan: Plan, tested: Software, results: Sequence[CaseResult]) -> Report:
    """Return the report of *results*, which are those of cases of the *plan*; of what it did not come to, too."""
    mine = {f"{case.area}/{case.operation}" for case in plan.cases}
    demanded = plan.demanded
    if demanded is None:
        claimed = {result.area for result in results if result.outcome is not CaseOutcome.UNSUPPORTED}
        demanded = tuple(area.name for area in plan.suite.areas if area.name in claimed)
    names = [f"{area.name}/{operation}" for area in plan.suite.areas for operation in area.operations]
    names = [each for each in names if each in mine or each in demanded or each.partition("/")[0] in demanded]
    missing = dict.fromkeys([*names, *(each for each in sorted(mine) if each not in names)], 0)
    done = {result.case for result in results}
    for case in plan.suite.cases:
        operation = f"{case.area}/{case.operation}"
        if operation in missing and case.counts and case.id not in done:
            missing[operation] += 1
    return Report(
        suite=plan.suite.version,
        suite_digest=plan.suite.digest,
        tables_digest=tables_digest(),
        library=Software(name="onestop_core", version=__version__),
        made_at=plan.made_at,
        seed=plan.seed,
        implementation=tested,
        profile=plan.profile,
        demanded=demanded,
        not_asked=FrozenMap(missing),
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
        except NotImplementedError:
            return Answer(declined=True)
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - whatever it does is a finding about it, not about us
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
    outcome, reason = _judged(case, answer)
    passed = outcome is CaseOutcome.PASSED
    answered = outcome is CaseOutcome.FAILED and answer.fault is None and answer.refused is None
    return CaseResult(
        case=case.id,
        area=case.area,
        operation=case.operation,
        level=case.level,
        outcome=outcome,
        rules=case.rules,
        basis=case.basis,
        description=case.description,
        input=None if passed else case.input,
        expected=None if passed or case.refused is not None else case.expected,
        refused=None if passed else case.refused,
        got=kept(answer.value) if answered else None,
        got_refused=None if passed or answer.refused is None else answer.refused[:_LONGEST],
        reason=reason,
        fault=answer.fault,
        milliseconds=answer.milliseconds,
        disputed=case.disputed,
    )


def _judged(case: Case, answer: Answer) -> tuple[CaseOutcome, Text | None]:
    if answer.unsupported:
        return CaseOutcome.UNSUPPORTED, None
    if answer.declined:
        return CaseOutcome.DECLINED, None
    if answer.fault is not None:
        return CaseOutcome.FAILED, answer.reason
    if case.refused is not None:
        if answer.refused is not None and case.refused in {answer.refused, ANY_REFUSAL}:
            return CaseOutcome.PASSED, None
        got = _said(answer)
        wanted = (
            Text(vi="cần từ chối", en="expected a refusal")
            if case.refused == ANY_REFUSAL
            else said(vi=f"cần từ chối với mã {case.refused}", en=f"expected the refusal {case.refused}")
        )
        return CaseOutcome.FAILED, said(vi=f"{wanted.vi}, nhận được {got.vi}", en=f"{wanted.en}, got {got.en}")
    if answer.refused is not None:
        got = _said(answer)
        words = Text(vi=f"cần câu trả lời, nhận được {got.vi}", en=f"expected an answer, got {got.en}")
        return CaseOutcome.FAILED, words
    reason = difference(case.expected, answer.value)
    return CaseOutcome.PASSED if reason is None else CaseOutcome.FAILED, reason


def _said(answer: Answer) -> Text:
    if answer.refused is not None:
        code = answer.refused[:100]
        return said(vi=f"lời từ chối mang mã {code}", en=f"the refusal {code}")
    try:
        value = brief(answer.value)
    except Exception:  # noqa: BLE001 - an answer may hold itself, or do anything when it is looked at
        return Text(vi="câu trả lời không đọc được", en="an answer that cannot be read")
    return Text(vi=f"câu trả lời {value}", en=f"the answer {value}")
