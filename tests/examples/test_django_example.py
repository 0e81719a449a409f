"""The Django example, started as its page says, in a process of its own: Django has one configuration a process."""

from __future__ import annotations

import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.examples.loading import FOLDER

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("django", reason="Django, of the extra django, is not installed")

STORY = """
import json, sys
sys.path.insert(0, sys.argv[1])
import app
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
call_command("migrate", verbosity=0)
web = Client()
def post(path, body):
    answer = web.post(path, json.dumps(body), content_type="application/json")
    return answer.status_code, json.loads(answer.content)
at = "2026-03-02T08:15:00+07:00"
opened = post("/dossiers", {"id": "1", "procedure": "1.004222", "case": "owner", "channel": "in_person", "at": at})
received = post("/dossiers/1/events", {"kind": "received", "at": "2026-03-02T08:20:00+07:00", "key": "a"})
again = post("/dossiers/1/events", {"kind": "received", "at": "2026-03-02T08:21:00+07:00", "key": "a"})
refused = post("/dossiers/1/events", {"kind": "delivered", "at": "2026-03-02T09:00:00+07:00"})
nobody = post("/dossiers/2/events", {"kind": "received", "at": at})
unknown = post("/dossiers", {"id": "3", "procedure": "9.999999", "channel": "in_person", "at": at})
shown = json.loads(web.get("/dossiers/1").content)
web.force_login(User.objects.create_superuser("an"))
listed = web.get("/admin/onestop_core/eventrow/").content.decode()
added = web.get("/admin/onestop_core/eventrow/add/").status_code
print(json.dumps([opened[0], received[1]["promised"]["at"], again[1]["version"], refused, nobody[0], unknown[0],
    shown["state"]["name"], "1 v2 received" in listed, added]))
"""


def test_the_story_of_a_dossier(tmp_path: Path) -> None:
    said = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-c", STORY, FOLDER / "django"], cwd=tmp_path, capture_output=True, text=True, check=False,
        timeout=120,
    )  # fmt: skip
    assert said.returncode == 0, said.stderr
    opened, promised, version, refused, nobody, unknown, state, listed, added = json.loads(said.stdout.splitlines()[-1])
    assert (opened, nobody, unknown) == (200, 404, 404)
    assert promised == "2026-03-11T17:00:00+07:00"
    assert version == 2
    assert (refused[0], refused[1]["code"]) == (409, "transition-not-allowed")
    assert (state, listed, added) == ("Đã tiếp nhận", True, 403)
