"""Is the calendar of the coming year announced data? ``python -m tests.packaging.next_year [DAY]``, as CI asks every day.

The Government Office decides the days off of a year mostly in October to December of the year before. From 15 December
on a library without them gives appointments of January that are only predicted: then it fails, until the year is added
(CONTRIBUTING says how).
"""

from __future__ import annotations

import sys
from datetime import date, datetime, timedelta, timezone
from typing import Final

from onestop_core import workdays

LAST_DAY: Final = (12, 14)
"""The last day on which the coming year may be missing."""
VIETNAM: Final = timezone(timedelta(hours=7))


def missing(day: date, *, announced_until: date) -> int | None:
    """Return the year that must be announced data on *day* and is not, or None."""
    needed = day.year + ((day.month, day.day) > LAST_DAY)
    return next((year for year in (day.year, needed) if date(year, 12, 31) > announced_until), None)


def main(arguments: list[str]) -> int:
    """Print how it stands; return 1 when a year is missing, 2 for a day that is none."""
    try:
        day = date.fromisoformat(arguments[0]) if arguments else datetime.now(VIETNAM).date()
    except ValueError:
        print(f"not a day: {arguments[0]!r}, expected such as 2026-12-15", file=sys.stderr)  # noqa: T201
        return 2
    announced = workdays.calendar().announced_until
    year = missing(day, announced_until=announced)
    if year is not None:
        print(  # noqa: T201
            f"{day}: the calendar of {year} is not announced data (announced until {announced}). "
            "See CONTRIBUTING, Adding a year's calendar."
        )
        return 1
    print(f"{day}: calendars are announced until {announced}")  # noqa: T201
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
