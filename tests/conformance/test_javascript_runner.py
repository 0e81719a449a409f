"""The runner in JavaScript beside the one in Python: the same report for the same program, whatever it does."""

from __future__ import annotations

import json
import os
import shlex
import shutil
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

import pytest

from onestop_core import conformance
from onestop_core.conformance.wire import digest, json_text
from onestop_core.errors import AdapterError, InvalidDocumentError
from onestop_core.rules.reading.documents import parse_json
from onestop_core.rules.schema.schemas import check_schema
from tests.conformance import manners

RUNNER = Path(__file__).parents[2] / "docs" / "adapters" / "runner.mjs"
PROGRAM = manners.__file__
NODE = shutil.which("node")
needs_node = pytest.mark.skipif(NODE is None, reason="node is not installed")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exported") / "suite"
    conformance.export(folder)
    return folder


def by_node(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    assert NODE is not None
    words = [NODE, str(RUNNER), str(folder), *options]
    return subprocess.run(  # noqa: S603 - node, with the runner
        words, capture_output=True, text=True, encoding="utf-8", check=False, timeout=300
    )


def ask_node(script: str, given: Any) -> Any:
    """Run a script that has ``given`` and prints JSON."""
    assert NODE is not None
    whole = f"import * as runner from {json.dumps(RUNNER.as_uri())};\nimport {{ readFileSync }} from 'node:fs';\n"
    whole += f"const given = JSON.parse(readFileSync(0, 'utf8'));\nconsole.log(JSON.stringify({script}));"
    words = [NODE, "--input-type=module", "--eval", whole]
    done = subprocess.run(  # noqa: S603 - node, with a script of ours
        words, input=json.dumps(given), capture_output=True, text=True, encoding="utf-8", check=True, timeout=300
    )
    return json.loads(done.stdout)


def told(report: Any) -> Any:
    """What both runners must say alike: all but who ran, when, and how long it took."""
    rest = {key: value for key, value in report.items() if key not in {"library", "made_at", "digest"}}
    cases = [{key: value for key, value in case.items() if key != "milliseconds"} for case in report["cases"]]
    return {**rest, "cases": cases}


def command(manner: str, cases: Path) -> str:
    return " ".join(f'"{word}"' for word in (sys.executable, PROGRAM, manner, str(cases)))


@pytest.fixture(scope="module")
def few(exported: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[Path, conformance.Suite]]:
    """Suites of twelve and of four cases, one of them disputed, each as a folder and as a value."""
    return {number: small(exported, tmp_path_factory.mktemp("few"), number) for number in (12, 4)}


def small(exported: Path, folder: Path, number: int) -> tuple[Path, conformance.Suite]:
    (folder / "cases" / "codes").mkdir(parents=True)
    (folder / "tables").symlink_to(exported / "tables", target_is_directory=True)
    head = json.loads((exported / "cases" / "suite.json").read_text("utf-8"))
    topic = json.loads((exported / "cases" / "codes" / "agencies.json").read_text("utf-8"))
    topic["groups"] = [{**group, "cases": group["cases"][: number // 2]} for group in topic["groups"][:2]]
    topic["groups"][0]["cases"][0]["disputed"] = {"since": "2026-11-26", "why": {"vi": "Điều 4 nói khác"}}
    (folder / "cases" / "suite.json").write_text(json.dumps(head), "utf-8")
    (folder / "cases" / "codes" / "agencies.json").write_text(json.dumps(topic), "utf-8")
    return folder, conformance.read_suite(head, {"codes/agencies": topic})


@needs_node
@pytest.mark.parametrize("manner", ["odd", "moody", "hangs", "floods", "breeds", "chatters", "hides"])
def test_both_runners_give_the_same_report_of_who_misbehaves(
    manner: str, few: dict[int, tuple[Path, conformance.Suite]]
) -> None:
    # Twelve are enough for whoever errs ten times in a row.
    wait, number = (1.0, 4) if manner in {"hangs", "breeds", "hides"} else (60.0, 12)
    folder, suite = few[number]
    words = command(manner, folder / "cases")
    done = by_node(folder, "--exec", words, "--format", "json", "--timeout", str(wait))
    theirs = parse_json(done.stdout)
    assert check_schema(theirs, "conformance-report") == ()
    ours = conformance.run_command(words, cases=suite, timeout=wait)
    assert told(theirs) == told(parse_json(json_text(ours.to_dict())))
    assert (done.returncode, done.stderr, theirs["verdict"]) == (1, "", "fails")
    assert conformance.Report.from_dict(theirs).to_dict()["digest"] == theirs["digest"]


@needs_node
def test_who_closes_its_input_fails_in_both(few: dict[int, tuple[Path, conformance.Suite]]) -> None:
    """Node does not tell that nobody listens any more: there it is no answer in time, here a closed input."""
    folder, suite = few[4]
    words = command("deafens", folder / "cases")
    done = by_node(folder, "--exec", words, "--format", "json", "--timeout", "1")
    theirs = parse_json(done.stdout)
    ours = conformance.run_command(words, cases=suite, timeout=1.0)
    assert [(case["id"], case["outcome"]) for case in theirs["cases"]] == [
        (result.case, result.outcome.value) for result in ours.results
    ]
    assert {case["fault"] for case in theirs["cases"]} == {"timeout"}
    assert {result.fault for result in ours.results} <= {"timeout", "crash"}
    assert theirs["areas"] == parse_json(json_text(ours.to_dict()))["areas"]


@needs_node
@pytest.mark.parametrize(("manner", "areas"), [("knows", None), ("declines", ["codes"])])
def test_both_runners_give_the_same_report(manner: str, areas: list[str] | None, exported: Path) -> None:
    words = command(manner, exported / "cases")
    options = [word for area in areas or () for word in ("--area", area)]
    done = by_node(exported, "--exec", words, "--format", "json", "--timeout", "60", *options)
    theirs = parse_json(done.stdout)
    assert check_schema(theirs, "conformance-report") == ()
    ours = conformance.run_command(words, areas, timeout=60)
    assert told(theirs) == told(parse_json(json_text(ours.to_dict())))
    assert (done.returncode, done.stderr) == (0 if ours.conforms else 1, "")
    read = conformance.Report.from_dict(theirs)
    assert read.library.name == "onestop_core runner.mjs"
    assert read.to_dict()["digest"] == theirs["digest"]


@needs_node
@pytest.mark.parametrize(
    ("options", "arguments"),
    [
        (["--profile", "calendar"], {"profile": "calendar"}),
        (["--profile", "desk@1", "--area", "kpi"], {"profile": "desk@1", "areas": ["kpi"]}),
        (["--require", "codes", "--area", "codes"], {"require": ["codes"], "areas": ["codes"]}),
        (
            ["--area", "codes", "--require", "is_workday", "--require=kpi/score"],
            {"areas": ["codes"], "require": ["is_workday", "kpi/score"]},
        ),
        (["--area", "codes", "--require", "time-limits"], {"areas": ["codes"], "require": ["time-limits"]}),
    ],
)
def test_both_runners_demand_the_same(options: list[str], arguments: dict[str, Any], exported: Path) -> None:
    words = command("declines", exported / "cases")
    theirs = parse_json(by_node(exported, "--exec", words, "--format", "json", *options).stdout)
    ours = conformance.run_command(words, **arguments)
    assert told(theirs) == told(parse_json(json_text(ours.to_dict())))


@needs_node
def test_the_folder_of_the_cases_will_do(exported: Path) -> None:
    cases = Path(conformance.__file__).parent / "cases"
    words = command("knows", cases)
    one, other = (
        parse_json(by_node(folder, "--exec", words, "--format", "json", "--area", "codes").stdout)
        for folder in (cases, exported)
    )
    assert (
        told(one)["suite"]
        == told(other)["suite"]
        == {
            "version": conformance.suite().version,
            "digest": conformance.suite().digest,
        }
    )
    assert one["tables_digest"] == other["tables_digest"]


@needs_node
@pytest.mark.parametrize(
    ("manner", "reason"),
    [
        ("old", "it does not greet: expected"),
        ("nameless", "it does not greet: expected"),
        ("listless", "it does not greet: operations is not a list of names"),
        ("babble", "it does not greet: no JSON"),
        ("dies", "it does not greet: it ended (exit code 1): no such file | really"),
        ("mute", "it does not greet: no answer in 0.5 s"),
    ],
)
def test_who_does_not_greet_ends_the_run_in_both(manner: str, reason: str, exported: Path) -> None:
    words = command(manner, exported / "cases")
    wait = 0.5 if manner == "mute" else 60.0
    done = by_node(exported, "--exec", words, "--area", "codes", "--timeout", str(wait))
    assert (done.returncode, done.stdout) == (2, "")
    assert f": {reason}" in done.stderr
    with pytest.raises(AdapterError) as caught:
        conformance.run_command(words, ["codes"], timeout=wait)
    assert reason in str(caught.value)


@needs_node
@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--exec", "no-such-program-at-all"], "there is no such program"),
        (["--exec", "'"], "its quotation marks in pairs"),
        (["--exec", "node", "--area", "nowhere"], "unknown conformance area: nowhere"),
        (["--exec", "node", "--require", "nothing"], "unknown area or operation: nothing"),
        (["--exec", "node", "--profile", "disk"], "unknown profile: disk"),
        (["--exec", "node", "--profile", "desk@2"], "unknown profile: desk@2"),
        (["--exec", "node", "--profile", "desk@1#sha256:0123456789ab"], "the digest that this suite has"),
        (["--exec", "node", "--profile", "desk@"], "expected a profile such as"),
        (["--exec", "node", "--timeout", "0"], "expected seconds"),
        (["--exec", "node", "--format", "xml"], "usage"),
        (["--nothing", "x"], "usage"),
        (["--exec"], "usage"),
        ([], "usage"),
    ],
)
def test_what_cannot_be_run_is_told_and_ends_with_two(options: list[str], words: str, exported: Path) -> None:
    done = by_node(exported, *options)
    assert (done.returncode, done.stdout) == (2, "")
    assert words in done.stderr


@needs_node
def test_a_folder_without_a_suite_is_told(tmp_path: Path) -> None:
    done = by_node(tmp_path, "--exec", "node", "--lang", "vi")
    assert (done.returncode, done.stdout) == (2, "")
    assert "không có suite.json" in done.stderr


@needs_node
@pytest.mark.parametrize(("language", "last"), [("en", "does not conform"), ("vi", "không phù hợp")])
def test_the_text_ends_with_the_verdict(language: str, last: str, exported: Path) -> None:
    words = command("wrong", exported / "cases")
    done = by_node(exported, "--exec", words, "--area", "codes", "--lang", language)
    lines = done.stdout.splitlines()
    assert lines[0].startswith("odd ê 1.0ê, onestop conformance ")
    assert lines[-1].startswith(last)
    assert sum(line.startswith("✗") for line in lines) == 50
    assert "\u2028" not in done.stdout


@needs_node
@pytest.mark.skipif(os.name == "nt", reason="Windows sends no such signals")
def test_whoever_interrupts_gets_what_was_answered_and_nothing_runs_on(
    few: dict[int, tuple[Path, conformance.Suite]],
) -> None:
    assert NODE is not None
    folder, suite = few[12]
    tired = folder / "cases" / "tired"
    words = [NODE, str(RUNNER), str(folder), "--exec", command("tires", folder / "cases"), "--format", "json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8") as running:  # noqa: S603
        while not (tired.exists() and tired.read_text()):
            assert running.poll() is None
            time.sleep(0.05)
        running.send_signal(signal.SIGINT)
        said, complained = running.communicate(timeout=120)
    report = parse_json(said)
    assert (running.returncode, complained) == (130, "")
    assert [case["id"] for case in report["cases"]] == [case.id for case in suite.cases[:3]]
    assert sum(each.get("not_asked", 0) for area in report["areas"] for each in area["operations"]) > 0
    assert conformance.Report.from_dict(report).to_dict()["digest"] == report["digest"]
    with pytest.raises(ProcessLookupError):
        os.kill(int(tired.read_text()), 0)
    tired.unlink()


ODDITIES = [
    "null",
    "true",
    "false",
    "NaN",
    "tru",
    "",
    "01",
    "-",
    "+1",
    ".5",
    "1.",
    "-0",
    "-0.0",
    "1e",
    "--1",
    "Infinity",
]


def made_up(random: Random, depth: int = 0) -> str:
    """Something that looks like JSON, and mostly is."""
    match random.randrange(7 if depth < 4 else 4):
        case 0:
            return random.choice(ODDITIES)
        case 1 | 2:
            digits = "".join(random.choices("0123456789", k=random.choice([1, 1, 3, 20, 41])))
            fraction = f".{''.join(random.choices('0059', k=random.randint(1, 8)))}" if random.random() < 0.5 else ""
            exponent = f"{random.choice('eE')}{random.choice(['', '+', '-'])}{random.randint(0, 60)}"
            return f"{random.choice(['', '-'])}{digits}{fraction}{exponent if random.random() < 0.4 else ''}"
        case 3:
            text = "".join(random.choices('ab:é\u0302\u2028\x7f\n\t"\\\U0001f600\uff5e', k=random.randint(0, 6)))
            return json.dumps(text, ensure_ascii=random.random() < 0.5)
        case 4 | 5:
            return f"[{', '.join(made_up(random, depth + 1) for _ in range(random.randint(0, 3)))}]"
        case _:
            keys = (json.dumps(random.choice("abé\U0001f600\uff5e")) for _ in range(random.randint(0, 3)))
            return "{" + ",\n".join(f"{key}\t: {made_up(random, depth + 1)}" for key in keys) + "}"


READ = """given.map((text) => {
  try { return [runner.write(runner.parse(text), { canonical: true }), runner.write(runner.parse(text)), runner.write(runner.parse(text), { ascii: true })]; }
  catch { return null; }
})"""
PLAIN_TEXTS = [
    "1.50", "1e2", "15e-1", "150e-2", "1.0", "-0.0", "0e5", "1E+39", "1e40", "1e41", "1e-40", "1e-41", "0.00001",
    "9007199254740993", "-9223372036854775808", "1" * 40, "1" * 41, f"0.{'1' * 39}", "1e999999999", "1e0000000001",
    '"\\u00e9\\ud83d\\ude00"', '"\\ud83d"', '"\\ude00\\ud83d"', '"\\u0000"', '"\t"', '"\x7f"', '"\\x"', '"\\u12"',
    '{"a": 1, "a": 2}', '{"b": 1, "a": {"\U0001f600": 1, "\uff5e": 2}}', "{}", "[]", "[1,]", "{,}", '{"a"}', " [1] ", "[1] 2",
    "[" * 64 + "]" * 64, "[" * 65 + "]" * 65, "[" * 64 + "1" + "]" * 64, "[" * 65 + "1" + "]" * 65, "\ufeff1", "\u00a01",
    '{"__proto__": 1, "constructor": 2}',
]  # fmt: skip


def read(text: str) -> list[str] | None:
    try:
        value = parse_json(text)
    except InvalidDocumentError:
        return None
    return [json_text(value, canonical=True), json_text(value), json_text(value, ascii_only=True)]


@needs_node
def test_json_is_read_and_written_alike() -> None:
    random = Random(20261126)
    texts = PLAIN_TEXTS + [made_up(random) for _ in range(4_000)]
    # Node takes a mark of byte order away when it decodes, not when it parses.
    wanted = [None if text.startswith("\ufeff") else read(text) for text in texts]
    assert ask_node(READ, texts) == wanted
    assert 1_000 < sum(each is None for each in wanted) < 3_000


@needs_node
def test_a_document_with_more_fractions_than_any_of_ours_is_refused_alike() -> None:
    texts = ["[" + ",".join(f"{n}.5" for n in range(count)) + "]" for count in (2000, 2001)]
    assert [each is None for each in ask_node(READ, texts)] == [read(text) is None for text in texts] == [False, True]


MOMENTS = [
    "2026-02-26T23:59:59+07:00", "2026-02-26T23:59:59.0000000+07:00", "2026-02-26t23:59:59.999+07:00", "2026-02-26T16:59:59z",
    "2026-02-27T00:00:00+07:00", "2026-02-26T24:00:00+07:00", "2026-02-27T00:00:00.5+07:00", "2026-02-26T24:00:00.5+07:00",
    "2026-02-26T23:59:58+07:00", "2026-02-26T23:59+07:00", "2026-02-26T23:59:60+07:00", "2026-02-26T17:00:00Z", "2026-02-26",
    "2026-02-30T00:00:00Z", "0000-01-01T00:00:00Z", "0001-01-01T00:00:00Z", "2024-02-29T10:00:00-05:30", "2024-02-29T15:30:00Z",
    "2026-02-26T10:00:00+24:00", "2026-02-26T10:00:00+07:60", "2026-02-26T10:00:00", "9999-12-31T23:59:59.999999999Z",
    "2026-02-26T16:59:59.10Z", "2026-02-26T16:59:59.1Z", "2100-02-29T10:00:00Z", "2000-02-29T10:00:00Z", "2000-02-29T17:00:00+07:00",
]  # fmt: skip
ANSWERS: list[Any] = [
    *MOMENTS, None, True, False, 0, 1, "1", [], {}, [1], [1, 2], {"a": 1}, {"a": 1, "b": 2}, {"a b": [1]}, {"a b": [2, 3]},
    {"a": {"b": [{"c": "x" * 400}]}}, {"a": {"b": [{"c": "y"}]}}, {"a": None}, {"é": 1}, {"é": 2},
]  # fmt: skip


@needs_node
def test_answers_are_judged_alike() -> None:
    pairs = [(json.dumps(one), json.dumps(other)) for one in ANSWERS for other in ANSWERS]
    pairs += [("1.50", "1.5"), ("1.5", "1.51"), ("1", "1.0"), ("9007199254740993", "9007199254740992"), ("1e2", "100")]
    found = ask_node("given.map(([a, b]) => runner.difference(runner.parse(a), runner.parse(b)))", pairs)
    for (one, other), differs in zip(pairs, found, strict=True):
        wanted = conformance.difference(parse_json(one), parse_json(other))
        assert differs == (None if wanted is None else {"vi": wanted.vi, "en": wanted.en}), (one, other)


@needs_node
def test_a_command_is_taken_apart_alike() -> None:
    commands = ["a b", "  a  'b c'\t\"d e\" ", r"a\ b c\\", r'"a\"b\\c\d"', "'a'\"b\"c", "a '' b", "a\nb", "é 'ê'"]
    assert ask_node("given.map((each) => runner.wordsOf(each))", commands) == [shlex.split(each) for each in commands]


def test_the_digest_of_a_number_is_that_of_its_value() -> None:
    assert digest(Decimal("1.50")) == digest(parse_json("1.50"))
    assert digest(parse_json("1.0")) == digest(1)
