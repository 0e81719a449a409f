"""What became of each case, and what follows from it: counts, and the verdict on each operation and area."""

from __future__ import annotations

import contextlib
import enum
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core._public import Gate, gated
from onestop_core.conformance.fields import code, count, members, text, texts
from onestop_core.conformance.matching import brief
from onestop_core.conformance.values import CaseLevel, CaseOutcome, Dispute
from onestop_core.conformance.wire import json_text
from onestop_core.errors import InvalidValueError
from onestop_core.model import FrozenMap, freeze
from onestop_core.rules.reading.documents import inspect, parse_json
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = [
    "FAULTS",
    "FIELDS",
    "AreaResult",
    "CaseResult",
    "Counts",
    "OperationResult",
    "RuleResult",
    "Verdict",
    "by_operation",
    "by_rule",
    "kept",
    "verdict_of",
]

FAULTS: Final = ("crash", "timeout", "nonsense", "error")
"""What an implementation may do instead of answering; ``error`` is what it tells of itself."""
_LONGEST_ANSWER: Final = 4_000
"""Most characters of a wrong answer that a report keeps as it came."""
_LONGEST_QUESTION: Final = 10_000_000


class Verdict(enum.StrEnum):
    """What follows for an operation, an area or the whole of a run."""

    CONFORMS = "conforms"
    """Every required case passed."""
    FAILS = "fails"
    """A required case failed."""
    PARTIAL = "partial"
    """None failed, but some were declined or not asked, or a part is unsupported."""
    UNSUPPORTED = "unsupported"
    """Not claimed at all."""
    NOTHING_DEMANDED = "nothing-demanded"
    """Of a whole run only: there was nothing that had to conform."""


def kept(answer: Any, *, longest: int = _LONGEST_ANSWER) -> Any:
    """Return *answer* as a report keeps it: in JSON types that cannot change; what is none, or too long, as a text.

    >>> kept([1.5, {"a": 1}])
    (Decimal('1.5'), FrozenMap({'a': 1}))
    """
    with contextlib.suppress(Exception):  # whatever it does when it is looked at
        if not inspect(answer) and len(text := json_text(answer)) <= longest:
            return _exact(freeze(parse_json(text)))  # what can be read again
    try:
        return brief(answer)
    except Exception:  # noqa: BLE001 - it cannot even be shown
        return "?"


def _exact(value: Any) -> Any:
    """Return *value* with fractions of as many digits as every reader of JSON keeps."""
    if isinstance(value, Decimal):
        return Decimal(repr(float(value)))
    if isinstance(value, tuple):
        return tuple(map(_exact, cast("list[Any]", value)))
    if isinstance(value, FrozenMap):
        return FrozenMap({key: _exact(each) for key, each in cast("FrozenMap[str, Any]", value).items()})
    return value


def _level(value: CaseLevel | str) -> CaseLevel:
    return code("level", CaseLevel, value)


def _outcome(value: CaseOutcome | str) -> CaseOutcome:
    return code("outcome", CaseOutcome, value)


def _is_fault(_: object, field: attrs.Attribute[Any], value: str | None) -> None:
    if value is not None and value not in FAULTS:
        raise InvalidValueError.one_of(field.name, value, FAULTS)


def _json(value: Any, what: str) -> Any:
    del what
    return kept(value, longest=_LONGEST_QUESTION)


def _input(value: Any, what: str) -> FrozenMap[str, Any]:
    frozen = _json(value, what)
    if not isinstance(frozen, FrozenMap):
        raise InvalidValueError.of(what, value, vi="tham số theo tên", en="arguments by name")
    return cast("FrozenMap[str, Any]", frozen)


FIELDS: Final[dict[Any, Gate]] = {str: text, tuple[str, ...]: texts, int: count}


@attrs.frozen(kw_only=True, field_transformer=gated({**FIELDS, Any: _json, FrozenMap[str, Any]: _input}))
class CaseResult:
    """What became of one case. Question and answer stand only where it did not pass."""

    case: str
    """Id of the case."""
    area: str = attrs.field(repr=False)
    operation: str = attrs.field(default="", repr=False)
    level: CaseLevel = attrs.field(converter=_level)
    outcome: CaseOutcome = attrs.field(converter=_outcome)
    rules: tuple[str, ...] = attrs.field(default=(), repr=False)
    """What the case proves."""
    basis: tuple[str, ...] = attrs.field(default=(), repr=False)
    """Its legal grounds in words, with the firmness of their evidence."""
    description: str = attrs.field(default="", repr=False)
    input: FrozenMap[str, Any] | None = attrs.field(default=None, repr=False)
    """What was asked; None where the case passed."""
    expected: Any = attrs.field(default=None, repr=False)  # pyright: ignore[reportUnknownVariableType]
    """The answer that was expected, unless :attr:`refused` is set."""
    refused: str | None = attrs.field(default=None, repr=False)
    """Code of the refusal that was expected."""
    got: Any = attrs.field(default=None, repr=False)  # pyright: ignore[reportUnknownVariableType]
    """The answer that came, where there was one; a long one cut."""
    got_refused: str | None = attrs.field(default=None, repr=False)
    """Code of the refusal that came."""
    reason: Text | None = attrs.field(default=None, repr=False)
    """Where the answer is wrong, or what the implementation did instead of answering."""
    fault: str | None = attrs.field(default=None, validator=_is_fault)
    """``crash``, ``timeout``, ``nonsense`` or ``error``, where no answer came that could be judged."""
    milliseconds: int | None = attrs.field(default=None, eq=False, repr=False)
    """How long the answer took, of a program that was asked."""
    disputed: Dispute | None = attrs.field(default=None, repr=False)
    """Set where the case counts neither for nor against."""

    @property
    def counts(self) -> bool:
        """Whether a verdict depends on it: it is required, and nobody disputes it."""
        return self.level is CaseLevel.REQUIRED and self.disputed is None

    @property
    def answered(self) -> bool:
        """Whether ``got`` is an answer that came, and was wrong."""
        return self.outcome is CaseOutcome.FAILED and self.fault is None and self.got_refused is None


