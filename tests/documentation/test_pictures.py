"""The pictures on the pages are what the library draws today; each is well-formed, told in words, and loads nothing."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

from tests.documentation.pictures import FOLDER, pictures

ROOT = Path(__file__).parents[2]
PICTURES = pictures()
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SHOWN = re.compile(r'!\[(?P<alt>[^\]]*)\]\((?P<path>[^)\s]+)\)|<img src="(?P<source>[^"]+)" alt="(?P<words>[^"]*)"')


def test_no_picture_is_missing_or_left_over() -> None:
    assert {path.name for path in FOLDER.iterdir()} == set(PICTURES)


@pytest.mark.parametrize("name", sorted(PICTURES))
def test_a_picture_is_what_the_library_draws(name: str) -> None:
    # If this fails: python -m tests.documentation.pictures, and look at what has changed.
    assert (FOLDER / name).read_text(encoding="utf-8") == PICTURES[name]
    root = ET.fromstring(PICTURES[name])
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert root.find("{http://www.w3.org/2000/svg}title") is not None
    assert not re.search(r"https?://(?!www\.w3\.org)|<script|@import|url\(", PICTURES[name])


def test_every_picture_on_a_page_is_there_and_told_in_words() -> None:
    shown: set[str] = set()
    for page in PAGES:
        for found in SHOWN.finditer(page.read_text(encoding="utf-8")):
            target, words = found["path"] or found["source"], found["alt"] or found["words"] or ""
            if "://" not in target:
                assert (page.parent / target).is_file(), f"{page.name}: {target}"
            assert len(words.split()) >= 2, f"{page.name}: {target} says nothing to who cannot see it"
            shown.add(Path(target).name)
    assert {
        "year.svg",
        "due.svg",
        "scorecard.svg",
        "annex.svg",
        "lifecycle-decree-118-2025-amended-309-2026.svg",
    } <= shown
