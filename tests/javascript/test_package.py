"""The npm package: made from the tables, packed, installed from its archive, run in Node.js and a browser, and typed."""

from __future__ import annotations

import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import threading
from typing import TYPE_CHECKING, Any, Final

import pytest

from onestop_core import conformance
from tests.javascript.node import PACKAGE, ROOT, module, program, run
from tests.javascript.tables import TABLES, tables

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

ZONES: Final = ("America/New_York", "Asia/Tokyo", "UTC")
MOST_BYTES: Final = 40_000
DECLARED: Final = (PACKAGE / "index.d.ts").read_text(encoding="utf-8")
ASKED: Final = """
const late = new Date("2026-02-12T18:30:00Z");
const deadline = due(late, "05 ngày làm việc", { hours: "07:30-11:30, 13:30-17:00", pauses: [["2026-02-24T08:00+07:00", "2026-02-25T09:00+07:00"]] });
const answers = [
  dayOf(late), calendar().add("2026-01-05", 5), deadline.at, deadline.status({ now: late }).text.vi,
  due("2026-02-27T17:30:00Z", "1 month").at, digestOf({ a: "đ" }), DossierCode.of("H26.12", dayOf(late), 7).text,
];
"""
EXPORTED: Final = sorted(set(re.findall(r"^export (?:function|class) (\w+)", DECLARED, re.MULTILINE)))
ANSWERS: Final = [
    "2026-02-13",
    "2026-01-10",
    "2026-03-02T17:00:00+07:00",
    "còn 05 ngày làm việc",
    "2026-03-30T23:59:59+07:00",
    "f518955f7333f75b7796b8ec88a74af2421ae38b0f308b1e3cde2300fd625de1",
    "H26.12-260213-0007",
]
NAMES: Final = "calendar, dayOf, digestOf, DossierCode, due"


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package as npm packs it."""
    folder = tmp_path_factory.mktemp("packed")
    name = run([program("npm"), "pack", "--silent", "--pack-destination", folder, PACKAGE]).strip()
    return folder / name


@pytest.fixture(scope="module")
def installed(archive: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty folder into which the archive was installed, from nowhere else."""
    folder = tmp_path_factory.mktemp("consumer")
    (folder / "package.json").write_text('{"private": true, "type": "module"}', encoding="utf-8")
    run([program("npm"), "install", "--silent", "--offline", "--no-audit", "--no-fund", archive], folder=folder)
    return folder


def test_its_tables_are_those_of_the_library() -> None:
    """If this fails: ``python -m tests.javascript.tables``."""
    assert TABLES.read_text(encoding="utf-8") == tables()


def test_it_has_the_version_of_the_suite_and_needs_nothing() -> None:
    said = json.loads((PACKAGE / "package.json").read_text(encoding="utf-8"))
    assert said["version"] == conformance.suite().version
    assert not {name for name in said if "ependencies" in name}
    imported = {
        name for file in PACKAGE.glob("*.mjs") for name in re.findall(r'from "([^"]+)"', file.read_text("utf-8"))
    }
    assert {name for name in imported if not name.startswith("./")} == {"node:fs", "node:readline"}
    for file in PACKAGE.glob("*.mjs"):
        assert file.name in {"adapter.mjs", "verify.mjs"} or "node:" not in file.read_text("utf-8")


def test_the_archive_is_small_and_holds_just_the_package(archive: Path) -> None:
    assert archive.stat().st_size < MOST_BYTES
    listed = run(["tar", "-tzf", archive]).split()
    assert sorted(listed) == sorted(f"package/{file.name}" for file in PACKAGE.iterdir())


@pytest.mark.parametrize("zone", ZONES)
def test_installed_from_its_archive_it_answers_the_same_in_every_zone(installed: Path, zone: str) -> None:
    asked = f'import {{ {NAMES} }} from "onestop-core";{ASKED}console.log(JSON.stringify(answers));'
    (installed / "asks.mjs").write_text(asked, encoding="utf-8")
    assert json.loads(run([program("node"), "asks.mjs"], folder=installed, zone=zone)) == ANSWERS


