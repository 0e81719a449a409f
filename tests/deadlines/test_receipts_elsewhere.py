"""The verifier in JavaScript: it comes to the verdict of ``verify`` on what a receipt itself tells, and on its days."""

from __future__ import annotations

import json
import shutil
import subprocess
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.deadlines import TimeLimit, due, verify
from tests.deadlines import receipts as made
from tests.deadlines.slow import VIETNAM_2026
from tests.deadlines.test_receipts import tet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROGRAM = Path(__file__).parents[2] / "src" / "javascript" / "verify.mjs"
NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="node is not installed")
OF_THE_CALENDAR = {"receipt/days", "receipt/announced-until", "receipt/calendar"}
"""What only those can say who have the calendar."""


@contextmanager
def asked(*options: str) -> Iterator[Callable[[Any], list[str]]]:
    """Give what asks the verifier, one process for all receipts."""
    assert NODE is not None
    with subprocess.Popen(  # noqa: S603 - our own program
        [NODE, str(PROGRAM), *options, "--lines"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        to, back = process.stdin, process.stdout

        def ask(receipt: Any) -> list[str]:
            to.write(json.dumps(receipt) + "\n")
            to.flush()
            return [problem["rule"] for problem in json.loads(back.readline())]

        yield ask
        to.close()


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Callable[[Any], list[str]]]:
    """Return what verifies a receipt by what it tells."""
    with asked("--told") as ask:
        yield ask


@pytest.fixture(scope="module")
def with_its_days() -> Iterator[Callable[[Any], list[str]]]:
    """Return what verifies a receipt with the calendar that it names."""
    with asked() as ask:
        yield ask


def here(receipt: Any) -> list[str]:
    """Return what this library finds, without what only those can say who have the calendar."""
    return [problem.rule for problem in verify(receipt) if problem.rule not in OF_THE_CALENDAR]


RECEIPTS = made.receipts(calendars={**made.CALENDARS, "of a host": VIETNAM_2026})


@given(receipt=RECEIPTS, data=st.data())
def test_a_receipt_holds_elsewhere_and_one_that_was_changed_does_not(
    elsewhere: Callable[[Any], list[str]], receipt: dict[str, Any], data: st.DataObject
) -> None:
    assert elsewhere(receipt) == here(receipt) == []
    path = data.draw(st.sampled_from(made.places(receipt)))
    value = data.draw(st.sampled_from([None, "", "1 day", "2026-03-02T09:00:00+07:00", "2026-03-02", False]))
    tampered = made.changed(receipt, path, value)
    assert bool(elsewhere(tampered)) == bool(here(tampered)) == (tampered != receipt)


MOMENTS = st.sampled_from(
    [
        "2026-02-12T09:30:00+07:00",
        "2026-02-13T15:00:01+07:00",
        "2026-02-14T23:59:59+07:00",
        "2026-02-18T00:00:00.000001+07:00",
    ]
)
LIMITS = st.sampled_from(
    ["1 day", "3 days", "2 working days", "within the day", "5 hours", "1 week", "05 days", "1.50 days", "0 weeks", "x"]
)
DAYS = st.sampled_from(["2026-02-13", "2026-02-15", "2026-02-16", "2026-02-28", "2026-02-30", None])
ENDS = st.sampled_from(["next_working_day", "strict_civil_code", "none"])
LATE = st.sampled_from(["same_day_limits", "every_limit", "no_limit"])


@given(
    receipt=RECEIPTS | st.just(tet()),
    received=MOMENTS | st.none(),
    limit=LIMITS | st.none(),
    start=DAYS,
    waits=st.lists(st.tuples(MOMENTS, MOMENTS | st.none()), max_size=2) | st.none(),
    ends=ENDS,
    late=LATE,
)
def test_a_forger_who_seals_again_is_found_elsewhere_when_he_is_here(
    elsewhere: Callable[[Any], list[str]], receipt: dict[str, Any], **forged: Any
) -> None:
    copied = made.sealed_again(receipt)
    for name, member in (("received", "received_at"), ("limit", "limit")):
        if forged[name] is not None:
            copied[member] = forged[name]
    if forged["waits"] is not None:
        copied["waits"] = [{"from": start, "to": end} for start, end in forged["waits"]]
    if forged["start"] is not None:
        copied["calendar"]["from"] = forged["start"]
    copied["policies"] = {"end_on_day_off": forged["ends"], "late_receipt": forged["late"]}
    copied["restarts"] = []
    copied = made.sealed_again(copied)
    assert bool(elsewhere(copied)) == bool(here(copied))


NAMED = made.receipts(calendars={name: each for name, each in made.CALENDARS.items() if not each.decisions})


@given(
    receipt=NAMED,
    place=st.integers(0, 40),
    kind=st.sampled_from(["holiday", "tet", "makeup", None]),
    day=st.dates(date(2025, 12, 1), date(2029, 1, 1)) | st.none(),
    version=st.sampled_from(["0.0.1", None]),
    until=st.sampled_from(["2025-12-31", "2026-12-31", "2030-12-31", None]),
)
def test_days_are_compared_with_the_calendar_as_here(
    with_its_days: Callable[[Any], list[str]],
    receipt: dict[str, Any],
    place: int,
    kind: str | None,
    day: date | None,
    version: str | None,
    until: str | None,
) -> None:
    assert with_its_days(receipt) == []
    copied = made.sealed_again(receipt)
    told = copied["calendar"]
    if until is not None:
        told["announced_until"] = until
    if version is not None:
        copied["library"]["version"] = version
    if kind is not None and told["days"]:
        told["days"][place % len(told["days"])]["kind"] = kind
    if day is not None and told["from"] is not None and told["from"] <= day.isoformat() <= told["to"]:
        rows = {row["date"]: row for row in told["days"]}
        rows[day.isoformat()] = {"date": day.isoformat(), "works": day.weekday() >= 5, "kind": "local_off"}
        told["days"] = [rows[each] for each in sorted(rows)]
    copied = made.sealed_again(copied)
    assert with_its_days(copied) == [problem.rule for problem in verify(copied)]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        (
            {"rules": {"id": "vn-deadlines@civil-code-2015", "late_after": "16:00", "working_day": "8 working hours"}},
            "rules",
        ),
        ({"office_hours": {"schema_version": "1.0", "week": {**made.WEEK, "friday": ["07:30-11:30"]}}}, "office-hours"),
        ({"restarts": ["2026-01-05T08:00:00+07:00"]}, "restarts"),
    ],
)
def test_rules_hours_and_restarts_that_are_others_are_found(
    with_its_days: Callable[[Any], list[str]], changes: dict[str, Any], rule: str
) -> None:
    forged = made.sealed_again({**tet(), **changes})
    assert with_its_days(forged) == [problem.rule for problem in verify(forged)] == [f"receipt/{rule}"]


