"""A report to read: as text, JUnit XML and a Markdown table of badges."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape, quoteattr

from onestop_core.conformance.report import Outcome

if TYPE_CHECKING:
    from onestop_core.conformance.report import Change, Report, Result
    from onestop_core.text import Language

__all__ = ["changes_text", "junit", "markdown", "text"]

_SHOWN: Final = 50
"""Most failures that a text lists; the JSON report has them all."""
_WORDS: Final = {
    "vi": {
        "suite": "Bộ kiểm thử",
        "area": "lĩnh vực",
        "rule": "quy tắc",
        "passed": "đạt",
        "failed": "sai",
        "unsupported": "không hỗ trợ",
        "conforms": "phù hợp",
        "fails": "không phù hợp",
        "more": "… và {} trường hợp sai khác",
        "optional": "tùy chọn",
        "gone": "không còn",
        "new": "mới",
        "same": "Hai báo cáo như nhau.",
    },
    "en": {
        "suite": "Suite",
        "area": "area",
        "rule": "rule",
        "passed": "passed",
        "failed": "failed",
        "unsupported": "unsupported",
        "conforms": "conforms",
        "fails": "does not conform",
        "more": "… and {} more that failed",
        "optional": "optional",
        "gone": "gone",
        "new": "new",
        "same": "The reports tell the same.",
    },
}


def text(report: Report, language: Language = "en", *, rules: bool = False) -> str:
    """Return the report as plain text: each area, with *rules* each rule too, and what failed.

    >>> from onestop_core import conformance
    >>> shown = text(conformance.run(conformance.reference(), areas=["codes"]))
    >>> shown.splitlines()[0], shown.splitlines()[-1]
    ('Suite 1.0.0 · onestop_core', 'conforms')
    """
    words = _WORDS[language]
    lines = [f"{words['suite']} {report.suite} · {report.implementation}"]
    head = f"{words['passed']:>12}{words['failed']:>12}{words['unsupported']:>15}"
    tables = [("area", report.by_area()), *([("rule", report.by_rule())] if rules else [])]
    for kind, table in tables:
        lines += ["", f"{words[kind]:<58}{head}"]
        for row in table:
            name = row.area if row.rule is None else f"{row.area}/{row.rule}"
            lines.append(f"{name:<58}{row.passed:>12}{row.failed:>12}{row.unsupported:>15}")
    lines.append("")
    # What decides comes first.
    for result in sorted(report.failed, key=lambda result: result.level == "optional")[:_SHOWN]:
        level = f" ({words['optional']})" if result.level == "optional" else ""
        lines += [f"✗ {result.case}{level}: {result.description}", f"    {_reason(result)}"]
    if len(report.failed) > _SHOWN:
        lines.append(words["more"].format(len(report.failed) - _SHOWN))
    return "\n".join([*lines, words["conforms" if report.conforms else "fails"]])


def _reason(result: Result) -> str:
    return f"{result.fault}: {result.reason}" if result.fault else str(result.reason)


# What XML 1.0 cannot hold at all, escaped or not.
_NOT_XML: Final = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(report: Report) -> str:
    """Return the report as JUnit XML: an error where no answer came, a failure where it was wrong.

    A failed optional case is *skipped* there, with its reason: a build does not break on it.

    >>> from onestop_core import conformance
    >>> print(junit(conformance.run(conformance.reference(), areas=["codes"])).splitlines()[1][:40])
    <testsuites name="onestop conformance 1.
    """
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append(f"<testsuites name={_attribute(f'onestop conformance {report.suite}: {report.implementation}')}>")
    for area in report.by_area():
        results = [result for result in report.results if result.area == area.area]
        hard = [result for result in results if result.outcome is Outcome.FAILED and result.level == "required"]
        errors = sum(result.fault is not None for result in hard)
        skipped = area.unsupported + area.optional_failed
        lines.append(
            f'  <testsuite name={_attribute(area.area)} tests="{len(results)}" failures="{len(hard) - errors}" '
            f'errors="{errors}" skipped="{skipped}">'
        )
        lines += [_junit_case(result) for result in results]
        lines.append("  </testsuite>")
    return "\n".join([*lines, "</testsuites>"])


def _junit_case(result: Result) -> str:
    start = f"    <testcase classname={_attribute(f'onestop.{result.area}')} name={_attribute(result.case)}"
    match result.outcome:
        case Outcome.PASSED:
            return start + "/>"
        case Outcome.UNSUPPORTED:
            return start + '><skipped message="unsupported"/></testcase>'
        case _:
            message = _attribute(_reason(result))
            if result.level == "optional":
                return f"{start}><skipped message={message}/></testcase>"
            kind = "failure" if result.fault is None else "error"
            return f"{start}><{kind} message={message}>{escape(_xml(result.description))}</{kind}></testcase>"


def _xml(value: str) -> str:
    return _NOT_XML.sub("\ufffd", value)


def _attribute(value: str) -> str:
    return quoteattr(_xml(value))


_COLOURS: Final = {"conforms": "brightgreen", "fails": "red", "unsupported": "lightgrey"}


def markdown(report: Report) -> str:
    """Return the areas as a Markdown table, with the words and colours that badges are made of.

    >>> from onestop_core import conformance
    >>> print(markdown(conformance.run(conformance.reference(), areas=["codes"])).splitlines()[2])
    | area | verdict | passed | failed | optional failed | unsupported | colour |
    """
    name = report.implementation.replace("|", "\\|").replace("\n", " ")
    lines = [
        f"**{name}**, onestop conformance suite {report.suite}",
        "",
        "| area | verdict | passed | failed | optional failed | unsupported | colour |",
        "|---|---|--:|--:|--:|--:|---|",
    ]
    for row in report.by_area():
        hard = row.failed - row.optional_failed
        cells = [row.area, row.verdict, row.passed, hard, row.optional_failed, row.unsupported, _COLOURS[row.verdict]]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    return "\n".join(lines)


def changes_text(changes: tuple[Change, ...], language: Language = "en") -> str:
    """Return what differs between two reports, a line a case."""
    words = _WORDS[language]
    lines: list[str] = []
    for change in changes:
        before = words["new"] if change.before is None else words[change.before]
        after = words["gone"] if change.after is None else words[change.after]
        reason = f": {change.reason}" if change.reason else ""
        lines.append(f"{'✗' if change.worse else ' '} {change.case}  {before} → {after}{reason}")
    return "\n".join(lines) or words["same"]
