"""Logs judged as columns: what a law refuses of each is what it refuses when that one dossier is followed."""

from __future__ import annotations

import importlib
import random
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import dossier, lab
from onestop_core.dossier import Event, Policy
from onestop_core.errors import InvalidValueError, OnestopError, UnknownCodeError
from tests.dossier.driving import DAY, GENEROUS, HOUR, T0

pa = pytest.importorskip("pyarrow", reason="pyarrow is not installed")
np = pytest.importorskip("numpy", reason="NumPy is not installed")
pytest.importorskip("narwhals", reason="narwhals is not installed")
frames = importlib.import_module("onestop_core.ext.frames")
log_judged = importlib.import_module("onestop_core.ext._logs.judged")

if TYPE_CHECKING:
    from collections.abc import Sequence

    from onestop_core.dossier import Machine

EVERY = tuple(edition.reference for edition in dossier.lifecycle.editions())
MACHINES: dict[str, Machine] = {name: dossier.machine(name) for name in EVERY}
NEWEST = "vn@decree-118-2025"
TODAY = lab.law()
FACTS = (
    *("id", "procedure", "unit", "channel", "submitted_at", "received_at", "due_at", "finished_at", "finished_kind"),
    *("supplement_requests", "supplement_requested_at", "supplement_hours", "guided"),
)
SAID = ("number", "event", "at", "role", "unit", "state", "rule", "followed", "consequence")


def named(events: Sequence[Event], name: str, **opening: Any) -> tuple[Event, ...]:
    """Return a log under another name, otherwise opened."""
    first = events[0].opening
    assert first is not None
    return (attrs.evolve(events[0], opening=attrs.evolve(first, id=name, **opening)), *events[1:])


def compare(logs: Sequence[tuple[Event, ...]], law: lab.Law = TODAY, judge: Any = None, table: Any = None) -> Any:
    """Hold what the columns say to what each log followed by itself says; return it."""
    judge = judge or log_judged.LogJudge(law)
    found = judge.judge(frames.log_table(logs) if table is None else table)
    breaches: list[dict[str, Any]] = []
    facts, spans, refused = {}, {}, {}
    for events in logs:
        opening = events[0].opening
        assert opening is not None
        try:
            course = lab.follow(events, law.machine(events[0]), policy=law.policy)
        except OnestopError as error:
            refused[opening.id] = error.message
            continue
        breaches.extend(
            {
                "id": opening.id,
                **{name: getattr(each, name) for name in SAID},
                "name": each.name.en,
                "kind": each.kind.value,
                "basis": each.basis.en,
            }
            for each in course.breaches
        )
        if course.dossier is not None:
            row = dossier.facts(course.dossier)
            facts[opening.id] = {name: getattr(row, name) for name in FACTS}
            spans[opening.id] = [
                {name: getattr(each, name) for name in ("phase", "start", "end", "papers")}
                for each in course.dossier.clock.spans
            ]
    assert found.breaches.to_pylist() == [{name: row[name] for name in found.breaches.column_names} for row in breaches]
    assert {row["id"]: {name: row[name] for name in FACTS} for row in found.facts.to_pylist()} == facts
    told: dict[str, list[Any]] = {name: [] for name in spans}
    for row in found.spans.to_pylist():
        row.pop("count")
        told[row.pop("id")].append(row)
    assert told == spans
    assert {one.dossier_id: one.error.message for one in found.refused} == refused
    return found


UNITS = (None, "A", "B", "C", "Sở Tư pháp")
PAPERS = ("đơn", "ảnh", "hộ khẩu")
Step = tuple[str, float, dict[str, Any]]
POLICIES = (
    *(None, None, GENEROUS, Policy(supplement_clock="pause", max_supplements=2)),
    *(
        Policy(refuse_late=True, extension_notice_days=0),
        Policy(fee_before="approval", max_extensions=2, closing_days=1),
    ),
)


ENDS = frozenset(
    {"withdrawn", "not_received", "not_accepted", "refused", "handling_stopped", "stopped", "withdrawal_granted"}
)


