"""Calendars as values: equal when they say the same, frozen all the way down, pickled, shared between threads."""

# ruff: noqa: S301 - the pickles are our own
from __future__ import annotations

import copy
import json
import os
import pickle
import subprocess
import sys
import threading
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import workdays
from onestop_core.errors import InvalidDocumentError, InvalidValueError, OnestopError
from onestop_core.model import FrozenMap, Interval, thaw
from onestop_core.workdays import (
    Calendar,
    Reception,
    calendar,
    civil_servants,
    dimension,
    reception,
    working_calendar,
)
from onestop_core.workdays.prefix_table import Table
from tests.workdays.test_decisions import decision, made_up, off, saturdays

if TYPE_CHECKING:
    from collections.abc import Callable

CIVIL = calendar("vn-civil")
SATURDAYS = {**saturdays(), "id": "H26-9"}
MAKERS: dict[str, Callable[[], Calendar]] = {
    "all": calendar,
    "as of": partial(calendar, as_of=date(2026, 3, 2)),
    "strict": partial(calendar, predicted="refuse"),
    "strict as of": partial(calendar, as_of=date(2026, 3, 2), predicted="refuse"),
    "decided": lambda: calendar().with_decisions(decision()),
    "decided as of": lambda: calendar(as_of=date(2026, 9, 2)).with_decisions([decision(), SATURDAYS]),
    "decided in steps": lambda: calendar().with_decisions(decision()).with_decisions(SATURDAYS),
    "decided otherwise": lambda: calendar().with_decisions(decision(makeup_workdays=[])),
}


@pytest.fixture(params=MAKERS)
def make(request: pytest.FixtureRequest) -> Callable[[], Calendar]:
    return MAKERS[request.param]


def forgotten() -> None:
    civil_servants._civil.cache_clear()
    working_calendar._laid_over.cache_clear()


def test_the_same_question_gives_an_equal_calendar(make: Callable[[], Calendar]) -> None:
    one = make()
    forgotten()
    two = make()
    assert one is not two
    assert one == two
    assert hash(one) == hash(two)
    assert {one: 1}[two] == 1


def test_other_questions_give_unequal_calendars() -> None:
    made = [make() for make in MAKERS.values()]
    assert len(set(made)) == len(made)
    assert all((one == two) is (one is two) for one in made for two in made)
    assert CIVIL != "vn-civil"
    assert CIVIL.__eq__("vn-civil") is NotImplemented


def test_a_pickle_gives_the_shared_calendar(make: Callable[[], Calendar]) -> None:
    for protocol in range(2, pickle.HIGHEST_PROTOCOL + 1):
        again = pickle.loads(pickle.dumps(make(), protocol))
        assert again == make()
    assert pickle.loads(pickle.dumps(calendar())) is calendar()
    assert copy.copy(make()) == copy.deepcopy(make()) == make()


def test_a_pickle_is_read_in_another_process(make: Callable[[], Calendar]) -> None:
    program = (
        "import pickle, sys; made = pickle.loads(sys.stdin.buffer.read());"
        "from onestop_core.workdays import calendar;"
        "sys.stdout.buffer.write(pickle.dumps((made, made.below is None or made.below == calendar(as_of=made.as_of))))"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    ran = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", program], input=pickle.dumps(make()), capture_output=True, check=True, env=environment
    )
    assert pickle.loads(ran.stdout) == (make(), True)


def test_a_pickle_says_who_the_calendar_is_and_not_what_is_in_it() -> None:
    written = pickle.dumps(CIVIL)
    assert len(written) < 300
    assert b"onestop_core.workdays" in written
    assert b"working_calendar" not in written


def test_a_calendar_of_ones_own_days_is_pickled_with_them() -> None:
    own = Calendar(name="own", source=CIVIL._years.source, first=2026, last=2027, as_of=None, predicted="refuse")
    again = pickle.loads(pickle.dumps(own))
    assert again == own != CIVIL
    assert again.is_workday(date(2026, 2, 17)) is False


