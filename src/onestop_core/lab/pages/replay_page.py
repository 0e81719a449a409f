"""The page of a replay: who was moved, what is newly late or forbidden, the scores, and what nobody can know."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from onestop_core.kpi.service_index.rendering import earned
from onestop_core.lab.pages.sheet import Sheet
from onestop_core.text import Text, long_date, moment_text, sort_key
from onestop_core.text.pages import element

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from onestop_core.kpi import Scorecard
    from onestop_core.lab.replaying import By, Replay, RuleChange
    from onestop_core.text import Language

__all__ = ["replay_page"]

_TITLE: Final = Text(vi="Hồ sơ dưới hai quy định", en="Dossiers under two laws")
_GROUPS: Final[tuple[tuple[By, Text], ...]] = (
    ("unit", Text(vi="Đơn vị", en="Unit")),
    ("field", Text(vi="Lĩnh vực", en="Field")),
    ("procedure", Text(vi="Thủ tục", en="Procedure")),
    ("month", Text(vi="Tháng tiếp nhận", en="Month of receipt")),
)
_COLUMNS: Final = ("dossiers", "moved", "newly_late", "newly_in_time", "newly_forbidden", "open")
_AT_A_GLANCE: Final = ("dossiers", "moved", "newly_late", "newly_in_time", "open")
_IN_TIME: Final = "2.1"
"""The metric of being in time, in the index of the portal."""
_MOVED: Final = 100
_BARS: Final = 20
_MANY: Final = frozenset({"field", "procedure"})
"""What has many values, of which those are drawn of which most is moved."""
_WORDS: Final = {
    "why": Text(vi="Vì sao", en="Why"),
    "from": Text(vi="Hạn trước", en="Was due"),
    "to": Text(vi="Hạn sau", en="Is due"),
    "id": Text(vi="Mã hồ sơ", en="Dossier"),
    "days": Text(vi="Những ngày khác nhau giữa hai lịch", en="Days on which the calendars differ"),
    "moved": Text(vi="Hồ sơ có hạn thay đổi", en="Dossiers moved"),
    "figures": Text(vi="Số liệu, mở ra để xem hồ sơ", en="Figures, which open to their dossiers"),
    "figure": Text(vi="Số liệu", en="Figure"),
    "count": Text(vi="Số hồ sơ", en="Dossiers"),
    "forbidden": Text(vi="Bước mới bị cấm", en="Steps newly forbidden"),
    "allowed": Text(vi="Bước mới được phép", en="Steps newly allowed"),
    "step": Text(vi="Bước", en="Step"),
    "basis": Text(vi="Căn cứ", en="Basis"),
    "scores": Text(vi="Điểm trước và sau", en="Scores before and after"),
    "metric": Text(vi="Bảng điểm", en="Scorecard"),
    "in_time": Text(vi="Điểm 2.1, đúng hạn", en="Points of 2.1, in time"),
    "total": Text(vi="Tổng điểm", en="Total"),
    "before": Text(vi="trước", en="before"),
    "same": Text(vi="sau, nếu mọi việc diễn ra vào đúng các thời điểm đó", en="after, had everybody acted at the same moments"),
    "kept": Text(vi="sau, nếu hạn mới được giữ như hạn cũ", en="after, had the new moment been kept as the old one was"),
    "open": Text(vi="Điều không trả lời được", en="What cannot be answered"),
    "late_where": Text(vi="Mới thành quá hạn theo đơn vị và tháng tiếp nhận, nếu mọi việc diễn ra vào đúng các thời điểm đó", en="Newly late by unit and month of receipt, had everybody acted at the same moments"),
    "several": Text(vi="nhiều phần cùng lúc", en="several parts together"),
}  # fmt: skip
_NOTE: Final = Text(
    vi="Hạn là hạn theo cách tính của luật, không phải ngày đã hẹn. Người trong nhật ký đã hành động theo quy định của ngày đó; "
    "nơi họ sẽ phải làm khác thì không đoán, mà ghi khoảng từ thấp nhất đến cao nhất.",
    en="Due moments are those that the law counts, not those that were promised. The people in the logs acted under the law of "
    "their day; where they would have acted otherwise nothing is guessed, and a figure lies between a lowest and a highest.",
)


def replay_page(found: Replay, *, language: Language = "vi") -> str:
    """Return one HTML page for a replay: self-contained, to print, with a picture for each grouping.

    >>> from onestop_core import lab
    >>> ours = lab.law(name="A", limits="5 working days")
    >>> page = replay_page(lab.replay(lab.generate(20), under=ours.but(limits="3 working days", name="B"), against=ours))
    >>> page.startswith("<!DOCTYPE html>"), "<script" in page
    (True, False)

    Raises:
        InvalidValueError: it is no replay.
    """
    sheet = Sheet(language)
    figures = {figure.name: figure for figure in found.figures}
    looked = moment_text(found.now)
    body: list[Element] = [
        element("p", f"{found.against.name} → {found.under.name} · {sheet.say(looked)}"),
        sheet.figures((figures[name].text, sheet.say(figures[name].said)) for name in _AT_A_GLANCE),
        element("p", sheet.say(_NOTE), class_="quiet"),
    ]
    body.extend(_groups(sheet, found))
    body.append(
        sheet.table(
            _WORDS["figures"],
            (_WORDS["figure"], _WORDS["count"], _WORDS["id"]),
            (
                (
                    sheet.say(figure.text),
                    sheet.say(figure.said),
                    sheet.opened("…", figure.dossiers) if figure.dossiers and figure.name != "dossiers" else None,
                )
                for figure in found.figures
            ),
            texts=3,
        )
    )
    body.extend(_moved(sheet, found))
    for name, changes in (("forbidden", found.forbidden), ("allowed", found.allowed)):
        if changes:
            body.append(_changes(sheet, _WORDS[name], changes))
    body.append(_scores(sheet, found))
    if found.open:
        body.append(element("h2", sheet.say(_WORDS["open"])))
        body.extend(sheet.opened(f"{sheet.say(why.text)}: {sheet.number(len(ids))}", ids) for why, ids in found.open)
    return sheet.page(_TITLE, *body)


def _groups(sheet: Sheet, found: Replay) -> list[Element]:
    body: list[Element] = []
    moved = {figure.name: figure for figure in found.figures}["moved"]
    for by, name in _GROUPS:
        groups = found.figures_by(by)
        if len(groups) < 2:
            continue
        rows = [(_key(sheet, by, key), {each.name: each for each in figures}) for key, figures in groups.items()]
        body.append(element("h2", f"{sheet.say(name)}"))
        if moved.highest:
            bars = [(key, figures["moved"].count, figures["moved"].highest) for key, figures in rows]
            drawn = sorted((bar for bar in bars if bar[2]), key=lambda bar: -bar[2])[:_BARS] if by in _MANY else bars
            title = Text(vi=f"{moved.text.vi} theo {name.vi.lower()}", en=f"{moved.text.en} by {name.en.lower()}")
            body.append(sheet.bars(title, drawn))
        heads = [name, *(figure.text for figure in found.figures if figure.name in _COLUMNS)]
        cells = [
            (key, *(sheet.say(figures[column].said) for column in _COLUMNS))
            for key, figures in rows
            if by not in _MANY or any(figures[column].highest for column in _COLUMNS[1:])
        ]
        body.append(sheet.table(name, heads, cells))
    late = _late_by_unit_and_month(sheet, found)
    return body if late is None else [*body, late]


def _key(sheet: Sheet, by: By, key: str | None) -> str:
    if key is None:
        return "–"
    if by == "procedure":
        return sheet.procedure(key)
    return sheet.month(key) if by == "month" else key


def _late_by_unit_and_month(sheet: Sheet, found: Replay) -> Element | None:
    """Return where and when dossiers become late; None where none does, or all of one unit or month."""
    counts = Counter((row.unit, row.month) for row in found.rows if row.newly_late and row.unit and row.month)
    months = sorted({month for _, month in counts if month})
    units = sorted({unit for unit, _ in counts if unit}, key=sort_key)
    if len(units) < 2 or len(months) < 2:
        return None
    cells = ([unit, *(sheet.number(counts[unit, month]) for month in months)] for unit in units)
    heads = [_GROUPS[0][1], *(Text(vi=sheet.month(month), en=month) for month in months)]
    return sheet.table(_WORDS["late_where"], heads, cells)


def _moved(sheet: Sheet, found: Replay) -> list[Element]:
    rows = [row for row in found.rows if row.moved and row.before.due is not None and row.after.due is not None]
    if not rows:
        return []
    days = sorted({day for row in rows for day in row.days})
    body = [element("h2", sheet.say(_WORDS["moved"]))]
    if days:
        said = "; ".join(sheet.say(long_date(day)) for day in days)
        body.append(element("p", f"{sheet.say(_WORDS['days'])}: {said}"))
    cells = [
        (
            row.id,
            sheet.say(moment_text(row.before.due)) if row.before.due else "",
            sheet.say(moment_text(row.after.due)) if row.after.due else "",
            ", ".join(sheet.say(part.text) for part in row.why) or sheet.say(_WORDS["several"]),
        )
        for row in rows[:_MOVED]
    ]
    body.append(sheet.table(_WORDS["moved"], [_WORDS[name] for name in ("id", "from", "to", "why")], cells, texts=4))
    if len(rows) > _MOVED:
        body.append(sheet.opened("…", [row.id for row in rows[_MOVED:]]))
    return body


def _changes(sheet: Sheet, title: Text, changes: tuple[RuleChange, ...]) -> Element:
    rows = (
        (
            f"{sheet.say(change.name)}: {sheet.say(change.reason)}",
            sheet.say(change.basis),
            sheet.opened(sheet.number(len(change.dossiers)), change.dossiers),
        )
        for change in changes
    )
    return sheet.table(title, (_WORDS["step"], _WORDS["basis"], _WORDS["count"]), rows, texts=3)


def _scores(sheet: Sheet, found: Replay) -> Element:
    scores = found.scores
    rows = [
        (
            f"{sheet.say(_WORDS[name])} ({sheet.say(law.index.name)})",
            _in_time(sheet, card),
            sheet.say(earned(card.total, card.total_bounds)),
        )
        for name, card, law in (
            ("before", scores.before, found.against),
            ("same", scores.same_moments, found.under),
            ("kept", scores.as_kept, found.under),
        )
    ]
    return sheet.table(_WORDS["scores"], (_WORDS["metric"], _WORDS["in_time"], _WORDS["total"]), rows)


def _in_time(sheet: Sheet, card: Scorecard) -> str:
    scored = [each for each in card.results if each.metric.id == _IN_TIME]
    return ", ".join(sheet.say(earned(each.score, each.score_bounds)) for each in scored) or "–"
