"""The tour tells the truth: it passes on what ships, and it fails when anything disagrees."""

from __future__ import annotations

import copy
import re
from typing import Any

import pytest

from onestop_core.cli import main
from onestop_core.rules.reading import resources


@pytest.mark.parametrize(("language", "last"), [("en", "checks agree."), ("vi", "đều khớp.")])
def test_the_tour_ends_well(capsys: pytest.CaptureFixture[str], language: str, last: str) -> None:
    assert main(["tour", "--lang", language]) == 0
    out = capsys.readouterr().out
    assert out.splitlines()[-1].endswith(last)
    figures = {
        "en": ("528,684/597,918 = 88.42% → 17.68 of 20 points", "3/5 = 60.00% → 12.00 of 20 points"),
        "vi": (
            "từ 01/01/2026 đến 26/09/2026: 528.684/597.918 = 88,42% → 17,68/20 điểm",
            "05 hồ sơ (01 hồ sơ trên và 04 hồ sơ khác): 3/5 = 60,00% → 12,00/20 điểm",
            "Phiếu kiểm soát quá trình giải quyết hồ sơ; Cổng: mã 4",
        ),
    }
    for shown in (*figures[language], "Tết"):
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
