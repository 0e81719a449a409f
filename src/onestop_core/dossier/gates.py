"""What comes in from Python, held to what can be used: a wrong type is refused with an error of ours."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TypeVar, cast

from onestop_core.errors import InvalidValueError
from onestop_core.model import FrozenMap

__all__ = ["each_of", "instance", "mapping_of"]

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
        InvalidValueError: they are no series, or one of them is something else.
    """
    if not isinstance(values, Iterable) or isinstance(values, str | bytes):
        raise InvalidValueError.of(
            what, values, vi=f"một dãy giá trị {kind.__name__}", en=f"a series of values of {kind.__name__}"
        )
    for value in cast("Iterable[object]", values):
        yield instance(value, kind, what)


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
