from __future__ import annotations

import json
import unicodedata
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import kpi
from onestop_core.errors import InvalidDocumentError, InvalidValueError, UnknownCodeError
from onestop_core.kpi import DossierFacts, Tally, tally, tally_by
from onestop_core.kpi.counting import SupplementPolicy, end_of_handling
from onestop_core.kpi.counting.figures import BESIDE
from onestop_core.kpi.counting.on_time import period_end
from onestop_core.model import HO_CHI_MINH, Channel, FinishedKind, Interval
from tests.kpi.facts_strategies import PERIOD, dossiers, slow_counts

INDEX = kpi.index("vn-766@portal-2026")


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}+07:00")


def dossier(**changes: Any) -> DossierFacts:
    return DossierFacts(**{"id": "A", "received_at": at("10-12T08:00"), "due_at": at("10-19T08:00"), **changes})


def progress(one: DossierFacts, **options: Any) -> tuple[int, int, int]:
    count = tally([one], **{"period": PERIOD, **options})["2.1"]
    return count.numerator, count.denominator, count.unknown


ON_TIME, LATE, UNKNOWN = (1, 1, 0), (0, 1, 0), (0, 0, 1)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        pytest.param({"finished_at": at("10-19T08:00")}, ON_TIME, id="ends at the appointment"),
        pytest.param({"finished_at": at("10-19T08:00:01")}, LATE, id="a second after it"),
        pytest.param({"supplement_requests": 0}, LATE, id="no end: the last day of the period stands for it"),
        pytest.param({"supplement_requests": 0, "due_at": at("11-02T08:00")}, ON_TIME, id="no end, still within time"),
        pytest.param({"supplement_requests": 0, "due_at": at("10-31T17:00")}, LATE, id="no end, due on the last day"),
        pytest.param({"supplement_requests": 1}, LATE, id="no end, asked once and answered"),
        pytest.param({}, UNKNOWN, id="no end, late, and nobody knows whether it waits"),
        pytest.param({"due_at": at("11-02T08:00")}, UNKNOWN, id="no end, in time, and nobody knows how often asked"),
        pytest.param(
            {"finished_at": at("11-02T08:00"), "due_at": at("11-01T00:00"), "supplement_requests": 0},
            ON_TIME,
            id="what ends after the period was in progress",
        ),
        pytest.param(
            {"supplement_requests": 1, "supplement_requested_at": at("10-15T08:00")}, ON_TIME, id="asked once, in time"
        ),
        pytest.param(
            {"supplement_requests": 1, "supplement_requested_at": at("10-20T08:00")}, LATE, id="asked once, too late"
        ),
        pytest.param(
            {"supplement_requests": 2, "supplement_requested_at": at("10-15T08:00")}, LATE, id="asked more than once"
        ),
        pytest.param({"supplement_requested_at": at("10-15T08:00")}, UNKNOWN, id="asked nobody knows how often"),
        pytest.param(
            {"supplement_requests": 2, "finished_at": at("10-15T08:00")}, ON_TIME, id="asked twice, but finished"
        ),
        pytest.param({"due_at": None}, UNKNOWN, id="neither appointment nor longest time"),
        pytest.param(
            {"due_at": None, "allowed_hours": 24, "finished_at": at("10-13T08:00")},
            ON_TIME,
            id="within the longest time",
        ),
        pytest.param(
            {"due_at": None, "allowed_hours": 24, "finished_at": at("10-14T08:00"), "supplement_hours": 24},
            ON_TIME,
            id="supplement deducted",
        ),
        pytest.param(
            {"due_at": None, "allowed_hours": 24, "finished_at": at("10-14T08:01"), "supplement_hours": 24},
            LATE,
            id="a minute beyond",
        ),
        pytest.param(
            {"due_at": None, "allowed_hours": 24, "finished_at": at("10-14T08:00"), "supplement_requests": 0},
            LATE,
            id="nothing to deduct",
        ),
        pytest.param(
            {"due_at": None, "allowed_hours": 24, "finished_at": at("10-14T08:00"), "supplement_requests": 1},
            UNKNOWN,
            id="unknown deduction",
        ),
        pytest.param(
            {"finished_at": at("10-14T08:00"), "finished_kind": FinishedKind.WITHDRAWN},
            ON_TIME,
            id="withdrawn after acceptance",
        ),
        pytest.param(
            {"received_at": None, "submitted_at": at("10-12T08:00")}, (0, 0, 0), id="never accepted: does not count"
        ),
        pytest.param({"received_at": at("09-30T23:59")}, (0, 0, 0), id="received before the period"),
    ],
)
def test_when_a_dossier_is_on_time(changes: dict[str, Any], expected: tuple[int, int, int]) -> None:
    assert progress(dossier(**changes)) == expected


