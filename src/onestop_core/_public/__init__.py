"""What it takes to be a public class or function here.

``publishing`` gives what a package exports its public module; ``checked`` lets it look at what it is given, by the
annotations that ``hints`` reads; ``values`` lets it be printed in a line and come back from a pickle.
"""

from onestop_core._public.publishing import publish, trusted

__all__ = ["publish", "trusted"]
