"""The recipes for CI systems do what their page says: each step runs here, in a folder of its own.

What a CI brings along stands in for itself: an installer that installs nothing, and the artifact of the main branch.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shlex
import shutil
import stat
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pytest

from onestop_core import conformance
from onestop_core.__about__ import __version__
from onestop_core.cli.conformance.reports import FORMATS
from onestop_core.conformance import exporting

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT: Final = Path(__file__).parents[2]
RECIPES: Final = ROOT / "docs" / "recipes"
PLACEHOLDER: Final = "desk@1#sha256:REPLACE-WITH-THE-DIGEST-OF-THE-TENDER"
ADAPTER: Final = """
import json, sys
from onestop_core import conformance
from onestop_core.errors import OnestopError
answers, wrong = conformance.reference(), sys.argv[1:] == ["wrong"]
for line in sys.stdin:
    asked = json.loads(line)
    if "hello" in asked:
        answer = {"hello": "2", "name": "recipe", "version": "1", "operations": ["is_workday", "add_workdays", "count_workdays"]}
    else:
        try:
            result = getattr(answers, asked["operation"])(**asked["input"])
            answer = {"id": asked["id"], "result": True if wrong and asked["operation"] == "is_workday" else result}
        except OnestopError as refusal:
            answer = {"id": asked["id"], "refused": refusal.code}
    print(json.dumps(answer), flush=True)
"""
SHIMS: Final = {
    "onestop": f'exec {shlex.quote(sys.executable)} -m onestop_core "$@"',
    "pip": 'echo "$@" >> "$WORK/installed"',
    "gh": """
case "$1 $2" in
  "run list") [ ! -f "$WORK/of-main.json" ] || echo 42;;
  "run download") [ "$3" = 42 ] && mkdir -p main && cp "$WORK/of-main.json" main/conformance.json;;
esac""",
    "curl": """
while [ $# -gt 1 ]; do [ "$1" = --output ] && to=$2; shift; done
case "$1" in
  https://gitlab.example/api/v4/projects/7/jobs/artifacts/main/raw/conformance.json?job=conformance) cp "$WORK/of-main.json" "$to";;
  file://*) cp "${1#file://}" "$to";;
  *) exit 22;;
esac 2>/dev/null""",
    "python3": """
[ "$1 $2" = "-m venv" ] || exit 64
mkdir -p "$3/bin" && cp "$WORK/bin/pip" "$WORK/bin/onestop" "$3/bin/" """,
}


@pytest.fixture
def work(tmp_path: Path) -> Path:
    (tmp_path / "bin").mkdir()
    for name, script in SHIMS.items():
        _executable(tmp_path / "bin" / name, script)
    (tmp_path / "adapter.py").write_text(ADAPTER, encoding="utf-8")
    checkout = tmp_path / "checkout"
    checkout.mkdir()
    _executable(checkout / "build-adapter.sh", "touch built")
    return tmp_path


def _executable(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


def adapter(work: Path, *arguments: str) -> str:
    return shlex.join([sys.executable, str(work / "adapter.py"), *arguments])


def environment(work: Path, **more: str) -> dict[str, str]:
    """Return what the CI sets: the recipe's own values, but for the adapter and a profile that takes less time."""
    return {
        **os.environ,
        "PATH": f"{work / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "WORK": str(work),
        "PYTHONPATH": os.pathsep.join(filter(None, sys.path)),
        "ADAPTER": adapter(work),
        "PROFILE": conformance.profile("calendar").cited,
        **more,
    }


def run(shell: Sequence[str], script: str, work: Path, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603
        [*shell, script], cwd=work / "checkout", env=environment(work, **more), capture_output=True, text=True, check=False,
        timeout=300,
    )  # fmt: skip


def keep_report_of_main(work: Path) -> None:
    """Keep a report in which all is right, as the last run on the main branch left it."""
    report = conformance.run(conformance.reference(), profile="calendar")
    (work / "of-main.json").write_text(json.dumps(report.to_dict()), encoding="utf-8")


def pinned(values: Mapping[str, str]) -> None:
    """Whoever copies the recipe has to say which package, and which profile by its digest."""
    assert values["ONESTOP"] == f"onestop-core=={__version__}"
    assert values["PROFILE"] == PLACEHOLDER
    assert values["ADAPTER"] == "java -jar adapter.jar"
    assert conformance.profile(PLACEHOLDER.partition("#")[0]).name == "desk"


def forms_were_made(checkout: Path) -> None:
    report = json.loads((checkout / "conformance.json").read_text(encoding="utf-8"))
    assert conformance.Report.from_dict(report).implementation.name == "recipe"
    assert "<testsuites " in (checkout / "conformance.xml").read_text(encoding="utf-8")
    assert '<html lang="vi">' in (checkout / "conformance.html").read_text(encoding="utf-8")


def _yaml(name: str) -> Any:
    yaml = pytest.importorskip("yaml", reason="PyYAML is not installed")
    return yaml.safe_load((RECIPES / name).read_text(encoding="utf-8"))


