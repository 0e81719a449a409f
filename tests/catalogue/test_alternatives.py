"""Papers of which one is enough, told from bodies, people, acts and forms of one paper between which "hoặc" stands."""

from __future__ import annotations

import pytest

from onestop_core.catalogue.published.alternatives import alternatives_of, conditional, papers_in
from onestop_core.catalogue.published.flat import second_syllable
from tests.catalogue.test_read_portal import PAPERS, one


@pytest.mark.parametrize(
    ("words", "papers"),
    [
        ("Hộ chiếu hoặc thẻ", ["Hộ chiếu", "thẻ"]),
        ("b) Bản sao có chứng thực giấy chứng minh nhân dân hoặc thẻ căn cước;", ["Bản sao có chứng thực giấy chứng minh nhân dân", "thẻ căn cước"]),
        ("Giấy chứng tử hoặc giấy báo tử (bản sao, 01 bản).", ["Giấy chứng tử", "giấy báo tử (bản sao, 01 bản)"]),
        ("Giấy báo hoặc giấy mời của cơ quan: 01 bản chính.", ["Giấy báo", "giấy mời của cơ quan"]),
        ("(ii) Giấy giới thiệu hoặc văn bản phân công", ["Giấy giới thiệu", "văn bản phân công"]),
        ("Hộ chiếu/Thẻ căn cước hoặc các giấy tờ khác", ["Hộ chiếu", "Thẻ căn cước", "các giấy tờ khác"]),
        ("Giấy chứng minh cư trú là bản sao hộ chiếu, thẻ căn cước hoặc giấy khai sinh", ["bản sao hộ chiếu", "thẻ căn cước", "giấy khai sinh"]),
        ("Phải xuất trình: Hộ chiếu hoặc giấy tờ khác", ["Hộ chiếu", "giấy tờ khác"]),
        ("Nghị quyết hoặc quyết định của hội đồng. Nghị quyết hoặc quyết định phải nêu rõ tên", ["Nghị quyết", "quyết định của hội đồng"]),
        ("Tờ khai theo mẫu; hoặc tờ khai của chi cục", ["Tờ khai theo mẫu", "tờ khai của chi cục"]),
        ("Hộ chiếu/Giấy chứng nhận căn cước hoặc giấy tờ khác", ["Hộ chiếu", "Giấy chứng nhận căn cước", "giấy tờ khác"]),
        ("Bản sao hoặc bản sao cấp từ sổ gốc một trong các giấy tờ sau: thẻ tạm trú, thẻ thường trú", ["thẻ tạm trú", "thẻ thường trú"]),
        ("Bản chính hoặc bản sao điện tử phiếu lý lịch tư pháp hoặc giấy tờ khác", ["Bản chính hoặc bản sao điện tử phiếu lý lịch tư pháp", "giấy tờ khác"]),
        ("Hộ chiếu hoặc thẻ căn cước. Việc nộp bản sao theo quy định", ["Hộ chiếu", "thẻ căn cước"]),
        ("Hợp đồng hoặc giấy xác nhận việc chuyển một phần hoặc toàn bộ dự án", ["Hợp đồng", "giấy xác nhận việc chuyển một phần hoặc toàn bộ dự án"]),
        ("Một trong các giấy tờ sau: Hộ chiếu, thẻ căn cước", ["Hộ chiếu", "thẻ căn cước"]),
        ("Bản chụp một trong những giấy tờ sau: a) Hộ chiếu; b) Thẻ", ["Hộ chiếu", "Thẻ"]),
        ("Giấy tờ chứng minh gồm một trong các giấy tờ sau đây: Sổ đỏ; hợp đồng", ["Sổ đỏ", "hợp đồng"]),
        ("Đơn tố cáo hoặc văn bản ghi nội dung tố cáo", ["Đơn tố cáo", "văn bản ghi nội dung tố cáo"]),
    ],
)  # fmt: skip
def test_papers_that_replace_each_other(words: str, papers: list[str]) -> None:
    assert alternatives_of(words) == papers


@pytest.mark.parametrize(
    "words",
    [
        "Đơn xin cấp thẻ",
        "Văn bản của cơ quan A hoặc của cơ quan B",
        "Nhận xét của tổ chức hoặc cá nhân",
        "Đơn đề nghị cấp, cấp lại hoặc điều chỉnh giấy phép",
        "Đơn đề nghị cấp giấy phép hoặc giấy chứng nhận",
        "Bản chính hoặc bản sao có chứng thực giấy phép",
        "Bản sao có chứng thực hoặc bản sao kèm bản chính để đối chiếu hoặc bản sao điện tử được cấp từ sổ gốc giấy phép",
        "Trường hợp không có giấy phép theo quy định hoặc giấy phép hết hạn thì không nhận",
        "Giấy tờ thuộc một trong các trường hợp: mất; hỏng",
    ],
)
def test_hoac_between_other_things_is_one_paper(words: str) -> None:
    assert alternatives_of(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "Giấy ủy quyền và giấy phép hoặc giấy chứng nhận",
        "Hồ sơ gồm: đơn, giấy phép hoặc giấy chứng nhận",
        "Văn bản của người được cấp giấy phép hoặc quyết định",
        "Trường hợp mất thì nộp hộ chiếu hoặc thẻ căn cước",
        "Một trong các giấy tờ theo quy định",
        "Một trong các giấy tờ sau: Hộ chiếu; Trường hợp mất thì nộp thẻ",
        "Trường hợp mất, một trong các giấy tờ sau: Hộ chiếu; Thẻ",
        "Một trong các giấy tờ sau: Hộ chiếu",
        "Hộ chiếu hoặc thẻ căn cước thì phải còn hạn",
        "Một trong các giấy tờ sau: " + "; ".join(f"Giấy {number}" for number in range(40)),
        "Một trong các giấy tờ sau: Hộ chiếu; " + "Giấy " + "x" * 900,
        "Đối với hành khách: Hộ chiếu hoặc thẻ",
    ],
)
def test_what_is_not_certain_is_not_taken_apart(words: str) -> None:
    assert alternatives_of(words) is None


