"""Law as data: effective-dated tables, and the one reader of documents, packaged data and schemas."""

from onestop_core._publish import publish
from onestop_core.rules.dated import Dated, Entry

__all__ = ["Dated", "Entry"]

publish(globals())
