"""The tour tells the truth: it passes on what ships, and it fails when anything disagrees."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from onestop_core.cli import main
from onestop_core.rules import resources


@pytest.mark.parametrize(("language", "last"), [("en", "checks agree."), ("vi", "đều khớp.")])
def test_the_tour_ends_well(capsys: pytest.CaptureFixture[str], language: str, last: str) -> None:
    assert main(["tour", "--lang", language]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[-1].endswith(last)
    for shown in ("17.68", "88.42", "12.00", "Tết"):
        assert shown in out
    # That nothing is found does not pass for everything being confirmed.
    accepted = [each["rule"] for each in resources.data("vn/catalogue/one-stop")["suppressions"]]
    for number in (len(accepted), accepted.count("catalogue/unconfirmed")):
        assert re.search(rf"\b{number}\b", out)
    # Each skipped day is named with its reason.
    assert all(f"{day:02d}" in out for day in range(14, 23))


EXPECTED = resources.data("vn/tour")["expected"]


@pytest.mark.parametrize("place", [name for name in EXPECTED if name != "catalogue"] + ["catalogue.procedures"])
def test_the_tour_fails_when_a_step_disagrees(
    place: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    script: dict[str, Any] = copy.deepcopy(resources.data("vn/tour"))
    target = script["expected"]
    *parents, last = place.split(".")
    for part in parents:
        target = target[part]
    target[last] = "something else"
    read = resources.data
    monkeypatch.setattr(resources, "data", lambda name: script if name == "vn/tour" else read(name))
    assert main(["tour"]) == 1
    out = capsys.readouterr().out
    assert f"DISAGREES {place}" in out
    assert "1 checks DISAGREE" in out
    assert main(["tour", "--lang", "vi"]) == 1
    assert f"KHÔNG KHỚP {place}" in capsys.readouterr().out
