"""Report form 06: filled from facts as a slow reading fills it, and what does not add up is found."""

from __future__ import annotations

import csv
import io
import json
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.errors import InvalidDocumentError, InvalidValueError, Severity, UnknownCodeError
from onestop_core.kpi import DossierFacts, form06
from onestop_core.kpi.form06 import FormRow, Included, LeftOut, definition
from onestop_core.kpi.form06.values import NUMBERS
from onestop_core.model import Basis, Interval
from onestop_core.rules.converter import unstructure
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import ensure_valid
from tests.conformance.slow_form06 import COLUMNS, SlowForm06

from .facts_strategies import PERIOD, dossiers

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from onestop_core.text import Text

AT = datetime.fromisoformat
NOVEMBER = Interval(first=date(2026, 11, 1), last=date(2026, 11, 30))
# A quarter as a department publishes it: it adds up.
ROW = FormRow(
    label="Hộ tịch",
    received=120,
    online=70,
    direct=40,
    carried_over=10,
    resolved=100,
    early=60,
    on_time=35,
    late=5,
    pending=20,
    within=18,
    overdue=2,
)


def form(*rows: FormRow, total: FormRow | None = None, **more: Any) -> form06.Form06:
    return form06.Form06(**{"period": PERIOD, "rows": rows, "total": total or summed(rows), **more})


def summed(rows: Iterable[FormRow]) -> FormRow:
    rows = list(rows)
    return FormRow(label=None, **{key: sum(getattr(row, key) for row in rows) for key in NUMBERS})


def rules(*args: Any) -> list[tuple[str, str]]:
    return [(problem.path, problem.rule.removeprefix("form-06/")) for problem in form06.check(*args)]


def test_the_definition_is_valid_and_names_the_columns_of_a_row_and_of_the_schema() -> None:
    ensure_valid(resources.data("vn/forms/form-06"), "report-form")
    keys = tuple(column.key for column in definition().columns)
    assert keys == NUMBERS == COLUMNS
    schema = resources.schema("form-06")
    assert tuple(schema["$defs"]["row"]["required"]) == ("label", *keys)
    assert schema["properties"]["template"]["enum"] == list(definition().templates)
    assert [column.number for column in definition().columns] == list(range(3, 14))


def cited(basis: Basis | None) -> Text:
    assert basis is not None
    return basis.cite()


def test_nothing_of_the_definition_is_given_out_as_law() -> None:
    form = definition()
    used = [form.basis, form.carried.basis, form.totals_basis, form.included_basis, form.in_force_from_basis]
    for table in ("columns", "identities", "rates", "counting"):
        used += [row.basis for row in getattr(form, table)]
    assert not any(basis is None or basis.firmness.is_law for basis in used)


def test_rates_of_a_row() -> None:
    assert ROW.rate("on_time_rate") == Fraction(95, 100)
    assert ROW.rate("overdue_stock") == Fraction(1, 10)
    assert ROW.rate("online_share") == Fraction(7, 11)
    assert attrs.evolve(ROW, early=None).rate("on_time_rate") is None
    assert attrs.evolve(ROW, pending=0).rate("overdue_stock") is None
    assert attrs.evolve(ROW, pending=None).rate("overdue_stock") is None
    with pytest.raises(UnknownCodeError, match="no rate 'on_time'; did you mean on_time_rate"):
        ROW.rate("on_time")


def plain(made: form06.Form06) -> dict[str, Any]:
    document = made.to_dict()
    return {key: document.get(key, []) for key in ("rows", "total", "included", "left_out")}


@given(
    st.lists(dossiers(), max_size=8),
    st.sampled_from(["field", "unit", "channel"]),
    st.sampled_from(["day", "moment"]),
    st.sampled_from(["portal", "ignore"]),
)
def test_it_is_filled_as_a_slow_reading_fills_it(
    facts: list[DossierFacts], by: Any, early: str, supplements: str
) -> None:
    made = form06.fill(facts, period=PERIOD, by=by, early=early, supplements=supplements, missing="leave_out")
    slow = SlowForm06().fill_form_06(
        [{key: value for key, value in unstructure(one).items() if value is not None} for one in facts],
        "2026-10-01",
        "2026-10-31",
        by=by,
        early=early,
        supplements=supplements,
        missing="leave_out",
    )
    assert plain(made) == slow
    ensure_valid(made.to_dict(), "form-06")
    assert form06.load(made.to_dict()) == made
    # What the library fills in adds up; what is left to say is what raises the rate, or was left out.
    assert {rule for _, rule in rules(made)} <= {"included", "left-out"}


