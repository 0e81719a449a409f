"""The settings for editors are read as the editors read them: they parse, and name what exists."""

from __future__ import annotations

import json
import re
import xml.etree.ElementTree as ET
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING, Any

from onestop_core.cli import main
from onestop_core.rules.reading import resources
from onestop_core.rules.schema import schemas

if TYPE_CHECKING:
    import pytest

PAGE = (Path(__file__).parents[2] / "docs" / "how-to" / "editor.md").read_text(encoding="utf-8")
SCHEMA = "catalogue.schema.json"


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)


def test_vs_code_finds_the_schema_for_catalogues() -> None:
    settings: list[Any] = [json.loads(block) for block in blocks("json")]
    ((mapping,),) = (each["json.schemas"] for each in settings if "json.schemas" in each)
    assert mapping["url"] == f"./schemas/{SCHEMA}"
    assert any(fnmatch("/catalogues/commune.json", pattern) for pattern in mapping["fileMatch"])


def test_jetbrains_finds_the_schema_for_catalogues() -> None:
    (block,) = blocks("xml")
    options = {option.get("name"): option.get("value") for option in ET.fromstring(block).iter("option")}
    assert options["relativePathToSchema"] == f"schemas/{SCHEMA}"
    assert fnmatch("catalogues/commune.json", str(options["path"]))


def test_the_command_of_the_page_prints_that_schema(capsys: pytest.CaptureFixture[str]) -> None:
    (command,) = (line for block in blocks("console") for line in block.splitlines())
    said, _, file = command.removeprefix("$ onestop ").partition(" > ")
    assert file == f"schemas/{SCHEMA}" == f"schemas/{said.split()[1]}.schema.json"
    assert main(said.split()) == 0
    printed = json.loads(capsys.readouterr().out)
    assert printed == json.loads(json.dumps(schemas.bundled("catalogue")))
    assert printed["$id"].endswith("/" + SCHEMA)


def test_the_task_understands_what_the_command_prints(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (task,) = (each for block in blocks("json") for each in json.loads(block).get("tasks", ()))
    pattern = task["problemMatcher"]["pattern"]
    document: dict[str, Any] = resources.data("vn/catalogue/one-stop")
    document["procedures"][0]["level"] = "comune"
    path = tmp_path / "commune.json"
    path.write_text(json.dumps(document, indent=2), encoding="utf-8")
    assert main(["check", str(path)]) == 1
    lines = capsys.readouterr().out.splitlines()[:-1]
    found = [re.match(pattern["regexp"], line) for line in lines]
    assert all(found)
    (error,) = (match for match in found if match and match[pattern["severity"]] == "error")
    assert (error[pattern["file"]], error[pattern["code"]]) == (str(path), "schema/enum")
    named = path.read_text(encoding="utf-8").splitlines()[int(error[pattern["line"]]) - 1]
    assert named[int(error[pattern["column"]]) - 1 :].startswith('"comune"')
