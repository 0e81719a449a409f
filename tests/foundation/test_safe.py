"""Text is safe where it goes, whatever was in it, and still says what it said."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.errors import InvalidValueError
from onestop_core.text import safe

if TYPE_CHECKING:
    from collections.abc import Callable

HOSTILE = st.text() | st.lists(
    st.sampled_from(
        ["::", "::error::", "##[", "##vso[", "\n", "\r", "\x1b[31m", "\x9b", "\u202e", "\u2028", "\ud800", "\0", "a", "Đ", " ",
         *"<>&\"'`|*_[](){}#;:\\=+-@,\t$~!"]
    ),
    max_size=8,
).map("".join)  # fmt: skip
WORDS = "Đăng ký thường trú, xã 1/2 – 05 ngày…"


def hidden(words: str, kept: str = "") -> list[str]:
    return [m for m in words if unicodedata.category(m) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"} and m not in kept]


@given(HOSTILE)
def test_a_line_of_a_log_is_one_line_without_commands(words: str) -> None:
    said = safe.line(words)
    assert hidden(said) == []
    assert len(said.splitlines()) <= 1
    assert not said.strip().startswith("::")
    assert "##[" not in said
    assert "##vso[" not in said


@given(HOSTILE)
def test_a_terminal_sees_no_control_but_breaks_and_tabs(words: str) -> None:
    said = safe.terminal(words)
    assert hidden(said, kept="\n\t") == []
    assert [line for line in said.split("\n") if line.strip().startswith("::") or "##[" in line] == []


@given(HOSTILE)
def test_markdown_holds_no_markup(words: str) -> None:
    said = safe.markdown(words)
    assert hidden(said) == []
    plain = said.replace("\\\\", "")
    for position, mark in enumerate(plain):
        if mark in "`*_{}[]<>#+!|~&$":
            assert plain[position - 1] == "\\"


@given(HOSTILE)
def test_mermaid_sees_letters_and_references_only(words: str) -> None:
    said = safe.mermaid(words)
    assert all(mark.isalnum() or mark in " .,-–/…#;" for mark in said)
    # Each semicolon ends a reference, and each # begins one.
    assert said.count("#") == said.count(";")


@given(HOSTILE)
def test_dot_reads_one_quoted_string(words: str) -> None:
    said = safe.dot(words)
    inside = said[1:-1].replace("\\\\", "").replace('\\"', "")
    assert said[0] == said[-1] == '"'
    assert '"' not in inside
    assert "\\" not in inside


@given(HOSTILE)
def test_xml_can_hold_it(words: str) -> None:
    element = ET.Element("a")
    element.text = safe.xml(words)
    read = ET.fromstring(ET.tostring(element, encoding="unicode")).text or ""
    assert read.replace("\r", "\n") == safe.xml(words).replace("\r\n", "\n").replace("\r", "\n")


@given(HOSTILE)
def test_the_guard_of_a_cell_is_taken_away_as_it_was_put(words: str) -> None:
    assert safe.csv_text(safe.csv_cell(words)) == words


@pytest.mark.parametrize("words", ["\t" * 300_000, ";" + " " * 300_000, "'" * 300_000, ";'" * 150_000, ", =" * 100_000])
def test_a_hostile_cell_is_guarded_and_comes_back(words: str) -> None:
    assert safe.csv_text(safe.csv_cell(words)) == words


PLACES: list[Callable[[str], str]] = [
    safe.terminal, safe.line, safe.markdown, safe.mermaid, safe.xml, safe.csv_cell, safe.csv_text,
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_vietnamese_is_left_as_it_is(place: Callable[[str], str]) -> None:
    assert place(WORDS) == WORDS
    assert safe.dot(WORDS) == f'"{WORDS}"'


@pytest.mark.parametrize("place", [*PLACES, safe.dot])
@pytest.mark.parametrize("value", [None, 5, b"x", ["x"]])
def test_what_is_no_text_is_refused(place: Callable[[Any], str], value: object) -> None:
    with pytest.raises(InvalidValueError):
        place(value)


def test_hidden_characters_are_shown_by_their_number() -> None:
    assert safe.line("\x07\u202e\U000e0001") == "\\x07\\u202e\\U000e0001"
    assert safe.terminal("a\n::warning::b\n ::x") == "a\n\\x3a:warning::b\n \\x3a:x"
    assert safe.markdown("12. x") == "12\\. x"
