"""Every link of a page leads somewhere, in a checkout too; `.ci/run` looks at the built site (`python -m tests.documentation.links`)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.documentation.links import ROOT, broken, external, places, written

if TYPE_CHECKING:
    from pathlib import Path

PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize(
    "page", [page for page in PAGES if "_build" not in page.parts], ids=lambda page: page.relative_to(ROOT).as_posix()
)
def test_every_link_of_a_page_leads_somewhere(page: Path) -> None:
    assert list(written(page)) == []


def test_places_are_those_of_the_headings() -> None:
    text = "# A: *b* `c`, d?\n```sh\n# no heading\n```\n## A: *b* `c`, d?\n(named-so)=\n"
    assert places(text) == {"a-b-c-d", "a-b-c-d-1", "named-so"}


def test_what_leads_nowhere_is_found(tmp_path: Path) -> None:
    (tmp_path / "b.html").write_text('<p id="here">', encoding="utf-8")
    (tmp_path / "a.html").write_text(
        '<a href="b.html#here"></a><a href="b.html#there"></a><img src="c.svg"><a href="#x"></a><a href="https://example.org/#y"></a>',
        encoding="utf-8",
    )
    assert broken(tmp_path) == [
        "a.html: b.html#there has no such place",
        "a.html: c.svg is not there",
        "a.html: #x has no such place",
    ]
    assert external(tmp_path) == ["https://example.org/"]
    (tmp_path / "p.md").write_text("[x](q.md) [y](p.md#none) [z](#z) {doc}`r`\n# z\n`[not](a.md)`\n", encoding="utf-8")
    assert list(written(tmp_path / "p.md")) == [
        ("q.md", "is not there"),
        ("p.md#none", "has no such place"),
        ("r.md", "is not there"),
    ]
