"""Due moments of a data frame: what its rows ask is gathered, each question counted once, and the answers joined.

A limit in days asks only for the day of receipt and the part of it (before or after 15:00, before or after the close of
the office): thousands of rows are one question. A limit in hours asks for the moment. The questions go to
:func:`onestop_core.deadlines.due` itself, so that nothing here can count otherwise.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core import deadlines
from onestop_core.deadlines import WorkingHours
from onestop_core.deadlines.counting.countable import ensure_countable
from onestop_core.deadlines.terms.policies import EndOnDayOff, LateReceipt, Policies
from onestop_core.errors import InvalidValueError
from onestop_core.ext._columns.due_questions import (
    DAY,
    ONE_ZONE_SINCE,
    SEVEN_HOURS,
    asks_for_the_day,
    moment,
    number,
    parts_of_a_day,
)
from onestop_core.ext._columns.frame_columns import MICROSECONDS, NUMBERED, OURS, collected, framed, made_ready, nw
from onestop_core.ext._columns.frame_joins import Kind, arrow, joined
from onestop_core.kpi.facts.columns import ColumnKind, FactsColumn
from onestop_core.model import TimeLimit
from onestop_core.text import Text
from onestop_core.workdays import Calendar

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


__all__ = ["due"]

_RECEIVED: Final = FactsColumn(
    name="received_at", title=Text(vi="thời điểm tiếp nhận", en="moment of receipt"), kind=ColumnKind.MOMENT
)
_PAUSED: Final = FactsColumn(
    name="paused_at", title=Text(vi="bắt đầu tạm ngừng", en="beginning of a wait"), kind=ColumnKind.MOMENT
)
_RESUMED: Final = FactsColumn(
    name="resumed_at", title=Text(vi="kết thúc tạm ngừng", en="end of a wait"), kind=ColumnKind.MOMENT
)
_LIMITS: Final = ("limit", "time_limit")
_EAGER: Final = frozenset({"pyarrow", "pandas"})
"""Engines whose joins keep no order: there the row is numbered, and only what is joined goes with it."""

_ID, _LIMIT, _AT, _ASKED = f"{OURS}id", f"{OURS}limit_text", f"{OURS}at", f"{OURS}asked"
_DUE, _DUE_AFTER_WAITS, _WAITED, _ROW = f"{OURS}due", f"{OURS}due_after_waits", f"{OURS}waited", f"{OURS}row"
_ROWS: Final = f"{OURS}rows"
_KINDS: Final[dict[str, Kind]] = {
    **dict.fromkeys((_ID, _LIMIT), "text"),
    **dict.fromkeys((_AT, _ASKED, _WAITED), "number"),
    **dict.fromkeys((_DUE, _DUE_AFTER_WAITS), "moment"),
}

_FEW: Final = 1_000
"""So many questions are sooner asked one by one than a calendar's sessions are laid out."""

_Waits = list[tuple[int, int | None]]


