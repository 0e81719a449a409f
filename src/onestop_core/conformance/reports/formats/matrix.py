"""Several reports side by side: areas and operations against implementations, and the cases on which they differ."""

from __future__ import annotations

import string
from typing import TYPE_CHECKING, Any, Final

from onestop_core.conformance.fields import members
from onestop_core.conformance.reports.formats.page_parts import STYLE, Sheet
from onestop_core.conformance.reports.formats.page_words import WORDS
from onestop_core.conformance.reports.formats.plain import columns
from onestop_core.conformance.reports.formats.saying import OUTCOMES, VERDICTS, build_of, short
from onestop_core.conformance.reports.report import Report
from onestop_core.conformance.suites import suite
from onestop_core.errors import InvalidValueError
from onestop_core.text import moment_text, pages
from onestop_core.text.pages import element
from onestop_core.text.safe import line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import datetime
    from xml.etree.ElementTree import Element

    from onestop_core.conformance.reports.results import AreaResult, CaseResult, Counts, OperationResult
    from onestop_core.conformance.values import CaseOutcome
    from onestop_core.text import Language, Text

__all__ = ["matrix_html", "matrix_text", "notices"]

_MOST: Final = len(string.ascii_uppercase)
_SHOWN: Final = 50


def matrix_text(reports: Iterable[Report], *, language: Language = "en", every_difference: bool = False) -> str:
    """Return *reports* side by side as plain text: verdicts by area and operation, then the cases that differ.

    >>> from onestop_core import conformance
    >>> one = conformance.run(conformance.reference(), areas=["codes"])
    >>> print(matrix_text([one, one]).splitlines()[-1])
    No case came out differently.

    Args:
        reports: two to twenty-six of them.
        language: ``"vi"`` or ``"en"``.
        every_difference: list all cases that differ, not the first fifty.

    Raises:
        InvalidValueError: not so many reports, or another language.
    """
    return "\n".join(_Matrix(reports, language).lines(_SHOWN if not every_difference else None))


def matrix_html(reports: Iterable[Report], *, language: Language = "vi") -> str:
    """Return *reports* side by side as one HTML page.

    >>> from onestop_core import conformance
    >>> one = conformance.run(conformance.reference(), areas=["codes"])
    >>> "No case came out differently" in matrix_html([one, one], language="en")
    True

    Args:
        reports: two to twenty-six of them.
        language: ``"vi"`` or ``"en"``.

    Raises:
        InvalidValueError: not so many reports, or another language.
    """
    return _Matrix(reports, language).page()


def notices(reports: Iterable[Report]) -> tuple[Text, ...]:
    """Return what keeps *reports* from being compared as they stand: other suites, law tables, demands or seeds.

    >>> from onestop_core import conformance
    >>> one = conformance.run(conformance.reference(), areas=["codes"])
    >>> notices([one, one])
    ()

    Raises:
        InvalidValueError: one of them is no report.
    """
    found = members("reports", Report, reports)
    asked: Mapping[str, set[Any]] = {
        "suites_differ": {each.suite_digest for each in found},
        "tables_differ": {each.tables_digest for each in found},
        "profiles_differ": {each.profile or frozenset(each.demanded) for each in found},
        "seeds_differ": {each.seed for each in found},
    }
    return tuple(WORDS[key] for key, told in asked.items() if len(told) > 1)


def _to_seconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