def test_the_repr_is_short_whatever_was_decided() -> None:
    many = [decision(id=f"H26-{n}", days_off=[], makeup_workdays=[]) for n in range(40)]
    assert len(repr(CIVIL.with_decisions(many))) < 100
    assert repr(MAKERS["decided"]()) == "<Calendar vn-civil+H26-1: 2012-2050>"


def test_decisions_cannot_be_changed_through_a_calendar() -> None:
    document = decision()
    local = CIVIL.with_decisions(document)
    with pytest.raises(TypeError):
        local.decisions[0]["id"] = "X"  # type: ignore[index]
    with pytest.raises(TypeError):
        local.decisions[0]["days_off"][0]["date"] = "2026-10-08"
    assert thaw(local.decisions[0]) == document
    assert json.loads(json.dumps(thaw(local.decisions[0]))) == document
    assert CIVIL.with_decisions(local.decisions) == local
    document["days_off"].append(off("2026-10-08"))
    assert local.is_workday(date(2026, 10, 8))


MUTABLE = (list, dict, set, bytearray)


def reachable(value: object, seen: set[int]) -> list[object]:
    """Return the mutable containers that can be reached from *value* by its attributes, members and items."""
    if id(value) in seen or isinstance(value, str | bytes | int | type | date):
        return []
    seen.add(id(value))
    if isinstance(value, MUTABLE):
        return [value]
    inner: list[object] = []
    if isinstance(value, FrozenMap):
        inner += [*value.keys(), *value.values()]
    elif isinstance(value, tuple | frozenset):
        inner += list(value)
    elif type(value).__module__.startswith("onestop_core"):
        slots = {name for kind in type(value).__mro__ for name in getattr(kind, "__slots__", ())}
        inner += (
            [getattr(value, name) for name in slots | vars(value).keys() if hasattr(value, name)]
            if hasattr(value, "__dict__")
            else [getattr(value, name) for name in slots if hasattr(value, name)]
        )
    return [found for each in inner for found in reachable(each, seen)]


def test_no_mutable_container_is_reachable(make: Callable[[], Calendar]) -> None:
    made = make()
    made.add(date(2026, 9, 1), 300 if made.predicted == "allow" else 3)
    values: list[object] = [
        made,
        made.day(date(2026, 2, 17)),
        made.rows(2026),
        reception(made),
        dimension.table(made, date(2026, 1, 1), date(2026, 1, 3)),
        Table(first=2026, last=2025).extended(made._years.source, 2026),
    ]
    for value in values:
        assert reachable(value, set()) == []


def test_reception_and_tables_are_values() -> None:

    for value in (
        reception(CIVIL, saturdays()),
        dimension.table(CIVIL, date(2026, 1, 1), date(2026, 1, 3)),
        CIVIL.day(date(2026, 1, 1)),
    ):
        again = pickle.loads(pickle.dumps(value))
        assert again == value == copy.deepcopy(value)
        assert hash(again) == hash(value)
    assert reception(CIVIL, saturdays()) == reception(CIVIL, saturdays())


def test_reception_takes_what_it_can_use_and_refuses_the_rest() -> None:
    march = Interval(first=date(2026, 3, 1), last=date(2026, 3, 31))
    lists: dict[str, Any] = {"weekdays": [(5, march)], "dates": [date(2026, 4, 5)]}
    desk = Reception(calendar=CIVIL, **lists)
    assert desk == Reception(calendar=CIVIL, weekdays=((5, march),), dates=frozenset({date(2026, 4, 5)}))
    assert [desk.is_open(date(2026, *day)) for day in ((3, 7), (4, 4), (4, 5))] == [True, False, True]
    wrong: list[dict[str, Any]] = [
        {"calendar": "vn-civil"},
        *({"weekdays": each} for each in (5, None, [5], [(7, march)], [(True, march)], [(5, "x")], [(5, march, 1)])),
        *({"dates": each} for each in (5, None, ["2026-04-05"], [None])),
    ]
    for each in wrong:
        with pytest.raises(InvalidValueError, match=next(iter(each))):
            Reception(**{"calendar": CIVIL, **each})


# --- threads


