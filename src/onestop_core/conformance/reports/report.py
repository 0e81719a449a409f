"""What a run found: who was tested against what, what was demanded, and what became of each case."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core._public import gated
from onestop_core.conformance.demands import ProfileName
from onestop_core.conformance.fields import members
from onestop_core.conformance.reports.results import (
    FIELDS,
    AreaResult,
    CaseResult,
    RuleResult,
    Verdict,
    by_operation,
    by_rule,
    verdict_of,
)
from onestop_core.conformance.suites import dispute, words
from onestop_core.conformance.values import CaseOutcome, Software
from onestop_core.conformance.wire import digest
from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem
from onestop_core.model import FrozenMap, aware, parse_moment
from onestop_core.rules.schema.schemas import ensure_valid

__all__ = ["Report"]

if TYPE_CHECKING:
    from onestop_core.text import Text

SCHEMA_VERSION: Final = "2.0"


def _results(value: Any, what: str) -> tuple[CaseResult, ...]:
    return members(what, CaseResult, value)


def _moment(value: Any, what: str) -> datetime:
    return aware(value, what)


def _seed(_: object, field: attrs.Attribute[Any], value: int | None) -> None:
    if value is not None and not 0 <= value < 2**53:
        raise InvalidValueError.of(field.name, value, vi="số nguyên từ 0", en="a whole number from 0")


_GATES: Final = {key: gate for key, gate in FIELDS.items() if key is not int} | {
    tuple[CaseResult, ...]: _results,
    datetime: _moment,
}


@attrs.frozen(kw_only=True, field_transformer=gated(_GATES))
class Report:
    """The outcome of a run; equal reports say the same."""

    suite: str
    """Version of the suite."""
    suite_digest: str = attrs.field(repr=False)
    """Of all its cases, see :attr:`Suite.digest`."""
    tables_digest: str = attrs.field(repr=False)
    """Of the law tables that ship with it."""
    library: Software = attrs.field(repr=False)
    """What ran the suite."""
    made_at: datetime | None = attrs.field(default=None, repr=False)
    """When the run began, if that was told."""
    seed: int | None = attrs.field(default=None, repr=False, validator=_seed)
    """The number that the fresh cases were made from."""
    implementation: Software
    """What was tested."""
    profile: ProfileName | None = attrs.field(default=None, repr=False)
    demanded: tuple[str, ...] = attrs.field(default=(), repr=False)
    """What must conform: areas, and single operations as ``area/operation``."""
    not_asked: FrozenMap[str, int] = attrs.field(repr=False)
    """Every operation of the report as ``area/operation``, in the order of the suite; with it the number of its required
    cases that were not asked."""
    results: tuple[CaseResult, ...]

    @property
    def passed(self) -> tuple[CaseResult, ...]:
        """The cases answered as expected."""
        return self._of(CaseOutcome.PASSED)

    @property
    def failed(self) -> tuple[CaseResult, ...]:
        """The cases answered otherwise, or not at all; required and recommended ones."""
        return self._of(CaseOutcome.FAILED)

    @property
    def declined(self) -> tuple[CaseResult, ...]:
        """The cases that the implementation declined, though it takes their operation."""
        return self._of(CaseOutcome.DECLINED)

    @property
    def unsupported(self) -> tuple[CaseResult, ...]:
        """The cases whose operation the implementation does not take."""
        return self._of(CaseOutcome.UNSUPPORTED)

    @property
    def verdict(self) -> Verdict:
        """``conforms`` where everything demanded does, and some required case was passed."""
        found = {area.area: area.verdict for area in self.by_area()}
        found |= {f"{each.area}/{each.operation}": each.verdict for area in self.by_area() for each in area.operations}
        if not self.demanded:
            return Verdict.NOTHING_DEMANDED
        verdict = verdict_of(found.get(name, Verdict.UNSUPPORTED) for name in self.demanded)
        proved = any(result.counts for result in self.passed)
        return verdict if verdict is Verdict.FAILS or (verdict is Verdict.CONFORMS and proved) else Verdict.PARTIAL

    @property
    def conforms(self) -> bool:
        """Whether something was demanded, and all of it conforms."""
        return self.verdict is Verdict.CONFORMS

    def _of(self, outcome: CaseOutcome) -> tuple[CaseResult, ...]:
        return tuple(result for result in self.results if result.outcome is outcome)

    def by_area(self) -> tuple[AreaResult, ...]:
        """Return the counts of each area and of its operations."""
        return by_operation(self.results, self.not_asked)

    def by_rule(self) -> tuple[RuleResult, ...]:
        """Return the counts of each rule, a case counting for every rule that it proves: the coverage of the law."""
        return by_rule(self.results)

    @property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of all that the report says."""
        return digest(self._said())

    def to_dict(self) -> dict[str, Any]:
        """Return the report in JSON types, a document of the schema ``conformance-report``, with its digest."""
        said = self._said()
        return {**said, "digest": digest(said)}

    def _said(self) -> dict[str, Any]:
        profile = self.profile
        return {
            "schema_version": SCHEMA_VERSION,
            "suite": {"version": self.suite, "digest": self.suite_digest},
            "tables_digest": self.tables_digest,
            "library": _software(self.library),
            "made_at": None if self.made_at is None else self.made_at.isoformat(),
            "seed": self.seed,
            "implementation": _software(self.implementation),
            "profile": None if profile is None else attrs.asdict(profile),
            "demanded": list(self.demanded),
            "verdict": self.verdict.value,
            "areas": [_area(area) for area in self.by_area()],
            "cases": [_plain(result) for result in self.results],
        }

    @classmethod
    def from_dict(cls, document: Any, *, source: str | None = None) -> Report:
        """Return the report that :meth:`to_dict` wrote, in whatever runner.

        Raises:
            InvalidDocumentError: the document is something else, was changed since, or its sums are not those of its
                cases.
        """
        if not isinstance(document, Mapping):
            raise _problem("$", "schema/type", vi="cần một báo cáo", en="expected a report", source=source)
        ensure_valid(document, "conformance-report", source=source)
        valid = cast("Mapping[str, Any]", document)
        if valid["digest"] != digest({key: value for key, value in valid.items() if key != "digest"}):
            vi, en = "báo cáo đã bị thay đổi sau khi lập", "the report was changed after it was made"
            raise _problem("$.digest", "report/digest", vi=vi, en=en, source=source)
        report = cls(
            suite=valid["suite"]["version"],
            suite_digest=valid["suite"]["digest"],
            tables_digest=valid["tables_digest"],
            library=Software(**valid["library"]),
            made_at=None if valid["made_at"] is None else parse_moment(valid["made_at"]),
            seed=valid["seed"],
            implementation=Software(**valid["implementation"]),
            profile=None if valid["profile"] is None else ProfileName(**valid["profile"]),
            demanded=valid["demanded"],
            not_asked=FrozenMap(
                {
                    f"{area['name']}/{each['name']}": each.get("not_asked", 0)
                    for area in valid["areas"]
                    for each in area["operations"]
                }
            ),
            results=tuple(_result(raw) for raw in valid["cases"]),
        )
        for key, value in (("areas", [_area(area) for area in report.by_area()]), ("verdict", report.verdict.value)):
            if digest(value) != digest(valid[key]):
                vi, en = "không khớp với kết quả từng ca", "this does not follow from the cases"
                raise _problem(f"$.{key}", "report/sums", vi=vi, en=en, source=source)
        return report


