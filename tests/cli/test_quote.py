"""``onestop find`` and ``onestop quote``: a desk looks something up, and answers an applicant."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import catalogue
from onestop_core.cli import main
from tests.catalogue.documents import catalogue as small
from tests.catalogue.documents import procedure, text

if TYPE_CHECKING:
    from pathlib import Path


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


def test_a_procedure_is_found_by_what_people_type(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "vi", "find", "shipped", "dang", "ky", "thuong tru"]) == 0
    assert lines(capsys)[0] == "1.004222   Đăng ký thường trú (Đăng ký, quản lý cư trú)"
    assert main(["find", "shipped", "dang ky", "--most", "1"]) == 0
    out, err = capsys.readouterr()
    assert (len(out.splitlines()), err[:4]) == (1, "and ")
    assert main(["--lang", "vi", "find", "shipped", "zzz"]) == 1
    assert capsys.readouterr().err == "không có thủ tục nào phù hợp\n"
    assert main(["find", "shipped", "1004222", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == [
        {
            "code": "1.004222",
            "name": "Registration of permanent residence",
            "field": catalogue.shipped()["1.004222"].field.name.en,
        }
    ]
    assert main(["find", "shipped", "zzz", "--format", "json"]) == 1


@pytest.fixture
def residence(tmp_path: Path) -> str:
    """Return a catalogue of which one procedure asks a question, and one has cases that only a name tells."""
    asking = procedure(
        "1.000003",
        name=text("Đăng ký tạm trú"),
        cases=[{"id": "alone", "name": text("Một người")}, {"id": "list", "name": text("Theo danh sách")}],
        questions=[
            {
                "id": "how",
                "text": text("Đăng ký theo diện nào?"),
                "answers": [{"id": "one", "name": text("Cá nhân")}, {"id": "by-list", "name": text("Theo danh sách")}],
            }
        ],
        decisions=[
            {"case": "alone", "when": [{"question": "how", "answers": ["one"]}]},
            {"case": "list", "when": [{"question": "how", "answers": ["by-list"]}]},
        ],
        channels=[{"kind": "in_person", "limits": [{"time": "03 ngày làm việc", "fees": [{"amount": "15000"}]}]}],
    )
    named = {
        **asking, "code": "1.000004", "name": {"vi": "Đăng ký thường trú", "en": "Permanent residence"},
        "cases": [{"id": "owner", "name": {"vi": "Chủ sở hữu", "en": "Owner of the dwelling"}}],
        "questions": [], "decisions": [],
    }  # fmt: skip
    for each in (asking, named):
        each.pop("obligations", None)
    path = tmp_path / "residence.json"
    path.write_text(json.dumps(small(asking, named)), encoding="utf-8")
    return str(path)


def test_without_answers_the_questions_are_printed(residence: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "vi", "quote", residence, "dang ky tam tru"]) == 1
    assert lines(capsys) == [
        "1.000003 Đăng ký tạm trú",
        "Cần trả lời (--answer TÊN=GIÁ-TRỊ):",
        "  how: Đăng ký theo diện nào?",
        "    how=one  Cá nhân",
        "    how=by-list  Theo danh sách",
    ]
    assert main(["quote", residence, "1.000004"]) == 1
    assert lines(capsys)[2:] == ["  case: Which case?", "    case=owner  Owner of the dwelling"]
    assert main(["quote", residence, "1.000004", "--format", "json"]) == 1
    asked = json.loads(capsys.readouterr().out)["open"]
    assert [each["name"] for each in asked] == ["case"]
    assert asked[0]["answers"] == [{"id": "owner", "name": "Owner of the dwelling"}]


def test_an_answer_is_given_by_its_id_or_in_words(residence: str, capsys: pytest.CaptureFixture[str]) -> None:
    for answer in ("case=owner", "case=chu so huu", "case=Owner of the dwelling"):
        assert main(["--lang", "vi", "quote", residence, "1.000004", "--answer", answer]) == 0
        said = lines(capsys)
        assert said[1] == "Trường hợp: Chủ sở hữu (trường hợp được chọn trực tiếp)"
        assert "  Trực tiếp: 03 ngày làm việc" in said
        assert "  Trực tiếp: 15.000 đồng" in said
    assert main(["--lang", "vi", "quote", residence, "1.000003", "--answer", "how=theo danh sách"]) == 0
    assert lines(capsys)[1].startswith("Trường hợp: Theo danh sách (")


@pytest.fixture
def permit(tmp_path: Path) -> str:
    """Return a catalogue with every kind of fee, limit and question."""
    fees: list[dict[str, Any]] = [
        {"amount": "75000", "case": "small"},
        {"amount": "150000", "case": "large"},
        {"amount": "2000", "quantity": "pages", "exemptions": [{"text": text("Trẻ em")}]},
        {"share": {"percent": "0.5", "of": text("giá trị"), "quantity": "value"}},
        {"amount": "10", "currency": "USD"},
        {"set_by": "province"},
        {"amount": "5000", "in_force_from": "2026-01-01"},
    ]
    held = procedure(
        "1.000001",
        name=text("Cấp giấy phép"),
        cases=[
            {"id": "small", "name": text("Nhỏ"), "dimension": "size"},
            {"id": "large", "name": text("Lớn"), "dimension": "size"},
            {"id": "urgent", "name": text("Gấp"), "dimension": "speed"},
        ],
        questions=[
            {"id": "area", "text": text("Diện tích"), "unit": text("m²")},
            {"id": "floors", "text": text("Số tầng")},
        ],
        decisions=[
            {"case": "small", "when": [{"question": "area", "below": "100"}, {"question": "floors", "below": "3"}]},
            {"case": "large", "when": [{"question": "area", "least": "100"}]},
            {"case": "large", "when": [{"question": "area", "below": "100"}, {"question": "floors", "least": "3"}]},
        ],
        channels=[
            {"kind": "in_person", "limits": [{"time": "05 ngày làm việc", "fees": fees}]},
            {"kind": "post", "limits": [{"without_time": "not_prescribed"}]},
            {"kind": "online", "limits": [{"published": "theo lịch tàu", "fees": [{"amount": "0"}]}]},
            {"kind": "online_full", "limits": [{}]},
        ],
        papers=[{"name": text("Đơn"), "originals": 1, "copies": 0, "alternatives": [{"name": text("Tờ khai")}]}],
        results=[{"name": text("Giấy phép")}],
    )
    held.pop("obligations", None)
    bare = {**held, "code": "1.000002", "name": text("Cấp giấy phép lại"), "papers": [], "cases": [], "questions": []}
    bare = {
        **bare,
        "decisions": [],
        "results": [],
        "channels": [{"kind": "post", "limits": [{"fees": [fees[-2], {"amount": "1"}]}]}],
    }
    path = tmp_path / "permit.json"
    path.write_text(json.dumps(small(held, bare)), encoding="utf-8")
    return str(path)


def test_numbers_quantities_and_a_day_make_a_quote(permit: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--lang", "vi", "quote", permit, "1.000001"]) == 1
    assert lines(capsys)[2:] == [
        "  area: Diện tích", "    area=…  m²", "  floors: Số tầng", "    floors=…  một số",
        "  speed: Trường hợp nào?", "    speed=urgent  Gấp",
    ]  # fmt: skip
    asked = ["quote", permit, "cap giay phep", "--answer", "area=120", "--answer", "speed=không", "--on", "2026-02-12"]
    assert main([*asked, "--quantity", "pages=3", "--lang", "vi"]) == 0
    said = lines(capsys)
    assert said[2:6] == ["Giấy tờ:", "  1. Đơn (01 bản chính, 00 bản sao)", "     hoặc Tờ khai", "Thời hạn:"]
    assert said[6:10] == [
        "  Trực tiếp: 05 ngày làm việc", "  Dịch vụ bưu chính công ích: pháp luật không quy định",
        "  Trực tuyến: theo lịch tàu", "  Trực tuyến toàn trình: danh mục không nêu",
    ]  # fmt: skip
    fees = said[11:]
    assert "  Trực tiếp: 6.000 đồng – 3 × 2.000 đồng" in fees
    assert "    Miễn: Trẻ em" in fees
    assert "    nêu --quantity value=SỐ để tính" in fees
    assert "    Cộng: 161.000 đồng + 10 USD, chưa kể khoản chưa rõ" in fees
    assert "  Dịch vụ bưu chính công ích: danh mục không nêu" in fees
    assert fees[-1] == "Kết quả: Giấy phép"
    assert main([*asked, "--format", "json", "--quantity", "pages=1,5", "--quantity", "value=1000000"]) == 0
    quote = json.loads(capsys.readouterr().out)
    assert [fee["amount"] for fee in quote["fees"]][:3] == ["150000", "3000", "5000"]
    assert quote["totals"]["in_person"] == {"known": False, "sums": {"VND": "163000", "USD": "10"}}
    assert (quote["on"], quote["limits"][1]["without_time"]) == ("2026-02-12", "not_prescribed")
    assert quote["papers"][0] == {"name": "Đơn", "originals": 1, "copies": 0, "reason": "every case"}


def test_what_is_not_known_is_said(permit: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["quote", permit, "cap giay phep lai"]) == 0
    assert lines(capsys) == [
        "1.000002 Cấp giấy phép lại",
        "Papers: none",
        "Time limits:",
        "  Post: the catalogue states none",
        "Fees:",
        "  Post: not known – set by another body and not stated here",
        "  Post: 1 VND",
        "    Together: 1 VND, without what is not known",
    ]
    assert main(["quote", permit, "1.000002", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["on"] is None


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["giay phep"], "one procedure, such as 1.000001 (Cấp giấy phép); 1.000002"),
        (["zzz"], "no procedure 'zzz'"),
        (["1.000001", "--answer", "area"], "name=value"),
        (["1.000001", "--answer", "area=1.000"], "without thousands marks"),
        (["1.000001", "--answer", "speed=slow"], "answer"),
        (["1.000001", "--answer", "colour=red"], "question"),
        (["1.000001", "--quantity", "pages=many"], "without thousands marks"),
        (["1.000001", "--on", "yesterday"], "--on"),
    ],
)
def test_what_cannot_be_used_is_named(
    permit: str, arguments: list[str], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["quote", permit, *arguments]) == 2
    assert said in capsys.readouterr().err
