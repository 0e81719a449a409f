"""Whether units keep the law: ``document`` (all units at once), ``unit`` (one unit), ``people`` (its postings and fields)."""

from onestop_core._public import publish
from onestop_core.organisation.checking.document import check_units

__all__ = ["check_units"]

publish(globals())
