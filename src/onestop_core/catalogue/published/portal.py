"""``read_portal``: published pages as a catalogue document, with what was not understood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

from onestop_core.catalogue.published.facts import (
    applicants_of,
    bases_of,
    bodies,
    day_of,
    kind_of,
    levels_of,
    related_of,
    results_of,
    steps_of,
)
from onestop_core.catalogue.published.flat import without_page_foot
from onestop_core.catalogue.published.offers import Cases, channels_of
from onestop_core.catalogue.published.pages import one_page
from onestop_core.catalogue.published.papers import papers_of
from onestop_core.catalogue.published.places import NotUnderstood, Tell, clean, said, shortened
from onestop_core.catalogue.structure import plain_copy
from onestop_core.errors import InvalidDocumentError, InvalidValueError
from onestop_core.rules.reading.documents import inspect
from onestop_core.text import Text

__all__ = ["read_portal"]

_TITLE: Final = {
    "vi": "Danh mục nhập từ trang thủ tục đã công bố",
    "en": "Catalogue read from published pages",
}
_CODE: Final = re.compile(r"[0-9]\.[0-9]{6}(?:\.[0-9]{3}\.[0-9]{2}\.[0-9]{2}\.[A-Y][0-9]{2})?")
_CODE_IN: Final = re.compile(r"(?<![\d.])\d\.\d{6}(?:\.\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2})?(?![\d.])")
_DECISION: Final = re.compile(r"\d{1,5}(?:/\d{4})?/[A-ZĐ][A-ZĐ\d-]*")
_NO_CONDITION: Final = re.compile(r"không(?: có)?(?: quy định)?[.;]?", re.IGNORECASE)
_PAPERS_HEAD: Final = "Tên giấy tờMẫu đơn, tờ khaiSố lượng"
_NEVER: Final = "9999-12-31"
"""Ends what has no last day."""
_MOST_PAGES: Final = 100_000


def read_portal(
    pages: Iterable[Mapping[str, Any]] | Mapping[str, Any],
) -> tuple[dict[str, Any], tuple[NotUnderstood, ...]]:
    """Return the catalogue document that published pages say, and each place that was not understood.

    A page is a mapping: as a crawler of the national portal left it, with the fields of the national database, with
    tables, or a row of a sheet with the portal's headings. Nothing is invented: what a page does not say is left out,
    what it says in words that are not certain stays in words and is told. The texts of time limits and fees are kept as
    ``published``.

    >>> page = {"Mã thủ tục": "1.004194", "Tên thủ tục": "Đăng ký tạm trú", "Lĩnh vực": "Cư trú", "Cấp thực hiện": "Cấp xã",
    ...     "Đối tượng thực hiện": "Công dân Việt Nam", "Cách thức thực hiện": "Trực tiếp | 3 Ngày làm việc | 15.000 Đồng"}
    >>> document, told = read_portal([page])
    >>> limit = document["procedures"][0]["channels"][0]["limits"][0]
    >>> limit["time"], limit["fees"][0]["amount"], [each.place for each in told]
    ('3 working days', '15000', ['thanh_phan_ho_so', 'ket_qua_xu_ly'])

    Raises:
        InvalidValueError: these are no pages.
        InvalidDocumentError: a page is not plain JSON.
    """
    listed = _listed(pages)
    told: list[NotUnderstood] = []
    bases: dict[str, Any] = {}
    procedures: list[dict[str, Any]] = []
    seen: dict[str, list[tuple[str, str]]] = {}
    for index, raw in enumerate(listed):
        reader = _Reader(raw, index, bases, told)
        procedure = reader.read()
        if procedure is None:
            continue
        period = (procedure.get("in_force_from", ""), procedure.get("in_force_to", _NEVER))
        editions = seen.setdefault(procedure["code"], [])
        if any(period[0] <= last and first <= period[1] for first, last in editions):
            reader.tell("ma_thu_tuc", procedure["code"], "mã đã có ở trang trước", "an earlier page has this code")
        else:
            editions.append(period)
            procedures.append(procedure)
    document = {"schema_version": "1.0", "title": dict(_TITLE), "bases": bases, "procedures": procedures}
    return document, tuple(told)


def _listed(pages: object) -> list[dict[str, Any]]:
    if isinstance(pages, Mapping):
        pages = [cast("Mapping[str, Any]", pages)]
    if isinstance(pages, str | bytes) or not isinstance(pages, Iterable):
        raise InvalidValueError.of(
            "pages", pages, vi="các trang, mỗi trang là một đối tượng", en="pages, each a mapping"
        )
    listed: list[Any] = []
    try:
        for page in pages:  # pyright: ignore[reportUnknownVariableType] - whatever they are
            listed.append(page)
            if len(listed) > _MOST_PAGES:
                break
    except InvalidValueError:
        raise
    except Exception as error:
        raise InvalidValueError.of(
            "pages", type(error).__name__, vi="các trang đọc được", en="pages that can be read"
        ) from error
    if len(listed) > _MOST_PAGES:
        raise InvalidValueError.of(
            "pages", len(listed), vi=f"không quá {_MOST_PAGES} trang", en=f"at most {_MOST_PAGES} pages"
        )
    if problems := inspect(listed):
        raise InvalidDocumentError(problems=problems)
    plain: list[Any] = plain_copy(listed)
    for page in plain:
        if not isinstance(page, dict):
            raise InvalidValueError.of("pages", page, vi="mỗi trang là một đối tượng", en="each page a mapping")
    return plain


class _Reader:
    """One page at a time."""

    def __init__(self, raw: dict[str, Any], index: int, bases: dict[str, Any], told: list[NotUnderstood]) -> None:
        self._index = index
        self._bases = bases
        self._told = told
        self.code: str | None = None
        first = len(told)
        self.page = one_page(raw, self.tell)
        self.code = self._code()
        for at in range(first, len(told)):  # told before the code was known
            each = told[at]
            told[at] = NotUnderstood(
                page=each.page, code=self.code, place=each.place, text=each.text, reason=each.reason
            )

    def tell(self, place: str, text: object, vi: str, en: str) -> None:
        words = (
            text
            if isinstance(text, str)
            else " | ".join(dict.fromkeys(map(str, cast("dict[str, Any]", text).values())))
            if isinstance(text, dict)
            else str(text)
        )
        self._told.append(
            NotUnderstood(
                page=self._index, code=self.code, place=place, text=shortened(words), reason=Text(vi=vi, en=en)
            )
        )

    def text(self, key: str) -> str:
        """Return the text of a property; empty where the page says nothing."""
        value = self.page.get(key)
        return value if isinstance(value, str) else ""

    def _code(self) -> str | None:
        words = self.text("ma_thu_tuc")
        if _CODE.fullmatch(words):
            return words
        found = set(_CODE_IN.findall(words))
        return found.pop() if len(found) == 1 else None

    def read(self) -> dict[str, Any] | None:
        """Return the procedure; None where the page lacks what makes one."""
        tell: Tell = self.tell
        self._mend()
        cases = Cases()
        levels = levels_of(self.text("cap_thuc_hien"), tell)
        subjects = applicants_of(self.text("doi_tuong_thuc_hien"), tell)
        channels = channels_of(self.page, cases, tell)
        name, field = self.text("ten_thu_tuc"), self.text("linh_vuc")
        lacking = [
            heading
            for heading, value in (
                ("ma_thu_tuc", self.code),
                ("ten_thu_tuc", name),
                ("linh_vuc", field),
                ("cap_thuc_hien", levels),
                ("doi_tuong_thuc_hien", subjects),
                ("cach_thuc_thuc_hien", channels),
            )
            if not value
        ]
        if lacking:
            for heading in lacking:
                if heading == "ma_thu_tuc" and self.text(heading):
                    vi, en = (
                        "không phải mã như 1.004222 nên không nhập",
                        "no code such as 1.004222, so it was not taken in",
                    )
                else:
                    vi, en = (
                        "trang thiếu mục bắt buộc này nên không nhập",
                        "the page lacks this, so it was not taken in",
                    )
                tell(heading, self.page.get(heading, ""), vi, en)
            return None
        papers = papers_of(self.page, cases, tell)
        if not papers.papers:
            tell("thanh_phan_ho_so", self.page.get("thanh_phan_ho_so", ""), "không có giấy tờ nào", "no papers")
        procedure: dict[str, Any] = {"code": self.code, "name": {"vi": name}}
        self._decision(procedure)
        procedure["field"] = {"name": {"vi": field}}
        procedure["level"], *others = levels
        if others:
            procedure["other_levels"] = others
        for key, name in (("in_force_from", "ngay_co_hieu_luc"), ("in_force_to", "ngay_het_hieu_luc")):
            if (day := self._day(name)) is not None:
                procedure[key] = day
        if (kind := kind_of(self.text("loai_thu_tuc"), tell)) is not None:
            procedure["kind"] = kind
        self._bodies(procedure)
        procedure["subjects"] = subjects
        procedure["channels"] = channels
        procedure["papers"] = papers.papers[:1000]
        if papers.sets is not None:
            procedure["sets"] = papers.sets
        if cases.listed:
            procedure["cases"] = cases.listed
        if papers.forms:
            procedure["forms"] = list(papers.forms.values())
        self._rest(procedure, papers.notes)
        return procedure

    def _mend(self) -> None:
        """Cut the page anew where a crawler took a word of the text for a heading: its papers and its result."""
        if not (whole := self.text("raw_text")):
            return
        if "Mã:" in self.text("ket_qua_xu_ly") and _PAPERS_HEAD in self.text("thanh_phan_ho_so"):
            return
        whole = clean(whole)[0]
        head = whole.find(_PAPERS_HEAD)
        if head >= 0 and _PAPERS_HEAD not in self.text("thanh_phan_ho_so"):
            start = whole.rfind("Thành phần hồ sơ", 0, head)
            end = whole.find("Căn cứ pháp lýTên văn bản", head)
            if start >= 0:
                self.page["thanh_phan_ho_so"] = whole[start + len("Thành phần hồ sơ") : end if end >= 0 else None]
        last = whole.rfind("Kết quả xử lý")
        if last >= 0 and "Mã:" in whole[last:] and "Mã:" not in self.text("ket_qua_xu_ly"):
            self.page["ket_qua_xu_ly"] = whole[last + len("Kết quả xử lý") :]

    def _decision(self, procedure: dict[str, Any]) -> None:
        if not (words := self.text("so_quyet_dinh")):
            return
        number = re.sub(r"^(?:quyết định|qđ)? ?(?:số)? ?:? ?", "", words, flags=re.IGNORECASE)
        if (found := _DECISION.search(words)) is not None:
            procedure["decision"] = {"number": found[0][:60]}
        elif re.search(r"\d", number) and len(words) <= 60:
            procedure["decision"] = {"number": words if "QĐ" in words else number}
        else:
            self.tell("so_quyet_dinh", words, "không đọc được số quyết định", "no number of a decision")
        if "decision" in procedure and (day := self._day("ngay_quyet_dinh")) is not None:
            procedure["decision"]["issued_on"] = day

    def _day(self, key: str) -> str | None:
        """Return the day that a property is; what is no day is told."""
        words = self.text(key)
        day = day_of(words)
        if words and day is None:
            self.tell(key, words, "không phải ngày, ghi như 01/7/2026", "no day; write it as 01/7/2026")
        return day

    def _bodies(self, procedure: dict[str, Any]) -> None:
        first, *others = bodies(self.text("co_quan_co_tham_quyen")) or [""]
        if first:
            procedure["authority"] = {"name": {"vi": first}}
        if others:
            procedure["other_authorities"] = [{"name": {"vi": name}} for name in others]
        for key, heading in (
            ("authorised", "co_quan_duoc_uy_quyen"),
            ("implementing", "co_quan_thuc_hien"),
            ("coordinating", "co_quan_phoi_hop"),
        ):
            if names := bodies(self.text(heading)):
                procedure[key] = [{"name": {"vi": name}} for name in names]
        address = self.text("dia_chi_tiep_nhan")
        if re.search(r"Bước \d", address):
            self.tell("dia_chi_tiep_nhan", address, "không phải địa chỉ", "this is no address")
        elif address:
            procedure["receiving"] = [{"name": {"vi": address}}]

    def _rest(self, procedure: dict[str, Any], remarks: list[str]) -> None:
        if related := related_of(self.text("thu_tuc_lien_quan")):
            procedure["related"] = related
        elif self.text("thu_tuc_lien_quan"):
            self.tell("thu_tuc_lien_quan", self.text("thu_tuc_lien_quan"), "không có mã thủ tục", "no procedure code")
        steps, before = steps_of(self.text("trinh_tu_thuc_hien"))
        if steps:
            procedure["steps"] = steps
        notes = [{"vi": words} for words in (before, self.text("mo_ta"), *remarks) if words and said(words)]
        if notes:
            procedure["notes"] = notes
        if results := results_of(self.page.get("ket_qua_xu_ly"), self.tell):
            procedure["results"] = results
        else:
            self.tell("ket_qua_xu_ly", self.page.get("ket_qua_xu_ly", ""), "không có kết quả nào", "no result")
        conditions = without_page_foot(self.text("yeu_cau_dieu_kien"))
        if said(conditions) and not _NO_CONDITION.fullmatch(conditions):
            procedure["conditions"] = [{"text": {"vi": conditions}}]
        if names := bases_of(self.page.get("can_cu_phap_ly"), self._bases, self.tell):
            procedure["legal_bases"] = names