def due(
    frame: Any,
    *,
    calendar: Calendar,
    limit: TimeLimit | None = None,
    hours: WorkingHours | None = None,
    pauses: Any = None,
    end_on_day_off: EndOnDayOff | str = EndOnDayOff.NEXT_WORKING_DAY,
    late_receipt: LateReceipt | str = LateReceipt.SAME_DAY_LIMITS,
    name: str = "due_at",
) -> Any:
    """Return the frame with one column more: when the result for each row is due.

    The same moments as :func:`onestop_core.deadlines.due` gives row by row, for every kind of limit; microseconds, in
    Vietnamese civil time. A row whose receipt or limit is not known has no due moment. The frame is of the kind that was
    given; a lazy frame or relation stays one, and is run once here to learn what its rows ask.

    >>> import polars as pl
    >>> from datetime import datetime
    >>> from onestop_core import workdays
    >>> at = datetime.fromisoformat
    >>> frame = pl.DataFrame({"id": ["A", "B", "C"], "time_limit": ["5 working days", "02 tháng", None],
    ...     "received_at": [at("2026-02-12T02:30Z")] * 3})
    >>> [at and at.isoformat() for at in due(frame, calendar=workdays.calendar("vn-civil"))["due_at"]]
    ['2026-02-26T23:59:59+07:00', '2026-04-13T23:59:59+07:00', None]

    Args:
        frame: a frame or relation of Polars, DuckDB, pandas, PyArrow or Spark. Columns: ``received_at``, moments with a time
            zone; ``limit``, or ``time_limit`` as in lists of dossiers, texts that ``TimeLimit.parse`` reads; with
            *pauses* also ``id``.
        calendar: which days count.
        limit: one limit for all rows, in place of the column.
        hours: office hours of the agency.
        pauses: a frame of waits: ``id`` of the row, ``paused_at`` and ``resumed_at``, which is empty while it lasts. Where
            it is not known when a wait began, the due moment is not known.
        end_on_day_off: policy for calendar periods that end on a day off.
        late_receipt: to which limits the rule "received after 15:00" applies.
        name: of the new column.

    Raises:
        InvalidValueError: a frame is none, lacks a column, has one of the wrong type, or has *name* already; a limit
            cannot be read, or not be counted without *hours*; a wait ends before it begins; an unknown policy.
        CalendarCoverageError: the calendar does not reach far enough for a row.
        MissingExtraError: it is one of pandas or DuckDB, and pyarrow is not installed.
    """
    counting = _Counting(
        calendar=calendar,
        hours=hours,
        policies=Policies(end_on_day_off=end_on_day_off, late_receipt=late_receipt),
        only=limit,
    )
    ensure_countable(TimeLimit.of(1, "days") if limit is None else limit, calendar, hours)
    waits = None if pauses is None else _waits_of(pauses)
    given, engine, names = _framed(frame)
    if not isinstance(cast("object", name), str) or name in names:
        raise InvalidValueError.of(
            "name", name, vi="tên cột chưa có trong bảng", en="the name of a column that is not there yet"
        )
    column = None if limit is not None else _limit_column(names)
    table, engine = _asking(given, engine, names, column=column, with_id=waits is not None)
    if waits is not None:
        table = _joined(table, engine, [_ID], {_ID: list(waits), _WAITED: [1] * len(waits)})
    limits = counting.limits(_texts(table, engine), column)
    table = table.with_columns(counting.asked(limits).alias(_ASKED))
    everyday = table if waits is None else table.filter(nw.col(_WAITED).is_null())
    table = _joined(
        table, engine, [_LIMIT, _ASKED], counting.answers(_questions(everyday, engine, _LIMIT, _ASKED), limits)
    )
    found = nw.col(_DUE)
    if waits is not None:
        rows = _questions(table.filter(~nw.col(_WAITED).is_null()), engine, _ID, _LIMIT, _AT)
        table = _joined(table, engine, [_ID, _LIMIT, _AT], counting.answers_after_waits(rows, limits, waits))
        found = nw.when(nw.col(_WAITED).is_null()).then(found).otherwise(nw.col(_DUE_AFTER_WAITS))
    return _with_column(frame, given, table, found, name)


