"""The annex as one value: the list of the procedures, then what each consists of, in the order of Decree 63/2010, art. 8(2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.catalogue.annex import about, dossiers, offers
from onestop_core.catalogue.annex.naming import Naming
from onestop_core.catalogue.annex.sources import Sources
from onestop_core.catalogue.annex.values import Annex, Fact, Heading, Paragraph, Table, without_empty_columns
from onestop_core.catalogue.annex.words import NOTHING_KNOWN, capital, joined, labelled, same
from onestop_core.catalogue.values.catalogue import Catalogue
from onestop_core.catalogue.values.fields import expect
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model.legal import citation
from onestop_core.text import Text, day_text, plain_letters, sort_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from onestop_core.catalogue.annex.values import Block
    from onestop_core.catalogue.values.procedure import Procedure
    from onestop_core.model import Basis, Firmness

__all__ = ["content"]

_HEAD: Final = Text(vi="PHỤ LỤC", en="ANNEX")
_TITLE: Final = Text(vi="DANH MỤC VÀ NỘI DUNG THỦ TỤC HÀNH CHÍNH", en="LIST AND CONTENTS OF ADMINISTRATIVE PROCEDURES")
_LIST: Final = Text(vi="Phần I. DANH MỤC THỦ TỤC HÀNH CHÍNH", en="Part I. LIST OF ADMINISTRATIVE PROCEDURES")
_CONTENTS: Final = Text(
    vi="Phần II. NỘI DUNG CỤ THỂ CỦA TỪNG THỦ TỤC HÀNH CHÍNH", en="Part II. CONTENTS OF EACH ADMINISTRATIVE PROCEDURE"
)
_DOTS: Final = "……"
_PARTS: Final = (
    Text(vi="a) Trình tự thực hiện", en="a) Steps"),
    Text(vi="b) Cách thức thực hiện", en="b) Ways to submit"),
    Text(vi="c) Thành phần, số lượng hồ sơ", en="c) Papers and number of sets"),
    Text(vi="d) Thời hạn giải quyết", en="d) Time limit"),
    Text(vi="đ) Đối tượng thực hiện", en="đ) Who may apply"),
    Text(vi="e) Cơ quan giải quyết", en="e) Authorities"),
    Text(vi="g) Kết quả thực hiện", en="g) Results"),
    Text(vi="h) Phí, lệ phí", en="h) Fees and charges"),
    Text(vi="i) Tên mẫu đơn, mẫu tờ khai", en="i) Forms"),
    Text(vi="k) Yêu cầu, điều kiện thực hiện", en="k) Requirements and conditions"),
    Text(vi="l) Căn cứ pháp lý", en="l) Legal bases"),
)
"""The letters of Vietnamese law: without f, j, w and z, and with đ."""


def content(catalogue: Catalogue, *, procedure: str | None = None, field: str | None = None) -> Annex:
    """Return what the annex of a publishing decision says of one procedure, of a whole field, or of the catalogue.

    Part I lists the procedures, by field and name in the order of the Vietnamese alphabet; part II says of each what the
    catalogue holds, in the order of Decree 63/2010/NĐ-CP, art. 8(2). Where the catalogue is silent, the annex says that
    there is no information; "Không quy định" stands only where the catalogue says so. Facts are followed by the
    numbers of the bases on which they rest. Of several editions of a procedure the last one is taken; for another day
    give ``catalogue.on(day)``.

    >>> from onestop_core import catalogue
    >>> annex = content(catalogue.shipped(), field="Hộ tịch")
    >>> annex.title[-1].vi
    'LĨNH VỰC HỘ TỊCH'
    >>> [block.text.vi for block in annex.blocks if isinstance(block, Heading) and block.level == 5][:2]
    ['a) Trình tự thực hiện', 'b) Cách thức thực hiện']

    Args:
        catalogue: The catalogue.
        procedure: The code of the one procedure.
        field: Name or code of the field; case and diacritics may be left out.

    Raises:
        InvalidValueError: both a procedure and a field are named.
        UnknownCodeError: the catalogue has no such procedure or field.
    """
    expect(catalogue, Catalogue, "catalogue")
    chosen = _chosen(catalogue, procedure, field)
    fields = {each.field.name.vi: each.field.name for each in chosen}
    title = [_TITLE]
    if len(fields) == 1:
        (name,) = fields.values()
        title.append(Text(vi=f"LĨNH VỰC {name.vi.upper()}", en=f"FIELD: {name.en.upper()}"))
    blocks: list[Block] = [
        Fact(label=Text(vi="Danh mục", en="Catalogue"), values=(catalogue.title,)),
        Heading(level=2, text=_LIST),
        _list(catalogue, chosen),
        Heading(level=2, text=_CONTENTS),
    ]
    names = {each.code: each.name for each in catalogue.values()}
    last = None
    for place, each in enumerate(chosen, start=1):
        if each.field.name.vi != last:
            last = each.field.name.vi
            blocks.append(
                Heading(level=3, text=Text(vi=f"Lĩnh vực: {each.field.name.vi}", en=f"Field: {each.field.name.en}"))
            )
        blocks.append(Heading(level=4, text=Text(vi=f"{place}. {each.name.vi}", en=f"{place}. {each.name.en}")))
        blocks += _procedure(each, catalogue, names)
    return Annex(head=_HEAD, title=tuple(title), issued_with=_issued_with(chosen), blocks=tuple(blocks))


def _chosen(catalogue: Catalogue, procedure: str | None, field: str | None) -> list[Procedure]:
    """Return the procedures of the annex, by field and name."""
    if procedure is not None and field is not None:
        raise InvalidValueError.of("field", field, vi="thủ tục hoặc lĩnh vực", en="a procedure or a field, not both")
    if procedure is not None:
        return [catalogue[procedure]]
    every = sorted(
        catalogue.values(), key=lambda each: (sort_key(each.field.name.vi), sort_key(each.name.vi), each.code)
    )
    if field is None:
        return every
    for form in (str, plain_letters):  # as it is written first: two fields may differ by a mark alone
        found = [each for each in every if form(field) in map(form, _names(each))]
        if found:
            return found
    known = dict.fromkeys(each.field.name.vi for each in every)
    raise UnknownCodeError.among(Text(vi="lĩnh vực", en="field"), field, known)


def _names(procedure: Procedure) -> tuple[str, ...]:
    field = procedure.field
    return (field.name.vi, field.name.en, *(() if field.code is None else (field.code,)))


def _issued_with(chosen: list[Procedure]) -> Text:
    """Return to which decision the annex belongs: that of all its procedures, or one that is still to be filled in."""
    decisions = {each.decision for each in chosen}
    decision = decisions.pop() if len(decisions) == 1 else None
    number = day = same(_DOTS)
    issuer = same(_DOTS)
    if decision is not None:
        number = same(decision.number)
        day = day if decision.issued_on is None else day_text(decision.issued_on)
        issuer = issuer if decision.issuer is None else decision.issuer
    return Text(
        vi=f"(Ban hành kèm theo Quyết định số {number.vi} ngày {day.vi} của {issuer.vi})",
        en=f"(Issued with Decision no. {number.en} of {day.en} by {issuer.en})",
    )


def _list(catalogue: Catalogue, chosen: list[Procedure]) -> Table:
    rows: list[tuple[tuple[Text, ...], ...]] = []
    for place, each in enumerate(chosen, start=1):
        first = [] if each.authority is None else [each.authority.name]
        bodies = [*first, *(other.name for other in each.other_authorities)]
        known = [name for name in dict.fromkeys(each.legal_bases) if name in catalogue.bases]
        grounds = [] if each.decision is None else [_decision(each)]
        grounds += _together(catalogue.bases[name] for name in known)
        rows.append(
            (
                (same(str(place)),),
                (same(each.code),),
                (each.name,),
                (each.field.name,),
                tuple(bodies) or (NOTHING_KNOWN,),
                tuple(grounds) or (NOTHING_KNOWN,),
            )
        )
    return Table(
        caption=Text(vi="Danh mục thủ tục hành chính", en="List of administrative procedures"),
        heads=(
            Text(vi="STT", en="No."),
            Text(vi="Mã thủ tục", en="Code"),
            Text(vi="Tên thủ tục hành chính", en="Procedure"),
            Text(vi="Lĩnh vực", en="Field"),
            Text(vi="Cơ quan có thẩm quyền", en="Competent authority"),
            Text(vi="Quyết định công bố, căn cứ pháp lý", en="Decision and legal bases"),
        ),
        widths=(8, 13, 22, 13, 15, 29),
        rows=tuple(rows),
    )


def _together(bases: Iterable[Basis]) -> list[Text]:
    """Return legal bases in as few lines as there are marks of firmness: in a list of procedures they have little room."""
    lines: dict[Firmness, list[Text]] = {}
    for basis in bases:
        vi, en = citation(basis.instrument, basis.article)
        lines.setdefault(basis.firmness, []).append(Text(vi=vi, en=en))
    return [
        said if firmness.is_law else labelled(capital(firmness.label).vi, capital(firmness.label).en, said)
        for firmness, said in ((firmness, joined(each)) for firmness, each in lines.items())
    ]


def _decision(procedure: Procedure) -> Text:
    assert procedure.decision is not None
    return labelled("Quyết định công bố", "Published by", about.decided_by(procedure.decision))


def _procedure(procedure: Procedure, catalogue: Catalogue, names: dict[str, Text]) -> Iterator[Block]:
    sources = Sources(catalogue.bases, procedure.legal_bases)
    naming = Naming(procedure, sources)
    yield from about.general(procedure, naming)
    parts = (
        dossiers.steps(procedure, naming),
        offers.channels(procedure, naming),
        dossiers.papers(procedure, naming),
        offers.limits(procedure, naming),
        about.subjects(procedure),
        about.authorities(procedure, naming),
        dossiers.results(procedure, naming),
        offers.fees(procedure, naming),
        dossiers.forms(procedure, naming),
        about.conditions(procedure, naming),
    )
    *most, bases = _PARTS
    for heading, blocks in zip(most, parts, strict=True):
        yield Heading(level=5, text=heading)
        for block in blocks:
            yield without_empty_columns(block) if isinstance(block, Table) else block
    # Others cite too, so they are put into words before the bases are listed, and stand behind them.
    others = tuple(about.others(procedure, naming, names))
    yield Heading(level=5, text=bases)
    own = sources.listed()
    yield from (Paragraph(text=each) for each in own or (NOTHING_KNOWN,))
    if found := sources.others():
        yield Fact(label=Text(vi="Căn cứ, nguồn của từng nội dung", en="What single facts rest on"), values=found)
    if sources.unread():
        yield Paragraph(
            text=Text(
                vi="Căn cứ có ghi độ chắc chắn trong ngoặc dựa trên chứng cứ yếu hơn văn bản đã đọc.",
                en="A basis with a mark in brackets rests on evidence weaker than a text that was read.",
            )
        )
    if others:
        yield Heading(level=5, text=Text(vi="Thông tin khác", en="Besides"))
        yield from others