def test_waiting_for_a_supplement_by_the_other_policy() -> None:
    waiting = dossier(supplement_requests=2, supplement_requested_at=at("10-15T08:00"), due_at=at("11-05T08:00"))
    assert progress(waiting) == LATE
    assert progress(waiting, supplements="ignore") == ON_TIME
    assert progress(waiting, supplements=SupplementPolicy.IGNORE) == ON_TIME


@pytest.mark.parametrize(
    ("given_", "kind"),
    [
        ({"done": "10-20T09:00", "returned": "10-19T09:00"}, "done"),
        ({"returned": "10-21T09:00", "withdrawn": "10-19T09:00"}, "returned"),
        ({"refused": "10-21T09:00", "stopped": "10-20T09:00"}, "stopped"),
        ({"withdrawn": "10-19T09:00"}, "withdrawn"),
    ],
)
def test_the_end_is_the_first_in_order_not_in_time(given_: dict[str, str], kind: str) -> None:
    found = end_of_handling({FinishedKind(name): at(text) for name, text in given_.items()})
    assert found == (FinishedKind(kind), at(given_[kind]))
    assert end_of_handling({}) is None


def test_the_period_ends_with_its_last_day() -> None:
    assert period_end(PERIOD) == at("10-31T23:59:59.999999")
    assert period_end(Interval(first=date(2026, 10, 1))) is None
    assert period_end(Interval(last=date.max)) is not None


def test_without_a_period_everything_finished_counts_and_the_rest_is_refused() -> None:
    finished = dossier(finished_at=at("10-19T08:00"))
    waiting = dossier(supplement_requests=1, supplement_requested_at=at("10-15T08:00"))
    counted = tally([finished, waiting])
    assert counted["2.1"] == kpi.Count(numerator=2, denominator=2)
    assert counted.finished == kpi.Count(numerator=1, denominator=1)
    assert counted.in_progress == kpi.Count(numerator=1, denominator=1)
    for period in (None, Interval(first=date(2026, 10, 1))):
        with pytest.raises(InvalidValueError, match="dossier A is in progress"):
            tally([dossier()], period=period)


def test_days_are_vietnamese_days() -> None:
    late_evening_utc = datetime(2026, 9, 30, 17, 30, tzinfo=UTC)  # 00:30 on 1 October in Hà Nội
    assert progress(dossier(received_at=late_evening_utc, finished_at=at("10-02T08:00"))) == ON_TIME


def test_filing_counts_without_receipt_and_an_unknown_channel_is_in_person() -> None:
    facts = [
        DossierFacts(id="A", submitted_at=at("10-12T08:00"), channel=Channel.ONLINE),
        DossierFacts(id="B", submitted_at=at("10-12T08:00")),
        DossierFacts(id="C", channel=Channel.ONLINE),
    ]
    counted = tally(facts, period=PERIOD)
    assert counted["3.3"] == kpi.Count(numerator=1, denominator=2)
    assert (counted.dossiers, counted.counted) == (3, 2)


