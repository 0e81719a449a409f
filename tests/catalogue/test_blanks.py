"""What is blank says nothing: found in every text of a document, so that what loads can be written to tables."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import catalogue
from onestop_core.errors import InvalidDocumentError
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure, text
from tests.catalogue.overlays import local, national

BLANKS = {
    "a blank": " ",
    "blanks": "   ",
    "no-break space": "\u00a0",
    "ideographic space": "\u3000",
    "zero-width space": "\u200b",
    "zero-width joiner between blanks": " \u200d ",
    "byte order mark": "\ufeff",
    "line feeds": "\n\n",
    "tab": "\t",
    "soft hyphen": "\u00ad",
    "direction mark": "\u202e",
    "word joiner": "\u2060",
    "filler letter": "\u3164",
    "braille blank": "\u2800",
    "variation selector": "\ufe0f",
}


def blank_places(raw: Any) -> list[str]:
    return [problem.path for problem in catalogue.check(raw) if problem.rule == "catalogue/blank-text"]


@pytest.mark.parametrize("blank", BLANKS.values(), ids=BLANKS)
def test_a_blank_name_is_an_error(blank: str) -> None:
    assert blank_places(document(procedure(name={"vi": blank, "en": "x"}))) == ["$.procedures[0].name.vi"]
    with pytest.raises(InvalidDocumentError):
        catalogue.load(document(procedure(name={"vi": blank, "en": "x"})))


@pytest.mark.parametrize(
    ("part", "place"),
    [
        ({"authority": {"name": {"vi": " ", "en": "x"}}}, "authority.name.vi"),
        ({"papers": [{"name": {"vi": "x", "en": "\u00a0"}, "originals": 1, "copies": 0}]}, "papers[0].name.en"),
        ({"notes": [{"vi": "\u200b"}]}, "notes[0].vi"),
        ({"decision": {"number": "  "}}, "decision.number"),
        ({"other_names": {"fr": " "}}, "other_names.fr"),
        ({"contacts": [{"name": text("x"), "phone": " "}]}, "contacts[0].phone"),
    ],
)
def test_whatever_text_it_is(part: dict[str, Any], place: str) -> None:
    assert blank_places(document(procedure(**part))) == [f"$.procedures[0].{place}"]


def test_in_overlays_too() -> None:
    found = catalogue.overlay.check(national(), local(notes=[{"vi": " \n"}]))
    assert [(problem.rule, problem.path) for problem in found] == [
        ("catalogue/blank-text", "$.procedures[0].notes[0].vi")
    ]


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_what_loads_can_be_written_to_tables(words: str) -> None:
    raw = document(procedure(name={"vi": words, "en": words}))
    refused = any(problem.severity == "error" for problem in catalogue.check(raw))
    assert refused or catalogue.tables.not_in_tables(catalogue.load(raw)) == ()


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P"]), min_size=1))
def test_words_are_never_blank(words: str) -> None:
    assert blank_places(document(title={"vi": f" {words}1", "en": words + "!"})) == []
