"""Hostile files and documents: check, load and the command give a report with places, or a whole catalogue."""

from __future__ import annotations

import copy
import json
import socket
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onestop_core import catalogue
from onestop_core.cli import main
from onestop_core.errors import InvalidDocumentError, Problem, Severity
from onestop_core.rules.reading.positions import locate
from tests.catalogue.documents import catalogue as small
from tests.catalogue.documents import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

WRONG: tuple[Any, ...] = (None, True, 0, -1, 1.5, "", "x", [], [[]], {}, {"x": None}, "1.0", [{"$ref": "#"}])
GOOD = json.dumps(small(), ensure_ascii=False)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def cut(*_: object, **__: object) -> Any:
        raise AssertionError("the network was asked")

    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, cut)


def places(node: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield here
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in members:
        yield from places(child, (*here, key))


def changed(document: Any, place: tuple[Any, ...], value: Any) -> Any:
    if not place:
        return value
    whole = copy.deepcopy(document)
    node = whole
    for key in place[:-1]:
        node = node[key]
    node[place[-1]] = value
    return whole


def reported(document: Any) -> tuple[Problem, ...]:
    """Check *document*, and that loading it comes to the same: everything or nothing."""
    problems = catalogue.check(document)
    errors = tuple(problem for problem in problems if problem.severity is Severity.ERROR)
    if errors:
        with pytest.raises(InvalidDocumentError) as caught:
            catalogue.load(document)
        assert caught.value.problems == errors
    else:
        assert catalogue.dump(catalogue.load(document))
    assert all(problem.path.startswith("$") and problem.text.vi and problem.text.en for problem in problems)
    return problems


@pytest.mark.parametrize("place", list(places(small())), ids=lambda place: ".".join(map(str, place)) or "$")
def test_each_wrong_type_at_each_place_is_reported_with_its_position(place: tuple[Any, ...]) -> None:
    for wrong in WRONG:
        document = changed(small(), place, wrong)
        if isinstance(document, str):  # which would be a path
            continue
        problems = reported(document)
        assert set(locate(json.dumps(document, indent=1).encode(), problems)) == set(problems)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data(), st.sampled_from(WRONG))
def test_the_shipped_catalogue_with_anything_anywhere(data: st.DataObject, wrong: Any) -> None:
    document = shipped()
    document["procedures"] = document["procedures"][:2]
    place = data.draw(st.sampled_from([each for each in places(document) if each]))
    problems = reported(changed(document, place, wrong))
    content = json.dumps(changed(document, place, wrong), ensure_ascii=False, indent=2).encode()
    assert set(locate(content, problems)) == set(problems)


PUMPS = [
    "0" * 20_000,
    "1." * 10_000,
    " " * 20_000,
    "a" * 20_000 + "!",
    "05 ngày " * 3_000,
    "\u0301" * 20_000,
    "-" * 20_000,
]


@pytest.mark.parametrize("pump", PUMPS, ids=range(len(PUMPS)))
def test_no_pattern_takes_for_ever(pump: str) -> None:
    document = small()
    for place in places(small()):
        node: Any = small()
        for key in place:
            node = node[key]
        if isinstance(node, str):
            problems = catalogue.check(changed(document, place, pump))
            assert all(len(problem.message) < 5_000 for problem in problems)


def nested(depth: int, opened: str, closed: str) -> str:
    return GOOD.replace('"schema_version"', f'"deep": {opened * depth}1{closed * depth}, "schema_version"', 1)


