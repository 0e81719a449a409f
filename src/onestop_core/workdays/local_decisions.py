"""Local decisions: an agency's or a province's own days off, swaps and reception days, laid over a calendar.

Precedence, from weakest: the plain week, the national calendar, local decisions. Of two local decisions that
speak of the same day neither wins by itself: the later one must name the earlier in ``supersedes``. Anything
else that disagrees is reported, every place at once, and nothing is guessed.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Protocol

import attrs

from onestop_core.errors import CalendarCoverageError, InvalidDocumentError, InvalidValueError, Problem
from onestop_core.errors.problem import capped
from onestop_core.model import FrozenMap, freeze, thaw
from onestop_core.rules.cited import unknown_bases
from onestop_core.rules.reading.documents import inspect
from onestop_core.rules.schema.schemas import violations
from onestop_core.text import day_text, long_date
from onestop_core.workdays.announced_years import read_bases, read_row
from onestop_core.workdays.values import DayKind, Row

if TYPE_CHECKING:
    from onestop_core.model import Basis

__all__ = ["MAX_DECISIONS", "Below", "Decision", "LocalDays", "lay_over", "read_decisions"]

MAX_DECISIONS: Final = 500
"""Most decisions laid over at once: one a month for forty years."""

_SATURDAY: Final = 5


class Below(Protocol):
    """What decisions ask of the calendar below them."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    @property
    def as_of(self) -> dt.date | None:
        """The day as of which it stands."""
        ...

    def is_workday(self, day: dt.date, /) -> bool:
        """Return whether *day* is a working day."""
        ...

    def rows(self, year: int, /) -> tuple[Row, ...]:
        """Return the days of *year* that differ from the plain week."""
        ...

    def known_from(self, year: int, /) -> dt.date | None:
        """Return from which day on the days off of *year* count as announced."""
        ...


@attrs.frozen(kw_only=True)
class Decision:
    """A decision as it was given: plain and frozen, not yet held to anything."""

    document: Any
    place: str = attrs.field(eq=False)
    """Its JSON path in what was given."""


@attrs.frozen(kw_only=True)
class LocalDays:
    """The days of a calendar with those of decisions laid over: a :class:`~onestop_core.workdays.prefix_table.Source`."""

    below: Below
    local: FrozenMap[dt.date, Row]

    def known_from(self, number: int, /) -> dt.date | None:
        """Return what the calendar below says."""
        return self.below.known_from(number)

    def rows(self, number: int, /) -> tuple[Row, ...]:
        """Return the days of year *number* that differ from the plain week."""
        days = {row.date: row for row in self.below.rows(number)}
        days.update((day, row) for day, row in self.local.items() if day.year == number)
        return tuple(sorted(days.values(), key=lambda row: row.date))


def read_decisions(decisions: Iterable[Mapping[str, Any]] | Mapping[str, Any]) -> tuple[Decision, ...]:
    """Return one decision, or each of several, found plain and frozen.

    Raises:
        InvalidValueError: what is given is neither, or too many.
        InvalidDocumentError: something in it is not of JSON.
    """
    if isinstance(decisions, Mapping):
        return (_read(decisions, "$"),)
    try:
        listed = list(islice(decisions, MAX_DECISIONS + 1))
    except Exception as error:
        raise _not_decisions(decisions) from error
    if len(listed) > MAX_DECISIONS or type(decisions) in {str, bytes}:
        raise _not_decisions(decisions)
    return tuple(_read(document, f"$[{number}]") for number, document in enumerate(listed))


def _not_decisions(given: Any) -> InvalidValueError:
    return InvalidValueError.of(
        "decisions",
        given,
        vi=f"một hay nhiều quyết định, nhiều nhất {MAX_DECISIONS}",
        en=f"one decision or several, at most {MAX_DECISIONS}",
    )


def _read(document: Any, place: str) -> Decision:
    if problems := inspect(document):
        raise InvalidDocumentError(problems=capped([_placed(problem, place) for problem in problems]))
    return Decision(document=freeze(document), place=place)


def _placed(problem: Problem, place: str) -> Problem:
    return attrs.evolve(problem, path=place + problem.path[1:])


