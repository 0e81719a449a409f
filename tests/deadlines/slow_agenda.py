"""A slow second reading of the log: every duty of the two decrees written out by hand, without the table."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from onestop_core import dossier, workdays
from onestop_core.deadlines import countdown, office_hours
from onestop_core.model import HO_CHI_MINH, FinishedKind
from tests.deadlines.slow import DAY, hours_later, working_days_later

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_core.dossier import Dossier
    from onestop_core.model import TimeLimit

CIVIL = workdays.calendar("vn-civil")
Row = tuple[str, datetime, datetime, str, datetime | None]
"""Code, since, by, status, done at."""
OVER = ("withdrawal_granted", "stopped")
LATE = ("overdue", "finished_late")


def close(day: date) -> datetime:
    return datetime.combine(day, time(23, 59, 59), HO_CHI_MINH)


def stands(by: datetime, now: datetime, done: datetime | None, end: datetime | None) -> str:
    if done is not None:
        return "done" if done <= by else "done_late"
    if (end or now) > by:
        return "missed"
    return "open" if end is None else "lapsed"


def second_reading(case: Dossier, limit: TimeLimit, now: datetime) -> list[Row]:
    return sorted(_rows(case, limit, now), key=lambda row: (row[2], row[0], row[1]))


def _rows(case: Dossier, limit: TimeLimit, now: datetime) -> Iterator[Row]:  # noqa: PLR0915 - one after another, on purpose
    machine = dossier.machine(case.lifecycle)
    events = [event for event in case.events if event.at <= now]
    if not events:
        return
    stories = [machine.replay(case.events[: n + 1]) for n in range(len(events))]

    def first(start: int, kinds: tuple[str, ...], task: str | None = None) -> tuple[str, datetime] | None:
        for event in events[start + 1 :]:
            if event.kind in kinds and event.task == task:
                return event.kind, event.at
        return None

    def answer(
        start: int, done: tuple[str, ...], over: tuple[str, ...]
    ) -> tuple[str, datetime | None, datetime | None]:
        found = first(start, (*done, *over))
        if found is None:
            return "", None, None
        kind, at = found
        return (kind, at, None) if kind in done else (kind, None, at)

    created = events[0].at
    decree_118 = created.date() >= date(2025, 7, 1)
    if case.channel == "online" and decree_118:
        by = created + timedelta(hours=2)
        over = ("received", "not_received", "supplement_requested", "rerouted", "withdrawal_granted")
        _, done, end = answer(0, ("desk_notified",), over)
        yield "online_desk_notice", created, by, stands(by, now, done, end), done
        by = hours_later(CIVIL, office_hours(), created, 8 * 60)
        _, done, end = answer(0, ("received", "supplement_requested", "not_received"), ("withdrawal_granted",))
        yield "online_answer", created, by, stands(by, now, done, end), done

    for n, event in enumerate(events):
        if event.kind == "received":
            day = event.at.date()
            kind, done, end = answer(n, ("transferred", "assigned"), (*OVER, "approved", "refused"))
            code = "transfer"
            if case.channel == "online":
                code = "transfer_of_data"
                by = close(day if CIVIL.is_workday(day) else CIVIL.next(day))
            elif not CIVIL.is_workday(day):
                by = office_hours().closing(CIVIL, CIVIL.next(day))
            elif event.at.time() > time(15):
                by = datetime.combine(CIVIL.next(day), time(7), HO_CHI_MINH)
            else:
                by = office_hours().closing(CIVIL, day)
            status = "lapsed" if kind in {"approved", "refused"} else stands(by, now, done, end)
            yield code, event.at, by, status, done
            if case.policy.max_supplements != 0:
                by = close(working_days_later(CIVIL, day, 3, []))
                _, done, end = answer(n, ("supplement_requested",), (*OVER, "approved", "refused"))
                status = stands(by, now, done, end)
                yield "supplement_notice", event.at, by, "lapsed" if status == "missed" else status, done
        if event.kind == "supplement_requested" and stories[n].state == "supplement_requested" and decree_118:
            last = event.at.date() + 15 * DAY
            while not CIVIL.is_workday(last):
                last += DAY
            by = close(last)
            by = event.due or by
            _, done, end = answer(
                n, ("closed_incomplete", "stopped"), ("supplemented", "refused", "withdrawal_granted")
            )
            if done is not None or end is not None:
                yield "closing", event.at, by, "done" if done else "lapsed", done
            else:
                yield "closing", event.at, by, "open" if now > by else "waiting", None
        if event.kind == "linked_handed_over" and event.due is not None:
            back = first(n, ("linked_returned",), event.task)
            ends = [first(n, (*OVER, "approved", "refused")), first(n, ("linked_recalled",), event.task)]
            ended_by = min((each for each in ends if each is not None), key=lambda each: each[1], default=None)
            done = back[1] if back is not None else None
            end = ended_by[1] if ended_by is not None and back is None else None
            yield "linked_part", event.at, event.due, stands(event.due, now, done, end), done
        if event.kind == "approved":
            promised: Any = countdown(stories[-1], limit, calendar=CIVIL).in_force_at(now)
            _, done, end = answer(n, ("result_handed_over",), ("stopped",))
            yield "hand_over", event.at, promised, stands(promised, now, done, end), done
        if event.kind == "opinion_asked" and event.due is not None:
            _, done, end = answer(n, ("opinion_given", "opinion_deemed_given"), (*OVER, "opinion_lapsed"))
            yield "opinion", event.at, event.due, stands(event.due, now, done, end), done
        if event.kind in {"error_reported", "result_corrected"} and decree_118:
            before = [each.kind for each in events[:n]]
            begun = {"error_reported", "result_corrected"}
            last_start = max((k for k, kind in enumerate(before) if kind in begun), default=None)
            if last_start is None or {"delivered", "corrected_result_delivered"} & set(before[last_start:]):
                by = close(working_days_later(CIVIL, event.at.date(), 3, []))
                _, done, end = answer(n, ("corrected_result_delivered", "delivered"), ())
                yield "result_correction", event.at, by, stands(by, now, done, end), done

    yield from _counts(case, limit, now, stories)


def _counts(case: Dossier, limit: TimeLimit, now: datetime, stories: list[Dossier]) -> Iterator[Row]:
    most = case.policy.max_extensions
    most = 1 if most is None else most
    for count in range(1, stories[-1].clock.count + 1):
        own = [story for story in stories if story.clock.count == count]
        since, last = own[0].events[-1].at, own[-1]
        following = [story for story in stories if story.clock.count == count + 1]
        over = following[0].events[-1].at if following else None
        looked = over or now
        counted = countdown(last, limit, calendar=CIVIL)
        status, stopped = counted.status(now=looked).code, last.clock.stopped_at
        by: Any = counted.in_force_at(looked)
        late = status in LATE
        unserved = case.milestones.outcome in {FinishedKind.WITHDRAWN, FinishedKind.STOPPED}
        if stopped is not None and not unserved:
            yield "appointment", since, by, "done_late" if late else "done", stopped
        elif late:
            yield "appointment", since, by, "missed", None
        elif stopped is not None or over is not None:
            yield "appointment", since, by, "lapsed", None
        else:
            yield "appointment", since, by, "waiting" if status == "paused" else "open", None

        if sum(event.kind == "extended" for event in own[0].events) >= most:
            continue
        made = next((story for story in own if story.events[-1].kind == "extended"), None)
        if made is None:
            promised = by
        else:
            before = stories[len(made.events) - 2]
            promised = countdown(before, limit, calendar=CIVIL).in_force_at(made.events[-1].at)
        asked_by = close(promised.date() - DAY)
        if asked_by < since:
            continue
        done = None if made is None else made.events[-1].at
        end = None if made is not None else over or stopped
        answer = stands(asked_by, now, done, end)
        if answer == "missed" and not late:
            answer = "lapsed"
        if answer == "open" and last.clock.phase == "paused":
            answer = "waiting"
        yield "extension_request", since, asked_by, answer, done
