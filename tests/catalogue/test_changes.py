"""``diff`` says what changed, and what it means for those who apply."""

from __future__ import annotations

import copy
import json
from collections import Counter
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onestop_core import catalogue
from onestop_core.catalogue import ChangeEffect, ChangeKind
from tests.catalogue.annexes import everything
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure, shipped, text

if TYPE_CHECKING:
    from collections.abc import Callable


def diff(old: Any, new: Any) -> tuple[catalogue.Change, ...]:
    return catalogue.diff(catalogue.load(old), catalogue.load(new))


def with_limits(*limits: dict[str, Any], kind: str = "in_person") -> dict[str, Any]:
    return document(procedure(channels=[{"kind": kind, "limits": list(limits)}]))


def with_fees(*fees: dict[str, Any]) -> dict[str, Any]:
    return with_limits({"time": "1 day", "fees": list(fees)})


def with_papers(*names: str) -> dict[str, Any]:
    return document(procedure(papers=[{"name": text(name), "originals": 1, "copies": 0} for name in names]))


SHORT, LONG = with_limits({"time": "3 working days"}), with_limits({"time": "05 ngày làm việc"})
PLACE = "$.procedures[0]"
LIMIT = f"{PLACE}.channels[0].limits[0]"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        (LONG, SHORT, [("limit_shorter", "better", f"{LIMIT}.time")]),
        (SHORT, LONG, [("limit_longer", "worse", f"{LIMIT}.time")]),
        (
            with_limits({"time": "2 working days + 2 working days"}),
            LONG,
            [("limit_longer", "worse", f"{LIMIT}.time")],
        ),
        (with_limits({"time": "5 working days"}), LONG, [("other", "neutral", f"{LIMIT}.time")]),
        (with_limits({"time": "7 days"}), LONG, [("other", "neutral", f"{LIMIT}.time")]),
        (with_limits({"time": "within the day"}), LONG, [("limit_longer", "worse", f"{LIMIT}.time")]),
        (with_limits({}), LONG, [("other", "neutral", f"{LIMIT}.time")]),
        (LONG, with_limits({}), [("other", "neutral", f"{LIMIT}.time")]),
        (
            with_limits({"time": "1 day"}),
            with_limits({"time": "1 day", "case": "urgent"}),
            [("other", "neutral", LIMIT), ("other", "neutral", LIMIT)],
        ),
        (
            with_limits({"time": "1 day"}),
            with_limits({"time": "1 day", "note": text("x")}),
            [("other", "neutral", f"{LIMIT}.note")],
        ),
        (
            with_fees({"amount": "20000"}),
            with_fees({"amount": "10000"}),
            [("fee_lower", "better", f"{LIMIT}.fees[0]")],
        ),
        (
            with_fees({"amount": "20000"}),
            with_fees({"amount": "20500", "note": text("x")}),
            [("fee_higher", "worse", f"{LIMIT}.fees[0]"), ("other", "neutral", f"{LIMIT}.fees[0].note")],
        ),
        (with_fees(), with_fees({"amount": "1"}), [("fee_higher", "worse", f"{LIMIT}.fees[0]")]),
        (with_fees({"amount": "1"}), with_fees(), [("fee_lower", "better", f"{LIMIT}.fees[0]")]),
        (with_fees(), with_fees({"amount": "0"}), [("other", "neutral", f"{LIMIT}.fees[0]")]),
        (
            with_fees({"amount": "2"}, {"amount": "1", "unit": text("trang")}),
            with_fees({"amount": "1", "unit": text("trang")}, {"amount": "3"}),
            [("fee_higher", "worse", f"{LIMIT}.fees[1]")],
        ),
        (
            with_papers("a", "b"),
            with_papers("b", "c"),
            [("paper_added", "worse", f"{PLACE}.papers[1]"), ("paper_removed", "better", f"{PLACE}.papers[0]")],
        ),
        (with_papers("a"), with_papers("a", "a"), [("paper_added", "worse", f"{PLACE}.papers[1]")]),
        (
            with_limits({"time": "1 day"}),
            with_limits({"time": "1 day"}, kind="online_full"),
            [
                ("channel_added", "better", f"{PLACE}.channels[0]"),
                ("channel_removed", "worse", f"{PLACE}.channels[0]"),
            ],
        ),
        (
            document(procedure("1.000001"), procedure("1.000002")),
            document(procedure("1.000002"), procedure("1.000003")),
            [
                ("procedure_added", "neutral", "$.procedures[1]"),
                ("procedure_removed", "neutral", "$.procedures[0]"),
            ],
        ),
        (
            document(),
            document(title=text("mới"), procedures=[procedure(level="central", legal_bases=[])]),
            [
                ("other", "neutral", "$.title"),
                ("other", "neutral", f"{PLACE}.level"),
                ("other", "neutral", f"{PLACE}.legal_bases"),
            ],
        ),
        (
            document(),
            document(procedure(cases=[{"id": "urgent", "name": text("Rất gấp")}])),
            [
                ("other", "neutral", f"{PLACE}.cases[0].name"),
            ],
        ),
    ],
)
def test_a_change_has_a_kind_an_effect_and_a_place(old: Any, new: Any, expected: list[tuple[str, str, str]]) -> None:
    assert [(c.kind.value, c.kind.effect.value, c.path) for c in diff(old, new)] == expected


