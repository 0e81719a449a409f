"""The suite as values: cases, areas, whether a case binds, and what is tested. None of them can change."""

from __future__ import annotations

import contextlib
import enum
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core._public import gated
from onestop_core.conformance.fields import code, members, text, texts
from onestop_core.conformance.wire import digest
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import FrozenMap, freeze
from onestop_core.rules.reading.documents import inspect, is_plain
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["ANY_REFUSAL", "Area", "Case", "CaseLevel", "CaseOutcome", "Dispute", "Refusal", "Software", "Suite"]

ANY_REFUSAL: Final = "any"
"""What a case names as its refusal where any will do."""


class CaseLevel(enum.StrEnum):
    """Whether an implementation that answers otherwise still conforms."""

    REQUIRED = "required"
    """Law that was read, or an act of an official system."""
    RECOMMENDED = "recommended"
    """A matter of choice or of weaker evidence; :attr:`Case.why` says which. Reported, and not demanded."""


class CaseOutcome(enum.StrEnum):
    """What became of a case."""

    PASSED = "passed"
    FAILED = "failed"
    DECLINED = "declined"
    """The implementation takes the operation, but not this question of it."""
    UNSUPPORTED = "unsupported"
    """The implementation does not take the operation at all."""


def _json(value: Any, what: str) -> Any:
    with contextlib.suppress(Exception):  # whatever it does when it is looked at
        if is_plain(value) or not inspect(value):
            return freeze(value)
    raise InvalidValueError.of(what, value, vi="giá trị JSON", en="a value of JSON types")


def _object(value: Any, what: str) -> FrozenMap[str, Any]:
    frozen = _json(value, what)
    if not isinstance(frozen, FrozenMap):
        raise InvalidValueError.of(what, value, vi="tham số theo tên", en="arguments by name")
    return cast("FrozenMap[str, Any]", frozen)


def _rules(value: Any, what: str) -> FrozenMap[str, Text]:
    with contextlib.suppress(Exception):  # whatever it does when it is looked at
        rules = FrozenMap(dict(value))
        if all(isinstance(key, str) and isinstance(each, Text) for key, each in rules.items()):
            return rules
    raise InvalidValueError.of(what, value, vi="nội dung theo mã quy tắc", en="texts by the code of a rule")


def _areas(value: Any, what: str) -> tuple[Area, ...]:
    return members(what, Area, value)


def _cases(value: Any, what: str) -> tuple[Case, ...]:
    return members(what, Case, value)


def _level(value: CaseLevel | str) -> CaseLevel:
    return code("level", CaseLevel, value)


class Refusal(Exception):  # noqa: N818 - it answers a question, nothing went wrong
    """Says that an input cannot be answered, and why.

    >>> raise Refusal("calendar-coverage")
    Traceback (most recent call last):
    onestop_core.conformance.Refusal: calendar-coverage

    Raises:
        InvalidValueError: the code is no text.
    """

    def __init__(self, code: str) -> None:
        if type(cast("object", code)) is not str:
            raise InvalidValueError.of("code", code, vi="chuỗi", en="text")
        super().__init__(code)
        self.code = code


@attrs.frozen(kw_only=True)
class Dispute:
    """An expectation that is being disputed: the case is asked and reported, and counts neither for nor against."""

    since: date
    why: Text


@attrs.frozen(kw_only=True, field_transformer=gated({str: text}))
class Software:
    """What is tested, or what tests, as it tells of itself.

    >>> str(Software(name="mine", version="2.3"))
    'mine 2.3'
    """

    name: str
    version: str | None = None
    build: str | None = None
    """Which build of the version."""
    tables: str | None = None
    """Which release of the law tables it works with."""
    command: str | None = attrs.field(default=None, repr=False)
    """How it was started."""

    def __str__(self) -> str:
        return self.name if self.version is None else f"{self.name} {self.version}"


