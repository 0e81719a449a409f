"""Logs against the law of their day: what was done that may not be, what was done late, by article, unit and role.

* ``values``: one :class:`Irregularity`, and all of one rule together, an :class:`Article`.
* ``audit``: :func:`audit`, an :class:`Audit`.
"""

from onestop_core._public import publish
from onestop_core.lab.auditing.audit import Audit, audit
from onestop_core.lab.auditing.values import Article, EntryKind, Irregularity, Unread

__all__ = ["Article", "Audit", "EntryKind", "Irregularity", "Unread", "audit"]

publish(globals())
