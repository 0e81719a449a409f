"""Scoring a document of counts, ``schemas/counts.schema.json``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

from onestop_core.errors import InvalidDocumentError, InvalidValueError, OnestopError, Problem
from onestop_core.kpi.counting.counts import UnknownPolicy
from onestop_core.kpi.service_index.editions import DEFAULT_INDEX
from onestop_core.kpi.service_index.editions import index as index_named
from onestop_core.kpi.service_index.scoring import Index
from onestop_core.model.series import items_of
from onestop_core.rules.reading.documents import opened
from onestop_core.rules.schema.schemas import ensure_valid

if TYPE_CHECKING:
    from datetime import date
    from pathlib import Path

    from onestop_core.kpi.service_index.scorecard import Scorecard

__all__ = ["score_document"]


def score_document(
    source: str | Path | Mapping[str, Any],
    index: Index | str | None = None,
    *,
    on: date | None = None,
    unknown: UnknownPolicy | str | None = None,
) -> Scorecard:
    """Score the counts in a JSON file or mapping.

    A bare mapping of counts is accepted too. *index* goes before the document's own; without either,
    :data:`DEFAULT_INDEX` is used. The card says by which edition it was scored.

    >>> score_document({"2.1": [156, 161]}).to_dict()["metrics"]
    {'2.1': {'ratio': '96.89', 'score': '19.38'}}
    >>> score_document({"schema_version": "1.0", "index": "vn-766@portal-2026", "counts": {"2.1": [3, 5]}}).total
    Decimal('12.00')
    >>> score_document({"totalOnTime": 3, "totalReceived": 5, "5.4": [0, 69, 651]}).total_bounds  # the portal's fields
    (Decimal('12.00'), Decimal('18.00'))

    Args:
        source: path of a file, or the document.
        index: the edition to score by, or its name.
        on: the day, where *index* or the document names an index without its edition.
        unknown: what becomes of dossiers of which the facts do not tell; it goes before the document's own choice.

    Raises:
        OSError: the file cannot be read.
        UnsupportedSchemaVersionError: it is written for another version of the schema.
        InvalidDocumentError: it does not hold to the schema, or names metrics or counts that cannot be scored.
        UnknownCodeError: *index* is not known.
        InvalidValueError: *index* is named without edition and *on* is missing.
    """
    given, name = opened(source)
    document: Any = items_of(cast("object", given), "source") if isinstance(given, Mapping) else given
    bare = isinstance(document, Mapping) and "schema_version" not in document and "counts" not in document
    full = cast("dict[str, Any]", {"schema_version": "1.0", "counts": document} if bare else document)
    ensure_valid(full, "counts", source=name)
    place = "$" if bare else "$.counts"
    if not isinstance(index, Index):
        index = index_named(index or full.get("index", DEFAULT_INDEX), on=on)
    problems = tuple(_problems(index, full, place))
    if problems:
        raise InvalidDocumentError(problems=problems, source=name)
    try:
        return index.score(
            full["counts"],
            level=full.get("level"),
            single_procedure=full.get("single_procedure", False),
            not_applicable=full.get("not_applicable", ()),
            unknown=unknown or full.get("unknown", UnknownPolicy.BOUNDS),
        )
    except InvalidValueError as error:  # what no count shows by itself: a metric under two names
        problem = Problem(path=place, rule="kpi/counts", text=error.message)
        raise InvalidDocumentError(problems=(problem,), source=name) from None


def _problems(index: Index, document: Mapping[str, Any], place: str) -> list[Problem]:
    """Return what is wrong with each count, all at once, where ``index.score`` would stop at the first."""
    problems: list[Problem] = []
    scorings: list[tuple[str, dict[str, Any]]] = [
        (f'{place}["{metric}"]', {"counts": {metric: pair}})
        for metric, pair in document["counts"].items()
        if not index.is_portal_field(metric)  # one says nothing without its company
    ]
    options = {"level": document.get("level"), "not_applicable": document.get("not_applicable", ())}
    scorings.append(("$.not_applicable", {"counts": {}, **options}))
    for path, arguments in scorings:
        try:
            index.score(**arguments)
        except OnestopError as error:
            problems.append(Problem(path=path, rule="kpi/counts", text=error.message))
    return problems
