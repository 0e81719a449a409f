"""Which days count: the working calendar of Vietnamese civil servants, announced, predicted, and as it stood.

* :func:`calendar` gives a :class:`Calendar` (:mod:`~onestop_core.workdays.calendar`): ``is_workday``, ``add``,
  ``count``, ``next``, ``previous``, ``day``.
* The announced days are documents, one a year (:mod:`~onestop_core.workdays.official`); later years follow from
  law and the lunisolar calendar (:mod:`~onestop_core.workdays.prediction`).
"""

from onestop_core.workdays.calendar import HORIZON, Calendar, calendar
from onestop_core.workdays.values import Certainty, Day, DayKind, Row

__all__ = ["HORIZON", "Calendar", "Certainty", "Day", "DayKind", "Row", "calendar"]
