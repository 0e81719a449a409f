"""Catalogues with accidents: the library and the slow implementation find the same, whatever is wrong."""

from __future__ import annotations

import copy
import random
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import conformance
from tests.catalogue import documents
from tests.conformance.slow_catalogue import SlowCatalogue

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES = [case.input["document"] for case in conformance.suite().of(["catalogue"])]
WHOLE = documents.catalogue(documents.procedure(), documents.published())
Place = tuple[Any, list[Any] | dict[str, Any], Any]


def places(value: Any) -> Iterator[Place]:
    """Everything inside *value*: under which key or index it stands, in what, and itself."""
    inner: Any = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, child in inner:
        yield key, value, child
        yield from places(child)


def plain(value: Any) -> Any:
    """The document of a case, in which nothing can change, as one that can."""
    if hasattr(value, "items"):
        return {key: plain(child) for key, child in value.items()}
    return [plain(child) for child in value] if isinstance(value, tuple | list) else value


DOCUMENTS = [document for document in map(plain, CASES) if isinstance(document, dict)] + [WHOLE] * 40
POOL: defaultdict[str, list[Any]] = defaultdict(list)
for _document in DOCUMENTS:
    for _key, _, _value in places(_document):
        POOL[str(_key)].append(_value)


def accident(document: Any, chance: random.Random) -> None:
    """Something is left out, stands twice, is in another order or is what stands elsewhere under this name."""
    key, within, value = chance.choice(list(places(document)))
    if isinstance(within, dict):
        if chance.random() < 0.3:
            del within[key]
        else:
            within[key] = copy.deepcopy(chance.choice(POOL[key]))
    elif chance.random() < 0.5:
        within.insert(key, copy.deepcopy(value))
    else:
        chance.shuffle(within)


@pytest.mark.parametrize("seed", range(12))
def test_the_library_and_the_slow_implementation_find_the_same(seed: int) -> None:
    chance, seen = random.Random(seed), set[str]()
    for _ in range(20):
        document = copy.deepcopy(chance.choice(DOCUMENTS))
        for _ in range(chance.randint(1, 3)):
            accident(document, chance)
        on = chance.choice([None, "2026-11-23", "2020-01-01"])
        answer = SlowCatalogue().check_catalogue(document, on)
        assert conformance.reference().check_catalogue(document, on) == answer, document
        seen.update(answer["rules"])
    assert len(seen) > 3
