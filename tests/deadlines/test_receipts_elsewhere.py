"""The verifier of the documentation, in JavaScript: it comes to the verdict of ``verify`` on what a receipt itself tells."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core.deadlines import verify
from tests.deadlines import receipts as made
from tests.deadlines.slow import VIETNAM_2026
from tests.deadlines.test_receipts import tet

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

PROGRAM = Path(__file__).parents[2] / "docs" / "adapters" / "verify.mjs"
NODE = shutil.which("node")
pytestmark = pytest.mark.skipif(NODE is None, reason="node is not installed")
OF_THE_CALENDAR = {
    "receipt/days",
    "receipt/announced-until",
    "receipt/calendar",
    "receipt/rules",
    "receipt/office-hours",
}
"""What only those can say who have the calendar and the tables."""


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[Callable[[Any], list[str]]]:
    """Return what asks the verifier, one process for all receipts."""
    assert NODE is not None
    with subprocess.Popen(  # noqa: S603 - our own program
        [NODE, str(PROGRAM), "--lines"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8"
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        to, back = process.stdin, process.stdout

        def ask(receipt: Any) -> list[str]:
            to.write(json.dumps(receipt) + "\n")
            to.flush()
            verdict: list[str] = json.loads(back.readline())
            return verdict

        yield ask
        to.close()


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


def test_the_verifier_runs_on_files(tmp_path: Path) -> None:
    assert NODE is not None
    good, bad, none = (tmp_path / name for name in ("good.json", "bad.json", "none.json"))
    good.write_text(json.dumps(tet()), encoding="utf-8")
    bad.write_text(json.dumps({**tet(), "limit": "6 working days"}), encoding="utf-8")
    none.write_text("{", encoding="utf-8")
    for files, code, said in (
        ([good], 0, "good.json: holds"),
        ([good, bad], 1, "the receipt was changed after it was made"),
        ([bad, none], 2, "none.json: cannot be read"),
    ):
        done = subprocess.run(  # noqa: S603 - our own program
            [NODE, str(PROGRAM), *map(str, files)], capture_output=True, encoding="utf-8", check=False, timeout=60
        )
        assert done.returncode == code
        assert said in done.stdout + done.stderr
