"""The shipped catalogue beside the pages of July 2026, read here by a reader of its own."""

from __future__ import annotations

import re
from datetime import date

import pytest

from onestop_core import catalogue
from tests.catalogue import beside, documents
from tests.catalogue.pages import FOLDER

CAT = catalogue.shipped()
ABSENT = not FOLDER.exists()
PAGES = {} if ABSENT else beside.published()
WITHOUT_PAGE = {"2.001178", "1.000466", "3.000722", "2.002913"}

beside_pages = pytest.mark.skipif(ABSENT, reason="../shared/data/portal-pages is not here")


def squeezed(text: str) -> str:
    return " ".join(text.split()).strip(" .")


@beside_pages
def test_all_but_four_stand_beside_a_page() -> None:
    assert set(CAT) - set(PAGES) == WITHOUT_PAGE


@beside_pages
@pytest.mark.parametrize("code", sorted(PAGES))
def test_names_and_numbers_are_those_of_the_page(code: str) -> None:
    page, ours = PAGES[code], CAT[code]
    assert squeezed(page["ten_thu_tuc"]).casefold() == squeezed(ours.name.vi).casefold()
    assert page["linh_vuc"] == ours.field.name.vi
    published = page["so_quyet_dinh"]
    if re.search(r"\d", published):
        assert ours.decision is not None
        assert ours.decision.number in published


@beside_pages
@pytest.mark.parametrize("aspect", beside.ASPECTS)
def test_what_differs_is_explained_and_nothing_else(aspect: str) -> None:
    assert beside.differences()[aspect] == set(beside.explained(aspect))


@beside_pages
def test_what_is_explained_by_an_empty_cell_is_empty() -> None:
    for code in beside.EXPLAINED["limits"]["empty"].split():
        assert {time for _, time, _ in beside.ways(PAGES[code])} == {"Không có thông tin"}
        assert {limit.time for channel in CAT[code].channels for limit in channel.limits} == {None}
    for code, reason in beside.explained("limits").items():
        lost = any(time.isdigit() for _, time, _ in beside.ways(PAGES[code]))
        assert lost or reason != "unit"


@beside_pages
def test_papers_explained_by_alternatives_are_as_many_with_them() -> None:
    for code in beside.EXPLAINED["papers"]["alternatives"].split():
        own = CAT[code].papers
        assert len(own) < len(beside.numbers_of(PAGES[code])) <= len(own) + 5
        assert any(paper.alternatives for paper in own)


@beside_pages
def test_where_no_fee_stands_the_page_is_silent() -> None:
    silent = [code for code in PAGES if catalogue.values.PublishedPart.FEES in beside.missing(CAT[code])]
    assert len(silent) == 25
    for code in silent:
        without = {one.kind.value for one in CAT[code].channels if not any(limit.fees for limit in one.limits)}
        assert without
        cells = [rest for way, _, rest in beside.ways(PAGES[code]) if way in without]
        assert all(cell.startswith("Không có thông tin") for cell in cells)


@beside_pages
def test_the_comparison_on_the_docs_page_is_that_of_today() -> None:
    page = beside.PAGE.read_text(encoding="utf-8")
    assert beside.block("beside the pages", page) == beside.compared()


def test_the_counts_on_the_docs_page_are_those_of_today() -> None:
    page = beside.PAGE.read_text(encoding="utf-8")
    assert beside.block("counts", page) == beside.counted()


def test_counts_of_the_issue() -> None:
    every = [*CAT.values()]
    assert len(every) >= 80
    assert sum(map(beside.is_complete, every)) >= 60
    assert sum(map(beside.has_budgets, every)) >= len(every) * 2 // 5 >= 40
    assert sum(bool(one.decisions) for one in every) >= 20
    structured = [one for one in every if any(step.role and step.body for step in one.steps)]
    assert len(structured) >= len(every) - 4


def test_every_paper_and_result_is_coded_but_for_those_without_a_page() -> None:
    for one in CAT.values():
        missing = set(beside.missing(one))
        coded = catalogue.values.PublishedPart
        assert coded.PAPER_CODES not in missing
        assert one.code in WITHOUT_PAGE or coded.RESULT_CODES not in missing


def test_codes_of_papers_are_ours_or_those_of_results() -> None:
    papers = [paper for one in CAT.values() for paper in one.papers]
    codes = {paper.code for paper in papers} | {each.code for paper in papers for each in paper.alternatives}
    assert all(re.fullmatch(r"GT\.[A-Za-z0-9]+(-[A-Za-z0-9]+)*|KQ\.[A-Z]\d\d\.\d{6}", str(code)) for code in codes)


def test_a_paper_that_is_a_result_names_a_procedure_that_issues_it() -> None:
    named = [(one, paper) for one in CAT.values() for paper in one.papers if paper.result_of]
    assert len(named) >= 18
    for one, paper in named:
        assert paper.result_of != one.code
        assert paper.code in {result.code for result in CAT[str(paper.result_of)].results}


def test_no_product_of_a_step_is_a_refusal() -> None:
    made = [step.product.vi for one in CAT.values() for step in one.steps if step.product]
    assert [
        name
        for name in made
        if re.search(r"[Tt]ừ chối (tiếp|giải)|không (được )?chấp thuận|sửa đổi, bổ sung của", name)
    ] == []


@pytest.mark.parametrize("code", [one.code for one in CAT.values() if one.decisions])
def test_every_decision_table_answers(code: str) -> None:
    procedure = CAT[code]
    answers = {question.id: question.answers[0].id if question.answers else 10 for question in procedure.questions}
    amounts = {"pages": 3, "persons": 2, "copies": 1, "cases": 1}
    quoted = catalogue.quote(procedure, answers, amounts, on=date(2026, 7, 20))
    assert {chosen.case.dimension for chosen in quoted.cases} == {case.dimension for case in procedure.cases}
    assert quoted.limits


def test_what_a_case_changes() -> None:
    day = date(2026, 7, 20)
    old = catalogue.quote(
        CAT["1.001471"], {"urgent": "yes", "lost": "yes", "changed-data": "no", "child": "no"}, on=day
    )
    assert {limit.limit.time for limit in old.limits} == {"3 working days"}
    exchanged = [
        [paper.paper.name.vi for paper in catalogue.quote(CAT["1.014063"], {"age": age}, on=day).papers]
        for age in (10, 30)
    ]
    assert (len(exchanged[0]), len(exchanged[1])) == (3, 2)
    torn = [len(catalogue.quote(CAT["1.013228"], {"torn": said}).papers) for said in ("yes", "no")]
    assert torn == [2, 1]


def test_suppressions_name_their_procedure() -> None:
    assert all("code" in each and each["code"] in CAT for each in documents.shipped()["suppressions"])
