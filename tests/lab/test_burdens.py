"""What law costs and where time goes, each number counted again by hand."""

from __future__ import annotations

import copy
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest

from onestop_core import catalogue, deadlines, dossier, kpi, lab, workdays
from onestop_core.errors import InvalidValueError
from onestop_core.kpi.measures import Answers
from onestop_core.lab.burdens import Cause, Period, Size
from onestop_core.model import Interval
from onestop_core.rules.reading import resources

SHIPPED = catalogue.shipped()
LIMITS = {"1.004873": "3 working days", "1.004222": "7 working days", "1.003695": "30 working days"}
LAW = lab.law(name="today", limits=LIMITS)


def by_hand(procedure: dict[str, Any], rates: lab.Rates) -> tuple[Fraction, Fraction, Fraction | None]:
    """Return the cost of one application with the lowest fee, the highest fee and the agency's hours, from the JSON."""
    papers = [paper for paper in procedure["papers"] if not paper.get("cases")]
    hours = sum((rates.form_hours if paper.get("form") else rates.paper_hours for paper in papers), Fraction(0))
    copies = sum(paper.get("copies", 0) for paper in papers)
    kinds = {channel["kind"] for channel in procedure["channels"]}
    trips = 2
    if "online_partial" in kinds:
        trips = 1
    if "online_full" in kinds:
        trips = 0
    hours += rates.trip_hours * trips + (rates.online_hours if trips < 2 else 0)
    fees = [
        sum(
            (
                Fraction(Decimal(str(fee["amount"])))
                for fee in limit.get("fees", [])
                if "amount" in fee and fee.get("currency", "VND") == "VND"
            ),
            Fraction(0),
        )
        for channel in procedure["channels"]
        for limit in channel["limits"]
    ]
    cost = hours * rates.income.value + rates.copy_cost * copies + rates.trip_cost * trips + min(fees)
    agency: Fraction | None = Fraction(0)
    steps = procedure.get("steps", [])
    for step in steps:
        budget = step.get("budget")
        if (
            budget is None
            or agency is None
            or not budget.endswith(("working days", "working day", "working hours", "working hour"))
        ):
            agency = None
            continue
        amount = Fraction(budget.split()[0])
        agency += amount * 8 if "day" in budget else amount
    return cost, max(fees), agency if steps else None


def test_every_procedure_of_the_shipped_catalogue_is_counted_again_by_hand() -> None:
    rates = lab.Rates(paper_hours=Fraction(3, 2), copy_cost=4_000, staff_cost=50_000)
    found = lab.burden(SHIPPED, rates=rates, applications={"1.004873": 120})
    documents = resources.data("vn/catalogue/one-stop")["procedures"]
    total = agencies = Fraction(0)
    unknown = []
    for row, document in zip(found.procedures, documents, strict=True):
        many = 120 if row.code == "1.004873" else 1
        cost, highest, agency = by_hand(document, rates)
        assert (row.cost.each, row.highest_fees, row.agency_hours) == (cost, highest, agency), row.code
        if document.get("in_force_to"):  # 2.000575: its next edition takes its place in a sum
            continue
        total += cost * many
        if agency is None:
            unknown.append(row.code)
        else:
            assert row.agency_cost == agency * 50_000 * many
            agencies += agency * 50_000 * many
    assert (found.yearly, found.agency, found.without_budgets) == (total, agencies, tuple(unknown))
    assert repr(found) == f"<Burden of {len(documents)} procedures>"
    lines = found.lines(language="vi", most=3)
    assert lines[0].startswith("Chi phí một năm: người nộp ")
    # The dearest three, the one procedure with two editions, and the rates: what was given, and what is a guess.
    assert len(lines) == 6
    assert lines[4].startswith("2.000575, một hồ sơ theo từng phiên bản: đến 30/06/2025: ")
    assert "chuẩn bị một giấy tờ 1,5 giờ (được nêu)" in lines[5]
    assert "điền một mẫu đơn 0,5 giờ (phỏng đoán)" in lines[5]
    told = found.to_dict()
    assert told["yearly"] == str(total)
    assert told["on"] is None


