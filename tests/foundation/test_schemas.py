"""Validation: only our registry, formats always, ECMA patterns, every violation with a place and a hint."""

from __future__ import annotations

from typing import Any

import pytest

from onestop_core.errors import MAX_PROBLEMS, InvalidDocumentError, UnknownCodeError, UnsupportedSchemaVersionError
from onestop_core.rules.reading import resources
from onestop_core.rules.schema import schemas
from onestop_core.rules.schema.schemas import check_schema, ensure_valid

BASE = "https://onestop-core.example/schemas/v1/"
COMMON = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": BASE + "common.schema.json",
    "$defs": {"date": {"type": "string", "format": "date"}},
}
SAMPLE: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$id": BASE + "sample.schema.json",
    "type": "object",
    "required": ["schema_version"],
    "properties": {
        "schema_version": {"const": "1.0"},
        "day": {"$ref": "common.schema.json#/$defs/date"},
        "at": {"type": "string", "format": "date-time"},
        "link": {"type": "string", "format": "uri"},
        "code": {
            "type": "string",
            "pattern": "^[0-9]\\.[0-9]{6}$",
            "patternErrorMessage": "a code such as 1.004222 / mã như 1.004222",
        },
        "word": {"type": "string", "pattern": "^\\d\\w$"},
        "price": {"type": "string", "pattern": "^\\$[0-9]+$"},
        "channel": {"enum": ["in_person", "post", "online", None]},
        "many": {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": "integer", "minimum": 0}},
        "two": {"type": "object", "required": ["x", "y"]},
        "either": {
            "oneOf": [
                {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}},
                {"type": "object", "required": ["b"], "properties": {"b": {"type": "integer"}}},
            ]
        },
        "maybe": {"anyOf": [{"$ref": "common.schema.json#/$defs/date"}, {"type": "null"}]},
        "maybe_list": {"oneOf": [{"type": "null"}, {"type": "array", "items": {"anyOf": [{"type": "integer"}]}}]},
        "unique": {"type": "array", "uniqueItems": True},
        "anything": True,
        "nothing": False,
        "names": {"type": ["object", "null"], "propertyNames": {"maxLength": 2}, "maxProperties": 2},
        "share": {"exclusiveMinimum": 0, "exclusiveMaximum": 1, "multipleOf": 0.5},
    },
    "additionalProperties": False,
}


@pytest.fixture(autouse=True)
def _sample_schemas(monkeypatch: pytest.MonkeyPatch) -> Any:
    tables = {"common": COMMON, "sample": SAMPLE}

    def schema(name: str) -> Any:
        if name not in tables:
            return resources.schema(name)
        return tables[name]

    schemas._validator.cache_clear()
    monkeypatch.setattr(schemas, "schema", schema)
    yield
    schemas._validator.cache_clear()


def findings(**members: Any) -> list[tuple[str, str, str]]:
    found = check_schema({"schema_version": "1.0", **members}, "sample")
    assert all(problem.text.vi for problem in found)
    return [(problem.path, problem.rule, problem.message) for problem in found]


@pytest.mark.parametrize(
    ("members", "path", "rule", "message"),
    [
        ({"day": "2026-02-30"}, "$.day", "schema/format", "expected a date such as 2025-07-01, got '2026-02-30'"),
        ({"day": "20260212"}, "$.day", "schema/format", "expected a date such as 2025-07-01, got '20260212'"),
        ({"day": 3}, "$.day", "schema/type", "expected string, got 3"),
        ({"at": 3}, "$.at", "schema/type", "expected string, got 3"),
        ({"link": 3}, "$.link", "schema/type", "expected string, got 3"),
        (
            {"at": "2026-02-12T09:30:00"},
            "$.at",
            "schema/format",
            "expected a moment such as 2025-07-01T09:30:00+07:00, got '2026-02-12T09:30:00'",
        ),
        (
            {"at": "2026-02-31T09:30:00Z"},
            "$.at",
            "schema/format",
            "expected a moment such as 2025-07-01T09:30:00+07:00, got '2026-02-31T09:30:00Z'",
        ),
        (
            {"link": "not a uri"},
            "$.link",
            "schema/format",
            "expected an address such as https://example.vn, got 'not a uri'",
        ),
        ({"many": []}, "$.many", "schema/minItems", "expected at least 1 item, got []"),
        ({"many": [1, 2, 3]}, "$.many", "schema/maxItems", "expected at most 2 items, got [1, 2, 3]"),
        ({"many": [-1]}, "$.many[0]", "schema/minimum", "expected a number from 0, got -1"),
        ({"unique": [1, 1]}, "$.unique", "schema/uniqueItems", "[1, 1] has non-unique elements"),
        ({"either": 5}, "$.either", "schema/oneOf", "5 fits none of the allowed forms"),
        ({"either": {"b": "x"}}, "$.either.b", "schema/type", "expected integer, got 'x'"),
        # What may be left out and is there wrongly: told by what it should be.
        ({"maybe": 5}, "$.maybe", "schema/anyOf", "expected string, got 5"),
        ({"maybe": "x"}, "$.maybe", "schema/anyOf", "expected a date such as 2025-07-01, got 'x'"),
        ({"maybe_list": 5}, "$.maybe_list", "schema/oneOf", "expected array, got 5"),
    ],
)
def test_a_violation_has_place_rule_and_message(members: dict[str, Any], path: str, rule: str, message: str) -> None:
    assert findings(**members) == [(path, rule, message)]


