"""What an audit finds: one irregularity, and all of one kind together."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

import attrs

from onestop_core.errors import Problem
from onestop_core.model import FrozenMap
from onestop_core.text import Text
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from onestop_core.text import Language

__all__ = ["Article", "EntryKind", "Irregularity", "Unread"]


class EntryKind(Code):
    """What an irregularity is about."""

    STEP = "step"
    """A step that the law refuses."""
    DUTY = "duty"
    """Something that was to be done by a moment, and was done late or not at all."""

    @property
    def text(self) -> Text:
        """The kind in words."""
        return _KINDS[self]


_KINDS = {
    EntryKind.STEP: Text(vi="bước thực hiện trái quy định", en="step against the law"),
    EntryKind.DUTY: Text(vi="việc không làm đúng hạn", en="duty not done in time"),
}


@attrs.frozen(kw_only=True)
class Irregularity:
    """One thing in one dossier that the law of its day does not allow."""

    dossier: str
    source: str | None = None
    """Name of the file."""
    number: int | None = None
    """Place of the event in the log, of a step."""
    kind: EntryKind
    rule: str
    """Code of the condition, or of the duty."""
    name: Text
    """The step or the duty."""
    reason: Text
    basis: Text
    at: datetime
    """When the step was taken, or by when the duty was to be done."""
    unit: str | None = None
    """The unit that the step, or the linked work of the duty, names; else the one that answers for the dossier: the competent
    one, the desk's, or the first that an event names."""
    role: str | None = None
    """Who took the step, if the log says so, or whose duty it is."""
    delay: int = 0
    """Working days that it cost: of the wait that the step began, or by which the duty was late; what was never done
    was late until the dossier's time ended or, if it has not or the duty began after that, until the moment of looking."""

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return it in JSON types."""
        return {
            "dossier": self.dossier,
            "source": self.source,
            "number": self.number,
            "kind": self.kind.value,
            "rule": self.rule,
            "name": self.name.in_(language),
            "reason": self.reason.in_(language),
            "basis": self.basis.in_(language),
            "at": self.at.isoformat(),
            "unit": self.unit,
            "role": self.role,
            "delay": self.delay,
        }


@attrs.frozen(kw_only=True)
class Article:
    """All irregularities of one rule of one article, in the order in which they came."""

    kind: EntryKind
    rule: str
    name: Text
    basis: Text
    entries: tuple[Irregularity, ...]

    @property
    def count(self) -> int:
        """How often it was found."""
        return len(self.entries)

    @property
    def dossiers(self) -> tuple[str, ...]:
        """In which dossiers, each once."""
        return tuple(dict.fromkeys(entry.dossier for entry in self.entries))

    @property
    def delay(self) -> int:
        """Working days that it cost in all."""
        return sum(entry.delay for entry in self.entries)

    @property
    def by_unit(self) -> FrozenMap[str, int]:
        """How often by unit, the unit of most first; an empty text where none is named."""
        return _counted(entry.unit for entry in self.entries)

    @property
    def by_role(self) -> FrozenMap[str, int]:
        """How often by role, likewise."""
        return _counted(entry.role for entry in self.entries)

    def to_dict(self, *, language: Language = "en", most: int | None = None) -> dict[str, Any]:
        """Return it in JSON types, with at most so many examples."""
        return {
            "kind": self.kind.value,
            "rule": self.rule,
            "name": self.name.in_(language),
            "basis": self.basis.in_(language),
            "count": self.count,
            "dossiers": len(self.dossiers),
            "delay": self.delay,
            "by_unit": dict(self.by_unit),
            "by_role": dict(self.by_role),
            "entries": [entry.to_dict(language=language) for entry in self.entries[:most]],
        }


def _counted(names: Any) -> FrozenMap[str, int]:
    counts: dict[str, int] = {}
    for name in names:
        counts[name or ""] = counts.get(name or "", 0) + 1
    return FrozenMap(dict(sorted(counts.items(), key=lambda item: (-item[1], item[0]))))


@attrs.frozen(kw_only=True)
class Unread:
    """A row or a whole log that could not be read or followed."""

    source: str | None = None
    dossier: str
    problem: Problem

    def to_dict(self, *, language: Language = "en") -> dict[str, Any]:
        """Return it in JSON types."""
        return {"source": self.source, "dossier": self.dossier, **self.problem.to_dict(language=language)}
