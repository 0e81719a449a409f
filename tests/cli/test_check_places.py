"""``onestop check`` says where: line and column in each format."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft7Validator

from onestop_core.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable

SHARED = Path(os.environ.get("ONESTOP_SHARED_DATA") or Path(__file__).parents[3] / "shared" / "data")
"""Where published schemas of others are kept beside the checkout."""
CONTENT = """\ufeff{\r
  "schema_version": "1.0",\r
\t"title": {"en": "Catalogue"},
  "bases": {},
  "procedures": [7]
}
"""
PLACES = {"$.title": (3, 11), "$.procedures[0]": (5, 18)}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "commune.json"
    path.write_text(CONTENT, encoding="utf-8", newline="")
    return path


@pytest.fixture
def printed(file: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., str]:
    def check(form: str, path: Path = file) -> str:
        main(["check", str(path), "--format", form])
        return capsys.readouterr().out

    return check


def test_json(printed: Callable[..., str], file: Path) -> None:
    found = json.loads(printed("json"))
    assert {finding["path"]: (finding["line"], finding["column"]) for finding in found} == PLACES
    assert {"file", "path", "rule", "severity", "message", "hint", "basis"} <= set(found[0])
    assert found[0]["file"] == str(file)


def test_text(printed: Callable[..., str], file: Path) -> None:
    lines = printed("text").splitlines()
    for path, (line, column) in PLACES.items():
        assert any(said.startswith(f"{file}:{line}:{column}: {path}: error: ") for said in lines)


def test_github(printed: Callable[..., str]) -> None:
    lines = printed("github").splitlines()
    for path, (line, column) in PLACES.items():
        assert any(f",line={line},col={column},title=schema/" in said and f"::{path}: " in said for said in lines)


def regions(log: Any) -> list[tuple[int, int]]:
    found = [result["locations"][0]["physicalLocation"]["region"] for result in log["runs"][0]["results"]]
    return [(region["startLine"], region["startColumn"]) for region in found]


def test_sarif(printed: Callable[..., str]) -> None:
    log = json.loads(printed("sarif"))
    assert log["runs"][0]["columnKind"] == "unicodeCodePoints"
    assert set(regions(log)) == set(PLACES.values())


def test_sarif_holds_to_its_schema(printed: Callable[..., str]) -> None:
    path = SHARED / "sarif-2.1.0" / "sarif-schema-2.1.0.json"
    if not path.is_file():
        pytest.skip("the schema of SARIF is not beside the checkout (ONESTOP_SHARED_DATA)")
    log = json.loads(printed("sarif"))
    # The published file asks for draft 4 in some editions and 7 in others; what we write uses nothing in which they differ.
    assert list(Draft7Validator(json.loads(path.read_text(encoding="utf-8"))).iter_errors(log)) == []
    assert regions(log)


def test_hints_are_shown(printed: Callable[..., str], file: Path) -> None:
    file.write_text(CONTENT.replace("schema_version", "schema_versoin"), encoding="utf-8")
    hint = "did you mean schema_version?"
    assert f"({hint})" in printed("text")
    assert f"({hint})" in printed("github")
    assert any(hint in result["message"]["text"] for result in json.loads(printed("sarif"))["runs"][0]["results"])
    assert hint in [finding["hint"] for finding in json.loads(printed("json"))]


def test_a_fault_of_the_text_has_a_place_too(printed: Callable[..., str], file: Path) -> None:
    file.write_bytes(b'{"a":\n  }')
    assert printed("text").startswith(f"{file}:2:3: $: error: ")


def test_what_has_no_place_says_so(printed: Callable[..., str], monkeypatch: pytest.MonkeyPatch, file: Path) -> None:
    monkeypatch.setattr("onestop_core.rules.reading.positions.MAX_BYTES", 3)
    assert {(finding["line"], finding["column"]) for finding in json.loads(printed("json"))} == {(None, None)}
    assert printed("text").startswith(f"{file}: $.")
    assert ",line=" not in printed("github")
    physical = [r["locations"][0]["physicalLocation"] for r in json.loads(printed("sarif"))["runs"][0]["results"]]
    assert all("region" not in each for each in physical)
