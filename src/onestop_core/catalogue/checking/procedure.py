"""The check rules for one procedure of a document: names, times, evidence, and those of its neighbours."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING, Final

from onestop_core.catalogue.checking import rules
from onestop_core.catalogue.checking.amounts import fraction_problems
from onestop_core.catalogue.checking.parts import service_problems
from onestop_core.catalogue.checking.plain import parts
from onestop_core.catalogue.checking.steps import step_problems
from onestop_core.catalogue.values.completeness import lacking
from onestop_core.catalogue.values.times import read_time
from onestop_core.errors import InvalidValueError
from onestop_core.model import Basis, Firmness
from onestop_core.model.time_limits import TimeLimit
from onestop_core.text import Text, closest, day_text, did_you_mean

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from onestop_core.catalogue.checking.plain import Part, Raw
    from onestop_core.errors import Problem
    from onestop_core.rules.reading.documents import Where

__all__ = ["Surroundings", "procedure_problems", "reversed_dates"]

_MEMORY_ONLY: Final = frozenset({Firmness.RECALLED, Firmness.UNCONFIRMED})


class Surroundings:
    """What the checks of one procedure need to know of the rest of the document."""

    def __init__(self, bases: dict[str, Basis | None] | None, on: date | None, *, completeness: bool = False) -> None:
        self.bases = bases
        """By name; None for one that cannot be read, None altogether when there are none to look in."""
        self.names: frozenset[str] | None = None if bases is None else frozenset(bases)
        self.on = on
        self.completeness = completeness
        """Whether it was asked which procedures are complete."""
        self.from_memory: dict[str, Text] = {
            name: basis.cite()
            for name, basis in (bases or {}).items()
            if basis is not None and basis.firmness in _MEMORY_ONLY
        }
        """How the bases that nobody has read are cited, by name."""
        self._hints_left = 100

    def meant(self, name: str, known: Collection[str]) -> Text | None:
        """Return a hint for an unknown *name*; only so many, for a hostile document may hold a million."""
        if not self._hints_left or len(known) > 1000:
            return None
        self._hints_left -= 1
        return did_you_mean(closest(name, known))


def procedure_problems(procedure: Raw, place: Where, surroundings: Surroundings) -> Iterator[Problem]:
    """Yield every problem of *procedure*, valid under the schema, which stands at *place*."""
    each = parts(procedure, place)
    yield from _reversed(procedure, place)
    yield from _duplicate_ids(procedure, place)
    yield from _references(procedure, each, surroundings)
    yield from _times(each)
    yield from fraction_problems(each)
    yield from _missing_parts(procedure, place)
    if surroundings.completeness:
        yield from _incomplete(procedure, place)
    yield from step_problems(procedure, place)
    yield from service_problems(procedure, place)
    yield from _memory(each, surroundings)
    if surroundings.on is not None and _applies(procedure, surroundings.on):
        yield from _out_of_force(each, surroundings.bases or {}, surroundings.on)


def _reversed(procedure: Raw, place: Where) -> Iterator[Problem]:
    first, last = procedure.get("in_force_from"), procedure.get("in_force_to")
    if first is not None and last is not None:
        yield from reversed_dates(place, date.fromisoformat(first), date.fromisoformat(last))


def reversed_dates(place: Where, first: date | None, last: date | None) -> Iterator[Problem]:
    """Yield the finding that the period from *first* to *last* ends before it begins."""
    if first is not None and last is not None and last < first:
        yield rules.REVERSED_DATES.problem(
            (*place, "in_force_to"),
            vi=f"ngày hết hiệu lực {day_text(last).vi} trước ngày có hiệu lực {day_text(first).vi}",
            en=f"ends {last}, before it begins {first}",
        )


def _duplicate_ids(procedure: Raw, place: Where) -> Iterator[Problem]:
    linked: Raw = procedure.get("linked", {})
    groups: tuple[tuple[Where, str, list[Raw]], ...] = (
        (("cases",), "id", procedure.get("cases", [])),
        (("questions",), "id", procedure.get("questions", [])),
        (("steps",), "id", procedure.get("steps", [])),
        (("forms",), "code", procedure.get("forms", [])),
        (("linked", "procedures"), "id", linked.get("procedures", [])),
    )
    for group, key, named in groups:
        first: dict[str, int] = {}
        for index, one in enumerate(named):
            name: str = one[key]
            if first.setdefault(name, index) != index:
                used = f"{'.'.join(map(str, group))}[{first[name]}]"
                yield rules.DUPLICATE_ID.problem(
                    (*place, *group, index, key),
                    vi=f"{name[:60]!r} đã dùng ở {used}",
                    en=f"{name[:60]!r} is already used by {used}",
                )


_KINDS: Final = {
    "case": Text(vi="trường hợp", en="case"),
    "cases": Text(vi="trường hợp", en="case"),
    "after": Text(vi="bước", en="step"),
    "before": Text(vi="bước", en="step"),
    "form": Text(vi="mẫu", en="form"),
    "question": Text(vi="câu hỏi", en="question"),
    "basis": Text(vi="căn cứ", en="basis"),
    "legal_bases": Text(vi="căn cứ", en="basis"),
}
"""What a property names."""
_DECLARED: Final = {
    "case": "cases",
    "cases": "cases",
    "after": "steps",
    "before": "steps",
    "form": "forms",
    "question": "questions",
    "basis": "bases",
    "legal_bases": "bases",
}
"""Where what a property names is declared."""


def _references(procedure: Raw, each: list[Part], surroundings: Surroundings) -> Iterator[Problem]:
    cases = {case["id"] for case in procedure.get("cases", ())}
    steps = {step["id"] for step in procedure.get("steps", ())}
    targets: dict[str, frozenset[str] | set[str] | None] = {
        "case": cases,
        "cases": cases,
        "after": steps,
        "before": steps,
        "question": {question["id"] for question in procedure.get("questions", ())},
        "form": {form["code"] for form in procedure.get("forms", ())},
        "basis": surroundings.names,
        "legal_bases": surroundings.names,
    }
    for group, place, part in each:
        for field in _KINDS:
            if field not in part:
                continue
            known = targets[field]
            # The procedure's own cases declare names, and linked procedures come after each other.
            if known is None or (part is procedure and field == "cases") or group == "procedures":
                continue
            named: str | list[str] = part[field]
            if not known.issuperset((named,) if isinstance(named, str) else named):
                yield from _unresolved(field, named, known, (*place, field), surroundings)


def _unresolved(
    field: str, named: str | list[str], known: frozenset[str] | set[str], place: Where, surroundings: Surroundings
) -> Iterator[Problem]:
    for index, name in enumerate((named,) if isinstance(named, str) else named):
        if name not in known:
            yield rules.UNRESOLVED.problem(
                place if isinstance(named, str) else (*place, index),
                vi=f"không có {_KINDS[field].vi} {name[:60]!r}",
                en=f"there is no {_KINDS[field].en} {name[:60]!r}",
                hint=_hint(field, name, known, surroundings),
            )


def _hint(field: str, name: str, known: frozenset[str] | set[str], surroundings: Surroundings) -> Text:
    """Return the hint for an unknown name: what was meant, or where it is declared; both for forms, whose codes are alike."""
    meant, declare = surroundings.meant(name, known), _declare(_DECLARED[field], name[:60])
    if meant is None or field != "form":
        return meant or declare
    return Text(vi=f"{meant.vi} Nếu không, {declare.vi}", en=f"{meant.en} If not, {declare.en}")


def _declare(where: str, name: str) -> Text:
    """Return the hint that says where a name of the procedure is declared, and how."""
    row = json.dumps({"code" if where == "forms" else "id": name}, ensure_ascii=False).removesuffix("}")
    how = "" if where == "bases" else f": {row}, …}}"
    return Text(vi=f"khai báo trong {where}{how}", en=f"declare it under {where}{how}")


_TIMES: Final = {"limits": "time", "steps": "budget", "procedures": "time", "results": "valid_for"}
"""The property of a part that holds a time limit."""


def _times(each: list[Part]) -> Iterator[Problem]:
    for group, place, part in each:
        if group not in _TIMES:
            continue
        field = _TIMES[group]
        if field in part:
            yield from _unreadable((*place, field), part[field], budget=field == "budget")
        elif group == "limits" and "without_time" not in part:
            yield _no_time(part.get("published", ""), place)


def _no_time(published: str, place: Where) -> Problem:
    """Return the finding that a limit has no time: its published words hold none, or a number that lost its unit."""
    words = published.split("\n", maxsplit=1)[0][:60]
    if not any(letter.isdecimal() for letter in words):
        return rules.NO_TIME.problem(
            place, vi="không nêu thời hạn giải quyết", en="states no time limit, which a published procedure must"
        )
    return rules.NO_TIME.problem(
        place,
        vi=f"chưa có thời hạn giải quyết; lời đã công bố «{words}» có con số nhưng không đủ để biết thời hạn",
        en=f"has no time limit; the published words «{words}» hold a number, which is not enough to know it",
    )


def _unreadable(place: Where, time: str, *, budget: bool) -> Iterator[Problem]:
    limit = read_time(time)
    if limit is not None:
        if limit.is_budget and not budget:
            yield rules.TIME_UNREADABLE.problem(
                place,
                vi=f"thời hạn {time!r} chỉ dùng được cho một bước nội bộ, không phải thời hạn giải quyết",
                en=f"{time!r} can be the budget of a step, not the time limit of a procedure",
            )
        return
    try:
        TimeLimit.parse(time)
    except InvalidValueError as error:
        yield rules.TIME_UNREADABLE.problem(
            place,
            vi=f"không đọc được thời hạn {time!r}; cần {error.expected.vi}",
            en=f"cannot read the time limit {time!r}; expected {error.expected.en}",
        )


def _missing_parts(procedure: Raw, place: Where) -> Iterator[Problem]:
    if not procedure.get("steps"):
        yield rules.PART_MISSING.problem(place, vi="không nêu trình tự thực hiện (steps)", en="states no steps")
    if not procedure["papers"]:
        yield rules.PART_MISSING.problem(place, vi="không nêu thành phần hồ sơ (papers)", en="states no papers")


def _incomplete(procedure: Raw, place: Where) -> Iterator[Problem]:
    if missing := lacking(procedure):
        yield rules.INCOMPLETE.problem(
            place,
            vi=f"còn thiếu: {', '.join(each.label.vi for each in missing)}",
            en=f"lacks: {', '.join(each.label.en for each in missing)}",
        )


def _memory(each: list[Part], surroundings: Surroundings) -> Iterator[Problem]:
    """Yield what rests on nothing that somebody has read."""
    from_memory, bases = surroundings.from_memory, surroundings.bases or {}
    if not from_memory:
        return
    for _, place, part in each:
        if "basis" not in part or from_memory.keys().isdisjoint(part["basis"]):
            continue
        cited = [(name, basis) for name in part["basis"] if (basis := bases.get(name)) is not None]
        if all(name in from_memory for name, _ in cited):
            name, basis = cited[0]
            yield rules.UNCONFIRMED.problem(
                place,
                vi=f"chưa xác nhận, chỉ dựa vào: {from_memory[name].vi}",
                en=f"not confirmed; it rests on: {from_memory[name].en}",
                hint=basis.note,
            )


def _out_of_force(each: list[Part], bases: Mapping[str, Basis | None], on: date) -> Iterator[Problem]:
    """Yield each instrument that does not apply on a day, once a procedure."""
    reported: set[str] = set()
    for _, place, part in each:
        for field in ("basis", "legal_bases"):
            for index, name in enumerate(part.get(field, ())):
                basis = bases.get(name)
                if basis is None or basis.in_force(on) or basis.instrument in reported:
                    continue
                reported.add(basis.instrument)
                said = _out_of_days(basis, on)
                yield rules.NOT_IN_FORCE.problem((*place, field, index), vi=said.vi, en=said.en)


def _out_of_days(basis: Basis, on: date) -> Text:
    """Say that *basis* does not apply *on* a day."""
    cite = basis.cite()
    if basis.in_force_to is not None and basis.in_force_to < on:
        last = day_text(basis.in_force_to)
        return Text(vi=f"{cite.vi} hết hiệu lực sau ngày {last.vi}", en=f"{cite.en} applied until {last.en}")
    assert basis.in_force_from is not None  # one of the two excludes the day
    first = day_text(basis.in_force_from)
    return Text(vi=f"{cite.vi} có hiệu lực từ ngày {first.vi}", en=f"{cite.en} applies only from {first.en}")


def _applies(procedure: Raw, on: date) -> bool:
    """Return whether *procedure* applies; one that does not may well rest on what does not apply either."""
    first, last = procedure.get("in_force_from"), procedure.get("in_force_to")
    return (first is None or date.fromisoformat(first) <= on) and (last is None or on <= date.fromisoformat(last))
