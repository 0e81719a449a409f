"""Catalogue documents as values and back, by the shared converter."""

from __future__ import annotations

import os
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeGuard, TypeVar, cast

import attrs

from onestop_core.catalogue.values.cases import AnswerCondition
from onestop_core.catalogue.values.catalogue import Catalogue
from onestop_core.catalogue.values.fields import plain_word
from onestop_core.catalogue.values.money import Fee, FeeShare, Reduction, Tier
from onestop_core.catalogue.values.procedure import Procedure
from onestop_core.errors import InvalidDocumentError, InvalidValueError, Problem
from onestop_core.rules import converter as shared
from onestop_core.rules.making import maker
from onestop_core.rules.once import once
from onestop_core.rules.reading.documents import content_of, json_path, parse_seen
from onestop_core.rules.reading.plain import nothing
from onestop_core.text import Text, nfc

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from cattrs import Converter

    from onestop_core.rules.reading.documents import Seen, Where

__all__ = [
    "composed",
    "document_of",
    "fields_of",
    "is_list",
    "is_object",
    "is_tuple",
    "is_value",
    "made",
    "opened",
    "plain_copy",
    "structured",
    "unstructured",
]

T = TypeVar("T")


def is_object(value: Any) -> TypeGuard[dict[str, Any]]:
    """Return whether *value*, of a plain document, is an object."""
    return isinstance(value, dict)


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Return whether *value*, of a plain document, is a list."""
    return isinstance(value, list)


def is_tuple(value: Any) -> TypeGuard[tuple[Any, ...]]:
    """Return whether *value*, of a value of the catalogue, is a tuple."""
    return isinstance(value, tuple)


def is_value(thing: Any) -> bool:
    """Return whether *thing* is a value with fields, such as a procedure or a text."""
    return hasattr(thing, "__attrs_attrs__")


def fields_of(value: Any) -> tuple[attrs.Attribute[Any], ...]:
    """Return the fields of a value's class."""
    fields: tuple[attrs.Attribute[Any], ...] = attrs.fields(value.__class__)
    return fields


def plain_copy(document: Any) -> Any:
    """Return *document*, in which nothing is wrong, made of JSON's very types: no tuple, no subclass of ``str``.

    >>> plain_copy(({"a": (1, True, None)},))
    [{'a': [1, True, None]}]
    """
    made: dict[int, Any] = {}  # what stands in many places is copied once

    def copied(value: Any) -> Any:
        if isinstance(value, str):
            return str.__str__(value)
        if isinstance(value, bool | None | float | Decimal):
            return value
        if isinstance(value, int):
            return int(value)
        place = id(cast("object", value))
        if place not in made:
            if isinstance(value, Mapping):
                members = cast("Mapping[str, Any]", value)
                made[place] = {str.__str__(key): copied(each) for key, each in members.items()}
            else:
                made[place] = [copied(each) for each in value]
        return made[place]

    return copied(document)


def composed(document: Any) -> Any:
    r"""Return *document* with all its texts in normal form C, in which names are compared.

    >>> composed({"cases": ["a\u0301"]}) == {"cases": ["á"]}
    True
    """
    if is_object(document):
        return {nfc(key): composed(value) for key, value in document.items()}
    if is_list(document):
        return [composed(value) for value in document]
    return nfc(document) if isinstance(document, str) else document


def document_of(source: object) -> tuple[str | None, Any]:
    """Return the name of the file *source* and the document that it holds; None and *source* if it is no path.

    Raises:
        OSError: the file cannot be read.
        InvalidDocumentError: it is not plain JSON.
        InvalidValueError: no file can have that name.
    """
    name, document, _ = opened(source, mark=nothing)
    return name, document


def opened(source: object, *, mark: Callable[[str], bool]) -> tuple[str | None, Any, Seen | None]:
    """Return the same as :func:`document_of`, and what was seen of the document while it was read.

    Raises:
        OSError: as :func:`document_of` does.
        InvalidDocumentError: likewise.
        InvalidValueError: likewise.
    """
    path = plain_word(source) if isinstance(source, str) else str(source) if isinstance(source, Path) else None
    if path is None:
        return None, source, None
    try:
        possible = b"\0" not in os.fsencode(path)
    except UnicodeEncodeError:
        possible = False
    if not possible:
        raise InvalidValueError.of("source", path, vi="tên tệp", en="the name of a file")
    return path, *parse_seen(content_of(path), source=path, mark=mark)


