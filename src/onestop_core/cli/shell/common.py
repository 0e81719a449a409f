"""What the commands share: exit codes, the language option, reading and printing JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from onestop_core.errors import InvalidValueError
from onestop_core.text import day_text, safe

if TYPE_CHECKING:
    import argparse

    from onestop_core.cli.shell.parsing import Parser
    from onestop_core.text import Language

__all__ = [
    "CLEAN",
    "FAILED",
    "FINDINGS",
    "INTERRUPTED",
    "add_format",
    "language_of",
    "print_json",
    "read_date",
]

CLEAN: Final = 0
FINDINGS: Final = 1
FAILED: Final = 2
INTERRUPTED: Final = 130
"""As shells say that Ctrl-C ended a program."""
_FIRST, _LAST = date(1900, 1, 1), date(2199, 12, 31)
"""Days that an option takes: beyond stand no dossiers, but typing errors and the ``9999-12-31`` of databases."""


def add_format(parser: Parser, *formats: str) -> None:
    """Let the command print in one of *formats*, the first by default."""
    first = formats[0]
    said = parser.say(vi=f"dạng kết quả; nếu không nêu: {first}", en=f"form of the output; default {first}")
    parser.add_argument("--format", choices=formats, default=first, help=said)


def language_of(options: argparse.Namespace) -> Language:
    """Return the language that the command was asked to speak."""
    language: Language = getattr(options, "lang", "en")
    return language


def print_json(document: Any) -> None:
    """Print *document*, whose dates and numbers are already text."""
    print(safe.json(json.dumps(document, ensure_ascii=False, indent=2)))


def read_date(text: str, option: str) -> date:
    """Return the date that the user gave for *option*.

    Raises:
        InvalidValueError: it is not a date written as 2026-02-12.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.isoformat() != text:
        raise InvalidValueError.of(option, text, vi="ngày dạng 2026-02-12", en="a date such as 2026-02-12")
    if not _FIRST <= day <= _LAST:
        first, last = day_text(_FIRST), day_text(_LAST)
        raise InvalidValueError.of(
            option, text, vi=f"ngày từ {first.vi} đến {last.vi}", en=f"a date from {first.en} to {last.en}"
        )
    return day
