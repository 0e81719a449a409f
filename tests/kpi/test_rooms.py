"""The rooms of kpi: what their doors let in, what their values are, and that every edition is asked for in one way."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from importlib import import_module
from typing import Any

import attrs
import pytest

from onestop_core import kpi
from onestop_core.errors import InvalidDocumentError, InvalidValueError, NotInForceError, OnestopError, UnknownCodeError
from onestop_core.kpi import DossierFacts, counters, counting, facts, form06, measures, nine_index, service_index
from onestop_core.kpi.measures import definitions
from onestop_core.kpi.nine_index import card_table
from onestop_core.model import FrozenMap, Interval
from onestop_core.rules.reading.resources import data

INDEX = kpi.index("vn-766@portal-2026")
OCTOBER = Interval(first=date(2026, 10, 1), last=date(2026, 10, 31))
AT = datetime.fromisoformat("2026-10-12T08:00+07:00")
FACTS = [
    DossierFacts(id="1", unit="Tây Hồ", field="Hộ tịch", channel="online", received_at=AT, due_at=AT, finished_at=AT),
    DossierFacts(id="2", unit="Đống Đa", field="Đất đai", channel="post", received_at=AT, due_at=AT, finished_at=AT),
]


def places() -> list[counters.Place]:
    return [counters.Place(name=name, arrivals=18, minutes=10) for name in ("Tây Hồ", "Đống Đa")]


def values() -> dict[str, Any]:
    figures = measures.PeriodFigures(name="2025", procedures=3)
    promise = counters.WaitingPromise(share=Fraction(9, 10), minutes=10)
    return {
        "index": INDEX,
        "card": INDEX.score({"2.1": (1, 2)}, level="province"),
        "tally": kpi.tally(FACTS),
        "count": kpi.Count(numerator=1, denominator=2),
        "figure": kpi.figure("5.4", period=OCTOBER),
        "standing": counting.standing(FACTS[0], until=None),
        "form": form06.fill(FACTS, period=OCTOBER),
        "form definition": form06.definition(),
        "measures": measures.measures(),
        "aims": measures.aims(),
        "share": measures.share("online", 1, 2),
        "answers": measures.Answers.of([1, 5]),
        "comparison": measures.compare(figures, figures),
        "spots": measures.find_slow_spots([measures.StepRecord(dossier="1", step="sign", used=3)]),
        "cost": measures.standard_cost(wage=measures.parameter("hourly-income-2024"), subjects=3),
        "card table": nine_index.card("vn-circular-01-2018").table,
        "points": nine_index.card("vn-circular-01-2018").score([nine_index.HandledDossier(id="1", contacts=0)]),
        "pooling": counters.pool(places(), promise),
        "served": counters.ServedWithin(waiting=Fraction(1, 2), power=Fraction(1, 3)),
        "columns": facts.facts_columns(),
        "facts": facts.FactsFile(facts=tuple(FACTS), problems=(), rows=2),
    }


@pytest.mark.parametrize("name", values())
def test_a_value_travels_is_hashable_and_prints_short(name: str) -> None:
    value = values()[name]
    assert pickle.loads(pickle.dumps(value)) == value  # noqa: S301 - our own bytes
    assert copy.deepcopy(value) == copy.copy(value) == value
    assert hash(value) == hash(values()[name])
    if attrs.has(type(value)):
        assert len(repr(value)) < 300


def test_a_predicate_that_has_travelled_still_tells_dossiers_apart() -> None:
    late = pickle.loads(pickle.dumps(kpi.figure("2.1", period=OCTOBER).numerator))  # noqa: S301 - our own bytes
    assert [one.id for one in late.of(FACTS)] == ["1", "2"]


def mutable(value: object, seen: set[int], path: str) -> list[str]:
    if id(value) in seen or isinstance(value, type):
        return []
    seen.add(id(value))
    if isinstance(value, dict | list | set):
        return [path]
    if isinstance(value, Mapping):
        return [found for key, each in value.items() for found in mutable(each, seen, f"{path}[{key!r}]")]
    if isinstance(value, tuple | frozenset):
        return [found for each in value for found in mutable(each, seen, f"{path}[]")]
    if attrs.has(type(value)):
        kind: Any = type(value)
        fields = [field.name for field in attrs.fields(kind)]
        return [found for name in fields for found in mutable(getattr(value, name), seen, f"{path}.{name}")]
    return []


@pytest.mark.parametrize("name", values())
def test_nothing_in_a_value_can_be_changed(name: str) -> None:
    assert mutable(values()[name], set(), name) == []


def test_look_ups_of_a_value_are_made_once_and_refuse_with_a_suggestion() -> None:
    card = INDEX.score({"2.1": (1, 2)})
    assert card.metrics is card.metrics
    assert isinstance(card.groups, FrozenMap)
    lookups: list[tuple[Callable[[], object], str]] = [
        (lambda: card["21"], "did you mean 2.1"),
        (lambda: card[[1]], "no metric"),  # type: ignore[index]
        (lambda: kpi.tally(FACTS)["4.5"], "did you mean 4.5b"),
        (lambda: kpi.tally(FACTS)[{}], "no metric"),  # type: ignore[index]
        (lambda: values()["comparison"]["procedure"], "did you mean procedures"),
        (lambda: values()["comparison"][[]], "no indicator"),
        (lambda: values()["points"][10], "no index"),
        (lambda: values()["card table"].index(10), "no index"),
        (lambda: form06.definition().counting_note("earl"), "did you mean early"),
        (lambda: measures.measures().formula("standard"), "did you mean standard-cost"),
    ]
    for look_up, said in lookups:
        with pytest.raises(UnknownCodeError, match=said):
            look_up()
    assert form06.definition().counting_note("early").basis.firmness == "inferred"


def test_an_edition_is_asked_for_by_its_day_or_by_its_id() -> None:
    late, early = date(2026, 10, 1), date(2001, 1, 1)
    assert kpi.index("vn-766", on=late) == INDEX
    assert measures.measures(on=late) == measures.measures()
    assert measures.parameter("hours-per-working-day", on=late).value == 8
    assert measures.share("online", 1, 2, on=late) == measures.share("online", 1, 2)
    assert measures.ElapsedTime.of_days(2, on=late).hours == 16
    assert measures.aims(on=late) == measures.aims()
    assert form06.definition(on=late) == form06.definition()
    calls: list[Callable[[date], object]] = [
        lambda on: kpi.index("vn-766", on=on),
        lambda on: kpi.index("vn-766@portal-2026", on=on),
        lambda on: nine_index.card("vn-circular-01-2018", on=on),
        lambda on: measures.measures(on=on),
        lambda on: measures.parameter("hours-per-working-day", on=on),
        lambda on: measures.share("online", 1, 2, on=on),
        lambda on: measures.rates(kpi.Tally(), on=on),
        lambda on: measures.aims(on=on),
        lambda on: measures.compare(*[measures.PeriodFigures(name="x")] * 2, on=on),
        lambda on: form06.definition(on=on),
    ]
    for call in calls:
        with pytest.raises(NotInForceError):
            call(early)
        for wrong in ("2026-10-01", datetime(2026, 10, 1), 5):
            with pytest.raises(InvalidValueError):
                call(wrong)  # type: ignore[arg-type]


def test_every_edition_has_its_digest_and_reads_under_its_own_schema() -> None:
    folders = {
        "vn/kpi/vn-766-portal-2026": service_index.EDITIONS,
        "vn/kpi/cards/vn-circular-01-2018": card_table.EDITIONS,
        "vn/kpi/measures/vn-measures": definitions.EDITIONS,
        "vn/kpi/aims/vn-three-three": import_module("onestop_core.kpi.measures.aims").EDITIONS,
        "vn/forms/form-06": import_module("onestop_core.kpi.form06.definition").EDITIONS,
    }
    for name, editions in folders.items():
        document = data(name)
        assert editions.load(document) == editions.pinned(document["id"])
        assert len(editions.edition(document["id"]).digest) == 64
        with pytest.raises(InvalidDocumentError):
            editions.load({**document, "id": 5})
        with pytest.raises(InvalidDocumentError):
            editions.load([document])


WRONG: list[Any] = [
    None,
    5,
    -1,
    1.5,
    True,
    b"x",
    "x",
    [1],
    {1: (1, 5)},
    {"2.1": [Decimal("NaN"), 5]},
    Decimal("NaN"),
    object(),
    int,
]


def given(value: Any) -> Any:
    """Return *value*, or something as wrong where None may be left out."""
    return 0 if value is None else value


DOORS: dict[str, Callable[[Any], object]] = {
    "load_index": kpi.load_index,
    "form06.load": form06.load,
    "form06.fill": lambda value: form06.fill(value, period=OCTOBER),
    "form06.fill period": lambda value: form06.fill(FACTS, period=value),
    "form06.fill by": lambda value: form06.fill(FACTS, period=OCTOBER, by=value),
    "score": INDEX.score,
    "score level": lambda value: INDEX.score({}, level=given(value)),
    "score zero": lambda value: INDEX.score({}, zero={"2.1": value}),
    "score not_applicable": lambda value: INDEX.score({}, level="commune", not_applicable=value),
    "with_bands": INDEX.with_bands,
    "tally": kpi.tally,
    "tally period": lambda value: kpi.tally(FACTS, period=given(value)),
    "tally supplements": lambda value: kpi.tally(FACTS, supplements=value),
    "tally_by": lambda value: kpi.tally_by(FACTS, by=value),
    "Tally.from_dict": kpi.Tally.from_dict,
    "figure": kpi.figure,
    "html_report": kpi.html_report,
    "read_facts": kpi.read_facts,
    "standing": lambda value: counting.standing(value, until=None),
    "end_of_handling": counting.end_of_handling,
    "rates": measures.rates,
    "find_slow_spots": lambda value: measures.find_slow_spots(given(value)),
    "compare": lambda value: measures.compare(value, value),
    "standard_cost": lambda value: measures.standard_cost(
        value, wage=measures.parameter("hourly-income-2024"), subjects=1
    ),
    "CostChange.between": lambda value: measures.CostChange.between(value, value),
    "satisfaction_by_factor": measures.satisfaction_by_factor,
    "card score": lambda value: nine_index.card("vn-circular-01-2018").score(value),
    "card agency": lambda value: nine_index.card("vn-circular-01-2018").score([], agency=given(value)),
    "pool": lambda value: counters.pool(value, counters.WaitingPromise(share=Fraction(1, 2), minutes=1)),
    "plan": lambda value: counters.plan_counters(value, value),
    "read_places": counters.read_places,
    "erlang_b": lambda value: counters.erlang_b(value, 3) if value not in (5, True) else counters.erlang_b(3, None),  # type: ignore[arg-type]
}


@pytest.mark.parametrize("door", DOORS)
def test_only_errors_of_ours_come_out(door: str) -> None:
    raw: list[str] = []
    for value in WRONG:
        try:
            DOORS[door](value)
        except (OnestopError, OSError):
            continue
        except Exception as error:  # noqa: BLE001 - that is what is looked for
            raw.append(f"{value!r}: {error!r}")
    assert raw == []


def test_things_of_two_kinds_do_not_add_up() -> None:
    made = values()
    for name in ("tally", "share", "answers", "spots"):
        with pytest.raises((TypeError, OnestopError)):
            made[name] + 5
    with pytest.raises((TypeError, OnestopError)):
        nine_index.PointTally() + kpi.Tally()  # type: ignore[operator]
    with pytest.raises((TypeError, OnestopError)):
        measures.SpotCount() + 5  # type: ignore[operator]


def test_the_worst_load_is_computed_with_whole_numbers_and_reduced_once() -> None:
    load = Fraction(10**30 - 1, 10**27 - 1)
    blocked = counters.erlang_b(load, 2_000)
    assert 0 < blocked < Fraction(1, 10**100)
    # 1/B(c) = 1 + c/A x 1/B(c - 1)
    assert 1 / blocked == 1 + Fraction(2_000) / load / counters.erlang_b(load, 1_999)
    sure = counters.least_counters(load, 1 - Fraction(1, 10**29), patience=0)
    assert load < sure <= 2_000
    assert counters.erlang_c(load, sure) <= Fraction(1, 10**29) < counters.erlang_c(load, sure - 1)


def test_a_function_that_groups_may_do_anything_and_is_named() -> None:
    def stumbles(_: DossierFacts) -> str:
        raise ZeroDivisionError

    def refuses(_: DossierFacts) -> str:
        raise InvalidValueError.of("x", 1, vi="y", en="y")

    for by, what in ((stumbles, "by"), (lambda _: 5, "by"), (refuses, "x")):
        with pytest.raises(InvalidValueError) as refused:
            kpi.tally_by(FACTS, by=by)  # type: ignore[arg-type]
        assert refused.value.what == what


def test_groups_are_listed_by_the_vietnamese_alphabet() -> None:
    names = ["Ứng Hòa", "Đống Đa", "Ba Đình", None, "Cửa Nam", "Ô Chợ Dừa", "Hoàn Kiếm"]
    dossiers = [attrs.evolve(FACTS[0], id=str(place), unit=name) for place, name in enumerate(names)]
    order = ["Ba Đình", "Cửa Nam", "Đống Đa", "Hoàn Kiếm", "Ô Chợ Dừa", "Ứng Hòa", None]
    assert list(kpi.tally_by(dossiers, by="unit")) == order
    assert list(INDEX.evaluate(dossiers, by="unit")) == order
    fields = [attrs.evolve(one, field=one.unit) for one in dossiers]
    assert [row.label for row in form06.fill(fields, period=OCTOBER).rows] == order
    records = [measures.StepRecord(dossier="1", step="x", unit=name) for name in names]
    assert [key[0] for key, _ in measures.find_slow_spots(records, by=("unit",)).counts] == order


def test_columns_of_the_facts_are_those_of_the_value() -> None:
    columns = facts.facts_columns()
    assert [column.name for column in columns] == [field.name for field in attrs.fields(DossierFacts)]
    assert {column.name: column.sql for column in columns if column.codes} == {
        "channel": "VARCHAR(20)",
        "finished_kind": "VARCHAR(20)",
    }
    assert all(column.title.vi != column.title.en for column in columns)


def test_numbers_that_nobody_could_read_are_refused() -> None:
    huge = Fraction(1, 10**500)
    made: list[Callable[[], object]] = [
        lambda: measures.SpotCount(used=huge),
        lambda: measures.SpotCount(used=1.5),  # type: ignore[arg-type]
        lambda: attrs.evolve(values()["cost"], labour=10**500),
        lambda: service_index.Rounding(decimals=7, ties="half_up", basis=INDEX.basis, ties_basis=INDEX.basis),  # type: ignore[arg-type]
        lambda: INDEX.rounding.units(1, 0),
        lambda: attrs.evolve(INDEX.metric("2.1"), target=Decimal(0)),
        lambda: attrs.evolve(INDEX.metric("2.1"), max=Decimal("1e999999999")),
        lambda: attrs.evolve(values()["card table"].indices[4], in_time_percent=Fraction(-1)),
        lambda: kpi.Tally(metrics={"2.1": kpi.Count()}),
        lambda: kpi.Tally(metrics=5),  # type: ignore[arg-type]
        lambda: form06.Form06(period=Interval(), rows=(), total=values()["form"].total),
        lambda: measures.satisfaction_by_factor({"access": 5}),  # type: ignore[dict-item]
    ]
    for make in made:
        with pytest.raises(InvalidValueError):
            make()


def test_parts_of_a_card_print_short() -> None:
    card = INDEX.score({"2.1": (1, 2)})
    assert repr(card["2.1"]) == "<MetricScore 2.1: 1/2, score 10.00>"
    assert repr(card["1.1"]) == "<MetricScore 1.1: no counts, score None>"
    assert repr(card.groups["TDGQ"]) == "<GroupScore TDGQ: 10.00 of 20>"
    assert repr(card) == "<Scorecard vn-766@portal-2026: 10.00 of 100, 1 of 23 metrics>"
    assert repr(INDEX.metric("2.1")) == "<Metric 2.1>"
    assert repr(values()["figure"].missed).startswith("<Predicate: ")


class Stumbling(Mapping[str, Any]):
    """A mapping of somebody else."""

    def __getitem__(self, key: str) -> Any:
        raise ZeroDivisionError

    def __iter__(self) -> Any:
        raise ZeroDivisionError

    def __len__(self) -> int:
        return 1


def stumbling() -> Any:
    yield FACTS[0]
    raise ZeroDivisionError


def refusing() -> Any:
    yield FACTS[0]
    raise InvalidValueError.of("mine", 1, vi="x", en="x")


def test_what_stumbles_while_it_is_read_is_named_and_keeps_its_cause() -> None:
    with pytest.raises(InvalidValueError, match="facts") as refused:
        kpi.tally(stumbling())
    assert isinstance(refused.value.__cause__, ZeroDivisionError)
    with pytest.raises(InvalidValueError, match="mine"):
        kpi.tally(refusing())
    with pytest.raises(InvalidValueError, match="cards") as refused:
        kpi.html_report(Stumbling())  # type: ignore[arg-type]
    assert isinstance(refused.value.__cause__, ZeroDivisionError)
    unreadable: Any = type("Unreadable", (), {"__iter__": lambda _: 1 // 0})()
    with pytest.raises(InvalidValueError, match="facts") as refused:
        kpi.tally(unreadable)
    assert isinstance(refused.value.__cause__, ZeroDivisionError)
