"""Local decisions: an agency's or a province's own days off, swaps and reception days, laid over a calendar.

Precedence, from weakest: the plain week, the national calendar, local decisions. Of two local decisions that
speak of the same day neither wins by itself: the later one must name the earlier in ``supersedes``. Anything
else that disagrees is reported, every place at once, and nothing is guessed.

Reception (when a dossier can be handed in) is a thing of its own: it never makes a day a working day.
"""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, Final, cast

import attrs

from onestop_core.errors import CalendarCoverageError, InvalidDocumentError, InvalidValueError, Problem
from onestop_core.model import Interval, plain_day
from onestop_core.rules.schemas import check_schema
from onestop_core.text import Text, long_date
from onestop_core.workdays.engine import Calendar
from onestop_core.workdays.official import read_rows
from onestop_core.workdays.values import DayKind, Row

__all__ = ["Reception", "decide", "reception"]

_WEEKDAYS: Final = {"saturday": 5, "sunday": 6}


@attrs.frozen(kw_only=True)
class Reception:
    """The days on which a dossier can be handed in: working days, and those that decisions open besides."""

    calendar: Calendar
    weekdays: tuple[tuple[int, Interval], ...] = ()
    """Weekdays, Monday being 0, and the days on which that holds."""
    dates: frozenset[dt.date] = frozenset()

    def is_open(self, day: dt.date) -> bool:
        """Return whether a dossier can be handed in on *day*.

        A weekday that decisions open stays closed on a public holiday.

        Raises:
            InvalidValueError: *day* is not a plain date.
            CalendarCoverageError: the calendar does not cover *day*.
        """
        found = self.calendar.day(day)
        if found.is_workday or day in self.dates:
            return True
        opened = any(day.weekday() == weekday and day in during for weekday, during in self.weekdays)
        return opened and found.kind is DayKind.WEEKEND

    def next_open(self, day: dt.date) -> dt.date:
        """Return the first day strictly after *day* on which a dossier can be handed in.

        Raises:
            InvalidValueError: *day* is not a plain date.
            CalendarCoverageError: there is none in the coverage.
        """
        day = plain_day(day, "day")
        self.calendar.is_workday(day)  # a day outside the coverage is refused before it is counted from
        day += dt.timedelta(days=1)
        while not self.is_open(day):
            day += dt.timedelta(days=1)
        return day


def decide(calendar: Calendar, decisions: Iterable[Mapping[str, Any]] | Mapping[str, Any]) -> Calendar:
    """Return *calendar* with the working days that local *decisions* take away or add.

    A decision is a document of the schema ``calendar``, kind ``local``. Those announced after the day as of
    which the calendar stands are left out. A calendar remembers its decisions: one laid over it later must
    get on with them just as if all had been given at once, and problems count the earlier ones first.

    >>> from onestop_core.workdays import calendar
    >>> decision = {
    ...     "schema_version": "1.0", "kind": "local", "id": "H26-2026-01", "territory": "H26",
    ...     "issuer": {"vi": "UBND thành phố", "en": "City People's Committee"}, "announced_on": "2026-09-01",
    ...     "bases": {"d": {"instrument": "Quyết định 1/QĐ-UBND", "firmness": "read"}},
    ...     "days_off": [{"date": "2026-10-09", "kind": "local_off", "basis": "d",
    ...         "name": {"vi": "Nghỉ chuyển trụ sở", "en": "Closed for a move"}}],
    ...     "makeup_workdays": []}
    >>> local = decide(calendar("vn-civil"), decision)
    >>> local.name, local.is_workday(dt.date(2026, 10, 9)), local.day(dt.date(2026, 10, 9)).name.en
    ('vn-civil+H26-2026-01', False, 'Closed for a move')

    Raises:
        InvalidDocumentError: a decision breaks the schema, speaks of a day outside the coverage, makes up
            for a day that is worked or of the weekend, supersedes one that is not there, or contradicts another.
    """
    new = _documents(decisions)
    documents = [*calendar.decisions, *new]
    _ensure(documents)
    base = calendar.below or calendar
    applied = [
        (number, document)
        for number, document in enumerate(documents)
        if calendar.as_of is None or dt.date.fromisoformat(document["announced_on"]) <= calendar.as_of
    ]
    rows, problems = _merged(applied)
    problems += _against(base, rows) + _out_of_reach(base, applied)
    if problems:
        raise InvalidDocumentError(problems=tuple(problems))
    if len(applied) == len(calendar.decisions):
        return calendar
    days = {day: row for day, (_, _, row) in rows.items()}
    coverage = calendar.coverage
    assert coverage.first is not None
    assert coverage.last is not None
    return Calendar(
        name="+".join([base.name, *(document["id"] for _, document in applied)]),
        source=_Local(base, days),
        first=coverage.first.year,
        last=coverage.last.year,
        as_of=calendar.as_of,
        predicted=calendar.predicted,
        below=base,
        decisions=copy.deepcopy(tuple(document for _, document in applied)),
    )


