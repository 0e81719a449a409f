"""Keys of the groups of a data frame: in one form, and in the order in which people expect them."""

from __future__ import annotations

from typing import Any

from onestop_core.text import nfc, sort_key

__all__ = ["by_names", "key_of"]


def key_of(value: Any) -> Any:
    """Return one part of a key: text in one Unicode form, None for what is no value."""
    if isinstance(value, str):
        return nfc(value)
    return None if value != value else value  # noqa: PLR0124 - a NaN of a column of floats is no value


def by_names(key: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return by what a key is sorted: the Vietnamese alphabet, the unknown last."""
    return tuple(
        (part is None, sort_key(part) if isinstance(part, str) else () if part is None else (part,)) for part in key
    )
