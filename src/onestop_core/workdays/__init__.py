"""Which days count: the working calendar of Vietnamese civil servants, announced, predicted, and as it stood.

* :func:`calendar` gives a :class:`Calendar` (:mod:`~onestop_core.workdays.working_calendar`): ``is_workday``, ``add``,
  ``count``, ``next``, ``previous``, ``day``, ``with_decisions``; :mod:`~onestop_core.workdays.civil_servants` knows the years,
  :mod:`~onestop_core.workdays.prefix_table` holds them. :func:`warm` builds them ahead of time.
* The announced days are documents, one a year (:mod:`~onestop_core.workdays.announced_years`); later years follow from
  law and the lunisolar calendar (:mod:`~onestop_core.workdays.predicted_years`).
* Local decisions are merged in :mod:`~onestop_core.workdays.local_decisions`; :func:`reception` says when dossiers can be
  handed in (:mod:`~onestop_core.workdays.reception_days`). Which cases a decision moves, ``deadlines.impact`` counts.
* :mod:`~onestop_core.workdays.render` prints a year: month grid, picture (:mod:`~onestop_core.workdays.picture`), JSON, iCalendar;
  :mod:`~onestop_core.workdays.dimension` gives it to databases, :mod:`~onestop_core.workdays.publishing` to those without Python.

What a calendar says of a day, ``values`` hold.
"""

from onestop_core._public import publish
from onestop_core.workdays import publishing, render
from onestop_core.workdays.civil_servants import HORIZON, calendar, warm
from onestop_core.workdays.reception_days import Reception, reception
from onestop_core.workdays.values import Certainty, Day, DayKind, Row
from onestop_core.workdays.working_calendar import Calendar

__all__ = [
    "HORIZON",
    "Calendar",
    "Certainty",
    "Day",
    "DayKind",
    "Reception",
    "Row",
    "calendar",
    "publishing",
    "reception",
    "render",
    "warm",
]

publish(globals())
