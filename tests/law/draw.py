"""The page of the facts, drawn from their rows: ``python -m tests.law.draw``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tests.law.facts import ROOT, facts

if TYPE_CHECKING:
    from typing import Any

PAGE: Final = ROOT / "docs" / "reference" / "decree-118-facts.md"
_PARTS: Final = {
    "L": "Lifecycle (arts 15 to 24)",
    "C": "Codes",
    "T": "Systems and digitisation (arts 25 to 27)",
    "P": "Papers",
    "O": "Scope and organisation (arts 1 to 10, 13, 14)",
    "H": "People (arts 9 to 12)",
    "E": "Evaluation (arts 29 to 34)",
}
_HEAD: Final = """# Decree 118/2025: every fact, its row and its test

Each fact that was read in Decree 118/2025/NĐ-CP, as amended by Decree 309/2026/NĐ-CP: where it is in the tables or in the code, and which
test tries it; or why it is not built. The facts are restated in our own words and are not the law. Rows are named `table#section/code`, the
tables are under `src/onestop_core/data/vn/`. The page is drawn from `tests/law/decree-118.json` (`python -m tests.law.draw`), and tests hold
each name on it to what is there.
"""


def _cell(fact: dict[str, Any]) -> str:
    parts = [f"`{row}`" for row in (*fact.get("rows", ()), *fact.get("code", ()))]
    parts += [f"[{page.removeprefix('docs/')}](../{page.removeprefix('docs/')})" for page in fact.get("pages", ())]
    if "not_built" in fact:
        parts.append(f"*not built:* {fact['not_built']}")
    return "<br>".join(parts)


def page() -> str:
    """Return the page."""
    lines = [_HEAD]
    for letter, title in _PARTS.items():
        lines += [f"## {title}", "", "| fact | article | what | where | tests |", "|---|---|---|---|---|"]
        for fact in facts():
            if fact["id"][0] == letter:
                tests = "<br>".join(f"`{name.partition('::')[2]}`" for name in fact.get("tests", ())) or "–"
                lines.append(f"| {fact['id']} | {fact['article']} | {fact['fact']} | {_cell(fact)} | {tests} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
