"""Every figure opens: the dossiers behind it by test, by SQL and in words."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import kpi
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.kpi import DossierFacts, figure, tally
from onestop_core.kpi.counting.conditions import ElapsedAtMost
from onestop_core.kpi.counting.evaluate import evaluator
from onestop_core.kpi.counting.figures import METRICS
from onestop_core.kpi.counting.terms import Column
from onestop_core.model import Interval
from tests.kpi.facts_strategies import PERIOD, dossiers

INDEX = kpi.index("vn-766@portal-2026")
PERIODS = st.sampled_from([PERIOD, Interval(last=date(2026, 10, 31)), Interval(first=date(2026, 10, 1), last=date.max)])
POLICIES = st.sampled_from(["portal", "ignore"])


@given(st.lists(dossiers(), max_size=8), PERIODS, POLICIES, st.sampled_from(METRICS))
def test_the_dossiers_behind_a_count_are_as_many_as_it_says(
    facts: list[DossierFacts], period: Interval, policy: str, metric: str
) -> None:
    counted = tally(facts, period=period, supplements=policy)[metric]
    opened = INDEX.figure(metric, period=period, supplements=policy)
    above, below, missed = (list(each.of(facts)) for each in (opened.numerator, opened.denominator, opened.missed))
    assert (len(above), len(below), len(list(opened.unknown.of(facts)))) == (
        counted.numerator,
        counted.denominator,
        counted.unknown,
    )
    assert [one for one in below if one not in above] == [one for one in missed if one not in above]
    assert len(above) + len(missed) == len(below)


def test_the_late_dossiers_behind_a_rate_are_listed() -> None:
    def dossier(number: int) -> DossierFacts:
        day = 16 if number % 5 else 20
        return DossierFacts(
            id=str(number),
            received_at=datetime(2026, 10, 12, 1, tzinfo=UTC),
            due_at=datetime(2026, 10, 19, 1, tzinfo=UTC),
            finished_at=datetime(2026, 10, day, tzinfo=UTC),
        )

    facts = [dossier(number) for number in range(20)]
    assert [late.id for late in INDEX.figure("2.1").missed.of(facts)] == ["0", "5", "10", "15"]
    assert INDEX.score(tally(facts))["2.1"].percent == 80


def test_predicates_read_in_both_languages() -> None:
    opened = figure("2.1", period=PERIOD)
    inside = "(receipt is recorded and 2026-10-01 00:00 is not later than receipt"
    assert opened.missed.text.en.startswith(inside)
    assert opened.missed.text.en.endswith("and not (on time or still within time)")
    assert opened.missed.text.vi.endswith("và không (đúng hạn hoặc còn trong hạn)")
    assert "if the appointment is recorded then the end of handling is not later" in opened.timeliness.en
    assert "nếu số lần yêu cầu bổ sung không quá 0 thì sai, nếu không thì chưa biết" in opened.timeliness.vi
    assert figure("3.6").unknown.text.vi.startswith(
        "(có ghi thời điểm tiếp nhận hoặc có ghi thời điểm nộp hồ sơ) và (không biết"
    )
    filed = figure("3.3", period=PERIOD).numerator.text
    assert "receipt (or else filing) is not later than 2026-10-31 23:59:59" in filed.en
    assert filed.vi.endswith("và (hình thức nộp hồ sơ là trực tuyến hoặc hình thức nộp hồ sơ là ki-ốt thông minh)")
    for metric in METRICS:
        texts = (figure(metric, period=PERIOD).numerator.text, figure(metric).unknown.text)
        assert all(text.vi != text.en for text in texts)


def test_without_a_last_day_what_is_in_progress_is_unknown() -> None:
    begun = DossierFacts(
        id="A", received_at=datetime(2026, 10, 12, tzinfo=UTC), due_at=datetime(2027, 1, 1, tzinfo=UTC)
    )
    opened = figure("2.1", period=Interval(first=date(2026, 10, 1)))
    assert (opened.denominator.matches(begun), opened.unknown.matches(begun)) == (False, True)


@given(st.lists(dossiers(), max_size=8), PERIODS, POLICIES)
def test_sql_selects_the_same_dossiers(facts: list[DossierFacts], period: Interval, policy: str) -> None:
    duckdb = pytest.importorskip("duckdb", reason="the extra engines runs the SQL")
    from tests.kpi.sql_facts import COLUMNS, rows

    base: Any = duckdb.connect()
    base.execute("SET TimeZone = 'America/New_York'")  # moments are instants: the session does not matter
    base.execute(f"CREATE TABLE facts (position INTEGER, {COLUMNS})")
    if facts:
        values = [(position, *row) for position, row in enumerate(rows(facts))]
        marks = ", ".join("?" * len(values[0]))
        base.executemany(f"INSERT INTO facts VALUES ({marks})", values)  # noqa: S608 - only marks
    for metric in METRICS:
        opened = figure(metric, period=period, supplements=policy)
        for predicate in (opened.numerator, opened.denominator, opened.missed, opened.unknown, opened.told):
            query = f"SELECT position FROM facts WHERE {predicate.sql()} ORDER BY position"  # noqa: S608 - our own SQL
            found = base.execute(query).fetchall()
            expected = [(position,) for position, one in enumerate(facts) if predicate.matches(one)]
            assert found == expected
    base.close()


def test_what_is_not_counted_from_dossiers_cannot_be_opened() -> None:
    with pytest.raises(UnknownCodeError, match="metric counted from dossiers"):
        INDEX.figure("1.1")
    with pytest.raises(UnknownCodeError):
        figure("finished")
    with pytest.raises(UnknownCodeError):
        INDEX.figure("9.9")
    with pytest.raises(UnknownCodeError):
        INDEX.metric(["2.1"])  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="supplements"):
        figure("2.1", supplements="never")


def test_a_dossier_is_judged_alone() -> None:
    received = datetime(2026, 10, 12, tzinfo=UTC)
    done = DossierFacts(id="A", received_at=received, due_at=received, finished_at=received)
    assert kpi.counting.standing(done, until=received) == kpi.counting.standing(done, until=None)
    assert kpi.counting.standing(done, until=None) == kpi.counting.Standing(finished=True, on_time=True)
    with pytest.raises(InvalidValueError, match="dossier B is in progress"):
        kpi.counting.standing(DossierFacts(id="B", received_at=received), until=None)


def test_elapsed_time_is_unknown_where_a_part_of_it_is() -> None:
    within = evaluator(
        ElapsedAtMost(
            start=Column(name="received_at"), end=Column(name="finished_at"), hours=(Column(name="allowed_hours"),)
        )
    )
    assert within(DossierFacts(id="A", received_at=datetime(2026, 10, 12, tzinfo=UTC)), None) is None


@given(st.lists(dossiers(), max_size=8))
def test_what_is_told_in_full_is_what_is_left_when_the_unknown_is_left_out(facts: list[DossierFacts]) -> None:
    counted = kpi.tally(facts, period=PERIOD)
    for metric, count in counted.metrics.items():
        opened = kpi.figure(metric, period=PERIOD)
        told = list(opened.told.of(facts))
        assert (sum(opened.numerator.matches(one) for one in told), len(told)) == count.told


def test_what_is_told_in_full_is_said_in_words() -> None:
    told = kpi.figure("2.1", period=PERIOD).told
    assert "where all of it is known" in told.text.en
    assert "khi biết đủ" in told.text.vi
