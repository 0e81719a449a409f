"""The stateless service of the examples, asked by a client that is made from its OpenAPI, in JavaScript."""

from __future__ import annotations

import json
import os
import shutil
import socket
import subprocess
import threading
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from onestop_core import catalogue, deadlines, dossier, kpi, workdays
from tests.examples.loading import load

for each in ("fastapi", "httpx2", "uvicorn"):
    pytest.importorskip(each, reason=f"{each}, of the extra examples, is not installed")

import uvicorn  # noqa: E402
from fastapi.testclient import TestClient  # noqa: E402

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")
AT = datetime.fromisoformat("2026-02-12T09:30:00+07:00")


def service() -> Any:
    return load("service").app()


def test_a_client_made_from_its_openapi_gets_the_answers_of_the_library() -> None:
    node, modules = shutil.which("node"), os.environ.get("NODE_PATH", "")
    if node is None or not (Path(modules) / "swagger-client").exists():
        pytest.skip("swagger-client for Node.js is not installed (NODE_PATH)")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(service(), port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        while not server.started:
            thread.join(0.05)
        said = subprocess.run(  # noqa: S603 - the program that was found
            [node, Path(__file__).with_name("client.mjs"), f"http://127.0.0.1:{port}"],
            capture_output=True, text=True, check=False, timeout=120,
        )  # fmt: skip
    finally:
        server.should_exit = True
        thread.join()
    assert said.returncode == 0, said.stderr
    told = json.loads(said.stdout)
    calendar = workdays.calendar()
    due = deadlines.due(AT, deadlines.TimeLimit.parse("5 working days"), calendar=calendar)
    assert told["due"] == due.to_dict()
    assert (told["refused"]["status"], told["unknown"]["status"], told["unknown"]["code"]) == (422, 404, "unknown-code")
    assert told["status"]["text"] == due.status(now=datetime.fromisoformat("2026-02-13T09:00+07:00")).text.en
    assert (told["sound"], told["forged"], told["check"]) == ([], True, True)
    quote = catalogue.quote(catalogue.shipped()["1.004222"], {"case": "owner"})
    assert told["quote"]["papers"] == [each.paper.name.vi for each in quote.papers]
    assert told["quote"]["fees"]["in_person"] == {"VND": str(quote.total("in_person")["VND"])}
    index = kpi.index("vn-766", on=date(2026, 9, 24))
    assert told["score"]["metrics"] == index.score({"2.1": (528684, 597918)}, level="province").to_dict()["metrics"]
    off = {day["date"] for day in told["calendar"] if not day["is_workday"]}
    assert off == {
        day.isoformat()
        for day in (date.fromordinal(date(2026, 1, 1).toordinal() + number) for number in range(365))
        if calendar.day(day).kind.value not in {"working", "weekend"} and not calendar.is_workday(day)
    }
    assert {"2026-02-17", "2026-01-10"} <= {day["date"] for day in told["calendar"]}
    assert {day["kind"] for day in told["calendar"]} == {"holiday", "tet", "day_in_lieu", "swap_off", "makeup"}


def test_a_log_is_replayed_and_waits_are_counted() -> None:
    web = TestClient(service())
    m = dossier.machine("vn@decree-118-2025")
    case = m.new(id="1", procedure="1.004222", channel="online", at=AT)
    case = m.step(case, dossier.event("received", AT, due=datetime.fromisoformat("2026-02-26T17:00+07:00")))
    answer = web.post("/replay", json=dossier.dump_log(case)).json()
    assert answer == {
        "state": "received",
        "portal_status": 2,
        "phase": "running",
        "appointment": "2026-02-26T17:00:00+07:00",
    }
    broken = web.post("/replay", json={"schema_version": "1.0"}, params={"language": "en"})
    assert (broken.status_code, broken.json()["title"]) == (422, "An invalid document")
    pauses = [["2026-02-13T09:00:00+07:00", "2026-02-24T09:00:00+07:00"]]
    question = {"received_at": AT.isoformat(), "limit": "5 working days", "pauses": pauses, "as_of": "2026-01-01"}
    waited = [(datetime.fromisoformat(pauses[0][0]), datetime.fromisoformat(pauses[0][1]))]
    counted = deadlines.due(
        AT,
        deadlines.TimeLimit.parse("5 working days"),
        calendar=workdays.calendar(as_of=date(2026, 1, 1)),
        pauses=waited,
    )
    assert web.post("/due", json=question).json()["due_at"] == counted.at.isoformat()


def test_its_openapi_names_the_types_and_the_refusals() -> None:
    document = service().openapi()
    assert {"DueQuestion", "ProblemDetails", "Quote"} <= document["components"]["schemas"].keys()
    answers = document["paths"]["/due"]["post"]["responses"]
    assert answers["422"]["content"]["application/json"]["schema"]["$ref"].endswith("ProblemDetails")
    assert "05 ngày làm việc" in document["components"]["schemas"]["DueQuestion"]["properties"]["limit"]["examples"]
