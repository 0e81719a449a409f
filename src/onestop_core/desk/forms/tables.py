"""The cells of the tables on forms: papers, papers asked for, hand-overs, the register."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.desk.forms.values import Outcome, PaperKind
from onestop_core.desk.forms.words import CHANNELS, DOTS, MOMENT, lines_of, moment_words, same
from onestop_core.text import Text, moment_text, padded

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from onestop_core.desk.forms.data import FormData, HandOver, RegisterRow
    from onestop_core.desk.forms.editions import FormField
    from onestop_core.desk.forms.values import FormPaper

__all__ = ["Cell", "rows_of"]

_KINDS: Final = {
    PaperKind.ORIGINAL: Text(vi="Bản chính", en="Original"),
    PaperKind.CERTIFIED: Text(vi="Bản sao có chứng thực", en="Certified copy"),
    PaperKind.COPY: Text(vi="Bản sao", en="Copy"),
    PaperKind.ELECTRONIC: Text(vi="Bản điện tử", en="Electronic"),
}
_OUTCOMES: Final = {
    Outcome.EARLY: Text(vi="Trước hạn", en="Early"),
    Outcome.ON_TIME: Text(vi="Đúng hạn", en="On time"),
    Outcome.LATE: Text(vi="Quá hạn", en="Late"),
}
_GIVER, _RECEIVER = Text(vi="Người giao", en="Given by"), Text(vi="Người nhận", en="Received by")


@attrs.frozen(kw_only=True)
class Cell:
    """What stands in a cell: lines, and below them, on the control slip, two places for signatures."""

    lines: tuple[Text, ...] = ()
    halves: tuple[tuple[Text, ...], ...] = ()


_EMPTY: Final = Cell()


def rows_of(data: FormData, row: FormField) -> tuple[tuple[Cell, ...], ...]:
    """Return the rows of a table of the form, those that are left for writing by hand behind the others."""
    if row.key == "hand_overs":
        filled = [_hand_over(each) for each in data.hand_overs]
        filled += [_hand_over(None) for _ in range(row.blank_rows - len(filled))]
    else:
        write: Any = _register if row.key == "rows" else _paper
        said: tuple[Any, ...] = getattr(data, row.key or "")
        filled = [{"place": (same(str(number)),)} | write(each) for number, each in enumerate(said, start=1)]
        filled += [{}] * (0 if said else row.blank_rows)
    return tuple(tuple(_cell(each.get(column.key, ())) for column in row.columns) for each in filled)


def _cell(said: Cell | tuple[Text, ...]) -> Cell:
    return said if isinstance(said, Cell) else Cell(lines=said) if said else _EMPTY


def _paper(paper: FormPaper) -> Mapping[str, tuple[Text, ...]]:
    count = () if paper.count is None else (same(padded(paper.count)),)
    cells = {"name": lines_of(paper.name), "count": count}
    if paper.kind is None:
        return cells
    # Of a table with a column for each kind, the count stands in the column of its own.
    return cells | {"kind": (_KINDS[paper.kind],), paper.kind.value: count or (same("x"),)}


def _hand_over(each: HandOver | None) -> Mapping[str, Cell | tuple[Text, ...]]:
    def numbered(number: int, vi: str, en: str, name: Text | None) -> tuple[Text, ...]:
        first, *rest = lines_of(name or same(DOTS * 2)) or (same(DOTS),)
        return (Text(vi=f"{number}. {vi}: {first.vi}", en=f"{number}. {en}: {first.en}"), *rest)

    giver, receiver = (None, None) if each is None else (each.giver, each.receiver)
    people = (None, None) if each is None else (each.giver_person, each.receiver_person)
    cells: dict[str, Cell | tuple[Text, ...]] = {
        "units": (*numbered(1, "Giao", "From", giver), *numbered(2, "Nhận", "To", receiver)),
        "handed": Cell(
            lines=(MOMENT if each is None else moment_words(each.at),),
            halves=tuple(
                (label, *(() if person is None else lines_of(person)))
                for label, person in zip((_GIVER, _RECEIVER), people, strict=True)
            ),
        ),
    }
    if each is not None:
        cells["outcome"] = () if each.outcome is None else (_OUTCOMES[each.outcome],)
        cells["note"] = () if each.note is None else lines_of(each.note)
    return cells


def _register(row: RegisterRow) -> Mapping[str, tuple[Text, ...]]:
    def lines(*words: str | Text | None) -> tuple[Text, ...]:
        return tuple(shown for each in words if each is not None for shown in lines_of(each))

    def moment(at: datetime | None) -> tuple[Text, ...]:
        return () if at is None else (_figures(at),)

    return {
        "code": lines(row.code),
        "procedure": lines(row.procedure_name or row.procedure_code),
        "applicant": lines(row.applicant.name),
        "contact": lines(row.applicant.address, row.applicant.phone),
        "unit": lines(row.unit),
        "received_at": moment(row.received_at),
        "due_at": moment(row.due_at),
        "returned_at": moment(row.returned_at),
        "channel": () if row.return_channel is None else (CHANNELS[row.return_channel],),
    }


def _figures(at: datetime) -> Text:
    """Return a moment in figures, to the minute, the day first as registers have it."""
    said = moment_text(at.replace(second=0, microsecond=0))
    time, _, day = said.vi.partition(" ngày ")
    at_end = moment_words(at).vi.startswith("ngày")
    return Text(vi=day if at_end else f"{day} {time}", en=said.en[:10] if at_end else said.en)
