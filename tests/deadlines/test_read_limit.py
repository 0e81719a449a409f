"""Published wordings of time limits: what is read is right, and what is in doubt is told."""

from __future__ import annotations

import csv
import os
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import deadlines
from onestop_core.errors import InvalidValueError
from onestop_core.model import TimeLimit
from onestop_core.rules.wording import LimitOutcome, LimitWording
from onestop_core.text import Text
from tests.deadlines.slow_wording import read as read_slowly

if TYPE_CHECKING:
    from collections.abc import Callable

DATA: Final = Path(os.environ.get("ONESTOP_SHARED_DATA") or Path(__file__).parents[3] / "shared" / "data")
WORDINGS: Final = DATA / "portal-pages" / "time-limit-texts.csv"


def outcome(text: str) -> str:
    found = deadlines.read_limit(text)
    assert (found.limit is not None) == (found.outcome is LimitOutcome.READ)
    return str(found.limit) if found.limit else found.outcome.value


READ = {
    "7 Ngày làm việc": "7 working days",
    "0.5 Giờ": "0.5 hours",
    "05 ngày làm việc.": "5 working days",
    "Trong ngày làm việc.": "within the day",
    "Ngay trong ngày tiếp nhận hồ sơ": "within the day",
    "Ngay sau khi nhận đủ hồ sơ": "immediately",
    "chậm nhất là 05 ngày làm việc": "5 working days",
    "trong thời hạn không quá 20 ngày": "20 days",
    "05 (năm) ngày làm việc": "5 working days",
    "năm (05) ngày": "5 days",
    "ba mươi (30) ngày làm việc kể từ ngày nhận được hồ sơ": "30 working days",
    "mười lăm ngày": "15 days",
    "01 buổi": "0.5 working days",
    "nửa ngày làm việc": "0.5 working days",
    "½ ngày làm việc": "0.5 working days",
    "1/2 ngày làm việc, kể từ khi nhận hồ sơ": "0.5 working days",
    "24 giờ": "24 hours",
    "trong nửa ngày kể từ khi nhận": "0.5 days",
    "0,5 ngày": "0.5 days",
    "5 business days": "5 working days",
    "P91D": "91 days",
    "P3M": "3 months",
    "PT8H": "8 hours",
    "02 năm kể từ ngày cấp": "2 years",
    "trong thời hạn 01ngày làm việc kể từ ngày nhận hồ sơ": "1 working day",
    "Qua bưu chính: 1.025.000 đồng/lần.)07 ngày làm việc kể từ ngày nhận hồ sơ": "7 working days",
    "theo Thông tư số 36/2021/TT-BGTVT ngày 22/12/2021, 10 ngày kể từ ngày nhận đơn": "10 days",
    "trong vòng 60 ngày kể từ ngày 30 tháng 6": "60 days",
    "khoản 2 Điều 5 ngày 3/4/2020: không quá 12 tháng": "12 months",
    "05 ngày (làm việc)": "5 working days",
    "-05 ngày làm việc": "5 working days",
    "Trong ngày; nhận sau 15 giờ thì trả kết quả trong ngày làm việc tiếp theo": "within the day",
    "05 ngày làm việc (trực tuyến: 05 ngày làm việc)": "5 working days",
    # Slips of a mark, other ways to say "at most", signs.
    "5 ngày làm viêc": "5 working days",
    "5 ngày làm vịêc kể từ ngày nhận đủ hồ sơ": "5 working days",
    "không chậm quá 5 ngày": "5 days",
    "không muộn hơn 05 ngày làm việc": "5 working days",
    "≤ 05 ngày làm việc": "5 working days",
    "nửa buổi": "0.25 working days",
    "Giai đoạn 1: 10 ngày làm việc": "10 working days",
    "03 ngày (ngày làm việc)": "3 working days",
    "10 ngày, không tính thời gian chờ bổ sung": "10 days",
    "30 ngày làm việc (không kể ngày nghỉ) kể từ ngày nhận đủ hồ sơ": "30 working days",
}
TOLD = {
    "10-25 ngày": "range",
    "từ 03 đến 05 ngày làm việc": "range",
    "03 (ba) đến 05 (năm) ngày": "range",
    "20 ngày hoặc 40 ngày": "range",
    "5 – 7 ngày": "range",
    "03 ngày làm việc; trường hợp xác minh không quá 08 ngày làm việc": "several",
    "05 ngày làm việc và 03 ngày": "several",
    "05 ngày làm việc (năm ngày)": "several",
    "10 ngày x 02 lần": "unit",
    "02 tuần × 3": "unit",
    "07 ngày làm việc (đối với quỹ)/30 ngày (đối với công ty)": "several",
    "15 ngày (Sở 10 ngày, UBND 5 ngày)": "several",
    "ngay khi tiếp nhận; trường hợp xác minh không quá 03 ngày": "several",
    "30 ngày được rút ngắn còn 20 ngày": "several",
    "10 ngày, trường hợp phức tạp gia hạn thêm 05 ngày": "several",
    "03 ngày làm việc; nếu nhận sau 15 giờ thì ngày làm việc tiếp theo": "several",
    "10 ngày nhưng chậm nhất là ngày 20 của tháng": "several",
    "kéo dài thêm 05 ngày": "extension",
    "05 (sáu) ngày": "contradiction",
    "năm (06) ngày": "contradiction",
    "chậm nhất 02 giờ trước khi tàu rời cảng": "before_event",
    "trước 30 ngày": "before_event",
    "10 ngày tính đến ngày kết thúc quý": "before_event",
    "ngay trước khi tàu rời cảng": "before_event",
    "tối thiểu 10 ngày": "minimum",
    "ít nhất 05 ngày làm việc": "minimum",
    "quá 15 ngày": "minimum",
    "sau 30 ngày kể từ ngày nhận": "minimum",
    "10 ngày trở lên": "minimum",
    "chậm nhất là ngày 20 của tháng tiếp theo": "date",
    "Trước ngày 30/11": "date",
    "06 tháng tuổi": "other_period",
    "có hiệu lực 05 năm": "other_period",
    "định kỳ 06 tháng": "other_period",
    "02 năm kinh nghiệm": "other_period",
    "trong hai năm liên tục": "other_period",
    "30 phút": "unit",
    "không quá 0,5 tháng kể từ ngày nhận": "unit",
    "02 giờ 30 phút": "unit",
    "không quá 06 làm việc": "unit",
    "9999999 ngày": "not_understood",
    # Numbers that are put together, torn apart, compared or only near.
    "05 + 02 ngày": "extension",
    "5+2 ngày làm việc": "extension",
    "10 ngày -> 7 ngày": "several",
    "10 ngày → 07 ngày": "several",
    "gấp đôi 05 ngày": "extension",
    "10/15 ngày": "not_understood",
    "07/10 ngày làm việc": "not_understood",
    "10 ngày 10 ngày": "several",
    "10 ngày ngày làm việc": "unit",
    ".5 ngày": "unit",
    "08 giờ 30": "unit",
    "2 ngày rưỡi": "unit",
    "3÷5 ngày": "range",
    "3 hay 5 ngày": "range",
    "khoảng 5 ngày": "range",
    "gần 10 ngày": "range",
    "dưới 10 ngày": "range",
    "~5 ngày": "range",
    "< 5 ngày": "range",
    "> 5 ngày": "minimum",
    "giảm 30% so với quy định: 7 ngày làm việc": "several",
    "05 ngày làm việc mỗi giai đoạn": "other_period",
    # Working days that are written as nobody can be sure of: never calendar days.
    "5 ngày lv": "unit",
    "05 ngày lm việc": "unit",
    "5 ngày hành chính": "unit",
    "05 ngay lam viec": "not_understood",
    "5 ngày (LV)": "unit",
    "5 ngày, làm việc": "unit",
    "5 ngày - làm việc": "unit",
    "05 (năm ngày) làm việc": "unit",
    # Days of the calendar without days off: which of them, nobody says.
    "07 ngày (không kể ngày nghỉ, lễ)": "unit",
    "07 ngày (chưa kể ngày nghỉ)": "unit",
    "07 ngày (chưa tính các ngày lễ, tết)": "unit",
    "07 ngày, loại trừ thứ bảy, chủ nhật": "unit",
    "7 ngày, không gồm ngày nghỉ": "unit",
    "10 ngày, không tính thứ bảy, chủ nhật": "unit",
    "10 ngày trừ ngày lễ kể từ ngày nhận đủ hồ sơ": "unit",
    "2, 3 ngày": "range",
    "05 ngày / 10 ngày": "range",
    "Giấy phép có thời hạn 05 năm": "other_period",
    "Thời hạn giấy phép 05 năm": "other_period",
    "Thời hạn bảo hành: 12 tháng": "other_period",
    "Thời hạn của giấy phép: 24 tháng": "other_period",
    "Lưu hồ sơ 10 năm": "other_period",
    "20%": "not_understood",
    "Miễn phí từ ngày 07/4/2026 đến 30/6/2026": "not_understood",
    "trong ngày làm việc tiếp theo": "not_understood",
    "nhanh": "not_understood",
    "P0D": "not_understood",
    "Không quy định": "not_prescribed",
    "Chưa có quy định cụ thể": "not_prescribed",
    "Không có thông tin": "not_stated",
    "-": "not_stated",
}