@attrs.frozen(kw_only=True)
class _Counting:
    """In what the rows are counted."""

    calendar: Calendar
    hours: WorkingHours | None
    policies: Policies
    only: TimeLimit | None
    """One limit for all rows."""

    def limits(self, texts: Iterable[str], column: str | None) -> dict[str, TimeLimit]:
        """Return what the rows have as limits.

        Raises:
            InvalidValueError: one cannot be read, or not be counted.
        """
        found: dict[str, TimeLimit] = {}
        for text in texts:
            try:
                found[text] = TimeLimit.parse(text) if self.only is None else self.only
                ensure_countable(found[text], self.calendar, self.hours)
            except InvalidValueError as error:
                raise attrs.evolve(error, what=column or "limit") from None
        return found

    def asked(self, limits: Mapping[str, TimeLimit]) -> nw.Expr:
        """Return the moment at which a row asks: the last one of the part of a day, where it asks for no more."""
        at = nw.col(_AT)
        by_the_day = [text for text, limit in limits.items() if asks_for_the_day(limit.steps[0])]
        if not by_the_day:
            return at
        into = (at + SEVEN_HOURS) % DAY
        *parts, last = parts_of_a_day(self.hours)
        part = nw.lit(last)
        for end in reversed(parts):
            part = nw.when(into <= end).then(nw.lit(end)).otherwise(part)
        simple = nw.col(_LIMIT).is_in(by_the_day) & (at >= ONE_ZONE_SINCE)
        return nw.when(simple).then(at - into + part).otherwise(at)

    def answers(self, questions: Iterable[tuple[Any, ...]], limits: Mapping[str, TimeLimit]) -> dict[str, list[Any]]:
        """Return the questions with their answers, as columns."""
        asked: dict[str, list[int]] = {text: [] for text in limits}
        for text, at in questions:
            if text is not None and at is not None:
                asked[text].append(at)
        columns: dict[str, list[Any]] = {_LIMIT: [], _ASKED: [], _DUE: []}
        for text, moments in asked.items():
            columns[_LIMIT] += [text] * len(moments)
            columns[_ASKED] += moments
            columns[_DUE] += self._dues(moments, limits[text])
        return columns

    def _dues(self, moments: list[int], limit: TimeLimit) -> list[int]:
        if len(moments) < _FEW or type(self.calendar) is not Calendar:
            return [self._due(at, limit, ()) for at in moments]
        try:
            numpy, arrays = (import_module(each) for each in ("numpy", "onestop_core.ext.arrays"))
        except ImportError:
            return [self._due(at, limit, ()) for at in moments]
        found = arrays.due(
            self.calendar,
            numpy.array(moments, "int64").view("datetime64[us]"),
            limit,
            hours=self.hours,
            end_on_day_off=self.policies.end_on_day_off,
            late_receipt=self.policies.late_receipt,
        )
        ends: list[int] = found.view("int64").tolist()
        return ends

    def answers_after_waits(
        self, rows: Iterable[tuple[Any, ...]], limits: Mapping[str, TimeLimit], waits: Mapping[str, _Waits | None]
    ) -> dict[str, list[Any]]:
        """Return the rows that waited with their answers, as columns."""
        columns: dict[str, list[Any]] = {_ID: [], _LIMIT: [], _AT: [], _DUE_AFTER_WAITS: []}
        for key, text, at in rows:
            known = waits[key]
            if text is not None and at is not None and known is not None:
                columns[_ID].append(key)
                columns[_LIMIT].append(text)
                columns[_AT].append(at)
                columns[_DUE_AFTER_WAITS].append(self._due(at, limits[text], known))
        return columns

    def _due(self, at: int, limit: TimeLimit, waits: Sequence[tuple[int, int | None]]) -> int:
        found = deadlines.due(
            moment(at, "received_at"),
            limit,
            calendar=self.calendar,
            hours=self.hours,
            pauses=[(moment(a, "paused_at"), None if b is None else moment(b, "resumed_at")) for a, b in waits],
            end_on_day_off=self.policies.end_on_day_off,
            late_receipt=self.policies.late_receipt,
        )
        return number(found.at)


def _framed(frame: Any) -> tuple[Any, str, list[str]]:
    table, engine, names = framed(frame)
    if engine == "duckdb":
        arrow()  # in which its rows come and its answers go
    return table, engine, names


def _limit_column(names: Sequence[str]) -> str:
    for each in _LIMITS:
        if each in names:
            return each
    raise InvalidValueError.of(
        "frame",
        list(names)[:20],
        vi=f"bảng có cột {' hoặc '.join(_LIMITS)}, nếu không có thời hạn chung",
        en=f"a frame with a column {' or '.join(_LIMITS)}, where no limit is given for all rows",
    )


def _ensure_column(names: Sequence[str], column: str, what: str) -> None:
    if column not in names:
        raise InvalidValueError.of(
            what, list(names)[:20], vi=f"bảng có cột {column}", en=f"a frame with a column {column}"
        )


