"""One finding about a document: the form in which everything that is wrong is reported."""

from __future__ import annotations

import enum

import attrs

from onestop_core.text import Language, Text

__all__ = ["Problem", "Severity"]


class Severity(enum.StrEnum):
    """How much a finding matters."""

    ERROR = "error"
    """The document must not be used."""
    WARNING = "warning"
    """The document can be used; something in it is probably wrong."""
    NOTE = "note"
    """Worth knowing, for example that a fact rests on unconfirmed evidence."""


@attrs.frozen(kw_only=True)
class Problem:
    """One finding about a document: where, which rule, how serious, what and why.

    >>> problem = Problem(path="$.procedures[3].code", rule="schema/pattern",
    ...     text=Text(vi="sai dạng mã", en="not a procedure code"))
    >>> problem.message, problem.severity
    ('not a procedure code', <Severity.ERROR: 'error'>)
    >>> problem.to_dict(language="vi")["message"]
    'sai dạng mã'
    """

    path: str
    """JSON path of the place, such as ``$.procedures[3].code``."""
    rule: str
    """Stable identifier of the rule that fired, such as ``schema/required``."""
    text: Text
    """What is wrong and what was expected, in both languages."""
    severity: Severity = Severity.ERROR
    basis: Text | None = None
    """The legal ground of the rule, where there is one."""
    hint: Text | None = None
    """What probably was meant, or how to mend it."""

    @property
    def message(self) -> str:
        """The text in English."""
        return self.text.en

    def to_dict(self, *, language: Language = "en") -> dict[str, str | None]:
        """Return the finding as a JSON-ready mapping, its words in *language*."""
        return {
            "path": self.path,
            "rule": self.rule,
            "severity": self.severity.value,
            "message": self.text.in_(language),
            "basis": self.basis.in_(language) if self.basis else None,
            "hint": self.hint.in_(language) if self.hint else None,
        }

    def __str__(self) -> str:
        hint = f" ({self.hint.en})" if self.hint else ""
        return f"{self.path}: {self.severity}: {self.text.en}{hint} [{self.rule}]"
