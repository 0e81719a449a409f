"""Logs under another law: each number confirmed by a second way, and what is left open is open."""

from __future__ import annotations

import os
from collections import Counter
from datetime import date, datetime, time, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from onestop_core import deadlines, dossier, kpi, lab, workdays
from onestop_core.errors import InvalidValueError
from onestop_core.lab.replaying import OpenReason
from onestop_core.model import Interval
from tests.lab import worlds
from tests.lab.confirming import confirm
from tests.lab.tables import broken, without_guard

if TYPE_CHECKING:
    from onestop_core.dossier import Dossier
    from onestop_core.lab import Law

WORLDS = 2000 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 60
"""How many small random worlds are looked at; more in the thorough run."""
DAYS = {"1.004873": 3, "1.004222": 7, "1.001456": 8, "2.000884": 1}
LIMITS = {code: f"{days} working days" for code, days in DAYS.items()}
KNOWN = lab.law(
    name="known", calendar=workdays.calendar("vn-civil", as_of=date(2025, 12, 24)), limits=LIMITS, lifecycle="vn"
)
DECIDED = KNOWN.but(name="decided", calendar=workdays.calendar("vn-civil", as_of=date(2025, 12, 25)))
TODAY = lab.law(name="today", limits=LIMITS)


def world(seed: int, year: int, size: int = 12) -> list[Dossier]:
    """Return a small world: of the year, and some of its last days, when most is moved."""
    cases = list(lab.generate(size, year=year, seed=seed, limits=TODAY.limits))
    late = [
        case
        for case in lab.generate(400, year=year, seed=seed, first=1000, limits=TODAY.limits)
        if case.id.split("-")[1][2:4] == "12" or case.channel == "kiosk" or case.opening.other_level
    ]
    return cases + late[:size]


LAWS: dict[str, tuple[Law, Law, int]] = {
    "a holiday decision": (DECIDED, KNOWN, 2025),
    "61 to 118": (TODAY.but(lifecycle="vn@decree-118-2025", name="118"), TODAY, 2025),
    "the amendment of 2026": (
        TODAY.but(lifecycle="vn@decree-118-2025-amended-309-2026", name="309"),
        TODAY,
        2026,
    ),
    "back to 61": (TODAY.but(lifecycle="vn@decree-61-2018", name="61"), TODAY, 2026),
    "against what no log was made under": (TODAY, TODAY.but(lifecycle="vn@decree-118-2025-amended-309-2026"), 2026),
    "opened anew": (TODAY, TODAY.but(lifecycle="vn@decree-61-2018", name="61"), 2026),
    "a third less time": (
        TODAY.but(limits={c: f"{-(-d * 2 // 3)} working days" for c, d in DAYS.items()}),
        TODAY,
        2026,
    ),
    "no second request for papers": (TODAY.but(policy=dossier.Policy(max_supplements=0)), TODAY, 2025),
    "two requests for papers": (TODAY.but(policy=dossier.Policy(max_supplements=2)), TODAY, 2025),
}


@pytest.mark.parametrize("seed", [1, 2])
@pytest.mark.parametrize("name", LAWS)
def test_every_number_of_a_made_up_year_is_confirmed_by_a_second_way(name: str, seed: int) -> None:
    under, against, year = LAWS[name]
    found = confirm(world(seed, year), under, against, now=None, fields=lab.fields())
    assert found.figure("failed").count == 0


@pytest.mark.parametrize("first", range(0, WORLDS, 10))
def test_every_number_of_small_random_worlds_is_confirmed_by_a_second_way(first: int) -> None:
    for number in range(first, first + 10):
        made = worlds.world(number)
        found = confirm(made.cases, made.under, made.against, now=made.now, fields=worlds.FIELDS)
        assert len(found.rows) == len(made.cases), number


