"""The counter desk of the examples, asked as a browser asks it."""

from __future__ import annotations

import itertools
import shutil
import socket
import subprocess
import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.examples.loading import load
from tests.ext import postgres

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path

for each in ("fastapi", "httpx2", "uvicorn", "sqlalchemy"):
    pytest.importorskip(each, reason=f"{each}, of the extra examples, is not installed")

import uvicorn  # noqa: E402
from fastapi.testclient import TestClient  # noqa: E402

START = datetime.fromisoformat("2025-12-24T08:20:00+07:00")
pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")


def application() -> Any:
    return load("desk")


class Clock:
    """The time as the test sets it."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def event(self, kind: str, **fields: Any) -> dict[str, Any]:
        return {"kind": kind, "at": self.now.isoformat(), **fields}


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Generator[str]:
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/desk.db"
        return
    if postgres.programs() is None:
        pytest.skip("PostgreSQL is not installed")
    pytest.importorskip("psycopg", reason="psycopg is not installed")
    with postgres.server() as folder:
        yield f"postgresql+psycopg://postgres@/postgres?host={folder}"


def test_a_day_at_the_desk(url: str) -> None:
    clock = Clock()
    web = TestClient(application().make(url, clock=clock))
    found = web.get("/procedures", params={"words": "dang ky thuong tru"}).json()
    assert found[0]["code"] == "1.004222"
    opened = web.post("/dossiers", json={"procedure": "1.004222", "answers": {"case": "owner"}})
    assert opened.status_code == 201
    name = opened.json()["id"]
    assert name == "H26.12-251224-0001"
    received = web.post(f"/dossiers/{name}/events", json={"event": clock.event("received", key="a"), "seen": 1}).json()
    # Seven working days; on 24 December the day off of 2 January was not announced yet.
    assert received["promised"]["at"] == "2026-01-05T17:00:00+07:00"
    again = web.post(f"/dossiers/{name}/events", json={"event": clock.event("received", key="a")}).json()
    assert again["version"] == received["version"] == 2
    late = web.post(f"/dossiers/{name}/events", json={"event": clock.event("assigned", to_actor="Minh"), "seen": 1})
    assert (late.status_code, late.json()["code"]) == (409, "version-conflict")
    assert late.headers["content-type"] == "application/problem+json"
    clock.now += timedelta(days=1)
    storm = {
        "schema_version": "1.0",
        "kind": "local",
        "id": "H26-2025-01",
        "territory": "H26",
        "issuer": {"vi": "UBND thành phố"},
        "announced_on": "2025-12-25",
        "bases": {"d": {"instrument": "Quyết định 1/QĐ-UBND", "firmness": "read"}},
        "days_off": [{"date": "2025-12-26", "kind": "local_off", "basis": "d", "name": {"vi": "Nghỉ phòng bão"}}],
    }
    moved = web.post("/notices", json={"decision": storm}).json()
    assert [(row["id"], row["because"]) for row in moved] == [(name, ["2025-12-26"])]
    wrong = web.post("/notices", json={"decision": {**storm, "days_off": [{"date": "26/12"}]}})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "invalid-document")
    svg = web.get(f"/dossiers/{name}/due.svg")
    assert svg.text.startswith("<svg")
    web.post(f"/dossiers/{name}/events", json={"event": clock.event("assigned", to_actor="Minh")})
    asked = web.post(
        f"/dossiers/{name}/events", json={"event": clock.event("supplement_requested", reason="thiếu giấy tờ")}
    )
    assert asked.status_code == 200, asked.text
    assert asked.json()["state"]["code"] == "supplement_requested"
    assert [row["id"] for row in web.get("/lists/paused").json()] == [name]
    clock.now = datetime.fromisoformat("2025-12-30T09:00:00+07:00")
    back = web.post(f"/dossiers/{name}/events", json={"event": clock.event("supplemented")}).json()
    due = datetime.fromisoformat(back["promised"]["at"])
    extended = clock.event("extended", reason="nhiều hồ sơ", due=(due + timedelta(days=3)).isoformat())
    assert web.post(f"/dossiers/{name}/events", json={"event": extended}).json()["promised"]["at"][:10] > str(
        due.date()
    )
    assert web.get("/lists/overdue").json() == []
    clock.now = due + timedelta(days=30)
    assert [row["id"] for row in web.get("/lists/overdue").json()] == [name]
    for kind in ("approved", "result_handed_over", "delivered"):
        clock.now += timedelta(hours=1)
        answer = web.post(f"/dossiers/{name}/events", json={"event": clock.event(kind)})
        assert answer.status_code == 200, answer.text
    assert web.get(f"/dossiers/{name}").json()["state"]["code"] == "delivered"
    card = web.get(f"/scores/{clock.now.year}/{clock.now.month}").json()
    assert card["metrics"]["2.1"]["ratio"] == "0.00"
    waiting = web.get("/errands").json()
    assert len({each["id"] for each in waiting}) == len(waiting) > 5
    web.post("/errands/done", json=[waiting[0]["id"]])
    assert web.get("/errands").json() == waiting[1:]


@pytest.mark.parametrize(
    ("path", "body", "status", "words"),
    [
        ("/dossiers", {"procedure": "9.999999"}, 404, "9.999999"),
        ("/dossiers", {"procedure": "1.004222"}, 422, ""),
        ("/dossiers/H26/events", {"event": {"kind": "received", "at": "2026-01-05T08:00:00+07:00"}}, 404, "H26"),
        ("/dossiers/H26/events", {"event": {"kind": "received", "at": "yesterday"}}, 422, "at"),
    ],
)
def test_what_cannot_be_done_is_said(tmp_path: Path, path: str, body: Any, status: int, words: str) -> None:
    web = TestClient(application().make(f"sqlite:///{tmp_path}/desk.db", clock=Clock()))
    answer = web.post(path, json=body)
    assert answer.status_code == status, answer.text
    assert words in answer.text


def test_two_workers_race_on_one_dossier_and_lose_nothing(url: str) -> None:
    clock, module = Clock(), application()
    workers = [TestClient(module.make(url, clock=clock)) for _ in range(2)]
    name = workers[0].post("/dossiers", json={"procedure": "1.004222", "answers": {"case": "owner"}}).json()["id"]
    workers[0].post(f"/dossiers/{name}/events", json={"event": clock.event("received")})
    for turn in range(10):
        seen = workers[0].get(f"/dossiers/{name}").json()["version"]
        kind = itertools.cycle(["fee_set"])
        bodies = [{"event": clock.event(next(kind), key=f"{turn}-{n}", amount="20000"), "seen": seen} for n in range(2)]
        with ThreadPoolExecutor(2) as pool:
            answers = list(
                pool.map(
                    lambda pair: pair[0].post(f"/dossiers/{name}/events", json=pair[1]),
                    zip(workers, bodies, strict=True),
                )
            )
        statuses = sorted(answer.status_code for answer in answers)
        now = workers[1].get(f"/dossiers/{name}").json()["version"]
        assert now - seen == statuses.count(200)
        assert statuses in ([200, 409], [409, 409])


def test_the_page_works_in_a_browser(tmp_path: Path) -> None:
    chromium = shutil.which("chromium")
    if chromium is None:
        pytest.skip("Chromium is not installed")
    clock = Clock()
    app = application().make(f"sqlite:///{tmp_path}/desk.db", clock=clock)
    web = TestClient(app)
    name = web.post("/dossiers", json={"procedure": "1.004222", "answers": {"case": "owner"}}).json()["id"]
    web.post(f"/dossiers/{name}/events", json={"event": clock.event("received")})
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        page = subprocess.run(  # noqa: S603 - the browser that was found
            [
                chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                f"--user-data-dir={tmp_path}/browser", "--virtual-time-budget=8000", "--dump-dom",
                f"http://127.0.0.1:{port}/#{name}",
            ],
            capture_output=True, text=True, check=True, timeout=120,
        ).stdout  # fmt: skip
    finally:
        server.should_exit = True
        thread.join()
    assert "Đã tiếp nhận" in page
    assert 'data-event="assigned"' in page
    assert "còn 07 ngày làm việc" in page
    assert "<svg" in page
