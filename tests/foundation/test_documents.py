"""Documents from outside: what is not plain bounded JSON is refused, each place at once."""

from __future__ import annotations

import json
from collections import UserDict
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import catalogue
from onestop_core.errors import MAX_PROBLEMS, InvalidDocumentError, InvalidValueError, Problem
from onestop_core.rules.reading import documents, plain
from onestop_core.rules.reading.documents import inspect, json_path, parse_json, read_json
from onestop_core.rules.schema.schemas import check_schema
from onestop_core.text import Text, shown

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
        ('"\\ud800"', [("$", "json/unicode")]),
        ("[" * 100_000, [("$", "json/too-deep")]),
        ("[" * 70 + "]" * 70, [("$[0][0][0][0]", "json/too-deep")]),
        ('{"a": }', [("$", "json/syntax")]),
        ("", [("$", "json/syntax")]),
        (b"\xff\xfe{\x00}\x00", [("$", "json/encoding")]),
        ('"\ud800"', [("$", "json/encoding")]),
        ('["\\u0000", {"\\u0000": 1}]', [("$[0]", "json/unicode"), ("$[1]", "json/unicode")]),
        ("1e9999999999999999999", [("$", "json/number-too-long")]),
        ("-1E+0000009999999999999999999", [("$", "json/number-too-long")]),
        ('{"n": [1e-99999999999999999999]}', [("$.n[0]", "json/number-too-long")]),
        ("1e1000", [("$", "json/number-too-long")]),
        ("NaN", [("$", "json/not-a-number")]),
        ("9" * 41, [("$", "json/number-too-long")]),
        ("[" + "9" * 41 + "]", [("$[0]", "json/number-too-long")]),
        ("[1, " + "-" + "9" * 41 + "]", [("$[1]", "json/number-too-long")]),
        ('{"a": "x", "b": [' + "9" * 5000 + "]}", [("$.b[0]", "json/number-too-long")]),
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


def test_a_syntax_error_is_never_english_in_vietnamese() -> None:
    wrong = [
        "{'a': 1}",
        '{"a" 1}',
        "[1 2]",
        "[1] 2",
        '"a',
        '"\x01"',
        '"\\q"',
        '"\\u12"',
        "[",
        "[1,]",
        '{"a": 1,}',
        "x",
        "",
    ]
    for content in wrong:
        with pytest.raises(InvalidDocumentError) as caught:
            parse_json(content)
        [problem] = caught.value.problems
        assert problem.rule == "json/syntax"
        assert problem.text.vi.split(":")[0] != problem.text.en.split(":")[0]
        assert not {"Expecting", "Invalid", "Extra", "Illegal", "Unterminated"} & set(problem.text.vi.split())


@pytest.mark.parametrize("content", [None, 5, ["[]"], object()])
def test_only_text_and_bytes_are_read(content: Any) -> None:
    with pytest.raises(InvalidValueError, match="content"):
        parse_json(content)
    assert parse_json(bytearray(b"[1]")) == parse_json(memoryview(b"[1]")) == [1]  # type: ignore[arg-type]


@pytest.mark.parametrize("path", ["a\0b", 5, None, b"\0"])
def test_what_no_file_can_be_called_is_refused(path: Any) -> None:
    with pytest.raises(InvalidValueError, match="path"):
        read_json(path)