def reception(calendar: Calendar, decisions: Iterable[Mapping[str, Any]] | Mapping[str, Any] = ()) -> Reception:
    """Return when dossiers can be handed in under *calendar*, with what *decisions* say besides its own.

    What they say of working days holds here too. Of two decisions about reception the later replaces the
    earlier if it names it in ``supersedes``; otherwise both open the desk.

    >>> from onestop_core.workdays import calendar
    >>> reception(calendar("vn-civil")).next_open(dt.date(2026, 2, 13))
    datetime.date(2026, 2, 23)

    Raises:
        InvalidDocumentError: as :func:`decide`.
    """
    calendar = decide(calendar, [one for one in _documents(decisions) if one not in calendar.decisions])
    opening = [one for one in calendar.decisions if "reception" in one]
    replaced = {name for one in opening for name in one.get("supersedes", ())}
    weekdays: list[tuple[int, Interval]] = []
    dates: set[dt.date] = set()
    for document in opening:
        if document["id"] in replaced:
            continue
        opened = document["reception"]
        during = Interval(first=_day(opened.get("from")), last=_day(opened.get("to")))
        weekdays += [(_WEEKDAYS[name], during) for name in opened.get("weekdays", ())]
        dates.update(dt.date.fromisoformat(text) for text in opened.get("dates", ()))
    return Reception(calendar=calendar, weekdays=tuple(weekdays), dates=frozenset(dates))


class _Local:
    """The days of a calendar with local rows laid over."""

    def __init__(self, calendar: Calendar, rows: Mapping[dt.date, Row]) -> None:
        self._calendar = calendar
        self._rows = rows

    def is_announced(self, number: int) -> bool:
        return number <= self._calendar.announced_until.year

    def rows(self, number: int) -> tuple[Row, ...]:
        days = {row.date: row for row in self._calendar.rows(number)}
        days.update((day, row) for day, row in self._rows.items() if day.year == number)
        return tuple(sorted(days.values(), key=lambda row: row.date))


def _day(text: str | None) -> dt.date | None:
    return None if text is None else dt.date.fromisoformat(text)


def _documents(decisions: Iterable[Mapping[str, Any]] | Mapping[str, Any]) -> list[Mapping[str, Any]]:
    if isinstance(decisions, Mapping):
        return [cast("Mapping[str, Any]", decisions)]
    try:
        return list(decisions)
    except TypeError:
        raise InvalidValueError.of(
            "decisions", decisions, vi="một hay nhiều quyết định", en="one decision or several"
        ) from None


def _problem(path: str, rule: str, *, vi: str, en: str) -> Problem:
    return Problem(path=path, rule=f"calendar/{rule}", text=Text(vi=vi, en=en))


def _ensure(documents: list[Mapping[str, Any]]) -> None:
    """Raise for everything that each decision has wrong by itself.

    Raises:
        InvalidDocumentError: with each place; the path begins with the number of the decision.
    """
    problems: list[Problem] = []
    for number, document in enumerate(documents):
        found = check_schema(document, "calendar")
        problems += [attrs.evolve(problem, path=f"$[{number}]{problem.path[1:]}") for problem in found]
        if found:
            continue
        if document["kind"] != "local":
            problems.append(
                _problem(
                    f"$[{number}].kind",
                    "not-local",
                    vi="cần quyết định kind: local",
                    en="expected a decision, kind: local",
                )
            )
        used = {line["basis"] for line in (*document["days_off"], *document["makeup_workdays"])}
        used |= {document["reception"]["basis"]} if "reception" in document else set()
        problems += [
            _problem(
                f"$[{number}].bases", "unknown-basis", vi=f"chưa khai căn cứ {name!r}", en=f"no basis named {name!r}"
            )
            for name in sorted(used - set(document["bases"]))
        ]
        opened = document.get("reception", {})
        if "from" in opened and "to" in opened and opened["to"] < opened["from"]:
            problems.append(
                _problem(
                    f"$[{number}].reception.to",
                    "ends-before-it-starts",
                    vi=f"trước ngày bắt đầu {opened['from']}",
                    en=f"before its first day, {opened['from']}",
                )
            )
    anything = cast("list[object]", documents)  # they come from outside
    ids = [cast("Mapping[str, object]", it).get("id") if isinstance(it, Mapping) else None for it in anything]
    problems += [
        _problem(f"$[{number}].id", "duplicate", vi=f"trùng {name!r}", en=f"{name!r} is there already")
        for number, name in enumerate(ids)
        if name is not None and name in ids[:number]
    ]
    if not problems:
        problems = _unknown_superseded(documents)
    if problems:
        raise InvalidDocumentError(problems=tuple(problems))


