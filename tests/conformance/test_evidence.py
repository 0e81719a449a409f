"""Required is what was read: by the evidence of the case documents, and by that of the tables themselves."""

from __future__ import annotations

from collections import defaultdict
from functools import cache
from typing import Any

import pytest

from onestop_core import conformance
from onestop_core.conformance.fresh.deadlines import moment
from onestop_core.model import thaw
from onestop_core.rules.reading import resources
from tests.conformance import evidence

SUITE = conformance.suite()
DOCUMENTS = {name: document for name, document in conformance.case_documents() if name != "suite"}
REQUIRED = [case for case in SUITE.cases if case.level is conformance.CaseLevel.REQUIRED]
GROUPS = [
    (name, group, [document["bases"][key] for key in group["basis"]])
    for name, document in DOCUMENTS.items()
    for group in document["groups"]
]
TABLES = (
    *(f"vn/calendar/{year}" for year in range(2012, 2028)),
    *(f"vn/lifecycle/{name}" for name in ("decree-61-2018", "decree-118-2025", "decree-118-2025-amended-309-2026")),
    *("vn/deadlines/rules/counting-rules", "vn/deadlines/duties/one-stop-decrees"),
    *(f"vn/deadlines/duties/{name}" for name in ("feedback", "complaint-2011", "complaint-2026", "data-request")),
    *(f"vn/sectors/{name}" for name in ("feedback", "complaint-2011", "data-request", "data-request-2023")),
    *("vn/kpi/vn-766-portal-2026", "vn/kpi/vn-766-decision-2022"),
    *("vn/forms/form-06", "vn/check-rules/grounds", "vn/event-rows/event-rows"),
)


def test_every_basis_of_a_required_group_is_firm_and_can_be_looked_up() -> None:
    """One that was read does not hide one that was not."""
    weak = [
        (name, group["cases"][0]["id"], basis["instrument"])
        for name, group, bases in GROUPS
        if group["level"] == "required"
        for basis in bases
        if not evidence.firm(basis)
    ]
    assert weak == []


def test_what_no_required_case_may_rest_on() -> None:
    read = {"instrument": "Nghị định 61/2018/NĐ-CP", "article": "19(4)", "firmness": "read"}
    assert evidence.firm(read)
    assert evidence.firm({"instrument": "Công văn 9859/VPCP-KGVX", "firmness": "read"})
    assert evidence.firm({"instrument": "Cổng Dịch vụ công quốc gia", "firmness": "observed"})
    assert not evidence.firm({"instrument": "Bộ luật Dân sự", "firmness": "read"})
    assert not evidence.firm({"instrument": "VietOpenCPS", "firmness": "observed"})
    for firmness in ("secondary", "computed", "inferred", "recalled", "unconfirmed"):
        assert not evidence.firm({**read, "firmness": firmness})


@cache
def told_by_tables() -> dict[tuple[str, str | None], set[str]]:
    found: defaultdict[tuple[str, str | None], set[str]] = defaultdict(set)
    for name in TABLES:
        for basis in resources.data(name)["bases"].values():
            found[basis["instrument"], basis.get("article")].add(basis["firmness"])
    return found


def test_a_case_and_a_table_never_disagree_about_the_evidence() -> None:
    wrong = [
        (name, basis["instrument"], basis.get("article"), basis["firmness"])
        for name, _, bases in GROUPS
        for basis in bases
        if (tables := told_by_tables().get((basis["instrument"], basis.get("article")))) is not None
        and basis["firmness"] not in tables
    ]
    assert wrong == []


def test_what_is_read_according_to_a_case_is_in_some_table_or_among_the_few_others() -> None:
    others = {
        ("Quyết định 188/1999/QĐ-TTg", "1"),  # the week of five days
        ("Quyết định 20/2020/QĐ-TTg", "4"),  # agency codes
        ("Thông tư 01/2018/TT-VPCP", "19"),  # dossier codes
        ("Nghị định 61/2018/NĐ-CP", "26"),
        ("Bộ luật Dân sự 91/2015/QH13", "148(1)"),
        ("Bộ luật Lao động 45/2019/QH14", "112(3)"),
    }
    told = {
        (basis["instrument"], basis.get("article"))
        for _, _, bases in GROUPS
        for basis in bases
        if basis["firmness"] == "read"
    }
    unknown = {key for key in told if "read" not in told_by_tables().get(key, set())} - others
    assert {key for key in unknown if not key[0].startswith(("Nghị định 118/2025", "Nghị định 61/2018"))} == set()
    # Of the decrees the cases may cite a clause where a table cites the article.
    articles = {(name, (article or "").partition("(")[0]) for name, article in told_by_tables()}
    assert {key for key in unknown if (key[0], (key[1] or "").partition("(")[0]) not in articles} == set()


