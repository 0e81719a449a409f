"""The index of Decision 766 as the portal shows it: captures read as they come, compared, ranked, and a page for the leader.

* :func:`read_captures` (``reading``) makes a :class:`Snapshot` (``values``) of recorded answers; what does not fit together is told
  (``doubts``), and what is not there is unknown, never 0.
* :func:`ranking` (``standings``) ranks the units of one level, equals sharing a place; :func:`compare_snapshots` (``comparing``) says what
  changed from one to another.
* :func:`leaders_brief` (``briefing``) is one unit on one page: :func:`brief_page` (``brief_page``) as HTML for A4,
  :func:`brief_sheets` (``brief_sheets``) as sheets, in the words of ``brief_words``.
"""

from onestop_core._public import publish
from onestop_core.kpi.captures.brief_page import brief_page
from onestop_core.kpi.captures.brief_sheets import brief_sheets
from onestop_core.kpi.captures.briefing import Attention, Brief, GroupStanding, leaders_brief
from onestop_core.kpi.captures.comparing import SnapshotDifference, UnitChange, compare_snapshots
from onestop_core.kpi.captures.reading import read_captures
from onestop_core.kpi.captures.standings import Standing, ranking
from onestop_core.kpi.captures.values import MetricCapture, Snapshot, UnitCapture

__all__ = [
    "Attention",
    "Brief",
    "GroupStanding",
    "MetricCapture",
    "Snapshot",
    "SnapshotDifference",
    "Standing",
    "UnitCapture",
    "UnitChange",
    "brief_page",
    "brief_sheets",
    "compare_snapshots",
    "leaders_brief",
    "ranking",
    "read_captures",
]

publish(globals())
