"""The short form of a receipt: one line of the letters that a QR code packs best, with a checksum.

Parts stand between slashes: receipt, limit, policies, waits, extensions, promise, hours, calendar, answer, version of the
library, checksum. The days of the calendar stay out: of them there is a fingerprint.
"""

from __future__ import annotations

import hashlib
import re
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any, Final, Literal, TypeVar

from onestop_core.deadlines.hours.office_hours import MakeUpHours, WorkingHours
from onestop_core.deadlines.hours.sessions import Season, Session, Week
from onestop_core.deadlines.receipts.content import SCHEMA, Content, Promise
from onestop_core.deadlines.receipts.writing import counted_days, sealed
from onestop_core.deadlines.terms.policies import EndOnDayOff, LateReceipt, Policies
from onestop_core.errors import InvalidDocumentError, InvalidValueError, OnestopError, Problem
from onestop_core.model import HO_CHI_MINH, Extension, LimitStep, LimitUnit, TimeLimit, freeze, thaw
from onestop_core.rules.schema.schemas import ensure_valid
from onestop_core.text import Text
from onestop_core.workdays import calendar as calendar_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onestop_core.deadlines.counting.waits import Pause
    from onestop_core.deadlines.terms.values import WorkingCalendar

__all__ = ["MARK", "from_short", "short"]

MARK: Final = "OS1/"
"""How a short form begins."""
_LONGEST: Final = 4296
"""Most characters that a QR code holds."""
_PARTS: Final = 11
_CHECKSUM: Final = 8
_FINGERPRINT: Final = 10
_EVERY_DAY: Final = 5

Known = TypeVar("Known")

_UNITS: Final = {
    LimitUnit.WORKING_DAYS: "WD",
    LimitUnit.WORKING_HOURS: "WH",
    LimitUnit.HOURS: "H",
    LimitUnit.DAYS: "D",
    LimitUnit.WEEKS: "W",
    LimitUnit.MONTHS: "M",
    LimitUnit.YEARS: "Y",
    LimitUnit.SAME_DAY: "SD",
    LimitUnit.IMMEDIATE: "NOW",
}
_ENDS: Final = {
    EndOnDayOff.NEXT_WORKING_DAY: "N",
    EndOnDayOff.STRICT_CIVIL_CODE: "S",
    EndOnDayOff.NONE: "O",
}
_LATE: Final = {LateReceipt.SAME_DAY_LIMITS: "S", LateReceipt.EVERY_LIMIT: "E", LateReceipt.NO_LIMIT: "N"}
_PREDICTED: Final[dict[Literal["allow", "refuse"], str]] = {"allow": "A", "refuse": "R"}
_CERTAINTY: Final = {"announced": "A", "predicted": "P"}


def short(receipt: Mapping[str, object]) -> str:
    """Return the short form of *receipt*, some hundred characters that fit a small QR code.

    It leaves out the lifecycle, restarts, the explanation, and the days of the calendar, of which it keeps a fingerprint.

    >>> from datetime import datetime
    >>> from onestop_core import deadlines, workdays
    >>> receipt = deadlines.due(datetime.fromisoformat("2026-02-12T09:30+07:00"),
    ...     deadlines.TimeLimit.parse("5 working days"), calendar=workdays.calendar("vn-civil")).to_receipt()
    >>> short(receipt)[:48], deadlines.verify(short(receipt))
    ('OS1/20260212T0930/5WD/NS/////VN-CIVIL::A:F0557CB', ())

    Raises:
        InvalidDocumentError: *receipt* breaks its schema.
        InvalidValueError: it cannot be read, or has more waits than a QR code holds.
    """
    ensure_valid(receipt, SCHEMA)
    document: dict[str, Any] = thaw(freeze(receipt))
    content, calendar, answer = Content.read(document), document["calendar"], document["answer"]
    promise, promised = content.promise, answer["promised"]
    named = "" if calendar["name"] is None else calendar["name"].upper() + ("+" if calendar["decisions"] else "")
    parts = [
        _moment(content.received_at),
        _limit(content.limit),
        _ENDS[content.policies.end_on_day_off] + _LATE[content.policies.late_receipt],
        "*".join(f"{_moment(start)}-{'' if end is None else _moment(end)}" for start, end in content.waits),
        "*".join(_extension(each) for each in content.extensions),
        "" if promise is None else f"{_moment(promise.at)}:{_moment(promise.due)}",
        "" if content.hours is None else _hours(content.hours),
        ":".join(
            (
                named,
                (calendar["as_of"] or "").replace("-", ""),
                _PREDICTED[calendar["predicted"]],
                calendar["digest"][:_FINGERPRINT].upper(),
            )
        ),
        ":".join(
            (
                _moment(datetime.fromisoformat(answer["due_at"])),
                _CERTAINTY[answer["certainty"]],
                "" if promised is None else _moment(datetime.fromisoformat(promised)),
            )
        ),
        document["library"]["version"].upper(),
    ]
    text = MARK + "/".join(parts)
    if len(text) > _LONGEST - _CHECKSUM - 1:
        raise InvalidValueError.of(
            "receipt", text, vi=f"nhiều nhất {_LONGEST} ký tự trong một mã QR", en=f"at most {_LONGEST} characters"
        )
    return f"{text}/{_checksum(text)}"


