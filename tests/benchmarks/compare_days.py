"""On how many days libraries of holidays and Vietnam's notices differ: ``python tests/benchmarks/compare_days.py``.

Every day from 2012 to 2027, as announced by 26 November 2026. Libraries that are not installed are left out
(``pip install workalendar`` brings the one beside ``holidays`` that is looked for).
"""
# ruff: noqa: T201 - prints

from __future__ import annotations

import importlib
from datetime import date, timedelta
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import holidays

from onestop_core import workdays

if TYPE_CHECKING:
    from collections.abc import Callable

FIRST, LAST = date(2012, 1, 1), date(2027, 12, 31)
DAYS = [FIRST + timedelta(days=n) for n in range((LAST - FIRST).days + 1)]


def ways() -> dict[str, Callable[[date], bool]]:
    """Return who says of a day whether it is worked."""
    vietnam: Any = holidays.country_holidays("VN", years=range(FIRST.year, LAST.year + 1))
    return {
        "weekends only": lambda day: day.weekday() < 5,
        "holidays, as a set of days off": lambda day: day.weekday() < 5 and day not in vietnam,
        "holidays, is_working_day": vietnam.is_working_day,
    }


def main() -> None:
    """Print how many days are wrong, and which those are that nobody else has right."""
    civil = workdays.calendar("vn-civil", as_of=date(2026, 11, 26), predicted="refuse")
    print(f"{len(DAYS):,} days, {FIRST} to {LAST}; holidays {version('holidays')}\n")
    print(f"{'':34} {'wrong days':>10} {'years with one':>15}")
    wrong: list[date] = []
    for name, works in ways().items():
        wrong = [day for day in DAYS if works(day) != civil.is_workday(day)]
        print(f"{name:34} {len(wrong):>10} {len({day.year for day in wrong}):>15}")
    print("\nthe last of these:")
    for day in wrong:
        told = civil.day(day)
        print(f"  {day}  {told.name.en}  [{told.basis.cite().en if told.basis else 'no provision'}]")
    try:
        registry: Any = importlib.import_module("workalendar.registry").registry
    except ImportError:
        return
    print(f"\nworkalendar {version('workalendar')}: Vietnam {'is' if registry.get('VN') else 'is not'} there")


if __name__ == "__main__":
    main()
