"""What was valid under a frozen schema stays valid: by comparing the schemas, and by documents."""

from __future__ import annotations

import copy
import re
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator, ValidationError, validators

from onestop_core.errors import UnknownCodeError
from onestop_core.rules.reading import resources
from onestop_core.rules.reading.documents import inspect, parse_json
from onestop_core.rules.schema.schemas import bundled, check_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Schema = dict[str, Any]

ANNOTATIONS = {"$schema", "$id", "title", "description", "patternErrorMessage", "enumDescriptions", "$defs"}
AT_LEAST = {"minimum", "minItems", "minLength", "minProperties"}
AT_MOST = {"maximum", "maxItems", "maxLength", "maxProperties"}
MISSING = object()


def codes(schema: Schema) -> list[Any]:
    return schema["enum"] if "enum" in schema else [schema["const"]] if "const" in schema else []


def resolve(root: Schema, node: Schema) -> tuple[str, Schema]:
    reference = node.get("$ref", "")
    if not reference:
        return "", node
    target: Schema = root
    for part in reference.split("/")[1:]:
        target = target[part]
    _, plain = resolve(root, target)
    # Both apply: a title beside a reference says nothing, any other word would be lost silently.
    assert set(node) - ANNOTATIONS == {"$ref"}, node
    return reference, plain


def narrowings(old: Schema, new: Schema) -> list[str]:
    """Name each place where *new* may refuse what *old* accepts; both are bundled schemas."""
    compared: set[tuple[str, str]] = set()

    def walk(was: Schema | bool, now: Schema | bool, path: str) -> Iterator[str]:
        if isinstance(was, bool) or isinstance(now, bool):
            if was is not False and now is not True and was is not now:
                yield path
            return
        before, was = resolve(old, was)
        after, now = resolve(new, now)
        if before and after:
            if (before, after) in compared:
                return
            compared.add((before, after))
        for word in sorted((set(was) | set(now)) - ANNOTATIONS):
            yield from compare(word, was, now, f"{path}/{word}")

    def is_narrower(was: Schema, now: Schema) -> bool:
        seen = set(compared)
        found = list(walk(was, now, "#"))
        # What was compared on trial is compared again where it stands.
        compared.intersection_update(seen)
        return found != []

    def choice(was: Schema, now: Schema, path: str) -> Iterator[str]:
        """Whatever is accepted by the old schema, in each of its branches, fits a branch of the new one."""
        plain = {word: value for word, value in was.items() if word != "anyOf"}
        for branch in was.get("anyOf", [{}]):
            required = [*plain.get("required", []), *branch.get("required", [])]
            both = {**plain, **branch, "required": required}
            if all(is_narrower(both, other) for other in now["anyOf"]):
                yield path

    def compare(word: str, was: Schema, now: Schema, path: str) -> Iterator[str]:
        first, second = was.get(word, MISSING), now.get(word, MISSING)
        if word == "properties":
            for name in {**was.get(word, {}), **now.get(word, {})}:
                # A property that the old schema refused may be anything now.
                other = was.get("additionalProperties", True)
                yield from walk(
                    was.get(word, {}).get(name, other),
                    now.get(word, {}).get(name, now.get("additionalProperties", True)),
                    f"{path}/{name}",
                )
        elif word in {"items", "additionalProperties", "propertyNames"}:
            yield from walk(was.get(word, True), now.get(word, True), path)
        elif second is MISSING or first == second:
            return
        elif word == "anyOf":
            yield from choice(was, now, path)
        elif word == "required":
            yield from (f"{path}/{name}" for name in now[word] if name not in was.get(word, []))
        elif word in {"enum", "const"}:
            accepted = codes(now)
            if not codes(was) or any(each not in accepted for each in codes(was)):
                yield path
        elif first is MISSING:
            yield path
        elif word in AT_LEAST:
            if now[word] > was[word]:
                yield path
        elif word in AT_MOST:
            if now[word] < was[word]:
                yield path
        else:
            yield path  # another type, pattern or format, or a word that this comparison does not know

    return list(walk(old, new, "#"))


def current(name: str) -> Schema:
    return bundled(name.rpartition("-")[0])


def test_what_was_frozen_is_a_schema_of_that_version_that_refers_to_nothing_else() -> None:
    assert resources.frozen_names() == ("catalogue-1.0",)
    for name in resources.frozen_names():
        frozen = resources.frozen_schema(name)
        plain, _, version = name.rpartition("-")
        Draft202012Validator.check_schema(frozen)
        assert frozen["$id"] == resources.schema(plain)["$id"]
        assert frozen["properties"]["schema_version"]["const"] == version


def test_an_unknown_version_is_an_error_with_a_suggestion() -> None:
    with pytest.raises(UnknownCodeError, match=r"did you mean catalogue-1\.0"):
        resources.frozen_schema("catalogue-1.1")


@pytest.mark.parametrize("name", resources.frozen_names())
def test_the_current_schema_is_nowhere_narrower(name: str) -> None:
    assert narrowings(resources.frozen_schema(name), current(name)) == []


