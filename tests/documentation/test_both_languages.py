"""Pages that exist in Vietnamese keep in step with the English ones: the same sections, the same code, each naming the other."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.DOTALL | re.MULTILINE)
PAIRS = sorted(path for path in (DOCS / "how-to").glob("*.vi.md"))
CATALOGUES = {
    "annex", "catalogue", "continuous-checks", "editor", "exchange", "from-the-portal", "life-events", "overlays", "quote",
}  # fmt: skip


def english(page: Path) -> Path:
    return page.with_name(page.name.replace(".vi.md", ".md"))


def words(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def test_every_page_about_catalogues_exists_in_both_languages() -> None:
    assert {page.name.removesuffix(".vi.md") for page in PAIRS} >= CATALOGUES
    assert all(english(page).is_file() for page in PAIRS)


@pytest.mark.parametrize(
    "page", [page for page in PAIRS if page.name.removesuffix(".vi.md") in CATALOGUES], ids=lambda page: page.name
)
def test_both_pages_have_the_same_sections_and_the_same_code(page: Path) -> None:
    here, there = words(page), words(english(page))
    for each in (here, there):
        assert each.count("```") % 2 == 0
    sections = [
        [len(mark) for mark in re.findall(r"^(#+) ", BLOCK.sub("", each), re.MULTILINE)] for each in (here, there)
    ]
    assert sections[0] == sections[1]
    blocks, others = BLOCK.findall(here), BLOCK.findall(there)
    assert [kind for kind, _ in blocks] == [kind for kind, _ in others]
    # A console speaks the language of its page.
    assert [code for kind, code in blocks if kind != "console"] == [code for kind, code in others if kind != "console"]
    assert f"]({english(page).name})" in here.split("\n## ", 1)[0]
    assert f"]({page.name})" in there.split("\n## ", 1)[0]


@pytest.mark.parametrize("page", PAIRS, ids=lambda page: page.name)
def test_a_page_links_to_pages_that_are_there(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+\.md)", words(page)):
        assert (page.parent / target).is_file(), target
