"""``onestop conformance show``: one case, with its ground, and how to ask it by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onestop_core.cli.shell.common import CLEAN, add_format, language_of, print_json

if TYPE_CHECKING:
    import argparse

    from onestop_core.cli.shell.parsing import Say

__all__ = ["register", "run"]


def register(parts: Any, say: Say) -> None:
    """Add the part of ``onestop conformance`` that shows a case, or what can be demanded."""
    parser = parts.add_parser(
        "show",
        help=say(
            vi="một ca kiểm thử: câu hỏi, câu trả lời, căn cứ; hoặc một bộ yêu cầu",
            en="a case: question, answer, ground; or a profile",
        ),
    )
    parser.add_argument(
        "id",
        metavar=say(vi="MÃ", en="ID"),
        help=say(vi="mã ca kiểm thử, hoặc bộ yêu cầu như desk@1", en="id of a case, or a profile such as desk@1"),
    )
    add_format(parser, "text", "json")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Show it."""
    from onestop_core import conformance  # noqa: PLC0415 - only the command that runs is loaded

    language = language_of(options)
    if "/" in options.id:
        case = conformance.case_of(options.id)
        document, words = conformance.case_document(case), conformance.case_text(case, language=language)
    else:
        profile = conformance.profile(options.id)
        document, words = conformance.profile_document(profile), conformance.profile_text(profile, language=language)
    if options.format == "json":
        print_json(document)
    else:
        print(words)
    return CLEAN
