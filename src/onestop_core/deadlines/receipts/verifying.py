"""Receipts verified: its schema, its digests, its days against the calendar, its answer against a new count."""

from __future__ import annotations

from datetime import date
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from onestop_core.__about__ import __version__
from onestop_core.deadlines.counting.countable import ensure_countable
from onestop_core.deadlines.counting.days import Setting
from onestop_core.deadlines.hours.office_hours import office_hours
from onestop_core.deadlines.receipts.content import SCHEMA, Content, count, digest_of, told_days
from onestop_core.deadlines.receipts.days import special_days
from onestop_core.deadlines.receipts.short_form import MARK, from_short
from onestop_core.deadlines.receipts.writing import hours_part, needs_office_hours, rules_part
from onestop_core.errors import InvalidDocumentError, OnestopError, Problem
from onestop_core.model import freeze, thaw
from onestop_core.rules.reading.documents import inspect
from onestop_core.rules.schema.schemas import violations
from onestop_core.text import Text, day_text, moment_text, shown
from onestop_core.workdays import calendar as calendar_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_core.deadlines.receipts.days import Told
    from onestop_core.deadlines.terms.values import WorkingCalendar

__all__ = ["verify"]

_MOST_DAYS: Final = 10
"""Most days of a calendar that are reported: more say nothing new."""


def verify(receipt: object, *, calendar: WorkingCalendar | None = None) -> tuple[Problem, ...]:
    """Return why *receipt* does not hold; nothing if it does. Never raises on content.

    Looked at are the schema, the digests, the days against the calendar of that name as of that day with those
    decisions, and whether a new count from what the receipt itself tells comes to its answer. A digest is no
    signature: it finds what was changed by accident or by hand, not a receipt made up as a whole that counts rightly.

    Of a receipt by another version of the library the days announced then are compared, not those that were predicted.

    >>> from datetime import datetime
    >>> from onestop_core import deadlines, workdays
    >>> receipt = deadlines.due(datetime.fromisoformat("2026-02-12T09:30+07:00"),
    ...     deadlines.TimeLimit.parse("5 working days"), calendar=workdays.calendar("vn-civil")).to_receipt()
    >>> verify(receipt)
    ()
    >>> receipt["answer"]["due_at"] = "2026-02-19T23:59:59+07:00"
    >>> [problem.rule for problem in verify(receipt)]
    ['receipt/digest', 'receipt/answer']

    Args:
        receipt: The document, or its short form as text.
        calendar: To compare the days with, in place of the calendar that the receipt names: one of your own, or one
            with the local decisions that a short form leaves out.
    """
    if isinstance(receipt, str):
        if not receipt.strip().upper().startswith(MARK):
            return (_problem("$", "short-form", _NOT_SHORT),)
        try:
            receipt = from_short(receipt, calendar=calendar)
        except InvalidDocumentError as error:
            return error.problems
    if problems := inspect(receipt):
        return problems
    try:
        # A copy of plain dicts and lists: mappings of hosts could answer otherwise next time.
        document = thaw(freeze(receipt))
    except OnestopError as error:
        return (_problem("$", "content", error.message),)
    return violations(document, SCHEMA) or tuple(_problems(document, calendar))


_NOT_SHORT: Final = Text(
    vi=f"cần biên nhận dạng JSON, hoặc dạng rút gọn bắt đầu bằng {MARK}",
    en=f"expected a receipt in JSON, or its short form, which begins with {MARK}",
)
_DIGEST: Final = Text(
    vi="nội dung không khớp mã kiểm tra: đã bị sửa sau khi lập", en="not its digest: it was changed after it was made"
)


def _problem(path: str, rule: str, text: Text) -> Problem:
    return Problem(path=path, rule=f"receipt/{rule}", text=text)


def _problems(receipt: dict[str, Any], calendar: WorkingCalendar | None) -> Iterator[Problem]:
    told = receipt["calendar"]
    if digest_of(receipt) != receipt["digest"]:
        yield _problem("$.digest", "digest", _DIGEST)
    if digest_of(told) != told["digest"]:
        yield _problem("$.calendar.digest", "digest", _DIGEST)
    try:
        content, days = Content.read(receipt), told_days(told)
        ensure_countable(content.limit, days, content.hours)
    except OnestopError as error:
        yield _problem("$", "content", error.message)
        return
    yield from _rules(receipt, content)
    yield from _days(receipt, days, calendar)
    yield from _answer(receipt, content, days)