def at_once(work: Callable[[], object], number: int = 16) -> list[object]:
    answers: list[object] = []
    barrier = threading.Barrier(number)

    def run() -> None:
        barrier.wait()
        try:
            answers.append(work())
        except OnestopError as error:
            answers.append(error)

    threads = [threading.Thread(target=run) for _ in range(number)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers


def test_all_threads_get_the_same_calendar(make: Callable[[], Calendar]) -> None:
    switch = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        for _ in range(5):
            forgotten()
            assert len({id(answer) for answer in at_once(make)}) == 1
    finally:
        sys.setswitchinterval(switch)


class Held:
    """The days of civil servants; the first to build waits until another thread stands before the same door."""

    def __init__(self, meanwhile: Callable[[], object]) -> None:
        self.meanwhile = meanwhile

    def known_from(self, number: int) -> date | None:
        return CIVIL._years.source.known_from(number)

    def rows(self, number: int) -> tuple[Any, ...]:
        self.meanwhile()
        return CIVIL._years.source.rows(number)


@pytest.mark.parametrize(("asked", "n"), [(date(2026, 3, 2), 0), (date(2027, 12, 30), 5), (date(2050, 12, 29), 1)])
def test_who_looked_before_another_thread_had_built_looks_again(asked: date, n: int) -> None:
    own = Calendar(name="own", source=Held(lambda: None), first=2012, last=2050, as_of=None, predicted="allow")
    seen = own._years.table  # what the slower thread saw
    own.is_workday(date(2050, 12, 31))  # what the faster one built meanwhile: all there is
    own._years.reach(seen, asked, n)  # the slower one, at the door at last
    assert own.add(asked, n) == CIVIL.add(asked, n)


@pytest.mark.parametrize("last", [2027, 2050])
def test_threads_that_ask_first_all_get_an_answer(last: int) -> None:
    expected = [CIVIL.add(date(2012, 1, 2) + timedelta(days=97 * n), 7) for n in range(60)]
    own = Calendar(
        name="own",
        source=Held(lambda: threading.Event().wait(0.0005)),
        first=2012,
        last=last,
        as_of=None,
        predicted="allow",
    )

    def work() -> tuple[date, ...]:
        return tuple(own.add(date(2012, 1, 2) + timedelta(days=97 * n), 7) for n in range(60))

    assert set(at_once(work)) == {tuple(expected)}


def test_everything_can_be_built_ahead_of_time() -> None:
    forgotten()
    workdays.warm()
    assert calendar()._years.table.last == 2050


# --- what comes from outside

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=8)
    | st.sampled_from(
        ["2026-10-09", "d", "H26-1", "local", "always", 10**400, float("nan"), b"x", object(), {1, 2}, date(2026, 1, 1)]
    ),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["vi", "en", "date", "basis", "d", "x"]), inner)
    ),
    max_leaves=6,
)


def changed(document: dict[str, Any], path: list[int], value: object) -> dict[str, Any]:
    """Return the document with *value* at the place to which *path* leads."""
    document = copy.deepcopy(document)
    here: Any = document
    while True:
        keys: list[Any] = sorted(here) if isinstance(here, dict) else list(range(len(here)))
        key = keys[path.pop(0) % len(keys)]
        if path and isinstance(here[key], dict | list) and here[key]:
            here = here[key]
            continue
        here[key] = value
        return document


@given(JSON)
def test_whatever_comes_in_only_our_errors_go_out(value: Any) -> None:
    for ask in (
        CIVIL.with_decisions,
        lambda given: reception(CIVIL, given),
        lambda given: CIVIL.with_decisions([given]),
    ):
        try:
            ask(value)
        except (InvalidDocumentError, InvalidValueError):
            continue


