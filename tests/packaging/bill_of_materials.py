"""What the wheel brings along, as CycloneDX: ``python -m tests.packaging.bill_of_materials ENVIRONMENT WHEEL TARGET``.

ENVIRONMENT is a virtual environment into which nothing but the wheel was installed; ``cyclonedx-py`` reads it.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tomllib
from importlib.metadata import version
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parents[2]


def plain(name: str) -> str:
    """Return the name of a distribution as packages write it: without a bound, in small letters, with hyphens."""
    return re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", name, maxsplit=1)[0]).lower()


def finished(bill: dict[str, Any], *, release: str, wheel: str, digest: str) -> dict[str, Any]:
    """Return the bill with the version and the digest of our own wheel, which the project file does not say.

    Raises:
        ValueError: it does not name what the project says that it needs.
    """
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    ours = bill["metadata"]["component"]
    direct = {edge["ref"]: edge.get("dependsOn", []) for edge in bill["dependencies"]}[ours["bom-ref"]]
    names = {each["bom-ref"]: plain(each["name"]) for each in bill["components"]}
    promised = sorted(plain(each) for each in project["dependencies"])
    if sorted(names[each] for each in direct) != promised:
        raise ValueError(f"the bill names {sorted(direct)}, the project {promised}")
    ours |= {
        "version": release,
        "purl": f"pkg:pypi/{project['name']}@{release}",
        "description": f"{ours.get('description', '')} ({wheel})",
        "hashes": [{"alg": "SHA-256", "content": digest}],
    }
    return bill


def main(environment: Path, wheel: Path, target: Path) -> None:
    """Write the bill and say how much is in it."""
    # The tool checks what it writes against the schema of CycloneDX.
    made = subprocess.run(  # noqa: S603
        [
            Path(sys.executable).with_name("cyclonedx-py"), "environment", "--pyproject", ROOT / "pyproject.toml",
            "--mc-type", "library", "--output-reproducible", "--of", "JSON", environment,
        ],
        check=True, capture_output=True, text=True,
    )  # fmt: skip
    bill = finished(
        json.loads(made.stdout), release=version("onestop-core"), wheel=wheel.name,
        digest=hashlib.sha256(wheel.read_bytes()).hexdigest(),
    )  # fmt: skip
    target.write_text(json.dumps(bill, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    print(f"{target}: {', '.join(each['name'] + ' ' + each['version'] for each in bill['components'])}")  # noqa: T201


if __name__ == "__main__":
    main(*(Path(each) for each in sys.argv[1:]))
