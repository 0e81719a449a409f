"""Types in TypeScript, Java and C# are made from ``onestop schema NAME --types``, and are called what they are."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core.cli import main
from onestop_core.errors import UnknownCodeError
from onestop_core.rules.reading import resources
from onestop_core.rules.schema import exports
from tests.node import ask

if TYPE_CHECKING:
    from collections.abc import Iterator

PEOPLE_SHARE = ("catalogue", "overlay", "calendar", "facts", "counts", "organisation", "working-hours")
CALLED = {
    "Authority", "BilingualText", "Catalogue", "DecisionRule", "Fee", "FeeShare", "FeeTier", "Limit", "LinkedProcedure",
    "OfferedChannel", "Paper", "Procedure", "ProcedureResult", "Question", "ReceivingPlace", "Step", "Suppression",
}  # fmt: skip


def test_types_of_three_languages_bear_the_names_of_the_schema(capsys: pytest.CaptureFixture[str]) -> None:
    schemas: dict[str, Any] = {}
    for name in PEOPLE_SHARE:
        assert main(["schema", name, "--types"]) == 0
        schema = json.loads(capsys.readouterr().out)
        schemas[schema["title"]] = schema
    made = ask("types.cjs", schemas, packages="json-schema-to-typescript quicktype-core")
    assert set(made) == set(schemas)
    for name, languages in made.items():
        for types in languages.values():
            assert name in types
            # A type that a generator must number is the same thing over again, or two things of one name.
            assert [each for each in types if re.search(r"[0-9]$|Class$|^Purple|^Fluffy", each)] == []
    for types in made["Catalogue"].values():
        assert set(types) >= CALLED


def references(node: Any) -> Iterator[str]:
    for key, each in node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ():
        if key == "$ref":
            yield each
        yield from references(each)


@pytest.mark.parametrize("name", resources.schema_names())
def test_the_form_for_types_is_whole(name: str) -> None:
    schema = exports.for_types(name)
    assert re.fullmatch("[A-Z][A-Za-z0-9]+", schema["title"])
    assert {reference.split("/")[2] for reference in references(schema)} <= set(schema["$defs"])
    assert set(schema.get("properties", {})) == set(resources.schema(name).get("properties", {}))
    with pytest.raises(UnknownCodeError):
        exports.for_types("x")


def test_what_bounds_values_makes_no_types() -> None:
    fee = exports.for_types("catalogue")["$defs"]["Fee"]
    assert ("anyOf" in fee, fee["properties"]["tiers"]["type"]) == (False, "array")
    assert "maxItems" not in fee["properties"]["tiers"]
    assert fee["properties"]["amount"] == {"$ref": "#/$defs/Money"}


def test_openapi_has_every_schema(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--openapi"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert (document["openapi"], document["paths"]) == ("3.1.0", {})
    components = document["components"]["schemas"]
    assert all(re.fullmatch("[A-Z][A-Za-z0-9]+", name) for name in components)
    targets = {reference.split("/")[3] for reference in references(document)}
    assert targets <= set(components)
    definitions = sum(len(resources.schema(name).get("$defs", {})) for name in resources.schema_names())
    assert len(components) == definitions + len(resources.schema_names()) - 1  # the shared definitions are no document
    assert components["Paper"]["properties"]["name"]["$ref"] == "#/components/schemas/BilingualText"


def test_a_validator_of_openapi_accepts_the_document() -> None:
    validators = pytest.importorskip("openapi_spec_validator", reason="openapi-spec-validator is not installed")
    assert [str(error) for error in validators.OpenAPIV31SpecValidator(exports.openapi()).iter_errors()] == []


def test_a_component_judges_as_its_schema_does() -> None:
    from jsonschema import Draft202012Validator

    document = exports.openapi()
    counts = {**document, "$ref": "#/components/schemas/CountsDocument"}
    validator = Draft202012Validator(counts)
    assert validator.is_valid({"schema_version": "1.0", "counts": {"2.1": [3, 5]}})
    assert not validator.is_valid({"schema_version": "1.0", "counts": {"2.1": "x"}})


def test_openapi_takes_no_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "counts", "--openapi"]) == 2
    assert capsys.readouterr().err == "onestop schema: NAME: cannot use 'counts'; expected no NAME with --openapi\n"


def test_the_list_says_what_each_schema_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "--lang", "vi"]) == 0
    listed = capsys.readouterr().out.splitlines()
    assert len(listed) == len(resources.schema_names())
    assert "catalogue                Danh mục thủ tục hành chính" in listed