@given(st.lists(st.integers(0, 30), min_size=1, max_size=5), JSON)
def test_a_decision_with_anything_anywhere_is_read_or_refused(path: list[int], value: Any) -> None:
    whole = {**decision(supersedes=[]), **saturdays(dates=["2026-10-11"])}
    whole["bases"] = {"d": {"instrument": "X", "firmness": "read", "note": {"vi": "a"}, "announced_on": "2026-01-01"}}
    whole["days_off"], whole["makeup_workdays"] = [off("2026-10-09")], [made_up("2026-10-17", "2026-10-09")]
    document = changed(whole, path, value)
    for given_ in (document, [document]):
        try:
            local = reception(CIVIL, given_).calendar
        except InvalidDocumentError as error:
            problems = error.problems
        else:
            problems = ()
            assert pickle.loads(pickle.dumps(local)) == local
        assert {problem.path.startswith("$[0]") for problem in problems} <= {isinstance(given_, list)}


def test_names_in_vietnamese_only_are_read() -> None:
    document = decision(days_off=[{**off("2026-10-09"), "name": {"vi": "Nghỉ"}}])
    document["issuer"] = {"vi": "UBND"}
    document["bases"]["d"]["note"] = {"vi": "chưa đăng công báo"}
    day = CIVIL.with_decisions(document).day(date(2026, 10, 9))
    assert (day.name.vi, day.name.en) == ("Nghỉ", "Nghỉ")
    assert day.basis is not None
    assert day.basis.note is not None
    assert day.basis.note.en == "chưa đăng công báo"


def test_words_that_nobody_can_write_down_are_refused_with_their_decision() -> None:
    unwritable = decision(id="H26-2", days_off=[{**off("2026-10-09"), "name": {"vi": "a\0"}}])
    with pytest.raises(InvalidDocumentError) as caught:
        CIVIL.with_decisions([SATURDAYS, unwritable])
    found = [(problem.path, problem.rule) for problem in caught.value.problems]
    assert found == [("$[1].days_off[0].name.vi", "json/unicode")]


def test_a_decision_that_makes_up_for_nothing_need_not_say_so() -> None:
    storm = decision()
    del storm["makeup_workdays"]
    assert not CIVIL.with_decisions(storm).is_workday(date(2026, 10, 9))
    desk = saturdays()
    del desk["makeup_workdays"]
    del desk["days_off"]
    assert reception(CIVIL, desk).is_open(date(2026, 10, 10))


def test_the_problems_of_one_decision_are_placed_in_it() -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        CIVIL.with_decisions(decision(days_off=[off("2026-10-10")], announced_on="x"))
    assert {problem.path for problem in caught.value.problems} == {"$.announced_on"}
    with pytest.raises(InvalidDocumentError) as caught:
        CIVIL.with_decisions(decision(days_off=[off("2026-10-10")], makeup_workdays=[]))
    assert [problem.path for problem in caught.value.problems] == ["$.days_off[0].date"]
    with pytest.raises(InvalidDocumentError) as caught:
        CIVIL.with_decisions({**decision(), "days_off": float("nan")})
    assert [problem.path for problem in caught.value.problems] == ["$.days_off"]


def test_what_a_new_decision_breaks_in_an_older_one_is_placed_in_the_new_one() -> None:
    first = CIVIL.with_decisions(decision())
    # The day for which the 17th is worked becomes a working day again.
    opened = decision(
        id="H26-2", supersedes=["H26-1"], days_off=[], makeup_workdays=[made_up("2026-10-09", "2026-09-02")]
    )
    with pytest.raises(InvalidDocumentError) as caught:
        first.with_decisions(opened)
    rules = {(problem.path, problem.rule) for problem in caught.value.problems}
    assert ("$.makeup_workdays[0].date", "calendar/replaces-a-working-day") in rules
    # One that was announced before the one that is there already, and speaks of the same day.
    older = decision(id="H26-0", announced_on="2026-08-01", makeup_workdays=[])
    with pytest.raises(InvalidDocumentError) as caught:
        first.with_decisions([older])
    assert [(problem.path, problem.rule) for problem in caught.value.problems] == [
        ("$[0].days_off[0].date", "calendar/conflict")
    ]


def test_the_same_decision_again_changes_nothing() -> None:
    local = CIVIL.with_decisions(decision())
    assert local.with_decisions(decision()) is local
    assert local.with_decisions([decision(), SATURDAYS]).name == "vn-civil+H26-1+H26-9"


