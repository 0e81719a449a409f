"""What comes in from Python, held to what can be used: one value of a kind, a series of them, a mapping."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar, cast

from onestop_core.errors import InvalidDocumentError, InvalidValueError, OnestopError, Problem
from onestop_core.model.frozen import FrozenMap
from onestop_core.text import Text, shown

__all__ = ["each_of", "instance", "items_of", "mapping_of", "members"]

K = TypeVar("K", bound=str)
T = TypeVar("T")


def instance(value: object, kind: type[T], what: str) -> T:
    """Return *value* if it is a *kind*.

    Raises:
        InvalidValueError: it is something else.
    """
    if not isinstance(value, kind):
        raise InvalidValueError.of(what, value, vi=f"một giá trị {kind.__name__}", en=f"a value of {kind.__name__}")
    return value


def each_of(values: object, kind: type[T], what: str) -> Iterator[T]:
    """Yield each of *values* that a caller hands over, every one of which must be a *kind*.

    Raises:
        InvalidValueError: they are no series, one of them is something else, or they cannot be read: why not is its
            cause.
    """
    given = values
    if not isinstance(values, Iterable) or isinstance(values, str | bytes):
        raise _no_series(given, kind, what)
    try:
        series = iter(cast("Iterable[object]", values))
    except Exception as error:
        raise _no_series(given, kind, what) from error
    while True:
        try:
            value = next(series)
        except StopIteration:
            return
        except OnestopError:
            raise
        except Exception as error:
            raise _no_series(given, kind, what) from error
        yield instance(value, kind, what)


def _no_series(values: object, kind: type, what: str) -> InvalidValueError:
    return InvalidValueError.of(
        what, values, vi=f"một dãy giá trị {kind.__name__}", en=f"a series of values of {kind.__name__}"
    )


def items_of(values: object, what: str) -> dict[Any, Any]:
    """Return the items of a mapping that a caller hands over.

    Raises:
        InvalidValueError: it is no mapping, or cannot be read: why not is its cause.
    """
    given = values
    cause: Exception | None = None
    if isinstance(values, Mapping):
        try:
            return {**values}
        except Exception as error:  # noqa: BLE001 - a mapping of somebody else may raise anything
            cause = error
    raise InvalidValueError.of(what, given, vi="một ánh xạ (mapping)", en="a mapping") from cause


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