@given(st.lists(dossiers(), max_size=8))
def test_the_stock_at_the_end_opens_the_next_period(facts: list[DossierFacts]) -> None:
    known = [attrs.evolve(one, due_at=one.due_at or AT("2026-10-20T17:00+07:00")) for one in facts]
    known = [attrs.evolve(one, channel=one.channel or "post") for one in known]
    october, november = (form06.fill(known, period=period) for period in (PERIOD, NOVEMBER))
    assert october.total.pending == november.total.carried_over
    assert {rule for _, rule in rules(november, october)} <= {"included"}


def test_what_happens_on_and_around_the_day_of_the_appointment() -> None:
    def ended(at: str, early: str = "day", **more: Any) -> FormRow:
        one = DossierFacts(
            **{
                "id": "1",
                "received_at": AT("2026-10-01T00:00+07:00"),
                "channel": "post",
                "due_at": AT("2026-10-12T17:00+07:00"),
                "finished_at": AT(at),
                **more,
            }
        )
        return form06.fill([one], period=PERIOD, early=early).total

    ends = ("2026-10-11T23:59+07:00", "2026-10-12T08:00+07:00", "2026-10-12T17:00+07:00", "2026-10-12T17:01+07:00")
    for early, expected in (
        ("day", ["early", "on_time", "on_time", "late"]),
        ("moment", ["early", "early", "on_time", "late"]),
    ):
        rows = [ended(end, early) for end in ends]
        assert [next(key for key in ("early", "on_time", "late") if getattr(row, key)) for row in rows] == expected
    assert ended("2026-10-12T01:00+07:00", due_at=AT("2026-10-12T18:30+00:00")).early == 1  # due on the 13th in Vietnam
    by_law: dict[str, Any] = {"due_at": None, "allowed_hours": 24, "supplement_requests": 0}
    assert ended("2026-10-01T20:00+07:00", **by_law).early == 1
    assert ended("2026-10-03T00:00+07:00", **{**by_law, "supplement_requests": 1, "supplement_hours": 24}).on_time == 1


def test_a_form_says_who_reports_and_what_rows_stand_for() -> None:
    made = form06.fill([], period=PERIOD, by="unit", unit="Sở Xây dựng")
    assert (made.unit, made.by, made.template, made.rows) == ("Sở Xây dựng", "unit", "II.06a/VPCP/KSTT", ())
    assert made.total == summed([])
    assert form06.fill([], period=PERIOD).by == "field"


def told_not(**known: Any) -> list[DossierFacts]:
    base = {"received_at": AT("2026-10-05T08:00+07:00"), "due_at": AT("2026-10-12T17:00+07:00"), "channel": "post"}
    return [DossierFacts(id=str(number), **{**base, **known}) for number in range(4)]


def test_a_dossier_whose_facts_do_not_tell_its_column_is_refused_or_left_out() -> None:
    with pytest.raises(InvalidValueError) as refused:
        form06.fill(told_not(channel=None), period=PERIOD)
    assert str(refused.value) == (
        "channel: cannot use None; expected a fact that tells the column of 4 dossiers (0, 1, 2, …), or missing='leave_out'"
    )
    assert "4 hồ sơ (0, 1, 2, …)" in refused.value.message.vi
    with pytest.raises(
        InvalidValueError,
        match=r"due_at: cannot use None; expected a fact that tells the column of 3 dossiers \(0, 1, 2\),",
    ):
        form06.fill(told_not(due_at=None)[:3], period=PERIOD)
    made = form06.fill([*told_not(channel=None), *told_not(due_at=None)[:1]], period=PERIOD, missing="leave_out")
    assert made.left_out == (LeftOut(missing="channel", dossiers=4), LeftOut(missing="due_at", dossiers=1))
    assert made.total == summed([])
    # Waiting of unknown length: in time all the same, but early or on time nobody knows.
    by_law = {"due_at": None, "allowed_hours": 48, "finished_at": AT("2026-10-06T09:00+07:00")}
    assert form06.fill(told_not(**by_law), period=PERIOD, missing="leave_out").left_out[0].missing == "due_at"


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"period": Interval(first=date(2026, 10, 1))}, "period: cannot use Interval(first="),
        ({"period": Interval(last=date(2026, 10, 1))}, "period: cannot use Interval(first=None"),
        ({"period": "2026"}, "period: cannot use '2026'; expected an Interval with a first and a last day"),
        (
            {"by": "ward"},
            "by: cannot use 'ward'; expected one of procedure, field, level, receiving_place, unit, officer, channel",
        ),
        ({"early": "late"}, "early: cannot use 'late'; expected one of day, moment"),
        ({"missing": "zero"}, "missing: cannot use 'zero'; expected one of refuse, leave_out"),
        ({"supplements": "?"}, "supplements: "),
        ({"facts": [1]}, "facts: cannot use 1; expected a value of DossierFacts"),
    ],
)
def test_wrong_arguments_are_refused(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidValueError) as refused:
        form06.fill(**{"facts": [], "period": PERIOD, **wrong})
    assert str(refused.value).startswith(said)


