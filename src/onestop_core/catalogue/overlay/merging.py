"""A local procedure laid over a national one: what is stated replaces, what is left out stays.

Works on any value of the catalogue, field by field, so that a property added to a class is merged like
the others. A value that changes rests on its own basis or, where it names none, on the local decision.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

import attrs

from onestop_core.catalogue.overlay.periods import Period, editions_met, period_of, split
from onestop_core.catalogue.structure import fields_of, is_tuple, is_value
from onestop_core.catalogue.values.money import Fee
from onestop_core.catalogue.values.offers import Limit

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from onestop_core.catalogue.overlay.values import LocalProcedure, Overlay
    from onestop_core.catalogue.values.catalogue import Catalogue, Suppression
    from onestop_core.catalogue.values.procedure import Procedure

__all__ = ["fitting_fees", "fitting_limit", "laid_over", "merged", "name_of", "position"]

_NAMED_BY = ("id", "kind", "name", "text")
"""What names a value among its like: the first of these that its class has."""


def name_of(value: Any) -> Any:
    """Return what names *value* among its like: an id, a kind, or Vietnamese words."""
    for field in _NAMED_BY:
        if hasattr(value, field):
            name = getattr(value, field)
            return getattr(name, "vi", name)
    return value


def position(values: Sequence[Any], value: Any) -> int | None:
    """Return where in *values* the one of the same name stands; of several, the one for the same cases."""
    name = name_of(value)
    same = [index for index, each in enumerate(values) if name_of(each) == name]
    if len(same) > 1 and hasattr(value, "cases"):
        same = [index for index in same if values[index].cases == value.cases]
    return same[0] if same else None


def fitting_limit(limits: Sequence[Limit], case: str | None) -> Limit | None:
    """Return the limit of *case*, or the one of all cases where that case has none of its own."""
    of_case = next((limit for limit in limits if limit.case == case), None)
    return of_case or next((limit for limit in limits if limit.case is None), None)


def fitting_fees(fees: Sequence[Fee], changed: Sequence[Fee]) -> tuple[tuple[int, ...], ...]:
    """Return for each of the *changed* fees which of *fees* it may be meant to change, by their places.

    One place if it is plain, none if the fee is new. What a fee leaves open fits anything; a fee for one case
    fits the one for all where the case has none. Fees that nothing tells apart are changed all together, in
    their order.
    """
    keys = [_fee_key(fee) for fee in changed]
    times, seen = Counter(keys), Counter[Any]()
    result: list[tuple[int, ...]] = []
    for fee, key in zip(changed, keys, strict=True):
        same = [place for place, each in enumerate(fees) if _fee_key(each) == key]
        if len(same) == times[key]:
            result.append((same[seen[key]],))
            seen[key] += 1
            continue
        alike = [
            place
            for place, each in enumerate(fees)
            if fee.unit in {None, each.unit} and (None in {fee.kind, each.kind} or fee.kind is each.kind)
        ]
        of_case = [place for place in alike if fee.case in {None, fees[place].case}]
        result.append(tuple(same or of_case or [place for place in alike if fees[place].case is None]))
    return tuple(result)


def _fee_key(fee: Fee) -> tuple[Any, ...]:
    return fee.case, fee.unit, fee.kind


def merged(national: Catalogue, local: Overlay) -> Catalogue:
    """Return *national* with the changes of *local*, with which nothing is wrong, and with its title and bases."""
    general = Period(local.in_force_from, local.in_force_to)
    changes: dict[Procedure, list[tuple[LocalProcedure, Period]]] = {}
    for each in local.procedures:
        period = period_of(each, general)
        for edition in editions_met(national, each, period):
            changes.setdefault(edition, []).append((each, period))
    pieces = [
        (index, piece, change)
        for index, edition in enumerate(national.procedures)
        for piece, change in split(edition, changes.get(edition, ()))
    ]
    return attrs.evolve(
        national,
        title=local.title,
        bases={**national.bases, **local.bases},
        procedures=tuple(
            piece if change is None else laid_over(piece, change, local.decision) for _, piece, change in pieces
        ),
        suppressions=tuple(dict.fromkeys(_moved(national, pieces))),
    )


_PLACE = re.compile(r"\$\.procedures\[([0-9]+)\]")
_PAPER = re.compile(r"\$\.papers\[([0-9]+)\]")


def _moved(
    national: Catalogue, pieces: Sequence[tuple[int, Procedure, LocalProcedure | None]]
) -> Iterator[Suppression]:
    """Yield the national suppressions where their places are now: an edition that is split moves those after it."""
    last = {piece.code: change for _, piece, change in pieces}
    now: dict[int, list[int]] = {}
    for place, (before, _, _) in enumerate(pieces):
        now.setdefault(before, []).append(place)
    for suppression in national.suppressions:
        path = suppression.path or "$"
        if suppression.code is not None:
            procedure = national.get(suppression.code)
            there = path if procedure is None else _past_removed(path, procedure, last[procedure.code])
            if there is not None:
                yield suppression if there == path else attrs.evolve(suppression, path=there)
        elif (match := _PLACE.match(path)) and int(match[1]) in now:
            for place in now[int(match[1])]:
                _, piece, change = pieces[place]
                rest = _past_removed(f"${path[match.end() :]}", piece, change)
                if rest is not None:
                    yield attrs.evolve(suppression, path=f"$.procedures[{place}]{rest[1:]}")
        else:
            yield suppression


def _past_removed(path: str, procedure: Procedure, change: LocalProcedure | None) -> str | None:
    """Return where a *path* within *procedure* is after *change*: a paper that is gone moves those after it; None if it is gone."""
    match = _PAPER.match(path)
    if match is None or change is None:
        return path
    gone, number = change.papers_removed, int(match[1])
    names = [paper.name.vi for paper in procedure.papers]
    if number >= len(names) or names[number] in gone:
        return None
    return f"$.papers[{number - sum(name in gone for name in names[:number])}]{path[match.end() :]}"


def laid_over(national: Procedure, local: LocalProcedure, decision: tuple[str, ...]) -> Procedure:
    """Return *national* with the changes of *local*, which rest on *decision* where they name no basis."""
    channels = tuple(each for each in national.channels if each.kind not in local.channels_removed)
    papers = tuple(each for each in national.papers if each.name.vi not in local.papers_removed)
    # A procedure has one way to submit at least; that all are removed is a finding of the checks.
    reduced = attrs.evolve(national, channels=channels or national.channels, papers=papers)
    laid: Procedure = _laid(reduced, local, decision)
    return laid


def _laid(old: Any, new: Any, decision: tuple[str, ...]) -> Any:
    """Return *old* with what *new* states; *new* is of the same class, or of one with fewer fields."""
    changes: dict[str, Any] = {}
    own_change = False
    known = {field.name for field in fields_of(old)}
    for field in fields_of(new):
        given = getattr(new, field.name)
        if field.name == "basis" or field.name not in known or given == field.default:
            continue
        before = getattr(old, field.name)
        after = _field(before, given, decision)
        if after != before:
            changes[field.name] = after
            # A changed part rests on its own basis, and leaves that of the whole as it is.
            own_change |= not (_are_parts(after) or hasattr(after, "basis"))
    if own_change and "basis" in known:
        changes["basis"] = new.basis or decision
    return attrs.evolve(old, **changes)


def _are_parts(value: Any) -> bool:
    return is_tuple(value) and any(map(is_value, value))


def _field(before: Any, given: Any, decision: tuple[str, ...]) -> Any:
    if _are_parts(given):
        return _list(before, given, decision)
    if hasattr(given, "basis"):
        return _resting(given, decision) if before is None else _laid(before, given, decision)
    return given


def _list(before: tuple[Any, ...], given: tuple[Any, ...], decision: tuple[str, ...]) -> tuple[Any, ...]:
    after = list(before)
    for item, place in zip(given, _places(before, given), strict=True):
        if place is None:
            after.append(_resting(item, decision))
        elif getattr(item, "case", None) in {None, getattr(before[place], "case", None)}:
            after[place] = _laid(before[place], item, decision)
        else:
            # What holds for every case is made specific: it begins as the general one.
            after.append(_laid(attrs.evolve(before[place], case=item.case), item, decision))
    return tuple(after)


def _places(before: tuple[Any, ...], given: tuple[Any, ...]) -> list[int | None]:
    """Return for each of the *given* values where the one stands that it changes; None for a new one."""
    if isinstance(given[0], Fee):
        return [places[0] if len(places) == 1 else None for places in fitting_fees(before, given)]
    if isinstance(given[0], Limit):
        found = [fitting_limit(before, limit.case) for limit in given]
        return [None if limit is None else before.index(limit) for limit in found]
    return [position(before, item) for item in given]


def _resting(value: Any, decision: tuple[str, ...]) -> Any:
    """Return what is new, resting on the decision where it names no basis."""
    return attrs.evolve(value, basis=decision) if getattr(value, "basis", None) == () else value
