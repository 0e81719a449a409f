"""Recorded answers of the portal, read as they come."""

from __future__ import annotations

import re
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem, Severity
from onestop_core.errors.problem import capped
from onestop_core.kpi.captures.doubts import doubts
from onestop_core.kpi.captures.values import MetricCapture, Snapshot, UnitCapture
from onestop_core.kpi.service_index.definitions import Level
from onestop_core.kpi.service_index.editions import DEFAULT_INDEX, index
from onestop_core.model import FrozenMap, day_of, read_moment
from onestop_core.model.words import plain_text
from onestop_core.rules.reading.documents import inspect, opened
from onestop_core.text import Text, moment_text, shown, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from onestop_core.kpi.service_index.scoring import Index

__all__ = ["read_captures"]

_GROUPS: Final = {
    "ONLINE": "CLGQ",
    "transparency": "CKMB",
    "progress": "TDGQ",
    "onlineService": "CLGQ",
    "payment": "TTTT",
    "digitized": "MDSH",
    "satisfaction": "MDHL",
}
"""Other names of groups, as public tools that record the answers have them."""
_SCORES: Final = ("groupScores", "scores")
_MOMENTS: Final = ("extractedAt", "timestamp", "updatedAt", "capturedAt")
_DAYS: Final = ("date", "runDateStr")
_LEVELS: Final = {
    "COMMUNE": Level.COMMUNE,
    "AGENCY": Level.DEPARTMENT,
    "PROVINCIAL_DEPARTMENT": Level.DEPARTMENT,
    "ADMINISTRATIVE_UNIT": Level.PROVINCE,
    "PROVINCE": Level.PROVINCE,
    "MINISTRY": Level.MINISTRY,
}
_LEVEL_FIELDS: Final = ("childGroup", "departmentType", "departmentLevel")
_COMMUNE: Final = re.compile(r"UBND (?:xã|phường|đặc khu|thị trấn)\b", re.IGNORECASE)
_PROVINCE: Final = re.compile(r"H[0-9]{2}")
_MOST_UNITS: Final = 20_000


@attrs.frozen(kw_only=True)
class _Found:
    """A unit, and whether the answer shows it above its list."""

    unit: UnitCapture
    is_above: bool


def read_captures(*sources: object, edition: str = DEFAULT_INDEX) -> Snapshot:
    """Return the snapshot that recorded answers of the portal make together.

    A source is the path of a JSON file, or its document: an answer of the portal (``evaluation``, ``groupScores``), or a file of a
    tool that records them (lists of ``communes``, ``agencies``, ``provinces``, with components and counts or without). Every object with
    a ``totalScore`` is a unit; units are matched by code, and one that comes twice is one. What is null or not there is
    unknown. Nothing is corrected: what does not fit together, as when captures of several moments were mixed, is in
    ``told``, and so is what could not be read.

    >>> answer = {"code": "OK", "data": {"evaluation": [{"departmentCode": "H21", "departmentName": "UBND tỉnh Gia Lai",
    ...     "totalScore": 66, "groupScores": {"CKMB": 11, "TDGQ": None}}]}}
    >>> unit = read_captures(answer).unit("H21")
    >>> unit.total, dict(unit.groups), unit.level.value
    (Decimal('66'), {'CKMB': Decimal('11')}, 'province')

    Args:
        *sources: The files, or their documents.
        edition: The edition of the index that names codes and fields.

    Raises:
        OSError: a file cannot be read.
        InvalidValueError: there is no source.
        InvalidDocumentError: a source holds no plain document, or no unit.
        UnknownCodeError: there is no such edition.
    """
    if not sources:
        raise InvalidValueError.of("sources", (), vi="ít nhất một tệp", en="at least one file")
    scored = index(edition)
    told: list[Problem] = []
    found: list[_Found] = []
    years: set[int] = set()
    for source in sources:
        document, name = opened(source)
        problems = inspect(document)
        if problems:
            raise InvalidDocumentError(problems=problems, source=name)
        reader = _Reader(scored, document)
        units = list(reader.units(document, is_above=False))
        if not units or len(units) > _MOST_UNITS:
            vi = "không thấy đơn vị nào có totalScore" if not units else f"quá {_MOST_UNITS} đơn vị"
            en = "no unit with a totalScore" if not units else f"more than {_MOST_UNITS} units"
            raise InvalidDocumentError(problems=(Problem.at("$", "capture/units", vi=vi, en=en),), source=name)
        found += units
        told += reader.told
        years |= reader.years
    above, listed = _merged(found, told)
    for unit in (*above, *listed):
        told += doubts(unit, scored)
    moments = [each.unit.captured_at for each in found if each.unit.captured_at is not None]
    first, last = (min(moments), max(moments)) if moments else (None, None)
    if first is not None and last is not None and day_of(first) != day_of(last):
        told.append(_mixed(Text(vi="các bản ghi", en="the captures"), "$", moment_text(first), moment_text(last)))
    if len(years) > 1:
        listed_years = ", ".join(str(year) for year in sorted(years))
        told.append(
            _note(
                "$",
                "capture/years",
                f"các bản ghi của nhiều năm: {listed_years}",
                f"captures of several years: {listed_years}",
            )
        )
    return Snapshot(
        index=scored.id,
        year=years.pop() if len(years) == 1 else None,
        first_at=first,
        last_at=last,
        units=listed,
        above=above,
        told=capped(told),
    )


