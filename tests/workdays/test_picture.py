"""The picture of a year: what it shows, held against the days themselves."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest

from onestop_core.errors import CalendarCoverageError, InvalidValueError
from onestop_core.workdays import Calendar, calendar, render
from tests.workdays.test_decisions import NATIONAL, decision, off

if TYPE_CHECKING:
    from onestop_core.text import Language

NS = "{http://www.w3.org/2000/svg}"
KINDS = {
    "public holiday, Tết": "h",
    "day in lieu": "l",
    "swapped day off": "s",
    "make-up working day": "w",
    "day off of an agency or province": "o",
}


def picture(cal: Calendar, year: int, language: Language = "en") -> ET.Element:
    return ET.fromstring(render.svg(cal, year, language=language))


def marked(root: ET.Element) -> list[tuple[str, int, str]]:
    """Return (look, day of the month, told) of each day that is marked."""
    found: list[tuple[str, int, str]] = []
    for group in root.iter(f"{NS}g"):
        told, path, text = (group.find(f"{NS}{tag}") for tag in ("title", "path", "text"))
        if told is not None and path is not None and text is not None:
            found.append((path.get("class") or "", int(text.text or ""), told.text or ""))
    return found


def legend(root: ET.Element) -> dict[str, str]:
    groups = [group for group in root.iter(f"{NS}g") if group.find(f"{NS}title") is None]
    return {
        (group.findtext(f"{NS}text") or ""): (path.get("class") or "")
        for group in groups
        if (path := group.find(f"{NS}path")) is not None
    }


def test_2026_is_marked_as_it_was_announced() -> None:
    root = picture(NATIONAL, 2026)
    by_look: dict[str, list[int]] = {}
    for look, day, _ in marked(root):
        by_look.setdefault(look, []).append(day)
    assert by_look == {"h": [1, 16, 17, 18, 19, 20, 26, 30, 1, 1, 2, 24], "s": [2, 31], "w": [10, 22], "l": [27]}
    assert legend(root) == {name: look for name, look in KINDS.items() if look in by_look}
    assert root.get("aria-label", "").startswith("2026: 249 working days (vn-civil). Thu 2026-01-01: New Year's Day; ")
    assert root.findtext(f"{NS}title") == "2026: 249 working days (vn-civil)"
    assert "predicted" not in ET.tostring(root, encoding="unicode")


def test_every_day_stands_under_its_weekday() -> None:
    numbers = [text for text in picture(NATIONAL, 2027).iter(f"{NS}text") if (text.text or "").isdigit()]
    assert len(numbers) == 365
    places: dict[int, set[str]] = {}
    ends = [date(2027, 1, 1).toordinal() + n for n in range(365)]
    for text, ordinal in zip(numbers, ends, strict=True):
        day = date.fromordinal(ordinal)
        assert int(text.text or "") == day.day
        places.setdefault((day.month - 1) % 3 * 7 + day.weekday(), set()).add(text.get("x") or "")
    assert all(len(across) == 1 for across in places.values())
    assert [float(next(iter(places[n]))) for n in range(21)] == sorted(float(next(iter(places[n]))) for n in range(21))


def test_what_is_predicted_has_a_broken_line_and_says_so() -> None:
    root = picture(NATIONAL, 2030, "vi")
    assert {look for look, _, _ in marked(root)} == {"h p", "l p"}
    assert all(told.endswith("(dự kiến)") for _, _, told in marked(root))
    assert "dự kiến" in (root.findtext(f"{NS}title") or "")
    assert "viền đứt: dự kiến, chưa có thông báo" in {text.text for text in root.iter(f"{NS}text")}
    assert "Tháng 12" in {text.text for text in root.iter(f"{NS}text")}


def test_local_days_have_shapes_of_their_own_and_names_are_only_words() -> None:
    name = "</title><script>alert(1)</script>\x1b[31m"
    local = NATIONAL.with_decisions(
        decision(
            days_off=[{**off("2026-10-09"), "name": {"vi": name}}, off("2026-10-12")],
            makeup_workdays=[{"date": "2026-10-17", "replaces": "2026-10-09", "basis": "d", "name": {"vi": "Bù"}}],
        )
    )
    drawn = render.svg(local, 2026)
    root = ET.fromstring(drawn)
    assert [
        (look, day)
        for look, day, told in marked(root)
        if told.startswith(("Fri 2026-10", "Mon 2026-10", "Sat 2026-10"))
    ] == [("o", 9), ("o", 12), ("w", 17)]
    assert set(legend(root).values()) >= {"o", "w"}
    assert "<script" not in drawn
    assert "\x1b" not in drawn


def test_shapes_differ_and_so_do_colours_by_day_and_by_night() -> None:
    local = NATIONAL.with_decisions(decision())
    drawn = render.svg(local, 2026)
    root = ET.fromstring(drawn)
    shapes = {path.get("class"): path.get("d") for path in root.iter(f"{NS}path")}
    assert len(set(shapes.values())) == len(shapes)
    day, night = (root.findtext(f"{NS}style") or "").split("@media screen and (prefers-color-scheme:dark)")
    for rules in (day, night):
        colours = [re.search(rf"path\.{look}{{fill:(#\w+)", rules) for look in "hlswo"]
        assert len({found[1] for found in colours if found}) == 5
    assert " id=" not in drawn


def test_what_cannot_be_drawn_is_refused() -> None:
    wrong: Any = "fr"
    with pytest.raises(InvalidValueError, match="vi or en"):
        render.svg(NATIONAL, 2026, language=wrong)
    with pytest.raises(CalendarCoverageError):
        render.svg(calendar("vn-civil", predicted="refuse"), 2030)
