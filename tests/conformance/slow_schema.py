"""A validator of the few keywords of JSON Schema that the schemas of documents use."""

from __future__ import annotations

import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from onestop_core.rules.reading import resources

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS: Final[dict[str, type[Any]]] = {"object": dict, "array": list, "string": str, "integer": int, "boolean": bool}


def broken(value: Any, schema: Any, name: str) -> Iterator[str]:
    """The keywords of the schema that *value* breaks."""
    if "$ref" in schema:
        other, _, path = schema["$ref"].partition("#/$defs/")
        other = other.removesuffix(".schema.json") or name
        yield from broken(value, resources.schema(other)["$defs"][path], other)
    if "type" in schema and not (
        isinstance(value, KINDS[schema["type"]]) and (schema["type"] == "boolean" or not isinstance(value, bool))
    ):
        yield "type"
        return
    if ("const" in schema and value != schema["const"]) or ("enum" in schema and value not in schema["enum"]):
        yield "const" if "const" in schema else "enum"
    if isinstance(value, str):
        yield from broken_text(value, schema)
    if isinstance(value, int):
        if value < schema.get("minimum", value):
            yield "minimum"
        if value > schema.get("maximum", value):
            yield "maximum"
    if "anyOf" in schema and all(any(broken(value, each, name)) for each in schema["anyOf"]):
        yield "anyOf"
    if isinstance(value, list):
        if len(value) < schema.get("minItems", 0):
            yield "minItems"
        if len(value) > schema.get("maxItems", len(value)):
            yield "maxItems"
        for item in value:
            yield from broken(item, schema.get("items", {}), name)
    if isinstance(value, dict):
        if any(key not in value for key in schema.get("required", ())):
            yield "required"
        if len(value) > schema.get("maxProperties", len(value)):
            yield "maxProperties"
        known, other = schema.get("properties", {}), schema.get("additionalProperties", {})
        for key, item in value.items():
            yield from broken(key, schema.get("propertyNames", {}), name)
            if key in known:
                yield from broken(item, known[key], name)
            elif other is False:
                yield "additionalProperties"
            else:
                yield from broken(item, other, name)


def broken_text(value: str, schema: Any) -> Iterator[str]:
    if len(value) < schema.get("minLength", 0):
        yield "minLength"
    if len(value) > schema.get("maxLength", len(value)):
        yield "maxLength"
    if schema.get("format") == "date":  # its pattern says the same again
        if not is_day(value):
            yield "format"
    elif "pattern" in schema and not re.search(re.sub(r"(?<!\\)\$", r"\\Z", schema["pattern"]), value):
        yield "pattern"  # in Python "$" also stands before a last line feed


def is_day(value: str) -> bool:
    try:
        return date.fromisoformat(value).isoformat() == value
    except ValueError:
        return False
