"""``load`` and ``dump``, and the values that they give."""

from __future__ import annotations

import json
import pickle
import subprocess
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from onestop_core import catalogue
from onestop_core.errors import InvalidDocumentError, InvalidValueError, UnknownCodeError, UnsupportedSchemaVersionError
from onestop_core.model.time_limits import TimeLimit
from onestop_core.text import Text
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure, shipped, text

if TYPE_CHECKING:
    from pathlib import Path


def test_a_file_and_a_document_give_the_same_catalogue(tmp_path: Path) -> None:
    file = tmp_path / "danh mục.json"
    file.write_text(json.dumps(document(), ensure_ascii=False), encoding="utf-8-sig")
    assert catalogue.load(file) == catalogue.load(str(file)) == catalogue.load(document())


def test_what_is_dumped_loads_as_the_same() -> None:
    for raw in (document(), shipped()):
        value = catalogue.load(raw)
        assert catalogue.load(catalogue.dump(value)) == value
        assert json.loads(json.dumps(catalogue.dump(value))) == catalogue.dump(value)


def test_warnings_and_notes_do_not_stop_loading() -> None:
    raw = document(procedure(channels=[{"kind": "post", "limits": [{}]}], steps=[]))
    assert {p.severity.value for p in catalogue.check(raw)} == {"warning", "note"}
    assert catalogue.load(raw)["1.000001"].channels[0].limits[0].time_limit is None


def test_decomposed_text_is_loaded_composed() -> None:
    value = catalogue.load(document(title={"vi": "Danh mu\u0323c", "en": "x"}))
    assert value.title == Text(vi="Danh mục", en="x")


def test_every_error_is_told_at_once(tmp_path: Path) -> None:
    raw = document(procedure(level="district"), procedure("1.000002", legal_bases=["x"], steps=[]))
    file = tmp_path / "catalogue.json"
    file.write_text(json.dumps(raw), encoding="utf-8")
    with pytest.raises(InvalidDocumentError) as caught:
        catalogue.load(file)
    assert [p.rule for p in caught.value.problems] == ["schema/enum", "catalogue/unresolved-reference"]
    assert caught.value.source == str(file)


def test_a_document_for_another_schema_says_so() -> None:
    with pytest.raises(UnsupportedSchemaVersionError) as caught:
        catalogue.load(document(schema_version="2.0"))
    assert (caught.value.found, caught.value.supported) == ("2.0", ("1.0",))


@pytest.mark.parametrize("raw", [[], None, 3, {}, {"schema_version": 1}, {"procedures": {}}])
def test_what_is_no_catalogue_is_refused_as_a_document(raw: Any) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        catalogue.load(raw)
    assert not isinstance(caught.value, UnsupportedSchemaVersionError)


def test_a_missing_file_is_an_os_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        catalogue.load(tmp_path / "none.json")


def test_a_catalogue_is_a_mapping() -> None:
    cat = catalogue.load(document(procedure(), procedure("2.000002")))
    assert list(cat) == ["1.000001", "2.000002"]
    assert len(cat) == 2
    assert "1.000001" in cat
    assert "9.999999" not in cat
    assert cat.get("9.999999") is None
    assert cat["2.000002"] is cat.procedures[1]
    assert dict(cat) == {p.code: p for p in cat.procedures}


def test_an_unknown_code_is_a_key_error_that_helps() -> None:
    cat = catalogue.shipped()
    with pytest.raises(KeyError) as caught:
        cat["1.004783"]
    assert isinstance(caught.value, UnknownCodeError)
    assert "1.004873" in caught.value.suggestions
    with pytest.raises(UnknownCodeError):
        cat[3]  # type: ignore[index]


def test_values_cannot_be_changed() -> None:
    cat = catalogue.shipped()
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        cat.title = Text(vi="x", en="x")  # type: ignore[misc]


def test_values_compare_hash_and_pickle() -> None:
    first, second = catalogue.load(document()), catalogue.load(document())
    assert first == second
    assert hash(first) == hash(second)
    assert pickle.loads(pickle.dumps(first)) == first  # noqa: S301 - our own bytes
    assert first != catalogue.load(document(title=text("khác")))
    assert first != {"1.000001": first["1.000001"]}


def test_a_catalogue_made_in_python_is_held_to_the_bounds() -> None:
    with pytest.raises(ValueError, match="procedures"):
        catalogue.Catalogue(schema_version="1.0", title=Text(vi="x", en="x"), bases={}, procedures=())
    with pytest.raises(ValueError, match="originals"):
        catalogue.Paper(name=Text(vi="x", en="x"), originals=-1, copies=0)


def test_money_is_exact() -> None:
    fee = {"amount": "0.10", "currency": "USD"}
    raw = document(procedure(channels=[{"kind": "post", "limits": [{"time": "1 day", "fees": [fee]}]}]))
    assert catalogue.load(raw)["1.000001"].channels[0].limits[0].fees[0].amount == Decimal("0.1")


def test_a_limit_made_by_hand_may_be_unreadable() -> None:
    assert catalogue.Limit(time="02 tháng").time_limit == TimeLimit.parse("2 months")
    with pytest.raises(InvalidValueError):
        _ = catalogue.Limit(time="soon").time_limit


def test_importing_the_catalogue_loads_nothing_heavy() -> None:
    code = (
        "import sys; from onestop_core import catalogue; "
        "assert not {'cattrs', 'jsonschema', 'pendulum', 'holidays', 'numpy'} & set(sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own code


def test_the_shipped_catalogue_opens_without_a_validator() -> None:
    code = (
        "import sys; from onestop_core import catalogue; "
        "assert len(catalogue.shipped()) >= 12; assert 'jsonschema' not in sys.modules"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0  # noqa: S603 - our own code
