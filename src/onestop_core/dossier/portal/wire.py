"""The wire form of the records: one table of fields, read in both directions.

Every scalar is a string, times are ``yyyyMMddHHmmss`` in Vietnamese civil time, and codes are those of the *peer*.
"""

from __future__ import annotations

import types
import typing
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.dossier.portal.peers import Peer
from onestop_core.dossier.portal.records import SERVICES, Record
from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem
from onestop_core.model import HO_CHI_MINH, aware
from onestop_core.model.series import each_of, instance, members
from onestop_core.rules.schema.schemas import ensure_valid
from onestop_core.text import Text, shown

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["decode", "encode"]

_MOMENT: Final = "%Y%m%d%H%M%S"


def encode(records: Iterable[Record], to: Peer, *, updating: bool | None = None) -> dict[str, Any]:
    """Return the message that carries *records*, all of one kind, in the codes of the peer *to*.

    >>> from datetime import datetime
    >>> from onestop_core.dossier.portal import ProgressRecord, peer
    >>> line = ProgressRecord(code="H26-260212-0001", actor="Lan", content="Tiếp nhận", status="2",
    ...     at=datetime.fromisoformat("2026-02-12T09:30+07:00"))
    >>> encode([line], peer("opencps"))["data"][0]["ThoiDiemXuLy"]
    '20260212093000'

    Args:
        records: What to send.
        to: Who reads it.
        updating: For ``DongBoHoSoMC``: whether the peer has the dossier already.

    Raises:
        InvalidValueError: no record, records of different kinds, or a word for which the peer has no code.
    """
    instance(to, Peer, "to")
    given = tuple(each_of(records, object, "records"))
    kinds = {type(record) for record in given}
    service = next((name for name, kind in SERVICES.items() if kinds == {kind}), None)
    if service is None:
        raise InvalidValueError.of(
            "records",
            sorted(kind.__name__ for kind in kinds),
            vi="các bản ghi cùng một loại",
            en="records, all of one kind",
        )
    message: dict[str, Any] = {"service": service}
    if updating is not None:
        instance(updating, bool, "updating")
        message["isUpdating"] = "true" if updating else "false"
    message["data"] = [_encoded(record, to) for record in given]
    return message


def _encoded(record: Any, to: Peer) -> dict[str, Any]:
    wire: dict[str, Any] = {}
    for field in _fields(type(record)):
        value, codes = getattr(record, field.name), field.metadata["codes"]
        if value is None:
            continue
        if codes is not None:
            table: dict[str, str] = getattr(to, codes)
            if value not in table:
                known = ", ".join(table)
                raise InvalidValueError.of(
                    field.name, value, vi=f"một trong: {known} ({to.id})", en=f"one of: {known} ({to.id})"
                )
            value = table[value]
        elif isinstance(value, bool):
            value = "1" if value else "0"
        elif isinstance(value, datetime):
            value = aware(value, field.name).strftime(_MOMENT)
        elif isinstance(value, tuple):
            value = [_encoded(each, to) for each in getattr(record, field.name)]
        wire[field.metadata["wire"]] = value
    return wire


def decode(message: Mapping[str, Any], sender: Peer, *, source: str | None = None) -> tuple[Record, ...]:
    """Return the records of a *message* in the codes of its *sender*; ``decode(encode(x, p), p) == x``.

    Raises:
        InvalidDocumentError: it breaks the schema ``portal-messages``, or holds a time or a code that cannot be
            read: every place at once.
    """
    instance(sender, Peer, "sender")
    message = members(message)
    ensure_valid(message, "portal-messages", source=source)
    kind, problems = SERVICES[message["service"]], list[Problem]()
    rows = [_decoded(row, kind, sender, f"$.data[{n}]", problems) for n, row in enumerate(message["data"])]
    if problems:
        raise InvalidDocumentError(problems=tuple(problems), source=source)
    return tuple(kind(**row) for row in rows)


def _fields(kind: Any) -> tuple[Any, ...]:
    return tuple(attrs.fields(kind))


@cache
def _hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def _decoded(row: Mapping[str, Any], kind: type, sender: Peer, path: str, problems: list[Problem]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for field in _fields(kind):
        name, codes, hint = field.metadata["wire"], field.metadata["codes"], _hints(kind)[field.name]
        place = f"{path}.{name}"
        if name not in row:
            continue
        given = row[name]
        if codes is not None:
            words = {code: word for word, code in getattr(sender, codes).items()}
            if given not in words:
                known = ", ".join(words)
                problems.append(
                    _problem(place, "code", f"{shown(given)}: cần {known}", f"{shown(given)}: expected {known}")
                )
            values[field.name] = words.get(given)
        elif typing.get_origin(hint) is tuple:
            part = typing.get_args(hint)[0]
            parts = [_decoded(each, part, sender, f"{place}[{n}]", problems) for n, each in enumerate(given)]
            values[field.name] = () if problems else tuple(part(**each) for each in parts)
        elif hint is bool:
            values[field.name] = given == "1"
        elif datetime in ((hint,) if not isinstance(hint, types.UnionType) else typing.get_args(hint)):
            values[field.name] = _moment(given, place, problems)
        else:
            values[field.name] = given
    return values


def _moment(text: str, path: str, problems: list[Problem]) -> datetime | None:
    try:
        parts = (text[:4], *(text[n : n + 2] for n in range(4, 14, 2)))  # strptime reads other digits too
        return datetime(*(int(part) for part in parts), tzinfo=HO_CHI_MINH)  # type: ignore[misc, arg-type]
    except ValueError:
        problems.append(
            _problem(
                path, "moment", f"{shown(text)}: không có thời điểm này", f"{shown(text)}: there is no such moment"
            )
        )
        return None


def _problem(path: str, rule: str, vi: str, en: str) -> Problem:
    return Problem(path=path, rule=f"portal/{rule}", text=Text(vi=vi, en=en))
