"""Documents from outside that do not hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

import attrs

from onestop_core._public import gated
from onestop_core.errors.base import OnestopError
from onestop_core.errors.fields import field_gates, items
from onestop_core.errors.problem import Problem
from onestop_core.errors.saying import echoed, echoed_file, said
from onestop_core.text import Text
from onestop_core.text.words import refuse

if TYPE_CHECKING:
    from onestop_core.text import Language

__all__ = ["InvalidDocumentError", "UnsupportedSchemaVersionError"]

_SHOWN: Final = 5
"""Problems that a message lists; all are in the field."""


def _problems(value: object, what: str) -> tuple[Problem, ...]:
    found = items(value, what)
    if not all(isinstance(each, Problem) for each in found):
        refuse(what, value, vi="các Problem", en="problems")
    return tuple(found)


_FIELDS: Final = gated(field_gates() | {tuple[Problem, ...]: _problems})


@attrs.frozen(kw_only=True, slots=False, field_transformer=_FIELDS)
class InvalidDocumentError(OnestopError, ValueError):
    """A document from outside does not hold to its schema or rules; all its problems at once."""

    code: ClassVar[str] = "invalid-document"
    title: ClassVar[Text] = Text(vi="Tài liệu không hợp lệ", en="An invalid document")
    http_status: ClassVar[int] = 422

    problems: tuple[Problem, ...]
    """Every finding, in the order of the document."""
    source: str | None = None
    """File or other origin, if known."""

    @property
    def message(self) -> Text:
        """How many problems, and the first few of them."""
        number = len(self.problems)
        more = number - _SHOWN
        name = "" if self.source is None else f" {echoed_file(self.source)}"

        def lines(language: Language) -> str:
            rest = {"vi": f"\n  … và {more} lỗi khác", "en": f"\n  … and {more} more"}[language] if more > 0 else ""
            return "".join(f"\n  {p.path}: {p.text.in_(language)}" for p in self.problems[:_SHOWN]) + rest

        return said(
            vi=f"tài liệu{name} không hợp lệ ({number} lỗi):{lines('vi')}",
            en=f"invalid document{name} ({number} problems):{lines('en')}",
        )


@attrs.frozen(kw_only=True, slots=False, field_transformer=_FIELDS)
class UnsupportedSchemaVersionError(InvalidDocumentError):
    """A document says it is written for a schema version that this library does not read."""

    code: ClassVar[str] = "unsupported-schema-version"
    title: ClassVar[Text] = Text(vi="Phiên bản lược đồ không đọc được", en="A schema version that cannot be read")
    http_status: ClassVar[int] = 422

    found: str
    supported: tuple[str, ...]

    @property
    def message(self) -> Text:
        """The version found and those that can be read."""
        known = ", ".join(self.supported)
        return said(
            vi=f"phiên bản lược đồ {echoed(self.found)} chưa được hỗ trợ; đọc được: {known}",
            en=f"schema version {echoed(self.found)} is not supported; can be read: {known}",
        )