FILES: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "json/syntax"),
    "deep list": (nested(100_000, "[", "]").encode(), "json/too-deep"),
    "deep object": (nested(100_000, '{"a":', "}").encode(), "json/too-deep"),
    "deeper than allowed": (nested(70, "[", "]").encode(), "json/too-deep"),
    "deep and broken": (b"[" * 5_000, "json/"),
    "exponent": (GOOD.replace('"1.0"', "1e999999999", 1).encode(), "json/number-too-long"),
    "small exponent": (GOOD.replace('"1.0"', "-1e-999999999", 1).encode(), "json/number-too-long"),
    "huge integer": (GOOD.replace('"1.0"', "9" * 1_000_000, 1).encode(), "json/number-too-long"),
    "duplicate": (GOOD.replace("{", '{"title": {}, ', 1).encode(), "json/duplicate-key"),
    "NaN": (GOOD.replace('"1.0"', "NaN", 1).encode(), "json/not-a-number"),
    "Infinity": (GOOD.replace('"1.0"', "-Infinity", 1).encode(), "json/not-a-number"),
    "lone surrogate": (GOOD.replace("1.0", "\\ud800", 1).encode(), "json/unicode"),
    "lone surrogate in a key": (GOOD.replace("schema_version", "\\udfff", 1).encode(), "json/unicode"),
    "surrogate in UTF-8": (GOOD.replace("1.0", "\ud800", 1).encode("utf-8", "surrogatepass"), "json/encoding"),
    "UTF-16": (GOOD.encode("utf-16"), "json/encoding"),
    "UTF-16 without mark": (GOOD.replace("1.0", "\u1ec7", 1).encode("utf-16-le"), "json/"),
    "UTF-32": (GOOD.encode("utf-32"), "json/"),
    "Latin-1": (GOOD.replace("1.0", "café", 1).encode("latin-1", "replace"), "json/encoding"),
    "cp1258": (GOOD.replace("1.0", "Đường phố", 1).encode("cp1258", "replace"), "json/encoding"),
    "two marks": (("\ufeff\ufeff" + GOOD).encode(), "json/syntax"),
    "null byte": (GOOD.replace("1.0", "\0", 1).encode(), "json/syntax"),
    "two documents": ((GOOD + GOOD).encode(), "json/syntax"),
    "comment": (b"// x\n" + GOOD.encode(), "json/syntax"),
    "remote $ref": (GOOD.replace("{", '{"$ref": "https://example.org/evil.json", ', 1).encode(), "schema/"),
    "file $ref": (GOOD.replace("{", '{"$ref": "file:///etc/passwd", ', 1).encode(), "schema/"),
    "cyclic $ref": (b'{"$ref": "#", "$defs": {"a": {"$ref": "#/$defs/a"}}}', "schema/"),
    "other schema": (GOOD.replace("{", '{"$schema": "https://example.org/s", ', 1).encode(), "schema/"),
}


@pytest.mark.parametrize(("content", "rule"), FILES.values(), ids=FILES)
def test_a_hostile_file_is_a_report_with_places(
    content: bytes, rule: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "hostile.json"
    path.write_bytes(content)
    problems = catalogue.check_file(path)
    assert rule in {problem.rule[: len(rule)] for problem in problems}
    with pytest.raises(InvalidDocumentError) as caught:
        catalogue.load(path)
    assert caught.value.source == str(path)
    assert {problem.rule for problem in caught.value.problems} <= {problem.rule for problem in problems}
    assert main(["check", str(path), "--format", "json"]) == (2 if rule.startswith("json/") else 1)
    out, err = capsys.readouterr()
    found = json.loads(out)
    assert err == ""
    assert all(finding["line"] >= 1 and finding["column"] >= 1 for finding in found)
    for form in ("text", "sarif", "github"):
        assert main(["check", str(path), "--format", form, "--lang", "vi"]) in {1, 2}
        assert len(capsys.readouterr().out) < 100_000


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "marked.json"
    path.write_bytes(("\ufeff" + GOOD).encode())
    assert catalogue.check_file(path) == ()
    assert len(catalogue.load(path)) == 1


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_bytes_changed_at_random(data: st.DataObject, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = bytearray(GOOD.encode())
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content) - 1))
        content[at : at + data.draw(st.integers(0, 3))] = data.draw(st.binary(max_size=3))
    path = tmp_path / "fuzzed.json"
    path.write_bytes(content)
    code = main(["check", str(path), "--format", "json"])
    found = json.loads(capsys.readouterr().out)
    assert code == (0 if not found else code)
    assert code in {0, 1, 2}
    assert all(finding["line"] and finding["column"] for finding in found)
