"""The answers of the library for an assistant, by the Model Context Protocol. Extra ``mcp``.

``python -m onestop_core.ext.mcp`` speaks over standard input and output; :func:`server` is the same for a host that has its own
transport. Seven tools, all of which only read: ``due``, ``status``, ``calendar``, ``procedure``, ``quote``, ``check`` and
``difference``. An assistant that counts days by itself counts some wrong; one that asks here can say on what the answer rests:
each answer has the member ``evidence`` (the bases, each with its mark where it is no law, what the calendar knew, the version
of the library). What cannot be answered comes back as an error with the members of ``application/problem+json``.
"""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Any, Final, cast

try:
    import anyio
    from mcp.server.lowlevel import Server
    from mcp.server.stdio import stdio_server
    from mcp.types import CallToolResult, ListToolsResult, TextContent, Tool, ToolAnnotations
except ImportError as _error:
    from onestop_core.errors import MissingExtraError

    raise MissingExtraError(package="mcp", extra="mcp") from _error

from onestop_core import catalogue as catalogues
from onestop_core import deadlines, workdays
from onestop_core.__about__ import __version__
from onestop_core.errors import InvalidValueError, OnestopError, UnknownCodeError
from onestop_core.model.moments import parse_moment
from onestop_core.text import Language, Text
from onestop_core.workdays import render

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from mcp.types import CallToolRequestParams, PaginatedRequestParams

__all__ = ["server"]

_Arguments = dict[str, Any]
_KINDS: Final[Mapping[str, tuple[type, Text]]] = {
    "string": (str, Text(vi="chuỗi ký tự", en="a string")),
    "integer": (int, Text(vi="số nguyên", en="a whole number")),
    "object": (dict, Text(vi="đối tượng", en="an object")),
    "array": (list, Text(vi="danh sách", en="an array")),
}
_PARAMETERS: Final = {
    "received_at": ("string", "a moment with its offset, such as 2026-02-12T09:30+07:00"),
    "limit": ("string", "a time limit as a decision writes it, in Vietnamese or English, such as 5 working days"),
    "pauses": ("array", "waits that are not counted, each FROM/TO with moments, or FROM/ while it lasts"),
    "as_of": ("string", "only with what had been announced by that day, such as 2025-12-24"),
    "now": ("string", "the moment at which it is looked at, with its offset"),
    "year": ("integer", "2012 to 2050"),
    "words": ("string", "a code such as 1.004222, or words of the name, with or without marks"),
    "procedure": ("string", "its code, such as 1.004222"),
    "answers": ("object", "answers by question, or a case by its dimension; the tool procedure tells both"),
    "quantities": ("object", "what fees are counted by, by name"),
    "on": ("string", "the day for which it holds, such as 2026-02-12"),
    "document": ("object", "a document under the schema catalogue"),
    "theirs": ("string", "the day that the other system says, such as 2026-02-24"),
    "language": ("string", "vi (without it) or en"),
}
_MOST_NAMED: Final = 10


def _day(given: _Arguments, what: str) -> date | None:
    try:
        return date.fromisoformat(given[what]) if what in given else None
    except ValueError:
        raise InvalidValueError.of(what, given[what], vi="ngày dạng 2026-02-12", en="such as 2026-02-12") from None


def _counted(given: _Arguments) -> tuple[deadlines.Deadline, workdays.Calendar]:
    pauses = [str(each).partition("/") for each in given.get("pauses", [])]
    calendar = workdays.calendar("vn-civil", as_of=_day(given, "as_of"))
    found = deadlines.due(
        parse_moment(given["received_at"], "received_at"), deadlines.TimeLimit.parse(given["limit"]), calendar=calendar,
        pauses=[(parse_moment(start, "pauses"), parse_moment(end, "pauses") if end else None) for start, _, end in pauses],
        explain=True,
    )  # fmt: skip
    return found, calendar


def _evidence(bases: Iterable[str | None], calendar: workdays.Calendar | None = None) -> dict[str, Any]:
    found: dict[str, Any] = {
        "bases": list(dict.fromkeys(filter(None, bases))),
        "library": f"onestop_core {__version__}",
    }
    if calendar is not None:
        as_of = calendar.as_of.isoformat() if calendar.as_of else None
        found |= {"calendar": calendar.name, "as_of": as_of, "announced_until": calendar.announced_until.isoformat()}
    return {"evidence": found}


def _due(given: _Arguments, language: Language) -> dict[str, Any]:
    """Until when an authority must answer: the appointment, every day explained."""
    due, calendar = _counted(given)
    found = due.to_dict(language=language)
    return found | _evidence((step["basis"] for step in found["steps"]), calendar)


def _status(given: _Arguments, language: Language) -> dict[str, Any]:
    """How a running dossier stands at a moment: time left, or by how much it is overdue."""
    found = _counted(given)[0].status(now=parse_moment(given["now"], "now")).to_dict(language=language)
    whole = _due(given, language)
    return found | {key: whole[key] for key in ("due_at", "certainty", "evidence")}


def _year(given: _Arguments, language: Language) -> dict[str, Any]:
    """Days off and make-up working days of a year in Vietnam, each with the decision that made it."""
    calendar = workdays.calendar("vn-civil", as_of=_day(given, "as_of"))
    found = render.to_dict(calendar, given["year"], language=language)
    return found | _evidence((day["basis"] for day in found["days"]), calendar)


