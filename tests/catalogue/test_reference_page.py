"""The reference page lists the rules as they are."""

from __future__ import annotations

from pathlib import Path

from onestop_core import catalogue

PAGE = Path(__file__).parents[2] / "docs" / "reference" / "catalogue-rules.md"


def test_the_table_gives_each_rule_as_it_is() -> None:
    rows = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("| [`")]
    anchors = [rule.id.removeprefix("catalogue/") for rule in catalogue.RULES]
    assert rows == [
        f"| [`{rule.id}`](#{anchor}) | {rule.severity} | {rule.title.en} | {rule.basis.cite().en + ' ' if rule.basis else ''}|"
        for rule, anchor in zip(catalogue.RULES, anchors, strict=True)
    ]


def test_each_rule_has_a_section_with_an_example() -> None:
    sections = PAGE.read_text(encoding="utf-8").split("\n## ")[1:]
    assert [section.partition("\n")[0] for section in sections] == [
        rule.id.removeprefix("catalogue/") for rule in catalogue.RULES
    ]
    for section, rule in zip(sections, catalogue.RULES, strict=True):
        assert "```python" in section
        assert rule.severity in section
