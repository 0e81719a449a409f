"""Documents from outside that do not hold."""

from __future__ import annotations

from typing import ClassVar

import attrs

from onestop_core.errors.base import OnestopError
from onestop_core.errors.problem import Problem
from onestop_core.text import Language, Text

__all__ = ["InvalidDocumentError", "UnsupportedSchemaVersionError"]


@attrs.frozen(kw_only=True, slots=False)
class InvalidDocumentError(OnestopError, ValueError):
    """A document from outside does not hold to its schema or rules; all its problems at once."""

    code: ClassVar[str] = "invalid-document"

    problems: tuple[Problem, ...]
    """Every finding, in the order of the document."""
    source: str | None = None
    """File or other origin, if known."""

    @property
    def message(self) -> Text:
        """How many problems, and the first few of them."""
        shown = 5
        more = len(self.problems) - shown
        name = self.source or ""

        def lines(language: Language) -> str:
            rest = {"vi": f"\n  … và {more} lỗi khác", "en": f"\n  … and {more} more"}[language] if more > 0 else ""
            return "".join(f"\n  {p.path}: {p.text.in_(language)}" for p in self.problems[:shown]) + rest

        return Text(
            vi=f"tài liệu {name} không hợp lệ ({len(self.problems)} lỗi):{lines('vi')}".replace("  không", " không"),
            en=f"invalid document {name} ({len(self.problems)} problems):{lines('en')}".replace("  (", " ("),
        )


@attrs.frozen(kw_only=True, slots=False)
class UnsupportedSchemaVersionError(InvalidDocumentError):
    """A document says it is written for a schema version that this library does not read."""

    code: ClassVar[str] = "unsupported-schema-version"

    found: str
    supported: tuple[str, ...]

    @property
    def message(self) -> Text:
        """The version found and those that can be read."""
        known = ", ".join(self.supported)
        return Text(
            vi=f"phiên bản lược đồ {self.found} chưa được hỗ trợ; đọc được: {known}",
            en=f"schema version {self.found} is not supported; can be read: {known}",
        )
