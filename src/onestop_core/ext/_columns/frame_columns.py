"""Columns of a data frame made ready for counting: in known types, without anything that Python would refuse.

What :class:`~onestop_core.model.DossierFacts` refuses is refused here too, whatever the engine: by its type, before
anything runs, or by its values, in the pass that counts. A column that holds no value at all is one of unknown facts,
whatever type the engine gave it; a column that is not there is *missing*, and decides nothing.
"""

from __future__ import annotations

import difflib
from datetime import datetime
from decimal import Decimal
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.errors import InvalidValueError, MissingExtraError, UnknownCodeError
from onestop_core.kpi.facts.columns import ColumnKind, FactsColumn, facts_columns
from onestop_core.model.facts import MOST
from onestop_core.text import Text

try:
    import narwhals as nw
except ModuleNotFoundError as _missing:
    raise MissingExtraError(extra="frames", package="narwhals") from _missing

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Sequence

__all__ = [
    "MICROSECONDS",
    "NUMBERED",
    "OURS",
    "Frame",
    "Rule",
    "any_of",
    "collected",
    "framed",
    "kept_rows",
    "made_ready",
    "nw",
    "opened",
]

OURS: Final = "onestop_"
"""What stands before the names of the columns made ready; no column of the frame is changed."""
MICROSECONDS: Final = "onestop_us_"
"""What stands before the name of a column of moments, as numbers."""
NUMBERED: Final = frozenset({"duckdb", "pyspark"})
"""Engines whose moments are made numbers before anything is asked of them, by a function of their own."""
_KEPT: Final = "onestop_kept"
_ENGINES: Final = ("polars", "duckdb", "pandas", "pyarrow", "pyspark")
_REQUIRED: Final = "received_at"
_READ: Final = tuple(column for column in facts_columns() if column.kind is not ColumnKind.TEXT)
"""The columns that counting or its checks look at."""
_INEXACT: Final = 2**53
"""From here on a floating point number is not one whole number."""
_ALIKE: Final = 0.88
"""How alike two names must be for one to be a slip of the other: ``digitized`` is one of ``digitised``."""

_EXPECTED: Final = {
    ColumnKind.MOMENT: Text(vi="cột thời điểm có múi giờ", en="a column of moments with a time zone"),
    ColumnKind.COUNT: Text(vi="cột số nguyên", en="a column of whole numbers"),
    ColumnKind.FLAG: Text(vi="cột đúng/sai (boolean)", en="a column of true and false (boolean)"),
    ColumnKind.CODE: Text(vi="cột chữ", en="a column of text"),
}


@attrs.frozen(kw_only=True)
class Rule:
    """What Python would refuse of a row: which column is to blame, what it should hold, and the rows that break it."""

    column: str
    expected: Text
    broken: nw.Expr = attrs.field(eq=False, repr=False)


@attrs.frozen(kw_only=True)
class Frame:
    """A frame that can be counted."""

    table: Any = attrs.field(eq=False, repr=False)
    """With the columns made ready, under names of our own."""
    engine: str
    native: Any = attrs.field(eq=False, repr=False)
    """The frame as it was given."""
    there: frozenset[str]
    """Columns of the facts with values."""
    missing: frozenset[str]
    """Columns of the facts that the frame does not have."""
    rules: tuple[Rule, ...]

    def broken(self) -> nw.Expr:
        """Return for each row whether Python would refuse it."""
        return any_of([nw.lit(value=False), *(rule.broken for rule in self.rules)]).fill_null(value=False)

    def refusal(self) -> InvalidValueError:
        """Return the error for the first rule that a row breaks: how many rows break it, and one of their values."""
        broken = ((rule, self._first_broken(rule)) for rule in self.rules)
        rule, (value, rows) = next((rule, found) for rule, found in broken if found[1])
        vi, en = f"{rule.expected.vi} (số dòng sai: {rows})", f"{rule.expected.en} (wrong rows: {rows})"
        return InvalidValueError.of(rule.column, value, vi=vi, en=en)

    def _first_broken(self, rule: Rule) -> tuple[Any, int]:
        column = nw.col(rule.column)
        found = self.table.filter(rule.broken).select(value=column.min(), rows=nw.len())
        ((value, rows),) = collected(found, self.engine).iter_rows()
        if isinstance(value, datetime):
            return value.isoformat(), rows
        return int(value) if isinstance(value, Decimal) else value, rows


