"""The adapters of the documentation, in a language that knows nothing of this library but its documents."""

from __future__ import annotations

import shutil
from importlib import resources
from pathlib import Path

import pytest

from onestop_core import conformance

FOLDER = Path(__file__).parents[2] / "docs" / "adapters"
AREAS = ("workdays", "deadlines", "codes")


def test_an_adapter_in_another_language_conforms() -> None:
    found = shutil.which("java")
    if found is None:
        pytest.skip("java is not installed")
    with resources.as_file(resources.files("onestop_core") / "data" / "vn" / "calendar") as calendars:
        report = conformance.run_command([found, str(FOLDER / "Adapter.java"), str(calendars)], AREAS, timeout=120)
    assert [(result.case, result.reason) for result in report.failed if result.level == "required"] == []
    assert report.unsupported == ()
    assert report.conforms
    # What they leave to the lunisolar calendar is all that they get wrong.
    assert {rule for result in report.failed for rule in result.rules} & {"predicted", "certainty"}
    assert all({"predicted", "certainty", "coverage"} & set(result.rules) for result in report.failed)


def test_the_smallest_adapter_of_the_page_speaks_the_protocol(tmp_path: Path) -> None:
    found = shutil.which("node")
    if found is None:
        pytest.skip("node is not installed")
    page = (FOLDER.parent / "how-to" / "conformance.md").read_text(encoding="utf-8")
    program = tmp_path / "smallest.mjs"
    program.write_text(page.partition("```js\n")[2].partition("```")[0], encoding="utf-8")
    report = conformance.run_command([found, str(program)], ["workdays"], timeout=120)
    assert report.implementation.name == "weekends only"
    assert {result.fault for result in report.results} == {None}
    assert report.passed
    assert report.failed
    assert report.unsupported