def test_the_order_of_things_is_no_change() -> None:
    assert diff(with_papers("a", "b"), with_papers("b", "a")) == ()
    both = document(procedure("1.000001"), procedure("1.000002"))
    assert diff(both, both | {"procedures": both["procedures"][::-1]}) == ()


def test_changes_speak_both_languages_and_json() -> None:
    (change,) = diff(LONG, SHORT)
    assert change.text.en == "1.000001, in person: time limit from 5 working days to 3 working days"
    assert change.text.vi == "1.000001, trực tiếp: thời hạn từ 05 ngày làm việc thành 03 ngày làm việc"
    assert json.loads(json.dumps(change.to_dict())) == {
        "kind": "limit_shorter",
        "effect": "better",
        "procedure": "1.000001",
        "path": f"{LIMIT}.time",
        "old": "05 ngày làm việc",
        "new": "3 working days",
        "by": "-2",
        "unit": "working_days",
        "text": {"vi": change.text.vi, "en": change.text.en},
    }


def test_long_values_are_shown_short() -> None:
    (change,) = diff(document(title=text("x" * 500)), document())
    assert change.old is not None
    assert len(change.old) == 120


def test_nothing_changed_in_what_is_shipped() -> None:
    assert catalogue.diff(catalogue.shipped(), catalogue.load(shipped())) == ()


OPPOSITE = {
    ChangeKind.PROCEDURE_ADDED: ChangeKind.PROCEDURE_REMOVED,
    ChangeKind.CHANNEL_ADDED: ChangeKind.CHANNEL_REMOVED,
    ChangeKind.LIMIT_SHORTER: ChangeKind.LIMIT_LONGER,
    ChangeKind.FEE_LOWER: ChangeKind.FEE_HIGHER,
    ChangeKind.PAPER_ADDED: ChangeKind.PAPER_REMOVED,
    ChangeKind.PIECES_FEWER: ChangeKind.PIECES_MORE,
    ChangeKind.DATA_REUSED: ChangeKind.DATA_NOT_REUSED,
    ChangeKind.PLACE_ADDED: ChangeKind.PLACE_REMOVED,
    ChangeKind.PLACE_WIDER: ChangeKind.PLACE_NARROWER,
    ChangeKind.EXEMPTION_ADDED: ChangeKind.EXEMPTION_REMOVED,
    ChangeKind.PAPER_RENAMED: ChangeKind.PAPER_RENAMED,
    ChangeKind.OTHER: ChangeKind.OTHER,
}
OPPOSITE |= {there: back for back, there in OPPOSITE.items()}