@pytest.mark.parametrize(("text", "expected"), [*READ.items(), *TOLD.items()])
def test_one_limit_is_read_and_a_doubt_is_told(text: str, expected: str) -> None:
    assert outcome(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("07 ( bảy ) ngày làm việc.", "7 working days"),
        ("bảy (07 ) ngày ( làm việc ) kể từ ngày nhận đủ hồ sơ", "7 working days"),
        ("07 ( tám ) ngày", "contradiction"),
        ("( 3 ngày )", "3 days"),
    ],
)
def test_blanks_within_brackets_say_nothing(text: str, expected: str) -> None:
    assert outcome(text) == expected


def test_what_stands_beside_a_limit_is_kept() -> None:
    found = deadlines.read_limit(
        "Nộp trực tiếp. Trường hợp cấp lại: trong thời hạn 05 (năm) ngày làm việc kể từ ngày Sở nhận đủ hồ sơ (nếu có); lưu ý."
    )
    assert (found.limit, found.start) == (TimeLimit.of(5, "working_days"), "full_dossier")
    assert found.runs_from == "kể từ ngày Sở nhận đủ hồ sơ"
    assert found.conditions == ("Trường hợp cấp lại",)
    assert found.dropped == ("Nộp trực tiếp", "nếu có", "lưu ý")
    assert [each.words for each in found.found] == ["05 (năm) ngày làm việc"]


