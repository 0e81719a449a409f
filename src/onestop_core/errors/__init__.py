"""The errors of the library, and :class:`Problem`, the one form in which findings are reported.

Every error derives from :class:`OnestopError` and from the standard error a Python programmer would
expect (``ValueError``, ``LookupError``, ``ImportError``, ``RuntimeError``). The facts are fields, not
prose: ``error.to_dict()`` is JSON-ready, ``str(error)`` is English, ``error.message.vi`` Vietnamese.
Errors are values: equal when their fields are, and they survive pickling between processes.

``problem`` and ``base`` are what they share; ``arguments``, ``documents``, ``days``, ``steps`` and ``answers`` hold
them by what went wrong.

``fields`` and ``gates`` hold fields to what they are declared to be; ``names`` and ``saying`` make messages that can be said.
"""

from onestop_core._public import publish
from onestop_core.errors.answers import AdapterError, ConformanceSuiteError, MissingExtraError, UndefinedMetricError
from onestop_core.errors.arguments import InvalidValueError, UnknownCodeError
from onestop_core.errors.base import OnestopError
from onestop_core.errors.days import CalendarCoverageError, NotInForceError
from onestop_core.errors.documents import InvalidDocumentError, UnsupportedSchemaVersionError
from onestop_core.errors.problem import MAX_PROBLEMS, Problem, Severity
from onestop_core.errors.steps import (
    GuardError,
    InvalidEventError,
    KeyReusedError,
    TransitionNotAllowedError,
    VersionConflictError,
)

__all__ = [
    "MAX_PROBLEMS",
    "AdapterError",
    "CalendarCoverageError",
    "ConformanceSuiteError",
    "GuardError",
    "InvalidDocumentError",
    "InvalidEventError",
    "InvalidValueError",
    "KeyReusedError",
    "MissingExtraError",
    "NotInForceError",
    "OnestopError",
    "Problem",
    "Severity",
    "TransitionNotAllowedError",
    "UndefinedMetricError",
    "UnknownCodeError",
    "UnsupportedSchemaVersionError",
    "VersionConflictError",
]

publish(globals())
