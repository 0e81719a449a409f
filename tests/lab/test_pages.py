"""The pages: whole, said in both languages, nothing loaded, nothing run, and every figure of the answer on them."""

from __future__ import annotations

from collections import Counter
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import attrs
import pytest

from onestop_core import catalogue, dossier, lab, workdays
from onestop_core.errors import InvalidValueError
from onestop_core.lab.forecasting import Forecast, Outlook
from onestop_core.lab.pages.sheet import Sheet
from onestop_core.text import Text, money, number
from tests.browser import printed, words

if TYPE_CHECKING:
    from pathlib import Path

    from onestop_core.text import Language

LIMITS = {"1.004873": "3 working days", "1.004222": "7 working days", "2.000884": "1 working day"}
TODAY = lab.law(name="today <b>", limits=LIMITS)
BUDGET = lab.burdens.StepBurden(id="a", name=Text(vi="a", en="a"), hours=Fraction(1), cost=Fraction(1))
EVIL = "<script>alert(1)</script>"


def texts(page: str) -> list[str]:
    """Return what a page says, part by part."""
    body = page.partition("\n")[2].replace('<meta charset="utf-8">', "").replace("<br>", "")
    for head in ("Content-Security-Policy", "viewport"):
        at = body.find(head)
        start = body.rfind("<meta", 0, at)
        body = body[:start] + body[body.find(">", at) + 1 :]
    return [text.strip() for text in ET.fromstring(body).itertext() if text.strip()]


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_replay_has_every_figure_on_its_page(language: Language) -> None:
    cases = list(lab.generate(150, year=2026, limits=TODAY.limits))
    found = lab.replay(
        cases, under=TODAY.but(lifecycle="vn@decree-61-2018", name="61"), against=TODAY, fields=lab.fields()
    )
    page = lab.pages.replay_page(found, language=language)
    said = texts(page)
    for figure in found.figures:
        assert figure.text.in_(language) in said
        assert figure.said.in_(language) in said
    for change in (*found.forbidden, *found.allowed):
        assert change.basis.in_(language) in said
    moved = [row.id for row in found.rows if row.moved]
    assert moved
    assert set(moved) <= set(said)
    assert all(each in said for _, ids in found.open for each in ids)
    assert "<script" not in page
    assert "today &lt;b&gt;" in page
    assert f'lang="{language}"' in page


def test_a_replay_that_moves_nobody_or_many_is_a_page_too() -> None:
    cases = list(lab.generate(150, year=2026, limits=TODAY.limits))
    still = lab.pages.replay_page(lab.replay(cases[:1], under=TODAY))
    assert "Hồ sơ có hạn thay đổi theo" not in still
    cut = TODAY.but(limits=dict.fromkeys(LIMITS, "20 working days"), name="longer")
    found = lab.replay(cases, under=cut, against=TODAY)
    assert found.figure("moved").count > 100
    said = texts(lab.pages.replay_page(found, language="en", most=None))
    assert {row.id for row in found.rows if row.moved} <= set(said)
    together = attrs.evolve(found, rows=tuple(attrs.evolve(row, why=()) for row in found.rows))
    assert "several parts together" in texts(lab.pages.replay_page(together, language="en"))
    other = lab.replay(cases[:20], under=TODAY.but(index="vn-766@decision-2022", name="2022"), against=TODAY)
    assert any(other.under.index.name.vi in text for text in texts(lab.pages.replay_page(other)))


