"""First use: safe from many threads, and done ahead of time with one call."""

from __future__ import annotations

import subprocess
import sys
from typing import Final

import pytest

import onestop_core

ASK: Final = """
import sys, threading, collections
from datetime import date, datetime
sys.setswitchinterval(1e-6)
import onestop_core
{before}
def ask():
    from onestop_core import catalogue, deadlines, dossier, kpi, workdays
    calendar = workdays.calendar("vn-civil")
    received = datetime.fromisoformat("2027-12-20T09:00+07:00")
    due = deadlines.due(received, deadlines.TimeLimit.parse("15 working days"), calendar=calendar)
    machine = dossier.machine("vn", on=date(2026, 2, 12))
    card = kpi.index("vn-766@portal-2026").score({{"2.1": (1, 2)}}, level="province")
    return calendar, machine, catalogue.shipped(), due, card, calendar.is_workday(date(2030, 3, 4))
answers, ready = [], threading.Barrier(16)
def run():
    ready.wait()
    {act}
    answers.append(ask())
threads = [threading.Thread(target=run) for _ in range(16)]
for thread in threads: thread.start()
for thread in threads: thread.join()
assert len(answers) == 16, len(answers)
for one in answers[1:]:
    assert one == answers[0]
    assert one[0] is answers[0][0] and one[1] is answers[0][1], "another instance"
{after}
print("same")
"""

NOTHING_MORE: Final = """
before = set(sys.modules)
ask()
assert set(sys.modules) == before, sorted(set(sys.modules) - before)
"""


@pytest.mark.parametrize(
    ("before", "act", "after"),
    [
        ("", "pass", ""),
        ("", "onestop_core.warm()", ""),
        ("onestop_core.warm()", "pass", NOTHING_MORE),
    ],
    ids=["first use", "warmed by each", "warmed before"],
)
def test_many_threads_at_first_use_see_the_same(before: str, act: str, after: str) -> None:
    code = ASK.format(before=before, act=act, after=after)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)  # noqa: S603
    assert (done.stdout, done.stderr[-2000:]) == ("same\n", "")


def test_warming_twice_changes_nothing() -> None:
    onestop_core.warm()
    calendar, catalogue = onestop_core.workdays.calendar(), onestop_core.catalogue.shipped()
    onestop_core.warm()
    assert onestop_core.workdays.calendar() is calendar
    assert onestop_core.catalogue.shipped() is catalogue
