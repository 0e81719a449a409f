"""How well one-stop work went: service indices as data, exact scores, and counts of dossiers.

* :func:`index` gives an edition; ``index.score(counts)`` and ``index.evaluate(facts)`` a :class:`Scorecard`.
  :func:`load_index` takes an index of your own, :func:`score_document` counts from a file.
* :func:`read_facts` reads :class:`DossierFacts`; :func:`tally` and :func:`tally_by` count them, and tallies add up.
  :func:`figure` opens what was counted.
* :func:`html_report` makes a page of scorecards.

What fewer people need is in rooms of their own, each with its table of contents:

* ``kpi.facts``: facts from files, and the columns in which they come.
* ``kpi.counting``: which dossiers a number counts, and when one is on time.
* ``kpi.service_index``: what an index is made of, editions, scoring, scorecards.
* ``kpi.nine_index``: the historical card of nine indices for officials and agencies.
* ``kpi.form06``: report form 06, filled and checked.
* ``kpi.measures``: shares, satisfaction, compliance cost, slow steps, three reductions and three increases.
* ``kpi.counters``: how many counters a hall needs, apart and pooled.
* ``kpi.ranking``: places in which equals share one.
* ``kpi.captures``: the portal's own figures: recorded answers read, compared, ranked, and a page for the leader.

``amounts`` is where numbers are exact and rounded, ``html_page`` where a page is drawn.
"""

from onestop_core._public import publish
from onestop_core.kpi import captures, counters, counting, facts, form06, measures, nine_index, ranking, service_index
from onestop_core.kpi.counting import (
    Count,
    Tally,
    figure,
    tally,
    tally_by,
)
from onestop_core.kpi.facts import facts_columns, read_facts, scan_facts
from onestop_core.kpi.html_page import html_report
from onestop_core.kpi.service_index import (
    DEFAULT_INDEX,
    Index,
    Scorecard,
    check_index,
    editions,
    index,
    load_index,
    score_document,
)
from onestop_core.model import DossierFacts

__all__ = [
    "DEFAULT_INDEX",
    "Count",
    "DossierFacts",
    "Index",
    "Scorecard",
    "Tally",
    "captures",
    "check_index",
    "counters",
    "counting",
    "editions",
    "facts",
    "facts_columns",
    "figure",
    "form06",
    "html_report",
    "index",
    "load_index",
    "measures",
    "nine_index",
    "ranking",
    "read_facts",
    "scan_facts",
    "score_document",
    "service_index",
    "tally",
    "tally_by",
]

publish(globals())