TWO = shipped()
TWO["procedures"] = TWO["procedures"][:2]


@st.composite
def editions(draw: st.DrawFn) -> dict[str, Any]:
    """An edition of two real procedures: some limits, fees, papers and places changed, some left out."""
    edition = copy.deepcopy(TWO)
    edition["procedures"] = edition["procedures"][: draw(st.integers(1, 2))]
    for raw in edition["procedures"]:
        raw["papers"] = [paper for paper in raw["papers"] if draw(st.integers(0, 5))]
        for paper in raw["papers"][:2]:
            paper["copies"] = draw(st.integers(0, 2))
            if draw(st.booleans()):
                paper["replaced_by_data"] = text("CSDL")
        raw["receiving"] = [
            {"name": text(name), "scope": draw(st.sampled_from(["own_territory", "nationwide"]))}
            for name in sorted(draw(st.sets(st.sampled_from(["Một cửa", "Trung tâm"]))))
        ]
        raw["channels"] = raw["channels"][: draw(st.integers(1, 2))]
        for channel in raw["channels"]:
            for limit in channel["limits"]:
                limit["time"] = draw(
                    st.sampled_from(["3 working days", "07 ngày làm việc", "7 working days", "15 days", "ngay"])
                )
                for fee in limit["fees"]:
                    fee["amount"] = draw(st.sampled_from(["0", "10000", "20000"]))
                    fee["exemptions"] = [{"text": text(who)} for who in sorted(draw(st.sets(st.sampled_from("ab"))))]
    return edition


@given(editions(), editions())
def test_the_way_back_is_the_opposite(old: dict[str, Any], new: dict[str, Any]) -> None:
    before, after = catalogue.load(old), catalogue.load(new)
    there, back = catalogue.diff(before, after), catalogue.diff(after, before)
    assert Counter(OPPOSITE[change.kind] for change in there) == Counter(change.kind for change in back)
    assert Counter((c.unit, c.by and -c.by) for c in there) == Counter((c.unit, c.by) for c in back)
    come_to, reverse = catalogue.totals(there), catalogue.totals(back)
    assert [(s.unit, s.less, s.more) for s in come_to.sums] == [(s.unit, s.more, s.less) for s in reverse.sums]
    assert come_to.effects(ChangeEffect.BETTER) == reverse.effects(ChangeEffect.WORSE)
    assert come_to.times_not_counted == reverse.times_not_counted
    assert (there == ()) is (old == new)
    assert catalogue.diff(before, before) == ()


AMOUNTS = {"3 working days": 3, "07 ngày làm việc": 7, "7 working days": 7}


def slow_totals(old: dict[str, Any], new: dict[str, Any]) -> dict[str, tuple[Fraction, Fraction]]:
    """Less and more of each unit, for editions as drawn above: limits stand at the same places in both."""
    sums = {"working_days": [0, 0], "VND": [0, 0], "pieces": [0, 0]}

    def add(unit: str, before: int, after: int) -> None:
        sums[unit][0] += max(before - after, 0)
        sums[unit][1] += max(after - before, 0)

    for before, after in zip(old["procedures"], new["procedures"], strict=False):
        for channel, other in zip(before["channels"], after["channels"], strict=False):
            for limit, same in zip(channel["limits"], other["limits"], strict=True):
                if limit["time"] in AMOUNTS and same["time"] in AMOUNTS:
                    add("working_days", AMOUNTS[limit["time"]], AMOUNTS[same["time"]])
                for fee, paid in zip(limit["fees"], same["fees"], strict=True):
                    add("VND", int(fee["amount"]), int(paid["amount"]))
        papers = {paper["name"]["vi"]: paper for paper in after["papers"]}
        for paper in before["papers"]:
            # The name has changed where one paper alone, of both, has the form.
            alike = [
                [each for each in side["papers"] if "form" in paper and each.get("form") == paper["form"]]
                for side in (before, after)
            ]
            (renamed,) = alike[1] if [len(each) for each in alike] == [1, 1] else (None,)
            meant = papers.get(paper["name"]["vi"], renamed)
            if meant is not None:
                add("pieces", paper["copies"], meant["copies"])
    return {unit: (Fraction(less), Fraction(more)) for unit, (less, more) in sums.items() if less or more}


