"""Values of a catalogue: nothing in them can change, they compare by what they say, and wrong types never get in."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
import threading
from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from onestop_core import catalogue
from onestop_core.catalogue import seven_clarities, values
from onestop_core.catalogue.overlay import LocalProcedure, LocalStep, Overlay
from onestop_core.errors import InvalidValueError, UnknownCodeError
from onestop_core.model import Basis, Firmness, FrozenMap
from onestop_core.rules.once import once
from onestop_core.text import Text
from tests.catalogue import overlays
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure, shipped

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = Text(vi="Tên", en="Name")


def fresh() -> catalogue.Catalogue:
    return catalogue.load(shipped())


def everything() -> dict[str, Any]:
    changes = catalogue.diff(
        catalogue.load(document(procedure(steps=[]))), catalogue.load(document(procedure(papers=[])))
    )
    return {
        "shipped": catalogue.shipped(),
        "overlay": catalogue.overlay.load(overlays.overlay()),
        "changes": changes,
        "totals": catalogue.totals(changes),
        "clarities": catalogue.clarities(catalogue.shipped()["1.013225"]),
        "shares": catalogue.clarities(catalogue.shipped()["1.013225"]).shares,
        "rules": catalogue.RULES,
        "overlay rules": catalogue.overlay.RULES,
        "findings": catalogue.check({"procedures": [{}]}),
        "lost": catalogue.tables.not_in_tables(catalogue.shipped()),
    }


def inside(value: Any, path: str, seen: set[int]) -> Iterator[tuple[str, Any]]:
    """Yield everything that can be reached from *value*, its private fields included."""
    if id(value) in seen:
        return
    seen.add(id(value))
    yield path, value
    if attrs.has(type(value)):
        for field in attrs.fields(type(value)):
            yield from inside(getattr(value, field.name), f"{path}.{field.name}", seen)
    elif isinstance(value, FrozenMap):
        for key, each in value.items():
            yield from inside(key, f"{path} key", seen)
            yield from inside(each, f"{path}[{key!r}]", seen)
    elif isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from inside(each, f"{path}[{index}]", seen)


@pytest.mark.parametrize("name", everything())
def test_nothing_that_can_change_is_reachable(name: str) -> None:
    found = list(inside(everything()[name], name, set()))
    assert [path for path, value in found if isinstance(value, list | dict | set | bytearray)] == []
    plain = (str, int, Fraction, Decimal, date, type(None), tuple, FrozenMap)
    assert [path for path, value in found if not isinstance(value, plain) and not attrs.has(type(value))] == []


@pytest.mark.parametrize("name", everything())
def test_values_are_equal_hashable_and_travel(name: str) -> None:
    value, again = everything()[name], everything()[name]
    assert value == again
    assert hash(value) == hash(again)
    for copied in (copy.copy(value), copy.deepcopy(value), pickle.loads(pickle.dumps(value))):  # noqa: S301 - our own bytes
        assert copied == value


def test_the_shipped_catalogue_stays_as_it_is() -> None:
    cat: Any = catalogue.shipped()
    with pytest.raises(AttributeError):
        cat.bases.clear()
    with pytest.raises(TypeError):
        cat.bases["x"] = None
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        cat.title = WORDS
    with pytest.raises(AttributeError):
        cat["1.004222"].other_names.update({"fr": "x"})
    assert cat == fresh()
    assert {cat: 1}[fresh()] == 1


def test_what_a_caller_keeps_changes_nothing() -> None:
    names, papers = {"fr": "Nom"}, [values.Paper(name=WORDS, originals=1, copies=0)]
    raw: Any = catalogue.shipped()["1.004222"]
    made = attrs.evolve(raw, other_names=names, papers=papers)
    names["fr"] = "x"
    papers.clear()
    assert (made.other_names, len(made.papers)) == ({"fr": "Nom"}, 1)


CASES: dict[str, tuple[Any, dict[str, Any]]] = {
    "text": (values.Contact, {"name": WORDS, "phone": 84}),
    "bytes": (values.Contact, {"name": WORDS, "phone": b"84"}),
    "half a pair": (values.Contact, {"name": WORDS, "phone": "\ud800"}),
    "NUL": (values.Contact, {"name": WORDS, "phone": "a\0"}),
    "words": (values.Field, {"name": "Hộ tịch"}),
    "a code": (values.ReceivingPlace, {"name": WORDS, "scope": "nationwid"}),
    "a code of another type": (values.ReceivingPlace, {"name": WORDS, "scope": 1}),
    "an amount": (values.Fee, {"amount": 0.5}),
    "thousands": (values.Fee, {"amount": Decimal("20.000")}),
    "a fraction of a dong": (values.Fee, {"most": Decimal("0.5"), "amount": 1, "currency": "VND"}),
    "a tier": (values.Fee, {"tiers": (values.Tier(amount=Decimal("1.000")),)}),
    "a least": (values.Fee, {"share": values.FeeShare(percent=Decimal("0.5"), of=WORDS, least=Decimal("1.5"))}),
    "NaN": (values.Fee, {"amount": Decimal("NaN")}),
    "signalling NaN": (values.Fee, {"amount": Decimal("sNaN")}),
    "infinite": (values.Fee, {"amount": Decimal("Infinity")}),
    "endless": (values.Fee, {"amount": Decimal("1e999999")}),
    "negative": (values.Fee, {"amount": -1}),
    "truth as an amount": (values.Fee, {"amount": True}),
    "pieces": (values.Paper, {"name": WORDS, "originals": 100, "copies": 0}),
    "fewer than none": (values.Paper, {"name": WORDS, "originals": 0, "copies": -1}),
    "pieces as text": (values.Paper, {"name": WORDS, "originals": "1", "copies": 0}),
    "truth as pieces": (values.Paper, {"name": WORDS, "originals": True, "copies": 0}),
    "a moment as a day": (values.Decision, {"number": "1", "issued_on": datetime(2026, 1, 1)}),
    "a day as text": (values.Decision, {"number": "1", "issued_on": "2026-01-01"}),
    "basis as text": (values.Authority, {"name": WORDS, "basis": "law"}),
    "a set as a list": (values.Authority, {"name": WORDS, "basis": {"law"}}),
    "no limits": (values.OfferedChannel, {"kind": "post", "limits": ()}),
    "limits of another type": (values.OfferedChannel, {"kind": "post", "limits": [{"time": "5 days"}]}),
    "a version": (Overlay, {"schema_version": "2.0", "title": WORDS, "issuer": values.Authority(name=WORDS),
                            "decision": ("d",), "bases": {}, "procedures": ()}),
    "bases that are none": (Overlay, {"schema_version": "1.0", "title": WORDS, "issuer": values.Authority(name=WORDS),
                                      "decision": ("d",), "bases": ["d"], "procedures": ()}),
    "a step": (LocalProcedure, {"code": "1.000001", "steps": [values.ProcedureStep(id="a", what=WORDS)]}),
    "a role": (LocalStep, {"id": "a", "role": "king"}),
    "a rule": (catalogue.checking.Rule, {"id": "x", "severity": "fatal", "title": WORDS}),
    "truth": (catalogue.checking.Rule, {"id": "x", "severity": "note", "title": WORDS, "advisory": 1}),
    "a third": (catalogue.changes.Sums, {"unit": "VND", "less": Fraction(1, 3)}),
    "a float": (catalogue.changes.Sums, {"unit": "VND", "less": 0.5}),
    "a huge sum": (catalogue.changes.Sums, {"unit": "VND", "less": 10**41}),
    "counts": (catalogue.changes.Totals, {"counts": {"x": 1}, "sums": (), "times_not_counted": 0}),
    "a clarity": (seven_clarities.StepClarity, {"step": "a", "index": 0, "missing": ("x",)}),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_wrong_type_is_refused_where_it_is_given(case: tuple[Any, dict[str, Any]]) -> None:
    kind, given = case
    with pytest.raises(InvalidValueError) as caught:
        kind(**given)
    assert caught.value.message.vi
    assert caught.value.what.rpartition(".")[2] in given


def test_what_is_right_comes_in_whatever_form() -> None:
    loose: Any = values
    place = loose.ReceivingPlace(name=WORDS, scope="nationwide", basis=["law"])
    assert place == values.ReceivingPlace(name=WORDS, scope=values.Scope.NATIONWIDE, basis=("law",))
    assert loose.Fee(amount=5) == values.Fee(amount=Decimal(5))
    assert str(values.Fee(amount=Decimal("-0")).amount) == "0"
    contact = values.Contact(name=WORDS, phone="a\u0301", url="x")
    assert contact.phone == "á"
    made = attrs.evolve(catalogue.shipped()["1.004222"], other_names=MappingProxyType({"fr": "Nom"}))
    assert made.other_names == FrozenMap({"fr": "Nom"})
    whole: Any = Overlay
    assert whole(
        schema_version="1.0", title=WORDS, issuer=values.Authority(name=WORDS), decision=["d"], procedures=[],
        bases={"d": Basis(instrument="Quyết định 1/QĐ-UBND", firmness=Firmness.READ)},
    ).decision == ("d",)  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("dang ky thuong tru", "1.004222"),
        ("Đăng ký THƯỜNG trú", "1.004222"),
        ("  dang  ky tam tru ", "1.004194"),
        ("luu tru", "2.001159"),
        ("marriage", "1.000894"),
        ("ket hon", "1.000894"),
    ],
)
def test_a_name_typed_with_or_without_marks_is_a_suggestion(typed: str, code: str) -> None:
    with pytest.raises(UnknownCodeError) as caught:
        catalogue.shipped()[typed]
    assert caught.value.suggestions[0] == code
    assert f"“{code}”" in caught.value.message.vi


@pytest.mark.parametrize("typed", ["", "   ", "zzz", 5, None, ["1.004222"], "1.004222\0", "x" * 100_000])
def test_what_nothing_is_called_like_has_no_suggestion(typed: Any) -> None:
    cat = catalogue.shipped()
    with pytest.raises(UnknownCodeError) as caught:
        cat[typed]
    assert len(caught.value.message.en) < 300
    assert typed not in cat
    assert cat.get(typed) is None
    assert cat.get(typed, 1) == 1


def test_a_case_that_a_procedure_has_not_is_refused() -> None:
    residence = catalogue.shipped()["1.004222"]
    with pytest.raises(UnknownCodeError) as caught:
        residence.papers_for("rentd")
    assert caught.value.suggestions == ("rented",)


def test_every_code_has_words_in_both_languages() -> None:
    for kind in (values.Scope, values.AuthorityLevel, values.ApplicantKind, values.ChannelKind):
        labels = [member.label for member in kind]
        assert len({label.vi for label in labels}) == len({label.en for label in labels}) == len(labels)


def test_threads_that_come_first_hold_the_same_value() -> None:
    inside_make = threading.Event()
    made: list[object] = []

    def make() -> object:
        inside_make.wait(5)
        made.append(object())
        return made[-1]

    get, found = once(make), list[object]()
    threads = [threading.Thread(target=lambda: found.append(get())) for _ in range(8)]
    for thread in threads:
        thread.start()
    inside_make.set()
    for thread in threads:
        thread.join()
    assert (len(made), len(set(map(id, found))), len(found)) == (1, 1, 8)


def test_the_shipped_catalogue_is_one_for_all_threads() -> None:
    code = """
