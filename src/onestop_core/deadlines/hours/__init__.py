"""When an agency works: ``office_hours`` (the week, and working time counted on it), ``sessions``, ``working_time``."""

from onestop_core._public import publish
from onestop_core.deadlines.hours.office_hours import MakeUpHours, WorkingHours, office_hours
from onestop_core.deadlines.hours.sessions import Season, Session

__all__ = ["MakeUpHours", "Season", "Session", "WorkingHours", "office_hours"]

publish(globals())