def test_the_small_worlds_are_wide_enough_to_tell() -> None:
    counts: Counter[str] = Counter()
    found = lab.replay((), under=TODAY, now=datetime.fromisoformat("2026-01-05T08:00+07:00"))
    for number in range(WORLDS):
        made = worlds.world(number)
        found = lab.replay(made.cases, under=made.under, against=made.against, now=made.now, fields=worlds.FIELDS)
        for row in found.rows:
            counts.update(f"why {part.value}" for part in row.why)
            counts.update(f"open {reason.value}" for reason in row.open)
            counts["restarts"] += row.after.restarts > 0
            counts["waits"] += row.after.waits > row.after.restarts
            counts["extensions"] += row.moved and row.after.extensions > 0
            counts["other work"] += row.worked != row.after.ended
        counts.update({figure.name: figure.count for figure in found.figures})
        counts["wider"] += sum(figure.lowest != figure.highest for figure in found.figures)
    never = {"failed", "extensions_changed"}
    names = {figure.name for figure in found.figures} - never
    assert not [name for name in names if not counts[name]]
    # Another lifecycle alone rarely moves or ends anything: the made-up years have those.
    assert {f"why {part.value}" for part in lab.LawPart if part != "lifecycle"} <= counts.keys()
    assert {f"open {reason.value}" for reason in OpenReason if reason != "end"} <= counts.keys()
    assert min(counts[name] for name in ("restarts", "waits", "extensions", "other work", "wider")) > 0


def test_why_names_the_parts_that_move_it_alone() -> None:
    shorter = DECIDED.but(limits=dict.fromkeys(LIMITS, "2 working days"), name="both")
    found = lab.replay(world(1, 2025), under=shorter, against=KNOWN)
    whys = {tuple(part.value for part in row.why) for row in found.rows if row.moved}
    assert ("limits",) in whys
    assert ("calendar", "limits") in whys


def test_the_supplement_rule_moves_what_waited() -> None:
    cases = [case for case in lab.generate(200, year=2026, limits=TODAY.limits) if case.clock.restarts]
    pausing = TODAY.but(policy=dossier.Policy(supplement_clock="pause"), name="pause")
    found = lab.replay(cases, under=pausing, against=TODAY)
    assert found.figure("waiting_changed").count == len(cases) > 5
    assert all(row.before.restarts == 1 and row.after.restarts == 0 for row in found.rows if not row.before.refused)
    assert {row.why for row in found.rows if row.moved} == {(lab.LawPart.POLICY,)}


def test_what_the_law_leaves_open_is_a_part_of_it() -> None:
    cases = list(lab.generate(150, year=2026, limits=TODAY.limits))
    late = TODAY.but(policies=deadlines.Policies(late_receipt="every_limit"), name="late receipt")
    found = lab.replay(cases, under=late, against=TODAY)
    received = {case.id: case.clock.counted_from for case in cases}
    # An extension to a moment is that moment, and the days of a wait that goes on to the end are not counted either way.
    extended = {case.id for case in cases if case.clock.prolonged or case.clock.pauses}
    after_three = {
        name
        for name, at in received.items()
        if at is not None and (at.time() > time(15) or not TODAY.calendar.is_workday(at.date()))
    }
    moved = set(found.figure("moved").dossiers)
    assert moved - extended == after_three - extended != set()
    assert {row.why for row in found.rows if row.moved} == {(lab.LawPart.POLICIES,)}


def test_an_edited_copy_of_an_edition_is_a_law_too() -> None:
    table = "vn/lifecycle/decree-118-2025"
    without = broken(without_guard("one_supplement_after_appraisal"), table=table).lifecycle
    cases = list(lab.generate(400, year=2026, limits=TODAY.limits))
    twice = [
        case.id
        for case in cases
        if case.lifecycle == "vn@decree-118-2025"
        and [event.kind for event in case.events].count("supplement_requested") == 2
    ]
    own = TODAY.but(lifecycle="vn@decree-118-2025", name="118")
    found = lab.replay(cases, under=own.but(lifecycle=without, name="118 without"), against=own)
    [change] = found.allowed
    assert set(twice) <= set(change.dossiers)
    assert (change.rule, change.basis.en) == (
        "one_supplement_after_appraisal",
        "Decree 118/2025/NĐ-CP, art. 11(2)(c) [inferred]",
    )


def test_a_replay_of_the_same_law_moves_nobody() -> None:
    found = lab.replay(world(3, 2026), under=TODAY)
    assert [figure.name for figure in found.figures if figure.count] == ["dossiers"]
    assert found.against.name == "law of their day"
    assert found.scores.before == found.scores.same_moments == found.scores.as_kept
    assert repr(found) == f"<Replay of {len(found.rows)} dossiers under 'today' against 'law of their day'>"