@given(editions(), editions())
def test_totals_are_the_sums_that_the_slow_way_finds(old: dict[str, Any], new: dict[str, Any]) -> None:
    come_to = catalogue.totals(diff(old, new))
    assert {s.unit: (s.less, s.more) for s in come_to.sums} == slow_totals(old, new)


PLACE_HERE = {"name": text("Trung tâm"), "scope": "own_territory"}
PLACE_WIDE = {**PLACE_HERE, "scope": "whole_province"}


@pytest.mark.parametrize(
    ("old", "new", "better", "worse", "path", "en"),
    [
        ({}, {"receiving": [PLACE_HERE]}, "place_added", "place_removed", ".receiving[0]",
         "1.000001: receiving place added, Trung tâm"),
        ({"receiving": [PLACE_HERE]}, {"receiving": [PLACE_WIDE]}, "place_wider", "place_narrower", ".receiving[0].scope",
         "1.000001: receives the whole province, before its own territory"),
        ({"papers": [{"name": text("Đơn"), "originals": 2, "copies": 0}]},
         {"papers": [{"name": text("Đơn"), "originals": 1, "copies": 0}]}, "pieces_fewer", "pieces_more",
         ".papers[0].originals", "1.000001, Đơn: originals from 2 to 1"),
        ({"papers": [{"name": text("Đơn"), "originals": 1, "copies": 0}]},
         {"papers": [{"name": text("Đơn"), "originals": 1, "copies": 0, "replaced_by_data": text("CSDL")}]},
         "data_reused", "data_not_reused", ".papers[0].replaced_by_data", "1.000001, Đơn: replaced by CSDL"),
    ],
)  # fmt: skip
def test_a_typed_change_and_its_opposite(
    old: dict[str, Any], new: dict[str, Any], better: str, worse: str, path: str, en: str
) -> None:
    before, after = document(procedure(**old)), document(procedure(**new))
    (there,), (back,) = diff(before, after), diff(after, before)
    assert (there.kind.value, there.kind.effect, there.path, there.text.en) == (
        better,
        ChangeEffect.BETTER,
        PLACE + path,
        en,
    )
    assert (back.kind.value, back.kind.effect, back.path) == (worse, ChangeEffect.WORSE, PLACE + path)


def test_exemptions_and_other_named_things_are_paired_by_name() -> None:
    poor, old_age = ({"text": text(who)} for who in ("Hộ nghèo", "Người cao tuổi"))
    before = with_fees({"amount": "1", "exemptions": [poor]})
    after = with_fees({"amount": "1", "exemptions": [old_age, poor]})
    assert [(c.kind.value, c.path) for c in diff(before, after)] == [
        ("exemption_added", f"{LIMIT}.fees[0].exemptions[0]")
    ]
    one, two = document(procedure(notes=[text("a")])), document(procedure(notes=[text("b"), text("a")]))
    assert [(c.kind.value, c.path) for c in diff(one, two)] == [("other", f"{PLACE}.notes[0]")]


