"""Three reductions and three increases: a world small enough to count on paper, random ones counted again, and files."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from onestop_core import catalogue, dossier, kpi, lab
from onestop_core.cli import main
from onestop_core.errors import InvalidDocumentError, InvalidValueError, OnestopError, UnknownCodeError
from onestop_core.kpi.measures import Answers, IndicatorChange
from onestop_core.lab.burdens import Period
from onestop_core.rules.reading.resources import data

if TYPE_CHECKING:
    from pathlib import Path

    from onestop_core.dossier import Dossier

MARRIAGE, BIRTH = "1.004873", "1.004222"


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+07:00")


def offered(*codes: str, budgets: tuple[str, ...] = (), fee: str = "0", papers: int = 2) -> dict[str, Any]:
    """Return a catalogue of *codes*, each with *papers* papers, at the desk alone, and a step for each budget."""
    shipped = data("vn/catalogue/one-stop")
    one = next(each for each in shipped["procedures"] if each["code"] == MARRIAGE)
    plain = {
        **one,
        "papers": [
            {"name": {"vi": "Giấy tờ", "en": "Paper"}, "originals": 1, "copies": 0}
            for n in range(papers)
        ],
        "channels": [
            {"kind": "in_person", "limits": [{"time": "3 working days", "fees": [{"amount": fee, "kind": "charge"}]}]},
        ],
        "steps": [
            {"id": f"step-{n}", "what": {"vi": "Bước", "en": "Step"}, "budget": budget, **({"after": [f"step-{n - 1}"]} if n else {})}
            for n, budget in enumerate(budgets)
        ],
    }  # fmt: skip
    return {**shipped, "procedures": [{**plain, "code": code} for code in codes]}


def case(number: str, procedure: str, received: str, ended: str | None = None) -> Dossier:
    """Return a dossier received and, if *ended*, decided and given back then, with nothing in between."""
    machine = dossier.machine("vn", on=at(received).date())
    made = machine.new(id=number, procedure=procedure, channel="in_person", at=at(received))
    steps = [("received", received, "receiving_officer", "An"), ("assigned", received, "unit_leader", "Bình")]
    if ended is not None:
        steps += [("approved", ended, "authority_leader", "Chi"), ("result_handed_over", ended, "clerk", "An")]
    for kind, moment, role, actor in steps:
        made = machine.step(made, dossier.event(kind, at(moment), role=role, actor=actor, unit="H99.1"))
    return made


BEFORE = Period(
    name="before", first=date(2026, 3, 1), last=date(2026, 3, 31), catalogue=catalogue.load(
        offered(MARRIAGE, BIRTH, budgets=("4 working hours", "1 working day"), fee="10000")
    ),
    law=lab.law(limits="3 working days"), staff=Fraction(4), answers=Answers(points=(1, 1, 2, 3, 3), invalid=2),
    dossiers=[
        # Monday 2 March, a law of three working days: due on Thursday 5 March.
        case("1", MARRIAGE, "2026-03-02T08:00", "2026-03-03T10:00"),
        case("2", MARRIAGE, "2026-03-02T08:00", "2026-03-06T10:00"),  # a day late
        case("3", BIRTH, "2026-03-31T08:00"),
        case("0", BIRTH, "2026-02-27T08:00", "2026-02-27T10:00"),  # of February: not of the period
    ],
)  # fmt: skip
AFTER = Period(
    name="after", first=date(2026, 4, 1), last=date(2026, 4, 30), catalogue=catalogue.load(
        offered(MARRIAGE, budgets=("4 working hours",), fee="8000", papers=1)
    ),
    law=lab.law(limits="3 working days"), staff=Fraction(3), answers=Answers(points=(0, 0, 1, 3, 4)),
    dossiers=[
        case("4", MARRIAGE, "2026-04-06T08:00", "2026-04-06T10:00"),
        case("5", BIRTH, "2026-04-06T08:00", "2026-04-06T11:00"),
    ],
)  # fmt: skip
"""Its catalogue has given up the registration of birth, a step and a paper of the other, and 2,000 VND of its fee."""


def sides(change: IndicatorChange) -> tuple[object, object]:
    return change.before, change.after


def test_two_small_periods_are_counted_on_paper() -> None:
    found = lab.reductions_and_increases(BEFORE, AFTER)
    # Offices are open 7:00-11:30 and 13:30-17:00. Dossier 1: 7 hours of Monday, 3 of Tuesday; dossier 2: 7 of Monday, 8 of
    # Tuesday, Wednesday and Thursday each, 3 of Friday.
    assert clock_hours("2026-03-02T08:00", "2026-03-03T10:00") == 10
    assert clock_hours("2026-03-02T08:00", "2026-03-06T10:00") == 34
    assert found["handling_hours"].before == Fraction(10 + 34, 2)
    assert found["handling_hours"].after == Fraction(5, 2)  # 2 hours and 3 hours of a morning
    # Applicants: 2 papers of 1 h, 2 trips of 2 h: 6 h each; two of marriage, one of birth. Afterwards: 5 h, marriage alone.
    assert sides(found["applicant_hours"]) == (18, 10)
    # 6 h at 40,000, 2 trips at 20,000, a fee of 10,000: 290,000 each, three of them.
    assert found["compliance_cost"].before == 870_000
    # 5 h at 40,000, 2 trips at 20,000, a fee of 8,000: 248,000 each, the two of the first period.
    assert found["compliance_cost"].after == 496_000
    # Agencies: 4 h and 8 h at 60,000 for three dossiers; then 4 h for two.
    assert sides(found["agency_cost"]) == (12 * 60_000 * 3, 4 * 60_000 * 2)
    assert found["staff"].absolute == found["procedures"].absolute == -1
    assert sides(found["on_time"]) == (Fraction(1, 2), 1)
    # 6 of 10 valid answers have 4 or 5 points, then 7 of 8.
    assert sides(found["satisfaction"]) == (Fraction(3, 5), Fraction(7, 8))
    assert [aim.outcome.value for aim in found.comparison.aims] == [
        "improved", "improved", "improved", "improved", "unknown", "improved",
    ]  # fmt: skip
    assert repr(found) == "<PeriodsCompared before → after>"


def clock_hours(start: str, end: str) -> Fraction:
    """Return working hours minute by minute of weeks without days off but Saturdays and Sundays."""
    now, minutes = at(start), 0
    while now < at(end):
        of_day = (now.hour, now.minute)
        open_now = (7, 0) <= of_day < (11, 30) or (13, 30) <= of_day < (17, 0)
        minutes += open_now and now.isoweekday() <= 5
        now += timedelta(minutes=1)
    return Fraction(minutes, 60)


def test_every_figure_opens_to_its_dossiers() -> None:
    found = lab.reductions_and_increases(BEFORE, AFTER)
    assert (found.before.dossiers, found.before.open, found.before.late) == (("1", "2", "3"), ("3",), ("2",))
    assert dict(found.after.hours) == {"4": 2, "5": 3}
    # The catalogue of April does not hold the registration of birth any more: its dossier is in no cost, and that is said.
    assert (found.before.outside, found.after.outside) == ((), ("5",))
    assert (found.before.units, found.before.officials) == (("H99.1",), 3)
    assert [found.before.per_post, found.after.per_post] == [Fraction(1, 2), Fraction(2, 3)]
    lines = found.lines(language="vi")
    assert "after: 1 hồ sơ có thủ tục không còn trong danh mục vào ngày cuối kỳ, nên không tính vào chi phí" in lines
    assert "before: 3 hồ sơ, 2 đã kết thúc, 1 đang giải quyết; nhật ký nêu 1 đơn vị" in lines
    told = found.to_dict()
    assert told == json.loads(json.dumps(told))
    assert told["before"]["hours"] == {each: str(hours) for each, hours in found.before.hours}
    assert told["rates"]["paper_hours"] == {"what": "To get hold of a paper", "value": "1", "source": "a guess"}
    assert repr(found.before) == "<Seen before: 3 dossiers>"


def test_what_is_not_known_says_why_and_is_never_zero() -> None:
    nothing = [
        Period(name=name, last=date(2026, 3, 31), catalogue=BEFORE.catalogue, law=lab.law(), dossiers=())
        for name in ("a", "b")
    ]
    found = lab.reductions_and_increases(*nothing)
    reasons = {
        each.indicator.id: each.reason.en for aim in found.comparison.aims for each in aim.indicators if each.reason
    }
    for name in ("applicant_hours", "compliance_cost", "agency_cost"):
        assert reasons[name] == "a: neither period has dossiers; b: neither period has dossiers"
    assert reasons["handling_hours"] == "a: no dossier has ended; b: no dossier has ended"
    assert (
        reasons["staff"]
        == "a: posts were not stated; logs do not tell them; b: posts were not stated; logs do not tell them"
    )
    assert reasons["satisfaction"] == "a: no ratings were given; b: no ratings were given"
    assert reasons["on_time"] == "a: a share of nothing; b: a share of nothing"
    assert found["procedures"].absolute == 0
    assert found.before.officials is None
    assert found.before.texts[0].en == "a: 0 dossiers, 0 ended, 0 under way; the logs name 0 units"
    unbudgeted = Period(name="c", last=date(2026, 3, 31), catalogue=catalogue.load(offered(MARRIAGE, BIRTH)), law=lab.law(),
        dossiers=BEFORE.dossiers)  # fmt: skip
    lacking = lab.reductions_and_increases(BEFORE, unbudgeted)
    assert lacking["agency_cost"].reason is not None
    assert (
        lacking["agency_cost"].reason.en == "c: of 2 procedures with dossiers 2 do not publish the budgets of all steps"
    )
    assert lacking["agency_cost"].before == 12 * 60_000 * 3
    assert lacking.after.unpriced == (MARRIAGE, BIRTH)
    # Without a law nobody knows when they were due.
    assert lacking.after.not_judged == ("1", "2", "0")
    assert "c: 3 dossiers ended, and it is not known when they were due" in lacking.lines()


def test_the_index_is_scored_from_dossiers_and_from_counts_that_they_do_not_tell() -> None:
    counts = {"1.1": (9, 10), "1.2": (1, 1), "1.3": (1, 1), "1.4": (1, 2)}
    more = attrs.evolve(BEFORE, counts=counts, level="province")
    # Group 1 has 18 points; how many of them each metric gives, the index says: the same by itself.
    alone = kpi.index("vn-766@portal-2026").score(counts, level="province").groups["CKMB"]
    assert alone.score is not None
    found = lab.reductions_and_increases(more, AFTER)
    assert found["openness"].before == Fraction(alone.score) / 18
    assert found["openness"].reason is not None
    assert found["openness"].reason.en == "after: the card is not whole: no points for 1.1, 1.2, 1.3, 1.4"
    known = {metric.id: (1, 1) for metric in kpi.index("vn-766@portal-2026").metrics if metric.scored}
    whole = [attrs.evolve(each, counts=known) for each in (BEFORE, AFTER)]
    assert (
        lab.reductions_and_increases(*whole)["service_index"].before == 1
    )  # given counts go before what dossiers tell
    with pytest.raises(UnknownCodeError):
        lab.reductions_and_increases(attrs.evolve(BEFORE, counts={"9.9": (1, 1)}), AFTER)
    with pytest.raises(InvalidValueError, match="a day not after the last"):
        attrs.evolve(BEFORE, first=date(2026, 4, 1))


def counted_again(before: Period, after: Period) -> dict[str, tuple[Any, Any]]:
    """Return the figures of two periods again, slowly: with loops over dossiers, minutes, papers and steps alone."""
    held: list[dict[str, Any]] = []
    ours: list[list[Dossier]] = []
    for period in (before, after):
        cases = []
        for each in period.dossiers:
            received = next((event.at for event in each.events if event.kind == "received"), each.events[0].at)
            if period.first is None or period.first <= received.date() <= period.last:
                cases.append(each)
        ours.append(cases)
        held.append({each.code: each for each in period.catalogue.procedures})
    numbers: dict[str, int] = {}
    for cases in (ours[1], ours[0]):
        for code in {each.procedure for each in cases}:
            numbers[code] = len([each for each in cases if each.procedure == code])
    figures: dict[str, list[Any]] = {
        name: [] for name in ("hours", "effort", "cost", "agency", "on_time", "procedures")
    }
    for cases, procedures in zip(ours, held, strict=True):
        minutes, ended, in_time = 0, 0, 0
        for each in cases:
            end = next((event.at for event in each.events if event.kind == "result_handed_over"), None)
            start = next((event.at for event in each.events if event.kind == "received"), None)
            if end is None or start is None:
                continue
            ended += 1
            minutes += int(clock_hours(f"{start:%Y-%m-%dT%H:%M}", f"{end:%Y-%m-%dT%H:%M}") * 60)
            due, left = start, 3
            while left:
                due += timedelta(days=1)
                left -= due.isoweekday() <= 5
            in_time += end.date() <= due.date()
        effort = cost = agency = Fraction(0)
        for code, many in numbers.items():
            if code not in procedures:
                continue
            one = procedures[code]
            own = len(one.papers) + 2 * 2
            [fee] = [fee for channel in one.channels for limit in channel.limits for fee in limit.fees]
            effort += own * many
            cost += (own * 40_000 + 2 * 20_000 + Fraction(fee.amount)) * many
            for step in one.steps:
                amount, unit = step.budget.split(" working ")
                agency += Fraction(amount) * (8 if unit.startswith("day") else 1) * 60_000 * many
        figures["hours"].append(Fraction(minutes, 60 * ended) if ended else None)
        figures["effort"].append(effort if numbers else None)
        figures["cost"].append(cost if numbers else None)
        figures["agency"].append(agency if numbers else None)
        figures["on_time"].append(Fraction(in_time, ended) if ended else None)
        figures["procedures"].append(len(procedures))
    return {name: (pair[0], pair[1]) for name, pair in figures.items()}


@pytest.mark.parametrize("seed", range(12))
def test_random_small_worlds_are_counted_again(seed: int) -> None:
    drawn = Random(seed)
    codes = [MARRIAGE, BIRTH, "1.003695"]

    def period(name: str, month: int) -> Period:
        cases = []
        for number in range(drawn.randint(0, 7)):
            # Monday 2 March and Monday 1 June 2026 begin weeks without days off.
            start = datetime(2026, month, 2 if month == 3 else 1, drawn.randint(7, 17), drawn.randint(0, 59))
            start += timedelta(days=drawn.randint(0, 4))
            end = start + timedelta(days=drawn.randint(0, 9), minutes=drawn.randint(0, 90))
            ended = f"{end:%Y-%m-%dT%H:%M}" if drawn.random() < 0.7 else None
            cases.append(case(f"{name}-{number}", drawn.choice(codes), f"{start:%Y-%m-%dT%H:%M}", ended))
        budgets = tuple(
            drawn.choice(["1 working hour", "4 working hours", "2 working days"]) for _ in range(drawn.randint(1, 3))
        )
        document = offered(
            *drawn.sample(codes, drawn.randint(1, 3)), budgets=budgets, fee=str(drawn.randint(0, 9) * 1000),
            papers=drawn.randint(1, 3),
        )  # fmt: skip
        first = drawn.choice([None, date(2026, month, 3)])
        return Period(name=name, first=first, last=date(2026, month, 30), catalogue=catalogue.load(document),
            law=lab.law(limits="3 working days"), dossiers=cases)  # fmt: skip

    before, after = period("a", 3), period("b", 6)
    found, again = lab.reductions_and_increases(before, after), counted_again(before, after)
    for name, indicator in (
        ("hours", "handling_hours"), ("effort", "applicant_hours"), ("cost", "compliance_cost"),
        ("agency", "agency_cost"), ("on_time", "on_time"), ("procedures", "procedures"),
    ):  # fmt: skip
        change = found[indicator]
        assert sides(change) == again[name], indicator


def written(folder: Path, **changes: Any) -> Path:
    """Return a document of two periods in *folder*, with its files beside it."""
    (folder / "logs").mkdir(exist_ok=True)
    lines = [json.dumps(dossier.dump_log(each), ensure_ascii=False) for each in BEFORE.dossiers]
    (folder / "logs" / "march.jsonl").write_text("\n".join([*lines, "{"]), encoding="utf-8")
    rows = [f"{each.id},{each.procedure},{event.at.isoformat()},{event.kind},{event.role}" for each in AFTER.dossiers
        for event in each.events[1:]]  # fmt: skip
    (folder / "april.csv").write_text("\n".join(["Mã,Thủ tục,at,event,role", *rows]), encoding="utf-8")
    (folder / "names.json").write_text(
        json.dumps({"schema_version": "1.0", "columns": {"dossier": "Mã", "procedure": "Thủ tục"}}), encoding="utf-8"
    )
    (folder / "ratings.csv").write_text("Phiếu;Mức\n1;3\n2; 5\n3;4\n4\n5;4\n", encoding="utf-8")
    (folder / "before.json").write_text(
        json.dumps(offered(MARRIAGE, BIRTH, budgets=("4 working hours", "1 working day"), fee="10000")),
        encoding="utf-8",
    )
    (folder / "after.json").write_text(
        json.dumps(offered(MARRIAGE, budgets=("4 working hours",), fee="8000", papers=1)), encoding="utf-8"
    )
    (folder / "counts.json").write_text(
        json.dumps({"schema_version": "1.0", "level": "province", "index": "vn-766@portal-2026",
            "counts": {"1.1": [9, 10], "1.2": [1, 1], "1.3": [1, 1], "1.4": [1, 2, 3]}}), encoding="utf-8"
    )  # fmt: skip
    document: dict[str, Any] = {
        "schema_version": "1.0",
        "before": {
            "name": "before", "first": "2026-03-01", "last": "2026-03-31", "catalogue": "before.json",
            "logs": ["logs/march.jsonl"], "staff": "4", "ratings": {"points": [1, 1, 2, 3, 3], "invalid": 2},
            "law": {"limits": "3 working days", "hours": "08:00-12:00, 13:00-17:00", "as_of": "2026-03-31"},
        },
        "after": {
            "name": "after", "first": "2026-04-01", "last": "2026-04-30", "catalogue": "after.json",
            "logs": ["april.csv"], "mapping": "names.json", "staff": "3/1", "counts": "counts.json",
            "ratings": {"file": "ratings.csv", "column": "Mức"}, "law": {"limits": "3 working days"},
        },
    }  # fmt: skip
    for place, value in changes.items():
        part, _, key = place.partition("__")
        if key:
            document[part] = {**document[part], key: value}
        else:
            document[part] = value
    path = folder / "periods.json"
    path.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")
    return path


def test_files_lead_to_the_same_figures(tmp_path: Path) -> None:
    asked = lab.load_periods(written(tmp_path))
    assert repr(asked) == "<TwoPeriods before, after>"
    found = lab.reductions_and_increases(asked.before, asked.after, prices=asked.prices)
    same = lab.reductions_and_increases(BEFORE, AFTER)
    for name in (
        "handling_hours",
        "applicant_hours",
        "compliance_cost",
        "agency_cost",
        "staff",
        "procedures",
        "on_time",
    ):
        assert sides(found[name]) == sides(same[name]), name
    # Of five answers in the table one says nothing; three of the four others have 4 or 5 points.
    assert sides(found["satisfaction"]) == (Fraction(3, 5), Fraction(3, 4))
    assert asked.after.answers == Answers(points=(0, 0, 1, 2, 1), invalid=1)
    [broken] = asked.unread
    assert [problem.path for problem in broken.problems] == ["$[4]"]
    assert asked.after.level == "province"


def test_what_came_after_the_period_is_not_known_yet(tmp_path: Path) -> None:
    asked = lab.load_periods(written(tmp_path, before__last="2026-03-05", before__first="2026-03-02"))
    found = lab.reductions_and_increases(asked.before, asked.after)
    # On 5 March dossier 2 is under way, and dossier 3 has not come.
    assert (found.before.dossiers, found.before.open, found.before.late) == (("1", "2"), ("2",), ())
    lists = lab.read_logs(tmp_path / "logs" / "march.jsonl")
    assert [each.id for each in lab.burdens.standing(lists, law=lab.law(), last=date(2026, 3, 1))] == ["0"]


def test_a_dossier_in_two_files_is_counted_once(tmp_path: Path) -> None:
    asked = lab.load_periods(written(tmp_path, before__logs=["logs/march.jsonl", "logs/march.jsonl"]))
    assert len(asked.before.dossiers) == 4
    again = [each for each in asked.unread if each.problems[-1].rule == "log/again"]
    assert [each.id for each in again] == ["1", "2", "3", "0"]
    assert again[0].problems[0].text.en == "this dossier is in a log that was read before; it is counted once"


def test_rates_and_a_lifecycle_of_ones_own_are_read(tmp_path: Path) -> None:
    asked = lab.load_periods(
        written(tmp_path, rates={"paper_hours": "3/2", "income": "48500", "staff_cost": "72000.5"},
            before__law={"lifecycle": "vn@decree-118-2025", "index": "vn-766@portal-2026"})
    )  # fmt: skip
    assert [asked.prices.paper_hours, asked.prices.income.value] == [Fraction(3, 2), 48_500]
    assert asked.prices.staff_cost == Fraction(Decimal("72000.5"))
    rows = {what.en: (value.en, source.en) for what, value, source in asked.prices.rows}
    assert rows["An hour of the applicant"] == ("48,500 VND", "given")
    assert rows["To get hold of a paper"] == ("1.5 h", "given")
    assert rows["To fill in a form"] == ("0.5 h", "a guess")
    assert lab.Rates.of({"paper_hours": "1/3"}).rows[0][1].vi == "0,33 giờ"
    assert asked.before.law.lifecycle == "vn@decree-118-2025"


@pytest.mark.parametrize(
    ("changes", "place", "expected"),
    [
        ({"before__first": "2026-02-30"}, "$.before.first", "date"),
        ({"before__first": "2026-04-01"}, "$.before.first", "a day not after the last of the period"),
        ({"before__last": "1200-01-01", "before__first": "1200-01-01", "before__catalogue": "dated.json"}, "$.before.last", ""),
        ({"before__staff": "-1"}, "$.before.staff", "a number such as 1.5"),
        ({"before__staff": 4}, "$.before.staff", "string"),
        ({"before__posts": "4"}, "$.before", "unknown property: posts"),
        ({"before__ratings": {"points": [1, 2, 3]}}, "", "ratings"),
        ({"before__ratings": {"points": [1, 2, 3, 4, 5], "file": "x"}}, "", "ratings"),
        ({"before__ratings": {"file": "ratings.csv"}}, "$.before.ratings", "“Phiếu”, “Mức”"),
        ({"before__ratings": {"file": "ratings.csv", "column": "Phiếu"}}, "", ""),
        ({"before__ratings": {"file": "high.csv", "column": "Mức"}}, "$.before.ratings", "high.csv, row 3: “9” is none of 1 to 5"),
        ({"before__ratings": {"file": "empty.csv", "column": "Mức"}}, "$.before.ratings", "there are: –"),
        ({"before__law": {"limits": "soon"}}, "$.before.law", "soon"),
        ({"before__law": {"lifecycle": "vn@decree-1-1900"}}, "$.before.law", "decree-1-1900"),
        ({"before__law": {"index": "vn-767"}}, "$.before.law", "vn-767"),
        ({"before__law": {"hours": "always"}}, "$.before.law.hours", "always"),
        ({"before__law": {"as_of": "1900-01-01"}}, "", ""),
        ({"before__logs": ["a\u0000b.json"]}, "$.before.logs[0]", "NUL"),
        ({"before__logs": ["names.txt"]}, "$.before.logs[0]", "a .json, .jsonl or .xes file, or a table"),
        ({"before__counts": "single.json"}, "$.before.counts", "“single_procedure” has no use here"),
        ({"before__counts": "strange.json"}, "$.before.counts", "9.9"),
        ({"rates": {"lunch": "1"}}, "$.rates", "unknown property: lunch"),
        ({"rates": {"paper_hours": "1/0"}}, "$.rates.paper_hours", "a number such as 1.5"),
        ({"schema_version": "2.0"}, "", "schema version 2.0 is not supported"),
        ({"before": []}, "$.before", ""),
    ],
)  # fmt: skip
def test_a_document_that_cannot_be_used_says_where_and_what(
    tmp_path: Path, changes: dict[str, Any], place: str, expected: str
) -> None:
    (tmp_path / "high.csv").write_text("Phiếu,Mức\n1,4\n2,9\n", encoding="utf-8")
    (tmp_path / "empty.csv").write_text("", encoding="utf-8")
    for name, more in (("single", {"single_procedure": True, "counts": {}}), ("strange", {"counts": {"9.9": [1, 1]}})):
        (tmp_path / f"{name}.json").write_text(json.dumps({"schema_version": "1.0", **more}), encoding="utf-8")
    late = offered(MARRIAGE)
    late["procedures"][0]["in_force_from"] = "2020-01-01"
    (tmp_path / "dated.json").write_text(json.dumps(late), encoding="utf-8")
    path = written(tmp_path, **changes)
    if not place and not expected:
        assert lab.load_periods(path).before.name == "before"
        return
    with pytest.raises(InvalidDocumentError) as raised:
        lab.load_periods(path)
    assert place in [problem.path for problem in raised.value.problems] or not place
    assert expected in str(raised.value)
    assert raised.value.source is not None


def test_a_file_that_is_not_there_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["lab", "compare", str(written(tmp_path, before__logs=["none.jsonl"])), "--lang", "en"]) == 2
    assert "none.jsonl" in capsys.readouterr().err


def test_a_rate_that_is_none_is_refused() -> None:
    with pytest.raises(UnknownCodeError, match="lunch"):
        lab.Rates.of({"lunch": "1"})
    for wrong in ("1/0", "1e9", "", "-1", "một"):
        with pytest.raises(InvalidValueError, match=r"a number such as 1\.5 or 3/2"):
            lab.Rates.of({"paper_hours": wrong})


def test_a_catalogue_that_holds_nothing_on_the_last_day_is_said_with_its_place(tmp_path: Path) -> None:
    late = offered(MARRIAGE)
    late["procedures"][0]["in_force_from"] = "2026-05-01"
    path = written(tmp_path, before__catalogue="late.json")
    (tmp_path / "late.json").write_text(json.dumps(late), encoding="utf-8")
    with pytest.raises(InvalidDocumentError, match=r"\$\.before\.last: "):
        lab.load_periods(path)
    (tmp_path / "late.json").write_text("{", encoding="utf-8")
    with pytest.raises(InvalidDocumentError, match=r"late\.json"):
        lab.load_periods(path)


def test_logs_that_are_none_are_named_and_what_is_left_out_is_not_known(tmp_path: Path) -> None:
    (tmp_path / "broken.xes").write_text("<log", encoding="utf-8")
    with pytest.raises(InvalidDocumentError, match=r"broken\.xes"):
        lab.load_periods(written(tmp_path, before__logs=["broken.xes"]))
    days = {name: {"name": name, "first": f"{name}-01-01", "last": f"{name}-12-31"} for name in ("2025", "2026")}
    asked = lab.load_periods({"schema_version": "1.0", "before": days["2025"], "after": {**days["2026"], "catalogue": "after.json"}},
        folder=(written(tmp_path).parent))  # fmt: skip
    assert (asked.before.answers, asked.before.staff, asked.before.dossiers, asked.unread) == (None, None, (), ())
    assert len(asked.after.catalogue.procedures) == 1


def test_nothing_to_draw_is_no_picture() -> None:
    nothing = Period(name="a", last=date(2026, 3, 31), catalogue=BEFORE.catalogue, law=lab.law(), dossiers=())
    page = lab.pages.aims_page(lab.reductions_and_increases(nothing, attrs.evolve(nothing, name="b")), language="en")
    assert page.count("<svg") == 1  # the procedures alone, unchanged
    found = lab.reductions_and_increases(nothing, nothing)
    empty = attrs.evolve(found, comparison=kpi.measures.compare(*[kpi.measures.PeriodFigures(name=n) for n in "ab"]))
    assert "<svg" not in lab.pages.aims_page(empty)


@pytest.mark.parametrize("wrong", [None, 5, [], "nowhere.json", {"schema_version": "1.0"}, b"x"])
def test_only_errors_of_ours_come_out(wrong: Any) -> None:
    with pytest.raises((OnestopError, OSError)):
        lab.load_periods(wrong)


def test_the_command_writes_text_json_and_a_page(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(written(tmp_path))
    assert main(["lab", "compare", path, "--lang", "en"]) == 0
    told = capsys.readouterr()
    assert (
        "  - cost for the agencies, by the budgets of the steps: 2,160,000 → 480,000 VND (−1,680,000 VND; −77.78%): improved"
        in told.out
    )
    assert "gives no formulas" in told.out
    assert "a guess" in told.out
    assert "march.jsonl: $[4]: " in told.err
    assert main(["lab", "compare", path, "--format", "json"]) == 0
    document = json.loads(capsys.readouterr().out)
    assert document["before"]["late"] == ["2"]
    assert document["aims"]["time_and_cost"]["indicators"]["agency_cost"]["after"] == "480000"
    assert main(["lab", "compare", path, "--format", "html", "--lang", "vi"]) == 0
    page = capsys.readouterr().out
    assert page.startswith("<!DOCTYPE html>")
    for words in (
        "Ba giảm, ba tăng",
        "mong muốn giảm",
        "không nêu công thức",
        "phỏng đoán",
        "2.160.000 đồng",
        "Kết thúc quá hạn: 1",
    ):
        assert words in page
