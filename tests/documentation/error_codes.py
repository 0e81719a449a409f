"""Every error with its code, status, cause and remedy, in both languages, from the errors themselves.

``python -m tests.documentation.error_codes`` writes the pages.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Final

from onestop_core import errors
from onestop_core.errors import OnestopError
from tests.documentation.twins import DOCS

if TYPE_CHECKING:
    from onestop_core.text import Language

PAGES: Final[dict[Language, str]] = {"en": "error-codes.md", "vi": "error-codes.vi.md"}
_HEADS: Final[dict[Language, str]] = {
    "en": """# Every error: code, status, cause and remedy

*Tiếng Việt: [Mọi lỗi: mã, trạng thái, nguyên nhân và cách xử lý](error-codes.vi.md).*

Made from the errors themselves (`python -m tests.documentation.error_codes`), and a test holds this page to them. `error.code` is the code,
`error.title`, `error.cause` and `error.remedy` are the words in both languages; what they have in common is told in [Errors](../explanation/errors.md).

| code | error | status | what | cause | remedy |
|---|---|---|---|---|---|
""",
    "vi": """# Mọi lỗi: mã, trạng thái, nguyên nhân và cách xử lý

*English: [Every error: code, status, cause and remedy](error-codes.md).*

Trang này lấy từ chính các lỗi (`python -m tests.documentation.error_codes`), và một phép kiểm thử giữ trang đúng như vậy. `error.code` là mã,
`error.title`, `error.cause` và `error.remedy` là lời bằng cả hai ngôn ngữ; điểm chung của các lỗi: xem [Các lỗi](../explanation/errors.vi.md).

| mã | lỗi | trạng thái | là gì | nguyên nhân | cách xử lý |
|---|---|---|---|---|---|
""",
}


def kinds() -> tuple[type[OnestopError], ...]:
    """Return every kind of error that the library raises, by code."""
    found = [
        each
        for each in vars(errors).values()
        if isinstance(each, type) and issubclass(each, OnestopError) and each is not OnestopError
    ]
    return tuple(sorted(found, key=lambda each: each.code))


def page(language: Language) -> str:
    """Return the page in *language*."""
    rows = [
        f"| `{each.code}` | `{each.__name__}` | {each.http_status} | "
        + " | ".join(words.in_(language) for words in (each.title, each.cause, each.remedy))
        + " |\n"
        for each in kinds()
    ]
    return _HEADS[language] + "".join(rows)


def main() -> int:
    """Write both pages."""
    for language, name in PAGES.items():
        (DOCS / "reference" / name).write_text(page(language), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
