"""The page of a burden: what a catalogue costs, the dearest first; what two periods differ in; why dossiers were slow."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.lab.burdens import Burden, Cause, Slowness
from onestop_core.lab.pages.sheet import Sheet
from onestop_core.text import Text, long_date, money, number
from onestop_core.text.pages import element

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from onestop_core.lab.burdens import PeriodsCompared
    from onestop_core.text import Language

__all__ = ["burden_page"]

_BARS: Final = 20
_WORDS: Final = {
    "title": Text(vi="Gánh nặng của danh mục thủ tục", en="What a catalogue costs"),
    "yearly": Text(vi="Người nộp, một năm", en="Applicants, a year"),
    "agency": Text(vi="Cơ quan, một năm", en="Agencies, a year"),
    "procedures": Text(vi="Thủ tục", en="Procedures"),
    "unknown": Text(vi="Chưa biết chi phí của cơ quan", en="Cost for the agency not known"),
    "not_known": Text(vi="chưa biết", en="not known"),
    "procedure": Text(vi="Thủ tục", en="Procedure"),
    "papers": Text(vi="Giấy tờ", en="Papers"),
    "trips": Text(vi="Lần đi lại", en="Trips"),
    "each": Text(vi="Một hồ sơ (đồng)", en="One dossier (VND)"),
    "applications": Text(vi="Hồ sơ một năm", en="Dossiers a year"),
    "year": Text(vi="Một năm (đồng)", en="A year (VND)"),
    "hours": Text(vi="Giờ làm việc của cơ quan", en="Working hours of the agency"),
    "dearest": Text(vi="Thủ tục tốn kém nhất, nghìn đồng một năm", en="Dearest procedures, thousand VND a year"),
    "aims": Text(vi="Ba giảm, ba tăng", en="Three reductions, three increases"),
    "slow": Text(vi="Vì sao hồ sơ chậm", en="Why dossiers were slow"),
    "edition": Text(vi="Quy định", en="Rules"),
    "cause": Text(vi="Nguyên nhân", en="Cause"),
    "count": Text(vi="Hồ sơ", en="Dossiers"),
    "over": Text(vi="Ngày làm việc quá thời hạn", en="Working days beyond the limit"),
    "note": Text(
        vi="Công sức của người nộp và chi phí của cơ quan tính theo các mức do người tính chọn, không phải số liệu đo được; phí lấy mức thấp nhất.",
        en="Effort of applicants and cost of agencies are counted at rates that the one who counts chose, not measured; of fees the lowest.",
    ),
}


def burden_page(
    found: Burden,
    *,
    comparison: PeriodsCompared | None = None,
    slowness: Slowness | None = None,
    language: Language = "vi",
) -> str:
    """Return one HTML page for what a catalogue costs, and if given for two periods and for what was slow.

    >>> from onestop_core import catalogue, lab
    >>> page = burden_page(lab.burden(catalogue.shipped()), language="en")
    >>> "What a catalogue costs" in page, "<script" in page
    (True, False)

    Raises:
        InvalidValueError: something else in place of one of these.
    """
    sheet = Sheet(language)
    day = None if found.on is None else sheet.say(long_date(found.on))
    known = len(found.without_budgets) < len(found.procedures)
    dearest = sorted(found.procedures, key=lambda each: -each.cost.yearly)
    body: list[Element] = [
        element("p", " · ".join(part for part in (sheet.say(found.title), day) if part)),
        sheet.figures(
            (
                (_WORDS["yearly"], sheet.say(money(found.yearly))),
                (_WORDS["agency"], sheet.say(money(found.agency) if known else _WORDS["not_known"])),
                (_WORDS["procedures"], sheet.number(len(found.procedures))),
            )
        ),
        element("p", sheet.say(_WORDS["note"]), class_="quiet"),
        sheet.bars(
            _WORDS["dearest"],
            [
                (f"{each.code} {sheet.say(each.name)}", int(each.cost.yearly // 1000), int(each.cost.yearly // 1000))
                for each in dearest[:_BARS]
            ],
        ),
        sheet.table(
            _WORDS["procedures"],
            [_WORDS[name] for name in ("procedure", "papers", "trips", "each", "applications", "year", "hours")],
            (
                (
                    f"{each.code} {sheet.say(each.name)}",
                    sheet.number(each.papers),
                    sheet.number(each.trips),
                    sheet.say(number(each.cost.each, places=0)),
                    sheet.say(number(each.cost.applications)),
                    sheet.say(number(each.cost.yearly, places=0)),
                    "–" if each.agency_hours is None else sheet.say(number(each.agency_hours, places=1)),
                )
                for each in dearest
            ),
        ),
    ]
    if found.without_budgets:
        many = sheet.number(len(found.without_budgets))
        body.append(sheet.opened(f"{sheet.say(_WORDS['unknown'])}: {many}", found.without_budgets))
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


def _slow(sheet: Sheet, found: Slowness) -> list[Element]:
    editions = sorted({row.edition for row in found.rows})
    groups = [(edition, cause, found.of(edition=edition, cause=cause)) for edition in editions for cause in Cause]
    rows = [
        (edition, sheet.say(cause.text), sheet.number(len(slow)), sheet.number(sum(row.over for row in slow)))
        for edition, cause, slow in groups
        if slow
    ]
    counts = [(sheet.say(cause.text), many, many) for cause in Cause for many in [len(found.of(cause=cause))]]
    heads = [_WORDS[name] for name in ("edition", "cause", "count", "over")]
    return [
        element("h2", f"{sheet.say(_WORDS['slow'])}: {sheet.number(len(found.rows))}/{sheet.number(found.ended)}"),
        sheet.bars(_WORDS["cause"], counts),
        sheet.table(_WORDS["slow"], heads, rows, texts=2),
    ]
