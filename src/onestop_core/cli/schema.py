"""``onestop schema``: print a published schema, or the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onestop_core.cli.shell.common import CLEAN, language_of, print_json
from onestop_core.errors import InvalidValueError

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
    form = parser.add_mutually_exclusive_group()
    form.add_argument(
        "--bundled",
        action="store_true",
        help=say(
            vi="gộp trong một tài liệu không dẫn chiếu tài liệu khác", en="in one document that refers to no other"
        ),
    )
    form.add_argument(
        "--types",
        action="store_true",
        help=say(
            vi="cho trình sinh mã: một tài liệu, chỉ có tên và kiểu dữ liệu",
            en="for generators of types: in one document, with names and types only",
        ),
    )
    form.add_argument(
        "--openapi",
        action="store_true",
        help=say(
            vi="mọi lược đồ trong một tài liệu OpenAPI 3.1, không cần TÊN",
            en="every schema in one OpenAPI 3.1 document; takes no NAME",
        ),
    )
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> int:
    """Print the schema, exactly as published or in the form asked for, or the names of all."""
    from onestop_core.rules.reading import resources  # noqa: PLC0415
    from onestop_core.rules.schema import exports, schemas  # noqa: PLC0415
    from onestop_core.rules.schema.wording import in_both  # noqa: PLC0415

    if options.openapi:
        if options.name is not None:
            raise InvalidValueError.of(
                "NAME", options.name, vi="không nêu TÊN với --openapi", en="no NAME with --openapi"
            )
        print_json(exports.openapi())
    elif options.name is None:
        language = language_of(options)
        for name in resources.schema_names():
            words = in_both(resources.schema(name)["description"])
            assert words is not None  # every schema says what it is, a test sees to it
            print(f"{name:<24} {words.in_(language).partition('. ')[0].removesuffix('.')}")
    elif options.bundled:
        print_json(schemas.bundled(options.name))
    elif options.types:
        print_json(exports.for_types(options.name))
    else:
        print(resources.schema_text(options.name), end="")
    return CLEAN