def test_what_nobody_can_know_is_said_and_the_score_lies_between_bounds() -> None:
    under, against, year = LAWS["back to 61"]
    found = lab.replay(lab.generate(300, year=year, limits=TODAY.limits), under=under, against=against)
    assert {reason for reason, _ in found.open} == {OpenReason.COURSE, OpenReason.END}
    assert found.scores.same_moments["2.1"].unknown == found.figure("open").count > 0
    assert {change.event for change in found.forbidden} >= {"created", "guided", "closed_incomplete"}
    guided = next(change for change in found.forbidden if change.event == "guided")
    assert (guided.name.en, guided.basis.en) == ("Guide the applicant", "Decree 61/2018/NĐ-CP")
    lines = found.lines()
    assert any(line.startswith("Newly forbidden: Guide the applicant: ") for line in lines)
    assert found.lines(language="vi")[0] == "today → 61"
    told = found.to_dict()
    assert told["figures"]["open"]["count"] == len(told["figures"]["open"]["dossiers"])
    assert {"key", "figures", "bounds", "scores"} == told["by"]["unit"][0].keys()
    assert told["scores"]["bounds"]["2.1"] == {
        "before": ["19.13", "19.13"],
        "after": ["18.33", "19.20"],
    }
    assert "rows" not in found.to_dict(rows=False)
    assert [row["open"] for row in told["rows"]].count(["end"]) == len(dict(found.open)[OpenReason.END])


def test_a_dossier_counts_once_for_an_article_that_it_breaks_twice() -> None:
    strict = TODAY.but(policy=dossier.Policy(max_supplements=0), name="none")
    cases = [
        case
        for case in lab.generate(400, year=2026, limits=TODAY.limits)
        if [event.kind for event in case.events].count("supplement_requested") == 2
    ]
    found = lab.replay(cases, under=strict, against=TODAY.but(policy=dossier.Policy(max_supplements=2), name="two"))
    assert {len(row.forbidden) for row in found.rows} == {2}
    assert [len(change.dossiers) for change in found.forbidden] == [len(cases)]


def test_what_has_no_limit_is_open_and_not_counted() -> None:
    known = lab.law(limits={"1.004873": "3 working days"})
    found = lab.replay(world(1, 2026), under=known)
    unknown = [row for row in found.rows if row.procedure != "1.004873"]
    assert dict(found.open)[OpenReason.LIMIT] == tuple(row.id for row in unknown) != ()
    assert {row.before.due for row in unknown} == {None}
    assert unknown[0].by == timedelta()
    assert unknown[0].text.en == "its time limit is not known"
    assert found.scores.before["2.1"].unknown == len(unknown)


def test_a_row_says_what_became_of_it() -> None:
    found = lab.replay(world(1, 2025), under=DECIDED, against=KNOWN)
    row = next(row for row in found.rows if row.moved)
    assert row.before.due is not None
    assert row.text.en.startswith("moved from ")
    assert row.to_dict()["moved"] is True
    by_the_hour = attrs.evolve(row, after=attrs.evolve(row.after, due=row.before.due + timedelta(minutes=-30)))
    assert by_the_hour.text.en.endswith("23:29:59") or "23:29" in by_the_hour.text.en
    assert next(row for row in found.rows if not row.moved).text.en == "not moved"


def test_a_log_of_somebody_elses_edition_is_a_row_that_says_so() -> None:
    case = world(1, 2026)[0]
    opening = attrs.evolve(case.opening, lifecycle="vn@elsewhere")
    foreign = (attrs.evolve(case.events[0], opening=opening), *case.events[1:])
    found = lab.replay([foreign, case], under=TODAY)
    assert found.figure("failed").dossiers == (case.id,)
    assert found.rows[0].error is not None
    assert "vn@elsewhere" in found.rows[0].text.en
    assert found.rows[0].to_dict()["error"]["code"] == "unknown-code"
    assert found.figure("dossiers").count == 2


