"""The independent slow implementations, by the area whose expectations they confirm."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from onestop_core.conformance.fresh.codes import SlowCodes
from onestop_core.conformance.fresh.deadlines import SlowDeadlines
from onestop_core.conformance.fresh.limits import SlowLimits
from onestop_core.conformance.fresh.scores import SlowKpi
from tests.conformance.slow_catalogue import SlowCatalogue
from tests.conformance.slow_form06 import SlowForm06
from tests.conformance.slow_law import SlowLaw
from tests.conformance.slow_lifecycle import SlowFollowing, SlowLifecycle
from tests.conformance.slow_workdays import SlowWorkdays, TypedDays

if TYPE_CHECKING:
    from collections.abc import Callable


def typed_deadlines() -> SlowDeadlines:
    return SlowDeadlines(days=TypedDays())


SLOW: Final[dict[str, Callable[[], Any]]] = {
    "workdays": SlowWorkdays,
    "time-limits": SlowLimits,
    "deadlines": typed_deadlines,
    "codes": SlowCodes,
    "lifecycle": SlowFollowing,
    "lifecycle-tables": SlowLifecycle,
    "catalogue": SlowCatalogue,
    "kpi": SlowKpi,
    "form-06": SlowForm06,
    "feedback": SlowLaw,
    "complaint": SlowLaw,
    "data-request": SlowLaw,
}
