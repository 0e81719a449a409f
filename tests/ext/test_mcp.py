"""An assistant's client asks over a pipe and in memory: every answer says on what it rests, nothing comes back as a traceback."""

from __future__ import annotations

import importlib
import io
import json
import os
import runpy
import sys
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import catalogue, deadlines, workdays
from onestop_core.__about__ import __version__
from onestop_core.errors import MissingExtraError
from onestop_core.model.moments import parse_moment

pytest.importorskip("mcp", reason="the package mcp, of the extra mcp, is not installed")

import anyio
from jsonschema import Draft202012Validator
from mcp.client.client import Client
from mcp.client.stdio import StdioServerParameters, stdio_client

from onestop_core.ext.mcp import server

if TYPE_CHECKING:
    from mcp.types import CallToolResult, Tool

TET = {"received_at": "2026-02-12T09:30+07:00", "limit": "05 ngày làm việc"}
NAMES = ["due", "status", "calendar", "procedure", "quote", "check", "difference"]


async def _asked(client: Client, questions: list[tuple[str, dict[str, Any]]]) -> list[CallToolResult]:
    return [await client.call_tool(name, given) for name, given in questions]


def ask(*questions: tuple[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """Return what a client in the same process is told: structured, and the same as text."""

    async def talk() -> list[CallToolResult]:
        async with Client(server()) as client:
            return await _asked(client, list(questions))

    found = []
    for result in anyio.run(talk):
        (text,) = result.content
        assert text.type == "text"
        assert result.structured_content is not None
        assert json.loads(text.text) == result.structured_content
        assert result.is_error is ("status" in result.structured_content and "title" in result.structured_content)
        found.append(dict(result.structured_content))
    return found


def test_a_client_over_a_pipe_finds_seven_tools_that_only_read() -> None:
    async def talk() -> tuple[list[Tool], CallToolResult]:
        # A server is started with few variables of its own: what Python needs to find the library goes along.
        start = StdioServerParameters(
            command=sys.executable,
            args=["-m", "onestop_core.ext.mcp"],
            env={"PYTHONPATH": os.pathsep.join(filter(None, sys.path)), "PYTHONUTF8": "1"},
        )
        async with Client(stdio_client(start)) as client:
            return (await client.list_tools()).tools, await client.call_tool("due", TET)

    tools, due = anyio.run(talk)
    assert [tool.name for tool in tools] == NAMES
    for tool in tools:
        Draft202012Validator.check_schema(tool.input_schema)
        assert set(tool.input_schema["required"]) <= set(tool.input_schema["properties"])
        assert tool.annotations is not None
        assert tool.annotations.read_only_hint is True
        assert tool.description
    assert due.structured_content is not None
    assert due.structured_content["due_at"] == "2026-02-26T23:59:59+07:00"


def test_each_answer_is_the_librarys_and_says_on_what_it_rests() -> None:
    due, status, year, difference = ask(
        ("due", {**TET, "language": "en"}),
        ("status", {**TET, "now": "2026-02-27T08:00+07:00"}),
        ("calendar", {"year": 2026, "as_of": "2025-12-24"}),
        ("difference", {**TET, "theirs": "2026-02-24", "language": "en"}),
    )
    expected = deadlines.due(
        parse_moment(TET["received_at"]), deadlines.TimeLimit.parse(TET["limit"]), calendar=workdays.calendar(), explain=True
    )  # fmt: skip
    assert {key: due[key] for key in ("due_at", "certainty", "steps")} == expected.to_dict(language="en")
    assert due["evidence"] == {
        "bases": [
            "Civil Code 91/2015/QH13, art. 147(2)", "Official letter 9859/VPCP-KGVX", "Civil Code 91/2015/QH13, art. 148(6)",
        ],
        "calendar": "vn-civil", "as_of": None, "announced_until": workdays.calendar().announced_until.isoformat(),
        "library": f"onestop_core {__version__}",
    }  # fmt: skip
    assert (status["code"], status["text"], status["due_at"]) == ("overdue", "quá hạn 01 ngày làm việc", due["due_at"])
    assert status["evidence"]["bases"]
    assert year["evidence"]["as_of"] == "2025-12-24"
    assert "2026-01-02" not in {day["date"] for day in year["days"]}  # swapped a day later
    assert difference["causes"][0] == ["tet_two_days_short"]
    assert difference["known"][0]["kind"] == "mistake"
    assert "[" in difference["evidence"]["bases"][0]  # observed, and marked so: no law


def test_waits_are_not_counted() -> None:
    waited, lasting = ask(
        ("due", {**TET, "pauses": ["2026-02-13T10:00+07:00/2026-02-24T10:00+07:00"]}),
        ("due", {**TET, "pauses": ["2026-02-13T10:00+07:00/"]}),
    )
    assert waited["due_at"] > "2026-02-26"
    assert lasting["certainty"]


def test_a_procedure_is_found_by_words_or_code_and_quoted() -> None:
    many, one, quoted, open_, nothing = ask(
        ("procedure", {"words": "thuong tru", "language": "en"}),
        ("procedure", {"words": "1.004222"}),
        ("quote", {"procedure": "1.004222", "answers": {"case": "owner"}, "on": "2026-07-01"}),
        ("quote", {"procedure": "1.004222", "language": "en"}),
        ("procedure", {"words": "xyzzy"}),
    )
    assert many["found"] > 1
    assert {"code": "1.004222", "name": "Registration of permanent residence"} in many["procedures"]
    assert one["procedure"]["code"] == "1.004222"
    assert {"questions", "cases"} <= set(one["procedure"])
    residence = catalogue.quote(catalogue.shipped()["1.004222"], {"case": "owner"}).to_dict(language="vi")
    assert quoted["totals"] == residence["totals"]
    assert any(basis.startswith("Cổng Dịch vụ công quốc gia (") for basis in quoted["evidence"]["bases"])
    assert (open_["status"], "dwelling" in open_["detail"]) == (422, True)
    assert (nothing["found"], nothing["procedures"]) == (0, [])


def test_a_catalogue_is_checked() -> None:
    wrong, right = ask(
        ("check", {"document": {}, "language": "en"}),
        ("check", {"document": catalogue.dump(catalogue.shipped())}),
    )
    assert [problem["rule"] for problem in wrong["problems"]] == ["schema/required"]
    assert [each for each in right["problems"] if each["severity"] == "error"] == []


@pytest.mark.parametrize(
    ("name", "given", "status", "said"),
    [
        ("dew", {}, 404, "tool"),
        ("due", {"limit": "5 working days"}, 422, "received_at"),
        ("due", {"recieved_at": "2026-02-12"}, 404, "received_at"),
        ("due", {"received_at": 5, "limit": "5 working days"}, 422, "string"),
        ("calendar", {"year": True}, 422, "whole number"),
        ("calendar", {"year": 3000}, 422, "2050"),
        ("calendar", {"year": 10**30}, 422, "2050"),
        ("calendar", {"year": 2026, "as_of": "24/12/2025"}, 422, "2026-02-12"),
        ("due", {"received_at": "2026-02-12T09:30", "limit": "5 working days"}, 422, "offset"),
        ("due", {"received_at": TET["received_at"], "limit": "five suns"}, 422, "five suns"),
        ("due", {**TET, "pauses": [5]}, 422, "pauses"),
        ("due", {**TET, "pauses": ["2026-02-24T10:00+07:00/2026-02-13T10:00+07:00"]}, 422, "pause"),
        ("status", {**TET, "now": "today"}, 422, "now"),
        ("difference", {**TET, "theirs": "tomorrow"}, 422, "theirs"),
        ("quote", {"procedure": "1.004322"}, 404, "1.004222"),
        ("quote", {"procedure": "1.004222", "answers": {"case": 1.5}}, 404, "1.5"),
    ],
)  # fmt: skip
def test_what_cannot_be_answered_is_told_as_a_problem(name: str, given: dict[str, Any], status: int, said: str) -> None:
    english, vietnamese = ask((name, {**given, "language": "en"}), (name, given))
    assert english["status"] == vietnamese["status"] == status
    assert english["type"] == vietnamese["type"]
    assert said in json.dumps(english, ensure_ascii=False)
    assert vietnamese["detail"] != english["detail"]
    assert "Traceback" not in json.dumps([english, vietnamese])


def test_a_language_that_nobody_speaks_is_refused() -> None:
    (refused,) = ask(("calendar", {"year": 2026, "language": "fr"}))
    assert (refused["status"], refused["value"]) == (422, "'fr'")


def test_the_command_serves_until_its_input_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "onestop_core.ext.mcp")
    with io.TextIOWrapper(io.BytesIO()) as incoming, io.TextIOWrapper(io.BytesIO()) as outgoing:
        monkeypatch.setattr(sys, "stdin", incoming)
        monkeypatch.setattr(sys, "stdout", outgoing)
        served = runpy.run_module("onestop_core.ext.mcp", run_name="__main__")
    assert served["server"]().name == "onestop_core"


def test_without_the_package_the_error_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [each for each in sys.modules if each == "mcp" or each.startswith("mcp.")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "mcp", None)
    monkeypatch.delitem(sys.modules, "onestop_core.ext.mcp")
    with pytest.raises(MissingExtraError) as raised:
        importlib.import_module("onestop_core.ext.mcp")
    assert raised.value.extra == "mcp"