@attrs.frozen(kw_only=True, field_transformer=gated(FIELDS))
class Counts:
    """How many cases of a level came out how."""

    passed: int = 0
    failed: int = 0
    declined: int = 0
    unsupported: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.passed + self.failed + self.declined + self.unsupported

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            passed=self.passed + other.passed,
            failed=self.failed + other.failed,
            declined=self.declined + other.declined,
            unsupported=self.unsupported + other.unsupported,
        )


NONE: Final = Counts()


@attrs.frozen(kw_only=True, field_transformer=gated(FIELDS))
class OperationResult:
    """The cases of one operation, counted. Disputed ones are not."""

    area: str
    operation: str
    required: Counts = NONE
    recommended: Counts = NONE
    not_asked: int = 0
    """Required cases of the suite that were not asked."""

    @property
    def verdict(self) -> Verdict:
        """``conforms``, ``fails``, ``partial`` or ``unsupported``; only required cases decide."""
        asked = self.required if self.required.total else self.recommended
        if self.required.failed:
            return Verdict.FAILS
        if asked.total and asked.unsupported == asked.total:
            return Verdict.UNSUPPORTED
        missing = self.required.declined + self.required.unsupported + self.not_asked
        return Verdict.PARTIAL if missing else Verdict.CONFORMS


def _operations(value: Any, what: str) -> tuple[OperationResult, ...]:
    return members(what, OperationResult, value)


@attrs.frozen(kw_only=True, field_transformer=gated(FIELDS | {tuple[OperationResult, ...]: _operations}))
class AreaResult:
    """The operations of one area, counted."""

    area: str
    operations: tuple[OperationResult, ...] = attrs.field(repr=False)

    @property
    def required(self) -> Counts:
        """Its required cases."""
        return sum((each.required for each in self.operations), NONE)

    @property
    def recommended(self) -> Counts:
        """Its recommended cases."""
        return sum((each.recommended for each in self.operations), NONE)

    @property
    def not_asked(self) -> int:
        """Required cases of the suite that were not asked."""
        return sum(each.not_asked for each in self.operations)

    @property
    def verdict(self) -> Verdict:
        """``conforms`` only if all its operations do, ``fails`` if one fails, ``unsupported`` if all are."""
        return verdict_of(each.verdict for each in self.operations)


@attrs.frozen(kw_only=True, field_transformer=gated(FIELDS))
class RuleResult:
    """The cases of one rule, counted: a case counts for every rule that it proves."""

    area: str
    rule: str
    required: Counts = NONE
    recommended: Counts = NONE


def verdict_of(parts: Iterable[Verdict]) -> Verdict:
    """Return the verdict on what has these *parts*."""
    found = set(parts)
    if Verdict.FAILS in found:
        return Verdict.FAILS
    return found.pop() if len(found) == 1 else Verdict.PARTIAL


def by_operation(results: Iterable[CaseResult], not_asked: FrozenMap[str, int]) -> tuple[AreaResult, ...]:
    """Return the counts of each area; *not_asked* has every operation as ``area/operation``, in their order."""
    required, recommended = _counted((f"{each.area}/{each.operation}", each) for each in results)
    areas: dict[str, list[OperationResult]] = {}
    for name, missing in not_asked.items():
        area, _, operation = name.partition("/")
        areas.setdefault(area, []).append(
            OperationResult(
                area=area,
                operation=operation,
                required=required.get(name, NONE),
                recommended=recommended.get(name, NONE),
                not_asked=missing,
            )
        )
    return tuple(AreaResult(area=area, operations=tuple(operations)) for area, operations in areas.items())


def by_rule(results: Iterable[CaseResult]) -> tuple[RuleResult, ...]:
    """Return the counts of each rule, in the order in which they come."""
    required, recommended = _counted(((each.area, rule), each) for each in results for rule in each.rules)
    return tuple(
        RuleResult(area=area, rule=rule, required=required[area, rule], recommended=recommended[area, rule])
        for area, rule in required
    )


def _counted(rows: Iterable[tuple[Any, CaseResult]]) -> tuple[dict[Any, Counts], dict[Any, Counts]]:
    found: dict[Any, tuple[dict[str, int], dict[str, int]]] = {}
    for key, result in rows:
        cells = found.setdefault(key, ({}, {}))
        if result.disputed is None:
            cell = cells[0 if result.level is CaseLevel.REQUIRED else 1]
            cell[result.outcome.value] = cell.get(result.outcome.value, 0) + 1
    return (
        {key: Counts(**cells[0]) for key, cells in found.items()},
        {key: Counts(**cells[1]) for key, cells in found.items()},
    )
