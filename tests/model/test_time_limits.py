from __future__ import annotations

import unicodedata
from decimal import Decimal, Inexact, localcontext
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.errors import InvalidValueError
from onestop_core.model import LimitStep, LimitUnit, TimeLimit

PUBLISHED = [
    ("5 working days", 5, "working_days"),
    ("05 ngày làm việc", 5, "working_days"),
    ("không quá 05 ngày làm việc", 5, "working_days"),
    ("trong thời hạn 03 ngày làm việc", 3, "working_days"),
    ("Tối đa 15 ngày làm việc", 15, "working_days"),
    ("within 1 working day", 1, "working_days"),
    ("at most 20 working days", 20, "working_days"),
    ("1/2 ngày làm việc", Fraction(1, 2), "working_days"),
    ("0,25 ngày làm việc", Fraction(1, 4), "working_days"),
    ("08 giờ làm việc", 8, "working_hours"),
    ("4 working hours", 4, "working_hours"),
    ("0.5 working hours", Fraction(1, 2), "working_hours"),
    ("15 ngày", 15, "days"),
    ("1 day", 1, "days"),
    ("02 tuần", 2, "weeks"),
    ("1 week", 1, "weeks"),
    ("2 hours", 2, "hours"),
    ("24 giờ", 24, "hours"),
    ("0,5 ngày", Fraction(1, 2), "days"),
    ("half a working day", Fraction(1, 2), "working_days"),
    ("nửa ngày làm việc", Fraction(1, 2), "working_days"),
    ("trong nửa ngày", Fraction(1, 2), "days"),
    ("nửa tháng", Fraction(15), "days"),
    ("half a month", Fraction(15), "days"),
    ("trong nửa năm", Fraction(6), "months"),
    ("half a year", Fraction(6), "months"),
    ("0 working days", 0, "working_days"),
    ("0 giờ", 0, "hours"),
    ("02 tháng", 2, "months"),
    ("1 month", 1, "months"),
    ("1 year", 1, "years"),
    ("01 năm", 1, "years"),
    ("trong ngày", 1, "same_day"),
    ("trong ngày làm việc", 1, "same_day"),
    ("within the day", 1, "same_day"),
    ("Within the working day", 1, "same_day"),
    ("ngay", 1, "immediate"),
    ("immediately", 1, "immediate"),
    ("05 ngày làm việc.", 5, "working_days"),
    ("05 (năm) ngày làm việc", 5, "working_days"),
    ("15 (mười lăm) ngày", 15, "days"),
    ("05(05) ngày", 5, "days"),
    ("chậm nhất 05 ngày làm việc", 5, "working_days"),
    ("chậm nhất là 24 giờ", 24, "hours"),
    ("trong thời hạn không quá 20 ngày", 20, "days"),
    ("01 buổi", Fraction(1, 2), "working_days"),
    ("02 buổi làm việc", 1, "working_days"),
    ("1 Giờ", 1, "hours"),
    ("P91D", 91, "days"),
    ("P2W", 2, "weeks"),
    ("p3m", 3, "months"),
    ("P1Y", 1, "years"),
    ("PT8H", 8, "hours"),
]


@pytest.mark.parametrize(("text", "amount", "unit"), PUBLISHED)
def test_limits_are_read_as_procedures_write_them(text: str, amount: Any, unit: str) -> None:
    expected = TimeLimit.of(amount, unit)
    for written in (text, text.upper(), unicodedata.normalize("NFD", text), f"\u00a0 {text.replace(' ', '  ')}\n"):
        assert TimeLimit.parse(written) == expected


def test_a_chain_of_linked_procedures_keeps_its_steps() -> None:
    chain = TimeLimit.parse("5 ngày làm việc + 2 NGÀY LÀM VIỆC+1 day")
    assert [(int(s.amount), str(s.unit)) for s in chain.steps] == [
        (5, "working_days"),
        (2, "working_days"),
        (1, "days"),
    ]
    assert str(chain) == "5 working days + 2 working days + 1 day"
    assert chain.text.vi == "05 ngày làm việc + 02 ngày làm việc + 01 ngày"
    assert chain == TimeLimit.parse("5 working days") + TimeLimit.parse("2 working days + 1 day")
    assert chain.whole_working_days is None
    assert TimeLimit.parse("5 working days + 2 working days").whole_working_days == 7
    assert TimeLimit.parse("0.5 working days").whole_working_days is None


