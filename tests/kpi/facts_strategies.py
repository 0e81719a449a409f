"""Random dossiers, and a second implementation of counting that is slow and obvious."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from onestop_core.kpi import DossierFacts
from onestop_core.model import HO_CHI_MINH, Channel, FinishedKind, Interval

if TYPE_CHECKING:
    from collections.abc import Iterator

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
        guided=draw(st.none() | st.integers(0, 2)),
        visits=draw(st.none() | st.integers(0, 3)),
        agencies=draw(st.none() | st.integers(0, 3)),
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


def slow_told_in_time(one: DossierFacts, last: date) -> bool:
    """Whether nothing is missing that being on time could depend on."""
    midnight = datetime(last.year, last.month, last.day, tzinfo=HO_CHI_MINH) + timedelta(days=1)
    in_progress = not one.finished_at or one.finished_at >= midnight
    if in_progress and one.supplement_requests is None:
        return False
    if one.due_at:
        return True
    waited = one.supplement_hours is not None or one.supplement_requests == 0
    return one.received_at is not None and one.allowed_hours is not None and waited


Kind = tuple[bool | None, bool | None, bool]
"""Whether a dossier belongs below the line, stands above it, and whether nothing is missing that was asked."""


def slow_kinds(facts: list[DossierFacts]) -> dict[str, list[Kind]]:
    """Tell dossiers one metric after another, each by its own list; those that are known not to belong left out."""
    last = PERIOD.last
    assert last is not None

    def inside(moment: datetime | None) -> bool:
        return moment is not None and date(2026, 10, 1) <= moment.astimezone(HO_CHI_MINH).date() <= date(2026, 10, 31)

    received = [one for one in facts if inside(one.received_at)]
    filed = [one for one in facts if inside(one.received_at or one.submitted_at)]
    ended = [one for one in received if one.finished_at and one.finished_at.astimezone(HO_CHI_MINH).date() <= last]

    def timely(one: DossierFacts) -> Kind:
        return True, slow_on_time(one, last), slow_told_in_time(one, last)

    def told(value: bool | None) -> Kind:
        return True, value, value is not None

    def content(one: DossierFacts) -> Kind:
        against = (slow_on_time(one, last) is False, bool(one.disliked), bool(one.complained))
        known = (slow_told_in_time(one, last), one.disliked is not None, one.complained is not None)
        enough = slow_on_time(one, last) is not None and all(known[1:])
        return True, False if any(against) else True if enough else None, all(known)

    def once(one: DossierFacts) -> Kind:
        came = one.visits <= 1 if one.visits is not None else True if one.guided == 0 else None
        asked_again = None if one.supplement_requests is None else one.supplement_requests > 0
        known = came is not None and asked_again is not None
        return True, False if came is False or asked_again else True if known else None, known

    def agency(one: DossierFacts) -> Kind:
        return told(None if one.agencies is None else one.agencies <= 1)

    flags: dict[str, str] = {
        "4.1": "electronic_result",
        "4.2": "digitised",
        "4.3": "data_reused",
        "4.4": "personal_store",
        "4.5b": "population_data",
    }
    return {
        "2.1": [timely(one) for one in received],
        "3.3": [told(one.channel in {"online", "kiosk"}) for one in filed],
        "3.6": [
            (one.fee_due, one.paid_online, one.paid_online is not None) for one in filed if one.fee_due is not False
        ],
        **{metric: [told(getattr(one, name)) for one in received] for metric, name in flags.items()},
        "5.4": [content(one) for one in received],
        "finished": [timely(one) for one in ended],
        "in_progress": [timely(one) for one in received if one not in ended],
        "one_contact": [once(one) for one in ended],
        "one_agency": [agency(one) for one in ended],
    }


def slow_counts(facts: list[DossierFacts]) -> dict[str, tuple[int, int, int]]:
    """Return numerator, denominator and unknown of each metric."""

    def three(kinds: list[Kind]) -> tuple[int, int, int]:
        answers = [held if member else None for member, held, _ in kinds]
        return (answers.count(True), answers.count(True) + answers.count(False), answers.count(None))

    return {metric: three(kinds) for metric, kinds in slow_kinds(facts).items()}


def completions(kinds: list[Kind]) -> Iterator[tuple[int, int]]:
    """Yield numerator and denominator for every way in which the unknown may turn out."""
    ways = [
        {
            (above, 1) if below else (0, 0)
            for below in ((True, False) if member is None else (member,))
            for above in ((1, 0) if held is None else (int(held),))
        }
        for member, held, _ in kinds
    ]
    for way in product(*ways):
        yield sum(above for above, _ in way), sum(below for _, below in way)
