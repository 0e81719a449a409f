"""Random dossiers, and a second implementation of counting that is slow and obvious."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from hypothesis import strategies as st

from onestop_core.kpi import Channel, DossierFacts, FinishedKind
from onestop_core.model import HO_CHI_MINH, Interval

PERIOD = Interval(first=date(2026, 10, 1), last=date(2026, 10, 31))
START = datetime(2026, 9, 20, tzinfo=HO_CHI_MINH)
# The boundaries of the period and the days around them, where mistakes live.
MOMENTS = st.one_of(
    st.integers(0, 60 * 24).map(lambda hours: START + timedelta(hours=hours)),
    st.sampled_from(
        [
            datetime(2026, 10, 1, tzinfo=HO_CHI_MINH),
            datetime(2026, 10, 31, 23, 59, 59, 999_999, tzinfo=HO_CHI_MINH),
            datetime(2026, 11, 1, tzinfo=HO_CHI_MINH),
        ]
    ),
)
MAYBE = st.none() | MOMENTS
FLAG = st.sampled_from([None, True, False])


@st.composite
def dossiers(draw: st.DrawFn) -> DossierFacts:
    received, finished = draw(MAYBE), draw(MAYBE)
    if received is not None and finished is not None and finished < received:
        received, finished = finished, received
    waiting = draw(MAYBE)
    return DossierFacts(
        id=draw(st.text("ABC", min_size=1, max_size=3)),
        unit=draw(st.sampled_from([None, "Hoàn Kiếm", "Tây Hồ"])),
        field=draw(st.sampled_from([None, "Hộ tịch", "Đất đai"])),
        channel=draw(st.none() | st.sampled_from(Channel)),
        submitted_at=draw(MAYBE),
        received_at=received,
        due_at=draw(MAYBE),
        allowed_hours=draw(st.none() | st.integers(0, 500)),
        finished_at=finished,
        finished_kind=None if finished is None else draw(st.none() | st.sampled_from(FinishedKind)),
        supplement_requests=draw(st.none() | st.integers(1 if waiting else 0, 3)),
        supplement_requested_at=waiting,
        supplement_hours=draw(st.none() | st.integers(0, 500)),
        fee_due=draw(FLAG),
        paid_online=draw(FLAG),
        electronic_result=draw(FLAG),
        digitised=draw(FLAG),
        data_reused=draw(FLAG),
        personal_store=draw(FLAG),
        population_data=draw(FLAG),
        disliked=draw(FLAG),
        complained=draw(FLAG),
    )


def slow_on_time(one: DossierFacts, last: date) -> bool | None:
    """Whether a dossier is on time at the end of the day *last*, told day by day and case by case."""
    midnight = datetime(last.year, last.month, last.day, tzinfo=HO_CHI_MINH) + timedelta(days=1)
    over = midnight - timedelta(microseconds=1)
    if one.finished_at and one.finished_at < midnight:
        end = one.finished_at
    elif one.supplement_requests is None:
        return None
    elif one.supplement_requested_at and one.supplement_requested_at < midnight:
        if one.supplement_requests >= 2:
            return False
        end = one.supplement_requested_at
    else:
        end = over
    if one.due_at:
        return not end > one.due_at
    if one.received_at is None or one.allowed_hours is None:
        return None
    elapsed = (end - one.received_at).total_seconds()
    allowed = one.allowed_hours * 3600
    deducted = 0 if one.supplement_requests == 0 else None
    if one.supplement_hours is not None:
        deducted = one.supplement_hours * 3600
    if deducted is None:
        return True if elapsed <= allowed else None
    return elapsed - deducted <= allowed or elapsed <= allowed


def slow_counts(facts: list[DossierFacts]) -> dict[str, tuple[int, int, int]]:
    """Count one metric after another, each by its own list."""
    last = PERIOD.last
    assert last is not None

    def inside(moment: datetime | None) -> bool:
        return moment is not None and date(2026, 10, 1) <= moment.astimezone(HO_CHI_MINH).date() <= date(2026, 10, 31)

    received = [one for one in facts if inside(one.received_at)]
    filed = [one for one in facts if inside(one.received_at or one.submitted_at)]

    def three(answers: list[bool | None]) -> tuple[int, int, int]:
        return (answers.count(True), answers.count(True) + answers.count(False), answers.count(None))

    def content(one: DossierFacts) -> bool | None:
        timely = slow_on_time(one, last)
        if timely is None or one.disliked is None or one.complained is None:
            return None
        return timely and not one.disliked and not one.complained

    paid: list[bool | None] = [one.paid_online if one.fee_due else None for one in filed if one.fee_due is not False]
    flags: dict[str, Any] = {
        "4.1": "electronic_result",
        "4.2": "digitised",
        "4.3": "data_reused",
        "4.4": "personal_store",
        "4.5b": "population_data",
    }
    return {
        "2.1": three([slow_on_time(one, last) for one in received]),
        "3.3": three([one.channel == "online" for one in filed]),
        "3.6": three(paid),
        **{metric: three([getattr(one, name) for one in received]) for metric, name in flags.items()},
        "5.4": three([content(one) for one in received]),
    }
