"""The suite as values: cases, areas, and whether a case binds. None of them can change."""

from __future__ import annotations

import contextlib
import enum
from typing import TYPE_CHECKING, Any, cast

import attrs

from onestop_core.conformance.fields import (
    code,
    is_reason,
    is_text,
    is_texts,
    members,
    text,
    text_or_none,
    texts,
)
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import FrozenMap, freeze
from onestop_core.rules.reading.documents import inspect, is_plain
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ["Area", "Case", "CaseLevel", "CaseOutcome", "Suite"]


class CaseLevel(enum.StrEnum):
    """Whether an implementation that answers otherwise still conforms."""

    REQUIRED = "required"
    OPTIONAL = "optional"
    """A matter of choice or of weak evidence; :attr:`Case.why` says which."""


class CaseOutcome(enum.StrEnum):
    """What became of a case."""

    PASSED = "passed"
    FAILED = "failed"
    UNSUPPORTED = "unsupported"


def _json(what: str, value: Any) -> Any:
    with contextlib.suppress(Exception):  # whatever it does when it is looked at
        if is_plain(value) or not inspect(value):
            return freeze(value)
    raise InvalidValueError.of(what, value, vi="giá trị JSON", en="a value of JSON types")


def _object(value: Any) -> FrozenMap[str, Any]:
    frozen = _json("input", value)
    if not isinstance(frozen, FrozenMap):
        raise InvalidValueError.of("input", value, vi="tham số theo tên", en="arguments by name")
    return cast("FrozenMap[str, Any]", frozen)


def _rules(value: Mapping[str, Text]) -> FrozenMap[str, Text]:
    with contextlib.suppress(Exception):  # whatever it does when it is looked at
        rules = FrozenMap(dict(value))
        if _all_words(cast("FrozenMap[object, object]", rules)):
            return rules
    raise InvalidValueError.of("rules", value, vi="nội dung theo mã quy tắc", en="texts by the code of a rule")


def _all_words(rules: FrozenMap[object, object]) -> bool:
    return all(isinstance(key, str) and isinstance(each, Text) for key, each in rules.items())


def _areas(value: Iterable[Area]) -> tuple[Area, ...]:
    return members("areas", Area, value)


def _cases(value: Iterable[Case]) -> tuple[Case, ...]:
    return members("cases", Case, value)


def _level(value: CaseLevel | str) -> CaseLevel:
    return code("level", CaseLevel, value)


def _answer(value: object) -> object:
    return _json("expected", value)


@attrs.frozen(kw_only=True)
class Case:
    """One question with the one right answer.

    >>> from onestop_core import conformance
    >>> case = conformance.suite()["workdays/tet-2026.add-1-from-eve"]
    >>> case
    Case(id='workdays/tet-2026.add-1-from-eve', operation='add_workdays', level=<CaseLevel.REQUIRED: 'required'>)
    >>> dict(case.input), case.expected
    ({'date': '2026-02-13', 'n': 1}, '2026-02-23')
    """

    id: str = attrs.field(converter=text, validator=is_text)
    """Area, topic and name: ``workdays/tet-2026.add-1-from-eve``. Never changes."""
    area: str = attrs.field(converter=text, validator=is_text, repr=False)
    operation: str = attrs.field(converter=text, validator=is_text)
    """The method that is asked; its ``input`` and answer are defined in ``schemas/conformance-case``."""
    description: str = attrs.field(converter=text, validator=is_text, repr=False)
    input: FrozenMap[str, Any] = attrs.field(converter=_object, repr=False)
    """Keyword arguments of the method, in JSON types that cannot change; :func:`~onestop_core.model.thaw` copies them."""
    expected: Any = attrs.field(  # pyright: ignore[reportUnknownVariableType] - it is of any JSON type
        default=None, converter=_answer, repr=False
    )
    """The answer in JSON types; members of an object that it does not name are not compared."""
    refused: str | None = attrs.field(default=None, converter=text_or_none, validator=is_text, repr=False)
    """Code of the refusal, where the input cannot be answered."""
    rules: tuple[str, ...] = attrs.field(converter=texts, validator=is_texts, repr=False)
    """What the case proves; the codes of its area in the suite."""
    basis: tuple[str, ...] = attrs.field(converter=texts, validator=is_texts, repr=False)
    """Its legal grounds in words, with the firmness of their evidence."""
    level: CaseLevel = attrs.field(converter=_level)
    why: str | None = attrs.field(default=None, converter=text_or_none, validator=is_text, repr=False)
    """Why it is optional."""


@attrs.frozen(kw_only=True)
class Area:
    """A field of the law that an implementation may cover."""

    name: str = attrs.field(converter=text, validator=is_text)
    title: Text = attrs.field(validator=is_reason, repr=False)
    operations: tuple[str, ...] = attrs.field(converter=texts, validator=is_texts, repr=False)
    rules: FrozenMap[str, Text] = attrs.field(converter=_rules, repr=False)
    """What its cases prove, by the code of the rule."""


@attrs.frozen(kw_only=True)
class Suite:
    """A version of the whole suite; ``suite[id]`` is a case.

    >>> from onestop_core import conformance
    >>> [area.name for area in conformance.suite().areas][:3]
    ['workdays', 'time-limits', 'deadlines']
    """

    version: str = attrs.field(converter=text, validator=is_text)
    areas: tuple[Area, ...] = attrs.field(converter=_areas)
    cases: tuple[Case, ...] = attrs.field(converter=_cases)

    def __getitem__(self, case_id: str) -> Case:
        """Return the case of that id.

        Raises:
            UnknownCodeError: there is none.
        """
        wanted = text(case_id)
        if isinstance(cast("object", wanted), str):
            for case in self.cases:
                if case.id == wanted:
                    return case
        kind = Text(vi="ca kiểm thử", en="conformance case")
        raise UnknownCodeError.among(kind, case_id, (case.id for case in self.cases))

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