def walk(chance: random.Random, *, wild: float = 0.15) -> tuple[Event, ...]:
    """Return the log of a dossier that mostly does what it may, and now and then what it may not."""
    machine = MACHINES[chance.choice(EVERY)]

    def some(*values: Any) -> Any:
        return chance.choice(values)

    listed = chance.random() < 0.3
    case = machine.new(
        id="x",
        procedure="1.004222",
        channel=some(*machine.lifecycle.initial),
        at=T0 + chance.randrange(0, 48) * HOUR,
        policy=some(*POLICIES),
        receiving_unit=some(*UNITS),
        competent_unit=some(*UNITS),
        non_territorial=some("none", "none", "province", "nation"),
        required_papers=PAPERS[: chance.randrange(3)] if listed else (),
        published_papers=PAPERS[: chance.randrange(4)] if listed else (),
        database_papers=PAPERS[2:] if listed and chance.random() < 0.5 else (),
        papers=some((), PAPERS[:1], PAPERS[:2]),
    )
    events = list(case.events)
    kinds = [event.code for event in machine.lifecycle.events]
    reasons = [*[None] * 4, *machine.lifecycle.reasons, "lạ"]
    at, moments = events[0].at, [T0 + 10 * DAY]
    for number in range(chance.randrange(14)):
        at += some(0, 0, 1, 3, 20, 24, 30, 90, 400, 1000) * HOUR + some(0, 0, 1) * timedelta(minutes=17)
        able = [kind for axis in (None, *case.axes) for kind in machine.allowed(case, axis=axis)]
        if not able and chance.random() < 0.7:
            break
        strange = not able or chance.random() < wild
        kind = some(*kinds, "lạ") if strange else some(*able)
        if kind in ENDS and chance.random() < 0.7:
            kind = some(*able) if able else kind
        rule = next((event for event in machine.lifecycle.events if event.code == kind), None)
        due = some(None, None, None, at - DAY, at, at + DAY, *moments[-2:])
        if rule is not None and (rule.due == "required" or kind in {"received", "supplemented"}):
            due = some(at + 3 * DAY, at + 9 * DAY, at + 5 * DAY, moments[-1] + 3 * DAY, moments[-1], at + 400 * HOUR)
            due = due if chance.random() > wild else None
        elif rule is not None and rule.due == "never" and not strange:
            due = None
        task = some(None, "1", "2") if strange else None
        if rule is not None and rule.task is not None:
            task = (
                str(number)
                if rule.task == "hand_over" and not strange
                else some("1", *(each.id for each in case.tasks))
            )
        tidy = not strange and chance.random() > wild
        event = Event(
            kind,
            at,
            due=due,
            task=task,
            role=some(
                None, *(rule.roles if tidy and rule is not None else machine.lifecycle.roles), *(() if tidy else ("?",))
            ),
            unit=some(None, None, case.opening.receiving_unit, case.opening.competent_unit, *(() if tidy else UNITS)),
            to_unit="A" if tidy and rule is not None and rule.reroutes else some(None, None, *UNITS),
            reason="vì" if tidy else some(None, "vì"),
            ground=some(None, None, "Điều 5"),
            reason_code=some(*((rule.reason_codes or (None,)) if rule is not None and tidy else reasons)),
            papers=some((), (), PAPERS, PAPERS[:1], PAPERS[1:]),
            key=some(*[None] * 40, "k"),
            event=some(*[()] * 60, (1,), ("k",), (number,)),
        )
        moments += [] if event.due is None else [event.due]
        events.append(event)
        try:
            case = machine.step(case, event)
        except OnestopError:
            try:
                case = machine.step(case, event, judge=False)
            except OnestopError:
                continue
    return tuple(events)


def like(events: tuple[Event, ...], chance: random.Random) -> tuple[Event, ...]:
    """Return a log that went the same way at other moments, with other names of units and pieces of work."""
    stretch, late = (
        chance.choice([1, 1, 2, 5, 30]),
        chance.choice([0, 0, 1, 1, 3]) * chance.choice([HOUR, 7 * HOUR, DAY]),
    )
    names = {name: f"{name} {chance.randrange(2)}" for name in UNITS if name}
    first = events[0].opening
    assert first is not None

    def moved(moment: datetime, *, by: timedelta = 0 * HOUR) -> datetime:
        return T0 + (moment - T0) * stretch + by

    def called(name: str | None) -> str | None:
        return None if name is None else names[name]

    opening = attrs.evolve(
        first, receiving_unit=called(first.receiving_unit), competent_unit=called(first.competent_unit)
    )
    turned = chance.random() < 0.3
    return tuple(
        attrs.evolve(
            event,
            at=moved(event.at),
            due=None if event.due is None else moved(event.due, by=late if chance.random() < 0.7 else -late),
            unit=called(event.unit),
            to_unit=called(event.to_unit),
            task=None if event.task is None else f"{event.task} {turned}",
            reason=None if event.reason is None else chance.choice(["vì", "do"]),
            opening=opening if number == 0 else None,
        )
        for number, event in enumerate(events)
    )


