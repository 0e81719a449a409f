"""The catalogue: a mapping from codes to procedures, with the bases that they cite."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, Literal, TypeVar, cast, overload

import attrs

from onestop_core.catalogue.values.fields import at_least_one, plain_word, typed
from onestop_core.catalogue.values.procedure import Procedure
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import Basis, FrozenMap
from onestop_core.text import Text, plain_letters

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

    def _unknown(self, code: object) -> UnknownCodeError:
        """Return the error for a *code* that is none: the nearest codes, or those of the procedures named like that."""
        kind = Text(vi="thủ tục", en="procedure")
        error = UnknownCodeError.among(kind, code, self._by_code)
        words = plain_word(code)
        if error.suggestions or words is None:
            return error
        return attrs.evolve(error, suggestions=_named_like(words, self.procedures))


def _by_code(procedures: tuple[Procedure, ...]) -> FrozenMap[str, Procedure]:
    return FrozenMap({procedure.code: procedure for procedure in procedures})


_LONGEST_NAME: Final = 200
"""Most characters of what was typed that are looked for."""


def _named_like(words: str, procedures: tuple[Procedure, ...]) -> tuple[str, ...]:
    """Return the codes of the procedures whose names hold *words*, typed with or without their marks; shortest first.

    >>> from onestop_core import catalogue
    >>> _named_like("dang ky thuong tru", catalogue.shipped().procedures)[0]
    '1.004222'
    """
    wanted = " ".join(plain_letters(words[:_LONGEST_NAME]).split())
    if not wanted:
        return ()
    names = (
        (len(name), procedure.code)
        for procedure in procedures
        for name in (procedure.name.vi, procedure.name.en)
        if wanted in plain_letters(name)
    )
    return tuple(dict.fromkeys(code for _, code in sorted(names)))[:3]
