"""A schema in one document says the same as the schema in several."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft202012Validator

from onestop_core.cli import main
from onestop_core.errors import UnknownCodeError
from onestop_core.rules.reading import resources
from onestop_core.rules.schema import schemas
from onestop_core.rules.schema.dialect import validator_of

if TYPE_CHECKING:
    from collections.abc import Iterator


def references(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for child in node.values():
            yield from references(child)
    elif isinstance(node, list):
        for child in node:
            yield from references(child)


@pytest.mark.parametrize("name", resources.schema_names())
def test_every_reference_stays_within_the_document(name: str) -> None:
    whole = schemas.bundled(name)
    Draft202012Validator.check_schema(whole)
    for reference in references(whole):
        node = whole
        for part in reference.removeprefix("#").split("/")[1:]:
            node = node[part]
        assert isinstance(node, dict)


def mutated() -> Iterator[Any]:
    document: dict[str, Any] = resources.data("vn/catalogue/one-stop")
    yield document
    wrongs: tuple[Any, ...] = (None, 7, "x", [], {})
    for key in document:
        for wrong in wrongs:
            changed = copy.copy(document)
            changed[key] = wrong
            yield changed
    first = document["procedures"][0]
    for key in first:
        yield {**document, "procedures": [{**first, key: 7}]}


def test_bundled_and_split_agree() -> None:
    validator = Draft202012Validator(schemas.bundled("catalogue"))
    for document in mutated():
        assert validator.is_valid(document) == (not schemas.check_schema(document, "catalogue"))
    assert validator.is_valid(next(mutated()))


def test_the_command_prints_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["schema", "catalogue", "--bundled"]) == 0
    assert json.loads(capsys.readouterr().out) == json.loads(json.dumps(schemas.bundled("catalogue")))
    with pytest.raises(UnknownCodeError):
        schemas.bundled("no-such")


def test_our_way_through_a_schema_finds_what_jsonschema_finds() -> None:
    whole = schemas.bundled("catalogue")
    ours, theirs = validator_of(whole), Draft202012Validator(whole)
    changes: list[dict[str, Any]] = [
        {},
        {"level": "x"},
        {"channels": [{"kind": 5}]},
        {"papers": [{}], "x": 1},
        {"code": "a"},
        {"subjects": []},
    ]
    for change in changes:
        document = resources.data("vn/catalogue/one-stop")
        document["procedures"] = [{**document["procedures"][0], **change}, 7]
        found = [
            sorted((str(e.json_path), str(e.validator)) for e in each.iter_errors(document)) for each in (ours, theirs)
        ]
        assert found[0] == found[1]
        assert found[0]
