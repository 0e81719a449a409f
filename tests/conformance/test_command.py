"""``onestop conformance``."""

from __future__ import annotations

import json
import shlex
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import TYPE_CHECKING

from onestop_core.cli import main
from onestop_core.rules.schema.schemas import ensure_valid

if TYPE_CHECKING:
    import pytest

ODD = Path(__file__).with_name("odd_adapter.py")


def test_the_library_itself_conforms(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["conformance", "--rules"]) == 0
    shown = capsys.readouterr().out
    assert shown.splitlines()[-1] == "conforms; no recommended case failed"
    assert "lifecycle-tables/event.received" in shown
    assert main(["conformance", "--area", "codes", "--lang", "vi"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "phù hợp; không ca khuyến nghị nào không đạt"


def test_a_report_comes_in_each_format(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["conformance", "--area", "codes", "--area", "time-limits", "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    ensure_valid(document, "conformance-report")
    assert [area["name"] for area in document["areas"]] == ["time-limits", "codes"]
    assert main(["conformance", "--area", "codes", "--format", "junit"]) == 0
    assert ET.fromstring(capsys.readouterr().out.encode()).tag == "testsuites"
    assert main(["conformance", "--area", "codes", "--format", "markdown"]) == 0
    assert "| codes | conforms |" in capsys.readouterr().out


def test_a_program_is_tested_and_two_reports_compared(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    command = shlex.join([sys.executable, str(ODD), "sound"])
    # The slow start of a busy machine is no finding.
    arguments = ["conformance", "--area", "codes", "--exec", command, "--timeout", "60", "--format", "json"]
    assert main(arguments) == 1  # nothing of the area is answered
    after = tmp_path / "after.json"
    after.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["conformance", "--area", "codes", "--format", "json"]) == 0
    before = tmp_path / "before.json"
    before.write_text(capsys.readouterr().out, encoding="utf-8")
    assert main(["conformance", "compare", str(before), str(after)]) == 1
    assert "passed → unsupported" in capsys.readouterr().out
    assert main(["conformance", "compare", str(after), str(before), "--lang", "vi"]) == 0
    assert "không hỗ trợ → đạt" in capsys.readouterr().out


def test_what_cannot_be_used_is_said_in_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["conformance", "--area", "workday"]) == 2
    assert "did you mean workdays" in capsys.readouterr().err
    assert main(["conformance", "--exec", "no-such-program-anywhere"]) == 2
    assert "no-such-program-anywhere" in capsys.readouterr().err
