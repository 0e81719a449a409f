"""Documents from outside: what is not plain bounded JSON is refused, each place at once."""

from __future__ import annotations

import json
from collections import UserDict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.errors import InvalidDocumentError, Problem
from onestop_core.rules import documents
from onestop_core.rules.documents import inspect, json_path, parse_json, read_json
from onestop_core.text import Text

if TYPE_CHECKING:
    from pathlib import Path


def refused(content: str | bytes) -> list[tuple[str, str]]:
    with pytest.raises(InvalidDocumentError) as caught:
        parse_json(content, source="hostile.json")
    assert caught.value.source == "hostile.json"
    return [(problem.path, problem.rule) for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("content", "found"),
    [
        ('{"a": 1, "a": 2}', [("$", "json/duplicate-key")]),
        ('{"x": [{"a": 1, "b": 2, "b": 3, "a": 4}]}', [("$.x[0]", "json/duplicate-key")] * 2),
        ('{"fee": NaN, "n": [Infinity, -Infinity]}', [(p, "json/not-a-number") for p in ("$.fee", "$.n[0]", "$.n[1]")]),
        ('{"n": 1e999999999}', [("$.n", "json/number-too-long")]),
        ('{"n": 1e-999999999}', [("$.n", "json/number-too-long")]),
        ('{"n": 1e9999999999999999999}', [("$.n", "json/number-too-long")]),
        ('{"n": -1.5E-99999999999999999999}', [("$.n", "json/number-too-long")]),
        ('{"n": 0.0e99999999999999999999}', [("$.n", "json/number-too-long")]),
        (f'{{"n": {"9" * 5000}}}', [("$.n", "json/number-too-long")]),
        (f'{{"n": 0.{"9" * 5000}}}', [("$.n", "json/number-too-long")]),
        ('{"s": "\\ud800", "\\udfff": 1}', [("$", "json/unicode"), ("$.s", "json/unicode")]),
        ("[" * 100_000, [("$", "json/too-deep")]),
        ("[" * 70 + "]" * 70, [("$[0][0][0][0]", "json/too-deep")]),
        ('{"a": }', [("$", "json/syntax")]),
        ("", [("$", "json/syntax")]),
        (b"\xff\xfe{\x00}\x00", [("$", "json/encoding")]),
    ],
)
def test_what_is_not_plain_bounded_json_is_refused_with_its_places(
    content: str | bytes, found: list[tuple[str, str]]
) -> None:
    assert refused(content) == found


def test_a_syntax_error_names_line_and_column() -> None:
    with pytest.raises(InvalidDocumentError, match="not JSON at line 2, column 9"):
        parse_json('{"a": 1,\n "b":   }')


@pytest.mark.parametrize(
    ("content", "vi", "en"),
    [
        ("", "tài liệu rỗng", "the document is empty"),
        (" \n\t", "tài liệu rỗng", "the document is empty"),
        ("a: 1", "đây là YAML", "this is YAML"),
        ("# x\n\n  - level: commune", "đây là YAML", "this is YAML"),
        ("%YAML 1.2\n---\n{}", "đây là YAML", "this is YAML"),
        ("{'a': 1}", "ở dòng 1, cột 2: cần tên thuộc tính trong dấu ngoặc kép", "at line 1, column 2: Expecting"),
        ('{"a" 1}', "ở dòng 1, cột 6: thiếu dấu hai chấm", "at line 1, column 6: Expecting"),
        ('["\t"]', "ở dòng 1, cột 3: chuỗi chứa ký tự điều khiển", "at line 1, column 3: Invalid"),
        ("{} {}", "ở dòng 1, cột 4: thừa nội dung sau tài liệu", "at line 1, column 4: Extra data"),
        ('["abc', "ở dòng 1, cột 2: chuỗi chưa đóng ngoặc kép", "at line 1, column 2: Unterminated"),
    ],
)
def test_a_syntax_error_is_said_in_both_languages(content: str, vi: str, en: str) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        parse_json(content)
    (problem,) = caught.value.problems
    assert (vi in problem.text.vi, en in problem.text.en) == (True, True)
    assert "Expecting" not in problem.text.vi


def test_a_message_of_the_parser_that_we_do_not_know_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(text: str, **_: object) -> None:
        raise json.JSONDecodeError("Something new", text, 0)

    monkeypatch.setattr(json, "loads", refuse)
    with pytest.raises(InvalidDocumentError) as caught:
        parse_json("[1]")
    assert caught.value.problems[0].text == Text(
        vi="không phải JSON ở dòng 1, cột 1", en="not JSON at line 1, column 1: Something new"
    )


def test_numbers_stay_exact() -> None:
    document = parse_json('{"rate": 0.1, "fee": 50000, "edge": 1e40}')
    assert document == {"rate": Decimal("0.1"), "fee": 50_000, "edge": Decimal("1e40")}
    assert parse_json("9" * 40) == int("9" * 40)
    assert refused("9" * 41) == [("$", "json/number-too-long")]
    assert refused("1e41") == [("$", "json/number-too-long")]


def test_a_byte_order_mark_is_accepted_in_bytes_and_in_text() -> None:
    assert parse_json(b"\xef\xbb\xbf[1]") == parse_json("\ufeff[1]") == [1]


def test_a_document_over_the_limit_is_not_even_parsed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(documents, "MAX_BYTES", 4)
    assert parse_json("1234") == 1234
    assert refused("12345") == [("$", "json/too-large")]
    big = tmp_path / "big.json"
    big.write_text("12345")
    with pytest.raises(InvalidDocumentError, match=r"big\.json"):
        read_json(big)


