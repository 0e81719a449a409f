"""What a calendar as of some day knows: every announced day, seen from every day on which something became known."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from onestop_core.rules.reading import resources
from onestop_core.workdays import calendar
from onestop_core.workdays.announced_years import announced_years
from tests.conformance.slow_workdays import TypedDays

DAY = timedelta(days=1)
DOCUMENTS = [resources.data(f"vn/calendar/{number}") for number in announced_years()]
ROWS = [line for document in DOCUMENTS for line in document["days_off"] + document["makeup_workdays"]]
BECAME_KNOWN = {date.fromisoformat(line["known_from"]) for line in ROWS if line["known_from"] != "always"}
BECAME_KNOWN |= {date.fromisoformat(document["notice"]["known_from"]) for document in DOCUMENTS}
# Between two of these days nothing changes.
SEEN_FROM = sorted(BECAME_KNOWN | {day - DAY for day in BECAME_KNOWN})
SLOW = TypedDays()


@pytest.mark.parametrize("as_of", SEEN_FROM)
def test_each_announced_day_is_what_the_second_reading_of_the_notices_says(as_of: date) -> None:
    """The second reading has no documents, only the table of days and the days of the notices."""
    seen = calendar("vn-civil", as_of=as_of)
    until, day, differing = seen.announced_until, date(2012, 1, 1), list[date]()
    while day <= until:
        if seen.is_workday(day) is not SLOW.works(day, as_of):
            differing.append(day)
        day += DAY
    assert differing == []
    assert until.year >= min(as_of.year, 2011)


def test_the_rows_say_what_the_names_of_their_instruments_used_to_tell() -> None:
    """Until each row said it, a reader had to take what begins with the word for a law as always known."""
    for document in DOCUMENTS:
        for line in document["days_off"] + document["makeup_workdays"]:
            basis = document["bases"][line["basis"]]
            by_law = (
                "always" if basis["instrument"].startswith(("Luật", "Bộ luật")) else document["notice"]["known_from"]
            )
            assert line["known_from"] == basis.get("announced_on", by_law)
