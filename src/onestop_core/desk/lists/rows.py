"""A dossier as one line of a desk's lists: what a clerk's table has of it, whichever system it comes from."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core._public import gated
from onestop_core.deadlines.lists import CaseRow
from onestop_core.errors import InvalidValueError
from onestop_core.model import Phase, aware
from onestop_core.model.series import instance, items_of
from onestop_core.model.words import LONGEST_TEXT, plain_text
from onestop_core.text import Text, day_text, moment_text
from onestop_core.text.codes import Code
from onestop_core.text.safe import line

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["COLUMNS", "PERSONAL", "DeskRow", "Stage", "due_text", "from_case"]

COLUMNS: Final = {
    "id": Text(vi="Mã hồ sơ", en="Code"),
    "procedure": Text(vi="Mã thủ tục", en="Procedure code"),
    "procedure_name": Text(vi="Tên thủ tục hành chính", en="Procedure"),
    "field": Text(vi="Lĩnh vực", en="Field"),
    "applicant": Text(vi="Tên tổ chức, cá nhân", en="Applicant"),
    "address": Text(vi="Địa chỉ", en="Address"),
    "phone": Text(vi="Số điện thoại", en="Telephone"),
    "unit": Text(vi="Cơ quan chủ trì giải quyết", en="Authority"),
    "officer": Text(vi="Công chức, viên chức", en="Officer"),
    "received_at": Text(vi="Nhận hồ sơ", en="Received"),
    "due_at": Text(vi="Hẹn trả kết quả", en="Due"),
    "waiting_since": Text(vi="Bắt đầu chờ bổ sung", en="Waiting since"),
    "ended_at": Text(vi="Có kết quả", en="Result ready"),
    "returned_at": Text(vi="Trả kết quả", en="Result given"),
    "way": Text(vi="Phương thức nhận kết quả", en="Way of return"),
}
"""The columns that a table of a desk may have, with what stands over them."""
PERSONAL: Final = ("applicant", "address", "phone")
"""Columns that tell of a person."""


class Stage(Code):
    """Where a dossier is, as far as a desk's morning asks."""

    NOT_RECEIVED = "not_received"
    """Filed, and the desk has not said yet whether it is received."""
    IN_PROGRESS = "in_progress"
    WAITING_FOR_APPLICANT = "waiting_for_applicant"
    """The time stands still until the applicant has brought or paid something."""
    SUSPENDED = "suspended"
    """The time stands still by a law of the sector."""
    RESULT_READY = "result_ready"
    """The result, or the file with its refusal, lies at the desk and has not been collected."""
    CLOSED = "closed"
    """Nothing is left to be done."""


def _moment(value: object, what: str) -> datetime:
    return aware(value, what)


def _words(value: object, what: str) -> str:
    return plain_text(value, what, longest=LONGEST_TEXT)


@attrs.frozen(kw_only=True, field_transformer=gated({datetime: _moment, str: _words}), repr=False)
class DeskRow:
    """What a list of a desk says of a dossier; None: not told, or it has not happened.

    ``repr`` names no person.

    Raises:
        InvalidValueError: a value is of the wrong type, or a moment has no zone.
    """

    id: str
    stage: Stage
    procedure: str | None = None
    procedure_name: str | None = None
    field: str | None = None
    applicant: str | None = None
    address: str | None = None
    phone: str | None = None
    unit: str | None = None
    """The authority that answers for it."""
    officer: str | None = None
    received_at: datetime | None = None
    due_at: datetime | None = None
    """The moment in force. Of a dossier that waits it counts only if it had passed when the wait began."""
    waiting_since: datetime | None = None
    ended_at: datetime | None = None
    """When the result was there, or the dossier came to another end."""
    returned_at: datetime | None = None
    """When the result was given to the applicant."""
    way: str | None = None
    """How the applicant asked to get it."""
    changed_at: datetime | None = None
    """The row does not tell what was before; None: it holds whenever one looks."""

    def __repr__(self) -> str:
        return f"<DeskRow {line(self.id)} {self.stage}>"


_DAY_END: Final = time(23, 59, 59)


def due_text(due: datetime) -> Text:
    """Return a due moment in words: the day alone where it ends with the day.

    >>> from datetime import datetime
    >>> due_text(datetime.fromisoformat("2026-03-09T23:59:59+07:00")).vi
    '09/03/2026'
    >>> due_text(datetime.fromisoformat("2026-03-09T17:00+07:00")).vi
    '17:00 ngày 09/03/2026'

    Raises:
        InvalidValueError: it is no moment with a zone.
    """
    moment = aware(due, "due")
    return day_text(moment.date()) if moment.time() == _DAY_END else moment_text(moment)


_AT_DESK: Final = frozenset({"result_at_desk", "refused"})
"""States of the shipped lifecycles in which something lies at the desk for the applicant."""
_DETAILS: Final = ("procedure_name", "field", "applicant", "address", "phone", "returned_at", "way")


def from_case(row: CaseRow, details: Mapping[str, object] | None = None) -> DeskRow:
    """Return the row of a list of dossiers, which knows no names, as a row of a desk.

    >>> from datetime import datetime
    >>> from onestop_core import deadlines, dossier, workdays
    >>> from onestop_core.model import TimeLimit
    >>> at = lambda text: datetime.fromisoformat(text + "+07:00")
    >>> m = dossier.machine("vn@decree-118-2025")
    >>> case = m.new(id="1", procedure="1.012783", channel="in_person", at=at("2026-03-02T08:15"))
    >>> case = m.step(case, dossier.event("received", at("2026-03-02T08:20"), due=at("2026-03-09T17:00")))
    >>> counted = deadlines.row(case, TimeLimit.parse("5 working days"), calendar=workdays.calendar("vn-civil"))
    >>> from_case(counted, {"applicant": "Nguyễn Văn An"})
    <DeskRow 1 in_progress>

    Args:
        row: The row.
        details: What it does not know: ``procedure_name``, ``field``, ``applicant``, ``address``, ``phone``,
            ``returned_at``, ``way``.

    Raises:
        InvalidValueError: another detail, or a value of the wrong type.
    """
    case = instance(row, CaseRow, "row")
    told: dict[str, Any] = {} if details is None else items_of(details, "details")
    for name in told:
        if name not in _DETAILS:
            raise InvalidValueError.one_of("details", name, _DETAILS)
    return DeskRow(
        id=case.id,
        stage=_stage(case),
        procedure=case.procedure,
        unit=case.unit,
        officer=case.officer,
        received_at=case.received_at,
        due_at=case.due_at,
        waiting_since=case.waiting_since,
        ended_at=case.stopped_at,
        changed_at=case.changed_at,
        **told,
    )


def _stage(case: CaseRow) -> Stage:
    match case.phase:
        case Phase.NOT_STARTED:
            return Stage.NOT_RECEIVED
        case Phase.RUNNING:
            return Stage.IN_PROGRESS
        case Phase.PAUSED:
            return Stage.SUSPENDED if case.waiting_for == "suspended" else Stage.WAITING_FOR_APPLICANT
        case _:
            return Stage.RESULT_READY if case.state in _AT_DESK else Stage.CLOSED
