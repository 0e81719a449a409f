"""What must hold of a case: every part that tells the time says what the second reading says, and the laws hold."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from random import Random
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core import deadlines, dossier, kpi
from onestop_core.deadlines import facts, lists, verify
from onestop_core.deadlines.terms import StatusCode
from onestop_core.kpi import form06
from onestop_core.model import Act, Interval, LimitUnit, Phase
from onestop_core.workdays import Calendar
from tests.deadlines.proof.logs import acts_of, course_of, told_by_acts
from tests.deadlines.proof.second import portal_says, story

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable, Sequence

    from onestop_core.deadlines import Countdown
    from onestop_core.deadlines.lists import CaseRow
    from onestop_core.model import DossierFacts
    from tests.deadlines.proof.logs import Case
    from tests.deadlines.proof.second import Did

LATE: Final = frozenset({StatusCode.OVERDUE, StatusCode.FINISHED_LATE})
MINUTE: Final = timedelta(minutes=1)

DIFFERENCES: Final = {
    "asked-more-than-once": "waiting-for-supplement",
    "requests-not-told": "supplements-unknown",
    "moment-not-told": "no-end-yet",
    "never-received": "received-unknown",
}
"""Where the measures say another thing than the clock, and the counting rule that their result names.

``docs/explanation/portal-and-clock.md`` tells of each.
"""


class DisagreementError(AssertionError):
    """Two parts of the library, or the library and the second reading, do not say the same."""


def same(what: str, one: object, two: object) -> None:
    if one != two:
        raise DisagreementError(f"{what}: {one} is not {two}")


def holds(what: str, true: bool, *told: object) -> None:
    if not true:
        raise DisagreementError(" ".join([what, *map(str, told)]))


def check(case: Case, counter: Counter[str]) -> None:
    """Check one case, and count what it was.

    Raises:
        DisagreementError: something does not hold.
    """
    chance = Random(f"check {case.number}")
    count = case.count()
    told = story(case.log)
    counted = case.second.counted(told, case.limit, case.last)
    same("what the law counts", count.counted, counted)
    held = case.second.in_force(told, case.limit, case.last)
    same("what is in force", count.in_force, held)
    _clock(case, count)
    _statuses(case, count, chance, counter)
    if counted is not None:
        _inside_no_wait(case, count)
        _laws(case, count, chance)
        _receipt(case, count, chance)
        _explained(count, chance)
    if case.dossier is not None:
        _measures(case, count, counter)
    _count(case, counter)


def _count(case: Case, counter: Counter[str]) -> None:
    policies, clock = case.second.policies, case.clock
    counter.update(
        (
            f"edition: {case.edition}",
            f"unit: {case.unit}",
            f"calendar: {case.second.days.kind}",
            f"hours: {case.second.office.kind}",
            f"day off at the end: {policies.end_on_day_off}",
            f"received late: {policies.late_receipt}",
            f"phase: {clock.phase}",
            f"waits in the count: {min(len(clock.pauses), 3)}{'+' if len(clock.pauses) > 2 else ''}",
            f"counts: {min(clock.count, 3)}{'+' if clock.count > 2 else ''}",
            *{f"act: {did.act}" for did in case.log},
        )
    )
    if any(one[1] == two[0] for one, two in pairwise(clock.pauses)):
        counter["waits that touch"] += 1
    if case.dossier is not None:
        counter[f"state: {case.dossier.state}"] += 1
        counter["events struck"] += bool(case.dossier.struck)
        for name in attrs.fields_dict(type(case.dossier.policy)):
            if getattr(case.dossier.policy, name) is not None:
                counter[f"rule of the procedure: {name}"] += 1


def _clock(case: Case, count: Countdown) -> None:
    """The machine and a host by acts tell the same clock; folding the log again gives the same dossier."""
    by_acts = case.count(clock=told_by_acts(case.log))
    same("the clock by acts", by_acts.counted, count.counted)
    same("in force by acts", by_acts.in_force, count.in_force)
    same("phase", str(case.clock.phase), story(case.log).phase)
    same("waits", case.clock.pauses, story(case.log).waits)
    if case.dossier is not None:
        machine = dossier.machine(case.edition)
        same("replayed", machine.replay(case.dossier.events) == case.dossier, True)
        same("the log of acts", tuple(acts_of(case.dossier)), case.log)


def _statuses(case: Case, count: Countdown, chance: Random, counter: Counter[str]) -> None:
    """At any moment, before and after the last event: the status is what the log up to then says."""
    moments = [case.look, case.last, case.last + chance.randrange(60 * 24 * 60) * MINUTE]
    if (held := count.in_force) is not None:
        moments += [held, held + timedelta.resolution]
    sooner = case.second.in_force(story(case.log), case.limit, case.last)
    for moment in sorted(moments):
        code, due = case.second.status(case.log, case.limit, moment)
        status = count.status(now=moment)
        same(f"status at {moment}", str(status.code), code)
        counter[f"status: {code}"] += 1
        holds("a measure is not negative", status.measure is None or status.measure.amount >= 0)
        if moment >= case.last:
            same(f"in force at {moment}", count.in_force_at(moment), due)
            holds("a later look finds an earlier moment", sooner is None or (due is not None and sooner <= due), due)
            sooner = due
            told = story(case.log)
            if told.stopped is not None and told.waits and told.waits[-1][1] == told.stopped and due is not None:
                begun = max(
                    told.waits[-1][0], *(did.at for did in told.said if did.promise is not None), told.waits[-1][0]
                )
                before = case.second.in_force(story(case.log[:-1]), case.limit, begun)
                in_time = before is not None and begun <= before
                holds("who ends while it waits is not late by the waiting", not in_time or code == "finished")


def _inside_no_wait(case: Case, count: Countdown) -> None:
    last = case.clock.appointment
    for start, end in case.clock.pauses:
        if end is None:
            continue
        due, held = count.counted, count.in_force
        assert due is not None
        assert held is not None
        prolonged = case.clock.prolonged
        if not prolonged or end > prolonged[-1].at:
            since = start if not prolonged or prolonged[-1].until is None else max(start, prolonged[-1].at)
            holds("due inside a wait that is over", not since <= due < end, due, start, end)
        if last is not None and end > last.at:
            holds("in force inside a wait that is over", not max(start, last.at) <= held < end, held, start, end)


def _laws(case: Case, count: Countdown, chance: Random) -> None:
    """A longer limit, a later receipt, a longer wait: never due earlier."""

    def later(what: str, other: Countdown) -> None:
        for one, two in ((count.counted, other.counted), (count.in_force, other.in_force)):
            assert one is not None
            assert two is not None
            holds(f"{what}, due earlier:", one <= two, one, two, *other.clock.spans, other.limit.text.en)

    step = case.limit.steps[-1]
    if step.unit not in {LimitUnit.SAME_DAY, LimitUnit.IMMEDIATE}:
        more = attrs.evolve(step, amount=step.amount + chance.choice((1, 1, 2, 5)))
        later("a longer limit", case.count(limit=attrs.evolve(case.limit, steps=(*case.limit.steps[:-1], more))))
    log = case.log
    begun = max(number for number, did in enumerate(log) if did.act in {Act.START, Act.RESTART})
    later("a later receipt", _moved(case, begun, _between(log, begun, chance)))
    waits = [number for number, did in enumerate(log) if did.act is Act.PAUSE and number > begun]
    if waits:
        pause = chance.choice(waits)
        before = log[pause - 1].at
        room = (log[pause].at - before) // MINUTE
        later("a wait from earlier on", _moved(case, pause, before + chance.randint(0, room) * MINUTE))
        ends = [number for number in range(pause + 1, len(log)) if log[number].act in {Act.RESUME, Act.STOP}]
        if ends and log[ends[0]].act is Act.RESUME:
            later("a wait until later", _moved(case, ends[0], _between(log, ends[0], chance)))


def _between(log: Sequence[Did], number: int, chance: Random) -> datetime:
    """A moment from that of an act to that of the next."""
    here = log[number].at
    room = (log[number + 1].at - here) // MINUTE if number + 1 < len(log) else 6 * 24 * 60
    return here + chance.randint(0, room) * MINUTE


def _moved(case: Case, number: int, at: datetime) -> Countdown:
    did = attrs.evolve(case.log[number], at=at)
    clock = told_by_acts((*case.log[:number], did, *case.log[number + 1 :]))
    return attrs.evolve(case.count(clock=clock), known_until=max(case.last, at))


def _receipt(case: Case, count: Countdown, chance: Random) -> None:
    """The receipt says what the clock says, and whoever counts it again finds the same."""
    receipt = count.to_receipt(explain=chance.random() < 0.1)
    same("the answer on the receipt", datetime.fromisoformat(receipt["answer"]["due_at"]), count.counted)
    same("problems of the receipt", verify(receipt, calendar=case.second.days.calendar), ())
    if chance.random() < 0.1:
        receipt["answer"]["due_at"] = (
            datetime.fromisoformat(receipt["answer"]["due_at"]) + 24 * 60 * MINUTE
        ).isoformat()
        holds("a changed receipt does not hold", bool(verify(receipt, calendar=case.second.days.calendar)))


def _explained(count: Countdown, chance: Random) -> None:
    if chance.random() < 0.25:
        deadline = count.due(explain=True)
        assert deadline is not None
        same("the explained moment", deadline.at, count.counted)
        # A host may write down an extension to what had passed, and then that is what its log says.
        until = any(each.until is not None for each in deadline.extensions)
        holds("due before the receipt", until or deadline.at >= deadline.received_at, deadline)
        days = [step.date for step in deadline.steps]
        same("the last step of the explanation", days[-1], deadline.day)
        same("the order of the explanation", days, sorted(days))


def _measures(case: Case, count: Countdown, counter: Counter[str]) -> None:
    """The facts, judged by the measures, say what the clock says, but where the portal has a rule of its own."""
    now = max(case.last, case.look)
    assert case.dossier is not None
    status, due = count.status(now=now), count.in_force_at(now)
    course, told = course_of(case.dossier), story(case.log)
    known = facts_of(case, now)
    same("due of the facts", known.due_at, due)
    same("receipt", (known.received_at, known.finished_at), (course.received, course.finished))
    same("requests", (known.supplement_requests, known.supplement_requested_at), (course.requests, told.asked))
    standing = kpi.counting.standing(known, until=now)
    if due is None:
        same("nothing to judge", (standing.on_time, str(standing.rule)), (None, DIFFERENCES["never-received"]))
        counter["difference: never-received"] += 1
        return
    in_time = status.code not in LATE
    by_itself = kpi.counting.standing(known, until=now, supplements="ignore")
    expected = portal_says(course, told, due, now)
    same("the portal's formula", (standing.finished, standing.on_time, str(standing.rule)), expected)
    same("without its rule", by_itself.on_time, portal_says(course, told, due, now, its_own=False)[1])
    same("the clock and the measures", by_itself.on_time, in_time)
    same("finished", standing.finished, case.clock.phase is Phase.STOPPED)
    counter[f"measure: {standing.rule}, {'on time' if standing.on_time else 'late'}"] += 1
    if standing.on_time != in_time:
        same("the rule by which they differ", str(standing.rule), DIFFERENCES["asked-more-than-once"])
        holds("asked more than once", standing.on_time is False and course.requests > 1)
        counter["difference: asked-more-than-once"] += 1
    # Without a moment of looking nobody knows how far a wait that lasts has moved the due moment.
    untold, in_force = facts_of(case, None), count.in_force
    assert in_force is not None
    unknown = told.phase == "paused" and told.asked is None and case.last <= in_force
    same("due without a moment", untold.due_at, None if unknown else in_force)
    if unknown:
        _says_nothing(untold, now, "moment-not-told", counter)
    if not standing.finished:
        _says_nothing(attrs.evolve(known, supplement_requests=None), now, "requests-not-told", counter)
    _at_an_earlier_end(case, count)


def _says_nothing(known: DossierFacts, now: datetime, why: str, counter: Counter[str]) -> None:
    vague = kpi.counting.standing(known, until=now)
    same(why, (vague.on_time, str(vague.rule)), (None, DIFFERENCES[why]))
    counter[f"difference: {why}"] += 1


def _at_an_earlier_end(case: Case, count: Countdown) -> None:
    """At the end of a period before the last event: the log up to then, folded again, is judged as the clock stood."""
    assert case.dossier is not None
    # An event that was struck later was not struck then.
    if case.dossier.events[0].at <= case.look < case.last and not case.dossier.struck:
        machine = dossier.machine(case.edition)
        then = machine.replay([event for event in case.dossier.events if event.at <= case.look])
        known = facts_of(attrs.evolve(case, dossier=then, clock=then.clock, last=then.events[-1].at), case.look)
        standing = kpi.counting.standing(known, until=case.look, supplements="ignore")
        in_time = count.status(now=case.look).code not in LATE
        same("the measures at an earlier end", standing.on_time, in_time if then.clock.count else None)


def facts_of(case: Case, now: datetime | None) -> DossierFacts:
    assert case.dossier is not None
    second = case.second
    found = facts(
        case.dossier,
        case.limit,
        calendar=second.days.calendar,
        hours=second.office.hours,
        policies=second.policies,
        now=now,
        unit="H26",
        field="đất đai",
    )
    return attrs.evolve(found, id=str(case.number))


def check_together(cases: Sequence[Case], until: datetime, counter: Counter[str]) -> None:
    """Check the lists and the tallies over many cases that are looked at at the same moment.

    Raises:
        DisagreementError: a list, a data frame or a tally says something else than the clocks.
    """
    logs = [case for case in cases if case.dossier is not None]
    known = [facts_of(case, until) for case in logs]
    _columns(cases, counter)
    if not logs:  # a case alone, told by acts
        return
    _tallies(known, {case.number: case.count().status(now=until).code for case in logs}, until)
    rows = [_row(case) for case in logs]
    engines = [_in_python(rows), _in_sqlite(rows), _in_frame(rows)]
    # At the end of the day nothing is due later on it; so the lists of its morning are looked at, too.
    for now in (until, until.replace(hour=9, minute=30, second=0, microsecond=0)):
        statuses = {str(case.number): case.count().status(now=now).code for case in logs if case.last <= now}
        for code in StatusCode:
            listing = lists.with_status(code, now=now)
            expected = sorted(name for name, status in statuses.items() if status is code)
            for engine in engines:
                same(f"the list of {code}", engine(listing), expected)
            counter[f"rows of a list: {code}"] += len(expected)
        soon = lists.due_within(3, now=now, calendar=logs[0].second.days.calendar)
        found = [engine(soon) for engine in engines]
        same("due soon", found[1:], found[:1] * (len(found) - 1))


def _columns(cases: Sequence[Case], counter: Counter[str]) -> None:
    """A column of due moments, counted at once in one setting: each as the second reading counts it."""
    import polars as pl

    from onestop_core.ext import frames

    chosen = next(
        (each.second for each in cases if isinstance(each.second.days.calendar, Calendar) and each.second.office.hours),
        None,
    )
    stories = {str(case.number): (story(case.log), case.limit) for case in cases}
    asked = {name: (told, limit) for name, (told, limit) in stories.items() if told.start is not None}
    if chosen is None or not asked:
        return
    frame = pl.DataFrame(
        {
            "id": list(asked),
            "received_at": [_plain(told.start) for told, _ in asked.values()],
            "limit": [limit.text.en for _, limit in asked.values()],
        }
    )
    waits = [(name, first, last) for name, (told, _) in asked.items() for first, last in told.waits]
    moment = pl.Datetime("us", "UTC")
    pauses = pl.DataFrame(
        [(name, _plain(first), _plain(last)) for name, first, last in waits],
        schema={"id": pl.String, "paused_at": moment, "resumed_at": moment},
        orient="row",
    )
    options = attrs.asdict(chosen.policies)
    calendar: Any = chosen.days.calendar
    counted = frames.due(frame, calendar=calendar, hours=chosen.office.hours, pauses=pauses, **options)
    for (name, (told, limit)), found in zip(asked.items(), counted["due_at"].to_list(), strict=True):
        assert told.start is not None
        known = told.waits[-1][0] if told.waits else told.start
        due = chosen.limit(told.start, limit.steps, chosen.waits(told, known), received=True)
        same(f"the due moment of {name} in a column ({limit.text.en}, {told.start}, {told.waits})", found, due)
    counter["moments in a column"] += len(asked)


def _tallies(known: Sequence[DossierFacts], statuses: dict[int, StatusCode], until: datetime) -> None:
    import polars as pl

    from onestop_core.ext import frames

    period = Interval(last=until.date())
    tally = kpi.tally(known, period=period)
    columns = [column.name for column in frames.facts_columns()]
    frame = pl.DataFrame(
        {name: [_plain(getattr(each, name)) for each in known] for name in columns}, infer_schema_length=None
    )
    index = kpi.index("vn-766@portal-2026")
    for policy in ("portal", "ignore"):
        counted = kpi.tally(known, period=period, supplements=policy)
        by_frame = frames.tally(frame, index, period=period, supplements=policy)[()]
        for name in ("2.1", "5.4"):
            same(f"metric {name} in a frame", by_frame[name], counted[name])
        same("finished in a frame", (by_frame.finished, by_frame.in_progress), (counted.finished, counted.in_progress))
        judged = [kpi.counting.standing(each, until=until, supplements=policy) for each in known if each.received_at]
        same("on time", counted["2.1"].numerator, sum(each.on_time is True for each in judged))
    late = sum(code in LATE for code in statuses.values())
    form = form06.fill(known, period=Interval(first=until.date() - timedelta(days=400), last=until.date())).total
    same("late by form 06", (form.late or 0) + (form.overdue or 0), late)
    same("dossiers", tally.dossiers, len(known))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC)
    return str(value) if isinstance(value, str) else value


def _row(case: Case) -> CaseRow:
    assert case.dossier is not None
    second = case.second
    row = deadlines.row(
        case.dossier,
        case.limit,
        calendar=second.days.calendar,
        hours=second.office.hours,
        policies=second.policies,
    )
    return attrs.evolve(row, id=str(case.number))


def _in_python(rows: Sequence[CaseRow]) -> Callable[[lists.Listing], list[str]]:
    return lambda listing: sorted(row.id for row in listing.of(rows))


def _in_sqlite(rows: Sequence[CaseRow]) -> Callable[[lists.Listing], list[str]]:
    base = sqlite3.connect(":memory:")
    base.execute(lists.create_table("sqlite"))
    base.executemany(lists.upsert("sqlite"), [row.values("sqlite") for row in rows])
    return lambda listing: sorted(
        name
        for (name,) in base.execute(f"SELECT id FROM case_rows WHERE {listing.sql('sqlite')}")  # noqa: S608 - our own SQL
    )


def _in_frame(rows: Sequence[CaseRow]) -> Callable[[lists.Listing], list[str]]:
    import polars as pl

    from onestop_core.ext import frames

    kinds = {"moment": pl.Datetime("us", "Asia/Ho_Chi_Minh"), "count": pl.Int64, "text": pl.String}
    schema: dict[str, Any] = {column.name: kinds[column.kind] for column in lists.columns()}
    frame = pl.DataFrame([tuple(map(_plain, row.values("postgresql"))) for row in rows], schema=schema, orient="row")
    return lambda listing: sorted(frames.listed(frame, listing).collect()["id"].to_list())
