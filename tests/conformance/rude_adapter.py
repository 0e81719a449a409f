"""Programs that misbehave, by their first argument; they know the protocol and nothing of the library, to start fast.

The second argument is a folder in which each writes the number of its processes that are not to live on.
"""

from __future__ import annotations

import json
import os
import pathlib
import select
import subprocess
import sys
import time


def say(message: object) -> None:
    sys.stdout.write(json.dumps(message) + "\n")
    sys.stdout.flush()


def note(number: int) -> None:
    pathlib.Path(sys.argv[2], str(number)).touch()


def listen() -> dict[str, object]:
    question: dict[str, object] = json.loads(sys.stdin.readline() or "null") or sys.exit(0)
    return question


def main(manner: str) -> None:  # noqa: PLR0915 - a manner each
    note(os.getpid())
    if manner == "runaway-child":
        while True:
            os.write(1, b"x" * 65_536)
    if manner == "mute":
        time.sleep(600)
    listen()
    greeting: dict[str, object] = {"hello": "2", "name": "rude\x1b[31m\n::error::name", "version": "##[error]1"}
    if manner == "fickle" and len(list(pathlib.Path(sys.argv[2]).iterdir())) > 1:
        greeting["operations"] = []  # claims less once it has failed
    say(greeting)
    match manner:
        case "deaf":  # answers what it was never asked
            number = 0
            while True:
                number += 1
                say({"id": number, "result": False})
        case "flood":
            while True:
                os.write(1, b"x" * 65_536)
        case "chatter":
            while True:
                os.write(1, b'{"id": 0}\n' * 6_000)
        case "complain":
            while True:
                os.write(2, b"no\n" * 20_000)
        case "moody":
            listen()
            sys.stderr.write("\nin a mood\n")
            sys.exit(4)
        case "hang":
            time.sleep(600)
        case "breed":
            child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"])
            note(child.pid)
            time.sleep(600)
        case "runaway":  # a child that left the group, keeps the pipes, and writes
            subprocess.Popen([sys.executable, __file__, "runaway-child", sys.argv[2]], start_new_session=True)  # noqa: S603
            time.sleep(600)
        case "hidden":  # a child that left the group, closed everything and waits
            command = [sys.executable, "-c", "import time; time.sleep(600)"]
            nowhere = subprocess.DEVNULL
            child = subprocess.Popen(command, start_new_session=True, stdin=nowhere, stdout=nowhere, stderr=nowhere)  # noqa: S603
            note(child.pid)
            time.sleep(600)
        case "impatient":  # sees that it is asked something, and answers before it has read what
            select.select([0], [], [])
            say({"id": 1, "result": False})
            time.sleep(600)
        case "deafened":
            os.close(0)
            time.sleep(600)
        case "third":  # sleeps on every third question
            while True:
                question = listen()
                if question["input"]["n"] % 3 == 2:  # type: ignore[index]
                    time.sleep(600)
                say({"id": question["id"], "result": False})
        case "few":  # answers three questions
            for _ in range(3):
                say({"id": listen()["id"], "result": False})
            listen()
            note(os.getpid() + 1_000_000_000)
            time.sleep(600)
        case "troubled":
            while True:
                question = listen()
                say({"id": question["id"], "error": "NullPointerException" if question["id"] == 2 else {"code": 7}})
        case "raw":  # says the very bytes that it is told
            while True:
                question = listen()
                told: dict[str, str] = question["input"]  # type: ignore[assignment]
                os.write(1, bytes.fromhex(told["hex"]).replace(b"ID", str(question["id"]).encode()) + b"\n")
        case "fickle":
            listen()
            sys.exit(4)
        case "slow":
            while True:
                question = listen()
                if question["id"] == 1:
                    say({"id": 1, "result": False})
                else:
                    time.sleep(600)
        case _:  # echo: answers with the very input, and writes down what came
            while True:
                line = sys.stdin.readline()
                if not line:
                    return
                with pathlib.Path(sys.argv[2], "questions").open("a") as questions:
                    questions.write(line)
                say({"id": json.loads(line)["id"], "result": json.loads(line)["input"]})


main(sys.argv[1])
