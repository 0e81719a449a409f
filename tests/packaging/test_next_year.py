"""From 15 December on, the calendar of the coming year has to be announced data."""

from __future__ import annotations

from datetime import date

import pytest

from onestop_core import workdays
from tests.packaging.next_year import main, missing

ANNOUNCED = date(2027, 12, 31)


@pytest.mark.parametrize(
    ("day", "year"),
    [
        (date(2026, 11, 26), None),
        (date(2026, 12, 15), None),  # 2027 was announced on 2 October 2026
        (date(2027, 12, 14), None),
        (date(2027, 12, 15), 2028),
        (date(2027, 12, 31), 2028),
        (date(2028, 1, 1), 2028),
        (date(2028, 12, 15), 2028),
        (date(2030, 6, 1), 2030),
    ],
)
def test_a_missing_year_is_named_from_that_day_on(day: date, year: int | None) -> None:
    assert missing(day, announced_until=ANNOUNCED) == year


def test_a_year_announced_in_part_is_missing() -> None:
    assert missing(date(2027, 12, 15), announced_until=date(2028, 12, 30)) == 2028
    assert missing(date(2027, 12, 15), announced_until=date(2028, 12, 31)) is None


def test_the_command_says_it_of_the_data_that_ships(capsys: pytest.CaptureFixture[str]) -> None:
    announced = workdays.calendar().announced_until
    assert main([f"{announced.year}-12-14"]) == 0
    assert capsys.readouterr().out.endswith(f"calendars are announced until {announced}\n")
    assert main([f"{announced.year}-12-15"]) == 1
    assert f"the calendar of {announced.year + 1} is not announced" in capsys.readouterr().out
    assert main(["15/12/2026"]) == 2
    assert "15/12/2026" in capsys.readouterr().err
