"""The check rules for one procedure, read as a value: names, times, steps, evidence."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeGuard

import attrs

from onestop_core.catalogue import rules
from onestop_core.catalogue.bodies import LinkedProcedure
from onestop_core.catalogue.service_checks import service_problems
from onestop_core.catalogue.values import Limit, Role, Step
from onestop_core.errors import InvalidValueError
from onestop_core.model import Basis, Firmness
from onestop_core.model.limits import LimitUnit, TimeLimit
from onestop_core.text import Text, closest

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from datetime import date

    from onestop_core.catalogue.rules import Where
    from onestop_core.catalogue.values import Procedure
    from onestop_core.errors import Problem

__all__ = ["Surroundings", "procedure_problems", "reversed_dates"]

_NOT_COUNTED: Final = frozenset({LimitUnit.SAME_DAY, LimitUnit.IMMEDIATE})
_MEMORY_ONLY: Final = frozenset({Firmness.RECALLED, Firmness.UNCONFIRMED})


class Surroundings:
    """What the checks of one procedure need to know of the rest of the document."""

    def __init__(self, bases: dict[str, Basis | None] | None, on: date | None) -> None:
        self.bases = bases
        """By name; None for one that cannot be read, None altogether when there are none to look in."""
        self.on = on
        self._hints_left = 100

    def meant(self, name: str, known: Collection[str]) -> Text | None:
        """Return a hint for an unknown *name*; only so many, for a hostile document may hold a million."""
        if not self._hints_left or len(known) > 1000:
            return None
        self._hints_left -= 1
        near = ", ".join(closest(name, known))
        return Text(vi=f"có phải: {near}?", en=f"did you mean {near}?") if near else None


def procedure_problems(procedure: Procedure, place: Where, surroundings: Surroundings) -> Iterator[Problem]:
    """Yield every problem of *procedure*, which stands at *place*."""
    parts = list(_parts(procedure, place))
    yield from reversed_dates(place, procedure.in_force_from, procedure.in_force_to)
    yield from _duplicate_ids(procedure, place)
    yield from _references(procedure, parts, surroundings)
    yield from _times(parts)
    yield from _missing_parts(procedure, place)
    yield from _steps(procedure, place)
    yield from service_problems(procedure, place)
    yield from _evidence(procedure, parts, surroundings)


def _parts(value: Any, place: Where) -> Iterator[tuple[Where, Any]]:
    """Yield *value* and every value of the catalogue inside it, each with its place."""
    yield place, value
    for name in _names(value.__class__):
        inner: Any = getattr(value, name)
        if inner is None or isinstance(inner, str | Text):
            continue
        if _is_value(inner):
            yield from _parts(inner, (*place, name))
        elif _is_tuple(inner) and inner and _is_value(inner[0]) and not isinstance(inner[0], Text):
            for index, item in enumerate(inner):
                yield from _parts(item, (*place, name, index))


@cache
def _names(kind: Any) -> tuple[str, ...]:
    return tuple(field.name for field in attrs.fields(kind))


def _is_tuple(thing: Any) -> TypeGuard[tuple[Any, ...]]:
    return isinstance(thing, tuple)


def _is_value(thing: Any) -> bool:
    return hasattr(thing, "__attrs_attrs__")


def reversed_dates(place: Where, first: date | None, last: date | None) -> Iterator[Problem]:
    """Yield the finding that the period from *first* to *last* ends before it begins."""
    if first is not None and last is not None and last < first:
        yield rules.REVERSED_DATES.problem(
            (*place, "in_force_to"),
            vi=f"hết hiệu lực {last} trước ngày có hiệu lực {first}",
            en=f"ends {last}, before it begins {first}",
        )


def _duplicate_ids(procedure: Procedure, place: Where) -> Iterator[Problem]:
    linked = procedure.linked.procedures if procedure.linked else ()
    groups: tuple[tuple[Where, str, list[str]], ...] = (
        (("cases",), "id", [case.id for case in procedure.cases]),
        (("steps",), "id", [step.id for step in procedure.steps]),
        (("forms",), "code", [form.code for form in procedure.forms]),
        (("linked", "procedures"), "id", [each.id for each in linked]),
    )
    for group, key, names in groups:
        first: dict[str, int] = {}
        for index, name in enumerate(names):
            if first.setdefault(name, index) != index:
                used = f"{'.'.join(map(str, group))}[{first[name]}]"
                yield rules.DUPLICATE_ID.problem(
                    (*place, *group, index, key),
                    vi=f"{name[:60]!r} đã dùng ở {used}",
                    en=f"{name[:60]!r} is already used by {used}",
                )


def _references(procedure: Procedure, parts: list[tuple[Where, Any]], surroundings: Surroundings) -> Iterator[Problem]:
    cases = {case.id for case in procedure.cases}
    steps = {step.id for step in procedure.steps}
    forms = {form.code for form in procedure.forms}
    bases = surroundings.bases
    # What a property names.
    targets: dict[str, tuple[Text, Collection[str] | None]] = {
        "case": (Text(vi="trường hợp", en="case"), cases),
        "cases": (Text(vi="trường hợp", en="case"), cases),
        "after": (Text(vi="bước", en="step"), steps),
        "before": (Text(vi="bước", en="step"), steps),
        "form": (Text(vi="mẫu", en="form"), forms),
        "basis": (Text(vi="căn cứ", en="basis"), bases),
        "legal_bases": (Text(vi="căn cứ", en="basis"), bases),
    }
    for place, part in parts:
        if isinstance(part, LinkedProcedure):  # they come after each other
            continue
        for field in _named(part.__class__):
            kind, known = targets[field]
            named = getattr(part, field)
            # The list of the procedure's own cases declares names.
            if not named or known is None or (part is procedure and field == "cases"):
                continue
            for index, name in enumerate((named,) if isinstance(named, str) else named):
                if name not in known:
                    yield rules.UNRESOLVED.problem(
                        (*place, field) if isinstance(named, str) else (*place, field, index),
                        vi=f"không có {kind.vi} {name[:60]!r}",
                        en=f"there is no {kind.en} {name[:60]!r}",
                        hint=surroundings.meant(name, known),
                    )


@cache
def _named(kind: Any) -> tuple[str, ...]:
    """Return the fields of a class by which its values name something."""
    naming = {"case", "cases", "after", "before", "form", "basis", "legal_bases"}
    return tuple(name for name in _names(kind) if name in naming)


@lru_cache(maxsize=4096)
def _read(time: str | None) -> TimeLimit | None:
    try:
        return None if time is None else TimeLimit.parse(time)
    except InvalidValueError:
        return None


def _times(parts: list[tuple[Where, Any]]) -> Iterator[Problem]:
    for place, part in parts:
        match part:
            case Limit(time=None):
                yield rules.NO_TIME.problem(
                    place,
                    vi="không nêu thời hạn giải quyết",
                    en="states no time limit, which a published procedure must",
                )
            case Limit(time=str(time)):
                yield from _unreadable((*place, "time"), time)
            case Step(budget=str(time)):
                yield from _unreadable((*place, "budget"), time)
            case LinkedProcedure(time=str(time)):
                yield from _unreadable((*place, "time"), time)
            case _:
                pass


def _unreadable(place: Where, time: str) -> Iterator[Problem]:
    if _read(time) is not None:
        return
    try:
        TimeLimit.parse(time)
    except InvalidValueError as error:
        yield rules.TIME_UNREADABLE.problem(
            place,
            vi=f"không đọc được thời hạn {time!r}; cần {error.expected.vi}",
            en=f"cannot read the time limit {time!r}; expected {error.expected.en}",
        )


def _missing_parts(procedure: Procedure, place: Where) -> Iterator[Problem]:
    if not procedure.steps:
        yield rules.PART_MISSING.problem(place, vi="không nêu trình tự thực hiện (steps)", en="states no steps")
    if not procedure.papers:
        yield rules.PART_MISSING.problem(place, vi="không nêu thành phần hồ sơ (papers)", en="states no papers")


def _steps(procedure: Procedure, place: Where) -> Iterator[Problem]:
    for index, step in enumerate(procedure.steps):
        if step.body is None and step.role is not Role.APPLICANT:
            yield rules.STEP_WITHOUT_BODY.problem(
                (*place, "steps", index),
                vi=f"bước {step.id!r} không có cơ quan chịu trách nhiệm (body)",
                en=f"step {step.id!r} has no responsible body",
            )
    order, waiting = _topological(procedure.steps)
    if waiting:
        circle = _circle(waiting)
        index = next(index for index, step in enumerate(procedure.steps) if step.id == circle[0])
        shown = " → ".join([*circle[:8], "…"] if len(circle) > 8 else [*circle, circle[0]])
        yield rules.STEP_CYCLE.problem(
            (*place, "steps", index, "after"),
            vi=f"các bước chờ nhau thành vòng: {shown}",
            en=f"steps wait for each other in a circle: {shown}",
        )
        return
    budgets = {step.id: _total(_read(step.budget)) for step in order}
    longest_paths: dict[tuple[LimitUnit, str | None], Fraction] = {}
    for channel_index, channel in enumerate(procedure.channels):
        for limit_index, limit in enumerate(channel.limits):
            total = _total(_read(limit.time))
            if total is None:
                continue
            unit, most = total
            if (unit, limit.case) not in longest_paths:
                longest_paths[unit, limit.case] = _longest_path(order, budgets, unit, limit.case)
            longest = longest_paths[unit, limit.case]
            if longest > most:
                yield rules.STEPS_EXCEED_LIMIT.problem(
                    (*place, "channels", channel_index, "limits", limit_index, "time"),
                    vi=f"theo nhánh dài nhất các bước cần {_shown(longest)}, quá thời hạn {limit.time!r}",
                    en=f"along the longest path the steps take {_shown(longest)}, more than the limit {limit.time!r}",
                )


def _topological(steps: tuple[Step, ...]) -> tuple[list[Step], dict[str, list[str]]]:
    """Return the steps in an order of time, and of those in or behind a circle what they wait for."""
    by_id = {step.id: step for step in steps}
    waiting = {step.id: {name for name in step.after if name in by_id} for step in by_id.values()}
    followers: dict[str, list[str]] = {name: [] for name in by_id}
    for name, before in waiting.items():
        for earlier in before:
            followers[earlier].append(name)
    ready = [name for name, before in waiting.items() if not before]
    for name in ready:  # grows while it is walked
        for follower in followers[name]:
            waiting[follower].discard(name)
            if not waiting[follower]:
                ready.append(follower)
    return [by_id[name] for name in ready], {name: sorted(before) for name, before in waiting.items() if before}


def _circle(waiting: dict[str, list[str]]) -> list[str]:
    """Return the steps of one circle; walking back from any step that waits, one must come round."""
    seen: dict[str, int] = {}
    walked: list[str] = []
    name = next(iter(waiting))
    while name not in seen:
        seen[name] = len(walked)
        walked.append(name)
        name = next(earlier for earlier in waiting[name] if earlier in waiting)
    return walked[seen[name] :]


def _total(limit: TimeLimit | None) -> tuple[LimitUnit, Fraction] | None:
    """Return unit and amount of a limit that is counted, and in one unit."""
    if limit is None:
        return None
    units = {step.unit for step in limit.steps}
    if len(units) != 1 or units & _NOT_COUNTED:
        return None
    return units.pop(), sum((step.amount for step in limit.steps), Fraction(0))


def _shown(amount: Fraction) -> str:
    return f"{Decimal(amount.numerator) / amount.denominator:f}"


def _longest_path(
    order: list[Step], budgets: dict[str, tuple[LimitUnit, Fraction] | None], unit: LimitUnit, case: str | None
) -> Fraction:
    """Return the longest chain of budgets in *unit* among the steps taken in *case*; other units are left out."""
    done: dict[str, Fraction] = {}
    for step in order:
        budget = budgets[step.id] if not step.cases or case in step.cases else None
        own = budget[1] if budget is not None and budget[0] is unit else Fraction(0)
        done[step.id] = own + max((done[name] for name in step.after if name in done), default=Fraction(0))
    return max(done.values(), default=Fraction(0))


def _evidence(procedure: Procedure, parts: list[tuple[Where, Any]], surroundings: Surroundings) -> Iterator[Problem]:
    bases = surroundings.bases or {}
    out_of_force = _once_out_of_force(procedure, surroundings.on)
    for place, part in parts:
        for field in ("basis", "legal_bases"):
            names: tuple[str, ...] = getattr(part, field, ())
            if not names:
                continue
            cited = [(index, basis) for index, name in enumerate(names) if (basis := bases.get(name)) is not None]
            for index, basis in cited:
                yield from out_of_force((*place, field, index), basis)
            if field == "basis" and cited and all(basis.firmness in _MEMORY_ONLY for _, basis in cited):
                basis = cited[0][1]
                yield rules.UNCONFIRMED.problem(
                    place,
                    vi=f"chưa xác nhận, chỉ dựa vào: {basis.cite().vi}",
                    en=f"not confirmed; it rests on: {basis.cite().en}",
                    hint=basis.note,
                )


def _once_out_of_force(procedure: Procedure, on: date | None) -> Callable[[Where, Basis], Iterator[Problem]]:
    """Return the check of one citation, which reports each instrument once a procedure."""
    reported: set[str] = set()

    def check(place: Where, basis: Basis) -> Iterator[Problem]:
        # A procedure that does not apply that day may well rest on what does not apply either.
        if on is None or basis.in_force(on) or basis.instrument in reported or not _applies(procedure, on):
            return
        reported.add(basis.instrument)
        cite = basis.cite()
        ended = basis.in_force_to is not None and basis.in_force_to < on
        yield rules.NOT_IN_FORCE.problem(
            place,
            vi=f"{cite.vi} "
            + (f"hết hiệu lực từ sau {basis.in_force_to}" if ended else f"có hiệu lực từ {basis.in_force_from}"),
            en=f"{cite.en} "
            + (f"applied until {basis.in_force_to}" if ended else f"applies only from {basis.in_force_from}"),
        )

    return check


def _applies(procedure: Procedure, on: date) -> bool:
    after_start = procedure.in_force_from is None or procedure.in_force_from <= on
    return after_start and (procedure.in_force_to is None or on <= procedure.in_force_to)
