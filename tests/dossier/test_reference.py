"""The reference page lists what the tables say, row by row; a change of a table must change the page."""

from __future__ import annotations

from .reference import PAGE, TABLES, page


def test_the_page_is_that_of_the_tables() -> None:
    assert PAGE.read_text(encoding="utf-8") == page(), "draw it again: python -m tests.dossier.reference"


def test_the_page_names_every_row_of_every_edition() -> None:
    text = PAGE.read_text(encoding="utf-8")
    for table in TABLES:
        states, events, guards = (
            [state.code for state in table.states],
            [event.code for event in table.events],
            [guard.code for guard in table.guards],
        )
        codes = [*states, *events, *guards, *table.parameters, *table.reasons]
        assert [code for code in codes if f"| `{code}`" not in text] == []
        assert f"`{table.reference}`" in text