def test_a_form_that_adds_up_has_no_finding() -> None:
    assert form06.check(form(ROW, attrs.evolve(ROW, label="Đất đai"))) == ()


@pytest.mark.parametrize(
    ("column", "broken"),
    [
        ("received", ["received-sum", "balance"]),
        ("online", ["received-sum"]),
        ("direct", ["received-sum"]),
        ("carried_over", ["received-sum"]),
        ("resolved", ["resolved-sum", "balance"]),
        ("early", ["resolved-sum"]),
        ("on_time", ["resolved-sum"]),
        ("late", ["resolved-sum"]),
        ("pending", ["pending-sum", "balance"]),
        ("within", ["pending-sum"]),
        ("overdue", ["pending-sum"]),
    ],
)
def test_each_column_is_held_to_the_identities_that_it_is_in(column: str, broken: list[str]) -> None:
    bad = attrs.evolve(ROW, **{column: getattr(ROW, column) + 1})
    found = rules(form(bad, total=ROW))
    assert [rule for path, rule in found if path.startswith("$.rows[0]")] == broken
    assert [(path, rule) for path, rule in found if not path.startswith("$.rows")] == [
        (f"$.total.{column}", "total-row")
    ]
    assert [rule for _, rule in rules(form(ROW, total=bad)) if rule != "total-row"] == broken
    blank = attrs.evolve(ROW, **{column: None})
    assert rules(form(blank, total=blank)) == [("$.rows[0]", "not-filled"), ("$.total", "not-filled")]


def test_a_finding_says_what_is_wrong_how_serious_and_how_firm_the_rule_is() -> None:
    first, second = form06.check(form(attrs.evolve(ROW, received=121), total=attrs.evolve(ROW, received=121)))[:2]
    assert (first.path, first.message) == ("$.rows[0].received", "column 3 is 121, but columns 4 + 5 + 6 make 120")
    assert first.text.vi == "cột 3 là 121, nhưng các cột 4 + 5 + 6 cộng lại là 120"
    assert first.severity is Severity.ERROR
    assert first.basis is not None
    assert first.basis.en == "Circular 01/2020/TT-VPCP [recalled, not confirmed]"
    assert (second.rule, second.severity) == ("form-06/balance", Severity.WARNING)
    assert second.basis is not None
    assert second.basis.en == "Circular 01/2020/TT-VPCP [inferred]"
    (blank, *_) = form06.check(form(attrs.evolve(ROW, early=None, late=None), total=ROW))
    assert blank.message == "column 8, 10 is not filled in and cannot be added up"
    assert (blank.text.vi, blank.severity) == ("chưa điền cột 8, 10; không cộng được", Severity.NOTE)
    (total,) = form06.check(form(attrs.evolve(ROW, early=59, on_time=36), total=ROW))[:1]
    assert total.message == "in the row of totals column 8 is 60, but the rows make 59"
    assert total.text.vi == "dòng tổng, cột 8 là 60, nhưng các dòng cộng lại là 59"
    assert (total.severity, total.basis) == (Severity.ERROR, cited(definition().totals_basis))


def test_each_row_that_appears_again_is_found() -> None:
    (found,) = form06.check(form(ROW, ROW, attrs.evolve(ROW, label=None)))
    assert (found.path, found.rule, found.severity) == ("$.rows[1].label", "form-06/duplicate-row", Severity.ERROR)
    assert (found.message, found.text.vi) == ("Hộ tịch has 2 rows", "Hộ tịch có 2 dòng")
    unknown = attrs.evolve(ROW, label=None)
    second, third = form06.check(form(unknown, unknown, unknown))
    assert (second.path, third.path) == ("$.rows[1].label", "$.rows[2].label")
    assert (third.message, third.text.vi) == ("the unknown row has 3 rows", "dòng không rõ có 3 dòng")


def next_month(*rows: FormRow, **more: Any) -> form06.Form06:
    return form(*rows, period=NOVEMBER, **more)


OPEN = FormRow(
    label="Hộ tịch",
    received=20,
    online=0,
    direct=0,
    carried_over=20,
    resolved=20,
    early=20,
    on_time=0,
    late=0,
    pending=0,
    within=0,
    overdue=0,
)


