"""What a local authority publishes over a national catalogue.

``values`` (an overlay), ``documents`` (reading and writing), ``merging`` (laying it over), ``rules`` and ``checks``
(what it may change), ``allowed_changes`` (fees and times that may fall and not rise), ``periods`` (from when to when).
"""

from onestop_core._public import publish
from onestop_core.catalogue.overlay.checks import check
from onestop_core.catalogue.overlay.documents import apply, dump, load
from onestop_core.catalogue.overlay.rules import RULES
from onestop_core.catalogue.overlay.values import LocalProcedure, LocalStep, Overlay

__all__ = ["RULES", "LocalProcedure", "LocalStep", "Overlay", "apply", "check", "dump", "load"]

publish(globals())