def from_short(text: str, *, calendar: WorkingCalendar | None = None) -> dict[str, Any]:
    """Return the receipt of which *text* is the short form, its days looked up again and compared by their fingerprint.

    Args:
        text: What :func:`short` gave.
        calendar: To look the days up, where local decisions or a calendar of your own were counted with.

    Raises:
        InvalidDocumentError: it cannot be read, was changed, or the calendar has other days.
    """
    try:
        return _read(text, calendar)
    except InvalidDocumentError:
        raise
    except (OnestopError, ValueError, KeyError, OverflowError):
        raise _refused(
            "short-form", vi="không đọc được dạng rút gọn của biên nhận", en="it cannot be read as a short form"
        ) from None


def _refused(rule: str, *, vi: str, en: str) -> InvalidDocumentError:
    return InvalidDocumentError(problems=(Problem(path="$", rule=f"receipt/{rule}", text=Text(vi=vi, en=en)),))


def _read(text: str, calendar: WorkingCalendar | None) -> dict[str, Any]:
    said = text[: 2 * _LONGEST].strip().upper()
    body, _, checksum = said.rpartition("/")
    if _checksum(body) != checksum:
        raise _refused("checksum", vi="không khớp mã kiểm tra: thiếu hoặc sai ký tự", en="characters are lost or wrong")
    parts = body.removeprefix(MARK).split("/")
    received, limit, policies, waits, extensions, promise, hours, days, answer, version = parts
    content = Content(
        received_at=_read_moment(received),
        limit=_read_limit(limit),
        hours=_read_hours(hours) if hours else None,
        waits=tuple(_read_wait(each) for each in waits.split("*") if each),
        extensions=tuple(_read_extension(each) for each in extensions.split("*") if each),
        policies=Policies(end_on_day_off=_named(_ENDS, policies[:1]), late_receipt=_named(_LATE, policies[1:])),
        promise=_read_promise(promise) if promise else None,
    )
    name, as_of, predicted, fingerprint = days.split(":")
    due_at, certainty, promised = answer.split(":")
    if calendar is None and (not name or name.endswith("+")):
        raise _refused(
            "calendar",
            vi="biên nhận dùng lịch riêng hoặc quyết định của địa phương: cần có lịch đó để đối chiếu",
            en="it was counted with local decisions or a calendar of its own: give that calendar",
        )
    known = calendar or calendar_of(
        name.lower(), as_of=date.fromisoformat(as_of) if as_of else None, predicted=_named(_PREDICTED, predicted)
    )
    at = _read_moment(due_at)
    part, _ = counted_days(content, known, at)
    if part["digest"][:_FINGERPRINT].upper() != fingerprint:
        raise _refused(
            "days", vi="lịch có ngày khác với khi lập biên nhận", en="the calendar has other days than it had"
        )
    said_answer = {
        "due_at": at.isoformat(),
        "certainty": _named(_CERTAINTY, certainty),
        "promised": _read_moment(promised).isoformat() if promised else None,
    }
    return sealed(content, part, said_answer, version=version.lower())


def _named(codes: Mapping[Known, str], code: str) -> Known:
    return {value: key for key, value in codes.items()}[code]