def _rules(receipt: dict[str, Any], content: Content) -> Iterator[Problem]:
    if receipt["restarts"] and receipt["restarts"][-1] != receipt["received_at"]:
        yield _problem(
            "$.restarts",
            "restarts",
            Text(
                vi="thời gian được tính từ lần tính lại cuối cùng, nhưng biên nhận ghi khác",
                en="the time is counted from the last restart, and the receipt says otherwise",
            ),
        )
    known = rules_part(content.received_at.date())
    if known != receipt["rules"]:
        yield _problem(
            "$.rules",
            "rules",
            Text(
                vi=f"quy tắc áp dụng cho ngày tiếp nhận là {shown(known['id'])}, nhận sau {known['late_after']} là muộn",
                en=f"on the day of receipt {shown(known['id'])} applies, late being after {known['late_after']}",
            ),
        )
    office = receipt["office_hours"]
    expected = hours_part(office_hours()) if needs_office_hours(content) else None
    if office != expected:
        yield _problem(
            "$.office_hours",
            "office-hours",
            Text(
                vi="giờ hành chính khác với giờ được dùng khi cơ quan không nêu giờ làm việc",
                en="not the office hours that are used where an agency states none",
            ),
        )


def _days(receipt: dict[str, Any], days: Told, calendar: WorkingCalendar | None) -> Iterator[Problem]:
    told = receipt["calendar"]
    try:
        known = calendar if calendar is not None else _named(told)
        if known is None:
            yield _problem("$.calendar.name", "calendar", _NO_NAME)
            return
        yield from _compared(receipt, days, known)
    except InvalidDocumentError as error:
        for problem in error.problems:
            yield _problem(f"$.calendar.decisions{problem.path[1:]}", "calendar", problem.text)
    except OnestopError as error:
        yield _problem("$.calendar", "calendar", error.message)


_NO_NAME: Final = Text(
    vi="biên nhận dùng lịch riêng, không nêu tên: cần có lịch đó để đối chiếu",
    en="it was counted by a calendar without a name here: give that calendar to compare the days",
)


def _named(told: dict[str, Any]) -> WorkingCalendar | None:
    if told["name"] is None:
        return None
    as_of = None if told["as_of"] is None else date.fromisoformat(told["as_of"])
    base = calendar_of(told["name"], as_of=as_of, predicted=told["predicted"])
    return base.with_decisions(told["decisions"]) if told["decisions"] else base


def _compared(receipt: dict[str, Any], days: Told, known: WorkingCalendar) -> Iterator[Problem]:
    told = receipt["calendar"]
    same = receipt["library"]["version"] == __version__
    until = days.announced_until
    if known.announced_until < until or (same and known.announced_until != until):
        right = day_text(known.announced_until)
        yield _problem(
            "$.calendar.announced_until",
            "announced-until",
            Text(vi=f"lịch đã công bố đến {right.vi}", en=f"the calendar is announced until {right.en}"),
        )
    if told["from"] is None:
        return
    first, last = date.fromisoformat(told["from"]), date.fromisoformat(told["to"])
    if not same:
        # What was only expected may have been announced, or be expected otherwise, since.
        last = min(last, until)
    rows = {row["date"]: row for row in told["days"] if row["date"] <= last.isoformat()}
    expected = {row["date"]: row for row in (special_days(known, first, last) if first <= last else ())}
    different = [day for day in sorted({*rows, *expected}) if rows.get(day) != expected.get(day)]
    for day in islice(different, _MOST_DAYS):
        named = day_text(date.fromisoformat(day))
        yield _problem(
            "$.calendar.days",
            "days",
            Text(vi=f"ngày {named.vi} khác với lịch", en=f"{named.en} is another day in the calendar"),
        )


def _answer(receipt: dict[str, Any], content: Content, days: Told) -> Iterator[Problem]:
    setting = Setting(calendar=days, hours=content.hours, policies=content.policies)
    try:
        due_at, promised = count(content, setting)
    except OnestopError as error:
        yield _problem("$.calendar", "count", error.message)
        return
    answer = receipt["answer"]
    if due_at.isoformat() != answer["due_at"]:
        right = moment_text(due_at)
        yield _problem(
            "$.answer.due_at", "answer", Text(vi=f"tính lại được {right.vi}", en=f"counted again it is {right.en}")
        )
    if (None if promised is None else promised.isoformat()) != answer["promised"]:
        right = Text(vi="không có hẹn", en="no promise") if promised is None else moment_text(promised)
        yield _problem(
            "$.answer.promised", "answer", Text(vi=f"tính lại được: {right.vi}", en=f"counted again it is {right.en}")
        )
    certainty = "announced" if due_at.date() <= days.announced_until else "predicted"
    if certainty != answer["certainty"]:
        yield _problem(
            "$.answer.certainty",
            "answer",
            Text(
                vi="lịch đến ngày đó đã công bố" if certainty == "announced" else "lịch đến ngày đó mới chỉ dự kiến",
                en=f"the days up to then are {certainty}",
            ),
        )
