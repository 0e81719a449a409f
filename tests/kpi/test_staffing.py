from __future__ import annotations

import decimal
import json
import math
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import kpi
from onestop_core.errors import InvalidDocumentError, InvalidValueError, UnsupportedSchemaVersionError
from onestop_core.kpi.counters import (
    Place,
    ServedWithin,
    WaitingPromise,
    erlang_b,
    erlang_c,
    least_counters,
    plan_counters,
    pool,
)
from onestop_core.kpi.counters.erlang_c import _exponential


def slow_c(load: Fraction, counters: int) -> Fraction:
    """The formula as books write it: a sum of powers over factorials."""
    if load >= counters:
        return Fraction(1)
    last = load**counters / math.factorial(counters) * counters / (counters - load)
    return last / (sum(load**k / math.factorial(k) for k in range(counters)) + last)


def slow_b(load: Fraction, counters: int) -> Fraction:
    return load**counters / math.factorial(counters) / sum(load**k / math.factorial(k) for k in range(counters + 1))


def slow_served(load: Fraction, counters: int, patience: Fraction) -> Decimal:
    """In two hundred digits, without a thought for rounding."""
    with decimal.localcontext() as context:
        context.prec = 200
        waiting, power = slow_c(load, counters), (counters - load) * patience
        share = Decimal(waiting.numerator) / Decimal(waiting.denominator)
        return 1 - share * (-Decimal(power.numerator) / Decimal(power.denominator)).exp()


loads = st.fractions(0, 30, max_denominator=40)


@given(loads, st.integers(1, 40))
def test_the_recursion_is_the_sum(load: Fraction, counters: int) -> None:
    assert erlang_c(load, counters) == slow_c(load, counters)
    assert erlang_b(load, counters) == slow_b(load, counters)


@pytest.mark.parametrize(
    ("counters", "waiting", "served"),
    [  # 100 calls in 30 minutes, 3 minutes each, within 20 seconds: figures that two packages publish
        (14, "0.1741319335950498", "0.8883500191794669"),
        (11, "0.6821182", "0.3896138"),
    ],
)
def test_published_figures(counters: int, waiting: str, served: str) -> None:
    load, patience = Fraction(10), Fraction(20, 180)
    found = erlang_c(load, counters)
    made = ServedWithin(waiting=found, power=(counters - load) * patience)
    # published as binary numbers of 16 digits
    assert abs(found - Fraction(waiting)) <= Fraction(1, 10 ** min(15, len(waiting) - 2))
    assert abs(Fraction(made.rounded(20)) - Fraction(served)) <= Fraction(1, 10 ** min(15, len(served) - 2))


def test_a_published_plan() -> None:
    plan = plan_counters(
        Place(name="example", arrivals=200, minutes=3),
        WaitingPromise(share=Fraction(80, 100), minutes=Fraction(20, 60)),
    )
    assert (plan.counters, plan.posts(absence=Decimal("0.3")), plan.posts()) == (14, 20, 14)
    assert abs(plan.mean_wait * 60 - Fraction("7.83593701177724")) < Fraction(1, 10**13)
    assert plan.occupancy == Fraction(10, 14)
    assert plan.to_dict() == {
        "place": "example", "load": "10", "counters": 14, "waiting_percent": "17.41", "served_percent": "88.84",
        "mean_wait_minutes": "0.13", "occupancy_percent": "71.43",
    }  # fmt: skip


def test_a_textbook_problem() -> None:
    # 30 calls an hour of 5 minutes; with how many employees is a call not delayed with probability 90 %
    assert least_counters(Fraction(5, 2), Fraction(9, 10), patience=0) == 6
    assert erlang_c(Fraction(5, 2), 5) > Fraction(1, 10) > erlang_c(Fraction(5, 2), 6)
    assert erlang_c(2, 3) == Fraction(4, 9)
    assert erlang_c(Fraction(1, 2), 1) == Fraction(1, 2)  # one counter waits as often as it is busy


@given(
    loads,
    st.fractions(0, Fraction(999, 1000), max_denominator=1000).filter(bool),
    st.fractions(0, 3, max_denominator=20),
)
def test_the_fewest_counters_are_the_fewest(load: Fraction, share: Fraction, patience: Fraction) -> None:
    found = least_counters(load, share, patience=patience)
    assert found > load
    wanted = Decimal(share.numerator) / Decimal(share.denominator)
    assert slow_served(load, found, patience) >= wanted - Decimal("1e-25")
    if found - 1 > load and found > 1:
        assert slow_served(load, found - 1, patience) < wanted


