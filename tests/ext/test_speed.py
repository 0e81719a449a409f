"""With the extra `speed` the findings are the same; only sooner."""

from __future__ import annotations

import importlib
import sys
from collections import UserDict
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import catalogue
from onestop_core.catalogue.structure import structured
from onestop_core.errors import InvalidDocumentError, MissingExtraError, UnknownCodeError
from onestop_core.rules.reading import documents, plain
from tests.catalogue.documents import catalogue as small
from tests.catalogue.documents import procedure, shipped

pytest.importorskip("jsonschema_rs", reason="the extra `speed` is not installed")

from onestop_core.ext import speed

VALUES: st.SearchStrategy[Any] = st.sampled_from(
    (None, True, 1, 1.0, Decimal("1.5"), "x", "1.0", (), ("law",), [], ["law"], {}, UserDict(), 10**39)
)


@given(st.sampled_from(sorted(procedure())), VALUES)
def test_findings_do_not_depend_on_the_extra(key: str, value: Any) -> None:
    for document in (small(procedure(**{key: value})), small(title=value), value):
        assert catalogue.check(document, validator=speed.validator()) == catalogue.check(document)


def test_the_shipped_catalogue_is_valid_and_its_rules_still_apply() -> None:
    document = shipped()
    assert speed.validator()(document) is True
    del document["suppressions"]
    found = catalogue.check(document, validator=speed.validator())
    assert found == catalogue.check(document)
    assert {problem.rule for problem in found} >= {"catalogue/no-time-limit"}


def test_a_valid_document_is_not_validated_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("jsonschema was asked")

    monkeypatch.setattr("onestop_core.catalogue.checking.document.violations", refuse)
    assert catalogue.check(small(), validator=speed.validator()) == ()


def test_the_extra_is_shown_types_of_json_only() -> None:
    asked: list[Any] = []

    def ask(document: Any) -> bool:
        asked.append(document)
        return True

    document = small()
    assert (
        catalogue.check(MappingProxyType({**document, "procedures": tuple(document["procedures"])}), validator=ask)
        == ()
    )
    assert catalogue.check({**document, "title": {1, 2}}, validator=ask)
    (shown,) = asked
    assert (type(shown), type(shown["procedures"]), shown) == (dict, list, document)


def test_an_extra_that_fails_is_not_believed() -> None:
    def fail(_: Any) -> bool:
        raise OverflowError

    assert catalogue.check(small(), validator=fail) == ()
    assert catalogue.check(small(bases=1), validator=fail) == catalogue.check(small(bases=1))


@pytest.mark.parametrize("day", ["0000-01-01", "0001-01-01", "2026-02-30", "20260212", "2026-02-12\n", "٢٠٢٦-02-12"])
def test_a_date_is_the_same_to_both(day: str) -> None:
    document = small(procedure(in_force_from=day))
    assert speed.validator()(document) is (day == "0001-01-01")
    assert catalogue.check(document, validator=speed.validator()) == catalogue.check(document)


def test_other_schemas_can_be_judged_too() -> None:
    assert speed.validator("counts")({"schema_version": "1.0", "counts": {"2.1": [3, 5]}})
    assert not speed.validator("counts")({"schema_version": "1.0", "counts": {"2.1": "x"}})
    with pytest.raises(UnknownCodeError):
        speed.validator("no-such")


def test_without_the_extra_one_is_told_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "jsonschema_rs", None)
    monkeypatch.delitem(sys.modules, "onestop_core.ext.speed")
    with pytest.raises(MissingExtraError) as raised:
        importlib.import_module("onestop_core.ext.speed")
    assert (raised.value.extra, raised.value.package) == ("speed", "jsonschema-rs")


ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.decimals()
    | st.text(st.characters(codec=None))
    | st.binary(),
    lambda inner: (
        st.lists(inner) | st.tuples(inner) | st.dictionaries(st.text(st.characters(codec=None)) | st.integers(), inner)
    ),
)


@given(ANYTHING)
def test_what_is_surely_plain_is_plain_place_by_place(document: Any) -> None:
    with pytest.MonkeyPatch.context() as patch:
        surely = documents.is_plain(document)
        patch.setattr(documents, "is_plain", lambda _: False)
        slow = documents.inspect(document)
    assert not (surely and slow)
    assert documents.inspect(document) == slow


@pytest.mark.parametrize("depth", range(62, 67))
def test_the_two_bounds_of_depth_are_one(depth: int) -> None:
    nested: Any = 1
    for _ in range(depth):
        nested = [nested]
    assert documents.is_plain(nested) is (depth <= plain.MAX_DEPTH) is (documents.inspect(nested) == ())


def test_loading_takes_the_fast_way_too(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {**small(), "title": 1}
    with pytest.raises(InvalidDocumentError) as slow:
        catalogue.load(wrong)
    with pytest.raises(InvalidDocumentError) as fast:
        catalogue.load(wrong, validator=speed.validator())
    assert fast.value.problems == slow.value.problems
    monkeypatch.setattr("onestop_core.catalogue.checking.document.violations", lambda *_: pytest.fail("asked"))
    assert catalogue.load(small(), validator=speed.validator()) == structured(small(), catalogue.Catalogue)
