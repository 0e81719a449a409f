"""What an export holds: every file by its path, as bytes."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from onestop_core.__about__ import __version__
from onestop_core.conformance.demands import profiles
from onestop_core.conformance.exporting.pages import as_exported
from onestop_core.conformance.suites import suite
from onestop_core.conformance.tables import tables_digest
from onestop_core.conformance.wire import PROTOCOL
from onestop_core.model import FrozenMap
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import bundled

if TYPE_CHECKING:
    from collections.abc import Iterator
    from importlib.resources.abc import Traversable

__all__ = ["FORMAT", "MANIFEST", "SUMS", "exported_files"]

FORMAT: Final = "onestop-conformance-export"
MANIFEST: Final = "manifest.json"
SUMS: Final = "SHA256SUMS"

PAGES: Final = (
    "docs/explanation/counting-rules.md",
    "docs/explanation/evidence.md",
    "docs/explanation/lifecycle.md",
    "docs/explanation/portal-and-clock.md",
    "docs/explanation/scoring.md",
    "docs/explanation/working-days.md",
    "docs/how-to/conformance.md",
    "docs/how-to/conformance.vi.md",
    "docs/how-to/conformance-adapter.md",
    "docs/how-to/conformance-ci.md",
    "docs/how-to/dispute.md",
    "docs/how-to/form-06.md",
    "docs/reference/calendar-data.md",
    "docs/reference/catalogue-rules.md",
    "docs/reference/conformance-operations.md",
    "docs/reference/grammars.md",
    "docs/reference/kpi-editions.md",
    "docs/reference/lifecycle.md",
)
"""The pages to which the list of operations leads."""
ELSEWHERE: Final = {
    "docs/adapters/runner.mjs": "runner.mjs",
    "docs/adapters/Adapter.java": "adapters/Adapter.java",
}
"""Files of the repository, and where an export has them."""
_PLACES: Final = {page: page for page in PAGES} | ELSEWHERE


def exported_files() -> FrozenMap[str, bytes]:
    """Return every file of an export by its path, in the order of the paths.

    >>> files = exported_files()
    >>> [path for path in files if "/" not in path]
    ['LICENSE', 'README.md', 'README.vi.md', 'SHA256SUMS', 'manifest.json', 'profiles.json', 'runner.mjs']
    >>> files["SHA256SUMS"].splitlines()[-1].endswith(b"  tables/vn/tour.json")
    True
    """
    files = dict(_gathered())
    files[MANIFEST] = _manifest(files)
    files[SUMS] = "".join(f"{_sha256(files[path])}  {path}\n" for path in sorted(files)).encode()
    return FrozenMap({path: files[path] for path in sorted(files)})


def _gathered() -> Iterator[tuple[str, bytes]]:
    package = _package()
    here = package / "conformance"
    yield from _below(here / "cases", "cases")
    yield "profiles.json", (here / "profiles.json").read_bytes()
    yield from _below(package / "data", "tables")
    for name in resources.schema_names():
        text = json.dumps(bundled(name), ensure_ascii=False, indent=2)
        yield f"schemas/{name}.schema.json", f"{text}\n".encode()
    for name in ("README.md", "README.vi.md"):
        yield name, (here / "exporting" / name).read_bytes()
    for page in PAGES:
        yield page, as_exported(_of_repository(page).decode(), page, _PLACES.get).encode()
    for path, to in ELSEWHERE.items():
        yield to, _of_repository(path)
    yield "LICENSE", _licence()


def _package() -> Traversable:
    from importlib.resources import files  # noqa: PLC0415 - heavy, loaded on first use

    return files("onestop_core")


def _below(folder: Traversable, path: str) -> Iterator[tuple[str, bytes]]:
    for entry in folder.iterdir():
        name = f"{path}/{entry.name}"
        if entry.is_dir():
            yield from _below(entry, name)
        else:
            yield name, entry.read_bytes()


def _of_repository(path: str) -> bytes:
    """Return a file of the repository, which the wheel carries in this room and a checkout at its top."""
    package = _package()
    packaged = package.joinpath("conformance", "exporting", "shipped", *path.split("/"))
    return packaged.read_bytes() if packaged.is_file() else (Path(str(package)).parents[1] / path).read_bytes()


def _licence() -> bytes:
    """Return the licence from where a wheel has it, or from the checkout."""
    from importlib import metadata  # noqa: PLC0415 - heavy, loaded on first use

    try:
        text = metadata.distribution("onestop-core").read_text("licenses/LICENSE")
    except metadata.PackageNotFoundError:
        text = None
    return _of_repository("LICENSE") if text is None else text.encode()


def _sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _manifest(files: dict[str, bytes]) -> bytes:
    whole = suite()
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "format_version": "1.0",
        "protocol": PROTOCOL,
        "suite": {"version": whole.version, "digest": whole.digest},
        "tables_digest": tables_digest(),
        "profiles": [{"name": each.name, "version": each.version, "digest": each.digest} for each in profiles()],
        "library": {"name": "onestop_core", "version": __version__},
        "license": "Apache-2.0",
        "files": [{"path": path, "bytes": len(files[path]), "sha256": _sha256(files[path])} for path in sorted(files)],
    }
    return f"{json.dumps(manifest, ensure_ascii=False, indent=2)}\n".encode()
