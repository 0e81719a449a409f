"""Fresh cases: variants of the published ones, so that nobody passes by looking answers up.

* ``drawing``: numbers that are the same for the same seed everywhere.
* ``days``, ``limits``, ``codes``, ``deadlines``, ``scores``: a second, slow implementation that shares no engine with
  the library: it walks day by day, minute by minute and letter by letter.
* ``of_days``, ``of_words``, ``of_dossiers``: variants of a case, each with the answer of the slow implementation.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, cast

import attrs

from onestop_core.conformance.fresh.drawing import Chance
from onestop_core.conformance.fresh.of_days import varied_clock, varied_due, varied_transfer, varied_workdays
from onestop_core.conformance.fresh.of_dossiers import varied_log, varied_story
from onestop_core.conformance.fresh.of_words import (
    varied_code,
    varied_limit,
    varied_score,
    varied_tally,
    varied_written_code,
)
from onestop_core.conformance.suites import suite
from onestop_core.errors import InvalidValueError
from onestop_core.model import freeze, thaw

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from onestop_core.conformance.values import Case

__all__ = ["fresh"]

_EACH: Final = 100
"""Fresh cases of an area."""

_VARIED: Final[Mapping[str, Callable[[Case, dict[str, Any], Chance], tuple[dict[str, Any], Any] | None]]] = {
    "is_workday": varied_workdays,
    "add_workdays": varied_workdays,
    "count_workdays": varied_workdays,
    "parse_limit": varied_limit,
    "due": varied_due,
    "clock_due": varied_clock,
    "transfer_due": varied_transfer,
    "parse_agency_code": varied_code,
    "parse_procedure_code": varied_code,
    "parse_dossier_code": varied_code,
    "write_dossier_code": varied_written_code,
    "score": varied_score,
    "tally": varied_tally,
    "follow": varied_story,
    "replay": varied_log,
}
_REFUSALS: Final = frozenset({"follow", "replay"})
"""Operations of which a refused case stays refused on other days."""


def fresh(seed: int, areas: Iterable[str] | None = None) -> tuple[Case, ...]:
    """Return variants of the published cases whose answers come from the slow second implementation.

    The same seed gives the same cases, on every version of Python and every machine. Each has the level, the rules and
    the basis of the case that it varies. Catalogues and form 06 are not varied.

    >>> from onestop_core import conformance
    >>> case = conformance.fresh(7, ["workdays"])[0]
    >>> case.id, case.area
    ('workdays/fresh-7.0001', 'workdays')
    >>> conformance.run(conformance.reference(), cases=conformance.fresh(7, ["codes"])).failed
    ()

    Args:
        seed: Any whole number; a run says which it had.
        areas: Names of areas; all by default.

    Raises:
        InvalidValueError: the seed is no whole number.
        UnknownCodeError: there is no such area.
    """
    if not isinstance(cast("object", seed), int) or isinstance(seed, bool) or abs(seed) >= 10**18:
        raise InvalidValueError.of(
            "seed", seed, vi="số nguyên không quá 18 chữ số", en="a whole number of at most 18 digits"
        )
    published = suite().of(areas)
    return tuple(
        case
        for area in suite().areas
        for case in _variants(seed, area.name, [each for each in published if each.area == area.name and _varies(each)])
    )


def _varies(case: Case) -> bool:
    return case.operation in _VARIED and (case.refused is None or case.operation in _REFUSALS)


def _variants(seed: int, area: str, origins: list[Case]) -> Iterable[Case]:
    for number in range(1, _EACH + 1) if origins else ():
        attempt = 0
        found = None
        while found is None:
            chance = Chance(seed, f"{area}/{number}/{attempt}")
            found = _variant(chance.pick(origins, "origin"), chance, f"{area}/fresh-{seed}.{number:04d}")
            attempt += 1
        yield found


def _variant(origin: Case, chance: Chance, name: str) -> Case | None:
    found = _VARIED[origin.operation](origin, thaw(origin.input), chance)
    if found is None:
        return None
    asked: dict[str, Any] = found[0]
    answer: Any = found[1]
    expected = thaw(origin.expected)
    if isinstance(expected, dict) and isinstance(answer, dict):
        answer = {key: cast("dict[str, Any]", answer)[key] for key in cast("dict[str, Any]", expected)}
    return attrs.evolve(
        origin,
        id=name,
        description=f"a variant of {origin.id}",
        input=freeze(asked),
        expected=None if origin.refused is not None else answer,
    )
