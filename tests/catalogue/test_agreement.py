"""The schema says the same to every validator: ours, jsonschema-rs, and Ajv where Node has it."""

from __future__ import annotations

import copy
import json
import random
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import conformance
from onestop_core.model import thaw
from onestop_core.rules.reading.documents import inspect, parse_json
from onestop_core.rules.schema import schemas
from tests.catalogue.documents import catalogue as small
from tests.catalogue.documents import shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

WRONG: tuple[Any, ...] = (
    None, True, 0, -1, 1.0, 1.5, 10**12, "", "x", "1.0", "1.0\n", "a b", [], [[]], ["law", "law"], {}, {"x": None},
    "2026-02-28", "2026-02-30", "0000-01-01", "20260228", "2026-02-28\n", "1.000001", "١.000001", "đ" * 600, "https://a.vn/b", "no uri",
)  # fmt: skip


def places(node: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield here
    members = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, child in members:
        yield from places(child, (*here, key))


def mutated(document: Any, chance: random.Random, number: int) -> Iterator[Any]:
    everywhere = [place for place in places(document) if place]
    for _ in range(number):
        whole = copy.deepcopy(document)
        *before, last = chance.choice(everywhere)
        node = whole
        for key in before:
            node = node[key]
        match chance.choice(("wrong", "wrong", "wrong", "remove", "add")):
            case "remove":
                del node[last]
            case "add" if isinstance(node, dict):
                node[chance.choice(("extra", "basis", "cases", "note"))] = chance.choice(WRONG)
            case _:
                node[last] = chance.choice(WRONG)
        yield whole


@cache
def documents() -> tuple[str, ...]:
    """Catalogues, sound and not, as JSON text."""
    chance = random.Random(20261123)
    cases = [thaw(case.input["document"]) for case in conformance.suite().cases if case.operation == "check_catalogue"]
    two = {**shipped(), "procedures": shipped()["procedures"][:2]}
    found = [*cases, shipped(), *mutated(small(), chance, 700), *mutated(two, chance, 100)]
    return tuple(json.dumps(each) for each in found if not inspect(each))


@cache
def ours() -> list[bool]:
    return [schemas.check_schema(parse_json(text), "catalogue") == () for text in documents()]


def differing(theirs: list[bool]) -> list[str]:
    return [text for text, mine, other in zip(documents(), ours(), theirs, strict=True) if mine is not other]


def test_both_kinds_are_among_the_documents() -> None:
    assert min(ours().count(True), ours().count(False)) > 100


def test_jsonschema_rs_agrees() -> None:
    pytest.importorskip("jsonschema_rs", reason="the extra `speed` is not installed")
    from onestop_core.ext import speed

    is_valid = speed.validator()
    assert differing([is_valid(json.loads(text)) for text in documents()]) == []


def test_ajv_agrees() -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed")
    script = str(Path(__file__).with_name("agreement.mjs"))
    request = json.dumps({"schema": schemas.bundled("catalogue"), "documents": [json.loads(d) for d in documents()]})
    done = subprocess.run([node, script], input=request, capture_output=True, text=True, check=False)  # noqa: S603
    if "MODULE_NOT_FOUND" in done.stderr:
        pytest.skip("Node has no ajv and ajv-formats (npm install ajv ajv-formats, or NODE_PATH)")
    assert done.returncode == 0, done.stderr
    assert differing(json.loads(done.stdout)) == []


def test_a_whole_number_is_an_integer_however_written() -> None:
    text = json.dumps(small()).replace('"originals": 1', '"originals": 10e-1')
    assert "10e-1" in text
    assert schemas.check_schema(parse_json(text), "catalogue") == ()
