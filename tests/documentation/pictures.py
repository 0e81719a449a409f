"""The pictures of the pages, made by the library: ``python -m tests.documentation.pictures`` writes them anew."""

from __future__ import annotations

import re
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from onestop_core import catalogue, deadlines, dossier, kpi, workdays
from onestop_core.deadlines import TimeLimit

if TYPE_CHECKING:
    from onestop_core.text import Language

FOLDER: Final = Path(__file__).parents[2] / "docs" / "_static" / "pictures"
LANGUAGES: Final[tuple[Language, ...]] = ("en", "vi")
_COUNTS: Final = {"2.1": (528_684, 597_918), "5.2": (296, 570), "5.3": (230, 570)}


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def _due(received: str, limit: str, *pauses: tuple[str, str], **more: Any) -> deadlines.Deadline:
    return deadlines.due(
        _moment(received),
        TimeLimit.parse(limit),
        calendar=workdays.calendar("vn-civil", as_of=date(2026, 11, 26)),
        pauses=[(_moment(first), _moment(last)) for first, last in pauses],
        explain=True,
        **more,
    )


def sheet(page: str, width: int, height: int, told: str) -> str:
    """Return the top of a *page* that the library wrote as a picture of that size: HTML inside of SVG, which browsers draw."""
    style = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)[0]
    body = re.findall(r"<body>.*</body>", page, re.DOTALL)[0].replace(
        "<body>", '<body xmlns="http://www.w3.org/1999/xhtml">'
    )
    body = re.sub(r"<(col|br)\b([^>]*)>", r"<\1\2/>", body).replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" ')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" role="img" '
        f'aria-label="{told}"><title>{told}</title><style>{style} body {{ margin: 1rem; max-width: none; }}</style>'
        f'<rect width="{width}" height="{height}" fill="#fff"/>'
        f'<foreignObject width="{width}" height="{height}">{body}</foreignObject>'
        f'<rect x=".5" y=".5" width="{width - 1}" height="{height - 1}" fill="none" stroke="#999"/></svg>\n'
    )


def pictures() -> dict[str, str]:
    """Return each picture by the name of its file."""
    civil = workdays.calendar("vn-civil", as_of=date(2026, 11, 26))
    drawn: dict[str, str] = {}
    for language in LANGUAGES:
        end = "" if language == "en" else ".vi"
        drawn[f"year{end}.svg"] = workdays.render.svg(civil, 2026, language=language)
        drawn[f"year-predicted{end}.svg"] = workdays.render.svg(civil, 2030, language=language)
        for name, answer in {
            "due": _due("2026-02-12T09:30", "5 working days"),
            "due-waiting": _due("2026-03-02T09:30", "7 working days", ("2026-03-04T10:00", "2026-03-09T10:00")),
            "due-after-hours": _due("2026-03-05T16:10", "2 working days"),
            "due-weekend": _due("2026-03-07T09:00", "2 working days"),
            "due-calendar-days": _due("2026-04-10T09:00", "15 days"),
        }.items():
            drawn[f"{name}{end}.svg"] = answer.to_svg(language=language)
        for edition in ("decree-61-2018", "decree-118-2025", "decree-118-2025-amended-309-2026"):
            drawn[f"lifecycle-{edition}{end}.svg"] = dossier.render.svg(
                dossier.machine(f"vn@{edition}"), language=language
            )
        card = kpi.index("vn-766@portal-2026").score(_COUNTS, level="province")
        drawn[f"scorecard{end}.svg"] = sheet(
            kpi.html_report({None: card}, language=language),
            640,
            600,
            {
                "en": "A scorecard of the service index: points by group and by metric",
                "vi": "Bảng điểm: điểm theo nhóm, theo chỉ số",
            }[language],
        )
    annex = catalogue.annex.html(catalogue.shipped(), procedure="1.004222")
    drawn["annex.svg"] = sheet(annex, 720, 900, "Phụ lục của một quyết định công bố thủ tục")
    return drawn


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, picture in pictures().items():
        (FOLDER / name).write_text(picture, encoding="utf-8")
