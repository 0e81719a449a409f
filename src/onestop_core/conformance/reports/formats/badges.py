"""A report in the least space: a badge, as JSON for a service that draws it and as a picture of its own; a table in Markdown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from onestop_core.conformance.reports.formats.saying import (
    VERDICTS,
    build_of,
    decides,
    ensure_report,
    in_area,
    reason_of,
    recommended_text,
    short,
    verdict_text,
)
from onestop_core.conformance.reports.results import Verdict
from onestop_core.text import Text, number, safe
from onestop_core.text.pages import element

if TYPE_CHECKING:
    from onestop_core.conformance.reports.report import Report
    from onestop_core.text import Language

__all__ = ["badge", "badge_svg", "markdown"]

_COLOURS: Final = {
    Verdict.CONFORMS: ("brightgreen", "#1a7f37"),
    Verdict.FAILS: ("red", "#b42318"),
    Verdict.PARTIAL: ("yellow", "#8a5a00"),
    Verdict.UNSUPPORTED: ("lightgrey", "#5a5f66"),
    Verdict.NOTHING_DEMANDED: ("lightgrey", "#5a5f66"),
}
"""What services call them, and shades on which white letters are read."""
_LISTED: Final = 20
_WORDS: Final = {
    "area": Text(vi="lĩnh vực", en="area"),
    "verdict": Text(vi="kết luận", en="verdict"),
    "passed": Text(vi="bắt buộc: đạt", en="required: passed"),
    "failed": Text(vi="không đạt", en="failed"),
    "declined": Text(vi="không trả lời", en="declined"),
    "unsupported": Text(vi="không hỗ trợ", en="unsupported"),
    "recommended": Text(vi="khuyến nghị: đạt", en="recommended: passed"),
    "suite": Text(vi="Bộ ca kiểm thử", en="Suite"),
    "more": Text(vi="… và {} ca khác.", en="… and {} more."),
}


def badge(report: Report, *, area: str | None = None, language: Language = "en") -> dict[str, Any]:
    """Return the badge as services that draw badges take it (the endpoint of shields.io).

    >>> from onestop_core import conformance
    >>> badge(conformance.run(conformance.reference(), areas=["codes"]))
    {'schemaVersion': 1, 'label': 'onestop', 'message': 'conforms', 'color': 'brightgreen'}

    Args:
        report: what a run found.
        area: the verdict on this one; None: on what was demanded.
        language: ``"vi"`` or ``"en"``.

    Raises:
        InvalidValueError: no report, no such area in it, or another language.
    """
    ensure_report(report)
    verdict, label = in_area(report, area)
    message = VERDICTS[verdict].in_(language)
    return {"schemaVersion": 1, "label": label, "message": message, "color": _COLOURS[verdict][0]}


def badge_svg(report: Report, *, area: str | None = None, language: Language = "en") -> str:
    """Return the badge as an SVG picture that needs nothing else; its words are there for who cannot see it.

    >>> from onestop_core import conformance
    >>> picture = badge_svg(conformance.run(conformance.reference(), areas=["codes"]), area="codes", language="vi")
    >>> 'aria-label="onestop codes: phù hợp"' in picture
    True

    Raises:
        InvalidValueError: no report, no such area in it, or another language.
    """
    ensure_report(report)
    verdict, label = in_area(report, area)
    message = VERDICTS[verdict].in_(language)
    said = f"{label}: {message}"
    left, right = _width(label), _width(message)
    box = {"height": "20", "y": "0"}
    letters = {"y": "14", "fill": "#fff"}
    root = element(
        "svg",
        element("title", said),
        element("rect", x="0", width=str(left), fill="#3b3f45", **box),
        element("rect", x=str(left), width=str(right), fill=_COLOURS[verdict][1], **box),
        element(
            "g",
            # The length is set: a reader's own font neither runs over the edge nor leaves a gap.
            element("text", label, x="6", textLength=str(left - 12), **letters),
            element("text", message, x=str(left + 6), textLength=str(right - 12), **letters),
            font_family="Verdana, DejaVu Sans, sans-serif",
            font_size="11",
        ),
        xmlns="http://www.w3.org/2000/svg",
        width=str(left + right),
        height="20",
        viewBox=f"0 0 {left + right} 20",
        role="img",
        aria_label=said,
        lang=language,
    )
    return safe.markup(ET.tostring(root, encoding="unicode")) + "\n"


def _width(words: str) -> int:
    return 12 + 7 * len(words)


def markdown(report: Report, *, language: Language = "en") -> str:
    """Return the verdict and the areas in Markdown, and the first cases on which the verdict fails.

    >>> from onestop_core import conformance
    >>> print(markdown(conformance.run(conformance.reference(), areas=["codes"])).splitlines()[4])
    | area | verdict | required: passed | failed | declined | unsupported | recommended: passed |

    Raises:
        InvalidValueError: no report, or another language.
    """
    ensure_report(report)
    words = {key: word.in_(language) for key, word in _WORDS.items()}

    def row(*cells: str) -> str:
        return f"| {' | '.join(cells)} |"

    def count(of: int) -> str:
        return number(of).in_(language)

    about = f"{build_of(report.implementation)} · {words['suite']} {report.suite} {short(report.suite_digest)}"
    lines = [
        f"**{safe.markdown(verdict_text(report).in_(language))}**",
        "",
        safe.markdown(f"{about} · {recommended_text(report).in_(language)}"),
        "",
        row(*(words[key] for key in list(_WORDS)[:7])),
        "|---|---|--:|--:|--:|--:|--:|",
    ]
    for area in report.by_area():
        must, may = area.required, area.recommended
        lines.append(
            row(
                safe.markdown(area.area),
                VERDICTS[area.verdict].in_(language),
                f"{count(must.passed)}/{count(must.total)}",
                *map(count, (must.failed, must.declined, must.unsupported)),
                f"{count(may.passed)}/{count(may.total)}",
            )
        )
    wrong = [each for each in (*report.failed, *report.declined) if decides(report, each)]
    if wrong:
        lines.append("")
    lines += [
        f"* {safe.markdown(each.case)}: {safe.markdown(reason_of(each).in_(language))}" for each in wrong[:_LISTED]
    ]
    if len(wrong) > _LISTED:
        lines += ["", words["more"].format(count(len(wrong) - _LISTED))]
    return "\n".join(lines)