def test_editions_stand_side_by_side_and_steps_are_priced() -> None:
    document: dict[str, Any] = copy.deepcopy(resources.data("vn/catalogue/one-stop"))
    first = copy.deepcopy(document["procedures"][0])
    first["steps"] = [
        {"id": "a", "what": {"vi": "Tiếp nhận", "en": "Receive"}, "budget": "4 working hours"},
        {"id": "b", "what": {"vi": "Thẩm định", "en": "Appraise"}, "budget": "1.5 working days", "after": ["a"]},
    ]
    second = copy.deepcopy(first)
    first["in_force_to"], second["in_force_from"] = "2026-06-30", "2026-07-01"
    second["steps"][1]["budget"] = "1 month"
    document["procedures"][0:1] = [first, second]
    both = catalogue.load(document)
    rows = [row for row in lab.burden(both).procedures if row.code == first["code"]]
    assert [(row.in_force_from, row.agency_hours) for row in rows] == [(None, 16), (date(2026, 7, 1), None)]
    assert [step.hours for step in rows[0].steps] == [4, 12]
    assert [step.cost for step in rows[1].steps] == [240_000, None]
    assert (rows[1].agency_cost, rows[0].to_dict()["steps"][1]["hours"]) == (None, "12")
    # Of two editions the later one counts, whichever stands first, so that a year is counted once.
    assert (sum(row.code == first["code"] for row in lab.burden(both).current), len(lab.burden(both).revised)) == (1, 2)
    document["procedures"][0:2] = [second, first]
    turned = lab.burden(catalogue.load(document))
    assert turned.yearly == lab.burden(both).yearly
    assert [row.in_force_from for row in turned.revised[0]] == [None, date(2026, 7, 1)]
    assert turned.current[0].in_force_from == date(2026, 7, 1)
    # One dossier: what those who apply do, and the fee, is what it costs.
    for row in turned.procedures:
        assert sum((each.cost for each in row.activities), row.cost.fees) == row.cost.each
        assert sum(each.hours for each in row.activities) == row.cost.effort.hours
    assert [
        line
        for line in turned.lines()
        if line.startswith(f"{first['code']}, one dossier by edition: until 2026-06-30: ")
    ]
    june, july = (lab.burden(both, on=day) for day in (date(2026, 6, 30), date(2026, 7, 1)))
    assert june.agency - july.agency == 16 * 60_000
    assert june.to_dict()["on"] == "2026-06-30"


@pytest.mark.parametrize("wrong", [-1, 0.5, True, "1", 10**13, Decimal("NaN"), Decimal("sNaN"), Decimal("1e999999999")])
def test_a_rate_is_an_exact_number(wrong: Any) -> None:
    with pytest.raises(InvalidValueError):
        lab.Rates(paper_hours=wrong)
    with pytest.raises(InvalidValueError, match="applications"):
        lab.burden(SHIPPED, applications={"1.004873": -1})


def periods() -> tuple[Period, Period]:
    before = Period(
        name="2025", last=date(2025, 12, 31), catalogue=SHIPPED, law=LAW, answers=Answers(points=(1, 1, 2, 3, 3)),
        dossiers=list(lab.generate(60, year=2025, limits=LAW.limits)),
    )  # fmt: skip
    after = Period(
        name="2026", last=date(2026, 12, 31), catalogue=SHIPPED, law=LAW, staff=Fraction(7, 2),
        dossiers=list(lab.generate(60, year=2026, seed=2, limits=LAW.limits)),
    )  # fmt: skip
    return before, after


