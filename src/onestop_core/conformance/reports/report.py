"""What a run found: a result for each case, summed up by area and by rule; two reports compared."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core._public import Gate, gated
from onestop_core.conformance.fields import code, count, members, text, texts
from onestop_core.conformance.values import CaseLevel, CaseOutcome
from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem
from onestop_core.errors.saying import said
from onestop_core.rules.schema.schemas import ensure_valid
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["FAULTS", "AreaResult", "CaseResult", "OutcomeChange", "Report", "compare"]


def _level(value: CaseLevel | str) -> CaseLevel:
    return code("level", CaseLevel, value)


def _outcome(value: CaseOutcome | str) -> CaseOutcome:
    return code("outcome", CaseOutcome, value)


def _outcome_or_none(value: CaseOutcome | str | None) -> CaseOutcome | None:
    return None if value is None else _outcome(value)


def _results(value: Any, what: str) -> tuple[CaseResult, ...]:
    return members(what, CaseResult, value)


def _english(reason: Text | None) -> str | None:
    return None if reason is None else reason.en


def _is_fault(_: object, field: attrs.Attribute[Any], value: str | None) -> None:
    if value is not None and value not in FAULTS:
        raise InvalidValueError.one_of(field.name, value, FAULTS)


FAULTS: Final = ("crash", "timeout", "nonsense")
"""What an implementation may do instead of answering."""
_FIELDS: Final[dict[Any, Gate]] = {str: text, tuple[str, ...]: texts, int: count}


@attrs.frozen(kw_only=True, field_transformer=gated(_FIELDS))
class CaseResult:
    """What became of one case."""

    case: str
    """Id of the case."""
    area: str = attrs.field(repr=False)
    level: CaseLevel = attrs.field(converter=_level)
    outcome: CaseOutcome = attrs.field(converter=_outcome)
    rules: tuple[str, ...] = attrs.field(default=(), repr=False)
    """What the case proves."""
    description: str = attrs.field(default="", repr=False)
    # A document has the English words alone; a report that comes back from one is the same report.
    reason: Text | None = attrs.field(default=None, eq=_english, repr=False)
    """Where the answer is wrong, or what the implementation did instead of answering."""
    fault: str | None = attrs.field(default=None, validator=_is_fault)
    """``crash``, ``timeout`` or ``nonsense``, where no answer came that could be judged."""


@attrs.frozen(kw_only=True, field_transformer=gated(_FIELDS))
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


@attrs.frozen(kw_only=True, field_transformer=gated(_FIELDS | {tuple[CaseResult, ...]: _results}))
class Report:
    """The outcome of a run; equal reports say the same."""

    suite: str
    """Version of the suite."""
    implementation: str
    """Name of the implementation, with its version where it told one."""
    areas: tuple[str, ...] = attrs.field(repr=False)
    """Areas that were asked for, in the order of the suite."""
    results: tuple[CaseResult, ...]

    @property
    def passed(self) -> tuple[CaseResult, ...]:
        """The cases answered as expected."""
        return self._of(CaseOutcome.PASSED)

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """The cases answered otherwise, or not at all; required and optional ones."""
        return self._of(CaseOutcome.FAILED)

    @property
    def unsupported(self) -> tuple[CaseResult, ...]:
        """The cases whose question the implementation does not take."""
        return self._of(CaseOutcome.UNSUPPORTED)

    @property
    def conforms(self) -> bool:
        """Whether something was answered, and no required case failed."""
        return bool(self.passed) and all(result.level is CaseLevel.OPTIONAL for result in self.failed)

    def _of(self, outcome: CaseOutcome) -> tuple[CaseResult, ...]:
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
        if not isinstance(document, Mapping):
            problem = Problem.at("$", "schema/type", vi="cần một báo cáo", en="expected a report")
            raise InvalidDocumentError(problems=(problem,), source=source)
        ensure_valid(document, "conformance-report", source=source)
        valid = cast("Mapping[str, Any]", document)
        return cls(
            suite=valid["suite"],
            implementation=valid["implementation"],
            areas=tuple(valid["areas"]),
            results=tuple(_result(raw) for raw in valid["results"]),
        )


def _result(raw: Mapping[str, Any]) -> CaseResult:
    reason = raw.get("reason")
    told = None if reason is None else said(vi="xem “reason” trong báo cáo JSON", en=reason)
    fields: dict[str, Any] = {**raw, "reason": told}
    return CaseResult(**fields)


def _plain(result: CaseResult) -> dict[str, Any]:
    plain = {
        "case": result.case,
        "area": result.area,
        "level": result.level.value,
        "outcome": result.outcome.value,
        "rules": list(result.rules),
        "description": result.description,
        "reason": _english(result.reason),
        "fault": result.fault,
    }
    return {key: value for key, value in plain.items() if value not in (None, "", [])}


def _counted(rows: Iterable[tuple[str, str | None, CaseResult]]) -> tuple[AreaResult, ...]:
    counts: dict[tuple[str, str | None], dict[str, int]] = {}
    for area, rule, result in rows:
        cell = counts.setdefault((area, rule), {"passed": 0, "failed": 0, "optional_failed": 0, "unsupported": 0})
        cell[result.outcome.value] += 1
        cell["optional_failed"] += result.outcome is CaseOutcome.FAILED and result.level is CaseLevel.OPTIONAL
    return tuple(AreaResult(area=area, rule=rule, **cell) for (area, rule), cell in counts.items())


@attrs.frozen(kw_only=True, field_transformer=gated(_FIELDS))
class OutcomeChange:
    """A case that two reports tell differently."""

    case: str
    before: CaseOutcome | None = attrs.field(converter=_outcome_or_none)
    """None where the case was not in the report."""
    after: CaseOutcome | None = attrs.field(converter=_outcome_or_none)
    reason: Text | None = attrs.field(default=None, eq=_english)
    """Why it fails now."""

    @property
    def worse(self) -> bool:
        """Whether it passed before, or was not there, and fails or is not answered now."""
        return self.after in {CaseOutcome.FAILED, CaseOutcome.UNSUPPORTED} and self.before in {CaseOutcome.PASSED, None}


def compare(before: Report, after: Report) -> tuple[OutcomeChange, ...]:
    """Return the cases whose outcome differs between two reports, in the order of *after*, then what has gone.

    >>> from onestop_core import conformance
    >>> one = conformance.run(conformance.reference(), areas=["codes"])
    >>> compare(one, one)
    ()

    Raises:
        InvalidValueError: one of them is no report.
    """
    for what, report in (("before", before), ("after", after)):
        if not isinstance(cast("object", report), Report):
            raise InvalidValueError.of(what, report, vi="một báo cáo", en="a report")
    old = {result.case: result for result in before.results}
    new = {result.case: result for result in after.results}
    changes = [
        OutcomeChange(
            case=case,
            before=old[case].outcome if case in old else None,
            after=new[case].outcome if case in new else None,
            reason=new[case].reason if case in new else None,
        )
        for case in (*new, *(case for case in old if case not in new))
    ]
    return tuple(change for change in changes if change.before is not change.after)
