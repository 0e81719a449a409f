"""The programs of docs/examples, loaded as modules."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parents[2] / "docs" / "examples"


def load(name: str) -> Any:
    """Return the module ``app`` of an example."""
    spec = importlib.util.spec_from_file_location(f"{name}_example", FOLDER / name / "app.py")
    assert spec is not None
    assert spec.loader is not None
    # Pydantic looks there for the types of a module.
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