@attrs.frozen(
    kw_only=True, field_transformer=gated({str: text, tuple[str, ...]: texts, FrozenMap[str, Any]: _object, Any: _json})
)
class Case:
    """One question with the one right answer.

    >>> from onestop_core import conformance
    >>> case = conformance.suite()["workdays/tet-2026.add-1-from-eve"]
    >>> case
    Case(id='workdays/tet-2026.add-1-from-eve', operation='add_workdays', level=<CaseLevel.REQUIRED: 'required'>)
    >>> dict(case.input), case.expected
    ({'date': '2026-02-13', 'n': 1}, '2026-02-23')
    """

    id: str
    """Area, topic and name: ``workdays/tet-2026.add-1-from-eve``. Never changes."""
    area: str = attrs.field(repr=False)
    operation: str
    """The method that is asked; its ``input`` and answer are defined in ``schemas/conformance-case``."""
    description: str = attrs.field(repr=False)
    input: FrozenMap[str, Any] = attrs.field(repr=False)
    """Keyword arguments of the method, in JSON types that cannot change; :func:`~onestop_core.model.thaw` copies them."""
    expected: Any = attrs.field(  # pyright: ignore[reportUnknownVariableType] - it is of any JSON type
        default=None, repr=False
    )
    """The answer in JSON types; members of an object that it does not name are not compared."""
    refused: str | None = attrs.field(default=None, repr=False)
    """Code of the refusal, where the input cannot be answered; ``any`` where every refusal is right."""
    rules: tuple[str, ...] = attrs.field(repr=False)
    """What the case proves; the codes of its area in the suite."""
    basis: tuple[str, ...] = attrs.field(repr=False)
    """Its legal grounds in words, with the firmness of their evidence."""
    level: CaseLevel = attrs.field(converter=_level)
    why: str | None = attrs.field(default=None, repr=False)
    """Why it is recommended only."""
    disputed: Dispute | None = attrs.field(default=None, repr=False)
    """Set while its expectation is disputed."""

    @property
    def counts(self) -> bool:
        """Whether a verdict depends on it: it is required, and nobody disputes it."""
        return self.level is CaseLevel.REQUIRED and self.disputed is None

    @property
    def question(self) -> dict[str, Any]:
        """What is asked and what is right, as a digest binds it: id, operation, input, and ``expected`` or ``refused``."""
        right = {"expected": self.expected} if self.refused is None else {"refused": self.refused}
        return {"id": self.id, "operation": self.operation, "input": self.input, **right}


@attrs.frozen(kw_only=True, field_transformer=gated({str: text, tuple[str, ...]: texts, FrozenMap[str, Text]: _rules}))
class Area:
    """A field of the law that an implementation may cover."""

    name: str
    title: Text = attrs.field(repr=False)
    operations: tuple[str, ...] = attrs.field(repr=False)
    rules: FrozenMap[str, Text] = attrs.field(repr=False)
    """What its cases prove, by the code of the rule."""


@attrs.frozen(kw_only=True, field_transformer=gated({str: text, tuple[Area, ...]: _areas, tuple[Case, ...]: _cases}))
class Suite:
    """A version of the whole suite; ``suite[id]`` is a case.

    >>> from onestop_core import conformance
    >>> [area.name for area in conformance.suite().areas][:3]
    ['workdays', 'time-limits', 'deadlines']
    """

    version: str
    areas: tuple[Area, ...]
    cases: tuple[Case, ...]

    @cached_property
    def digest(self) -> str:
        """SHA-256 over the canonical JSON of the version and of all cases, in the order of their ids.

        >>> from onestop_core import conformance
        >>> conformance.suite().digest[:7]
        'sha256:'
        """
        cases = [
            {**case.question, "area": case.area, "level": case.level.value}
            for case in sorted(self.cases, key=lambda case: case.id)
        ]
        return digest({"version": self.version, "cases": cases})

    def __getitem__(self, case_id: str) -> Case:
        """Return the case of that id.

        Raises:
            UnknownCodeError: there is none.
        """
        if isinstance(cast("object", case_id), str):
            wanted = text(case_id, "case_id")
            for case in self.cases:
                if case.id == wanted:
                    return case
        kind = Text(vi="ca kiểm thử", en="conformance case")
        raise UnknownCodeError.among(kind, case_id, (case.id for case in self.cases))

    def proving(self, rules: Iterable[str]) -> tuple[Case, ...]:
        """Return the cases that prove one of *rules*, each written ``make-up`` or ``workdays/make-up``.

        >>> from onestop_core import conformance
        >>> {case.area for case in conformance.suite().proving(["workdays/make-up"])}
        {'workdays'}

        Raises:
            UnknownCodeError: there is no such rule.
            InvalidValueError: no names of rules.
        """
        places = {f"{area.name}/{rule}": rule for area in self.areas for rule in area.rules}
        wanted: set[str] = set()
        for name in members("rules", str, rules):
            found = {place for place, rule in places.items() if name in {place, rule}}
            if not found:
                known = (*places.values(), *places)
                raise UnknownCodeError.among(Text(vi="quy tắc kiểm thử", en="conformance rule"), name, known)
            wanted |= found
        return tuple(case for case in self.cases if not wanted.isdisjoint(f"{case.area}/{rule}" for rule in case.rules))

    def of(self, areas: Iterable[str] | None) -> tuple[Case, ...]:
        """Return the cases of *areas*, of all areas when that is None.

        Raises:
            UnknownCodeError: there is no such area.
            InvalidValueError: no names of areas; one name alone is written ``["workdays"]``.
        """
        if areas is None:
            return self.cases
        known, wanted = [area.name for area in self.areas], set(members("areas", str, areas))
        for name in sorted(wanted.difference(known)):
            raise UnknownCodeError.among(Text(vi="lĩnh vực kiểm thử", en="conformance area"), name, known)
        return tuple(case for case in self.cases if case.area in wanted)