def _problem(path: str, rule: str, *, vi: str, en: str, source: str | None) -> InvalidDocumentError:
    return InvalidDocumentError(problems=(Problem.at(path, rule, vi=vi, en=en),), source=source)


def _software(of: Software) -> dict[str, str]:
    return {key: value for key, value in attrs.asdict(of).items() if value is not None}


def _area(area: AreaResult) -> dict[str, Any]:
    return {
        "name": area.area,
        "verdict": area.verdict.value,
        "operations": [
            {
                "name": each.operation,
                "verdict": each.verdict.value,
                "required": attrs.asdict(each.required),
                "recommended": attrs.asdict(each.recommended),
                **({"not_asked": each.not_asked} if each.not_asked else {}),
            }
            for each in area.operations
        ],
    }


def _result(raw: Mapping[str, Any]) -> CaseResult:
    fields: dict[str, Any] = {key: value for key, value in raw.items() if key not in {"id", "reason", "disputed"}}
    reason = words(raw["reason"]) if "reason" in raw else None
    return CaseResult(case=raw["id"], reason=reason, disputed=dispute(raw.get("disputed")), **fields)


def _both(of: Text) -> dict[str, str]:
    return {"vi": of.vi, "en": of.en}


def _plain_json(value: Any) -> Any:
    """Return *value* as :mod:`json` writes it; a fraction is one that a float holds, see :func:`kept`."""
    if isinstance(value, Mapping):
        members = cast("Mapping[str, Any]", value)
        return {key: _plain_json(each) for key, each in members.items()}
    if isinstance(value, tuple):
        return [_plain_json(each) for each in cast("list[Any]", value)]
    return float(value) if isinstance(value, Decimal) else value


def _plain(result: CaseResult) -> dict[str, Any]:
    plain: dict[str, Any] = {
        "id": result.case,
        "area": result.area,
        "operation": result.operation,
        "level": result.level.value,
        "outcome": result.outcome.value,
        "rules": list(result.rules),
        "basis": list(result.basis),
        "description": result.description,
    }
    if result.input is not None:
        plain["input"] = _plain_json(result.input)
        right = {"expected": _plain_json(result.expected)} if result.refused is None else {"refused": result.refused}
        plain |= right
    if result.answered:
        plain["got"] = _plain_json(result.got)
    rest = {
        "got_refused": result.got_refused,
        "reason": None if result.reason is None else _both(result.reason),
        "fault": result.fault,
        "milliseconds": result.milliseconds,
        "disputed": None
        if result.disputed is None
        else {"since": result.disputed.since.isoformat(), "why": _both(result.disputed.why)},
    }
    return plain | {key: value for key, value in rest.items() if value is not None}