def _unknown_superseded(documents: list[Mapping[str, Any]]) -> list[Problem]:
    """Return where a decision names an earlier one that is not there: misspelt, it would replace nothing."""
    ids = [document["id"] for document in documents]
    return [
        _problem(
            f"$[{number}].supersedes[{index}]",
            "unknown-decision",
            vi=f"không có quyết định nào khác tên {name!r}; có: {_list(others) or 'không'}",
            en=f"no other decision {name!r} is given; there are: {_list(others) or 'none'}",
        )
        for number, document in enumerate(documents)
        for others in [[*ids[:number], *ids[number + 1 :]]]
        for index, name in enumerate(document.get("supersedes", ()))
        if name not in others
    ]


def _list(names: list[str]) -> str:
    return ", ".join(repr(name) for name in names)


Placed = tuple[int, str, Row]
"""A row with the number of its decision and its path."""


def _merged(applied: list[tuple[int, Mapping[str, Any]]]) -> tuple[dict[dt.date, Placed], list[Problem]]:
    rows: dict[dt.date, Placed] = {}
    problems: list[Problem] = []
    names = {number: document["id"] for number, document in applied}
    # By announcement, so that what supersedes comes after what it supersedes.
    for number, document in sorted(applied, key=lambda each: (each[1]["announced_on"], "supersedes" in each[1])):
        announced = dt.date.fromisoformat(document["announced_on"])
        own: dict[dt.date, Placed] = {}
        lines = [("days_off", index) for index in range(len(document["days_off"]))]
        lines += [("makeup_workdays", index) for index in range(len(document["makeup_workdays"]))]
        for list_name, index in lines:
            path = f"$[{number}].{list_name}[{index}].date"
            (row,) = read_rows({**document, **_ONE, list_name: [document[list_name][index]]}, known_from=announced)
            row = attrs.evolve(row, announced_on=announced, known_from=announced)
            earlier = own.get(row.date) or rows.get(row.date)
            if earlier is not None and (row.date in own or names[earlier[0]] not in document.get("supersedes", ())):
                day = long_date(row.date)
                problems.append(
                    _problem(
                        path,
                        "conflict",
                        vi=f"{day.vi} đã được quyết định tại {earlier[1]} và không có supersedes",
                        en=f"{day.en} was decided at {earlier[1]}, and nothing says that it supersedes that",
                    )
                )
                continue
            own[row.date] = (number, path, row)
        rows.update(own)
    return rows, problems


_ONE: Final[dict[str, Any]] = {"days_off": [], "makeup_workdays": []}


def _against(calendar: Calendar, rows: Mapping[dt.date, Placed]) -> list[Problem]:
    """Return where the decisions do not fit the calendar below them."""
    problems: list[Problem] = []

    def works(day: dt.date) -> bool:
        return rows[day][2].kind.works if day in rows else calendar.is_workday(day)

    for day, (_, path, row) in sorted(rows.items()):
        try:
            was = calendar.is_workday(day)
            worked = row.replaces is not None and works(row.replaces)
        except CalendarCoverageError as error:
            problems.append(Problem(path=path, rule="calendar/coverage", text=error.message))
            continue
        if was is row.kind.works:
            shown = long_date(day)
            problems.append(
                _problem(
                    path,
                    "changes-nothing",
                    vi=f"{shown.vi} vốn đã như vậy trong lịch {calendar.name}",
                    en=f"{shown.en} is so already in calendar {calendar.name}",
                )
            )
        if row.replaces is not None and (worked or row.replaces.weekday() >= _WEEKDAYS["saturday"]):
            replaced = long_date(row.replaces)
            problems.append(
                _problem(
                    path.replace(".date", ".replaces"),
                    "replaces-a-working-day" if worked else "replaces-a-weekend",
                    vi=f"{replaced.vi} là ngày {'làm việc' if worked else 'nghỉ hằng tuần'}, không có gì để làm bù",
                    en=f"{replaced.en} is {'worked' if worked else 'a weekend'}: there is nothing to make up for",
                )
            )
    return problems


def _out_of_reach(calendar: Calendar, applied: list[tuple[int, Mapping[str, Any]]]) -> list[Problem]:
    """Return the reception days of which the calendar knows nothing."""
    problems: list[Problem] = []
    for number, document in applied:
        for index, text in enumerate(document.get("reception", {}).get("dates", ())):
            try:
                calendar.is_workday(dt.date.fromisoformat(text))
            except CalendarCoverageError as error:
                path = f"$[{number}].reception.dates[{index}]"
                problems.append(Problem(path=path, rule="calendar/coverage", text=error.message))
    return problems
