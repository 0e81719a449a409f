"""One sheet with the portal's own columns: a catalogue as rows that people read, and that :func:`~onestop_core.catalogue.published.read_sheets` reads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.catalogue.published.pages import COLUMNS
from onestop_core.catalogue.values.catalogue import Catalogue
from onestop_core.catalogue.values.codes import AuthorityLevel, FeeKind, FeeSetter, ProcedureKind, WithoutTime
from onestop_core.catalogue.values.fields import expect
from onestop_core.catalogue.values.money import DONG
from onestop_core.rules.wording import read_limit
from onestop_core.text import day_text

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date
    from decimal import Decimal

    from onestop_core.catalogue.values.money import Fee
    from onestop_core.catalogue.values.offers import Limit
    from onestop_core.catalogue.values.procedure import Procedure

__all__ = ["to_rows"]

_BESIDE: Final = frozenset({"thoi_han_giai_quyet", "phi_le_phi", "tu_khoa"})
"""Columns that offices have and that the ways to submit say already."""
_KINDS: Final = {
    ProcedureKind.DELEGATED: "TTHC được luật giao quy định chi tiết",
    ProcedureKind.NOT_DELEGATED: "TTHC không được luật giao cho địa phương quy định",
    ProcedureKind.OTHER: "Loại khác",
}


def to_rows(catalogue: Catalogue) -> tuple[tuple[str, ...], ...]:
    """Return *catalogue* as the rows of one sheet: the portal's headings, then a procedure a row.

    The sheet is for people; it does not hold cases, questions, budgets of steps and bases of single facts, which the
    tables do (:func:`~onestop_core.catalogue.to_tables`).

    >>> from onestop_core import catalogue
    >>> rows = to_rows(catalogue.shipped())
    >>> rows[0][:3], rows[1][:2]
    (('Mã thủ tục', 'Tên thủ tục', 'Số quyết định'), ('1.004222', 'Đăng ký thường trú'))

    Raises:
        InvalidValueError: this is no catalogue.
    """
    cat = expect(catalogue, Catalogue, "catalogue")
    columns = {key: heading for key, heading in COLUMNS.items() if key not in _BESIDE}
    every = (_cells(procedure, cat) for procedure in cat.values())
    rows = [tuple(cells.get(key, "") for key in columns) for cells in every]
    return (tuple(columns.values()), *rows)


def _cells(procedure: Procedure, cat: Catalogue) -> dict[str, str]:
    levels = (procedure.level, *procedure.other_levels)
    authorities = (procedure.authority, *procedure.other_authorities)
    papers = (
        " | ".join(
            (
                _flat(paper.name.vi),
                "; ".join(_flat(file.name) for file in paper.files),
                f"Bản chính: {paper.originals}, Bản sao: {paper.copies}",
            )
        )
        for paper in procedure.papers
    )
    return {
        "ma_thu_tuc": procedure.code,
        "ten_thu_tuc": procedure.name.vi,
        "so_quyet_dinh": procedure.decision.number if procedure.decision else "",
        "ngay_quyet_dinh": _day(procedure.decision.issued_on if procedure.decision else None),
        "ngay_co_hieu_luc": _day(procedure.in_force_from),
        "ngay_het_hieu_luc": _day(procedure.in_force_to),
        "cap_thuc_hien": ", ".join(
            "Cơ quan khác" if each is AuthorityLevel.OTHER else _capital(each.label.vi) for each in levels
        ),
        "loai_thu_tuc": _KINDS[procedure.kind] if procedure.kind else "",
        "linh_vuc": procedure.field.name.vi,
        "doi_tuong_thuc_hien": ", ".join(_capital(each.label.vi) for each in procedure.subjects),
        "co_quan_co_tham_quyen": "; ".join(each.name.vi for each in authorities if each),
        "dia_chi_tiep_nhan": "; ".join(place.name.vi for place in procedure.receiving),
        "co_quan_duoc_uy_quyen": "; ".join(each.name.vi for each in procedure.authorised),
        "co_quan_phoi_hop": "; ".join(each.name.vi for each in procedure.coordinating),
        "co_quan_thuc_hien": "; ".join(each.name.vi for each in procedure.implementing),
        "thu_tuc_lien_quan": ", ".join(procedure.related),
        "trinh_tu_thuc_hien": "\n".join(
            f"Bước {number}: {step.what.vi}" for number, step in enumerate(procedure.steps, start=1)
        ),
        "cach_thuc_thuc_hien": "\n".join(_ways(procedure)),
        "thanh_phan_ho_so": "\n".join(papers),
        "so_bo_ho_so": "" if procedure.sets is None else str(procedure.sets),
        "can_cu_phap_ly": "\n".join(cat.bases[name].instrument for name in procedure.legal_bases),
        "yeu_cau_dieu_kien": "\n".join(each.text.vi for each in procedure.conditions),
        "ket_qua_xu_ly": "\n".join(
            f"{each.name.vi} Mã: {each.code}" if each.code else each.name.vi for each in procedure.results
        ),
        "mo_ta": "\n".join(note.vi for note in procedure.notes),
    }


def _day(day: date | None) -> str:
    return "" if day is None else day_text(day).vi


def _ways(procedure: Procedure) -> Iterable[str]:
    names = {case.id: case.name.vi for case in procedure.cases}
    for channel in procedure.channels:
        for limit in channel.limits:
            time, words = _time(limit)
            words = " ".join(filter(None, (words, names.get(limit.case or "", ""))))
            cells = (_capital(channel.kind.label.vi), _flat(time), _fees(limit, names), _flat(words))
            yield " | ".join(cells).rstrip(" |")


def _time(limit: Limit) -> tuple[str, str]:
    """Return the time, as it is published where that says the same, and the other words of the page."""
    first, _, rest = (limit.published or "").partition("\n")
    if limit.time_limit is not None:
        time = limit.time_limit.text.vi
        same = bool(first) and read_limit(first).limit == limit.time_limit
    else:
        time = "Không quy định" if limit.without_time is WithoutTime.NOT_PRESCRIBED else ""
        same = first.casefold() == time.casefold()
    return (first, rest) if same else (time, limit.published or "")


def _fees(limit: Limit, names: dict[str, str]) -> str:
    by_kind = {fee.kind: fee for fee in limit.fees if fee.amount is not None and fee.case is None}
    if len(limit.fees) == len(by_kind) == 2 and set(by_kind) == {FeeKind.FEE, FeeKind.CHARGE}:
        fee, charge = by_kind[FeeKind.FEE], by_kind[FeeKind.CHARGE]
        return f"Phí: {_flat(_fee(fee, names))}; Lệ phí: {_flat(_fee(charge, names))}"
    return "; ".join(_flat(_fee(fee, names)) for fee in limit.fees)


def _fee(fee: Fee, names: dict[str, str]) -> str:
    if fee.published:
        return fee.published
    case = f"{names[fee.case]}: " if fee.case in names else ""
    unit = f"/{fee.unit.vi}" if fee.unit else ""
    if fee.amount is not None:
        words = "Miễn phí" if not fee.amount else f"{_sum(fee.amount, fee.currency)}{unit}"
    elif fee.set_by is FeeSetter.PROVINCE:
        words = "Do Hội đồng nhân dân cấp tỉnh quy định"
    elif fee.share is not None:
        words = f"{fee.share.percent}% {fee.share.of.vi}"
    else:
        words = "Theo bậc trong bảng mức thu"
    return case + words


def _sum(amount: Decimal, currency: str | None) -> str:
    if currency not in (None, DONG):
        return f"{amount} {currency}"
    return f"{amount:,}".replace(",", ".") + " Đồng"


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _flat(words: str) -> str:
    """Return words that fit between two strokes of a line."""
    return " ".join(words.replace("|", "/").split())
