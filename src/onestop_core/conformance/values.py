"""The suite as values: cases, areas, and whether a case binds. None of them can change."""

from __future__ import annotations

import contextlib
import enum
from typing import TYPE_CHECKING, Any, cast

import attrs

from onestop_core._public import gated
from onestop_core.conformance.fields import code, members, text, texts
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import FrozenMap, freeze
from onestop_core.rules.reading.documents import inspect, is_plain
from onestop_core.text import Text

if TYPE_CHECKING:
    from collections.abc import Iterable

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
    """Code of the refusal, where the input cannot be answered."""
    rules: tuple[str, ...] = attrs.field(repr=False)
    """What the case proves; the codes of its area in the suite."""
    basis: tuple[str, ...] = attrs.field(repr=False)
    """Its legal grounds in words, with the firmness of their evidence."""
    level: CaseLevel = attrs.field(converter=_level)
    why: str | None = attrs.field(default=None, repr=False)
    """Why it is optional."""


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