def test_its_commands_are_installed(installed: Path) -> None:
    bins = installed / "node_modules" / ".bin"
    assert json.loads(run([bins / "onestop-adapter"], given='{"hello": "2"}\n'))["hello"] == "2"
    assert json.loads(run([bins / "onestop-verify", "--lines"], given="{}\n"))[0]["rule"] == "receipt/content"


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Files, without a log."""

    def guess_type(self, path: str | os.PathLike[str]) -> str:
        return "text/html" if str(path).endswith(".html") else "text/javascript"

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture
def served(installed: Path) -> Iterator[str]:
    """The address of a server of what was installed."""
    with http.server.ThreadingHTTPServer(
        ("127.0.0.1", 0), functools.partial(Quiet, directory=str(installed))
    ) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("zone", ZONES)
def test_a_browser_imports_it_and_answers_the_same_in_every_zone(
    installed: Path, served: str, zone: str, tmp_path: Path
) -> None:
    chromium = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if chromium is None:
        pytest.skip("Chromium is not installed")
    page = f"""<!doctype html><meta charset="utf-8"><pre id="said"></pre><script type="module">
import {{ {NAMES} }} from "./node_modules/onestop-core/index.mjs";{ASKED}
const zone = new Date(Date.UTC(2026, 0, 1)).getTimezoneOffset();
document.getElementById("said").textContent = JSON.stringify([zone, answers]);
</script>"""
    (installed / "page.html").write_text(page, encoding="utf-8")
    quiet = (
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", f"--user-data-dir={tmp_path}", "--virtual-time-budget=10000", "--dump-dom",
    )  # fmt: skip
    done = subprocess.run(  # noqa: S603 - the browser of the machine
        [chromium, *quiet, f"{served}/page.html"],
        capture_output=True, encoding="utf-8", check=True, timeout=120, env={**os.environ, "TZ": zone},
    )  # fmt: skip
    offset, answers = json.loads(re.findall(r'<pre id="said">(.*)</pre>', done.stdout)[0])
    assert offset == {"America/New_York": 300, "Asia/Tokyo": -540, "UTC": 0}[zone]
    assert answers == ANSWERS


CONSUMER: Final = """
import { Clock, OnestopError, TimeLimit, WorkingHours, calendar, countdown, due, verify } from "onestop-core";
import type { Certainty, Deadline, DueOptions, Problem, Status, Text } from "onestop-core";

