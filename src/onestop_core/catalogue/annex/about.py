"""What an annex says of a procedure besides the rest of its parts: what it is, who acts, for whom, in which cases."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onestop_core.catalogue.annex.values import Fact, Paragraph, Table
from onestop_core.catalogue.annex.words import (
    KINDS,
    MECHANISMS,
    NONE,
    NOTHING_KNOWN,
    STATUSES,
    capital,
    duration_text,
    joined,
    labelled,
    same,
)
from onestop_core.text import Text, day_text, number, period_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from onestop_core.catalogue.annex.naming import Naming
    from onestop_core.catalogue.annex.values import Block
    from onestop_core.catalogue.values.cases import AnswerCondition, Question
    from onestop_core.catalogue.values.parties import Contact, Decision, Linked, Occasion
    from onestop_core.catalogue.values.procedure import Procedure

__all__ = ["authorities", "conditions", "decided_by", "general", "others", "subjects"]


def general(procedure: Procedure, naming: Naming) -> Iterator[Block]:
    """Yield what stands above the parts: code, names, decision, field, level, kind, and the cases."""
    yield _fact("Mã thủ tục", "Code", same(procedure.code))
    if procedure.other_names:
        names = (same(f"{name} ({tag})") for tag, name in sorted(procedure.other_names.items()))
        yield _fact("Tên bằng ngôn ngữ khác", "Names in other languages", *names)
    decision = procedure.decision
    said = NOTHING_KNOWN if decision is None else naming.cited(decided_by(decision), decision.basis)
    yield _fact("Quyết định công bố", "Published by decision", said)
    code = procedure.field.code
    name = procedure.field.name
    named = name if code is None else Text(vi=f"{name.vi} (mã {code})", en=f"{name.en} (code {code})")
    yield _fact("Lĩnh vực", "Field", named)
    levels = dict.fromkeys((procedure.level, *procedure.other_levels))
    yield _fact("Cấp thực hiện", "Level", capital(joined((each.label for each in levels), ", ")))
    kind = NOTHING_KNOWN if procedure.kind is None else KINDS[procedure.kind]
    yield _fact("Loại thủ tục", "Kind of procedure", kind)
    if procedure.mechanism is not None:
        yield _fact("Cơ chế giải quyết", "Mechanism", MECHANISMS[procedure.mechanism])
    if procedure.status is not None:
        yield _fact("Tình trạng", "Status", STATUSES[procedure.status])
    if procedure.in_force_from is not None or procedure.in_force_to is not None:
        period = period_text(procedure.in_force_from, procedure.in_force_to)
        yield _fact("Hiệu lực", "In force", capital(period))
    if procedure.objective is not None:
        yield _fact("Mục tiêu", "Objective", procedure.objective)
    yield from _occasions("Sự kiện trong đời sống", "Events in life", procedure.life_events)
    yield from _occasions("Sự kiện trong hoạt động doanh nghiệp", "Events in business", procedure.business_events)
    if procedure.languages:
        yield _fact("Ngôn ngữ thực hiện", "Languages", same(", ".join(procedure.languages)))
    if procedure.cases:
        by_kind: dict[str | None, list[Text]] = {}
        for case in procedure.cases:
            by_kind.setdefault(case.dimension, []).append(case.name)
        yield _fact("Các trường hợp", "Cases", *map(joined, by_kind.values()))


def decided_by(decision: Decision) -> Text:
    """Return the decision in words: its number, its day, who issued it."""
    parts = [same(decision.number)]
    if decision.issued_on is not None:
        day = day_text(decision.issued_on)
        parts.append(Text(vi=f"ngày {day.vi}", en=f"of {day.en}"))
    if decision.issuer is not None:
        parts.append(Text(vi=f"của {decision.issuer.vi}", en=f"by {decision.issuer.en}"))
    return joined(parts, " ")


def subjects(procedure: Procedure) -> Iterator[Block]:
    """Yield who may apply."""
    yield Paragraph(text=capital(joined(each.label for each in procedure.subjects)))


def authorities(procedure: Procedure, naming: Naming) -> Iterator[Block]:
    """Yield who decides, who is authorised to, who handles it and who takes part; and the procedures joined to it."""
    first = [] if procedure.authority is None else [procedure.authority]
    deciding = [naming.cited(each.name, each.basis) for each in (*first, *procedure.other_authorities)]
    yield _fact("Cơ quan có thẩm quyền quyết định", "Competent authority", *(deciding or [NOTHING_KNOWN]))
    for vi, en, bodies, always in (
        ("Cơ quan được ủy quyền", "Authorised to decide", procedure.authorised, False),
        ("Cơ quan thực hiện", "Handled by", procedure.implementing, True),
        ("Cơ quan phối hợp", "Taking part", procedure.coordinating, False),
    ):
        said = [naming.cited(_coded(each.name, each.code), each.basis) for each in bodies]
        if said or always:
            yield _fact(vi, en, *(said or [NOTHING_KNOWN]))
    if procedure.linked is not None:
        yield from _linked(procedure.linked, naming)


def _coded(name: Text, code: str | None) -> Text:
    return name if code is None else Text(vi=f"{name.vi} (mã định danh {code})", en=f"{name.en} (agency code {code})")


def _linked(linked: Linked, naming: Naming) -> Iterator[Block]:
    yield _fact("Cơ quan chủ trì giải quyết liên thông", "Leading body", naming.cited(linked.lead, linked.basis))
    numbers = {each.id: place for place, each in enumerate(linked.procedures, start=1)}
    rows: list[tuple[tuple[Text, ...], ...]] = []
    for place, each in enumerate(linked.procedures, start=1):
        named = [each.name]
        named += [] if each.code is None else [labelled("Mã thủ tục", "Code", same(each.code))]
        if each.after:
            before = same(", ".join(str(numbers.get(name, name)) for name in each.after))
            named.append(Text(vi=f"Thực hiện sau thủ tục thứ {before.vi}", en=f"After procedure no. {before.en}"))
        body = NOTHING_KNOWN if each.body is None else each.body
        time = NOTHING_KNOWN if each.time is None else capital(duration_text(each.time))
        rows.append(((same(str(place)),), tuple(named), (body,), (time,)))
    yield Table(
        caption=Text(vi="Nhóm thủ tục liên thông", en="Procedures handled together"),
        heads=(
            Text(vi="STT", en="No."),
            Text(vi="Thủ tục thành phần", en="Procedure"),
            Text(vi="Cơ quan giải quyết", en="Handled by"),
            Text(vi="Thời hạn", en="Time"),
        ),
        widths=(8, 44, 28, 20),
        rows=tuple(rows),
    )


def conditions(procedure: Procedure, naming: Naming) -> Iterator[Block]:
    """Yield the requirements and conditions; a procedure that lists none has none (they are a part only where there are any)."""
    if not procedure.conditions:
        yield Paragraph(text=NONE)
    for each in procedure.conditions:
        yield Paragraph(text=naming.cited(each.text, each.basis))


def others(procedure: Procedure, naming: Naming, names: Mapping[str, Text]) -> Iterator[Block]:
    """Yield what the decree asks of no procedure: how the case is told, what belongs with it, whom to ask."""
    if procedure.questions:
        yield _questions(procedure, naming)
    if procedure.decisions:
        yield _decisions(procedure, naming)
    if procedure.related:
        said = (same(code) if code not in names else _named(code, names[code]) for code in procedure.related)
        yield _fact("Thủ tục liên quan", "Procedures that belong with it", *said)
    if procedure.contacts:
        yield _fact("Thông tin liên hệ", "Whom to ask", *map(_contact, procedure.contacts))
    if procedure.notes:
        yield _fact("Ghi chú", "Notes", *procedure.notes)


def _named(code: str, name: Text) -> Text:
    return Text(vi=f"{code} – {name.vi}", en=f"{code} – {name.en}")


def _questions(procedure: Procedure, naming: Naming) -> Table:
    rows: list[tuple[tuple[Text, ...], ...]] = []
    for each in procedure.questions:
        answers = tuple(answer.name for answer in each.answers)
        figure = Text(vi="Trả lời bằng số", en="A number")
        if each.unit is not None:
            figure = Text(vi=f"Trả lời bằng số ({each.unit.vi})", en=f"A number ({each.unit.en})")
        rows.append(((naming.cited(each.text, each.basis),), answers or (figure,)))
    return Table(
        caption=Text(vi="Câu hỏi xác định trường hợp", en="Questions that tell the case"),
        heads=(Text(vi="Câu hỏi", en="Question"), Text(vi="Trả lời", en="Answers")),
        widths=(60, 40),
        rows=tuple(rows),
    )


def _decisions(procedure: Procedure, naming: Naming) -> Table:
    questions = {each.id: each for each in procedure.questions}
    rows: list[tuple[tuple[Text, ...], ...]] = []
    for each in procedure.decisions:
        when = tuple(_condition(one, questions.get(one.question)) for one in each.when)
        always = (Text(vi="Với mọi câu trả lời", en="Whatever is answered"),)
        rows.append((when or always, (naming.cited(naming.case(each.case), each.basis),)))
    return Table(
        caption=Text(vi="Cách xác định trường hợp", en="Which answers make which case"),
        heads=(Text(vi="Khi trả lời", en="Where the answer is"), Text(vi="Trường hợp", en="Case")),
        widths=(60, 40),
        rows=tuple(rows),
    )


def _condition(condition: AnswerCondition, question: Question | None) -> Text:
    names = {} if question is None else {each.id: each.name for each in question.answers}
    unit = None if question is None else question.unit
    said: list[Text] = []
    if condition.answers:
        either = [names.get(each, same(each)) for each in condition.answers]
        said.append(
            Text(vi=" hoặc ".join(one.vi for one in either), en=" or ".join(one.en for one in either)),
        )
    for bound, vi, en in ((condition.least, "từ", "from"), (condition.below, "dưới", "below")):
        if bound is not None:
            figures = number(bound)
            more = same("") if unit is None else Text(vi=f" {unit.vi}", en=f" {unit.en}")
            said.append(Text(vi=f"{vi} {figures.vi}{more.vi}", en=f"{en} {figures.en}{more.en}"))
    asked = same(condition.question) if question is None else question.text
    mark = Text(vi=asked.vi.rstrip(" ?:"), en=asked.en.rstrip(" ?:"))
    return labelled(mark.vi, mark.en, joined(said, ", "))


def _contact(contact: Contact) -> Text:
    more = [] if contact.phone is None else [labelled("điện thoại", "telephone", same(contact.phone))]
    more += [] if contact.email is None else [labelled("thư điện tử", "e-mail", same(contact.email))]
    more += [] if contact.url is None else [same(contact.url)]
    return joined([contact.name, *more])


def _occasions(vi: str, en: str, occasions: Iterable[Occasion]) -> Iterator[Fact]:
    said = [
        each.name
        if each.code is None
        else Text(vi=f"{each.name.vi} (mã {each.code})", en=f"{each.name.en} (code {each.code})")
        for each in occasions
    ]
    if said:
        yield _fact(vi, en, *said)


def _fact(vi: str, en: str, *values: Text) -> Fact:
    return Fact(label=Text(vi=vi, en=en), values=values)
