"""Logs under another law: what moves, what becomes late, what is newly forbidden, and what nobody can know.

* ``values``: one dossier under two laws, :class:`Compared`, with an :class:`Outcome` for each, and why a question is open.
* ``comparing``: dossier after dossier, as a stream: :func:`compare`.
* ``behaviours``: how people may have acted, :class:`Behaviour`. ``figures``: each :class:`Figure`, which opens to its dossiers.
* ``scores``: :class:`Scores`, by behaviour. ``replay``: all together: :func:`replay`, a :class:`Replay`.
"""

from onestop_core._public import publish
from onestop_core.lab.replaying.behaviours import Behaviour
from onestop_core.lab.replaying.comparing import Pair, compare
from onestop_core.lab.replaying.figures import Figure, RuleChange
from onestop_core.lab.replaying.replay import Keep, Replay, replay
from onestop_core.lab.replaying.scores import By, Scores
from onestop_core.lab.replaying.values import Compared, OpenReason, Outcome

__all__ = [
    "Behaviour",
    "By",
    "Compared",
    "Figure",
    "Keep",
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