@pytest.mark.parametrize(
    ("event", "start"),
    [
        ("kể từ ngày nhận hồ sơ", "dossier"),
        ("kể từ ngày nhận hồ sơ hợp lệ", "full_dossier"),
        ("tính từ khi nhận được văn bản thẩm định của Sở", "document"),
        ("sau khi kết thúc kiểm tra", "other"),
        ("kẻ từ ngày nhận đủ giấy tờ", "full_dossier"),
        ("kể từ ngày nhận được đơn đề nghị cấp lại giấy chứng nhận đủ điều kiện kinh doanh", "dossier"),
        ("kể từ ngày nhận được hồ sơ đủ điều kiện", "full_dossier"),
    ],
)
def test_the_event_from_which_it_runs(event: str, start: str) -> None:
    for text in (f"07 ngày {event}.", f"07 ngày, {event}", f"07 ngày ({event})"):
        found = deadlines.read_limit(text)
        assert (str(found.limit), found.start, found.runs_from) == ("7 days", start, event)


def test_conditions_in_brackets_and_behind() -> None:
    told = deadlines.read_limit("28 ngày làm việc (đối với cấp mới), 02 ngày đối với cấp lại")
    assert [each.conditions for each in told.found] == [("đối với cấp mới",), ("đối với cấp lại",)]
    assert (told.reason.vi, told.dropped) == ("nhiều thời hạn trong một đoạn", ())