def otherwise(events: tuple[Event, ...], chance: random.Random) -> tuple[Event, ...]:
    """Return a log that differs in one thing that one event says, or in how long one step took."""
    log = list(events)
    number = chance.randrange(1, len(log)) if len(log) > 1 else 0
    event, first = log[number], events[0].opening
    assert first is not None
    match chance.choice(
        ["role", "unit", "unit", "to_unit", "task", "why", "code", "papers", "lists", "due", "due", "at", "at"]
    ):
        case "role":
            log[number] = attrs.evolve(event, role=chance.choice([None, "applicant", "specialist", "officer", "?"]))
        case "unit":
            log[number] = attrs.evolve(event, unit=chance.choice(UNITS))
        case "to_unit":
            log[number] = attrs.evolve(event, to_unit=chance.choice(UNITS))
        case "task":
            log[number] = attrs.evolve(event, task=chance.choice([None, "1", event.task, "việc"]))
        case "why":
            log[number] = attrs.evolve(
                event, reason=chance.choice([None, "vì"]), ground=chance.choice([None, "Điều 5"])
            )
        case "code":
            log[number] = attrs.evolve(event, reason_code=chance.choice([None, "lạ", "places", "data_wrong"]))
        case "papers":
            log[number] = attrs.evolve(event, papers=PAPERS[chance.randrange(3) :])
        case "lists":
            opening = attrs.evolve(first, required_papers=PAPERS[: chance.randrange(3)], database_papers=PAPERS[1:])
            log[0] = attrs.evolve(log[0], opening=opening)
        case "due" if event.due is not None:
            log[number] = attrs.evolve(
                event, due=event.due + chance.choice([-3, -1, 1, 3]) * chance.choice([HOUR, DAY])
            )
        case _:
            later = chance.choice([HOUR, 9 * HOUR, DAY, 4 * DAY, 16 * DAY])
            log[number:] = [attrs.evolve(each, at=each.at + later) for each in log[number:]]
    return tuple(log)


def walks(seed: int, many: int, *, alike: int = 3, other: int = 8, wild: float = 0.05) -> list[tuple[Event, ...]]:
    """Return so many ways, of each some that are alike, and some that are not quite."""
    chance = random.Random(seed)
    logs: list[tuple[Event, ...]] = []
    for _ in range(many):
        way = walk(chance, wild=wild)
        logs += [way, *(like(way, chance) for _ in range(alike)), *(otherwise(way, chance) for _ in range(other))]
    chance.shuffle(logs)
    return [named(log, str(number)) for number, log in enumerate(logs)]


def test_hundreds_of_ways_lawful_and_not() -> None:
    judge = log_judged.LogJudge(TODAY)
    found = compare(walks(1, 60), judge=judge)
    assert set(found.breaches.column("kind").to_pylist()) >= {"not_allowed", "role", "unsaid"}
    assert set(found.breaches.column("consequence").to_pylist()) == {True, False}
    compare(walks(2, 20)[::-1], judge=judge)  # what was learnt holds for other tables


def story(edition: str, *steps: Step, at: datetime = T0, **opening: Any) -> tuple[Event, ...]:
    """Return a log: kind, hours since the step before, and what else the event says; ``due`` in hours from the first."""
    machine = MACHINES[edition]
    events = list(machine.new(**{"id": "x", "procedure": "1", "channel": "in_person", "at": at, **opening}).events)
    moment = at
    for kind, hours, said in steps:
        moment += timedelta(hours=hours)
        due = said.get("due")
        events.append(Event(kind, moment, **{**said, "due": None if due is None else at + timedelta(hours=due)}))
    return tuple(events)