def test_a_file_that_is_not_there_is_the_error_of_the_system(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        read_json(tmp_path / "no.json")


KEYS = st.sampled_from(["a", "b", ":", "a:b", '"', "\\", ": :", "đ", "😀", "x" * 70])


@st.composite
def texts_with_repeated_keys(draw: st.DrawFn, depth: int = 0) -> str:
    """JSON text, its keys and values full of colons, written plainly or in escapes."""
    ascii_only = draw(st.booleans())

    def said(words: str) -> str:
        written = json.dumps(words, ensure_ascii=ascii_only)
        return written.replace(":", "\\u003a") if draw(st.integers(0, 9)) == 0 else written

    space = draw(st.sampled_from(["", " ", "\n\t"]))
    kind = draw(st.integers(0, 3 if depth < 3 else 1))
    if kind < 2:
        return draw(st.sampled_from(["1", "null", "[]", "{}"])) if kind else said(draw(KEYS))
    inner = texts_with_repeated_keys(depth + 1)
    if kind == 2:
        return "[" + ",".join(draw(st.lists(inner, max_size=3))) + "]"
    members = draw(st.lists(st.tuples(KEYS, inner), max_size=3))
    return "{" + ",".join(f"{space}{said(key)}{space}:{space}{value}" for key, value in members) + "}"


@given(texts_with_repeated_keys())
def test_repeated_keys_are_found_wherever_colons_stand(text: str) -> None:
    repeated: list[str] = []

    def pairs(members: list[tuple[str, Any]]) -> dict[str, Any]:
        keys = [key for key, _ in members]
        repeated.extend(key for key in dict.fromkeys(keys) if keys.count(key) > 1)
        return dict(members)

    document = json.loads(text, object_pairs_hook=pairs)
    found: tuple[Problem, ...] = ()
    try:
        assert parse_json(text) == document
    except InvalidDocumentError as error:
        found = error.problems
    assert {problem.rule for problem in found} <= {"json/duplicate-key"}
    # What stands in a value that was itself replaced is not in the document any more.
    assert bool(found) == bool(repeated)
    assert len(found) <= len(repeated)


@given(st.lists(st.integers(1, 60) | st.just(5000), max_size=6), st.sampled_from(["", "-"]), st.booleans())
def test_numbers_of_more_than_forty_characters_are_found_wherever_they_stand(
    lengths: list[int], sign: str, nested: bool
) -> None:
    numbers = [sign + "7" * length for length in lengths]
    text = "[" + ", ".join(f'{{"x": ["a", {number}]}}' if nested else number for number in numbers) + "]"
    where = ".x[1]" if nested else ""
    long = [f"$[{at}]{where}" for at, length in enumerate(lengths) if length > 40]
    found: tuple[Problem, ...] = ()
    try:
        parse_json(text)
    except InvalidDocumentError as error:
        found = error.problems
    assert [problem.path for problem in found] == long


def test_of_many_problems_the_first_are_listed_and_it_is_said_that_there_are_more() -> None:
    many = "[" + ",".join(["NaN"] * 5000) + "]"
    for most in (MAX_PROBLEMS, 3):
        with pytest.raises(InvalidDocumentError) as caught:
            parse_json(many, most=most)
        problems = caught.value.problems
        assert len(problems) == most + 1
        assert problems[-1].rule == "problems/more"
        assert [problem.path for problem in problems[:3]] == ["$[0]", "$[1]", "$[2]"]
    found = inspect([float("nan")] * 5000)
    assert (len(found), found[-1].rule) == (1001, "problems/more")
    assert len(inspect([float("nan")] * 1000)) == 1000


def test_very_many_repeated_keys_are_only_counted() -> None:
    assert refused("{" + ",".join(['"a": 1'] * 10_000) + "}") == [("$", "json/duplicate-key")]
    assert refused("{" + ",".join(['"a": 1'] * 10_002) + "}") == [("$", "json/duplicate-key")]


def test_very_many_fractions_are_no_document_of_ours() -> None:
    text = ",".join(f"{number}.5" for number in range(2_001))
    assert refused(f"[{text}]") == [("$", "json/too-many-fractions")]
    assert len(parse_json("[" + ",".join(["0.5"] * 5000) + "]")) == 5000


def test_too_deep_is_said_with_the_beginning_of_the_way() -> None:
    deep = "[" * 65 + "]" * 65
    assert refused(f'{{"x": [1, {{"a b": {deep}}}]}}') == [('$.x[1]["a b"][0]', "json/too-deep")]
    assert parse_json("[" * 65 + "]" * 65)
    assert parse_json("[" * 64 + "1" + "]" * 64)
    assert refused("[" * 65 + "1" + "]" * 65) == [("$[0][0][0][0]", "json/too-deep")]
    assert refused("[" * 66 + "]" * 66) == [("$[0][0][0][0]", "json/too-deep")]
    assert refused('{"a":' * 66 + "1" + "}" * 66) == [("$.a.a.a.a", "json/too-deep")]


def test_too_many_values_in_a_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "MAX_NODES", 100)
    assert len(parse_json("[" + ",".join(["1"] * 99) + "]")) == 99
    assert refused("[" + ",".join(["1"] * 100) + "]") == [("$", "json/too-large")]


