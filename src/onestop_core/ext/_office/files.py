"""A workbook from outside is looked at before anything is read of it."""

from __future__ import annotations

import io
import zipfile
from typing import Final

from onestop_core.errors import InvalidDocumentError, Problem
from onestop_core.text import Text

__all__ = ["CellCount", "Refusal", "look_at", "refused"]

_MOST_BYTES: Final = 200 * 2**20
"""Of all parts of a workbook, unpacked."""
_MOST_CELLS: Final = 5_000_000
_OLD: Final = b"\xd0\xcf\x11\xe0"
"""With which files of an old Excel begin, and files under a password."""


class Refusal(Exception):  # noqa: N818 - never leaves ext.office
    """Why a workbook is not read."""

    def __init__(self, vi: str, en: str) -> None:
        super().__init__(en)
        self.text = Text(vi=vi, en=en)


class CellCount:
    """The cells of a whole workbook."""

    def __init__(self) -> None:
        self.total = 0

    def add(self, cells: int) -> None:
        """Count *cells* more.

        Raises:
            Refusal: there are too many.
        """
        self.total += cells
        if self.total > _MOST_CELLS:
            raise Refusal("quá nhiều ô", "too many cells")


def refused(text: Text) -> InvalidDocumentError:
    """Return the error for a workbook that is not read."""
    return InvalidDocumentError(problems=(Problem(path="$", rule="xlsx/unreadable", text=text),))


def look_at(content: bytes) -> None:
    """Refuse a workbook that is none, would unpack to more than a machine has, or declares entities.

    Raises:
        Refusal: with the reason.
        Exception: it is no archive.
    """
    if content.startswith(_OLD):
        raise Refusal(
            "tệp Excel đời cũ (.xls) hoặc có mật khẩu; hãy lưu thành .xlsx, không đặt mật khẩu",
            "a workbook of an old Excel (.xls), or one with a password; save it as .xlsx without a password",
        )
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        if sum(part.file_size for part in parts.infolist()) > _MOST_BYTES:
            raise Refusal("tệp quá lớn khi giải nén", "too large when unpacked")
        for part in parts.infolist():
            # Without NUL an encoding of two bytes reads like one of one byte.
            if b"<!DOCTYPE" in parts.read(part).replace(b"\0", b""):
                raise Refusal("tệp có khai báo DOCTYPE", "it declares a DOCTYPE")
