"""Pickles of this version, which every later minor version must read: ``python -m tests.house.pickling`` writes them."""

from __future__ import annotations

import pickle
from pathlib import Path
from typing import Final

from onestop_core import __version__
from tests.house.specimens import specimens

FOLDER: Final = Path(__file__).with_name("pickles")
LARGE: Final = frozenset({"catalogue", "changes", "rules", "suite", "report", "findings"})
"""What is too large to keep, and is made again where it is needed."""


def kept() -> dict[str, object]:
    """Return the specimens that are kept."""
    return {name: value for name, value in specimens().items() if name not in LARGE}


def main() -> None:
    """Write the pickle of this version; of a released version it is never written again."""
    FOLDER.mkdir(exist_ok=True)
    (FOLDER / f"{__version__}.pickle").write_bytes(pickle.dumps(kept(), protocol=4))


if __name__ == "__main__":
    main()
