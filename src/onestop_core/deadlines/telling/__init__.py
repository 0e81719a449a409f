"""Why a deadline is when it is, in words and as a picture.

``retold`` tells one step of a limit day by day, ``story`` the whole: what came before the count, the count and what
moved its end; ``picture`` draws it.
"""

from onestop_core.deadlines.telling.picture import draw
from onestop_core.deadlines.telling.story import explain_steps

__all__ = ["draw", "explain_steps"]
