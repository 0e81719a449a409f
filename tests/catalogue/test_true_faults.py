"""What was true when the rules met data that nobody of the project wrote, and what was a false alarm."""

from __future__ import annotations

import json
from collections import Counter
from functools import cache
from typing import Any

import pytest

from onestop_core import catalogue
from onestop_core.errors import Problem, Severity
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure, text
from tests.catalogue.pages import FILES, FOLDER, pages
from tests.catalogue.test_read_portal import flat_page


@cache
def imported() -> tuple[dict[str, Any], tuple[Problem, ...]]:
    raw, _ = catalogue.read_portal([page for name in FILES for page in pages(name)])
    return raw, catalogue.check(raw, most=None)


def typed_by_hand(name: str) -> dict[str, Any]:
    path = FOLDER / f"{name}.json"
    if not path.exists():
        pytest.skip("../shared/data/portal-pages is not here")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def told(raw: dict[str, Any], rule: str) -> list[str]:
    return [each.text.en for each in catalogue.check(raw, most=None) if each.rule == f"catalogue/{rule}"]


def test_at_least_99_of_100_shared_pages_load_without_an_error() -> None:
    raw, found = imported()
    of_pages = sum(len(pages(name)) for name in FILES) - 15  # pages whose code is in two of the files
    assert len(raw["procedures"]) * 100 >= 99 * of_pages
    assert [each for each in found if each.severity is Severity.ERROR] == []
    catalogue.load(raw)


def test_at_most_one_procedure_in_ten_has_a_warning_that_is_no_missing_time() -> None:
    raw, found = imported()
    warned = {
        each.path.split("]")[0] for each in found if each.severity is Severity.WARNING and "no-time" not in each.rule
    }
    assert len(warned) * 10 <= len(raw["procedures"])


def test_the_shared_pages_still_show_their_true_faults() -> None:
    raw, found = imported()
    counted = Counter(each.rule for each in found)
    assert counted["catalogue/no-time-limit"] > 0
    assert counted["catalogue/part-missing"] > 0
    assert counted["catalogue/paper-held-by-state"] > 0
    codes = [each["code"] for each in raw["procedures"]]
    overlapping = {codes[int(each.path.split("[")[1].split("]")[0])] for each in found if "overlapping" in each.rule}
    assert {"3.000224", "3.000272"} <= overlapping


def test_the_steps_of_hanoi_exceed_their_limits() -> None:
    steps = typed_by_hand("hanoi-land-steps")
    assert told(steps, "steps-exceed-limit") == [
        "along the longest path the steps take 12 working days, more than the limit '10 ngày làm việc'",
        "along the longest path the steps take 8.5 working days, more than the limit '07 ngày làm việc'",
    ]


def test_fees_of_another_dimension_are_no_false_alarm() -> None:
    assert told(typed_by_hand("dong-nai-land-fees"), "unreachable-limit") == []


def crossed(*fees: list[str], limits: tuple[str, ...] = ("new", "again")) -> dict[str, Any]:
    names = dict.fromkeys([*limits, *(case for each in fees for case in each)])
    cases = [{"id": name, "name": text(name)} for name in names]
    listed = [
        {"time": "1 day", "case": case, "fees": [{"amount": "1000", "case": name} for name in each]}
        for case, each in zip(limits, fees, strict=True)
    ]
    return document(procedure(cases=cases, channels=[{"kind": "post", "limits": listed}]))


def test_a_product_of_cases_that_is_written_out_is_told_from_a_slip() -> None:
    assert told(crossed(["land", "house"], ["land", "house"]), "unreachable-limit") == []
    assert told(crossed(["land"], ["house"]), "unreachable-limit") == [
        "a fee of the case 'land' stands under a limit of 'new'",
        "a fee of the case 'house' stands under a limit of 'again'",
    ]
    assert len(told(crossed(["again"], ["new"]), "unreachable-limit")) == 2