def test_what_is_still_being_handled_may_end_late_by_one_law_and_in_time_by_the_other() -> None:
    machine, at = dossier.machine("vn@decree-118-2025"), datetime.fromisoformat("2026-03-02T08:15+07:00")
    case = machine.step(
        machine.new(id="1", procedure="1.004873", channel="in_person", at=at), dossier.event("received", at)
    )
    shorter = TODAY.but(limits="2 working days", name="2")

    def bounds(under: Law, against: Law, days: int) -> tuple[tuple[int, int, int], ...]:
        found = lab.replay([case], under=under, against=against, now=at + timedelta(days=days))
        names = ("at_stake", "newly_late", "newly_in_time")
        return tuple((each.lowest, each.count, each.highest) for each in map(found.figure, names))

    # Due on Thursday 5 March by one law, on Wednesday 4 by the other.
    yes, no, perhaps = (1, 1, 1), (0, 0, 0), (0, 0, 1)
    assert bounds(shorter, TODAY, 1) == (yes, perhaps, no)
    assert bounds(TODAY, shorter, 1) == (yes, no, perhaps)
    assert bounds(shorter, TODAY, 3) == (yes, (0, 1, 1), no)
    assert bounds(TODAY, shorter, 3) == (yes, no, (0, 1, 1))
    # Late by either: only who is as fast as the law allows would have been in time.
    assert bounds(shorter, TODAY, 9) == (no, no, perhaps)


def test_behaviours_give_a_lowest_and_a_highest_score() -> None:
    less = TODAY.but(limits=TODAY.limits.cut(Fraction(1, 3)), name="less")
    found = lab.replay(lab.generate(200, year=2026, limits=TODAY.limits), under=less, against=TODAY)
    moved, late = found.figure("moved"), found.figure("newly_late")
    assert late.lowest == 0 < late.count == late.highest < moved.count
    scores = found.scores
    assert scores.same_moments["2.1"].score < scores.as_kept["2.1"].score < scores.as_fast["2.1"].score  # type: ignore[operator]
    assert scores.bounds("2.1") == (scores.same_moments["2.1"].score, scores.as_fast["2.1"].score)
    assert scores.after("as_kept") == scores.as_kept
    assert scores.bounds("1.1") is None
    row = next(row for row in found.rows if row.newly_late)
    assert [row.late_if(each) for each in lab.replaying.Behaviour] == [True, False, True, False]
    with pytest.raises(InvalidValueError, match="as_kept"):
        row.late_if("as_ever")
    with pytest.raises(InvalidValueError, match="as_kept"):
        scores.after("as_ever")
    assert all(each.text.vi and each.text.en for each in lab.replaying.Behaviour)


def test_rows_that_tell_nothing_need_not_be_kept() -> None:
    under, against, year = LAWS["back to 61"]
    cases = list(lab.generate(150, year=year, limits=TODAY.limits))
    now = cases[0].events[0].at + timedelta(days=400)
    whole = lab.replay(cases, under=under, against=against, now=now, fields={"1.004873": "Hộ tịch"})
    some = lab.replay(
        iter(cases), under=under, against=against, now=now, fields={"1.004873": "Hộ tịch"}, keep="telling"
    )
    assert len(some.rows) < len(whole.rows)
    assert (some.scores, some.scores_by, some.forbidden) == (whole.scores, whole.scores_by, whole.forbidden)
    assert repr(some) == repr(whole)

    def numbers(found: lab.Replay) -> object:
        return {
            by: {key: [(f.name, f.count, f.lowest, f.highest) for f in fs] for key, fs in found.figures_by(by).items()}
            for by in ("unit", "procedure", "field", "month")
        }

    assert numbers(some) == numbers(whole)
    assert [each.count for each in some.figures] == [each.count for each in whole.figures]
    first = whole.rows[0].unit
    assert some.figure("dossiers", by="unit", key=first).count == whole.figure("dossiers", by="unit", key=first).count
    assert some.figure("dossiers").others == len(whole.rows) - len(some.rows)
    with pytest.raises(InvalidValueError, match="telling"):
        lab.replay(cases, under=under, keep="some")  # type: ignore[arg-type]


def test_many_thousands_are_counted_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    cases = list(lab.generate(50, year=2026, limits=TODAY.limits))
    whole = lab.replay(cases, under=TODAY)
    monkeypatch.setattr("onestop_core.lab.replaying.scores._BATCH", 7)
    assert lab.replay(cases, under=TODAY).scores_by == whole.scores_by