def _names(node: Any) -> Iterator[str]:
    """Yield the names of the bases that a part of a catalogue cites."""
    if isinstance(node, dict):
        for key, value in cast("dict[str, Any]", node).items():
            yield from value if key in {"basis", "legal_bases"} else _names(value)
    elif isinstance(node, list):
        yield from (name for each in cast("Iterable[Any]", node) for name in _names(each))


def _published(code: str, language: Language) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return a procedure as its document, and the evidence for it."""
    cat = catalogues.shipped()
    document = next(each for each in catalogues.dump(cat)["procedures"] if each["code"] == cat[code].code)
    return document, _evidence(cat.bases[name].cite().in_(language) for name in sorted(set(_names(document))))


def _procedure(given: _Arguments, language: Language) -> dict[str, Any]:
    """A procedure of the shipped catalogue by code or words: its papers, limits, fees, questions and cases."""
    cat, words = catalogues.shipped(), given["words"]
    found = (cat[words],) if words in cat else cat.find(words)
    if len(found) == 1:
        document, evidence = _published(found[0].code, language)
        return {"procedure": document} | evidence
    named = [{"code": each.code, "name": each.name.in_(language)} for each in found[:_MOST_NAMED]]
    return {"found": len(found), "procedures": named} | _evidence([])


def _quote(given: _Arguments, language: Language) -> dict[str, Any]:
    """What one applicant hands in, waits and pays; what must be answered first is in the refusal."""
    procedure = catalogues.shipped()[given["procedure"]]
    found = catalogues.quote(procedure, given.get("answers", {}), given.get("quantities"), on=_day(given, "on"))
    return found.to_dict(language=language) | _published(procedure.code, language)[1]


def _check(given: _Arguments, language: Language) -> dict[str, Any]:
    """What is wrong in a catalogue of procedures; nothing when all is well."""
    problems = [each.to_dict(language=language) for each in catalogues.check(given["document"])]
    return {"problems": problems} | _evidence(each["basis"] for each in problems)


def _difference(given: _Arguments, language: Language) -> dict[str, Any]:
    """Why another system says another day: the known mistakes and conventions that give just that day."""
    due, calendar = _counted(given)
    found = deadlines.explain_difference(due, cast("date", _day(given, "theirs")))
    rows = {each.code: each for cause in found.causes for each in cause}
    known = [{"code": code, "name": row.name.in_(language), "kind": row.kind.value} for code, row in rows.items()]
    bases = (row.basis.cite().in_(language) for row in rows.values())
    return found.to_dict(language=language) | {"known": known} | _evidence(bases, calendar)


_TOOLS: Final[Mapping[str, tuple[Callable[[_Arguments, Language], dict[str, Any]], str, str]]] = {
    "due": (_due, "received_at limit", "pauses as_of"),
    "status": (_status, "received_at limit now", "pauses as_of"),
    "calendar": (_year, "year", "as_of"),
    "procedure": (_procedure, "words", ""),
    "quote": (_quote, "procedure", "answers quantities on"),
    "check": (_check, "document", ""),
    "difference": (_difference, "received_at limit theirs", "pauses as_of"),
}
"""What answers, what must be said, and what may be."""


def _tool(name: str) -> Tool:
    run, required, optional = _TOOLS[name]
    known = {each: _PARAMETERS[each] for each in [*required.split(), *optional.split(), "language"]}
    properties = {each: {"type": kind, "description": said} for each, (kind, said) in known.items()}
    schema = {"type": "object", "properties": properties, "required": required.split(), "additionalProperties": False}
    reads = ToolAnnotations(read_only_hint=True, idempotent_hint=True, open_world_hint=False)
    return Tool(name=name, description=run.__doc__, input_schema=schema, annotations=reads)


def _answer(name: str, given: _Arguments) -> dict[str, Any]:
    if name not in _TOOLS:
        raise UnknownCodeError.among(Text(vi="công cụ", en="tool"), name, _TOOLS)
    schema = _tool(name).input_schema
    for key, value in given.items():
        if key not in schema["properties"]:
            raise UnknownCodeError.among(Text(vi="tham số", en="parameter"), key, schema["properties"])
        (kind, expected), said = _KINDS[_PARAMETERS[key][0]], _PARAMETERS[key][1]
        if type(value) is not kind:
            raise InvalidValueError.of(key, value, vi=expected.vi, en=f"{expected.en}: {said}")
    for key in schema["required"]:
        if key not in given:
            raise InvalidValueError.of(key, None, vi="tham số này phải có", en=_PARAMETERS[key][1])
    return _TOOLS[name][0](given, given.get("language", "vi"))


def server() -> Server[Any]:
    """Return a server with the seven tools, to be run on any transport of the package ``mcp``.

    >>> server().name
    'onestop_core'
    """

    async def list_tools(_: object, __: PaginatedRequestParams | None) -> ListToolsResult:
        return ListToolsResult(tools=[_tool(name) for name in _TOOLS])

    async def call_tool(_: object, asked: CallToolRequestParams) -> CallToolResult:
        given = asked.arguments or {}
        try:
            answer, failed = _answer(asked.name, given), False
        except OnestopError as error:
            answer, failed = error.to_problem(language="en" if given.get("language") == "en" else "vi"), True
        text = TextContent(type="text", text=json.dumps(answer, ensure_ascii=False))
        return CallToolResult(content=[text], structured_content=answer, is_error=failed)

    return Server("onestop_core", version=__version__, on_list_tools=list_tools, on_call_tool=call_tool)


async def _serve() -> None:
    one = server()
    async with stdio_server() as (incoming, outgoing):
        await one.run(incoming, outgoing, one.create_initialization_options())


if __name__ == "__main__":
    anyio.run(_serve)