def test_three_reductions_and_three_increases_are_counted_from_what_the_periods_hold() -> None:
    before, after = periods()
    found = lab.reductions_and_increases(before, after)
    cost = found["compliance_cost"]
    many = {code: sum(case.procedure == code for case in before.dossiers) for code in LIMITS}
    new = {code: sum(case.procedure == code for case in after.dossiers) for code in LIMITS}
    counted = {code: many[code] or new[code] for code in LIMITS}
    for side, period in ((cost.before, before), (cost.after, after)):
        held = period.catalogue.on(period.last).procedures
        priced = lab.burden(SHIPPED, on=period.last)
        expected = sum(
            (row.cost.each * counted.get(row.code, 0) for row in priced.procedures if row.code in counted), Fraction(0)
        )
        assert side == expected
        assert found["procedures"].before == len(held)
    for side, period in ((found["on_time"].before, before), (found["on_time"].after, after)):
        told = kpi.tally(
            [dossier.facts(case, due_at=_in_force(case)) for case in period.dossiers], period=Interval(last=period.last)
        )
        assert side == Fraction(told.finished.numerator, told.finished.denominator)
    assert found["staff"].reason is not None
    assert found["satisfaction"].reason is not None
    assert found["handling_hours"].before is not None
    assert repr(before) == "<Period 2025: 60 dossiers>"


def _in_force(case: dossier.Dossier) -> Any:
    limit = LAW.limits.of(case.procedure)
    assert limit is not None
    return deadlines.countdown(case, limit, calendar=LAW.calendar).in_force


def test_handling_is_working_time_without_waiting_counted_minute_by_minute() -> None:
    cases = [case for case in lab.generate(80, year=2026, limits=LAW.limits) if case.clock.waits]
    cases += list(lab.generate(3, year=2026, limits=LAW.limits, first=900))
    minutes = ended = 0
    for case in cases:
        if case.clock.stopped_at is None:
            continue
        ended += 1
        for span in case.clock.spans:
            now, end = span.start, span.end or case.clock.stopped_at
            while span.phase == "running" and now < end:
                inside = time(7, 30) <= now.time() < time(11, 30) or time(13, 30) <= now.time() < time(17)
                minutes += inside and LAW.calendar.is_workday(now.date())
                now += timedelta(minutes=1)
    hours = LAW.but(hours=deadlines.WorkingHours.parse("07:30-11:30, 13:30-17:00"))
    period = Period(name="a", last=date(2026, 12, 31), catalogue=SHIPPED, law=hours, dossiers=cases)
    nothing = attrs.evolve(period, name="b", dossiers=(), law=lab.law())
    found = lab.reductions_and_increases(period, nothing)["handling_hours"]
    assert found.before == Fraction(minutes, 60 * ended)
    assert found.after is None
    opened = dossier.machine(cases[0].lifecycle).replay(cases[0].events[:2])
    with_open = attrs.evolve(period, dossiers=(*cases, opened))
    assert lab.reductions_and_increases(with_open, period)["handling_hours"].before == found.before
    unknown = lab.reductions_and_increases(attrs.evolve(period, law=lab.law()), period)
    assert unknown["on_time"].before is None


