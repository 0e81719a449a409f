"""Editions of service indices: those that ship with the library, and those that a host brings."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.errors import InvalidDocumentError, Problem
from onestop_core.kpi.service_index.scoring import Index
from onestop_core.rules.cited import cited, unknown_bases
from onestop_core.rules.editions import Editions
from onestop_core.rules.schema.schemas import check_schema
from onestop_core.text import Text, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date
    from pathlib import Path

__all__ = ["DEFAULT_INDEX", "EDITIONS", "check_index", "editions", "index", "load_index"]

DEFAULT_INDEX: Final = "vn-766@portal-2026"
"""The edition to score by where neither a document nor a caller names one."""


def _read(document: Mapping[str, Any], source: str | None) -> Index:
    problems = tuple(_semantic_problems(document))
    if problems:
        raise InvalidDocumentError(problems=problems, source=source)
    bands = document.get("bands")
    if bands:
        levels = [{**level, "basis": bands["basis"]} for level in bands["levels"]]
        document = {**document, "bands": {"levels": levels}}
    return cited(document, Index, rename={"from": "floor"}, source=source)


EDITIONS: Final = Editions("vn/kpi", what=Text(vi="bộ chỉ số", en="index"), read=_read, schema="kpi-index")
"""What ships, with days, revisions and digests."""


def editions() -> tuple[Index, ...]:
    """Return every edition that ships with the library, by id.

    >>> [edition.id for edition in editions()]
    ['vn-766@decision-2022', 'vn-766@portal-2026']
    """
    return tuple(map(EDITIONS.pinned, EDITIONS.ids()))


def index(name: str, *, on: date | None = None) -> Index:
    """Return an index: the edition used *on* a day, or one pinned by its id.

    >>> from datetime import date
    >>> index("vn-766", on=date(2026, 11, 2)).id
    'vn-766@portal-2026'
    >>> index("vn-766@decision-2022").groups[3].max
    Decimal('22')

    Args:
        name: ``vn-766``, with *on*; or ``vn-766@portal-2026``.
        on: the day whose edition is wanted. Editions overlap with no other; the day of the switch
            between them is a convention where ``index.note`` says so.

    Raises:
        UnknownCodeError: there is no such index or edition.
        InvalidValueError: neither a day nor an edition is given.
        NotInForceError: no edition, or not the pinned one, is in use on that day.
    """
    return EDITIONS.find(name, on=on)


def load_index(source: str | Path | Mapping[str, Any]) -> Index:
    """Return the edition in a JSON file or mapping, an agency's own index for example.

    Raises:
        OSError: the file cannot be read.
        UnsupportedSchemaVersionError: it is written for another version of the schema.
        InvalidDocumentError: with everything that :func:`check_index` finds.
    """
    return EDITIONS.load(source)


def check_index(document: object) -> tuple[Problem, ...]:
    """Return every reason why *document* is not an edition of an index; never raises on content.

    >>> check_index({"schema_version": "1.0"})[0].rule
    'schema/required'

    Beyond ``schemas/kpi-index.schema.json``: names that are used are declared, ids are not repeated, the
    maxima of a group's metrics add up to its own, the days in force are in order.
    """
    return check_schema(document, "kpi-index") or tuple(_semantic_problems(cast("Mapping[str, Any]", document)))


def _semantic_problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    yield from unknown_bases(document)
    if document["id"].partition("@")[0] != document["index"]:
        yield Problem.at(("id",), "kpi/id", vi="cần dạng index@phiên-bản", en="expected the index, @ and the edition")
    if document.get("in_force_to", document["in_force_from"]) < document["in_force_from"]:
        yield Problem.at(("in_force_to",), "kpi/period", vi="trước in_force_from", en="before in_force_from")
    yield from _repeated(document["groups"], "groups", "key")
    yield from _repeated(document["metrics"], "metrics", "id")
    group_keys = {group["key"] for group in document["groups"]}
    metric_ids = {metric["id"] for metric in document["metrics"]}
    for position, metric in enumerate(document["metrics"]):
        place, scored = ("metrics", position), metric.get("scored", True)
        if metric["group"] not in group_keys:
            yield Problem.at((*place, "group"), "kpi/group", vi="không có nhóm này", en="no such group")
        if "max" in metric and not scored:
            vi, en = "không chấm điểm thì không có điểm tối đa", "not scored, so it has no maximum"
            yield Problem.at((*place, "max"), "kpi/max", vi=vi, en=en)
        if metric.get("kind") == "mean" and scored:
            vi, en = "trung bình không chấm điểm được", "a mean cannot be scored"
            yield Problem.at((*place, "kind"), "kpi/kind", vi=vi, en=en)
    for position, omitted in enumerate(document.get("single_procedure", {}).get("omit", ())):
        if omitted not in metric_ids:
            place_ = ("single_procedure", "omit", position)
            yield Problem.at(place_, "kpi/metric", vi="không có chỉ số này", en="no such metric")
    yield from _sums(document)


def _sums(document: Mapping[str, Any]) -> Iterator[Problem]:
    for position, group in enumerate(document["groups"]):
        scored = [m for m in document["metrics"] if m["group"] == group["key"] and m.get("scored", True)]
        # Where a maximum has not been read there is nothing to add up.
        if scored and all("max" in metric for metric in scored):
            total = sum((Decimal(metric["max"]) for metric in scored), Decimal(0))
            if total != Decimal(group["max"]):
                vi, en = f"các chỉ số cộng lại là {number(total).vi}", f"its metrics add up to {number(total).en}"
                yield Problem.at(("groups", position, "max"), "kpi/sum", vi=vi, en=en)


def _repeated(rows: Any, list_name: str, key: str) -> Iterator[Problem]:
    for value, times in Counter(row[key] for row in rows).items():
        if times > 1:
            yield Problem.at(
                (list_name,), "kpi/repeated", vi=f"{value} lặp lại {times} lần", en=f"{value} appears {times} times"
            )
