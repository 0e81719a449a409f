"""The ``onestop`` command: a thin skin over the library, one module a command.

Exit codes are the same everywhere: 0 done and clean; 1 findings or a disagreement; 2 the input cannot be
read or used, or the command line is wrong. Malformed input ends with one message on standard error.
"""

from onestop_core.cli.main import main

__all__ = ["main"]