class Unreadable(UserDict[str, Any]):
    def items(self) -> Any:
        raise RuntimeError


def unfolding(width: int, depth: int) -> list[Any]:
    laughs: list[Any] = [1]
    for _ in range(depth):
        laughs = [laughs] * width
    return laughs


@pytest.mark.parametrize(("width", "depth"), [(10, 60), (2, 60), (10, 7), (3, 20), (1000, 3)])
@pytest.mark.parametrize("kind", [list, tuple, UserDict])
def test_an_object_graph_that_unfolds_is_refused(width: int, depth: int, kind: Any) -> None:
    graph: Any = unfolding(width, depth)
    if kind is tuple:
        graph = (graph,)
    elif kind is UserDict:
        graph = UserDict({"x": graph, "y": graph})
    assert [problem.rule for problem in inspect(graph)] == ["json/too-large"]


def test_an_object_may_stand_in_several_places() -> None:
    basis = {"instrument": "Luật 1/2020/QH14", "notes": ["a"] * 10}
    assert inspect([basis] * 20_000) == ()
    assert inspect((basis,) * 20_000) == ()


def test_circles_of_any_kind_are_too_deep() -> None:
    here: Any = UserDict()
    here["self"] = [here]
    there: list[Any] = []
    there.append((there, there))
    wide: list[Any] = [1]
    for _ in range(63):
        wide = [wide]
    for graph in (here, there, [wide, [[wide]]], ((wide,), 1)):
        assert [problem.rule for problem in inspect(graph)] == ["json/too-deep"]


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (Decimal("NaN"), "json/not-a-number"),
        (Decimal("sNaN"), "json/not-a-number"),
        (Decimal("-Infinity"), "json/not-a-number"),
        (Decimal("1e999999"), "json/number-too-long"),
        (Decimal("1e-999999"), "json/number-too-long"),
        (Decimal("0." + "1" * 100), "json/number-too-long"),
        (10**5000, "json/number-too-long"),
        ("a\0b", "json/unicode"),
        (Unreadable(), "json/type"),
        (1j, "json/type"),
        ({None: 1, 2: 3}, "json/key"),
        ({"\0": 1}, "json/unicode"),
    ],
    ids=shown,
)
def test_hostile_python_values_are_found(value: object, rule: str) -> None:
    for document, path in ((value, "$"), ([{"x": value}], "$[0].x"), (((value,),), "$[0][0]")):
        found = inspect(document)
        assert {problem.rule for problem in found} == {rule}
        assert found[0].path == path
        assert check_schema(document, "counts") == found
        assert catalogue.check(document) == found


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
    monkeypatch.setattr(plain, "MAX_NODES", 1000)
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


TEXTS = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(10**30), 10**30) | TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXTS, inner, max_size=4),
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


LINES = st.text(st.characters(exclude_characters="\n\0", exclude_categories=["Cs"]), min_size=1)
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

    def mark(texts: str) -> bool:
        shown.append(texts)
        return ":" in texts

    found = documents.seen(document, mark=mark)
    assert found is not None
    assert (found.last, found.marked) == (len(shown) - 1, {part for part, texts in enumerate(shown) if ":" in texts})
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


def test_a_key_twice_beside_a_colon_written_as_an_escape_is_refused() -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        parse_json('{"a": "\\u003a", "a": 1}')
    assert [each.rule for each in caught.value.problems] == ["json/duplicate-key"]
