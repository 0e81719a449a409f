"""What programs of other languages make of the schemas: types in TypeScript, Java and C#, help in an editor.

Each script is given JSON on its standard input and answers JSON; ``ask`` skips where Node, or what it needs, is missing.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

__all__ = ["ask"]


def ask(script: str, request: Any, *, packages: str) -> Any:
    """Return what the *script* beside this file answers; skip without Node or the *packages* from npm."""
    node = shutil.which("node")
    if node is None:
        pytest.skip("Node is not installed")
    path = str(Path(__file__).with_name(script))
    done = subprocess.run([node, path], input=json.dumps(request), capture_output=True, text=True, check=False)  # noqa: S603
    if "MODULE_NOT_FOUND" in done.stderr:
        pytest.skip(f"Node has no {packages} (npm install {packages}, or NODE_PATH)")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)
