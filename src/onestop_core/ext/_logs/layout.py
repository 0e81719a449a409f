"""Logs of many dossiers as columns: one row an event, whole dossiers one after another. What Parquet files of logs hold.

Each field of an event is a column of its own type, and so is what the opening says that events are counted by; everything
else of an event, which is rare, is JSON text in ``rest``. So a table says all that its logs said.
"""

from __future__ import annotations

import json
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.dossier import Dossier, Event
from onestop_core.errors import InvalidValueError, MissingExtraError
from onestop_core.model import HO_CHI_MINH
from onestop_core.model.series import each_of
from onestop_core.rules.reading.documents import parse_json
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

__all__ = [
    "FOLDED",
    "JUDGED",
    "LogColumn",
    "arrow",
    "checked",
    "event_of_row",
    "log_columns",
    "log_events",
    "log_table",
    "out_of_order",
    "whole_dossiers",
]


@attrs.frozen(kw_only=True)
class LogColumn:
    """One column of a table of events."""

    name: str
    kind: str
    """What it holds: ``text``, ``number``, ``moment``, ``flag``, ``texts`` or ``json``."""
    title: Text
    of_opening: bool = False
    """Whether it is part of the opening, and filled in the row of ``created`` alone."""


def _column(name: str, vi: str, en: str, kind: str = "text", *, of_opening: bool = False) -> LogColumn:
    return LogColumn(name=name, kind=kind, title=Text(vi=vi, en=en), of_opening=of_opening)


_COLUMNS: Final = (
    _column("dossier_id", "Mã hồ sơ", "The dossier"),
    _column("number", "Số thứ tự sự kiện, từ 0", "Number of the event, from 0", "number"),
    _column("kind", "Sự kiện", "Kind of the event"),
    _column("at", "Thời điểm", "When it happened", "moment"),
    _column("due", "Ngày hẹn trả kết quả", "The appointment it makes", "moment"),
    _column("actor", "Người thực hiện", "Who did it"),
    _column("role", "Vai trò", "In which role"),
    _column("unit", "Đơn vị", "For which unit"),
    _column("to_actor", "Người nhận", "Who has it from now on"),
    _column("to_unit", "Đơn vị nhận", "The unit that has it from now on"),
    _column("task", "Phần việc liên thông", "The piece of linked work"),
    _column("channel", "Hình thức", "How papers or a result went over"),
    _column("reason", "Lý do", "Why"),
    _column("reason_code", "Mã lý do", "Which of the reasons that the lifecycle names"),
    _column("ground", "Căn cứ", "The legal ground"),
    _column("papers", "Giấy tờ", "Papers handed in, asked for or issued", "texts"),
    _column("amount", "Số tiền (đồng), viết bằng chữ số", "Money in đồng, as decimal text"),
    _column("key", "Khóa chống gửi trùng", "Idempotency key"),
    _column("fault", "Lỗi của ai", "Whose fault it is"),
    _column("apology", "Văn bản xin lỗi", "Where the apology is"),
    _column("identity_checked", "Đã kiểm tra tài khoản định danh", "Whether the e-identity was looked up", "flag"),
    _column("event", "Các sự kiện bị hủy", "Which events it strikes", "json"),
    _column("schema_version", "Phiên bản lược đồ", "Version of the schema event-log in which it is written"),
    _column("procedure", "Thủ tục", "Code of the procedure", of_opening=True),
    _column("lifecycle", "Quy trình", "Reference of the lifecycle edition", of_opening=True),
    _column("opening_channel", "Hình thức nộp hồ sơ", "How the dossier came in", of_opening=True),
    _column("receiving_unit", "Nơi tiếp nhận", "The unit whose desk takes it in", of_opening=True),
    _column("competent_unit", "Cơ quan có thẩm quyền", "The authority that decides", of_opening=True),
    _column("non_territorial", "Phi địa giới", "How far it is free of boundaries", of_opening=True),
    _column("policy", "Quy định riêng của thủ tục", "The procedure's own rules", "json", of_opening=True),
    _column("rest", "Phần còn lại", "Whatever else the event says", "json"),
)
FOLDED: Final = frozenset(
    {
        *("dossier_id", "number", "kind", "at", "due", "to_unit", "key", "event", "schema_version"),
        *(each.name for each in _COLUMNS if each.of_opening),
    }
)
"""The columns at which folding looks; the others need not be read."""
JUDGED: Final = FOLDED | {"role", "unit", "task", "reason", "reason_code", "ground", "papers", "rest"}
"""Those at which judging looks."""
_EVENT: Final = tuple(each for each in _COLUMNS[2:-1] if not each.of_opening)
_OPENING: Final = tuple(each for each in _COLUMNS if each.of_opening)
_NAME_IN_OPENING: Final = {"opening_channel": "channel"}


