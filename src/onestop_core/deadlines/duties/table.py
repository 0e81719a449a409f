"""The table of duties: what starts each, by when it must be done, and which event of the log says that it was."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.dossier.lifecycle import Policy
from onestop_core.errors import Problem
from onestop_core.model import Basis, Channel, FrozenMap, Interval, TimeLimit
from onestop_core.model.words import plain_text
from onestop_core.rules.cited import repeated_codes
from onestop_core.rules.editions import Editions
from onestop_core.text import Text, shown
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from onestop_core.dossier import Opening

__all__ = ["DutyBy", "DutyRule", "DutyStart", "DutyTable", "Needed", "duty_table", "load_duties", "owed_table"]


class DutyBy(Code):
    """From what the moment of a duty is counted."""

    LIMIT = "limit"
    """So long from its start on."""
    TRANSFER = "transfer"
    """The working day of its start; started after the late hour, the opening of the next working day."""
    STATED = "stated"
    """The moment that the event which starts it names."""
    APPOINTMENT = "appointment"
    """The appointment in force."""
    BEFORE_APPOINTMENT = "before_appointment"
    """So many days before the appointment. No rule moves a limit that is counted backwards off a day off."""


class Needed(Code):
    """When a duty is owed."""

    ALWAYS = "always"
    IF_INCOMPLETE = "if_incomplete"
    """Only where papers are missing, which nobody knows before they are asked for."""
    IF_LATE = "if_late"
    """Only where the appointment is missed."""


_OWN_LIMIT: Final = frozenset({DutyBy.LIMIT, DutyBy.STATED})


@attrs.frozen(kw_only=True)
class DutyStart:
    """What starts a duty: an event, or a count of the time."""

    events: tuple[str, ...] = ()
    """Each event of these kinds, unless the duty is open already. ``created`` is the opening of the dossier."""
    states: tuple[str, ...] = ()
    """If any: only where the dossier is in one of these states after the event."""
    channels: tuple[Channel, ...] = ()
    """If any: only where the event itself says that it came by one of these."""
    each_count: bool = False
    """Each count of the dossier's time: the receipt and every restart."""


@attrs.frozen(kw_only=True)
class DutyRule:
    """One row of the table: a duty that dossiers have."""

    code: str
    name: Text
    who: str
    """The role that has it, one of the table's."""
    starts: DutyStart
    channels: tuple[Channel, ...] = ()
    """Only for dossiers that came in by one of these; none: for all."""
    other_level: bool | None = None
    """Only for dossiers whose authority is of another level than the desk, or only for the others; None: for all."""
    by: DutyBy
    limit: TimeLimit | None = None
    opens: bool = False
    """Whether the moment is not until when, but from when on it may be done: what the event that starts it names or,
    where it names nothing, the limit."""
    needed: Needed = Needed.ALWAYS
    answered_by: tuple[str, ...]
    """Kinds of event that say that it is done."""
    lapses_with: tuple[str, ...] = ()
    """Kinds of event after which it is not owed any more; what should have been done before is missed."""
    waived_by: tuple[str, ...] = ()
    """Kinds of event that say that it never was owed."""
    at_most: str | None = None
    """The parameter of the lifecycle that says how often it may be done."""
    days_by: str | None = None
    """The parameter of the lifecycle that gives the days of the limit, where the procedure has its own."""
    permitted_by: str | None = None
    """The parameter of the lifecycle that must say yes for the duty to be there at all."""
    in_force_from: date | None = None
    in_force_to: date | None = None
    basis: tuple[Basis, ...]
    """Of which those in force when the dossier was opened are cited."""

    @property
    def has_limit(self) -> bool:
        """Whether a procedure may give it a limit of its own."""
        return self.by in _OWN_LIMIT or (self.by is DutyBy.APPOINTMENT and not self.starts.each_count)

    def applies(self, day: date, opening: Opening) -> bool:
        """Return whether a dossier of that *opening*, of that *day*, has the duty."""
        return (
            day in Interval(first=self.in_force_from, last=self.in_force_to)
            and (not self.channels or opening.channel in self.channels)
            and self.other_level in {None, opening.other_level}
        )