def collected(table: Any, engine: str) -> Any:
    """Return the rows of a lazy table, or the table itself.

    Raises:
        OSError: a file behind it cannot be read.
        InvalidValueError: the engine cannot compute it.
    """
    try:
        return table.collect() if isinstance(table, nw.LazyFrame) else table
    except OSError:
        raise
    except Exception as error:
        raise _not_computed(engine, error) from error


def _not_computed(engine: str, error: Exception) -> InvalidValueError:
    return InvalidValueError.of(
        "frame", str(error), vi=f"bảng dữ liệu mà {engine} tính được", en=f"a frame that {engine} can compute"
    )


def opened(frame: Any, by: Sequence[str]) -> Frame:
    """Return *frame* ready for counting by the columns *by*.

    Raises:
        InvalidValueError: it is none, lacks a column that is needed, or has one of the wrong type.
        UnknownCodeError: it has a column whose name is a slip of one that it lacks.
        MissingExtraError: it is one of pandas, and pyarrow is not installed.
    """
    table, engine, names = framed(frame)
    _ensure_names(names, by)
    present = [column for column in _READ if column.name in names]
    table, engine, typed = made_ready(table, engine, present, by)
    there = frozenset(column.name for column in typed)
    missing = frozenset(column.name for column in _READ) - {column.name for column in present}
    return Frame(
        table=table,
        engine=engine,
        native=frame,
        there=there,
        missing=missing,
        rules=tuple(_rules(typed, there, missing)),
    )


def made_ready(
    table: Any, engine: str, present: Sequence[FactsColumn], by: Sequence[str] = ()
) -> tuple[Any, str, list[FactsColumn]]:
    """Return *table* with the columns *present* under names of ours, its engine, and those that hold values.

    Raises:
        InvalidValueError: a column is of the wrong type.
        MissingExtraError: it is one of pandas, and pyarrow is not installed.
    """
    if engine == "pandas":
        table, engine = nw.from_native(_arrow(table.to_native(), present, by)), "pyarrow"
    elif engine == "polars":
        table = table.lazy()
    _ensure_groups(table, by)
    typed = [column for column in present if _holds_values(table, column, engine)]
    if engine == "pyarrow":
        table = nw.from_native(_comparable(table.to_native(), typed))
    moments = [each.name for each in typed if each.kind is ColumnKind.MOMENT]
    # A difference of moments asks DuckDB for a calendar, row by row; microseconds are numbers.
    if moments and engine == "duckdb":
        numbers = (f'epoch_us("{name}") AS "{MICROSECONDS}{name}"' for name in moments)
        table = nw.from_native(table.to_native().project(f"*, {', '.join(numbers)}"))
    if moments and engine == "pyspark":
        numbers = (f"unix_micros({name}) AS {MICROSECONDS}{name}" for name in moments)
        table = nw.from_native(table.to_native().selectExpr("*", *numbers))
    if typed:
        table = table.with_columns(*(_ready(column, engine).alias(OURS + column.name) for column in typed))
    return table, engine, typed


def kept_rows(frame: Any, table: Any, engine: str, kept: nw.Expr) -> Any:
    """Return the rows of *frame* of which *kept* is true of *table*, which was made ready of it."""
    # A column of its own, since no engine filters by a constant.
    table = table.with_columns(kept.fill_null(value=False).alias(_KEPT))
    if engine == "pyarrow":
        chosen = table.to_native()[_KEPT]
        return frame[chosen.to_numpy()] if hasattr(frame, "iloc") else frame.filter(chosen)
    rows = table.filter(nw.col(_KEPT))
    return rows.drop(*(name for name in rows.collect_schema().names() if name.startswith(OURS))).to_native()