def log_columns() -> tuple[LogColumn, ...]:
    """Return the columns of a table of events, in order.

    >>> [column.name for column in log_columns()][:5]
    ['dossier_id', 'number', 'kind', 'at', 'due']
    """
    return _COLUMNS


def arrow() -> Any:
    """Return pyarrow.

    Raises:
        MissingExtraError: it is not installed.
    """
    try:
        return import_module("pyarrow")
    except ModuleNotFoundError:
        raise MissingExtraError(extra="parquet", package="pyarrow") from None


def _schema(pa: Any) -> Any:
    types = {
        "text": pa.string(),
        "json": pa.string(),
        "number": pa.int32(),
        "moment": pa.timestamp("us", tz="UTC"),
        "flag": pa.bool_(),
        "texts": pa.list_(pa.string()),
    }
    needed = {"dossier_id", "number", "kind", "at"}
    return pa.schema([pa.field(each.name, types[each.kind], nullable=each.name not in needed) for each in _COLUMNS])


def log_table(logs: Iterable[Dossier | Iterable[Event]]) -> Any:
    """Return the events of *logs* as a table of PyArrow, whole dossiers one after another: what a Parquet file holds.

    ``log_events(log_table(logs))`` gives the same events. Write it with ``pyarrow.parquet.write_table``.

    >>> from datetime import datetime
    >>> from onestop_core import dossier
    >>> at = datetime.fromisoformat("2026-02-09T08:15+07:00")
    >>> m = dossier.machine("vn@decree-118-2025")
    >>> d = m.step(m.new(id="1", procedure="1.012783", channel="in_person", at=at), dossier.event("received", at))
    >>> table = log_table([d])
    >>> table.column("kind").to_pylist(), [events == d.events for _, events in log_events(table)]
    (['created', 'received'], [True])

    Raises:
        InvalidValueError: one of them is no log: no event, or the first is not ``created``.
        MissingExtraError: pyarrow is not installed.
    """
    pa = arrow()
    columns: dict[str, list[Any]] = {each.name: [] for each in _COLUMNS}
    for log in logs:
        for row in _rows(log.events if isinstance(log, Dossier) else tuple(each_of(log, Event, "logs"))):
            for name, values in columns.items():
                values.append(row.get(name))
    return pa.table(columns, schema=_schema(pa))


def _rows(events: tuple[Event, ...]) -> Iterator[dict[str, Any]]:
    if not events or events[0].opening is None:
        raise InvalidValueError.of("logs", events, vi="nhật ký bắt đầu bằng created", en="logs that begin with created")
    name = events[0].opening.id
    for number, event in enumerate(events):
        said = event.to_dict()
        row: dict[str, Any] = {"dossier_id": name, "number": number}
        for column in _EVENT:
            row[column.name] = _cell(column.kind, said.pop(column.name, None))
        row["at"], row["due"] = event.at, event.due
        if number == 0:
            opening = said.pop("opening")
            del opening["id"]
            for column in _OPENING:
                given = opening.pop(_NAME_IN_OPENING.get(column.name, column.name), None)
                row[column.name] = _cell(column.kind, given)
            if opening:
                said["opening"] = opening
        row["rest"] = _cell("json", said or None)
        yield row


def _cell(kind: str, said: Any) -> Any:
    if said is None or kind != "json":
        return said
    return json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def log_events(table: Any) -> Iterator[tuple[str, tuple[Event, ...]]]:
    """Yield the name of each dossier in a *table* of PyArrow with its events, in the order of the table.

    Raises:
        InvalidValueError: a column is missing or of another type, or the rows of a dossier are not one after another,
            from number 0 on.
        InvalidEventError: a row is no event; nothing of its dossier is given.
        MissingExtraError: pyarrow is not installed.
    """
    events: list[Event] = []
    name = ""
    for row in checked(table).to_pylist():
        if row["number"] == 0 and events:
            yield name, tuple(events)
            events = []
        if row["number"] != len(events) or (events and row["dossier_id"] != name):
            raise out_of_order(row["dossier_id"])
        name = row["dossier_id"]
        events.append(event_of_row(row))
    if events:
        yield name, tuple(events)


