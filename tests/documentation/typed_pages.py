"""The code of the tutorial and of every how-to as files, for type checkers: ``python -m tests.documentation.typed_pages FOLDER``."""

from __future__ import annotations

import doctest
import re
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
# The code of a Vietnamese page is that of the English one.
PAGES: Final = (
    ROOT / "README.md",
    *(
        page
        for folder in ("tutorials", "how-to")
        for page in sorted((ROOT / "docs" / folder).glob("*.md"))
        if not page.name.endswith(".vi.md")
    ),
)
_BLOCK: Final = re.compile(r"^```(?:python|pycon)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def code(page: str) -> str:
    """Return what a reader of *page* would have typed, in one file; what is meant to fail is left out."""
    found: list[str] = []
    for block in _BLOCK.findall(page):
        if ">>>" in block:
            found += [
                _as_statement(example.source) if example.want else example.source
                for example in doctest.DocTestParser().get_examples(block)
                if example.exc_msg is None
            ]
        else:
            found.append(block)
    return "from __future__ import annotations\n\n" + "".join(found)


def _as_statement(source: str) -> str:
    # A value that is only shown would be an expression without use.
    try:
        compile(source, "page", "eval")
    except SyntaxError:
        return source
    return f"print(\n{source.rstrip()}\n)\n"


def main(folder: Path) -> int:
    """Write each page's code, and settings for pyright, into *folder*."""
    folder.mkdir(parents=True, exist_ok=True)
    for page in PAGES:
        written = code(page.read_text(encoding="utf-8"))
        if "import onestop_core" in written or "from onestop_core" in written:
            (folder / f"{re.sub(r'[^a-z0-9]', '_', page.stem.lower())}.py").write_text(written, encoding="utf-8")
    settings = '{"typeCheckingMode": "strict", "reportMissingTypeStubs": false, "reportUnusedImport": false, "venvPath": "%s", "venv": ".venv"}'
    (folder / "pyrightconfig.json").write_text(settings % ROOT.as_posix(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
