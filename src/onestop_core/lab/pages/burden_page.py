"""The page of a burden: what a catalogue costs, the dearest first; what two periods differ in; why dossiers were slow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.lab.burdens import Burden, Cause, Size, Slowness
from onestop_core.lab.burdens.rates import whole_money
from onestop_core.lab.pages.sheet import Sheet
from onestop_core.model import FrozenMap
from onestop_core.text import Text, long_date, number, period_text, signed
from onestop_core.text.pages import Part, element

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from xml.etree.ElementTree import Element

    from onestop_core.lab.burdens import PeriodsCompared, ProcedureBurden
    from onestop_core.text import Language

__all__ = ["burden_page"]

_BARS: Final = 20
_LONGEST: Final = 110
_WORDS: Final = {
    "title": Text(vi="Gánh nặng của danh mục thủ tục", en="What a catalogue costs"),
    "yearly": Text(vi="Người nộp, một năm", en="Applicants, a year"),
    "agency": Text(vi="Cơ quan, một năm", en="Agencies, a year"),
    "procedures": Text(vi="Thủ tục", en="Procedures"),
    "unknown": Text(vi="Chưa biết chi phí của cơ quan", en="Cost for the agency not known"),
    "procedure": Text(vi="Thủ tục", en="Procedure"),
    "papers": Text(vi="Giấy tờ", en="Papers"),
    "trips": Text(vi="Lần đi lại", en="Trips"),
    "each": Text(vi="Một hồ sơ (đồng)", en="One dossier (VND)"),
    "applications": Text(vi="Hồ sơ một năm", en="Dossiers a year"),
    "year": Text(vi="Một năm (đồng)", en="A year (VND)"),
    "hours": Text(vi="Giờ làm việc của cơ quan", en="Working hours of the agency"),
    "unknown_agency": Text(
        vi="Dấu –: danh mục chưa công bố đủ định mức các bước, nên chi phí của cơ quan là chưa biết, không phải bằng 0.",
        en="A –: the catalogue does not publish the budgets of all steps, so the cost for the agency is not known, and not nothing.",
    ),
    "no_fees": Text(
        vi="Danh mục không nêu số tiền phí, lệ phí, chi phí chưa gồm khoản này",
        en="Fees of which the catalogue names no amount, so that the cost is without them",
    ),
    "editions": Text(vi="Theo từng phiên bản", en="Edition by edition"),
    "in_force": Text(vi="Hiệu lực", en="In force"),
    "difference": Text(vi="So với phiên bản trước (đồng)", en="Against the edition before (VND)"),
    "steps": Text(vi="Từng bước, một hồ sơ", en="Step by step, one dossier"),
    "rates": Text(vi="Định mức đã dùng", en="Rates used"),
    "rate": Text(vi="Việc", en="What"),
    "value": Text(vi="Định mức", en="Rate"),
    "source": Text(vi="Nguồn", en="From"),
    "size": Text(vi="Quy mô thủ tục", en="Size of the procedure"),
    "several": Text(
        vi="Một hồ sơ có nhiều nguyên nhân thì được tính ở từng nguyên nhân. Quy mô theo thời hạn là cách chia của thư viện.",
        en="A dossier with several causes stands at each. The sizes, by the time limit, are a choice of ours.",
    ),
    "dearest": Text(vi="Thủ tục tốn kém nhất, nghìn đồng một năm", en="Dearest procedures, thousand VND a year"),
    "aims": Text(vi="Ba giảm, ba tăng", en="Three reductions, three increases"),
    "slow": Text(vi="Vì sao hồ sơ chậm", en="Why dossiers were slow"),
    "edition": Text(vi="Quy định", en="Rules"),
    "cause": Text(vi="Nguyên nhân", en="Cause"),
    "count": Text(vi="Hồ sơ", en="Dossiers"),
    "over": Text(vi="Ngày làm việc quá thời hạn", en="Working days beyond the limit"),
    "note": Text(
        vi="Công sức của người nộp và chi phí của cơ quan tính theo các định mức dưới đây: chỗ ghi “phỏng đoán” là của thư viện, không phải số đo được. "
        "Phí, lệ phí lấy mức thấp nhất; thủ tục có nhiều phiên bản thì phiên bản cuối được tính vào tổng.",
        en="Effort of applicants and cost of agencies are counted at the rates below: where it says “a guess”, the library's, not measured. "
        "Of fees the lowest; of a procedure with several editions the last is in the sums.",
    ),
}


_NO_DOSSIERS: Final[Mapping[str, Sequence[str]]] = FrozenMap({})


def burden_page(
    found: Burden,
    *,
    comparison: PeriodsCompared | None = None,
    slowness: Slowness | None = None,
    dossiers: Mapping[str, Sequence[str]] = _NO_DOSSIERS,
    language: Language = "vi",
) -> str:
    """Return one HTML page for what a catalogue costs, and if given for two periods and for what was slow.

    >>> from onestop_core import catalogue, lab
    >>> page = burden_page(lab.burden(catalogue.shipped()), language="en")
    >>> "What a catalogue costs" in page, "<script" in page
    (True, False)

    Args:
        found: What a catalogue costs.
        comparison: Two periods.
        slowness: Why dossiers were slow.
        dossiers: The dossiers of each procedure, by its code: their number opens to them.
        language: Of the page.

    Raises:
        InvalidValueError: something else in place of one of these.
    """
    sheet = Sheet(language)
    day = None if found.on is None else sheet.say(long_date(found.on))
    dearest = sorted(found.current, key=lambda each: -each.cost.yearly)
    no_fees = [each.code for each in found.current if not each.fees_known]
    heads = [_WORDS[name] for name in ("procedure", "papers", "trips", "each", "applications", "year", "hours")]
    body: list[Element] = [
        element("p", " · ".join(part for part in (sheet.say(found.title), day) if part)),
        sheet.figures(
            (
                (_WORDS["yearly"], sheet.say(whole_money(found.yearly))),
                (_WORDS["agency"], sheet.say(found.agency_text)),
                (_WORDS["procedures"], sheet.number(len(found.current))),
            )
        ),
        element("p", sheet.say(_WORDS["note"]), class_="quiet"),
        sheet.table(
            _WORDS["rates"],
            [_WORDS[name] for name in ("rate", "value", "source")],
            ([sheet.say(part) for part in row] for row in found.rates.rows),
            texts=3,
        ),
        sheet.bars(
            _WORDS["dearest"],
            [
                (f"{each.code} {sheet.say(each.name)}", int(each.cost.yearly // 1000), int(each.cost.yearly // 1000))
                for each in dearest[:_BARS]
            ],
        ),
        element("h2", sheet.say(_WORDS["procedures"])),
        element("p", sheet.say(_WORDS["unknown_agency"]), class_="quiet"),
        sheet.table(_WORDS["steps"], heads, (_row(sheet, each, dossiers.get(each.code, ())) for each in dearest)),
    ]
    for name, codes in (("unknown", found.without_budgets), ("no_fees", no_fees)):
        if codes:
            body.append(sheet.opened(f"{sheet.say(_WORDS[name])}: {sheet.number(len(codes))}", codes))
    if found.revised:
        body.extend(_editions(sheet, found))
    if comparison is not None:
        body.append(element("h2", sheet.say(_WORDS["aims"])))
        body.append(
            element(
                "ul", *(element("li", line.strip().removeprefix("- ")) for line in comparison.lines(language=language))
            )
        )
    if slowness is not None:
        body.extend(_slow(sheet, slowness))
    return sheet.page(_WORDS["title"], *body)


def _row(sheet: Sheet, row: ProcedureBurden, dossiers: Sequence[str]) -> tuple[Part, ...]:
    """Return the row of a procedure: its name opens to its steps, the number of its dossiers to them."""
    name = f"{row.code} {sheet.say(row.name)}"
    short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
    whole = [] if short == name else [element("li", name)]
    steps = element("ul", *whole, *(element("li", sheet.say(text)) for text in row.texts), class_="quiet")
    many = sheet.say(number(row.cost.applications))
    return (
        element("details", element("summary", short), steps),
        sheet.number(row.papers),
        sheet.number(row.trips),
        sheet.say(number(row.cost.each, places=0)),
        sheet.opened(many, dossiers) if dossiers else many,
        sheet.say(number(row.cost.yearly, places=0)),
        _hours(sheet, row),
    )


def _hours(sheet: Sheet, row: ProcedureBurden) -> str:
    return "–" if row.agency_hours is None else sheet.say(number(row.agency_hours, places=1))


def _editions(sheet: Sheet, found: Burden) -> list[Element]:
    rows: list[tuple[Part, ...]] = []
    for editions in found.revised:
        before: ProcedureBurden | None = None
        for row in editions:
            less = None if before is None else row.cost.each - before.cost.each
            rows.append(
                (
                    f"{row.code} {sheet.say(row.name)}",
                    sheet.say(period_text(row.in_force_from, row.in_force_to)),
                    sheet.number(row.papers),
                    sheet.number(row.trips),
                    sheet.say(number(row.cost.each, places=0)),
                    "" if less is None else sheet.say(signed(less, places=0)),
                    _hours(sheet, row),
                )
            )
            before = row
    heads = [_WORDS[name] for name in ("procedure", "in_force", "papers", "trips", "each", "difference", "hours")]
    return [
        element("h2", sheet.say(_WORDS["editions"])),
        sheet.table(_WORDS["editions"], heads, rows, texts=2),
    ]


def _slow(sheet: Sheet, found: Slowness) -> list[Element]:
    rows: list[tuple[Part, ...]] = [
        (
            sheet.say(place.title),
            sheet.say(place.size.text),
            sheet.say(place.cause.text),
            sheet.opened(
                sheet.number(len(place.rows)), [f"{row.id} (+{sheet.number(row.over)})" for row in place.rows]
            ),
            sheet.number(place.over),
        )
        for place in found.spots
    ]
    causes = [(sheet.say(cause.text), many, many) for cause in Cause for many in [len(found.of(cause=cause))]]
    sizes = [(sheet.say(size.text), many, many) for size in Size for many in [len(found.of(size=size))]]
    titles = {place.edition: sheet.say(place.title) for place in found.spots}
    editions = [(title, many, many) for edition, title in titles.items() for many in [len(found.of(edition=edition))]]
    heads = [_WORDS[name] for name in ("edition", "size", "cause", "count", "over")]
    return [
        element("h2", f"{sheet.say(_WORDS['slow'])}: {sheet.number(len(found.rows))}/{sheet.number(found.ended)}"),
        element("p", sheet.say(_WORDS["several"]), class_="quiet"),
        sheet.bars(_WORDS["cause"], causes),
        sheet.bars(_WORDS["size"], sizes),
        sheet.bars(_WORDS["edition"], editions),
        sheet.table(_WORDS["slow"], heads, rows, texts=3),
    ]
