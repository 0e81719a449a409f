"""``onestop diff`` and ``onestop overlay``: what changed, what is not allowed, and the merged catalogue."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import catalogue
from onestop_core.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(*arguments: str | Path) -> tuple[int, str, str]:
        code = main([str(argument) for argument in arguments])
        out, err = capsys.readouterr()
        return code, out, err

    return call


def overlay(**limit: Any) -> dict[str, Any]:
    words = {"vi": "Tỉnh X", "en": "Province X"}
    return {
        "schema_version": "1.0",
        "title": words,
        "issuer": {"name": words},
        "decision": ["qd"],
        "bases": {"qd": {"instrument": "Quyết định 1/2026/QĐ-UBND", "firmness": "read"}},
        "procedures": [{"code": "1.004222", "channels": [{"kind": "in_person", "limits": [limit]}]}],
    }


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str, Any], Path]:
    def to_file(name: str, document: Any) -> Path:
        path = tmp_path / name
        path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
        return path

    return to_file


def test_diff_says_what_is_better_and_what_is_worse(
    run: Callable[..., tuple[int, str, str]], write: Callable[[str, Any], Path]
) -> None:
    raw = catalogue.dump(catalogue.shipped())
    raw["procedures"][0]["channels"][0]["limits"][0]["time"] = "5 working days"
    path = write("new.json", raw)
    code, out, err = run("diff", "shipped", path)
    assert (code, err) == (0, "")
    assert out.splitlines() == [
        "+ 1.004222, in person: time limit from 7 working days to 5 working days",
        "",
        "1 changes for the better, 0 for the worse, 0 others",
        "Working days: 2 less, 0 more, net −2",
    ]
    code, out, _ = run("diff", path, "shipped", "--lang", "vi")
    assert code == 1
    assert out.splitlines()[0] == "- 1.004222, trực tiếp: thời hạn từ 05 ngày làm việc thành 07 ngày làm việc"
    code, out, _ = run("diff", path, path)
    assert (code, out) == (0, "0 changes for the better, 0 for the worse, 0 others\n")


def test_diff_in_json(run: Callable[..., tuple[int, str, str]], write: Callable[[str, Any], Path]) -> None:
    raw = catalogue.dump(catalogue.shipped())
    del raw["procedures"][1]
    code, out, _ = run("diff", "shipped", write("new.json", raw), "--format", "json")
    found = json.loads(out)
    assert (code, [change["kind"] for change in found["changes"]]) == (0, ["procedure_removed"])
    assert found["totals"]["counts"]["procedure_removed"] == 1


def test_a_catalogue_that_cannot_be_used_is_exit_code_2(
    run: Callable[..., tuple[int, str, str]], write: Callable[[str, Any], Path], tmp_path: Path
) -> None:
    bad = write("bad.json", {"schema_version": "1.0"})
    for arguments in (("diff", bad, "shipped"), ("overlay", bad, bad), ("diff", "shipped", tmp_path / "absent.json")):
        code, out, err = run(*arguments)
        assert (code, out) == (2, "")
        assert err.startswith(f"onestop {arguments[0]}: ")


def test_an_overlay_is_merged_and_written(
    run: Callable[..., tuple[int, str, str]], write: Callable[[str, Any], Path], tmp_path: Path
) -> None:
    out_file = tmp_path / "merged.json"
    code, out, err = run("overlay", "shipped", write("local.json", overlay(time="5 working days")), "--out", out_file)
    assert (code, err) == (0, "")
    assert out.splitlines()[0] == "+ 1.004222, in person: time limit from 7 working days to 5 working days"
    merged = catalogue.load(out_file)
    assert (merged.title.en, merged["1.004222"].channels[0].limits[0].time) == ("Province X", "5 working days")
    assert merged == catalogue.overlay.apply(catalogue.shipped(), overlay(time="5 working days"))


def test_what_only_national_law_may_do_is_printed_with_its_basis_and_nothing_is_written(
    run: Callable[..., tuple[int, str, str]], write: Callable[[str, Any], Path], tmp_path: Path
) -> None:
    path, out_file = write("local.json", overlay(time="9 working days")), tmp_path / "merged.json"
    code, out, _ = run("overlay", "shipped", path, "--out", out_file)
    assert (code, out_file.exists()) == (1, False)
    assert out == (
        f"{path}:1:325: $.procedures[0].channels[0].limits[0].time: error: 9 working days is longer than the national limit "
        "(7 working days) – Decree 63/2010/NĐ-CP, arts 8(1), 8(2) [overlay/longer-time]\n"
    )
    code, out, _ = run("overlay", "shipped", path, "--format", "json", "--lang", "vi")
    found = json.loads(out)
    assert (code, found["changes"], found["problems"][0]["basis"]) == (
        1,
        [],
        "khoản 1 Điều 8, khoản 2 Điều 8 Nghị định số 63/2010/NĐ-CP",
    )


def test_a_hint_is_printed_and_a_warning_keeps_the_changes(
    run: Callable[..., tuple[int, str, str]], write: Callable[[str, Any], Path]
) -> None:
    wrong = overlay(time="6 working days")
    wrong["procedures"][0]["code"] = "1.004223"
    code, out, _ = run("overlay", "shipped", write("local.json", wrong))
    assert (code, "(did you mean 1.004222" in out) == (1, True)
    code, out, _ = run("overlay", "shipped", write("local.json", overlay(time="1 tháng")))
    assert code == 1
    assert "[overlay/time-not-comparable]" in out
    assert "1 changed time limits are in no sum" in out


def test_an_overlay_that_is_no_json_is_a_finding_and_exit_code_2(
    run: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    path = tmp_path / "local.json"
    path.write_bytes(b"{")
    code, out, err = run("overlay", "shipped", path)
    assert (code, err, "[json/syntax]" in out) == (2, "", True)