def test_silence_is_not_zero() -> None:
    counted = tally([dossier(finished_at=at("10-19T08:00"))])
    assert counted["4.1"] == kpi.Count(unknown=1)
    card = INDEX.score(counted)
    assert [card["4.1"].score, *(card["4.1"].score_bounds or ())] == [None, 0, 6]
    assert "dossiers of which the facts do not tell: 1" in [note.en for note in card["4.1"].notes]
    left = INDEX.score(counted, unknown="leave_out")
    assert left["3.6"].score is None  # 0/0 would earn 0 points, and there is no 0/0 here
    assert left.missing == (
        *card.missing[:8],
        "3.6",
        "4.1",
        "4.2",
        "4.3",
        "4.4",
        *card.missing[8:9],
        "4.5b",
        *card.missing[9:],
        "5.4",
    )
    assert INDEX.score(Tally())["5.4"].score == 0  # no dossiers at all: the metric's own policy


def test_what_is_left_out_of_satisfaction_is_not_chosen_by_lateness() -> None:
    late = dossier(finished_at=at("10-20T08:00"))
    good = dossier(finished_at=at("10-18T08:00"), disliked=False, complained=False)
    disliked = dossier(finished_at=at("10-18T08:00"), disliked=True)
    silent = dossier(finished_at=at("10-18T08:00"), disliked=False)
    count = tally([late, good, disliked, silent])["5.4"]
    assert (count.numerator, count.denominator, count.unknown) == (1, 3, 1)
    assert (count.lowest, count.highest) == ((1, 4), (2, 4))
    assert count.told == (1, 1)  # of the late one nobody knows what its applicant thought, nor of the disliked one


def test_a_dossier_without_obligation_is_outside_the_payment_metric() -> None:
    free = dossier(finished_at=at("10-18T08:00"), fee_due=False, paid_online=None)
    paid = dossier(finished_at=at("10-18T08:00"), fee_due=True, paid_online=True)
    assert tally([free, paid])["3.6"] == kpi.Count(numerator=1, denominator=1)


@given(st.lists(dossiers(), max_size=12))
def test_counting_equals_the_slow_and_obvious_way(facts: list[DossierFacts]) -> None:
    counted = tally(facts, period=PERIOD)
    counts = {**counted.metrics, **{name: getattr(counted, name) for name in BESIDE}}
    assert {m: (c.numerator, c.denominator, c.unknown) for m, c in counts.items()} == slow_counts(facts)
    assert counted["2.1"] == counted.finished + counted.in_progress


@given(st.lists(dossiers(), max_size=12), st.randoms(use_true_random=False), st.integers(0, 12))
def test_order_and_partition_do_not_matter(facts: list[DossierFacts], random: Any, cut: int) -> None:
    whole = tally(facts, period=PERIOD)
    assert tally(facts[:cut], period=PERIOD) + tally(facts[cut:], period=PERIOD) == whole
    assert whole + Tally() == whole
    shuffled = list(facts)
    random.shuffle(shuffled)
    assert tally(shuffled, period=PERIOD) == whole
    parts = tally_by(facts, by="unit", period=PERIOD)
    assert sum(parts.values(), Tally()) == whole
    assert Tally.from_dict(json.loads(json.dumps(whole.to_dict()))) == whole


def test_cards_by_unit() -> None:
    facts = [
        dossier(id="A", unit="Tây Hồ", finished_at=at("10-18T08:00")),
        dossier(id="B", unit="Hoàn Kiếm", finished_at=at("10-20T08:00")),
        dossier(id="C", finished_at=at("10-20T08:00")),
    ]
    cards = INDEX.evaluate(facts, by="unit", level="province")
    assert list(cards) == ["Hoàn Kiếm", "Tây Hồ", None]
    assert cards["Tây Hồ"]["2.1"].score == 20
    assert INDEX.evaluate(facts)["2.1"].numerator == 1
    assert INDEX.evaluate(facts, period=PERIOD, supplements="ignore")["2.1"].denominator == 3
    with pytest.raises(UnknownCodeError):
        INDEX.evaluate(facts, level="village")