def github() -> tuple[dict[str, str], list[str]]:
    workflow = _yaml("github.yml")
    assert workflow["permissions"] == {"contents": "read", "actions": "read"}
    (job,) = workflow["jobs"].values()
    for step in job["steps"]:
        assert ("run" in step) != bool(re.fullmatch(r"actions/[a-z-]+@v[0-9]+", step.get("uses", "")))
        # What the CI fills in is never part of a script.
        assert "${{" not in step.get("run", "")
    return workflow["env"], [step["run"] for step in job["steps"] if "run" in step]


def test_github_runs_where_all_is_well(work: Path) -> None:
    values, steps = github()
    pinned(values)
    summary = work / "summary.md"
    for step in steps:
        done = run(["bash", "-e", "-c"], step, work, GITHUB_STEP_SUMMARY=str(summary), ONESTOP=values["ONESTOP"])
        assert done.returncode == 0, (step, done.stdout, done.stderr)
    assert "No report of main yet." in run(["bash", "-e", "-c"], steps[-2], work).stdout
    assert (work / "installed").read_text(encoding="utf-8") == f"install {values['ONESTOP']}\n"
    assert (work / "checkout" / "built").exists()
    assert summary.read_text(encoding="utf-8").startswith("**recipe 1 conforms to the profile calendar@1.**")
    forms_were_made(work / "checkout")


def test_github_breaks_where_ground_is_lost_and_keeps_the_reports(work: Path) -> None:
    _, steps = github()
    keep_report_of_main(work)
    codes = [
        run(
            ["bash", "-e", "-c"],
            step,
            work,
            ADAPTER=adapter(work, "wrong"),
            GITHUB_STEP_SUMMARY=str(work / "summary.md"),
        )
        for step in steps
    ]
    assert [done.returncode for done in codes] == [0, 0, 0, 0, 1, 1]
    assert "✗ workdays: conforms → does not conform" in codes[-2].stdout
    assert codes[-1].stdout.splitlines()[-1].startswith("does not conform; ")
    forms_were_made(work / "checkout")


@pytest.mark.parametrize("recipe", ["github", "gitlab", "jenkins"])
def test_another_edition_of_the_cases_ends_the_build(work: Path, recipe: str) -> None:
    ask = {"github": lambda: github()[1][2], "gitlab": lambda: gitlab()[1][2], "jenkins": lambda: jenkins()[1][1]}[
        recipe
    ]()
    done = run(["bash", "-e", "-c"], ask, work, PROFILE="calendar@1#sha256:0123456789ab")
    assert done.returncode != 0
    assert conformance.profile("calendar").cited in done.stderr


def gitlab() -> tuple[dict[str, str], list[str]]:
    (job,) = _yaml("gitlab.yml").values()
    assert job["artifacts"]["when"] == "always"
    assert job["artifacts"]["reports"] == {"junit": "conformance.xml"}
    assert set(job["artifacts"]["paths"]) == {"conformance.json", "conformance.xml", "conformance.html"}
    return job["variables"], job["script"]


def test_gitlab_runs_as_one_script(work: Path) -> None:
    values, steps = gitlab()
    pinned(values)
    ci = {
        "CI_API_V4_URL": "https://gitlab.example/api/v4",
        "CI_PROJECT_ID": "7",
        "CI_DEFAULT_BRANCH": "main",
        "CI_JOB_TOKEN": "secret",
    }
    (compared,) = (step for step in steps if "compare" in step)
    assert run(["bash", "-eo", "pipefail", "-c"], compared, work, **ci).stdout == "No report of main yet.\n"
    keep_report_of_main(work)
    # What was lost breaks the build before the verdict is asked for.
    done = run(["bash", "-eo", "pipefail", "-c"], "\n".join(steps), work, ADAPTER=adapter(work, "wrong"), **ci)
    assert done.returncode == 1, (done.stdout, done.stderr)
    forms_were_made(work / "checkout")
    assert "✗ workdays: conforms → does not conform" in done.stdout
    assert "secret" not in done.stdout + done.stderr


def jenkins() -> tuple[dict[str, str], list[str]]:
    text = (RECIPES / "Jenkinsfile").read_text(encoding="utf-8")
    assert text.count("{") == text.count("}")
    values = dict(re.findall(r"^ +([A-Z]+) = '([^']+)'$", text, re.MULTILINE))
    return values, [one or other for one, other in re.findall(r"\bsh (?:'''(.*?)'''|'([^']+)')", text, re.DOTALL)]


def test_the_shell_steps_of_jenkins_run(work: Path) -> None:
    values, steps = jenkins()
    pinned(values)
    suite, ask, compared, verdict = steps
    done = [run(["sh", "-xe", "-c"], step, work) for step in (suite, ask, compared, verdict)]
    assert [each.returncode for each in done] == [0, 0, 0, 0], [each.stderr[-500:] for each in done]
    assert "No report of main yet." in done[2].stdout
    forms_were_made(work / "checkout")
    # As the step copyArtifacts would leave it.
    keep_report_of_main(work)
    (work / "checkout" / "main").mkdir()
    shutil.copy(work / "of-main.json", work / "checkout" / "main" / "conformance.json")
    assert run(["sh", "-xe", "-c"], ask, work, ADAPTER=adapter(work, "wrong")).returncode == 0
    assert [run(["sh", "-xe", "-c"], step, work).returncode for step in (compared, verdict)] == [1, 1]


