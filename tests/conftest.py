"""Settings of every test: Hypothesis profiles that do not depend on how fast the machine is, and what CI demands."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, settings

if TYPE_CHECKING:
    from collections.abc import Generator

settings.register_profile(
    "default", deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow], print_blob=True
)
settings.register_profile("thorough", parent=settings.get_profile("default"), max_examples=2000)
# CI judges the change, not the dice: the same tree gives the same verdict, and what was covered once stays covered.
settings.register_profile("repeatable", parent=settings.get_profile("default"), derandomize=True, database=None)
# What was judged with all examples already, in another packing or with other versions of what it rests on.
settings.register_profile("brief", parent=settings.get_profile("repeatable"), max_examples=10)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "repeatable" if os.environ.get("CI") else "default"))

NO_SKIP = bool(os.environ.get("ONESTOP_NO_SKIP"))
"""Set in CI, where everything that a test needs is installed: a skipped test is then a failed one."""


@pytest.fixture(scope="session", autouse=True)
def told_to_this_run_alone() -> None:
    """Keep what this run was told from the runs that tests start; workers of xdist have read it by then."""
    os.environ.pop("PYTEST_ADDOPTS", None)


def _refuse_skip(report: Any) -> None:
    if NO_SKIP and report.skipped and not hasattr(report, "wasxfail"):
        report.outcome = "failed"
        report.longrepr = f"skipped, although ONESTOP_NO_SKIP is set: {report.longrepr}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, Any, Any]:
    report = yield
    _refuse_skip(report)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Generator[None, Any, Any]:
    report = yield
    _refuse_skip(report)
    return report


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """Print what tests have counted: how many calls, texts or values they tried; keep which files skipped something."""
    if "ONESTOP_SKIPPED" in os.environ:
        skipped = {report.nodeid.partition("::")[0] for report in terminalreporter.stats.get("skipped", ())}
        Path(os.environ["ONESTOP_SKIPPED"]).write_text(
            "".join(f"{file}\n" for file in sorted(skipped)), encoding="utf-8"
        )
    told = [
        str(value)
        for reports in terminalreporter.stats.values()
        for report in reports
        for name, value in getattr(report, "user_properties", ())
        if name == "counted"
    ]
    if told:
        terminalreporter.section("counted")
        for line in sorted(set(told)):
            terminalreporter.write_line(line)
