"""An export packed into one file, the same bytes each time: no clock, no user and no name of a machine in it."""

from __future__ import annotations

import io
import tarfile
import zlib
from typing import Final

from onestop_core.conformance.exporting.contents import exported_files
from onestop_core.conformance.suites import suite

__all__ = ["archive"]

_EPOCH: Final = 315_532_800
"""1 January 1980, the first day that every archiver can tell."""


def archive() -> bytes:
    """Return the export as a tar archive packed by gzip, all in one folder named after the suite.

    The archive inside is the same everywhere; gzip packs it the same wherever the same zlib does it.

    >>> archive()[:4].hex(), archive() == archive()
    ('1f8b0800', True)
    """
    inside = io.BytesIO()
    with tarfile.open(fileobj=inside, mode="w", format=tarfile.USTAR_FORMAT) as packed:
        for path, content in exported_files().items():
            # A new one says: owner 0, no names, mode 0644.
            entry = tarfile.TarInfo(f"onestop-conformance-{suite().version}/{path}")
            entry.size, entry.mtime = len(content), _EPOCH
            packed.addfile(entry, io.BytesIO(content))
    return _gzip(inside.getvalue())


def _gzip(content: bytes) -> bytes:
    """Pack *content* under a header that names no time and no system, which that of the module gzip may do."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    body = packer.compress(content) + packer.flush()
    ends = zlib.crc32(content).to_bytes(4, "little") + (len(content) % 2**32).to_bytes(4, "little")
    return b"\x1f\x8b\x08" + bytes(5) + b"\x02\xff" + body + ends
