"""Programs under test for both runners, by their first argument; they know the protocol and nothing of the library.

What each does follows from the question alone, so that two runners that ask the same are told the same. The second
argument is the folder of the cases, for the one that looks its answers up.
"""

from __future__ import annotations

import json
import os
import pathlib
import subprocess
import sys
import time
from typing import Any

CLAIMED = ["is_workday", "parse_agency_code", "parse_dossier_code"]
ODD: list[Any] = [
    "not json \"x' é",
    '{"id": %d, "result": NaN}',
    '{"id": %d, "result": 1.50}',
    '{"id": %d.0, "result": true}',
    '{"id": %d, "id": 5, "result": true}',
    '{"id": %d, "result": "\\ud800"}',
    '{"id": %d, "result": 12345678901234567890123}',
    '{"id": %d, "result": 1e3, "more": {"b": [1, {"a": "\u2028"}]}}',
    "[1, 2]",
    {"result": True, "id": -1},
    {"more": 1},
    {"unsupported": True},
    {"error": "NullPointerException\n  at Mine.java:7\t'é\""},
    {"error": 5},
    {"error": {"a": ["b"]}},
    {"result": True, "refused": "invalid-value"},
    {"result": False, "refused": "invalid-value"},
    {"result": None, "refused": "invalid-value", "unsupported": False, "error": None},
    {"result": False, "unsupported": False},
    {"unsupported": False},
    {"refused": 7},
    {"refused": "calendar-coverage"},
    {"refused": "e\u0302x" * 60},
    {"result": {"due": "x" * 5000, "level_one": "H26"}},
    {"result": None},
    {"result": True},
    {"result": ["a", 1, 2.5, {"b": False}]},
    {"result": {"level_one": "H26", "old_order": 0, "foreign": False, "day": "2026-02-09"}},
]


def say(message: object) -> None:
    sys.stdout.write((message if isinstance(message, str) else json.dumps(message)) + "\n")
    sys.stdout.flush()


def answers(folder: str) -> dict[str, Any]:
    found = {}
    for path in pathlib.Path(folder).glob("*/*.json"):
        for group in json.loads(path.read_text("utf-8"))["groups"]:
            for case in group["cases"]:
                key = json.dumps([group["operation"], case["input"]], sort_keys=True)
                found[key] = {each: case[each] for each in ("expected", "refused") if each in case}
    return found


def sum_of(question: Any) -> int:
    return sum(map(ord, json.dumps(question["input"], sort_keys=True)))


def main(manner: str, folder: str) -> None:
    if manner == "mute":
        time.sleep(60)
    if manner == "dies":
        sys.exit("no such file\n\nreally")
    known = answers(folder) if manner == "knows" else {}
    json.loads(sys.stdin.readline())
    greetings: dict[str, Any] = {
        "old": {"hello": "1", "name": "old"},
        "nameless": {"hello": "2"},
        "listless": {"hello": "2", "name": "listless", "operations": "all"},
        "babble": "good morning",
        "knows": {"hello": "2", "name": "all that was published"},
        "declines": {"hello": "2", "name": "declines", "operations": CLAIMED},
    }
    told = {"version": "1.0e\u0302", "build": "b'1", "tables": "calendars of 2026", "operations": CLAIMED}
    say(greetings.get(manner, {"hello": "2", "name": "odd e\u0302", **told}))
    for line in sys.stdin:
        question = json.loads(line)
        number, odd = question["id"], ODD[sum_of(question) % len(ODD)]
        match manner:
            case "knows":
                key = json.dumps([question["operation"], question["input"]], sort_keys=True)
                found = known.get(key, {"refused": "invalid-value"})
                say({"id": number, **({"result": found["expected"]} if "expected" in found else found)})
            case "declines":
                say({"id": number, "unsupported": True} if sum_of(question) % 2 else {"id": number, "result": True})
            case "moody" if sum_of(question) % 5 == 0:
                sys.stderr.write("division by zero\n\n  b\u2028d\u00e9\n")
                sys.stderr.flush()
                sys.exit(3)
            case "moody" if sum_of(question) % 5 == 1:
                os.kill(os.getpid(), 9)
            case "moody" if sum_of(question) % 5 == 2:
                os.close(1)
                time.sleep(60)
            case "tires" if number > 3:
                pathlib.Path(folder, "tired").write_text(str(os.getpid()))
                time.sleep(60)
            case "wrong" | "tires":
                say({"id": number, "result": "\u2028"})
            case "chatters":
                os.write(1, b'{"id": %d, "result": true}\nand more\n' % number)
            case "deafens":
                os.close(0)
                time.sleep(60)
            case "hides":
                subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], start_new_session=True)
                time.sleep(60)
            case "hangs":
                time.sleep(60)
            case "floods":
                while True:
                    os.write(1, b"x" * 65_536)
            case "breeds":
                subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
                sys.exit(0)
            case _:
                say(odd.replace("%d", str(number)) if isinstance(odd, str) else {"id": number, **odd})


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
