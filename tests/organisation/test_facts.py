"""The facts of the sheet that are rows: bodies, conduct, duties without a period, systems (O, H, T and sections 12, 13)."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from onestop_core.organisation import law, rules
from onestop_core.organisation.duties import unit_duties
from onestop_core.rules.reading import resources
from tests.house.vietnamese import GLOSSARY, ROOT

B, C = date(2026, 8, 4), date(2026, 8, 5)


def read_articles(basis: tuple[object, ...]) -> list[str | None]:
    return [each.article for each in basis if each.firmness.is_law]  # type: ignore[attr-defined]


# O1, O2: bodies, and what a desk is


def test_the_bodies_of_the_decree_and_its_desks() -> None:
    for day in (B, C):
        kinds = {row.code: row for row in rules(on=day).kinds}
        for code in ("ministry", "provincial_committee", "commune_committee", "specialised_agency", "zone_board"):
            assert (kinds[code].group, read_articles(kinds[code].basis)) == (law.UnitGroup.AUTHORITY, ["1", "2"])
        assert any("customs" in note.en for note in rules(on=day).notes)
        for code in ("ministry_desk", "provincial_centre", "commune_centre"):
            assert kinds[code].group is law.UnitGroup.ONE_STOP
        assert kinds["contractor"].group is law.UnitGroup.CONTRACTOR


# O4 to O7: what each kind rests on


@pytest.mark.parametrize(
    ("kind", "article", "seal"),
    [
        ("ministry_desk", "7(1)", False),
        ("vertical_desk", "7(1)(b)", False),
        ("provincial_centre", "7(2)", True),
        ("one_level_centre", "7(2)", True),
        ("branch", "7(2)", False),
        ("commune_centre", "7(3)", True),
        ("contractor", "7(4)", False),
    ],
)
def test_what_a_kind_rests_on(kind: str, article: str, seal: bool) -> None:
    row = rules(on=C).kind(kind)
    assert row is not None
    assert (read_articles(row.basis)[0], row.seal) == (article, seal)


def test_three_ministries_decide_for_themselves_and_the_council_of_a_city_decides() -> None:
    desk = rules(on=C).kind("ministry_desk")
    assert desk is not None
    assert "Defence, Public Security and Foreign Affairs" in desk.notes[0].en
    assert [any("people's council" in note.en for note in rules(on=day).notes) for day in (B, C)] == [False, True]


# O18: reception hours are local


def test_no_article_sets_reception_hours() -> None:
    assert any("No article sets reception hours" in note.en for note in rules(on=C).notes)


# H7, H12 to H16: conduct


@pytest.mark.parametrize(
    ("code", "who", "sense", "article"),
    [
        ("harassment", "staff", "forbidden", "5(1)"),
        ("hindering_choice", "staff", "forbidden", "5(1)"),
        ("misuse_of_data", "staff", "forbidden", "5(1)"),
        ("unlawful_refusal_or_demand", "staff", "forbidden", "5(1)"),
        ("bypassing_the_desk", "staff", "forbidden", "5(1)(e)"),
        ("shifting_responsibility", "staff", "forbidden", "5(1)"),
        ("improper_conduct", "staff", "forbidden", "5(1)"),
        ("second_demand", "staff", "forbidden", "5(1)(i)"),
        ("fraud_or_abuse", "applicant", "forbidden", "5(2)"),
        ("agent_abuse", "contractor", "forbidden", "5(3)"),
        ("guidance_and_slip", "applicant", "right", "6"),
        ("refusing_unlawful_demands", "applicant", "right", "6"),
        ("feedback_and_complaint", "applicant", "right", "6"),
        ("lawful_papers", "applicant", "duty", "6"),
        ("slip_or_identity", "applicant", "duty", "6"),
        ("paying_fees", "applicant", "duty", "6"),
        ("full_guidance", "staff", "duty", "11(2)"),
        ("one_supplement", "staff", "duty", "11(2)(c)"),
        ("handling_at_the_desk", "staff", "duty", "11(2)"),
        ("proposing_reform", "staff", "duty", "11(2)"),
        ("uniform_and_badge", "staff", "duty", "11(2)"),
        ("no_cost_beyond_law", "authority", "duty", "4(5)"),
        ("accountability", "authority", "duty", "4(6)"),
        ("public_apology", "authority", "duty", "38(2)(đ)"),
    ],
)
def test_rules_of_conduct(code: str, who: str, sense: str, article: str) -> None:
    for day in (B, C):
        [row] = [each for each in rules(on=day).conduct if each.code == code]
        assert (row.who, row.sense.value, read_articles(row.basis)) == (who, sense, [article])


def test_what_a_database_holds_replaces_the_paper_since_august_2026() -> None:
    found = [
        [row.basis[0].article for row in rules(on=day).conduct if row.code == "database_instead_of_paper"]
        for day in (B, C)
    ]
    assert found == [[], ["4(2a)"]]


# H1 to H3, H9 to H11, T1, T3 to T5, sections 12 and 13: duties without a period


STANDING = [
    ("reporting_failures", "commune_centre", ["9(1)", "9(2)"]),
    ("refusing_staff", "commune_centre", ["9(3)"]),
    ("handling_violations", "commune_centre", ["9(5)", "9(6)", "9(9)"]),
    ("posting_and_process", "specialised_agency", ["12(1)", "12(2)", "12(3)"]),
    ("progress_in_system", "specialised_agency", ["12(4)"]),
    ("agreed_staff", "vertical_agency", ["12(8)"]),
    ("change_notice", "specialised_agency", ["12(6)", "12(10)"]),
    ("one_system", "provincial_committee", ["27(1)", "27(2)"]),
    ("electronic_handling", "commune_centre", ["27(3)"]),
    ("technical_requirements", "ministry_of_science", ["27(5)"]),
    ("business_register", "ministry_of_finance", ["35(3)"]),
    ("portal_technology", "ministry_of_public_security", ["35(2)"]),
    ("process_of_each_procedure", "provincial_committee", ["36(5)", "38(1)(d)"]),
    ("non_territorial_answer", "provincial_committee", ["38(1)(b)"]),
    ("non_territorial_decision", "ministry", ["36(10)"]),
    ("incentives", "provincial_committee", ["36(9)", "38(1)(h)"]),
    ("budget", "provincial_committee", ["39"]),
    ("model_chosen", "provincial_committee", ["40(3)"]),
]


@pytest.mark.parametrize(("code", "who", "articles"), STANDING)
def test_duties_without_a_period(code: str, who: str, articles: list[str]) -> None:
    [row] = [each for each in unit_duties(on=C).duties if each.code == code]
    assert (row.period.value, who in row.who, read_articles(row.basis)) == ("standing", True, articles)
    assert (B in row.during, C in row.during) == (True, True)


@pytest.mark.parametrize(
    ("code", "until", "since"),
    [
        ("urging_and_inspection", ("government_office", "35(1)"), None),
        ("forms", ("government_office", "35(1)(c)"), ("ministry_of_justice", "35(1)(c)")),
        ("data_exchange", ("government_office", "26(3)"), ("ministry_of_public_security", "26(3)")),
        ("portal_contents", ("government_office", "26(1)"), ("ministry_of_public_security", "26(1)")),
        ("setting_up_guidance", ("government_office", "35(1)"), None),
        ("portal_functions", ("government_office", "35(1)(d)"), ("ministry_of_public_security", "35(2)")),
        ("training", ("government_office", "35(1)(đ)"), None),
        ("portal_regulation", ("government_office", "35(1)(e)"), None),
        ("codes_and_digitisation_guide", ("government_office", "35(1)(h)"), None),
        ("codes", None, ("ministry_of_public_security", "35(2)(g)")),
        ("assistant_software", None, ("ministry_of_public_security", "35(2)(h)")),
        ("kiosks", None, ("provincial_committee", "38(1)(i)")),
    ],
)
def test_whose_it_was_and_whose_it_is(code: str, until: tuple[str, str] | None, since: tuple[str, str] | None) -> None:
    for day, expected in ((B, until), (C, since)):
        rows = [each for each in unit_duties(on=day).duties if each.code == code and day in each.during]
        assert [(row.who[0], row.basis[0].article) for row in rows] == ([] if expected is None else [expected])


def test_only_what_was_read_is_called_read() -> None:
    known = (
        "7(",
        "8(",
        "9(",
        "10",
        "11(",
        "12(",
        "13(",
        "14(",
        "26(",
        "27(",
        "31(",
        "32(",
        "33(",
        "34(",
        "35",
        "36(",
        "38(",
        "39",
        "40(",
        "41(",
    )
    for table in (
        unit_duties(on=C).duties,
        unit_duties(on=C).publication,
        rules(on=C).receiving,
        rules(on=C).leadership,
    ):
        for row in table:
            assert row.basis
            for each in row.basis:
                assert each.firmness in {"read", "inferred", "secondary"}
                if each.firmness == "read":
                    assert each.instrument == "Nghị định 118/2025/NĐ-CP"
                    assert (each.article or "").startswith((*known, "16"))


# the page that lists the facts


PAGE = ROOT / "docs" / "reference" / "organisation.md"
FACT_ROWS = [line for line in PAGE.read_text(encoding="utf-8").splitlines() if re.match(r"\| (?!fact|id|`|---)", line)]


def codes_of(part: str) -> set[str]:
    """Return what the tables have under a part of theirs."""
    found: set[str] = set()
    for name in ("rules/decree-118-2025", "rules/decree-118-2025-amended-309-2026", "duties/one-stop-decrees"):
        rows: Any = resources.data(f"vn/organisation/{name}").get(part, [])
        if isinstance(rows, dict):
            found |= set(rows)
        else:
            found |= {row.get("code") or row.get("kind") or row["kinds"][0] for row in rows}
    return found


def test_the_page_names_rows_and_tests_that_are_there() -> None:
    named = re.findall(r"`(\w+)/(\w+)`", "\n".join(FACT_ROWS))
    assert len(named) > 80
    assert [(part, code) for part, code in named if code not in codes_of(part)] == []
    here = "\n".join(file.read_text(encoding="utf-8") for file in Path(__file__).parent.glob("test_*.py"))
    assert {test for test in re.findall(r"`(test_\w+)`", "\n".join(FACT_ROWS)) if f"def {test}(" not in here} == set()


def test_the_page_names_every_row_of_duties_and_publication_and_every_kind_of_desk() -> None:
    text = "\n".join(FACT_ROWS)
    for part, without in (
        ("publication", set()),
        ("duties", {"progress_in_system"}),
        ("leadership", set()),
        ("not_at_desk", set()),
    ):
        assert {code for code in codes_of(part) if f"`{part}/{code}`" not in text} == without
    assert all(f"`kinds/{row.code}`" in text for row in rules(on=C).kinds if row.group is not law.UnitGroup.AUTHORITY)


def test_no_fact_of_the_sheet_is_missing() -> None:
    sheet = GLOSSARY.with_name("decree-118.md")
    if not sheet.is_file():
        pytest.skip("the sheet is not beside the checkout (ONESTOP_SHARED_DATA)")
    wanted = set(re.findall(r"(?m)^\| ([OHT]\d+) \|", sheet.read_text(encoding="utf-8")))
    assert len(wanted) > 35
    assert {match[1] for line in FACT_ROWS if (match := re.match(r"\| ([OHT]\d+) ", line))} == wanted
