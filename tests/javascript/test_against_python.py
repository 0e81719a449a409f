"""Thousands of questions made by chance, asked in JavaScript and in Python: the answers are the same."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta, timezone
from typing import TYPE_CHECKING, Any, Final

import pytest

from onestop_core import deadlines, workdays
from onestop_core.deadlines.differences import DifferenceKind, counted_otherwise, known_differences
from onestop_core.errors import OnestopError
from onestop_core.model import (
    AgencyCode,
    Clock,
    DossierCode,
    ProcedureCode,
    TimeLimit,
    day_of,
    parse_moment,
    read_moment,
)
from onestop_core.workdays.announced_years import announced_years, year
from onestop_core.workdays.predicted_years import CULTURE_DAY_ADOPTED
from tests.documentation.test_grammars import READERS, changed, dressed, fitted
from tests.javascript.node import ask
from tests.javascript.tables import basis_part

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop_core.deadlines.terms import Status

CONVENTIONS: Final = [row.code for row in known_differences() if row.kind is DifferenceKind.CONVENTION]
HOURS: Final = [
    None,
    "07:30-11:30, 13:30-17:00",
    "Sáng: 7h30 - 11h30; chiều: 13h30 - 17h",
    "08:00-24:00",
    {
        "schema_version": "1.0",
        "week": {
            "monday": ["07:00-11:30", "13:30-17:00"],
            "tuesday": ["07:00-11:30"],
            "wednesday": ["08:00-12:00", "13:00-17:30", "18:00-19:15"],
            "thursday": ["07:00-11:30", "13:30-17:00"],
            "friday": ["13:30-17:00"],
            "saturday": ["08:00-11:00"],
        },
        "seasons": [
            {
                "first": "10-16",
                "last": "04-15",
                "week": {
                    name: ["07:45-11:45", "13:15-16:45"]
                    for name in ("monday", "tuesday", "wednesday", "thursday", "friday")
                },
            }
        ],
        "make_up": "own_weekday",
    },
]
ENDS: Final = ["next_working_day", "strict_civil_code", "none"]
LATE: Final = ["same_day_limits", "every_limit", "no_limit"]
AS_OF: Final = [None, None, "2019-03-01", "2024-12-31", "2025-12-24", "2026-04-23", "2026-06-30", "2011-01-01"]
LIMITS: Final = [
    "5 working days", "1 working day", "20 working days", "0 working days", "0.5 working days", "2,25 ngày làm việc", "3/4 working days",
    "4 working hours", "08 giờ làm việc", "0.25 working hours", "24 hours", "1.33 hours", "72 giờ", "15 days", "30 ngày", "1.5 days",
    "0.75 days", "0.01 days", "2 weeks", "1 month", "06 tháng", "nửa tháng", "1 year", "13 months", "trong ngày", "within the day", "ngay",
    "3 buổi", "P30D", "2 working days + 1 month + within the day", "0.5 days + 3 working days", "8 working hours + 2 working days + 3 hours",
]  # fmt: skip


class Chance:
    """Questions by chance, the same for the same seed."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)

    def day(self, first: date = date(2012, 1, 1), last: date = date(2028, 12, 31)) -> date:
        return first + timedelta(days=self.random.randrange((last - first).days))

    def moment(self, near: datetime | None = None, days: int = 40) -> datetime:
        edges = [0, 1, 15 * 3600, 15 * 3600 + 1, 11 * 3600 + 1800, 17 * 3600, 86399, self.random.randrange(86400)]
        at = datetime.combine(self.day(), datetime.min.time(), timezone(timedelta(hours=7)))
        if near is not None:
            at = near.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=self.random.randrange(days))
        at += timedelta(seconds=self.random.choice(edges))
        return at + timedelta(microseconds=self.random.choice([0, 0, 0, 1, 999_999]))

    def written(self, at: datetime) -> str:
        zone = self.random.choice([timezone(timedelta(hours=7)), UTC, timezone(timedelta(hours=-5))])
        return at.astimezone(zone).isoformat()

    def setting(self) -> dict[str, Any]:
        choice = self.random.choice
        return {
            "asOf": choice(AS_OF),
            "predicted": choice(["allow", "allow", "allow", "refuse"]),
            "hours": choice(HOURS),
            "endOnDayOff": choice(ENDS),
            "lateReceipt": choice(LATE),
            "limit": choice(LIMITS),
        }

    def due(self) -> dict[str, Any]:
        received = self.moment()
        pauses = []
        for _ in range(self.random.choice([0, 0, 1, 2, 3])):
            start = self.moment(received, 30)
            end = self.moment(start, 12) if self.random.random() < 0.85 else None
            # One in a while ends before it begins.
            pauses.append([self.written(start), None if end is None else self.written(end)])
        nows = [self.written(self.moment(received - timedelta(days=2), 60)) for _ in range(3)]
        return {"ask": "due", "receivedAt": self.written(received), "pauses": pauses, "nows": nows, **self.setting()}

    def clock(self) -> dict[str, Any]:
        at, acts = self.moment(), []
        begun, waiting = False, False
        for _ in range(self.random.randrange(1, 8)):
            usual = (
                ["resume", "restart", "extend"] if waiting else ["pause", "extend", "reschedule", "promise", "restart"]
            )
            act = self.random.choice(usual) if begun else "start"
            if self.random.random() < 0.04:
                act = self.random.choice(["start", "stop", "resume", "pause"])
            begun, waiting = True, act == "pause" or (waiting and act not in {"resume", "restart"})
            told: dict[str, Any] = {"act": act, "at": self.written(at)}
            promise = self.written(self.moment(at, 15))
            if act in {"reschedule", "promise"} or (act == "start" and self.random.random() < 0.3):
                told["promise"] = promise
            if act == "extend":
                told |= {"by": self.random.choice(LIMITS)} if self.random.random() < 0.5 else {"promise": promise}
            if self.random.random() < 0.02:
                told["promise"] = promise  # which not every act takes
            if act == "reschedule":
                told["reason"] = "bão số 3"
            acts.append(told)
            at = max(at, self.moment(at, 10))
        if begun and self.random.random() < 0.4:
            acts.append({"act": "stop", "at": self.written(at)})
        nows = [self.written(self.moment(at - timedelta(days=20), 60)) for _ in range(3)]
        return {"ask": "clock", "acts": acts, "nows": nows, **self.setting()}


