"""What is counted for one figure, and between what it lies where the facts do not tell.

Every dossier is of one kind: told whether it belongs below the line, told whether it stands above as well, and told so
by all that is asked or by a part of it. A count is how many there are of each kind, so counts of disjoint sets add up,
and the bounds of a sum are those of all the dossiers at once.
"""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING, Final

import attrs

from onestop_core.errors import InvalidValueError
from onestop_core.text.codes import Code

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ["KINDS", "KIND_OF", "Count", "UnknownPolicy", "count_of"]


class UnknownPolicy(Code):
    """What becomes of dossiers of which the facts do not tell."""

    BOUNDS = "bounds"
    """The figure is unknown, and lies between its lowest and its highest."""
    LEAVE_OUT = "leave_out"
    """Those are left out of which not all is known that is asked; the rest is taken for the whole."""


KINDS: Final = (
    (True, True, True),
    (True, False, True),
    (True, True, False),
    (True, False, False),
    (True, None, False),
    (None, True, False),
    (None, False, False),
    (None, None, False),
)
"""Whether a dossier is known to belong, to stand above the line, and known so by all that is asked."""
KIND_OF: Final = {
    (member, held, told): KINDS.index((member, held, told and member is True and held is not None))
    for member in (True, None)
    for held in (True, False, None)
    for told in (True, False)
}
"""The place in :data:`KINDS` of every dossier that does not stay out."""


@attrs.frozen(kw_only=True)
class Count:
    """Numerator, denominator, and the dossiers of which the facts do not tell.

    >>> late, silent = Count(numerator=0, denominator=69), Count(unknown=651)
    >>> (late + silent).lowest, (late + silent).highest
    ((0, 720), (651, 720))

    Raises:
        InvalidValueError: a part is not a whole number from 0 on, or larger than that of which it is a part.
    """

    numerator: int = 0
    denominator: int = 0
    unknown: int = 0
    """Dossiers in neither, because the facts do not tell."""
    partly_above: int = 0
    """Of the numerator: those of which not all is known that is asked; what is known suffices."""
    partly_below: int = 0
    """Of the rest of the denominator, likewise."""
    optional_above: int = 0
    """Of the unknown: those that stand above the line, unless they do not belong there at all."""
    optional_below: int = 0
    """Of the unknown: those that stand below the line only, unless they do not belong there at all."""
    optional: int = 0
    """Of the unknown: those of which neither is known, nor that they belong."""

    def __attrs_post_init__(self) -> None:
        parts = (self.numerator, self.denominator, self.unknown, *self._finer)
        # an exact type: True is an int to Python and no count
        if not all(type(part) is int and part >= 0 for part in parts):
            fields = attrs.fields(Count)
            name, wrong = next((f.name, p) for f, p in zip(fields, parts, strict=True) if type(p) is not int or p < 0)
            raise InvalidValueError.of(name, wrong, vi="số nguyên từ 0 trở lên", en="a whole number from 0 on")
        outside = self.optional_above + self.optional_below + self.optional
        for name, part, most in (
            ("numerator", self.numerator, self.denominator),
            ("partly_above", self.partly_above, self.numerator),
            ("partly_below", self.partly_below, self.denominator - self.numerator),
            ("optional", outside, self.unknown),
        ):
            if part > most:
                raise InvalidValueError.of(name, part, vi=f"không lớn hơn {most}", en=f"at most {most}")

    def __repr__(self) -> str:
        fields = attrs.fields(Count)
        said = [f"{field.name}={getattr(self, field.name)}" for field in fields[:3]]
        said += [f"{field.name}={part}" for field in fields[3:] if (part := getattr(self, field.name))]
        return f"Count({', '.join(said)})"

    def __add__(self, other: Count) -> Count:
        if not isinstance(other, Count):  # pyright: ignore[reportUnnecessaryIsInstance]
            return NotImplemented
        return Count(
            numerator=self.numerator + other.numerator,
            denominator=self.denominator + other.denominator,
            unknown=self.unknown + other.unknown,
            partly_above=self.partly_above + other.partly_above,
            partly_below=self.partly_below + other.partly_below,
            optional_above=self.optional_above + other.optional_above,
            optional_below=self.optional_below + other.optional_below,
            optional=self.optional + other.optional,
        )

    @property
    def _finer(self) -> tuple[int, int, int, int, int]:
        return self.partly_above, self.partly_below, self.optional_above, self.optional_below, self.optional

    @property
    def told(self) -> tuple[int, int]:
        """Numerator and denominator of the dossiers of which all is known that is asked.

        Not those of all that are decided: a part of the facts may decide one way only, and a sample of what it
        decides would be selected by the outcome.
        """
        above = self.numerator - self.partly_above
        return above, self.denominator - self.partly_above - self.partly_below

    @property
    def lowest(self) -> tuple[int, int]:
        """Numerator and denominator of the lowest share that the unknown dossiers allow; (0, 0): of no share."""
        below = self.denominator + self.unknown - self.optional_above
        # Of nothing but dossiers above the line the share is whole, or there is none.
        return (self.numerator, below) if below else (self.optional_above, self.optional_above)

    @property
    def highest(self) -> tuple[int, int]:
        """Numerator and denominator of the highest share that the unknown dossiers allow; (0, 0): of no share."""
        more = self.unknown - self.optional_below
        below = self.denominator + more
        return (self.numerator + more, below) if below else (0, self.optional_below)

    @property
    def may_be_empty(self) -> bool:
        """Whether there may be no dossier below the line at all."""
        return self.denominator + self.unknown == self.optional_above + self.optional_below + self.optional

    @property
    def ratio_bounds(self) -> tuple[Fraction, Fraction] | None:
        """The lowest and the highest share; None where there is none."""
        low, high = self.lowest, self.highest
        return (Fraction(*low), Fraction(*high)) if low[1] else None

    def to_list(self) -> list[int]:
        """Return numerator, denominator and unknown, and the finer parts after them unless all are 0."""
        finer = self._finer
        return [self.numerator, self.denominator, self.unknown, *(finer if any(finer) else ())]


def count_of(kinds: Sequence[int]) -> Count:
    """Return the count of so many dossiers of each of :data:`KINDS`."""
    above, below, partly_above, partly_below, open_, optional_above, optional_below, optional = kinds
    return Count(
        numerator=above + partly_above,
        denominator=above + below + partly_above + partly_below,
        unknown=open_ + optional_above + optional_below + optional,
        partly_above=partly_above,
        partly_below=partly_below,
        optional_above=optional_above,
        optional_below=optional_below,
        optional=optional,
    )