def _days_of(case: conformance.Case) -> list[str]:
    """The days that decide an answer about working days."""
    given: dict[str, Any] = thaw(case.input)
    match case.operation:
        case "is_workday":
            return [given["date"]]
        case "count_workdays":
            days = list(evidence.between(given["start"], given["end"]))
            return days if given["start"] <= given["end"] else [given["end"], *days[:-1]]
        case "add_workdays":
            days = list(evidence.between(given["date"], case.expected))
            return days if given["n"] > 0 else [case.expected, *days[:-1]]
        case _:
            first, last = (moment(text).date().isoformat() for text in (given["received_at"], case.expected["due_at"]))
            return list(evidence.between(first, last))


@pytest.mark.parametrize("operation", ["is_workday", "add_workdays", "count_workdays", "due"])
def test_every_special_day_of_a_required_count_rests_on_what_was_read_and_is_cited(operation: str) -> None:
    wrong = []
    for case in REQUIRED:
        if case.operation != operation or case.refused is not None:
            continue
        if operation == "due" and "working" not in case.input["limit"]:
            continue
        for day in _days_of(case):
            basis = evidence.decided_days().get(day)
            if basis is not None and not (evidence.firm(basis) and any(basis["instrument"] in b for b in case.basis)):
                wrong.append((case.id, day, basis["instrument"]))
    assert wrong == []


def test_every_step_of_a_required_log_rests_on_what_was_read() -> None:
    """Each row, state and guard on the way, and the parameter that a guard reads where the log leaves it alone."""
    wrong = []
    for case in REQUIRED:
        if case.operation == "replay":
            passed = evidence.way(thaw(case.input["log"]))
            wrong += [(case.id, name) for name, basis in passed if not evidence.firm(basis)]
    assert wrong == []


def test_no_required_log_asks_for_what_the_whole_table_tells() -> None:
    asked = [case.id for case in REQUIRED if case.operation == "replay" and case.refused is None]
    assert len(asked) > 300
    assert [case.id for case in REQUIRED if case.operation == "replay" and "allowed" in (case.expected or {})] == []


def test_a_required_score_cites_what_the_index_says_of_its_metrics() -> None:
    table = resources.data("vn/kpi/vn-766-portal-2026")
    metrics = {metric["id"]: metric for metric in table["metrics"]}
    wrong = []
    for case in REQUIRED:
        if case.operation == "score":
            for name, (_, below) in case.input["counts"].items():
                key = metrics[name]["basis"] if below else metrics[name]["zero"]["basis"]
                wrong += [(case.id, key)] if not evidence.firm(table["bases"][key]) else []
    assert wrong == []


def test_required_dossiers_live_under_the_law_that_is_cited() -> None:
    """Decree 61/2018 until June 2025, Decree 118/2025 from July on, its amendment from 5 August 2026."""
    wrong = []
    for case in REQUIRED:
        for text in _moments(thaw(case.input)):
            day = moment(text).date().isoformat()
            old = any("61/2018" in basis for basis in case.basis)
            new = any("118/2025" in basis for basis in case.basis)
            opened = case.operation in {"follow", "replay"}
            if not opened and ((old and day > "2025-06-30") or (new and day < "2025-07-01")):
                wrong.append(case.id)
    for case in REQUIRED:
        if case.operation in {"follow", "replay"}:
            log = case.input["log"]
            day = moment(log["dossier"]["at"]).date().isoformat()
            table = resources.data(f"vn/lifecycle/{log['lifecycle'].partition('@')[2]}")
            if not table["in_force_from"] <= day <= table.get("in_force_to", "9999"):
                wrong.append(case.id)
    assert wrong == []


def _moments(value: Any) -> list[str]:
    if isinstance(value, dict):
        return [text for child in value.values() for text in _moments(child)]
    if isinstance(value, list):
        return [text for child in value for text in _moments(child)]
    return [value] if isinstance(value, str) and len(value) > 18 and value[10] == "T" else []


def test_no_case_asks_for_numbers_that_break_64_bits_or_doubles() -> None:
    def numbers(value: Any) -> list[int]:
        if isinstance(value, dict):
            return [number for child in value.values() for number in numbers(child)]
        if isinstance(value, list):
            return [number for child in value for number in numbers(child)]
        if isinstance(value, str) and value.rpartition("-")[2].isdigit():
            return [int(value.rpartition("-")[2])]
        return [value] if isinstance(value, int) else []

    large = [case.id for case in REQUIRED if any(abs(number) >= 2**53 for number in numbers(thaw(case.input)))]
    assert large == []


def test_ids_say_what_they_mean() -> None:
    assert [case.id for case in SUITE.cases if case.id.endswith(".unknown") and ".order." not in case.id] == []
    assert [
        case.id for case in SUITE.cases if "unknown" in case.id and case.input.get("end_on_day_off") == "none"
    ] == []
