"""Conformance cases as tests: ``pytest -p onestop_core.ext.pytest_plugin --onestop-adapter=pkg:Impl``.

The option names an implementation in Python, a class or function that is called without arguments or an object;
``--onestop-area`` keeps to areas, ``--onestop-profile`` to those of a profile; ``--onestop-seed`` adds fresh cases. Each case is a test of its own,
``onestop::AREA/TOPIC.NAME``. An operation that the implementation lacks is skipped, unless the profile demands it; a
question of one that it takes and declines is a failure, and a recommended or disputed case that does not pass an
expected failure. It needs pytest (extra ``pytest``).

The plugin is named outright, in the command line or as ``addopts`` in the settings, and is no entry point: pytest
would load the library in every run on the machine, before coverage looks, and rewrite the asserts of all its modules.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any, NoReturn, cast

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from onestop_core.conformance import Case, CaseResult

__all__ = ["CaseItem", "pytest_addoption", "pytest_collection_modifyitems"]


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("onestop", "conformance with the law of one-stop shops")
    group.addoption("--onestop-adapter", metavar="PKG:IMPL", help="run the onestop conformance cases against it")
    group.addoption(
        "--onestop-area", action="append", metavar="NAME", help="only the cases of this area; repeatable; default all"
    )
    group.addoption("--onestop-seed", metavar="N", type=int, help="fresh cases made from this number, too")
    group.addoption(
        "--onestop-profile", metavar="NAME", help="the cases of a profile, such as desk@1, all of which it demands"
    )


def pytest_collection_modifyitems(session: pytest.Session, config: pytest.Config, items: list[pytest.Item]) -> None:
    """Add a test for each case when an implementation is named."""
    name: str | None = config.getoption("--onestop-adapter")
    if name is None:
        return
    from onestop_core.conformance.demands import plan  # noqa: PLC0415 - pytest loads the plugin in every run
    from onestop_core.conformance.runner import ask_object, judge  # noqa: PLC0415
    from onestop_core.errors import OnestopError  # noqa: PLC0415

    profile: str | None = config.getoption("--onestop-profile")
    try:
        wanted = plan(
            config.getoption("--onestop-area"), None, profile=profile, seed=config.getoption("--onestop-seed")
        )
    except OnestopError as error:
        raise pytest.UsageError(str(error)) from None
    demanded = frozenset((wanted.demanded or ()) if profile is not None else ())
    ask = ask_object(_load(name))

    def judged(case: Case) -> CaseResult:
        return judge(case, ask(case))

    made = cast("Callable[..., pytest.Item]", cast("Any", CaseItem).from_parent)  # pytest types its keywords as unknown
    items.extend(
        made(
            session,
            name=f"onestop::{case.id}",
            case=case,
            judged=judged,
            demanded=not demanded.isdisjoint((case.area, f"{case.area}/{case.operation}")),
        )
        for case in wanted.cases
    )


def _load(name: str) -> object:
    module, _, attribute = name.partition(":")
    try:
        found: Any = importlib.import_module(module)
        for part in (attribute or "?").split("."):
            found = getattr(found, part)
    except (ImportError, AttributeError, ValueError) as error:
        message = f"--onestop-adapter={name}: expected package.module:Name; {error}"
        raise pytest.UsageError(message) from None
    return found() if callable(found) else found


class CaseItem(pytest.Item):
    """One case as a test."""

    def __init__(self, *, case: Case, judged: Callable[[Case], CaseResult], demanded: bool, **rest: Any) -> None:
        cast("Any", super()).__init__(**rest)
        self.case: Case = case
        self.judged: Callable[[Case], CaseResult] = judged
        self.demanded: bool = demanded
        """Whether its operation has to be there."""

    def runtest(self) -> None:
        """Put the question and judge the answer."""
        result = self.judged(self.case)
        if result.outcome == "passed":
            return
        if result.outcome == "unsupported" and not self.demanded:
            pytest.skip(f"{self.case.operation} is not supported")
        _fail(result)

    def reportinfo(self) -> tuple[str, None, str]:
        """Return where the case stands and what it says."""
        return f"onestop/{self.case.area}", None, f"{self.case.id}: {self.case.description}"


def _fail(result: CaseResult) -> NoReturn:
    reason = result.outcome.value if result.reason is None else str(result.reason)
    if not result.counts:
        pytest.xfail(f"{'disputed' if result.disputed else 'recommended'}: {reason}")
    pytest.fail(f"{result.description}\n{reason}", pytrace=False)