def test_open_cases_are_looked_at_at_the_moment_of_looking() -> None:
    machine = dossier.machine("vn@decree-118-2025")
    at = datetime.fromisoformat("2026-03-02T08:15+07:00")
    case = machine.new(id="1", procedure="1.004873", channel="in_person", at=at)
    filed = lab.replay([case], under=TODAY, now=at)
    assert (filed.rows[0].before.due, filed.rows[0].before.late, filed.rows[0].month) == (None, None, "2026-03")
    case = machine.step(case, dossier.event("received", at))
    early, late = (lab.replay([case], under=TODAY, now=at + timedelta(days=days)) for days in (1, 5))
    assert (early.rows[0].before.late, late.rows[0].before.late) == (False, True)
    assert late.rows[0].unit is None
    case = machine.step(case, dossier.event("assigned", at))
    case = machine.step(case, dossier.event("supplement_requested", at, reason="x", to_unit="H99.1", unit="H99.2"))
    waiting = lab.replay([case], under=TODAY, now=at + timedelta(days=30))
    assert (waiting.rows[0].before.late, waiting.rows[0].before.waited) == (False, timedelta(days=30))
    assert waiting.rows[0].unit == "H99.2"
    period = Interval(first=date(2026, 4, 1), last=date(2026, 4, 30))
    assert lab.replay([case], under=TODAY, now=at, period=period).scores.before["2.1"].denominator in {0, None}


def test_logs_as_they_are_read_do_as_well_as_dossiers() -> None:
    case = world(1, 2026)[0]
    read = dossier.load_log(dossier.dump_log(case))
    assert (
        lab.replay([read], under=TODAY).rows
        == lab.replay([case], under=TODAY).rows
        == lab.replay([case.events], under=TODAY).rows
    )


@pytest.mark.parametrize("wrong", [[1], [()], [("x",)], ["abc"]])
def test_what_is_no_log_is_refused(wrong: Any) -> None:
    with pytest.raises(InvalidValueError):
        lab.replay(wrong, under=TODAY)


def test_a_log_that_opens_nothing_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="begins with the event created"):
        lab.replay([world(1, 2026)[0].events[1:]], under=TODAY)
    with pytest.raises(InvalidValueError, match="moment"):
        lab.replay([], under=TODAY)
    now = datetime.fromisoformat("2026-03-02T08:15+07:00")
    assert lab.replay([], under=TODAY, now=now).rows == ()


def test_names_of_figures_and_columns_are_held() -> None:
    found = lab.replay(world(1, 2026), under=TODAY)
    with pytest.raises(InvalidValueError, match="newly_late"):
        found.figure("newly")
    with pytest.raises(InvalidValueError, match="month"):
        found.figures_by("year")  # type: ignore[arg-type]
    unit = found.rows[0].unit
    assert found.figure("dossiers", by="unit", key=unit).count == sum(row.unit == unit for row in found.rows)


def test_another_index_scores_the_same_dossiers() -> None:
    old = TODAY.but(index="vn-766@decision-2022", name="2022")
    found = lab.replay(world(1, 2026), under=old, against=TODAY)
    assert (found.scores.before.index, found.scores.same_moments.index) == (kpi.DEFAULT_INDEX, "vn-766@decision-2022")
    assert found.figure("moved").count == 0


def test_what_happened_after_the_moment_of_looking_is_not_looked_at() -> None:
    logs = [case.events for case in world(7, 2025)]
    now = sorted(event.at for events in logs for event in events)[len(logs) * 3]
    seen = [tuple(event for event in events if event.at <= now) for events in logs]
    cut = lab.replay(logs, under=DECIDED, against=KNOWN, now=now)
    by_hand = lab.replay([events for events in seen if events], under=DECIDED, against=KNOWN, now=now)
    assert cut.rows == by_hand.rows
    assert 0 < len(cut.rows) < len(logs), "some were opened later"
    assert cut.to_dict() == by_hand.to_dict()
    backwards = sorted(logs, key=lambda events: events[-1].at, reverse=True)
    assert lab.replay(backwards, under=DECIDED, against=KNOWN).now == max(e.at for events in logs for e in events)
