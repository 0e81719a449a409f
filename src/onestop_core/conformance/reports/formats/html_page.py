"""A report as one HTML page for those who decide: who was tested, by what, what came of it, and every failure with its ground.

It loads nothing and runs nothing, is read without colour, on a phone, in the dark and on paper, and escapes whatever
an adapter has said of itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.conformance.reports.formats.grounds import Ground, by_ground
from onestop_core.conformance.reports.formats.page_parts import STYLE, Sheet
from onestop_core.conformance.reports.formats.saying import (
    OUTCOMES,
    VERDICTS,
    ensure_report,
    profile_title,
    reason_of,
    recommended_text,
    verdict_text,
)
from onestop_core.conformance.reports.results import Verdict
from onestop_core.conformance.suites import suite
from onestop_core.conformance.values import CaseLevel, CaseOutcome
from onestop_core.text import day_text, moment_text, pages
from onestop_core.text.pages import Part, element
from onestop_core.text.safe import line

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from xml.etree.ElementTree import Element

    from onestop_core.conformance.reports.report import Report
    from onestop_core.conformance.reports.results import AreaResult, CaseResult, Counts, OperationResult
    from onestop_core.conformance.values import Software
    from onestop_core.text import Language

__all__ = ["html"]


def html(report: Report, *, language: Language = "vi") -> str:
    """Return one HTML page for *report*: identity, verdict, areas, failures, rules, and articles of law.

    >>> from onestop_core import conformance
    >>> page = html(conformance.run(conformance.reference(), areas=["codes"]), language="en")
    >>> page.startswith("<!DOCTYPE html>"), "By article of law" in page, "<script" in page
    (True, True, False)

    Raises:
        InvalidValueError: no report, or another language.
    """
    ensure_report(report)
    return _Page(report, language).page()


_FOOT: Final = """
@page { @bottom-left { content: "%s"; font: 7pt monospace; } @bottom-right { content: counter(page) " / " counter(pages); font: 8pt sans-serif; } }
"""
"""On paper every sheet names the report that it belongs to, so that none is exchanged."""
_SECTIONS: Final[tuple[tuple[str, Callable[[CaseResult], bool]], ...]] = (
    ("failures", lambda each: each.counts and each.outcome is CaseOutcome.FAILED),
    ("declined", lambda each: each.disputed is None and each.outcome is CaseOutcome.DECLINED),
    ("recommended", lambda each: _is_recommended(each) and each.outcome is CaseOutcome.FAILED),
    ("disputed", lambda each: each.disputed is not None),
)
"""Lists of cases: what each takes in."""


def _is_recommended(result: CaseResult) -> bool:
    return result.level is CaseLevel.RECOMMENDED and result.disputed is None


class _Page(Sheet):
    """The parts of the page, in one language."""

    def __init__(self, report: Report, language: Language) -> None:
        super().__init__(language)
        self.report = report
        self.counted_areas = report.by_area()
        self.tells_not_asked = any(area.not_asked for area in self.counted_areas)
        # A report of another edition of the suite is told by its codes, where the words of this one are not its own.
        self.areas = {area.name: area for area in suite().areas}
        self.lists = [(name, [each for each in report.results if takes(each)]) for name, takes in _SECTIONS]

    def page(self) -> str:
        title = f"{self.word('title')}: {line(str(self.report.implementation))}"
        parts = [self.about(), self.by_area(), *(self.cases(name, found) for name, found in self.lists)]
        parts += [self.unsupported(), self.by_rule(), self.by_law()]
        main = element("main", *(part for part in parts if part is not None))
        body = [self.head(), self.contents(main), main, self.foot()]
        return pages.page(title, body, style=STYLE + _FOOT % self.report.digest, language=self.language)

    def head(self) -> Element:
        verdict = self.report.verdict
        return element(
            "header",
            element("p", self.word("title"), class_="kind"),
            element("h1", line(str(self.report.implementation))),
            element(
                "p",
                self.sign(verdict),
                element("strong", self.say(verdict_text(self.report))),
                " ",
                element("span", self.sentence(recommended_text(self.report)), class_="also"),
                class_=f"verdict {verdict.value}",
            ),
        )

    def contents(self, main: Element) -> Element:
        """Return the links to all that the page has."""
        sections = [(part.attrib["id"], part.attrib["aria-label"]) for part in main]
        links = (element("li", element("a", name, href=f"#{mark}")) for mark, name in sections)
        return element("nav", element("ul", *links), aria_label=self.word("contents"))

    def about(self) -> Element:
        report = self.report
        profile = report.profile
        rows: list[tuple[str, Part]] = [
            *self.software(report.implementation, "implementation"),
            ("made_at", self.word("no_moment") if report.made_at is None else self.moment()),
            *self.software(report.library, "runner"),
            ("suite", line(report.suite)),
            ("suite_digest", self.code(report.suite_digest)),
            ("tables_digest", self.code(report.tables_digest)),
        ]
        if profile is None:
            rows.append(("profile", self.word("no_profile")))
        else:
            title = profile_title(report)
            name = line(str(profile))
            rows.append(("profile", name if title is None else f"{self.say(title)} ({name})"))
            rows.append(("profile_digest", self.code(profile.digest)))
        rows += [
            ("demanded", line(", ".join(report.demanded)) or self.word("nothing")),
            ("seed", self.word("no_seed") if report.seed is None else str(report.seed)),
            ("report_digest", self.code(report.digest)),
        ]
        return self.section("about", self.facts([(self.word(key), value) for key, value in rows]))

    def moment(self) -> str:
        made = self.report.made_at
        assert made is not None
        zone = made.strftime("%z")
        return f"{self.say(moment_text(made.replace(microsecond=0)))} (UTC{zone[:3]}:{zone[3:5]})"

    def software(self, of: Software, key: str) -> Iterator[tuple[str, Part]]:
        yield key, line(of.name)
        for more, value in (("version", of.version), ("build", of.build), ("tables", of.tables)):
            if value is not None:
                yield f"{key}_{more}" if more != "tables" else more, line(value)
        if of.command is not None:
            yield "command", self.code(of.command)

    def by_area(self) -> Element:
        groups = [self.area_rows(area) for area in self.counted_areas]
        heads = [self.word("area"), self.word("verdict")]
        return self.section(
            "areas",
            element("p", self.word("levels"), class_="quiet"),
            self.counted(self.word("areas"), heads, groups, not_asked=self.tells_not_asked),
        )

    def area_rows(self, area: AreaResult) -> Sequence[Element]:
        known = self.areas.get(area.area)
        title = None if known is None else element("span", self.say(known.title), class_="title")
        name = element("th", self.code(area.area), title, scope="row", class_="area")
        rows = [element("tr", name, *self.verdict_cells(area), class_="area")]
        for each in area.operations:
            name = element("th", self.code(each.operation), scope="row", class_="inner")
            rows.append(element("tr", name, *self.verdict_cells(each)))
        return rows

    def verdict_cells(self, of: AreaResult | OperationResult) -> Iterator[Element]:
        yield element("td", self.sign(of.verdict), self.say(VERDICTS[of.verdict]), class_=of.verdict.value)
        yield from self.count_cells(of.required, of.recommended, of.not_asked if self.tells_not_asked else None)

    def cases(self, name: str, found: Sequence[CaseResult]) -> Element | None:
        """Return the list of *found*; a list that tells something by being empty is there all the same."""
        if not found and name in {"declined", "disputed"}:
            return None
        told = element("p", self.word(f"{name}_none" if not found else f"{name}_told"), class_="quiet")
        groups: dict[tuple[str, str], list[CaseResult]] = {}
        for each in found:
            groups.setdefault((each.area, each.operation), []).append(each)
        parts: list[Part] = []
        for (area, operation), results in groups.items():
            head = f"{line(area)} · {line(operation)} ({self.number(len(results))})"
            parts += [element("h3", head), *map(self.case, results)]
        return self.section(name, told, *parts, count=len(found))

    def case(self, result: CaseResult) -> Element:
        head = element(
            "summary",
            self.code(result.case),
            self.english(result.description, "description"),
            element("span", self.say(reason_of(result)), class_="reason"),
        )
        return element("details", head, self.facts(self.told(result)), class_=result.outcome.value)

    def told(self, result: CaseResult) -> Iterator[tuple[str, Part]]:
        """Yield the question, both answers, the ground, and how to ask again."""
        yield self.word("outcome"), self.say(OUTCOMES[result.outcome])
        if result.input is not None:
            yield self.word("input"), self.json(result.input)
            right = self.json(result.expected) if result.refused is None else self.refusal(result.refused)
            yield self.word("expected"), right
        if result.answered:
            yield self.word("got"), self.json(result.got)
        if result.got_refused is not None:
            yield self.word("got"), self.refusal(result.got_refused)
        if result.fault is not None:
            yield self.word("got"), self.word("no_answer")
        yield self.word("proved"), self.listed(self.rule(result.area, rule) for rule in result.rules)
        yield self.word("basis"), self.listed(map(self.ground, result.basis))
        if result.disputed is not None:
            since = self.say(day_text(result.disputed.since))
            yield self.word("disputed_since"), f"{since}: {line(self.say(result.disputed.why))}"
        if result.milliseconds is not None:
            yield self.word("time"), f"{self.number(result.milliseconds)} ms"
        yield self.word("again"), self.code(f"onestop conformance show {result.case}")

    def refusal(self, code: str) -> Element:
        said = self.word("any_refusal") if code == "any" else f"{self.word('refusal')}: "
        return element("span", said, None if code == "any" else self.code(code))

    def rule(self, area: str, code: str) -> str:
        known = self.areas.get(area)
        title = None if known is None else known.rules.get(code)
        return line(code) if title is None else f"{self.say(title)} ({line(code)})"

    def ground(self, basis: str) -> str:
        ground = Ground.of(basis)
        return f"{line(self.say(ground.text))} ({self.say(ground.evidence)})"

    def unsupported(self) -> Element | None:
        rows = [
            element("tr", element("th", self.code(each.operation), scope="row"), *self.lacking(each))
            for area in self.counted_areas
            for each in area.operations
            if each.verdict is Verdict.UNSUPPORTED
        ]
        if not rows:
            return None
        heads = [self.word("operation"), self.word("area"), self.word("cases")]
        return self.section(
            "unsupported",
            element("p", self.word("unsupported_told"), class_="quiet"),
            self.table(self.word("unsupported"), heads, rows, numbers=1),
            count=len(rows),
        )

    def lacking(self, of: OperationResult) -> Iterator[Element]:
        yield element("td", self.code(of.area))
        yield element("td", self.number(of.required.total + of.recommended.total), class_="n")

    def by_rule(self) -> Element:
        groups: dict[str, list[Element]] = {}
        for each in self.report.by_rule():
            name = element("th", self.rule(each.area, each.rule), scope="row", class_="inner")
            row = element("tr", name, *self.count_cells(each.required, each.recommended))
            groups.setdefault(each.area, [self.group(each.area)]).append(row)
        return self.section(
            "rules",
            element("p", self.word("counted_each"), class_="quiet"),
            self.counted(self.word("rules_section"), [self.word("rule")], list(groups.values())),
        )

    def group(self, area: str) -> Element:
        known = self.areas.get(area)
        title = None if known is None else element("span", self.say(known.title), class_="title")
        return element("tr", element("th", self.code(area), title, colspan="7", scope="rowgroup"), class_="area")

    def by_law(self) -> Element:
        rows = [
            element(
                "tr",
                element("th", line(self.say(each.ground.text)), scope="row"),
                element("td", self.say(each.ground.evidence)),
                *self.count_cells(each.required, each.recommended),
            )
            for each in by_ground(self.report.results)
        ]
        heads = [self.word("ground"), self.word("evidence")]
        return self.section(
            "law",
            element("p", self.word("counted_each"), class_="quiet"),
            self.counted(self.word("law"), heads, [rows]),
        )

    def count_cells(self, required: Counts, recommended: Counts, not_asked: int | None = None) -> Iterator[Element]:
        rest = required.declined, required.unsupported, *(() if not_asked is None else (not_asked,))
        for count, mark in ((required.passed, ""), (required.failed, " bad"), *((each, "") for each in rest)):
            yield self.count(count, mark)
        yield self.count(recommended.passed, " edge")
        yield self.count(recommended.failed, "")

    def foot(self) -> Element:
        return element(
            "footer",
            element("p", self.word("not_law"), class_="quiet"),
            element("p", self.word("verify"), class_="quiet"),
            element(
                "div",
                element("p", self.word("signed_by_tester")),
                element("p", self.word("signed_by_maker")),
                class_="signed",
            ),
        )
