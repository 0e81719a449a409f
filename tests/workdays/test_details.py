"""Every field and every word of the calendar's answers: what the laws of counting cannot see."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import pytest

from onestop_core.errors import CalendarCoverageError, InvalidDocumentError, InvalidValueError, UnknownCodeError
from onestop_core.model import Basis, Firmness
from onestop_core.text import Text
from onestop_core.workdays import Calendar, Certainty, DayKind, Row, calendar, reception, render
from onestop_core.workdays.announced_years import read_rows
from onestop_core.workdays.predicted_years import predicted_rows
from tests.workdays.test_decisions import decision, made_up, off, saturdays

if TYPE_CHECKING:
    from collections.abc import Callable

CIVIL = calendar("vn-civil")
GOLDEN = Path(__file__).parent / "golden"


# --- rendering, whole: read once by eye, held for ever after


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("year", [2026, 2030])
def test_a_year_reads_as_it_was_read_when_it_was_approved(year: int, language: Literal["vi", "en"]) -> None:
    def approved(ending: str) -> str:
        return (GOLDEN / f"{year}.{language}.{ending}").read_bytes().decode()

    assert render.grid(CIVIL, year, language=language) + "\n" == approved("txt")
    assert render.icalendar(CIVIL, year, language=language) == approved("ics")
    assert json.dumps(render.to_dict(CIVIL, year, language=language), ensure_ascii=False, indent=1) + "\n" == approved(
        "json"
    )


def test_english_is_spoken_unless_asked_otherwise() -> None:
    assert render.grid(CIVIL, 2026) == render.grid(CIVIL, 2026, language="en")
    assert render.icalendar(CIVIL, 2026) == render.icalendar(CIVIL, 2026, language="en")
    assert render.to_dict(CIVIL, 2026) == render.to_dict(CIVIL, 2026, language="en")


def test_a_first_of_january_that_is_worked_is_counted() -> None:
    open_all_year = Calendar(name="x", source=Rows(), first=2024, last=2026, as_of=None, predicted="allow")
    assert render.to_dict(open_all_year, 2025)["working_days"] == 261
    assert render.to_dict(open_all_year, 2024)["working_days"] == 262


# --- reading documents


def test_every_member_of_a_document_reaches_its_row() -> None:
    document = {
        "bases": {
            "law": {"instrument": "Luật X", "article": "2", "firmness": "secondary"},
            "code": {
                "instrument": "Bộ luật Y",
                "firmness": "read",
                "in_force_from": "2021-01-01",
                "in_force_to": "2029-12-31",
                "source": "somewhere",
                "note": {"vi": "ghi chú", "en": "note"},
            },
            "notice": {"instrument": "Thông báo Z", "firmness": "read", "announced_on": "2025-12-25"},
            "undated": {"instrument": "Công văn W", "firmness": "unconfirmed"},
        },
        "days_off": [
            {
                "date": "2026-03-04",
                "kind": "tet",
                "occasion": "tet",
                "name": {"vi": "b", "en": "B"},
                "basis": "code",
                "known_from": "always",
            },
            {"date": "2026-03-03", "kind": "holiday", "name": {"vi": "a"}, "basis": "law", "known_from": "always"},
            {
                "date": "2026-03-05",
                "kind": "swap_off",
                "name": {"vi": "c", "en": "C"},
                "basis": "undated",
                "known_from": "2026-01-01",
            },
        ],
        "makeup_workdays": [
            {
                "date": "2026-03-07",
                "replaces": "2026-03-05",
                "name": {"vi": "d", "en": "D"},
                "basis": "notice",
                "known_from": "2025-12-25",
            }
        ],
    }
    fixed = date(2026, 1, 1)
    assert read_rows(document) == (
        Row(
            date=date(2026, 3, 3),
            kind=DayKind.HOLIDAY,
            name=Text(vi="a", en="a"),
            basis=Basis(instrument="Luật X", article="2", firmness=Firmness.SECONDARY),
        ),
        Row(
            date=date(2026, 3, 4),
            kind=DayKind.TET,
            name=Text(vi="b", en="B"),
            occasion="tet",
            basis=Basis(
                instrument="Bộ luật Y",
                firmness=Firmness.READ,
                in_force_from=date(2021, 1, 1),
                in_force_to=date(2029, 12, 31),
                source="somewhere",
                note=Text(vi="ghi chú", en="note"),
            ),
        ),
        Row(
            date=date(2026, 3, 5),
            kind=DayKind.SWAP_OFF,
            name=Text(vi="c", en="C"),
            basis=Basis(instrument="Công văn W", firmness=Firmness.UNCONFIRMED),
            known_from=fixed,
        ),
        Row(
            date=date(2026, 3, 7),
            kind=DayKind.MAKEUP,
            name=Text(vi="d", en="D"),
            basis=Basis(instrument="Thông báo Z", firmness=Firmness.READ, announced_on=date(2025, 12, 25)),
            replaces=date(2026, 3, 5),
            announced_on=date(2025, 12, 25),
            known_from=date(2025, 12, 25),
        ),
    )


# --- prediction


def shown(year: int, as_of: date | None = None) -> list[tuple[str, str, str, str]]:
    return [
        (f"{row.date:%m-%d}", row.kind.value, row.name.en, row.basis.cite().en)
        for row in predicted_rows(year, as_of=as_of)
    ]


LAW = "Labour Code 45/2019/QH14, art. 112(1)"
LIEU = "Labour Code 45/2019/QH14, art. 111(3)"
FIXED = "Labour Code 45/2019/QH14, art. 112(3) [inferred]"
OLD = "Labour Code 10/2012/QH13, art. 115"


def test_a_predicted_year_names_each_day_and_its_ground() -> None:
    assert shown(2033) == [
        ("01-01", "holiday", "New Year's Day", LAW),
        ("01-03", "day_in_lieu", "Day in lieu of New Year's Day", LIEU),
        ("01-30", "tet", "Lunar New Year (Tết)", FIXED),
        ("01-31", "tet", "Lunar New Year (Tết)", FIXED),
        ("02-01", "tet", "Lunar New Year (Tết)", FIXED),
        ("02-02", "tet", "Lunar New Year (Tết)", FIXED),
        ("02-03", "tet", "Lunar New Year (Tết)", FIXED),
        ("02-04", "day_in_lieu", "Day in lieu of Lunar New Year (Tết)", FIXED),
        ("04-09", "holiday", "Hùng Kings' Commemoration Day", LAW),
        ("04-11", "day_in_lieu", "Day in lieu of Hùng Kings' Commemoration Day", LIEU),
        ("04-30", "holiday", "Victory Day", LAW),
        ("05-01", "holiday", "International Labour Day", LAW),
        ("05-02", "day_in_lieu", "Day in lieu of Victory Day", LIEU),
        ("05-03", "day_in_lieu", "Day in lieu of International Labour Day", LIEU),
        ("09-01", "holiday", "National Day", FIXED),
        ("09-02", "holiday", "National Day", LAW),
        ("11-24", "holiday", "Vietnamese Culture Day", "Resolution 28/2026/QH16, art. 2 [secondary sources]"),
    ]


def test_a_year_under_the_code_of_2012_rests_on_it() -> None:
    assert {basis for _, _, name, basis in shown(2016) if "Lunar" not in name} == {OLD}
    assert {basis for _, _, name, basis in shown(2016) if "Lunar" in name} == {f"{OLD} [inferred]"}
    assert "Day in lieu of New Year's Day" not in {name for _, _, name, _ in shown(2016)}
    assert "Day in lieu of International Labour Day" in {name for _, _, name, _ in shown(2016)}
    assert [day for day, _, name, _ in shown(2016) if name == "National Day"] == ["09-02"]


def test_predicted_days_are_marked_with_occasion_and_announcement() -> None:
    rows = {row.date: row for row in predicted_rows(2033, as_of=None)}
    assert {row.certainty for row in rows.values()} == {Certainty.PREDICTED}
    assert rows[date(2033, 1, 3)].occasion == "new_year"
    assert rows[date(2033, 1, 3)].name.vi == "Tết Dương lịch (nghỉ bù)"
    assert rows[date(2033, 11, 24)].announced_on == date(2026, 4, 24)
    assert {row.announced_on for day, row in rows.items() if day != date(2033, 11, 24)} == {None}


def test_only_a_weekend_leaves_24_november_open() -> None:
    notes = {
        year: predicted_rows(year, as_of=None)[-1].note
        for year in (2028, 2029, 2030, 2033)  # Friday, Saturday, Sunday, Thursday
    }
    assert [year for year, note in notes.items() if note is not None] == [2029, 2030]
    assert notes[2029] is not None
    assert "tạm tính là không" in notes[2029].vi
    assert [day for day, *_ in shown(2028, as_of=date(2026, 4, 23))][-1] == "09-04"
    assert [day for day, *_ in shown(2028, as_of=date(2026, 4, 24))][-1] == "11-24"


# --- the calendar


class Rows:
    """A plain week; remembers for which years it was asked."""

    def __init__(self, announced: int = 2030) -> None:
        self.asked: list[int] = []
        self.announced = announced

    def rows(self, number: int) -> tuple[Row, ...]:
        self.asked.append(number)
        return ()

    def known_from(self, number: int) -> date | None:
        return date(number - 1, 12, 1) if number <= self.announced else None


def plain(announced: int, first: int = 2020, last: int = 2040) -> tuple[Calendar, Rows]:
    source = Rows(announced)
    return Calendar(name="x", source=source, first=first, last=last, as_of=None, predicted="refuse"), source


def test_the_first_question_builds_the_announced_years_and_no_more() -> None:
    made, source = plain(announced=2025)
    made.is_workday(date(2021, 5, 5))
    assert source.asked == list(range(2020, 2026))
    made.add(date(2025, 12, 1), 20)
    assert source.asked == list(range(2020, 2026))
    made.is_workday(date(2026, 1, 1))
    assert source.asked == list(range(2020, 2027))
    made.is_workday(date(2029, 1, 1))
    assert source.asked == list(range(2020, 2030))
    assert made.predicted == "refuse"


def test_a_first_question_beyond_the_announced_years_builds_up_to_it() -> None:
    made, source = plain(announced=2022)
    made.is_workday(date(2024, 1, 1))
    assert source.asked == list(range(2020, 2025))
    none, asked = plain(announced=2019)
    none.is_workday(date(2020, 1, 1))
    assert asked.asked == [2020]
    whole, all_asked = plain(announced=2100)
    whole.is_workday(date(2020, 1, 1))
    assert all_asked.asked == list(range(2020, 2041))


def test_a_far_answer_is_reached_in_few_steps() -> None:
    made, source = plain(announced=2020)
    made.is_workday(date(2020, 1, 1))
    assert made.add(date(2020, 6, 1), 261 * 15) > date(2035, 1, 1)
    assert source.asked == sorted(set(source.asked))
    assert max(source.asked) <= 2037


@pytest.mark.parametrize(
    ("ask", "day"),
    [
        (lambda: CIVIL.is_workday(date(2011, 12, 31)), date(2011, 12, 31)),
        (lambda: CIVIL.is_workday(date(2051, 2, 3)), date(2051, 2, 3)),
        (lambda: CIVIL.add(date(2011, 6, 1), 3), date(2011, 6, 1)),
        (lambda: CIVIL.add(date(2051, 1, 1), 0), date(2051, 1, 1)),
        (lambda: CIVIL.add(date(2052, 5, 5), -3), date(2052, 5, 5)),
        (lambda: CIVIL.add(date(2050, 12, 31), 1), date(2051, 1, 1)),
        (lambda: CIVIL.add(date(2012, 1, 3), -1), date(2011, 12, 31)),
        (lambda: CIVIL.count(date(2010, 1, 1), date(2012, 1, 5)), date(2010, 1, 1)),
        (lambda: CIVIL.count(date(2012, 1, 5), date(2010, 1, 1)), date(2010, 1, 1)),
        (lambda: CIVIL.count(date(2012, 1, 5), date(2051, 7, 1)), date(2051, 7, 1)),
        (lambda: CIVIL.rows(2011), date(2011, 1, 1)),
        (lambda: CIVIL.rows(-7), date(1, 1, 1)),
        (lambda: CIVIL.rows(10**6), date(9999, 1, 1)),
    ],
)
def test_the_day_outside_the_coverage_is_named(ask: Callable[[], object], day: date) -> None:
    with pytest.raises(CalendarCoverageError) as caught:
        ask()
    assert caught.value.day == day


def test_the_first_and_the_last_days_are_inside() -> None:
    assert CIVIL.add(date(2012, 1, 1), 1) == date(2012, 1, 3)
    assert CIVIL.add(date(2012, 1, 4), -1) == date(2012, 1, 3)
    assert CIVIL.add(date(2012, 1, 1), 0) == date(2012, 1, 3)
    assert CIVIL.count(date(2012, 1, 4), date(2012, 1, 1)) == -1
    assert CIVIL.count(date(2012, 1, 1), date(2012, 1, 1)) == 0
    assert CIVIL.count(date(2012, 1, 3), date(2012, 1, 3)) == 0
    assert CIVIL.count(date(2012, 1, 1), date(2012, 1, 3)) == 1
    assert CIVIL.is_workday(date(2050, 12, 30))
    assert not CIVIL.is_workday(date(2050, 12, 31))
    assert CIVIL.rows(2012)[0].date == date(2012, 1, 1)
    assert CIVIL.rows(2050)[-1].date == date(2050, 11, 24)


@pytest.mark.parametrize(
    ("ask", "message"),
    [
        (lambda: CIVIL.is_workday("x"), "day: cannot use 'x'; expected a date"),  # type: ignore[arg-type]
        (lambda: CIVIL.add("x", 1), "day: cannot use 'x'; expected a date"),  # type: ignore[arg-type]
        (lambda: CIVIL.add(date(2026, 1, 5), "1"), "n: cannot use '1'; expected a whole number"),  # type: ignore[arg-type]
        (lambda: CIVIL.count("x", date(2026, 1, 5)), "after: cannot use 'x'; expected"),  # type: ignore[arg-type]
        (lambda: CIVIL.count(date(2026, 1, 5), "x"), "through: cannot use 'x'; expected"),  # type: ignore[arg-type]
        (lambda: reception(CIVIL).next_open("x"), "day: cannot use 'x'; expected a date"),  # type: ignore[arg-type]
        (lambda: calendar("vn-civil", as_of=datetime(2026, 1, 1, tzinfo=UTC)), "as_of: cannot use"),
        (
            lambda: calendar("vn-civil", predicted="maybe"),  # type: ignore[arg-type]
            "predicted: cannot use 'maybe'; expected one of allow, refuse",
        ),
    ],
)
def test_what_cannot_be_used_is_named_with_what_was_expected(ask: Callable[[], object], message: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        ask()
    assert str(caught.value).startswith(message)


def test_messages_speak_vietnamese_too() -> None:
    with pytest.raises(InvalidValueError) as number:
        CIVIL.add(date(2026, 1, 5), 1.5)  # type: ignore[arg-type]
    assert number.value.message.vi == "`n`: giá trị 1.5 không hợp lệ; cần số nguyên"
    with pytest.raises(InvalidValueError) as word:
        calendar("vn-civil", predicted="maybe")  # type: ignore[arg-type]
    assert (
        word.value.message.vi == "cách xử lý ngày dự kiến: giá trị 'maybe' không hợp lệ; cần một trong: allow, refuse"
    )
    with pytest.raises(UnknownCodeError) as name:
        calendar("vn-civi" + "l" * 200)
    assert name.value.message.vi.startswith("không có lịch 'vn-civi")
    assert str(name.value).startswith("no calendar 'vn-civi")
    assert len(name.value.value) == 80


def test_plain_days_are_named() -> None:
    assert CIVIL.day(date(2026, 3, 3)).name == Text(vi="Ngày làm việc", en="Working day")
    assert CIVIL.day(date(2026, 3, 7)).name == Text(vi="Ngày nghỉ hằng tuần", en="Weekend")


def test_the_calendar_of_civil_servants_is_the_default() -> None:
    assert calendar().name == "vn-civil"
    assert calendar().predicted == "allow"


# --- decisions, reception


def found(*documents: Any) -> list[tuple[str, str, str]]:
    with pytest.raises(InvalidDocumentError) as caught:
        CIVIL.with_decisions(documents)
    return [(problem.path, problem.text.en, problem.text.vi) for problem in caught.value.problems]


def test_problems_of_decisions_are_told_in_both_languages() -> None:
    later = decision(id="H26-2", announced_on="2026-09-20", makeup_workdays=[])
    assert found(decision(), later) == [
        (
            "$[1].days_off[0].date",
            "Fri 2026-10-09 is decided in H26-1, and H26-2 does not say that it supersedes that",
            "thứ Sáu, 09/10/2026 đã có trong quyết định H26-1, và quyết định H26-2 không nêu là thay thế quyết định đó",
        )
    ]
    assert found({**decision(bases={}), "kind": "local"}) == [
        ("$[0].days_off[0].basis", "no basis named 'd'", "chưa khai căn cứ 'd'"),
        ("$[0].makeup_workdays[0].basis", "no basis named 'd'", "chưa khai căn cứ 'd'"),
    ]
    outside = found(decision(days_off=[off("2060-01-05")], makeup_workdays=[]))
    assert outside[0][1].startswith("calendar vn-civil does not cover 2060-01-05")
    assert outside[0][2].startswith("lịch vn-civil không bao gồm ngày 05/01/2060")
    idle = found(decision(days_off=[off("2026-10-10")], makeup_workdays=[made_up("2026-10-17", "2026-10-13")]))
    assert [(en, vi) for _, en, vi in idle] == [
        (
            "Sat 2026-10-10 is so already in calendar vn-civil",
            "thứ Bảy, 10/10/2026 vốn đã như vậy trong lịch vn-civil",
        ),
        (
            "Tue 2026-10-13 is worked: there is nothing to make up for",
            "thứ Ba, 13/10/2026 là ngày làm việc, không có gì để làm bù",
        ),
    ]


def test_a_document_of_the_wrong_kind_says_what_was_expected() -> None:
    from onestop_core.rules.reading import resources

    assert found(resources.data("vn/calendar/2026")) == [
        ("$[0].kind", "expected a decision, kind: local", "cần quyết định kind: local")
    ]


def test_every_conflict_is_reported_not_only_the_first() -> None:
    first = decision(days_off=[off("2026-10-09"), off("2026-10-08")])
    second = decision(id="H26-2", days_off=[off("2026-10-09"), off("2026-10-08")], makeup_workdays=[])
    assert [path for path, *_ in found(first, second)] == ["$[1].days_off[0].date", "$[1].days_off[1].date"]


def test_a_derived_calendar_keeps_what_it_was_made_from() -> None:
    strict = calendar("vn-civil", predicted="refuse").with_decisions(decision())
    assert (strict.predicted, strict.as_of) == ("refuse", None)
    assert strict.rows(2027) == calendar("vn-civil").rows(2027)
    row = next(row for row in strict.rows(2026) if row.date == date(2026, 10, 9))
    assert (row.announced_on, row.known_from) == (date(2026, 9, 1), date(2026, 9, 1))


def test_reception_takes_each_decision_that_is_known() -> None:
    silent = decision(id="H26-0")
    sundays = {**saturdays(weekdays=["sunday"]), "id": "H26-3", "announced_on": "2026-09-02"}
    by_date = {
        **decision(id="H26-4", days_off=[], makeup_workdays=[]),
        "reception": {"basis": "d", "dates": ["2026-10-14"]},
    }
    desk = reception(CIVIL, [silent, saturdays(), sundays, by_date])
    assert [desk.is_open(date(2026, 10, day)) for day in (10, 11, 14)] == [True, True, True]
    on_the_day = calendar("vn-civil", as_of=date(2026, 9, 1))
    assert reception(on_the_day, [saturdays(), sundays]).is_open(date(2026, 10, 10))
    assert not reception(on_the_day, [saturdays(), sundays]).is_open(date(2026, 10, 11))
    assert reception(CIVIL).next_open(date(2026, 2, 13)) == date(2026, 2, 23)
    one_day = saturdays(**{"from": "2026-10-10", "to": "2026-10-10"})
    assert reception(CIVIL, one_day).is_open(date(2026, 10, 10))


def test_the_last_announced_year_is_announced() -> None:
    assert render.to_dict(CIVIL, 2027)["certainty"] == "announced"
    assert render.to_dict(CIVIL, 2028)["certainty"] == "predicted"


def test_lines_are_folded_at_75_octets_and_go_on_at_74() -> None:
    assert [len(part) for part in render._folded("a" * 200).split("\r\n")] == [75, 75, 52]


def test_a_swap_announced_before_the_notice_of_its_year_is_known(monkeypatch: pytest.MonkeyPatch) -> None:
    from onestop_core.workdays import announced_years, civil_servants

    def row(day: date, kind: DayKind, known: date) -> Row:
        basis = Basis(instrument="Công văn", firmness=Firmness.READ, announced_on=known)
        return Row(date=day, kind=kind, name=Text(vi="x", en="x"), basis=basis, announced_on=known, known_from=known)

    early, late = date(2025, 9, 1), date(2025, 12, 1)
    rows = (
        row(date(2026, 1, 2), DayKind.SWAP_OFF, early),
        row(date(2026, 1, 10), DayKind.MAKEUP, early),
        row(date(2026, 3, 3), DayKind.HOLIDAY, early),
        row(date(2026, 3, 6), DayKind.SWAP_OFF, late),
    )
    made = announced_years.Year(year=2026, known_from=date(2025, 10, 13), rows=rows)
    monkeypatch.setattr(civil_servants, "year", lambda number: made if number == 2026 else announced_years.year(number))
    before = civil_servants._civil.__wrapped__(date(2025, 10, 1), "allow")
    days = [date(2026, 1, 2), date(2026, 1, 10), date(2026, 2, 17), date(2026, 3, 3), date(2026, 3, 6)]
    assert [before.is_workday(day) for day in days] == [False, True, False, True, True]


DECISION = decision(makeup_workdays=[])


def test_what_calendars_and_decisions_say_to_those_who_ask_wrongly() -> None:
    civil: Any = calendar("vn-civil")
    asked: list[tuple[Any, str, str]] = [
        (lambda: civil.rows("2026"), "year: cannot use '2026'; expected a whole number", "số nguyên"),
        (
            lambda: civil.with_decisions(5),
            "decisions: cannot use 5; expected one decision or several, at most 500",
            "một hay nhiều quyết định, nhiều nhất 500",
        ),
    ]
    for ask, en, vi in asked:
        with pytest.raises(InvalidValueError) as caught:
            ask()
        assert caught.value.message.en == en
        assert caught.value.message.vi.endswith(vi)


def test_a_decision_that_makes_up_for_nothing_says_for_which_kind_of_day() -> None:
    for replaced, vi, en in (
        ("2026-10-10", "thứ Bảy, 10/10/2026 là ngày nghỉ hằng tuần", "Sat 2026-10-10 is a weekend"),
        ("2026-10-12", "thứ Hai, 12/10/2026 là ngày làm việc", "Mon 2026-10-12 is worked"),
    ):
        row = {"date": "2026-10-17", "replaces": replaced, "basis": "d", "name": {"vi": "Làm bù", "en": "Worked"}}
        with pytest.raises(InvalidDocumentError) as caught:
            calendar("vn-civil").with_decisions({**DECISION, "days_off": [], "makeup_workdays": [row]})
        (problem,) = caught.value.problems
        assert problem.text.vi == f"{vi}, không có gì để làm bù"
        assert problem.text.en == f"{en}: there is nothing to make up for"


def test_reception_out_of_reach_says_how_far_the_calendar_goes() -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        reception(calendar("vn-civil"), {**DECISION, "reception": {"basis": "d", "dates": ["2060-01-03"]}})
    assert "2012-01-01 to 2050-12-31" in caught.value.problems[0].text.en


def test_the_names_of_decisions_are_listed() -> None:
    others = [{**DECISION, "id": name, "days_off": []} for name in ("A", "B")]
    with pytest.raises(InvalidDocumentError) as caught:
        calendar("vn-civil").with_decisions([*others, {**DECISION, "id": "C", "supersedes": ["D"]}])
    assert caught.value.problems[0].text.en == "no other decision 'D' is given; there are: 'A', 'B'"