def test_patterns_mean_what_ecma_says_not_what_python_says() -> None:
    assert findings(code="1.004222", word="1a", price="$5") == []
    assert [rule for _, rule, _ in findings(code="1.004222\n")] == ["schema/pattern"]
    assert [rule for _, rule, _ in findings(word="١a")] == ["schema/pattern"]
    assert [rule for _, rule, _ in findings(code=5)] == ["schema/type"]


def test_formats_accept_what_rfc_3339_writes() -> None:
    assert findings(day="2024-02-29", at="2026-02-12t09:30:00.5z", link="urn:x:y") == []
    assert findings(at="2026-02-12T09:30:00+07:00", link="https://a.vn/b?c#d") == []


def test_unknown_names_come_with_what_was_probably_meant() -> None:
    unknown = check_schema({"schema_version": "1.0", "chanel": "post"}, "sample")[0]
    assert (unknown.rule, unknown.message) == ("schema/additionalProperties", "unknown property: chanel")
    assert unknown.hint is not None
    assert unknown.hint.en == "did you mean channel?"
    code = check_schema({"schema_version": "1.0", "channel": "onlin"}, "sample")[0]
    assert code.hint is not None
    assert code.hint.vi == "có phải ý bạn là “online”?"
    assert check_schema({"schema_version": "1.0", "channel": 7}, "sample")[0].hint is None
    assert check_schema({"schema_version": "1.0", "zzz": 7}, "sample")[0].hint is None


def test_all_violations_come_at_once_in_a_stable_order() -> None:
    assert [path for path, *_ in findings(many=[-1, "x"], code="y", day="z")] == [
        "$.code",
        "$.day",
        "$.many[0]",
        "$.many[1]",
    ]


def test_what_is_not_json_is_reported_before_the_schema_is_asked() -> None:
    assert [p.rule for p in check_schema({"many": [float("nan")]}, "sample")] == ["json/not-a-number"]


def test_ensure_valid_raises_with_every_problem() -> None:
    ensure_valid({"schema_version": "1.0"}, "sample")
    with pytest.raises(InvalidDocumentError) as caught:
        ensure_valid({"schema_version": "1.0", "day": 1, "many": 1}, "sample", source="f")
    assert (len(caught.value.problems), caught.value.source) == (2, "f")
    with pytest.raises(InvalidDocumentError):
        ensure_valid([], "sample")


def test_a_document_of_another_version_is_told_so() -> None:
    with pytest.raises(UnsupportedSchemaVersionError) as caught:
        ensure_valid({"schema_version": "2.0"}, "sample")
    assert (caught.value.found, caught.value.supported) == ("2.0", ("1.0",))
    with pytest.raises(InvalidDocumentError) as other:
        ensure_valid({"schema_version": 2}, "sample")
    assert type(other.value) is InvalidDocumentError


