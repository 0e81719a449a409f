"""``python -m tests.deadlines.proof [CASES] [FIRST]``: so many cases, on two processes; prints how many of each kind.

One case again: ``python -m tests.deadlines.proof 1 NUMBER``.
"""

from __future__ import annotations

import sys

from tests.deadlines.proof.running import run_in_parts, told


def main(cases: int = 100_000, first: int = 0) -> None:
    for counter in run_in_parts(first, cases):
        sys.stdout.write(f"{told(counter)}\n\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