def _checksum(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:_CHECKSUM].upper()


def _moment(at: datetime) -> str:
    seconds = f"{at:%S}" if at.second or at.microsecond else ""
    finer = f".{at.microsecond:06d}" if at.microsecond else ""
    return f"{at.date():%Y%m%d}T{at:%H%M}{seconds}{finer}"


_MOMENT: Final = re.compile(r"[0-9]{8}T[0-9]{4}(?:[0-9]{2}(?:\.[0-9]{6})?)?")


def _read_moment(text: str) -> datetime:
    if not _MOMENT.fullmatch(text):
        raise ValueError(text)
    return datetime.fromisoformat(text).replace(tzinfo=HO_CHI_MINH)


def _limit(limit: TimeLimit) -> str:
    return "+".join(_step(step) for step in limit.steps)


def _step(step: LimitStep) -> str:
    if step.unit in {LimitUnit.SAME_DAY, LimitUnit.IMMEDIATE}:
        return _UNITS[step.unit]
    return step.text.en.split()[0] + _UNITS[step.unit]


def _read_limit(text: str) -> TimeLimit:
    return TimeLimit(steps=tuple(_read_step(each) for each in text.split("+")))


def _read_step(text: str) -> LimitStep:
    for fixed in (LimitUnit.SAME_DAY, LimitUnit.IMMEDIATE):
        if text == _UNITS[fixed]:
            return LimitStep(unit=fixed)
    amount = text.rstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    unit = _named(_UNITS, text.removeprefix(amount))
    return TimeLimit.parse(f"{amount} {unit.value.replace('_', ' ')}").steps[0]


def _extension(extension: Extension) -> str:
    by = extension.by
    until = "" if extension.until is None else _moment(extension.until)
    return f"{_moment(extension.at)}:{until}" if by is None else f"{_moment(extension.at)}:{_limit(by)}"


def _read_extension(text: str) -> Extension:
    at, more = text.split(":")
    is_moment = _MOMENT.fullmatch(more) is not None
    return Extension(
        at=_read_moment(at),
        until=_read_moment(more) if is_moment else None,
        by=None if is_moment else _read_limit(more),
        count=1,
    )


def _read_wait(text: str) -> Pause:
    start, end = text.split("-")
    return _read_moment(start), _read_moment(end) if end else None


def _read_promise(text: str) -> Promise:
    at, due = text.split(":")
    return Promise(at=_read_moment(at), due=_read_moment(due))


def _hours(hours: WorkingHours) -> str:
    seasons = "".join(
        f"${_written(season.first)}:{_written(season.last)}:{_week(season.week)}" for season in hours.seasons
    )
    return _week(hours.week) + seasons + ("%" if hours.make_up is MakeUpHours.OWN_WEEKDAY else "")


def _read_hours(text: str) -> WorkingHours:
    week, *seasons = text.removesuffix("%").split("$")
    return WorkingHours(
        week=_read_week(week),
        seasons=tuple(_read_season(each) for each in seasons),
        make_up=MakeUpHours.OWN_WEEKDAY if text.endswith("%") else MakeUpHours.REPLACED_DAY,
    )


def _read_season(text: str) -> Season:
    first, last, week = text.split(":")
    return Season(first=_month_day(first), last=_month_day(last), week=_read_week(week))


def _written(month_day: tuple[int, int]) -> str:
    return "{:02d}{:02d}".format(*month_day)


def _month_day(text: str) -> tuple[int, int]:
    return int(text[:2]), int(text[2:])


def _week(week: Week) -> str:
    days = ["+".join(str(session).replace(":", "") for session in day) for day in week]
    return days[0] if days == [days[0]] * _EVERY_DAY + ["", ""] else "*".join(days)


def _read_week(text: str) -> Week:
    days = tuple(tuple(_read_session(each) for each in day.split("+")) if day else () for day in text.split("*"))
    return days if len(days) > 1 else days * _EVERY_DAY + ((), ())


def _read_session(text: str) -> Session:
    opens, closes = text.split("-")
    return Session(opens=_time(opens), closes=_time(closes))


def _time(text: str) -> time:
    return time(int(text[:2]) % 24, int(text[2:]))
