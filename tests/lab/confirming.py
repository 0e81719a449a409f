"""Every number of a replay, held to the second way: what a row says, each figure with its bounds, each scorecard, by group."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import TYPE_CHECKING, Any

import attrs

from onestop_core import dossier, kpi, lab
from onestop_core.dossier import Dossier
from onestop_core.model import DossierFacts, Interval, day_of
from tests.lab import second

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from decimal import Decimal

    from onestop_core.kpi.service_index import MetricScore
    from onestop_core.lab import Law, Replay
    from onestop_core.lab.replaying import Compared

COLUMNS: tuple[lab.replaying.By, ...] = ("unit", "procedure", "field", "month")
BEHAVIOURS = ("same_moments", "as_kept", "same_work", "as_fast")


@attrs.frozen(kw_only=True)
class Hand:
    """A dossier under two laws, worked out by hand: before and after as pairs."""

    case: Dossier
    walked: tuple[second.Walked, second.Walked]
    due: tuple[datetime | None, datetime | None]
    ended: tuple[datetime | None, datetime | None]
    open: list[str]
    why: list[str]
    days: list[date]
    worked: datetime | None
    unit: str | None
    field: str | None
    month: str
    now: datetime

    @property
    def lost(self) -> bool:
        return "course" in self.open or "end" in self.open

    @property
    def moved(self) -> bool:
        return None not in self.due and self.due[0] != self.due[1]

    @property
    def later(self) -> bool:
        return self.moved and self.due[1] > self.due[0]  # type: ignore[operator]

    def late(self, place: int) -> bool | None:
        due = self.due[place]
        return None if due is None else (self.ended[place] or self.now) > due

    def late_if(self, behaviour: str) -> bool | None:
        """Whether it is late after, had people behaved so."""
        due = self.due[1]
        if due is None:
            return None
        return {
            "same_moments": self.late(1),
            "as_kept": self.late(0),
            "same_work": (self.now if self.ended[1] is None or self.worked is None else self.worked) > due,
            "as_fast": not self.moved and self.late(1),
        }[behaviour]

    @property
    def may_end_between(self) -> bool:
        """Whether it has not ended, and the later of its two due moments has not passed."""
        return self.moved and self.ended[1] is None and self.now <= max(each for each in self.due if each is not None)


def by_hand(case: Dossier, under: Law, against: Law, now: datetime, fields: Mapping[str, str]) -> Hand:
    old, new = second.walk(case, against), second.walk(case, under)
    before = second.due(old, against, case.procedure, now)
    after = second.due(new, under, case.procedure, now)
    reasons: list[str] = []
    fresh = any(second.changes_course(each) for each in second.only(new.refused, old.refused))
    gone = any(not each.followed and second.changes_course(each) for each in second.only(old.refused, new.refused))
    if fresh or gone:
        reasons.append("course")
    elif (old.ended is None) != (new.ended is None):
        reasons.append("end")
    if under.limits.of(case.procedure) is None or against.limits.of(case.procedure) is None:
        reasons.append("limit")
    lost = "course" in reasons or "end" in reasons
    if lost:
        after, before = None, None if gone else before
    why: list[str] = []
    days: list[date] = []
    if before is not None and after is not None and before != after:
        for part in ("calendar", "lifecycle", "limits", "policies", "policy", "hours"):
            if getattr(under, part) != getattr(against, part):
                mixed = attrs.evolve(against, **{part: getattr(under, part)})
                if second.due(second.walk(case, mixed), mixed, case.procedure, now) != before:
                    why.append(part)
        assert old.start is not None
        moments = (old.start, before, after)
        days = second.differing(under, against, min(moments).date(), max(moments).date())
    events = case.events
    unit = case.opening.competent_unit or case.opening.receiving_unit
    received = [each.case.milestones.received_at for each in (old, new) if each.case is not None]
    month = next((each for each in received if each is not None), events[0].at)
    return Hand(
        case=case,
        walked=(old, new),
        due=(before, after),
        ended=(old.ended, new.ended),
        open=reasons,
        why=why,
        days=days,
        worked=None if lost else second.same_work(new, under, against) if after else new.ended,
        unit=unit or next((each.unit for each in events if each.unit is not None), None),
        field=fields.get(case.procedure),
        month=month.isoformat()[:7],
        now=now,
    )


def confirm(
    cases: Sequence[Dossier], under: Law, against: Law, *, now: datetime | None, fields: Mapping[str, str]
) -> Replay:
    """Replay *cases*, and assert that the second way comes to every number that is said."""
    found = lab.replay(cases, under=under, against=against, now=now, fields=fields)
    at = now or max(case.events[-1].at for case in cases)
    assert found.now == at
    hands = [by_hand(case, under, against, at, fields) for case in cases]
    for row, hand in zip(found.rows, hands, strict=True):
        row_agrees(row, hand)
    figures_agree({each.name: each for each in found.figures}, hands)
    scores_agree(found.scores, hands, under, against)
    for by in COLUMNS:
        groups: dict[str | None, list[Hand]] = {}
        for hand in hands:
            key = hand.case.procedure if by == "procedure" else getattr(hand, by)
            groups.setdefault(key, []).append(hand)
        assert found.figures_by(by).keys() == groups.keys()
        assert found.scores_by[by].keys() == {key or "" for key in groups}
        for key, group in groups.items():
            figures_agree({each.name: each for each in found.figures_by(by)[key]}, group)
            assert found.figure("moved", by=by, key=key).count == sum(hand.moved for hand in group)
            scores_agree(found.scores_by[by][key or ""], group, under, against)
    changes_agree(found, hands)
    return found


def row_agrees(row: Compared, hand: Hand) -> None:
    assert row.error is None
    told = {
        "id": row.id,
        "groups": (row.unit, row.field, row.month),
        "due": (row.before.due, row.after.due),
        "ended": (row.before.ended, row.after.ended),
        "late": (row.before.late, row.after.late),
        "open": [reason.value for reason in row.open],
        "moved": (row.moved, row.newly_late, row.newly_in_time),
        "why": [part.value for part in row.why],
        "days": list(row.days),
        "late_if": [row.late_if(each) for each in BEHAVIOURS],
        "worked": row.worked,
        "at_stake": row.at_stake,
    }
    assert told == {
        "id": hand.case.id,
        "groups": (hand.unit, hand.field, hand.month),
        "due": hand.due,
        "ended": hand.ended,
        "late": (hand.late(0), hand.late(1)),
        "open": hand.open,
        "moved": (hand.moved, *((hand.late(0), hand.late(1)) == pair for pair in ((False, True), (True, False)))),
        "why": hand.why,
        "days": hand.days,
        "late_if": [hand.late_if(each) for each in BEHAVIOURS],
        "worked": hand.worked,
        "at_stake": hand.may_end_between,
    }
    for side, walked in zip((row.before, row.after), hand.walked, strict=True):
        assert (side.waits, side.waited, side.restarts, side.extensions) == (
            len(walked.waits),
            second.waited(walked, hand.now),
            max(walked.count - 1, 0),
            len(walked.extended),
        ), hand.case.id
        assert [
            (each.number, each.kind.value, each.rule, each.basis.en, each.followed, each.consequence)
            for each in side.refused
        ] == [attrs.astuple(each) for each in walked.refused], hand.case.id


def figures_agree(figures: Mapping[str, Any], hands: list[Hand]) -> None:
    """Hold each figure, its lowest and its highest, to what may have become of each dossier."""

    def holds(
        name: str, belongs: Callable[[Hand], bool], perhaps: Callable[[Hand], bool], *, least: bool = True
    ) -> None:
        count = sum(belongs(hand) for hand in hands)
        figure = figures[name]
        assert figure.dossiers == tuple(hand.case.id for hand in hands if belongs(hand)), name
        most = sum(belongs(hand) or perhaps(hand) for hand in hands)
        assert (figure.lowest, figure.count, figure.highest) == (count if least else 0, count, most), name

    def never(_: Hand) -> bool:
        return False

    def unknown(hand: Hand) -> bool:
        return bool(hand.open)

    def turned(hand: Hand, was: bool, *, later: bool) -> bool:
        if hand.open:
            return hand.late(0) is not (not was)
        after = {hand.late_if(each) for each in BEHAVIOURS}
        return (hand.late(0) is was and (not was) in after) or (hand.may_end_between and hand.later is later)

    def clock(hand: Hand, place: int) -> tuple[int, timedelta, int]:
        walked = hand.walked[place]
        return len(walked.waits), second.waited(walked, hand.now), max(walked.count - 1, 0)

    def fresh(hand: Hand, one: int, other: int) -> bool:
        return any(not each.consequence for each in second.only(hand.walked[one].refused, hand.walked[other].refused))

    holds("dossiers", lambda _: True, never)
    holds("moved", lambda hand: hand.moved, unknown)
    holds("later", lambda hand: hand.later, unknown)
    holds("earlier", lambda hand: hand.moved and not hand.later, unknown)
    holds("at_stake", lambda hand: hand.may_end_between, unknown)
    late, in_time = ((hand_was, not hand_was) for hand_was in (False, True))
    holds(
        "newly_late",
        lambda hand: (hand.late(0), hand.late(1)) == late,
        lambda hand: turned(hand, was=False, later=False),
        least=False,
    )
    holds(
        "newly_in_time",
        lambda hand: (hand.late(0), hand.late(1)) == in_time,
        lambda hand: turned(hand, was=True, later=True),
        least=False,
    )
    holds("newly_forbidden", lambda hand: fresh(hand, 1, 0), never)
    holds("newly_allowed", lambda hand: fresh(hand, 0, 1), never)
    holds("waiting_changed", lambda hand: not hand.open and clock(hand, 0) != clock(hand, 1), unknown)
    holds(
        "extensions_changed",
        lambda hand: not hand.open and len(hand.walked[0].extended) != len(hand.walked[1].extended),
        unknown,
    )
    holds("open", unknown, never)
    holds("failed", never, never)


def scores_agree(scores: lab.replaying.Scores, hands: list[Hand], under: Law, against: Law) -> None:
    """Hold each card to facts put together by hand, and its metric of being in time to dossiers asked one by one."""
    cards = {}
    for name in ("before", *BEHAVIOURS):
        law = against if name == "before" else under
        facts = [told for hand in hands if (told := facts_of(hand, name)) is not None]
        now = hands[0].now
        cards[name] = law.index.score(kpi.tally(facts, period=Interval(last=day_of(now))))
        told = getattr(scores, name)
        assert told == cards[name], name
        end = now.replace(hour=23, minute=59, second=59, microsecond=999999)
        judged = [kpi.counting.standing(each, until=end).on_time for each in facts if each.received_at is not None]
        assert (told["2.1"].numerator or 0, told["2.1"].unknown) == (judged.count(True), judged.count(None)), name
    for metric in ("2.1", "4.1"):
        assert scores.bounds(metric) == span([cards[name][metric] for name in BEHAVIOURS])
    assert scores.total_bounds == span([cards[name] for name in BEHAVIOURS])


def span(cards: Sequence[kpi.Scorecard | MetricScore]) -> tuple[Decimal, Decimal] | None:
    """The lowest and the highest of all; none where one has none."""
    lowest, highest = ([low for each in cards if (low := end(each)) is not None] for end in ENDS)
    return (min(lowest), max(highest)) if len(lowest) == len(cards) else None


ENDS = (attrgetter("lowest"), attrgetter("highest"))


def facts_of(hand: Hand, name: str) -> DossierFacts | None:
    """Return what measures know of it, had people behaved so."""
    old, new = (each.case for each in hand.walked)
    case = old if name == "before" or new is None or old is None else new
    if name != "before" and old is not None and (hand.lost or new is None):
        case = old
    if case is None:
        case = old if old is not None else new
    if case is None:
        return None
    told = dossier.facts(case, unit=hand.unit, field=hand.field)
    if name == "before":
        return attrs.evolve(told, due_at=hand.due[0] if old is not None else None)
    due, ended = hand.due[1], told.finished_at
    if hand.lost or due is None:
        return attrs.evolve(told, due_at=hand.due[0] if name == "as_kept" and hand.moved else None)
    if name == "as_kept":
        due = hand.due[0]
    elif name == "same_work":
        ended = None if ended is None else hand.worked
    elif name == "as_fast" and hand.moved and hand.late(1):
        due = ended or hand.now.replace(hour=23, minute=59, second=59, microsecond=999999)
    return attrs.evolve(told, due_at=due, finished_at=ended)


def changes_agree(found: Replay, hands: list[Hand]) -> None:
    """Hold the steps newly forbidden and allowed, with rule and article, and why what is open is open."""
    for changes, one, other in ((found.forbidden, 1, 0), (found.allowed, 0, 1)):
        expected: dict[tuple[str, str, str], list[str]] = {}
        for hand in hands:
            for each in second.only(hand.walked[one].refused, hand.walked[other].refused):
                if not each.consequence:
                    ids = expected.setdefault((hand.case.events[each.number].kind, each.rule, each.basis), [])
                    if hand.case.id not in ids:
                        ids.append(hand.case.id)
        told = {(each.event, each.rule, each.basis.en): list(each.dossiers) for each in changes}
        assert told == expected
        assert len(told) == len(changes)
    reasons = ("course", "end", "limit")
    expected_open = {why: [hand.case.id for hand in hands if why in hand.open] for why in reasons}
    assert {why.value: list(ids) for why, ids in found.open} == {why: ids for why, ids in expected_open.items() if ids}
