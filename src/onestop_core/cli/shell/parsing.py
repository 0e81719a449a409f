"""Arguments, help and usage errors in two languages: :mod:`argparse`, which speaks English only, made to speak both."""

from __future__ import annotations

import argparse
import itertools
import os
import re
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.text import LANGUAGES, Language, Text, safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ["LANGUAGE_VARIABLE", "Parser", "Say", "chosen_language", "usage_error"]

LANGUAGE_VARIABLE: Final = "ONESTOP_LANG"
"""The environment variable that names the language where ``--lang`` does not."""
_LONGEST: Final = 500
"""Most characters of a usage error: it echoes what was typed."""


@attrs.frozen
class Say:
    """Says words in the language of the command line.

    >>> Say("vi")(vi="hồ sơ", en="dossier")
    'hồ sơ'
    """

    language: Language

    def __call__(self, *, vi: str, en: str) -> str:
        """Return the words."""
        return Text(vi=vi, en=en).in_(self.language)


def chosen_language(arguments: Sequence[str]) -> Language:
    """Return the language of ``--lang`` wherever it stands in *arguments*, else that of ``ONESTOP_LANG``, else English.

    Known before the arguments are parsed, so that help and usage errors are in it too.

    Raises:
        InvalidValueError: ``ONESTOP_LANG`` names no language.
    """
    found: Language | None = None
    for before, word in itertools.pairwise(["", *arguments]):
        if word == "--":
            break
        named = word if before == "--lang" else word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        for language in LANGUAGES:
            if language == named:
                found = language
    if found is not None:
        return found
    wanted = os.environ.get(LANGUAGE_VARIABLE, "").strip().lower() or "en"
    for language in LANGUAGES:
        if language == wanted:
            return language
    raise InvalidValueError.one_of(LANGUAGE_VARIABLE, wanted, LANGUAGES)


class _Vietnamese(argparse.HelpFormatter):
    """Puts Vietnamese headings over what the commands themselves say."""

    _HEADINGS: Final = {"options": "tùy chọn", "positional arguments": "tham số"}

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "cách dùng: " if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        super().start_section(self._HEADINGS.get(heading or "", heading))


class Parser(argparse.ArgumentParser):
    """A parser that speaks one of the two languages; the parsers of its commands speak the same.

    >>> parser = Parser(language="vi", prog="onestop")
    >>> print(parser.format_usage(), end="")
    cách dùng: onestop [-h] [--lang {vi,en}]
    """

    def __init__(self, *, language: Language, **options: Any) -> None:
        formatter = _Vietnamese if language == "vi" else argparse.HelpFormatter
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=formatter, **options)
        self.say: Say = Say(language)
        self.add_argument(
            "-h", "--help", action="help", help=self.say(vi="in hướng dẫn này rồi kết thúc", en="print this and end")
        )
        self.add_argument(
            "--lang",
            choices=LANGUAGES,
            # Left out of what a command's own parser returns, so that it does not undo what stood before the command.
            default=argparse.SUPPRESS,
            help=self.say(
                vi=f"ngôn ngữ: vi hoặc en (English); nếu không nêu: {LANGUAGE_VARIABLE}, rồi en",
                en=f"language: vi (tiếng Việt) or en; default: {LANGUAGE_VARIABLE}, then en",
            ),
        )

    def add_subparsers(self, **options: Any) -> Any:
        """Return what commands are added to; they speak the same language, by its ``say``."""
        made: Any = partial(Parser, language=self.say.language)
        commands: Any = super().add_subparsers(parser_class=made, **options)
        commands.say = self.say
        return commands

    def error(self, message: str) -> Any:
        """End with the usage and *message*, safe for a terminal, and exit code 2."""
        said = safe.line(usage_error(message).in_(self.say.language))
        shown = said if len(said) <= _LONGEST else f"{said[: _LONGEST - 1]}…"
        heading = self.say(vi="lỗi", en="error")
        self.exit(2, f"{self.format_usage()}{self.prog}: {heading}: {shown}\n")


_SAID: Final[tuple[tuple[re.Pattern[str], str], ...]] = tuple(
    (re.compile(english, re.DOTALL), vietnamese)
    for english, vietnamese in (
        (r"the following arguments are required: (.*)", r"thiếu tham số bắt buộc: \1"),
        (r"one of the arguments (.*) is required", r"cần một trong các tham số: \1"),
        (r"not allowed with argument (.*)", r"không dùng cùng với tham số \1"),
        (r"unrecognized arguments: (.*)", r"tham số không xác định: \1"),
        (r"unexpected option string: (.*)", r"tham số không xác định: \1"),
        (r"ambiguous option: (.*) could match (.*)", r"tham số \1 có thể là: \2"),
        (r"ignored explicit argument (.*)", r"không nhận giá trị \1"),
        (r"expected one argument", "cần một giá trị"),
        (r"expected at most one argument", "cần nhiều nhất một giá trị"),
        (r"expected at least one argument", "cần ít nhất một giá trị"),
        (r"expected (\d+) arguments?", r"cần \1 giá trị"),
        (r"invalid choice: (.*) \(choose from (.*)\)", r"giá trị \1 không hợp lệ; cần một trong: \2"),
        (r"unknown parser (.*) \(choices: (.*)\)", r"giá trị \1 không hợp lệ; cần một trong: \2"),
        (r"invalid \S+ value: (.*)", r"giá trị \1 không hợp lệ"),
    )
)


def usage_error(message: str) -> Text:
    """Return a *message* of argparse in both languages.

    >>> usage_error("argument --format: expected one argument").vi
    'tham số --format: cần một giá trị'
    """
    argument, colon, rest = message.partition(": ")
    if colon and argument.startswith("argument "):
        return Text(vi=f"tham số {argument.removeprefix('argument ')}: {usage_error(rest).vi}", en=message)
    for english, vietnamese in _SAID:
        if found := english.fullmatch(message):
            return Text(vi=found.expand(vietnamese), en=message)
    return Text(vi="dòng lệnh không hợp lệ; xem --help", en=message)