@pytest.mark.parametrize(
    ("words", "case"),
    [
        ("Trường hợp mất thì nộp hộ chiếu hoặc thẻ căn cước.", "Trường hợp mất"),
        ("Đối với hành khách (nếu có): Hộ chiếu hoặc thẻ căn cước", "Đối với hành khách (nếu có)"),
        ("Nếu ủy quyền thì hồ sơ phải kèm theo hộ chiếu hoặc thẻ căn cước", "Nếu ủy quyền"),
    ],
)
def test_papers_that_are_asked_for_in_a_case_have_that_case(words: str, case: str) -> None:
    procedure = one(thanh_phan_ho_so=f"{PAPERS}{words}1 bản chính")
    (paper,) = procedure["papers"]
    assert procedure["cases"] == [{"id": "papers-1", "name": {"vi": case}, "dimension": "papers"}]
    assert (paper["cases"], len(paper["alternatives"])) == (["papers-1"], 1)
    assert paper["note"]["vi"] == words


def test_a_case_that_is_said_in_more_than_one_sentence_is_told() -> None:
    assert conditional("Trường hợp mất thì nộp hộ chiếu hoặc thẻ. Việc nộp theo quy định") is None
    assert conditional("Hộ chiếu") is None


def test_a_heading_says_that_one_of_a_list_is_enough() -> None:
    heading = "3. Một trong các tài liệu chứng minh được miễn"
    assert alternatives_of("+ Giấy A; + Đơn B; + Cơ sở xác nhận", heading) == ["Giấy A", "Đơn B", "Cơ sở xác nhận"]
    assert alternatives_of("Giấy A", heading) == []
    words = f"{heading}Tên giấy tờMẫu đơn, tờ khaiSố lượng+ Giấy A; + Giấy B1 bản chính"
    (paper,) = one(thanh_phan_ho_so=words)["papers"]
    assert [paper["name"], *(each["name"] for each in paper["alternatives"])] == [{"vi": "Giấy A"}, {"vi": "Giấy B"}]
    assert paper["note"] == {"vi": f"{heading}\n+ Giấy A; + Giấy B"}


def test_the_words_of_the_page_stay_beside_what_was_taken_apart() -> None:
    (paper,) = one(thanh_phan_ho_so=f"{PAPERS}Hộ chiếu hoặc thẻ0 bản chính,2 bản sao")["papers"]
    assert paper["alternatives"] == [{"name": {"vi": "thẻ"}, "originals": 0, "copies": 2}]
    assert paper["note"] == {"vi": "Hộ chiếu hoặc thẻ"}


@pytest.mark.parametrize(
    ("word", "at"),
    [
        ("địnhvăn", 4),
        ("theomẫu", 4),
        ("trắng.mau", 6),
        ("nghiệp", None),
        ("bieumau", None),
        ("quanghọc", None),
        ("đ§x", None),
    ],
)
def test_two_syllables_in_a_word_were_glued(word: str, at: int | None) -> None:
    assert second_syllable(word) == at


def test_the_name_of_a_file_begins_where_a_second_syllable_does() -> None:
    words = (
        PAPERS
        + "Đơn theo quy địnhvăn bản đề nghị (vị trí).docx1 bản chínhẢnh 4x6 cm màu trắng.mau so 12.doc1 bản chính"
    )
    first, second = one(thanh_phan_ho_so=words)["papers"]
    assert (first["name"]["vi"], first["files"]) == ("Đơn theo quy định", [{"name": "văn bản đề nghị (vị trí).docx"}])
    assert (second["name"]["vi"], second["files"]) == ("Ảnh 4x6 cm màu trắng.", [{"name": "mau so 12.doc"}])


@pytest.mark.parametrize(
    ("words", "papers"),
    [
        ("- Đơn theo Mẫu số 01. - Biên bản họp theo Mẫu số 02. - Dự án, phương án theo Mẫu số 03.", 3),
        ("+ Đơn; + Giấy phép", 2),
        ("- Đơn, gồm: - Họ tên - Địa chỉ", 1),
        ("- Đơn; - Hộ chiếu hoặc thẻ", 1),
        ("- Đơn; - Nộp tại xã", 1),
        ("Đơn; - Giấy phép", 1),
        ("- Đơn", 1),
    ],
)
def test_papers_that_one_row_lists_are_as_many(words: str, papers: int) -> None:
    assert len(papers_in(words)) == papers
    assert len(one(thanh_phan_ho_so=f"{PAPERS}{words}1 bản chính")["papers"]) == papers
    assert papers_in(words, "Một trong các giấy tờ sau:") == (words,)


def test_a_row_with_a_file_stays_one_paper() -> None:
    (paper,) = one(thanh_phan_ho_so=f"{PAPERS}- Đơn; - Giấy phép;Mau.docx1 bản chính")["papers"]
    assert paper["files"] == [{"name": "Mau.docx"}]
