"""Units held to the rules: facts O5 to O11 and H6 to H10 of the sheet, in each edition."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import organisation
from onestop_core.errors import (
    InvalidDocumentError,
    InvalidValueError,
    NotInForceError,
    Problem,
    Severity,
    UnknownCodeError,
)
from onestop_core.organisation import check_units, law, load_organisation, rules
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import check_schema
from tests.organisation.samples import WORDS, commune, posting, province, unit

if TYPE_CHECKING:
    from pathlib import Path

A, B, C = date(2024, 3, 4), date(2026, 8, 4), date(2026, 8, 5)


def breaches(document: Any, on: date) -> list[Problem]:
    """Return what is wrong; what is not told is asked of notes elsewhere."""
    return [problem for problem in check_units(document, on=on) if problem.severity is not Severity.NOTE]


def found(document: Any, on: date = C) -> list[tuple[str, str]]:
    return [(problem.path, problem.rule) for problem in breaches(document, on)]


def rules_of(document: Any, on: date = C) -> list[str]:
    return [rule for _, rule in found(document, on)]


def test_nothing_is_wrong_with_units_as_the_law_has_them() -> None:
    office = unit("H01.VP", "provincial_office")
    centre = unit(
        "H01.TT",
        "provincial_centre",
        parent="H01.VP",
        leadership={"director": "deputy_chief_of_office", "deputies": 3},
        tasks=["guidance", "intake", "return", "urging", "procedure_control"],
    )
    point = unit("H01.01.D1", "reception_point", parent="H01.01", tasks=["intake", "return"])
    firm = unit("BD", "contractor", parent="H01.01", tasks=["guidance", "intake", "digitisation", "return"])
    served = commune(fields=[{"code": "HT", "stand_ins": ["CB09"]}], postings=[posting(fields=["HT"])])
    assert found(province(office, centre, served, point, firm)) == []


# O7: one model or the other


@pytest.mark.parametrize("day", [date(2025, 7, 1), B, C])
def test_a_commune_centre_and_a_one_level_centre_exclude_each_other(day: date) -> None:
    leaders = {"director": "committee_vice_chair", "deputies": 1} if day <= B else {"director": "division_head"}
    document = province(unit("H01.TT", "one_level_centre", leadership={}), commune(leadership=leaders), kind="city")
    [problem] = breaches(document, day)
    assert (problem.path, problem.rule, problem.severity) == (
        "$.units[1].kind",
        "organisation/exclusion",
        Severity.ERROR,
    )
    assert problem.basis is not None
    assert problem.basis.en == "Decree 118/2025/NĐ-CP, art. 7(3)"
    assert "không cùng tồn tại" in problem.text.vi


def test_units_of_other_times_exclude_nobody() -> None:
    gone = unit("H01.TT", "one_level_centre", to="2026-07-31")
    assert found(province(gone, commune(**{"from": "2026-08-01"}), kind="city")) == []


def test_what_is_only_concluded_is_a_warning() -> None:
    document = province(
        unit("H01.TT", "provincial_centre", leadership={}),
        unit("H01.T1", "one_level_centre", leadership={}),
        kind="city",
    )
    [problem] = breaches(document, C)
    assert (problem.rule, problem.severity) == ("organisation/exclusion", Severity.WARNING)
    assert problem.basis is not None
    assert "[inferred]" in problem.basis.en


@pytest.mark.parametrize("kind", ["commune_centre", "provincial_centre"])
def test_a_branch_means_that_the_one_level_model_was_chosen(kind: str) -> None:
    [problem] = breaches(province(unit("U", kind, leadership={}), unit("B", "branch"), kind="city"), C)
    assert (problem.path, problem.severity) == ("$.units[1].kind", Severity.WARNING)


# O6: one-level centres in centrally run cities, and in provinces that tried it (40(3))


@pytest.mark.parametrize(
    ("territory", "expected"),
    [
        ({"kind": "city"}, []),
        ({"kind": "province", "pilot": True}, []),
        ({"kind": "province"}, ["organisation/only-in"]),
        ({"kind": "ministry"}, ["organisation/only-in"]),
    ],
)
def test_where_a_one_level_centre_may_be(territory: dict[str, Any], expected: list[str]) -> None:
    document = province(unit("H01.TT", "one_level_centre", leadership={}), **territory)
    assert rules_of(document, C) == rules_of(document, B) == expected


# O6, O7: what belongs to what


@pytest.mark.parametrize(
    ("kind", "parent", "fits_in_b", "fits_in_c"),
    [
        ("reception_point", "commune_centre", True, True),
        ("reception_point", "one_level_centre", False, True),
        ("reception_point", "provincial_centre", False, False),
        ("branch", "one_level_centre", True, True),
        ("branch", "commune_centre", False, False),
        ("contractor", "commune_centre", True, True),
        ("contractor", "provincial_office", False, False),
    ],
)
def test_what_belongs_to_what(kind: str, parent: str, fits_in_b: bool, fits_in_c: bool) -> None:
    above = unit("P", parent) if parent == "provincial_office" else unit("P", parent, leadership={})
    document = province(above, unit("U", kind, parent="P"), kind="city")
    for day, fits in ((B, fits_in_b), (C, fits_in_c)):
        wrong = [each for each in found(document, day) if each[1] != "organisation/exclusion"]
        assert wrong == ([] if fits else [("$.units[1].parent", "organisation/parent")])


def test_a_parent_is_a_unit_of_the_document_and_not_the_unit_itself() -> None:
    document = province(commune(), unit("D1", "reception_point", parent="H01.1"), unit("D2", "contractor", parent="D2"))
    first, second = breaches(document, C)
    assert (first.path, first.rule) == ("$.units[1].parent", "organisation/unknown")
    assert first.hint is not None
    assert "H01.01" in first.hint.en
    assert second.path == "$.units[2].parent"


# O8: a firm does four tasks; O9, O10: what desks do


FOUR = ("guidance", "intake", "digitisation", "return")


def test_a_firm_does_the_four_tasks_only() -> None:
    for edition in (rules(on=B), rules(on=C)):
        every = [task.code for task in edition.tasks]
        day = edition.in_force_from
        assert day is not None
        [*problems] = check_units(province(unit("BD", "contractor", tasks=every)), on=day)
        assert [problem.path for problem in problems] == [
            f"$.units[0].tasks[{number}]" for number, task in enumerate(every) if task not in FOUR
        ]
        assert {(problem.severity, problem.basis.en if problem.basis else "") for problem in problems} == {
            (Severity.ERROR, "Decree 118/2025/NĐ-CP, art. 7(4)")
        }
        assert "decision_at_desk" in every


@pytest.mark.parametrize("kind", ["provincial_centre", "one_level_centre", "commune_centre", "ministry_desk"])
def test_every_desk_may_do_the_common_tasks(kind: str) -> None:
    row = rules(on=C).kind(kind)
    assert row is not None
    assert {
        *FOUR, "publicity", "check", "transfer", "collection", "refusal", "decision_at_desk", "progress_enquiry",
        "urging", "complaints", "training", "support_services", "proposals",
    } <= set(row.tasks)  # fmt: skip
    wider = {"procedure_control", "draft_opinions", "publication_quality", "system_management"}
    assert (wider <= set(row.tasks)) is (kind in {"provincial_centre", "one_level_centre"})
    assert ("e_government" in row.tasks) is (kind == "commune_centre")


def test_what_a_reception_point_may_do_is_concluded_and_so_a_warning() -> None:
    [problem] = check_units(province(unit("D1", "reception_point", tasks=["training"])), on=C)
    assert (problem.rule, problem.severity) == ("organisation/task", Severity.WARNING)


def test_a_task_or_kind_that_nobody_knows() -> None:
    task, kind = check_units(province(commune(tasks=["intak"]), unit("X", "comune_centre")), on=C)
    assert (task.path, task.rule, kind.path, kind.rule) == (
        "$.units[0].tasks[0]",
        "organisation/unknown",
        "$.units[1].kind",
        "organisation/unknown",
    )
    assert task.hint is not None
    assert kind.hint is not None
    assert ("intake" in task.hint.en, "commune_centre" in kind.hint.en) == (True, True)


@pytest.mark.parametrize(("kind", "day"), [("vertical_desk", B), ("district_desk", C), ("commune_desk", B)])
def test_a_kind_of_another_edition_is_a_warning(kind: str, day: date) -> None:
    [problem] = check_units(province(unit("X", kind, leadership={})), on=day)
    assert (problem.rule, problem.severity) == ("organisation/not-of-this-edition", Severity.WARNING)


@pytest.mark.parametrize("kind", ["commune_centre", "contractor"])
def test_a_kind_of_which_nothing_was_recorded_is_noted(kind: str) -> None:
    [problem] = check_units(province(unit("X", kind)), on=A)
    assert (problem.rule, problem.severity) == ("organisation/not-recorded", Severity.NOTE)


# O11: who leads


@pytest.mark.parametrize(
    ("kind", "leadership", "in_b", "in_c"),
    [
        ("provincial_centre", {"director": "deputy_chief_of_office", "deputies": 3}, [], []),
        ("provincial_centre", {"director": "deputy_chief_of_office", "deputies": 4}, ["deputies"], ["deputies"]),
        ("provincial_centre", {"director": "department_director"}, ["director"], ["director"]),
        ("one_level_centre", {"director": "department_director", "deputies": 9}, [], []),
        ("one_level_centre", {"director": "deputy_chief_of_office"}, ["director"], ["director"]),
        ("commune_centre", {"director": "committee_vice_chair", "deputies": 1}, [], ["director"]),
        ("commune_centre", {"director": "committee_vice_chair", "deputies": 2}, ["deputies"], ["director"]),
        ("commune_centre", {"director": "division_head", "deputies": 2}, ["director", "deputies"], []),
        ("commune_centre", {"director": "division_head", "deputies": 3}, ["director", "deputies"], ["deputies"]),
        ("commune_centre", {"deputy": "committee_vice_chair"}, ["deputy"], []),
        ("commune_centre", {"deputy": "division_head"}, [], []),
        ("ministry_desk", {"director": "department_director", "deputies": 9}, [], []),
        ("commune_centre", {"director": "mayor"}, ["unknown"], ["unknown"]),
    ],
)
def test_who_leads_by_edition(kind: str, leadership: dict[str, Any], in_b: list[str], in_c: list[str]) -> None:
    document = province(unit("U", kind, leadership=leadership), kind="city")
    assert rules_of(document, B) == [f"organisation/{rule}" for rule in in_b]
    assert rules_of(document, C) == [f"organisation/{rule}" for rule in in_c]
    for problem in breaches(document, C):
        if problem.rule != "organisation/unknown":
            assert problem.severity is Severity.ERROR
            assert problem.basis is not None
            assert problem.basis.vi == "Điều 10 Nghị định số 118/2025/NĐ-CP"


# H6: years in the sector


@pytest.mark.parametrize(
    ("since", "expected"),
    [("2023-10-01", []), ("2023-10-02", ["organisation/experience"]), ("2025-10-02", ["organisation/experience"])],
)
@pytest.mark.parametrize("origin", ["sent", "vertical", "own"])
def test_two_years_in_the_sector_at_the_start(since: str, expected: list[str], origin: str) -> None:
    assert rules_of(province(commune(postings=[posting(origin=origin, in_sector_since=since)]))) == expected


def test_the_staff_of_firms_is_the_contracts_affair() -> None:
    mine = {
        "officer": "N1",
        "origin": "firm",
        "in_sector_since": "2026-08-01",
        "from": "2026-08-01",
        "to": "2026-08-31",
    }
    assert found(province(commune(postings=[mine]))) == []


def test_three_years_before_july_2025_but_for_communes() -> None:
    started = {"from": "2024-01-01", "to": "2025-06-30", "in_sector_since": "2021-06-01"}
    centre = unit("H01.TT", "provincial_centre", postings=[posting(**started)])
    desk = unit("H01.X", "commune_desk", postings=[posting(**started)])
    assert rules_of(province(centre, desk), A) == ["organisation/experience"]
    # It began then, and is held to the rules of then, whenever one looks.
    still = {**centre, "leadership": {}, "postings": [posting(**{**started, "to": "2025-12-31"})]}
    assert rules_of(province(still), C) == ["organisation/experience"]


# H8: twelve to thirty-six months, but for art. 12(8)


@pytest.mark.parametrize(
    ("to", "expected"),
    [
        ("2026-09-29", ["organisation/term"]),
        ("2026-09-30", []),
        ("2026-10-01", []),
        ("2028-09-30", []),
        ("2028-10-01", []),
        ("2028-10-02", ["organisation/term"]),
    ],
)
def test_a_posting_lasts_twelve_to_thirty_six_months(to: str, expected: list[str]) -> None:
    assert rules_of(province(commune(postings=[posting(to=to)]))) == expected
    for origin in ("own", "firm"):
        assert rules_of(province(commune(postings=[posting(to=to, origin=origin)]))) == []


def test_an_open_posting_is_too_long_when_it_is() -> None:
    now = posting()
    del now["to"]
    document = province(commune(postings=[now]))
    assert found(document, date(2028, 10, 1)) == []
    assert found(document, date(2028, 10, 2)) == [("$.units[0].postings[0]", "organisation/term")]


def test_six_to_twenty_four_months_for_what_began_before_july_2025() -> None:
    half = posting(**{"from": "2025-03-01", "to": "2025-08-31"})
    long = posting(**{"from": "2025-03-01", "to": "2027-04-01"})
    desk = unit("H01.TT", "provincial_centre", leadership={}, postings=[half, long])
    [problem] = breaches(province(desk), C)
    assert (problem.path, problem.rule) == ("$.units[0].postings[1].to", "organisation/term")
    assert problem.basis is not None
    assert problem.basis.en == "Decree 61/2018/NĐ-CP, art. 11"


@pytest.mark.parametrize(
    ("exception", "to", "expected"),
    [
        ("not_fulfilling", "2025-12-31", []),
        ("low_satisfaction", "2026-08-04", []),
        ("maternity_leave", "2026-08-05", []),
        ("temporary_withdrawal", "2026-08-31", []),
        ("redistribution", "2026-08-31", []),
        ("maternity_leave", "2026-08-04", ["organisation/exception", "organisation/term"]),
        ("tired", "2026-08-31", ["organisation/exception", "organisation/term"]),
    ],
)
def test_the_exceptions_are_those_of_the_day_on_which_it_ended(exception: str, to: str, expected: list[str]) -> None:
    document = province(commune(postings=[posting(exception=exception, to=to)]))
    assert sorted(rules_of(document, date(2026, 9, 30))) == expected


def test_exceptions_of_before_july_2025_were_not_recorded_and_so_are_not_denied() -> None:
    short = posting(**{"from": "2025-03-01", "to": "2025-04-30", "exception": "sick"})
    document = province(unit("H01.TT", "provincial_centre", leadership={}, postings=[short]))
    for day in (date(2025, 6, 30), C):
        notes = [problem for problem in check_units(document, on=day) if "postings" in problem.path]
        assert [(note.rule, note.severity) for note in notes] == [("organisation/not-recorded", Severity.NOTE)]


def test_a_posting_that_began_before_there_were_rules_is_held_to_those_of_today() -> None:
    document = province(commune(postings=[posting(**{"from": "2017-01-01"})]))
    assert rules_of(document) == ["organisation/term"]


# H10: a stand-in in each field


@pytest.mark.parametrize(
    ("field", "postings", "fine"),
    [
        ({}, [], False),
        ({"stand_ins": []}, [{"officer": "CB01"}], False),
        ({"stand_ins": ["CB01"]}, [{"officer": "CB01"}], False),
        ({"stand_ins": ["CB02"]}, [{"officer": "CB01"}], True),
        ({"stand_ins": ["CB01"]}, [], True),
        ({"stand_ins": ["CB01"]}, [{"officer": "CB01"}, {"officer": "CB02"}], True),
        ({"own_staff": True}, [{"officer": "CB01"}], True),
        ({}, [{"officer": "CB01"}, {"officer": "CB02", "origin": "own"}], True),
        ({}, [{"officer": "CB02", "origin": "own"}], False),
        ({}, [{"officer": "CB01"}, {"officer": "CB02"}], False),
        (
            {},
            [{"officer": "CB01"}, {"officer": "CB02", "origin": "own", "to": "2026-08-04", "from": "2025-08-01"}],
            False,
        ),
    ],
)
def test_every_field_has_somebody_else(field: dict[str, Any], postings: list[dict[str, Any]], fine: bool) -> None:
    served = commune(fields=[{"code": "HT", **field}], postings=[posting(fields=["HT"], **each) for each in postings])
    expected = [] if fine else [("$.units[0].fields[0]", "organisation/stand-in")]
    assert found(province(served)) == expected


def test_before_july_2025_no_rule_on_stand_ins_is_known() -> None:
    assert found(province(unit("X", "commune_desk", fields=[{"code": "HT"}])), A) == []


def test_a_posting_serves_fields_of_its_unit() -> None:
    served = commune(fields=[{"code": "ho-tich", "own_staff": True}], postings=[posting(fields=["ho-tic"])])
    [problem] = check_units(province(served), on=C)
    assert (problem.path, problem.rule) == ("$.units[0].postings[0].fields[0]", "organisation/unknown")
    assert problem.hint is not None


# what is not told, and what contradicts itself


def test_what_is_not_told_is_noted_and_not_passed_over() -> None:
    desk = {"code": "U", "kind": "commune_centre", "name": WORDS}
    [problem] = check_units(province(desk), on=C)
    assert (problem.rule, problem.severity) == ("organisation/not-told", Severity.NOTE)
    assert problem.message == "not told, so it cannot be judged: leadership, fields and stand-ins, postings"
    for told, is_enough in (
        ({}, False),
        ({"director": "division_head"}, False),
        ({"deputies": 2}, False),
        ({"director": "division_head", "deputies": 2}, True),
    ):
        assert (check_units(province(commune(leadership=told)), on=C) == ()) is is_enough
    led = province(unit("U", "one_level_centre", leadership={"director": "department_director"}), kind="city")
    assert check_units(led, on=C) == ()
    unknown = {"officer": "CB01", "origin": "sent"}
    notes = check_units(province(commune(postings=[unknown])), on=C)
    assert [note.rule for note in notes] == ["organisation/not-told"] * 2


def test_dates_that_run_backwards_and_codes_that_come_twice() -> None:
    backwards = posting(**{"from": "2026-01-02", "to": "2026-01-01"})
    document = province(commune(postings=[backwards]), unit("H01.01", "reception_point"))
    assert found(document) == [
        ("$.units[0].postings[0].to", "organisation/dates"),
        ("$.units[1].code", "organisation/duplicate"),
    ]
    # Such a unit is there on no day, so that nothing else is asked of it.
    assert found(province(commune(**{"from": "2026-08-03", "to": "2026-08-02"}))) == [
        ("$.units[0].to", "organisation/dates")
    ]


# documents


@pytest.mark.parametrize("document", [None, 3, "x", [], {}, {"schema_version": "1.0"}, province({"code": "U"})])
def test_a_check_never_raises_on_content(document: Any) -> None:
    assert all(problem.rule.startswith("schema/") for problem in check_units(document, on=C))
    assert check_units(document, on=C) != ()


def test_a_loaded_organisation_is_checked_like_its_document(tmp_path: Path) -> None:
    document = province(commune(leadership={"deputies": 7}))
    path = tmp_path / "units.json"
    path.write_text(json.dumps(document), encoding="utf-8")
    loaded = load_organisation(path)
    assert check_units(loaded, on=C) == check_units(document, on=C) != ()
    assert loaded.unit("H01.01").territory == "H01"
    with pytest.raises(UnknownCodeError, match=r"H01\.01"):
        loaded.unit("H01.02")
    with pytest.raises(InvalidDocumentError):
        load_organisation(province({"code": "U"}))


def test_a_day_is_a_day_and_has_rules() -> None:
    with pytest.raises(InvalidValueError):
        check_units(province(), on="2026-08-05")  # type: ignore[arg-type]
    with pytest.raises(NotInForceError):
        check_units(province(), on=date(2018, 6, 20))


def test_rules_of_ones_own_are_taken() -> None:
    document = resources.data("vn/organisation/rules/decree-118-2025-amended-309-2026")
    document["id"] = "mine@1"
    document["leadership"][2]["deputies_most"] = 5
    document["posting"]["term"]["most_months"] = 48
    mine = law.load_rules(document)
    long = posting(to="2029-09-30")
    assert (
        check_units(
            province(commune(leadership={"director": "division_head", "deputies": 5}, postings=[long])), on=C, law=mine
        )
        == ()
    )


@pytest.mark.parametrize(
    ("part", "change", "path"),
    [
        ("kinds", {"tasks": ["sing"]}, "$.kinds[0].tasks[0]"),
        ("kinds", {"parents": ["x"]}, "$.kinds[0].parents[0]"),
        ("receiving", {"kinds": ["x"]}, "$.receiving[0].kinds[0]"),
        ("exclusions", {"kinds": ["x", "branch"]}, "$.exclusions[0].kinds[0]"),
        ("equipment", {"kinds": ["x"]}, "$.equipment[0].kinds[0]"),
        ("leadership", {"kind": "x"}, "$.leadership[0].kind"),
        ("leadership", {"director": "x"}, "$.leadership[0].director"),
        ("leadership", {"deputy": "x"}, "$.leadership[0].deputy"),
        ("tasks", {"code": "guidance"}, "$.tasks[1].code"),
    ],
)
def test_a_table_names_only_what_it_has(part: str, change: dict[str, Any], path: str) -> None:
    document = resources.data("vn/organisation/rules/decree-118-2025")
    document[part][0] |= change
    with pytest.raises(InvalidDocumentError) as error:
        law.load_rules(document)
    assert path in [problem.path for problem in error.value.problems]


def test_a_table_of_postings_names_only_kinds_that_it_has() -> None:
    document = resources.data("vn/organisation/rules/decree-118-2025")
    document["posting"]["experience"][0]["kinds"] = ["x"]
    with pytest.raises(InvalidDocumentError, match="posting"):
        law.load_rules(document)


def test_what_ships_holds_to_its_schema_and_follows_without_gap() -> None:
    editions = [
        resources.data(f"vn/organisation/rules/{name}") for name in resources.data_names("vn/organisation/rules")
    ]
    assert [check_schema(each, "organisation-rules") for each in editions] == [()] * 3
    assert [rules(on=day).id.partition("@")[2] for day in (date(2018, 6, 21), date(2025, 6, 30), date(2025, 7, 1), B, C)] == [
        "decree-61-2018", "decree-61-2018", "decree-118-2025", "decree-118-2025", "decree-118-2025-amended-309-2026",
    ]  # fmt: skip
    assert law.rules_editions() == (
        "vn-organisation@decree-118-2025",
        "vn-organisation@decree-118-2025-amended-309-2026",
        "vn-organisation@decree-61-2018",
    )
    assert organisation.law is law


def test_an_edition_answers_none_for_what_it_does_not_have() -> None:
    assert (rules(on=C).kind("x"), rules(on=C).task("x")) == (None, None)