BAD = [
    *(
        "",
        " ",
        "+",
        "5",
        "days",
        "five days",
        "5 minutes",
        "-1 days",
        "0 months",
        "5 days +",
        "1.5 weeks",
        "0,5 tháng",
        "nửa tuần",
        "half a",
    ),
    *("1/0 working days", "1/3 working days", "1.234 working days", "٥ days", "５ days", "1e3 days", "10000 days"),
    *("9999999 days", "101 years", "1201 months", "within", "within within 5 days", "5 working days 2 working days"),
    *("nan working days", "5 days\x00", " + ".join(["1 day"] * 21)),
]


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_limit_is_refused_with_what_would_be(text: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        TimeLimit.parse(text)
    assert caught.value.what == "time limit"
    assert caught.value.expected.vi != caught.value.expected.en


def test_the_refusal_lists_the_forms() -> None:
    with pytest.raises(InvalidValueError, match=r"'five days'; expected a time limit such as '5 working days'"):
        TimeLimit.parse("five days")
    with pytest.raises(InvalidValueError, match=r"'1\.5 weeks'; expected a number from 1 to 1400, whole"):
        TimeLimit.parse("1.5 weeks")


@pytest.mark.parametrize("text", [None, 5, b"5 days", ["5 days"]])
def test_only_text_is_parsed(text: Any) -> None:
    with pytest.raises(InvalidValueError):
        TimeLimit.parse(text)


@pytest.mark.parametrize(
    "text", ["9" * 5_000_000, "không quá " * 400_000, "1 day + " * 600_000, " " * 5_000_000, "e\u0301" * 2_000_000]
)
def test_hostile_megabytes_are_refused_by_their_length(text: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        TimeLimit.parse(text)
    assert len(str(caught.value)) < 500


@pytest.mark.parametrize(
    "amount",
    [
        *(-1, 10_000, True, 1.0, "5", None, Decimal("NaN"), Decimal("0.001"), Fraction(1, 3)),
        *(10**5000, -(10**5000), Decimal("1e999999999"), Decimal("1e-999999999"), Decimal("-Infinity")),
        *(Decimal("1." + "0" * 5000), Fraction(1, 10**5000), Fraction(10**5000, 7)),
    ],
    ids=lambda amount: type(amount).__name__,
)
def test_amounts_are_exact_not_negative_and_bounded(amount: Any) -> None:
    with pytest.raises(InvalidValueError) as caught:
        TimeLimit.of(amount, "working_days")
    assert caught.value.what == "amount"


def test_units_are_known_and_steps_are_steps() -> None:
    with pytest.raises(InvalidValueError, match="one of working_days"):
        TimeLimit.of(1, "fortnights")
    for steps in ((), ("5 days",), 5, [LimitStep(unit="days", amount=1)] * 21):
        with pytest.raises(InvalidValueError, match="from 1 to 20 steps"):
            TimeLimit(steps=steps)  # type: ignore[arg-type]
    assert TimeLimit(steps=[LimitStep(unit=LimitUnit.DAYS, amount=Fraction(2))]) == TimeLimit.parse("2 days")


def steps() -> st.SearchStrategy[LimitStep]:
    hundredths = st.integers(0, 999_900).map(lambda n: Fraction(n, 100))
    return st.one_of(
        st.builds(
            LimitStep, unit=st.sampled_from(["working_days", "working_hours", "hours", "days"]), amount=hundredths
        ),
        st.builds(LimitStep, unit=st.just("weeks"), amount=st.integers(1, 1400)),
        st.builds(LimitStep, unit=st.just("months"), amount=st.integers(1, 1200)),
        st.builds(LimitStep, unit=st.just("years"), amount=st.integers(1, 100)),
        st.builds(LimitStep, unit=st.sampled_from(["same_day", "immediate"])),
    )


@given(st.lists(steps(), min_size=1, max_size=20))
def test_both_languages_read_back(chain: list[LimitStep]) -> None:
    limit = TimeLimit(steps=tuple(chain))
    assert TimeLimit.parse(str(limit)) == limit
    assert TimeLimit.parse(limit.text.vi) == limit
    assert hash(TimeLimit.parse(limit.text.en)) == hash(limit)


@given(st.text(max_size=700))
def test_any_text_is_a_limit_or_a_refusal(text: str) -> None:
    try:
        limit = TimeLimit.parse(text)
    except InvalidValueError:
        return
    assert TimeLimit.parse(limit.text.vi) == limit


@given(chain=st.lists(steps(), min_size=1, max_size=3), precision=st.integers(1, 4))
def test_the_words_do_not_depend_on_the_decimal_context(chain: list[LimitStep], precision: int) -> None:
    limit = TimeLimit(steps=tuple(chain))
    words = limit.text
    with localcontext() as context:
        context.prec = precision
        context.traps[Inexact] = True
        assert limit.text == words
        assert TimeLimit.parse(words.vi) == limit


@pytest.mark.parametrize("other", [5, "5 days", None, LimitStep(unit="days", amount=1)])
def test_only_a_limit_is_added_to_a_limit(other: Any) -> None:
    with pytest.raises(InvalidValueError, match="time limit: cannot use"):
        TimeLimit.parse("1 day") + other


@pytest.mark.parametrize("unit", ["working_days", "working_hours", "hours", "days"])
def test_a_step_may_have_no_time_of_its_own(unit: str) -> None:
    assert TimeLimit.of(0, unit).steps[0].amount == 0


@pytest.mark.parametrize("unit", [*(unit for unit in LimitUnit if unit in {"weeks", "months", "years"})])
def test_a_period_is_never_nothing(unit: LimitUnit) -> None:
    with pytest.raises(InvalidValueError, match="a number from 1"):
        TimeLimit.of(0, unit)
