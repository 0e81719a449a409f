"""The check rules about what a procedure asks and who takes part: cases, bodies, papers, linked procedures."""

from __future__ import annotations

from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from onestop_core.catalogue.checking import rules
from onestop_core.catalogue.checking.decisions import decision_problems
from onestop_core.catalogue.checking.plain import english
from onestop_core.catalogue.checking.steps import are_structured, topological
from onestop_core.catalogue.seven_clarities import left_open
from onestop_core.catalogue.values.codes import ChannelKind, StepRole
from onestop_core.catalogue.values.parties import Mechanism
from onestop_core.text import plain_letters

if TYPE_CHECKING:
    from collections.abc import Iterator

    from onestop_core.catalogue.checking.plain import Raw
    from onestop_core.errors import Problem
    from onestop_core.rules.reading.documents import Where

__all__ = ["Together", "service_problems"]


def service_problems(procedure: Raw, place: Where) -> Iterator[Problem]:
    """Yield what is wrong with the cases, bodies, papers and links of one *procedure*."""
    yield from _unreachable(procedure, place)
    yield from decision_problems(procedure, place)
    yield from _unused_cases(procedure, place)
    yield from _idle_bodies(procedure, place)
    yield from _papers_replaced(procedure, place)
    yield from _links(procedure, place)
    yield from _clarities(procedure, place)


def _unreachable(procedure: Raw, place: Where) -> Iterator[Problem]:
    dimensions = {case["id"]: case.get("dimension") for case in procedure.get("cases", ())}
    crossed = _crossed(procedure)
    for channel_index, channel in enumerate(procedure["channels"]):
        served = frozenset(channel.get("cases", ()))
        for limit_index, limit in enumerate(channel["limits"]):
            case = limit.get("case")
            if case is None:
                continue
            here: Where = (*place, "channels", channel_index, "limits", limit_index)
            kind = ChannelKind(channel["kind"]).label
            if served and case not in served:
                yield rules.UNREACHABLE.problem(
                    (*here, "case"),
                    vi=f"hình thức nộp {kind.vi} không nhận trường hợp {case!r}",
                    en=f"the channel {kind.en} does not take the case {case!r}",
                )
            for fee_index, fee in enumerate(limit.get("fees", ())):
                other = fee.get("case", case)
                # Cases of different dimensions go together, whether the page names the dimensions or writes out the product.
                if other != case and dimensions.get(other) == dimensions.get(case) and other not in crossed:
                    yield rules.UNREACHABLE.problem(
                        (*here, "fees", fee_index, "case"),
                        vi=f"mức thu của trường hợp {fee['case']!r} nằm trong thời hạn của {case!r}",
                        en=f"a fee of the case {fee['case']!r} stands under a limit of {case!r}",
                    )


def _crossed(procedure: Raw) -> set[str]:
    """Return the cases that fees name under limits of several cases, and no limit names: they are of another dimension."""
    limits = [limit for channel in procedure["channels"] for limit in channel["limits"] if "case" in limit]
    under: dict[str, set[str]] = {}
    for limit in limits:
        for fee in limit.get("fees", ()):
            if "case" in fee:
                under.setdefault(fee["case"], set()).add(limit["case"])
    return {case for case, others in under.items() if len(others) > 1} - {limit["case"] for limit in limits}


def _unused_cases(procedure: Raw, place: Where) -> Iterator[Problem]:
    if not (cases := procedure.get("cases")):
        return
    limits = [limit for channel in procedure["channels"] for limit in channel["limits"]]
    used = {one.get("case") for limit in limits for one in (limit, *limit.get("fees", ()))}
    used.update(row["case"] for row in procedure.get("decisions", ()))
    for group in ("channels", "papers", "steps", "obligations"):
        used.update(name for each in procedure.get(group, ()) for name in each.get("cases", ()))
    for index, case in enumerate(cases):
        if case["id"] not in used:
            yield rules.UNUSED_CASE.problem(
                (*place, "cases", index),
                vi=f"không mục nào dùng trường hợp {case['id']!r}",
                en=f"nothing refers to the case {case['id']!r}",
            )


def _idle_bodies(procedure: Raw, place: Where) -> Iterator[Problem]:
    acting = {step["body"]["vi"] for step in procedure.get("steps", ()) if "body" in step}
    if not acting:  # where no step names a body, none is left out
        return
    for group in ("implementing", "coordinating"):
        for index, body in enumerate(procedure.get(group, ())):
            name: Raw = body["name"]
            if name["vi"] not in acting:
                yield rules.BODY_WITHOUT_STEP.problem(
                    (*place, group, index),
                    vi=f"{name['vi']} không có bước nào",
                    en=f"{english(name)} has no step",
                )


def _papers_replaced(procedure: Raw, place: Where) -> Iterator[Problem]:
    for index, paper in enumerate(procedure["papers"]):
        held: Raw | None = paper.get("replaced_by_data")
        if held is not None and paper["originals"] + paper["copies"] and not paper.get("cases"):
            yield rules.PAPER_HELD.problem(
                (*place, "papers", index),
                vi=f"vẫn yêu cầu ở mọi trường hợp, dù {held['vi']} đã có dữ liệu",
                en=f"is asked for in every case, although {english(held)} holds its data",
            )


