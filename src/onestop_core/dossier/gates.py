"""What comes in from Python, held to what can be used: a wrong type is refused with an error of ours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar, cast

from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem
from onestop_core.model import FrozenMap
from onestop_core.model.series import each_of, instance
from onestop_core.text import Text, shown

__all__ = ["each_of", "instance", "mapping_of", "members"]

K = TypeVar("K", bound=str)
T = TypeVar("T")


def members(document: object) -> dict[str, Any]:
    """Return the members of a JSON object as plain ones, whatever mapping came in.

    Raises:
        InvalidDocumentError: it is no mapping with names, or cannot be read: why not is its cause.
    """
    error: Exception | None = None
    if isinstance(document, Mapping):
        try:
            found = dict(cast("Mapping[object, Any]", document))
        except Exception as raised:  # noqa: BLE001 - a mapping of somebody else may raise anything
            error = raised
        else:
            if all(isinstance(name, str) for name in found):
                return cast("dict[str, Any]", found)
    text = Text(vi=f"cần đối tượng JSON, có {shown(document)}", en=f"expected a JSON object, got {shown(document)}")
    raise InvalidDocumentError(problems=(Problem(path="$", rule="schema/type", text=text),)) from error


def mapping_of(values: Mapping[K, T], kind: type[T], what: str) -> FrozenMap[K, T]:
    """Return *values*, codes with a *kind* each, as a mapping that cannot change.

    Raises:
        InvalidValueError: it is no mapping, or holds something else.
    """
    given = cast("object", values)
    if not isinstance(given, Mapping) or not all(
        isinstance(code, str) and isinstance(value, kind)
        for code, value in cast("Mapping[object, object]", given).items()
    ):
        raise InvalidValueError.of(
            what, values, vi=f"ánh xạ từ mã đến giá trị {kind.__name__}", en=f"a mapping of codes to {kind.__name__}"
        )
    return FrozenMap(values)
