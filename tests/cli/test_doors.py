"""Every command in both languages with odd files and odd options: one message, no traceback, nothing that acts.

``ONESTOP_DEBUG`` lets a raw error through, so that it fails here instead of being told as a fault of the program.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest

from onestop_core import deadlines, workdays
from onestop_core.cli import main
from onestop_core.model import parse_moment
from onestop_core.rules.reading import resources

if TYPE_CHECKING:
    from pathlib import Path

EVIL = "\x1b[31mA\x9b\u202eB\r\n::error::C ##[error]D <script>"
"""A name that moves a terminal, begins a line with a command of one CI and holds that of another."""
LONG = "x" * 100_000

CONTENTS: dict[str, bytes] = {
    "empty": b"",
    "blank": b" \n",
    "brace": b"{",
    "list": b"[1, 2, {}, [null]]",
    "text": b'"text"',
    "null": b"null",
    "object": b"{}",
    "binary": bytes(range(256)),
    "latin": "café".encode("latin-1"),
    "utf-16": "{}".encode("utf-16"),
    "bom": b"\xef\xbb\xbf{}",
    "deep": b"[" * 100_000,
    "twice": b'{"a": 1, "a": 2}',
    "nan": b'{"a": NaN}',
    "huge number": b'{"counts": {"2.1": [1e9999999999999999999, 0.0e99999999999999999999]}}',
    "surrogate": b'{"a": "\\ud800"}',
    "nul": b'{"a\\u0000": "\\u0000"}',
    "evil": json.dumps({EVIL: EVIL, "schema_version": EVIL, "procedures": [{"code": EVIL}], "events": EVIL}).encode(),
    "table": b"a;b\n1;2;3\n",
    "cells": f'id,unit,received_at\n"{EVIL}","{EVIL}","{EVIL}"\n'.encode(),
}


def _catalogue(name: str) -> bytes:
    document: dict[str, Any] = resources.data("vn/catalogue/one-stop")
    document["procedures"] = document["procedures"][:1]
    document["procedures"][0]["name"] = {"vi": name, "en": name}
    document["suppressions"] = []
    return json.dumps(document).encode()


def _log(name: str) -> bytes:
    opened = "2026-02-09T08:15:00+07:00"
    opening = {"id": name, "procedure": "1.012783", "channel": "in_person", "at": opened}
    received = {"kind": "received", "at": opened, "role": "receiving_officer", "due": "2026-02-23T17:00:00+07:00"}
    return json.dumps({"schema_version": "1.0", "dossier": opening, "events": [received]}).encode()


MOMENT = "2026-02-12T09:35:00+07:00"
RECEIPT = deadlines.due(
    parse_moment(MOMENT), deadlines.TimeLimit.parse("5 working days"), calendar=workdays.calendar("vn-civil")
).to_receipt()


def _receipt(name: str) -> bytes:
    calendar = {**RECEIPT["calendar"], "decisions": [{"id": name, name: name}]}
    return json.dumps({**RECEIPT, "calendar": calendar, "lifecycle": name}).encode()


def _units(name: str) -> bytes:
    words = {"vi": name, "en": name}
    units = [{"code": "U", "kind": kind, "name": words} for kind in ("commune_centre", "x")]
    territory = {"code": "H01", "kind": "province"}
    return json.dumps({"schema_version": "1.0", "title": words, "territory": territory, "units": units}).encode()


# The rest of the way in: sound but for what people are called.
SOUND: dict[str, bytes] = {
    "catalogue": _catalogue("A ::error::B ##[error]C"),
    "log": _log("A::error::\u202eB"),
    "units": _units(f"A ::error::B ##[error]C{EVIL[:8]}"),
    "counts": b'{"2.1": [1, 2]}',
    "receipt": _receipt(f"A ::error::B ##[error]C{EVIL[:8]}"),
    "short receipt": f"OS1/{EVIL}".encode(),
    "facts": f'id,unit,field,received_at\n1,"::error::{EVIL[:8]}","::error::X",2026-03-02T08:00:00+07:00\n'.encode(),
}

COMMANDS: list[tuple[str, ...]] = [
    *(("check", "FILE", "--format", form) for form in ("text", "json", "sarif", "github")),
    *(("diff", "FILE", "shipped", "--format", form) for form in ("text", "json")),
    ("diff", "shipped", "FILE"),
    ("overlay", "shipped", "FILE"),
    ("overlay", "FILE", "FILE", "--format", "json"),
    ("dossier", "replay", "FILE"),
    ("dossier", "replay", "FILE", "--format", "json"),
    ("dossier", "export", "FILE", "--format", "xes"),
    ("dossier", "export", "FILE", "--format", "ocel"),
    ("kpi", "FILE.csv", "--by", "unit"),
    ("kpi", "FILE.jsonl", "--format", "json"),
    ("kpi", "FILE.parquet"),
    ("kpi", "--counts", "FILE"),
    ("kpi", "FILE.csv", "--format", "html", "--steps", "FILE"),
    ("form-06", "FILE.csv", "--from", "2026-03-01", "--to", "2026-03-31", "--by", "unit"),
    ("form-06", "FILE.csv", "--from", "2026-03-01", "--to", "2026-03-31", "--format", "json"),
    ("form-06", "--check", "FILE"),
    ("form-06", "--check", "FILE", "--previous", "FILE", "--format", "json"),
    ("conformance", "compare", "FILE", "FILE"),
    ("duties", "FILE", "--month", "2026-08"),
    ("duties", "FILE", "--month", "2026-08", "--format", "json"),
    ("verify", "FILE"),
    ("verify", "FILE", "--format", "json"),
    ("export", "FILE", "--to", "cpsv-ap", "--base-uri", "https://example.vn/"),
    ("export", "FILE", "--to", "csv", "--out", "OUT"),
    ("import", "FILE"),
    ("import", "FILE", "--from", "portal"),
    ("import", "FILE", "--from", "tables"),
]

ODD_WORDS = [
    "",
    "-1",
    "0",
    "x",
    "inf",
    "nan",
    "1e308",
    "9" * 400,
    "9999-12-31",
    "0001-01-01",
    "2026-02-30",
    EVIL,
    LONG,
    "\udcff",
]
OPTIONS: list[tuple[str, ...]] = [
    ("due", "--received", "WORD", "--limit", "5 working days"),
    ("due", "--received", "2026-02-12T09:30+07:00", "--limit", "WORD"),
    ("due", "--received", "2026-02-12T09:30+07:00", "--limit", "5 days", "--pause", "WORD"),
    ("due", "--received", "2026-02-12T09:30+07:00", "--limit", "5 days", "--as-of", "WORD"),
    ("due", "--received", "2026-02-12T09:30+07:00", "--limit", "5 days", "--calendar", "WORD"),
    ("due", "--received", "2026-02-12T09:30+07:00", "--limit", "5 days", "--hours", "WORD", "--format", "receipt"),
    ("verify", "WORD"),
    ("calendar", "WORD"),
    ("calendar", "2026", "--as-of", "WORD"),
    ("calendar", "2026", "--calendar", "WORD", "--format", "ics"),
    ("dossier", "diagram", "--on", "WORD"),
    ("dossier", "diagram", "--lifecycle", "WORD"),
    ("duties", "UNITS.json", "--month", "WORD"),
    ("duties", "UNITS.json", "--month", "2026-08", "--unit", "WORD"),
    ("duties", "UNITS.json", "--month", "2026-08", "--done", "WORD"),
    ("duties", "UNITS.json", "--month", "2026-08", "--now", "WORD"),
    ("kpi", "FACTS.csv", "--by", "WORD"),
    ("kpi", "FACTS.csv", "--index", "WORD"),
    ("kpi", "FACTS.csv", "--from", "WORD", "--format", "html"),
    ("kpi", "FACTS.csv", "--from", "2026-01-01", "--to", "WORD", "--format", "html"),
    ("form-06", "FACTS.csv", "--from", "WORD", "--to", "WORD"),
    ("form-06", "FACTS.csv", "--from", "2026-01-01", "--to", "2026-12-31", "--by", "WORD"),
    ("conformance", "--area", "WORD"),
    ("conformance", "--area", "codes", "--exec", "WORD"),
    ("conformance", "--area", "codes", "--exec", "true", "--timeout", "WORD"),
    ("conformance", "--area", "codes", "--exec", "true", "--total", "WORD"),
    ("conformance", "--area", "codes", "--exec", "true", "--jobs", "WORD"),
    ("conformance", "--profile", "WORD"),
    ("conformance", "--require", "WORD"),
    ("conformance", "--case", "WORD"),
    ("conformance", "--rule", "WORD"),
    ("conformance", "show", "WORD"),
    ("conformance", "show", "codes/WORD"),
    ("schema", "WORD"),
    ("check", "WORD"),
    ("check", "FACTS.csv", "--select", "WORD"),
    ("export", "FACTS.csv", "--to", "cpsv-ap", "--base-uri", "WORD"),
    ("WORD",),
    ("schema", "--lang", "WORD"),
    ("tour", "WORD"),
]

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Run:
    monkeypatch.setenv("ONESTOP_DEBUG", "1")
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> tuple[int, str, str]:
        code = main(arguments)
        out, err = capsys.readouterr()
        return code, out, err

    return call


OURS = re.compile(r"::(error|warning|notice) file=")


def assert_harmless(arguments: tuple[str, ...], code: int, out: str, err: str) -> None:
    assert code in {0, 1, 2}
    assert "Traceback" not in err
    if code == 2 and not out:
        assert err.startswith(("onestop", "usage: ", "cách dùng: "))
        assert len(err) < 3_000
    for words in (out.replace("\r\n", "\n"), err):  # some formats end their lines so
        assert words.replace("\n", "").replace("\t", "").isprintable(), (arguments, ascii(words)[:500])
        for line in words.splitlines():
            assert not line.lstrip().startswith("::") or ("github" in arguments and OURS.match(line)), line
        assert "##[" not in words


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_odd_files(run: Run, tmp_path: Path, command: tuple[str, ...], language: str) -> None:
    for content in (*CONTENTS.values(), *SOUND.values()):
        for suffix in ("", ".csv", ".jsonl", ".parquet"):
            (tmp_path / f"FILE{suffix}").write_bytes(content)
        assert_harmless(command, *run(*command, "--lang", language))


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_odd_names_of_files(run: Run, tmp_path: Path, command: tuple[str, ...], language: str) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "a\n::error::b.json").write_text("{", encoding="utf-8")
    (tmp_path / "loop").symlink_to("loop")
    names = ["absent", "", "a\0b", "pipe", "folder", "loop", "x" * 300, EVIL, "absent/file", "/dev/null", "\udcff"]
    for name in names:
        given = [name if word.partition(".")[0] == "FILE" else word for word in command]
        if not name and given[0] == "import":
            continue  # an empty name is the folder in which one is
        code, out, err = run(*given, "--lang", language)
        assert_harmless(command, code, out, err)


@pytest.mark.parametrize("language", ["en", "vi"])
@pytest.mark.parametrize("command", OPTIONS, ids=" ".join)
def test_odd_options(run: Run, tmp_path: Path, command: tuple[str, ...], language: str) -> None:
    (tmp_path / "FACTS.csv").write_bytes(SOUND["facts"])
    (tmp_path / "UNITS.json").write_bytes(SOUND["units"])
    for word in ODD_WORDS:
        given = [word if each == "WORD" else each for each in command]
        assert_harmless(command, *run(*given, "--lang", language))


# --- Vietnamese is Vietnamese

ENGLISH = re.compile(
    r"\b(the|and|of|is|are|be|not|with|from|file|files|cannot|expected|error|errors|missing|unknown|default|such|which"
    r"|day|days|working|print|this|that|what|invalid|required|argument|usage|options|found|must|has|have|value|only"
    r"|folder|catalogue|dossier|deadline|score|state|text|number|read|used|none|None|dict|list|str|int)\b"
)
CODE = re.compile(
    r"“[^”]*”|\"[^\"]*\"|'[^']*'|\{[^}]*\}|\[[^\]]*\]|\([a-z_, ]+\)|(?<!\w)--?[a-z-]+|\S*[a-z0-9][/_.@=:][a-z0-9]\S*"
)
"""What is typed or named by a code: options, paths, rules, editions, JSON."""
TYPED = re.compile(r"(?<=nếu không nêu: )\S+|\bJSON\b|dạng text")


def english(words: str) -> list[str]:
    said = re.sub(r"(?m)^onestop [a-z0-9-]+: |(?<=thiếu )[a-z_]+(, [a-z_]+)*", "", words)
    return [found[0] for found in ENGLISH.finditer(TYPED.sub("", CODE.sub("", said)))]


@pytest.mark.parametrize(
    "command",
    [
        (), ("tour",), ("check",), ("diff",), ("overlay",), ("due",), ("verify",), ("calendar",), ("dossier",), ("dossier", "replay"),
        ("dossier", "export"), ("dossier", "diagram"), ("kpi",), ("form-06",), ("conformance",),
        ("conformance", "compare"), ("conformance", "show"), ("conformance", "print"), ("conformance", "matrix"), ("schema",), ("export",), ("import",),
    ],
    ids=" ".join,
)  # fmt: skip
def test_help_is_vietnamese(run: Run, command: tuple[str, ...]) -> None:
    code, out, err = run(*command, "--help", "--lang", "vi")
    assert (code, err) == (0, "")
    assert out.startswith("cách dùng: onestop")
    body = out[out.index("\n\n") :]
    commands = {
        "check",
        "diff",
        "overlay",
        "due",
        "verify",
        "calendar",
        "dossier",
        "kpi",
        "conformance",
        "schema",
        "export",
        "import",
    }
    said = re.sub(rf"(?m)^ +({'|'.join(commands)}|tour|form-06|compare|matrix|print|show|replay|diagram)\b", "", body)
    assert english(said) == []


@pytest.mark.parametrize(
    "arguments",
    [
        ("tour",),
        ("due", "--received", "2026-02-12T09:30+07:00", "--limit", "5 working days", "--explain"),
        ("due", "--received", "tomorrow", "--limit", "5 working days"),
        ("due", "--received", "2026-02-12T09:30+07:00", "--limit", "5 suns"),
        ("due", "--received", "2026-02-12T09:30+07:00", "--limit", "5 days", "--as-of", "9999-12-31"),
        ("due", "--received", "2026-02-12T09:30+07:00", "--limit", "5 days", "--hours", "soon"),
        ("verify", "receipt.json"),
        ("verify", "tampered.json"),
        ("verify", "broken.json"),
        ("verify", "short.txt"),
        ("calendar", "2026"),
        ("calendar", "1999"),
        ("calendar", "x"),
        ("dossier", "diagram"),
        ("dossier", "diagram", "--format", "table", "--on", "2026-02-09"),
        ("dossier", "diagram", "--format", "table", "--on", "2020-02-09"),
        ("dossier", "replay", "log.json"),
        ("dossier", "replay", "broken.json"),
        ("kpi", "--counts", "counts.json"),
        ("kpi", "--counts", "broken.json"),
        ("kpi", "facts.csv", "--by", "unit"),
        ("form-06", "facts.csv", "--from", "2026-03-01", "--to", "2026-03-31"),
        ("form-06", "--check", "broken.json"),
        ("check", "broken.json"),
        ("check", "empty.json"),
        ("diff", "shipped", "catalogue.json"),
        ("overlay", "shipped", "broken.json"),
        ("conformance", "compare", "broken.json", "broken.json"),
        ("kpi", "absent.csv"),
        ("check", "absent.json"),
        ("conformance", "--area", "codes"),
        ("conformance", "--area", "code"),
        ("conformance", "--profile", "dask"),
        ("conformance", "--profile", "desk@1#sha256:000000000000"),
        ("conformance", "--require", "folow"),
        ("conformance", "--case", "codes/agencies.x"),
        ("conformance", "--case", "codes/agencies.x", "--area", "codes"),
        ("conformance", "--rule", "mak-up"),
        ("conformance", "show", "desk"),
        ("conformance", "show", "desks"),
        ("conformance", "--exec", "chương-trình-nào-đó"),
        ("conformance", "--exec", "true", "--area", "codes", "--timeout", "5"),
        ("conformance", "--exec", "'"),
        ("schema", "x"),
        ("schema", "x", "y"),
        ("export", "absent.json"),
    ],
    ids=" ".join,
)
def test_output_is_vietnamese(run: Run, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    document: dict[str, Any] = resources.data("vn/catalogue/one-stop")
    files = {
        "catalogue.json": json.dumps({**document, "procedures": document["procedures"][1:]}).encode(),
        "log.json": _log("H26.12-260209-0001"),
        "counts.json": SOUND["counts"],
        "facts.csv": "id,unit,field,received_at\n1,Sở Tư pháp,Hộ tịch,2026-03-02T08:00:00+07:00\n".encode(),
        "broken.json": b'{"schema_version": "1.0", "procedures": [{"code": 1, "x": 2}], "events": 3, "counts": 4}',
        "empty.json": b"",
        "receipt.json": json.dumps(RECEIPT).encode(),
        "tampered.json": json.dumps({**RECEIPT, "limit": "6 working days", "restarts": [MOMENT]}).encode(),
        "short.txt": b"OS1/x",
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    _, out, err = run(*arguments, "--lang", "vi")
    assert english(re.sub(r"(?m)^cách dùng: (.|\n {5})*", "", out + err)) == []
