"""The shipped catalogue beside the pages of July 2026, read here by a reader of its own."""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import TYPE_CHECKING

import pytest

from onestop_core import catalogue, deadlines
from tests.catalogue import documents
from tests.catalogue.pages import FOLDER, pages

if TYPE_CHECKING:
    from collections.abc import Collection

    from onestop_core.catalogue.values import Procedure

CAT = catalogue.shipped()
ABSENT = not FOLDER.exists()
PAGES: dict[str, dict[str, str]] = (
    {}
    if ABSENT
    else {
        row["ma_thu_tuc"]: {key: unicodedata.normalize("NFC", str(value)) for key, value in row.items()}
        for row in (*pages("national-2026-07"), *pages("shipped-2026-07"))
        if row["ma_thu_tuc"] in CAT
    }
)
CHANNELS = {"Trực tuyến": "online", "Dịch vụ bưu chính": "post", "Trực tiếp": "in_person"}
LEVELS = {"bộ": "central", "tỉnh": "provincial", "xã": "commune"}
# Cells that lost their unit, have no limit, or say more in the words beside them than in the column.
BY_WORDS = {
    "1.001193", "1.000894", "1.000656", "1.004873", "2.000575", "2.000635", "2.000815", "2.000884",
    "1.012566", "3.000277", "3.000498", "1.003677",
}  # fmt: skip

beside_pages = pytest.mark.skipif(ABSENT, reason="../shared/data/portal-pages is not here")


def squeezed(text: str) -> str:
    return " ".join(text.split()).strip(" .")


def codes(every: Collection[str] = PAGES.keys()) -> list[str]:
    return sorted(every)


@beside_pages
def test_most_of_the_catalogue_stands_beside_a_page() -> None:
    assert len(PAGES) >= 80
    assert set(CAT) - set(PAGES) == {"2.001178", "1.000466", "3.000722", "2.002913"}


@beside_pages
@pytest.mark.parametrize("code", codes())
def test_names_numbers_and_levels_are_those_of_the_page(code: str) -> None:
    page, ours = PAGES[code], CAT[code]
    assert squeezed(page["ten_thu_tuc"]).casefold() == squeezed(ours.name.vi).casefold()
    assert page["linh_vuc"] == ours.field.name.vi
    named = re.findall(r"Cấp (bộ|tỉnh|xã)", page["cap_thuc_hien"])
    assert [LEVELS[each] for each in named] == [level for level in (ours.level, *ours.other_levels) if level != "other"]
    assert ("Cơ quan khác" in page["cap_thuc_hien"]) is ("other" in (ours.level, *ours.other_levels))
    published = page["so_quyet_dinh"]
    if re.search(r"\d", published):
        assert ours.decision is not None
        assert ours.decision.number in published


@beside_pages
@pytest.mark.parametrize("code", codes())
def test_every_result_of_the_page_stands_with_its_code(code: str) -> None:
    published = re.findall(r"Mã: (KQ\.[A-Z]\d\d\.\d{6})", PAGES[code]["ket_qua_xu_ly"])
    assert published
    assert sorted(set(published)) == sorted({result.code for result in CAT[code].results if result.code})


@beside_pages
@pytest.mark.parametrize("code", codes(set(PAGES) - BY_WORDS))
def test_limits_by_channel_are_those_of_the_column(code: str) -> None:
    cells = re.findall(
        r"(Trực tuyến|Dịch vụ bưu chính|Trực tiếp)(\d+|Trong) ?(Ngày làm việc|Ngày|Giờ|Tháng|ngày)",
        PAGES[code]["cach_thuc_thuc_hien"],
    )
    words = {"Ngày làm việc": "working days", "Ngày": "days", "Giờ": "hours", "Tháng": "months"}
    published = {
        (CHANNELS[way], deadlines.TimeLimit.parse(f"{int(number)} {words[unit]}"))
        for way, number, unit in cells
        if number != "Trong"
    }
    assert published or "ngay" in PAGES[code]["cach_thuc_thuc_hien"].lower()
    ours = {
        (channel.kind.value, deadlines.TimeLimit.parse(limit.time))
        for channel in CAT[code].channels
        for limit in channel.limits
        if limit.time
    }
    assert not published or published == ours


@beside_pages
@pytest.mark.parametrize("code", codes())
def test_applicants_and_bases_are_those_of_the_page(code: str) -> None:
    page, ours = PAGES[code], CAT[code]
    assert ("Công dân Việt Nam" in page["doi_tuong_thuc_hien"]) is ("vietnamese_citizen" in ours.subjects)
    assert ("Hợp tác xã" in page["doi_tuong_thuc_hien"]) is ("cooperative" in ours.subjects)
    assert ("Tổ chức nước ngoài" in page["doi_tuong_thuc_hien"]) is ("foreign_organisation" in ours.subjects)
    cited = [CAT.bases[name].instrument.rpartition(" ")[2] for name in ours.legal_bases]
    assert [number for number in cited if number not in page["can_cu_phap_ly"]] == []
    assert cited or not re.search(r"\d/(?:20\d\d/)?[A-ZĐ]", page["can_cu_phap_ly"])


FULLY = [
    "1.012566", "1.014058", "1.014059", "1.013313", "1.013314", "1.011607", "1.011608", "3.000412", "1.013228",
    "1.013235", "2.000950", "2.000518", "2.000587", "2.000596", "1.012922", "1.008004", "1.002099", "1.002153",
    "1.001717", "1.012782", "1.012790", "1.013827", "1.013945", "1.014275",
]  # fmt: skip


@beside_pages
@pytest.mark.parametrize("code", FULLY)
def test_papers_and_their_numbers_are_those_of_the_page(code: str) -> None:
    published = re.findall(
        r"(\d) bản chính(?:, ?(\d) bản sao)?|(?<!chính,)(?<!\d)(\d) bản sao", PAGES[code]["thanh_phan_ho_so"]
    )
    counts = sorted((int(first or 0), int(second or third or 0)) for first, second, third in published)
    ours = sorted((paper.originals, paper.copies) for paper in CAT[code].papers)
    assert [each for each in counts if sum(each)] == ours


def complete(procedure: Procedure) -> bool:
    """Whether it has every part of Decree 63/2010, art. 8(2), with the results coded."""
    limits = [limit for channel in procedure.channels for limit in channel.limits]
    return all(
        (
            procedure.steps,
            procedure.papers,
            procedure.subjects,
            procedure.authority,
            procedure.results,
            limits,
            all(limit.time or limit.without_time for limit in limits),
            all(result.code for result in procedure.results),
        )
    )


def test_at_least_sixty_are_complete_and_forty_have_steps_with_role_and_body() -> None:
    assert len(CAT) >= 80
    assert sum(map(complete, CAT.values())) >= 80
    structured = [one for one in CAT.values() if any(step.role and step.body for step in one.steps)]
    assert len(structured) >= 40
    assert sum(bool(one.decisions) for one in CAT.values()) >= 20


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
