"""How values that are no text look in a cell: several items, separated by semicolons."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["joined", "split"]

_ITEM: Final = re.compile(r"(?:[^\\;]|\\.|\\\Z)+", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)


def joined(items: Iterable[str]) -> str:
    r"""Return *items* in one cell.

    >>> joined(["law", "a;b"])
    'law; a\\;b'
    """
    return "; ".join(item.replace("\\", "\\\\").replace(";", "\\;") for item in items)


def split(cell: str) -> list[str]:
    r"""Return the items in *cell*, without the blanks around them.

    >>> split("law;decree ; a\\;b")
    ['law', 'decree', 'a;b']
    """
    items = (_ESCAPED.sub(r"\1", item.strip()) for item in _ITEM.findall(cell))
    return [item for item in items if item]