def framed(frame: Any) -> tuple[Any, str, list[str]]:
    """Return *frame* as a table of Narwhals, the name of its engine, and those of its columns.

    Raises:
        InvalidValueError: it is none.
    """
    try:
        table: Any = nw.from_native(frame)
        engine: str = table.implementation.value
        names: list[str] = table.collect_schema().names()
    except OSError:
        raise
    except Exception:  # noqa: BLE001 - each engine has errors of its own for what is no frame
        raise _no_frame(frame) from None
    if engine not in _ENGINES:
        raise _no_frame(frame)
    return table, engine, names


def _no_frame(frame: object) -> InvalidValueError:
    return InvalidValueError.of(
        "frame",
        type(frame).__name__,
        vi=f"bảng dữ liệu của {', '.join(_ENGINES)}",
        en=f"a data frame of {', '.join(_ENGINES)}",
    )


def _ensure_names(names: Collection[str], by: object) -> None:
    if not isinstance(by, list | tuple):
        raise InvalidValueError.of("by", by, vi="danh sách tên cột", en="a list of names of columns")
    for name in cast("Sequence[object]", by):
        if name not in names:
            raise InvalidValueError.one_of("by", name, names)
    known = {column.name for column in facts_columns()}
    lacking = [column.name for column in _READ if column.name not in names]
    for name in names:
        meant = () if name in known else [each for each in lacking if _alike(name, each) >= _ALIKE]
        if meant:
            kind = Text(vi="cột dữ kiện hồ sơ", en="column of the facts")
            best = max(meant, key=lambda each: _alike(name, each))
            raise UnknownCodeError(kind=kind, value=name[:80], suggestions=(best,))
    if _REQUIRED not in names:
        raise InvalidValueError.of(
            "frame", list(names), vi=f"bảng có cột {_REQUIRED}", en=f"a frame with a column {_REQUIRED}"
        )


