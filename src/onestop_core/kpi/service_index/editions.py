"""Editions of service indices: those that ship with the library, and those that a host brings."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Any, cast

from onestop_core.errors import InvalidDocumentError, InvalidValueError, NotInForceError, Problem, UnknownCodeError
from onestop_core.kpi.service_index.scoring import Index
from onestop_core.model import Interval, plain_day
from onestop_core.rules import Dated, Entry
from onestop_core.rules.converter import structure
from onestop_core.rules.documents import json_path, read_json
from onestop_core.rules.resources import data, data_names
from onestop_core.rules.schemas import check_schema, ensure_valid
from onestop_core.text import Text, closest

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date
    from pathlib import Path

__all__ = ["check_index", "editions", "index", "load_index"]

_FOLDER = "vn/kpi"


@cache
def editions() -> tuple[Index, ...]:
    """Return every edition that ships with the library, by id.

    >>> [edition.id for edition in editions()]
    ['vn-766@decision-2022', 'vn-766@portal-2026']
    """
    found = (_build(data(f"{_FOLDER}/{name}")) for name in data_names(_FOLDER))
    return tuple(sorted(found, key=lambda edition: edition.id))


@cache
def _table(name: str) -> Dated[Index]:
    return Dated(
        what=Text(vi=f"bộ chỉ số {name}", en=f"index {name}"),
        entries=tuple(
            Entry(during=Interval(first=edition.in_force_from, last=edition.in_force_to), value=edition)
            for edition in editions()
            if edition.index == name
        ),
    )


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
    if on is not None:
        plain_day(on, "on")
    known = editions()
    pinned = [edition for edition in known if edition.id == name]
    if pinned:
        edition = pinned[0]
        if on is not None and on not in Interval(first=edition.in_force_from, last=edition.in_force_to):
            what = Text(vi=f"bộ chỉ số {name}", en=f"index {name}")
            raise NotInForceError(what=what, on=on, known=((edition.in_force_from, edition.in_force_to),))
        return edition
    names = {edition.index for edition in known}
    if name not in names:
        codes = [*sorted(names), *(edition.id for edition in known)]
        raise UnknownCodeError(
            kind=Text(vi="bộ chỉ số", en="index"), value=str(name)[:80], suggestions=closest(str(name), codes)
        )
    if on is None:
        ids = " | ".join(edition.id for edition in known if edition.index == name)
        raise InvalidValueError.of(
            "on",
            on,
            vi=f"ngày áp dụng, on=date(...), hoặc phiên bản: {ids}",
            en=f"a day, on=date(...), or an edition: {ids}",
        )
    return _table(name).on(on)


def check_index(document: object) -> tuple[Problem, ...]:
    """Return every reason why *document* is not an edition of an index; never raises on content.

    >>> check_index({"schema_version": "1.0"})[0].rule
    'schema/required'

    Beyond ``schemas/kpi-index.schema.json``: names that are used are declared, ids are not repeated, the
    maxima of a group's metrics add up to its own, the days in force are in order.
    """
    problems = check_schema(document, "kpi-index")
    if problems:
        return problems
    assert isinstance(document, Mapping)
    return tuple(_semantic_problems(cast("Mapping[str, Any]", document)))


def load_index(source: str | Path | Mapping[str, Any]) -> Index:
    """Return the edition in a JSON file or mapping, an agency's own index for example.

    Raises:
        OSError: the file cannot be read.
        UnsupportedSchemaVersionError: it is written for another version of the schema.
        InvalidDocumentError: with every problem.
    """
    document = source if isinstance(source, Mapping) else read_json(source)
    name = None if isinstance(source, Mapping) else str(source)
    ensure_valid(document, "kpi-index", source=name)
    problems = check_index(document)
    if problems:
        raise InvalidDocumentError(problems=problems, source=name)
    return _build(document)


def _build(document: Mapping[str, Any]) -> Index:
    bases = document["bases"]

    def named(key: str, value: Any) -> Any:
        """Return a copy of the tree under *key* with each basis in place of its name."""
        if key in {"basis", "ties_basis"}:
            return bases[value]
        if isinstance(value, Mapping):
            return {each: named(each, child) for each, child in cast("Mapping[str, Any]", value).items()}
        if isinstance(value, list | tuple):
            return [named("", child) for child in cast("list[Any]", value)]
        return value

    tree = {key: named(key, value) for key, value in document.items() if key not in {"bases", "schema_version"}}
    if bands := tree.get("bands"):
        levels = [
            {"key": level["key"], "name": level["name"], "floor": level["from"], "basis": bands["basis"]}
            for level in bands["levels"]
        ]
        tree["bands"] = {"levels": levels}
    return structure(tree, Index)


def _semantic_problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    yield from _undeclared_bases(document, (), document["bases"])
    if document["id"].partition("@")[0] != document["index"]:
        yield _problem(
            ("id",), "kpi/id", Text(vi="cần dạng index@phiên-bản", en="expected the index, @ and the edition")
        )
    if document.get("in_force_to", document["in_force_from"]) < document["in_force_from"]:
        yield _problem(("in_force_to",), "kpi/period", Text(vi="trước in_force_from", en="before in_force_from"))
    for list_name, key in (("groups", "key"), ("metrics", "id")):
        yield from _repeated(document[list_name], list_name, key)
    group_keys = {group["key"] for group in document["groups"]}
    metric_ids = {metric["id"] for metric in document["metrics"]}
    for position, metric in enumerate(document["metrics"]):
        if metric["group"] not in group_keys:
            yield _problem(
                ("metrics", position, "group"), "kpi/group", Text(vi="không có nhóm này", en="no such group")
            )
        if "max" in metric and not metric.get("scored", True):
            text = Text(vi="không chấm điểm thì không có điểm tối đa", en="not scored, so it has no maximum")
            yield _problem(("metrics", position, "max"), "kpi/max", text)
        if metric.get("kind") == "mean" and metric.get("scored", True):
            text = Text(vi="trung bình không chấm điểm được", en="a mean cannot be scored")
            yield _problem(("metrics", position, "kind"), "kpi/kind", text)
    for position, omitted in enumerate(document.get("single_procedure", {}).get("omit", ())):
        if omitted not in metric_ids:
            text = Text(vi="không có chỉ số này", en="no such metric")
            yield _problem(("single_procedure", "omit", position), "kpi/metric", text)
    yield from _sums(document)


def _sums(document: Mapping[str, Any]) -> Iterator[Problem]:
    for position, group in enumerate(document["groups"]):
        scored = [m for m in document["metrics"] if m["group"] == group["key"] and m.get("scored", True)]
        # Where a maximum has not been read there is nothing to add up.
        if scored and all("max" in metric for metric in scored):
            total = sum((Decimal(metric["max"]) for metric in scored), Decimal(0))
            if total != Decimal(group["max"]):
                text = Text(vi=f"các chỉ số cộng lại là {total}", en=f"its metrics add up to {total}")
                yield _problem(("groups", position, "max"), "kpi/sum", text)


def _repeated(rows: Any, list_name: str, key: str) -> Iterator[Problem]:
    for value, times in Counter(row[key] for row in rows).items():
        if times > 1:
            yield _problem(
                (list_name,), "kpi/repeated", Text(vi=f"{value} lặp lại", en=f"{value} appears {times} times")
            )


def _undeclared_bases(value: Any, parts: tuple[str | int, ...], bases: Mapping[str, Any]) -> Iterator[Problem]:
    if parts[-1:] in {("basis",), ("ties_basis",)}:
        if value not in bases:
            yield _problem(parts, "kpi/basis", Text(vi=f"bases không có {value}", en=f"bases has no {value}"))
    elif isinstance(value, Mapping) and parts != ("bases",):
        for key, child in cast("Mapping[str, Any]", value).items():
            yield from _undeclared_bases(child, (*parts, key), bases)
    elif isinstance(value, list | tuple):
        for position, child in enumerate(cast("list[Any]", value)):
            yield from _undeclared_bases(child, (*parts, position), bases)


def _problem(parts: tuple[str | int, ...], rule: str, text: Text) -> Problem:
    return Problem(path=json_path(parts), rule=rule, text=text)
