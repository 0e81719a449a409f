"""Report form 06, filled in: ``schemas/form-06.schema.json`` read as frozen values."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, Literal

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.kpi.form06.definition import definition
from onestop_core.model import Interval
from onestop_core.rules.converter import structure, unstructure
from onestop_core.rules.reading.csv_files import write_csv
from onestop_core.rules.reading.documents import opened
from onestop_core.rules.schema.schemas import ensure_valid
from onestop_core.text import Text, period_text

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date
    from pathlib import Path

    from onestop_core.text import Language

__all__ = [
    "NUMBERS",
    "TOTAL_ROW",
    "UNKNOWN_ROW",
    "Form06",
    "FormRow",
    "Included",
    "LeftOut",
    "closed",
    "load",
    "read_form",
]


@attrs.frozen(kw_only=True)
class FormRow:
    """One row: numbers of dossiers by column; None is *not filled in*, never 0."""

    label: str | None
    """The field, level or whatever the rows tell apart; None: unknown, and for the row of totals."""
    received: int | None
    online: int | None
    direct: int | None
    """New, handed in in person or by post."""
    carried_over: int | None
    resolved: int | None
    early: int | None
    on_time: int | None
    late: int | None
    pending: int | None
    within: int | None
    overdue: int | None

    def rate(self, name: str) -> Fraction | None:
        """Return ``on_time_rate``, ``overdue_stock`` or ``online_share``; None if there is nothing to divide by.

        >>> row = FormRow(label=None, received=10, online=4, direct=4, carried_over=2, resolved=8, early=5, on_time=2, late=1,
        ...     pending=2, within=2, overdue=0)
        >>> row.rate("on_time_rate"), row.rate("overdue_stock")
        (Fraction(7, 8), Fraction(0, 1))

        Raises:
            UnknownCodeError: the form has no rate of that name.
        """
        rate = definition().rate(name)
        numerator, denominator = self._sum(rate.of), self._sum(rate.among)
        return Fraction(numerator, denominator) if numerator is not None and denominator else None

    def _sum(self, keys: tuple[str, ...]) -> int | None:
        numbers = [getattr(self, key) for key in keys]
        return None if None in numbers else sum(numbers)


@attrs.frozen(kw_only=True)
class Included:
    """Dossiers that a column holds and that raise its rate: refused, stopped, withdrawn, or waiting."""

    kind: Literal["refused", "stopped", "withdrawn", "waiting"]
    column: Literal["early", "on_time", "late", "within", "overdue"]
    dossiers: int


@attrs.frozen(kw_only=True)
class LeftOut:
    """Dossiers in no column, for want of a fact."""

    missing: Literal["channel", "due_at"]
    dossiers: int


NUMBERS: Final = tuple(field.name for field in attrs.fields(FormRow) if field.name != "label")
"""Keys of the columns of numbers, in the order of the form."""


def closed(period: object) -> tuple[date, date]:
    """Return first and last day of a period that has both.

    Raises:
        InvalidValueError: it is something else.
    """
    if isinstance(period, Interval) and period.first is not None and period.last is not None:
        return period.first, period.last
    raise InvalidValueError.of(
        "period", period, vi="kỳ (Interval) có ngày đầu và ngày cuối", en="an Interval with a first and a last day"
    )


def _check_period(_: object, __: object, value: Interval) -> None:
    closed(value)


@attrs.frozen(kw_only=True)
class Form06:
    """Report form 06 for one period.

    The numbers may contradict each other: :func:`~onestop_core.kpi.form06.check` says where.
    """

    template: str = "II.06a/VPCP/KSTT"
    """Code printed on the form."""
    unit: str | None = None
    by: str | None = None
    """What a row stands for, such as ``field``."""
    period: Interval = attrs.field(validator=_check_period)
    rows: tuple[FormRow, ...]
    total: FormRow
    included: tuple[Included, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def __repr__(self) -> str:
        return f"<Form06 {period_text(self.period.first, self.period.last).en}: {len(self.rows)} rows>"

    def to_dict(self) -> dict[str, Any]:
        """Return the form in JSON types; :func:`~onestop_core.kpi.form06.load` reads it back."""
        return {"schema_version": "1.0", **unstructure(self)}

    def to_csv(self, *, language: Language = "vi", separator: str = ",") -> str:
        """Return the form as people know it: a header, a line of column numbers, the rows, the totals.

        Lines end in CRLF, as RFC 4180 has it; an empty cell was not filled in. A label that a spreadsheet would run
        as a formula is guarded. Numbers are plain, for the spreadsheet to write in its own way.

        Args:
            language: of the headings.
            separator: a comma, a semicolon or a tab; a spreadsheet with decimal commas opens semicolons.

        Raises:
            InvalidValueError: the language or the separator is another.
        """
        columns = definition().columns
        rows = [
            [word.in_(language) for word in (_NUMBER, _FIELD)] + [column.name.in_(language) for column in columns],
            ["(1)", "(2)", *(f"({column.number})" for column in columns)],
            *(
                [str(number), UNKNOWN_ROW.in_(language) if row.label is None else row.label, *_cells(row)]
                for number, row in enumerate(self.rows, 1)
            ),
            ["", TOTAL_ROW.in_(language), *_cells(self.total)],
        ]
        return write_csv(rows, separator=separator)


_NUMBER: Final = Text(vi="STT", en="No.")
_FIELD: Final = Text(vi="Lĩnh vực", en="Field")
TOTAL_ROW: Final = Text(vi="Tổng số", en="Total")
UNKNOWN_ROW: Final = Text(vi="(không rõ)", en="(unknown)")


def _cells(row: FormRow) -> list[str]:
    return ["" if (cell := getattr(row, key)) is None else str(cell) for key in NUMBERS]


def load(source: str | Path | Mapping[str, Any]) -> Form06:
    """Return the form in a JSON file or mapping, whether or not its columns add up.

    >>> load({"schema_version": "1.0"})
    Traceback (most recent call last):
    onestop_core.errors.InvalidDocumentError: ...

    Raises:
        OSError: the file cannot be read.
        UnsupportedSchemaVersionError: it is written for another version of the schema.
        InvalidDocumentError: it does not hold to ``schemas/form-06.schema.json``, or its period ends before it begins.
    """
    document, name = opened(source)
    ensure_valid(document, "form-06", source=name)
    return read_form(document, source=name)


def read_form(document: Any, *, source: str | None = None) -> Form06:
    """Return the form in *document*, which is valid under the schema.

    Raises:
        InvalidDocumentError: its period ends before it begins.
    """
    return structure({key: value for key, value in document.items() if key != "schema_version"}, Form06, source=source)