def _note(path: str, rule: str, vi: str, en: str, severity: Severity = Severity.WARNING) -> Problem:
    return Problem(path=path, rule=rule, severity=severity, text=Text(vi=vi, en=en))


def _mixed(what: Text, path: str, first: Text, last: Text) -> Problem:
    return _note(
        path,
        "capture/mixed-moments",
        f"{what.vi} trộn nhiều thời điểm: từ {first.vi} đến {last.vi}",
        f"{what.en} mix moments: from {first.en} to {last.en}",
    )


def _merged(found: list[_Found], told: list[Problem]) -> tuple[tuple[UnitCapture, ...], tuple[UnitCapture, ...]]:
    kept: dict[str, _Found] = {}
    for each in found:
        code = each.unit.code
        other = kept.get(code)
        if other is None:
            kept[code] = each
            continue
        one, two = other.unit, each.unit
        differs = [
            key
            for key, a, b in (
                ("totalScore", one.total, two.total),
                *((group, one.groups.get(group), two.groups.get(group)) for group in {*one.groups, *two.groups}),
            )
            if a is not None and b is not None and a != b
        ]
        if differs:
            names = ", ".join(sorted(differs))
            told.append(
                _note(
                    code,
                    "capture/mixed-moments",
                    f"đơn vị có hai lần với số khác nhau ({names}): các bản ghi trộn nhiều thời điểm; giữ bản ghi sau",
                    f"the unit comes twice with other figures ({names}): the captures mix moments; the later one is kept",
                )
            )
        kept[code] = _Found(unit=_joined(one, two), is_above=other.is_above and each.is_above)
    ordered = sorted(kept.values(), key=lambda each: sort_key(each.unit.code))
    return (
        tuple(each.unit for each in ordered if each.is_above),
        tuple(each.unit for each in ordered if not each.is_above),
    )


def _joined(one: UnitCapture, two: UnitCapture) -> UnitCapture:
    """Return what two captures say of a unit; where both say something, the later one."""
    if one.captured_at is not None and two.captured_at is not None and two.captured_at < one.captured_at:
        one, two = two, one
    return attrs.evolve(
        two,
        name=one.name if two.name is None else two.name,
        level=one.level if two.level is None else two.level,
        total=one.total if two.total is None else two.total,
        groups=FrozenMap({**one.groups, **two.groups}),
        metrics=FrozenMap({**one.metrics, **two.metrics}),
        captured_at=two.captured_at or one.captured_at,
    )


