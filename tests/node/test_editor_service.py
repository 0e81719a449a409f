"""What VS Code's own service says of a catalogue: hover for every key, completion and hover for codes, words for mistakes."""

from __future__ import annotations

import json

from onestop_core.rules.schema import schemas
from tests.catalogue import documents
from tests.node import ask


def test_an_editor_explains_every_key_and_every_code_in_both_languages() -> None:
    whole = documents.shipped()
    whole["procedures"] = [documents.published()]
    text = json.dumps(whole, ensure_ascii=False, indent=2)
    keys = ("level", "kind", "scope", "role", "mechanism", "electronic", "status", "event", "firmness", "subjects")
    at = {key: text.index(f'"{key}": ') + len(key) + 5 for key in keys if f'"{key}": "' in text}
    at["subjects"] = text.index('"', text.index('"subjects": [') + 12) + 1
    code = whole["procedures"][0]["code"]
    broken = [text.replace(f'"code": "{code}"', '"code": "x"'), text.replace('"amount": "', '"amount": "x')]
    request = {"schema": schemas.bundled("catalogue"), "text": text, "at": at, "broken": broken}
    answer = ask("editor.cjs", request, packages="vscode-json-languageservice")
    assert len(answer["keys"]) > 300
    assert [key for key, said in answer["keys"] if " / " not in said] == []
    assert {"level", "kind", "subjects"} <= set(answer["values"])
    for key, value in answer["values"].items():
        assert value["hover"].count(" / ") >= 2, key  # of the property, and of the code
        assert len(value["complete"]) > 1, key
        assert [label for label, said in value["complete"] if " / " not in said] == [], key
    assert answer["wrong"][0] == ["a code such as 1.004222 / mã như 1.004222"]
    assert set(answer["wrong"][1]) == {"an amount such as 20000; for free, 0 / số tiền như 20000; miễn phí ghi 0"}