def taking(limit: str, *budgets: str) -> list[str]:
    steps = [
        {
            "id": str(index),
            "what": text("x"),
            "body": text("Sở"),
            "budget": each,
            "after": [str(index - 1)] if index else [],
        }
        for index, each in enumerate(budgets)
    ]
    channels = [{"kind": "post", "limits": [{"time": limit}]}]
    return told(document(procedure(steps=steps, channels=channels)), "steps-exceed-limit")


@pytest.mark.parametrize(
    ("limit", "budgets"),
    [
        ("1 working day", ["9 working hours"]),
        ("8 working hours", ["2 working days"]),
        ("4 working hours", ["1 working day"]),
        ("5 working days", ["41 working hours"]),
        ("5 working days", ["3 working days", "17 working hours"]),
        ("within the day", ["9 working hours"]),
        ("within the day", ["2 working hours", "3 working hours", "2 working hours", "2 working hours"]),
        ("within the day", ["2 working days"]),
        ("within the day", ["2 days"]),
        ("immediately", ["1 working day"]),
        ("immediately", ["1 day"]),
        ("10 days", ["11 working days"]),
        ("3 days", ["41 working hours"]),
        ("1 day", ["25 hours"]),
        ("1 month", ["32 days"]),
        ("1 month", ["28 working days"]),
        ("1 year", ["367 days"]),
        ("2 weeks", ["13 working days"]),
        ("5 days", ["2 days", "73 hours"]),
    ],
)
def test_every_mix_of_units_that_can_be_decided_is(limit: str, budgets: list[str]) -> None:
    (said,) = taking(limit, *budgets)
    assert said.endswith(f"more than the limit '{limit}'")


@pytest.mark.parametrize(
    ("limit", "budgets"),
    [
        ("1 working day", ["8 working hours"]),
        ("8 working hours", ["1 working day"]),
        ("within the day", ["2 working hours", "3 working hours", "2 working hours", "1 working hours"]),
        ("within the day", ["1 working day"]),
        ("immediately", ["2 working hours"]),
        ("10 days", ["9 working days"]),
        ("3 days", ["25 working hours"]),
        ("1 month", ["31 days"]),
        ("1 year", ["366 days"]),
        ("5 working days", ["30 days"]),
        ("5 working days + 2 days", ["30 days"]),
    ],
)
def test_what_depends_on_the_calendar_is_left_alone(limit: str, budgets: list[str]) -> None:
    assert taking(limit, *budgets) == []


def test_stray_and_look_alike_letters_are_told_when_a_page_is_read_and_found_in_documents() -> None:
    for letter in ("\xad", "\uf0fc", "\u200e"):
        _, told_of = catalogue.read_portal([flat_page(ten_thu_tuc=f"Cấp{letter} thẻ")])
        assert [each.place for each in told_of] == ["*"]
        assert told(document(procedure(name=text(f"Cấp{letter} thẻ"))), "stray-character") != []
    assert told(document(procedure(notes=[text("61/2018/NÐ-CP")])), "look-alike") != []
    assert told(document(procedure(name=text("Ca\u0302\u0301p"))), "not-nfc") != []


def test_a_number_that_lost_its_unit_is_shown() -> None:
    raw, _ = catalogue.read_portal([flat_page(cach_thuc_thuc_hien="Trực tiếp | 5 | Miễn phí")])
    assert told(raw, "no-time-limit") == [
        "has no time limit; the published words «5» hold a number, which is not enough to know it"
    ]
    raw, _ = catalogue.read_portal([flat_page(cach_thuc_thuc_hien="Trực tiếp | | Miễn phí")])
    assert told(raw, "no-time-limit") == ["states no time limit, which a published procedure must"]


def test_twenty_point_nothing_is_no_fee_of_twenty_dong() -> None:
    fees = [{"amount": "20.000"}]
    raw = document(procedure(channels=[{"kind": "post", "limits": [{"time": "1 day", "fees": fees}]}]))
    (found,) = [each for each in catalogue.check(raw) if each.rule == "catalogue/fee-fraction"]
    assert found.severity is Severity.ERROR
