"""What is done, handed in and given back: parts a), c), g) and i) of an annex."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.catalogue.annex.values import Fact, Paragraph, Table
from onestop_core.catalogue.annex.words import (
    ELECTRONIC,
    NOT_SCANNED,
    NOTHING_KNOWN,
    RESULT_FORMS,
    ROLES,
    capital,
    duration_text,
    joined,
    labelled,
    same,
)
from onestop_core.text import Text, padded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onestop_core.catalogue.annex.naming import Naming
    from onestop_core.catalogue.annex.values import Block
    from onestop_core.catalogue.values.papers import Alternative, File, Paper, PaperPart
    from onestop_core.catalogue.values.procedure import Procedure, ProcedureStep

__all__ = ["forms", "papers", "results", "steps"]

_NUMBER_HEAD: Final = Text(vi="STT", en="No.")

Row = tuple[tuple[Text, ...], ...]


def steps(procedure: Procedure, naming: Naming) -> Iterator[Block]:
    """Yield the steps: a table where anything but what is done is known of one, else a line each."""
    if not procedure.steps:
        yield Paragraph(text=NOTHING_KNOWN)
        return
    numbers = {step.id: place for place, step in enumerate(procedure.steps, start=1)}
    rows = [_step(step, naming, numbers) for step in procedure.steps]
    if not any(cell for _, _, *more in rows for cell in more):
        for (name,), lines in ((row[0], row[1]) for row in rows):
            said = Text(vi=f"{name.vi}: {lines[0].vi}", en=f"{name.en}: {lines[0].en}")
            yield Paragraph(text=joined([said, *lines[1:]]))
        return
    yield Table(
        caption=Text(vi="Trình tự thực hiện", en="Steps"),
        heads=(
            Text(vi="Bước", en="Step"),
            Text(vi="Nội dung công việc", en="What is done"),
            Text(vi="Người, cơ quan thực hiện", en="Who acts"),
            Text(vi="Thời gian", en="Time"),
            Text(vi="Sản phẩm, kết quả", en="Product, result"),
        ),
        widths=(12, 33, 22, 13, 20),
        rows=tuple(rows),
    )


def _step(step: ProcedureStep, naming: Naming, numbers: dict[str, int]) -> Row:
    name = capital(naming.step(step.id, numbers))
    what = [naming.cited(step.what, step.basis)]
    if step.objective is not None:
        what.append(labelled("Mục tiêu", "Objective", step.objective))
    if (cases := naming.cases(step.cases)) is not None:
        what.append(labelled("Trường hợp", "Case", cases))
    if step.after:
        before = joined((naming.step(each, numbers) for each in step.after), ", ")
        what.append(Text(vi=f"Thực hiện sau {before.vi}", en=f"After {before.en}"))
    who = [] if step.role is None else [capital(ROLES[step.role])]
    who += [] if step.body is None else [step.body]
    if step.responsible is not None:
        who.append(labelled("Chịu trách nhiệm", "Responsible", step.responsible))
    time = [] if step.budget is None else [capital(duration_text(step.budget))]
    made = [] if step.product is None else [labelled("Sản phẩm", "Product", step.product)]
    made += [] if step.result is None else [labelled("Kết quả", "Result", step.result)]
    if step.hand_over is not None:
        made.append(labelled("Bàn giao cho", "Handed over to", step.hand_over))
    return ((name,), tuple(what), tuple(who), tuple(time), tuple(made))


def papers(procedure: Procedure, naming: Naming) -> Iterator[Block]:
    """Yield the papers, those of the same cases together, and the number of sets."""
    if procedure.papers:
        yield _papers(procedure.papers, naming)
    else:
        yield Fact(label=Text(vi="Thành phần hồ sơ", en="Papers"), values=(NOTHING_KNOWN,))
    sets = procedure.sets
    said = NOTHING_KNOWN
    if sets is not None:
        said = Text(vi=f"{padded(sets)} bộ", en=f"{sets} set" if sets == 1 else f"{sets} sets")
    yield Fact(label=Text(vi="Số lượng hồ sơ", en="Number of sets"), values=(said,))


def _papers(given: Iterable[Paper], naming: Naming) -> Table:
    groups: dict[tuple[str, ...], list[Paper]] = {}
    for paper in given:
        groups.setdefault(paper.cases, []).append(paper)
    rows: list[Row] = []
    count = 0
    # What is asked for in every case comes first.
    for cases, group in sorted(groups.items(), key=lambda pair: bool(pair[0])):
        if len(groups) > 1 or cases:
            named = naming.cases(cases)
            every = Text(vi="Mọi trường hợp", en="Every case")
            rows.append(((every if named is None else labelled("Trường hợp", "Case", named),),))
        for paper in group:
            count += 1
            form = () if paper.form is None else (same(paper.form),)
            rows.append(
                ((same(str(count)),), _paper(paper, naming), form, _pieces(paper.originals), _pieces(paper.copies))
            )
    return Table(
        caption=Text(vi="Thành phần hồ sơ", en="Papers"),
        heads=(
            _NUMBER_HEAD,
            Text(vi="Tên giấy tờ", en="Paper"),
            Text(vi="Mẫu đơn, tờ khai", en="Form"),
            Text(vi="Bản chính", en="Originals"),
            Text(vi="Bản sao", en="Copies"),
        ),
        widths=(9, 48, 16, 15, 12),
        rows=tuple(rows),
    )


def _pieces(count: int) -> tuple[Text, ...]:
    return (Text(vi=padded(count) if count else "0", en=str(count)),)


def _paper(paper: Paper, naming: Naming) -> tuple[Text, ...]:
    lines = [naming.cited(paper.name, paper.basis)]
    if paper.code is not None:
        lines.append(labelled("Mã giấy tờ", "Code of the paper", same(paper.code)))
    if paper.electronic is not None:
        lines.append(labelled("Nộp điện tử", "Filed electronically", ELECTRONIC[paper.electronic]))
    if paper.alternatives:
        lines.append(Text(vi="Có thể thay bằng một trong các giấy tờ:", en="Any one of these serves instead:"))
        lines += map(_alternative, paper.alternatives)
    if paper.replaced_by_data is not None or paper.database is not None:
        lines.append(_database(paper.replaced_by_data, paper.database))
    if paper.result_of is not None:
        lines.append(labelled("Là kết quả của thủ tục", "The result of procedure", same(paper.result_of)))
    if paper.not_scanned is not None:
        lines.append(labelled("Không phải số hóa", "Need not be scanned", NOT_SCANNED[paper.not_scanned]))
    if paper.files:
        lines.append(labelled("Tệp mẫu", "Files", _files(paper.files)))
    if paper.note is not None:
        lines.append(paper.note)
    return tuple(lines)


def _database(name: Text | None, code: str | None) -> Text:
    said = same(f"({code})") if name is None else name
    if name is not None and code is not None:
        said = Text(vi=f"{name.vi} ({code})", en=f"{name.en} ({code})")
    return labelled("Không phải nộp nếu có dữ liệu trong", "Not asked for where the data are in", said)


def _alternative(paper: Alternative) -> Text:
    said = joined([_part(paper), *map(_part, paper.together_with)], " + ")
    return Text(vi=f"– {said.vi}", en=f"– {said.en}")


def _part(paper: Alternative | PaperPart) -> Text:
    more = [] if paper.form is None else [labelled("mẫu", "form", same(paper.form))]
    more += [] if paper.code is None else [labelled("mã", "code", same(paper.code))]
    if paper.originals:
        more.append(Text(vi=f"{padded(paper.originals)} bản chính", en=f"originals: {paper.originals}"))
    if paper.copies:
        more.append(Text(vi=f"{padded(paper.copies)} bản sao", en=f"copies: {paper.copies}"))
    if not more:
        return paper.name
    return Text(
        vi=f"{paper.name.vi} ({', '.join(each.vi for each in more)})",
        en=f"{paper.name.en} ({', '.join(each.en for each in more)})",
    )


def _files(files: Iterable[File]) -> Text:
    return joined(same(each.name if each.url is None else f"{each.name} ({each.url})") for each in files)


def results(procedure: Procedure, naming: Naming) -> Iterator[Block]:
    """Yield what the applicant gets."""
    if not procedure.results:
        yield Paragraph(text=NOTHING_KNOWN)
        return
    rows: list[Row] = []
    for each in procedure.results:
        named = [naming.cited(each.name, each.basis)]
        if each.code is not None:
            named.append(labelled("Mã kết quả", "Result code", same(each.code)))
        form = NOTHING_KNOWN if each.given_as is None else RESULT_FORMS[each.given_as]
        holds = [] if each.valid_for is None else [capital(duration_text(each.valid_for))]
        holds += [] if each.validity is None else [each.validity]
        rows.append((tuple(named), (form,), tuple(holds) or (NOTHING_KNOWN,)))
    yield Table(
        caption=Text(vi="Kết quả thực hiện", en="Results"),
        heads=(
            Text(vi="Tên kết quả", en="Result"),
            Text(vi="Hình thức", en="Given"),
            Text(vi="Thời hạn hiệu lực", en="Holds for"),
        ),
        widths=(46, 26, 28),
        rows=tuple(rows),
    )


def forms(procedure: Procedure, naming: Naming) -> Iterator[Block]:
    """Yield the forms and slips; those that only a paper names stand with their codes."""
    rows: list[Row] = [
        ((same(each.code),), (naming.cited(each.name, each.basis),), (_files(each.files),) if each.files else ())
        for each in procedure.forms
    ]
    known = {each.code for each in procedure.forms}
    rows += [((same(code),), (NOTHING_KNOWN,), ()) for code in dict.fromkeys(_named(procedure)) if code not in known]
    if not rows:
        yield Paragraph(text=NOTHING_KNOWN)
        return
    yield Table(
        caption=Text(vi="Mẫu đơn, mẫu tờ khai", en="Forms"),
        heads=(
            Text(vi="Mã mẫu", en="Code"),
            Text(vi="Tên mẫu", en="Form"),
            Text(vi="Tệp đính kèm", en="Files"),
        ),
        widths=(16, 52, 32),
        rows=tuple(rows),
    )


def _named(procedure: Procedure) -> Iterator[str]:
    """Yield the codes of the forms that the papers name."""
    for paper in procedure.papers:
        parts: list[Paper | Alternative | PaperPart] = [paper, *paper.alternatives]
        parts += [part for each in paper.alternatives for part in each.together_with]
        yield from (each.form for each in parts if each.form is not None)
