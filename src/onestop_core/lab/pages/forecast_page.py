"""The page of a forecast: which open cases will be late even if worked at budget, the worst first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from onestop_core.deadlines.terms.values import by_when
from onestop_core.lab.forecasting import Forecast, Outlook
from onestop_core.lab.pages.sheet import Sheet
from onestop_core.model import aware
from onestop_core.model.series import each_of
from onestop_core.text import Text, moment_text
from onestop_core.text.pages import element

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from onestop_core.text import Language

__all__ = ["forecast_page"]

_WORDS: Final = {
    "title": Text(vi="Cảnh báo sớm hồ sơ sẽ trễ hạn", en="Early warning: cases that will be late"),
    "outlook": Text(vi="Hồ sơ đang giải quyết", en="Open cases"),
    "cases": Text(vi="Từng hồ sơ", en="Case by case"),
    "id": Text(vi="Mã hồ sơ", en="Dossier"),
    "unit": Text(vi="Đơn vị", en="Unit"),
    "who": Text(vi="Đang ở vai trò", en="Held by"),
    "due": Text(vi="Hạn", en="Due"),
    "at_budget": Text(vi="Xong nếu đúng định mức", en="Done at budget"),
    "days_over": Text(vi="Trễ (ngày làm việc)", en="Late by (working days)"),
}
_SHOWN: Final = (Outlook.OVERDUE, Outlook.LATE_ANYHOW, Outlook.LATE_AT_BUDGET)


def forecast_page(rows: Iterable[Forecast], *, now: datetime | None = None, language: Language = "vi") -> str:
    """Return one HTML page for forecasts, the cases that will be late first; with *now*, it says of which moment it is.

    >>> page = forecast_page([Forecast(id="1", procedure="1.004873", outlook="in_time")], language="en")
    >>> "in time if worked within budgets" in page
    True

    Raises:
        InvalidValueError: they are no forecasts, or the moment is naive.
    """
    given = tuple(each_of(rows, Forecast, "rows"))
    sheet = Sheet(language)
    counts = [(outlook, sum(row.outlook is outlook for row in given)) for outlook in Outlook]
    late = [row for outlook in _SHOWN for row in given if row.outlook is outlook]
    late.sort(key=lambda row: -row.days_over)
    cells = [
        (
            row.id,
            row.unit,
            sheet.role(row.role),
            sheet.say(row.outlook.text),
            "" if row.due is None else sheet.say(by_when(row.due)),
            "" if row.at_budget is None else sheet.say(by_when(row.at_budget)),
            "" if row.at_budget is None else sheet.number(row.days_over),  # of what is overdue it says nothing
        )
        for row in late
    ]
    heads = [_WORDS[name] for name in ("id", "unit", "who", "outlook", "due", "at_budget", "days_over")]
    looked = [] if now is None else [element("p", sheet.say(moment_text(aware(now, "now"))))]
    return sheet.page(
        _WORDS["title"],
        *looked,
        sheet.figures((outlook.text, sheet.number(count)) for outlook, count in counts if count),
        sheet.bars(_WORDS["outlook"], [(sheet.say(outlook.text), count, count) for outlook, count in counts if count]),
        sheet.table(_WORDS["cases"], heads, cells, texts=6),
    )
