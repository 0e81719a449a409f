"""What a desk does with a dossier in one go, so that nothing is forgotten.

:func:`step` (in ``stepping``) takes an event with the appointment that it must carry.
"""

from onestop_core._public import publish
from onestop_core.desk.stepping import step

__all__ = ["step"]

publish(globals())