def lay_over(
    base: Below, earlier: tuple[FrozenMap[str, Any], ...], given: tuple[Decision, ...]
) -> tuple[FrozenMap[dt.date, Row], tuple[FrozenMap[str, Any], ...]]:
    """Return the days that *given* decisions, with the *earlier* ones, lay over *base*; and all that are known there.

    Raises:
        InvalidDocumentError: with every problem of the given ones, and of how all go together.
    """
    _ensure(earlier, given)
    known = [
        _Known(document=document, place=place)
        for place, document in [
            *((None, document) for document in earlier),
            *((each.place, each.document) for each in given),
        ]
        if base.as_of is None or _day(document["announced_on"]) <= base.as_of
    ]
    rows, problems = _merged(known)
    problems += [*_against(base, rows), *_out_of_reach(base, known)]
    if problems:
        raise InvalidDocumentError(problems=capped(problems))
    return FrozenMap({day: placed.row for day, placed in rows.items()}), tuple(each.document for each in known)


def _day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def _problem(path: str, rule: str, *, vi: str, en: str) -> Problem:
    return Problem.at(path, f"calendar/{rule}", vi=vi, en=en)


def _ensure(earlier: tuple[FrozenMap[str, Any], ...], given: tuple[Decision, ...]) -> None:
    """Raise for everything that each of the *given* decisions has wrong by itself.

    Raises:
        InvalidDocumentError: with each place.
    """
    problems: list[Problem] = []
    ids: list[Any] = [document["id"] for document in earlier]
    for each in given:
        found = [*violations(thaw(each.document), "calendar")] or [*_by_itself(each.document)]
        problems += [_placed(problem, each.place) for problem in found]
        name: object = each.document.get("id") if type(each.document) is FrozenMap else None  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]
        if name is not None and name in ids:
            problems.append(
                _problem(f"{each.place}.id", "duplicate", vi=f"trùng {name!r}", en=f"{name!r} is there already")
            )
        ids.append(name)
    if not problems:
        problems = [*_unknown_superseded(ids, given)]
    if problems:
        raise InvalidDocumentError(problems=capped(problems))


def _by_itself(document: FrozenMap[str, Any]) -> Iterator[Problem]:
    if document["kind"] != "local":
        yield _problem("$.kind", "not-local", vi="cần quyết định kind: local", en="expected a decision, kind: local")
    yield from unknown_bases(document)
    opened = document.get("reception", {})
    if "from" in opened and "to" in opened and opened["to"] < opened["from"]:
        first = day_text(_day(opened["from"]))
        yield _problem(
            "$.reception.to",
            "ends-before-it-starts",
            vi=f"trước ngày bắt đầu {first.vi}",
            en=f"before its first day, {first.en}",
        )


def _unknown_superseded(ids: list[str], given: tuple[Decision, ...]) -> Iterator[Problem]:
    """Yield where a decision names an earlier one that is not there: misspelt, it would replace nothing."""
    for each in given:
        others = [name for name in ids if name != each.document["id"]]
        listed = ", ".join(repr(name) for name in others[:10])
        for index, name in enumerate(each.document.get("supersedes", ())):
            if name not in others:
                yield _problem(
                    f"{each.place}.supersedes[{index}]",
                    "unknown-decision",
                    vi=f"không có quyết định nào khác tên {name!r}; có: {listed or 'không'}",
                    en=f"no other decision {name!r} is given; there are: {listed or 'none'}",
                )


@attrs.frozen(kw_only=True)
class _Known:
    """A decision of which the calendar may know."""

    document: FrozenMap[str, Any]
    place: str | None
    """None for one that was laid over before."""


@attrs.frozen(kw_only=True)
class _Placed:
    """A day of a decision, and where it is said."""

    decision: _Known
    path: str | None
    row: Row


