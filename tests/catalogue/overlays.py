"""Small overlays for the tests of this folder."""

from __future__ import annotations

from functools import cache
from typing import Any

from onestop_core import catalogue
from tests.catalogue import documents


@cache
def national() -> catalogue.Catalogue:
    """The national catalogue that the overlays change: one procedure, code 1.000001."""
    return catalogue.load(documents.catalogue())


def overlay(*procedures: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """An overlay with *procedures*, with which nothing is wrong, but for *changes*."""
    return {
        "schema_version": "1.0",
        "title": documents.text("Danh mục của tỉnh"),
        "issuer": {"name": documents.text("Ủy ban nhân dân tỉnh"), "basis": []},
        "decision": ["qd"],
        "bases": {
            "qd": {"instrument": "Quyết định 1/2026/QĐ-UBND", "firmness": "read"},
            "nq": {"instrument": "Nghị quyết 2/2026/NQ-HĐND", "firmness": "read"},
            "memory": {"instrument": "Nghị quyết 3/2026/NQ-HĐND", "firmness": "recalled"},
        },
        "procedures": list(procedures),
        **changes,
    }


def local(**changes: Any) -> dict[str, Any]:
    """An overlay of the one procedure."""
    return overlay({"code": "1.000001", **changes})