def test_slowness_is_confirmed_by_walking_the_days() -> None:
    cases = [case for year in (2025, 2026) for case in lab.generate(250, year=year, limits=LAW.limits)]
    found = lab.slowness(cases, law=LAW)
    ended = [case for case in cases if case.clock.stopped_at is not None]
    assert found.ended == len(ended)
    expected = {}
    for case in ended:
        start, end = case.clock.spans[0].start, case.clock.stopped_at
        assert end is not None
        limit = LAW.limits.of(case.procedure)
        assert limit is not None
        days = limit.whole_working_days
        assert days is not None
        last = start.date()
        for _ in range(days):
            last += timedelta(days=1)
            while not LAW.calendar.is_workday(last):
                last += timedelta(days=1)
        if end.date() > last:
            walked = [start.date() + timedelta(days=n) for n in range(1, (end.date() - start.date()).days + 1)]
            worked = [day for day in walked if LAW.calendar.is_workday(day)]
            expected[case.id] = (len(worked), len([day for day in worked if day > last]))
    assert {row.id: (row.days, row.over) for row in found.rows} == expected
    assert {cause for row in found.rows for cause in row.causes} == set(Cause)
    assert {row.size for row in found.rows} == set(Size)
    for row in found.rows:
        case = next(each for each in cases if each.id == row.id)
        assert (Cause.LARGE in row.causes) is (case.procedure == "1.003695")
        assert row.edition == case.lifecycle
        assert (Cause.WORK in row.causes) is (len(row.causes) == 1 and row.causes[0] is Cause.WORK)
        begun = {date(2025, 7, 1), date(2026, 8, 5)}
        end = case.clock.stopped_at
        assert end is not None
        if any(case.clock.spans[0].start.date() < day <= end.date() for day in begun):
            assert Cause.LAW_CHANGED in row.causes
    waited = found.of(cause=Cause.WAITING)
    assert all(next(c for c in cases if c.id == row.id).clock.waits for row in waited)
    assert sum(len(found.of(edition=name)) for name in {row.edition for row in found.rows}) == len(found.rows)
    assert found.of(size=Size.LARGE) == tuple(row for row in found.rows if row.size is Size.LARGE)
    assert any("waiting for others" in line for line in found.lines())
    assert [(each.edition, each.size, each.cause) for each in found.spots] == sorted(
        {(row.edition, row.size, cause) for row in found.rows for cause in row.causes},
        key=lambda spot: (spot[0], list(Size).index(spot[1]), list(Cause).index(spot[2])),
    )
    for place, line in zip(found.spots, found.lines(language="vi"), strict=True):
        rows = [
            row
            for row in found.rows
            if (row.edition, row.size) == (place.edition, place.size) and place.cause in row.causes
        ]
        assert (list(place.rows), place.over) == (rows, sum(row.over for row in rows))
        assert line == (
            f"{place.title.vi}, {place.size.text.vi}, {place.cause.text.vi}: {len(rows)} hồ sơ, quá {place.over} ngày làm việc"
        )
    document = found.to_dict(language="vi")
    assert [each["dossiers"] for each in document["spots"]] == [[row.id for row in place.rows] for place in found.spots]
    assert found.rows[0].to_dict()["id"] == found.rows[0].id
    assert repr(found) == f"<Slowness: {len(found.rows)} of {found.ended} dossiers>"


def test_what_has_no_limit_or_has_not_ended_is_passed_over() -> None:
    [case] = lab.generate(1, limits=LAW.limits)
    assert lab.slowness([case], law=lab.law()).ended == 0
    opened = dossier.machine(case.lifecycle).replay(case.events[:1])
    assert lab.slowness([opened], law=LAW).ended == 0
    assert workdays.calendar().is_workday(date(2026, 3, 2))


def ended(*, waited: str, done: str, extended: str | None = None) -> dossier.Dossier:
    """Return a dossier received on Monday 22 December 2025, whose papers came on a day, and which was done on one."""
    machine = dossier.machine("vn@decree-118-2025")

    def on(text: str) -> datetime:
        return datetime.fromisoformat(f"{text}T09:00+07:00")

    case = machine.new(id="1", procedure="1", channel="in_person", at=on("2025-12-22"))
    events = [
        dossier.event("received", on("2025-12-22"), due=on("2025-12-26")),
        dossier.event("assigned", on("2025-12-22")),
    ]
    if extended is not None:
        events.append(dossier.event("extended", on("2025-12-23"), reason="x", due=on(extended)))
    events += [
        dossier.event("financial_obligation_set", on("2025-12-24")),
        dossier.event("financial_obligation_met", on(waited)),
        dossier.event("approved", on(done)),
        dossier.event("result_handed_over", on(done)),
    ]
    for event in events:
        case = machine.step(case, event)
    return case


