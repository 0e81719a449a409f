"""What scores and tallies say in both languages when something is wrong, and that a card is scored as asked."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import attrs
import pytest

from onestop_core import kpi
from onestop_core.errors import InvalidDocumentError, InvalidValueError, Severity, UnknownCodeError
from onestop_core.kpi import DossierFacts
from onestop_core.kpi.form06 import FormRow
from onestop_core.kpi.form06.values import NUMBERS
from onestop_core.model import Interval

AT = datetime.fromisoformat
INDEX = kpi.index("vn-766@portal-2026")
OCTOBER = Interval(first=date(2026, 10, 1), last=date(2026, 10, 31))
RECEIVED = AT("2026-10-05T08:00+07:00")
WAITS = DossierFacts(
    id="1",
    unit="A",
    received_at=RECEIVED,
    due_at=AT("2026-11-09T17:00+07:00"),
    supplement_requests=2,
    supplement_requested_at=AT("2026-10-07T08:00+07:00"),
)
EARLIER = attrs.evolve(
    WAITS, id="2", received_at=AT("2026-09-05T08:00+07:00"), supplement_requests=0, supplement_requested_at=None
)


@pytest.mark.parametrize("by", [None, "unit"])
def test_period_supplements_and_level_reach_the_count(by: Any) -> None:
    def counts(**asked: Any) -> tuple[int | None, int | None, object]:
        card = INDEX.evaluate([WAITS, EARLIER], by=by, **{"period": OCTOBER, **asked})
        one = card["A"] if isinstance(card, dict) else card
        return one["2.1"].numerator, one["2.1"].denominator, one.level

    assert counts() == (0, 1, None)
    assert counts(supplements="ignore") == (1, 1, None)
    assert counts(period=Interval(last=date(2026, 10, 31))) == (1, 2, None)
    assert counts(level="commune") == (0, 1, kpi.service_index.Level.COMMUNE)


@pytest.mark.parametrize(
    ("counts", "options", "vi", "en"),
    [
        (
            5,
            {},
            "số liệu: giá trị 5 không hợp lệ; cần số liệu theo mã chỉ số",
            "counts: cannot use 5; expected counts by metric id",
        ),
        (
            {"2.1": (5, 3)},
            {},
            "số liệu 2.1: giá trị (5, 3) không hợp lệ; cần tử số không lớn hơn mẫu số",
            "counts[2.1]: cannot use (5, 3); expected a numerator that is not above its denominator",
        ),
        (
            {"2.1": (1,)},
            {},
            "số liệu 2.1: giá trị (1,) không hợp lệ; cần cặp (tử số, mẫu số) gồm hai số nguyên từ 0 trở lên",
            "counts[2.1]: cannot use (1,); expected a pair (numerator, denominator) of whole numbers from 0 on",
        ),
        (
            {"2.1": (-1, 3)},
            {},
            "số liệu 2.1: giá trị (-1, 3) không hợp lệ; cần cặp (tử số, mẫu số) gồm hai số nguyên từ 0 trở lên",
            "counts[2.1]: cannot use (-1, 3); expected a pair (numerator, denominator) of whole numbers from 0 on",
        ),
        (
            {},
            {"level": "province", "not_applicable": ["1.1"]},
            "`not_applicable`: giá trị ['1.1'] không hợp lệ; cần chỉ dùng cho: cấp xã",
            "not_applicable: cannot use ['1.1']; expected nothing but at level: commune",
        ),
    ],
)
def test_wrong_counts_are_refused_in_both_languages(counts: Any, options: dict[str, Any], vi: str, en: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        INDEX.score(counts, **options)
    assert (refused.value.message.vi, refused.value.message.en) == (vi, en)


def test_an_edition_without_levels_takes_nothing_as_not_applicable() -> None:
    none = attrs.evolve(INDEX, not_applicable=attrs.evolve(INDEX.not_applicable, levels=()))
    with pytest.raises(InvalidValueError) as refused:
        none.score({}, level="commune", not_applicable=["1.1"])
    assert refused.value.expected.vi == "chỉ dùng cho: không cấp nào"
    assert refused.value.expected.en == "nothing but at level: none in this edition"


def test_unknown_levels_and_policies_are_named_in_both_languages() -> None:
    with pytest.raises(UnknownCodeError) as level:
        INDEX.score({}, level="village")
    assert (level.value.kind.vi, level.value.kind.en) == ("cấp", "level")
    with pytest.raises(UnknownCodeError) as policy:
        INDEX.score({}, zero={"2.1": "half"})
    assert (policy.value.kind.vi, policy.value.kind.en) == ("cách xử lý mẫu số 0", "zero policy")


def test_notes_say_who_chose_and_what_was_left_out() -> None:
    chosen = INDEX.score({"2.1": (0, 0)}, zero={"2.1": "full"})["2.1"]
    assert any(note.vi == "cách xử lý mẫu số 0 do bên sử dụng chọn" for note in chosen.notes)
    plain = INDEX.score({"4.2": (1, 2)})["4.2"]
    assert plain.metric.note in plain.notes
    assert [note.en for note in INDEX.score({})["4.4"].notes] == ["no counts given"]


@pytest.mark.parametrize("document", [None, {}, {**kpi.Tally().to_dict(), "more": 1}])
def test_what_is_no_tally_is_refused_with_its_reason(document: Any) -> None:
    with pytest.raises(InvalidDocumentError) as refused:
        kpi.Tally.from_dict(document)
    (problem,) = refused.value.problems
    assert (problem.path, problem.rule) == ("$", "kpi/tally")
    reason = "more than it writes" if document else repr(KeyError("dossiers") if document == {} else None)
    assert problem.text.en.startswith("not what Tally.to_dict() writes: ")
    assert document is None or problem.text.en.endswith(reason)


def test_grouping_by_a_column_that_there_is_not_names_those_that_there_are() -> None:
    with pytest.raises(InvalidValueError) as refused:
        kpi.tally_by([], by="ward")  # type: ignore[arg-type]
    columns = "procedure, field, level, receiving_place, unit, officer, channel"
    assert (refused.value.what, refused.value.value) == ("by", "'ward'")
    assert (refused.value.expected.vi, refused.value.expected.en) == (f"một trong: {columns}", f"one of {columns}")
    by_day = kpi.tally_by([WAITS], by=lambda one: one.id * 2, period=OCTOBER)
    assert list(by_day) == ["11"]


def test_the_form_measures_the_time_allowed_to_the_hour() -> None:
    def column(hours: int) -> str:
        one = DossierFacts(
            id="1",
            channel="post",
            received_at=AT("2026-10-01T23:30+07:00"),
            allowed_hours=hours,
            supplement_requests=0,
            finished_at=AT("2026-10-01T23:45+07:00"),
        )
        total = kpi.form06.fill([one], period=OCTOBER).total
        return next(name for name in ("early", "on_time", "late") if getattr(total, name))

    # An hour more would end on the next day, and what ended on the day would be early.
    assert (column(0), column(1)) == ("late", "early")
    noon = DossierFacts(
        id="1", channel="post", received_at=AT("2026-10-01T22:30+07:00"), allowed_hours=1, supplement_requests=0,
        finished_at=AT("2026-10-01T23:00+07:00"),
    )  # fmt: skip
    assert kpi.form06.fill([noon], period=OCTOBER).total.on_time == 1


def test_the_form_counts_who_waits_up_to_the_last_moment_and_says_how_grave_things_are() -> None:
    last = AT("2026-10-31T23:59:59.999999+07:00")
    for asked, waits in ((last, True), (last + timedelta(microseconds=1), False)):
        one = attrs.evolve(WAITS, channel="post", supplement_requested_at=asked)
        assert bool(kpi.form06.fill([one], period=OCTOBER).included) is waits
    form = kpi.form06.fill([], period=OCTOBER)
    assert [problem.severity for problem in kpi.form06.check(form, {})] == [Severity.ERROR]
    long = FormRow(label="x" * 90, **dict.fromkeys(NUMBERS, 0))
    (found,) = kpi.form06.check(attrs.evolve(form, rows=(long, long)))
    assert found.text.vi.startswith("x" * 80 + " có")
    assert found.message.startswith("x" * 80 + " has")


def test_the_form_is_refused_in_both_languages() -> None:
    with pytest.raises(InvalidValueError) as refused:
        kpi.form06.fill([], period=Interval())
    assert refused.value.expected.vi == "kỳ (Interval) có ngày đầu và ngày cuối"
    with pytest.raises(InvalidValueError) as refused:
        kpi.form06.fill([1], period=OCTOBER)  # type: ignore[list-item]
    assert refused.value.expected.vi == "một giá trị DossierFacts"


def test_tallies_are_refused_in_both_languages() -> None:
    wrong: list[tuple[Any, tuple[str, str], tuple[str, str]]] = [
        (lambda: kpi.Count(numerator=-1), ("numerator", "-1"), ("số nguyên từ 0 trở lên", "a whole number from 0 on")),
        (
            lambda: kpi.tally([], period="2026"),  # type: ignore[arg-type]
            ("period", "'2026'"),
            ("một Interval các ngày", "an Interval of days"),
        ),
        (lambda: kpi.tally([7]), ("facts", "7"), ("một giá trị DossierFacts", "a value of DossierFacts")),  # type: ignore[list-item]
    ]
    for call, (what, value), (vi, en) in wrong:
        with pytest.raises(InvalidValueError) as refused:
            call()
        assert (refused.value.what, refused.value.value) == (what, value)
        assert (refused.value.expected.vi, refused.value.expected.en) == (vi, en)


def test_what_ended_after_the_period_is_in_progress_for_it() -> None:
    ended = attrs.evolve(
        WAITS, supplement_requests=0, supplement_requested_at=None, finished_at=AT("2026-11-05T08:00+07:00")
    )
    counted = kpi.tally([ended], period=OCTOBER)
    assert (counted.finished, counted.in_progress) == (kpi.Count(), kpi.Count(numerator=1, denominator=1))
