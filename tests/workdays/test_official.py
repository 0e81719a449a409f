"""The packaged years as documents: each day has a ground, each swap a partner, and the sums are right."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.model import Basis, Firmness
from onestop_core.rules.converter import structure
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import check_schema
from onestop_core.workdays import DayKind, calendar
from onestop_core.workdays.announced_years import announced_years, read_bases, read_rows, year
from tests.workdays.slow import OFFICIAL, days_named, days_of

CIVIL = calendar("vn-civil")
DOCUMENTS: dict[int, dict[str, Any]] = {number: resources.data(f"vn/calendar/{number}") for number in announced_years()}

# The Saturday worked, and the day off that it makes up for.
SWAPS = {
    row.date: row.replaces for number in announced_years() for row in year(number).rows if row.kind is DayKind.MAKEUP
}


def test_the_years_are_those_of_the_table() -> None:
    assert announced_years() == tuple(OFFICIAL) == tuple(range(2012, 2028))


@pytest.mark.parametrize("number", OFFICIAL)
def test_a_document_holds_the_days_of_the_table_and_no_other(number: int) -> None:
    document = DOCUMENTS[number]
    off, worked, total = OFFICIAL[number]
    listed = [date.fromisoformat(line["date"]) for line in document["days_off"]]
    made_up = [date.fromisoformat(line["date"]) for line in document["makeup_workdays"]]
    assert {day for day in listed if day.weekday() < 5} == days_named(number, off)
    assert set(made_up) == days_named(number, worked)
    assert len(listed + made_up) == len(set(listed + made_up)), "a day stands twice"
    assert {day.year for day in listed + made_up} == {number}
    assert document["working_days"] == total == sum(CIVIL.is_workday(day) for day in days_of(number))


# In force from: Labour Code 2012 art. 115 on 2013-05-01, Labour Code 2019 art. 112 on 2021-01-01.
LABOUR_CODES = ((date(2021, 1, 1), "45/2019"), (date(2013, 5, 1), "10/2012"), (date.min, "1994"))


def test_a_day_cites_the_labour_code_that_was_in_force_on_it() -> None:
    cited = 0
    for row in (row for number in announced_years() for row in year(number).rows):
        if row.basis.instrument.startswith("Bộ luật Lao động"):
            assert next(code for since, code in LABOUR_CODES if row.date >= since) in row.basis.instrument, row
            cited += 1
    assert cited


@pytest.mark.parametrize("number", OFFICIAL)
def test_every_day_rests_on_a_basis_that_can_be_looked_up(number: int) -> None:
    document = DOCUMENTS[number]
    used = {line["basis"] for line in document["days_off"] + document["makeup_workdays"]}
    assert used | {document["notice"]["basis"]} == set(document["bases"]), "a basis is missing, or nothing uses it"
    for row in year(number).rows:
        # What was reckoned says how in a note; everything else names where it was seen.
        assert row.basis.source or (row.basis.firmness is Firmness.COMPUTED and row.basis.note), row
        assert row.announced_on is None or row.announced_on == row.known_from
        assert row.name.vi
        assert row.name.en


@pytest.mark.parametrize("number", OFFICIAL)
def test_the_notice_is_known_on_its_day_or_says_that_the_day_is_assumed(number: int) -> None:
    document = DOCUMENTS[number]
    notice = document["notice"]
    announced = document["bases"][notice["basis"]].get("announced_on")
    if announced is None:
        assert (notice.get("assumed"), notice["known_from"]) == (True, f"{number}-01-01")
    else:
        assert (notice.get("assumed"), notice["known_from"]) == (None, announced)


def test_each_day_swapped_off_is_made_up_for_on_one_saturday() -> None:
    """The figures published with the table: 17 swaps, 2 to 10 days away, 10 after and 7 before, 3 across a year end."""
    swapped = [row.date for number in announced_years() for row in year(number).rows if row.kind is DayKind.SWAP_OFF]
    assert sorted(SWAPS.values(), key=str) == sorted(swapped)
    away = [(made_up - off).days for made_up, off in SWAPS.items() if off is not None]
    assert len(away) == 17
    assert (min(map(abs, away)), max(map(abs, away))) == (2, 10)
    assert (sum(days > 0 for days in away), sum(days < 0 for days in away)) == (10, 7)
    assert sum(off is not None and made_up.year != off.year for made_up, off in SWAPS.items()) == 3


def test_the_make_up_day_of_september_2014_is_not_presented_as_certain() -> None:
    for day in (date(2014, 9, 1), date(2014, 9, 6)):
        basis = CIVIL.day(day).basis
        assert basis is not None
        assert basis.firmness is Firmness.UNCONFIRMED


@pytest.mark.parametrize("number", OFFICIAL)
def test_each_row_says_from_when_it_was_known(number: int) -> None:
    """The rule by which the rows were written: by the announcement, by the law, or else by the notice of the year."""
    document = DOCUMENTS[number]
    codes = {name for name, basis in document["bases"].items() if basis["instrument"].startswith("Bộ luật Lao động")}
    for line in document["days_off"] + document["makeup_workdays"]:
        announced = document["bases"][line["basis"]].get("announced_on")
        by_law = "always" if line["basis"] in codes else document["notice"]["known_from"]
        assert line["known_from"] == (announced or by_law), line


@pytest.mark.parametrize("known_from", [None, "2026-13-01", "never", 5])
def test_a_national_row_without_a_day_of_knowledge_is_refused(known_from: Any) -> None:
    document = copy.deepcopy(DOCUMENTS[2026])
    for member in ("days_off", "makeup_workdays"):
        changed = {**document, member: [{**document[member][0], "known_from": known_from}]}
        assert any(
            problem.path.startswith(f"$.{member}[0].known_from") for problem in check_schema(changed, "calendar")
        )
        del changed[member][0]["known_from"]
        assert [problem.path for problem in check_schema(changed, "calendar")] == [f"$.{member}[0]"]


def test_what_a_law_is_called_does_not_matter() -> None:
    document = copy.deepcopy(DOCUMENTS[2026])
    document["bases"]["LC2019"]["instrument"] = "Pháp lệnh X"
    document["bases"]["2026-ALL"]["instrument"] = "Luật Y"
    before, after = (read_rows(each) for each in (DOCUMENTS[2026], document))
    assert [row.known_from for row in before] == [row.known_from for row in after]


WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1, max_size=40).filter(str.strip)
TEXTS = st.fixed_dictionaries({"vi": WORDS}, optional={"en": WORDS})
ISO_DATES = st.dates(date(1, 1, 1), date(9999, 12, 31)).map(date.isoformat)
BASES = st.fixed_dictionaries(
    {"instrument": WORDS, "firmness": st.sampled_from([each.value for each in Firmness])},
    optional={
        **dict.fromkeys(("article", "issuer", "source"), WORDS),
        **dict.fromkeys(("in_force_from", "in_force_to", "issued_on", "announced_on"), ISO_DATES),
        "note": TEXTS,
    },
)


@given(BASES)
def test_bases_read_by_hand_are_those_that_the_converter_reads(line: dict[str, Any]) -> None:
    assert read_bases({"bases": {"x": line}}) == {"x": structure(line, Basis)}