@given(loads, st.integers(1, 40), st.fractions(0, 3, max_denominator=20), st.integers(1, 30))
def test_a_share_is_enclosed_and_rounded_once(load: Fraction, counters: int, patience: Fraction, digits: int) -> None:
    if counters <= load:
        counters += math.floor(load)
    if counters <= load:
        return
    served = ServedWithin(waiting=erlang_c(load, counters), power=(counters - load) * patience)
    least, most = served.bounds(digits)
    true = Fraction(slow_served(load, counters, patience))
    slack = Fraction(1, 10**190)
    assert least - slack <= true <= most + slack
    assert most - least <= Fraction(10, 10 ** (digits - 1))
    assert abs(Fraction(served.rounded(6)) - true) * 2 * 10**6 <= 1 + slack
    assert served.at_least(Fraction(served.rounded(6))) == (true >= Fraction(served.rounded(6)))


@given(st.fractions(0, 5, max_denominator=1000), st.integers(2, 60))
def test_the_exponential_lies_between_its_bounds(power: Fraction, digits: int) -> None:
    # Two neighbouring partial sums of the alternating series enclose it once the terms fall.
    term, total, sums = Fraction(1), Fraction(1), []
    for k in range(1, 90):
        term *= -power / k
        total += term
        sums.append(total)
    below, above = sorted(sums[-2:])
    least, most = _exponential(power, digits)
    assert least <= above
    assert most >= below
    assert most - least <= Fraction(4, 10 ** (digits - 1))


def test_far_out_nobody_waits_and_nothing_overflows() -> None:
    far = ServedWithin(waiting=Fraction(1, 2), power=10**39)
    assert far.at_least(1 - Fraction(1, 10**29)) is True
    assert far.at_least(1) is False
    assert far.rounded(30) == 1
    sure = ServedWithin(waiting=0, power=0)
    assert (sure.at_least(1), sure.at_least(2), sure.rounded()) == (True, False, Decimal(1))
    assert ServedWithin(waiting=Fraction(1, 2), power=0).at_least(Fraction(1, 2)) is True


def test_a_decision_close_to_the_promise_looks_closer() -> None:
    served = ServedWithin(waiting=Fraction(1, 2), power=Fraction(1, 3))
    near = served.rounded(28)
    exact = Fraction(slow_served(Fraction(1, 2), 1, Fraction(2, 3)))  # waits 1/2, power 1/3
    assert served.at_least(Fraction(near)) == (exact >= Fraction(near))
    least, most = served.bounds(2)
    assert least < Fraction(near) < most
    # a promise that forty digits cannot tell apart
    assert ServedWithin(waiting=1, power=Fraction(1, 10**29)).at_least(Fraction(1, 10**29)) is False


def test_a_rounding_on_the_edge_looks_closer() -> None:
    # ln 2, cut short after 59 digits: the share lies a hair below one half, where 40 digits see both sides
    root = Fraction("0.69314718055994530941723212145817656807550013436025525412068")
    assert ServedWithin(waiting=1, power=root).rounded(0) == 0


@given(st.fractions(0, 30, max_denominator=40), st.integers(1, 40), st.fractions(0, 3, max_denominator=20))
def test_more_counters_never_serve_worse(load: Fraction, counters: int, patience: Fraction) -> None:
    spare = [c for c in range(counters, counters + 3) if c > load]
    shares = [ServedWithin(waiting=erlang_c(load, c), power=(c - load) * patience).rounded(12) for c in spare]
    assert all(one <= two for one, two in pairwise(shares))


places = st.lists(st.fractions(1, 60, max_denominator=4), min_size=1, max_size=5)


@given(places, st.sampled_from([4, 10, Fraction(25, 2)]), st.sampled_from([80, 90, 95]), st.sampled_from([0, 5, 15]))
def test_pooling_never_needs_more_where_handling_is_the_same(
    arrivals: list[Fraction], minutes: Fraction, percent: int, wait: int
) -> None:
    promise = WaitingPromise(share=Fraction(percent, 100), minutes=wait)
    found = pool([Place(name=str(n), arrivals=a, minutes=minutes) for n, a in enumerate(arrivals)], promise)
    assert found.saved >= 0
    assert found.pooled.place.load == sum(plan.place.load for plan in found.apart)
    assert found.pooled.place.minutes == minutes
    assert found.counters_apart == found.pooled.counters + found.saved
    assert len(found.notes) == 1
    for plan in (*found.apart, found.pooled):
        assert plan.served.at_least(promise.share)
        assert 0 < plan.occupancy < 1


