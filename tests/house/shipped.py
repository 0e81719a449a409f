"""The digests of what ships: ``python -m tests.house.shipped`` writes them, before a release only."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Final

from onestop_core.rules.editions import digest
from tests.house.tree import SRC

FILE: Final = Path(__file__).with_name("editions.json")


def digests() -> dict[str, str]:
    """Return the digest of each document of law that ships, by its file, id and revision."""
    found: dict[str, str] = {}
    for file in sorted((SRC / "data").rglob("*.json")):
        document = json.loads(file.read_text(encoding="utf-8"))
        named = f"{document.get('id', file.stem)}+{document.get('revision', 1)}"
        found[f"{file.relative_to(SRC / 'data').parent.as_posix()} {named}"] = digest(document)
    return found


def main() -> None:
    """Write the digests."""
    FILE.write_text(json.dumps(digests(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
