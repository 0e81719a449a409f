"""Pages that exist in Vietnamese keep in step with the English ones: sections, code, tables, options, figures and links."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import pytest

from tests.documentation.twins import DOCS, compare, english, figures, known, name, rewritten, sections, twins

if TYPE_CHECKING:
    from pathlib import Path

TWINS: Final = twins()
ENGLISH_ONLY: Final[dict[str, str]] = {
    "how-to/assistants": "for developers who set up a server for an assistant",
}
"""Pages for offices, integrators and newcomers that have no Vietnamese twin, each with the reason."""
IN_BOTH: Final = (
    "index.md",
    "tutorials/*.md",
    "how-to/*.md",
    "explanation/errors.md",
    "explanation/evidence.md",
    "explanation/kinds-of-late.md",
    "explanation/new-decree.md",
    "explanation/which-day.md",
    "reference/command-line.md",
)
"""Which pages exist in both languages; the rest of the reference and of the explanations is for developers."""


def words(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def wanted() -> set[str]:
    pages = {page for pattern in IN_BOTH for page in DOCS.glob(pattern) if not page.name.endswith(".vi.md")}
    return {page.relative_to(DOCS).as_posix().removesuffix(".md") for page in pages}


def test_every_page_that_an_office_reads_exists_in_both_languages() -> None:
    there = {name(page) for page in TWINS}
    assert wanted() - there == set(ENGLISH_ONLY), "write the Vietnamese page, or say in ENGLISH_ONLY why there is none"
    assert all(ENGLISH_ONLY.values())


@pytest.mark.parametrize("page", TWINS, ids=name)
def test_both_pages_have_the_same_sections_code_tables_options_figures_and_links(page: Path) -> None:
    here, there = words(page), words(english(page))
    for each in (here, there):
        assert each.count("```") % 2 == 0
    assert compare(here, there) == []
    assert f"]({english(page).name})" in here.split("\n## ", 1)[0]
    assert f"]({page.name})" in there.split("\n## ", 1)[0]


@pytest.mark.parametrize("page", TWINS, ids=name)
def test_no_section_was_rewritten_in_english_since_it_was_translated(page: Path) -> None:
    # Read the section in both languages, mend the Vietnamese, then: python -m tests.documentation.twins --read
    assert rewritten(words(english(page)), known().get(name(page), [])) == []


@pytest.mark.parametrize("page", sorted(DOCS.rglob("*.vi.md")), ids=lambda page: page.name)
def test_a_page_leads_to_pages_that_are_there_and_to_the_vietnamese_where_there_is_one(page: Path) -> None:
    for target in re.findall(r"\]\(([^)#:]+\.md)", words(page)):
        assert (page.parent / target).is_file(), target
        twin = (page.parent / target).with_name(target.rsplit("/", 1)[-1].replace(".md", ".vi.md"))
        assert target.endswith(".vi.md") or twin == page or not twin.is_file(), f"{target} exists in Vietnamese"


PAGE: Final = """# Days

Five days, `--limit` 12, until 17 November 2026: [more](quote.md).

## Table

| a | b |
|---|---|
| `one` | 1,200 |

* an item

```python
x = 1
```
"""
TRANSLATED: Final = """# Ngày

05 ngày, `--limit` 12, đến ngày 17/11/2026: [đọc thêm](quote.vi.md).

## Bảng

| a | b |
|---|---|
| `one` | 1.200 |

* một mục

```python
x = 1
```
"""


def test_a_translation_in_step_is_left_alone() -> None:
    assert compare(TRANSLATED, PAGE) == []


@pytest.mark.parametrize(
    ("was", "becomes", "told"),
    [
        ("## Table", "### Table", "sections"),
        ("## Table\n", "## Table\n\n## Another\n", "sections"),
        ("x = 1", "x = 2", "block 1 is not the English one"),
        ("```python\nx = 1\n```\n", "", "blocks of code"),
        ("| `one` | 1,200 |\n", "| `one` | 1,200 |\n| `two` | 2 |\n", "lines of tables"),
        ("| `one`", "| `two`", "line 3 of tables"),
        ("1,200", "1,300", "line 3 of tables: figures"),
        ("--limit", "--hours", "as code has"),
        ("12,", "13,", "figures"),
        ("Five", "Six", "figures"),
        ("17 November", "18 November", "figures"),
        ("quote.md", "annex.md", "leads to"),
        ("* an item", "* an item\n* another", "is made of"),
        ("quote.md).\n", "quote.md).\n\nAnother word.\n", "is made of"),
    ],
)
def test_what_changes_in_english_alone_is_seen(was: str, becomes: str, told: str) -> None:
    assert was in PAGE
    found = compare(TRANSLATED, PAGE.replace(was, becomes, 1))
    assert any(told in each for each in found), found


@pytest.mark.parametrize(
    ("typed", "same"),
    [
        ("```console\n$ onestop due --limit 5\nFriday\n```", "```console\n$ onestop --lang vi due --limit 5\nthứ Sáu\n```"),
        ("```text\nonestop due --limit TEXT   how long\n```", "```text\nonestop due --limit CHỮ   bao lâu\n```"),
        ("`onestop due --limit TEXT`", "`onestop due --lang vi --limit CHỮ`"),
        ("`onestop check commune.json`", "`onestop --lang vi check danh-muc.json`"),
    ],
)  # fmt: skip
def test_a_console_speaks_the_language_of_its_page(typed: str, same: str) -> None:
    assert compare(f"# A\n\n{same}\n", f"# A\n\n{typed}\n") == []
    assert compare(f"# A\n\n{same.replace('due', 'kpi').replace('check', 'diff')}\n", f"# A\n\n{typed}\n") != []
    assert (
        "--limit" not in typed or compare(f"# A\n\n{same.replace('--limit', '--hours')}\n", f"# A\n\n{typed}\n") != []
    )


def test_a_sentence_that_changes_is_seen_and_a_line_broken_elsewhere_is_not() -> None:
    read = [each.said for each in sections(PAGE)]
    assert rewritten(PAGE.replace("until 17", "until\n17"), read) == []
    assert rewritten(PAGE.replace("an item", "an entry"), read) == ["Table"]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("1,234.5 and 17.68%", "en", {"1234.5", "17.68"}),
        ("1.234,5 và 17,68%", "vi", {"1234.5", "17.68"}),
        ("from 05 to 7", "en", {"5", "7"}),
        ("ngày 06/09/2014", "vi", {"6", "9", "2014"}),
        ("6 September 2014", "en", {"6", "9", "2014"}),
        ("art. 19(4) of Decree 61/2018/NĐ-CP", "en", {"19", "4", "61", "2018"}),
        ("version 1.2.3 of Python 3.11", "vi", {"1.2.3", "3.11"}),
        ("at 15:00, 07:30", "en", {"15", "7", "30"}),
        ("letter 10065/VPCP-KGVX, UTF-8, Biểu số II.06a/VPCP/KSTT", "en", {"10065", "6"}),
    ],
)
def test_figures_are_the_same_in_both_languages(text: str, language: str, found: set[str]) -> None:
    assert figures(text, language) == found