def _lines(known: _Known) -> Iterator[_Placed]:
    document, bases = known.document, read_bases(known.document)
    announced = _day(document["announced_on"])
    for member in ("days_off", "makeup_workdays"):
        for index, line in enumerate(document.get(member, ())):
            yield _Placed(
                decision=known,
                path=None if known.place is None else f"{known.place}.{member}[{index}].date",
                row=_row(
                    line, bases, DayKind.MAKEUP if member == "makeup_workdays" else DayKind(line["kind"]), announced
                ),
            )


def _row(line: Mapping[str, Any], bases: Mapping[str, Basis], kind: DayKind, announced: dt.date) -> Row:
    return attrs.evolve(read_row(line, kind, bases), announced_on=announced, known_from=announced)


def _merged(known: list[_Known]) -> tuple[dict[dt.date, _Placed], list[Problem]]:
    rows: dict[dt.date, _Placed] = {}
    problems: list[Problem] = []
    # By announcement, so that what supersedes comes after what it supersedes.
    for each in sorted(known, key=lambda one: (one.document["announced_on"], "supersedes" in one.document)):
        replaced = each.document.get("supersedes", ())
        own: dict[dt.date, _Placed] = {}
        for line in _lines(each):
            day = line.row.date
            before = own.get(day) or rows.get(day)
            if before is None or (before.decision is not each and before.decision.document["id"] in replaced):
                own[day] = line
            else:
                problems.append(_conflict(line, before))
        rows.update(own)
    return rows, problems


def _conflict(line: _Placed, before: _Placed) -> Problem:
    shown = long_date(line.row.date)
    other = before.decision.document["id"]
    # Both are wrong together; the one that was given now can be mended.
    path = line.path or before.path
    assert path is not None
    if before.decision is line.decision:
        return _problem(
            path,
            "conflict",
            vi=f"{shown.vi} được nêu hai lần trong quyết định {other}",
            en=f"{shown.en} stands twice in decision {other}",
        )
    later = line.decision.document["id"]
    return _problem(
        path,
        "conflict",
        vi=f"{shown.vi} đã có trong quyết định {other}, và quyết định {later} không nêu là thay thế quyết định đó",
        en=f"{shown.en} is decided in {other}, and {later} does not say that it supersedes that",
    )


def _against(base: Below, rows: Mapping[dt.date, _Placed]) -> Iterator[Problem]:
    """Yield where the decisions do not fit the calendar below them."""

    def works(day: dt.date) -> bool:
        return rows[day].row.kind.works if day in rows else base.is_workday(day)

    for day, placed in sorted(rows.items()):
        row = placed.row
        # What was laid over before is wrong only by what a new decision says of the day that it makes up for.
        path = placed.path or (rows[row.replaces].path if row.replaces is not None and row.replaces in rows else None)
        if path is None:
            continue
        try:
            was = base.is_workday(day)
            worked = row.replaces is not None and works(row.replaces)
        except CalendarCoverageError as error:
            yield Problem(path=path, rule="calendar/coverage", text=error.message)
            continue
        if was is row.kind.works:
            shown = long_date(day)
            yield _problem(
                path,
                "changes-nothing",
                vi=f"{shown.vi} vốn đã như vậy trong lịch {base.name}",
                en=f"{shown.en} is so already in calendar {base.name}",
            )
        if row.replaces is not None and (worked or row.replaces.weekday() >= _SATURDAY):
            shown = long_date(row.replaces)
            yield _problem(
                path.replace(".date", ".replaces") if placed.path else path,
                "replaces-a-working-day" if worked else "replaces-a-weekend",
                vi=f"{shown.vi} là ngày {'làm việc' if worked else 'nghỉ hằng tuần'}, không có gì để làm bù",
                en=f"{shown.en} is {'worked' if worked else 'a weekend'}: there is nothing to make up for",
            )


def _out_of_reach(base: Below, known: list[_Known]) -> Iterator[Problem]:
    """Yield the reception days of which the calendar knows nothing."""
    for each in known:
        for index, text in enumerate(each.document.get("reception", {}).get("dates", ())):
            try:
                base.is_workday(_day(text))
            except CalendarCoverageError as error:
                # What was laid over before has been found to lie inside.
                path = f"{each.place}.reception.dates[{index}]"
                yield Problem(path=path, rule="calendar/coverage", text=error.message)