def test_totals_in_words_and_json() -> None:
    old = document(procedure("1.000001"), procedure("1.000002"), title=text("cũ"))
    channels: list[dict[str, Any]] = [
        {"kind": "in_person", "limits": [{"time": "3 working days", "fees": [{"amount": "15000"}]}, {"time": "1 day", "case": "urgent"}]},
        {"kind": "post", "limits": [{"time": "5 working days"}]},
    ]  # fmt: skip
    for limit in channels[0]["limits"]:
        limit["basis"] = ["law"]
    new = document(procedure("1.000001", channels=channels, papers=[]), title=text("cũ"))
    come_to = catalogue.totals(diff(old, new))
    assert come_to.text.en.splitlines() == [
        "5 changes for the better, 0 for the worse, 2 others",
        "Procedures: 0 added, 1 removed",
        "Channels: 1 added, 0 removed",
        "Papers: 0 added, 1 removed",
        "Fees (VND): 5,000 less, 0 more, net −5,000",
        "Working days: 2 less, 0 more, net −2",
        "1 changed time limits are in no sum",
    ]
    assert come_to.text.vi.splitlines()[1] == "Thủ tục: thêm 0, bớt 1"
    assert come_to.text.vi.splitlines()[4] == "Phí, lệ phí (đồng): giảm 5.000, tăng 0, chênh lệch −5.000"
    raw = json.loads(json.dumps(come_to.to_dict()))
    assert raw["sums"][0] == {"unit": "VND", "less": "5000", "more": "0", "net": "-5000"}
    assert (raw["counts"]["procedure_removed"], raw["counts"]["paper_added"], raw["times_not_counted"]) == (1, 0, 1)
    assert (come_to.sum("VND").net, come_to.sum("months").more) == (Fraction(-5000), Fraction(0))
    assert raw["effects"] == {"better": 5, "worse": 0, "neutral": 2}
    assert catalogue.totals(diff(old, old)).text.en == "0 changes for the better, 0 for the worse, 0 others"


def test_the_same_limit_in_other_words_is_no_change_of_time() -> None:
    come_to = catalogue.totals(diff(with_limits({"time": "5 working days"}), LONG))
    assert (come_to.times_not_counted, come_to.sums, come_to.count(ChangeKind.OTHER)) == (0, (), 1)


def test_every_kind_has_an_effect() -> None:
    assert Counter(kind.effect for kind in ChangeKind) == {
        ChangeEffect.BETTER: 9,
        ChangeEffect.WORSE: 9,
        ChangeEffect.NEUTRAL: 6,  # a procedure, an edition, there or not; a new name; anything else
    }


def paper(name: str, **members: Any) -> dict[str, Any]:
    return {"name": text(name), "originals": 1, "copies": 0, **members}


CT01 = [{"code": code, "name": text("Mẫu")} for code in ("CT01", "CT02")]


def papers_of(*papers: dict[str, Any]) -> dict[str, Any]:
    return document(procedure(papers=list(papers), forms=CT01))


@pytest.mark.parametrize(
    ("old", "new", "kinds"),
    [
        ([paper("A", form="CT01", code="12")], [paper("B", form="CT01", code="12")], ["paper_renamed"]),
        ([paper("A", form="CT01")], [paper("B", form="CT01", code="12")], ["paper_renamed", "other"]),
        ([paper("A", code="12")], [paper("B", code="12", originals=2)], ["paper_renamed", "pieces_more"]),
        ([paper("A", form="CT01")], [paper("A", form="CT02")], ["other"]),
        ([paper("A", form="CT01", code="12")], [paper("B", form="CT01", code="13")], ["paper_added", "paper_removed"]),
        ([paper("A", form="CT01", code="12")], [paper("B", form="CT02", code="12")], ["paper_added", "paper_removed"]),
        ([paper("A")], [paper("B")], ["paper_added", "paper_removed"]),
        # Which of the two it was, nobody knows.
        (
            [paper("A", form="CT01")],
            [paper("B", form="CT01"), paper("C", form="CT01")],
            ["paper_added", "paper_added", "paper_removed"],
        ),
        (
            [paper("A", form="CT01"), paper("C", form="CT01")],
            [paper("B", form="CT01"), paper("C", form="CT01")],
            ["paper_added", "paper_removed"],
        ),
    ],
)
def test_a_paper_of_the_same_form_and_code_is_the_same_paper(
    old: list[dict[str, Any]], new: list[dict[str, Any]], kinds: list[str]
) -> None:
    assert [change.kind.value for change in diff(papers_of(*old), papers_of(*new))] == kinds
    assert len(diff(papers_of(*new), papers_of(*old))) == len(kinds)


