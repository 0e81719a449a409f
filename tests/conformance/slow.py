"""The independent slow implementations, by the area whose expectations they confirm."""

from __future__ import annotations

from typing import Any, Final

from tests.conformance.slow_catalogue import SlowCatalogue
from tests.conformance.slow_codes import SlowCodes
from tests.conformance.slow_deadlines import SlowDeadlines
from tests.conformance.slow_form06 import SlowForm06
from tests.conformance.slow_kpi import SlowKpi
from tests.conformance.slow_lifecycle import SlowFollowing, SlowLifecycle
from tests.conformance.slow_workdays import SlowWorkdays

SLOW: Final[dict[str, type[Any]]] = {
    "workdays": SlowWorkdays,
    "time-limits": SlowCodes,
    "deadlines": SlowDeadlines,
    "codes": SlowCodes,
    "lifecycle": SlowFollowing,
    "lifecycle-tables": SlowLifecycle,
    "catalogue": SlowCatalogue,
    "kpi": SlowKpi,
    "form-06": SlowForm06,
}