@pytest.mark.parametrize(("language", "month"), [("vi", "04/2026"), ("en", "2026-04")])
def test_months_procedures_and_where_dossiers_become_late_are_said_as_people_say_them(
    language: Language, month: str
) -> None:
    cases = list(lab.generate(150, year=2026, limits=TODAY.limits))
    found = lab.replay(cases, under=TODAY.but(limits="1 working day"), against=TODAY, fields={"1.004873": "Hộ tịch"})
    late = Counter((row.unit, row.month) for row in found.rows if row.newly_late)
    said = texts(lab.pages.replay_page(found, language=language))
    assert month in said
    assert "–" in said  # the procedures whose field nobody said
    assert f"1.004873 {catalogue.shipped()['1.004873'].name.in_(language)}" in said
    start = next(
        place
        for place, text in enumerate(said)
        if text.startswith(("Newly late by unit and", "Mới thành quá hạn theo đơn vị và"))
    )
    table = said[start + 2 :]
    months = sorted({month for _, month in late if month})
    first = min(unit for unit, _ in late if unit)
    assert table[: len(months) + 1] == [
        *(each if language == "en" else f"{each[5:]}/{each[:4]}" for each in months),
        first,
    ]
    assert table[len(months) + 1 :][: len(months)] == [str(late[first, each]) for each in months]
    alone = lab.replay(cases[:1], under=TODAY.but(limits="1 working day"), against=TODAY)
    assert not any("Newly late by unit and" in text for text in texts(lab.pages.replay_page(alone, language="en")))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_page_to_print_has_the_answer_first_and_says_how_many_rows_it_left_out(language: Language) -> None:
    cases = list(lab.generate(150, year=2026, limits=TODAY.limits))
    now = cases[0].events[0].at
    shorter = TODAY.but(limits=dict.fromkeys(LIMITS, "1 working day"), name="1")
    found = lab.replay(cases, under=shorter, against=TODAY, now=now, fields=lab.fields())
    at_stake = found.figure("at_stake")
    whole = texts(lab.pages.replay_page(found, language=language, most=None))
    some = texts(lab.pages.replay_page(found, language=language, most=2))
    assert whole.count(next(row.id for row in found.rows if row.moved)) > 0
    assert len(some) < len(whole)
    left = [text for text in some if text.startswith(("và ", "and ")) and "JSON" in text]
    assert left
    assert not [text for text in whole if text.startswith(("và ", "and ")) and "JSON" in text]
    order = (
        [some.index(each) for each in ("Điểm trước và sau", "Số liệu, mở ra để xem hồ sơ", "Đơn vị")]
        if language == "vi"
        else [some.index(each) for each in ("Scores before and after", "Figures, which open to their dossiers", "Unit")]
    )
    assert order == sorted(order)
    for behaviour in lab.replaying.Behaviour:
        assert any(behaviour.text.in_(language) in text for text in some)
    assert at_stake.count == len(set(at_stake.dossiers))


def test_a_page_names_what_is_not_settled_and_what_becomes_in_time() -> None:
    machine, at = dossier.machine("vn@decree-118-2025"), datetime.fromisoformat("2026-03-02T08:15+07:00")
    case = machine.new(id="H99.1-7", procedure="1.004873", channel="in_person", at=at)
    case = machine.step(case, dossier.event("received", at))
    hours = TODAY.but(limits="4 working hours", name="hours")
    early = lab.replay([case], under=TODAY, against=hours, now=at)
    assert "Dossiers still being handled, late or in time is not settled" in texts(
        lab.pages.replay_page(early, language="en")
    )
    later = lab.replay([case], under=TODAY, against=hours, now=at + timedelta(days=1))
    said = texts(lab.pages.replay_page(later, language="en"))
    assert "Dossiers newly in time" in said
    same_day = lab.replay([case], under=hours.but(limits="6 working hours", name="6"), against=hours, now=at)
    assert any(text.startswith("2026-03-02 1") for text in texts(lab.pages.replay_page(same_day, language="en")))


def test_an_index_without_being_in_time_has_a_page_and_the_number_of_rows_is_held() -> None:
    cases = list(lab.generate(3, year=2026, limits=TODAY.limits))
    table = TODAY.index
    other = attrs.evolve(table, metrics=tuple(each for each in table.metrics if each.id != "2.1"))
    found = lab.replay(cases, under=TODAY.but(index=other), against=TODAY)
    assert "–" in texts(lab.pages.replay_page(found))
    for wrong in (-1, True, "all"):
        with pytest.raises(InvalidValueError, match="most"):
            lab.pages.replay_page(found, most=wrong)  # type: ignore[arg-type]


