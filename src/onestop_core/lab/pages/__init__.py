"""One page of HTML for each question: it loads nothing, runs nothing and prints.

* ``sheet``: what they share. ``replay_page``, ``audit_page``, ``forecast_page``, ``burden_page``, ``aims_page``: the pages.
* ``findings``: what an audit found as a sheet of a workbook, for those who must answer it.
"""

from onestop_core._public import publish
from onestop_core.lab.pages.aims_page import aims_page
from onestop_core.lab.pages.audit_page import audit_page
from onestop_core.lab.pages.burden_page import burden_page
from onestop_core.lab.pages.findings import findings_sheet
from onestop_core.lab.pages.forecast_page import forecast_page
from onestop_core.lab.pages.replay_page import replay_page

__all__ = ["aims_page", "audit_page", "burden_page", "findings_sheet", "forecast_page", "replay_page"]

publish(globals())
