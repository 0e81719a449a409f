"""Conditions over the facts of one dossier, written once: evaluated in Python, put in words, printed as SQL.

A condition is True, False or None (*the facts do not tell*), and combines as in SQL: ``AllOf`` and ``AnyOf``
are Kleene's and and or. ``ext.frames`` compiles the same values for data frames.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Final, TypeAlias

import attrs

from onestop_core.kpi.counting.terms import Column, Number, Term
from onestop_core.model import DossierFacts
from onestop_core.text import Text

__all__ = [
    "FALSE",
    "TRUE",
    "UNKNOWN",
    "AllOf",
    "AnyOf",
    "Choose",
    "Condition",
    "Constant",
    "Flag",
    "Is",
    "Known",
    "Not",
    "NotAbove",
    "OnTime",
    "Surely",
    "Test",
    "Told",
    "Within",
]

Test: TypeAlias = Callable[[DossierFacts, bool | None], bool | None]
"""A compiled condition: takes a dossier and whether it is on time, which is worked out once for all metrics."""


def _joined(parts: tuple[Text, ...], vi: str, en: str) -> Text:
    return Text(vi=f" {vi} ".join(part.vi for part in parts), en=f" {en} ".join(part.en for part in parts))


def _bracketed(condition: Condition) -> Text:
    text = condition.text
    whole = (AllOf, AnyOf, Choose, OnTime)
    return Text(vi=f"({text.vi})", en=f"({text.en})") if isinstance(condition, whole) else text


@attrs.frozen
class Constant:
    """True, False or unknown, whatever the dossier."""

    value: bool | None

    @property
    def text(self) -> Text:
        """The value in words."""
        words = {
            True: Text(vi="đúng", en="true"),
            False: Text(vi="sai", en="false"),
            None: Text(vi="chưa biết", en="unknown"),
        }
        return words[self.value]

    def sql(self) -> str:
        """Return a comparison that every dialect reads."""
        return {True: "(1 = 1)", False: "(1 = 0)", None: "(1 = NULL)"}[self.value]

    def compiled(self) -> Test:
        """Return a function of a dossier and whether it is on time."""
        value = self.value
        return lambda _, __: value


TRUE: Final = Constant(value=True)
FALSE: Final = Constant(value=False)
UNKNOWN: Final = Constant(value=None)


@attrs.frozen
class Flag:
    """What a column of true, false and unknown says."""

    column: Column

    @property
    def text(self) -> Text:
        """The name of the column in words."""
        return self.column.text

    def sql(self) -> str:
        """Return the column."""
        return self.column.sql()

    def compiled(self) -> Test:
        """Return a function of a dossier and whether it is on time."""
        value = self.column.compiled()
        return lambda facts, _: value(facts)


@attrs.frozen
class Known:
    """Whether a column is known; never unknown itself."""

    column: Column

    @property
    def text(self) -> Text:
        """The condition in words."""
        return Text(vi=f"có ghi {self.column.text.vi}", en=f"{self.column.text.en} is recorded")

    def sql(self) -> str:
        """Return an IS NOT NULL."""
        return f"{self.column.sql()} IS NOT NULL"

    def compiled(self) -> Test:
        """Return a function of a dossier and whether it is on time."""
        value = self.column.compiled()
        return lambda facts, _: value(facts) is not None


@attrs.frozen
class Is:
    """Whether a column holds a code; unknown where the column is."""

    column: Column
    code: str

    @property
    def text(self) -> Text:
        """The condition in words."""
        return Text(vi=f"{self.column.text.vi} là {self.code}", en=f"{self.column.text.en} is {self.code}")

    def sql(self) -> str:
        """Return an equality."""
        return f"{self.column.sql()} = '{self.code}'"

    def compiled(self) -> Test:
        """Return a function of a dossier and whether it is on time."""
        value, code = self.column.compiled(), self.code
        return lambda facts, _: None if (found := value(facts)) is None else found == code


@attrs.frozen
class NotAbove:
    """Whether a moment is not later, or a number not larger, than another; unknown where one of them is."""

    term: Term
    limit: Term

    @property
    def text(self) -> Text:
        """The condition in words."""
        if isinstance(self.limit, Number):
            return Text(
                vi=f"{self.term.text.vi} không quá {self.limit.text.vi}",
                en=f"{self.term.text.en} is at most {self.limit.text.en}",
            )
        return Text(
            vi=f"{self.term.text.vi} không muộn hơn {self.limit.text.vi}",
            en=f"{self.term.text.en} is not later than {self.limit.text.en}",
        )

    def sql(self) -> str:
        """Return a comparison."""
        return f"{self.term.sql()} <= {self.limit.sql()}"

    def compiled(self) -> Test:
        """Return a function of a dossier and whether it is on time."""
        one, other = self.term.compiled(), self.limit.compiled()

        def at_most(facts: DossierFacts, _: bool | None) -> bool | None:
            value, limit = one(facts), other(facts)
            return None if value is None or limit is None else value <= limit

        return at_most


@attrs.frozen
class Within:
    """Whether from *start* to *end* no more hours elapse than some columns add up to; unknown where one is."""

    start: Column
    end: Term
    hours: tuple[Column, ...]

    @property
    def text(self) -> Text:
        """The condition in words."""
        sum_ = _joined(tuple(column.text for column in self.hours), "cộng", "plus")
        return Text(
            vi=f"từ {self.start.text.vi} đến {self.end.text.vi} không quá {sum_.vi}",
            en=f"from {self.start.text.en} to {self.end.text.en} no more elapses than {sum_.en}",
        )

    def sql(self) -> str:
        """Return a comparison of the end with a sum of the start and intervals."""
        hours = "".join(f" + {column.sql()} * INTERVAL '1' HOUR" for column in self.hours)
        return f"{self.end.sql()} <= {self.start.sql()}{hours}"

    def compiled(self) -> Test:
        """Return a function of a dossier and whether it is on time."""
        begin, end = self.start.compiled(), self.end.compiled()
        hours = tuple(column.compiled() for column in self.hours)

        def within(facts: DossierFacts, _: bool | None) -> bool | None:
            start, stop, counts = begin(facts), end(facts), [hour(facts) for hour in hours]
            if start is None or stop is None or None in counts:
                return None
            # Vietnamese civil time has no daylight saving: wall-clock difference is elapsed time.
            elapsed: timedelta = stop - start
            return elapsed <= timedelta(hours=sum(counts))

        return within


@attrs.frozen
class OnTime:
    """Whether the dossier is on time, or still within time: worked out once for all metrics."""

    definition: Condition

    @property
    def text(self) -> Text:
        """The condition in words; its definition has a text of its own."""
        return Text(vi="đúng hạn hoặc còn trong hạn", en="on time or still within time")

    def sql(self) -> str:
        """Return the definition."""
        return f"({self.definition.sql()})"

    def compiled(self) -> Test:
        """Return a function of a dossier and whether it is on time."""
        return lambda _, on_time: on_time


@attrs.frozen
class Told:
    """Whether a condition is known, true or false; never unknown itself."""

    part: Condition

    @property
    def text(self) -> Text:
        """The condition in words."""
        part = _bracketed(self.part)
        return Text(vi=f"biết được có hay không: {part.vi}", en=f"known whether {part.en}")

    def sql(self) -> str:
        """Return an IS NOT NULL."""
        return f"({self.part.sql()}) IS NOT NULL"

    def compiled(self) -> Test:
        """Return a function of a dossier and whether it is on time."""
        part = self.part.compiled()
        return lambda facts, on_time: part(facts, on_time) is not None


@attrs.frozen
class Surely:
    """Whether a condition holds; one that is unknown does not."""

    part: Condition

    @property
    def text(self) -> Text:
        """The condition in words."""
        return self.part.text

    def sql(self) -> str:
        """Return an IS TRUE."""
        return f"({self.part.sql()}) IS TRUE"

    def compiled(self) -> Test:
        """Return a function of a dossier and whether it is on time."""
        part = self.part.compiled()
        return lambda facts, on_time: part(facts, on_time) is True


@attrs.frozen
class Not:
    """The opposite; unknown stays unknown."""

    part: Condition

    @property
    def text(self) -> Text:
        """The condition in words."""
        return Text(vi=f"không {_bracketed(self.part).vi}", en=f"not {_bracketed(self.part).en}")

    def sql(self) -> str:
        """Return a NOT."""
        return f"NOT ({self.part.sql()})"

    def compiled(self) -> Test:
        """Return a function of a dossier and whether it is on time."""
        part = self.part.compiled()
        return lambda facts, on_time: None if (value := part(facts, on_time)) is None else not value


@attrs.frozen
class AllOf:
    """Kleene's and: one False decides, else one unknown."""

    parts: tuple[Condition, ...]

    @property
    def text(self) -> Text:
        """The conditions in words."""
        return _joined(tuple(_bracketed(part) for part in self.parts), "và", "and")

    def sql(self) -> str:
        """Return an AND."""
        return "(" + " AND ".join(part.sql() for part in self.parts) + ")"

    def compiled(self) -> Test:
        """Return a function of a dossier and whether it is on time."""
        return _kleene(tuple(part.compiled() for part in self.parts), decisive=False)