def test_a_small_graph_that_unfolds_into_an_enormous_one_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "MAX_NODES", 1000)
    laughs: list[Any] = []
    for _ in range(30):
        laughs = [laughs, laughs]
    assert [problem.rule for problem in inspect(laughs)] == ["json/too-large"]
    assert inspect([0] * 999) == ()
    assert [problem.rule for problem in inspect([0] * 1000)] == ["json/too-large"]


def test_a_cycle_is_too_deep_not_endless() -> None:
    cycle: dict[str, Any] = {}
    cycle["self"] = cycle
    assert [problem.rule for problem in inspect(cycle)] == ["json/too-deep"]


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (float("nan"), "json/not-a-number"),
        (float("inf"), "json/not-a-number"),
        (10**40, "json/number-too-long"),
        (-(10**40), "json/number-too-long"),
        (object(), "json/type"),
        (b"bytes", "json/type"),
        ({1, 2}, "json/type"),
        ({3: "x"}, "json/key"),
        ("\udc80", "json/unicode"),
    ],
)
def test_python_values_that_json_lacks_are_found(value: object, rule: str) -> None:
    assert [problem.rule for problem in inspect({"here": [value]})] == [rule]
    assert inspect({"here": [value]})[0].path == "$.here[0]"


def test_plain_python_values_pass() -> None:
    plain = {"a": (1, -1), "b": [Decimal("1.5"), 0.5, True, None, "x", 10**40 - 1], "c": UserDict({"d": 1})}
    assert inspect(plain) == ()


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=20,
)


@given(JSON)
def test_plain_json_is_read_as_the_standard_library_reads_it(document: object) -> None:
    text = json.dumps(document)
    assert parse_json(text) == parse_json(text.encode()) == json.loads(text)


@given(st.binary(max_size=200) | st.text(max_size=200))
def test_whatever_arrives_is_read_or_refused(content: bytes | str) -> None:
    problems: tuple[Problem, ...] | None = None
    try:
        document = parse_json(content)
    except InvalidDocumentError as error:
        problems = error.problems
    else:
        assert inspect(document) == ()
    assert problems != ()


@pytest.mark.parametrize(
    ("parts", "path"),
    [
        ((), "$"),
        (("procedures", 3, "code"), "$.procedures[3].code"),
        (("a b", "c"), '$["a b"].c'),
        (("tên",), '$["tên"]'),
        (('q"',), '$["q\\""]'),
        (("\ud800",), '$["\\\\ud800"]'),
    ],
)
def test_json_path(parts: tuple[str | int, ...], path: str) -> None:
    assert json_path(parts) == path


def test_a_very_long_key_is_cut_in_the_path() -> None:
    assert len(json_path(("k " * 1000,))) < 80


def test_order_of_findings_is_the_order_of_the_document() -> None:
    found = inspect({"b": float("nan"), "a": [float("nan"), {"z": float("nan")}], "c": float("nan")})
    assert [problem.path for problem in found] == ["$.b", "$.a[0]", "$.a[1].z", "$.c"]


LINES = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), min_size=1)
TREES = st.recursive(
    LINES | st.integers(-5, 5) | st.none(), lambda inner: st.lists(inner) | st.dictionaries(LINES, inner)
)


def spoken(node: Any) -> list[str]:
    """The texts of a document."""
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return [node] if isinstance(node, str) else [text for child in children for text in spoken(child)]


def named(node: Any) -> set[str]:
    """The keys of a document."""
    children = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    return {*(node if isinstance(node, dict) else ()), *(key for child in children for key in named(child))}


@given(TREES)
def test_every_text_is_shown_part_by_part_and_then_each_key_once(document: Any) -> None:
    shown: list[str] = []
    assert documents.is_plain(document, each=shown.append)
    *parts, keys = shown
    assert sorted(line for part in parts for line in part.split("\n") if line) == sorted(spoken(document))
    assert sorted(line for line in keys.split("\n") if line) == sorted(named(document))


@pytest.mark.parametrize("document", [{"\udc80": 1}, {"a": [{"b": {"\udc80": 1}}]}, [["\udc80"]], [[[["\udc80"]]]]])
def test_broken_unicode_is_never_plain(document: Any) -> None:
    assert not documents.is_plain(document)


def test_what_is_only_like_the_types_of_json_is_not_surely_plain() -> None:
    class Word(str):
        __slots__ = ()

    unsure: list[Any] = [(1,), {"a": (1,)}, UserDict(), {Word("a"): 1}, [Word("a")], {1: 2}, 10**40, float("inf")]
    for document in unsure:
        assert not documents.is_plain(document)
    assert documents.is_plain({"a": [Decimal("1.5"), 0.5, True, None, "x", 10**40 - 1, 1 - 10**40]})


@pytest.mark.parametrize(
    ("number", "rule"),
    [
        ("NaN", "json/not-a-number"),
        ("sNaN", "json/not-a-number"),
        ("-Infinity", "json/not-a-number"),
        ("1e999999", "json/number-too-long"),
        ("1e-41", "json/number-too-long"),
    ],
)
def test_a_decimal_that_no_document_could_hold_is_refused(number: str, rule: str) -> None:
    assert [(p.path, p.rule) for p in inspect({"n": [Decimal(number)]})] == [("$.n[0]", rule)]
    assert inspect([Decimal("1e40"), Decimal("-0"), Decimal("0.1")]) == ()


def test_a_mapping_that_cannot_be_read_is_no_type_of_json() -> None:
    class Broken(UserDict[str, int]):
        def items(self) -> Any:
            raise RuntimeError

    assert [(p.path, p.rule) for p in inspect({"a": Broken(x=1)})] == [("$.a", "json/type")]