def test_every_outcome_has_its_words() -> None:
    said = {LimitWording(text="x", outcome=each).reason for each in LimitOutcome}
    assert len(said) == len(LimitOutcome)
    assert all(isinstance(each, Text) for each in said)


@pytest.mark.parametrize("text", ["", "  ", None, 5, "a" * 20_001, "5 ngày\0"])
def test_what_is_no_text_is_refused(text: object) -> None:
    with pytest.raises(InvalidValueError):
        deadlines.read_limit(text)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "piece",
    ["05 ngày ", "năm ", "(", "điều 5, ", "ngày 20 tháng ", "1-", "từ 1 đến ", "trong thời hạn ", "ngay ", "15 giờ "],
)
def test_long_texts_end_soon(piece: str) -> None:
    assert len(deadlines.read_limit(piece * (20_000 // len(piece))).text) > 15_000


def test_a_letter_without_a_small_form_of_one_letter() -> None:
    assert outcome("İ: 05 ngày làm việc") == "5 working days"


FRAMES: Final[tuple[Callable[[str], str], ...]] = (
    lambda words: f"Trong thời hạn {words} kể từ ngày nhận đủ hồ sơ hợp lệ.",
    lambda words: f"- Sở: không quá {words}, tính từ khi nhận được văn bản",
    lambda words: f"Thời hạn giải quyết: {words} (kể từ ngày nhận hồ sơ)",
    lambda words: f"Trường hợp cấp lại, chậm nhất là {words.upper()};",
)
LIMITS = st.builds(
    TimeLimit.of,
    st.integers(1, 99),
    st.sampled_from(["working_days", "days", "hours", "working_hours", "months", "weeks", "years"]),
)


@given(limit=LIMITS, frame=st.sampled_from(FRAMES))
def test_a_limit_in_a_sentence_is_read(limit: TimeLimit, frame: Callable[[str], str]) -> None:
    assert deadlines.read_limit(frame(limit.text.vi)).limit == limit


@given(one=LIMITS, two=LIMITS, frame=st.sampled_from(FRAMES), other=st.sampled_from(FRAMES))
def test_two_limits_are_never_one(
    one: TimeLimit, two: TimeLimit, frame: Callable[[str], str], other: Callable[[str], str]
) -> None:
    found = deadlines.read_limit(f"{frame(one.text.vi)} {other(two.text.vi)}")
    assert found.limit is None or (found.limit == one == two)


@given(st.text(st.sampled_from(list("0123456789 ngàynămgiờtháng()-/.,;:đếnhoặctrướcsau")), min_size=1, max_size=40))
def test_any_text_gives_a_limit_that_stands_in_it(text: str) -> None:
    try:
        found = deadlines.read_limit(text)
    except InvalidValueError:
        return
    if found.limit is not None and "+" not in text:
        assert {step.amount >= 0 for step in found.limit.steps} == {True}


def test_published_wordings_reach_their_targets_and_none_is_wrong(
    record_property: Callable[[str, object], None],
) -> None:
    if not WORDINGS.exists():
        pytest.skip("the published wordings are not beside the checkout (ONESTOP_SHARED_DATA)")
    total: Counter[str] = Counter()
    read: Counter[str] = Counter()
    doubtful = []
    with WORDINGS.open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            found, times = deadlines.read_limit(line["text"]), int(line["times"])
            total[line["set"]] += times
            # That nothing is stated is what those cells say.
            read[line["set"]] += times * (found.outcome in {LimitOutcome.READ, LimitOutcome.NOT_STATED})
            if found.limit is not None:
                numbers = read_slowly(line["text"])
                if found.limit not in numbers or (len(numbers) > 1 and " tháng " not in line["text"]):
                    doubtful.append(line["text"])
    assert doubtful == []
    shares = {name: f"{100 * read[name] / total[name]:.1f} %" for name in total}
    record_property("counted", f"{sum(total.values())} published time limits read: {shares}")
    assert (
        read["A"] * 100 >= 99 * total["A"],
        read["B"] * 100 >= 85 * total["B"],
        read["C"] * 100 >= 85 * total["C"],
    ) == (True,) * 3
