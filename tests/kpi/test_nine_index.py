from __future__ import annotations

import decimal
import json
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from itertools import product
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from onestop_core import kpi
from onestop_core.errors import InvalidValueError, NotInForceError, UnknownCodeError
from onestop_core.kpi.nine_index import AgencyRecord, HandledDossier, IndexPoints, Pace, PointTally
from onestop_core.model import Firmness
from onestop_core.rules.reading.resources import data
from onestop_core.rules.schema.schemas import check_schema
from onestop_core.text import nfc

CARD = kpi.nine_index.card("vn-circular-01-2018")
TABLE = CARD.table
PERFECT: dict[str, Any] = {
    "total_time": "shorter",
    "unit_time": "shorter",
    "contacts": 0,
    "bodies": 0,
    "returned": "shorter",
    "complaints": 0,
}


@pytest.mark.parametrize("name", kpi.nine_index.card_names())
def test_what_ships_holds_to_its_schema(name: str) -> None:
    document = data(f"vn/kpi/cards/{name}")
    assert check_schema(document, "kpi-card") == ()
    text = json.dumps(document, ensure_ascii=False)
    assert nfc(text) == text
    assert [index["number"] for index in document["indices"]] == list(range(1, 10))
    assert [[level["points"] for level in index["points"]] for index in document["indices"]] == [[2, 1, 0]] * 9
    used = {value for row in (document, *document["indices"], *document["subjects"], document["rounding"])
            for key, value in row.items() if key.endswith("basis")}  # fmt: skip
    # "scope" tells of an oddity of article 14 and decides nothing
    assert used | {"scope"} == set(document["bases"])
    assert check_schema({**document, "indices": document["indices"][:8]}, "kpi-card")[0].path == "$.indices"


def test_the_points_are_read_and_what_is_ours_is_marked() -> None:
    assert {index.basis.firmness for index in TABLE.indices} == {Firmness.READ}
    assert {subject.basis.firmness for subject in TABLE.subjects} == {Firmness.READ}
    assert TABLE.in_force_to_basis is not None
    assert TABLE.in_force_to_basis.firmness is Firmness.RECALLED
    assert TABLE.rounding.ties_basis.firmness is Firmness.INFERRED
    assert TABLE.late_basis.firmness is Firmness.UNCONFIRMED
    assert {TABLE.between_basis.firmness, TABLE.incomplete_basis.firmness} == {Firmness.INFERRED}
    assert TABLE.note is not None
    assert TABLE.note.en.startswith("Historical")


def test_the_card_is_historical() -> None:
    assert kpi.nine_index.card("vn-circular-01-2018", on=date(2019, 1, 6)) == CARD
    assert kpi.nine_index.card("vn-circular-01-2018", on=date(2025, 6, 30)) == CARD
    for day in (date(2019, 1, 5), date(2025, 7, 1)):
        with pytest.raises(NotInForceError, match="card vn-circular-01-2018: nothing in force on"):
            kpi.nine_index.card("vn-circular-01-2018", on=day)
    with pytest.raises(UnknownCodeError, match="did you mean vn-circular-01-2018"):
        kpi.nine_index.card("vn-circular-01-2019")
    with pytest.raises(InvalidValueError, match="not a datetime"):
        kpi.nine_index.card("vn-circular-01-2018", on=datetime(2024, 1, 1))


@pytest.mark.parametrize(
    ("subject", "total", "key"),
    [
        ("agency", "18.0", "excellent"),
        ("agency", "15.0", "excellent"),  # code in use tests "> 15" and calls this one weak
        ("agency", "14.9", "good"),
        ("agency", "12.0", "good"),
        ("agency", "11.9", "fair"),
        ("agency", "9.0", "fair"),
        ("agency", "6.0", "average"),
        ("agency", "5.9", "weak"),
        ("agency", "0", "weak"),
        ("official", "5.0", "full"),
        ("official", "4.9", "partial"),
        ("official", "3.5", "partial"),
        ("official", "3.4", "below"),
    ],
)
def test_the_classes_of_article_15(subject: str, total: str, key: str) -> None:
    found = TABLE.subject(subject).class_of(Decimal(total))
    assert found is not None
    assert found.key == key


def test_an_agency_of_exactly_15_is_excellent_through_the_whole_card() -> None:
    # 2 + 2 + 2 + 1 + 2 of the dossiers, 2 + 1 + 2 + 1 of the agency
    record = AgencyRecord(
        level="commune", listed=10, on_the_spot=10, posted=True, electronic=False, petitions=0,
        online_eligible=10, online_services=1, dossiers=100, dossiers_online=15, online_overdue=0,
    )  # fmt: skip
    score = CARD.score([HandledDossier(id="1", **{**PERFECT, "bodies": 1})], subject="agency", agency=record)
    assert score.total == Decimal("15.0")
    assert score.grade is not None
    assert score.grade.key == "excellent"
    assert score.missing == ()
    assert score.to_dict(language="vi")["class"] == "excellent"
    assert score.to_dict()["indices"]["6"]["value"] == "1.0"


