"""Help and usage errors in both languages, wherever the language was named."""

from __future__ import annotations

import argparse
import inspect
import re
from typing import TYPE_CHECKING

import pytest

from onestop_core.cli import main
from onestop_core.cli.commands import parser
from onestop_core.cli.shell.parsing import Parser, chosen_language, usage_error
from onestop_core.errors import InvalidValueError

if TYPE_CHECKING:
    from onestop_core.text import Language


@pytest.mark.parametrize(
    ("arguments", "variable", "language"),
    [
        ([], "", "en"),
        ([], "vi", "vi"),
        ([], " VI ", "vi"),
        (["check", "--lang", "vi"], "", "vi"),
        (["--lang=vi", "check"], "", "vi"),
        (["--lang", "vi", "check", "--lang=en"], "", "en"),
        (["--lang", "en"], "vi", "en"),
        (["check", "--", "--lang", "vi"], "", "en"),
        (["check", "--lang"], "", "en"),
        (["check", "--lang", "fr"], "vi", "vi"),
        (["--lang", "vi"], "nonsense", "vi"),
    ],
)
def test_the_language_is_known_before_anything_is_said(
    monkeypatch: pytest.MonkeyPatch, arguments: list[str], variable: str, language: str
) -> None:
    monkeypatch.setenv("ONESTOP_LANG", variable)
    assert chosen_language(arguments) == language


@pytest.mark.parametrize("variable", ["fr", "vi_VN.UTF-8", "\x1b[31m"])
def test_a_variable_that_names_no_language_is_refused(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], variable: str
) -> None:
    monkeypatch.setenv("ONESTOP_LANG", variable)
    with pytest.raises(InvalidValueError, match="ONESTOP_LANG"):
        chosen_language([])
    assert main(["schema"]) == 2
    assert "\x1b" not in capsys.readouterr().err


def test_the_language_stands_before_or_after_the_command(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    expected = "onestop schema: không có lược đồ 'x'"
    for arguments in (["--lang", "vi", "schema", "x"], ["schema", "x", "--lang=vi"]):
        assert main(arguments) == 2
        assert capsys.readouterr().err.startswith(expected)
    monkeypatch.setenv("ONESTOP_LANG", "vi")
    assert main(["schema", "x"]) == 2
    assert capsys.readouterr().err.startswith(expected)


# What a user can cause; the others are mistakes in the program.
PROGRAMMING = re.compile(
    r"__call__|conflict|prefix_chars|dest=|mutually exclusive arguments must|cannot (have|merge)|not callable"
    r"|argument \"-\"|^usage: $|^options$|^positional arguments$|show this help|%\(prog\)s|argument %\(|must start"
    r"|unknown parser|invalid option string"
)


def test_every_usage_error_of_argparse_has_its_vietnamese() -> None:
    source = inspect.getsource(argparse)
    messages = [found[1] for found in re.finditer(r"_\(\s*'((?:[^'\\]|\\.)*)'", source)]
    messages += [found[1] for found in re.finditer(r"ngettext\('(expected [^']*)'", source)]
    tried = [message for message in messages if not PROGRAMMING.search(message)]
    assert len(tried) > 10
    for message in tried:
        said = re.sub(r"%(\(\w+\))?[sr]", "7", message)
        assert usage_error(said).vi != usage_error("anything else").vi, message


def test_what_argparse_may_say_some_day_is_said_in_general() -> None:
    assert usage_error("the moon is full") == usage_error("the moon is full")
    assert usage_error("the moon is full").vi == "dòng lệnh không hợp lệ; xem --help"
    assert usage_error("argument --x: the moon is full").vi == "tham số --x: dòng lệnh không hợp lệ; xem --help"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "thiếu tham số bắt buộc: LỆNH"),
        (["schema", "--bundle"], "tham số không xác định: --bundle"),
        (["schema", "--bundled=1"], "tham số --bundled: không nhận giá trị '1'"),
        (["schema", "--lang"], "tham số --lang: cần một giá trị"),
        (["schema", "--lang", "fr"], "tham số --lang: giá trị 'fr' không hợp lệ; cần một trong: 'vi', 'en'"),
    ],
)
def test_usage_errors_in_vietnamese(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], arguments: list[str], said: str
) -> None:
    monkeypatch.setenv("ONESTOP_LANG", "vi")
    assert main(arguments) == 2
    out, err = capsys.readouterr()
    assert (out, err.startswith("cách dùng: onestop")) == ("", True)
    assert err.endswith(f": lỗi: {said}\n")


@pytest.mark.parametrize("typed", ["\x1b[31m", "a\n::error::b", "\u202e", "x" * 100_000, "\udcff"])
@pytest.mark.parametrize("language", ["en", "vi"])
def test_what_was_typed_moves_no_terminal(capsys: pytest.CaptureFixture[str], typed: str, language: str) -> None:
    for arguments in (["schema", "a", typed], ["schema", "--lang", language, "--x" + typed], [typed]):
        assert main([*arguments, "--lang", language]) == 2
        out, err = capsys.readouterr()
        assert out == ""
        assert len(err) < 1500
        assert err.replace("\n", "").isprintable()
        assert not [line for line in err.splitlines() if line.lstrip().startswith("::")]


@pytest.mark.parametrize("language", ["en", "vi"])
def test_parts_of_a_command_speak_the_language_of_the_whole(language: Language) -> None:
    top = Parser(language=language, prog="onestop")
    part = top.add_subparsers().add_parser("a").add_subparsers().add_parser("b")
    assert part.say.language == language
    assert parser(language).say.language == language
