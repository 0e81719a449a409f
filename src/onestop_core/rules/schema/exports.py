"""The published schemas in the forms that generators of code read: one for types, one for OpenAPI.

A schema is written for validators and for people; generators of types stumble over what is there for these: words beside a
reference make them write the same type over again, and bounds of lists make them write out every length. Here is what is
left for them: which values there are, and what they are called. What is valid is said by the schemas themselves.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, Final, cast

from onestop_core.__about__ import __version__
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import bundled

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

__all__ = ["for_types", "openapi", "type_name"]

_NOT_OF_TYPES: Final = frozenset({
    "minItems", "maxItems", "minProperties", "maxProperties", "propertyNames", "patternErrorMessage", "enumDescriptions",
    "if", "then", "else",
})  # fmt: skip
"""Keywords that bound values, or explain them in an editor, and make no type."""


def type_name(title: str) -> str:
    """Return the name of the type of a schema with this *title*.

    >>> type_name("Fee share"), type_name("Form 06")
    ('FeeShare', 'Form06')
    """
    return "".join(word[:1].upper() + word[1:] for word in title.split())


def for_types(name: str) -> dict[str, Any]:
    """Return the schema *name* for generators of types: in one document, its definitions called as the types are.

    >>> sorted(for_types("counts")["$defs"])
    ['LocalName', 'MetricCounts']

    Raises:
        UnknownCodeError: there is no schema of that name.
    """
    whole = bundled(name)
    definitions: dict[str, Any] = whole["$defs"]

    def renamed(reference: str) -> str:
        # Some lead further, to a property of a definition.
        key, slash, rest = reference.removeprefix("#/$defs/").partition("/")
        return f"#/$defs/{type_name(definitions[key]['title'])}{slash}{rest}"

    bare = cast("dict[str, Any]", _bare({key: node for key, node in whole.items() if key != "$defs"}, renamed))
    return {
        **bare,
        "title": type_name(whole["title"]),
        "$defs": {
            type_name(node["title"]): {**_bare(node, renamed), "title": type_name(node["title"])}
            for node in definitions.values()
        },
    }


def _bare(node: Any, renamed: Callable[[str], str]) -> Any:
    """Return *node* without what makes no type; a reference stands alone."""
    if isinstance(node, list):
        return [_bare(each, renamed) for each in cast("Sequence[Any]", node)]
    if not isinstance(node, dict):
        return node
    members = cast("dict[str, Any]", node)
    if isinstance(members.get("$ref"), str):
        return {"$ref": renamed(members["$ref"])}
    return {key: _bare(each, renamed) for key, each in members.items() if not _says_no_type(key, each)}


def _says_no_type(key: str, value: Any) -> bool:
    if key in {"anyOf", "allOf", "oneOf"}:  # of branches that only ask for properties, or judge by conditions
        return all(set(cast("Mapping[str, Any]", each)) <= {"required", "if", "then", "else"} for each in value)
    # A property of any name is an object, a keyword of this name hardly ever.
    return key in _NOT_OF_TYPES and not (isinstance(value, dict) and key not in {"propertyNames", "if", "then", "else"})


def openapi() -> dict[str, Any]:
    """Return an OpenAPI 3.1 document with every published schema among its components, and no paths.

    For an API of your own: refer to its components, or copy them. What two schemas call the same bears the name of the
    schema before its own.

    >>> document = openapi()
    >>> document["openapi"], "Catalogue" in document["components"]["schemas"]
    ('3.1.0', True)
    """
    named = {name: resources.schema(name) for name in resources.schema_names()}
    titles = Counter(
        type_name(node["title"]) for whole in named.values() for node in (whole, *whole.get("$defs", {}).values())
    )

    def component(name: str, definition: str) -> str:
        whole = named[name]
        own = type_name(whole["$defs"][definition]["title"] if definition else whole["title"])
        return own if not definition or titles[own] == 1 else type_name(whole["title"]) + own

    def moved(node: Any, home: str) -> Any:
        if isinstance(node, list):
            return [moved(each, home) for each in cast("Sequence[Any]", node)]
        if not isinstance(node, dict):
            return node
        members = cast("dict[str, Any]", node)
        return {key: target(each, home) if key == "$ref" else moved(each, home) for key, each in members.items()}

    def target(reference: Any, home: str) -> Any:
        file, _, pointer = reference.partition("#")
        definition, _, rest = pointer.removeprefix("/$defs/").partition("/")
        name = component(file.removesuffix(".schema.json") or home, definition)
        return "/".join(["#/components/schemas", name, *([rest] if rest else [])])

    components: dict[str, Any] = {}
    for name, whole in named.items():
        plain = {key: node for key, node in whole.items() if key not in {"$schema", "$id", "$defs"}}
        if set(plain) - {"title", "description"}:  # shared definitions describe no document
            components[component(name, "")] = moved(plain, name)
        for definition, node in whole.get("$defs", {}).items():
            components[component(name, definition)] = moved(node, name)
    return {
        "openapi": "3.1.0",
        "info": {"title": "onestop_core", "version": __version__},
        "jsonSchemaDialect": "https://json-schema.org/draft/2020-12/schema",
        "paths": {},
        "components": {"schemas": dict(sorted(components.items()))},
    }
