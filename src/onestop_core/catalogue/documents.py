"""``load``, ``dump`` and the catalogue that ships with the library."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from onestop_core.catalogue.checking.characters import is_suspect
from onestop_core.catalogue.checking.document import Judged, ensure_callable, judged
from onestop_core.catalogue.checking.grounds import ground
from onestop_core.catalogue.checking.selection import Selection
from onestop_core.catalogue.structure import is_object, made, opened, structured, unstructured
from onestop_core.catalogue.values.catalogue import Catalogue
from onestop_core.catalogue.values.fields import expect
from onestop_core.errors import MAX_PROBLEMS, InvalidDocumentError, Severity, UnsupportedSchemaVersionError
from onestop_core.errors.problem import MORE
from onestop_core.rules.collecting import uncollected
from onestop_core.rules.once import once
from onestop_core.rules.reading import resources
from onestop_core.rules.schema.schemas import check_schema

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

__all__ = ["SCHEMA_VERSIONS", "dump", "load", "shipped", "warm"]

SCHEMA_VERSIONS = ("1.0",)
"""Versions of the catalogue schema that this library reads."""


def load(source: str | Path | Mapping[str, Any], *, validator: Callable[[Any], bool] | None = None) -> Catalogue:
    """Return the catalogue in a file (given by its path) or in a parsed document.

    Findings that are not errors do not stop it; ask :func:`~onestop_core.catalogue.check` for them.

    >>> from onestop_core.rules.reading import resources
    >>> cat = load(resources.data("vn/catalogue/one-stop"))
    >>> cat["1.004222"].channels[0].limits[0].time_limit.text.vi
    '07 ngày làm việc'
    >>> load(dump(cat)) == cat
    True

    Args:
        source: The path of a file, or a parsed document.
        validator: As of :func:`~onestop_core.catalogue.check`: says faster whether the document is valid under the schema.

    Raises:
        OSError: the file cannot be read.
        InvalidDocumentError: with every problem of severity error, if there is one.
        InvalidValueError: an argument is of a wrong type.
        UnsupportedSchemaVersionError: likewise, and the document names another version of the schema.
    """
    ensure_callable(validator)
    with uncollected():  # of a million values none is garbage
        name, document, seen = opened(source, mark=is_suspect)
        whole = judged(document, seen, validator=validator)
        if any(problem.severity is Severity.ERROR for problem in whole.problems):
            raise _refused(whole, name)
        return made(whole.document, whole.suspects, source=name)


def _refused(whole: Judged, name: str | None) -> InvalidDocumentError:
    problems = Selection.of().apply(whole.problems)
    errors = tuple(problem for problem in problems if problem.severity is Severity.ERROR)
    if len(errors) == MAX_PROBLEMS and problems[-1].rule == MORE:
        errors += problems[-1:]
    members: Any = dict
    found = (
        members.get(whole.document, "schema_version") if is_object(whole.document) else None
    )  # whatever subclass it is
    if isinstance(found, str) and found not in SCHEMA_VERSIONS:
        return UnsupportedSchemaVersionError(problems=errors, source=name, found=found[:40], supported=SCHEMA_VERSIONS)
    return InvalidDocumentError(problems=errors, source=name)


def dump(catalogue: Catalogue) -> dict[str, Any]:
    """Return *catalogue* as a document of JSON types; ``load(dump(x)) == x``.

    >>> list(dump(shipped()))
    ['schema_version', 'title', 'bases', 'procedures', 'suppressions']
    """
    with uncollected():
        document: dict[str, Any] = unstructured(expect(catalogue, Catalogue, "catalogue"))
    return document


@once
def shipped() -> Catalogue:
    """Return the catalogue of real procedures that ships with the library.

    Each fact cites its basis; what is only remembered says so.

    >>> shipped()["2.001178"].channels[0].limits[1].time
    '7 working days'
    """
    # Packaged data are held to the schema by a test, not at every start.
    return structured(resources.data("vn/catalogue/one-stop"), Catalogue)


def warm() -> None:
    """Do now what the first use would do: read the shipped catalogue and the bases of the rules, load the schema.

    For servers, before the first request; repeating it costs nothing.

    >>> warm()
    """
    shipped()
    ground("catalogue/no-time-limit")
    check_schema({}, "catalogue")