def test_a_remote_reference_is_never_fetched(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def no_network(*_: object) -> None:
        raise AssertionError("the network was asked")

    monkeypatch.setattr(socket, "socket", no_network)
    monkeypatch.setitem(SAMPLE["properties"], "day", {"$ref": "https://elsewhere.example/x.json"})
    with pytest.raises(UnknownCodeError, match="no schema"):
        check_schema({"schema_version": "1.0", "day": 1}, "sample")


def test_an_unknown_schema_is_an_error_with_a_suggestion() -> None:
    with pytest.raises(UnknownCodeError):
        check_schema({}, "samples")


def test_long_values_are_shown_short() -> None:
    [(_, _, message)] = findings(channel="x" * 500)
    assert len(message) < 150


def test_what_is_missing_is_named() -> None:
    [missing] = check_schema({}, "sample")
    assert (missing.path, missing.rule, missing.message) == ("$", "schema/required", "missing schema_version")


@pytest.mark.parametrize(
    ("members", "vi"),
    [
        ({"day": 3}, "cần chuỗi, nhận 3"),
        ({"many": {}}, "cần danh sách, nhận {}"),
        ({"many": []}, "cần ít nhất 1 phần tử, nhận []"),
        ({"many": [1, 2, 3]}, "cần nhiều nhất 2 phần tử, nhận [1, 2, 3]"),
        ({"many": [-1]}, "cần số từ 0, nhận -1"),
        ({"many": [None]}, "cần số nguyên, nhận null"),
        ({"day": "x"}, "cần ngày như 2025-07-01, nhận 'x'"),
        ({"link": "x"}, "cần địa chỉ như https://example.vn, nhận 'x'"),
        ({"code": "x"}, "cần mã như 1.004222, nhận 'x'"),
        ({"channel": True}, "true không thuộc: in_person, post, online, null"),
        ({"unique": [1, 1.0]}, "[1, 1.0] có phần tử lặp lại"),
        ({"levell": 1, "x\ny": 2}, "thuộc tính không xác định: levell, x\\x0ay"),
        ({"either": 5}, "5 không khớp dạng nào cho phép"),
        ({"schema_version": "2"}, "cần '1.0', nhận '2'"),
        ({"two": {}}, "thiếu x, y"),
        ({"nothing": 1}, "1 không đúng quy tắc not"),
        ({"names": 5}, "cần đối tượng hoặc null, nhận 5"),
        ({"names": {"abc": 1}}, "cần nhiều nhất 2 ký tự, nhận 'abc'"),
        ({"names": {"a": 1, "b": 1, "c": 1}}, "cần nhiều nhất 2 thuộc tính, nhận {'a': 1, 'b': 1, 'c': 1}"),
        ({"share": 0}, "cần số lớn hơn 0, nhận 0"),
        ({"share": 1}, "cần số nhỏ hơn 1, nhận 1"),
        ({"share": 0.3}, "0.3 không đúng quy tắc multipleOf"),
    ],
)
def test_a_violation_is_said_in_vietnamese(members: dict[str, Any], vi: str) -> None:
    [problem] = check_schema({"schema_version": "1.0", **members}, "sample")
    assert problem.text.vi == vi


def test_what_is_sound_is_sound() -> None:
    assert findings(anything=[1], names={"ab": 1}, share=0.5, many=[1.0, 2], either={"a": 1}, channel=None) == []
    assert findings(names=None, two={"x": 1, "y": 2}, unique=[1, 2]) == []
    assert [rule for _, rule, _ in findings(unique=5)] == ["schema/type"]


def test_of_many_unknown_properties_some_are_named() -> None:
    [problem] = check_schema({"schema_version": "1.0", **{f"k{n:02d}": 1 for n in range(20)}}, "sample")
    assert problem.text.en == "unknown properties: " + ", ".join(f"k{n:02d}" for n in range(10)) + ", …"


def test_elements_are_unique_as_json_tells_values_apart() -> None:
    unequal: list[list[Any]] = [
        [1, True],
        [0, False, None],
        ["1", 1],
        [[1], [2]],
        [{"a": 1}, {"a": 2}],
        [[], {}],
        [1.5, 1],
    ]
    for distinct in unequal:
        assert findings(unique=distinct) == []
    for same in ([1, 1.0], [[1, [2]], [1, [2]]], [{"a": 1, "b": 2}, {"b": 2, "a": 1}], [None, None], ["x", "x"]):
        assert [rule for _, rule, _ in findings(unique=same)] == ["schema/uniqueItems"]


def test_validation_stops_where_nobody_reads_on() -> None:
    document = {"schema_version": "1.0", "many": [-1] * 100_000}
    found = check_schema(document, "sample")
    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1].rule == "problems/more"
    few = check_schema(document, "sample", most=3)
    assert [problem.rule for problem in few] == ["schema/maxItems", *["schema/minimum"] * 2, "problems/more"]
    with pytest.raises(InvalidDocumentError) as caught:
        ensure_valid(document, "sample", most=3)
    assert caught.value.problems == few


