"""A report to read: as text, JUnit XML and a Markdown table of badges."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.conformance.reports.comparing import Comparison
from onestop_core.conformance.reports.report import Report
from onestop_core.conformance.reports.results import Verdict
from onestop_core.conformance.values import CaseOutcome
from onestop_core.errors import InvalidValueError
from onestop_core.text import Language, Text, safe
from onestop_core.text.safe import line, xml

if TYPE_CHECKING:
    from onestop_core.conformance.reports.results import CaseResult

__all__ = ["changes_text", "junit", "markdown", "text"]

_SHOWN: Final = 50
"""Most failures that a text lists; the JSON report has them all."""
_WORDS: Final = {
    "suite": Text(vi="Bộ ca kiểm thử", en="Suite"),
    "area": Text(vi="lĩnh vực", en="area"),
    "rule": Text(vi="quy tắc", en="rule"),
    "passed": Text(vi="đạt", en="passed"),
    "failed": Text(vi="không đạt", en="failed"),
    "declined": Text(vi="không trả lời", en="declined"),
    "unsupported": Text(vi="không hỗ trợ", en="unsupported"),
    "conforms": Text(vi="phù hợp", en="conforms"),
    "fails": Text(vi="không phù hợp", en="does not conform"),
    "partial": Text(vi="chỉ phù hợp một phần", en="conforms in part only"),
    "nothing-demanded": Text(vi="không có yêu cầu nào", en="nothing was demanded"),
    "recommended_failed": Text(vi="{} ca khuyến nghị không đạt", en="{} recommended cases failed"),
    "more": Text(vi="… và {} ca khác không đạt", en="… and {} more that failed"),
    "recommended": Text(vi="khuyến nghị", en="recommended"),
    "gone": Text(vi="không còn", en="gone"),
    "new": Text(vi="mới", en="new"),
    "same": Text(vi="Hai báo cáo như nhau.", en="The reports tell the same."),
    "crash": Text(vi="sự cố", en="crash"),
    "timeout": Text(vi="quá thời gian", en="timeout"),
    "nonsense": Text(vi="trả lời sai giao thức", en="nonsense"),
    "error": Text(vi="tự báo lỗi", en="error"),
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
    lines = [f"{words['suite']} {line(report.suite)} · {line(str(report.implementation))}"]
    head = f"{words['passed']:>12}{words['failed']:>12}{words['declined']:>15}{words['unsupported']:>15}"
    tables = {"area": [(row.area, row.required + row.recommended) for row in report.by_area()]}
    if rules:
        tables["rule"] = [(f"{row.area}/{row.rule}", row.required + row.recommended) for row in report.by_rule()]
    for kind, table in tables.items():
        lines += ["", f"{words[kind]:<58}{head}"]
        for name, found in table:
            counts = f"{found.passed:>12}{found.failed:>12}{found.declined:>15}{found.unsupported:>15}"
            lines.append(f"{line(name):<58}{counts}")
    lines.append("")
    # What decides comes first.
    for result in sorted(report.failed, key=lambda result: not result.counts)[:_SHOWN]:
        level = "" if result.counts else f" ({words['recommended']})"
        # Cases are described in English; to a reader of Vietnamese their id and what is wrong must do.
        told = f": {line(result.description)}" if language == "en" and result.description else ""
        lines += [f"✗ {line(result.case)}{level}{told}", f"    {line(_reason(result, language=language))}"]
    if len(report.failed) > _SHOWN:
        lines.append(words["more"].format(len(report.failed) - _SHOWN))
    soft = sum(not result.counts for result in report.failed)
    more = f" ({words['recommended_failed'].format(soft)})" if soft else ""
    return "\n".join([*lines, words[report.verdict.value] + more])


def _ensure_report(report: object) -> None:
    if not isinstance(report, Report):
        raise InvalidValueError.of("report", report, vi="một báo cáo", en="a report")


def _reason(result: CaseResult, *, language: Language = "en") -> str:
    reason = "" if result.reason is None else result.reason.in_(language)
    return f"{_WORDS[result.fault].in_(language)}: {reason}" if result.fault else reason


def junit(report: Report) -> str:
    """Return the report as JUnit XML: an error where no answer came, a failure where it was wrong.

    A failed recommended case is *skipped* there, with its reason: a build does not break on it.

    >>> from onestop_core import conformance
    >>> print(junit(conformance.run(conformance.reference(), areas=["codes"])).splitlines()[1][:40])
    <testsuites name="onestop conformance 2.
    """
    _ensure_report(report)
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f"<testsuites name={_attribute(f'onestop conformance {report.suite}: {report.implementation}')}>")
    for area in report.by_area():
        results = [result for result in report.results if result.area == area.area]
        hard = [result for result in results if result.outcome is CaseOutcome.FAILED and result.counts]
        errors = sum(result.fault is not None for result in hard)
        skipped = sum(result.outcome is not CaseOutcome.PASSED for result in results) - len(hard)
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
        case CaseOutcome.UNSUPPORTED | CaseOutcome.DECLINED:
            return f'{start}><skipped message="{result.outcome.value}"/></testcase>'
        case _:
            message = _attribute(_reason(result))
            if not result.counts:
                return f"{start}><skipped message={message}/></testcase>"
            kind = "failure" if result.fault is None else "error"
            return f"{start}><{kind} message={message}>{_escaped(result.description)}</{kind}></testcase>"


def _escaped(value: str) -> str:
    from xml.sax.saxutils import escape  # noqa: PLC0415 - heavy, loaded on first use

    return escape(xml(line(value)))


def _attribute(value: str) -> str:
    from xml.sax.saxutils import quoteattr  # noqa: PLC0415 - heavy, loaded on first use

    return quoteattr(xml(line(value)))


_COLOURS: Final = {
    Verdict.CONFORMS: "brightgreen",
    Verdict.FAILS: "red",
    Verdict.PARTIAL: "yellow",
    Verdict.UNSUPPORTED: "lightgrey",
}


def markdown(report: Report) -> str:
    """Return the areas as a Markdown table, with the words and colours that badges are made of.

    >>> from onestop_core import conformance
    >>> print(markdown(conformance.run(conformance.reference(), areas=["codes"])).splitlines()[2])
    | area | verdict | passed | failed | declined | unsupported | recommended failed | colour |
    """
    _ensure_report(report)
    title = f"onestop conformance suite {report.suite}"
    lines = [
        f"**{safe.markdown(str(report.implementation))}**, {safe.markdown(title)}",
        "",
        "| area | verdict | passed | failed | declined | unsupported | recommended failed | colour |",
        "|---|---|--:|--:|--:|--:|--:|---|",
    ]
    for row in report.by_area():
        hard = row.required
        counts = (hard.passed, hard.failed, hard.declined, hard.unsupported, row.recommended.failed)
        cells = [safe.markdown(row.area), row.verdict.value, *counts, _COLOURS[row.verdict]]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def changes_text(comparison: Comparison, *, language: Language = "en") -> str:
    """Return what differs between two reports, a line a case.

    Raises:
        InvalidValueError: not what :func:`~onestop_core.conformance.compare` returns, or another language.
    """
    if not isinstance(comparison, Comparison):
        raise InvalidValueError.of("comparison", comparison, vi="kết quả so sánh", en="a comparison")
    words = {key: word.in_(language) for key, word in _WORDS.items()}
    rows: list[tuple[bool, str, str | None, str | None, Text | None]]
    rows = [(each.worse, each.name or words["suite"], each.before, each.after, None) for each in comparison.verdicts]
    rows += [(each.worse, each.case, each.before, each.after, each.reason) for each in comparison.changes]
    lines: list[str] = []
    for worse, name, before, after, why in rows:
        old, new = words["new" if before is None else before], words["gone" if after is None else after]
        reason = f": {line(why.in_(language))}" if why else ""
        lines.append(f"{'✗' if worse else ' '} {line(name)}  {old} → {new}{reason}")
    return "\n".join(lines) or words["same"]