class _Reader:
    """The units of one document, and what is told of it."""

    def __init__(self, scored: Index, document: object) -> None:
        self.codes = {code: metric.id for metric in scored.metrics for code in metric.portal_codes}
        self.whole_classes = {metric.id for metric in scored.metrics if len(metric.portal_codes) > 1}
        self.fields = {metric.id: metric.portal_fields for metric in scored.metrics if metric.portal_fields is not None}
        self.groups = {group.key: group.max for group in scored.groups}
        self.told: list[Problem] = []
        self.years: set[int] = set()
        self.at = self._moment(document)

    def _moment(self, document: object) -> datetime | None:
        top: dict[str, Any] = cast("dict[str, Any]", document) if isinstance(document, dict) else {}
        heads = [top, *(cast("dict[str, Any]", each) for each in top.values() if isinstance(each, dict))]
        moment: datetime | None = None
        day: date | None = None
        for head in heads:
            year = head.get("year")
            if isinstance(year, int) and not isinstance(year, bool) and 1900 < year < 2200:
                self.years.add(year)
            for key in _MOMENTS:
                moment = moment or _moment_of(head.get(key))
            for key in _DAYS:
                day = day or _day_of(head.get(key))
        if moment is not None and day is not None and day_of(moment) != day:
            first, last = Text(vi=f"{day:%d/%m/%Y}", en=day.isoformat()), moment_text(moment)
            self.told.append(_mixed(Text(vi="tệp ghi", en="the file"), "$", first, last))
        return moment

    def units(self, node: object, *, is_above: bool) -> Iterator[_Found]:
        """Yield the units in *node*, which JSON bounds in depth."""
        if isinstance(node, dict):
            given = cast("dict[str, Any]", node)
            if "totalScore" in given and (unit := self._unit(given)) is not None:
                yield _Found(unit=unit, is_above=is_above)
                return
            for value in given.values():
                yield from self.units(value, is_above=not isinstance(value, list))
        elif isinstance(node, list):
            for value in cast("list[object]", node):
                yield from self.units(value, is_above=False)

    def _unit(self, given: dict[str, Any]) -> UnitCapture | None:
        names = [given.get(key) for key in ("departmentCode", "departmentId", "departmentName")]
        code = next((each for each in names if isinstance(each, str) and each.strip()), None)
        if code is None:
            return None
        place = plain_text(code, "departmentCode")
        name = names[2] if isinstance(names[2], str) and names[2].strip() else None
        if not isinstance(names[0], str) or not names[0].strip():
            self.told.append(
                _note(place, "capture/no-code", "đơn vị không có mã; đối chiếu theo định danh hoặc tên",
                      "the unit has no code; it is matched by its identifier or name", Severity.NOTE)
            )  # fmt: skip
        scores: dict[str, Any] = {}
        for key in _SCORES:
            if isinstance(given.get(key), dict):
                scores |= given[key]
        groups: dict[str, Decimal] = {}
        for key, value in scores.items():
            group = _GROUPS.get(key, key)
            if group in self.groups:
                points = self._points(value, place, group, self.groups[group])
                if points is not None:
                    groups[group] = points
        return UnitCapture(
            code=place,
            name=None if name is None else plain_text(name, "departmentName"),
            level=_level(given, names[0], name),
            total=self._points(given.get("totalScore"), place, "totalScore", sum(self.groups.values(), Decimal(0))),
            groups=FrozenMap(groups),
            metrics=FrozenMap(self._metrics(given, place)),
            captured_at=self.at,
        )

    def _points(self, value: object, place: str, what: str, most: Decimal) -> Decimal | None:
        if value is None:
            return None
        if isinstance(value, int | Decimal) and not isinstance(value, bool) and 0 <= value <= most:
            return Decimal(value)
        self.told.append(
            _note(place, "capture/points", f"{what}: {shown(value)} không phải điểm từ 0 đến {most}; coi là chưa biết",
                  f"{what}: {shown(value)} is no number of points from 0 to {most}; taken as unknown")
        )  # fmt: skip
        return None

    def _metrics(self, given: dict[str, Any], place: str) -> dict[str, MetricCapture]:
        found: dict[str, MetricCapture] = {}
        for node in _objects(given):
            code = node.get("code")
            metric = self.codes.get(code) if isinstance(code, str) else None
            if metric is not None and metric not in self.whole_classes:
                found[metric] = self._metric(metric, node, place)
            on_time = node.get("onTime")
            if isinstance(on_time, dict) and "totalReceived" in node:
                found["2.1"] = self._metric("2.1", cast("dict[str, Any]", on_time), place)
            for metric, fields in self.fields.items():
                names = fields.numerator + fields.denominator
                if metric not in found and all(name in node for name in names):
                    sides = [
                        [self._count(node[name], place, name) for name in side]
                        for side in (fields.numerator, fields.denominator)
                    ]
                    above, below = (None if None in side else sum(cast("list[int]", side)) for side in sides)
                    points = node if metric == "2.1" else {}
                    found[metric] = MetricCapture(
                        id=metric,
                        numerator=above,
                        denominator=below,
                        percent=_exact(points.get("ratio")),
                        points=_exact(points.get("score")),
                    )
        return found

    def _metric(self, metric: str, node: dict[str, Any], place: str) -> MetricCapture:
        return MetricCapture(
            id=metric,
            numerator=self._count(node.get("numerator"), place, metric),
            denominator=self._count(node.get("denominator"), place, metric),
            percent=_exact(node.get("ratio")),
            points=_exact(node.get("score")),
        )

    def _count(self, value: object, place: str, what: str) -> int | None:
        if value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 10**12):
            return value
        self.told.append(
            _note(place, "capture/count", f"{what}: {shown(value)} không phải số nguyên từ 0; coi là chưa biết",
                  f"{what}: {shown(value)} is no whole number from 0 on; taken as unknown")
        )  # fmt: skip
        return None


def _objects(node: object) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        given = cast("dict[str, Any]", node)
        yield given
        for value in given.values():
            yield from _objects(value)
    elif isinstance(node, list):
        for value in cast("list[object]", node):
            yield from _objects(value)


def _exact(value: object) -> Decimal | None:
    return Decimal(value) if isinstance(value, int | Decimal) and not isinstance(value, bool) else None


def _moment_of(value: object) -> datetime | None:
    try:
        return read_moment(value) if isinstance(value, str) else None
    except InvalidValueError:
        return None


def _day_of(value: object) -> date | None:
    if not isinstance(value, str):
        return None
    try:
        if re.fullmatch(r"[0-9]{8}", value, re.ASCII):
            return date(int(value[4:]), int(value[2:4]), int(value[:2]))
        return date.fromisoformat(value)
    except ValueError:
        return None


def _level(given: Mapping[str, Any], code: object, name: str | None) -> Level | None:
    for field in _LEVEL_FIELDS:
        said = given.get(field)
        if isinstance(said, str) and said in _LEVELS:
            return _LEVELS[said]
    if name is not None and _COMMUNE.match(name):
        return Level.COMMUNE
    if isinstance(code, str):
        if _PROVINCE.fullmatch(code):
            return Level.PROVINCE
        if _PROVINCE.match(code):
            return Level.DEPARTMENT
    return None
