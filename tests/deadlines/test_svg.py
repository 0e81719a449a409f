from __future__ import annotations

import itertools
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from onestop_core.deadlines import TimeLimit, due
from tests.deadlines.slow import VIETNAM_2026, at

if TYPE_CHECKING:
    from onestop_core.text import Language

NS = "{http://www.w3.org/2000/svg}"


def picture(limit: str, language: Language) -> ET.Element:
    pauses = [(at("2026-02-24 09:00"), at("2026-02-26 09:00"))]
    deadline = due(at("2026-02-12 09:30"), TimeLimit.parse(limit), calendar=VIETNAM_2026, pauses=pauses)
    return ET.fromstring(deadline.to_svg(language=language))


def signs_of(root: ET.Element) -> list[str]:
    """The shape on each marked day."""
    return [group.find(f"{NS}path").get("d") or "" for group in root.iter(f"{NS}g")]  # type: ignore[union-attr]


def named_signs(root: ET.Element) -> dict[str, str]:
    """What the legend calls each shape: a path of the picture itself, with the text that follows it."""
    children = list(root)
    return {
        one.get("d") or "": two.text or ""
        for one, two in itertools.pairwise(children)
        if one.tag == f"{NS}path" and two.tag == f"{NS}text"
    }


@pytest.mark.parametrize(
    ("language", "title", "signs"),
    [("vi", "Thời hạn 05 ngày làm việc", "hạn trả"), ("en", "Time limit: 5 working days", "due")],
)
def test_the_picture_says_in_words_what_it_shows(language: Language, title: str, signs: str) -> None:
    root = picture("5 working days", language)
    assert root.get("role") == "img"
    assert title in (root.get("aria-label") or "")
    assert not any(element.get("id") for element in root.iter())  # many on one page must not clash
    assert root.findtext(f"{NS}title") == title
    assert "2026" in (root.findtext(f"{NS}desc") or "")
    tips = [group.findtext(f"{NS}title") or "" for group in root.iter(f"{NS}g")]
    assert len(tips) == 19  # 12 February to 2 March, both included
    assert any("Tết & " in tip for tip in tips)
    assert signs in tips[-1]
    marks = signs_of(root)
    named = named_signs(root)
    assert [named[mark] for mark in (marks[0], marks[1], marks[-1])] == [
        {"vi": word[0], "en": word[1]}[language]
        for word in (("tiếp nhận", "received"), ("được tính", "counted"), ("hạn trả", "due"))
    ]
    assert [named[mark] for mark in marks].count({"vi": "chờ", "en": "paused"}[language]) == 2


def test_a_long_period_leaves_out_its_middle() -> None:
    long, short = picture("2 years", "en"), picture("3 months", "vi")
    weeks = [[each for each in root.iter(f"{NS}text") if each.get("class") == "l"] for root in (long, short)]
    assert [len(each) for each in weeks] == [24, 14]
    dots = [
        each for each in long.findall(f"{NS}path") if (each.get("d") or "").count("M") == 3 and each is not long[-2]
    ]
    assert len(dots) == 1
    assert int(long.get("height") or 0) < 1200


def test_a_day_looks_like_the_most_telling_of_what_it_is_and_says_all_of_it() -> None:
    deadline = due(at("2026-03-02 09:00"), TimeLimit.parse("8 working hours"), calendar=VIETNAM_2026)
    root = ET.fromstring(deadline.to_svg())
    named = named_signs(root)
    assert [named[mark] for mark in signs_of(root)] == ["received", "due"]  # both are counted days as well
    tips = [group.findtext(f"{NS}title") or "" for group in root.iter(f"{NS}g")]
    assert all(". counted; " in tip or ": counted; " in tip for tip in tips)


def test_signs_are_drawn_and_no_characters() -> None:
    for language in ("vi", "en"):
        said = "".join(picture("2 years", language).itertext()) + "".join(picture("10 days", language).itertext())
        assert not set(said) & set("●▶★→–‖»⋮")
        assert all(mark.isascii() or mark.isalpha() or mark == "…" for mark in said)


def test_a_long_chain_has_a_short_heading_and_its_whole_name() -> None:
    chain = TimeLimit.parse(" + ".join(["2 working days"] * 6))
    root = ET.fromstring(due(at("2026-03-02 09:00"), chain, calendar=VIETNAM_2026).to_svg())
    heading = root.findtext(f"{NS}text") or ""
    assert heading.endswith("…")
    assert len(heading) == 56
    assert root.findtext(f"{NS}title") == f"Time limit: {chain}"
