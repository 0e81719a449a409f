"""Feedback in the service index: 5.2 and 5.3 counted from the logs of its items, each item once."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import dossier, kpi, workdays
from onestop_core.desk.feedback import FeedbackCounts, feedback_counts
from onestop_core.errors import InvalidValueError

if TYPE_CHECKING:
    from onestop_core.dossier import Dossier

CALENDAR = workdays.calendar("vn-civil")
NOW = "2026-03-31T17:00"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text + "+07:00")


def item(name: str, *events: tuple[Any, ...], about: tuple[str, ...] = ()) -> Dossier:
    machine = dossier.machine("vn-feedback@decree-20-2008")
    case = machine.new(id=name, procedure="phản ánh", channel="online", at=at("2026-03-02T09:00"), about=about)
    for kind, when, *fields in events:
        case = machine.step(case, dossier.event(kind, at(when), **(fields[0] if fields else {})))
    return case


def registered(of_class: str = "conduct") -> tuple[Any, ...]:
    return ("registered", "2026-03-02T10:00", {"reason_code": of_class})


ASSIGNED = ("assigned", "2026-03-02T11:00")


def answered(day: str) -> tuple[Any, ...]:
    return ("answered", f"2026-03-{day}T16:00", {"reason_code": "handled"})


def published(day: str) -> tuple[Any, ...]:
    return ("published", f"2026-03-{day}T17:00")


def rated(how: str, day: str = "25") -> tuple[Any, ...]:
    return ("rated", f"2026-03-{day}T09:00", {"reason_code": how})


AGAIN = ("sent_again", "2026-03-26T09:00")
GOOD = (registered(), ASSIGNED, answered("10"), published("11"))


def counted(*items: Dossier, now: str = NOW, **given: Any) -> FeedbackCounts:
    return feedback_counts(items, calendar=CALENDAR, now=at(now), **given)


@pytest.mark.parametrize(
    ("events", "now", "late"),
    [
        (GOOD, NOW, False),
        ((registered(), ASSIGNED, answered("23"), published("25")), NOW, False),  # 15 working days, published in 2
        ((registered(), ASSIGNED, answered("24"), published("25")), NOW, True),
        ((registered(), ASSIGNED, answered("10"), published("12")), NOW, False),
        ((registered(), ASSIGNED, answered("10"), published("13")), NOW, True),
        ((registered(),), "2026-03-23T17:00", False),  # running within its time
        ((registered(),), "2026-03-24T00:00", True),
        ((registered(), ("transferred", "2026-03-04T16:00", {"to_unit": "H26.40"})), NOW, False),
        ((registered(), ("transferred", "2026-03-05T16:00", {"to_unit": "H26.40"})), NOW, True),
        ((("not_received", "2026-03-04T16:00", {"reason": "…", "reason_code": "unclear"}),), NOW, False),
        ((("not_received", "2026-03-05T16:00", {"reason": "…", "reason_code": "unclear"}),), NOW, True),
        ((("info_requested", "2026-03-09T16:00", {"reason": "…"}),), NOW, False),
        ((("info_requested", "2026-03-10T16:00", {"reason": "…"}),), NOW, True),
        ((), NOW, False),
    ],
)
def test_an_item_is_late_by_any_of_its_times(events: tuple[Any, ...], now: str, late: bool) -> None:
    [row] = counted(item("1", *events), now=now).items
    assert row.late is late


def test_one_item_in_two_reasons_is_subtracted_once() -> None:
    items = (
        item("good", *GOOD, about=("H26.12-1",)),
        item("disliked", *GOOD, rated("disliked")),
        item("again and late", registered(), ASSIGNED, answered("24"), published("25"), rated("disliked", "26"), AGAIN),
        item("content in the end", *GOOD, rated("disliked"), rated("satisfied", "26")),
    )
    found = counted(*items)
    assert dict(found.counts) == {"5.2": (3, 4), "5.3": (2, 4)}
    assert [row.id for row in found.items if not row.content] == ["disliked", "again and late"]
    assert found.items[0].to_dict() == {
        "id": "good",
        "about": ["H26.12-1"],
        "of_class": "conduct",
        "late": False,
        "disliked": False,
        "sent_again": False,
    }
    card = kpi.index("vn-766@portal-2026").score(dict(found.counts), level="province")
    assert (card["5.2"].ratio, card["5.2"].score) == (Fraction(3, 4), Decimal("4.50"))
    assert (card["5.3"].ratio, card["5.3"].score) == (Fraction(1, 2), Decimal("3.00"))


def test_without_items_the_metrics_are_full() -> None:
    card = kpi.index("vn-766@portal-2026").score(dict(counted().counts), level="province")
    assert (card["5.2"].score, card["5.3"].score) == (Decimal("6.00"), Decimal("6.00"))


def test_a_complaint_never_counts() -> None:
    wrong = item("complaint", ("not_received", "2026-03-20T16:00", {"reason": "…", "reason_code": "another_law"}))
    found = counted(item("good", *GOOD), wrong)
    assert (dict(found.counts), found.outside) == ({"5.2": (1, 1), "5.3": (1, 1)}, ("complaint",))
    machine = dossier.machine("vn-complaint@decree-155-2026")
    real = machine.new(id="KN", procedure="khiếu nại", channel="post", at=at("2026-08-03T09:00"))
    with pytest.raises(InvalidValueError, match="vn-feedback"):
        counted(real)


def test_classes_are_told_for_information() -> None:
    found = counted(
        *(item(str(n), registered(code)) for n, code in enumerate(("conduct", "rule", "rule"))), item("new")
    )
    assert dict(found.classes) == {"conduct": 1, "rule": 2}
    assert found.items[-1].of_class is None


def test_the_times_are_those_that_are_named() -> None:
    slow = item("1", registered(), ASSIGNED, answered("17"), published("17"))
    assert not counted(slow).items[0].late
    assert counted(slow, limits=dossier.sector("feedback-ninh-binh")).items[0].late  # 10 working days: to 16 March
    assert not counted(item("1", registered()), limits=dossier.sector("feedback")).items[0].late  # no time to answer
    for wrong in ({"limits": 3}, {"now": "2026-03-02"}):
        with pytest.raises((InvalidValueError, ValueError)):
            counted(slow, **wrong)


def test_what_happened_later_is_not_looked_at() -> None:
    case = item("1", *GOOD, rated("disliked"), AGAIN)
    [row] = counted(case, now="2026-03-24T09:00").items
    assert row.content


def test_counts_of_two_units_are_added() -> None:
    one, two = counted(item("1", *GOOD)), counted(item("2", *GOOD, AGAIN))
    assert one + two == counted(item("1", *GOOD), item("2", *GOOD, AGAIN))
    other: Any = 3
    with pytest.raises(TypeError):
        one + other


def test_what_was_sent_after_the_moment_of_looking_does_not_count_yet() -> None:
    later = item("PA-9", registered())
    assert dict(feedback_counts([later], calendar=CALENDAR, now=at("2026-03-02T08:59")).counts)["5.2"] == (0, 0)
    assert dict(feedback_counts([later], calendar=CALENDAR, now=at("2026-03-02T09:00")).counts)["5.2"] == (1, 1)
