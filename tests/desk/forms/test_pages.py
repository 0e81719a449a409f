"""A printed form: the fields of the sheet in its order, each once, whatever is known; hostile text stays text."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import deadlines, desk
from onestop_core.desk.forms import FormKind, FormPaper, Office, Outcome, PaperSize, Person, Slip, form_edition
from onestop_core.errors import InvalidValueError
from tests.desk.forms.samples import (
    AN,
    DELIVERED,
    EVERY,
    EXTENDED,
    ID,
    LIMIT,
    NEW,
    OFFICE,
    OLD,
    RECEIVED,
    SLIP,
    Page,
    at,
    case,
    due,
    empty,
    filled,
    walked,
)

if TYPE_CHECKING:
    from onestop_core.text import Language

HEAD: Final = ["office.superior", "office.name", "number", "office.place", "signed_on"]
APPLICANT: Final = ["applicant.name", "applicant.number", "applicant.address", "applicant.phone", "applicant.email"]
# In the order of forms-and-field.md, section 2; what stands there in brackets or marked T comes where it is known.
ORDER: Final[dict[FormKind, list[str]]] = {
    FormKind.RECEIPT: [
        *("title", "code", "receiving_unit", *APPLICANT, "principal.name", "principal.number", "principal.address"),
        *("authorisation", "procedure", "papers", "sets", "limit", "received_at", "due_at", "return_channel", "fee"),
        *("book", "sequence", "secret", "office.hotline", "office.website", "signer"),
    ],
    FormKind.SUPPLEMENT: [
        *("title", "applicant.name", "procedure", "applicant.address", "applicant.phone", "applicant.email", "items"),
        *("reason", "contact", "contact_phone", "office.website", "signer"),
    ],
    FormKind.REFUSAL: ["title", *APPLICANT, "code", "procedure", "reason", "ground", "signer"],
    FormKind.LATE: [
        *("title", "applicant.name", "received_at", "procedure", "applicant.number", "code", "old_due", "reason"),
        *("new_due", "extension_count", "copies_to", "signer"),
    ],
    FormKind.STOP: [
        *("title", *APPLICANT, "code", "procedure", "asked_on", "stage", "reason", "decided_by", "decided_on"),
        *("returned_papers", "signer"),
    ],
    FormKind.CONTROL: [
        *("title", "code", "applicant.name", "handling_unit", "coordinating", "received_at", "due_at", "hand_overs"),
    ],
    FormKind.REGISTER: ["title", "field", "year", "book", "rows"],
}  # fmt: skip
NOT_WHEN_OPEN: Final = {
    *("principal.name", "principal.number", "principal.address", "authorisation", "fee", "secret", "office.hotline"),
    *("office.website", "ground", "extension_count"),
}


@pytest.mark.parametrize(("edition", "kind"), EVERY)
def test_the_fields_stand_in_the_order_of_the_form(edition: str, kind: FormKind) -> None:
    full, bare = Page(desk.form_html(filled(kind, edition))), Page(desk.form_html(empty(kind, edition)))
    code = ["short_receipt"] if kind is FormKind.RECEIPT else []
    assert full.keys == [*HEAD, *code, *ORDER[kind]]
    missing = NOT_WHEN_OPEN | ({"book"} if kind is FormKind.REGISTER else set())
    assert bare.keys == [*HEAD, *(key for key in ORDER[kind] if key not in missing)]
    assert full.left_open == set()
    assert set(bare.keys) - bare.left_open - {"title", "papers", "items", "hand_overs", "rows"} == set()


@pytest.mark.parametrize(
    ("edition", "kind", "number", "title"),
    [
        (OLD, "receipt", "01", "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"),
        (OLD, "supplement", "02", "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"),
        (OLD, "refusal", "03", "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"),
        (OLD, "late", "04", "PHIẾU XIN LỖI VÀ HẸN LẠI NGÀY TRẢ KẾT QUẢ"),
        (OLD, "control", "05", "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ"),
        (OLD, "register", "06", "SỔ THEO DÕI HỒ SƠ"),
        (NEW, "receipt", "01", "GIẤY TIẾP NHẬN HỒ SƠ VÀ HẸN TRẢ KẾT QUẢ"),
        (NEW, "supplement", "02", "PHIẾU YÊU CẦU BỔ SUNG, HOÀN THIỆN HỒ SƠ"),
        (NEW, "refusal", "03", "PHIẾU TỪ CHỐI TIẾP NHẬN GIẢI QUYẾT HỒ SƠ"),
        (NEW, "late", "04", "PHIẾU XIN LỖI VÀ ĐỀ NGHỊ GIA HẠN THỜI GIAN GIẢI QUYẾT"),
        (NEW, "stop", "05", "THÔNG BÁO DỪNG GIẢI QUYẾT HỒ SƠ"),
        (NEW, "control", "06", "PHIẾU KIỂM SOÁT QUÁ TRÌNH GIẢI QUYẾT HỒ SƠ"),
        (NEW, "register", "07", "SỔ THEO DÕI HỒ SƠ"),
    ],
)
def test_number_and_name_are_those_of_the_edition(edition: str, kind: str, number: str, title: str) -> None:
    circular = {OLD: "01/2018", NEW: "03/2025"}[edition]
    page = Page(desk.form_html(empty(FormKind(kind), edition)))
    assert page.said("title") == title
    assert f"Mẫu số {number} – Thông tư số {circular}/TT-VPCP" in page.words
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in page.words
    assert "Độc lập - Tự do - Hạnh phúc" in page.words


def test_the_name_of_the_decree_is_shown_where_it_is_another_and_a_draft_says_so() -> None:
    assert (
        "Phiếu từ chối giải quyết hồ sơ thủ tục hành chính" in Page(desk.form_html(empty(FormKind.REFUSAL, NEW))).words
    )
    assert "Phiếu đề nghị gia hạn thời gian giải quyết" in Page(desk.form_html(empty(FormKind.LATE, NEW))).words
    assert "bố cục dự thảo" in Page(desk.form_html(empty(FormKind.STOP, NEW))).words


@pytest.mark.parametrize(
    ("edition", "kind", "number", "suffix", "shown"),
    [
        (NEW, "receipt", "128", "TTPVHCC", "128/TTPVHCC"),
        (NEW, "supplement", "128", "TTPVHCC", "128/PBS-TTPVHCC"),
        (NEW, "refusal", "128", "TTPVHCC", "128/PTC-TTPVHCC"),
        (NEW, "late", "128", "TTPVHCC", "128/PXL"),
        (NEW, "stop", "128", "TTPVHCC", "128"),
        (NEW, "control", "128", "TTPVHCC", "128/PKS-TTPVHCC"),
        (NEW, "register", "128", "BPTNTKQ", "128/STD-BPTNTKQ"),
        (NEW, "refusal", "5/2026/TC", "TTPVHCC", "5/2026/TC"),
        (NEW, "refusal", None, "TTPVHCC", "…………/PTC-TTPVHCC"),
        (NEW, "refusal", None, None, "…………/PTC-…………"),
        (OLD, "supplement", "9", None, "9/HDHS"),
        (OLD, "receipt", None, "TTPVHCC", ""),
    ],
)
def test_papers_are_numbered_as_the_edition_has_it(
    edition: str, kind: str, number: str | None, suffix: str | None, shown: str
) -> None:
    data = desk.form_data(kind, None, edition=edition, slip=Slip(number=number), office=Office(suffix=suffix))
    assert Page(desk.form_html(data)).said("number") == shown


def test_moments_are_in_words_and_the_end_of_a_day_is_the_day() -> None:
    page = Page(desk.form_html(desk.form_data("receipt", case(*RECEIVED), edition=NEW)))
    assert page.said("received_at") == "08 giờ 20 phút, ngày 02 tháng 3 năm 2026"
    assert page.said("due_at") == "17 giờ 00 phút, ngày 11 tháng 3 năm 2026"
    data = attrs.evolve(filled(FormKind.RECEIPT, NEW), due_at=at("2026-12-01T23:59:59"), signed_on=date(2026, 1, 5))
    page = Page(desk.form_html(data))
    assert page.said("due_at") == "ngày 01 tháng 12 năm 2026"
    assert page.said("signed_on") == "ngày 05 tháng 01 năm 2026"
    assert "giờ …… phút, ngày …… tháng" in Page(desk.form_html(empty(FormKind.RECEIPT, NEW))).said("due_at")


def test_where_no_day_can_be_promised_it_says_so() -> None:
    data = attrs.evolve(empty(FormKind.RECEIPT, NEW), without_due=True)
    assert Page(desk.form_html(data)).said("due_at") == "Không có ngày hẹn trả cụ thể theo quy định"


def test_the_other_words_are_those_of_offices() -> None:
    page = Page(desk.form_html(filled(FormKind.RECEIPT, NEW)))
    assert {key: page.said(key) for key in ("sets", "limit", "fee", "return_channel", "procedure", "sequence")} == {
        "sets": "01",
        "limit": "07 ngày làm việc",
        "fee": "20.000 đồng",
        "return_channel": "Dịch vụ bưu chính công ích",
        "procedure": "Đăng ký thường trú (mã thủ tục 1.004222)",
        "sequence": "0128",
    }
    papers = page.said("papers")
    assert all(
        word in papers
        for word in ("STT", "Tờ khai CT01", "Bản chính", "01", "Giấy khai sinh", "Bản sao có chứng thực", "02")
    )
    assert Page(desk.form_html(filled(FormKind.REGISTER, NEW))).said("year") == "2026"


def test_both_tenses_of_the_apology() -> None:
    for edition in (OLD, NEW):
        data = filled(FormKind.LATE, edition)
        before, after = (Page(desk.form_html(attrs.evolve(data, has_passed=passed))).words for passed in (False, True))
        unknown = Page(desk.form_html(attrs.evolve(data, has_passed=None))).words
        assert "sẽ không trả kết quả đúng hẹn" in before
        assert "Đến nay, hồ sơ chưa được giải quyết xong" in after
        assert "Đến nay" not in before
        assert "sẽ không" not in after
        assert unknown == before, "the law asks for it before"


def test_a_deputy_signs_for_the_head() -> None:
    slip = attrs.evolve(SLIP, signer_title="CHỦ TỊCH", acting_title="PHÓ CHỦ TỊCH")
    data = desk.form_data("late", case(*RECEIVED, EXTENDED), edition=NEW, slip=slip)
    words = Page(desk.form_html(data)).words
    assert "KT. CHỦ TỊCHPHÓ CHỦ TỊCH(Ký, ghi rõ họ tên)Trần Thị Lan" in words
    assert "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ" not in words
    assert "THỦ TRƯỞNG CƠ QUAN, ĐƠN VỊ(Ký" in Page(desk.form_html(empty(FormKind.LATE, NEW))).words
    head = attrs.evolve(data, acting_title=None)
    assert "CHỦ TỊCH(Ký" in Page(desk.form_html(head)).words


def test_the_control_slip_has_a_block_for_each_hand_over_and_empty_ones_to_fill_in() -> None:
    page = Page(desk.form_html(filled(FormKind.CONTROL, NEW)))
    said = page.said("hand_overs")
    assert said.count("1. Giao: ") == said.count("2. Nhận: ") == 4
    assert (
        "1. Giao: Công chức, viên chức tiếp nhận hồ sơ2. Nhận: Công an phường Bến Thành10 giờ 05 phút, ngày 02 tháng 3 năm 2026"
        in said
    )
    assert "Người giaoTrần Thị LanNgười nhậnPhạm Hùng" in said
    one = desk.form_data("control", case(*RECEIVED[:2]), edition=NEW)
    assert Page(desk.form_html(one)).said("hand_overs").count("1. Giao: ") == 4
    many = attrs.evolve(filled(FormKind.CONTROL, NEW), hand_overs=filled(FormKind.CONTROL, NEW).hand_overs * 3)
    assert Page(desk.form_html(many)).said("hand_overs").count("1. Giao: ") == 12
    ends = [
        attrs.evolve(each, outcome=how, note="ghi chú") for each, how in zip(many.hand_overs, Outcome, strict=False)
    ]
    told = Page(desk.form_html(attrs.evolve(many, hand_overs=tuple(ends)))).said("hand_overs")
    assert [word in told for word in ("Trước hạn", "Đúng hạn", "Quá hạn", "ghi chú")] == [True] * 4


def test_two_hand_overs_of_one_day_are_two() -> None:
    data = desk.form_data("control", case(*RECEIVED), edition=NEW)
    days = [each.at.date() for each in data.hand_overs]
    assert days == [date(2026, 3, 2)] * 2
    said = Page(desk.form_html(data)).said("hand_overs")
    assert said.index("10 giờ 05 phút") < said.index("14 giờ 00 phút")


def test_the_register_has_eleven_columns_and_moments_in_figures() -> None:
    page = desk.form_html(filled(FormKind.REGISTER, NEW))
    assert page.count('<th scope="col">') == 11
    said = Page(page).said("rows")
    assert "02/03/2026 08:20" in said
    assert "11/03/2026 17:00" in said
    assert "12 đường Lê Lai, phường Bến Thành0912 345 678" in said
    data = filled(FormKind.REGISTER, NEW)
    open_ = attrs.evolve(
        data, rows=(attrs.evolve(data.rows[0], due_at=at("2026-03-11T23:59:59"), procedure_name=None),)
    )
    said = Page(desk.form_html(open_)).said("rows")
    assert "11/03/2026" in said
    assert "23:59" not in said
    assert "1.004222" in said
    assert "2026-03-11" in Page(desk.form_html(open_, language="en")).said("rows")


def test_papers_of_which_only_the_names_are_known_are_a_list() -> None:
    data = attrs.evolve(filled(FormKind.RECEIPT, NEW), papers=tuple(FormPaper(name=f"Giấy {n}") for n in range(10)))
    page = desk.form_html(data)
    assert page.count("<li>") == 10
    assert "<table" not in page
    kinds = tuple(FormPaper(name=f"Giấy {n}", kind="copy", count=n) for n in range(10))
    assert desk.form_html(attrs.evolve(data, papers=kinds)).count("<tr>") == 11


def test_the_supplement_of_2018_counts_papers_by_kind() -> None:
    items = (
        FormPaper(name="Giấy khai sinh", kind="certified", count=2),
        FormPaper(name="Ảnh", kind="copy"),
        FormPaper(name="Khác"),
    )
    data = attrs.evolve(filled(FormKind.SUPPLEMENT, OLD), items=items)
    page = desk.form_html(data)
    assert "Bản chứng thực" in page
    rows = re.findall(r"<tr>(.*?)</tr>", page)[1:]
    cells = [[re.sub("<.*?>", "", cell) for cell in re.findall(r"<td.*?>(.*?)</td>", row)] for row in rows]
    assert cells == [["1", "Giấy khai sinh", "", "02", ""], ["2", "Ảnh", "", "", "x"], ["3", "Khác", "", "", ""]]


@pytest.mark.parametrize(("edition", "kind"), EVERY)
def test_a_name_of_eighty_characters_and_every_size(edition: str, kind: FormKind) -> None:
    name = ("Công ty trách nhiệm hữu hạn " * 3)[:79] + "x"
    data = attrs.evolve(filled(kind, edition), applicant=attrs.evolve(AN, name=name))
    for paper in PaperSize:
        page = desk.form_html(data, paper=paper)
        assert f"@page {{ size: {paper.value}" in page
        assert ("landscape" in page) is (kind is FormKind.REGISTER)
    assert kind is FormKind.REGISTER or Page(desk.form_html(data)).said("applicant.name") == name


def test_the_size_is_that_of_the_edition() -> None:
    assert {
        kind: re.findall(r"size: (A\d)", desk.form_html(empty(kind, edition)))[0]
        for edition, kind in EVERY
        if edition == OLD
    } == {kind: "A4" if kind is FormKind.REGISTER else "A5" for _, kind in EVERY if kind is not FormKind.STOP}
    with pytest.raises(InvalidValueError, match="A4"):
        desk.form_html(empty(FormKind.RECEIPT, NEW), paper="A3")


HOSTILE: Final = '<script>alert(1)</script>"&\x1b[31m\u202e##[error]\u2028x'


@pytest.mark.parametrize(("edition", "kind"), EVERY)
def test_hostile_text_stays_text(edition: str, kind: FormKind) -> None:
    person = Person(**dict.fromkeys(("name", "number", "address", "phone", "email"), HOSTILE))
    texts: dict[str, Any] = {each.name: HOSTILE for each in attrs.fields(Slip) if each.type == str | None}
    slip = attrs.evolve(
        SLIP, **texts, applicant=person, principal=person, papers=(FormPaper(name=HOSTILE),), items=(FormPaper(name=HOSTILE),),
        copies_to=(HOSTILE,), returned_papers=(HOSTILE,), coordinating=(HOSTILE,), notes=(HOSTILE,),
    )  # fmt: skip
    office = Office(**{each.name: HOSTILE for each in attrs.fields(Office)})
    made = case(*RECEIVED, *DELIVERED)
    data = desk.form_data(
        kind,
        made,
        edition=edition,
        slip=slip,
        slips={ID: slip},
        office=office,
        names=dict.fromkeys(("lan", "CA", "hung"), HOSTILE),
    )
    page = desk.form_html(data)
    assert not set(Page(page).tags) & {"script", "img", "iframe", "link"}
    assert not re.search("[\x00-\x08\x0b-\x1f\u202a-\u202e\u2028]", page)
    assert "&#x202e;" not in page
    assert "\\u202e" in page
    assert "<script" not in page
    assert "onerror" not in page


def test_a_reason_of_several_lines_keeps_them() -> None:
    data = attrs.evolve(empty(FormKind.REFUSAL, NEW), reason="một\n\nhai\nba", procedure_name=None)
    page = desk.form_html(data)
    assert "<span>một</span><br><span>hai</span><br><span>ba</span>" in page
    odd = attrs.evolve(
        data, title=attrs.evolve(data.title), procedure_name=attrs.evolve(data.title, vi="một\nhai", en="one")
    )
    assert Page(desk.form_html(odd)).said("procedure") == "một hai"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_loads_nothing_and_says_what_it_is(language: Language) -> None:
    page = desk.form_html(filled(FormKind.REGISTER, NEW), language=language)
    assert f'<html lang="{language}">' in page
    assert "default-src 'none'" in page
    assert "http" not in page.replace("http-equiv", "")
    assert "<caption>" in page
    assert ("REGISTER OF DOSSIERS" in page) is (language == "en")


def test_what_is_left_open_is_told_to_those_who_do_not_see_dots() -> None:
    page = desk.form_html(empty(FormKind.RECEIPT, NEW))
    assert page.count('aria-label="để trống"') > 15


def test_the_short_receipt_is_drawn_by_whatever_draws() -> None:
    data = filled(FormKind.RECEIPT, NEW)
    text = data.short_receipt
    assert text is not None
    asked: list[str] = []

    def draw(words: str) -> list[list[int]]:
        asked.append(words)
        return [[1, 0], [0, 1]]

    page = desk.form_html(data, qr=draw)
    assert asked == [text]
    assert 'd="M4 4h1v1h-1zM5 5h1v1h-1z"' in page
    assert 'viewBox="0 0 10 10"' in page
    assert Page(page).said("short_receipt") == text
    assert Page(desk.form_html(data)).said("short_receipt") == text
    assert deadlines.verify(text) == ()
    assert "short_receipt" not in desk.form_html(empty(FormKind.RECEIPT, NEW), qr=draw)


@pytest.mark.parametrize("drawn", [None, 5, "abc", [], [[1, 0], [1]], [[1], 5], [[1] * 178] * 178])
def test_what_draws_no_square_is_refused(drawn: Any) -> None:
    with pytest.raises(InvalidValueError, match="qr"):
        desk.form_html(filled(FormKind.RECEIPT, NEW), qr=lambda _: drawn)


def test_the_picture_of_the_days_takes_its_look_with_it() -> None:
    page = desk.form_html(filled(FormKind.RECEIPT, NEW), deadline=due())
    assert "Ngày hẹn trả được tính như sau" in page
    assert page.count("<style>") == 1
    assert ".onestop-due" in page
    assert ' style="' not in page, "the page forbids it"
    assert 'fill="#' in page
    assert LIMIT.text.vi in page


def slips() -> st.SearchStrategy[Slip]:
    said = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=80).map("a{}".format)
    words = st.none() | said
    people = st.none() | st.builds(Person, name=words, number=words, address=words, phone=words, email=words)
    papers = st.lists(
        st.builds(
            FormPaper,
            name=said,
            kind=st.none() | st.sampled_from(["original", "copy"]),
            count=st.none() | st.integers(0, 99),
        ),
        max_size=12,
    ).map(tuple)
    texts: dict[str, Any] = {each.name: words for each in attrs.fields(Slip) if each.type == str | None}
    return st.builds(
        Slip, **texts, applicant=people, principal=people, papers=papers, items=papers, sets=st.none() | st.integers(0, 9999),
        fee=st.none() | st.decimals(0, 10**9, places=0), has_passed=st.none() | st.booleans(),
    )  # fmt: skip


@given(
    seed=st.integers(0, 10**6), slip=slips(), which=st.sampled_from(EVERY), paper=st.sampled_from(list(PaperSize)),
)  # fmt: skip
def test_nothing_raises_and_every_given_field_is_there_once(
    seed: int, slip: Slip, which: tuple[str, FormKind], paper: PaperSize
) -> None:
    edition, kind = which
    made = walked(seed, "vn@decree-118-2025")
    data = desk.form_data(kind, made, slip=slip, slips={made.id: slip}, office=OFFICE, edition=edition)
    page = Page(desk.form_html(data, paper=paper))
    form = form_edition(edition).form(kind)
    keys = [row.key for row in form.fields if row.key is not None]
    keys += re.findall(r"\{([a-z_.]+)\}", " ".join(row.text.vi for row in form.fields if row.text is not None))
    optional = {row.key for row in form.fields if row.optional}
    for key in keys:
        known: Any = data.procedure_code if key == "procedure" else data
        for name in [] if key == "procedure" else key.split("."):
            known = getattr(known, name)
        wanted = 0 if known in (None, ()) and key in optional else 1
        assert page.keys.count(key) == wanted, key
        if isinstance(known, str) and known.isprintable() and "::" not in known and "##" not in known:
            assert known.strip() in page.said(key)
