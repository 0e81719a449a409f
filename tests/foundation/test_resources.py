"""The reader finds what ships, wherever it runs from; packaged documents are plain and NFC."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from onestop_core.errors import UnknownCodeError
from onestop_core.rules.reading import resources
from onestop_core.text import nfc


def packaged_folders() -> list[str]:
    root = Path(str(resources._package())) / "data"
    return sorted({path.parent.relative_to(root).as_posix() for path in root.rglob("*.json")})


@pytest.mark.parametrize("folder", packaged_folders())
def test_every_packaged_document_is_plain_json_in_nfc(folder: str) -> None:
    names = resources.data_names(folder)
    assert names
    for name in names:
        text = json.dumps(resources.data(f"{folder}/{name}"), ensure_ascii=False, default=str)
        assert text == nfc(text)


def test_every_schema_is_a_valid_schema_with_its_own_identifier() -> None:
    from jsonschema import Draft202012Validator

    names = resources.schema_names()
    assert "common" in names
    for name in names:
        schema = resources.schema(name)
        Draft202012Validator.check_schema(schema)
        assert schema["$id"] == f"https://onestop-core.example/schemas/v1/{name}.schema.json"
        assert json.loads(resources.schema_text(name)) == schema


def test_an_unknown_name_is_an_error_with_a_suggestion() -> None:
    with pytest.raises(UnknownCodeError, match="did you mean common"):
        resources.schema_text("comon")
    with pytest.raises(UnknownCodeError, match="no packaged document"):
        resources.data("vn/catalogue/nowhere")


@pytest.mark.parametrize("packaged", [True, False])
def test_schemas_are_found_in_a_wheel_and_in_a_checkout(
    packaged: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "src" / "onestop_core"
    folder = package / "schemas" if packaged else tmp_path / "schemas"
    folder.mkdir(parents=True)
    (folder / "probe.schema.json").write_text("{}", encoding="utf-8")
    monkeypatch.setattr(resources, "_package", lambda: package)
    assert resources.schema_names() == ("probe",)
