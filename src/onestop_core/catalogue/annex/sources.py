"""The legal bases of one procedure, numbered as they are cited."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop_core.catalogue.annex.words import labelled, same
from onestop_core.text import Text, day_text, period_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from onestop_core.model import Basis

__all__ = ["Sources", "basis_text"]


class Sources:
    """Gives each basis of a procedure its number: first those of the procedure's own list, then as facts name them."""

    def __init__(self, bases: Mapping[str, Basis], own: Iterable[str]) -> None:
        self.bases = bases
        self.own: tuple[str, ...] = tuple(dict.fromkeys(own))
        self._numbers = {name: place for place, name in enumerate(self.own, start=1)}

    def cited(self, text: Text, names: Iterable[str]) -> Text:
        """Return *text* with the numbers of the bases on which it rests."""
        marks = "".join(f"[{self._numbers.setdefault(name, len(self._numbers) + 1)}]" for name in dict.fromkeys(names))
        return Text(vi=f"{text.vi} {marks}", en=f"{text.en} {marks}") if marks else text

    def listed(self) -> tuple[Text, ...]:
        """Return the procedure's own legal bases in words, each with its number."""
        return tuple(self._line(name) for name in self.own)

    def others(self) -> tuple[Text, ...]:
        """Return what single facts rest on besides."""
        return tuple(self._line(name) for name in self._numbers if name not in self.own)

    def unread(self) -> bool:
        """Return whether something that is cited was not read in the law."""
        known = (self.bases.get(name) for name in self._numbers)
        return any(basis is not None and not basis.firmness.is_law for basis in known)

    def _line(self, name: str) -> Text:
        basis = self.bases.get(name)
        said = same(name) if basis is None else basis_text(basis)
        mark = f"[{self._numbers[name]}]"
        return Text(vi=f"{mark} {said.vi}", en=f"{mark} {said.en}")


def basis_text(basis: Basis) -> Text:
    """Return *basis* as an annex lists it: cited, then who issued it and when, since when it holds, where it was read."""
    parts = [basis.cite()]
    if basis.issued_on is not None:
        day = day_text(basis.issued_on)
        parts.append(Text(vi=f"ban hành ngày {day.vi}", en=f"issued on {day.en}"))
    if basis.issuer is not None:
        parts.append(labelled("cơ quan ban hành", "issued by", same(basis.issuer)))
    if basis.announced_on is not None:
        day = day_text(basis.announced_on)
        parts.append(Text(vi=f"công bố ngày {day.vi}", en=f"announced on {day.en}"))
    if basis.in_force_from is not None or basis.in_force_to is not None:
        parts.append(labelled("hiệu lực", "in force", period_text(basis.in_force_from, basis.in_force_to)))
    if basis.source is not None:
        parts.append(labelled("nguồn", "source", same(basis.source)))
    if basis.note is not None:
        parts.append(basis.note)
    return Text(vi="; ".join(part.vi for part in parts), en="; ".join(part.en for part in parts))
