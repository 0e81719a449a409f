"""The classes are the Python reading of the schema: nothing more, nothing less."""

from __future__ import annotations

import ast
import copy
import enum
import inspect
import types
import typing
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import catalogue
from onestop_core.catalogue.checking import parts, procedure, steps
from onestop_core.catalogue.seven_clarities import _STATED
from onestop_core.catalogue.structure import structured
from onestop_core.errors import InvalidDocumentError
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import check_schema
from onestop_core.text import Text
from tests.catalogue import documents

SCHEMA = resources.schema("catalogue")
COMMON = resources.schema("common")


def resolved(node: dict[str, Any], root: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    while "$ref" in node:
        document, _, pointer = node["$ref"].partition("#/")
        root = {"common.schema.json": COMMON, "catalogue.schema.json": SCHEMA}.get(document, root)
        node = root
        for step in pointer.split("/"):
            node = node[step]
    return node, root


def drift(node: dict[str, Any], kind: Any, root: dict[str, Any], path: str = "$") -> list[str]:
    """Return every place where the schema *node* and the Python *kind* do not say the same."""
    node, root = resolved(node, root)
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if "const" in node:
        return [] if origin is typing.Literal and arguments == (node["const"],) else [f"{path}: const"]
    if "enum" in node:
        same = isinstance(kind, type) and issubclass(kind, enum.StrEnum) and [m.value for m in kind] == node["enum"]
        return [] if same else [f"{path}: enum"]
    match node.get("type"):
        case "array":
            if origin is not tuple or arguments[1:] != (...,):
                return [f"{path}: not a tuple"]
            return drift(node["items"], arguments[0], root, f"{path}[]")
        case "object" if "properties" not in node:
            if origin is not Mapping:
                return [f"{path}: not a mapping"]
            return drift(node["additionalProperties"], arguments[1], root, f"{path}.*")
        case "object":
            return class_drift(node, kind, root, path)
        case "integer":
            return [] if kind is int else [f"{path}: not an int"]
        case "string":
            is_number = node.get("pattern") == COMMON["$defs"]["decimal"]["pattern"]
            exact = Decimal if is_number else date if node.get("format") == "date" else str
            return [] if kind is exact else [f"{path}: not a {exact.__name__}"]
        case other:
            return [f"{path}: the walker does not know {other}"]


def class_drift(node: dict[str, Any], kind: Any, root: dict[str, Any], path: str) -> list[str]:
    if not attrs.has(kind):
        return [f"{path}: not a class"]
    found = [] if node.get("additionalProperties") is False else [f"{path}: open"]
    hints = typing.get_type_hints(kind)
    fields = {field.name: field for field in attrs.fields(kind) if field.init}
    found += [f"{path}.{name}: only on one side" for name in set(fields) ^ set(node["properties"])]
    for name in set(fields) & set(node["properties"]):
        # Where English is left out of a text, the Vietnamese stands for it: the converter fills it in.
        required = fields[name].default is attrs.NOTHING and (kind, name) != (Text, "en")
        if required != (name in node.get("required", ())):
            found.append(f"{path}.{name}: required")
        hint = hints[name]
        if typing.get_origin(hint) in {typing.Union, types.UnionType}:
            (hint,) = (argument for argument in typing.get_args(hint) if argument is not type(None))
            if fields[name].default is not None:
                found.append(f"{path}.{name}: None without meaning absent")
        target, _ = resolved(node["properties"][name], root)
        if ("minItems" in target or "minimum" in target) != (fields[name].validator is not None):
            found.append(f"{path}.{name}: bounds")
        found += drift(node["properties"][name], hint, root, f"{path}.{name}")
    return found


def test_schema_and_classes_say_the_same() -> None:
    assert drift(SCHEMA, catalogue.Catalogue, SCHEMA) == []


@pytest.mark.parametrize(
    ("place", "key", "value"),
    [
        (("properties",), "subtitle", {"type": "string"}),
        (("$defs", "paper", "properties"), "originals", {"type": "string"}),
        (("$defs", "paper", "properties"), "sealed", {"type": "integer"}),
        (("$defs", "paper"), "required", ["name", "originals"]),
        (("$defs", "paper"), "additionalProperties", True),
        (("$defs", "step", "properties", "role"), "enum", ["applicant", "clerk"]),
        (("$defs", "channel", "properties", "limits"), "minItems", None),
        (("$defs", "fee", "properties", "amount"), "$ref", "common.schema.json#/$defs/name"),
        (("$defs", "fee", "properties"), "case", {"$ref": "common.schema.json#/$defs/text"}),
        (("$defs", "procedure", "properties", "in_force_to"), "$ref", "common.schema.json#/$defs/moment"),
        (("$defs", "basis"), "type", "integer"),
        (("$defs", "limit", "properties", "fees", "items"), "$ref", "#/$defs/paper"),
        (("properties", "schema_version"), "const", "1.1"),
        (("properties", "title"), "$ref", "common.schema.json#/$defs/bases"),
        (("$defs", "quantity"), "type", "number"),
        (("$defs", "field"), "type", "array"),
    ],
)
def test_the_walker_catches_an_injected_drift(place: tuple[str, ...], key: str, value: Any) -> None:
    changed = copy.deepcopy(SCHEMA)
    node = changed
    for step in place:
        node = node[step]
    if value is None:
        del node[key]
    else:
        node[key] = value
    if value == "array":
        node["items"] = {}
    assert drift(changed, catalogue.Catalogue, changed) != []


def properties(*schemas: dict[str, Any]) -> set[str]:
    """Return the names of all properties that *schemas* know."""
    found: set[str] = set()
    stack: list[Any] = list(schemas)
    while stack:
        inner = stack.pop()
        if isinstance(inner, dict):
            found.update(inner.get("properties", ()))
            stack.extend(inner.values())
    return found


def keys(tree: ast.AST) -> set[str]:
    """Return the names that code looks up in objects of a document: ``raw["x"]``, ``raw.get("x")``, ``"x" in raw``."""
    found: set[str] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Subscript(slice=ast.Constant(value=str(key))):
                found.add(key)
            case ast.Call(func=ast.Attribute(attr="get"), args=[ast.Constant(value=str(key)), *_]):
                found.add(key)
            case ast.Compare(left=ast.Constant(value=str(key)), ops=[ast.In() | ast.NotIn()]):
                found.add(key)
    return found


JUDGES = (procedure, parts, steps)
"""The modules that judge documents as they stand, without classes that would miss a property."""


@pytest.mark.parametrize("module", JUDGES, ids=lambda module: module.__name__.rpartition(".")[2])
def test_what_the_rules_look_up_is_in_the_schema(module: types.ModuleType) -> None:
    looked_up = keys(ast.parse(inspect.getsource(module)))
    assert len(looked_up) > 5
    assert looked_up <= properties(SCHEMA, COMMON)


def test_a_property_that_a_rule_only_believes_in_is_caught() -> None:
    code = "raw['heading'], raw.get('stpes', ()), 'budgte' in raw, raw['title']"
    assert keys(ast.parse(code)) - properties(SCHEMA, COMMON) == {"heading", "stpes", "budgte"}


def test_what_the_rules_list_is_in_the_schema() -> None:
    listed = {*procedure._KINDS, *procedure._TIMES, *procedure._TIMES.values()}
    listed |= {name for names in _STATED.values() for name in names}
    assert listed <= properties(SCHEMA, COMMON)


def is_made_of(node: dict[str, Any], definition: str) -> bool:
    """Return whether *node* is a *definition*, or a list of them."""
    if "items" in node:
        return is_made_of(node["items"], definition)
    if "$ref" not in node:
        return False
    return node["$ref"].endswith(f"/{definition}") or is_made_of(resolved(node, SCHEMA)[0], definition)


def made_of(definition: str) -> set[str]:
    described = [node.get("properties", {}) for node in (SCHEMA, *SCHEMA["$defs"].values())]
    return {name for each in described for name, node in each.items() if is_made_of(node, definition)}


FREE = {"answers", "dimension", "quantity", "database"}
"""Names that refer to nothing in the procedure, and answers, which are those of one question."""


def test_every_name_that_refers_and_every_time_is_looked_at() -> None:
    assert (made_of("name") | made_of("form_code")) - {"code"} - FREE == {*procedure._KINDS, "id"}
    assert made_of("duration") == set(procedure._TIMES.values())


def test_every_object_of_the_schema_is_described_in_both_languages() -> None:
    for name, node in {"top": SCHEMA, **SCHEMA["$defs"]}.items():
        assert node["title"].isascii(), name
        assert " / " in node["description"], name


# Fewer procedures than are shipped, of every shape: a mutation is then tried in milliseconds.
CODES = {"1.004222", "1.001193", "2.000815", "2.000884", "1.012783"}
SMALL = documents.shipped()
SMALL["procedures"] = [raw for raw in SMALL["procedures"] if raw["code"] in CODES]
SMALL["procedures"].append(documents.published())
SMALL["bases"]["law"] = {"instrument": "Luật 1/2020/QH14", "firmness": "read"}
SMALL["procedures"][0] |= {"in_force_from": "2021-07-01", "in_force_to": "2030-12-31"}
SMALL["procedures"][0]["field"]["code"] = "G01-CT01"
SMALL["procedures"][0]["results"][0] |= {"code": "KQ.G01.000001", "validity": documents.text("mãi")}
SMALL["procedures"][0]["steps"][0]["budget"] = "1 working day"
SMALL["procedures"][0]["steps"][0]["cases"] = ["owner"]


def places(value: Any, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    children: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place for key, child in children for place in [(*path, key), *places(child, (*path, key))]]


PLACES = places(SMALL)
SAMPLES: list[Any] = [None, True, 7, "x", ["x"], [], {"vi": "x", "en": "x"}, {}, [[]], [{}], [None]]


def node(document: Any, place: tuple[str | int, ...]) -> Any:
    for step in place:
        document = document[step]
    return document


class Mutation(typing.NamedTuple):
    """One change of a random place; small to show where a test fails."""

    place: tuple[str | int, ...]
    change: str
    value: Any

    def applied(self) -> Any:
        document = copy.deepcopy(SMALL)
        parent: Any = node(document, self.place[:-1])
        key: Any = self.place[-1]
        if self.change == "delete":
            del parent[key]
        elif self.change == "rename":
            parent[self.value] = parent.pop(key)
        else:
            parent[key] = copy.deepcopy(self.value)
        return document


@st.composite
def mutations(draw: st.DrawFn) -> Mutation:
    place = draw(st.sampled_from(PLACES))
    change = draw(st.sampled_from(["delete", "retype", "rename"]))
    if change == "rename" and isinstance(place[-1], str):
        return Mutation(place, change, f"{place[-1]}_x")
    if change == "delete":
        return Mutation(place, change, None)
    now = node(SMALL, place)
    return Mutation(
        place, "retype", draw(st.sampled_from([value for value in SAMPLES if type(value) is not type(now)]))
    )


def accepted_by_classes(document: Any) -> bool:
    try:
        structured(document, catalogue.Catalogue)
    except InvalidDocumentError:
        return False
    return True


def test_the_unmutated_document_is_accepted_by_both() -> None:
    assert check_schema(SMALL, "catalogue") == ()
    assert accepted_by_classes(SMALL)


@given(mutations())
def test_a_mutated_document_is_accepted_by_both_or_by_neither(mutation: Mutation) -> None:
    document = mutation.applied()
    assert accepted_by_classes(document) is (check_schema(document, "catalogue") == ())


def test_null_is_refused_by_both() -> None:
    place = next(place for place in PLACES if place[-1] == "time")
    document = Mutation(place, "retype", None).applied()
    with pytest.raises(InvalidDocumentError) as caught:
        structured(document, catalogue.Catalogue)
    assert [p.path for p in caught.value.problems] == ["$.procedures[0].channels[0].limits[0].time"]
    assert check_schema(document, "catalogue") != ()


def test_money_that_is_not_text_is_refused_by_both() -> None:
    place = next(place for place in PLACES if place[-1] == "amount")
    document = Mutation(place, "retype", 20000).applied()
    assert not accepted_by_classes(document)
    assert check_schema(document, "catalogue") != ()


@given(mutations())
def test_what_is_accepted_survives_the_round_trip(mutation: Mutation) -> None:
    document = mutation.applied()
    if accepted_by_classes(document):
        value = structured(document, catalogue.Catalogue)
        assert structured(catalogue.dump(value), catalogue.Catalogue) == value
        assert check_schema(catalogue.dump(value), "catalogue") == ()
    else:
        assert check_schema(document, "catalogue") != ()


def rust() -> Any:
    jsonschema_rs = pytest.importorskip("jsonschema_rs")
    registry = jsonschema_rs.Registry([(COMMON["$id"], COMMON)])
    return jsonschema_rs.Draft202012Validator(SCHEMA, registry=registry, validate_formats=True)


def test_two_validators_accept_what_is_shipped() -> None:
    assert rust().is_valid(documents.shipped())


@given(mutations())
def test_two_validators_agree_on_mutated_documents(mutation: Mutation) -> None:
    document = mutation.applied()
    assert rust().is_valid(document) is (check_schema(document, "catalogue") == ())


def described(node: Any, path: str = "$") -> list[tuple[str, str]]:
    """Return every description, and every word about a pattern or a code, below *node*, each with its place."""
    if isinstance(node, list):
        return [each for index, inner in enumerate(node) for each in described(inner, f"{path}[{index}]")]
    if not isinstance(node, dict):
        return []
    words = ("description", "patternErrorMessage")
    own = [(f"{path}.{key}", node[key]) for key in words if isinstance(node.get(key), str)]
    codes = node.get("enumDescriptions", ())
    own += [(f"{path}.enumDescriptions[{index}]", each) for index, each in enumerate(codes) if isinstance(each, str)]
    return [*own, *(each for key, inner in node.items() for each in described(inner, f"{path}.{key}"))]


@pytest.mark.parametrize("name", ["catalogue", "overlay", "check-rules", "common"])
def test_what_a_schema_explains_it_explains_in_both_languages(name: str) -> None:
    said = described(resources.schema(name))
    assert len(said) > 5
    assert [path for path, words in said if len(words.split(" / ")) != 2] == []