def _links(procedure: Raw, place: Where) -> Iterator[Problem]:
    linked: Raw | None = procedure.get("linked")
    if linked is None:
        return
    here: Where = (*place, "linked")
    lead: Raw = linked["lead"]
    bodies = [*_authorities(procedure), *procedure.get("implementing", ()), *procedure.get("coordinating", ())]
    if lead["vi"] not in {body["name"]["vi"] for body in bodies}:
        yield rules.LINKED.problem(
            (*here, "lead"),
            vi=f"{lead['vi']} chủ trì nhưng không phải cơ quan của thủ tục",
            en=f"{english(lead)} leads and is none of the bodies of the procedure",
        )
    if procedure.get("mechanism") != Mechanism.LINKED_ONE_STOP:
        yield rules.LINKED.problem(
            here,
            vi="có thủ tục liên thông nhưng cơ chế (mechanism) không phải linked_one_stop",
            en="joins procedures, but its mechanism is not linked_one_stop",
        )
    known = {each["id"] for each in linked["procedures"]}
    for index, each in enumerate(linked["procedures"]):
        if each.get("code") == procedure["code"]:
            yield rules.LINKED.problem(
                (*here, "procedures", index, "code"),
                vi=f"thủ tục {each['code']} là thành phần của chính nó",
                en=f"procedure {each['code']} is a part of itself",
            )
        for after_index, name in enumerate(each.get("after", ())):
            if name not in known:
                yield rules.LINKED.problem(
                    (*here, "procedures", index, "after", after_index),
                    vi=f"{name!r} không nằm trong nhóm liên thông",
                    en=f"{name!r} is none of the linked procedures",
                )
    _, circling = topological(linked["procedures"])
    if circling:
        shown = ", ".join(sorted(circling)[:8])
        yield rules.LINKED.problem(
            (*here, "procedures"),
            vi=f"các thủ tục chờ nhau thành vòng: {shown}",
            en=f"procedures wait for each other in a circle: {shown}",
        )


def _authorities(procedure: Raw) -> list[Raw]:
    first = [procedure["authority"]] if "authority" in procedure else []
    return [*first, *procedure.get("other_authorities", ())]


def _clarities(procedure: Raw, place: Where) -> Iterator[Problem]:
    steps: list[Raw] = procedure.get("steps", [])
    if not are_structured(steps):
        return
    for index, step in enumerate(steps):
        if step.get("role") == StepRole.APPLICANT:
            continue
        if missing := left_open(step):
            yield rules.SEVEN_CLARITIES.problem(
                (*place, "steps", index),
                vi=f"bước {step['id']!r} chưa rõ: {', '.join(each.label.vi for each in missing)}",
                en=f"step {step['id']!r} leaves open: {', '.join(each.label.en for each in missing)}",
            )


_MOST_ALIKE: Final = 50
"""With how many procedures of one result another is compared: a hostile catalogue has thousands."""
_BEGINNING: Final = 12
"""By so many letters of its name it shows of nearly every paper that it is no result."""


class _Names:
    """The names by which a procedure is compared with others, made when they are needed, which is seldom."""

    def __init__(self, procedure: Raw) -> None:
        self.code: str = procedure["code"]
        self._procedure = procedure

    @cached_property
    def own(self) -> str:
        return plain_letters(self._procedure["name"]["vi"])

    @cached_property
    def papers(self) -> frozenset[str]:
        return frozenset(paper["name"]["vi"].casefold() for paper in self._procedure["papers"])

    def are_like(self, other: _Names) -> bool:
        """Whether the procedures are called alike or ask for the same papers: giving and giving again have one result."""
        return (self.papers == other.papers and bool(self.papers)) or self.own == other.own


class Together:
    """What shows only when the procedures of a catalogue are seen together."""

    def __init__(self) -> None:
        self._alike: defaultdict[tuple[object, ...], list[_Names]] = defaultdict(list)
        # By result the first codes that issue it; two are enough to name one that is not the procedure itself.
        self._issued: defaultdict[str, dict[str, None]] = defaultdict(dict)
        self._seen: list[tuple[Where, Raw]] = []

    def note(self, procedure: Raw, place: Where) -> Iterator[Problem]:
        """Take in one *procedure*, and yield what it has in common with those before it."""
        names = _Names(procedure)
        results = frozenset(result["name"]["vi"].casefold() for result in procedure.get("results", ()))
        for result in results:
            if len(self._issued[result]) < 2:
                self._issued[result][names.code] = None
        self._seen.append((place, procedure))
        if not results:
            return
        bodies = frozenset(body["name"]["vi"] for body in _authorities(procedure))
        others = self._alike[results, frozenset(procedure["subjects"]), bodies, procedure["level"]]
        first = next((other.code for other in others if other.are_like(names) and other.code != names.code), None)
        if len(others) < _MOST_ALIKE:
            others.append(names)
        if first is not None:
            yield rules.OVERLAPPING.problem(
                place,
                vi=f"cùng kết quả, đối tượng, cơ quan, cấp, và cùng tên hoặc thành phần hồ sơ với {first}",
                en=f"has the results, applicants, authority and level of {first}, and its name or papers",
            )

    def papers_issued(self) -> Iterator[Problem]:
        """Yield the papers asked for that a procedure of the catalogue issues."""
        beginnings = {name[:_BEGINNING] for name in self._issued}
        for place, procedure in self._seen:
            for index, paper in enumerate(procedure["papers"]):
                name: str = paper["name"]["vi"]
                if name[:_BEGINNING].casefold()[:_BEGINNING] not in beginnings or "replaced_by_data" in paper:
                    continue
                codes = self._issued.get(name.casefold(), ())
                other = next((each for each in codes if each != procedure["code"]), None)
                if other is not None:
                    yield rules.PAPER_HELD.problem(
                        (*place, "papers", index),
                        vi=f"là kết quả của thủ tục {other}, cơ quan nhà nước đã có",
                        en=f"is the result of procedure {other}, so the state holds it",
                    )
