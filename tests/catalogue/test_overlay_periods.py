"""Overlays with days: a pilot, what follows it, and units that merge."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from onestop_core import catalogue
from onestop_core.catalogue.overlay.periods import Period, split
from onestop_core.errors import InvalidDocumentError
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure, text
from tests.catalogue.overlays import national, overlay

PILOT = {"in_force_from": "2024-09-01", "in_force_to": "2025-11-30"}
SHORTER = {"kind": "in_person", "limits": [{"time": "2 working days"}]}
SHORTEST = {"kind": "in_person", "limits": [{"time": "1 working day"}]}


def changed(channel: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"code": "1.000001", "channels": [channel], **more}


def periods(cat: catalogue.Catalogue, code: str = "1.000001") -> list[tuple[str, str, str | None]]:
    return [
        (str(each.in_force_from), str(each.in_force_to), each.channels[0].limits[0].time) for each in cat.editions(code)
    ]


NATIONAL = national()["1.000001"].channels[0].limits[0].time


def test_a_pilot_splits_the_national_edition_in_three() -> None:
    mine = catalogue.overlay.apply(national(), overlay(changed(SHORTER), **PILOT))
    assert periods(mine) == [
        ("None", "2024-08-31", NATIONAL),
        ("2024-09-01", "2025-11-30", "2 working days"),
        ("2025-12-01", "None", NATIONAL),
    ]
    assert catalogue.check(catalogue.dump(mine)) == ()
    for day, time in (
        (date(2024, 8, 31), NATIONAL),
        (date(2025, 11, 30), "2 working days"),
        (date(2025, 12, 1), NATIONAL),
    ):
        assert mine.on(day)["1.000001"].channels[0].limits[0].time == time
    limit = mine.on(date(2025, 1, 1))["1.000001"].channels[0].limits[0]
    assert mine.bases[limit.basis[0]].instrument == "Quyết định 1/2026/QĐ-UBND"


def test_a_change_may_have_days_of_its_own() -> None:
    local = overlay(changed(SHORTER, in_force_to="2025-11-30"), in_force_from="2024-09-01", in_force_to="2030-12-31")
    assert periods(catalogue.overlay.apply(national(), local))[1] == ("2024-09-01", "2025-11-30", "2 working days")


def test_what_follows_the_pilot_is_another_change() -> None:
    after = {"in_force_from": "2025-12-01"}
    mine = catalogue.overlay.apply(national(), overlay(changed(SHORTEST, **after), changed(SHORTER, **PILOT)))
    assert periods(mine) == [
        ("None", "2024-08-31", NATIONAL),
        ("2024-09-01", "2025-11-30", "2 working days"),
        ("2025-12-01", "None", "1 working day"),
    ]
    gap = catalogue.overlay.apply(
        national(), overlay(changed(SHORTEST, in_force_from="2026-01-01"), changed(SHORTER, **PILOT))
    )
    assert [time for _, _, time in periods(gap)] == [NATIONAL, "2 working days", NATIONAL, "1 working day"]


def test_changes_of_the_same_days_are_one_too_many() -> None:
    later = {"in_force_from": "2025-11-30"}
    two = overlay(changed(SHORTER, **PILOT), changed(SHORTEST, **later), changed(SHORTEST, in_force_from="2026-01-01"))
    found = catalogue.overlay.check(national(), two)
    twice = [each.path for each in found if each.rule == "overlay/duplicate-change"]
    assert twice == ["$.procedures[1].code", "$.procedures[2].code"]
    one_inside = overlay(
        changed(SHORTER, in_force_from="2024-01-01"),
        changed(SHORTEST, **PILOT),
        changed(SHORTEST, in_force_from="2026-01-01"),
    )
    found = catalogue.overlay.check(national(), one_inside)
    assert [each.path for each in found if each.rule == "overlay/duplicate-change"] == twice


def two_editions() -> catalogue.Catalogue:
    return catalogue.load(
        document(
            procedure(in_force_to="2025-06-30"),
            procedure(in_force_from="2025-07-01"),
            procedure("1.000002", name=text("Khác")),
        )
    )


def test_a_pilot_goes_over_the_change_of_national_editions() -> None:
    mine = catalogue.overlay.apply(two_editions(), overlay(changed(SHORTER), **PILOT))
    assert [time for _, _, time in periods(mine)] == [NATIONAL, "2 working days", "2 working days", NATIONAL]
    assert periods(mine)[1][:2] == ("2024-09-01", "2025-06-30")
    assert [each.code for each in mine.procedures] == ["1.000001"] * 4 + ["1.000002"]


def test_a_day_names_one_edition_of_the_pilot() -> None:
    mine = catalogue.overlay.apply(two_editions(), overlay(changed(SHORTER, on="2025-08-01"), **PILOT))
    assert [time for _, _, time in periods(mine)] == [NATIONAL, "2 working days", NATIONAL]
    assert periods(mine)[1][:2] == ("2025-07-01", "2025-11-30")


def test_what_meets_no_edition_is_found() -> None:
    base = catalogue.load(document(procedure(in_force_to="2023-12-31")))
    (found,) = catalogue.overlay.check(base, overlay(changed(SHORTER), **PILOT))
    assert (found.rule, found.path) == ("overlay/unresolved-reference", "$.procedures[0].code")
    assert found.text.vi == "không có quy định của thủ tục 1.000001 vào thời gian 01/09/2024 – 30/11/2025"


def test_days_that_end_before_they_begin_are_found() -> None:
    backwards = {"in_force_from": "2025-11-30", "in_force_to": "2024-09-01"}
    general = catalogue.overlay.check(national(), overlay(changed(SHORTER), **backwards))
    assert ("catalogue/reversed-dates", "$.in_force_to") in {(each.rule, each.path) for each in general}
    own = catalogue.overlay.check(national(), overlay(changed(SHORTER, **backwards)))
    assert ("catalogue/reversed-dates", "$.procedures[0].in_force_to") in {(each.rule, each.path) for each in own}
    with pytest.raises(InvalidDocumentError):
        catalogue.overlay.apply(national(), overlay(changed(SHORTER), **backwards))


def signed(decision: dict[str, str], **changes: Any) -> list[tuple[str, str]]:
    bases = {"qd": {"instrument": "Quyết định 1/2024/QĐ-UBND", "firmness": "read", **decision}}
    found = catalogue.overlay.check(
        national(), overlay(changed(SHORTER, **changes.pop("own", {})), bases=bases, **changes)
    )
    return [(each.rule, each.path) for each in found]


NOT_IN_FORCE = "overlay/decision-not-in-force"


def test_the_decision_signs_for_the_first_and_the_last_day() -> None:
    assert signed({"in_force_from": "2024-09-01", "in_force_to": "2025-11-30"}, **PILOT) == []
    assert signed({"in_force_from": "2024-10-01"}, **PILOT) == [(NOT_IN_FORCE, "$.in_force_from")]
    assert signed({"in_force_to": "2025-06-30"}, **PILOT) == [(NOT_IN_FORCE, "$.in_force_to")]
    assert signed({"in_force_to": "2025-06-30"}, in_force_from="2024-09-01") == [(NOT_IN_FORCE, "$.in_force_to")]
    assert signed({"in_force_from": "2024-10-01"}, in_force_to="2025-11-30") == []
    assert signed({"in_force_from": "2024-10-01"}, own=PILOT) == [(NOT_IN_FORCE, "$.procedures[0].in_force_from")]
    assert signed({"in_force_from": "2030-01-01"}) == []
    # Where the decision itself is missing, that is said, and no more.
    lost = overlay(changed(SHORTER), decision=["lost"], **PILOT)
    rules = {each.rule for each in catalogue.overlay.check(national(), lost)}
    assert "overlay/decision-missing" in rules
    assert NOT_IN_FORCE not in rules


def test_a_decision_that_prolongs_signs_for_the_rest() -> None:
    bases = {
        "qd": {
            "instrument": "Quyết định 1/2024/QĐ-UBND",
            "firmness": "read",
            "in_force_from": "2024-09-01",
            "in_force_to": "2025-06-30",
        },
        "more": {"instrument": "Quyết định 2/2025/QĐ-UBND", "firmness": "read", "in_force_from": "2025-07-01"},
    }
    prolonged = overlay(changed(SHORTER), bases=bases, decision=["qd", "more"], **PILOT)
    assert catalogue.overlay.check(national(), prolonged) == ()


def test_units_that_merge_follow_each_other() -> None:
    """The changes of the old province end with it; those of the new one begin the day after."""
    old = overlay(changed(SHORTER), in_force_to="2025-06-30", title=text("Danh mục của tỉnh cũ"))
    bases = {"qd-new": {"instrument": "Quyết định 9/2025/QĐ-UBND", "firmness": "read", "in_force_from": "2025-07-01"}}
    new = overlay(
        changed(SHORTEST),
        in_force_from="2025-07-01",
        decision=["qd-new"],
        bases=bases,
        title=text("Danh mục của tỉnh mới"),
    )
    mine = catalogue.overlay.apply(catalogue.overlay.apply(national(), old), new)
    assert periods(mine) == [("None", "2025-06-30", "2 working days"), ("2025-07-01", "None", "1 working day")]
    assert mine.title.vi == "Danh mục của tỉnh mới"
    changes = catalogue.diff(mine.on(date(2025, 6, 30)), mine.on(date(2025, 7, 1)))
    assert "1.000001, in person: time limit from 2 working days to 1 working day" in [each.text.en for each in changes]


def test_suppressions_stay_with_what_they_are_about_when_editions_split() -> None:
    papers = [{"name": text(name), "originals": 1, "copies": 0} for name in "abc"]
    paths = ["$.procedures[0].papers[2]", "$.procedures[1]", "$.title"]
    accepted = [{"rule": "catalogue/part-missing", "path": path, "reason": "x"} for path in paths]
    coded = [
        {"rule": "catalogue/part-missing", "code": code, "path": "$.papers[2]", "reason": "x"}
        for code in ("1.000001", "1.000009")
    ]
    base = catalogue.load(
        document(procedure(papers=papers), procedure("1.000002", name=text("Khác")), suppressions=[*accepted, *coded])
    )
    pilot = {"code": "1.000001", "papers_removed": ["b"], "in_force_from": "2025-01-01"}
    mine = catalogue.overlay.apply(base, overlay(pilot))
    assert [(each.code, each.path) for each in mine.suppressions] == [
        (None, "$.procedures[0].papers[2]"),
        (None, "$.procedures[1].papers[1]"),
        (None, "$.procedures[2]"),
        (None, "$.title"),
        ("1.000001", "$.papers[1]"),
        ("1.000009", "$.papers[2]"),
    ]
    gone = catalogue.overlay.apply(base, overlay({**pilot, "papers_removed": ["c"]}))
    assert [(each.code, each.path) for each in gone.suppressions][0:2] == [
        (None, "$.procedures[0].papers[2]"),
        (None, "$.procedures[2]"),
    ]


def test_an_overlay_with_days_comes_back() -> None:
    mine = catalogue.overlay.load(overlay(changed(SHORTER, **PILOT), in_force_from="2024-01-01"))
    assert (mine.in_force_from, mine.procedures[0].in_force_to) == (date(2024, 1, 1), date(2025, 11, 30))
    assert catalogue.overlay.load(catalogue.overlay.dump(mine)) == mine


def test_periods() -> None:
    always = Period(None, None)
    assert (always.is_bounded, always.within(None, None)) == (False, always)
    assert Period(date(2025, 1, 1), None).within(None, date(2024, 12, 31)) is None
    edition = national()["1.000001"]
    assert list(split(edition, [])) == [(edition, None)]


@pytest.mark.parametrize(
    ("mine", "theirs", "rules"),
    [
        ("15 working days", "15 days", ["overlay/longer-time"]),
        ("13 working days", "14 days", ["overlay/longer-time"]),
        ("02 tháng", "15 days", ["overlay/longer-time"]),
        ("5 days", "5 working days", []),
        ("24 giờ", "1 day", []),
        ("1 month", "28 working days", []),
        ("5 working days + 1 day", "5 working days", ["overlay/longer-time"]),
        ("2 days + 1 working day", "2 working days + 1 working day", []),
        ("4 working days", "5 days", ["overlay/time-not-comparable"]),
        ("8 working hours", "1 working day", ["overlay/time-not-comparable"]),
    ],
)
def test_every_comparison_that_is_certain_is_decided(mine: str, theirs: str, rules: list[str]) -> None:
    base = catalogue.load(document(procedure(channels=[{"kind": "in_person", "limits": [{"time": theirs}]}], steps=[])))
    local = overlay(changed({"kind": "in_person", "limits": [{"time": mine}]}))
    assert [each.rule for each in catalogue.overlay.check(base, local)] == rules
