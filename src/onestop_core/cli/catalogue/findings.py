"""Findings of ``onestop check`` as lines for people and annotations for GitHub; which of them are listed."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.errors import Problem, Severity
from onestop_core.errors.problem import MORE
from onestop_core.rules.reading.positions import Position
from onestop_core.text import Text, number, safe

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop_core.text import Language

__all__ = ["Finding", "annotation", "line", "listed", "severity_text", "summary", "title_of"]

SUPPRESSED: Final = "catalogue/suppressed"
"""The rule that lists what catalogues accept; named here, since the catalogue is loaded only to check one."""

_FAMILIES: Final = {
    "json/": Text(vi="tệp là JSON thuần", en="the file is plain JSON"),
    "schema/": Text(vi="tài liệu theo đúng lược đồ đã công bố", en="the document holds to the published schema"),
}
_IN_WORDS: Final = {
    Severity.ERROR: Text(vi="lỗi", en="error"),
    Severity.WARNING: Text(vi="cảnh báo", en="warning"),
    Severity.NOTE: Text(vi="ghi chú", en="note"),
}
_GITHUB_LEVEL: Final = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


@attrs.frozen(kw_only=True)
class Finding:
    """A problem in a file."""

    file: str
    problem: Problem
    position: Position | None = None
    """Where in the file; None where unknown."""
    unit: tuple[Text, Text] | None = None
    """The competent authority and the field of the procedure that it is about; None: of the whole document, or not asked for."""
    reason: str | None = None
    """Why the catalogue accepts it; None: it does not."""

    def to_dict(self, language: Language) -> dict[str, Any]:
        """Return the finding in JSON types, its words in *language*."""
        at = self.position
        return {
            "file": self.file,
            "line": at.line if at else None,
            "column": at.column if at else None,
            **self.problem.to_dict(language=language),
        }

    def words(self, language: Language) -> str:
        """Return the message, and the hint in brackets."""
        hint = f" ({self.problem.hint.in_(language)})" if self.problem.hint else ""
        return self.problem.text.in_(language) + hint


def title_of(rule: str) -> Text:
    """Return what a rule asks for.

    >>> title_of("catalogue/no-time-limit").en, title_of("schema/enum").en
    ('a published procedure states its time limit', 'the document holds to the published schema')
    """
    from onestop_core import catalogue  # noqa: PLC0415 - only the command that runs is loaded

    known = {each.id: each.title for each in catalogue.RULES}
    family = rule.partition("/")[0] + "/"
    return known.get(rule) or _FAMILIES.get(family) or Text(vi=rule, en=rule)


def listed(found: Sequence[Finding], *, quiet: bool = False, most: int | None = None) -> tuple[Finding, ...]:
    """Return what is listed of *found*: without notes if *quiet*, at most so many of a rule, and how many more there are.

    >>> problem = Problem(path="$", rule="schema/enum", text=Text(vi="sai", en="wrong"))
    >>> [each.problem.message for each in listed([Finding(file="a.json", problem=problem)] * 3, most=1)]
    ['wrong', 'and 2 more of schema/enum']
    """
    wanted = [each for each in found if not (quiet and each.problem.severity is Severity.NOTE)]
    if most is None:
        return tuple(wanted)
    seen: Counter[str] = Counter()
    kept: list[Finding] = []
    for each in wanted:
        seen[each.problem.rule] += 1
        if seen[each.problem.rule] <= most:
            kept.append(each)
    return (*kept, *(_more(rule, count - most) for rule, count in seen.items() if count > most))


def _more(rule: str, count: int) -> Finding:
    many = number(count)
    vi, en = f"và {many.vi} phát hiện khác theo {rule}", f"and {many.en} more of {rule}"
    return Finding(file="", problem=Problem.at("$", MORE, vi=vi, en=en, severity=Severity.NOTE))


def severity_text(severity: Severity) -> Text:
    """Return the severity in words.

    >>> severity_text(Severity.WARNING).vi
    'cảnh báo'
    """
    return _IN_WORDS[severity]


def line(finding: Finding, language: Language) -> str:
    """Return one line that editors and terminals turn into a link, as compilers write it.

    >>> problem = Problem(path="$.level", rule="schema/enum", text=Text(vi="sai cấp", en="no such level"))
    >>> line(Finding(file="a.json", problem=problem, position=Position(line=3, column=12)), "en")
    'a.json:3:12: $.level: error: no such level [schema/enum]'
    """
    problem = finding.problem
    if not finding.file:
        return safe.line(finding.words(language))
    place = f"{finding.file}:{finding.position}" if finding.position else finding.file
    grave = severity_text(problem.severity).in_(language)
    return safe.line(f"{place}: {problem.path}: {grave}: {finding.words(language)} [{problem.rule}]")


def summary(found: Sequence[Finding], language: Language, *, suppressions: int = 0) -> str:
    """Return how many findings there are of each severity, and how many *suppressions* the catalogues hold.

    >>> summary([], "vi")
    '0 lỗi, 0 cảnh báo, 0 ghi chú'
    >>> summary([], "en", suppressions=2)
    '0 errors, 0 warnings, 0 notes; 2 suppressions, see --select catalogue/suppressed'
    """
    counts = [number(sum(each.problem.severity is severity for each in found)) for severity in Severity]
    errors, warnings, notes = (count.in_(language) for count in counts)
    if language == "vi":
        rest = f"; {suppressions} chỗ bỏ qua có lý do, xem --select {SUPPRESSED}" if suppressions else ""
        return f"{errors} lỗi, {warnings} cảnh báo, {notes} ghi chú{rest}"
    rest = f"; {suppressions} suppressions, see --select {SUPPRESSED}" if suppressions else ""
    return f"{errors} errors, {warnings} warnings, {notes} notes{rest}"


def annotation(finding: Finding, language: Language) -> str:
    """Return the workflow command that shows the finding beside the line in a pull request on GitHub."""

    def escape(text: str) -> str:
        return safe.line(text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A"))

    problem, at = finding.problem, finding.position
    if not finding.file:
        return f"::{_GITHUB_LEVEL[problem.severity]}::{escape(finding.words(language))}"
    # Property values must also hide what separates properties.
    file = escape(finding.file).replace(":", "%3A").replace(",", "%2C")
    place = f",line={at.line},col={at.column}" if at else ""
    message = escape(f"{problem.path}: {finding.words(language)}")
    return f"::{_GITHUB_LEVEL[problem.severity]} file={file}{place},title={escape(problem.rule)}::{message}"
