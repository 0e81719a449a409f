"""An adapter for the tests: answers from the reference, but does as the date or its argument tells it."""

from __future__ import annotations

import json
import os
import sys
import time

from onestop_core import conformance
from onestop_core.conformance import Refusal


def say(message: object) -> None:
    sys.stdout.write((message if isinstance(message, str) else json.dumps(message)) + "\n")
    sys.stdout.flush()


def main(manner: str) -> None:
    reference = conformance.reference()
    greeting = json.loads(sys.stdin.readline())
    of = conformance.suite()
    assert greeting == {"hello": conformance.PROTOCOL, "suite": of.version, "digest": of.digest}
    greetings: dict[str, object] = {
        "bare": {"hello": "2", "name": "bare"},
        "one": {"hello": "1", "name": "odd"},
        "nameless": {"hello": "2"},
        "listless": {"hello": "2", "name": "odd", "operations": "all"},
        "numbers": {"hello": "2", "name": "odd", "operations": [1]},
        "blank": {"hello": "2", "name": " "},
        "list": "[1]",
        "mute": "",
    }
    if manner == "dies":
        sys.exit("no such file\n\nreally")
    if manner == "closes":
        os.close(1)
        time.sleep(60)
    say(greetings.get(manner, {"hello": "2", "name": "odd", "version": "1.0", "operations": ["is_workday", "due"]}))
    for line in sys.stdin:
        question = json.loads(line)
        number, given = question["id"], question["input"]
        odd = {
            "2026-02-01": "not json",
            "2026-02-02": {"id": number + 1, "result": True},
            "2026-02-03": {"id": number},
            "2026-02-04": {"id": True, "result": True},
            "2026-02-05": {"id": number, "unsupported": True},
            "2026-02-06": "x" * 1_100_000,
            "2026-02-07": f'{{"id": {number}, "result": NaN}}',
        }
        day = given.get("date", "")
        if day in odd:
            say(odd[day])
        elif day == "2026-02-08":
            sys.stderr.write("division by zero\n")
            sys.exit(3)
        else:
            try:
                say({"id": number, "result": getattr(reference, question["operation"])(**given)})
            except (LookupError, ValueError, Refusal) as error:
                say({"id": number, "refused": getattr(error, "code", "?")})
    if manner == "lingers":
        time.sleep(60)


main(sys.argv[1])
