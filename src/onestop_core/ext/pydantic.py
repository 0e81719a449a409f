"""Values of the library as fields of Pydantic models, with JSON Schema that reads well in OpenAPI. Extra ``pydantic``.

>>> from pydantic import BaseModel
>>> from onestop_core.ext.pydantic import EventField, TimeLimitField
>>> class Act(BaseModel):
...     event: EventField
...     limit: TimeLimitField
>>> act = Act.model_validate({"event": {"kind": "received", "at": "2026-03-02T08:20:00+07:00"}, "limit": "05 ngày làm việc"})
>>> str(act.limit), act.event
('5 working days', <Event received 2026-03-02T08:20:00+07:00>)
>>> act.model_dump_json()
'{"event":{"kind":"received","at":"2026-03-02T08:20:00+07:00"},"limit":"5 working days"}'

What the library refuses is an error of Pydantic's at that field, of type ``onestop_<code>``, with the library's words and facts.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Annotated, Any, ClassVar, Final, cast, final

try:
    import pydantic
    from pydantic_core import PydanticCustomError, core_schema
except ImportError as _error:
    from onestop_core.errors import MissingExtraError

    raise MissingExtraError(package="pydantic", extra="pydantic") from _error

from onestop_core.deadlines import Deadline, WorkingHours
from onestop_core.dossier import Event
from onestop_core.errors import OnestopError
from onestop_core.model import DossierFacts, TimeLimit
from onestop_core.rules.converter import structure, unstructure
from onestop_core.rules.schema.exports import for_types

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler

__all__ = [
    "DeadlineField",
    "EventField",
    "FactsField",
    "ProblemDetails",
    "TimeLimitField",
    "WorkingHoursField",
]


@cache
def _published(schema: str, definition: str | None) -> Mapping[str, Any]:
    """Return a published schema, or one of its definitions, with what it refers to written out in its place."""
    whole = for_types(schema)
    definitions: dict[str, Any] = whole.pop("$defs", {})

    def written_out(node: Any) -> Any:
        if isinstance(node, list):
            return [written_out(each) for each in cast("Sequence[Any]", node)]
        if not isinstance(node, dict):
            return node
        members = cast("dict[str, Any]", node)
        if "$ref" in members:
            return written_out(definitions[members["$ref"].removeprefix("#/$defs/")])
        return {key: written_out(each) for key, each in members.items() if key not in {"$schema", "$id"}}

    found: dict[str, Any] = written_out(whole if definition is None else definitions[definition])
    return found


@final
class _Of:
    """How a field reads, writes and describes values of one kind."""

    def __init__(
        self,
        kind: type,
        *,
        read: Callable[[Any], Any],
        write: Callable[[Any], Any],
        schema: Callable[[], Mapping[str, Any]],
    ) -> None:
        self._kind, self._read, self._write, self._schema = kind, read, write, schema

    def _validated(self, value: Any) -> Any:
        if isinstance(value, self._kind):
            return value
        try:
            return self._read(value)
        except OnestopError as error:
            told = error.to_dict()
            kind: Any = f"onestop_{told.pop('code').replace('-', '_')}"  # one of a few, though no checker can know
            message = told.pop("message")
            raise PydanticCustomError(kind, "{detail}", {"detail": message, **told}) from None

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        del source, handler
        return core_schema.no_info_plain_validator_function(
            self._validated,
            serialization=core_schema.plain_serializer_function_ser_schema(self._write, when_used="json"),
        )

    def __get_pydantic_json_schema__(
        self, schema: core_schema.CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        del schema, handler
        return dict(self._schema())


def _only_written(value: Any) -> Any:
    del value
    raise PydanticCustomError("onestop_output", "a deadline is an answer of the library, and is not read back")


def _both(*, vi: str, en: str) -> str:
    return f"{en} / {vi}"


_STEP: Final = {"type": "object", "description": _both(vi="Một bước giải thích", en="A step of the explanation")}

EventField = Annotated[
    Event,
    _Of(Event, read=Event.from_dict, write=Event.to_dict, schema=lambda: _published("event-log", "LoggedEvent")),
]
"""An :class:`~onestop_core.dossier.Event`, as a row of the schema ``event-log``."""
TimeLimitField = Annotated[
    TimeLimit,
    _Of(
        TimeLimit,
        read=TimeLimit.parse,
        write=str,
        schema=lambda: {
            "title": "TimeLimit",
            "type": "string",
            "description": _both(vi="Thời hạn, chẳng hạn 05 ngày làm việc", en="A time limit, such as 5 working days"),
            "examples": ["5 working days", "05 ngày làm việc", "8 working hours", "30 days", "within the day"],
        },
    ),
]
"""A :class:`~onestop_core.model.TimeLimit`, as text: read in English and Vietnamese, written in English."""
FactsField = Annotated[
    DossierFacts,
    _Of(
        DossierFacts,
        read=lambda value: structure(value, DossierFacts),
        write=unstructure,
        schema=lambda: _published("facts", "DossierFacts"),
    ),
]
"""The facts of a dossier, as a row of the schema ``facts``."""
WorkingHoursField = Annotated[
    WorkingHours,
    _Of(
        WorkingHours,
        read=lambda value: WorkingHours.parse(value) if isinstance(value, str) else WorkingHours.from_document(value),
        write=WorkingHours.to_document,
        schema=lambda: {
            "title": "WorkingHours",
            "anyOf": [
                {"type": "string", "examples": ["07:30-11:30, 13:30-17:00"]},
                _published("working-hours", None),
            ],
        },
    ),
]
"""Office hours: as text, or as a document of the schema ``working-hours``; written as the document."""
DeadlineField = Annotated[
    Deadline,
    _Of(
        Deadline,
        read=_only_written,
        write=Deadline.to_dict,
        schema=lambda: {
            "title": "Deadline",
            "type": "object",
            "description": _both(vi="Thời điểm đến hạn và lý do", en="When something is due, and why"),
            "required": ["due_at", "certainty", "steps"],
            "properties": {
                "due_at": {"type": "string", "format": "date-time"},
                "certainty": {"enum": ["announced", "predicted"]},
                "steps": {"type": "array", "items": _STEP},
            },
        },
    ),
]
"""A :class:`~onestop_core.deadlines.Deadline`, in answers only."""


class ProblemDetails(pydantic.BaseModel):
    """An error as the body of an answer (RFC 9457); ``ProblemDetails(**error.to_problem(language="vi"))``.

    >>> from onestop_core import workdays
    >>> from onestop_core.errors import UnknownCodeError
    >>> try:
    ...     workdays.calendar("vn-civl")
    ... except UnknownCodeError as error:
    ...     ProblemDetails(**error.to_problem()).status
    404
    """

    model_config: ClassVar[pydantic.ConfigDict] = pydantic.ConfigDict(extra="allow", title="ProblemDetails")

    type: str
    """A name of the kind of error: ``urn:onestop-core:error:guard``."""
    title: str
    status: int
    detail: str
    code: str
    """The kind of error, short: ``guard``."""
