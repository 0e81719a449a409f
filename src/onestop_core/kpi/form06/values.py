"""Report form 06, filled in: ``schemas/form-06.schema.json`` read as frozen values."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from fractions import Fraction
from typing import TYPE_CHECKING, Any, Final, Literal

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.kpi.form06.definition import definition
from onestop_core.model import Interval
from onestop_core.rules.converter import structure, unstructure
from onestop_core.rules.documents import read_json
from onestop_core.rules.schemas import ensure_valid

if TYPE_CHECKING:
    from pathlib import Path

    from onestop_core.text import Language

__all__ = ["NUMBERS", "Form06", "Included", "LeftOut", "Row", "load_form_06", "read_form"]


@attrs.frozen(kw_only=True)
class Row:
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

        >>> row = Row(label=None, received=10, online=4, direct=4, carried_over=2, resolved=8, early=5, on_time=2, late=1,
        ...     pending=2, within=2, overdue=0)
        >>> row.rate("on_time_rate"), row.rate("overdue_stock")
        (Fraction(7, 8), Fraction(0, 1))

        Raises:
            InvalidValueError: the form has no rate of that name.
        """
        rates = {rate.id: rate for rate in definition().rates}
        if name not in rates:
            known = ", ".join(rates)
            raise InvalidValueError.of("name", name, vi=f"một trong {known}", en=f"one of {known}")
        numerator, denominator = self._sum(rates[name].of), self._sum(rates[name].among)
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


NUMBERS: Final = tuple(field.name for field in attrs.fields(Row) if field.name != "label")
"""Keys of the columns of numbers, in the order of the form."""


@attrs.frozen(kw_only=True)
class Form06:
    """Report form 06 for one period.

    The numbers may contradict each other: :func:`~onestop_core.kpi.check_form_06` says where.
    """

    template: str = "II.06a/VPCP/KSTT"
    """Code printed on the form."""
    unit: str | None = None
    by: str | None = None
    """What a row stands for, such as ``field``."""
    period: Interval
    rows: tuple[Row, ...]
    total: Row
    included: tuple[Included, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Return the form in JSON types; :func:`~onestop_core.kpi.load_form_06` reads it back."""
        return {"schema_version": "1.0", **unstructure(self)}

    def to_csv(self, language: Language = "vi") -> str:
        """Return the form as people know it: a header, a line of column numbers, the rows, the totals.

        Lines end in CRLF, as RFC 4180 has it; an empty cell was not filled in. A label that a spreadsheet
        would run as a formula is quoted with an apostrophe.
        """
        first = {"vi": ("STT", "Lĩnh vực"), "en": ("No.", "Field")}[language]
        total, unknown = {"vi": ("Tổng số", "(không rõ)"), "en": ("Total", "(unknown)")}[language]
        columns = definition().columns
        lines: list[list[object]] = [
            [*first, *(column.name.in_(language) for column in columns)],
            ["(1)", "(2)", *(f"({column.number})" for column in columns)],
        ]
        for number, row in enumerate(self.rows, 1):
            label = unknown if row.label is None else row.label
            lines.append([number, f"'{label}" if label[0] in "=+-@\t\r" else label, *_numbers(row)])
        lines.append(["", total, *_numbers(self.total)])
        out = io.StringIO()
        csv.writer(out).writerows(lines)
        return out.getvalue()


def _numbers(row: Row) -> list[int | None]:
    return [getattr(row, key) for key in NUMBERS]


def load_form_06(source: str | Path | Mapping[str, Any]) -> Form06:
    """Return the form in a JSON file or mapping, whether or not its columns add up.

    >>> load_form_06({"schema_version": "1.0"})
    Traceback (most recent call last):
    onestop_core.errors.InvalidDocumentError: ...

    Raises:
        OSError: the file cannot be read.
        UnsupportedSchemaVersionError: it is written for another version of the schema.
        InvalidDocumentError: it does not hold to ``schemas/form-06.schema.json``, or its period ends before it begins.
    """
    name = None if isinstance(source, Mapping) else str(source)
    document = source if isinstance(source, Mapping) else read_json(source)
    ensure_valid(document, "form-06", source=name)
    return read_form(document, source=name)


def read_form(document: Any, *, source: str | None = None) -> Form06:
    """Return the form in *document*, which is valid under the schema.

    Raises:
        InvalidDocumentError: its period ends before it begins.
    """
    return structure({key: value for key, value in document.items() if key != "schema_version"}, Form06, source=source)
