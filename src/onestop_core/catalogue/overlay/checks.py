"""``check``: everything that is wrong with a local overlay of a national catalogue, at once.

The same sieves as for a catalogue: plain JSON, the schema, characters; then, procedure by procedure, names
that do not resolve, what only national law may do, and what the catalogue's own rules say of the result.
"""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from typing import TYPE_CHECKING, Any, Final

import attrs

from onestop_core.catalogue.checking.amounts import fraction_problems
from onestop_core.catalogue.checking.characters import character_problems
from onestop_core.catalogue.checking.document import document_order
from onestop_core.catalogue.checking.plain import parts
from onestop_core.catalogue.checking.procedure import Surroundings, procedure_problems, reversed_dates
from onestop_core.catalogue.checking.rules import TIME_UNREADABLE
from onestop_core.catalogue.overlay import rules
from onestop_core.catalogue.overlay.allowed_changes import excesses, firm_bases
from onestop_core.catalogue.overlay.merging import fitting_fees, fitting_limit, laid_over, name_of
from onestop_core.catalogue.overlay.periods import Period, editions_met, period_of
from onestop_core.catalogue.overlay.values import LocalProcedure
from onestop_core.catalogue.structure import (
    fields_of,
    is_list,
    is_object,
    is_tuple,
    is_value,
    plain_copy,
    structured,
    unstructured,
)
from onestop_core.catalogue.values.catalogue import Catalogue
from onestop_core.catalogue.values.fields import expect
from onestop_core.catalogue.values.times import read_time
from onestop_core.errors import Problem, Severity
from onestop_core.model import Basis
from onestop_core.rules.reading.documents import inspect, json_path
from onestop_core.rules.schema.schemas import check_schema
from onestop_core.text import Text, closest, day_text, did_you_mean, period_text

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from onestop_core.catalogue.values.offers import OfferedChannel
    from onestop_core.catalogue.values.procedure import Procedure
    from onestop_core.rules.reading.documents import Where

__all__ = ["check"]

_PROCEDURE: Final = re.compile(r"\$\.procedures\[([0-9]+)\]")


def check(national: Catalogue, document: Any) -> tuple[Problem, ...]:
    """Return every problem of *document*, a local overlay of *national*, in the order of the document.

    Never raises on content. Changes that only national law may make are findings with their legal basis.

    >>> from onestop_core import catalogue
    >>> words = {"vi": "Tỉnh X", "en": "Province X"}
    >>> longer = {"kind": "in_person", "limits": [{"time": "10 working days"}]}
    >>> local = {"schema_version": "1.0", "title": words, "issuer": {"name": words}, "decision": ["d"],
    ...     "bases": {"d": {"instrument": "Quyết định 1/QĐ-UBND", "firmness": "read"}},
    ...     "procedures": [{"code": "1.004222", "channels": [longer]}]}
    >>> (problem,) = check(catalogue.shipped(), local)
    >>> problem.rule, problem.basis.en
    ('overlay/longer-time', 'Decree 63/2010/NĐ-CP, arts 8(1), 8(2)')
    >>> print(problem.text.en)
    10 working days is longer than the national limit (7 working days)

    Args:
        national: The catalogue that the overlay changes.
        document: A parsed JSON document: ``dict``, ``list``, ``str`` and so on; anything else is a finding.
    """
    expect(national, Catalogue, "national")
    if problems := inspect(document):
        return problems
    document = plain_copy(document)
    shape = check_schema(document, "overlay")
    found = {*shape, *character_problems(document)}
    if is_object(document):
        found.update(_deeper(national, document, {problem.path for problem in shape}))
    return tuple(sorted(found, key=document_order))


