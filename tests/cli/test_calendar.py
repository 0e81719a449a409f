"""``onestop calendar``: a year for people and programs, and all years as files."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from onestop_core.cli import main
from onestop_core.workdays import calendar, publishing, render

if TYPE_CHECKING:
    from pathlib import Path

FIRST, LAST = date(2026, 1, 1), date(2026, 12, 31)


def test_a_year_as_a_picture(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["--lang", "vi", "calendar", "2026", "--format", "svg"]) == 0
    assert capsysbinary.readouterr().out.decode() == render.svg(calendar(), 2026, language="vi")


def test_a_year_as_csv_and_sql(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["calendar", "2026", "--format", "csv"]) == 0
    assert capsysbinary.readouterr().out.decode() == publishing.days_csv(calendar(), FIRST, LAST)
    assert main(["calendar", "2026", "--format", "sql", "--dialect", "sqlserver", "--as-of", "2025-12-24"]) == 0
    earlier = calendar(as_of=date(2025, 12, 24))
    assert capsysbinary.readouterr().out.decode() == publishing.sql(earlier, "sqlserver", FIRST, LAST)


def test_all_years_are_written_as_files(tmp_path: Path) -> None:
    for _ in range(2):  # a second time over the first
        assert main(["calendar", "--export", str(tmp_path / "out")]) == 0
    written = {
        path.relative_to(tmp_path / "out").as_posix(): path.read_bytes()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    }
    assert written == dict(publishing.published_files(calendar()))


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ([], "a year, or --export"),
        (["0", "--format", "csv"], "a year such as 2026"),
        (["99999", "--format", "sql"], "a year such as 2026"),
        (["1999", "--format", "csv"], "1999"),
    ],
)
def test_what_is_no_year_is_refused(words: list[str], told: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["calendar", *words]) == 2
    assert told in capsys.readouterr().err