NO_LISTS: dict[str, Any] = {}
WHY: dict[str, Any] = {"reason": "vì"}
RECEIVED: tuple[Step, ...] = (("decision_received", 2, {}),)
AT_WORK: tuple[Step, ...] = (("received", 1, {"due": 240}), ("transferred", 1, {}), ("assigned", 1, {}))
SWEEP = (0.5, 3, 24, 25, 47.9, 48, 71, 100, 130, 190, 230, 300, 353, 361, 385, 600, 721, 745)
PAUSES = Policy(supplement_clock="pause", max_suspensions=3)
RULES: dict[str, list[tuple[Event, ...]]] = {
    "extension_before_due": [
        story(NEWEST, *AT_WORK, ("extended", hours, {"due": 900, **WHY}), policy=policy)
        for hours in SWEEP
        for policy in (None, Policy(extension_notice_days=2))
    ],
    "extension_is_later": [
        story(NEWEST, *AT_WORK, ("extended", 2, {"due": due, **WHY}), ("extended", 1, {"due": due + 9, **WHY}))
        for due in (200, 239, 240, 241, 500)
    ],
    "refusal_in_time": [
        story(
            NEWEST,
            *AT_WORK,
            ("suspended", before, WHY),
            ("resumed", waited, {}),
            ("suspended", 1, WHY),
            ("resumed", waited / 2, {}),
            ("refused", after, WHY),
            policy=PAUSES,
        )
        for before in (3, 236, 300)
        for waited in (1, 50, 240)
        for after in (2, 90, 237, 300, 361, 475, 600)
    ],
    "late_already": [
        story(
            NEWEST,
            *AT_WORK,
            ("suspended", 3, WHY),
            ("resumed", waited, {}),
            ("late_notified", after, {"due": 2000, **WHY}),
            policy=PAUSES,
        )
        for waited in (1, 50)
        for after in (2, 90, 237, 280, 300)
    ],
    "closing_due": [
        story(NEWEST, *AT_WORK, ("supplement_requested", 4, {**WHY, "due": due}), ("closed_incomplete", hours, {}))
        for hours in SWEEP
        for due in (None, 300)
    ],
    "final_after_the_wait": [
        story(
            "vn-complaint@law-02-2011",
            ("accepted", 1, {"due": 400}),
            ("verification_started", 1, {}),
            ("decided_1", 5, {}),
            *received,
            ("became_final", hours, {}),
        )
        for hours in SWEEP
        for received in (RECEIVED[:0], RECEIVED)
    ],
    "dialogue_in_time": [
        *(
            story(
                "vn-complaint@decree-155-2026",
                ("accepted", 1, {}),
                ("verification_started", 1, {}),
                ("dialogue_notified", 30, {"due": due}),
            )
            for due in (None, 33, 60, 140, 145, 150, 155, 200)
        ),
        *(
            story(
                "vn-complaint@law-02-2011",
                ("accepted", 1, {}),
                ("verification_started", 1, {}),
                ("dialogue_notified", hours, {"due": hours + due}),
                at=datetime.fromisoformat("2026-06-29T08:00+07:00"),
            )
            for hours in (5, 35, 37.9, 38, 60)
            for due in (40, 200)
        ),
    ],
    "suspension_since_2026": [
        story(
            "vn-complaint@law-02-2011",
            ("accepted", 1, {}),
            ("suspended", hours, {**WHY, "reason_code": "illness"}),
            at=datetime.fromisoformat(day),
        )
        for day in ("2026-06-28T08:00+07:00", "2026-06-30T08:00+07:00")
        for hours in (5, 14, 16, 24, 60, 90)
    ],
    "through_the_desk": [
        story(
            NEWEST,
            *AT_WORK,
            ("supplement_requested", 4, {**WHY, "to_unit": unit}),
            receiving_unit="A",
            competent_unit=other,
        )
        for unit in UNITS
        for other in ("A", "B")
    ],
    "receiving_unit": [
        story(
            NEWEST,
            ("rerouted", 1, {**WHY, "to_unit": to}),
            ("received", 1, {"unit": unit}),
            receiving_unit="A",
            competent_unit=other,
        )
        for to in UNITS
        for unit in UNITS
        for other in ("A", "B", None)
    ],
    "invalid-event": [
        story(NEWEST, *AT_WORK, ("rescheduled", 4, {"due": 500, "ground": ground, "reason": reason}))
        for ground in (None, "Điều 5")
        for reason in (None, "vì")
    ],
}


@pytest.mark.parametrize("rule", RULES)
def test_what_counts_days_or_names_is_judged_for_each(rule: str) -> None:
    for turn in (1, -1):  # whichever is followed for the others
        logs = [named(log, str(number)) for number, log in enumerate(RULES[rule])][::turn]
        found = compare(logs)
        broken = {row["id"] for row in found.breaches.to_pylist() if row["rule"] == rule}
        assert 0 < len(broken) < len(logs)


@st.composite
def told(draw: st.DrawFn) -> list[tuple[Event, ...]]:
    """Return some logs of whatever comes."""
    return walks(draw(st.integers(0, 10**9)), 2, alike=2, other=4, wild=draw(st.sampled_from([0.0, 0.1, 0.5])))


