"""A report as JUnit XML, which CI systems read: what the verdict falls on is a failure or an error, all else is skipped."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

from onestop_core.conformance.reports.formats.saying import build_of, decides, ensure_report, reason_of
from onestop_core.conformance.values import CaseLevel, CaseOutcome
from onestop_core.conformance.wire import json_text
from onestop_core.text.pages import element
from onestop_core.text.safe import line, markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onestop_core.conformance.reports.report import Report
    from onestop_core.conformance.reports.results import CaseResult

__all__ = ["junit"]

_LONGEST: Final = 4_000


def junit(report: Report) -> str:
    """Return the report as JUnit XML: an error where no answer came, a failure where it was wrong or was declined.

    Only that is a failure on which the verdict depends: a required case of what was demanded. All else that did not
    pass is *skipped*, with its reason: a build does not break on it. Suites name the editions by their digests, each
    case its level, rules and basis, as properties.

    >>> from onestop_core import conformance
    >>> print(junit(conformance.run(conformance.reference(), areas=["codes"])).splitlines()[1][:37])
    <testsuites name="onestop conformance

    Raises:
        InvalidValueError: no report.
    """
    ensure_report(report)
    about = list(_about(report))
    suites = [_suite(report, area.area, about) for area in report.by_area()]
    sums = {key: str(sum(int(each.attrib[key]) for each in suites)) for key in ("tests", "failures", "errors")}
    root = element(
        "testsuites",
        *suites,
        name=line(f"onestop conformance {report.suite}: {report.implementation}"),
        time=_seconds(report.results),
        **sums,
    )
    ET.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{markup(ET.tostring(root, encoding="unicode"))}'


def _suite(report: Report, area: str, about: Iterable[tuple[str, str]]) -> ET.Element:
    results = [each for each in report.results if each.area == area]
    cases = [_case(report, each) for each in results]
    kinds = [child.tag for case in cases for child in case]
    made = {} if report.made_at is None else {"timestamp": report.made_at.isoformat(timespec="seconds")}
    return element(
        "testsuite",
        _properties(about),
        *cases,
        name=line(area),
        tests=str(len(cases)),
        failures=str(kinds.count("failure")),
        errors=str(kinds.count("error")),
        skipped=str(kinds.count("skipped")),
        time=_seconds(results),
        **made,
    )


def _about(report: Report) -> Iterator[tuple[str, str]]:
    yield "suite", report.suite
    yield "suite-digest", report.suite_digest
    yield "tables-digest", report.tables_digest
    if report.profile is not None:
        yield "profile", str(report.profile)
        yield "profile-digest", report.profile.digest
    if report.seed is not None:
        yield "seed", str(report.seed)
    yield "implementation", build_of(report.implementation)
    yield "runner", build_of(report.library)
    yield "verdict", report.verdict.value
    yield "report-digest", report.digest


def _properties(pairs: Iterable[tuple[str, str]]) -> ET.Element:
    return element("properties", *(element("property", name=name, value=line(value)) for name, value in pairs))


def _case(report: Report, result: CaseResult) -> ET.Element:
    told = [("level", result.level.value), *(("rule", rule) for rule in result.rules)]
    told += [("basis", basis) for basis in result.basis]
    return element(
        "testcase",
        _properties(told),
        None if result.outcome is CaseOutcome.PASSED else _outcome(report, result),
        classname=line(f"onestop.{result.area}.{result.operation}"),
        name=line(result.case),
        time=_seconds([result]),
    )


def _outcome(report: Report, result: CaseResult) -> ET.Element:
    kind = result.fault or ("wrong-answer" if result.outcome is CaseOutcome.FAILED else result.outcome.value)
    reason = reason_of(result).en or kind
    if not decides(report, result):
        return element("skipped", type=kind, message=f"{_why_skipped(result)}: {reason}")
    if result.fault is not None:
        return element("error", _asked(result), type=kind, message=reason)
    return element("failure", _asked(result), type=kind, message=reason)


def _why_skipped(result: CaseResult) -> str:
    if result.disputed is not None:
        return "disputed"
    return "recommended" if result.level is CaseLevel.RECOMMENDED else "not demanded"


def _asked(result: CaseResult) -> str:
    """Return the question and both answers, a line each."""
    right = json_text(result.expected) if result.refused is None else f"refused: {result.refused}"
    lines = [result.description, f"input: {json_text(result.input)}", f"expected: {right}"]
    if result.answered:
        lines.append(f"got: {json_text(result.got)}")
    if result.got_refused is not None:
        lines.append(f"got: refused: {result.got_refused}")
    return "\n".join(_cut(line(each)) for each in (*lines, f"again: onestop conformance show {result.case}"))


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[:_LONGEST]}…"


def _seconds(results: Iterable[CaseResult]) -> str:
    spent = sum(each.milliseconds or 0 for each in results)
    return f"{spent // 1000}.{spent % 1000:03d}"
