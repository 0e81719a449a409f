"""The page of a replay: who was moved, what is newly late or forbidden, the scores, and what nobody can know."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from onestop_core.deadlines.terms.values import by_when
from onestop_core.errors import InvalidValueError
from onestop_core.kpi.service_index.rendering import between, earned
from onestop_core.lab.pages.sheet import Sheet
from onestop_core.lab.replaying import Behaviour
from onestop_core.text import Text, long_date, moment_text, number, sort_key
from onestop_core.text.pages import element

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from onestop_core.kpi import Scorecard
    from onestop_core.lab.replaying import By, Compared, Figure, Replay, RuleChange, Scores
    from onestop_core.text import Language

__all__ = ["replay_page"]

_TITLE: Final = Text(vi="Hồ sơ dưới hai quy định", en="Dossiers under two laws")
_GROUPS: Final[tuple[tuple[By, Text], ...]] = (
    ("unit", Text(vi="Đơn vị", en="Unit")),
    ("field", Text(vi="Lĩnh vực", en="Field")),
    ("procedure", Text(vi="Thủ tục", en="Procedure")),
    ("month", Text(vi="Tháng tiếp nhận", en="Month of receipt")),
)
_COLUMNS: Final = ("dossiers", "moved", "at_stake", "newly_late", "newly_in_time", "newly_forbidden", "open")
_AT_A_GLANCE: Final = ("dossiers", "moved", "at_stake", "newly_late", "newly_in_time", "open")
_IN_TIME: Final = "2.1"
"""The metric of being in time, in the index of the portal."""
_ROWS: Final = 25
"""Most rows of a table of dossiers or of many groups, unless all are asked for: what fits on a page of paper."""
_BARS: Final = 20
_MANY: Final = frozenset({"field", "procedure"})
"""What has many values, of which those are drawn of which most is moved."""
_WORDS: Final = {
    "why": Text(vi="Vì sao", en="Why"),
    "from": Text(vi="Hạn trước", en="Was due"),
    "to": Text(vi="Hạn sau", en="Is due"),
    "id": Text(vi="Mã hồ sơ", en="Dossier"),
    "days": Text(vi="Những ngày khác nhau giữa hai lịch", en="Days on which the calendars differ"),
    "unit": Text(vi="Đơn vị", en="Unit"),
    "moved": Text(vi="Hồ sơ có hạn thay đổi", en="Dossiers moved"),
    "late": Text(vi="Hồ sơ mới thành quá hạn", en="Dossiers newly late"),
    "in_time": Text(vi="Hồ sơ mới thành đúng hạn", en="Dossiers newly in time"),
    "at_stake": Text(
        vi="Hồ sơ đang giải quyết, chưa rõ trễ hay đúng hạn", en="Dossiers still being handled, late or in time is not settled"
    ),
    "others": Text(vi="Hồ sơ khác có hạn thay đổi", en="Other dossiers moved"),
    "figures": Text(vi="Số liệu, mở ra để xem hồ sơ", en="Figures, which open to their dossiers"),
    "figure": Text(vi="Số liệu", en="Figure"),
    "count": Text(vi="Số hồ sơ", en="Dossiers"),
    "forbidden": Text(vi="Bước mới bị cấm", en="Steps newly forbidden"),
    "allowed": Text(vi="Bước mới được phép", en="Steps newly allowed"),
    "step": Text(vi="Bước", en="Step"),
    "basis": Text(vi="Căn cứ", en="Basis"),
    "scores": Text(vi="Điểm trước và sau", en="Scores before and after"),
    "metric": Text(vi="Bảng điểm", en="Scorecard"),
    "points": Text(vi="Điểm 2.1, đúng hạn", en="Points of 2.1, in time"),
    "total": Text(vi="Tổng điểm", en="Total"),
    "before": Text(vi="trước", en="before"),
    "after": Text(vi="sau, từ thấp nhất đến cao nhất", en="after, from the lowest to the highest"),
    "each": Text(vi="sau", en="after"),
    "open": Text(vi="Điều không trả lời được", en="What cannot be answered"),
    "late_where": Text(vi="Mới thành quá hạn theo đơn vị và tháng tiếp nhận, nếu mọi việc diễn ra vào đúng các thời điểm đó", en="Newly late by unit and month of receipt, had everybody acted at the same moments"),
    "several": Text(vi="nhiều phần cùng lúc", en="several parts together"),
    "whole": Text(
        vi="Toàn bộ có trong bản JSON, và trong trang có mọi dòng.", en="All are in the JSON, and on the page with every row.",
    ),
}  # fmt: skip
_NOTE: Final = Text(
    vi="Hạn là hạn theo cách tính của luật, không phải ngày đã hẹn. Người trong nhật ký đã hành động theo quy định của ngày đó; "
    "nơi họ sẽ phải làm khác thì không đoán, mà ghi khoảng từ thấp nhất đến cao nhất.",
    en="Due moments are those that the law counts, not those that were promised. The people in the logs acted under the law of "
    "their day; where they would have acted otherwise nothing is guessed, and a figure lies between a lowest and a highest.",
)


def replay_page(found: Replay, *, language: Language = "vi", most: int | None = _ROWS) -> str:
    """Return one HTML page for a replay: self-contained, to print, with a picture for each grouping.

    First the answer with its figures and scores, then by groups, then the dossiers that matter: newly late, newly in time, not
    settled, moved; and the steps newly forbidden and allowed.

    >>> from onestop_core import lab
    >>> ours = lab.law(name="A", limits="5 working days")
    >>> page = replay_page(lab.replay(lab.generate(20), under=ours.but(limits="3 working days", name="B"), against=ours))
    >>> page.startswith("<!DOCTYPE html>"), "<script" in page
    (True, False)

    Args:
        found: The replay.
        language: Of the page.
        most: How many rows a table of dossiers, fields or procedures has at most; what it leaves out is counted below it. None
            gives all.

    Raises:
        InvalidValueError: it is no replay, or *most* no whole number.
    """
    if most is not None and (isinstance(most, bool) or most < 0):
        raise InvalidValueError.of("most", most, vi="số nguyên không âm, hoặc None", en="a whole number, or None")
    sheet = Sheet(language)
    figures = {figure.name: figure for figure in found.figures}
    looked = moment_text(found.now)
    body: list[Element] = [
        element("p", f"{found.against.name} → {found.under.name} · {sheet.say(looked)}"),
        sheet.figures((figures[name].text, sheet.say(figures[name].said)) for name in _AT_A_GLANCE),
        element("p", sheet.say(_NOTE), class_="quiet"),
        _scores(sheet, found),
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
        ),
    ]
    if found.open:
        body.append(element("h2", sheet.say(_WORDS["open"])))
        body.extend(sheet.opened(f"{sheet.say(why.text)}: {sheet.number(len(ids))}", ids) for why, ids in found.open)
    body.extend(_groups(sheet, found, most))
    for name, changes in (("forbidden", found.forbidden), ("allowed", found.allowed)):
        if changes:
            body.append(_changes(sheet, _WORDS[name], changes))
    body.extend(_moved(sheet, found, most))
    return sheet.page(_TITLE, *body)


def _groups(sheet: Sheet, found: Replay, most: int | None) -> list[Element]:
    body: list[Element] = []
    moved = {figure.name: figure for figure in found.figures}["moved"]
    for by, name in _GROUPS:
        groups = found.figures_by(by)
        if len(groups) < 2:
            continue
        scores = found.scores_by[by]
        rows = [
            (_key(sheet, by, key), {each.name: each for each in figures}, _turned(sheet, scores[key or ""]))
            for key, figures in groups.items()
        ]
        body.append(element("h2", f"{sheet.say(name)}"))
        if moved.highest:
            bars = [(key, figures["moved"].count, figures["moved"].highest) for key, figures, _ in rows]
            drawn = sorted((bar for bar in bars if bar[2]), key=lambda bar: -bar[2])[:_BARS] if by in _MANY else bars
            title = Text(vi=f"{moved.text.vi} theo {name.vi.lower()}", en=f"{moved.text.en} by {name.en.lower()}")
            body.append(sheet.bars(title, drawn))
        columns = [column for column in _COLUMNS if any(_speaks(figures[column]) for _, figures, _ in rows)]
        heads = [name, *(rows[0][1][column].text for column in columns), _WORDS["points"]]
        if by in _MANY:
            rows = [row for row in rows if any(row[1][column].highest for column in _COLUMNS[1:])]
            rows.sort(key=lambda row: -row[1]["moved"].highest)
        cells = [
            (key, *(_short(sheet, figures[column]) for column in columns), turned)
            for key, figures, turned in (rows[:most] if by in _MANY else rows)
        ]
        body.append(sheet.table(name, heads, cells))
        if by in _MANY:
            body.extend(_left_out(sheet, len(rows), most))
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


def _left_out(sheet: Sheet, many: int, most: int | None) -> list[Element]:
    """Return how many rows a table left out, and where the whole is."""
    if most is None or many <= most:
        return []
    more = number(many - most)
    said = Text(vi=f"và {more.vi} dòng khác", en=f"and {more.en} more")
    return [element("p", f"{sheet.say(said)}. {sheet.say(_WORDS['whole'])}", class_="quiet")]


def _moved(sheet: Sheet, found: Replay, most: int | None) -> list[Element]:
    """Return the dossiers that are moved, each in the first table to which it belongs."""
    rows = [row for row in found.rows if row.moved]
    if not rows:
        return []
    body = [element("h2", sheet.say(_WORDS["moved"]))]
    if days := sorted({day for row in rows for day in row.days}):
        said = "; ".join(sheet.say(long_date(day)) for day in days)
        body.append(element("p", f"{sheet.say(_WORDS['days'])}: {said}"))
    tables: dict[str, list[Compared]] = {"late": [], "in_time": [], "at_stake": [], "others": []}
    for row in rows:
        name = (
            "late" if row.newly_late else "in_time" if row.newly_in_time else "at_stake" if row.at_stake else "others"
        )
        tables[name].append(row)
    for name, some in tables.items():
        if some:
            heads = [_WORDS[column] for column in ("id", "unit", "from", "to", "why")]
            body.append(sheet.table(_WORDS[name], heads, [_row(sheet, row) for row in some[:most]], texts=5))
            body.extend(_left_out(sheet, len(some), most))
    return body


def _row(sheet: Sheet, row: Compared) -> tuple[str, ...]:
    dues = [due for due in (row.before.due, row.after.due) if due is not None]
    by_the_day = len({due.date() for due in dues}) == len(dues)
    said = [sheet.say(long_date(due.date()) if by_the_day else by_when(due)) for due in dues]
    why = ", ".join(sheet.say(part.text) for part in row.why) or sheet.say(_WORDS["several"])
    return row.id, row.unit or "–", *said, why


def _speaks(figure: Figure) -> bool:
    """Return whether a column of *figure* tells anything; what is only not known to be settled has a column of its own."""
    return bool(figure.count if figure.name == "at_stake" else figure.highest)


def _short(sheet: Sheet, figure: Figure) -> str:
    """Return a figure as it stands in a narrow column."""
    count, low, high = (sheet.number(each) for each in (figure.count, figure.lowest, figure.highest))
    return count if low == high else f"{count} ({low}–{high})"


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
    named = [(sheet.say(_WORDS["before"]), scores.before, found.against)]
    named += [
        (f"{sheet.say(_WORDS['each'])}, {sheet.say(each.text)}", scores.after(each), found.under) for each in Behaviour
    ]
    other = scores.before.index != scores.same_moments.index
    rows = [
        (
            f"{name} ({sheet.say(law.index.name)})" if other else name,
            _in_time(sheet, card),
            sheet.say(earned(card.total, card.total_bounds)),
        )
        for name, card, law in named
    ]
    bounds = scores.bounds(_IN_TIME) if _IN_TIME in scores.same_moments.metrics else None
    points, total = (sheet.say(between(*map(number, each))) if each else "–" for each in (bounds, scores.total_bounds))
    rows.append((sheet.say(_WORDS["after"]), points, total))
    return sheet.table(_WORDS["scores"], (_WORDS["metric"], _WORDS["points"], _WORDS["total"]), rows)


def _in_time(sheet: Sheet, card: Scorecard) -> str:
    scored = [each for each in card.results if each.metric.id == _IN_TIME]
    return ", ".join(sheet.say(earned(each.score, each.score_bounds)) for each in scored) or "–"


def _turned(sheet: Sheet, scores: Scores) -> str:
    """Return the points of being in time before, and between what they lie after."""
    bounds = scores.bounds(_IN_TIME) if _IN_TIME in scores.same_moments.metrics else None
    low, high = (sheet.say(number(bound)) for bound in bounds) if bounds else ("–", "–")
    return f"{_in_time(sheet, scores.before)} → {low if low == high else f'{low}–{high}'}"