@pytest.mark.parametrize(
    ("facts", "points"),
    [
        ({}, (None, None, None, None, None)),
        (PERFECT, (2, 2, 2, 2, 2)),
        ({"total_time": "equal", "unit_time": "equal", "contacts": 1, "bodies": 1, "returned": "equal",
          "complaints": 0}, (1, 1, 1, 1, 1)),
        ({"total_time": "longer", "unit_time": "longer", "contacts": 2, "bodies": 7, "returned": "shorter",
          "complaints": 1}, (0, 0, 0, 0, 0)),
        ({"returned": "longer", "complaints": 0}, (None, None, None, None, None)),
        ({"complaints": 2}, (None, None, None, None, 0)),
        ({"returned": "shorter"}, (None, None, None, None, None)),
    ],
)  # fmt: skip
def test_the_points_of_a_dossier(facts: dict[str, Any], points: tuple[int | None, ...]) -> None:
    assert tuple(HandledDossier(id="1", **facts).points().values()) == points


def spot(level: str, listed: int, done: int, eligible: int | None = 4, at_desk: int | None = 4) -> dict[str, Any]:
    return {"level": level, "listed": listed, "on_the_spot": done, "eligible": eligible, "at_desk": at_desk}


def online(eligible: int, services: int, dossiers: int, filed: int, late: int | None = 0) -> dict[str, Any]:
    return {"online_eligible": eligible, "online_services": services, "dossiers": dossiers,
            "dossiers_online": filed, "online_overdue": late}  # fmt: skip


def petitions(number: int | None, in_time: int | None = None, prolonged: int | None = None) -> dict[str, Any]:
    return {"petitions": number, "petitions_in_time": in_time, "petitions_prolonged": prolonged}


@pytest.mark.parametrize(
    ("number", "facts", "points"),
    [
        (5, spot("ministry", 100, 20), 2), (5, spot("ministry", 100, 19), 1),
        (5, spot("province", 100, 20), 2), (5, spot("department", 1000, 199), 1),
        (5, spot("district", 100, 50), 2), (5, spot("district", 100, 49, at_desk=3), 0),
        (5, spot("commune", 100, 100), 2), (5, spot("commune", 100, 99), 1),
        (5, spot("commune", 0, 0), None), (5, spot("commune", 9, 1, None, None), None),
        (5, spot("commune", 9, 1, 3, None), None), (5, {"level": "commune", "listed": 3}, None),
        (5, {"listed": 3, "on_the_spot": 3}, None),
        (6, {"posted": True, "electronic": True}, 2), (6, {"posted": False, "electronic": True}, 1),
        (6, {"posted": False, "electronic": False}, 0), (6, {"posted": True}, None), (6, {"electronic": True}, None),
        (8, petitions(0), 2), (8, petitions(10, 10, 0), 2), (8, petitions(10, 9, 0), 1), (8, petitions(100, 89, 0), 0),
        (8, petitions(10, 10, 1), 0), (8, petitions(None), None), (8, petitions(3, 3), None), (8, petitions(3), None),
        (9, online(10, 2, 10, 3), 2), (9, online(10, 1, 10, 3), 1), (9, online(10, 2, 100, 29), 1),
        (9, online(10, 2, 100, 15), 1), (9, online(10, 2, 100, 14), 0), (9, online(10, 2, 10, 3, 1), 0),
        (9, online(10, 0, 10, 3), 0), (9, online(10, 2, 10, 3, None), None), (9, online(10, 2, 0, 0), None),
        (9, online(0, 0, 10, 3), None), (9, {"online_eligible": 1, "dossiers": 1}, None),
        (9, {"online_eligible": 1, "dossiers": 1, "online_services": 1}, None),
    ],
)  # fmt: skip
def test_the_points_of_an_agency(number: int, facts: dict[str, Any], points: int | None) -> None:
    assert AgencyRecord(**facts).points(TABLE)[number] == points


@st.composite
def handled(draw: st.DrawFn) -> HandledDossier:
    pace = st.none() | st.sampled_from(Pace)
    count = st.none() | st.integers(0, 3)
    return HandledDossier(
        id="x", total_time=draw(pace), unit_time=draw(pace), contacts=draw(count), bodies=draw(count),
        returned=draw(pace), complaints=draw(count),
    )  # fmt: skip


