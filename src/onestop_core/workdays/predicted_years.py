"""Years that nobody has announced yet: the Labour Code, the lunisolar calendar, and how Tết has been placed.

The dates of Tết and of the Hùng Kings come from the ``holidays`` package, whose Vietnamese lunisolar tables
agree with an independent astronomical computation for every year 1901 to 2100. Everything else is law applied
here, so that a calendar "as of" some past day never learns what the package's authors learned later.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache
from typing import Final

from onestop_core.model import Basis, Firmness
from onestop_core.text import Text
from onestop_core.workdays.values import Certainty, DayKind, Row

__all__ = ["CULTURE_DAY_ADOPTED", "predicted_rows"]

CULTURE_DAY_ADOPTED: Final = date(2026, 4, 24)
"""The day on which the National Assembly adopted Resolution 28/2026/QH16: 24 November was unknown before."""

_CODE: Final = "Bộ luật Lao động 45/2019/QH14"
_BY_LAW: Final = Basis(instrument=_CODE, article="112(1)", firmness=Firmness.READ, in_force_from=date(2021, 1, 1))
_OLD_LAW: Final = Basis(
    instrument="Bộ luật Lao động 10/2012/QH13", article="115", firmness=Firmness.READ, in_force_to=date(2020, 12, 31)
)
_IN_LIEU: Final = Basis(instrument=_CODE, article="111(3)", firmness=Firmness.READ, in_force_from=date(2021, 1, 1))
_HABIT: Final = Text(
    vi="Thủ tướng Chính phủ quyết định hằng năm; dự kiến theo cách đã công bố các năm 2015 đến 2027",
    en="the Prime Minister decides each year; predicted from the announcements for 2015 to 2027",
)
_PATTERN: Final = Basis(instrument=_CODE, article="112(3)", firmness=Firmness.INFERRED, note=_HABIT)
_OLD_PATTERN: Final = Basis(instrument=_OLD_LAW.instrument, article="115", firmness=Firmness.INFERRED, note=_HABIT)
_CULTURE: Final = Basis(
    instrument="Nghị quyết 28/2026/QH16",
    article="2",
    firmness=Firmness.SECONDARY,
    in_force_from=date(2026, 7, 1),
    announced_on=CULTURE_DAY_ADOPTED,
)
_OPEN_IN_LAW: Final = Text(
    vi="Ngày Văn hóa Việt Nam trùng ngày nghỉ hằng tuần và đứng ngoài khoản 1 Điều 112 Bộ luật Lao động: có được "
    "nghỉ bù hay không còn bỏ ngỏ; tạm tính là không",
    en="Culture Day falls on a weekend and stands outside art. 112(1): whether a day in lieu follows is open in law; "
    "provisionally none is counted",
)

_NAMES: Final = {
    "new_year": Text(vi="Tết Dương lịch", en="New Year's Day"),
    "tet": Text(vi="Tết Nguyên đán", en="Lunar New Year (Tết)"),
    "hung_kings": Text(vi="Ngày Giỗ Tổ Hùng Vương", en="Hùng Kings' Commemoration Day"),
    "victory": Text(vi="Ngày Chiến thắng", en="Victory Day"),
    "labour": Text(vi="Ngày Quốc tế Lao động", en="International Labour Day"),
    "national": Text(vi="Quốc khánh", en="National Day"),
    "culture": Text(vi="Ngày Văn hóa Việt Nam", en="Vietnamese Culture Day"),
}

_SATURDAY: Final = 5
_ADJACENT: Final = (1, -1, -1, 1, -1, -1, 1)
"""The day beside 2 September, by the weekday (Monday first) on which it falls."""


@cache
def _lunar(year: int) -> tuple[date, date]:
    """Return the first day of Tết and the Hùng Kings' day of *year*."""
    import holidays  # noqa: PLC0415 - heavy, loaded on first use

    # The language is said outright: by default the package follows the locale of the machine.
    days = holidays.country_holidays("VN", years=year, observed=False, language="vi")
    named = {name: day for day, names in days.items() for name in names.split("; ")}
    return named["Tết Nguyên Đán"], named["Ngày Giỗ Tổ Hùng Vương"]


def predicted_rows(year: int, *, as_of: date | None) -> tuple[Row, ...]:
    """Return the days off of *year* that law and habit lead one to expect.

    Of what became law later than *as_of* only 24 November is held back: on which day the Labour Codes of 2012
    and 2019 were adopted is not among our facts, so each counts as known for the years to which it applies.

    Swaps are never predicted: no article provides for them.
    """
    old = year < 2021
    law = _OLD_LAW if old else _BY_LAW
    pattern = _OLD_PATTERN if old else _PATTERN
    tet, hung_kings = _lunar(year)
    rows: dict[date, Row] = {}

    def off(
        day: date, kind: DayKind, occasion: str, basis: Basis, *, lieu: bool = False, note: Text | None = None
    ) -> None:
        name = _NAMES[occasion]
        if lieu:
            name = Text(vi=f"{name.vi} (nghỉ bù)", en=f"Day in lieu of {name.en}")
        rows.setdefault(
            day,
            Row(
                date=day,
                kind=kind,
                name=name,
                basis=basis,
                occasion=occasion,
                announced_on=basis.announced_on,
                certainty=Certainty.PREDICTED,
                note=note,
            ),
        )

    fixed = [
        ("new_year", date(year, 1, 1)),
        ("hung_kings", hung_kings),
        ("victory", date(year, 4, 30)),
        ("labour", date(year, 5, 1)),
        ("national", date(year, 9, 2)),
    ]
    for occasion, day in fixed:
        off(day, DayKind.HOLIDAY, occasion, law)
    if not old:
        national = date(year, 9, 2)
        off(national + timedelta(days=_ADJACENT[national.weekday()]), DayKind.HOLIDAY, "national", _PATTERN)
    if year >= 2026 and (as_of is None or as_of >= CULTURE_DAY_ADOPTED):
        culture = date(year, 11, 24)
        off(
            culture, DayKind.HOLIDAY, "culture", _CULTURE, note=_OPEN_IN_LAW if culture.weekday() >= _SATURDAY else None
        )
    # Five days from the eve of Tết on; four until the Labour Code of 2012 applied (1 May 2013).
    days_of_tet = [tet + timedelta(days=n) for n in range(-1, 4 if year > 2013 else 3)]
    for day in days_of_tet:
        off(day, DayKind.TET, "tet", pattern)
    for day in days_of_tet:
        if day.weekday() == _SATURDAY and year >= 2015:
            # Since 2015 the Prime Minister has begun a day earlier whenever Tết took a Saturday.
            off(_free(rows, day, -1), DayKind.TET, "tet", pattern)
        elif day.weekday() >= _SATURDAY:
            off(_free(rows, day, 1), DayKind.DAY_IN_LIEU, "tet", pattern, lieu=True)
    for occasion, day in sorted(fixed, key=lambda each: each[1]):
        if day.weekday() >= _SATURDAY:
            off(_free(rows, day, 1), DayKind.DAY_IN_LIEU, occasion, law if old else _IN_LIEU, lieu=True)
    return tuple(sorted(rows.values(), key=lambda row: row.date))


def _free(rows: dict[date, Row], day: date, direction: int) -> date:
    """Return the nearest day before or after *day* that is neither weekend nor already off."""
    while day.weekday() >= _SATURDAY or day in rows:
        day += timedelta(days=direction)
    return day
