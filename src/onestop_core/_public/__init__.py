"""What it takes to be a public class or function here.

``publishing`` gives what a package exports its public module; ``constructors`` lets values look at what they are given, and
``arguments`` functions, by the annotations that ``hints`` reads; ``values`` lets it be printed in a line and come back from a
pickle. ``writing`` writes functions when they are needed.
"""

from onestop_core._public.constructors import filler, trusted
from onestop_core._public.publishing import publish

__all__ = ["filler", "publish", "trusted"]
