"""Retention: each period of the sheet on both sides of its end; the longest decides; what is not known is never destroyed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest

from onestop_core import desk, dossier, workdays
from onestop_core.desk import retention
from onestop_core.desk.retention import KeptDocument, KeptFile, keeping_lists, kept_file, may_redact, review_on
from onestop_core.errors import InvalidDocumentError, InvalidValueError
from onestop_core.rules.reading import resources

CALENDAR = workdays.calendar("vn-civil")
ENDED = date(2026, 3, 2)


def kept(subject: str, outcome: str | None = "done", **given: Any) -> KeptFile:
    return KeptFile(id="1", subject=subject, outcome=outcome, ended_on=given.pop("ended_on", ENDED), **given)


@pytest.mark.parametrize(
    ("file", "on", "firm"),
    [
        # 2 years from the certification, 20 from that of a contract (Decree 23/2015, art. 14)
        (kept("certified_signature", days={"certified": ENDED}), date(2028, 3, 3), "read"),
        (kept("translator_signature", days={"certified": ENDED}), date(2028, 3, 3), "read"),
        (kept("certified_contract", days={"certified": ENDED}), date(2046, 3, 3), "read"),
        (kept("certified_contract", days={"certified": date(2024, 2, 29)}), date(2044, 2, 29), "read"),
        # granted and refused files of one procedure differ, in years and in what they count from
        (kept("broker_certificate", days={"result_expires": date(2031, 6, 30)}), date(2036, 7, 1), "secondary"),
        (kept("broker_certificate", "refused"), date(2029, 1, 1), "inferred"),
        (kept("property_exchange", days={"activity_ended": ENDED}), date(2036, 3, 3), "secondary"),
        (kept("destruction_file", days={"destroyed": ENDED}), date(2056, 3, 3), "secondary"),
        (kept("certified_copy"), ENDED, "read"),
    ],
)
def test_a_file_is_reviewed_from_the_day_after_its_period(file: KeptFile, on: date, firm: str) -> None:
    review = review_on(file)
    assert (review.kind.value, review.on, review.basis[0].firmness.value) == ("from_a_day", on, firm)
    before = date.fromordinal(on.toordinal() - 1)
    for day, rows in ((before, ()), (on, (review,))):
        assert keeping_lists([file], on=day, calendar=CALENDAR).review == rows


def test_a_leap_day_of_a_period_ends_with_february() -> None:
    file = kept("certified_signature", days={"certified": date(2028, 2, 29)})
    assert review_on(file).on == date(2030, 3, 1)


def test_how_a_year_ends_is_a_reading_and_the_strict_one_is_the_default() -> None:
    refused = kept("broker_certificate", "refused", ended_on=date(2026, 12, 31))
    assert review_on(refused).on == date(2029, 1, 1)
    assert review_on(refused, reading="in_the_last_year").on == date(2028, 1, 1)
    assert [basis.firmness.value for basis in review_on(refused).basis] == ["inferred", "inferred"]
    with pytest.raises(InvalidValueError):
        review_on(refused, reading="some_day")


@pytest.mark.parametrize(
    ("file", "kind", "missing"),
    [
        (kept("1.004222"), "unknown", None),
        (kept("broker_certificate", "withdrawn"), "unknown", None),
        (kept("broker_certificate"), "unknown", "result_expires"),
        (kept("certified_contract"), "unknown", "certified"),
        (kept("certification_book"), "permanent", None),
        (kept("broker_certificate", None), "not_over", None),
        (kept("broker_certificate", ended_on=None), "not_over", None),
    ],
)
def test_what_is_not_known_or_kept_for_ever_never_comes_up(file: KeptFile, kind: str, missing: str | None) -> None:
    review = review_on(file)
    assert (review.kind.value, review.on, review.missing, review.years) == (kind, None, missing, None)
    assert keeping_lists([file], on=date(2100, 1, 1), calendar=CALENDAR).review == ()
    assert keeping_lists([file], on=ENDED, calendar=CALENDAR).unknown == ((review,) if kind == "unknown" else ())
    assert not may_redact(file, on=date(2100, 1, 1)).allowed
    assert review.text.vi != review.text.en


def document(subject: str, **days: date) -> KeptDocument:
    return KeptDocument(subject=subject, days=days)


def test_the_longest_document_decides() -> None:
    short, long = document("certified_signature", certified=ENDED), document("certified_contract", certified=ENDED)
    file = kept("broker_certificate", "refused", documents=[short, long])
    review = review_on(file)
    assert (review.subject, review.years, review.on) == ("certified_contract", 20, date(2046, 3, 3))
    assert review.basis[-1].article == "15"
    book = kept("broker_certificate", "refused", documents=[long, document("certification_book")])
    assert review_on(book).kind == "permanent"
    strange = kept("certification_book", documents=[document("something else")])
    assert (review_on(strange).kind, review_on(strange).subject) == ("unknown", "something else")


def test_a_dossier_is_kept_by_its_outcome() -> None:
    def at(text: str) -> datetime:
        return datetime.fromisoformat(text + "+07:00")

    machine = dossier.machine("vn-data-request@law-91-2025")
    case = machine.new(id="1", procedure="broker_certificate", channel="post", at=at("2026-03-02T09:00"))
    assert review_on(kept_file(case)).kind == "not_over"
    case = machine.step(case, dossier.event("accepted", at("2026-03-02T10:00"), reason_code="delete"))
    ground: dict[str, Any] = {"reason": "…", "reason_code": "no_consent_needed"}
    case = machine.step(case, dossier.event("refused", at("2026-03-05T23:30"), **ground))
    assert (kept_file(case).outcome, kept_file(case).ended_on) == ("refused", date(2026, 3, 5))
    assert review_on(kept_file(case)).on == date(2029, 1, 1)
    assert review_on(kept_file(case, subject="certification_book")).kind == "permanent"


# Handing over: within a year of the end of the work, construction within three months of the final settlement; only
# what is kept five years or longer; kept back at most two years, by consent (Decree 30/2020, arts 30, 31).

LONG: dict[str, Any] = {"days": {"certified": ENDED}}


@pytest.mark.parametrize(("day", "late"), [(date(2027, 3, 2), False), (date(2027, 3, 3), True)])
def test_a_file_is_handed_over_within_a_year(day: date, late: bool) -> None:
    [row] = keeping_lists([kept("certified_contract", **LONG)], on=day, calendar=CALENDAR).hand_over
    assert (row.due_on, row.late) == (date(2027, 3, 2), late)
    assert [basis.article for basis in row.basis] == ["30(2)", "31(3)(c)"]
    assert ("late" in row.text.en) is late


@pytest.mark.parametrize(("day", "late"), [(date(2026, 10, 20), False), (date(2026, 10, 21), True)])
def test_construction_within_three_months_of_the_settlement(day: date, late: bool) -> None:
    days = {"certified": ENDED, "settled": date(2026, 7, 20)}
    [row] = keeping_lists(
        [kept("certified_contract", construction=True, days=days)], on=day, calendar=CALENDAR
    ).hand_over
    assert (row.due_on, row.late) == (date(2026, 10, 20), late)
    unsettled = kept("certified_contract", construction=True, **LONG)
    assert keeping_lists([unsettled], on=day, calendar=CALENDAR).hand_over == ()


def test_what_is_kept_less_than_five_years_stays_where_it_is() -> None:
    five = kept("broker_certificate", days={"result_expires": ENDED})
    two = kept("certified_signature", days={"certified": ENDED})
    book = kept("certification_book")
    rows = keeping_lists([five, two, book], on=date(2026, 11, 26), calendar=CALENDAR).hand_over
    assert len(rows) == 2
    gone = kept("certified_contract", handed_over_on=date(2026, 5, 5), **LONG)
    assert keeping_lists([gone], on=date(2030, 1, 1), calendar=CALENDAR).hand_over == ()


@pytest.mark.parametrize(
    ("until", "day", "too_long", "late"),
    [
        (date(2029, 3, 2), date(2029, 3, 2), False, False),
        (date(2029, 3, 2), date(2029, 3, 3), False, True),
        (date(2029, 3, 3), date(2029, 3, 3), True, False),
    ],
)
def test_a_file_is_kept_back_two_years_at_most(until: date, day: date, too_long: bool, late: bool) -> None:
    found = keeping_lists([kept("certified_contract", kept_back_until=until, **LONG)], on=day, calendar=CALENDAR)
    [row] = found.kept_back
    assert (found.hand_over, row.too_long, row.late) == ((), too_long, late)
    assert ("longer than the law" in row.text.en) is too_long


# Taking personal fields out of a sealed log follows the period.


def test_a_log_is_redacted_once_the_time_is_over_and_refused_with_its_ground_before() -> None:
    refused = kept("broker_certificate", "refused")
    early, late = (may_redact(refused, on=day) for day in (date(2028, 12, 31), date(2029, 1, 1)))
    assert (early.allowed, late.allowed) == (False, True)
    assert "91/2025/QH15" in early.ground.en
    assert "not yet: may be reviewed for destruction from 2029-01-01 on" in early.ground.en
    assert [basis.article for basis in early.basis][-1] == "14(2), 19"
    assert [basis.article for basis in late.basis][-1] == "14(1)(c)"


# The table.


def test_a_body_s_own_list_goes_before_the_national_one() -> None:
    national = retention.retention_table()
    own = retention.load_retention(
        {
            "schema_version": "1.0",
            "id": "my-periods@2026",
            "title": {"vi": "Danh mục của cơ quan", "en": "Our list"},
            "bases": {"list": {"instrument": "Quyết định của cơ quan", "firmness": "read"}},
            "periods": [
                {
                    "code": "registration",
                    "name": {"vi": "Hồ sơ đăng ký", "en": "Registrations"},
                    "subjects": ["1.004222", "certified_signature"],
                    "keep": "years",
                    "years": 10,
                    "event": "work_ended",
                    "counted": "year",
                    "basis": "list",
                }
            ],
        }
    )
    both = own.over(national)
    assert review_on(kept("1.004222"), table=both).on == date(2037, 1, 1)
    assert review_on(kept("certified_signature"), table=both).years == 10
    assert review_on(kept("certification_book"), table=both).kind == "permanent"
    assert both.limits == national.limits
    assert (both.handed_over_from_years, both.longest_basis) == (
        national.handed_over_from_years,
        national.longest_basis,
    )
    assert review_on(kept("1.004222"), table=own).basis == (own.periods[0].basis,)
    rows = keeping_lists([kept("1.004222", kept_back_until=date(2040, 1, 1))], on=ENDED, calendar=CALENDAR, table=own)
    assert (rows.hand_over, rows.kept_back) == ((), ())  # its own list has no times of handing over
    assert may_redact(kept("1.004222"), on=date(2040, 1, 1), table=own).basis == (own.periods[0].basis,)
    wrong: Any = 3
    with pytest.raises(InvalidValueError):
        own.over(wrong)


def test_a_list_with_one_time_only_keeps_back_without_bound() -> None:
    document = resources.data("vn/retention/periods") | {"id": "my-periods@2026"}
    bare = {name: row for name, row in document["limits"].items() if name == "hand_over"}
    least = {"limits": bare, "handed_over_from_years": None}
    table = retention.load_retention({key: value for key, value in {**document, **least}.items() if value is not None})
    file = kept("certified_contract", kept_back_until=date(2040, 1, 1), **LONG)
    [row] = keeping_lists([file], on=ENDED, calendar=CALENDAR, table=table).kept_back
    assert (row.too_long, [basis.article for basis in row.basis]) == (False, ["30(2)"])


@pytest.mark.parametrize("years", [1, 71])
def test_a_period_is_two_to_seventy_years(years: int) -> None:
    document = resources.data("vn/retention/periods")
    row = {**document["periods"][1], "years": years}
    with pytest.raises(InvalidDocumentError):
        retention.load_retention({**document, "periods": [row]})
    for sound in (2, 70):
        rows = [{**document["periods"][1], "years": sound}]
        assert retention.load_retention({**document, "periods": rows}).periods[0].years == sound


def test_a_bad_table_is_refused_with_all_its_faults() -> None:
    document = resources.data("vn/retention/periods")
    twice = [*document["periods"], document["periods"][0]]
    limits = {**document["limits"], "hand_over": {"limit": "soon", "basis": "hand-over"}}
    with pytest.raises(InvalidDocumentError) as caught:
        retention.load_retention({**document, "periods": twice, "limits": limits})
    assert [problem.path for problem in caught.value.problems] == ["$.limits.hand_over.limit", "$.periods[8].code"]


def test_the_table_that_ships_and_the_one_of_a_day_are_the_same() -> None:
    assert retention.retention_table(on=ENDED) == retention.retention_table()
    assert {name: str(row.limit) for name, row in retention.retention_table().limits.items()} == {
        "hand_over": "1 year",
        "hand_over_construction": "3 months",
        "keep_back": "2 years",
        "destruction": "15 days",
        "stock_check": "3 years",
        "historical": "5 years",
    }


def test_a_row_in_json_types() -> None:
    assert review_on(kept("broker_certificate", "refused")).to_dict(language="vi") == {
        "file": "1",
        "kind": "from_a_day",
        "on": "2029-01-01",
        "subject": "broker_certificate",
        "period": "broker_refused",
        "missing": None,
        "text": "xét hủy từ ngày 01/01/2029",
        "basis": [basis.cite().vi for basis in review_on(kept("broker_certificate", "refused")).basis],
    }
    assert review_on(kept("1.004222")).to_dict()["on"] is None


def test_a_review_has_its_day() -> None:
    for kind, on in (("from_a_day", None), ("permanent", ENDED)):
        with pytest.raises(InvalidValueError):
            retention.Review(file="1", kind=retention.ReviewKind(kind), on=on, subject="x")


def test_nothing_here_deletes() -> None:
    names = [*retention.__all__, *desk.__all__]
    assert not [name for name in names if any(word in name for word in ("delete", "destroy", "erase", "purge"))]


def test_an_outcome_that_there_is_not_is_refused() -> None:
    with pytest.raises(InvalidValueError):
        kept("1.004222", "lost")


def test_a_file_older_than_the_calendar_hides_no_other() -> None:
    """Its last day stays where it is; 2007-12-30 is a Sunday."""
    old = kept("certified_contract", ended_on=date(2006, 12, 30), days={"certified": date(2006, 12, 30)})
    new = kept("certified_contract", days={"certified": ENDED})
    found = keeping_lists([new, old], on=date(2026, 11, 26), calendar=CALENDAR)
    assert [(row.due_on, row.late) for row in found.hand_over] == [
        (date(2007, 12, 30), True),
        (date(2027, 3, 2), False),
    ]


@pytest.mark.parametrize("subject", ["certified_contract", "destruction_file"])
def test_a_day_at_the_end_of_time_is_refused(subject: str) -> None:
    """Databases write 9999-12-31 for what has no end."""
    never = date(9999, 12, 31)
    with pytest.raises(InvalidValueError, match="year 10000"):
        review_on(kept(subject, days={"certified": never, "destroyed": never}))


@pytest.mark.parametrize("last", [date(9997, 12, 31), date(9998, 1, 1), date(9999, 12, 31)])
def test_a_year_at_the_end_of_time_is_refused(last: date) -> None:
    with pytest.raises(InvalidValueError, match="year 10000"):
        review_on(kept("broker_certificate", "refused", ended_on=last))


def test_a_period_that_ends_with_the_last_day_there_is_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="year 10000"):
        review_on(kept("certified_signature", days={"certified": date(9997, 12, 31)}))