_EXACT: Final = frozenset({"amount", "most", "least", "below", "percent", "up_to"})
"""Properties that are exact numbers, written as text."""


def _amount(value: object, _: type) -> Decimal:
    # It is written as text, so that no reader in any language makes a float of it.
    if not isinstance(value, str):
        message = f"expected an amount as text, got {type(value).__name__}"
        raise TypeError(message)
    return shared.converter().structure(value, Decimal)


@once
def _prepared() -> Converter:
    from cattrs.gen import (  # noqa: PLC0415 - heavy, loaded on first use
        make_dict_structure_fn,
        make_dict_unstructure_fn,
        override,
    )

    made = shared.converter()
    for kind in (Fee, FeeShare, Tier, Reduction, AnswerCondition):
        exact: dict[str, Any] = {
            each.name: override(struct_hook=_amount) for each in attrs.fields(kind) if each.name in _EXACT
        }
        made.register_structure_hook(kind, make_dict_structure_fn(kind, made, **exact))
    # A Catalogue is also a Mapping; in a document it is an object of its own.
    made.register_structure_hook(Catalogue, make_dict_structure_fn(Catalogue, made))
    made.register_unstructure_hook(
        Catalogue, make_dict_unstructure_fn(Catalogue, made, suppressions=override(omit_if_default=True))
    )
    return made


def made(document: dict[str, Any], suspects: Collection[int], *, source: str | None = None) -> Catalogue:
    """Return the catalogue in a *document* that was found sound, of which all but the *suspects* among its procedures is in normal form C.

    Raises:
        InvalidDocumentError: it is not sound; whoever said so was wrong.
    """
    make: Callable[[dict[str, Any]], Procedure] = maker(Procedure)
    listed: list[dict[str, Any]] = document["procedures"]
    rest = structured({**document, "procedures": listed[:1]}, Catalogue, source=source, valid=True)
    try:
        clean = (composed(raw) if index in suspects else raw for index, raw in enumerate(listed))
        procedures = tuple(map(make, clean))
    except Exception:  # noqa: BLE001 - the converter finds words for whatever it is
        return structured(document, Catalogue, source=source, valid=True)
    return attrs.evolve(rest, procedures=procedures)


def structured(value: Any, kind: type[T], *, source: str | None = None, valid: bool = False) -> T:
    """Return *value*, JSON types, as a *kind* of the catalogue.

    With *valid* the schema has been asked, and there is no null to look for.

    Raises:
        InvalidDocumentError: with a problem for each place that does not fit.
    """
    if not valid and _holds_null(value):
        nulls = tuple(_null(place) for place in _nulls(value))
        raise InvalidDocumentError(problems=nulls, source=source)
    _prepared()
    return shared.structure(value, kind, source=source)


def _holds_null(value: Any) -> bool:
    stack: list[Any] = [value]
    while stack:
        inner = stack.pop()
        if inner is None:
            return True
        if is_object(inner):
            stack.extend(inner.values())
        elif is_list(inner):
            stack.extend(inner)
    return False


def _nulls(value: Any) -> Iterator[Where]:
    """Yield the places of null. To a converter null is None; in a catalogue what is unknown is left out."""
    stack: list[tuple[Where, Any]] = [((), value)]
    while stack:
        place, inner = stack.pop()
        if inner is None:
            yield place
        elif is_object(inner):
            stack.extend(((*place, key), child) for key, child in inner.items())
        elif is_list(inner):
            stack.extend(((*place, index), child) for index, child in enumerate(inner))


def _null(place: Where) -> Problem:
    text = Text(vi="null; điều chưa biết thì bỏ trống thuộc tính", en="null; what is unknown is left out")
    return Problem(path=json_path(place), rule="value/invalid", text=text)


def unstructured(value: object) -> Any:
    """Return *value* in JSON types."""
    _prepared()
    return shared.unstructure(value)