def _deeper(national: Catalogue, document: dict[str, Any], unsound: set[str]) -> Iterator[Problem]:
    """Yield what the schema cannot say, about the parts in which it found nothing wrong."""
    general_places = ("$.bases", "$.decision", "$.in_force")
    if any(path.startswith(general_places) for path in unsound) or not {"bases", "decision"} <= {*document}:
        return
    own = {name: structured(raw, Basis) for name, raw in document["bases"].items()}
    first, last = (
        None if (day := document.get(f"in_force_{end}")) is None else date.fromisoformat(day) for end in ("from", "to")
    )
    checks = _Checks(national, own, tuple(document["decision"]), Period(first, last))
    yield from checks.bases()
    yield from checks.dates(Period(first, last), ())
    if is_object(document.get("issuer")) and not any(path.startswith("$.issuer") for path in unsound):
        yield from checks.named(document["issuer"].get("basis", ()), ("issuer", "basis"), "basis", checks.known)
    procedures = document.get("procedures")
    if not is_list(procedures):
        return
    refused = {int(match[1]) for path in unsound if (match := _PROCEDURE.match(path))}
    for index, raw in enumerate(procedures):
        # A fee with a fraction of a đồng is no value, so it is told of the document.
        if index not in refused and (fractions := [*fraction_problems(parts(raw, ("procedures", index)))]):
            refused.add(index)
            yield from fractions
    sound = [(index, structured(raw, LocalProcedure)) for index, raw in enumerate(procedures) if index not in refused]
    yield from checks.once(sound)
    for index, local in sound:
        yield from checks.procedure(local, ("procedures", index))


_KINDS: Final = {
    "basis": Text(vi="căn cứ", en="basis"),
    "case": Text(vi="trường hợp", en="case"),
    "form": Text(vi="mẫu", en="form"),
    "step": Text(vi="bước", en="step"),
    "paper": Text(vi="giấy tờ", en="paper"),
    "channel": Text(vi="hình thức nộp hồ sơ", en="channel"),
    "procedure": Text(vi="thủ tục", en="procedure"),
}