def test_the_container_asks_with_what_is_in_it(work: Path) -> None:
    text = (RECIPES / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = dict(line.split(" ", 1) for line in text.splitlines() if line and line[0] not in "# ")
    entry = json.loads(lines["ENTRYPOINT"])
    assert entry[:2] == ["/opt/onestop/bin/onestop", "conformance"]
    assert lines["COPY"].split()[1] in entry[3]
    assert lines["USER"] == "nobody"
    command = ["onestop", *entry[1:3], adapter(work), *entry[4:], "--profile", "calendar"]
    done = run(["sh", "-e", "-c"], shlex.join(command), work)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["verdict"] == "conforms"
    for script in re.findall(r"^RUN (.+)$", text, re.MULTILINE):
        assert run(["sh", "-n", "-c"], script, work).returncode == 0


@pytest.mark.parametrize("wrong", [False, True])
def test_the_archive_is_checked_unpacked_and_asks_without_python(work: Path, wrong: bool) -> None:
    if shutil.which("node") is None:
        pytest.skip("Node.js is not installed")
    packed = exporting.archive()
    releases = work / "releases"
    releases.mkdir()
    (releases / f"onestop-conformance-{conformance.suite().version}.tar.gz").write_bytes(packed)
    values = {
        "RELEASES": releases.as_uri(),
        "ARCHIVE_SHA256": hashlib.sha256(packed).hexdigest(),
        "ADAPTER": adapter(work, *["wrong"][:wrong]),
    }
    script = (RECIPES / "without-python.sh").read_text(encoding="utf-8")
    done = run(["bash", "-c"], script, work, **values)
    assert done.returncode == wrong, (done.stdout, done.stderr)
    kept = json.loads((work / "checkout" / "conformance.json").read_text(encoding="utf-8"))
    report = conformance.Report.from_dict(kept)
    assert report.verdict == ("fails" if wrong else "conforms")
    assert report.profile is not None
    assert report.profile.digest == conformance.profile("calendar").digest
    # What is made from it later is the same as from a report of this library.
    assert conformance.formats.verdict_text(report).en.startswith("recipe 1 ")
    assert "runner.mjs" in conformance.formats.html(report)
    if wrong:
        forged = run(["bash", "-c"], script, work, **{**values, "ARCHIVE_SHA256": "0" * 64})
        assert forged.returncode != 0
        assert "onestop" not in forged.stdout.replace("suite.tar.gz", "")


def test_the_cases_that_pages_name_are_there() -> None:
    pages = [
        ROOT / "docs" / "how-to" / f"{name}.md" for name in ("conformance", "conformance.vi", "dispute", "dispute.vi")
    ]
    named = {
        found
        for page in pages
        for found in re.findall(r"(?:show|--case) (\w+/[\w.-]+)", page.read_text(encoding="utf-8"))
    }
    assert named
    assert [conformance.suite()[each].id for each in sorted(named)] == sorted(named)
    rules = {found for page in pages for found in re.findall(r"--rule ([\w-]+)", page.read_text(encoding="utf-8"))}
    assert rules <= {rule for area in conformance.suite().areas for rule in area.rules}


def _tables(page: Path) -> list[list[list[list[str]]]]:
    """Return the tables of *page* whose rows begin with a code: of each row, of each cell, the codes."""
    found: list[list[list[list[str]]]] = [[]]
    for line in page.read_text(encoding="utf-8").splitlines():
        if line.startswith("| `") and not line.startswith("| `--"):
            found[-1].append([re.findall(r"`([^`]+)`", cell) for cell in line.split("|")[1:-1]])
        elif found[-1]:
            found.append([])
    return [table for table in found if table]


def test_the_page_and_its_vietnamese_name_every_area_profile_and_form() -> None:
    english, vietnamese = (_tables(ROOT / "docs" / "how-to" / f"conformance{kind}.md") for kind in ("", ".vi"))
    areas, profiles, forms = english
    assert [areas, profiles] == vietnamese[:2]
    suite = conformance.suite()
    assert [([area.name], list(area.operations)) for area in suite.areas] == [(row[0], row[2]) for row in areas]
    everything = [area.name for area in suite.areas]
    assert [(each.name, list(each.areas)) for each in conformance.profiles()] == [
        (row[0][0], row[2] or everything) for row in profiles
    ]
    for table in (forms, vietnamese[2]):
        assert {code for row in table for code in row[0]} == set(FORMATS)


def test_a_page_shows_every_recipe() -> None:
    page = (ROOT / "docs" / "how-to" / "conformance-ci.md").read_text(encoding="utf-8")
    assert {path.name for path in RECIPES.iterdir()} == set(re.findall(r"recipes/([\w.-]+)", page))