def test_a_decision_on_working_days_is_named_on_the_page() -> None:
    known = TODAY.but(calendar=workdays.calendar("vn-civil", as_of=date(2025, 12, 24)), name="known")
    found = lab.replay(lab.generate(200, year=2025, limits=TODAY.limits), under=TODAY, against=known)
    assert found.figure("moved").count
    said = texts(lab.pages.replay_page(found, language="en"))
    [days] = [text for text in said if text.startswith("Days on which the calendars differ: ")]
    assert "Fri 2026-01-02" in days


def test_steps_newly_allowed_are_on_the_page() -> None:
    cases = list(lab.generate(300, year=2026, limits=TODAY.limits))
    found = lab.replay(cases, under=TODAY.but(policy=dossier.Policy(max_supplements=2), name="two"), against=TODAY)
    assert found.allowed
    assert "Steps newly allowed" in texts(lab.pages.replay_page(found, language="en"))


@pytest.mark.parametrize("language", ["vi", "en"])
def test_an_audit_has_every_article_on_its_page(language: Language) -> None:
    cases: list[Any] = list(lab.generate(200, year=2026, limits=TODAY.limits))
    found = lab.audit(cases, law=TODAY)
    page = lab.pages.audit_page(found, language=language)
    said = texts(page)
    for article in found.articles:
        assert article.basis.in_(language) in said
        assert number(article.count).in_(language) in said
        assert article.entries[0].dossier in said
    assert number(found.delay).in_(language) in said
    assert lab.pages.audit_page(found).count("<svg") == 2


def test_an_audit_says_what_it_could_not_read_and_when_it_found_nothing() -> None:
    at = datetime.fromisoformat("2026-03-02T08:15+07:00")
    case = dossier.machine("vn@decree-118-2025").new(id=EVIL, procedure="1", channel="in_person", at=at)
    log = lab.reading.CaseLog(source="a.csv", id=EVIL, events=case.events, problems=())
    clean = lab.audit([log], law=TODAY)
    page = lab.pages.audit_page(clean, language="en")
    assert "Nothing was found." in page
    assert "<script" not in page
    assert EVIL in texts(page)
    assert case.events[0].opening is not None
    foreign = attrs.evolve(case.events[0], opening=attrs.evolve(case.events[0].opening, lifecycle="vn@elsewhere"))
    broken = lab.pages.audit_page(lab.audit([(foreign,)], law=TODAY), language="en")
    assert "Could not be read" in texts(broken)


def test_a_forecast_lists_the_worst_first() -> None:
    due = datetime.fromisoformat("2026-03-02T17:00+07:00")
    rows = [
        Forecast(id="1", procedure="1", outlook=Outlook.IN_TIME, due=due),
        Forecast(
            id="2",
            procedure="1",
            outlook=Outlook.LATE_AT_BUDGET,
            due=due,
            at_budget=due,
            days_over=1,
            role="specialist",
        ),
        Forecast(id="3", procedure="1", outlook=Outlook.OVERDUE, due=due),
        Forecast(id="4", procedure="1", outlook=Outlook.LATE_ANYHOW, days_over=3, unit="H99.1", role="foreman"),
    ]
    said = texts(lab.pages.forecast_page(rows, language="en"))
    assert [text for text in said if text in {"1", "2", "3", "4"} and said.index(text) > 15][:1] == ["4"]
    assert "Specialist officer" in said or "specialist" not in said
    assert "foreman" in said
    with pytest.raises(InvalidValueError):
        lab.pages.forecast_page([1])  # type: ignore[list-item]


