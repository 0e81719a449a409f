"""What the rooms of deadlines refuse by themselves; the fuzz test of the house knocks at every door."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import attrs
import pytest

from onestop_core import deadlines, workdays
from onestop_core.deadlines import TimeLimit
from onestop_core.deadlines.answers import Readings
from onestop_core.errors import InvalidValueError
from onestop_core.model import Act, Clock

AT = datetime.fromisoformat("2026-03-02T09:00+07:00")
CALENDAR = workdays.calendar("vn-civil")
LIMIT = TimeLimit.parse("5 working days")


class Answerless:
    def __getattribute__(self, name: str) -> Any:
        if name == "__class__":
            return Answerless
        raise RuntimeError(name)

    def __iter__(self) -> Any:
        raise RuntimeError


@pytest.mark.parametrize("pauses", [5, object(), None, Answerless])
def test_what_is_no_sequence_of_pauses_is_refused(pauses: Any) -> None:
    with pytest.raises(InvalidValueError, match="pauses"):
        deadlines.due(AT, LIMIT, calendar=CALENDAR, pauses=pauses)


def test_pauses_may_come_one_by_one() -> None:
    pause = (AT, datetime.fromisoformat("2026-03-04T09:00+07:00"))
    given: Any = (each for each in [pause])
    assert (
        deadlines.due(AT, LIMIT, calendar=CALENDAR, pauses=given).at
        == deadlines.due(AT, LIMIT, calendar=CALENDAR, pauses=[pause]).at
    )


def test_what_does_not_answer_is_no_calendar() -> None:
    given: Any = Answerless()
    with pytest.raises(InvalidValueError, match="calendar"):
        deadlines.due(AT, LIMIT, calendar=given)


def test_there_is_a_reading_and_a_longest_path() -> None:
    with pytest.raises(InvalidValueError, match="every"):
        Readings(every=())
    plan = deadlines.plan([deadlines.linked_work.PlanStep(id="a", limit=LIMIT)], AT, calendar=CALENDAR)
    with pytest.raises(InvalidValueError, match="critical"):
        attrs.evolve(plan, critical=())


def test_what_is_waited_for_is_said_in_both_languages() -> None:
    given: Any = "papers"
    with pytest.raises(InvalidValueError, match="waiting_for"):
        Clock().start(AT).take(Act.PAUSE, AT, waiting_for=given)