class _Checks:
    """The checks of one overlay, and what they need to know."""

    def __init__(self, national: Catalogue, own: dict[str, Basis], decision: tuple[str, ...], general: Period) -> None:
        self.national = national
        self.general = general
        self.own = own
        self.decision = decision
        self.known = {**national.bases, **own}
        self._firm = firm_bases(self.known, decision)
        self._surroundings = Surroundings({**self.known}, None)
        # A hostile document may hold a million unknown names; looking for what was meant is slow.
        self._hints_left = 20

    def bases(self) -> Iterator[Problem]:
        """Yield what is wrong with the bases and with the decision that publishes."""
        for name, basis in self.own.items():
            if self.national.bases.get(name, basis) != basis:
                yield rules.BASIS_REDEFINED.problem(
                    ("bases", name),
                    vi=f"danh mục quốc gia đã dùng tên này cho {self.national.bases[name].cite().vi}",
                    en=f"the national catalogue uses this name for {self.national.bases[name].cite().en}",
                )
        for index, name in enumerate(self.decision):
            if name not in self.known:
                yield rules.DECISION_MISSING.problem(
                    ("decision", index),
                    vi=f"không có căn cứ {name!r}",
                    en=f"there is no basis {name!r}",
                    hint=self._meant(name, self.known),
                )

    def dates(self, period: Period, place: Where) -> Iterator[Problem]:
        """Yield what is wrong with the days of the overlay, or of one of its changes that has days of its own."""
        yield from reversed_dates(place, period.first, period.last)
        decisions = [self.known[name] for name in self.decision if name in self.known]
        if not decisions or not period.is_bounded:
            return
        begun = period.first is None or any(each.in_force(period.first) for each in decisions)
        ended = any(
            each.in_force_to is None if period.last is None else each.in_force(period.last) for each in decisions
        )
        if not (begun and ended):
            days = period_text(period.first, period.last)
            yield rules.DECISION_NOT_IN_FORCE.problem(
                (*place, "in_force_to" if begun else "in_force_from"),
                vi=f"quyết định công bố không có hiệu lực suốt thời gian áp dụng: {days.vi}",
                en=f"the decision is not in force on all these days: {days.en}",
            )

    def once(self, sound: Sequence[tuple[int, LocalProcedure]]) -> Iterator[Problem]:
        """Yield the finding that two changes meet the same edition on the same day, at the later one."""
        met: dict[tuple[str, date | None], list[tuple[date, date, int]]] = {}
        for index, local in sound:
            period = period_of(local, self.general)
            for edition in editions_met(self.national, local, period):
                days = (period.first or date.min, period.last or date.max, index)
                met.setdefault((local.code, edition.in_force_from), []).append(days)
        for several in met.values():
            ended, before = date.min, None
            for first, last, index in sorted(several):
                if before is not None and first <= ended:
                    one, other = sorted((before, index))
                    where = json_path(("procedures", one))
                    yield rules.DUPLICATE.problem(
                        ("procedures", other, "code"), vi=f"đã thay đổi ở {where}", en=f"already changed by {where}"
                    )
                if before is None or last >= ended:
                    ended, before = last, index

    def named(self, names: Collection[str], place: Where, kind: str, known: Collection[str]) -> Iterator[Problem]:
        """Yield the findings that one of *names*, a list at *place*, is not *known*."""
        for index, name in enumerate(names):
            if name not in known:
                yield self._unknown(name, (*place, index), kind, known)

    def procedure(self, local: LocalProcedure, place: Where) -> Iterator[Problem]:
        """Yield every problem of *local*, which stands at *place*."""
        if local.code not in self.national:
            yield self._unknown(local.code, (*place, "code"), "procedure", self.national)
            return
        period = period_of(local, self.general)
        if period != self.general:
            yield from self.dates(period, place)
        editions = editions_met(self.national, local, period)
        if not editions:
            yield self._no_edition(local, period, place)
        for national in editions:
            yield from self._change(local, national, place)

    def _no_edition(self, local: LocalProcedure, period: Period, place: Where) -> Problem:
        when = period_text(period.first, period.last) if local.on is None else day_text(local.on)
        field = "code" if local.on is None else "on"
        return rules.UNRESOLVED.problem(
            (*place, field),
            vi=f"không có quy định của thủ tục {local.code} vào {'ngày ' if local.on else 'thời gian '}{when.vi}",
            en=f"no edition of {local.code} holds on {when.en}"
            if local.on
            else f"no edition of {local.code} holds: {when.en}",
        )

    def _change(self, local: LocalProcedure, national: Procedure, place: Where) -> Iterator[Problem]:
        """Yield what is wrong with *local* as a change of one *national* edition."""
        found = [
            *self._references(local, national, place),
            *_duplicates(local, national, place),
            *_budgets(local, place),
            *excesses(local, national, place, firm=self._firm),
        ]
        yield from found
        if not any(problem.severity is Severity.ERROR for problem in found):
            yield from self._result(local, national, place)

    def _references(self, local: LocalProcedure, national: Procedure, place: Where) -> Iterator[Problem]:
        cases = {case.id for case in national.cases}
        forms = {form.code for form in national.forms}
        for where, part in _parts(local, place):
            for field, kind, known in (("basis", "basis", self.known), ("cases", "case", cases)):
                yield from self.named(getattr(part, field, ()), (*where, field), kind, known)
            for field, known in (("case", cases), ("form", forms)):
                name = getattr(part, field, None)
                if name is not None and name not in known:
                    yield self._unknown(name, (*where, field), field, known)
        steps = {step.id for step in national.steps}
        for index, step in enumerate(local.steps):
            if step.id not in steps:
                yield self._unknown(step.id, (*place, "steps", index, "id"), "step", steps)
        papers = {paper.name.vi for paper in national.papers}
        yield from self.named(local.papers_removed, (*place, "papers_removed"), "paper", papers)
        kinds = {channel.kind for channel in national.channels}
        yield from self.named(local.channels_removed, (*place, "channels_removed"), "channel", kinds)

    def _result(self, local: LocalProcedure, national: Procedure, place: Where) -> Iterator[Problem]:
        """Yield what the catalogue's rules say of the result, and did not say of the national procedure."""
        result = laid_over(national, local, self.decision)
        if result == national:
            yield rules.NO_CHANGE.problem(
                place,
                vi="không có nội dung khác với danh mục quốc gia",
                en="nothing differs from the national catalogue",
            )
            return
        before = {(problem.rule, problem.text) for problem in self._found(national, place)}
        for problem in self._found(result, place):
            if problem.severity is not Severity.NOTE and (problem.rule, problem.text) not in before:
                # The place is one of the result, which is not in the overlay.
                yield attrs.evolve(problem, path=json_path(place))

    def _found(self, procedure: Procedure, place: Where) -> Iterator[Problem]:
        return procedure_problems(unstructured(procedure), place, self._surroundings)

    def _unknown(self, name: str, place: Where, kind: str, known: Collection[str]) -> Problem:
        return rules.UNRESOLVED.problem(
            place,
            vi=f"không có {_KINDS[kind].vi} {name[:60]!r}",
            en=f"there is no {_KINDS[kind].en} {name[:60]!r}",
            hint=self._meant(name, known),
        )

    def _meant(self, name: str, known: Collection[str]) -> Text | None:
        if not self._hints_left:
            return None
        self._hints_left -= 1
        return did_you_mean(closest(name, known))


