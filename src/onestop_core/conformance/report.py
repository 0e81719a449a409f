"""What a run found: a result for each case, summed up by area and by rule; two reports compared."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING, Any

import attrs

from onestop_core.conformance.suite import Level
from onestop_core.rules.converter import structure
from onestop_core.rules.schemas import ensure_valid

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["AreaResult", "Change", "Outcome", "Report", "Result", "compare"]


class Outcome(enum.StrEnum):
    """What became of a case."""

    PASSED = "passed"
    FAILED = "failed"
    UNSUPPORTED = "unsupported"


@attrs.frozen(kw_only=True)
class Result:
    """What became of one case."""

    case: str
    """Id of the case."""
    area: str
    level: Level
    outcome: Outcome
    rules: tuple[str, ...] = ()
    """What the case proves."""
    description: str = ""
    reason: str | None = None
    """Where the answer is wrong, or what the implementation did instead of answering."""
    fault: str | None = None
    """``crash``, ``timeout`` or ``nonsense``, where no answer came that could be judged."""


@attrs.frozen(kw_only=True)
class AreaResult:
    """The cases of one area, or those of one rule of it, counted."""

    area: str
    rule: str | None = None
    passed: int = 0
    failed: int = 0
    optional_failed: int = 0
    """Of those that failed, how many are optional."""
    unsupported: int = 0

    @property
    def verdict(self) -> str:
        """``conforms``, ``fails`` or ``unsupported``: the last where nothing was answered at all."""
        if self.failed > self.optional_failed:
            return "fails"
        return "conforms" if self.passed else "unsupported"


@attrs.frozen(kw_only=True)
class Report:
    """The outcome of a run; equal reports say the same."""

    suite: str
    """Version of the suite."""
    implementation: str
    """Name of the implementation, with its version where it told one."""
    areas: tuple[str, ...]
    """Areas that were asked for, in the order of the suite."""
    results: tuple[Result, ...]

    @property
    def passed(self) -> tuple[Result, ...]:
        """The cases answered as expected."""
        return self._of(Outcome.PASSED)

    @property
    def failed(self) -> tuple[Result, ...]:
        """The cases answered otherwise, or not at all; required and optional ones."""
        return self._of(Outcome.FAILED)

    @property
    def unsupported(self) -> tuple[Result, ...]:
        """The cases whose question the implementation does not take."""
        return self._of(Outcome.UNSUPPORTED)

    @property
    def conforms(self) -> bool:
        """Whether something was answered, and no required case failed."""
        return bool(self.passed) and all(result.level is Level.OPTIONAL for result in self.failed)

    def _of(self, outcome: Outcome) -> tuple[Result, ...]:
        return tuple(result for result in self.results if result.outcome is outcome)

    def by_area(self) -> tuple[AreaResult, ...]:
        """Return the counts of each area that was asked for."""
        return _counted((area, None, result) for area in self.areas for result in self.results if result.area == area)

    def by_rule(self) -> tuple[AreaResult, ...]:
        """Return the counts of each rule, a case counting for every rule that it proves: the coverage of the law."""
        return _counted((result.area, rule, result) for result in self.results for rule in result.rules)

    def to_dict(self) -> dict[str, Any]:
        """Return the report in JSON types, a document of the schema ``conformance-report``."""
        return {
            "schema_version": "1.0",
            "suite": self.suite,
            "implementation": self.implementation,
            "conforms": self.conforms,
            "areas": {
                each.area: {
                    "verdict": each.verdict,
                    "passed": each.passed,
                    "failed": each.failed,
                    "optional_failed": each.optional_failed,
                    "unsupported": each.unsupported,
                }
                for each in self.by_area()
            },
            "results": [_plain(result) for result in self.results],
        }

    @classmethod
    def from_dict(cls, document: Any, *, source: str | None = None) -> Report:
        """Return the report that :meth:`to_dict` wrote.

        Raises:
            InvalidDocumentError: the document is something else.
        """
        ensure_valid(document, "conformance-report", source=source)
        return cls(
            suite=document["suite"],
            implementation=document["implementation"],
            areas=tuple(document["areas"]),
            results=tuple(structure(raw, Result, source=source) for raw in document["results"]),
        )


def _plain(result: Result) -> dict[str, Any]:
    plain = {
        "case": result.case,
        "area": result.area,
        "level": result.level.value,
        "outcome": result.outcome.value,
        "rules": list(result.rules),
        "description": result.description,
        "reason": result.reason,
        "fault": result.fault,
    }
    return {key: value for key, value in plain.items() if value not in (None, "", [])}


def _counted(rows: Iterable[tuple[str, str | None, Result]]) -> tuple[AreaResult, ...]:
    counts: dict[tuple[str, str | None], dict[str, int]] = {}
    for area, rule, result in rows:
        cell = counts.setdefault((area, rule), {"passed": 0, "failed": 0, "optional_failed": 0, "unsupported": 0})
        cell[result.outcome.value] += 1
        cell["optional_failed"] += result.outcome is Outcome.FAILED and result.level is Level.OPTIONAL
    return tuple(AreaResult(area=area, rule=rule, **cell) for (area, rule), cell in counts.items())


@attrs.frozen(kw_only=True)
class Change:
    """A case that two reports tell differently."""

    case: str
    before: Outcome | None
    """None where the case was not in the report."""
    after: Outcome | None
    reason: str | None = None
    """Why it fails now."""

    @property
    def worse(self) -> bool:
        """Whether it passed before, or was not there, and fails or is not answered now."""
        return self.after in {Outcome.FAILED, Outcome.UNSUPPORTED} and self.before in {Outcome.PASSED, None}


def compare(before: Report, after: Report) -> tuple[Change, ...]:
    """Return the cases whose outcome differs between two reports, in the order of *after*, then what has gone.

    >>> from onestop_core import conformance
    >>> one = conformance.run(conformance.reference(), areas=["codes"])
    >>> compare(one, one)
    ()
    """
    old = {result.case: result for result in before.results}
    new = {result.case: result for result in after.results}
    changes = [
        Change(
            case=case,
            before=old[case].outcome if case in old else None,
            after=new[case].outcome if case in new else None,
            reason=new[case].reason if case in new else None,
        )
        for case in (*new, *(case for case in old if case not in new))
    ]
    return tuple(change for change in changes if change.before is not change.after)
