"""What makes large catalogues fast changes nothing: the values, the findings, the words of a refusal."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import catalogue
from onestop_core.catalogue.checking.characters import character_problems, is_suspect
from onestop_core.catalogue.structure import made, structured
from onestop_core.catalogue.values import Catalogue
from onestop_core.errors import InvalidDocumentError
from tests.benchmarks.portal_shapes import published
from tests.catalogue.documents import catalogue as small
from tests.catalogue.documents import procedure, shipped
from tests.catalogue.pages import pages

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "document",
    [shipped(), published(40), small(procedure(name={"vi": "Đa\u0306ng ky\u0301"}))],
    ids=["shipped", "shapes", "decomposed"],
)
def test_a_catalogue_is_the_one_that_the_converter_makes(document: dict[str, Any], tmp_path: Path) -> None:
    expected = structured(document, Catalogue)
    path = tmp_path / "catalogue.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    for loaded in (catalogue.load(document), catalogue.load(path)):
        assert loaded == expected
        assert hash(loaded) == hash(expected)
        assert catalogue.dump(loaded) == catalogue.dump(expected)
    assert catalogue.check(document, most=None) == catalogue.check_file(path, most=None)


def test_the_pages_are_the_ones_that_the_converter_makes() -> None:
    document, _ = catalogue.read_portal(pages("national-2026-07")[::20])
    assert catalogue.load(document) == structured(document, Catalogue)


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": {"vi": 1}},
        {"level": "village"},
        {"subjects": ["dog"]},
        {"in_force_from": 1},
        {"papers": [{"name": {"vi": "x"}, "originals": "1", "copies": 0}]},
    ],
)
def test_who_says_yes_to_anything_gets_no_wrong_value(wrong: dict[str, Any]) -> None:
    document = small(procedure(), procedure(code="1.000002", name={"vi": "Hai"}))
    document["procedures"][1] |= wrong
    with pytest.raises(InvalidDocumentError) as caught:
        made(document, ())
    assert all(problem.path.startswith("$.procedures[1]") for problem in caught.value.problems)


def test_what_may_be_wrong_with_a_letter_is_looked_at() -> None:
    unseen = [
        chr(code)
        for code in range(1, 0x11000)
        if not 0xD800 <= code < 0xE000
        and list(character_problems({"name": f"a{chr(code)}b"}))
        and not is_suspect(f"x\na{chr(code)}b\ny")
    ]
    assert unseen == []
    assert not is_suspect("Căn cước công dân – “bản chính” §1 30°; Đặng Ứng\nƯỡ đ Ơ")


@pytest.mark.parametrize("blank", ["\n", " \n", "\n\u200b\n", "a\n \nb", "\u00a0", "\t"])
def test_a_blank_line_is_looked_at_wherever_it_stands(blank: str) -> None:
    assert is_suspect(blank)


def test_objects_that_stand_in_very_many_places_are_looked_at_too() -> None:
    paper = {"name": {"vi": "Tờ\u200b khai"}, "originals": 1, "copies": 0}
    document = small(procedure(papers=[paper] * 5000))
    spelt_out = small(procedure(papers=[copy.deepcopy(paper) for _ in range(5000)]))
    found = catalogue.check(document, most=None, select=["catalogue/stray-character"])
    assert len(found) == 5000
    assert found == catalogue.check(spelt_out, most=None, select=["catalogue/stray-character"])
