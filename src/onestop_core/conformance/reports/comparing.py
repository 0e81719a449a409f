"""Two reports compared: what changed, and whether ground was lost."""

from __future__ import annotations

from typing import Any, Final, cast

import attrs

from onestop_core._public import gated
from onestop_core.conformance.fields import code, members
from onestop_core.conformance.reports.report import Report
from onestop_core.conformance.reports.results import FIELDS, Verdict
from onestop_core.conformance.values import CaseLevel, CaseOutcome
from onestop_core.errors import InvalidValueError
from onestop_core.text import Text

__all__ = ["Comparison", "OutcomeChange", "VerdictChange", "compare"]

_RANKS: Final = (Verdict.FAILS, Verdict.UNSUPPORTED, Verdict.NOTHING_DEMANDED, Verdict.PARTIAL, Verdict.CONFORMS)


def _level(value: CaseLevel | str) -> CaseLevel:
    return code("level", CaseLevel, value)


def _outcome_or_none(value: CaseOutcome | str | None) -> CaseOutcome | None:
    return None if value is None else code("outcome", CaseOutcome, value)


def _verdict_or_none(value: Verdict | str | None) -> Verdict | None:
    return None if value is None else code("verdict", Verdict, value)


@attrs.frozen(kw_only=True, field_transformer=gated(FIELDS))
class OutcomeChange:
    """A case that two reports tell differently."""

    case: str
    level: CaseLevel = attrs.field(default=CaseLevel.REQUIRED, converter=_level)
    before: CaseOutcome | None = attrs.field(converter=_outcome_or_none)
    """None where the case was not in the report."""
    after: CaseOutcome | None = attrs.field(converter=_outcome_or_none)
    reason: Text | None = None
    """Why it fails now."""
    disputed: bool = False
    """Whether it counts neither for nor against."""

    @property
    def worse(self) -> bool:
        """Whether ground was lost: a required case passed and does not, or is new and failed."""
        if self.level is not CaseLevel.REQUIRED or self.disputed or self.after is None:
            return False
        if self.before is None:
            return self.after is CaseOutcome.FAILED
        return self.before is CaseOutcome.PASSED and self.after is not CaseOutcome.PASSED


@attrs.frozen(kw_only=True, field_transformer=gated(FIELDS))
class VerdictChange:
    """An area, or the whole (an empty name), on which two reports have another verdict."""

    name: str
    before: Verdict | None = attrs.field(converter=_verdict_or_none)
    """None where the area was not in the report."""
    after: Verdict | None = attrs.field(converter=_verdict_or_none)
    worse: bool
    """Whether the verdict on what both reports ask got worse: new cases alone lose no ground."""


def _changes(value: Any, what: str) -> tuple[OutcomeChange, ...]:
    return members(what, OutcomeChange, value)


def _verdicts(value: Any, what: str) -> tuple[VerdictChange, ...]:
    return members(what, VerdictChange, value)


@attrs.frozen(
    kw_only=True,
    field_transformer=gated({tuple[OutcomeChange, ...]: _changes, tuple[VerdictChange, ...]: _verdicts}),
)
class Comparison:
    """What differs between two reports."""

    changes: tuple[OutcomeChange, ...] = ()
    verdicts: tuple[VerdictChange, ...] = ()

    @property
    def worse(self) -> bool:
        """Whether ground was lost."""
        return any(change.worse for change in self.changes) or any(change.worse for change in self.verdicts)


def compare(before: Report, after: Report) -> Comparison:
    """Return what differs between two reports: cases in the order of *after*, then what has gone; and verdicts.

    >>> from onestop_core import conformance
    >>> one = conformance.run(conformance.reference(), areas=["codes"])
    >>> compare(one, one)
    Comparison(changes=(), verdicts=())

    Raises:
        InvalidValueError: one of them is no report.
    """
    for what, report in (("before", before), ("after", after)):
        if not isinstance(cast("object", report), Report):
            raise InvalidValueError.of(what, report, vi="một báo cáo", en="a report")
    old = {result.case: result for result in before.results}
    new = {result.case: result for result in after.results}
    changes = (
        OutcomeChange(
            case=case,
            level=(new.get(case) or old[case]).level,
            before=old[case].outcome if case in old else None,
            after=new[case].outcome if case in new else None,
            reason=new[case].reason if case in new else None,
            disputed=(new.get(case) or old[case]).disputed is not None,
        )
        for case in (*new, *(case for case in old if case not in new))
    )
    return Comparison(
        changes=tuple(change for change in changes if change.before is not change.after),
        verdicts=tuple(_verdict_changes(before, after)),
    )


def _verdict_changes(before: Report, after: Report) -> list[VerdictChange]:
    known = {result.case for result in before.results}
    # What both ask, and by what was demanded before: neither new cases nor new demands lose ground.
    common = attrs.evolve(
        after, results=tuple(result for result in after.results if result.case in known), demanded=before.demanded
    )
    tables = [
        {"": report.verdict, **{area.area: area.verdict for area in report.by_area()}}
        for report in (before, after, common)
    ]
    old, new, shared = tables
    return [
        VerdictChange(
            name=name,
            before=old.get(name),
            after=new.get(name),
            worse=name in old and name in new and _RANKS.index(shared[name]) < _RANKS.index(old[name]),
        )
        for name in dict.fromkeys((*old, *new))
        if old.get(name) is not new.get(name)
    ]
