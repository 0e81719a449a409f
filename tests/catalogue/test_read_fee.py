"""``read_fee``: never a wrong amount. Wordings are short facts of published pages; a second reader judges the shared ones."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import catalogue
from onestop_core.catalogue.published import FeeOutcome
from onestop_core.errors import InvalidValueError, OnestopError
from onestop_core.text.numerals import spelled_sum
from tests.catalogue.pages import fee_cells

if TYPE_CHECKING:
    from onestop_core.catalogue.published import FeeWording


def read(text: str) -> FeeWording:
    return catalogue.read_fee(text)


@pytest.mark.parametrize("number", ["20.000", "20,000", "20000", "20 000"])
@pytest.mark.parametrize("words", ["{} đồng", "{}đ", "{} VNĐ", "{} Việt Nam Đồng", "Lệ phí: {} đồng/lần", "{} Đồng."])
def test_three_notations_of_thousands_are_one_amount(number: str, words: str) -> None:
    found = read(words.format(number))
    assert found.outcome is FeeOutcome.READ
    assert found.fee is not None
    assert (found.fee.amount, found.fee.currency) == (Decimal(20000), None)


@pytest.mark.parametrize("number", ["20.000", "20,000", "20000", "160.000"])
def test_a_number_alone_is_an_amount_in_dong(number: str) -> None:
    fee = read(number).fee
    assert fee is not None
    assert fee.amount == Decimal(re.sub(r"\D", "", number))


@pytest.mark.parametrize(
    ("text", "amount", "currency"),
    [
        ("1.949.000 đồng", "1949000", None),
        ("10 triệu đồng", "10000000", None),
        ("1,5 triệu đồng", "1500000", None),
        ("200 nghìn đồng", "200000", None),
        ("10 USD", "10", "USD"),
        ("Lệ phí : 1.5 USD", "1.5", "USD"),
        ("1,5 USD/Giấy phép", "1.5", "USD"),
        ("25 EUR", "25", "EUR"),
        ("10,000 Việt Nam Đồng(10.000 đồng/giấy)", "10000", None),
        ("70,000 VNĐ(Cấp lại: 70.000 đồng/thẻ (Thông tư số 73/2024/TT-BTC))", "70000", None),
    ],
)
def test_amounts_are_read(text: str, amount: str, currency: str | None) -> None:
    found = read(text)
    assert found.fee is not None
    assert (found.outcome, found.fee.amount, found.fee.currency) == (FeeOutcome.READ, Decimal(amount), currency)


@pytest.mark.parametrize(
    "text",
    ["Miễn phí", "miễn phí.", "0 Đồng", "Phí : 0 Đồng", "Lệ phí : 0 Đồng", "Phí : Không Đồng", "Không", "Không thu phí",
     "Miễn phí(Không)", "Miễn phí(- Miễn lệ phí (Thông tư số 47/2019/TT-BTC))", "Không thu lệ phí"],
)  # fmt: skip
def test_nothing_is_paid(text: str) -> None:
    found = read(text)
    assert found.outcome is FeeOutcome.FREE
    assert found.fee is not None
    assert found.fee.amount == 0


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        ("Không có thông tin", FeeOutcome.NOT_STATED),
        ("Phí :  Đồng", FeeOutcome.NOT_STATED),
        ("Không quy định", FeeOutcome.NOT_PRESCRIBED),
        ("Theo quy định tại Thông tư số 25/2021/TT-BTC", FeeOutcome.ELSEWHERE),
        ("từ 20.000 đồng đến 50.000 đồng", FeeOutcome.RANGE),
        ("100-200 USD", FeeOutcome.RANGE),
        ("tối đa 200.000 đồng/bản", FeeOutcome.BOUND),
        ("200.000 đồng trở lên", FeeOutcome.BOUND),
        ("50 VNĐ", FeeOutcome.TOO_SMALL),
        ("50 VNĐ(50.000đ/giấy thông hành)", FeeOutcome.CONTRADICTION),
        ("0 VNĐ(20.000 vnđ / tờ khai)", FeeOutcome.CONTRADICTION),
        ("1,500,000 Việt Nam Đồng(150.000 đồng/1 giấy.)", FeeOutcome.CONTRADICTION),
        ("Miễn phí(Theo quy định của Hội đồng nhân dân cấp tỉnh)", FeeOutcome.CONTRADICTION),
        ("Miễn phí(do Ủy ban nhân dân cấp tỉnh quy định.)", FeeOutcome.CONTRADICTION),
        ("Miễn phí(Thông tư số 94/2021/TT-BTC)", FeeOutcome.CONTRADICTION),
        ("Miễn phí(Lệ phí cấp mới 40.000đồng/lần; lệ phí cấp lại 20.000 đồng/lần.)", FeeOutcome.CONTRADICTION),
        ("Miễn phí(Miễn lệ phí đối với người khuyết tật)", FeeOutcome.CONTRADICTION),
        ("Miễn phí(Trả phí cho đơn vị cung cấp dịch vụ.)", FeeOutcome.CONTRADICTION),
        ("50,000 VNĐ(Mức cụ thể do Hội đồng nhân dân tỉnh quyết định)", FeeOutcome.CONTRADICTION),
        ("1,5 đồng", FeeOutcome.NOT_UNDERSTOOD),
        ("1.500 triệu đồng", FeeOutcome.NOT_UNDERSTOOD),
        ("10.000.0000 đồng", FeeOutcome.NOT_UNDERSTOOD),
        ("Miễn phí(Cấp lại: 3000.000 đồng)", FeeOutcome.NOT_UNDERSTOOD),
        ("theo giờ", FeeOutcome.NOT_UNDERSTOOD),
        ("Cấp mới: 200.000 đồng; cấp lại: 100.000 đồng", FeeOutcome.SEVERAL),
        ("200.000 đồng, giảm 50% khi nộp trực tuyến", FeeOutcome.SEVERAL),
        ("Cấp mới: 20.000 đồng/lần; cấp lại: 20.000 đồng/lần", FeeOutcome.SEVERAL),
        ("20.000 đồng/giấy hoặc 20.000 đồng/trang", FeeOutcome.SEVERAL),
        ("giảm 50% mức thu", FeeOutcome.PERCENTAGE),
        ("bằng 50% hoặc 30% mức thu", FeeOutcome.PERCENTAGE),
        ("; ".join(f"{n}.000 đồng" for n in range(100, 400)), FeeOutcome.SEVERAL),
    ],
)
def test_what_is_not_certain_is_told(text: str, outcome: FeeOutcome) -> None:
    found = read(text)
    assert (found.outcome, found.fee) == (outcome, None)
    assert found.reason.vi
    assert found.reason.en


def test_the_council_and_percentages_are_fees_without_an_amount() -> None:
    council = read("Do Hội đồng nhân dân cấp tỉnh quy định").fee
    assert council is not None
    assert (council.set_by, council.amount) == (catalogue.values.FeeSetter.PROVINCE, None)
    share = read("Lệ phí bằng 0,5% giá trị hợp đồng, từ ngày 01/7/2025 đến hết ngày 31/12/2026").fee
    assert share is not None
    assert share.share is not None
    assert (share.share.percent, share.in_force_to) == (Decimal("0.5"), date(2026, 12, 31))
    assert share.share.of.vi.startswith("giá trị hợp đồng")


def test_unit_kind_condition_and_period_go_with_the_amount() -> None:
    found = read(
        "Phí thẩm định: 40.000đ/giấy thông hành (áp dụng đến hết ngày 31/12/2024 theo Thông tư 43/2024/TT-BTC)"
    )
    assert found.fee is not None
    assert (found.fee.kind, found.fee.in_force_to) == (catalogue.values.FeeKind.FEE, date(2024, 12, 31))
    assert found.fee.unit is not None
    assert found.fee.unit.vi == "giấy thông hành"
    assert found.condition == "Phí thẩm định"
    assert found.dropped == ("áp dụng đến hết ngày 31/12/2024 theo Thông tư 43/2024/TT-BTC",)
    unit = read("2,000 Việt Nam Đồng(/trang)").fee
    assert unit is not None
    assert unit.unit is not None
    assert unit.unit.vi == "trang"
    per = read("5.000 đồng một bản").fee
    assert per is not None
    assert per.unit is not None
    assert per.unit.vi == "bản"
    for text, condition in (
        ("20.000 đồng (cấp lại)", "cấp lại"),
        ("20.000 đồng đối với cấp lại", "đối với cấp lại"),
        ("20.000 đồng (Mức này chưa gồm chi phí)", None),
        ("20.000 đồng (/hồ sơ)", None),
    ):
        assert read(text).condition == condition
    goes_on = read("5.000 đồng/giấy thông hành xuất, nhập cảnh").fee
    assert goes_on is not None
    assert goes_on.unit is None


def test_a_rate_for_a_time_stands_beside_the_lasting_one() -> None:
    told = read("800,000 VNĐ((áp dụng mức phí 400.000 đồng/hồ sơ kể từ ngày 01/7/2025 đến hết ngày 31/12/2026))")
    assert [(each.fee.amount, each.fee.in_force_from, each.fee.in_force_to) for each in told.found] == [
        (Decimal(800000), None, None),
        (Decimal(400000), date(2025, 7, 1), date(2026, 12, 31)),
    ]
    free = read("2,000,000 VNĐ(Miễn phí từ ngày 07/4/2026 đến 30/6/2026 theo Thông tư 40/2026/TT-BTC)")
    assert [(each.fee.amount, each.fee.in_force_to) for each in free.found] == [
        (Decimal(2000000), None),
        (Decimal(0), date(2026, 6, 30)),
    ]
    assert read("Miễn phí từ ngày 07/4/2026 đến 30/6/2026").fee == catalogue.Fee(
        amount=Decimal(0), in_force_from=date(2026, 4, 7), in_force_to=date(2026, 6, 30),
        published="Miễn phí từ ngày 07/4/2026 đến 30/6/2026",
    )  # fmt: skip
    before = read("Từ ngày 01/01/2026 thu 20.000 đồng/lần").fee
    assert before is not None
    assert (before.in_force_from, before.in_force_to) == (date(2026, 1, 1), None)
    impossible = read("20.000 đồng đến ngày 31/02/2026").fee
    assert impossible is not None
    assert impossible.in_force_to is None


@pytest.mark.parametrize(
    "text",
    [
        "trị giá 500 triệu đồng: 20.000 đồng",
        "Dự án có vốn 50 tỷ đồng: thu 20.000 đồng",
        "Điều 5 Thông tư 25/2021: 20.000 đồng",
    ],
)
def test_what_something_is_worth_is_not_what_is_paid(text: str) -> None:
    fee = read(text).fee
    assert fee is not None
    assert fee.amount == 20000


@pytest.mark.parametrize("text", [None, 5, "", "x" * 20_001])
def test_what_is_no_wording_is_refused(text: object) -> None:
    with pytest.raises(InvalidValueError):
        catalogue.read_fee(text)  # type: ignore[arg-type]


PIECES = st.sampled_from(
    ["20.000", "1.5", " đồng", " USD", "/lần", "(", ")", "Miễn phí", " từ ngày 01/7/2025", " đến 31/12/2026", ";", "50%",
     " mức thu", "tối đa ", "-", "HĐND", "Thông tư 1/2020/TT-BTC", " triệu", "İ", "\n", "Không", " "]
)  # fmt: skip


@given(st.lists(PIECES, max_size=12).map("".join) | st.text(max_size=60))
def test_only_our_errors_come_out(text: str) -> None:
    try:
        found = read(text)
    except OnestopError:
        return
    assert (found.fee is None) or found.outcome in {
        FeeOutcome.READ, FeeOutcome.FREE, FeeOutcome.SET_BY, FeeOutcome.PERCENTAGE,
    }  # fmt: skip


def other_reader(text: str) -> set[Decimal]:
    """Another reader, that knows digits and currencies only: every number that could be a sum of money."""
    low = text.lower()
    sums: set[Decimal] = set()
    for digits, scale in re.findall(
        r"(?<![\d/.,])(\d[\d., ]*\d|\d) ?(triệu|nghìn|tỷ)?(?= ?(?:đ|vn|việt|usd|/|eur|$))", low
    ):
        times = {"triệu": 10**6, "nghìn": 10**3, "tỷ": 10**9}.get(scale, 1)
        whole = re.sub(r"\D", "", digits)
        sums.add(Decimal(whole) * times)
        if re.fullmatch(r"\d+[.,]\d{1,2}", digits):
            sums.add(Decimal(digits.replace(",", ".")) * times)
    return sums


def test_no_shared_wording_is_read_wrongly() -> None:
    cells = fee_cells()
    read_ones = 0
    for text in cells:
        found = read(text)
        if found.outcome is FeeOutcome.READ:
            read_ones += 1
            assert found.fee is not None
            assert found.fee.amount in other_reader(text), text
            small = {each for each in other_reader(text) if each >= 1000}
            assert "miễn phí" not in text.lower()
            assert found.fee.currency or found.fee.amount in small
        elif found.outcome is FeeOutcome.FREE:
            assert not {each for each in other_reader(text) if each >= 1000}, text
    assert read_ones >= 100


@pytest.mark.parametrize(
    ("words", "outcome", "condition"),
    [
        ("Miễn phí(Đối với sân bay chuyên dùng)", FeeOutcome.FREE, "Đối với sân bay chuyên dùng"),
        (
            "Miễn phí(Không được quy định tại Biểu phí, lệ phí ban hành kèm theo Thông tư số 47/2019/TT-BTC.)",
            FeeOutcome.FREE,
            None,
        ),
        ("Miễn phí(Không thu lệ phí đối với tổ hợp tác theo quy định tại Điều 22 Luật Mẫu.)", FeeOutcome.FREE, None),
        ("Miễn phí(Đối với tàu: 300.000 đồng)", FeeOutcome.CONTRADICTION, None),
        ("Miễn phí (đối với hộ nghèo; còn lại theo Thông tư 1/2020/TT-BTC)", FeeOutcome.CONTRADICTION, None),
        ("Miễn phí(từ ngày 01/01/2026 đến 30/6/2026: 20.000 đồng)", FeeOutcome.SEVERAL, None),
    ],
)
def test_free_for_whom_and_free_beside_an_amount(words: str, outcome: FeeOutcome, condition: str | None) -> None:
    read = catalogue.read_fee(words)
    assert (read.outcome, read.condition) == (outcome, condition)


def test_a_bracket_within_a_condition_is_part_of_it() -> None:
    words = "1,025,000 VNĐ(- Cơ sở có 1 dây chuyền (hoặc 1 phân xưởng); Hoặc cơ sở có 2 dây chuyền (hoặc 2 phân xưởng) trở lên: 1.025.000 đồng/lần)"  # fmt: skip
    read = catalogue.read_fee(words)
    assert read.condition == (
        "Cơ sở có 1 dây chuyền (hoặc 1 phân xưởng); Hoặc cơ sở có 2 dây chuyền (hoặc 2 phân xưởng) trở lên"
    )
    both = catalogue.read_fee("20.000 đồng (đối với cá nhân) 30.000 đồng (đối với tổ chức)")
    assert [each.condition for each in both.found] == ["đối với cá nhân", "đối với tổ chức"]


def test_days_that_are_written_in_words_bound_a_period() -> None:
    words = "50.000 đồng/giấy; 25.000 đồng/giấy (từ ngày 01 tháng 7 năm 2025 đến hết ngày 31 tháng 12 năm 2026)"
    first, second = catalogue.read_fee(words).found
    assert (first.fee.in_force_to, second.fee.in_force_to) == (None, date(2026, 12, 31))
    temporary = catalogue.read_fee("500,000 VNĐ(Phí cung cấp thông tin(Miễn kể từ ngày 07/4/2026 đến 30/6/2026))")
    assert [(str(each.fee.amount), each.fee.in_force_to) for each in temporary.found] == [
        ("500000", None), ("0", date(2026, 6, 30)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("words", "outcome", "amount"),
    [
        ("1 triệu 500 nghìn đồng", "not_understood", None),
        ("từ 20.000 đến 50.000 đồng", "range", None),
        ("20.000 hoặc 50.000 đồng", "range", None),
        ("khoảng 20.000 đồng", "bound", None),
        ("~20.000 đồng", "bound", None),
        (">= 20.000 đồng", "bound", None),
        ("20.000 + 5.000 đồng", "not_understood", None),
        ("giảm 10.000 đồng", "not_understood", None),
        ("2 0.000 đồng", "not_understood", None),
        ("20. 000 đồng", "not_understood", None),
        ("300.000đ (Hai trăm nghìn đồng)", "contradiction", None),
        ("300.000đ (Ba trăm nghìn đồng chẵn)./.", "read", 300000),
        ("300.000 (ba trăm nghìn) đồng", "read", 300000),
        ("0,1% giá trị hợp đồng nhưng không quá 5.000.000 đồng", "bound", None),
        ("1.800.000 đồng/lần. Giá trị giao dịch dưới 2,1 tỷ đồng", "read", 1800000),
        ("Sát hạch: 1.700.000 đồng, Phí: 600,000 (Sát hạch lý thuyết)", "not_understood", None),
        ("50.000 đồng (tàu từ 5.700 kg)", "read", 50000),
    ],
)
def test_numbers_beside_each_other_are_one_sum_or_told(words: str, outcome: str, amount: int | None) -> None:
    read = catalogue.read_fee(words)
    assert (read.outcome, read.fee and read.fee.amount) == (outcome, amount)


def test_what_an_amount_is_for_is_no_law_no_year_and_no_sum_in_words() -> None:
    for words in (
        "20.000 đồng (hai mươi nghìn đồng)", "20.000 đồng (2025)", "20.000 đồng (TT 85/2019)",
        "Thông tư 250/2016/TT-BTC: 20.000 đồng",
    ):  # fmt: skip
        assert catalogue.read_fee(words).condition is None
    read = catalogue.read_fee("20.000 đồng/m2")
    assert read.fee is not None
    assert read.fee.unit is not None
    assert read.fee.unit.vi == "m2"
    both = catalogue.read_fee("20.000 đồng đối với cá nhân và 50.000 đồng đối với tổ chức")
    assert [each.condition for each in both.found] == ["đối với cá nhân", "đối với tổ chức"]
    assert catalogue.read_fee("Miễn lệ phí cho hộ nghèo").condition == "cho hộ nghèo"


@pytest.mark.parametrize(
    ("words", "amount"),
    [
        ("hai mươi nghìn đồng", 20_000),
        ("một triệu năm trăm nghìn đồng", 1_500_000),
        ("Bằng chữ: mười lăm nghìn", 15_000),
        ("hai trăm linh năm nghìn", 205_000),
        ("nghìn đồng", 1_000),
        ("hai tỷ", 2_000_000_000),
        ("năm mươi", None),
        ("hộ nghèo", None),
    ],
)
def test_sums_in_words(words: str, amount: int | None) -> None:
    assert spelled_sum(words) == amount


@pytest.mark.parametrize(
    ("text", "unit", "condition"),
    [("2,400,000 VNĐ(lần cấp)", "lần cấp", None), ("2,400,000 VNĐ (hồ sơ)", "hồ sơ", None),
     ("2,400,000 VNĐ(lần đầu)", None, "lần đầu")],
)  # fmt: skip
def test_a_bracket_may_say_for_what_is_paid(text: str, unit: str | None, condition: str | None) -> None:
    found = read(text)
    assert found.fee is not None
    assert (None if found.fee.unit is None else found.fee.unit.vi, found.condition) == (unit, condition)