def test_the_stock_of_the_period_before_is_carried_over_row_by_row() -> None:
    assert form06.check(next_month(OPEN), form(ROW)) == ()
    assert form06.check(next_month(OPEN), form(ROW).to_dict()) == ()
    more = attrs.evolve(OPEN, received=21, carried_over=21, resolved=21, early=21)
    row, total = form06.check(next_month(more), form(ROW))
    assert (row.path, row.rule, row.severity) == ("$.rows[0].carried_over", "form-06/carried-over", Severity.WARNING)
    assert row.message == "Hộ tịch: 20 dossiers were left before, 21 are carried over"
    assert row.text.vi == "Hộ tịch: kỳ trước còn 20 hồ sơ, kỳ này ghi từ kỳ trước chuyển qua 21"
    assert row.basis == cited(definition().carried.basis)
    assert total.path == "$.total.carried_over"
    assert total.message.startswith("the row of totals: 20 dossiers")
    assert total.text.vi.startswith("dòng tổng: kỳ trước còn 20")


def test_rows_that_vanish_or_appear_with_a_stock_are_found() -> None:
    other = attrs.evolve(OPEN, label="Đất đai")
    assert rules(next_month(other), form(ROW)) == [
        ("$.rows[0].carried_over", "carried-over"),
        ("$.rows", "carried-over"),
    ]
    # nothing was left: nothing is missed
    assert rules(next_month(), form(OPEN)) == []
    blank = attrs.evolve(ROW, pending=None, within=None)
    assert rules(next_month(OPEN), form(blank, total=blank)) == []
    unfilled = attrs.evolve(OPEN, carried_over=None)
    assert {rule for _, rule in rules(next_month(unfilled, total=unfilled), form(ROW))} == {"not-filled"}


def test_stocks_are_compared_with_the_period_just_before_only() -> None:
    (gap,) = form06.check(form(OPEN), form(ROW))
    assert (gap.path, gap.rule, gap.severity) == ("$.period.first", "form-06/not-the-period-before", Severity.WARNING)
    assert gap.message == "begins 2026-10-01, the form before ends 2026-10-31; stocks cannot be compared"
    assert gap.text.vi == "kỳ này bắt đầu 01/10/2026, kỳ trước kết thúc 31/10/2026; không so sánh được số tồn"
    (unit,) = form06.check(next_month(unit="Sở Xây dựng"), form(ROW, unit="Sở Y tế"))
    assert (unit.path, unit.rule, unit.severity) == ("$.unit", "form-06/not-comparable", Severity.WARNING)
    assert unit.message == "the reporting unit is 'Sở Xây dựng', before 'Sở Y tế'; stocks cannot be compared"
    assert unit.text.vi == "đơn vị báo cáo là “Sở Xây dựng”, kỳ trước là “Sở Y tế”; không so sánh được số tồn"
    (by,) = form06.check(next_month(by="level"), form(ROW, by="field"))
    assert (by.path, by.message) == (
        "$.by",
        "what rows stand for is 'level', before 'field'; stocks cannot be compared",
    )
    assert form06.check(next_month(OPEN, unit="Sở Y tế"), form(ROW)) == ()
    assert form06.check(next_month(OPEN), form(ROW, unit="Sở Y tế")) == ()


def test_what_moves_the_rate_and_what_was_left_out_is_said() -> None:
    waiting = Included(kind="waiting", column="within", dossiers=3)
    nobody = Included(kind="refused", column="late", dossiers=0)
    noted = form06.check(
        form(
            ROW,
            included=(waiting, nobody),
            left_out=(LeftOut(missing="channel", dossiers=2), LeftOut(missing="due_at", dossiers=0)),
        )
    )
    assert [(each.path, each.rule, each.severity) for each in noted] == [
        ("$.included[0]", "form-06/included", Severity.NOTE),
        ("$.left_out[0]", "form-06/left-out", Severity.NOTE),
    ]
    assert noted[0].message == "column 12 counts 3 waiting for a supplement, which moves the rate"
    assert noted[0].text.vi == "cột 12 gồm 3 hồ sơ đang chờ bổ sung, ảnh hưởng tỷ lệ"
    assert noted[0].basis == cited(definition().included_basis)
    assert noted[1].message == "in no column, since the channel is unknown: 2"
    assert noted[1].text.vi == "2 hồ sơ không vào cột nào vì không rõ hình thức nộp hồ sơ"


