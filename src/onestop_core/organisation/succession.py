"""Which codes follow which: merged and divided provinces, communes and agencies, so that old dossiers stay readable."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.errors import InvalidValueError, Problem
from onestop_core.model import Basis, DossierCode, FrozenMap, plain_day
from onestop_core.rules.editions import Editions
from onestop_core.text import Text, shown

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

__all__ = [
    "CodeReading",
    "Succession",
    "UnitChange",
    "load_succession",
    "predecessors",
    "read_code",
    "succession",
    "successors",
]


@attrs.frozen(kw_only=True)
class UnitChange:
    """One merger, division or change of code."""

    old: tuple[str, ...]
    new: tuple[str, ...]
    """None: nobody follows."""
    from_: date
    """The first day of the new codes."""
    basis: tuple[Basis, ...]


@attrs.frozen(kw_only=True)
class Succession:
    """A table of changes, of the library or of a host."""

    id: str
    revision: int = 1
    title: Text
    in_force_from: date | None = None
    in_force_to: date | None = None
    announced_on: date | None = None
    notes: tuple[Text, ...] = ()
    names: FrozenMap[str, Text] = attrs.field(factory=FrozenMap[str, Text], repr=False)
    """What codes are called."""
    changes: tuple[UnitChange, ...] = attrs.field(repr=False)

    def successors(self, code: str, *, on: date) -> tuple[str, ...]:
        """Return the codes that stand for *code* *on* a day: itself where nothing changed, none where nobody follows."""
        standing = [_code(code)]
        for change in self._until(on):
            gone = [each for each in standing if each in change.old]
            if gone:
                place = standing.index(gone[0])
                kept = [each for each in standing if each not in change.old]
                standing = list(dict.fromkeys([*kept[:place], *change.new, *kept[place:]]))
        return tuple(standing)

    def predecessors(self, code: str, *, on: date) -> tuple[str, ...]:
        """Return the codes, other than *code*, whose dossiers are read under it *on* a day: the nearest first."""
        found: list[str] = []
        standing = {_code(code)}
        for change in reversed(self._until(on)):
            standing -= set(change.old) - set(change.new)  # what a change takes away is not read under any more
            if not standing.isdisjoint(change.new):
                standing = {*(standing - set(change.new)), *change.old}
                found += [each for each in change.old if each != code]
        return tuple(dict.fromkeys(found))

    def grounds(self, code: str, *, on: date) -> tuple[Basis, ...]:
        """Return what the answers of :meth:`successors` rest on."""
        standing, found = {_code(code)}, list[Basis]()
        for change in self._until(on):
            if not standing.isdisjoint(change.old):
                standing = {*(standing - set(change.old)), *change.new}
                found += change.basis
        return tuple(dict.fromkeys(found))

    def _until(self, on: date) -> tuple[UnitChange, ...]:
        day = plain_day(on, "on")
        return tuple(sorted((each for each in self.changes if each.from_ <= day), key=lambda each: each.from_))


@attrs.frozen(kw_only=True)
class CodeReading:
    """What a dossier code says of its unit on a later day."""

    code: DossierCode
    unit: str | None = None
    """The unit that received it, as the code has it; None for a foreign code."""
    level_one: str | None = None
    """Its ministry or province."""
    unit_now: tuple[str, ...] = ()
    """The units that stand for it; the unit itself where the table has no change of it."""
    level_one_now: tuple[str, ...] = ()
    basis: tuple[Basis, ...] = ()

    @property
    def changed(self) -> bool:
        """Whether the unit, or its ministry or province, is another one now."""
        return self.unit is not None and (self.unit_now, self.level_one_now) != ((self.unit,), (self.level_one,))


def _code(code: object) -> str:
    if not isinstance(code, str):
        raise InvalidValueError.of("code", code, vi="mã đơn vị", en="the code of a unit")
    return str.__str__(code)


def _problems(document: Mapping[str, Any]) -> Iterator[Problem]:
    """Yield changes that contradict each other: a code goes once on one day, and is not both old and new on that day."""
    gone: dict[tuple[str, str], int] = {}
    came: dict[str, set[str]] = {}
    rows = cast("list[dict[str, Any]]", document["changes"])
    for number, row in enumerate(rows):
        came.setdefault(row["from"], set()).update(set(row["new"]) - set(row["old"]))
        for code in row["old"]:
            other = gone.setdefault((row["from"], code), number)
            if other != number:
                yield _wrong(
                    (number, "old"),
                    code,
                    vi="đã thay đổi cùng ngày ở dòng khác",
                    en="changed on the same day by another row",
                )
    for number, row in enumerate(rows):
        for code in row["old"]:
            if code in came[row["from"]]:
                yield _wrong(
                    (number, "old"),
                    code,
                    vi="vừa hết dùng vừa bắt đầu dùng trong một ngày",
                    en="goes and comes on one day",
                )
        if set(row["old"]) == set(row["new"]):
            yield _wrong((number, "new"), row["new"][0], vi="không có gì thay đổi", en="nothing changes")


def _wrong(path: tuple[str | int, ...], value: object, *, vi: str, en: str) -> Problem:
    return Problem.at(("changes", *path), "succession/row", vi=f"{shown(value)}: {vi}", en=f"{shown(value)}: {en}")


_NAME: Final = "vn-succession"
_EDITIONS: Final[Editions[Succession]] = Editions(
    "vn/organisation/succession",
    what=Text(vi="bảng đơn vị kế thừa", en="table of succession"),
    kind=Succession,
    rename={"from": "from_"},
    check=_problems,
    schema="succession",
)


def succession() -> Succession:
    """Return the table that ships. It has no changes yet: no source at hand confirms the codes; see its notes.

    >>> len(succession().changes)
    0
    """
    return _EDITIONS.pinned(f"{_NAME}@2025")


def load_succession(source: str | Path | Mapping[str, Any]) -> Succession:
    """Return a table of one's own, from a JSON file or a parsed document of the schema ``succession``.

    >>> mine = load_succession({"schema_version": "1.0", "id": "h01@2025", "title": {"vi": "Tỉnh X"},
    ...     "bases": {"d": {"instrument": "Nghị quyết 1/NQ-HĐND", "firmness": "read"}},
    ...     "changes": [{"old": ["H01", "H02"], "new": ["H01"], "from": "2025-07-01", "basis": ["d"]}]})
    >>> mine.successors("H02", on=date(2025, 6, 30)), mine.successors("H02", on=date(2025, 7, 1))
    (('H02',), ('H01',))
    >>> mine.predecessors("H01", on=date(2026, 1, 1))
    ('H02',)

    Raises:
        OSError: the file cannot be read.
        UnsupportedSchemaVersionError: the document is written for another version of the schema.
        InvalidDocumentError: it breaks the schema, cites a basis that it does not have, or contradicts itself.
    """
    return _EDITIONS.load(source)


def successors(code: str, *, on: date, table: Succession | None = None) -> tuple[str, ...]:
    """Return the codes that stand for *code* *on* a day, by the table that ships or one of your own.

    >>> successors("H26", on=date(2026, 1, 1))
    ('H26',)

    Raises:
        InvalidValueError: *on* is not a plain date, or *code* no text.
    """
    return (succession() if table is None else table).successors(code, on=on)


def predecessors(code: str, *, on: date, table: Succession | None = None) -> tuple[str, ...]:
    """Return the codes whose dossiers are read under *code* *on* a day, by the table that ships or one of your own.

    Raises:
        InvalidValueError: *on* is not a plain date, or *code* no text.
    """
    return (succession() if table is None else table).predecessors(code, on=on)


def read_code(code: DossierCode | str, *, on: date, table: Succession | None = None) -> CodeReading:
    """Return which units stand *on* a day for the one that a dossier code names.

    >>> reading = read_code("H26.12-250915-0001", on=date(2026, 1, 1))
    >>> reading.unit, reading.level_one_now, reading.changed
    ('H26.12', ('H26',), False)

    A unit of its own row is followed by that row. The code of a unit below a merged province has none of its own:
    then only the province that follows is known, and *unit_now* still names the old unit.

    Raises:
        InvalidValueError: *on* is not a plain date, or the code empty or overlong.
    """
    found = succession() if table is None else table
    read = code if isinstance(code, DossierCode) else DossierCode.parse(code)
    day = plain_day(on, "on")
    if read.agency is None:
        return CodeReading(code=read)
    unit, top = str(read.agency), read.agency.level_one
    basis = (*found.grounds(unit, on=day), *found.grounds(top, on=day))
    return CodeReading(
        code=read,
        unit=unit,
        level_one=top,
        unit_now=found.successors(unit, on=day),
        level_one_now=found.successors(top, on=day),
        basis=tuple(dict.fromkeys(basis)),
    )
