"""How public values are printed, and how they come back from a pickle.

A log that shows one must not be flooded by the table of law that it holds; and one that an older version wrote comes
back under this one, with the defaults of the fields that it did not know.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast

import attrs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["restore", "shorten"]

_FACTORY: Final[Any] = attrs.Factory(tuple)
_LONGEST: Final = 199
"""Characters that ``repr`` of a public value may have."""
_FEW: Final = 8
"""Things of which a value may hold so many and still show each."""
_WORD: Final = 48
"""Characters of one field, where not all of them fit."""


def shorten(kind: type[Any]) -> None:
    """Let ``repr`` of *kind*, a class of attrs, be short; one that the class has written itself stays."""
    code = getattr(kind.__repr__, "__code__", None)
    if code is None or not code.co_filename.startswith("<attrs generated"):
        return

    def __repr__(self: Any) -> str:  # noqa: N807 - it stands in for the one of attrs
        name = type(self).__qualname__.rpartition(".")[2]
        whole = f"{name}({_joined(_fields(self, _whole), _LONGEST - len(name) - 2)})"
        if "…" not in whole[-3:]:
            return whole
        return f"{name}({_joined(_fields(self, _brief), _LONGEST - len(name) - 2)})"

    cast("Any", kind).__repr__ = __repr__


def restore(kind: type[Any]) -> None:
    """Let a pickle of *kind*, a class of attrs with slots, come back although the class has gained fields."""
    fill: Callable[[Any, Mapping[str, Any]], None] | None = vars(kind).get("__setstate__")
    if fill is None or fill.__module__ != "attr._make":
        return  # no slots, or its own way; or a sub-package has published it already

    def __setstate__(self: Any, state: Mapping[str, Any]) -> None:  # noqa: N807 - likewise
        fill(self, state)
        for field in attrs.fields(kind):
            if field.name not in state and field.default is not attrs.NOTHING:
                default: Any = field.default
                if isinstance(default, type(_FACTORY)):
                    default = default.factory(self) if default.takes_self else default.factory()
                object.__setattr__(self, field.name, default)

    cast("Any", kind).__setstate__ = __setstate__


def _fields(value: Any, said: Any) -> Iterator[str]:
    for field in attrs.fields(value.__class__):
        if field.repr and hasattr(value, field.name):
            yield f"{field.name}={said(getattr(value, field.name))}"


def _joined(parts: Iterator[str], room: int) -> str:
    made = ""
    for part in parts:
        longer = f"{made}, {part}" if made else part
        if len(longer) > room - 3:
            return f"{made}, …" if made else "…"
        made = longer
    return made


def _whole(value: object) -> str:
    return _brief(value) if _many(value) else _said(value)


def _said(value: object) -> str:
    try:
        return repr(value)
    except Exception:  # noqa: BLE001 - a number of five thousand digits, or somebody else's value
        return f"<{type(value).__name__}>"


def _brief(value: object) -> str:
    if _many(value):
        return f"<{len(cast('tuple[object, ...]', value))}>"
    text = _said(value)
    return text if len(text) <= _WORD else f"{text[: _WORD - 1]}…"


def _many(value: object) -> bool:
    return isinstance(value, tuple | Mapping) and len(cast("tuple[object, ...]", value)) > _FEW
