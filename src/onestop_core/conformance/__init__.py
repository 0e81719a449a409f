"""Proof for any implementation, in any language, that its answers are the law's.

* :func:`suite` gives the cases (:mod:`~onestop_core.conformance.suites`), which are documents under ``cases/``,
  valid under ``schemas/conformance-case``; anybody can read them, no Python needed.
* :func:`run` puts them to a Python object that has the methods of the protocols ``Workdays``, ``TimeLimits``,
  ``Deadlines``, ``OtherFiles``, ``Codes``, ``Lifecycles``, ``LifecycleTables``, ``Catalogues``, ``Kpi`` and ``Forms`` (:mod:`~onestop_core.conformance.adapters.interfaces`);
  :func:`run_command` puts them to a program that speaks JSON Lines (:mod:`~onestop_core.conformance.adapters.programs`).
* :func:`profiles` are what a tender may demand, by name, version and digest (:mod:`~onestop_core.conformance.demands`).
* :func:`fresh` makes variants of the cases, so that nobody passes by looking answers up (:mod:`~onestop_core.conformance.fresh`).
* :class:`Report` says what came of it (:mod:`~onestop_core.conformance.reports.report`); :mod:`~onestop_core.conformance.reports.formats`
  prints it, :func:`compare` compares two.
* :func:`reference` is this library as an implementation.
* :func:`export` writes all of it into a folder for whoever has no Python (:mod:`~onestop_core.conformance.exporting`).

Inside: ``values`` and ``fields`` (what a suite is made of), ``tables`` (which law), ``runner`` and ``matching`` (an answer is judged),
``adapters`` (who answers, ``wire`` for those in JSON), ``reports`` (what came of it).
"""

from onestop_core._public import publish
from onestop_core.conformance.adapters.interfaces import (
    Catalogues,
    Codes,
    Deadlines,
    Forms,
    Kpi,
    Lifecycles,
    LifecycleTables,
    OtherFiles,
    TimeLimits,
    Workdays,
)
from onestop_core.conformance.adapters.programs import run_command
from onestop_core.conformance.adapters.progress import Progress
from onestop_core.conformance.adapters.this_library import Reference, reference
from onestop_core.conformance.demands import Profile, ProfileName, case_of, profile, profiles
from onestop_core.conformance.exporting import export
from onestop_core.conformance.fresh import fresh
from onestop_core.conformance.matching import difference
from onestop_core.conformance.reports import formats
from onestop_core.conformance.reports.comparing import Comparison, OutcomeChange, VerdictChange, compare
from onestop_core.conformance.reports.report import Report
from onestop_core.conformance.reports.results import (
    AreaResult,
    CaseResult,
    Counts,
    OperationResult,
    RuleResult,
    Verdict,
)
from onestop_core.conformance.reports.showing import case_document, case_text, profile_document, profile_text
from onestop_core.conformance.runner import Interrupted, run
from onestop_core.conformance.suites import case_documents, read_suite, suite
from onestop_core.conformance.values import Area, Case, CaseLevel, CaseOutcome, Dispute, Refusal, Software, Suite
from onestop_core.conformance.wire import PROTOCOL

__all__ = [
    "PROTOCOL",
    "Area",
    "AreaResult",
    "Case",
    "CaseLevel",
    "CaseOutcome",
    "CaseResult",
    "Catalogues",
    "Codes",
    "Comparison",
    "Counts",
    "Deadlines",
    "Dispute",
    "Forms",
    "Interrupted",
    "Kpi",
    "LifecycleTables",
    "Lifecycles",
    "OperationResult",
    "OtherFiles",
    "OutcomeChange",
    "Profile",
    "ProfileName",
    "Progress",
    "Reference",
    "Refusal",
    "Report",
    "RuleResult",
    "Software",
    "Suite",
    "TimeLimits",
    "Verdict",
    "VerdictChange",
    "Workdays",
    "case_document",
    "case_documents",
    "case_of",
    "case_text",
    "compare",
    "difference",
    "export",
    "formats",
    "fresh",
    "profile",
    "profile_document",
    "profile_text",
    "profiles",
    "read_suite",
    "reference",
    "run",
    "run_command",
    "suite",
]

publish(globals())
