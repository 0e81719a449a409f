"""``onestop lab prove``: what it prints, in which language, and how it ends."""

from __future__ import annotations

import copy
import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core.cli import main
from onestop_core.dossier import lifecycle
from onestop_core.rules.reading import resources

if TYPE_CHECKING:
    from pathlib import Path


def table(tmp_path: Path, *without: str) -> str:
    document: dict[str, Any] = copy.deepcopy(resources.data("vn/lifecycle/decree-61-2018"))
    document["id"] = "vn@ours"
    document["guards"] = [guard for guard in document["guards"] if guard["code"] not in without]
    file = tmp_path / "ours.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return str(file)


def test_a_sound_edition_ends_clean(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["dossier", "verify", "vn@decree-61-2018", "--sector", "residence"]) == 0
    same = capsys.readouterr().out
    assert main(["lab", "prove", "vn@decree-61-2018", "--sector", "residence"]) == 0
    printed = capsys.readouterr().out
    assert same == printed
    lines = printed.splitlines()
    assert re.fullmatch(r"vn@decree-61-2018 · vn/residence: \d+ configurations, [\d,]+ events tried", lines[0])
    assert lines[1] == "  holds: No dossier ends while work handed over is open"
    assert len(lines) == 11
    assert all(line.startswith("  holds: ") for line in lines[1:])


def test_a_broken_table_ends_with_findings_and_the_shortest_log(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["lab", "prove", table(tmp_path, "work_joined_before_stop"), "--lang", "vi"]) == 1
    out = capsys.readouterr().out
    assert "  KHÔNG ĐẠT: Không hồ sơ nào kết thúc khi việc đã chuyển xử lý chưa xong" in out
    assert "    căn cứ: Cách hiểu của thư viện (suy luận)" in out
    story = out[out.index("“Cơ quan dừng xử lý hồ sơ” khi việc") :].splitlines()[1:6]
    assert [line.strip().partition(" ")[0] for line in story] == ["1.", "2.", "3.", "4.", "5."]
    assert story[-1].endswith("→ “Cơ quan dừng xử lý hồ sơ”")


def test_it_is_printed_as_json(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ours = table(tmp_path, "appointment_on_record")
    assert main(["lab", "prove", ours, "--sector", "residence", "--format", "json"]) == 1
    (told,) = json.loads(capsys.readouterr().out)
    assert (told["lifecycle"], told["sector"], told["holds"]) == ("vn@ours", "vn/residence", False)
    assert [each["code"] for each in told["properties"] if not each["holds"]] == ["refused_for_the_true_reason"]


def test_every_sector_is_proved_in_turn_and_one_of_a_file(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lab", "prove", "vn@decree-61-2018", "--sector", "--format", "json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert len(told) == len(lifecycle.sectors()) >= 7
    assert {each["sector"] for each in told} >= {"vn/residence", "vn/construction-permit"}
    file = tmp_path / "sector.json"
    file.write_text(json.dumps({**resources.data("vn/sectors/residence"), "id": "vn/ours"}), encoding="utf-8")
    assert main(["lab", "prove", "vn@decree-61-2018", "--sector", str(file), "--format", "json"]) == 0
    assert [each["sector"] for each in json.loads(capsys.readouterr().out)] == ["vn/ours"]


@pytest.mark.parametrize(
    "arguments", [["vn@decree-1"], ["vn"], ["vn@decree-61-2018", "--sector", "luck"], ["no-such-file.json"]]
)
def test_what_cannot_be_used_is_refused(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lab", "prove", *arguments]) == 2
    assert capsys.readouterr().out == ""


def test_without_a_name_every_edition_that_ships_is_proved(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shipped = [each for each in lifecycle.editions() if each.reference == "vn@decree-61-2018"]
    monkeypatch.setattr(lifecycle, "editions", lambda: shipped)
    assert main(["lab", "prove", "--sector", "residence", "--format", "json"]) == 0
    assert [each["lifecycle"] for each in json.loads(capsys.readouterr().out)] == ["vn@decree-61-2018"]
