"""Which case am I, and what does it take: against the tables, and against a second reading of them."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import catalogue
from onestop_core.errors import InvalidValueError, UnknownCodeError
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure, published, text

DAY = date(2026, 5, 1)


def one(**changes: Any) -> catalogue.Procedure:
    return catalogue.load(document(procedure(**changes)))["1.000001"]


def whole(**changes: Any) -> catalogue.Procedure:
    return catalogue.load(document(published() | changes))["1.000002"]


def fee(**changes: Any) -> dict[str, Any]:
    return {"kind": "in_person", "limits": [{"time": "5 days", "fees": [changes]}]}


def amounts(channel: dict[str, Any], quantities: Any = None, **settings: Any) -> list[Decimal | None]:
    cases = {"case": None} if "answers" not in settings else settings.pop("answers")
    quoted = catalogue.quote(one(channels=[channel]), cases, quantities, **settings)
    return [each.amount for each in quoted.fees]


def test_answers_make_one_case_in_each_dimension() -> None:
    quoted = catalogue.quote(whole(), {"lost": "no", "area": Decimal("99.5")}, on=DAY)
    assert [(each.case.id, each.reason.vi) for each in quoted.cases] == [
        ("new", "Đã mất? Không"),
        ("small", "Diện tích 99,5 m²"),
    ]
    assert [str(each.time_limit) for each in quoted.limits] == ["5 working days"]
    assert [each.amount for each in quoted.fees] == [Decimal(20000), None]
    assert [paper.paper.name.vi for paper in quoted.papers] == ["Tờ khai"]
    assert (quoted.procedure, quoted.on, quoted.channels) == ("1.000002", DAY, ("online",))


def test_another_case_takes_other_papers_and_another_limit() -> None:
    quoted = catalogue.quote(whole(), {"lost": "yes", "area": 100})
    assert [each.case.id for each in quoted.cases] == ["again", "large"]
    assert quoted.cases[0].basis == ("law",)
    assert [(each.paper.name.vi, each.reason.en) for each in quoted.papers] == [
        ("Tờ khai", "every case"),
        ("Giấy khai sinh", "Cấp lại: Đã mất? Có"),
    ]
    assert [each.limit.without_time for each in quoted.limits] == ["not_prescribed"]
    (left,) = quoted.fees
    assert (left.amount, left.reason.en) == (None, "set by another body and not stated here")
    assert (dict(quoted.total("online")), quoted.is_known("online")) == ({}, False)


def test_the_questions_that_are_left() -> None:
    ask = catalogue.quotes.open_questions
    assert [each.id for each in ask(whole(), {})] == ["lost", "area"]
    assert [each.id for each in ask(whole(), {"lost": "yes"})] == ["area"]
    assert ask(whole(), {"lost": "yes", "size": "small"}) == ()
    chain = whole(
        decisions=[
            {"case": "again", "when": [{"question": "lost", "answers": ["yes"]}]},
            {"case": "new", "when": [{"question": "lost", "answers": ["no"]}, {"question": "area", "below": "9"}]},
        ]
    )
    assert [each.id for each in ask(chain, {"lost": "yes", "size": None})] == []
    assert [each.id for each in ask(chain, {"lost": "no", "size": None})] == ["area"]


@pytest.mark.parametrize(
    ("answers", "wanted"),
    [
        ({"lost": "no"}, "an answer to: Diện tích (area)"),
        ({}, "an answer to: Đã mất? (lost)"),
        ({"lost": "yes", "area": -1}, "an exact number, not negative"),
        ({"lost": "yes", "area": 1.5}, "an exact number"),
        ({"lost": "yes", "area": True}, "an exact number"),
        ({"lost": "yes", "area": Decimal("NaN")}, "an exact number"),
        ({"lost": "yes", "area": Decimal("1e999999")}, "an exact number"),
        ({"lost": "yes", "area": 10**41}, "an exact number"),
        ([], "a mapping by name"),
        (7, "a mapping by name"),
    ],
)
def test_what_is_missing_or_wrong_is_named(answers: Any, wanted: str) -> None:
    with pytest.raises(InvalidValueError) as caught:
        catalogue.quote(whole(), answers, on=DAY)
    assert wanted in str(caught.value)


@pytest.mark.parametrize(
    "answers", [{"lots": "yes"}, {"lost": "maybe"}, {"lost": None}, {"act": "newer"}, {3: "x"}, {"lost": 5}]
)
def test_what_does_not_exist_is_refused(answers: Any) -> None:
    with pytest.raises(UnknownCodeError):
        catalogue.quote(whole(), answers, on=DAY)


def test_a_case_can_be_named_outright_or_be_none() -> None:
    assert [each.case.id for each in catalogue.quote(one(), {"case": "urgent"}).cases] == ["urgent"]
    plain = catalogue.quote(one(), {"case": None})
    assert (plain.cases, [str(each.time_limit) for each in plain.limits]) == ((), ["5 working days"])
    urgent = catalogue.quote(one(), {"case": "urgent"})
    assert [str(each.time_limit) for each in urgent.limits] == ["2 working days"]
    with pytest.raises(InvalidValueError) as caught:
        catalogue.quote(one(), {})
    assert "case, one of: Gấp (urgent); or None" in str(caught.value)


def test_a_table_that_is_not_unique_gives_no_case() -> None:
    rows = [{"case": "again", "when": []}, {"case": "new", "when": []}]
    with pytest.raises(InvalidValueError) as caught:
        catalogue.quote(whole(decisions=rows), {"size": "small"}, on=DAY)
    assert "exactly one row of the decision table, not 2" in str(caught.value)
    alone = catalogue.quote(whole(decisions=rows[:1]), {"size": "small"}, on=DAY)
    assert alone.cases[0].reason.en == "whatever is answered"


def test_channels_that_do_not_take_the_case_are_left_out() -> None:
    ways = [
        {"kind": "post", "cases": ["urgent"], "limits": [{"time": "1 day"}]},
        {"kind": "in_person", "limits": [{"time": "2 days"}]},
    ]
    assert catalogue.quote(one(channels=ways), {"case": None}).channels == ("in_person",)
    assert catalogue.quote(one(channels=ways), {"case": "urgent"}).channels == ("post", "in_person")


TIERS = [{"up_to": "2", "amount": "2000"}, {"amount": "1000"}]


@pytest.mark.parametrize(
    ("said", "quantities", "amount", "how"),
    [
        ({"amount": "20000"}, None, 20000, "20,000 VND"),
        ({"amount": "2000", "quantity": "pages"}, {"pages": 3}, 6000, "3 × 2,000 VND"),
        ({"amount": "2000", "quantity": "pages"}, None, None, "the quantity 'pages' is needed"),
        ({"tiers": TIERS, "quantity": "pages"}, {"pages": 2}, 4000, "by steps, quantity 2"),
        ({"tiers": TIERS, "quantity": "pages"}, {"pages": 5}, 7000, "by steps, quantity 5"),
        ({"tiers": TIERS[:1], "quantity": "pages"}, {"pages": 5}, None, "by steps, quantity 5"),
        ({"tiers": TIERS, "quantity": "pages", "most": "6000"}, {"pages": 9}, 6000, "by steps, quantity 9, at most 6,000 VND"),
        ({"share": {"percent": "0.5", "of": text("giá"), "quantity": "value"}}, {"value": 10**6}, 5000, "0.5% of 1,000,000 VND"),
        ({"share": {"percent": "0.5", "of": text("giá"), "quantity": "value", "least": "9000"}}, {"value": 10**6}, 9000, "0.5% of 1,000,000 VND, at least 9,000 VND"),
        ({"share": {"percent": "2", "of": text("giá")}}, None, None, "2% of giá; what it is taken of has no name here"),
        ({"amount": "40", "currency": "USD"}, None, 40, "40 USD"),
        ({"set_by": "province"}, None, None, "set by another body and not stated here"),
        ({"published": "theo thông tư"}, None, None, "only the words of the page are known"),
        ({"amount": "1000", "reductions": [{"text": text("HN"), "percent": "30", "case": "urgent"}]}, None, 1000, "1,000 VND"),
    ],
)  # fmt: skip
def test_what_a_fee_comes_to(said: Any, quantities: Any, amount: int | None, how: str) -> None:
    quoted = catalogue.quote(one(channels=[fee(**said)]), {"case": None}, quantities)
    (found,) = quoted.fees
    assert (found.amount, found.reason.en) == (None if amount is None else Decimal(amount), how)
    assert quoted.is_known("in_person") is (amount is not None)
    assert found.currency == said.get("currency", "VND")


def test_a_reduction_of_the_case_is_taken_off() -> None:
    way = fee(amount="1000", reductions=[{"text": text("Hộ nghèo"), "percent": "30", "case": "urgent"}])
    quoted = catalogue.quote(one(channels=[way]), {"case": "urgent"})
    assert [(each.amount, each.reason.vi) for each in quoted.fees] == [
        (Decimal(700), "1.000 đồng, giảm 30% (Hộ nghèo)")
    ]


def test_a_rate_holds_in_its_period() -> None:
    way = fee(amount="1000", in_force_from="2026-01-01", in_force_to="2026-06-30")
    assert amounts(way, on=date(2026, 6, 30)) == [Decimal(1000)]
    assert amounts(way, on=date(2026, 7, 1)) == []
    assert amounts(way, on=date(2025, 12, 31)) == []
    with pytest.raises(InvalidValueError):
        amounts(way)


@pytest.mark.parametrize("quantities", [{"pages": "3"}, {3: 3}, [1], {"pages": -1}])
def test_quantities_are_exact(quantities: Any) -> None:
    with pytest.raises(InvalidValueError):
        catalogue.quote(one(), {"case": None}, quantities)


class Rude(dict[str, Any]):
    def items(self) -> Any:
        raise RuntimeError


def test_a_mapping_that_cannot_be_read_is_refused() -> None:
    with pytest.raises(InvalidValueError):
        catalogue.quote(one(), Rude())


@given(
    lost=st.sampled_from(["yes", "no"]),
    area=st.fractions(0, 300),
    pages=st.integers(0, 50),
    value=st.integers(0, 10**7),
)
def test_a_quote_is_what_a_clerk_would_work_out(lost: str, area: Fraction, pages: int, value: int) -> None:
    quoted = catalogue.quote(whole(), {"lost": lost, "area": area}, {"pages": pages, "value": value}, on=DAY)
    vnd = dollars = Fraction(0)
    if lost == "no":
        if area < 100:
            vnd += 20000
        else:
            vnd += min(200000, sum(2000 if page <= 2 else 1000 for page in range(1, pages + 1)))
        dollars += max(Fraction(1000), Fraction(value) / 200)
    total = quoted.total("online")
    assert (Fraction(total.get("VND", 0)), Fraction(total.get("USD", 0))) == (vnd, dollars)
    assert quoted.is_known("online") is (lost == "no")


# ------------------------------------------------------------------ bundles


def issuing(
    code: str, result: str, *papers: dict[str, Any], time: str = "3 working days", **changes: Any
) -> dict[str, Any]:
    return procedure(
        code,
        cases=[],
        obligations=[],
        channels=[{"kind": "in_person", "limits": [{"time": time, "fees": [{"amount": "1000"}]}]}],
        papers=list(papers),
        results=[{"name": text(result), "code": f"KQ.{code}"}],
        **changes,
    )


def paper(name: str, copies: int = 1, **changes: Any) -> dict[str, Any]:
    return {"name": text(name), "originals": 0, "copies": copies, **changes}


def bundled(*procedures: dict[str, Any], **settings: Any) -> catalogue.quotes.Bundle:
    cat = catalogue.load(document(*procedures))
    return catalogue.bundle(cat, [each["code"] for each in procedures], settings.pop("answers", {}), **settings)


def test_what_only_the_procedure_itself_issues_is_asked_for() -> None:
    again = issuing("1.000001", "Giấy phép", paper("Giấy phép cũ", result_of="1.000001"), time="within the day")
    other = issuing("1.000002", "Thẻ", paper("Đơn"), time="2 working days")
    both = bundled(again, other)
    assert [each.paper.name.vi for each in both.papers] == ["Giấy phép cũ", "Đơn"]
    assert both.saved == ()


def test_what_one_issues_the_next_does_not_ask() -> None:
    insurance = issuing("1.000003", "Thẻ", paper("Giấy khai sinh"), paper("Đơn"), time="2 working days")
    residence = issuing("1.000002", "Đăng ký", paper("Khai sinh", result_of="1.000001"), paper("Đơn", 2))
    birth = issuing("1.000001", "Giấy khai sinh", paper("Giấy chứng sinh"), time="within the day")
    both = bundled(insurance, residence, birth)
    assert both.order == ("1.000001", "1.000003", "1.000002")
    assert [(each.paper.name.vi, each.paper.copies, each.procedures) for each in both.papers] == [
        ("Giấy chứng sinh", 1, ("1.000001",)),
        ("Đơn", 2, ("1.000003", "1.000002")),
    ]
    assert [(each.paper.name.vi, each.procedure, each.issued_by) for each in both.saved] == [
        ("Giấy khai sinh", "1.000003", "1.000001"),
        ("Khai sinh", "1.000002", "1.000001"),
    ]
    assert [str(each) for each in both.longest] == ["within the day + 3 working days"]
    assert (dict(both.cost), both.cost_is_known) == ({"VND": Decimal(3000)}, True)


def test_papers_are_the_same_by_code_form_or_name() -> None:
    forms = [{"code": "TK01", "name": text("Tờ khai")}]
    one_ = issuing("1.000001", "A", paper("Hộ chiếu", code="0013"), paper("Tờ khai", form="TK01"))
    two = issuing("1.000002", "B", paper("Hộ chiếu bản sao", code="0013"), paper("tờ khai", form="TK01"), forms=forms)
    assert [each.procedures for each in bundled(one_, two).papers] == [("1.000001", "1.000002")] * 2
    by_code = issuing("1.000002", "B", paper("Kết quả", code="KQ.1.000001"))
    assert [each.issued_by for each in bundled(one_, by_code).saved] == ["1.000001"]


def test_what_serves_instead_is_saved_and_merged() -> None:
    permit = issuing("1.000001", "Giấy phép")
    either = paper("Giấy tờ", code="GT.any", alternatives=[{"name": text("Giấy phép"), "code": "KQ.1.000001"}])
    unnamed = paper("Giấy tờ khác", alternatives=[{"name": text("giấy phép")}])
    both = bundled(issuing("1.000002", "Đăng ký", either, unnamed), permit)
    assert (both.order, both.papers) == (("1.000001", "1.000002"), ())
    assert [(each.paper.name.vi, each.issued_by) for each in both.saved] == [
        ("Giấy tờ", "1.000001"),
        ("Giấy tờ khác", "1.000001"),
    ]
    # With something else only, it does not serve alone.
    half = {"name": text("Giấy phép"), "code": "KQ.1.000001", "together_with": [{"name": text("Hợp đồng")}]}
    kept = bundled(issuing("1.000002", "Đăng ký", paper("Giấy tờ", alternatives=[half])), permit)
    assert (kept.order, kept.saved) == (("1.000002", "1.000001"), ())


@pytest.mark.parametrize("turned", [False, True])
def test_what_serves_instead_and_is_asked_for_anyway_is_handed_in_once(turned: bool) -> None:
    card = {"name": text("Thẻ"), "code": "GT.card"}
    procedures = [
        issuing("1.000001", "A", paper("Giấy tờ", 3, code="GT.any", alternatives=[card])),
        issuing("1.000002", "B", paper("Thẻ", 2, code="GT.card")),
    ]
    (left,) = bundled(*(reversed(procedures) if turned else procedures)).papers
    assert (left.paper.name.vi, left.paper.copies, set(left.procedures)) == ("Thẻ", 3, {"1.000001", "1.000002"})


def test_who_changes_a_paper_issues_it_to_nobody_else() -> None:
    certificate = paper("Giấy chứng nhận", code="GT.certificate")
    change = issuing("1.000001", "Giấy chứng nhận", certificate)
    both = bundled(issuing("1.000002", "Giấy phép", certificate), change)
    assert (both.order, both.saved) == (("1.000002", "1.000001"), ())
    assert [each.procedures for each in both.papers] == [("1.000002", "1.000001")]


def test_a_form_is_filled_in_for_each() -> None:
    forms = [{"code": "TK01", "name": text("Tờ khai")}]
    form = paper("Tờ khai", 1, originals=1, form="TK01", code="GT.form")
    papers = bundled(
        issuing("1.000001", "A", form, forms=forms),
        issuing("1.000002", "B", form, forms=forms),
        issuing("1.000003", "C", paper("Tờ khai", 5, code="GT.form")),
    ).papers
    assert [(each.paper.originals, each.paper.copies, len(each.procedures)) for each in papers] == [(2, 5, 3)]
    # Twice in one procedure it is one form.
    twice = issuing("1.000001", "A", form, form, forms=forms)
    (left,) = bundled(twice, issuing("1.000002", "B")).papers
    assert (left.paper.originals, left.procedures) == (1, ("1.000001",))


def linking(code: str, *members: dict[str, Any]) -> dict[str, Any]:
    several = [{"name": text("Thủ tục"), **each} for each in members]
    return issuing(code, "Tất cả", mechanism="linked_one_stop", linked={"lead": text("Ủy ban"), "procedures": several})


def test_linked_procedures_say_the_order() -> None:
    cat = catalogue.load(
        document(
            issuing("1.000001", "A"),
            issuing("1.000002", "B"),
            issuing("1.000003", "C"),
            linking(
                "1.000009",
                {"id": "b", "code": "1.000002"},
                {"id": "card"},
                {"id": "a", "code": "1.000001", "after": ["b", "card"]},
            ),
            linking("1.000008", {"id": "c", "code": "1.000003"}, {"id": "x", "after": ["c"]}),
        )
    )
    both = catalogue.bundle(cat, ["1.000001", "1.000002"], {})
    assert (both.order, both.together) == (("1.000002", "1.000001"), ("1.000009",))
    assert [str(each) for each in both.longest] == ["3 working days + 3 working days"]
    alone = catalogue.bundle(cat, ["1.000001", "1.000003"], {})
    assert (alone.order, alone.together) == (("1.000001", "1.000003"), ())


def test_the_longest_of_chains_of_different_lengths() -> None:
    first, second = issuing("1.000001", "A", time="2 days"), issuing("1.000002", "B", paper("A"), time="3 days")
    both = bundled(first, second, issuing("1.000003", "C", time="4 days"), issuing("1.000004", "D", paper("A")))
    assert [str(each) for each in both.longest] == ["2 days + 3 working days"]


def test_without_an_order_the_longest_counts() -> None:
    both = bundled(issuing("1.000001", "A"), issuing("1.000002", "B", time="9 working days"))
    assert [str(each) for each in both.longest] == ["9 working days"]
    mixed = bundled(issuing("1.000001", "A"), issuing("1.000002", "B", time="4 days"))
    assert {str(each) for each in mixed.longest} == {"3 working days", "4 days"}
    unknown = issuing("1.000002", "B", paper("x"))
    unknown["channels"][0]["limits"] = [{"without_time": "not_prescribed", "fees": [{"set_by": "province"}]}]
    left = bundled(issuing("1.000001", "A"), unknown, channel="online")
    assert (left.longest, left.cost_is_known, dict(left.cost)) == ((), False, {"VND": Decimal(1000)})


def test_answers_go_to_those_who_ask() -> None:
    cat = catalogue.load(document(procedure(), published()))
    both = catalogue.bundle(
        cat, ["1.000001", "1.000002"], {"lost": "no", "area": 5, "1.000001": {"case": "urgent"}}, {"value": 1}, on=DAY
    )
    assert [[each.case.id for each in quoted.cases] for quoted in both.quotes] == [["urgent"], ["new", "small"]]
    with pytest.raises(UnknownCodeError):
        catalogue.bundle(cat, ["1.000001", "1.000002"], {"lots": "no"}, on=DAY)
    with pytest.raises(InvalidValueError):
        catalogue.bundle(cat, ["1.000001", "1.000002"], {"1.000001": "urgent"}, on=DAY)


@pytest.mark.parametrize("codes", ["1.000001", ["1.000001"], ["1.000001", "1.000001"], 5, [1, 2]])
def test_a_bundle_has_two_procedures(codes: Any) -> None:
    with pytest.raises(InvalidValueError):
        catalogue.bundle(catalogue.load(document(procedure())), codes, {})


def test_procedures_that_wait_for_each_other_are_refused() -> None:
    with pytest.raises(InvalidValueError) as caught:
        bundled(issuing("1.000001", "A", paper("B")), issuing("1.000002", "B", paper("A")))
    assert "in a circle" in str(caught.value)


def test_a_procedure_that_asks_for_its_own_result_still_does() -> None:
    again = issuing("1.000001", "Giấy phép", paper("Giấy phép"))
    both = bundled(again, issuing("1.000002", "B"))
    assert (both.saved, [each.paper.name.vi for each in both.papers]) == ((), ["Giấy phép"])


def test_a_row_of_a_case_that_does_not_exist_decides_nothing() -> None:
    stray = catalogue.values.DecisionRule(case="nowhere", when=())
    assert catalogue.quotes.open_questions(attrs.evolve(one(), decisions=(stray,)), {}) == ()


def test_a_fee_says_something() -> None:
    with pytest.raises(InvalidValueError, match="an amount, a share"):
        catalogue.Fee()
