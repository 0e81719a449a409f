"""A counter desk on FastAPI: receive, supplement, extend, deliver; due dates with pictures, lists, scores, holiday notices.

    pip install 'onestop-core[examples]' && uvicorn --factory app:app        # then http://127.0.0.1:8000

SQLite in ``desk.db`` by default; ``DESK_DATABASE=postgresql+psycopg://…`` for PostgreSQL.
"""

from __future__ import annotations

import os
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import sqlalchemy as sa
from fastapi import FastAPI, Request
from fastapi.responses import FileResponse, JSONResponse, Response
from pydantic import BaseModel, Field

from onestop_core import catalogue, deadlines, desk, dossier, kpi, model, workdays
from onestop_core.deadlines import lists
from onestop_core.errors import OnestopError
from onestop_core.ext.pydantic import EventField
from onestop_core.ext.sqlalchemy import SqlLists, SqlStore
from onestop_core.model import HO_CHI_MINH, Channel, Interval, TimeLimit

HOURS = deadlines.WorkingHours.parse("07:30-11:30, 13:30-17:00")
PROCEDURES = catalogue.shipped()


class NewDossier(BaseModel):
    """What the counter types in: the procedure, the answers that say which case it is, and how it came."""

    procedure: Annotated[str, Field(examples=["1.004222"])]
    answers: dict[str, str | None] = {}
    channel: Channel = Channel.IN_PERSON


class Act(BaseModel):
    """An event, and the version that the screen saw."""

    event: EventField
    seen: int | None = None


class Notice(BaseModel):
    """A holiday decision that was just announced."""

    decision: dict[str, Any]


def make(url: str, *, clock: Any = None) -> FastAPI:
    """Return the application on the database at *url*; *clock* tells the time, for tests."""
    now = clock or (lambda: datetime.now(HO_CHI_MINH))
    engine = sa.create_engine(url)
    store, board = SqlStore(engine), SqlLists(engine)
    store.create_tables()
    board.create_tables()
    app = FastAPI(title="Bộ phận Một cửa", version="1")

    def calendar() -> workdays.Calendar:
        return workdays.calendar("vn-civil", as_of=now().date())

    def keep(connection: sa.Connection, case: dossier.Dossier, limit: TimeLimit) -> None:
        SqlLists(connection).keep(deadlines.row(case, limit, calendar=calendar(), hours=HOURS))

    def shown(case: dossier.Dossier, role: str | None = None) -> dict[str, Any]:
        limit = board.limit_of(case.id)
        return desk.view(
            case, language="vi", role=role, limit=limit, calendar=calendar(), now=now(), hours=HOURS
        ).to_dict()

    @app.exception_handler(OnestopError)
    def refused(_: Request, error: OnestopError) -> JSONResponse:
        return JSONResponse(error.to_problem(language="vi"), error.http_status, media_type="application/problem+json")

    @app.get("/", include_in_schema=False)
    def page() -> FileResponse:
        return FileResponse(Path(__file__).with_name("page.html"), media_type="text/html")

    @app.get("/procedures")
    def procedures(words: str = "") -> list[dict[str, str]]:
        found = PROCEDURES.find(words)[:20] if words else list(PROCEDURES.values())[:20]
        return [{"code": each.code, "name": each.name.vi} for each in found]

    @app.post("/dossiers", status_code=201)
    def open_dossier(new: NewDossier) -> dict[str, Any]:
        limit = desk.limit_for(catalogue.quote(PROCEDURES[new.procedure], new.answers), new.channel)
        at = now()

        def numbered(number: int) -> dossier.Dossier:
            return dossier.machine("vn", on=at.date()).new(
                id=model.issue("H26.12", at.date(), number),
                procedure=new.procedure,
                channel=new.channel,
                at=at,
                receiving_unit="H26.12",
                competent_unit="H26.12",
            )

        with engine.begin() as connection:
            case = desk.open_next(SqlStore(connection), numbered)
            keep(connection, case, limit)
        return shown(case)

    @app.post("/dossiers/{dossier_id}/events")
    def act(dossier_id: str, request: Act) -> dict[str, Any]:
        limit = board.limit_of(dossier_id)
        with engine.begin() as connection:  # the event and the row of the lists: both, or neither
            case = desk.act(
                SqlStore(connection),
                dossier_id,
                request.event,
                limit=limit,
                calendar=calendar(),
                hours=HOURS,
                expected_version=request.seen,
            )
            keep(connection, case, limit)
        return shown(case)

    @app.get("/dossiers/{dossier_id}")
    def one(dossier_id: str, role: str | None = None) -> dict[str, Any]:
        return shown(desk.fetch(store, dossier_id), role)

    @app.get("/dossiers/{dossier_id}/due.svg")
    def picture(dossier_id: str) -> Response:
        case, limit = desk.fetch(store, dossier_id), board.limit_of(dossier_id)
        due = deadlines.countdown(case, limit, calendar=calendar(), hours=HOURS).due(explain=True)
        return Response("" if due is None else due.to_svg(language="vi"), media_type="image/svg+xml")

    @app.get("/lists/{name}")
    def listed(name: str) -> list[dict[str, Any]]:
        if name == "overdue":
            listing = lists.overdue(now())
        elif name == "soon":
            listing = lists.due_within(2, now=now(), calendar=calendar())
        else:
            listing = lists.with_status(name, now=now())
        return [row.to_dict() for row in board.rows(listing)]

    @app.post("/notices")
    def impact(notice: Notice) -> list[dict[str, Any]]:
        new = calendar().with_decisions([notice.decision])
        cases = (
            (row.id, desk.fetch(store, row.id), TimeLimit.parse(row.time_limit), HOURS)
            for row in board.rows(lists.in_progress())
        )
        return [row.to_dict(language="vi") for row in deadlines.impact(cases, calendar(), new, now=now())]

    @app.get("/scores/{year}/{month}")
    def scores(year: int, month: int) -> dict[str, Any]:
        period = Interval.month(year, month)
        facts = (
            deadlines.facts(
                desk.fetch(store, row.id), TimeLimit.parse(row.time_limit), calendar=calendar(), hours=HOURS
            )
            for row in board.rows()
        )
        return kpi.index("vn-766", on=period.last).evaluate(facts, period=period).to_dict(language="vi")

    @app.get("/errands")
    def errands() -> list[dict[str, Any]]:
        return [{"id": each.id, "kind": each.effect.kind.value, "form": each.effect.form} for each in store.pending()]

    @app.post("/errands/done")
    def done(ids: list[str]) -> None:
        store.done(ids)

    return app


def app() -> FastAPI:
    """Return the application for a server: ``uvicorn --factory app:app``."""
    return make(os.environ.get("DESK_DATABASE", "sqlite:///desk.db"))
