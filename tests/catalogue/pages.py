"""The shared pages of the national portal, found beside the checkout; none of their text is in the project."""

from __future__ import annotations

import gzip
import json
import os
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

import pytest

FOLDER = Path(os.environ.get("ONESTOP_SHARED_DATA") or Path(__file__).parents[3] / "shared" / "data") / "portal-pages"
FILES = ("national-2026-07", "defence-2025", "shipped-2026-07")


@cache
def pages(name: str) -> list[dict[str, Any]]:
    path = FOLDER / f"{name}.jsonl.gz"
    if not path.exists():
        pytest.skip("../shared/data/portal-pages is not here")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def fee_cells() -> list[str]:
    """The distinct fee cells of the shared pages."""
    from onestop_core.catalogue.published.flat import way_rows

    found: set[str] = set()
    for page in (*pages("national-2026-07"), *pages("shipped-2026-07")):
        rows = way_rows(unicodedata.normalize("NFC", page["cach_thuc_thuc_hien"])) or []
        found.update(row["phi_le_phi"] for row in rows)
    for page in pages("defence-2025"):
        found.update(row["phi_le_phi"] for row in page["tables"].get("hinh_thuc_nop", ()))
    return sorted(text for text in found if text.strip())