def slow_value(dossiers: list[HandledDossier], number: int) -> Decimal | None:
    found = [Decimal(p) for d in dossiers if (p := d.points()[number]) is not None]
    if not found:
        return None
    with decimal.localcontext() as context:
        context.prec = 60
        return (sum(found, Decimal(0)) / len(found)).quantize(Decimal("0.1"), ROUND_HALF_UP)


@given(st.lists(handled(), max_size=30), st.data())
def test_a_card_is_the_sum_of_rounded_averages_in_any_order_and_partition(
    dossiers: list[HandledDossier], given_: st.DataObject
) -> None:
    score = CARD.score(dossiers, unknown="leave_out")
    # Left out by name are those of which not all is known; of index 7 that asks for two facts.
    told = [each for each in dossiers if each.complaints is not None and each.returned is not None]
    expected = {number: slow_value(told if number == 7 else dossiers, number) for number in (1, 2, 3, 4, 7)}
    assert {r.index.number: r.value for r in score.results} == expected
    values = [value for value in expected.values() if value is not None]
    assert score.total == (sum(values) if values else None)
    assert (score.grade is None) == (len(values) < 5)
    assert set(score.missing) == {number for number, value in expected.items() if value is None}
    mixed = given_.draw(st.permutations(dossiers))
    cut = given_.draw(st.integers(0, len(mixed)))
    parts = CARD.tally(mixed[:cut]) + CARD.tally(mixed[cut:])
    assert parts == CARD.tally(dossiers)
    assert CARD.score(parts, unknown="leave_out") == score
    assert CARD.score(parts) == CARD.score(dossiers)
    assert score.total is None or 0 <= score.total <= score.subject.max


ASKED: dict[int, dict[str, tuple[Any, ...]]] = {
    1: {"total_time": tuple(Pace)},
    2: {"unit_time": tuple(Pace)},
    3: {"contacts": (0, 1, 2)},
    4: {"bodies": (0, 1, 2)},
    7: {"returned": tuple(Pace), "complaints": (0, 1)},
}


def ways_of(one: HandledDossier, number: int) -> list[HandledDossier]:
    """Return the dossier with every way to fill in what an index asks of it and nobody recorded."""
    gaps = {name: values for name, values in ASKED[number].items() if getattr(one, name) is None}
    return [attrs.evolve(one, **dict(zip(gaps, values, strict=True))) for values in product(*gaps.values())]


@settings(max_examples=150)
@given(st.lists(handled(), min_size=1, max_size=4), st.sampled_from([1, 2, 3, 4, 7]))
def test_an_index_with_unknown_dossiers_lies_between_what_their_points_may_be(
    dossiers: list[HandledDossier], number: int
) -> None:
    result = CARD.score(dossiers)[number]
    values = {slow_value(list(way), number) for way in product(*(ways_of(one, number) for one in dossiers))}
    if not any(one.points()[number] is not None for one in dossiers):
        assert (result.value, result.bounds) == (None, None)  # of which nothing is known is left out, says the Circular
        return
    found = [value for value in values if value is not None]
    ends = result.bounds or (result.value, result.value)
    assert ends == (min(found), max(found))
    assert (result.value is None) == (min(found) != max(found))


def test_a_card_with_unknown_dossiers_has_bounds() -> None:
    open_ = HandledDossier(id="2", **{**PERFECT, "contacts": None})
    score = CARD.score([HandledDossier(id="1", **PERFECT), open_])
    assert (score[3].value, score[3].ratio, score[3].bounds) == (None, None, (Decimal("1.0"), Decimal("2.0")))
    assert (score[3].points, score[3].dossiers, score[3].unknown) == (2, 1, 1)
    assert (score.total, score.bounds, score.missing) == (None, (Decimal("9.0"), Decimal("10.0")), ())
    assert score.grade is not None  # both ends are in it
    assert score.grade.key == "full"
    assert repr(score) == "<CardScore vn-circular-01-2018 official: 9.0..10.0 of 10>"
    document = score.to_dict()
    assert (document["total"], document["bounds"]) == (None, {"lowest": "9.0", "highest": "10.0"})
    assert document["indices"]["3"]["bounds"] == {"lowest": "1.0", "highest": "2.0"}
    assert (document["unknown"], document["indices"]["1"]["bounds"]) == ("bounds", None)
    two = CARD.score([HandledDossier(id="1", **PERFECT), HandledDossier(id="2", **{**PERFECT, "contacts": 0})])
    assert two.bounds is None
    left = CARD.score([HandledDossier(id="1", **PERFECT), open_], unknown="leave_out")
    assert (left[3].value, left.total, left.unknown.value) == (Decimal("2.0"), Decimal("10.0"), "leave_out")
    late = CARD.score([HandledDossier(id=str(n), **{**PERFECT, "total_time": None}) for n in range(9)])
    assert (late.missing, late.grade) == ((1,), None)
    with pytest.raises(InvalidValueError, match="one of bounds, leave_out"):
        CARD.score([], unknown="guess")
    with pytest.raises(TypeError):
        IndexPoints() + 1  # type: ignore[operator]