@attrs.frozen
class AnyOf:
    """Kleene's or: one True decides, else one unknown."""

    parts: tuple[Condition, ...]

    @property
    def text(self) -> Text:
        """The conditions in words."""
        return _joined(tuple(_bracketed(part) for part in self.parts), "hoặc", "or")

    def sql(self) -> str:
        """Return an OR."""
        return "(" + " OR ".join(part.sql() for part in self.parts) + ")"

    def compiled(self) -> Test:
        """Return a function of a dossier and whether it is on time."""
        return _kleene(tuple(part.compiled() for part in self.parts), decisive=True)


def _kleene(parts: tuple[Test, ...], *, decisive: bool) -> Test:
    def combined(facts: DossierFacts, on_time: bool | None) -> bool | None:
        result: bool | None = not decisive
        for part in parts:
            value = part(facts, on_time)
            if value is decisive:
                return decisive
            if value is None:
                result = None
        return result

    return combined


@attrs.frozen
class Choose:
    """One condition where a first holds, else another; a first that is unknown does not hold."""

    first: Condition
    then: Condition
    otherwise: Condition

    @property
    def text(self) -> Text:
        """The choice in words."""
        first, then, otherwise = (_bracketed(part) for part in (self.first, self.then, self.otherwise))
        return Text(
            vi=f"nếu {first.vi} thì {then.vi}, nếu không thì {otherwise.vi}",
            en=f"if {first.en} then {then.en}, else {otherwise.en}",
        )

    def sql(self) -> str:
        """Return a CASE."""
        return f"CASE WHEN {self.first.sql()} THEN {self.then.sql()} ELSE {self.otherwise.sql()} END"

    def compiled(self) -> Test:
        """Return a function of a dossier and whether it is on time."""
        first, then, otherwise = self.first.compiled(), self.then.compiled(), self.otherwise.compiled()
        return lambda facts, on_time: (then if first(facts, on_time) else otherwise)(facts, on_time)


Condition: TypeAlias = (
    Constant | Flag | Known | Is | NotAbove | Within | OnTime | Told | Surely | Not | AllOf | AnyOf | Choose
)
