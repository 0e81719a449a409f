"""Five events in life on the shipped catalogue: what a citizen is told, in whatever order the procedures are named."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import permutations
from typing import NamedTuple

import pytest

from onestop_core import catalogue

DAY = date(2026, 9, 1)
CATALOGUE = catalogue.shipped().on(DAY)


class Event(NamedTuple):
    codes: tuple[str, ...]
    answers: dict[str, str]
    saved: dict[tuple[str, str], str]
    """By procedure and code of a paper that is not asked for: who issues it."""
    longest: set[str]
    cost: dict[str, Decimal]
    cost_is_known: bool
    together: tuple[str, ...] = ()


EVENTS = {
    "birth": Event(
        codes=("1.001193", "1.004222", "1.001939"),
        answers={
            "child": "ordinary",
            "residence-found": "yes",
            "represented": "no",
            "dwelling": "joining",
            "first-time": "yes",
            "higher-benefit": "no",
            "organ-donor": "no",
        },
        saved={("1.004222", "Giấy tờ chứng minh quan hệ nhân thân"): "1.001193"},
        longest={"within the day + 7 working days"},
        cost={"VND": Decimal(20000)},
        cost_is_known=True,
        together=("3.000722",),
    ),
    "household business": Event(
        codes=("1.001612", "2.001827"),
        answers={"members": "no", "agent": "self"},
        saved={},
        longest={"3 working days", "15 days"},
        cost={"VND": Decimal(700000)},
        cost_is_known=False,
    ),
    "building a house": Event(
        codes=("1.013225", "1.013995"),
        answers={"what": "house", "asset": "house", "survey": "no", "represented": "no"},
        saved={("1.013995", "Một trong các loại giấy tờ tại Điều 148"): "1.013225"},
        longest={"15 days + 5 working days"},
        cost={"VND": Decimal(0)},
        cost_is_known=False,
    ),
    "moving": Event(
        codes=("1.013314", "1.004222"),
        answers={"dwelling": "rented"},
        saved={("1.004222", "Giấy tờ chứng minh đủ diện tích nhà ở"): "1.013314"},
        longest={"2 working days + 7 working days"},
        cost={"VND": Decimal(20000)},
        cost_is_known=True,
    ),
    "death": Event(
        codes=("1.000656", "2.000821"),
        answers={
            "death-notice": "yes",
            "last-residence": "data",
            "represented": "no",
            "deceased-was": "pensioner",
            "work-accident": "no",
            "disabled-relative": "no",
            "army-area": "no",
        },
        saved={("2.000821", "Bản sao Trích lục khai tử"): "1.000656"},
        longest={"immediately + 8 working days"},
        cost={"VND": Decimal(0)},
        cost_is_known=False,
    ),
}


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
def test_what_a_citizen_is_told(event: Event) -> None:
    told = catalogue.bundle(CATALOGUE, event.codes, event.answers, on=DAY)
    assert told.order == event.codes
    saved = {(each.procedure, each.paper.name.vi): each.issued_by for each in told.saved}
    assert len(saved) == len(event.saved)
    for (procedure, name), by in event.saved.items():
        assert [said for (code, paper), said in saved.items() if code == procedure and paper.startswith(name)] == [by]
    assert {str(each) for each in told.longest} == event.longest
    assert (dict(told.cost), told.cost_is_known, told.together) == (event.cost, event.cost_is_known, event.together)


@pytest.mark.parametrize("event", EVENTS.values(), ids=EVENTS)
def test_however_the_procedures_are_named(event: Event) -> None:
    first = catalogue.bundle(CATALOGUE, event.codes, event.answers, on=DAY)
    codes = [each.paper.code for each in first.papers]
    assert len(set(codes)) == len(codes)
    for turned in permutations(event.codes):
        told = catalogue.bundle(CATALOGUE, turned, event.answers, on=DAY)
        assert {each.paper.code for each in told.papers} == set(codes)
        assert set(told.saved) == set(first.saved)
        assert (set(told.longest), told.cost, told.together) == (set(first.longest), first.cost, first.together)
        for each in told.saved:
            assert told.order.index(each.issued_by) < told.order.index(each.procedure)
        for paper in told.papers:
            asking = {
                quoted.procedure
                for quoted in told.quotes
                for asked in quoted.papers
                if asked.paper.code == paper.paper.code
            }
            assert asking <= set(paper.procedures)
