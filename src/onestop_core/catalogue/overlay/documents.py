"""``apply``: a national catalogue as a local authority publishes it; reading and writing overlays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onestop_core.catalogue.overlay.checks import check
from onestop_core.catalogue.overlay.merging import merged
from onestop_core.catalogue.overlay.values import Overlay
from onestop_core.catalogue.structure import document_of, plain_copy, structured, unstructured
from onestop_core.catalogue.values.fields import expect
from onestop_core.errors import InvalidDocumentError, Severity
from onestop_core.rules.reading.documents import inspect
from onestop_core.rules.schema.schemas import ensure_valid

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from onestop_core.catalogue.values.catalogue import Catalogue

__all__ = ["apply", "dump", "load"]


def load(source: str | Path | Mapping[str, Any]) -> Overlay:
    """Return the overlay in a file (given by its path) or in a parsed document.

    Holds it to the schema only; what it may change is asked by :func:`~onestop_core.catalogue.overlay.check`,
    which knows the national catalogue.

    >>> words = {"vi": "Tỉnh X", "en": "Province X"}
    >>> document = {"schema_version": "1.0", "title": words, "issuer": {"name": words}, "decision": ["d"],
    ...     "bases": {"d": {"instrument": "Quyết định 1/QĐ-UBND", "firmness": "read"}}, "procedures": []}
    >>> load(document).issuer.name.en
    'Province X'

    Raises:
        OSError: the file cannot be read.
        InvalidDocumentError: with every violation of the schema.
        UnsupportedSchemaVersionError: likewise, and the document names another version of the schema.
    """
    name, document = document_of(source)
    if problems := inspect(document):
        raise InvalidDocumentError(problems=problems, source=name)
    document = plain_copy(document)
    ensure_valid(document, "overlay", source=name)
    return structured(document, Overlay, source=name)


def dump(overlay: Overlay) -> dict[str, Any]:
    """Return *overlay* as a document of JSON types; ``load(dump(x)) == x``.

    >>> from onestop_core.catalogue.values import Authority
    >>> from onestop_core.text import Text
    >>> words = Text(vi="Tỉnh X", en="Province X")
    >>> dump(Overlay(schema_version="1.0", title=words, issuer=Authority(name=words), decision=("d",),
    ...     bases={}, procedures=()))["decision"]
    ['d']
    """
    document: dict[str, Any] = unstructured(expect(overlay, Overlay, "overlay"))
    return document


def apply(national: Catalogue, local: Overlay | str | Path | Mapping[str, Any]) -> Catalogue:
    """Return *national* as the local authority publishes it: a whole catalogue, with the title of *local*.

    Codes, cases, names and whatever *local* leaves out stay. A value that changes rests on its own basis
    or, where it names none, on the decision; the bases of *local* come with it.

    >>> from onestop_core import catalogue
    >>> words = {"vi": "Tỉnh X", "en": "Province X"}
    >>> shorter = {"kind": "in_person", "limits": [{"time": "05 ngày làm việc"}]}
    >>> local = {"schema_version": "1.0", "title": words, "issuer": {"name": words}, "decision": ["d"],
    ...     "bases": {"d": {"instrument": "Quyết định 1/QĐ-UBND", "firmness": "read"}},
    ...     "procedures": [{"code": "1.004222", "channels": [shorter]}]}
    >>> mine = apply(catalogue.shipped(), local)
    >>> limit = mine["1.004222"].channels[0].limits[0]
    >>> limit.time, limit.basis, str(limit.fees[0].amount)
    ('05 ngày làm việc', ('d',), '20000')

    Raises:
        OSError: the file cannot be read.
        InvalidDocumentError: *local* is no overlay, or changes what only national law may: with every finding
            of severity error.
    """
    name, document = document_of(dump(local) if isinstance(local, Overlay) else local)
    errors = tuple(problem for problem in check(national, document) if problem.severity is Severity.ERROR)
    if errors:
        raise InvalidDocumentError(problems=errors, source=name)
    return merged(national, structured(document, Overlay, source=name))
