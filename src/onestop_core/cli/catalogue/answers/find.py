"""``onestop find``: which procedure somebody means, by the words that they type."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from onestop_core.cli.catalogue.files import SHIPPED, read_catalogue
from onestop_core.cli.shell.common import CLEAN, FINDINGS, add_format, language_of, print_json
from onestop_core.cli.shell.files import input_file
from onestop_core.errors import InvalidValueError
from onestop_core.text import Text, plain_letters, safe

if TYPE_CHECKING:
    import argparse

    from onestop_core.catalogue import Catalogue, Procedure
    from onestop_core.cli.shell.parsing import Say

__all__ = ["add_catalogue", "meant", "register", "run"]


_MOST_NAMED = 5


def register(commands: Any) -> None:
    """Add the command to the command line."""
    say: Say = commands.say
    parser = commands.add_parser(
        "find",
        help=say(
            vi="tìm thủ tục theo tên gõ không dấu, theo lĩnh vực hoặc theo mã",
            en="find procedures by name, with or without marks, by field or by code",
        ),
        epilog=say(
            vi="Mã kết thúc: 0 có thủ tục phù hợp, 1 không có, 2 không đọc được danh mục.",
            en="Exit codes: 0 something fits, 1 nothing does, 2 the catalogue cannot be read.",
        ),
    )
    add_catalogue(parser)
    parser.add_argument(
        "words",
        nargs="+",
        metavar=say(vi="TỪ", en="WORDS"),
        help=say(
            vi="những từ của tên, chẳng hạn dang ky thuong tru", en="words of the name, such as dang ky thuong tru"
        ),
    )
    parser.add_argument(
        "--most",
        metavar=say(vi="SỐ", en="NUMBER"),
        type=int,
        default=20,
        help=say(vi="liệt kê nhiều nhất bấy nhiêu; nếu không nêu: 20", en="list at most so many; default 20"),
    )
    add_format(parser, "text", "json")
    parser.set_defaults(run=run)


def add_catalogue(parser: Any) -> None:
    """Let a command take a catalogue first."""
    say: Say = parser.say
    parser.add_argument(
        "catalogue",
        metavar=say(vi="DANH-MỤC", en="CATALOGUE"),
        type=input_file,
        help=say(
            vi=f"danh mục dạng JSON; {SHIPPED}: danh mục đi kèm thư viện",
            en=f"catalogue in JSON; {SHIPPED}: the one that ships with the library",
        ),
    )


def run(options: argparse.Namespace) -> int:
    """Print the procedures that the words name, best first."""
    language = language_of(options)
    found = read_catalogue(options.catalogue).find(" ".join(options.words))
    shown = found[: max(options.most, 0)]
    if options.format == "json":
        print_json(
            [
                {"code": each.code, "name": each.name.in_(language), "field": each.field.name.in_(language)}
                for each in shown
            ]
        )
    else:
        for each in shown:
            print(safe.line(f"{each.code:<10} {each.name.in_(language)} ({each.field.name.in_(language)})"))
        if len(found) > len(shown):
            rest = len(found) - len(shown)
            print(Text(vi=f"và {rest} thủ tục nữa", en=f"and {rest} more").in_(language), file=sys.stderr)
        elif not found:
            print(Text(vi="không có thủ tục nào phù hợp", en="no procedure fits").in_(language), file=sys.stderr)
    return CLEAN if found else FINDINGS


def meant(cat: Catalogue, words: str) -> Procedure:
    """Return the procedure of a code, or the one that words name alone or word for word.

    Raises:
        UnknownCodeError: none; what may have been meant is suggested.
        InvalidValueError: several; the best of them are named.
    """
    if words in cat:
        return cat[words]
    found = cat.find(words)
    if len(found) == 1 or (found and _is_name(words, found[0]) and not _is_name(words, found[1])):
        return found[0]
    if found:
        best = found[:_MOST_NAMED]
        raise InvalidValueError.of(
            "PROCEDURE",
            words,
            vi="một thủ tục, chẳng hạn " + "; ".join(f"{each.code} ({each.name.vi})" for each in best),
            en="one procedure, such as " + "; ".join(f"{each.code} ({each.name.en})" for each in best),
        )
    return cat[words]


def _is_name(words: str, procedure: Procedure) -> bool:
    return plain_letters(words) in {plain_letters(procedure.name.vi), plain_letters(procedure.name.en)}
