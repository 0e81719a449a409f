"""What VS Code's own service says: hover for every key and every code, completion for both, words for mistakes."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core.rules.schema import schemas
from tests.catalogue.annexes import everything
from tests.catalogue.overlays import overlay
from tests.node import ask

if TYPE_CHECKING:
    from collections.abc import Iterator

EMPTY = {
    "catalogue": '{"procedures": [{"channels": [{"limits": [{"fees": [{}]}]}], "papers": [{}], "steps": [{}]}]}',
    "overlay": '{"procedures": [{"channels": [{"limits": [{"fees": [{}]}]}], "papers": [{}], "steps": [{}]}]}',
}
"""Objects in which an editor is asked for the properties that may stand there."""


def codes(schema: dict[str, Any], node: Any, key: str = "") -> Iterator[tuple[str, frozenset[str]]]:
    """Yield the codes of each property of a schema."""
    if isinstance(node, dict):
        if key and "enum" in meant(schema, node):
            yield key, frozenset(meant(schema, node)["enum"])
        for name, each in node.items():
            if name == "properties":
                for inner, value in each.items():
                    yield from codes(schema, value, inner)
            elif name == "items":
                yield from codes(schema, each, key)
            elif name == "$defs":
                for value in each.values():
                    yield from codes(schema, value)


def meant(schema: dict[str, Any], node: dict[str, Any]) -> dict[str, Any]:
    while "$ref" in node:
        found: Any = schema
        for step in node["$ref"].split("/")[1:]:
            found = found[step]
        node = found
    return node


def properties(schema: dict[str, Any], *path: str) -> set[str]:
    """Return the properties of what stands at a path of names; lists are gone into."""
    node = schema
    for name in path:
        node = meant(schema, meant(schema, node)["properties"][name])
        node = meant(schema, node["items"]) if "items" in node else node
    return set(meant(schema, node)["properties"])


def fitting(schema: dict[str, Any], node: dict[str, Any], value: Any) -> Any:
    """Return *value* without the properties that *node* does not know."""
    node = meant(schema, node)
    if isinstance(value, list):
        return [fitting(schema, node.get("items", {}), each) for each in value]
    known = node.get("properties")
    if not isinstance(value, dict) or known is None:
        return value
    return {key: fitting(schema, known[key], each) for key, each in value.items() if key in known}


PLACES: dict[str, tuple[str, ...]] = {
    "fees": ("procedures", "channels", "limits", "fees"),
    "papers": ("procedures", "papers"),
    "steps": ("procedures", "steps"),
}


@pytest.mark.parametrize("name", ["catalogue", "overlay"])
def test_an_editor_explains_and_completes_everything_in_both_languages(name: str) -> None:
    schema = schemas.bundled(name)
    document = everything()
    if name == "overlay":
        whole = next(each for each in document["procedures"] if each["code"] == "1.000002")
        document = overlay(fitting(schema, meant(schema, schema["properties"]["procedures"])["items"], whole))
    text = json.dumps(document, ensure_ascii=False, indent=2)
    at = {place: EMPTY[name].index(f'"{place}": [') + len(place) + 6 for place in PLACES}
    broken = [text.replace('"1.00', '"1,00'), text.replace('"amount": "', '"amount": "x')]
    request = {"schema": schema, "text": text, "at": at, "empty": EMPTY[name], "broken": broken}
    answer = ask("editor.cjs", request, packages="vscode-json-languageservice")

    assert len(answer["keys"]) > (300 if name == "catalogue" else 15)
    assert [key for key, said in answer["keys"] if " / " not in said] == []

    coded: dict[str, list[frozenset[str]]] = {}
    for key, values in codes(schema, schema):
        coded.setdefault(key, []).append(values)
    seen: set[str] = set()
    for key, word, said, proposed in answer["words"]:
        if not any(word in values for values in coded.get(key, ())):
            continue
        seen.add(key)
        assert said.count(" / ") >= 2, (key, word)  # of the property, and of the code
        labels = {label.strip('"') for label, _ in proposed}
        assert any(labels == values for values in coded[key] if word in values), (key, word)
        assert [label for label, words in proposed if " / " not in words] == [], (key, word)
    if name == "catalogue":
        assert set(coded) - seen == set()

    for place, path in PLACES.items():
        assert {label for label, _ in answer["proposed"][place]} == properties(schema, *path)
        assert [label for label, said in answer["proposed"][place] if " / " not in said] == []

    assert "a code such as 1.004222 / mã như 1.004222" in answer["wrong"][0]
    assert "an amount such as 20000; for free, 0 / số tiền như 20000; miễn phí ghi 0" in answer["wrong"][1]