def test_a_new_name_is_said() -> None:
    (change,) = diff(papers_of(paper("A", code="12")), papers_of(paper("B", code="12")))
    assert (change.text.vi, change.path) == ("1.000001: giấy tờ “A” đổi tên thành “B”", f"{PLACE}.papers[0].name")
    assert (change.old, change.new, change.text.en) == ("A", "B", "1.000001: paper “A” renamed “B”")


@pytest.mark.parametrize(
    ("old", "new", "vi", "en"),
    [
        ({}, {"level": "provincial"}, "1.000001, cấp thực hiện: từ cấp xã thành cấp tỉnh",
         "1.000001, level: from a commune to a province"),
        ({}, {"subjects": ["business", "agency"]},
         "1.000001, đối tượng thực hiện: từ công dân thành doanh nghiệp, cơ quan",
         "1.000001, who may apply: from a citizen to a business, an agency or organisation"),
        ({}, {"notes": [text("Mới")]}, "1.000001, ghi chú: thêm Mới", "1.000001, notes: added, Mới"),
        ({"notes": [text("a"), text("b")]}, {"notes": [text("b")]}, "1.000001, ghi chú 1: bỏ a", "1.000001, notes 1: removed, a"),
        ({"papers": [paper("Đơn", note=text("a"))]}, {"papers": [paper("Đơn", note=text("b"))]},
         "1.000001, thành phần hồ sơ “Đơn”, ghi chú: từ a thành b", "1.000001, paper of the dossier “Đơn”, note: from a to b"),
        ({}, {"objective": text("Để biết")}, "1.000001, mục tiêu: thêm Để biết", "1.000001, what it is for: added, Để biết"),
        ({"sets": 2}, {"sets": 3}, "1.000001, số bộ hồ sơ: từ 2 thành 3", "1.000001, number of sets of the dossier: from 2 to 3"),
        ({"other_names": {"hmn": "a"}}, {"other_names": {"hmn": "b"}}, "1.000001, tên bằng ngôn ngữ khác, hmn: từ a thành b", None),
        ({"contacts": [{"name": text("Một cửa"), "phone": "1022"}]}, {"contacts": []},
         "1.000001, thông tin liên hệ: bỏ Một cửa", None),
    ],
)  # fmt: skip
def test_places_and_values_are_told_in_words(old: Any, new: Any, vi: str | None, en: str | None) -> None:
    (change,) = diff(document(procedure(**old)), document(procedure(**new)))
    assert "$" not in change.text.vi + change.text.en
    assert vi in {change.text.vi, None}
    assert en in {change.text.en, None}


def test_what_is_outside_the_procedures_has_no_code() -> None:
    (change,) = diff(document(), document(title=text("Mới")))
    assert change.procedure == ""
    assert (change.text.vi, change.old, change.new) == ("tên danh mục: từ Danh mục thành Mới", "Danh mục", "Mới")


def edition(first: str | None, last: str | None, days: int, code: str = "1.000001") -> dict[str, Any]:
    period = {"in_force_from": first, "in_force_to": last}
    limits = [{"time": f"{days} working days"}]
    given = {key: day for key, day in period.items() if day}
    return procedure(code, channels=[{"kind": "in_person", "limits": limits}], **given)


def told(old: list[dict[str, Any]], new: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(change.kind.value, change.text.en) for change in diff(document(*old), document(*new))]