def test_four_wards_and_one_centre() -> None:
    wards = [Place(name=name, arrivals=18, minutes=10) for name in ("Tây Hồ", "Hoàn Kiếm", "Ba Đình", "Cửa Nam")]
    found = pool(wards, WaitingPromise(share=Fraction(90, 100), minutes=10), name="centre")
    assert (found.counters_apart, found.pooled.counters, found.saved) == (20, 14, 6)
    # by hand: 3 erlangs on 5 counters, 12 on 14
    assert slow_served(Fraction(3), 5, Fraction(1)) > Decimal("0.9") > slow_served(Fraction(3), 4, Fraction(1))
    assert slow_served(Fraction(12), 14, Fraction(1)) > Decimal("0.9") > slow_served(Fraction(12), 13, Fraction(1))
    document = found.to_dict(language="vi")
    assert json.loads(json.dumps(document)) == document
    assert document["promise"] == {"share_percent": "90", "minutes": "10"}
    assert document["notes"][0].startswith("Công thức Erlang C")


def test_different_handling_times_are_noted() -> None:
    found = pool(
        [Place(name="a", arrivals=10, minutes=5), Place(name="b", arrivals=20, minutes=20)],
        WaitingPromise(share=Decimal("0.8"), minutes=10),
    )
    assert found.pooled.place.minutes == 15
    assert found.notes[1].en.startswith("handling times differ")


def test_the_caller_s_decimal_context_changes_nothing() -> None:
    plan = plan_counters(Place(name="x", arrivals=200, minutes=3), WaitingPromise(share=Fraction(4, 5), minutes=1))
    expected = plan.to_dict()
    with decimal.localcontext() as context:
        context.prec, context.rounding = 2, decimal.ROUND_UP
        context.traps[decimal.Inexact] = True
        assert plan.to_dict() == expected


def document(**change: Any) -> dict[str, Any]:
    row = {"name": "Tây Hồ", "arrivals_per_hour": "18.5", "handling_minutes": "10"}
    return {"schema_version": "1.0", "promise": {"share_percent": "80", "minutes": "10"}, "places": [row | change]}


def test_places_in_a_document() -> None:
    found, promise = kpi.counters.read_places(document())
    assert found == (Place(name="Tây Hồ", arrivals=Decimal("18.5"), minutes=10),)
    assert promise == WaitingPromise(share=Fraction(4, 5), minutes=10)


def test_what_is_refused() -> None:
    with pytest.raises(UnsupportedSchemaVersionError):
        kpi.counters.read_places({**document(), "schema_version": "2.0"})
    with pytest.raises(InvalidDocumentError, match="handling_minutes"):
        kpi.counters.read_places(document(handling_minutes=10))
    with pytest.raises(InvalidValueError, match="above 0"):
        kpi.counters.read_places(document(handling_minutes="0"))
    promise = WaitingPromise(share=Fraction(1, 2), minutes=1)
    with pytest.raises(InvalidValueError, match="below 1"):
        WaitingPromise(share=1, minutes=1)
    with pytest.raises(InvalidValueError, match="below 1"):
        plan_counters(Place(name="a", arrivals=1, minutes=1), promise).posts(absence=1)
    with pytest.raises(InvalidValueError, match="places of different names"):
        pool([Place(name="a", arrivals=1, minutes=1)] * 2, promise)
    with pytest.raises(InvalidValueError, match="places of different names"):
        pool([], promise)
    for counters in (0, 2_001, True):
        with pytest.raises(InvalidValueError, match="counters"):
            erlang_c(1, counters)
    with pytest.raises(InvalidValueError, match="below 1: no wait is sure"):
        least_counters(1, 1, patience=1)
    for load in (2_000, Fraction(3_999, 2)):
        with pytest.raises(InvalidValueError, match="a load for at most 2000 counters"):
            least_counters(load, Fraction(999, 1000), patience=0)
    with pytest.raises(InvalidValueError, match=r"below 10\^30"):
        erlang_b(Fraction(1, 10**30), 2)
    with pytest.raises(InvalidValueError, match="at most 1"):
        ServedWithin(waiting=2, power=1)
    with pytest.raises(InvalidValueError, match="at most 1000"):
        ServedWithin(waiting=1, power=1).rounded(1_001)