def _calendar(asked: dict[str, Any]) -> workdays.Calendar:
    as_of = None if asked["asOf"] is None else date.fromisoformat(asked["asOf"])
    return workdays.calendar("vn-civil", as_of=as_of, predicted=asked["predicted"])


def _hours(told: Any) -> deadlines.WorkingHours | None:
    if told is None:
        return None
    return deadlines.WorkingHours.parse(told) if isinstance(told, str) else deadlines.WorkingHours.from_document(told)


def _tried(make: Callable[[], Any]) -> Any:
    try:
        return make()
    except OnestopError as error:
        return {"refused": error.code}


def _status(status: Status) -> list[Any]:
    said = status.to_dict()
    return [said["code"], said["amount"], said["unit"], status.text.vi, status.text.en]


def _measure(measure: Any) -> list[Any] | None:
    return None if measure is None else [str(measure.amount), measure.unit, measure.text.vi, measure.text.en]


def _moment(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()


def _otherwise(due: Any) -> dict[str, Any]:
    return {code: _tried(lambda code=code: _moment(counted_otherwise(due, code))) for code in CONVENTIONS}  # type: ignore[misc]


def due_here(asked: dict[str, Any]) -> Any:
    due = deadlines.due(
        parse_moment(asked["receivedAt"]),
        TimeLimit.parse(asked["limit"]),
        calendar=_calendar(asked),
        hours=_hours(asked["hours"]),
        pauses=[(parse_moment(a), None if b is None else parse_moment(b)) for a, b in asked["pauses"]],
        end_on_day_off=asked["endOnDayOff"],
        late_receipt=asked["lateReceipt"],
    )
    nows = [parse_moment(now) for now in asked["nows"]]
    return {
        "at": due.at.isoformat(),
        "certainty": due.certainty,
        "pauses": [[a.isoformat(), _moment(b)] for a, b in due.pauses],
        "status": [_tried(lambda now=now: _status(due.status(now=now))) for now in nows],  # type: ignore[misc]
        "left": [_tried(lambda now=now: _measure(due.left(at=now))) for now in nows],  # type: ignore[misc]
        "used": [_tried(lambda now=now: _measure(due.used(until=now))) for now in nows],  # type: ignore[misc]
        "otherwise": _otherwise(due),
    }


def _due(due: deadlines.Deadline | None, nows: list[datetime]) -> Any:
    return None if due is None else [due.certainty, _status(due.status(now=nows[0])), _measure(due.used(until=nows[0]))]


def clock_here(asked: dict[str, Any]) -> Any:
    clock = Clock()
    for told in asked["acts"]:
        clock = clock.take(
            told["act"],
            parse_moment(told["at"]),
            promise=parse_moment(told["promise"]) if "promise" in told else None,
            by=TimeLimit.parse(told["by"]) if "by" in told else None,
            reason=told.get("reason"),
        )
    count = deadlines.countdown(
        clock,
        TimeLimit.parse(asked["limit"]),
        calendar=_calendar(asked),
        hours=_hours(asked["hours"]),
        policies=deadlines.Policies(end_on_day_off=asked["endOnDayOff"], late_receipt=asked["lateReceipt"]),
    )
    nows = [parse_moment(now) for now in asked["nows"]]
    return {
        "phase": clock.phase.value,
        "due": _tried(lambda: _due(count.due(), nows)),
        "counted": _tried(lambda: _moment(count.counted)),
        "promised": _moment(count.promised),
        "inForce": _tried(lambda: _moment(count.in_force)),
        "inForceAt": [_tried(lambda now=now: _moment(count.in_force_at(now))) for now in nows],  # type: ignore[misc]
        "status": [_tried(lambda now=now: _status(count.status(now=now))) for now in nows],  # type: ignore[misc]
        "left": [_tried(lambda now=now: _measure(count.left(now=now))) for now in nows],  # type: ignore[misc]
        "used": [_tried(lambda now=now: _measure(count.used(now=now))) for now in nows],  # type: ignore[misc]
        "otherwise": _otherwise(count) if count.promised is None and clock.count else {},
    }


def same(asked: list[dict[str, Any]], here: Callable[[dict[str, Any]], Any]) -> list[Any]:
    """Hold the answers of both to one another, and return them."""
    theirs, ours = ask(asked), [_tried(lambda each=each: here(each)) for each in asked]  # type: ignore[misc]
    different = [(question, a, b) for question, a, b in zip(asked, theirs, ours, strict=True) if a != b]
    assert different == []
    return ours


def test_due_moments_status_and_conventions() -> None:
    chance = Chance(20261126)
    answers = same([chance.due() for _ in range(1500)], due_here)
    assert sum("refused" not in answer for answer in answers) > 600
    assert {answer["refused"] for answer in answers if "refused" in answer} == {"invalid-value", "calendar-coverage"}


def test_clocks() -> None:
    chance = Chance(20261127)
    answers = same([chance.clock() for _ in range(900)], clock_here)
    assert sum("refused" not in answer for answer in answers) > 400
    assert {"transition-not-allowed", "invalid-event"} <= {answer.get("refused") for answer in answers}


def day_here(asked: dict[str, Any]) -> Any:
    day = _calendar(asked).day(date.fromisoformat(asked["day"]))
    text = {"vi": day.name.vi, "en": day.name.en}
    return {
        "date": day.date.isoformat(),
        "isWorkday": day.is_workday,
        "kind": day.kind.value,
        "name": text,
        "basis": None if day.basis is None else basis_part(day.basis),
        "announcedOn": _iso(day.announced_on),
        "certainty": day.certainty.value,
        "replaces": _iso(day.replaces),
        "note": None if day.note is None else {"vi": day.note.vi, "en": day.note.en},
    }


def _iso(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def about_here(asked: dict[str, Any]) -> Any:
    calendar = _calendar(asked)
    return [_iso(calendar.coverage.first), _iso(calendar.coverage.last), calendar.announced_until.isoformat()]


def add_here(asked: dict[str, Any]) -> Any:
    return _calendar(asked).add(date.fromisoformat(asked["day"]), asked["n"]).isoformat()


def count_here(asked: dict[str, Any]) -> Any:
    return _calendar(asked).count(date.fromisoformat(asked["start"]), date.fromisoformat(asked["end"]))


HERE: Final[dict[str, Callable[[dict[str, Any]], Any]]] = {
    "day": day_here,
    "about": about_here,
    "add": add_here,
    "count": count_here,
}


def test_days() -> None:
    chance = Chance(20261128)
    every = [
        {"ask": "day", "day": (date(2012, 1, 1) + timedelta(days=n)).isoformat(), "asOf": None, "predicted": "allow"}
        for n in range(14_245)
    ]
    # A few days of knowledge, most of them beside a day on which something was announced: each makes a calendar.
    news = [year(number).known_from for number in announced_years()] + [CULTURE_DAY_ADOPTED, date(2025, 12, 25)]
    days: list[date | None] = [
        None,
        date(2011, 1, 1),
        *(chance.random.choice(news) - timedelta(days=n % 2) for n in range(20)),
    ]
    asked: list[dict[str, Any]] = []
    for _ in range(1200):
        known = {
            "asOf": _iso(chance.random.choice(days)),
            "predicted": chance.random.choice(["allow", "allow", "refuse"]),
        }
        first, last = chance.day(date(2010, 1, 1), date(2051, 12, 31)), chance.day(date(2011, 6, 1), date(2051, 6, 1))
        asked += [
            {"ask": "about", **known},
            {"ask": "day", "day": first.isoformat(), **known},
            {"ask": "add", "day": first.isoformat(), "n": chance.random.randrange(-400, 400), **known},
            {"ask": "count", "start": first.isoformat(), "end": last.isoformat(), **known},
        ]
    answers = same(every + asked, lambda each: HERE[each["ask"]](each))
    assert {"calendar-coverage"} == {
        answer["refused"] for answer in answers if isinstance(answer, dict) and "refused" in answer
    }


def limit_here(text: str) -> Any:
    limit = TimeLimit.parse(text)
    return [[[step.unit.value, str(step.amount)] for step in limit.steps], limit.text.vi, limit.text.en]


def agency_here(text: str) -> Any:
    code = AgencyCode.parse(text)
    return [code.level_one, code.is_old_order]


def procedure_here(text: str) -> Any:
    code = ProcedureCode.parse(text)
    return [code.short, None if code.owner is None else str(code.owner)]


def dossier_here(text: str) -> Any:
    code = DossierCode.parse(text)
    if code.agency is None:
        return [True, None, None, None]
    return [False, str(code.agency), _iso(code.day), str(code.sequence)]


READ_HERE: Final[dict[str, Callable[[str], Any]]] = {
    "limit": limit_here,
    "hours": lambda text: deadlines.WorkingHours.parse(text).to_document(),
    "agency": agency_here,
    "procedure": procedure_here,
    "dossier": dossier_here,
    "moment": lambda text: day_of(read_moment(text)).isoformat(),
}


@pytest.mark.parametrize("name", READERS)
def test_texts_made_from_the_grammars_and_changed(name: str) -> None:
    grammar, _, _ = READERS[name]
    chance = random.Random(20260426)
    texts: list[str] = ["", " ", "\0", "\ud800", "x" * 601, "1 day" + " " * 596, "\U0001d7d9 days", "\u0130 days"]
    for number in range(500):
        text = fitted(grammar.make(chance), chance) if number % 2 else grammar.make(chance)
        texts += [text, changed(text, grammar, chance), changed(dressed(text, chance), grammar, chance)]
    answers = same([{"ask": name, "text": text} for text in texts], lambda each: READ_HERE[name](each["text"]))
    assert sum(not isinstance(answer, dict) or "refused" not in answer for answer in answers) > 60


def test_moments_as_programs_write_them() -> None:
    chance = Chance(20261129)
    texts = [
        "2026-02-12",
        "2026-02-12T09:30",
        "2026-02-30T09:30+07:00",
        "2026-02-12T24:00+07:00",
        "2026-02-12T09:60Z",
        "0000-01-01T09:30Z",
    ]
    for _ in range(1000):
        at = chance.moment()
        text = chance.written(at)
        texts += [
            text,
            text.replace("T", " "),
            text.replace("+00:00", " UTC"),
            text[:-3],
            text[: chance.random.randrange(len(text))],
        ]
    answers = same([{"ask": "moment", "text": text} for text in texts], lambda each: READ_HERE["moment"](each["text"]))
    assert sum(isinstance(answer, str) for answer in answers) > 3000