@pytest.mark.parametrize("wrong", [None, 5, "x", [], {}, {"schema_version": "2.0"}, float("nan")])
def test_what_is_no_form_is_reported_and_never_raises(wrong: Any) -> None:
    assert all(problem.severity is Severity.ERROR for problem in form06.check(wrong))
    assert form06.check(wrong)
    if wrong is not None:
        (found,) = form06.check(form(ROW), wrong)
        assert (found.path, found.rule) == ("$", "form-06/previous-unusable")
        assert found.message.startswith("the form of the period before cannot be read: $")
        assert found.text.vi.startswith("không đọc được biểu kỳ trước: $")


def test_numbers_below_zero_and_periods_that_end_before_they_begin_are_reported() -> None:
    document = form(ROW).to_dict()
    document["rows"][0]["late"] = -1
    assert [problem.path for problem in form06.check(document)] == ["$.rows[0].late"]
    document = form(ROW).to_dict() | {"period": {"first": "2026-11-01", "last": "2026-10-01"}}
    (found,) = form06.check(document)
    assert "from 2026-11-01 on" in found.message


def test_a_form_is_loaded_from_a_file_although_it_does_not_add_up(tmp_path: Path) -> None:
    bad = form(attrs.evolve(ROW, received=0))
    path = tmp_path / "q4.json"
    path.write_text(json.dumps(bad.to_dict()), encoding="utf-8")
    assert form06.load(path) == bad
    path.write_text("{}", encoding="utf-8")
    with pytest.raises(InvalidDocumentError) as refused:
        form06.load(str(path))
    assert refused.value.source == str(path)


def test_the_table_reads_as_the_printed_form() -> None:
    odd = attrs.evolve(ROW, label='=cmd("x")', early=None)
    text = form(ROW, odd, attrs.evolve(ROW, label=None), total=ROW).to_csv()
    assert text.startswith("\ufeff")  # so that spreadsheets read it as UTF-8
    assert text.endswith("\r\n")
    head, numbers, *rows = csv.reader(io.StringIO(text.removeprefix("\ufeff")))
    assert head[:4] == [
        "STT",
        "Lĩnh vực",
        "Số hồ sơ nhận giải quyết: Tổng số",
        "Số hồ sơ nhận giải quyết: Tiếp nhận mới trong kỳ, trực tuyến",
    ]
    assert numbers == [f"({number})" for number in range(1, 14)]
    assert rows[0] == ["1", "Hộ tịch", "120", "70", "40", "10", "100", "60", "35", "5", "20", "18", "2"]
    assert rows[1][:2] == ["2", '\'=cmd("x")']
    assert rows[1][7] == ""
    assert rows[2][1] == "(không rõ)"
    assert rows[3][:3] == ["", "Tổng số", "120"]
    english = list(csv.reader(io.StringIO(form(ROW, attrs.evolve(ROW, label=None)).to_csv(language="en"))))
    assert english[0][:3] == ["\ufeffNo.", "Field", "Received, total"]
    assert [row[1] for row in english[3:]] == ["(unknown)", "Total"]
    other = attrs.evolve(ROW, label="Hộ tịch;=1+1")
    semicolons = form(other, total=ROW).to_csv(separator=";")
    assert semicolons.splitlines()[2].startswith('1;"Hộ tịch;\'=1+1";120;')
    with pytest.raises(InvalidValueError, match="separator"):
        form(ROW).to_csv(separator="|")
    with pytest.raises(InvalidValueError, match="language"):
        form(ROW).to_csv(language="fr")  # type: ignore[arg-type]


@given(st.lists(st.fixed_dictionaries({key: st.none() | st.integers(0, 3) for key in NUMBERS}), min_size=1, max_size=3))
def test_checking_agrees_with_a_slow_reading(rows: list[dict[str, Any]]) -> None:
    labels = ["Hộ tịch", "Đất đai", "Hộ tịch"]
    made = [FormRow(label=label, **row) for label, row in zip(labels, rows, strict=False)]
    this, before = form(*made, total=made[0], period=NOVEMBER), form(*made[::-1], total=made[-1])
    slow = SlowForm06().check_form_06(this.to_dict(), before.to_dict())
    found = [{"path": problem.path, "rule": problem.rule} for problem in form06.check(this, before)]
    assert sorted({tuple(each.values()) for each in found}) == [tuple(each.values()) for each in slow["findings"]]


def test_dossiers_before_and_after_the_period_are_none_of_it() -> None:
    day = timedelta(days=1)
    start = AT("2026-10-01T00:00+07:00")
    facts = [
        DossierFacts(id="never received", submitted_at=start, channel="online"),
        DossierFacts(id="ended before", received_at=start - 3 * day, finished_at=start - timedelta(seconds=1)),
        DossierFacts(id="after", received_at=AT("2026-11-01T00:00+07:00")),
    ]
    assert form06.fill(facts, period=PERIOD).rows == ()
