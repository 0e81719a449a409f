"""How large, deep and many a document may be: each bound with its reason."""

from __future__ import annotations

from typing import Final

__all__ = ["MAX_BYTES", "MAX_DEPTH", "MAX_DIGITS", "MAX_FRACTIONS", "MAX_NODES", "MAX_SHARED"]

MAX_BYTES: Final = 256 * 1024 * 1024
"""Largest document read, in bytes; some twenty times a national catalogue of 6,500 procedures."""
MAX_DEPTH: Final = 64
"""Deepest nesting read; the deepest schema of ours needs twelve."""
MAX_NODES: Final = 20_000_000
"""Most values read; stops a small object graph that unfolds into an enormous one."""
MAX_SHARED: Final = 1_000_000
"""Most values that a document may have only because objects stand in it more than once: JSON would spell them out."""
MAX_DIGITS: Final = 40
"""Most characters in a number: more than any sum of money or count in a one-stop shop."""
MAX_FRACTIONS: Final = 2_000
"""Most different numbers with a fraction in one document. No schema of ours has such a number (money and shares are
text), and one of them takes four times the memory of a number with a floating point."""