def catalogues() -> Iterator[Any]:
    """Every catalogue that ships: the data, and the documents of the conformance cases."""
    for name in resources.data_names("vn/catalogue"):
        yield resources.data(f"vn/catalogue/{name}")

    def within(node: Any) -> Iterator[Any]:
        if isinstance(node, dict):
            if {"schema_version", "procedures"} <= set(node):
                yield node
            for child in node.values():
                yield from within(child)
        elif isinstance(node, list):
            for child in node:
                yield from within(child)

    folder = resources._package() / "conformance" / "cases" / "catalogue"
    for file in folder.iterdir():
        yield from within(parse_json(file.read_bytes(), source=file.name))


def as_published(frozen: Schema) -> Any:
    """Return a validator of *frozen* that reads patterns as ECMA 262 does and checks dates."""

    def pattern(_: Any, wanted: str, value: object, __: object) -> Iterator[ValidationError]:
        # In Python "$" also matches before a final newline.
        if isinstance(value, str) and not re.search(re.sub(r"(?<!\\)\$", r"\\Z", wanted), value):
            yield ValidationError(wanted)

    dialect: Any = validators.extend(Draft202012Validator, {"pattern": pattern})  # type: ignore[no-untyped-call]
    return dialect(frozen, format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_every_catalogue_valid_when_frozen_is_valid_now() -> None:
    frozen = as_published(resources.frozen_schema("catalogue-1.0"))
    plain = [document for document in catalogues() if not inspect(document)]
    accepted = [document for document in plain if frozen.is_valid(document)]
    assert len(accepted) < len(plain)
    assert len(accepted) > 20
    assert [check_schema(document, "catalogue") for document in accepted] == [()] * len(accepted)


def at(schema: Schema, *path: str) -> Any:
    for part in path:
        schema = schema[part]
    return schema


def needs(*names: str) -> list[Schema]:
    return [{"required": list(names)}]


def instead(schema: Schema, name: str, other: str) -> None:
    """Ask for one of two where *name* was required."""
    schema["required"].remove(name)
    schema["anyOf"] = [*needs(name), *needs(other)]


PROCEDURE = ("$defs", "procedure")
NARROWER: dict[str, Callable[[Schema], Any]] = {
    "a property required": lambda s: at(s, "$defs", "step", "required").append("body"),
    "a property gone": lambda s: at(s, "$defs", "step", "properties").pop("product"),
    "a code gone": lambda s: at(s, "$defs", "channel", "properties", "kind", "enum").remove("post"),
    "a code fixed": lambda s: at(s, "$defs", "fee", "properties").update(kind={"const": "fee"}),
    "another type": lambda s: at(s, "$defs", "quantity").update(type="string"),
    "a higher minimum": lambda s: at(s, "$defs", "quantity").update(minimum=1),
    "a lower maximum": lambda s: at(s, "$defs", "quantity").update(maximum=9),
    "a shorter text": lambda s: at(s, "$defs", "duration").update(maxLength=50),
    "a bound that was not": lambda s: at(s, "properties", "procedures").update(maxItems=9),
    "another pattern": lambda s: at(s, "$defs", "suppression", "properties", "rule").update(pattern="^c$"),
    "other names": lambda s: at(s, "$defs", "common.bases").update(propertyNames={"pattern": "^x"}),
    "another version": lambda s: at(s, "properties").update(schema_version={"const": "2.0"}),
    "a choice asked for": lambda s: at(s, "$defs", "step").update(anyOf=[*needs("body"), *needs("role")]),
    "a choice that asks for more": lambda s: at(s, "$defs", "channel").update(anyOf=needs("limits", "url")),
    "less to choose from": lambda s: at(s, "$defs", "fee", "anyOf").pop(),
    "a choice of other things": lambda s: at(s, "$defs", "fee").update(anyOf=needs("note")),
    "a word unknown here": lambda s: at(s, *PROCEDURE).update({"not": {"required": ["cases"]}}),
}
WIDER: dict[str, Callable[[Schema], Any]] = {
    "nothing": lambda _: None,
    "a new property": lambda s: at(s, "$defs", "step", "properties").update(colour={"type": "string"}),
    "no longer required": lambda s: at(s, *PROCEDURE, "required").pop(),
    "a new code": lambda s: at(s, "$defs", "channel", "properties", "kind", "enum").append("kiosk"),
    "two versions": lambda s: at(s, "properties").update(schema_version={"enum": ["1.0", "1.1"]}),
    "more pieces": lambda s: at(s, "$defs", "quantity").update(minimum=-1, maximum=100),
    "any property": lambda s: at(s, "$defs", "step").pop("additionalProperties"),
    "another title": lambda s: s.update(title="x"),
    "one of several required in place of one": lambda s: instead(at(s, "$defs", "channel"), "limits", "note"),
    "more to choose from": lambda s: at(s, "$defs", "fee", "anyOf").extend(needs("note")),
    "free choice": lambda s: at(s, "$defs", "fee").pop("anyOf"),
    "the same choice in another order": lambda s: at(s, "$defs", "fee", "anyOf").reverse(),
}


@pytest.mark.parametrize("change", NARROWER)
def test_the_comparison_finds_what_is_narrower(change: str) -> None:
    frozen = resources.frozen_schema("catalogue-1.0")
    changed = copy.deepcopy(frozen)
    NARROWER[change](changed)
    assert narrowings(frozen, changed) != []


@pytest.mark.parametrize("change", WIDER)
def test_the_comparison_lets_pass_what_is_wider(change: str) -> None:
    frozen = resources.frozen_schema("catalogue-1.0")
    changed = copy.deepcopy(frozen)
    WIDER[change](changed)
    assert narrowings(frozen, changed) == []
