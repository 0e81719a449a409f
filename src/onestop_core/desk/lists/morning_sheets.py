"""A morning as sheets: its dossiers, its units, and what is late."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.desk.lists.sheet_columns import MOMENT, NUMBER, at, column, named, own, start
from onestop_core.desk.lists.triaging import Bucket, Triage
from onestop_core.model.series import instance
from onestop_core.rules.sheets import CellKind, Shade, Sheet, Tone
from onestop_core.text import Language, Text, moment_text

if TYPE_CHECKING:
    from onestop_core.desk.lists.rows import DeskRow

__all__ = ["late_sheet", "morning_sheet", "units_sheet"]

_BUCKET: Final = Text(vi="Việc", en="What")
_STATUS: Final = Text(vi="Tình trạng", en="Status")
_DAYS: Final = Text(vi="Số ngày làm việc", en="Working days")
_TONES: Final = {
    Bucket.OVERDUE: Tone.BAD,
    Bucket.DUE_TODAY: Tone.WARNING,
    Bucket.DUE_SOON: Tone.NEAR,
    Bucket.RESULT_READY: Tone.GOOD,
    Bucket.WAITING_FOR_APPLICANT: Tone.QUIET,
    Bucket.SUSPENDED: Tone.QUIET,
    Bucket.CLOSED: Tone.QUIET,
}


def morning_sheet(triage: Triage, *, language: Language = "vi", personal: bool = False) -> Sheet:
    """Return a desk's morning as a sheet, coloured by what is to be done.

    Args:
        triage: The morning.
        language: Of its words.
        personal: Whether names and telephone numbers stand in it.
    """
    found = instance(triage, Triage, "triage")
    persons = ("applicant", "phone") if personal is True else ()
    columns = (
        own(NUMBER, language, 6, CellKind.WHOLE),
        own(_BUCKET, language, 24),
        column("id", language, 24),
        column("procedure_name", language, 38),
        *(column(name, language, 22) for name in persons),
        column("unit", language, 24),
        column("officer", language, 20),
        column("received_at", language, 17, MOMENT),
        column("due_at", language, 17, MOMENT),
        own(_STATUS, language, 32),
        own(_DAYS, language, 10, CellKind.WHOLE),
    )
    rows = tuple(
        (
            number,
            start(line.bucket.text.in_(language)),
            line.row.id,
            named(line.row),
            *(getattr(line.row, name) for name in persons),
            line.row.unit,
            line.row.officer,
            at(line.row.received_at),
            at(line.row.due_at),
            line.text.in_(language),
            line.working_days,
        )
        for number, line in enumerate(found.lines, start=1)
    )
    title = Text(vi="Việc buổi sáng của quầy", en="The morning of the desk")
    return Sheet(
        name=title.in_(language),
        titles=(title.in_(language), moment_text(found.now).in_(language)),
        columns=columns,
        rows=rows,
        shaded_by=1,
        shades=tuple(Shade(word=start(bucket.text.in_(language)), tone=tone) for bucket, tone in _TONES.items()),
        notes=(found.order.in_(language),),
    )


def units_sheet(triage: Triage, *, language: Language = "vi") -> Sheet:
    """Return the load of each unit as a sheet, by its rank."""
    found = instance(triage, Triage, "triage")
    heads = (
        Text(vi="Hạng", en="Rank"),
        Text(vi="Số đơn vị đồng hạng", en="Shared by"),
        Text(vi="Đơn vị", en="Unit"),
        *(Text(vi=start(b.text.vi), en=start(b.text.en)) for b in (Bucket.OVERDUE, Bucket.DUE_TODAY, Bucket.DUE_SOON)),
        Text(vi="Đang giải quyết", en="In progress"),
    )
    widths = (8, 12, 40, 14, 16, 14, 16)
    columns = tuple(
        own(head, language, width, CellKind.TEXT if number == 2 else CellKind.WHOLE)
        for number, (head, width) in enumerate(zip(heads, widths, strict=True))
    )
    rows = tuple(
        (
            None if each.place is None else each.place.rank,
            None if each.place is None else each.place.sharers,
            each.unit or Text(vi="(không ghi đơn vị)", en="(no unit told)").in_(language),
            each.overdue,
            each.due_today,
            each.due_soon,
            each.in_progress,
        )
        for each in found.units
    )
    title = Text(vi="Xếp hạng đơn vị", en="Units ranked")
    return Sheet(
        name=title.in_(language),
        titles=(title.in_(language), moment_text(found.now).in_(language)),
        columns=columns,
        rows=rows,
        is_wide=False,
    )


def late_sheet(triage: Triage, *, language: Language = "vi", personal: bool = False) -> Sheet:
    """Return the late list: what is overdue, and what ended after it was due, the latest first.

    Args:
        triage: The morning, whose calendar has counted the working days.
        language: Of its words.
        personal: Whether the applicant's name stands in it.
    """
    found = instance(triage, Triage, "triage")
    persons = ("applicant",) if personal is True else ()
    late, ended = start(Bucket.OVERDUE.text.in_(language)), _ENDED_LATE.in_(language)
    lines = [*found.of(Bucket.OVERDUE), *(line for line in found.lines if _ended_late(line.row))]
    columns = (
        own(NUMBER, language, 6, CellKind.WHOLE),
        column("id", language, 24),
        column("procedure_name", language, 36),
        *(column(name, language, 26) for name in persons),
        column("unit", language, 24),
        column("received_at", language, 17, MOMENT),
        column("due_at", language, 17, MOMENT),
        column("ended_at", language, 17, MOMENT),
        own(_STATUS, language, 26),
        column("officer", language, 22),
        own(Text(vi="Số ngày làm việc quá hạn", en="Working days late"), language, 12, CellKind.WHOLE),
    )
    rows = tuple(
        (
            number,
            line.row.id,
            named(line.row),
            *(getattr(line.row, name) for name in persons),
            line.row.unit,
            at(line.row.received_at),
            at(line.row.due_at),
            at(line.row.ended_at),
            late if line.bucket is Bucket.OVERDUE else ended,
            line.row.officer,
            line.working_days,
        )
        for number, line in enumerate(lines, start=1)
    )
    title = Text(vi="Danh sách hồ sơ quá hạn", en="Dossiers that are late")
    return Sheet(
        name=title.in_(language),
        titles=(title.in_(language), moment_text(found.now).in_(language)),
        columns=columns,
        rows=rows,
        shaded_by=len(columns) - 3,
        shades=(Shade(word=late, tone=Tone.BAD), Shade(word=ended, tone=Tone.QUIET)),
        notes=(_LATE_NOTE.in_(language),),
    )


_ENDED_LATE: Final = Text(vi="Đã giải quyết, quá hạn", en="Finished late")
_LATE_NOTE: Final = Text(
    vi="Số ngày làm việc quá hạn đếm theo lịch làm việc; 0 là chưa đến một ngày làm việc, để trống là lịch không đếm được.",
    en="Working days late are counted on the working calendar; 0 is less than one, empty is what no calendar reaches.",
)


def _ended_late(row: DeskRow) -> bool:
    return row.due_at is not None and row.ended_at is not None and row.ended_at > row.due_at
