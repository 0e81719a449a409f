"""Only what was read is presented as law; everything else carries its mark."""

from __future__ import annotations

from datetime import date

import pytest

from onestop_core.model import Basis, Firmness


@pytest.mark.parametrize("firmness", list(Firmness))
def test_only_what_was_read_is_cited_without_a_mark(firmness: Firmness) -> None:
    basis = Basis(instrument="Nghị định 61/2018/NĐ-CP", article="19(4)", firmness=firmness)
    mark = "" if firmness is Firmness.READ else f" [{firmness.label.en}]"
    assert basis.cite().en == "Decree 61/2018/NĐ-CP, art. 19(4)" + mark
    marked = "" if firmness is Firmness.READ else f" ({firmness.label.vi})"
    assert basis.cite().vi == "khoản 4 Điều 19 Nghị định số 61/2018/NĐ-CP" + marked


@pytest.mark.parametrize(
    ("vi", "en"),
    [
        ("Bộ luật Lao động 45/2019/QH14", "Labour Code 45/2019/QH14"),
        ("Bộ luật Dân sự 2015", "Civil Code 2015"),
        ("Nghị quyết 28/2026/QH16", "Resolution 28/2026/QH16"),
        ("Thông tư 01/2018/TT-VPCP", "Circular 01/2018/TT-VPCP"),
        ("Quyết định 766/QĐ-TTg", "Decision 766/QĐ-TTg"),
        ("Thông báo 9441/TB-BNV", "Notice 9441/TB-BNV"),
        ("Công văn 9859/VPCP-KGVX", "Official letter 9859/VPCP-KGVX"),
        ("Luật 60/2014/QH13", "Law 60/2014/QH13"),
        ("9859/VPCP-KGVX", "9859/VPCP-KGVX"),
    ],
)
def test_instruments_are_named_in_english_by_their_kind(vi: str, en: str) -> None:
    assert Basis(instrument=vi, firmness=Firmness.READ).cite().en == en


def test_an_instrument_applies_from_its_first_to_its_last_day() -> None:
    decree = Basis(
        instrument="Nghị định 61/2018/NĐ-CP",
        firmness=Firmness.READ,
        in_force_from=date(2018, 6, 21),
        in_force_to=date(2025, 6, 30),
    )
    assert [decree.in_force(day) for day in (date(2018, 6, 20), date(2018, 6, 21))] == [False, True]
    assert [decree.in_force(day) for day in (date(2025, 6, 30), date(2025, 7, 1))] == [True, False]
    undated = Basis(instrument="x", firmness=Firmness.READ)
    assert undated.in_force(date.min)
    assert undated.in_force(date.max)


@pytest.mark.parametrize(
    ("instrument", "article", "vi", "en"),
    [
        ("Nghị định 118/2025/NĐ-CP", "11(2)(c)", "điểm c khoản 2 Điều 11 Nghị định số 118/2025/NĐ-CP", "Decree 118/2025/NĐ-CP, art. 11(2)(c)"),
        ("Nghị định 118/2025/NĐ-CP", "19(4), 20", "khoản 4 Điều 19, Điều 20 Nghị định số 118/2025/NĐ-CP", "Decree 118/2025/NĐ-CP, arts 19(4), 20"),
        ("Nghị định số 30/2020/NĐ-CP", None, "Nghị định số 30/2020/NĐ-CP", "Decree số 30/2020/NĐ-CP"),
        ("Thông tư 01/2018/TT-VPCP", "Phụ lục I", "Phụ lục I ban hành kèm theo Thông tư số 01/2018/TT-VPCP", "Circular 01/2018/TT-VPCP, appendix I"),
        ("Bộ luật Lao động 1994", "73", "Điều 73 Bộ luật Lao động năm 1994", "Labour Code 1994, art. 73"),
        ("Luật Hộ tịch 60/2014/QH13", "5(1)", "khoản 1 Điều 5 Luật Hộ tịch số 60/2014/QH13", "Law Hộ tịch 60/2014/QH13, art. 5(1)"),
        ("Nghị định 63/2010/NĐ-CP", "8a", "Điều 8a Nghị định số 63/2010/NĐ-CP", "Decree 63/2010/NĐ-CP, art. 8a"),
        ("Nghị định 63/2010/NĐ-CP", "chương II", "Điều chương II Nghị định số 63/2010/NĐ-CP", "Decree 63/2010/NĐ-CP, art. chương II"),
    ],
)  # fmt: skip
def test_an_article_is_cited_as_offices_cite_it(instrument: str, article: str | None, vi: str, en: str) -> None:
    cited = Basis(instrument=instrument, article=article, firmness=Firmness.READ).cite()
    assert (cited.vi, cited.en) == (vi, en)
