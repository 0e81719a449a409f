"""``onestop schema``: print a published schema, or the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onestop_core.cli.common import CLEAN, add_language, print_json

if TYPE_CHECKING:
    import argparse

__all__ = ["register", "run"]


def register(commands: Any) -> None:
    """Add the command to the command line."""
    parser = commands.add_parser("schema", help="print a published JSON Schema, or list them")
    parser.add_argument("name", nargs="?", metavar="NAME", help="such as catalogue; without it, the list")
    parser.add_argument("--bundled", action="store_true", help="in one document that refers to no other")
    add_language(parser)
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the schema, exactly as published, or the names of all."""
    from onestop_core.rules import resources  # noqa: PLC0415 - only the command that runs is loaded

    if options.name is None:
        for name in resources.schema_names():
            title = resources.schema(name)["title"]
            print(f"{name:<24} {title}")
    elif options.bundled:
        from onestop_core.rules import schemas  # noqa: PLC0415

        print_json(schemas.bundled(options.name))
    else:
        print(resources.schema_text(options.name), end="")
    return CLEAN