def test_editions_of_one_code_are_compared_edition_by_edition() -> None:
    first, second = edition(None, "2025-06-30", 5), edition("2025-07-01", None, 3)
    assert told([second, first], [first, second]) == []
    assert told([first, second], [first, edition("2025-07-01", None, 2)]) == [
        ("limit_shorter", "1.000001 (from 2025-07-01), in person: time limit from 3 working days to 2 working days")
    ]
    assert told([first, second], [edition(None, "2025-06-30", 6), second])[0][1].startswith(
        "1.000001 (first edition), in person"
    )
    name = first["name"]["en"]
    # A new edition is held against what held before it; the one before ends.
    assert told([edition(None, None, 5)], [first, second]) == [
        ("other", "1.000001 (first edition), last day of validity: added, 2025-06-30"),
        ("edition_added", f"1.000001 (from 2025-07-01): edition added, {name}"),
        ("limit_shorter", "1.000001 (from 2025-07-01), in person: time limit from 5 working days to 3 working days"),
    ]
    assert [kind for kind, _ in told([first, second], [edition(None, None, 5)])] == ["other", "edition_removed"]
    # Of one edition on either side the days are a change like others.
    assert told([edition("2025-01-01", None, 3)], [second]) == [
        ("other", "1.000001, first day of validity: from 2025-01-01 to 2025-07-01")
    ]
    # Nothing held before it.
    assert [kind for kind, _ in told([second], [edition("2024-01-01", "2024-12-31", 9), second])] == ["edition_added"]
    both = document(first, second)
    assert diff(both, document(procedure("1.000002")))[-1].path == "$.procedures[1]"


def in_words(change: Callable[[dict[str, Any], dict[str, Any]], None]) -> list[str]:
    """Return what is said of a change to the procedure that has everything."""
    after = everything()
    change(after, next(each for each in after["procedures"] if each["code"] == "1.000002"))
    return [each.text.vi for each in catalogue.diff(catalogue.load(everything()), catalogue.load(after))]


def test_a_difference_is_told_in_words_without_ids_paths_and_codes() -> None:
    def limit(_: Any, it: dict[str, Any]) -> None:
        it["channels"][0]["limits"][0].pop("time")
        it["channels"][0]["limits"].append({"time": "9 working days", "case": "large", "fees": [{"amount": "7000"}]})

    assert in_words(limit) == [
        "1.000002, trực tuyến, Cấp mới, thời hạn: bỏ 05 ngày làm việc",
        "1.000002, trực tuyến, Từ 100 m²: thêm thời hạn: 09 ngày làm việc; trường hợp: Từ 100 m²; phí: số tiền: 7.000",
    ]

    def facts(_: Any, it: dict[str, Any]) -> None:
        it.update(in_force_from="2026-02-01", subjects=["citizen", "business"])
        it["results"][0]["valid_for"] = "3 years"
        it["results"].append({"name": {"vi": "Thẻ", "en": "Card"}})
        it["conditions"] = [{"text": {"vi": "Đủ 20 tuổi", "en": "20 years old"}}]
        it["papers"][1].pop("alternatives")

    assert sorted(in_words(facts)) == sorted(
        [
            "1.000002, đối tượng thực hiện: từ công dân Việt Nam, hợp tác xã thành công dân, doanh nghiệp",
            "1.000002, ngày có hiệu lực: từ 01/01/2026 thành 01/02/2026",
            "1.000002, kết quả “Giấy phép”, thời hạn hiệu lực để tính: từ 05 năm thành 03 năm",
            "1.000002, kết quả “Thẻ”: thêm",
            "1.000002, yêu cầu “Đủ 20 tuổi”: thêm",
            "1.000002, yêu cầu “Đủ 18 tuổi”: bỏ",
            "1.000002, thành phần hồ sơ “Giấy khai sinh”, có thể thay bằng một trong các giấy tờ: bỏ Hộ chiếu",
        ]
    )

    def bases(whole: dict[str, Any], it: dict[str, Any]) -> None:
        first = next(iter(whole["bases"]))
        whole["bases"][first]["firmness"] = "observed"
        whole["bases"]["zz"] = {"instrument": "Luật A 1/2026/QH15", "firmness": "read"}
        it["legal_bases"] = ["zz"]
        it["channels"][0]["limits"][0]["fees"][2]["share"]["percent"] = "0.7"

    first, second, third, fourth = in_words(bases)
    assert first.startswith("căn cứ pháp lý và nguồn, căn cứ pháp lý “Luật 1/2020/QH14”, độ chắc chắn")
    assert second == "căn cứ pháp lý và nguồn, căn cứ pháp lý “Luật A 1/2026/QH15”: thêm"
    assert third == "1.000002, căn cứ pháp lý: từ Luật 1/2020/QH14 thành Luật A 1/2026/QH15"
    assert fourth == "1.000002, trực tuyến, Cấp mới, phí 3, tỷ lệ phần trăm, phần trăm: từ 0,5% thành 0,7%"


