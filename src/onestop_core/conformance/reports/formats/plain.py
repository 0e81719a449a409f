"""A report as plain text, for a terminal and the log of a CI; and what differs between two."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.conformance.reports.comparing import Comparison
from onestop_core.conformance.reports.formats.page_words import WORDS
from onestop_core.conformance.reports.formats.saying import (
    OUTCOMES,
    VERDICTS,
    build_of,
    ensure_report,
    reason_of,
    recommended_text,
    short,
)
from onestop_core.conformance.values import CaseLevel, CaseOutcome
from onestop_core.errors import InvalidValueError
from onestop_core.text import Text, moment_text, number
from onestop_core.text.safe import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from onestop_core.conformance.reports.report import Report
    from onestop_core.conformance.reports.results import AreaResult, CaseResult, Counts, OperationResult
    from onestop_core.text import Language

__all__ = ["changes_text", "columns", "text"]

_SHOWN: Final = 50
"""Most cases that a text lists unless it is asked for all."""
_WORDS: Final = {
    "suite": Text(vi="Bộ ca kiểm thử", en="Suite"),
    "tables": Text(vi="Bảng pháp luật", en="Law tables"),
    "profile": Text(vi="Bộ yêu cầu", en="Profile"),
    "seed": Text(vi="Số sinh ca mới", en="Seed"),
    "area": Text(vi="lĩnh vực, phép tính", en="area, operation"),
    "rule": Text(vi="quy tắc", en="rule"),
    "verdict": Text(vi="kết luận", en="verdict"),
    "recommended": Text(vi="khuyến nghị", en="recommended"),
    "not_asked": Text(vi="chưa hỏi", en="not asked"),
    "disputed": Text(vi="đang xem xét lại, không tính", en="disputed, not counted"),
    "more": WORDS["more"],
    "gone": Text(vi="không còn", en="gone"),
    "new": Text(vi="mới", en="new"),
    "same": Text(vi="Hai báo cáo như nhau.", en="The reports tell the same."),
    "whole": Text(vi="Kết luận chung", en="Verdict on the whole"),
}
_SIGNS: Final = {CaseOutcome.FAILED: "✗", CaseOutcome.DECLINED: "?"}


def text(report: Report, *, language: Language = "en", rules: bool = False, every_failure: bool = False) -> str:
    """Return the report as plain text: each area and operation, and what did not pass.

    The last line has the verdict, and how many recommended cases failed. What an implementation said of itself is
    shown so that it moves no terminal and begins no command of a CI.

    >>> from onestop_core import conformance
    >>> shown = text(conformance.run(conformance.reference(), areas=["codes"]))
    >>> shown.splitlines()[-1]
    'conforms; no recommended case failed'

    Args:
        report: what a run found.
        language: ``"vi"`` or ``"en"``.
        rules: count each rule, too.
        every_failure: list all that did not pass, not the first fifty.

    Raises:
        InvalidValueError: no report, or another language.
    """
    ensure_report(report)
    words = {key: word.in_(language) for key, word in _WORDS.items()}
    lines = [*_about(report, words, language), ""]
    heads = [words["verdict"], *(OUTCOMES[each].in_(language) for each in CaseOutcome), words["not_asked"]]
    table = [[words["area"], *heads, words["recommended"]]]
    for area in report.by_area():
        table.append([line(area.area), *_row(area, language)])
        table += [[f"  {line(each.operation)}", *_row(each, language)] for each in area.operations]
    lines += [*columns(table, left=2), ""]
    if rules:
        table = [[words["rule"], *heads[1:-1], words["recommended"]]]
        for rule in report.by_rule():
            name = line(f"{rule.area}/{rule.rule}")
            table.append([name, *_cells(rule.required, language), _of(rule.recommended, language)])
        lines += [*columns(table, left=1), ""]
    wrong = [*report.failed, *report.declined]
    # What decides comes first, and a wrong answer before none.
    wrong.sort(key=lambda each: (not each.counts, each.outcome is CaseOutcome.DECLINED))
    shown = wrong if every_failure else wrong[:_SHOWN]
    for result in shown:
        lines += _told(result, words, language)
    if len(wrong) > len(shown):
        lines.append(words["more"].format(number(len(wrong) - len(shown)).in_(language)))
    return "\n".join([*lines, f"{VERDICTS[report.verdict].in_(language)}; {recommended_text(report).in_(language)}"])


def _about(report: Report, words: dict[str, str], language: Language) -> Iterator[str]:
    """Yield who was tested, against what, by whom and when."""
    yield f"{build_of(report.implementation)} · {words['suite']} {line(report.suite)} {short(report.suite_digest)}"
    more = [f"{words['tables']} {short(report.tables_digest)}", build_of(report.library)]
    if report.profile is not None:
        more.insert(0, f"{words['profile']} {line(str(report.profile))} {short(report.profile.digest)}")
    if report.made_at is not None:
        more.append(moment_text(report.made_at.replace(microsecond=0)).in_(language))
    if report.seed is not None:
        more.append(f"{words['seed']} {report.seed}")
    yield " · ".join(more)


def _row(of: AreaResult | OperationResult, language: Language) -> list[str]:
    verdict, missing = VERDICTS[of.verdict].in_(language), number(of.not_asked).in_(language)
    return [verdict, *_cells(of.required, language), missing, _of(of.recommended, language)]


def _cells(counts: Counts, language: Language) -> list[str]:
    each = (counts.passed, counts.failed, counts.declined, counts.unsupported)
    return [number(count).in_(language) for count in each]


def _of(counts: Counts, language: Language) -> str:
    if not counts.total:
        return "–"
    passed, total = number(counts.passed).in_(language), number(counts.total).in_(language)
    return f"{passed}/{total}"


def columns(rows: Sequence[Sequence[str]], *, left: int) -> Iterator[str]:
    """Yield the lines of a table: the first *left* columns begin, the others end, beneath each other."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (
            cell.ljust(width) if place < left else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        yield "  ".join(cells).rstrip()