class _Matrix(Sheet):
    """Reports by their letters, and what is told of them in either form."""

    def __init__(self, reports: Iterable[Report], language: Language) -> None:
        super().__init__(language)
        found = members("reports", Report, reports)
        if not 2 <= len(found) <= _MOST:
            raise InvalidValueError.of(
                "reports", len(found), vi=f"từ 2 đến {_MOST} báo cáo", en=f"2 to {_MOST} reports"
            )
        self.reports = dict(zip(string.ascii_uppercase, found, strict=False))
        self.tables = {mark: {area.area: area for area in each.by_area()} for mark, each in self.reports.items()}
        self.titles = {area.name: area.title for area in suite().areas}

    def areas(self) -> list[str]:
        return list(dict.fromkeys(area for table in self.tables.values() for area in table))

    def operations(self, area: str) -> list[str]:
        found = (each.operation for table in self.tables.values() if area in table for each in table[area].operations)
        return list(dict.fromkeys(found))

    def of_area(self, area: str) -> list[AreaResult | None]:
        return [table.get(area) for table in self.tables.values()]

    def of_operation(self, area: str, operation: str) -> list[OperationResult | None]:
        return [
            None if row is None else next((each for each in row.operations if each.operation == operation), None)
            for row in self.of_area(area)
        ]

    def differences(self) -> list[tuple[CaseResult, list[CaseOutcome | None]]]:
        """Return the cases whose outcome is not the same in all reports that have them, required ones first."""
        results = [{each.case: each for each in report.results} for report in self.reports.values()]
        found: list[tuple[CaseResult, list[CaseOutcome | None]]] = []
        for case in dict.fromkeys(name for table in results for name in table):
            told = [table[case] for table in results if case in table]
            if len({each.outcome for each in told}) > 1:
                # A dispute may be told in one report only.
                shown = next((each for each in told if each.disputed is not None), told[0])
                found.append((shown, [table[case].outcome if case in table else None for table in results]))
        return sorted(found, key=lambda each: not each[0].counts)

    def counts(self, of: AreaResult | OperationResult) -> str:
        """Return the counts in few signs: required that passed of all, and recommended that passed of all."""
        must, may = self.share(of.required), self.share(of.recommended)
        return f"{must} · {may}" if of.recommended.total else must

    def share(self, counts: Counts) -> str:
        return f"{self.number(counts.passed)}/{self.number(counts.total)}"

    def level(self, of: CaseResult) -> str:
        key = "required_head" if of.level == "required" else "recommended_head"
        said = self.word(key).lower()
        return said if of.disputed is None else f"{said}; {self.word('disputed').lower()}"

    # As text.

    def lines(self, most: int | None) -> Iterator[str]:
        for mark, report in self.reports.items():
            yield f"{mark}  {build_of(report.implementation)}: {self.say(VERDICTS[report.verdict])}"
            yield f"   {' · '.join(self.told(report))}"
        yield from (f"! {self.say(notice)}" for notice in notices(self.reports.values()))
        yield ""
        rows = [[f"{self.word('area')}, {self.word('operation').lower()}", *self.reports]]
        for area in self.areas():
            rows.append([line(area), *map(self.cell, self.of_area(area))])
            rows += [
                [f"  {line(each)}", *map(self.cell, self.of_operation(area, each))] for each in self.operations(area)
            ]
        yield from columns(rows, left=len(rows[0]))
        yield self.word("shares")
        yield ""
        yield from self.differing(most)

    def told(self, report: Report) -> Iterator[str]:
        yield f"{self.word('suite')}: {line(report.suite)} {short(report.suite_digest)}"
        if report.profile is not None:
            yield f"{self.word('profile')}: {line(str(report.profile))} {short(report.profile.digest)}"
        if report.made_at is not None:
            yield self.say(moment_text(_to_seconds(report.made_at)))

    def cell(self, of: AreaResult | OperationResult | None) -> str:
        return "–" if of is None else f"{self.say(VERDICTS[of.verdict])} {self.counts(of)}"

    def differing(self, most: int | None) -> Iterator[str]:
        found = self.differences()
        if not found:
            yield self.word("differences_none")
            return
        yield f"{self.word('differences')}: {self.number(len(found))}"
        rows = [[self.word("case"), self.word("level"), *self.reports]]
        rows += [[line(each.case), self.level(each), *map(self.outcome, row)] for each, row in found[:most]]
        yield from columns(rows, left=len(rows[0]))
        if len(rows) <= len(found):
            yield self.word("more").format(self.number(len(found) - len(rows) + 1))

    def outcome(self, of: CaseOutcome | None) -> str:
        return self.word("absent") if of is None else self.say(OUTCOMES[of])

    # As a page.

    def page(self) -> str:
        title = self.word("matrix")
        told = (element("p", self.say(notice), class_="notice") for notice in notices(self.reports.values()))
        header = element("header", element("h1", title), *told)
        main = element("main", self.legend_table(), self.area_table(), self.difference_table())
        foot = element("footer", element("p", self.word("not_law"), class_="quiet"))
        return pages.page(title, [header, main, foot], style=STYLE, language=self.language)

    def legend_table(self) -> Element:
        keys = ("mark", "implementation", "made_at", "suite", "suite_digest", "profile", "report_digest", "verdict")
        rows: list[Element] = []
        for mark, report in self.reports.items():
            made, profile = report.made_at, report.profile
            cells = [
                element("th", mark, scope="row"),
                element("td", build_of(report.implementation)),
                element("td", self.word("no_moment") if made is None else self.say(moment_text(_to_seconds(made)))),
                element("td", line(report.suite)),
                element("td", self.code(short(report.suite_digest)), class_="digest"),
                element("td", self.word("no_profile") if profile is None else line(str(profile))),
                element("td", self.code(short(report.digest)), class_="digest"),
                element(
                    "td", self.sign(report.verdict), self.say(VERDICTS[report.verdict]), class_=report.verdict.value
                ),
            ]
            rows.append(element("tr", *cells))
        return self.section("reports", self.table(self.word("reports"), [self.word(key) for key in keys], rows))

    def area_table(self) -> Element:
        rows: list[Element] = []
        for area in self.areas():
            title = element("span", self.say(self.titles[area]), class_="title") if area in self.titles else None
            name = element("th", self.code(area), title, scope="row")
            rows.append(element("tr", name, *map(self.verdict_cell, self.of_area(area)), class_="area"))
            for each in self.operations(area):
                name = element("th", self.code(each), scope="row", class_="inner")
                rows.append(element("tr", name, *map(self.verdict_cell, self.of_operation(area, each))))
        heads = [f"{self.word('area')}, {self.word('operation').lower()}", *self.reports]
        told = element("p", self.word("shares"), class_="quiet")
        return self.section("areas", told, self.table(self.word("areas"), heads, rows))

    def verdict_cell(self, of: AreaResult | OperationResult | None) -> Element:
        if of is None:
            return element("td", self.word("absent"), class_="zero")
        counts = element("span", self.counts(of), class_="reason")
        return element("td", self.sign(of.verdict), self.say(VERDICTS[of.verdict]), counts, class_=of.verdict.value)

    def difference_table(self) -> Element:
        found = self.differences()
        told = element("p", self.word("differences_told" if found else "differences_none"), class_="quiet")
        if not found:
            return self.section("differences", told, count=0)
        rows = [
            element(
                "tr",
                element("th", self.code(each.case), self.english(each.description, "description"), scope="row"),
                element("td", self.level(each)),
                *map(self.outcome_cell, row),
            )
            for each, row in found
        ]
        heads: Sequence[str] = [self.word("case"), self.word("level"), *self.reports]
        return self.section("differences", told, self.table(self.word("differences"), heads, rows), count=len(found))

    def outcome_cell(self, of: CaseOutcome | None) -> Element:
        return element("td", self.outcome(of), class_="bad" if of == "failed" else "")
