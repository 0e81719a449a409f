"""The page of two periods: the six aims, each indicator before and after, what it rests on, and the dossiers behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.lab.pages.sheet import Sheet
from onestop_core.text import Text, number, period_text, signed
from onestop_core.text.pages import Part, element

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from onestop_core.kpi.measures import AimChange, IndicatorChange
    from onestop_core.lab.burdens import PeriodsCompared, Seen
    from onestop_core.text import Language

__all__ = ["aims_page"]

_WORDS: Final = {
    "title": Text(vi="Ba giảm, ba tăng", en="Three reductions, three increases"),
    "ours": Text(
        vi="Nguồn nêu sáu mục tiêu mà không nêu công thức. Mỗi con số dưới đây là phép so sánh do thư viện chọn, "
        "theo chỉ tiêu có tên; điều chưa biết thì ghi lý do, không phỏng đoán.",
        en="The source names six aims and gives no formulas. Each figure below is a comparison of ours, by an indicator that "
        "has a name; what is not known says why and is not guessed.",
    ),
    "same": Text(
        vi="Thời gian và chi phí tính từ danh mục đều theo số hồ sơ của kỳ đầu, để số người nộp tăng hay giảm không làm đổi kết quả. "
        "Hồ sơ chưa kết thúc không có trong thời gian trung bình.",
        en="Hours and costs from a catalogue are counted for the dossiers of the first period in both, so that more or fewer people "
        "change nothing. Dossiers that have not ended are in no mean.",
    ),
    "reduce": Text(vi="mong muốn giảm", en="less is wanted"),
    "increase": Text(vi="mong muốn tăng", en="more is wanted"),
    "indicator": Text(vi="Chỉ tiêu", en="Indicator"),
    "change": Text(vi="Thay đổi", en="Change"),
    "outcome": Text(vi="Kết quả", en="Outcome"),
    "unknown": Text(vi="chưa biết", en="not known"),
    "improved": Text(vi="Tốt lên", en="Improved"),
    "worsened": Text(vi="Xấu đi", en="Worsened"),
    "same_aims": Text(vi="Không đổi hoặc có tăng có giảm", en="Unchanged or mixed"),
    "not_computed": Text(vi="Chưa tính được", en="Not computed"),
    "picture": Text(
        vi="Thay đổi so với kỳ đầu, %; ô đặc: tốt lên, ô rỗng: xấu đi",
        en="Change from the first period, %; full: improved, hollow: worsened",
    ),
    "rates": Text(vi="Định mức dùng để tính thời gian và chi phí", en="Rates behind hours and costs"),
    "rate": Text(vi="Việc", en="What"),
    "value": Text(vi="Định mức", en="Rate"),
    "source": Text(vi="Nguồn", en="From"),
    "seen": Text(vi="Hồ sơ đứng sau các con số", en="The dossiers behind the figures"),
    "dossiers": Text(vi="Nhận trong kỳ", en="Received in the period"),
    "ended": Text(vi="Đã kết thúc, số giờ giải quyết", en="Ended, with hours of handling"),
    "open": Text(vi="Đang giải quyết", en="Under way"),
    "late": Text(vi="Kết thúc quá hạn", en="Ended later than due"),
    "not_judged": Text(vi="Kết thúc, không rõ hạn", en="Ended, not known when due"),
    "outside": Text(
        vi="Thủ tục không có trong danh mục ngày cuối kỳ", en="Procedure not in the catalogue of the last day"
    ),
    "unpriced": Text(vi="Thủ tục chưa công bố đủ định mức các bước", en="Procedures without budgets of all steps"),
    "without_fees": Text(vi="Thủ tục không nêu số tiền phí, lệ phí", en="Procedures without an amount of fees"),
    "units": Text(vi="Đơn vị được nêu", en="Units named"),
    "basis": Text(vi="Căn cứ", en="Basis"),
}
_WIDE, _ROW, _NAMES, _HALF, _LONGEST = 760, 24, 320, 130, 46


def aims_page(found: PeriodsCompared, *, language: Language = "vi") -> str:
    """Return one HTML page for two periods compared: self-contained, to print, each figure with its dossiers.

    >>> from datetime import date
    >>> from onestop_core import catalogue, lab
    >>> year = lab.burdens.Period(name="2026", last=date(2026, 12, 31), catalogue=catalogue.shipped(), dossiers=(), law=lab.law())
    >>> page = aims_page(lab.reductions_and_increases(year, year), language="en")
    >>> "gives no formulas" in page, "<script" in page
    (True, False)

    Raises:
        InvalidValueError: it is no comparison.
    """
    sheet = Sheet(language)
    compared = found.comparison
    outcomes = [aim.outcome.value for aim in compared.aims]
    counts = [
        (_WORDS["improved"], outcomes.count("improved")),
        (_WORDS["worsened"], outcomes.count("worsened")),
        (_WORDS["same_aims"], outcomes.count("unchanged") + outcomes.count("mixed")),
        (_WORDS["not_computed"], outcomes.count("unknown")),
    ]
    body: list[Element] = [
        element("p", f"{_named(sheet, found.before)} → {_named(sheet, found.after)}"),
        sheet.figures((name, sheet.number(many)) for name, many in counts),
        element("p", sheet.say(_WORDS["ours"])),
        element("p", sheet.say(_WORDS["same"]), class_="quiet"),
        *_picture(sheet, [change for aim in compared.aims for change in aim.indicators]),
    ]
    for place, aim in enumerate(compared.aims, 1):
        body.extend(_aim(sheet, place, aim, (compared.baseline, compared.period)))
    heads = [_WORDS[name] for name in ("rate", "value", "source")]
    body.append(element("h2", sheet.say(_WORDS["rates"])))
    rows = ([sheet.say(part) for part in row] for row in found.prices.rows)
    body.append(sheet.table(_WORDS["rates"], heads, rows, texts=3))
    body.append(element("h2", sheet.say(_WORDS["seen"])))
    for seen in (found.before, found.after):
        body.extend(_seen(sheet, seen))
    return sheet.page(_WORDS["title"], *body)


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]


def _named(sheet: Sheet, seen: Seen) -> str:
    return f"{seen.name} ({sheet.say(period_text(seen.first, seen.last))})"


def _aim(sheet: Sheet, place: int, aim: AimChange, names: tuple[str, str]) -> list[Element]:
    wanted = sheet.say(_WORDS[aim.aim.aim])
    heads = [
        _WORDS["indicator"],
        *(Text(vi=name, en=name) for name in names),
        _WORDS["change"],
        _WORDS["outcome"],
    ]
    rows: list[tuple[Part, ...]] = [
        (
            element(
                "span",
                _capital(sheet.say(change.indicator.name)),
                element("br"),
                element("span", sheet.say(change.indicator.how), class_="quiet"),
            ),
            *(
                sheet.say(_WORDS["unknown"] if text is None else text)
                for text in (change.before_text, change.after_text)
            ),
            sheet.say(change.change_text or change.reason or _WORDS["unknown"]),
            sheet.say(change.outcome.text),
        )
        for change in aim.indicators
    ]
    cited = f"{sheet.say(_WORDS['basis'])}: {sheet.say(aim.aim.basis.cite())}"
    return [
        element("h2", f"{place}. {_capital(sheet.say(aim.aim.name))}"),
        element(
            "p",
            element("b", _capital(sheet.say(aim.outcome.text))),
            f" · {wanted} · ",
            element("span", cited, class_="quiet"),
        ),
        sheet.table(Text(vi=f"{names[0]} → {names[1]}", en=f"{names[0]} → {names[1]}"), heads, rows, texts=5),
    ]


def _picture(sheet: Sheet, changes: list[IndicatorChange]) -> list[Element]:
    """Return a bar to the left or the right for each indicator whose change has a share of what was."""
    drawn = [(change, change.relative) for change in changes if change.relative is not None]
    if not drawn:
        return []
    most = max(abs(share) for _, share in drawn) or 1
    middle = _NAMES + _HALF
    shapes: list[Element] = []
    said: list[str] = []
    for place, (change, share) in enumerate(drawn):
        y, wide = place * _ROW, int(abs(share) / most * _HALF)
        name = _capital(sheet.say(change.indicator.name))
        told = f"{sheet.say(signed(100 * share, places=1))}%"
        said.append(f"{name}: {told}, {sheet.say(change.outcome.text)}")
        look = "perhaps" if change.outcome.value == "worsened" else "bar"
        start = middle - wide if share < 0 else middle
        shapes.append(
            element("text", name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…", x="0", y=str(y + 16))
        )
        shapes.append(element("rect", class_=look, x=str(start), y=str(y + 4), width=str(max(wide, 1)), height="16"))
        shapes.append(element("text", told, x=str(middle + _HALF + 8), y=str(y + 16)))
    height = len(drawn) * _ROW
    axis = element("rect", class_="axis", x=str(middle), y="0", width="1", height=str(height))
    title = sheet.say(_WORDS["picture"])
    whole = f"{title}: {'; '.join(said)}"
    size = {"width": str(_WIDE), "height": str(height), "viewBox": f"0 0 {_WIDE} {height}"}
    return [
        element(
            "figure",
            element("figcaption", element("b", title)),
            element("svg", element("title", whole), axis, *shapes, role="img", aria_label=whole, **size),
        )
    ]


def _seen(sheet: Sheet, seen: Seen) -> list[Element]:
    body = [element("h3", seen.name), element("ul", *(element("li", sheet.say(text)) for text in seen.texts))]
    ended = tuple(f"{each}: {sheet.say(number(hours, places=2))}" for each, hours in seen.hours)
    for name, ids in (
        ("dossiers", seen.dossiers),
        ("ended", ended),
        ("open", seen.open),
        ("late", seen.late),
        ("not_judged", seen.not_judged),
        ("outside", seen.outside),
        ("unpriced", seen.unpriced),
        ("without_fees", seen.without_fees),
        ("units", seen.units),
    ):
        if ids:
            body.append(sheet.opened(f"{sheet.say(_WORDS[name])}: {sheet.number(len(ids))}", ids))
    return body