@attrs.frozen(kw_only=True)
class DutyTable:
    """One edition of the table of duties."""

    id: str
    revision: int = 1
    title: Text
    in_force_from: date | None = None
    in_force_to: date | None = None
    announced_on: date | None = None
    notes: tuple[Text, ...] = ()
    roles: FrozenMap[str, Text]
    """Those who have duties, by their code."""
    duties: tuple[DutyRule, ...]

    def rule(self, code: str) -> DutyRule | None:
        """Return the duty *code*; None if the table has none of that name."""
        return next((each for each in self.duties if each.code == code), None)


_POLICIES: Final = frozenset(field.name for field in attrs.fields(Policy))
_KNOWN: Final = {
    "at_most": frozenset(name for name in _POLICIES if name.startswith("max_")),
    "days_by": frozenset(name for name in _POLICIES if name.endswith("_days")),
    "permitted_by": frozenset({"close_incomplete", "decide_at_desk", "silence_is_consent", "through_the_desk"}),
}


_RULE: Final = "duties/row"


def _problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield what a schema cannot say of roles, parameters and codes."""
    yield from repeated_codes(document, "duties", rule=_RULE)
    for number, row in enumerate(cast("list[dict[str, Any]]", document["duties"])):
        here = ("duties", number)
        if row["who"] not in document["roles"]:
            yield _wrong((*here, "who"), row["who"], vi="không có trong roles", en="not among the roles")
        for field, known in _KNOWN.items():
            if field in row and row[field] not in known:
                yield _wrong(
                    (*here, field), row[field], vi="không phải tham số dùng được ở đây", en="no parameter of that kind"
                )


def _wrong(path: tuple[str | int, ...], value: object, *, vi: str, en: str) -> Problem:
    return Problem.at(path, _RULE, vi=f"{shown(value)}: {vi}", en=f"{shown(value)}: {en}")


_NAME: Final = "vn-duties"
_EDITIONS: Final[Editions[DutyTable]] = Editions(
    "vn/deadlines/duties",
    what=Text(vi="bảng việc phải làm", en="table of duties"),
    kind=DutyTable,
    check=_problems,
    schema="duties",
)


def duty_table(*, on: date, lifecycle: str = "vn") -> DutyTable:
    """Return the table of duties that ships for a *lifecycle* and is in force *on* a day.

    A lifecycle ``vn-complaint`` has the table ``vn-complaint-duties``; one that has no table of its own has that of
    the one-stop shops, ``vn-duties``.

    >>> from datetime import date
    >>> table = duty_table(on=date(2026, 3, 2))
    >>> table.id, str(table.rule("supplement_notice").limit)
    ('vn-duties@one-stop-decrees', '3 working days')

    Args:
        on: The day.
        lifecycle: Name or reference of the lifecycle.

    Raises:
        InvalidValueError: the day is not a plain date, or the lifecycle no text.
        NotInForceError: no edition of the table is in force on that day.
    """
    own = f"{plain_text(lifecycle, 'lifecycle').partition('@')[0]}-duties"
    names = {edition.name for edition in _EDITIONS.editions()}
    return _EDITIONS.on(own if own in names else _NAME, on)


def owed_table(lifecycle: str, *, on: date, portal: bool) -> DutyTable | None:
    """Return the table that holds for files of a *lifecycle* opened *on* a day; None: no table that ships does.

    That of the one-stop shops holds for a lifecycle without a table of its own if the national *portal* follows it.
    """
    table = duty_table(on=on, lifecycle=lifecycle)
    own = table.id.partition("@")[0] == f"{lifecycle.partition('@')[0]}-duties"
    return table if own or portal else None


def load_duties(source: str | Path | Mapping[str, Any]) -> DutyTable:
    """Return a table of duties of one's own, from a JSON file or a parsed document of the schema ``duties``.

    Raises:
        OSError: the file cannot be read.
        UnsupportedSchemaVersionError: the document is written for another version of the schema.
        InvalidDocumentError: it breaks the schema, cites a basis or names a role or parameter that there is not, or a
            limit cannot be read.
    """
    return _EDITIONS.load(source)
