"""The package answers the conformance suite through its own adapter: all required cases, and the recommended ones too."""

from __future__ import annotations

from typing import Final

import pytest

from onestop_core import conformance
from tests.javascript.node import PACKAGE, program

AREAS: Final = ("workdays", "time-limits", "deadlines", "codes")


@pytest.mark.parametrize("seed", [None, 20261126])
def test_every_case_of_four_areas_holds(seed: int | None) -> None:
    report = conformance.run_command([program("node"), str(PACKAGE / "adapter.mjs")], AREAS, timeout=120, seed=seed)
    assert [(result.case, result.reason) for result in report.failed] == []
    assert report.unsupported == ()
    assert report.conforms
    assert report.implementation.name == "onestop-core (JavaScript)"
    assert report.implementation.version == conformance.suite().version