def out_of_order(name: str) -> InvalidValueError:
    """Return the error of a table in which the rows of a dossier are not together and in order."""
    return InvalidValueError.of(
        "number",
        name,
        vi="các dòng của một hồ sơ liền nhau, số thứ tự 0, 1, 2...",
        en="the rows of a dossier one after another, numbered 0, 1, 2...",
    )


def event_of_row(row: dict[str, Any]) -> Event:
    """Return the event that a *row* of a table says.

    Raises:
        InvalidEventError: it says none.
        InvalidDocumentError: a text of JSON in it is none.
    """
    said: dict[str, Any] = {} if row["rest"] is None else dict(parse_json(row["rest"]))
    for column in _EVENT:
        if (given := row[column.name]) is not None:
            said[column.name] = parse_json(given) if column.kind == "json" else given
    for name in ("at", "due"):
        if name in said:
            said[name] = said[name].astimezone(HO_CHI_MINH).isoformat()
    if row["number"] == 0:
        opening = {"id": row["dossier_id"], **said.get("opening", {})}
        for column in _OPENING:
            if (given := row[column.name]) is not None:
                name = _NAME_IN_OPENING.get(column.name, column.name)
                opening[name] = parse_json(given) if column.kind == "json" else given
        said["opening"] = opening
    return Event.from_dict(said)


def checked(table: Any) -> Any:
    """Return *table* with the columns of events in their order and types; what it does not have is empty.

    Raises:
        InvalidValueError: it is no table of PyArrow, lacks ``dossier_id``, ``number``, ``kind`` or ``at``, has an empty cell
            in one of them, or a column of another type.
    """
    pa = arrow()
    if not isinstance(table, pa.Table):
        raise InvalidValueError.of("table", table, vi="một bảng PyArrow", en="a table of PyArrow")
    found: list[Any] = []
    for field in _schema(pa):
        if field.name not in table.column_names:
            if not field.nullable:
                raise InvalidValueError.of("columns", table.column_names, vi=f"có cột {field.name}", en=f"{field.name}")
            found.append(pa.nulls(table.num_rows, field.type))
            continue
        column = table.column(field.name)
        if pa.types.is_timestamp(field.type) and pa.types.is_timestamp(column.type) and column.type.tz is None:
            raise _other_type(field, column)  # a moment without a zone is anybody's guess
        try:
            column = column.cast(field.type)
        except (pa.ArrowInvalid, pa.ArrowNotImplementedError) as error:
            raise _other_type(field, column) from error
        if column.null_count and not field.nullable:
            raise InvalidValueError.of(field.name, None, vi="ô nào cũng có giá trị", en="a value in every cell")
        found.append(column)
    return pa.table(found, schema=_schema(pa))


def _other_type(field: Any, column: Any) -> InvalidValueError:
    return InvalidValueError.of(
        field.name, str(column.type), vi=f"cột kiểu {field.type}", en=f"a column of the type {field.type}"
    )


def whole_dossiers(batches: Iterable[Any], *, least: int = 1 << 18) -> Iterator[Any]:
    """Yield tables of whole dossiers made of *batches* that follow one another and may end within a dossier.

    Args:
        batches: Of PyArrow, in the order of the rows.
        least: How many rows a table has at least, but for the last.
    """
    pa = arrow()
    held: list[Any] = []
    rows = 0
    for batch in batches:
        held.append(checked(pa.Table.from_batches([batch])))
        rows += batch.num_rows
        if rows < least:
            continue
        table = pa.concat_tables(held)
        first = _last_opening(table)
        if first:
            yield table.slice(0, first)
        held, rows = [table.slice(first)], table.num_rows - first
    if rows:
        yield pa.concat_tables(held)


def _last_opening(table: Any) -> int:
    """Return at which row the last dossier of *table* begins."""
    pc = import_module("pyarrow.compute")
    first = pc.indices_nonzero(pc.equal(table.column("number"), 0))
    return int(first[-1].as_py()) if len(first) else 0
