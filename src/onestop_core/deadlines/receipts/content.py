"""What a receipt says, read; and its one count, by which it is made and verified."""

from __future__ import annotations

import hashlib
import json
from datetime import date, datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.deadlines.counting.promises import count_all, promised_end
from onestop_core.deadlines.counting.waits import Pause
from onestop_core.deadlines.hours.office_hours import WorkingHours
from onestop_core.deadlines.receipts.days import MAX_DAYS, Told
from onestop_core.deadlines.terms.policies import Policies
from onestop_core.errors import InvalidValueError
from onestop_core.model import Extension, TimeLimit, parse_moment

if TYPE_CHECKING:
    from collections.abc import Mapping

    from onestop_core.deadlines.counting.days import Setting

__all__ = ["SCHEMA", "Content", "Promise", "count", "digest_of", "told_days"]

SCHEMA: Final = "deadline-receipt"
_DIGEST: Final = "digest"


@attrs.frozen(kw_only=True)
class Promise:
    """The appointment in force: what was promised, and when."""

    at: datetime
    due: datetime


@attrs.frozen(kw_only=True)
class Content:
    """From what a due moment is counted, apart from the calendar."""

    received_at: datetime
    limit: TimeLimit
    hours: WorkingHours | None
    waits: tuple[Pause, ...]
    extensions: tuple[Extension, ...]
    policies: Policies
    promise: Promise | None

    @classmethod
    def read(cls, receipt: Mapping[str, Any]) -> Content:
        """Read a *receipt* that is valid under its schema.

        Raises:
            OnestopError: its schema cannot say what is wrong with it: a moment that is none, waits out of order.
        """
        moment = parse_moment
        waits = tuple(
            (moment(row["from"]), None if row["to"] is None else moment(row["to"])) for row in receipt["waits"]
        )
        if not _in_order(waits):
            raise InvalidValueError.of(
                "waits", receipt["waits"], vi="theo thứ tự, không chồng nhau", en="in order, without overlap"
            )
        promise, hours = receipt["promise"], receipt["hours"]
        return cls(
            received_at=moment(receipt["received_at"]),
            limit=_limit(receipt["limit"]),
            hours=None if hours is None else WorkingHours.from_document(hours),
            waits=waits,
            extensions=tuple(
                Extension(
                    at=moment(row["at"]),
                    until=moment(row["until"]) if "until" in row else None,
                    by=_limit(row["by"]) if "by" in row else None,
                    count=1,
                )
                for row in receipt["extensions"]
            ),
            policies=Policies(**receipt["policies"]),
            promise=None if promise is None else Promise(at=moment(promise["at"]), due=moment(promise["due"])),
        )


def _in_order(waits: tuple[Pause, ...]) -> bool:
    """Return whether none ends before it begins, or begins before the one before it ended; only the last may last."""
    return all(end is None or start <= end for start, end in waits) and all(
        end is not None and end <= start for (_, end), (start, _) in pairwise(waits)
    )


def _limit(text: str) -> TimeLimit:
    """Read a limit in the one spelling that a receipt has, so that readers in other languages need no other.

    Raises:
        InvalidValueError: it is spelt in another way, or is none.
    """
    limit = TimeLimit.parse(text)
    if str(limit) != text:
        raise InvalidValueError.of("limit", text, vi=str(limit), en=str(limit))
    return limit


def count(content: Content, setting: Setting) -> tuple[datetime, datetime | None]:
    """Return when the result is due as the law counts it, and what was promised, moved by the waiting since."""
    _, end = count_all(content.received_at, content.limit, setting, content.waits, content.extensions)
    promise = content.promise
    if promise is None:
        return end, None
    promised = promised_end(
        promise.due, promise.at, content.limit, setting, pauses=content.waits, extensions=content.extensions
    )
    return end, promised


def told_days(calendar: Mapping[str, Any]) -> Told:
    """Return the calendar that a receipt tells in its member ``calendar``.

    Raises:
        InvalidValueError: its days are not in order or not inside its span, or the span is too long.
    """
    first, last = (None if calendar[end] is None else date.fromisoformat(calendar[end]) for end in ("from", "to"))
    listed = [date.fromisoformat(row["date"]) for row in calendar["days"]]
    inside = first is not None and last is not None and first <= last and (last - first).days < MAX_DAYS
    if (
        not (inside or (first is last is None and not listed))
        or any(not cast("date", first) <= day <= cast("date", last) for day in listed)
        or listed != sorted(set(listed))
    ):
        raise InvalidValueError.of(
            "days",
            f"{calendar['from']}/{calendar['to']}",
            vi=f"các ngày theo thứ tự, trong khoảng nhiều nhất {MAX_DAYS} ngày",
            en=f"days in order, inside a span of at most {MAX_DAYS} days",
        )
    return Told(
        name=calendar["name"] or "",
        first=first,
        last=last,
        rows=calendar["days"],
        announced_until=date.fromisoformat(calendar["announced_until"]),
    )


def digest_of(document: Mapping[str, Any]) -> str:
    """Return the SHA-256 of *document* without its member ``digest``: JSON with sorted keys, without blanks, in UTF-8."""
    said = {key: value for key, value in document.items() if key != _DIGEST}
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