def one_fee(*fees: dict[str, Any]) -> catalogue.Catalogue:
    channels = [{"kind": "in_person", "limits": [{"time": "5 working days", "fees": list(fees)}]}]
    return catalogue.load(document(procedure(channels=channels)))


def test_a_fee_of_which_nobody_knows_the_amount_is_not_nothing() -> None:
    unknown = {"published": "20.000; 50.000"}
    changes = catalogue.diff(one_fee({"amount": "20000"}, {"amount": "50000"}), one_fee(unknown))
    assert {each.kind.effect for each in changes} == {"neutral"}
    assert "1.000001, trực tiếp, phí 2: bỏ số tiền: 50.000" in [each.text.vi for each in changes]
    changes = catalogue.diff(one_fee({"amount": "20000"}), one_fee())
    assert [(each.kind.effect, each.by) for each in changes] == [(ChangeEffect.BETTER, Fraction(-20000))]


def test_fees_are_compared_in_their_currency() -> None:
    ten, twelve = {"amount": "10", "currency": "USD"}, {"amount": "12.5", "currency": "USD"}
    (change,) = catalogue.diff(one_fee(ten), one_fee(twelve))
    assert (change.text.vi, change.unit, change.by) == (
        "1.000001, trực tiếp: mức thu từ 10 USD thành 12,5 USD", "USD", Fraction(5, 2),
    )  # fmt: skip
    (change,) = catalogue.diff(one_fee(ten), one_fee({"amount": "200000"}))
    assert (change.text.en, change.kind, change.by) == (
        "1.000001, in person: fee from 10 USD to 200,000 VND",
        "other",
        None,
    )
    assert catalogue.totals((change,)).sums == ()
    (added,) = catalogue.diff(one_fee(), one_fee(ten))
    assert added.text.en == "1.000001, in person: fee from 0 USD to 10 USD"


def test_what_has_no_name_is_told_by_its_parts() -> None:
    changes = catalogue.diff(
        one_fee(), one_fee({"amount": "1000", "quantity": "pages", "note": text("x" * 200)}, {"published": "?"})
    )
    assert "phí 2: thêm nguyên văn công bố: ?" in changes[-1].text.vi
    assert all(len(each.text.vi) < 200 for each in changes)


def test_places_are_those_of_the_document_in_which_they_stand() -> None:
    case = {"id": "urgent", "name": text("Gấp")}
    old = document(
        procedure(
            "1.000009", cases=[case], papers=[{"name": text("Đơn"), "originals": 1, "copies": 0, "cases": ["urgent"]}]
        )
    )
    new = document(
        procedure("1.000001"), procedure("1.000002"),
        procedure("1.000009", cases=[case], papers=[{"name": text("Đơn"), "originals": 1, "copies": 0}], legal_bases=["new"]),
    )  # fmt: skip
    new["bases"]["new"] = {"instrument": "Luật mới 2/2026/QH16", "firmness": "read"}
    found = [each.text.vi for each in diff(old, new) if each.procedure == "1.000009"]
    assert "1.000009, thành phần hồ sơ “Đơn”, các trường hợp áp dụng: bỏ Gấp" in found
    assert "1.000009, căn cứ pháp lý: từ Luật 1/2020/QH14 thành Luật mới 2/2026/QH16" in found