def _told(result: CaseResult, words: dict[str, str], language: Language) -> Iterable[str]:
    marks = [words["recommended"]] if result.level is CaseLevel.RECOMMENDED else []
    marks += [OUTCOMES[result.outcome].in_(language)] if result.outcome is CaseOutcome.DECLINED else []
    marks += [words["disputed"]] if result.disputed is not None else []
    level = f" ({'; '.join(marks)})" if marks else ""
    # Cases are described in English; to a reader of Vietnamese their id and what is wrong must do.
    told = f": {line(result.description)}" if language == "en" and result.description else ""
    yield f"{_SIGNS[result.outcome]} {line(result.case)}{level}{told}"
    if reason := reason_of(result).in_(language):
        yield f"    {reason}"


def changes_text(comparison: Comparison, *, language: Language = "en") -> str:
    """Return what differs between two reports: verdicts first, then a line a case. What lost ground has a sign.

    Raises:
        InvalidValueError: not what :func:`~onestop_core.conformance.compare` finds, or another language.
    """
    if not isinstance(comparison, Comparison):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidValueError.of("comparison", comparison, vi="kết quả so sánh", en="a comparison")
    words = {key: word.in_(language) for key, word in _WORDS.items()}
    lines: list[str] = []
    for verdict in comparison.verdicts:
        old = words["new"] if verdict.before is None else VERDICTS[verdict.before].in_(language)
        now = words["gone"] if verdict.after is None else VERDICTS[verdict.after].in_(language)
        lines.append(f"{'✗' if verdict.worse else ' '} {line(verdict.name) or words['whole']}: {old} → {now}")
    for change in comparison.changes:
        old = words["new"] if change.before is None else OUTCOMES[change.before].in_(language)
        now = words["gone"] if change.after is None else OUTCOMES[change.after].in_(language)
        marks = f" ({words['recommended']})" if change.level is CaseLevel.RECOMMENDED else ""
        reason = f": {line(change.reason.in_(language))}" if change.reason else ""
        lines.append(f"{'✗' if change.worse else ' '} {line(change.case)}{marks}  {old} → {now}{reason}")
    return "\n".join(lines) or words["same"]
