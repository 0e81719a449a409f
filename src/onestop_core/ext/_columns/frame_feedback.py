"""Feedback and recommendations counted in a frame, as ``desk.feedback`` counts them one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from onestop_core.errors import InvalidValueError
from onestop_core.ext._columns.frame_columns import collected, framed, nw
from onestop_core.ext._columns.group_keys import by_names, key_of
from onestop_core.model import FrozenMap
from onestop_core.model.series import each_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["feedback"]

_FLAGS: Final = ("late", "disliked", "sent_again")
_ITEMS: Final = "onestop_items"


def feedback(frame: Any, *, by: Sequence[str] = ()) -> dict[tuple[Any, ...], FrozenMap[str, tuple[int, int]]]:
    """Return numerator and denominator of 5.2 and 5.3 of the feedback in a frame, by groups: what ``desk.feedback`` counts.

    A row is an item, as ``FeedbackItem.to_dict`` gives it: the columns ``late``, ``disliked`` and ``sent_again`` hold true or
    false. Items that are a complaint or a denunciation never count, and are not in the frame.

    >>> import polars as pl
    >>> rows = pl.DataFrame({"unit": ["A", "A"], "late": [False, True], "disliked": [False] * 2, "sent_again": [False] * 2})
    >>> dict(feedback(rows, by=["unit"])[("A",)])
    {'5.2': (1, 2), '5.3': (1, 2)}

    Raises:
        InvalidValueError: the frame is none, lacks one of these columns or one of *by*, or a cell of them says neither.
    """
    table, engine, names = framed(frame)
    for name in (*_FLAGS, *each_of(by, str, "by")):
        if name not in names:
            raise InvalidValueError.one_of("columns", name, names)
    flags = [(nw.col(name) == nw.lit(value=True)).alias(f"onestop_{name}") for name in _FLAGS]
    keys = {f"onestop_key_{place}": name for place, name in enumerate(by)}
    kinds = table.collect_schema()
    if wrong := [name for name in _FLAGS if kinds[name] not in (nw.Boolean, nw.Object)]:
        raise _no_flag(wrong[0])
    table = table.with_columns(*flags, *(nw.col(name).alias(alias) for alias, name in keys.items()))
    alike = [*keys, *(f"onestop_{name}" for name in _FLAGS)]
    found: dict[tuple[Any, ...], list[int]] = {} if by else {(): [0, 0, 0]}
    for row in collected(table.select(*alike).group_by(*alike).agg(nw.len().alias(_ITEMS)), engine).iter_rows(
        named=True
    ):
        said = [row[f"onestop_{name}"] for name in _FLAGS]
        if not all(each in {True, False} for each in said):
            raise _no_flag(next(name for name, each in zip(_FLAGS, said, strict=True) if each not in {True, False}))
        counts = found.setdefault(tuple(key_of(row[alias]) for alias in keys), [0, 0, 0])
        rows = int(row[_ITEMS])
        for place, counted in enumerate((not said[0], not any(said), True)):
            counts[place] += rows if counted else 0
    return {
        key: FrozenMap({"5.2": (found[key][0], found[key][2]), "5.3": (found[key][1], found[key][2])})
        for key in sorted(found, key=by_names)
    }


def _no_flag(name: str) -> InvalidValueError:
    return InvalidValueError.of(
        name, None, vi="đúng hoặc sai (boolean) ở mọi dòng", en="true or false (boolean) in every row"
    )