def test_the_law_of_other_files_is_no_change_on_the_way() -> None:
    # On 1 January 2026 the rules of data requests began; the calendar of that winter was announced on 25 December.
    law = lab.law(limits="2 working days", calendar=workdays.calendar("vn-civil", as_of=date(2025, 12, 1)))
    [row] = lab.slowness([ended(waited="2025-12-24", done="2026-01-06")], law=law).rows
    assert [cause.value for cause in row.causes] == ["work"]


def test_an_extension_does_not_make_it_the_fault_of_waiting() -> None:
    law = lab.law(limits="4 working days", calendar=workdays.calendar("vn-civil", as_of=date(2025, 12, 1)))
    extended = ended(waited="2025-12-25", done="2025-12-31", extended="2026-01-05")
    [row] = lab.slowness([extended], law=law).rows
    assert [cause.value for cause in row.causes] == ["work"], "four days are over on the 29th, the day of waiting added"
    [row] = lab.slowness([ended(waited="2025-12-30", done="2025-12-31")], law=law).rows
    assert [cause.value for cause in row.causes] == ["waiting"]


def test_an_edition_of_ones_own_is_called_as_its_logs_call_it() -> None:
    [row] = lab.slowness(SLOW, law=lab.law(limits="1 working day")).rows
    own = lab.burdens.SlowPlace(edition="tinh@2026", size=row.size, cause=row.causes[0], rows=(row,))
    assert own.title.vi == "tinh@2026"
    assert own.text.en.endswith(f": 1 dossier, {row.over} working day{'' if row.over == 1 else 's'} beyond")


SLOW = [
    next(case for case in lab.generate(60, year=2025) if lab.slowness([case], law=lab.law(limits="1 working day")).rows)
]


def test_step_by_step_is_what_the_catalogue_says() -> None:
    document: dict[str, Any] = copy.deepcopy(resources.data("vn/catalogue/one-stop"))
    [one] = [each for each in document["procedures"] if each["code"] == "1.004222"]
    one["papers"] = [
        {"name": {"vi": "Tờ khai", "en": "Form"}, "originals": 1, "copies": 2, "form": "CT01"},
        {"name": {"vi": "Giấy", "en": "Paper"}, "originals": 1, "copies": 1},
    ]
    one["channels"] = [
        {
            "kind": "online_partial",
            "limits": [{"time": "7 working days", "fees": [{"amount": "15000", "kind": "charge"}]}],
        }
    ]
    one["steps"] = [
        {"id": "a", "what": {"vi": "Tiếp nhận", "en": "Receive"}, "budget": "4 working hours"},
        {"id": "b", "what": {"vi": "Ký", "en": "Sign"}, "after": ["a"]},
    ]
    document["procedures"] = [one]
    found = lab.burden(catalogue.load(document), applications={"1.004222": 10})
    # 1 h for the paper and half an hour for the form; 3 copies at 5,000; half an hour online; one trip of 2 h and 20,000.
    assert [text.en for text in found.procedures[0].texts] == [
        "applicant, papers and forms: 1.5 h, 60,000 VND",
        "applicant, copies: 0 h, 15,000 VND",
        "applicant, filing online: 0.5 h, 20,000 VND",
        "applicant, trips: 2 h, 100,000 VND",
        "applicant, fees: 15,000 VND",
        "agency, Receive: 4 h, 240,000 VND",
        "agency, Sign: no budget",
    ]
    assert int(found.procedures[0].cost.each) == 60_000 + 15_000 + 20_000 + 100_000 + 15_000
    # One of two procedures has budgets: the agencies pay at least what they say; with no dossiers nothing is lacking.
    one["steps"][1]["budget"] = "1 working hour"
    document["procedures"] = [one, {**one, "code": "1.003695", "steps": []}]
    both = catalogue.load(document)
    assert lab.burden(both).agency_text.en == "at least 300,000 VND"
    assert lab.burden(both, applications={"1.003695": 0}).agency_text.vi == "300.000 đồng"
    assert lab.burden(both, applications={"1.004222": 0}).agency_text.en == "not known"