PEOPLE: dict[str, Any] = {
    "level": {"enum": ["commune", "other"], "enumDescriptions": ["a commune / cấp xã, phường", "else / nơi khác"]},
    "name": {"description": "Name. In full. / Tên, ghi đủ", "type": "object", "required": ["vi"], "properties": {}},
    "URL": {"description": "Address / URL", "type": ["object", "string"], "required": ["a", "b"]},
    "list": {"type": "array"},
    "number": {"type": "integer"},
    "day": {"type": "string", "format": "date", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    "odd": {"type": "string", "pattern": "^a$"},
}


@pytest.mark.parametrize(
    ("members", "vi", "hint"),
    [
        ({"level": "Cấp xã"}, "'Cấp xã' không thuộc: commune, other", "có phải ý bạn là “commune”?"),
        ({"level": "UBND phường"}, "'UBND phường' không thuộc: commune, other", "có phải ý bạn là “commune”?"),
        ({"level": "Noi khac"}, "'Noi khac' không thuộc: commune, other", "có phải ý bạn là “other”?"),
        ({"level": "7"}, "'7' không thuộc: commune, other", None),
        ({"name": "Đơn"}, "cần đối tượng {\"vi\": …}, nhận 'Đơn'", 'ghi {"vi": "Đơn"}'),
        ({"name": {}}, "thiếu vi", None),
        ({"URL": 20000}, 'cần đối tượng {"a": …, "b": …} hoặc chuỗi, nhận 20000', 'ghi "20000"'),
        ({"list": "a"}, "cần danh sách, nhận 'a'", 'ghi ["a"]'),
        ({"list": "a" * 101}, f"cần danh sách, nhận '{'a' * 56}...", None),
        ({"number": "12"}, "cần số nguyên, nhận '12'", "ghi 12"),
        ({"number": "một"}, "cần số nguyên, nhận 'một'", None),
        ({"day": True}, "cần chuỗi, nhận true", None),
        ({"day": "1/7/2025"}, "cần ngày như 2025-07-01, nhận '1/7/2025'", 'ghi "2025-07-01"'),
        ({"day": "20250701"}, "cần ngày như 2025-07-01, nhận '20250701'", 'ghi "2025-07-01"'),
        ({"day": "2025-02-30"}, "cần ngày như 2025-07-01, nhận '2025-02-30'", "không có ngày này"),
        ({"day": "30/02/2025"}, "cần ngày như 2025-07-01, nhận '30/02/2025'", None),
        ({"odd": "b"}, "'b' không đúng dạng", None),
        ({"Tên": 1}, "thuộc tính không xác định: Tên", "có phải ý bạn là “name”?"),
        ({"numbr": 1}, "thuộc tính không xác định: numbr", "có phải ý bạn là “number”?"),
        ({"khác": 1}, "thuộc tính không xác định: khác", None),
    ],
)
def test_what_is_wrong_is_said_with_the_thing_to_type(
    monkeypatch: pytest.MonkeyPatch, members: dict[str, Any], vi: str, hint: str | None
) -> None:
    monkeypatch.setitem(SAMPLE["properties"], "two", {"properties": PEOPLE, "additionalProperties": False})
    [problem] = check_schema({"schema_version": "1.0", "two": members}, "sample")
    assert (problem.text.vi, problem.hint and problem.hint.vi) == (vi, hint)


def test_what_is_missing_is_named_in_vietnamese(monkeypatch: pytest.MonkeyPatch) -> None:
    required = {"properties": PEOPLE, "required": ["name", "URL", "list"]}
    monkeypatch.setitem(SAMPLE["properties"], "two", required)
    [problem] = check_schema({"schema_version": "1.0", "two": {}}, "sample")
    assert problem.text.vi == "thiếu name (tên), URL (URL), list"
    assert problem.text.en == "missing name, URL, list"
