"""The page of an audit: by article, unit and role, with what it cost and where it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.lab.pages.findings import MISSING
from onestop_core.lab.pages.sheet import Sheet
from onestop_core.text import Text, moment_text
from onestop_core.text.pages import element

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from onestop_core.lab.auditing import Article, Audit
    from onestop_core.text import Language

__all__ = ["audit_page"]

_EXAMPLES: Final = 20
_BARS: Final = 20
_WORDS: Final = {
    "title": Text(vi="Nhật ký đối chiếu với quy định", en="Logs against the law"),
    "dossiers": Text(vi="Hồ sơ đã xem", en="Dossiers followed"),
    "broken": Text(vi="Hồ sơ có vi phạm", en="With irregularities"),
    "count": Text(vi="Vi phạm", en="Irregularities"),
    "delay": Text(vi="Ngày làm việc bị chậm", en="Working days of delay"),
    "unit": Text(vi="Vi phạm theo đơn vị", en="Irregularities by unit"),
    "role": Text(vi="Vi phạm theo vai trò", en="Irregularities by role"),
    "articles": Text(vi="Theo điều khoản", en="By article"),
    "basis": Text(vi="Căn cứ", en="Basis"),
    "what": Text(vi="Bước hoặc việc", en="Step or duty"),
    "kind": Text(vi="Loại", en="Kind"),
    "examples": Text(vi="Từng trường hợp", en="Case by case"),
    "dossier": Text(vi="Hồ sơ", en="Dossier"),
    "at": Text(vi="Thời điểm", en="When"),
    "who": Text(vi="Đơn vị, vai trò", en="Unit, role"),
    "reason": Text(vi="Lý do", en="Reason"),
    "unread": Text(vi="Không đọc được", en="Could not be read"),
    "place": Text(vi="Vị trí", en="Place"),
    "no_limit": Text(
        vi="Không biết thời hạn: chỉ xét các bước", en="Time limit not known: judged by their steps alone"
    ),
    "incomplete": Text(
        vi="Thiếu bước không đọc được: vi phạm có thể do đó",
        en="Steps could not be read: what was found may come of that",
    ),
    "none": Text(vi="không nêu", en="not named"),
    "clean": Text(vi="Không có vi phạm nào.", en="Nothing was found."),
    "note": Text(
        vi="Ngày chậm: của một bước, thời gian chờ mà bước đó gây ra; của một việc, thời gian làm quá hạn. "
        "Căn cứ có ghi độ chắc chắn trong ngoặc là chứng cứ yếu hơn văn bản đã đọc.",
        en="Delay: of a step, the wait that it began; of a duty, by how much it was late. A basis with a mark in brackets rests on "
        "evidence weaker than a text that was read.",
    ),
}


def audit_page(found: Audit, *, language: Language = "vi") -> str:
    """Return one HTML page for an audit: self-contained, to print, each article with its cases.

    >>> from onestop_core import lab
    >>> page = audit_page(lab.audit(lab.generate(20), law=lab.law(limits="3 working days")), language="en")
    >>> page.startswith("<!DOCTYPE html>"), "<script" in page
    (True, False)

    Raises:
        InvalidValueError: it is no audit.
    """
    sheet = Sheet(language)
    looked = sheet.say(moment_text(found.now))
    body: list[Element] = [
        element("p", " · ".join(part for part in (found.law.name, looked) if part)),
        sheet.figures(
            (_WORDS[name], sheet.number(value))
            for name, value in (
                ("dossiers", len(found.dossiers)),
                ("broken", len(found.broken)),
                ("count", found.count),
                ("delay", found.delay),
            )
        ),
        element("p", sheet.say(_WORDS["note"] if found.count else _WORDS["clean"]), class_="quiet"),
    ]
    if found.articles:
        body.extend(_counts(sheet, found))
        body.append(element("h2", sheet.say(_WORDS["examples"])))
        lost = frozenset(found.incomplete)
        body.extend(_cases(sheet, article, lost) for article in found.articles)
    if found.unread:
        rows = [
            (each.dossier or "–", each.problem.path, sheet.say(each.problem.text)) for each in found.unread[:_EXAMPLES]
        ]
        body.append(
            sheet.table(_WORDS["unread"], [_WORDS[name] for name in ("dossier", "place", "reason")], rows, texts=3)
        )
    if found.incomplete:
        many = sheet.number(len(found.incomplete))
        body.append(sheet.opened(f"{sheet.say(_WORDS['incomplete'])}: {many}", found.incomplete))
    if found.not_counted:
        many = sheet.number(len(found.not_counted))
        body.append(sheet.opened(f"{sheet.say(_WORDS['no_limit'])}: {many}", found.not_counted))
    return sheet.page(_WORDS["title"], *body)


def _counts(sheet: Sheet, found: Audit) -> list[Element]:
    none = sheet.say(_WORDS["none"])
    body = [
        sheet.bars(
            _WORDS[name], [(sheet.role(key) or none, count, count) for key, count in list(counts.items())[:_BARS]]
        )
        for name, counts in (("unit", found.by_unit), ("role", found.by_role))
    ]
    rows = [
        (
            sheet.say(article.basis),
            sheet.say(article.name),
            sheet.say(article.kind.text),
            sheet.number(article.count),
            sheet.number(len(article.dossiers)),
            sheet.number(article.delay),
        )
        for article in found.articles
    ]
    heads = [_WORDS[name] for name in ("basis", "what", "kind", "count", "dossier", "delay")]
    return [*body, sheet.table(_WORDS["articles"], heads, rows, texts=3)]


def _cases(sheet: Sheet, article: Article, lost: frozenset[str]) -> Element:
    rows = [
        (
            entry.dossier,
            sheet.say(moment_text(entry.at)),
            " · ".join(part for part in (entry.unit, sheet.role(entry.role)) if part) or sheet.say(_WORDS["none"]),
            sheet.say(entry.reason) + (f" ({sheet.say(MISSING)})" if entry.dossier in lost else ""),
            sheet.number(entry.delay),
        )
        for entry in article.entries[:_EXAMPLES]
    ]
    said = f"{sheet.say(article.basis)}: {sheet.say(article.name)}: {sheet.number(article.count)}"
    heads = [_WORDS[name] for name in ("dossier", "at", "who", "reason", "delay")]
    table = sheet.table(article.name, heads, rows, texts=4)
    return element("details", element("summary", said), table, class_="cases")
