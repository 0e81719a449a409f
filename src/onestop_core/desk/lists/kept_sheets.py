"""The sheets that an office keeps: the register, hand-over lists, control slips."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from onestop_core.deadlines.linked_work import SlipRow
from onestop_core.deadlines.terms import StatusCode
from onestop_core.desk.lists.rows import COLUMNS, DeskRow
from onestop_core.desk.lists.sheet_columns import MOMENT, NUMBER, at, column, named, own
from onestop_core.dossier import Dossier, machine
from onestop_core.dossier.lifecycle.editions import find
from onestop_core.errors import InvalidValueError
from onestop_core.model import Interval, day_of, plain_day
from onestop_core.model.series import each_of, instance, items_of
from onestop_core.rules.sheets import CellKind, Shade, Sheet, Tone
from onestop_core.text import Language, Text, day_text, period_text, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from onestop_core.rules.sheets import Cell

__all__ = ["control_sheet", "handover_sheets", "register_sheet"]

_FORM_07: Final = Text(vi="Sổ theo dõi hồ sơ", en="Register of dossiers")


def register_sheet(
    rows: Iterable[DeskRow],
    *,
    period: Interval,
    field: str | None = None,
    unit: str | None = None,
    on: date | None = None,
    language: Language = "vi",
) -> Sheet:
    """Return the register of dossiers (Sổ theo dõi hồ sơ) received in a *period*, in the order of their receipt.

    The columns are those of the form; the one for the signature is left to the pen. Which number the form has depends on
    the day: 07 under Circular 03/2025/TT-VPCP, 06 under Circular 01/2018/TT-VPCP, as the lifecycle in force that day has it.

    >>> from datetime import date, datetime
    >>> from onestop_core.desk.lists import DeskRow, register_sheet
    >>> from onestop_core.model import Interval
    >>> row = DeskRow(id="A", stage="in_progress", received_at=datetime.fromisoformat("2026-03-02T08:20+07:00"))
    >>> sheet = register_sheet([row], period=Interval(first=date(2026, 3, 1), last=date(2026, 3, 31)))
    >>> sheet.titles
    ('SỔ THEO DÕI HỒ SƠ', 'Mẫu số 07', '01/03/2026 – 31/03/2026')

    Args:
        rows: The rows of the desk.
        period: First and last day of the receipts.
        field: The field or group of fields for which the register is kept; other rows are left out.
        unit: The unit that keeps it, for the title.
        on: The day whose form is printed; left out, the last day of the period.
        language: Of its words.

    Raises:
        InvalidValueError: the period has no last day, or something is of the wrong type.
        NotInForceError: no lifecycle was in force that day.
    """
    days = instance(period, Interval, "period")
    day = days.last if on is None else on
    if day is None:
        raise InvalidValueError.of("period", period, vi="kỳ có ngày cuối", en="a period with a last day")
    taken = [
        row
        for row in each_of(rows, DeskRow, "rows")
        if row.received_at is not None and day_of(row.received_at) in days and (field is None or row.field == field)
    ]
    taken.sort(key=lambda row: (row.received_at, sort_key(row.id)))
    columns = (
        own(NUMBER, language, 6, CellKind.WHOLE),
        column("id", language, 24),
        column("procedure_name", language, 36),
        column("applicant", language, 26),
        own(Text(vi="Địa chỉ, số điện thoại", en="Address, telephone"), language, 30),
        column("unit", language, 24),
        column("received_at", language, 17, MOMENT),
        column("due_at", language, 17, MOMENT),
        column("returned_at", language, 17, MOMENT),
        column("way", language, 18),
        own(Text(vi="Ký nhận", en="Signature"), language, 14),
    )
    body = tuple(
        (
            number,
            row.id,
            named(row),
            row.applicant,
            ", ".join(part for part in (row.address, row.phone) if part) or None,
            row.unit,
            at(row.received_at),
            at(row.due_at),
            at(row.returned_at),
            row.way,
            None,
        )
        for number, row in enumerate(taken, start=1)
    )
    number, _ = machine("vn", on=day).lifecycle.form("register")
    form = Text(vi=f"Mẫu số {number}", en=f"Form {number}")
    titles = (
        unit,
        _FORM_07.in_(language).upper(),
        form.in_(language),
        None if field is None else f"{COLUMNS['field'].in_(language)}: {field}",
        period_text(days.first, days.last).in_(language),
    )
    return Sheet(name=_FORM_07.in_(language), titles=tuple(line for line in titles if line), columns=columns, rows=body)


def handover_sheets(
    rows: Iterable[DeskRow], *, on: date, giver: str | None = None, language: Language = "vi"
) -> tuple[Sheet, ...]:
    """Return the lists with which the desk hands over what it received on a day, one for each unit.

    Paper dossiers go to the authority on the day, those of the late afternoon the next morning (Decree 118/2025/NĐ-CP, art. 18);
    the list is of practice, no form of a circular.

    Args:
        rows: The rows of the desk.
        on: The day of the receipts.
        giver: The unit that hands over.
        language: Of its words.

    Raises:
        InvalidValueError: something is of the wrong type.
    """
    day = plain_day(on, "on")
    by_unit: dict[str | None, list[DeskRow]] = {}
    for row in each_of(rows, DeskRow, "rows"):
        if row.received_at is not None and day_of(row.received_at) == day:
            by_unit.setdefault(row.unit, []).append(row)
    units = sorted(by_unit, key=lambda unit: (unit is None, sort_key(unit or "")))
    return tuple(_handover(unit, by_unit[unit], day, giver, language) for unit in units)


def _handover(unit: str | None, rows: list[DeskRow], on: date, giver: str | None, language: Language) -> Sheet:
    title = Text(vi="Danh sách bàn giao hồ sơ", en="Hand-over list")
    from_, to = Text(vi="Bên bàn giao", en="Handed over by"), Text(vi="Bên nhận", en="Received by")
    nobody = Text(vi="(không ghi đơn vị)", en="(no unit told)").in_(language)
    rows.sort(key=lambda row: (row.received_at, sort_key(row.id)))
    return Sheet(
        name=unit or nobody,
        titles=(
            title.in_(language).upper(),
            day_text(on).in_(language),
            *((f"{from_.in_(language)}: {giver}",) if giver else ()),
            f"{to.in_(language)}: {unit or nobody}",
        ),
        columns=(
            own(NUMBER, language, 6, CellKind.WHOLE),
            column("id", language, 26),
            column("applicant", language, 32),
            column("received_at", language, 17, MOMENT),
            column("due_at", language, 17, MOMENT),
            own(Text(vi="Ký nhận", en="Signature"), language, 16),
        ),
        rows=tuple(
            (number, row.id, row.applicant, at(row.received_at), at(row.due_at), None)
            for number, row in enumerate(rows, start=1)
        ),
        is_wide=False,
    )


def control_sheet(
    slips: Iterable[tuple[Dossier, Iterable[SlipRow]]],
    *,
    names: Mapping[str, str] | None = None,
    language: Language = "vi",
) -> Sheet:
    """Return the control slips (Phiếu kiểm soát quá trình giải quyết hồ sơ) of several dossiers as one sheet, a line to a hand-over.

    A line says who gave the dossier to whom and when, and how the giver's own step ended: before its time, on the day, or
    late. While a step lasts nothing is said of it.

    Args:
        slips: Each dossier with its rows, as ``deadlines.control_slip`` gives them.
        names: Names of persons and units by the codes in the log.
        language: Of its words.

    Raises:
        InvalidValueError: something is of the wrong type.
    """
    told = {} if names is None else items_of(names, "names")
    rows: list[tuple[Cell, ...]] = []
    for dossier, slip in slips:
        table = find(instance(dossier, Dossier, "slips").lifecycle)
        parts = list(each_of(slip, SlipRow, "slips"))
        for giver, taker in pairwise(parts):
            who = (_holder(each, table.roles, told, language) for each in (giver, taker))
            due = None if giver.due is None else giver.due.at
            rows.append((len(rows) + 1, dossier.id, *who, taker.holding.since, due, _outcome(giver, language), None))
    title = Text(vi="Phiếu kiểm soát quá trình giải quyết hồ sơ", en="Control slip of the handling of dossiers")
    columns = (
        own(NUMBER, language, 6, CellKind.WHOLE),
        column("id", language, 26),
        own(Text(vi="Giao", en="Given by"), language, 30),
        own(Text(vi="Nhận", en="Taken by"), language, 30),
        own(Text(vi="Thời gian giao, nhận hồ sơ", en="Handed over"), language, 18, MOMENT),
        own(Text(vi="Hạn của bên giao", en="Giver's time ended"), language, 18, MOMENT),
        own(Text(vi="Kết quả giải quyết hồ sơ", en="How the step ended"), language, 16),
        own(Text(vi="Ghi chú", en="Notes"), language, 20),
    )
    shades = zip(_OUTCOMES.values(), (Tone.GOOD, Tone.GOOD, Tone.BAD), strict=True)
    return Sheet(
        name=Text(vi="Phiếu kiểm soát", en="Control slips").in_(language),
        titles=(title.in_(language).upper(),),
        columns=columns,
        rows=tuple(rows),
        shaded_by=6,
        shades=tuple(Shade(word=word.in_(language), tone=tone) for word, tone in shades),
    )


_OUTCOMES: Final = {
    "early": Text(vi="trước hạn", en="early"),
    "on_time": Text(vi="đúng hạn", en="on the day"),
    "late": Text(vi="quá hạn", en="late"),
}


def _outcome(row: SlipRow, language: Language) -> str | None:
    if row.status is None or row.status.measure is None:
        return None
    match row.status.code:
        case StatusCode.FINISHED:
            return _OUTCOMES["early" if row.status.measure.amount >= Fraction(1) else "on_time"].in_(language)
        case StatusCode.FINISHED_LATE:
            return _OUTCOMES["late"].in_(language)
        case _:
            return None


def _holder(row: SlipRow, roles: Mapping[str, Text], names: Mapping[str, str], language: Language) -> str:
    parts = [names.get(each, each) for each in (row.holding.actor, row.holding.unit) if each is not None]
    role = roles[row.holding.role].in_(language)
    return f"{role}: {', '.join(parts)}" if parts else role
