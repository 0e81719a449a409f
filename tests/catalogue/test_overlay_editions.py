"""Editions of one code in tables and overlays: a row and an overlay say which they mean."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from onestop_core import catalogue
from onestop_core.errors import InvalidDocumentError
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure
from tests.catalogue.overlays import overlay

FIRST = procedure(in_force_to="2025-06-30")
SECOND = procedure(in_force_from="2025-07-01")
SHORTER = [{"kind": "in_person", "limits": [{"time": "1 working day"}]}]


def two() -> catalogue.Catalogue:
    return catalogue.load(document(FIRST, SECOND, procedure("1.000002")))


def times(cat: catalogue.Catalogue) -> list[str | None]:
    return [each.channels[0].limits[0].time for each in cat.procedures]


def test_tables_hold_every_edition() -> None:
    tables = catalogue.to_tables(two())
    assert catalogue.from_tables(tables) == two()
    assert catalogue.tables.not_in_tables(two()) == ()
    rows = [line.split(",")[0] for line in tables["procedures.papers.csv"].splitlines()[1:]]
    assert rows == ["1.000001", "1.000001@2025-07-01", "1.000002"]


def test_a_row_may_name_the_first_day_of_a_procedure_that_has_one_edition() -> None:
    one = catalogue.load(document(SECOND))
    tables = catalogue.to_tables(one)
    named = {name: text.replace("\n1.000001,1,", "\n1.000001@2025-07-01,1,") for name, text in tables.items()}
    assert named != tables
    assert catalogue.from_tables(named) == one
    wrong = {name: text.replace("@2025-07-01,1,", "@2024-07-01,1,") for name, text in named.items()}
    with pytest.raises(InvalidDocumentError, match=r"there is no row 1\.000001@2024-07-01"):
        catalogue.from_tables(wrong)


def test_two_rows_of_one_code_and_first_day_are_one_too_many() -> None:
    tables = catalogue.to_tables(catalogue.load(document(SECOND)))
    again = tables["procedures.csv"].splitlines()[1]
    with pytest.raises(InvalidDocumentError, match="stands above already"):
        catalogue.from_tables({**tables, "procedures.csv": tables["procedures.csv"] + again})


def applied(*changes: dict[str, Any]) -> catalogue.Catalogue:
    return catalogue.overlay.apply(two(), overlay(*changes))


def test_an_overlay_changes_the_last_edition_or_that_of_its_day() -> None:
    old, new = times(two())[:2]
    assert times(applied({"code": "1.000001", "channels": SHORTER}))[:2] == [old, "1 working day"]
    local = {"code": "1.000001", "on": "2025-01-01", "channels": SHORTER}
    assert times(applied(local))[:2] == ["1 working day", new]
    both = applied(local, {"code": "1.000001", "channels": SHORTER})
    assert times(both)[:2] == ["1 working day"] * 2
    mine = catalogue.overlay.load(overlay(local))
    assert mine.procedures[0].on == date(2025, 1, 1)
    assert catalogue.overlay.load(catalogue.overlay.dump(mine)) == mine


def test_an_overlay_names_each_edition_once_and_one_that_there_is() -> None:
    local = {"code": "1.000001", "channels": SHORTER}
    found = catalogue.overlay.check(two(), overlay(local, {**local, "on": "2026-01-01"}))
    assert [each.path for each in found if each.rule == "overlay/duplicate-change"] == ["$.procedures[1].code"]
    gap = catalogue.load(document({**FIRST, "in_force_from": "2024-01-01"}, SECOND))
    (missing,) = catalogue.overlay.check(gap, overlay({**local, "on": "2023-01-01"}))
    assert (missing.path, missing.text.vi) == (
        "$.procedures[0].on",
        "không có quy định của thủ tục 1.000001 vào ngày 01/01/2023",
    )
    (unknown,) = catalogue.overlay.check(gap, overlay({"code": "1.000009", "on": "2023-01-01"}))
    assert unknown.path == "$.procedures[0].code"