def test_a_small_index_takes_what_it_has_of_a_tally() -> None:
    import attrs

    small = attrs.evolve(INDEX, metrics=tuple(metric for metric in INDEX.metrics if metric.id == "2.1"))
    assert small.score(tally([dossier(finished_at=at("10-18T08:00"))]))["2.1"].score == 20


def test_misuse_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="by"):
        tally_by([], by="colour")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="supplements"):
        tally([], supplements="never")
    with pytest.raises(InvalidValueError, match="DossierFacts"):
        tally([{"id": "A"}])  # type: ignore[list-item]
    with pytest.raises(InvalidValueError, match="Interval"):
        tally([], period="2026-10")  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="numerator"):
        kpi.Count(numerator=True)
    with pytest.raises(InvalidValueError, match="unknown"):
        kpi.Count(unknown=-1)


@pytest.mark.parametrize(
    "document",
    [
        None,
        {},
        {**Tally().to_dict(), "dossiers": -1},
        {**Tally().to_dict(), "finished": [1, 2]},
        {**Tally().to_dict(), "finished": [1, 2, "3"]},
        {**Tally().to_dict(), "metrics": {}},
        {**Tally().to_dict(), "more": 1},
    ],
)
def test_a_tally_that_was_tampered_with_is_refused(document: Any) -> None:
    with pytest.raises(InvalidDocumentError, match="Tally"):
        Tally.from_dict(document)


@pytest.mark.parametrize(
    ("changes", "what"),
    [
        ({"id": ""}, "id"),
        ({"id": 7}, "id"),
        ({"unit": ""}, "unit"),
        ({"received_at": datetime(2026, 10, 12, 8)}, "received_at"),
        ({"due_at": date(2026, 10, 12)}, "due_at"),
        ({"channel": "fax"}, "channel"),
        ({"finished_kind": "lost", "finished_at": at("10-19T08:00")}, "finished_kind"),
        ({"finished_kind": "done"}, "finished_at"),
        ({"finished_at": at("10-11T08:00")}, "finished_at"),
        ({"fee_due": 1}, "fee_due"),
        ({"allowed_hours": -1}, "allowed_hours"),
        ({"allowed_hours": True}, "allowed_hours"),
        ({"allowed_hours": 10**30}, "allowed_hours"),
        ({"supplement_requests": 0, "supplement_requested_at": at("10-13T08:00")}, "supplement_requests"),
    ],
)
def test_facts_that_cannot_be_are_refused(changes: dict[str, Any], what: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        dossier(**changes)
    assert caught.value.what == what


def test_facts_are_kept_in_vietnamese_time_and_composed_text() -> None:
    apart = unicodedata.normalize("NFD", "Hoàn Kiếm")
    facts = dossier(unit=apart, received_at=datetime(2026, 10, 12, 1, tzinfo=UTC))
    assert facts.unit == "Hoàn Kiếm"
    assert facts.received_at is not None
    assert facts.received_at.tzinfo is HO_CHI_MINH
    assert facts.received_at == at("10-12T08:00")
    assert facts.due_at == facts.received_at + timedelta(days=7)


def test_what_is_unknown_or_left_out_is_said_beside_the_points() -> None:
    known = dossier(finished_at=at("10-18T08:00"), digitised=True)
    silent = dossier(finished_at=at("10-18T08:00"))
    card = INDEX.score(tally([known, silent]))
    assert [card[metric].treatment.value for metric in ("4.1", "4.2")] == ["bounded", "bounded"]
    assert "chưa biết 1 hồ sơ vì thiếu dữ kiện" in [note.vi for note in card["4.2"].notes]
    left = INDEX.score(tally([known, silent]), unknown="leave_out")
    assert [left[metric].treatment.value for metric in ("4.1", "4.2")] == ["not_given", "formula"]
    assert [left["4.2"].score, left.unknown.value] == [4, "leave_out"]
    for metric, others in (("4.1", 2), ("4.2", 1)):
        said = f"bên sử dụng chọn không tính {others} hồ sơ vì thiếu dữ kiện"
        assert said in [note.vi for note in left[metric].notes]