def test_local_decisions_cannot_be_compared_and_it_says_so(with_its_days: Callable[[Any], list[str]]) -> None:
    receipt = due(
        datetime.fromisoformat("2026-03-09T08:00+07:00"),
        TimeLimit.parse("5 working days"),
        calendar=made.CALENDARS["local"],
    ).to_receipt()
    assert verify(receipt) == ()
    assert with_its_days(receipt) == ["receipt/calendar"]
    assert (
        with_its_days({**receipt, "calendar": {**receipt["calendar"], "name": "vn-other", "decisions": []}})[-1]
        == "receipt/calendar"
    )


@pytest.mark.parametrize(
    "document",
    [
        None,
        1,
        "x",
        [],
        {},
        {"schema_version": "1.0"},
        {**tet(), "waits": [None]},
        {**tet(), "calendar": None},
        {**tet(), "restarts": [tet()["received_at"]] * 1001},
    ],
)
def test_what_is_no_receipt_is_told_so(with_its_days: Callable[[Any], list[str]], document: Any) -> None:
    assert with_its_days(document) == ["receipt/content"]


def test_the_verifier_runs_on_files(tmp_path: Path) -> None:
    assert NODE is not None
    good, bad, none = (tmp_path / name for name in ("good.json", "bad.json", "none.json"))
    good.write_text(json.dumps(tet()), encoding="utf-8")
    bad.write_text(json.dumps({**tet(), "limit": "6 working days"}), encoding="utf-8")
    none.write_text("{", encoding="utf-8")
    for files, code, said in (
        ([good], 0, "good.json: holds"),
        ([good, bad], 1, "it was changed after it was made"),
        ([bad, none], 2, "none.json: cannot be read"),
    ):
        done = subprocess.run(  # noqa: S603 - our own program
            [NODE, str(PROGRAM), *map(str, files)], capture_output=True, encoding="utf-8", check=False, timeout=60
        )
        assert done.returncode == code
        assert said in done.stdout + done.stderr
