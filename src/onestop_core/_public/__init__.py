"""What it takes to be a public class or function here.

``publishing`` gives what a package exports its public module; ``constructors`` lets values look at what they are given, and
``arguments`` functions, by the ``annotations``, of which ``hints`` tells what they take; ``gates`` lets a class take what it is given in its own way;
``values`` lets it be printed in a line and come back from a pickle. ``writing`` writes functions when they are needed.
"""

from onestop_core._public.constructors import filler, trusted
from onestop_core._public.gates import Gate, gated
from onestop_core._public.publishing import publish

__all__ = ["Gate", "filler", "gated", "publish", "trusted"]