const options: DueOptions = { hours: WorkingHours.parse("07:30-17:00"), pauses: [["2026-02-24T08:00+07:00", null]], lateReceipt: "every_limit" };
const deadline: Deadline = due(new Date(), TimeLimit.of(5, "working_days"), options);
const certainty: Certainty = deadline.certainty;
const status: Status = countdown(new Clock().start("2026-03-02T09:00+07:00"), "5 days").status({ now: new Date() });
const text: Text = status.measure === null ? status.text : status.measure.text;
const problems: Problem[] = verify({}, { calendar: calendar("vn-civil", { asOf: "2026-01-01" }) });
const sequence: bigint | null = null;
try {
  calendar().add("2026-02-12", 5);
} catch (error) {
  if (error instanceof OnestopError && error.code === "calendar-coverage") console.log(error.text.vi);
}
export { certainty, problems, sequence, text };
"""
WRONG: Final = """
import { calendar, due } from "onestop-core";
due("2026-02-12T09:30+07:00", "5 days", { lateReceipt: "sometimes" });
calendar().add("2026-02-12", "5");
calendar().announcedUntil = "2030-12-31";
due("2026-02-12T09:30+07:00", "5 days").status();
"""


def compiled(folder: Path, *options: str | Path) -> list[str]:
    """Return what the TypeScript compiler says against a file of *folder*."""
    done = subprocess.run(  # noqa: S603 - the compiler of the machine
        [program("node"), module("typescript") / "bin" / "tsc", "--noEmit", *options],
        cwd=folder, capture_output=True, encoding="utf-8", check=False, timeout=120,
    )  # fmt: skip
    return [line for line in done.stdout.splitlines() if not line.startswith(" ")]


def test_its_types_take_what_is_right_and_refuse_what_is_wrong(installed: Path) -> None:
    strict = (
        "--strict",
        "--target",
        "es2020",
        "--lib",
        "es2020,dom",
        "--module",
        "nodenext",
        "--moduleResolution",
        "nodenext",
    )
    (installed / "right.ts").write_text(CONSUMER, encoding="utf-8")
    assert compiled(installed, *strict, "right.ts") == []
    (installed / "wrong.ts").write_text(WRONG, encoding="utf-8")
    said = compiled(installed, *strict, "wrong.ts")
    assert [int(re.findall(r"wrong\.ts\((\d+),", line)[0]) for line in said] == [3, 4, 5, 6]


def test_every_export_is_declared_and_nothing_else() -> None:
    exported = json.loads(
        run(
            [program("node"), "--input-type=module"],
            given=f'import * as all from "{PACKAGE.as_uri()}/index.mjs"; console.log(JSON.stringify(Object.keys(all)))',
        )
    )
    assert sorted(exported) == EXPORTED


def test_what_is_declared_of_a_class_is_there() -> None:
    """Members of instances, as an object of each kind has them."""
    made = {
        "Calendar": "calendar()",
        "TimeLimit": 'TimeLimit.parse("5 days")',
        "WorkingHours": "officeHours()",
        "Deadline": 'due("2026-02-12T09:30+07:00", "5 days")',
        "Clock": "new Clock()",
        "Countdown": 'countdown(new Clock(), "5 days")',
        "AgencyCode": 'AgencyCode.parse("G09.20")',
        "ProcedureCode": 'ProcedureCode.parse("1.004222")',
        "DossierCode": 'DossierCode.parse("x")',
        "DayInfo": 'calendar().day("2026-01-10")',
        "Status": 'due("2026-02-12T09:30+07:00", "5 days").status({ now: new Date() })',
        "Measure": 'due("2026-02-12T09:30+07:00", "5 days").left({ at: new Date() })',
        "LimitStep": 'TimeLimit.parse("5 days").steps[0]',
    }
    asked = ", ".join(f"{name}: members({how})" for name, how in made.items())
    script = f"""import {{ AgencyCode, Clock, DossierCode, ProcedureCode, TimeLimit, calendar, countdown, due, officeHours }} from "{PACKAGE.as_uri()}/index.mjs";
const members = (each) => {{
  const type = Object.getPrototypeOf(each);
  const of = type === Object.prototype ? [] : Object.getOwnPropertyNames(type).filter((name) => name !== "constructor");
  return [...new Set([...Object.keys(each), ...of])].sort();
}};
console.log(JSON.stringify({{ {asked} }}));"""
    found = json.loads(run([program("node"), "--input-type=module"], given=script))
    for name in made:
        body = re.findall(
            rf"^export (?:class|interface) {name}(?: [^{{]*)? ?\{{\n(.*?)^\}}", DECLARED, re.MULTILINE | re.DOTALL
        )[0]
        declared = set(re.findall(r"^  (?:readonly )?(\w+)\??[(:]", body, re.MULTILINE)) - {"constructor"}
        assert sorted(declared) == found[name], name


EXAMPLES: Final = re.findall(r"@example (.+) // (.+)$", DECLARED, re.MULTILINE)


def test_the_examples_of_the_declarations_hold() -> None:
    assert len(EXAMPLES) > 20
    names, listed = ", ".join(EXPORTED), ",\n".join(code for code, _ in EXAMPLES)
    script = f'import {{ {names} }} from "{PACKAGE.as_uri()}/index.mjs"; console.log(JSON.stringify([{listed}]));'
    found = json.loads(run([program("node"), "--input-type=module"], given=script))
    for (code, said), answer in zip(EXAMPLES, found, strict=True):
        assert (code, json.loads(said)) == (code, answer)


def test_it_keeps_to_what_old_browsers_and_node_18_know() -> None:
    """No member of the standard library that is younger than ES2020, but those of Node 18 itself in the two commands."""
    files = sorted(PACKAGE.glob("*.mjs"))
    said = compiled(ROOT, "--allowJs", "--checkJs", "--strict", "false", "--target", "es2020", "--lib", "es2020,dom",
        "--module", "nodenext", "--moduleResolution", "nodenext", "--types", "", *files)  # fmt: skip
    assert [
        line
        for line in said
        if re.search(r"TS(2550|2583|2584|18028|1378|1501)\b", line)
        and "adapter.mjs" not in line
        and "verify.mjs" not in line
    ] == []