def test_decisions_without_end_are_refused() -> None:
    def endless() -> Any:
        while True:
            yield decision()

    wrong: tuple[Any, ...] = (endless(), [{}] * 501, "decision", b"decision")
    for each in wrong:
        with pytest.raises(InvalidValueError, match="at most 500"):
            CIVIL.with_decisions(each)


@pytest.mark.parametrize(
    "ask",
    [
        reception,
        lambda wrong: reception(CIVIL, wrong),
        lambda wrong: reception(CIVIL).is_open(wrong),
        lambda wrong: reception(CIVIL).next_open(wrong),
        dimension.table,
        lambda wrong: dimension.table(CIVIL, wrong, date(2026, 1, 1)) if wrong is not None else dimension.table(5),  # type: ignore[arg-type]
        dimension.to_csv,
        lambda wrong: dimension.to_csv([wrong]),
        lambda wrong: calendar(as_of=wrong, predicted="maybe"),  # type: ignore[arg-type]
        calendar,
        CIVIL.rows,
        CIVIL.known_from,
        lambda wrong: CIVIL.count(wrong, date(2026, 1, 1)),
        lambda wrong: CIVIL.count(date(2026, 1, 1), wrong),
    ],
)
@pytest.mark.parametrize("wrong", ["x", None, 1.5, b"x", {"a": 1}, object(), float("nan"), True, 10**400, "\ud800"])
def test_wrong_types_are_refused_by_our_errors(ask: Callable[[Any], object], wrong: Any) -> None:
    with pytest.raises(OnestopError):
        ask(wrong)


class Named(StrEnum):
    """A text by its class."""

    CIVIL = "vn-civil"


def test_a_name_of_a_subclass_is_read_by_its_letters() -> None:
    assert calendar(Named.CIVIL) is calendar()


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("name", [None, 5, b"x"]),
        ("source", [None, "x", object()]),
        ("first", [None, 0, 1, 2028, 10**30, True, "2026"]),
        ("last", [None, 2025, 10_000, 10**30, 2026.0]),
        ("as_of", ["2026-01-01", datetime(2026, 1, 1, tzinfo=UTC), 5]),
        ("predicted", [None, "maybe", [], 5]),
        ("below", ["vn-civil", 5]),
        ("decisions", [None, [], [{}], ({},), ("x",)]),
    ],
)
def test_a_calendar_of_ones_own_is_made_of_what_can_be_one(field: str, wrong: list[Any]) -> None:
    right: dict[str, Any] = {
        "name": "own", "source": CIVIL._years.source, "first": 2026, "last": 2027, "as_of": None, "predicted": "allow"
    }  # fmt: skip
    assert Calendar(**right).is_workday(date(2026, 1, 5))
    for each in wrong:
        with pytest.raises(InvalidValueError):
            Calendar(**{**right, field: each})


class Locked(dict[str, Any]):
    """A mapping that cannot be looked into."""

    def items(self) -> Any:
        raise RuntimeError("locked")


def failing() -> Any:
    yield from ()
    raise RuntimeError("the database went away")


@pytest.mark.parametrize(
    "ask",
    [
        lambda: CIVIL.with_decisions(failing()),
        lambda: CIVIL.with_decisions(Locked(a=1)),
        lambda: CIVIL.with_decisions([decision(), Locked(a=1)]),
        lambda: reception(CIVIL, failing()),
        lambda: Reception(calendar=CIVIL, dates=failing()),
        lambda: Reception(calendar=CIVIL, weekdays=failing()),
        lambda: dimension.to_csv(failing()),
    ],
)
def test_what_fails_while_it_is_handed_over_is_refused(ask: Callable[[], object]) -> None:
    with pytest.raises((InvalidValueError, InvalidDocumentError)):
        ask()


def test_a_table_is_written_from_any_iterable_of_its_rows() -> None:
    rows = dimension.table(CIVIL, date(2026, 1, 9), date(2026, 1, 10))
    assert dimension.to_csv(iter(rows)) == dimension.to_csv(rows)
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        rows[0].number = 5  # type: ignore[misc]