def test_a_class_is_open_where_the_ends_of_the_total_are_in_two() -> None:
    bad = {**PERFECT, "total_time": "longer", "unit_time": "longer", "bodies": 3, "returned": "equal"}
    known = HandledDossier(id="1", **{**bad, "contacts": 0})
    score = CARD.score([known, *(HandledDossier(id=str(n), **{**bad, "contacts": None}) for n in range(3))])
    assert score.bounds == (Decimal("1.5"), Decimal("3.0"))
    assert score.grade is not None
    score = CARD.score([HandledDossier(id="1", **{**PERFECT, "total_time": "longer", "unit_time": "longer", "bodies": 3,
        "contacts": 0}), HandledDossier(id="2", **{**PERFECT, "total_time": "longer", "unit_time": "longer", "bodies": 3,
        "contacts": None})])  # fmt: skip
    assert score.bounds == (Decimal("3.0"), Decimal("4.0"))
    assert (score.total, score.grade) == (None, None)


@given(st.lists(handled(), min_size=1, max_size=10), st.sampled_from([3, 4]))
def test_one_more_contact_never_raises_a_card(dossiers: list[HandledDossier], number: int) -> None:
    name = {3: "contacts", 4: "bodies"}[number]
    old = getattr(dossiers[0], name)
    before = CARD.score(dossiers, unknown="leave_out")[number].ratio
    worse = HandledDossier(id="x", **{name: 0 if old is None else old + 1})  # type: ignore[arg-type]
    kept = [d for d in dossiers[1:] if getattr(d, name) is not None]
    if old is not None:
        after = CARD.score([worse, *kept])[number].ratio
        assert before is not None
        assert after is not None
        assert after <= before


def test_what_the_circular_does_not_say_is_left_out_and_counted() -> None:
    score = CARD.score([HandledDossier(id="1", returned="longer", complaints=0), HandledDossier(id="2", **PERFECT)])
    assert (score[7].value, score[7].dossiers, score[7].unknown, score[7].undefined) == (Decimal("2.0"), 1, 0, 1)
    assert score[7].ratio == Fraction(2)
    empty = CARD.score(())
    assert (empty.total, empty.grade, empty.missing, empty[1].ratio) == (None, None, (1, 2, 3, 4, 7), None)
    assert empty.to_dict()["total"] is None
    assert CARD.score((), subject="agency").missing == tuple(range(1, 10))
    assert PointTally() == CARD.tally(())


def test_the_caller_s_decimal_context_changes_nothing() -> None:
    record = AgencyRecord(**spot("commune", 161, 161), **online(161, 161, 597_918, 528_684), **petitions(0))
    dossiers = [HandledDossier(id="1", **PERFECT), HandledDossier(id="2", **{**PERFECT, "contacts": 2})]
    expected = CARD.score(dossiers, subject="agency", agency=record)
    with decimal.localcontext() as context:
        context.prec = 1
        assert CARD.score(dossiers, subject="agency", agency=record) == expected


def test_paces_and_what_is_refused() -> None:
    assert [Pace.measured(n, 2) for n in (1, 2, 3)] == [Pace.SHORTER, Pace.EQUAL, Pace.LONGER]
    assert Pace.measured(timedelta(hours=7), timedelta(days=1)) is Pace.SHORTER
    with pytest.raises(InvalidValueError, match="what compares to 3"):
        Pace.measured("2", 3)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="one of shorter, equal, longer"):
        HandledDossier(id="1", total_time="quick")
    with pytest.raises(InvalidValueError, match="a whole number from 0 on"):
        HandledDossier(id="1", contacts=-1)
    with pytest.raises(InvalidValueError, match="text that is not empty"):
        HandledDossier(id="")
    with pytest.raises(InvalidValueError, match="on_the_spot: cannot use 4; expected at most 3"):
        AgencyRecord(listed=3, on_the_spot=4)
    with pytest.raises(InvalidValueError, match="one of ministry"):
        AgencyRecord(level="ward")
    with pytest.raises(InvalidValueError, match="True, False or None"):
        AgencyRecord(posted=1)  # type: ignore[arg-type]
    with pytest.raises(InvalidValueError, match="a value of HandledDossier"):
        CARD.score(["x"])  # type: ignore[list-item]
    with pytest.raises(UnknownCodeError, match="no subject 'unit'"):
        CARD.score((), subject="unit")
