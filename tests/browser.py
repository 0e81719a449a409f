"""A page printed by the browser that is there; without one, or without pdftotext, the test skips."""

from __future__ import annotations

import shutil
import subprocess
from typing import TYPE_CHECKING, Final

import pytest

if TYPE_CHECKING:
    from pathlib import Path

_BROWSERS: Final = ("chromium", "chromium-browser", "google-chrome")
_QUIET: Final = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-pdf-header-footer",
)  # fmt: skip


def printed(page: str, folder: Path) -> Path:
    """Return the PDF that the browser prints of *page*, made in *folder*."""
    program = next(filter(None, map(shutil.which, _BROWSERS)), None)
    if program is None or shutil.which("pdftotext") is None:
        pytest.skip("Chromium or pdftotext is not installed")
    source, pdf = folder / "page.html", folder / "page.pdf"
    source.write_text(page, encoding="utf-8")
    subprocess.run(  # noqa: S603
        [program, *_QUIET, f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={pdf}", source.as_uri()],
        capture_output=True, check=True, timeout=120,
    )  # fmt: skip
    return pdf


def words(pdf: Path) -> str:
    """Return what *pdf* says, its words one blank apart."""
    found = subprocess.run(["pdftotext", str(pdf), "-"], capture_output=True, check=True, timeout=60)  # noqa: S603, S607
    return " ".join(found.stdout.decode().split())
