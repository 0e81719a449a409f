"""Every command with its options, in both languages, from the command line itself: ``python -m tests.documentation.options``."""

from __future__ import annotations

import argparse
import re
import sys
from typing import TYPE_CHECKING, Final

from onestop_core.cli.commands import parser
from tests.documentation.twins import DOCS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_core.text import Language

PAGES: Final[dict[Language, str]] = {"en": "options.md", "vi": "options.vi.md"}
_HEADS: Final[dict[Language, str]] = {
    "en": """# Every option

*Tiếng Việt: [Mọi tùy chọn](options.vi.md).*

What `--help` says of each command, from the command itself (`python -m tests.documentation.options`); a test holds this page to it. What the commands do
is told in [The command line](command-line.md). Every command takes `--help` and `--lang` too.
""",
    "vi": """# Mọi tùy chọn

*English: [Every option](options.md).*

Những gì `--help` nói về từng lệnh, lấy từ chính lệnh đó (`python -m tests.documentation.options`); một phép kiểm thử giữ trang này đúng như vậy. Các lệnh làm gì:
xem [Các lệnh](command-line.vi.md). Lệnh nào cũng nhận thêm `--help` và `--lang`.
""",
}
_COLUMNS: Final[dict[Language, str]] = {"en": "| argument | meaning |", "vi": "| tham số | nghĩa |"}


def _commands(of: argparse.ArgumentParser, help_of: str = "") -> Iterator[tuple[argparse.ArgumentParser, str]]:
    parts = [each for each in of._actions if isinstance(each, argparse._SubParsersAction)]
    if of.prog != "onestop" and (not parts or len(of._actions) > 3):
        yield of, help_of
    for part in parts:
        told = {each.dest: each.help or "" for each in part._choices_actions}
        for name, command in part.choices.items():
            yield from _commands(command, told.get(name, ""))


def _written(action: argparse.Action) -> str:
    """Return how an argument is written: its name, and what stands for its value."""
    value = action.metavar or ("" if action.choices is None else "{" + ",".join(map(str, action.choices)) + "}")
    if not action.option_strings:
        return str(value or action.dest)
    if action.nargs == 0:
        return action.option_strings[-1]
    return f"{action.option_strings[-1]} {value or action.dest.upper()}"


def _row(command: argparse.ArgumentParser, action: argparse.Action) -> str:
    meaning = command._get_formatter()._expand_help(action) if action.help else ""
    meaning = re.sub(r"(?<![\w`])(\[[a-z.]+\]|--[a-z][\w-]*|\{\"[^{}]*\})", r"`\1`", meaning)
    return f"| `{_written(action)}` | {meaning.replace('|', chr(92) + '|')} |".replace("  |", " |")


def page(language: Language) -> str:
    """Return the page in *language*."""
    lines = [_HEADS[language]]
    for command, told in _commands(parser(language)):
        lines += [f"## `{command.prog}`", "", f"{told[:1].upper()}{told[1:]}." if told else "", ""]
        rows = [
            _row(command, action)
            for action in command._actions
            if action.dest not in {"help", "lang"} and not isinstance(action, argparse._SubParsersAction)
        ]
        if rows:
            lines += [_COLUMNS[language], "|---|---|", *rows, ""]
        if command.epilog:
            lines += [command.epilog, ""]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def main() -> int:
    """Write both pages."""
    for language, name in PAGES.items():
        (DOCS / "reference" / name).write_text(page(language), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