def _parts(value: Any, place: Where) -> Iterator[tuple[Where, Any]]:
    """Yield *value* and every value inside it, each with its place."""
    yield place, value
    for field in fields_of(value):
        inner = getattr(value, field.name)
        if is_value(inner):
            yield from _parts(inner, (*place, field.name))
        elif is_tuple(inner):
            for index, item in enumerate(inner):
                if is_value(item):
                    yield from _parts(item, (*place, field.name, index))


def _twice(names: list[Any], places: list[Where]) -> Iterator[Problem]:
    """Yield the finding that a name stands more than once, at each but its first place."""
    first: dict[Any, Where] = {}
    for name, place in zip(names, places, strict=True):
        if first.setdefault(name, place) is not place:
            where = json_path(first[name])
            yield rules.DUPLICATE.problem(place, vi=f"đã thay đổi ở {where}", en=f"already changed by {where}")


def _duplicates(local: LocalProcedure, national: Procedure, place: Where) -> Iterator[Problem]:
    removed: dict[str, tuple[Any, ...]] = {"channels": local.channels_removed, "papers": local.papers_removed}
    for field in ("implementing", "coordinating", "receiving", "channels", "papers", "steps", "contacts"):
        items: tuple[Any, ...] = getattr(local, field)
        gone = removed.get(field, ())
        several = Counter(map(name_of, getattr(national, field)))
        # Papers of one name are told apart by their cases.
        names = [
            *(
                (name_of(each), getattr(each, "cases", None)) if several[name_of(each)] > 1 else name_of(each)
                for each in items
            ),
            *gone,
        ]
        places = [(*place, field, index) for index in range(len(items))]
        yield from _twice(names, [*places, *((*place, f"{field}_removed", index) for index in range(len(gone)))])
    for index, channel in enumerate(local.channels):
        limits = (*place, "channels", index, "limits")
        yield from _twice(
            [limit.case for limit in channel.limits], [(*limits, number) for number in range(len(channel.limits))]
        )
        same = next((each for each in national.channels if each.kind is channel.kind), None)
        yield from _same_fees(channel, same, limits)


def _same_fees(channel: OfferedChannel, national: OfferedChannel | None, place: Where) -> Iterator[Problem]:
    """Yield the finding that two fees of a limit change the same fee, or are the same new one."""
    for index, limit in enumerate(channel.limits):
        fitting = None if national is None else fitting_limit(national.limits, limit.case)
        places = fitting_fees(fitting.fees if fitting else (), limit.fees)
        seen: set[Any] = set()
        for number, (fee, found) in enumerate(zip(limit.fees, places, strict=True)):
            key = (found, None if found and fee.case is None else fee.case, None if found else (fee.unit, fee.kind))
            if key not in seen:
                seen.add(key)
            else:
                yield rules.DUPLICATE.problem(
                    (*place, index, "fees", number), vi="mức thu này đã được thay đổi", en="this fee is already changed"
                )


def _budgets(local: LocalProcedure, place: Where) -> Iterator[Problem]:
    for index, step in enumerate(local.steps):
        if step.budget is not None and read_time(step.budget) is None:
            yield TIME_UNREADABLE.problem(
                (*place, "steps", index, "budget"),
                vi=f"không đọc được thời hạn {step.budget!r}",
                en=f"cannot read the time limit {step.budget!r}",
            )