import sys, threading
sys.setswitchinterval(1e-6)
from onestop_core import catalogue
barrier, found, tables = threading.Barrier(8), [], []
def first():
    barrier.wait()
    found.append(catalogue.shipped())
    tables.append(len(catalogue.to_tables(catalogue.shipped())["procedures.steps.csv"]))
    assert catalogue.load(catalogue.dump(found[-1])) == found[-1]
threads = [threading.Thread(target=first) for _ in range(8)]
[thread.start() for thread in threads]; [thread.join() for thread in threads]
print(len(found), len({id(each) for each in found}), len(set(tables)))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    assert done.stdout.split() == ["8", "1", "1"]


def test_the_first_use_can_be_had_ahead_of_time() -> None:
    code = (
        "import sys; from onestop_core.catalogue import documents; documents.warm(); before = set(sys.modules);"
        "from onestop_core import catalogue; catalogue.check(catalogue.dump(catalogue.shipped()));"
        "print(sorted(name for name in set(sys.modules) - before if name.startswith(('onestop', 'cattrs', 'jsonschema'))))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)  # noqa: S603 - our own code
    assert done.stdout.strip() == "[]"


def test_what_is_accepted_names_a_procedure_or_a_place() -> None:
    with pytest.raises(InvalidValueError, match="a code or a path"):
        values.Suppression(rule="catalogue/part-missing", reason="no steps published")
    assert values.Suppression(rule="catalogue/part-missing", code="1.004222", reason="no steps published").path is None
