"""The catalogue: a mapping from codes to procedures, with the bases that they cite."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, Literal, TypeVar, cast, overload

import attrs

from onestop_core.catalogue.values.fields import at_least_one, plain_word, typed
from onestop_core.catalogue.values.procedure import Procedure
from onestop_core.catalogue.values.searching import found
from onestop_core.errors import InvalidValueError, NotInForceError, UnknownCodeError
from onestop_core.model import Basis, FrozenMap, plain_day
from onestop_core.text import Text

__all__ = ["Catalogue", "Suppression"]

D = TypeVar("D")


@attrs.frozen(kw_only=True, field_transformer=typed)
class Suppression:
    """A finding that the catalogue accepts, and why; counted by ``check`` instead of reported.

    >>> Suppression(rule="catalogue/part-missing", path="$.procedures[0]", reason="no steps published").reason
    'no steps published'
    """

    rule: str
    code: str | None = None
    """The procedure in which it is accepted; None: the path is that of the document."""
    path: str | None = None
    """JSON path of the place, within the procedure where one is named; what lies below it is covered too."""
    reason: str

    def __attrs_post_init__(self) -> None:
        if self.code is self.path is None:
            raise InvalidValueError.of("Suppression", None, vi="mã thủ tục hoặc đường dẫn", en="a code or a path")


@attrs.frozen(kw_only=True, field_transformer=typed)
class Catalogue(Mapping[str, Procedure]):
    """A catalogue: a mapping from procedure codes to procedures, with the bases that they cite.

    One code may stand for several editions of a procedure, one after another; as a mapping the catalogue gives the last.
    :meth:`on` gives what holds on a day, :meth:`editions` all of one code.

    >>> from onestop_core import catalogue
    >>> shipped = catalogue.shipped()
    >>> shipped["1.004873"].level
    <AuthorityLevel.COMMUNE: 'commune'>
    >>> "1.000000" in shipped
    False
    >>> shipped["1.004783"]
    Traceback (most recent call last):
    onestop_core.errors.UnknownCodeError: no procedure '1.004783'; did you mean ...1.004873...?
    """

    schema_version: Literal["1.0"]
    title: Text
    bases: Mapping[str, Basis] = attrs.field(repr=False)
    procedures: tuple[Procedure, ...] = attrs.field(validator=at_least_one, repr=False)
    suppressions: tuple[Suppression, ...] = ()
    _by_code: Mapping[str, Procedure] = attrs.field(
        init=False, eq=False, repr=False, default=attrs.Factory(lambda self: _by_code(self.procedures), takes_self=True)
    )

    def __getitem__(self, code: str) -> Procedure:
        found = self.get(code)
        if found is None:
            raise self._unknown(code)
        return found

    def __contains__(self, code: object) -> bool:
        return self.get(cast("str", code)) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(self._by_code)

    def __len__(self) -> int:
        return len(self._by_code)

    @overload
    def get(self, code: str, /) -> Procedure | None: ...
    @overload
    def get(self, code: str, default: Procedure | D, /) -> Procedure | D: ...
    def get(self, code: str, default: object = None, /) -> object:
        """Return the procedure of *code*, or *default*; what may have been meant is not looked for."""
        plain = plain_word(code)
        return default if plain is None else self._by_code.get(plain, cast("Any", default))

    def editions(self, code: str) -> tuple[Procedure, ...]:
        """Return every edition of the procedure of *code*, the earliest first.

        Raises:
            UnknownCodeError: there is none.
        """
        self[code]
        own = [each for each in self.procedures if each.code == plain_word(code)]
        return tuple(sorted(own, key=_begins))

    def on(self, day: date) -> Catalogue:
        """Return the catalogue of what holds on *day*: of each code at most one edition.

        >>> from datetime import date
        >>> from onestop_core import catalogue
        >>> len(catalogue.shipped().on(date(2026, 9, 1))) > 0
        True

        Raises:
            InvalidValueError: *day* is no plain date.
            NotInForceError: no procedure of the catalogue holds on that day.
        """
        plain = plain_day(day, "day")
        held = [index for index, each in enumerate(self.procedures) if each.holds(plain)]
        if not held:
            raise NotInForceError(
                what=self.title,
                on=plain,
                known=tuple(sorted({(each.in_force_from, each.in_force_to) for each in self.procedures}, key=str))[:20],
            )
        places = {f"$.procedures[{old}]": f"$.procedures[{new}]" for new, old in enumerate(held)}
        return attrs.evolve(
            self,
            procedures=tuple(self.procedures[index] for index in held),
            suppressions=tuple(_moved(self.suppressions, places)),
        )

    def find(self, words: str) -> tuple[Procedure, ...]:
        """Return the procedures that *words* name, typed with or without marks, by the beginnings of words; best first.

        >>> from onestop_core import catalogue
        >>> [each.code for each in catalogue.shipped().find("dang ky thuong tru")][:1]
        ['1.004222']
        >>> catalogue.shipped().find("thg tr")
        ()

        Raises:
            InvalidValueError: it is no text.
        """
        return found(words, self._by_code.values())

    def _unknown(self, code: object) -> UnknownCodeError:
        """Return the error for a *code* that is none: the nearest codes, or those of the procedures named like that."""
        kind = Text(vi="thủ tục", en="procedure")
        error = UnknownCodeError.among(kind, code, self._by_code)
        words = plain_word(code)
        if error.suggestions or words is None:
            return error
        named = found(words, self._by_code.values())[:3]
        return attrs.evolve(error, suggestions=tuple(each.code for each in named))


def _begins(procedure: Procedure) -> date:
    return procedure.in_force_from or date.min


def _by_code(procedures: tuple[Procedure, ...]) -> FrozenMap[str, Procedure]:
    """Return the last edition of each code, in the order of the catalogue."""
    last: dict[str, Procedure] = {}
    for each in procedures:
        if each.code not in last or _begins(each) >= _begins(last[each.code]):
            last[each.code] = each
    return FrozenMap(last)


_PLACE: Final = re.compile(r"\$\.procedures\[[0-9]+\]")


def _moved(suppressions: tuple[Suppression, ...], places: Mapping[str, str]) -> Iterator[Suppression]:
    """Yield the suppressions where their places are now; those of procedures that are gone are gone."""
    for each in suppressions:
        match = _PLACE.match(each.path or "") if each.code is None else None
        if match is None:
            yield each
        elif match[0] in places:
            yield attrs.evolve(each, path=places[match[0]] + (each.path or "")[match.end() :])
