"""Lines and columns: against a reader that goes through the text character by character and keeps them all."""

from __future__ import annotations

import json
import unicodedata
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.errors import InvalidDocumentError, Problem
from onestop_core.rules.reading import positions as module
from onestop_core.rules.reading.documents import json_path, parse_json
from onestop_core.rules.reading.positions import Position, locate, positions
from onestop_core.text import Text


class SlowReader:
    """Reads JSON by hand and notes where each value begins."""

    def __init__(self, text: str) -> None:
        self.text, self.at, self.line, self.column = text, 0, 1, 1
        self.places: dict[str, Position] = {}
        self.space()
        self.value(())

    def take(self) -> str:
        character = self.text[self.at]
        self.at += 1
        self.line, self.column = (self.line + 1, 1) if character == "\n" else (self.line, self.column + 1)
        return character

    def space(self) -> None:
        while self.at < len(self.text) and self.text[self.at] in " \t\r\n":
            self.take()

    def string(self) -> str:
        begin = self.at
        self.take()
        while self.text[self.at] != '"':
            if self.take() == "\\":
                self.take()
        self.take()
        return str(json.loads(self.text[begin : self.at]))

    def value(self, place: tuple[str | int, ...]) -> None:
        self.places[json_path(place)] = Position(line=self.line, column=self.column)
        first = self.text[self.at]
        if first == '"':
            self.string()
        elif first in "{[":
            self.take()
            self.space()
            index = 0
            while self.text[self.at] not in "]}":
                step: str | int = index
                if first == "{":
                    step = self.string()
                    self.space()
                    self.take()
                    self.space()
                self.value((*place, step))
                self.space()
                if self.text[self.at] == ",":
                    self.take()
                    self.space()
                index += 1
            self.take()
        else:
            while self.at < len(self.text) and self.text[self.at] not in ",]} \t\r\n":
                self.take()


WORDS = st.text(st.sampled_from('a"\\/\n\té\u0301đ😀 .[]{}:,'), max_size=6)
DOCUMENTS = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | WORDS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(WORDS, inner, max_size=4),
    max_leaves=20,
)
LAYOUT = st.lists(st.sampled_from(["", " ", "\t", "\n", "\r\n", "  \n\t"]), min_size=1, max_size=6)


def spaced(document: Any, layout: list[str], *, plain: bool) -> str:
    """Write *document* with *layout* between its parts, in turn."""
    turn = iter(range(10**6))

    def gap() -> str:
        return layout[next(turn) % len(layout)]

    def write(node: Any) -> str:
        if isinstance(node, dict):
            members = (
                f"{gap()}{json.dumps(key, ensure_ascii=plain)}{gap()}:{gap()}{write(child)}{gap()}"
                for key, child in node.items()
            )
            return "{" + (",".join(members) or gap()) + "}"
        if isinstance(node, list):
            return "[" + (",".join(f"{gap()}{write(child)}{gap()}" for child in node) or gap()) + "]"
        return json.dumps(node, ensure_ascii=plain)

    return gap() + write(document) + gap()


@given(DOCUMENTS, LAYOUT, st.booleans(), st.data())
def test_each_place_is_where_a_slow_reader_saw_it(
    document: Any, layout: list[str], plain: bool, data: st.DataObject
) -> None:
    text = spaced(document, layout, plain=plain)
    expected = SlowReader(text).places
    assert positions(text, expected) == expected
    some = data.draw(st.sets(st.sampled_from(sorted(expected))))
    assert positions("\ufeff" + text, some) == {path: expected[path] for path in some}


def test_columns_count_characters() -> None:
    decomposed = unicodedata.normalize("NFD", "ế")
    text = f'{{\t"{decomposed}😀": 1, "a":\r\n\t"b"}}'
    found = positions(text, [json_path((decomposed + "😀",)), "$.a"])
    assert [str(at) for at in found.values()] == ["1:11", "2:2"]


def test_of_a_repeated_key_the_last_counts() -> None:
    assert positions('{"a": {"b": 1},\n"a": [2]}', ["$.a", "$.a.b", "$.a[0]"]) == {
        "$.a": Position(line=2, column=6),
        "$.a[0]": Position(line=2, column=7),
    }


@pytest.mark.parametrize("text", ["", "{", '{"a"', '{"a":', '{"a":1', '{"a":1,}', '{"a":1 "b"}', "{1:2}", "[1,", "nul"])
def test_no_json_is_no_error(text: str) -> None:
    assert "$" in positions(text, ["$", "$.a", "$.b.c", "$[0]", "$[1]", "nonsense"])


@given(st.text(st.sampled_from('{}[]",:\\ \n1a'), max_size=30))
def test_whatever_the_text_nothing_is_raised(text: str) -> None:
    assert set(positions(text, ["$", "$.a", '$["1"].a', "$[0][0]"])) >= {"$"}


def test_what_stands_before_the_fault_is_found() -> None:
    deep = '{"a": 1, "b": ' + "[" * 100_000
    assert set(positions(deep, ["$.a", "$.b", "$.c"])) == {"$.a", "$.b"}


def placed(content: bytes) -> list[tuple[str, str]]:
    with pytest.raises(InvalidDocumentError) as caught:
        parse_json(content)
    found = locate(content, caught.value.problems)
    return [(problem.rule, str(found[problem])) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b'{"a": 1,\r\n  "b": }', [("json/syntax", "2:8")]),
        (b'\xef\xbb\xbf{"a" 1}', [("json/syntax", "1:6")]),
        (b'{"a":\n "\xe1\xbb\x87\xff"}', [("json/encoding", "2:4")]),
        (b'\xef\xbb\xbf{"\xff', [("json/encoding", "1:3")]),
        ('{"a": 1}'.encode("utf-16"), [("json/encoding", "1:1")]),
        (b'{"a": 1,\n "b": {"c": 2, "c": NaN}}', [("json/duplicate-key", "2:7"), ("json/not-a-number", "2:21")]),
        (b'{"a": [1e999999999,\n' + b"9" * 5000 + b"]}", [("json/number-too-long", at) for at in ("1:8", "2:1")]),
        (b"[" * 100_000, [("json/too-deep", "1:1")]),
    ],
    ids=["syntax", "bom", "byte", "byte after bom", "utf-16", "constant", "numbers", "deep"],
)
def test_faults_of_the_text_itself_have_a_place(content: bytes, expected: list[tuple[str, str]]) -> None:
    assert placed(content) == expected


def test_what_cannot_be_placed_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    problem = Problem(path="$.x", rule="json/syntax", text=Text(vi="x", en="x"))
    assert locate(b'{"a": 1}', [problem]) == {}
    assert locate(b"", []) == {}
    monkeypatch.setattr(module, "MAX_BYTES", 3)
    assert locate(b'{"x": 1}', [problem]) == {}
