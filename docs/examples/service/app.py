"""The library as a stateless service, for systems in Java, C#, PHP or anything that speaks HTTP.

    pip install 'onestop-core[examples]' && uvicorn --factory app:app       # OpenAPI at /openapi.json, to try it at /docs

Nothing is kept: every question carries all that its answer rests on.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Path, Query, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

from onestop_core import catalogue, deadlines, dossier, kpi, workdays
from onestop_core.errors import OnestopError
from onestop_core.ext.pydantic import DeadlineField, ProblemDetails, TimeLimitField, WorkingHoursField

LANGUAGE = Literal["vi", "en"]
REFUSALS: Any = {status: {"model": ProblemDetails} for status in (404, 409, 422)}


class DueQuestion(BaseModel):
    """From when, how long, and what was waited for."""

    received_at: Annotated[datetime, Field(examples=["2026-02-12T09:30:00+07:00"])]
    limit: TimeLimitField
    hours: WorkingHoursField | None = None
    pauses: list[tuple[datetime, datetime | None]] = []
    as_of: date | None = None
    """Only what had been announced by then."""


class StatusQuestion(DueQuestion):
    """How it stands at a moment."""

    now: datetime


class Status(BaseModel):
    """How it stands, in words too."""

    code: str
    text: str
    due_at: datetime


class Replayed(BaseModel):
    """Where a dossier stands after its log."""

    state: str
    portal_status: int
    phase: str
    appointment: datetime | None


class QuoteQuestion(BaseModel):
    """A procedure of the shipped catalogue, and the answers of the applicant."""

    procedure: str
    answers: dict[str, str | int | None] = {}
    quantities: dict[str, int] = {}


class Quote(BaseModel):
    """What it takes: papers by name, limits and what is paid by way to submit."""

    name: str
    papers: list[str]
    limits: dict[str, str | None]
    fees: dict[str, dict[str, str]]


class Score(BaseModel):
    """Counts by metric: numerator and denominator."""

    counts: dict[str, tuple[int, int]]
    on: date
    level: Literal["province", "commune", "ministry"] | None = None


def app() -> FastAPI:
    """Return the service."""
    service = FastAPI(title="onestop_core", version="1", responses=REFUSALS)

    def counted(question: DueQuestion) -> deadlines.Deadline:
        calendar = workdays.calendar("vn-civil", as_of=question.as_of)
        return deadlines.due(
            question.received_at, question.limit, calendar=calendar, hours=question.hours, pauses=question.pauses
        )

    @service.exception_handler(OnestopError)
    def refused(request: Request, error: OnestopError) -> JSONResponse:
        language: Any = "en" if request.query_params.get("language") == "en" else "vi"
        return JSONResponse(
            error.to_problem(language=language), error.http_status, media_type="application/problem+json"
        )

    @service.post("/due", operation_id="due")
    def due(question: DueQuestion) -> DeadlineField:
        """Until when, and why."""
        return counted(question)

    @service.post("/status", operation_id="status")
    def status(question: StatusQuestion, language: LANGUAGE = "vi") -> Status:
        """How a running dossier stands."""
        deadline = counted(question)
        found = deadline.status(now=question.now)
        return Status(code=found.code.value, text=found.text.in_(language), due_at=deadline.at)

    @service.post("/receipt", operation_id="receipt")
    def receipt(question: DueQuestion) -> dict[str, Any]:
        """What a third party needs to recompute the day."""
        return counted(question).to_receipt()

    @service.post("/verify", operation_id="verify")
    def verify(receipt: dict[str, Any], language: LANGUAGE = "vi") -> list[dict[str, Any]]:
        """What does not hold in a receipt; empty when it holds."""
        return [problem.to_dict(language=language) for problem in deadlines.verify(receipt)]

    @service.post("/replay", operation_id="replay")
    def replay(log: dict[str, Any]) -> Replayed:
        """Where a dossier stands after its log, a document of the schema event-log."""
        case = dossier.replay(log)
        return Replayed(
            state=case.state, portal_status=case.portal, phase=case.clock.phase.value, appointment=case.appointment
        )

    @service.post("/check", operation_id="check")
    def check(document: dict[str, Any], language: LANGUAGE = "vi") -> list[dict[str, Any]]:
        """What is wrong in a catalogue; empty when nothing is."""
        return [problem.to_dict(language=language) for problem in catalogue.check(document)]

    @service.post("/quote", operation_id="quote")
    def quote(question: QuoteQuestion, language: LANGUAGE = "vi") -> Quote:
        """Papers, limits and fees of a procedure for an applicant."""
        found = catalogue.quote(catalogue.shipped()[question.procedure], question.answers, question.quantities or None)
        return Quote(
            name=found.name.in_(language),
            papers=[each.paper.name.in_(language) for each in found.papers],
            limits={
                each.channel.value: None if each.time_limit is None else str(each.time_limit) for each in found.limits
            },
            fees={
                channel.value: {currency: str(amount) for currency, amount in found.total(channel).items()}
                for channel in found.channels
            },
        )

    @service.post("/score", operation_id="score")
    def score(question: Score, language: LANGUAGE = "vi") -> dict[str, Any]:
        """Points of the national index from counts."""
        index = kpi.index("vn-766", on=question.on)
        return index.score(question.counts, level=question.level).to_dict(language=language)

    @service.get("/calendar/{year}", operation_id="calendar")
    def calendar_of(
        year: Annotated[int, Path(ge=2012, le=2050)], as_of: Annotated[date | None, Query()] = None
    ) -> list[dict[str, Any]]:
        """Every day off and every make-up working day of a year."""
        calendar, first = workdays.calendar("vn-civil", as_of=as_of), date(year, 1, 1)
        days = (calendar.day(first + timedelta(days=number)) for number in range(366))
        return [
            {"date": day.date.isoformat(), "is_workday": day.is_workday, "kind": day.kind.value, "name": day.name.vi}
            for day in days
            if day.date.year == year and day.kind.value not in {"working", "weekend"}
        ]

    return service
