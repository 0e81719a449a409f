"""Logs under another law: what moves, what becomes late, what is newly forbidden, and what nobody can know.

* ``values``: one dossier under two laws, :class:`Compared`, with an :class:`Outcome` for each, and why a question is open.
* ``comparing``: dossier after dossier, as a stream: :func:`compare`.
* ``replay``: all together: :func:`replay`, a :class:`Replay` of figures that open to their dossiers, and :class:`Scores`.
"""

from onestop_core._public import publish
from onestop_core.lab.replaying.comparing import Pair, compare
from onestop_core.lab.replaying.replay import By, Figure, Replay, RuleChange, Scores, replay
from onestop_core.lab.replaying.values import Compared, OpenReason, Outcome

__all__ = [
    "By",
    "Compared",
    "Figure",
    "OpenReason",
    "Outcome",
    "Pair",
    "Replay",
    "RuleChange",
    "Scores",
    "compare",
    "replay",
]

publish(globals())
