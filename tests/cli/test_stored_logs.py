"""``onestop dossier replay`` of stored logs: as history, with a seal demanded, with what was struck and redacted."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import dossier
from onestop_core.cli import main

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-02-{text}+07:00")


def sealed() -> dict[str, Any]:
    machine = dossier.machine("vn@decree-118-2025")
    case = machine.new(id="1", procedure="1.004222", channel="in_person", at=at("12T08:15"), actor="Nguyễn Văn An")
    told: list[tuple[str, str, dict[str, Any]]] = [
        ("received", "12T08:20", {"due": at("26T17:00")}),
        ("assigned", "12T09:00", {}),
        ("approved", "12T10:00", {}),
        ("struck", "12T11:00", {"event": 3, "reason": "ghi nhầm hồ sơ"}),
    ]
    for kind, when, more in told:
        case = machine.step(case, dossier.event(kind, at(when), **more))
    log = dossier.load_log(dossier.dump_log(case, key=b"a secret of sixteen bytes or more"))
    return dossier.dump_log(dossier.logs.redact(log, 0, "actor", at=at("20T08:00"), ground="yêu cầu ngày 19/02/2026"))


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Callable[..., tuple[int, str, str]]:
    def call(document: dict[str, Any], *options: str) -> tuple[int, str, str]:
        path = tmp_path / "log.json"
        path.write_text(json.dumps(document), encoding="utf-8")
        code = main(("dossier", "replay", str(path), *options))
        out, err = capsys.readouterr()
        return code, out, err

    return call


def test_what_was_struck_and_redacted_is_said(run: Callable[..., tuple[int, str, str]]) -> None:
    code, out, _ = run(sealed(), "--sealed", "--last-link", sealed()["seal"]["links"][-1])
    assert code == 0
    assert [line.rpartition(" (")[2] for line in out.splitlines() if "(approved)" in line] == ["struck)"]
    assert "Redacted in event number 0: Who did it; 2026-02-20 08:00; yêu cầu ngày 19/02/2026" in out
    code, out, _ = run(sealed(), "--lang", "vi")
    assert code == 0
    assert [line.rpartition(" (")[2] for line in out.splitlines() if "Phê duyệt" in line] == ["đã hủy)"]
    assert "Đã che ở sự kiện số 0: Người thực hiện; " in out
    code, out, _ = run(sealed(), "--format", "json")
    found = json.loads(out)
    assert found["struck"] == [3]
    assert found["redacted"] == [
        {"event": 0, "field": "actor", "at": "2026-02-20T08:00:00+07:00", "ground": "yêu cầu ngày 19/02/2026"}
    ]


def test_history_is_not_judged(run: Callable[..., tuple[int, str, str]]) -> None:
    document = sealed()
    del document["seal"]
    document["events"][1]["role"] = "applicant"
    assert run(document)[0] == 2
    assert run(document, "--no-judge")[0] == 0


@pytest.mark.parametrize(
    ("language", "said"), [("en", "the log has no seal"), ("vi", "nhật ký phải có chuỗi băm niêm phong")]
)
def test_a_seal_that_is_demanded_is_missed(run: Callable[..., tuple[int, str, str]], language: str, said: str) -> None:
    document = sealed()
    del document["seal"]
    code, _, err = run(document, "--sealed", "--lang", language)
    assert code == 2
    assert said in err


@pytest.mark.parametrize(("language", "said"), [("en", "cut off or replaced"), ("vi", "bị cắt bớt hoặc bị thay thế")])
def test_another_last_link_is_refused(run: Callable[..., tuple[int, str, str]], language: str, said: str) -> None:
    code, _, err = run(sealed(), "--last-link", "0" * 64, "--lang", language)
    assert code == 2
    assert said in err
    code, _, err = run(sealed(), "--last-link", "x", "--lang", language)
    assert code == 2
    assert "--last-link" in err
