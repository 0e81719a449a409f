"""One finding about a document: the form in which everything that is wrong is reported."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from itertools import islice
from typing import Final

import attrs

from onestop_core.errors.fields import error_fields, items, text_of
from onestop_core.errors.saying import said
from onestop_core.text import Language, Text, shown
from onestop_core.text.codes import Code

__all__ = ["MAX_PROBLEMS", "MORE", "Problem", "Severity", "Where", "capped", "json_path"]

MAX_PROBLEMS: Final = 1_000
"""Most problems reported of one document: more than anybody mends before looking again."""

Where = tuple[str | int, ...]
"""A place in a document: the keys and indexes that lead to it."""

MORE: Final = "problems/more"
"""The rule of the last problem of many: that there are more."""

_MOST_ITEMS: Final = 10**9
_LONGEST_KEY: Final = 60
"""Most characters of a key that a path shows."""


def json_path(parts: Where) -> str:
    """Return the JSON path of a place given by keys and indexes.

    >>> json_path(("procedures", 3, "code"))
    '$.procedures[3].code'
    >>> json_path(("a b",))
    '$["a b"]'

    A key with characters that no reader sees, or that turn what he sees, shows them as escapes of JSON.
    """
    steps = ["$"]
    for each in items(parts, "place"):
        if type(each) is int and 0 <= each < _MOST_ITEMS:  # nearly every index: nothing in it need be hidden
            steps.append(f"[{each}]")
            continue
        part = each if isinstance(each, int) else text_of(each)
        if isinstance(part, int):
            steps.append(f"[{shown(part)}]")
        elif part.isidentifier() and part.isascii():
            steps.append(f".{part}")
        else:
            key = json.dumps(part.encode("utf-8", "backslashreplace").decode()[:_LONGEST_KEY], ensure_ascii=False)
            visible = (mark if mark.isprintable() else json.dumps(mark)[1:-1] for mark in key)
            steps.append(f"[{''.join(visible)}]")
    return "".join(steps)


class Severity(Code):
    """How much a finding matters."""

    ERROR = "error"
    """The document must not be used."""
    WARNING = "warning"
    """The document can be used; something in it is probably wrong."""
    NOTE = "note"
    """Worth knowing, for example that a fact rests on unconfirmed evidence."""


def _severity(value: Severity | str) -> Severity:
    return Severity.of(value, "severity")


@attrs.frozen(kw_only=True, field_transformer=error_fields)
class Problem:
    """One finding about a document: where, which rule, how serious, what and why.

    >>> from onestop_core.text import Text
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
    severity: Severity = attrs.field(default=Severity.ERROR, converter=_severity)
    basis: Text | None = None
    """The legal ground of the rule, where there is one."""
    hint: Text | None = None
    """What probably was meant, or how to mend it."""

    @classmethod
    def at(
        cls,
        place: str | Where,
        rule: str,
        *,
        vi: str,
        en: str,
        severity: Severity = Severity.ERROR,
        basis: Text | None = None,
        hint: Text | None = None,
    ) -> Problem:
        """Return the finding at a *place*, a JSON path or the keys and indexes that lead there, in both languages.

        >>> Problem.at(("procedures", 3, "code"), "schema/pattern", vi="sai dạng mã", en="not a procedure code").path
        '$.procedures[3].code'
        """
        path = text_of(place) if isinstance(place, str) else json_path(place)
        return cls(path=path, rule=rule, text=said(vi=vi, en=en), severity=severity, basis=basis, hint=hint)

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


def capped(found: Iterable[Problem], *, most: int = MAX_PROBLEMS) -> tuple[Problem, ...]:
    """Return the first *most* of the problems *found*; of more, one last problem says so, and how many if that is known.

    What is left is not asked for: from a generator that looks for problems, so the looking stops.

    >>> many = [Problem.at("$", "a/b", vi="sai", en="wrong")] * 5
    >>> [problem.message for problem in capped(many, most=2)]
    ['wrong', 'wrong', 'and 3 more problems']
    >>> capped(iter(many), most=2)[-1].message
    'and more problems; the first 2 are listed'
    """
    looking = iter(found)
    first = tuple(islice(looking, most))
    if len(first) < most or next(looking, None) is None:
        return first
    if isinstance(found, Collection):
        more = len(found) - most
        noun = "problem" if more == 1 else "problems"
        last = Problem.at("$", MORE, vi=f"và {more} lỗi khác", en=f"and {more} more {noun}")
    else:
        vi, en = f"và còn lỗi khác; đã liệt kê {most} lỗi đầu", f"and more problems; the first {most} are listed"
        last = Problem.at("$", MORE, vi=vi, en=en)
    return (*first, last)
