"""The words of the published schemas: titles that name types, what to type beside patterns, what each code means."""

from __future__ import annotations

from typing import Any

import pytest

from onestop_core.rules.reading import resources
from onestop_core.rules.schema import schemas


def nodes(node: Any, path: str = "$") -> list[tuple[str, dict[str, Any]]]:
    if isinstance(node, list):
        return [each for index, inner in enumerate(node) for each in nodes(inner, f"{path}[{index}]")]
    if not isinstance(node, dict):
        return []
    return [(path, node), *(each for key, inner in node.items() for each in nodes(inner, f"{path}.{key}"))]


@pytest.mark.parametrize("name", resources.schema_names())
def test_titles_name_types_and_patterns_are_said_in_both_languages(name: str) -> None:
    whole = schemas.bundled(name)
    titles = [whole["title"], *(node["title"] for node in whole["$defs"].values())]
    assert [title for title in titles if not (title.isascii() and title[0].isupper())] == []
    assert len({title.lower() for title in titles}) == len(titles)
    for path, node in nodes(resources.schema(name)):
        if isinstance(node.get("pattern"), str):
            assert node["patternErrorMessage"].count(" / ") == 1, path
        if isinstance(node.get("enumDescriptions"), list):
            assert [words.count(" / ") for words in node["enumDescriptions"]] == [1] * len(node["enum"]), path


@pytest.mark.parametrize("name", ["catalogue", "overlay", "common"])
def test_every_code_that_people_write_is_explained(name: str) -> None:
    lists = [(path, node) for path, node in nodes(resources.schema(name)) if isinstance(node.get("enum"), list)]
    assert [path for path, node in lists if "enumDescriptions" not in node] == []