def test_long_names_and_long_lists_are_cut_and_say_so() -> None:
    sheet = Sheet("en")
    opened = ET.tostring(sheet.opened("x", [str(each) for each in range(503)]), encoding="unicode")
    assert "and 3 more" in opened
    drawn = ET.tostring(sheet.bars(Text(vi="x", en="x"), [("n" * 60, 1, 2)]), encoding="unicode")
    assert "n" * 41 + "…" in drawn.replace("&#8230;", "…")
    assert "1–2" in drawn.replace("&#8211;", "–")
    assert "<svg" in ET.tostring(sheet.bars(Text(vi="x", en="x"), []), encoding="unicode")


def test_a_burden_has_every_procedure_on_its_page() -> None:
    found = lab.burden(catalogue.shipped(), on=date(2026, 9, 1))
    said = texts(lab.pages.burden_page(found, language="en"))
    assert {f"{row.code} {row.name.en}" for row in found.procedures} <= set(said)
    assert {text.en for row in found.procedures for text in row.texts} <= set(said)
    assert {part.en for row in found.rates.rows for part in row} <= set(said)
    assert money(found.yearly).en in said
    assert set(found.without_budgets) <= set(said)
    cases = list(lab.generate(120, year=2025, limits=TODAY.limits))
    slow = lab.slowness(cases, law=TODAY)
    period = lab.burdens.Period(
        name="2025", last=date(2025, 12, 31), catalogue=catalogue.shipped(), dossiers=cases, law=TODAY
    )
    compared = lab.reductions_and_increases(period, period)
    both = texts(lab.pages.burden_page(found, comparison=compared, slowness=slow, language="vi"))
    assert {line.strip().removeprefix("- ") for line in compared.lines(language="vi")} <= set(both)
    assert f"Vì sao hồ sơ chậm: {len(slow.rows)}/{slow.ended}" in both
    for place in slow.spots:
        assert {place.title.vi, place.size.text.vi, place.cause.text.vi} <= set(both)
        assert {f"{row.id} (+{row.over})" for row in place.rows} <= set(both)
    many = {code: [case.id for case in cases if case.procedure == code] for code in {case.procedure for case in cases}}
    opened = texts(lab.pages.burden_page(lab.burden(catalogue.shipped()), dossiers=many, language="en"))
    assert {case.id for case in cases} <= set(opened)
    # Of the procedure with two editions each has a row, with what the later one saves.
    assert {"until 2025-06-30", "from 2025-07-01", "−40,000"} <= set(opened)
    budgeted = attrs.evolve(
        found, on=None, procedures=tuple(attrs.evolve(row, steps=(BUDGET,)) for row in found.procedures)
    )
    assert "Cost for the agency not known" not in " ".join(texts(lab.pages.burden_page(budgeted, language="en")))


def test_an_audit_prints_whole_with_its_cases(tmp_path: Path) -> None:
    found = lab.audit(lab.generate(60, year=2026, limits=TODAY.limits), law=TODAY)
    said = words(printed(lab.pages.audit_page(found), tmp_path))
    assert "Nhật ký đối chiếu với quy định" in said
    assert f"{number(found.count).vi}" in said
    # What opens on a screen is open on paper; a long name may be broken into lines there.
    assert found.articles[0].entries[0].dossier.replace("-", "") in said.replace("-", "").replace(" ", "")


def test_a_forecast_says_of_which_moment_it_is() -> None:
    rows = [Forecast(id="1", procedure="1.004873", outlook=Outlook.IN_TIME)]
    now = datetime.fromisoformat("2026-03-12T08:00+07:00")
    assert "08:00 ngày 12/03/2026" in texts(lab.pages.forecast_page(rows, now=now))
    with pytest.raises(InvalidValueError):
        lab.pages.forecast_page(rows, now=datetime(2026, 3, 12))


def test_a_long_name_is_cut_and_an_unknown_procedure_is_its_code() -> None:
    sheet = Sheet("vi")
    longest = max(catalogue.shipped().procedures, key=lambda each: len(each.name.vi))
    said = sheet.procedure(longest.code)
    assert said.startswith(f"{longest.code} {longest.name.vi[:60]}")
    assert (said[-1], len(said)) == ("…", len(longest.code) + 90)
    assert sheet.procedure("9.999999") == "9.999999"
