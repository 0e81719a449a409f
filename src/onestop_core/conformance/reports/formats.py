"""A report to read: as text, JUnit XML and a Markdown table of badges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.conformance.fields import members
from onestop_core.conformance.reports.report import OutcomeChange, Report
from onestop_core.conformance.values import CaseOutcome
from onestop_core.errors import InvalidValueError
from onestop_core.text import Language, Text, safe
from onestop_core.text.safe import line, xml

if TYPE_CHECKING:
    from collections.abc import Iterable

    from onestop_core.conformance.reports.report import CaseResult

__all__ = ["changes_text", "junit", "markdown", "text"]

_SHOWN: Final = 50
"""Most failures that a text lists; the JSON report has them all."""
_WORDS: Final = {
    "suite": Text(vi="Bộ ca kiểm thử", en="Suite"),
    "area": Text(vi="lĩnh vực", en="area"),
    "rule": Text(vi="quy tắc", en="rule"),
    "passed": Text(vi="đạt", en="passed"),
    "failed": Text(vi="không đạt", en="failed"),
    "unsupported": Text(vi="không hỗ trợ", en="unsupported"),
    "conforms": Text(vi="phù hợp", en="conforms"),
    "fails": Text(vi="không phù hợp", en="does not conform"),
    "more": Text(vi="… và {} ca khác không đạt", en="… and {} more that failed"),
    "optional": Text(vi="tùy chọn", en="optional"),
    "gone": Text(vi="không còn", en="gone"),
    "new": Text(vi="mới", en="new"),
    "same": Text(vi="Hai báo cáo như nhau.", en="The reports tell the same."),
    "crash": Text(vi="sự cố", en="crash"),
    "timeout": Text(vi="quá thời gian", en="timeout"),
    "nonsense": Text(vi="trả lời sai giao thức", en="nonsense"),
}


def text(report: Report, *, language: Language = "en", rules: bool = False) -> str:
    """Return the report as plain text: each area, with *rules* each rule too, and what failed.

    What an implementation said of itself is shown so that it moves no terminal and begins no command of a CI.

    >>> from onestop_core import conformance
    >>> shown = text(conformance.run(conformance.reference(), areas=["codes"]))
    >>> shown.splitlines()[-1]
    'conforms'

    Raises:
        InvalidValueError: no report, or another language.
    """
    _ensure_report(report)
    words = {key: word.in_(language) for key, word in _WORDS.items()}
    lines = [f"{words['suite']} {line(report.suite)} · {line(report.implementation)}"]
    head = f"{words['passed']:>12}{words['failed']:>12}{words['unsupported']:>15}"
    tables = [("area", report.by_area()), *([("rule", report.by_rule())] if rules else [])]
    for kind, table in tables:
        lines += ["", f"{words[kind]:<58}{head}"]
        for row in table:
            name = row.area if row.rule is None else f"{row.area}/{row.rule}"
            lines.append(f"{line(name):<58}{row.passed:>12}{row.failed:>12}{row.unsupported:>15}")
    lines.append("")
    # What decides comes first.
    for result in sorted(report.failed, key=lambda result: result.level == "optional")[:_SHOWN]:
        level = f" ({words['optional']})" if result.level == "optional" else ""
        # Cases are described in English; to a reader of Vietnamese their id and what is wrong must do.
        told = f": {line(result.description)}" if language == "en" and result.description else ""
        lines += [f"✗ {line(result.case)}{level}{told}", f"    {line(_reason(result, language=language))}"]
    if len(report.failed) > _SHOWN:
        lines.append(words["more"].format(len(report.failed) - _SHOWN))
    return "\n".join([*lines, words["conforms" if report.conforms else "fails"]])


def _ensure_report(report: object) -> None:
    if not isinstance(report, Report):
        raise InvalidValueError.of("report", report, vi="một báo cáo", en="a report")


def _reason(result: CaseResult, *, language: Language = "en") -> str:
    reason = "" if result.reason is None else result.reason.in_(language)
    return f"{_WORDS[result.fault].in_(language)}: {reason}" if result.fault else reason


def junit(report: Report) -> str:
    """Return the report as JUnit XML: an error where no answer came, a failure where it was wrong.

    A failed optional case is *skipped* there, with its reason: a build does not break on it.

    >>> from onestop_core import conformance
    >>> print(junit(conformance.run(conformance.reference(), areas=["codes"])).splitlines()[1][:40])
    <testsuites name="onestop conformance 1.
    """
    _ensure_report(report)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f"<testsuites name={_attribute(f'onestop conformance {report.suite}: {report.implementation}')}>")
    for area in report.by_area():
        results = [result for result in report.results if result.area == area.area]
        hard = [result for result in results if result.outcome is CaseOutcome.FAILED and result.level == "required"]
        errors = sum(result.fault is not None for result in hard)
        skipped = area.unsupported + area.optional_failed
        lines.append(
            f'  <testsuite name={_attribute(area.area)} tests="{len(results)}" failures="{len(hard) - errors}" '
            f'errors="{errors}" skipped="{skipped}">'
        )
        lines += [_junit_case(result) for result in results]
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>"])


def _junit_case(result: CaseResult) -> str:
    start = f"    <testcase classname={_attribute(f'onestop.{result.area}')} name={_attribute(result.case)}"
    match result.outcome:
        case CaseOutcome.PASSED:
            return start + "/>"
        case CaseOutcome.UNSUPPORTED:
            return start + '><skipped message="unsupported"/></testcase>'
        case _:
            message = _attribute(_reason(result))
            if result.level == "optional":
                return f"{start}><skipped message={message}/></testcase>"
            kind = "failure" if result.fault is None else "error"
            return f"{start}><{kind} message={message}>{_escaped(result.description)}</{kind}></testcase>"


def _escaped(value: str) -> str:
    from xml.sax.saxutils import escape  # noqa: PLC0415 - heavy, loaded on first use

    return escape(xml(line(value)))


def _attribute(value: str) -> str:
    from xml.sax.saxutils import quoteattr  # noqa: PLC0415 - heavy, loaded on first use

    return quoteattr(xml(line(value)))


_COLOURS: Final = {"conforms": "brightgreen", "fails": "red", "unsupported": "lightgrey"}


def markdown(report: Report) -> str:
    """Return the areas as a Markdown table, with the words and colours that badges are made of.

    >>> from onestop_core import conformance
    >>> print(markdown(conformance.run(conformance.reference(), areas=["codes"])).splitlines()[2])
    | area | verdict | passed | failed | optional failed | unsupported | colour |
    """
    _ensure_report(report)
    lines = [
        f"**{safe.markdown(report.implementation)}**, {safe.markdown(f'onestop conformance suite {report.suite}')}",
        "",
        "| area | verdict | passed | failed | optional failed | unsupported | colour |",
        "|---|---|--:|--:|--:|--:|---|",
    ]
    for row in report.by_area():
        hard = row.failed - row.optional_failed
        cells = [
            safe.markdown(row.area),
            row.verdict,
            row.passed,
            hard,
            row.optional_failed,
            row.unsupported,
            _COLOURS[row.verdict],
        ]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def changes_text(changes: Iterable[OutcomeChange], *, language: Language = "en") -> str:
    """Return what differs between two reports, a line a case.

    Raises:
        InvalidValueError: not the changes that :func:`~onestop_core.conformance.compare` finds, or another language.
    """
    words = {key: word.in_(language) for key, word in _WORDS.items()}
    lines: list[str] = []
    for change in members("changes", OutcomeChange, changes):
        before = words["new"] if change.before is None else words[change.before]
        after = words["gone"] if change.after is None else words[change.after]
        reason = f": {line(change.reason.in_(language))}" if change.reason else ""
        lines.append(f"{'✗' if change.worse else ' '} {line(change.case)}  {before} → {after}{reason}")
    return "\n".join(lines) or words["same"]
