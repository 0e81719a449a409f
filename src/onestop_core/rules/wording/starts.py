"""From what event a published time limit runs."""

from __future__ import annotations

import re
from typing import Final

from onestop_core.rules.wording.values import LimitStart

__all__ = ["start_of"]

_FULL: Final = re.compile(r"đủ(?! điều kiện)|hồ sơ đủ|đầy đủ|hợp lệ|hoàn chỉnh|đúng quy định")
_DOSSIER: Final = re.compile(
    r"(?:nhận|tiếp nhận|nộp|thụ lý)\b.*(?:hồ sơ|đơn|tờ khai|bản khai|giấy tờ|phiếu đề nghị|đề nghị)"
)
_DOCUMENT: Final = re.compile(
    r"nhận\b.*(?:văn bản|ý kiến|báo cáo|kết quả|thông báo|tờ trình|biên bản|danh sách|quyết định)"
)


def start_of(words: str) -> LimitStart:
    """Return what the *words* of an event, in small letters, name."""
    if _DOSSIER.search(words) or "hồ sơ" in words:
        return LimitStart.FULL_DOSSIER if _FULL.search(words) else LimitStart.DOSSIER
    return LimitStart.DOCUMENT if _DOCUMENT.search(words) else LimitStart.OTHER
