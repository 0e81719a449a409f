"""Ranks with ties: who is before whom, and who shares a place."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, cast

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.text import Text, number, padded

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["Place", "places"]


@attrs.frozen(kw_only=True)
class Place:
    """A place in a ranking in which equals share one, and the next is counted on from all before it: 1, 2, 2, 4."""

    rank: int
    of: int
    """How many are ranked."""
    sharers: int = 1
    """How many have this place, this one included."""

    @property
    def text(self) -> Text:
        """The place in words.

        >>> Place(rank=2, of=34, sharers=2).text.vi, Place(rank=1, of=34).text.en
        ('hạng 2 trên 34, đồng hạng 02 đơn vị', 'rank 1 of 34')
        """
        vi, en = (f"{self.rank} {word} {number(self.of).in_('vi')}" for word in ("trên", "of"))
        vi, en = f"hạng {vi}", f"rank {en}"
        if self.sharers > 1:
            vi, en = f"{vi}, đồng hạng {padded(self.sharers)} đơn vị", f"{en}, shared by {self.sharers}"
        return Text(vi=vi, en=en)


def places(marks: Sequence[object]) -> tuple[Place, ...]:
    """Return the place of each of *marks* among all, the greatest first; equal marks share a place.

    It is the ranking of competitions: after two at place 2 comes place 4.

    >>> [place.rank for place in places([7, 9, 7, 3])]
    [2, 1, 2, 4]

    Raises:
        InvalidValueError: the marks do not compare with each other.
    """
    try:
        counted = Counter(marks)
        ordered = sorted(cast("Counter[Any]", counted), reverse=True)
    except Exception as error:  # values of others, which may answer anything
        raise InvalidValueError.of(
            "marks", marks, vi="các giá trị so sánh được với nhau", en="values that compare with each other"
        ) from error
    rank_of: dict[object, int] = {}
    before = 0
    for mark in ordered:
        rank_of[mark] = before + 1
        before += counted[mark]
    return tuple(Place(rank=rank_of[mark], of=len(marks), sharers=counted[mark]) for mark in marks)
