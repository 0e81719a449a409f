"""Nothing from outside moves a terminal or is executed by a CI; what JSON says stays what it said."""

from __future__ import annotations

import json
import re
import unicodedata
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.text import safe

COMMAND = re.compile(r"^\s*::|##(?:vso|teamcity)?\[", re.MULTILINE)
HOSTILE = st.text(st.one_of(st.characters(), st.sampled_from(":#[\n\r \t\x1b\x9b\u202e\u2028vso")), max_size=40).map(
    lambda words: words.replace("vso", "##vso[")
)


def hidden(words: str) -> set[str]:
    return {mark for mark in words if unicodedata.category(mark) in {"Cc", "Cf", "Cs", "Co", "Zl", "Zp"}}


@given(HOSTILE)
def test_no_control_and_no_command_comes_through(words: str) -> None:
    assert hidden(safe.line(words)) == set()
    assert hidden(safe.terminal(words)) <= {"\n", "\t"}
    assert COMMAND.search(safe.line(words)) is None
    assert COMMAND.search(safe.terminal(words)) is None


@given(st.recursive(HOSTILE, lambda inner: st.lists(inner) | st.dictionaries(HOSTILE, inner), max_leaves=8))
def test_json_means_the_same(document: object) -> None:
    written = safe.json(json.dumps(document, ensure_ascii=False, indent=2))
    assert json.loads(written) == document
    assert hidden(written) <= {"\n"}
    assert COMMAND.search(written) is None


@given(HOSTILE.map(safe.xml))
def test_markup_means_the_same(words: str) -> None:
    root = ET.Element("a", {"b": words.translate({10: " ", 9: " ", 13: " "})})
    root.text = words.replace("\r", " ")
    written = safe.markup(ET.tostring(root, encoding="unicode"))
    again = ET.fromstring(written)
    assert ((again.text or ""), again.get("b")) == (root.text, root.get("b"))
    assert hidden(written) <= {"\n", "\t"}
    assert COMMAND.search(written) is None


@pytest.mark.parametrize("words", ["Cấp giấy phép", "a: b", "12:30:00", "a::b", "# 1", "[##] x"])
def test_plain_words_stay(words: str) -> None:
    assert safe.line(words) == safe.terminal(words) == safe.json(words) == words


def test_blanks_before_a_command_hide_it_from_nobody() -> None:
    assert safe.terminal("a\n  ::error::b") == "a\n  \\x3a:error::b"
    assert safe.terminal("\n" * 20_000) == "\n" * 20_000