def _asking(table: Any, engine: str, names: Sequence[str], *, column: str | None, with_id: bool) -> tuple[Any, str]:
    """Return the rows with what they ask under names of ours, and the engine that holds them now."""
    present = [_RECEIVED]
    if column is not None:
        title = Text(vi="thời hạn", en="time limit")
        present.append(FactsColumn(name=column, title=title, kind=ColumnKind.CODE))
    for each in (*(one.name for one in present), *(["id"] if with_id else [])):
        _ensure_column(names, each, "frame")
    kind = table.collect_schema()["id"] if with_id else None
    table, engine, typed = made_ready(table, engine, present, ["id"] if with_id else [])
    there = {one.name for one in typed}
    limit = nw.lit("") if column is None else nw.col(OURS + column) if column in there else nw.lit(None, nw.String)
    asked = [limit.cast(nw.String).alias(_LIMIT), _microseconds("received_at", there, engine).alias(_AT)]
    if with_id:
        asked.append(_id(kind, "frame").alias(_ID))
    table = table.with_columns(*asked)
    if engine in _EAGER:
        table = table.with_row_index(_ROW).select(_ROW, _LIMIT, _AT, *([_ID] if with_id else []))
    return table, engine


def _microseconds(column: str, there: Iterable[str], engine: str) -> nw.Expr:
    if column not in there:
        return nw.lit(None, nw.Int64)
    return nw.col(MICROSECONDS + column) if engine in NUMBERED else nw.col(OURS + column).dt.timestamp("us")


def _id(kind: Any, what: str) -> nw.Expr:
    if not (kind.is_integer() or kind in (nw.String, nw.Categorical, nw.Enum, nw.Object)):
        raise InvalidValueError.of(
            f"{what}.id", str(kind), vi="cột chữ hoặc số nguyên", en="a column of text or whole numbers"
        )
    return nw.col("id").cast(nw.String)


def _texts(table: Any, engine: str) -> list[str]:
    return sorted(text for (text,) in _questions(table, engine, _LIMIT) if text is not None)


def _questions(table: Any, engine: str, *columns: str) -> Iterable[tuple[Any, ...]]:
    # Groups, since some engines number the rows of a table to tell which are unique.
    groups = table.select(*columns).group_by(*columns).agg(nw.len().alias(_ROWS)).select(*columns)
    rows: Iterable[tuple[Any, ...]] = collected(groups, engine).iter_rows()
    return rows


def _waits_of(pauses: Any) -> dict[str, _Waits | None]:
    """Return the waits of each row; None where it is not known when one began.

    Raises:
        InvalidValueError: it is no frame of waits.
    """
    table, engine, names = _framed(pauses)
    for each in ("id", _PAUSED.name, _RESUMED.name):
        _ensure_column(names, each, "pauses")
    key = _id(table.collect_schema()["id"], "pauses").alias(_ID)
    table, engine, typed = made_ready(table, engine, [_PAUSED, _RESUMED], ["id"])
    there = {one.name for one in typed}
    begin, stop = (_microseconds(each.name, there, engine).alias(OURS + each.name) for each in (_PAUSED, _RESUMED))
    found: dict[str, _Waits | None] = {}
    for row, first, last in collected(table.select(key, begin, stop), engine).iter_rows():
        if row is None:
            continue
        waits = found.setdefault(row, [])
        if first is None:
            found[row] = None
        elif waits is not None:
            waits.append((first, last))
    return found


def _joined(table: Any, engine: str, on: Sequence[str], lookup: Mapping[str, list[Any]]) -> Any:
    return joined(table, engine, on, lookup, _KINDS)


def _with_column(frame: Any, given: Any, table: Any, found: nw.Expr, name: str) -> Any:
    """Return the frame with the answers as one column more."""
    if _ROW in table.collect_schema().names():
        answers = table.sort(_ROW).select(found.alias(name)).to_native()[name]
        if hasattr(frame, "iloc"):
            column = answers.to_pandas()
            column.index = frame.index
            return frame.assign(**{name: column})
        return frame.append_column(name, answers)
    table = table.with_columns(found.alias(name))
    table = table.drop(*(each for each in table.collect_schema().names() if each.startswith("onestop_")))
    return (table.collect() if isinstance(given, nw.DataFrame) else table).to_native()
