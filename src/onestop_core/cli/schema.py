"""``onestop schema``: print a published schema, or the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onestop_core.cli.shell.common import CLEAN, print_json

if TYPE_CHECKING:
    import argparse

    from onestop_core.cli.shell.parsing import Say

__all__ = ["register", "run"]


def register(commands: Any) -> None:
    """Add the command to the command line."""
    say: Say = commands.say
    parser = commands.add_parser(
        "schema",
        help=say(
            vi="in một lược đồ JSON đã công bố, hoặc liệt kê các lược đồ",
            en="print a published JSON Schema, or list them",
        ),
    )
    parser.add_argument(
        "name",
        nargs="?",
        metavar=say(vi="TÊN", en="NAME"),
        help=say(
            vi="chẳng hạn “catalogue”; nếu không nêu: danh sách lược đồ", en="such as catalogue; without it, the list"
        ),
    )
    parser.add_argument(
        "--bundled",
        action="store_true",
        help=say(
            vi="gộp trong một tài liệu không dẫn chiếu tài liệu khác", en="in one document that refers to no other"
        ),
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the schema, exactly as published, or the names of all."""
    from onestop_core.rules.reading import resources  # noqa: PLC0415

    if options.name is None:
        for name in resources.schema_names():
            title = resources.schema(name)["title"]
            print(f"{name:<24} {title}")
    elif options.bundled:
        from onestop_core.rules.schema import schemas  # noqa: PLC0415

        print_json(schemas.bundled(options.name))
    else:
        print(resources.schema_text(options.name), end="")
    return CLEAN