@given(told())
def test_whatever_logs_tell_the_columns_judge_as_each_is_judged(logs: list[tuple[Event, ...]]) -> None:
    compare(logs)


@pytest.mark.parametrize(
    "law",
    [
        lab.law(lifecycle="vn"),
        lab.law(lifecycle="vn@decree-118-2025-amended-309-2026"),
        lab.law(lifecycle=attrs.evolve(MACHINES[NEWEST].lifecycle, id="own@1")),
        TODAY.but(policy=Policy(max_supplements=0, refuse_late=True), name="strict"),
    ],
    ids=["of the day", "later", "own", "policy"],
)
def test_another_law(law: lab.Law) -> None:
    ways = [log for rule in RULES.values() for log in rule[:3]] + walks(5, 2)
    days = [datetime.fromisoformat(f"{day}T09:00+07:00") - T0 for day in ("2019-01-02", "2025-07-02", "2026-11-02")]
    moved = [
        tuple(attrs.evolve(each, at=each.at + by, due=None if each.due is None else each.due + by) for each in log)
        for log in ways
        for by in days
    ]
    compare([named(log, str(number)) for number, log in enumerate(ways + moved)], law)


def test_what_has_no_shape_is_followed_by_itself(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(log_judged, "_CHUNK", 7)
    good = story(NEWEST, *AT_WORK, ("delivered", 3, {}))
    opening = good[0].opening
    assert opening is not None
    old = story(NEWEST, at=datetime.fromisoformat("1975-05-02T00:10+08:00"))
    redacted = Event.from_dict(
        {
            "kind": "extended",
            "at": (T0 + 90 * HOUR).isoformat(),
            "due": (T0 + 900 * HOUR).isoformat(),
            "redacted": {"reason": {"commitment": "a" * 64, "at": T0.isoformat(), "ground": "đơn"}},
        }
    )
    newer = Event.from_dict({"kind": "paid", "at": good[-1].at.isoformat(), "schema_version": "1.9", "place": "quầy 3"})
    logs = [
        good,
        (*good, Event("struck", good[-1].at, event=(1,), reason="vì")),
        (*good, Event("struck", good[-1].at, event=(3,), reason="vì")),
        (*good[:3], attrs.evolve(good[3], key="k"), attrs.evolve(good[3], key="k"), *good[4:]),
        (*good, Event("paid", T0)),
        (*good, redacted),
        (*good, newer),
        old,
        named(good, "x", lifecycle="vn@decree-1-1900"),
        named((*good, Event("struck", good[-1].at, event=(1,))), "x", lifecycle="vn@decree-1-1900"),
        named(good, "x", receiving_unit="Ủy ban".encode().decode(), competent_unit="Ủy ban"),
        named(good, "x", required_papers=["đơn"], procedure_version="2"),
        named(good, "x", procedure_version="2"),
        (good[0],),
    ]
    found = compare([named(log, str(number)) for number, log in enumerate(logs)])
    assert {one.dossier_id: type(one.error) for one in found.refused} == {"8": UnknownCodeError, "9": UnknownCodeError}


@pytest.mark.parametrize(
    ("number", "column", "value"),
    [
        (0, "rest", '{"opening":{"required_papers":5}}'),
        (0, "rest", '{"required_papers":5}'),
        (0, "rest", '{"required_papers":'),
        (0, "rest", '{"opening":{"required_papers":["a","b"]}, "papers": ["a"]}'),
        (0, "policy", "{"),
        (0, "opening_channel", "bồ câu"),
        (0, "lifecycle", None),
        (0, "procedure", None),
        (0, "receiving_unit", "x" * 201),
        (1, "rest", '{"reason": "vì"}'),
        (1, "role", ""),
        (1, "reason", "x" * 4001),
        (1, "kind", "created"),
        (1, "kind", "x" * 65),
        (1, "schema_version", "2.0"),
        (1, "task", "a\0b"),
    ],
)
@pytest.mark.parametrize("odd", ["1", "3"])
def test_a_row_that_is_no_event_refuses_its_dossier_alone(number: int, column: str, value: Any, odd: str) -> None:
    logs = [named(story(NEWEST, *AT_WORK, ("delivered", 3, {})), name) for name in ("1", "2", "3")]
    table = frames.log_table(logs)
    rows = table.to_pylist()
    next(row for row in rows if (row["dossier_id"], row["number"]) == (odd, number))[column] = value
    table = pa.Table.from_pylist(rows, schema=table.schema)
    read: list[tuple[Event, ...]] = []
    refused: dict[str, str] = {}
    for name in ("1", "2", "3"):
        try:
            read += [events for _, events in frames.log_events(part(table, name))]
        except OnestopError as error:
            refused[name] = error.message.en
    assert {one.dossier_id: one.error.message.en for one in frames.judge_logs(table, law=TODAY).refused} == refused
    compare(read, table=part(table, *{"1", "2", "3"} - refused.keys()))


def part(table: Any, *names: str) -> Any:
    """Return the rows of some dossiers."""
    return table.filter(pa.array([each in names for each in table.column("dossier_id").to_pylist()]))


def test_papers_are_told_apart() -> None:
    lists: dict[str, Any] = {
        "required_papers": ["đơn", "ảnh"],
        "published_papers": ["hộ khẩu"],
        "database_papers": ["hộ khẩu"],
    }
    asked = [(), ("đơn",), ("hộ khẩu",), ("đơn", "hộ khẩu"), ("khác",)]
    logs = [
        story(
            NEWEST,
            ("received", 1, {"papers": first}),
            *AT_WORK[1:],
            ("supplement_requested", 1, {"papers": then, **WHY}),
            **opening,
        )
        for opening in (NO_LISTS, lists, {"required_papers": ["đơn", "ảnh"]})
        for first in ((), ("đơn", "ảnh"), ("ảnh",))
        for then in asked
    ]
    table = frames.log_table([named(log, str(number)) for number, log in enumerate(logs)])
    found = compare([named(log, str(number)) for number, log in enumerate(logs)], table=table)
    assert {"papers_complete", "papers_listed", "not_in_database"} <= set(found.breaches.column("rule").to_pylist())
    rows = table.to_pylist()
    for row, papers in zip(
        [row for row in rows if row["kind"] == "received"][-4:], ([None], [""], ["a\0b"], ["x"] * 1001), strict=True
    ):
        row["papers"] = papers
    assert len(frames.judge_logs(pa.Table.from_pylist(rows, schema=table.schema), law=TODAY).refused) == 4


def test_many_columns_of_many_values_are_still_told_apart() -> None:
    log_keys = importlib.import_module("onestop_core.ext._logs.keys")
    log = importlib.import_module("onestop_core.ext._logs.arrays").LogArrays.of(frames.log_table(walks(3, 5)))
    wide = [np.arange(log.length) % 7 * (1 << 40), np.arange(log.length) % 3 * (1 << 40), np.arange(log.length) % 2]
    found = log_keys.combined(log, wide, {})
    assert len(set(found.tolist())) == 42
    assert len({*zip(found.tolist(), *(each.tolist() for each in wide), strict=True)}) == 42


def test_a_way_of_filing_that_the_law_does_not_have() -> None:
    law = lab.law(lifecycle="vn@decree-61-2018")
    newest = "vn@decree-118-2025-amended-309-2026"
    logs = [story(newest, ("received", hours, {}), ("extended", 1, WHY), channel="kiosk") for hours in (1, 2)]
    found = compare([named(log, str(number)) for number, log in enumerate(logs)], law)
    assert (found.breaches.num_rows, found.facts.num_rows, found.refused) == (2, 0, ())


def test_words_in_either_language_and_another_unit() -> None:
    log = named(story(NEWEST, ("delivered", 3, {}), receiving_unit="A", competent_unit="B"), "1")
    table = frames.log_table([log])
    [breach] = frames.judge_logs(table, law=TODAY, language="vi", unit="receiving_unit").breaches.to_pylist()
    assert breach["basis"].startswith("Nghị định số 118/2025/NĐ-CP")
    assert breach["name"] == MACHINES[NEWEST].lifecycle.event("delivered").name.vi
    assert frames.judge_logs(table, law=TODAY, unit="receiving_unit").facts.column("unit").to_pylist() == ["A"]
    for wrong in ({"unit": "đơn vị"}, {"language": "fr"}, {"law": "vn"}):
        with pytest.raises(InvalidValueError):
            frames.judge_logs(table, **{"law": TODAY, **wrong})
    with pytest.raises(InvalidValueError, match="PyArrow"):
        frames.judge_logs([], law=TODAY)


def test_no_log_at_all() -> None:
    found = frames.judge_logs(frames.log_table([]), law=TODAY)
    assert (found.breaches.num_rows, found.facts.num_rows, found.spans.num_rows, found.refused) == (0, 0, 0, ())