def _alike(name: str, meant: str) -> float:
    one, other = ("".join(filter(str.isalnum, each[:80].lower())) for each in (name, meant))
    slip = abs(len(one) - len(other)) <= max(1, len(other) // 8)
    return difflib.SequenceMatcher(a=one, b=other).ratio() if slip else 0


def _fits(kind: ColumnKind, dtype: Any) -> bool:
    match kind:
        case ColumnKind.MOMENT:
            return isinstance(dtype, nw.Datetime) and dtype.time_zone is not None
        case ColumnKind.COUNT:
            return bool(dtype.is_integer())
        case ColumnKind.FLAG:
            return bool(dtype == nw.Boolean)
        case _:
            return bool(dtype in (nw.String, nw.Categorical, nw.Enum))


def _ensure_groups(table: Any, by: Sequence[str]) -> None:
    for name in by:
        if (kind := table.collect_schema()[name]).is_nested():  # no engine tells such groups as another does
            raise InvalidValueError.of(name, str(kind), vi="mỗi dòng một giá trị", en="one value to a row")


def _holds_values(table: Any, column: FactsColumn, engine: str) -> bool:
    """Return whether a column of the right type is there; False for one of any other type that holds nothing."""
    dtype = table.collect_schema()[column.name]
    if _fits(column.kind, dtype):
        return True
    if collected(table.select((~nw.col(column.name).is_null()).sum()), engine).item():
        expected = _EXPECTED[column.kind]
        raise InvalidValueError.of(column.name, str(dtype), vi=expected.vi, en=expected.en)
    return False


def _arrow(frame: Any, columns: Sequence[FactsColumn], by: Sequence[str]) -> Any:
    """Return the columns of a pandas frame in Arrow, which knows missing values and keeps types apart."""
    try:
        arrow: Any = import_module("pyarrow")
    except ImportError:
        raise MissingExtraError(extra="parquet", package="pyarrow") from None
    kinds = dict.fromkeys(by) | {column.name: column.kind for column in columns}
    arrays = {}
    for name, kind in kinds.items():
        series = frame[name]
        if kind is ColumnKind.COUNT and str(series.dtype) in {"float64", "float32"}:
            # pandas stores whole numbers with gaps as floating point
            known = series.dropna()
            exact = (known % 1 == 0) & (known.abs() < _INEXACT)
            series = series.astype("Int64") if exact.all() else series
        try:
            if kind is ColumnKind.MOMENT and series.dtype == object and any(map(_is_naive, series.dropna())):
                raise InvalidValueError.of(name, "object", vi=_EXPECTED[kind].vi, en=_EXPECTED[kind].en)
            arrays[name] = arrow.Array.from_pandas(series)
        except (arrow.ArrowException, OverflowError) as error:
            expected = Text(vi="cột có một kiểu", en="a column of one type") if kind is None else _EXPECTED[kind]
            raise InvalidValueError.of(name, str(error), vi=expected.vi, en=expected.en) from None
    return arrow.table(arrays)


def _is_naive(value: object) -> bool:
    return getattr(value, "tzinfo", "none") is None


def _comparable(table: Any, columns: Sequence[FactsColumn]) -> Any:
    arrow: Any = import_module("pyarrow")
    for column in columns:
        values = table[column.name]
        if column.kind is ColumnKind.MOMENT:
            # as a datetime of Python does, a moment forgets its nanoseconds
            values = values.cast(arrow.timestamp("us", "UTC"), safe=False)
        elif values.type == arrow.uint64():
            # which Arrow would compare as numbers with a sign, where the largest do not fit
            values = values.cast(arrow.decimal128(20))
        table = table.set_column(table.column_names.index(column.name), column.name, values)
    return table


def _ready(column: FactsColumn, engine: str) -> nw.Expr:
    """Return the values of a column in the type in which conditions compare them; what is out of bounds is left out."""
    value = nw.col(column.name)
    match column.kind:
        case ColumnKind.MOMENT if engine == "polars":
            return value.dt.convert_time_zone("UTC").cast(nw.Datetime("us", "UTC"))
        case ColumnKind.COUNT:
            return nw.when(value.is_between(0, MOST)).then(value).cast(nw.Int64)
        case ColumnKind.CODE:
            return value.cast(nw.String)
        case _:
            return value


def any_of(parts: Sequence[nw.Expr]) -> nw.Expr:
    """Return whether one of *parts*, at least one expression, holds."""
    first, *others = parts
    for other in others:
        first = first | other
    return first


def _rules(columns: Sequence[FactsColumn], there: frozenset[str], missing: frozenset[str]) -> Iterator[Rule]:
    ours: Callable[[str], nw.Expr] = lambda name: nw.col(OURS + name)  # noqa: E731
    for column in columns:
        if column.kind is ColumnKind.COUNT:
            value = nw.col(column.name)
            yield Rule(
                column=column.name,
                expected=Text(vi=f"số nguyên từ 0 đến {MOST}", en=f"whole numbers from 0 to {MOST}"),
                broken=~value.is_null() & ours(column.name).is_null(),
            )
        elif column.kind is ColumnKind.CODE:
            listed = ", ".join(column.codes)
            known = any_of([ours(column.name) == nw.lit(code) for code in column.codes])
            yield Rule(
                column=column.name,
                expected=Text(vi=f"một trong: {listed}", en=f"one of {listed}"),
                broken=~known,
            )
    if {"finished_at", "received_at"} <= there:
        yield Rule(
            column="finished_at",
            expected=Text(vi="thời điểm không sớm hơn received_at", en="a moment not before received_at"),
            broken=ours("finished_at") < ours("received_at"),
        )
    if "finished_kind" in there and "finished_at" not in missing:
        ended = ~ours("finished_at").is_null() if "finished_at" in there else nw.lit(value=False)
        yield Rule(
            column="finished_kind",
            expected=Text(vi="để trống khi không có finished_at", en="nothing, since there is no finished_at"),
            broken=~ended & ~ours("finished_kind").is_null(),
        )
    if {"supplement_requested_at", "supplement_requests"} <= there:
        yield Rule(
            column="supplement_requests",
            expected=Text(vi="ít nhất 1 khi đang chờ bổ sung", en="at least 1 while waiting for a supplement"),
            broken=(ours("supplement_requests") == 0) & ~ours("supplement_requested_at").is_null(),
        )
