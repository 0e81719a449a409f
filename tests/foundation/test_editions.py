"""One registry for dated editions: by name and day, pinned, revised, loaded; and bases in place of their names."""

from __future__ import annotations

import json
import threading
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import attrs
import pytest

from onestop_core.errors import (
    InvalidDocumentError,
    InvalidValueError,
    NotInForceError,
    UnknownCodeError,
    UnsupportedSchemaVersionError,
)
from onestop_core.model import Basis, Interval
from onestop_core.rules import editions
from onestop_core.rules.cited import cited, unknown_bases
from onestop_core.rules.editions import Edition, Editions, digest
from onestop_core.text import Text
from tests.house.hostile import HOSTILE

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

WHAT = Text(vi="bảng", en="table")
SHIPPED: dict[str, dict[str, Any]] = {
    "old": {"id": "vn@old", "in_force_from": "2018-06-21", "in_force_to": "2025-06-30", "value": 1},
    "old-2": {"id": "vn@old", "in_force_from": "2018-06-21", "in_force_to": "2025-06-30", "value": 2, "revision": 2},
    "new": {"id": "vn@new", "in_force_from": "2025-07-01", "announced_on": "2025-06-09", "value": 3},
    "alone": {"id": "alone", "value": 4},
}


@pytest.fixture
def reads() -> list[str]:
    return []


@pytest.fixture
def table(monkeypatch: pytest.MonkeyPatch, reads: list[str]) -> Editions[int]:
    def read(document: Any, source: str | None) -> int:
        reads.append(str(source))
        return int(document["value"])

    monkeypatch.setattr(editions, "data_names", lambda _: tuple(sorted(SHIPPED)))
    monkeypatch.setattr(editions, "data", lambda name: dict(SHIPPED[name.rpartition("/")[2]]))
    return Editions("vn/test", what=WHAT, read=read)


def test_what_ships_is_known_with_its_days_revision_and_digest(table: Editions[int]) -> None:
    assert table.ids() == ("alone", "vn@new", "vn@old", "vn@old+2")
    old, again = table.edition("vn@old"), table.edition("vn@old+2")
    assert (old.name, old.revision, again.revision, again.reference) == ("vn", 1, 2, "vn@old+2")
    assert old.during == again.during == Interval(first=date(2018, 6, 21), last=date(2025, 6, 30))
    assert old.digest == digest(SHIPPED["old"])
    assert len({each.digest for each in table.editions()}) == 4
    assert table.edition("vn@new").announced_on == date(2025, 6, 9)


def test_a_name_and_a_day_give_the_newest_revision_in_force(table: Editions[int]) -> None:
    assert [table.on("vn", day) for day in (date(2018, 6, 21), date(2025, 6, 30), date(2025, 7, 1))] == [2, 2, 3]
    assert table.find("vn", on=date(2026, 1, 1)) == 3
    assert table.find("alone", on=date(1900, 1, 1)) == table.on("alone", date.max) == 4
    with pytest.raises(NotInForceError) as caught:
        table.on("vn", date(2018, 6, 20))
    assert caught.value.known == ((date(2018, 6, 21), date(2025, 6, 30)), (date(2025, 7, 1), None))
    assert caught.value.message.vi.startswith("bảng vn: không có quy định có hiệu lực vào ngày 20/06/2018")


def test_what_had_not_been_announced_is_not_known(table: Editions[int]) -> None:
    assert table.on("vn", date(2026, 1, 1), as_of=date(2025, 6, 9)) == 3
    with pytest.raises(NotInForceError):
        table.on("vn", date(2026, 1, 1), as_of=date(2025, 6, 8))


def test_a_pinned_edition_stays_whatever_its_revisions(table: Editions[int]) -> None:
    assert (table.pinned("vn@old"), table.find("vn@old"), table.find("vn@old+2")) == (1, 1, 2)
    assert table.find("vn@old", on=date(2020, 1, 1)) == 1


@pytest.mark.parametrize(("reference", "day"), [("vn@old", date(2026, 1, 1)), ("vn@new", date(2025, 6, 30))])
def test_a_pinned_edition_with_a_day_must_be_in_force(table: Editions[int], reference: str, day: date) -> None:
    with pytest.raises(NotInForceError) as caught:
        table.find(reference, on=day)
    assert caught.value.on == day


def test_a_name_without_a_day_is_refused_with_its_editions(table: Editions[int]) -> None:
    with pytest.raises(InvalidValueError, match=r"vn@new \| vn@old \| vn@old\+2") as caught:
        table.find("vn")
    assert caught.value.message.vi.startswith("ngày áp dụng: chưa có giá trị; cần một ngày")


@pytest.mark.parametrize("day", [datetime(2026, 1, 1), "2026-01-01", 5])
def test_a_day_is_a_plain_date(table: Editions[int], day: Any) -> None:
    with pytest.raises(InvalidValueError):
        table.on("vn", day)
    for name in ("vn", "vn@old"):
        with pytest.raises(InvalidValueError):
            table.find(name, on=day)
    with pytest.raises(InvalidValueError):
        table.on("vn", date(2026, 1, 1), as_of=day)


def test_a_wrong_name_is_refused_with_a_suggestion_and_cut(table: Editions[int]) -> None:
    asks: list[Callable[[str], object]] = [table.pinned, table.edition, table.find]
    for ask in asks:
        with pytest.raises(UnknownCodeError, match="no table 'vn@olde'; did you mean vn@old"):
            ask("vn@olde")
        with pytest.raises(UnknownCodeError) as caught:
            ask("x" * 100_000)
        assert len(str(caught.value)) < 120
    with pytest.raises(UnknownCodeError):
        table.on("vn@old", date(2020, 1, 1))  # on() takes names, not references


@pytest.mark.parametrize("name", HOSTILE)
def test_whatever_is_asked_for_only_our_error_comes_out(table: Editions[int], name: str) -> None:
    asks: list[Callable[[Any], object]] = [
        table.pinned, table.edition, table.find, lambda value: table.on(value, date(2026, 1, 1)),
        lambda value: table.find(value, on=date(2026, 1, 1)),
    ]  # fmt: skip
    found = []
    for ask in asks:
        try:
            found.append(ask(HOSTILE[name]()))
        except UnknownCodeError as error:
            found.append(len(str(error)) < 200)
        except InvalidValueError:
            assert name == "SilentText"  # it is the text "vn", a name that needs a day
    assert found in ([True] * 5, [True, True, 3, 3])


def test_each_edition_is_read_once_also_by_many_threads(table: Editions[int], reads: list[str]) -> None:
    start, found = threading.Barrier(16), []

    def ask() -> None:
        start.wait()
        found.append([table.find("vn", on=date(2026, 1, 1)), table.pinned("vn@old")])

    threads = [threading.Thread(target=ask) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [[3, 1]] * 16
    assert sorted(reads) == ["vn/test/new", "vn/test/old"]


def test_what_another_thread_read_meanwhile_is_taken(table: Editions[int], reads: list[str]) -> None:
    class Meanwhile:
        def __enter__(self) -> None:
            table._values["vn@new"] = 33

        def __exit__(self, *_: object) -> None:
            return None

    assert table.ids()
    table._lock = Meanwhile()  # type: ignore[misc, assignment]
    assert table.pinned("vn@new") == 33
    assert reads == []


@attrs.frozen(kw_only=True)
class Row:
    name: str
    basis: Basis
    floor: int = 0
    also_basis: tuple[Basis, ...] = ()


@attrs.frozen(kw_only=True)
class Rules:
    id: str
    rows: tuple[Row, ...]
    basis: Basis | None = None


LAW = {"instrument": "Nghị định 118/2025/NĐ-CP", "firmness": "read"}
DOCUMENT: dict[str, Any] = {
    "schema_version": "1.0",
    "id": "vn@x",
    "bases": {"law": LAW, "guess": {**LAW, "firmness": "inferred"}},
    "rows": [{"name": "a", "basis": "law", "from": 7, "also_basis": ["law", "guess"]}],
}


def test_bases_stand_in_place_of_their_names_and_the_envelope_is_dropped() -> None:
    rules = cited(DOCUMENT, Rules, rename={"from": "floor"})
    law = Basis(instrument="Nghị định 118/2025/NĐ-CP", firmness="read")
    assert rules.rows[0].basis == law
    assert [each.firmness for each in rules.rows[0].also_basis] == ["read", "inferred"]
    assert (rules.id, rules.rows[0].floor, rules.basis) == ("vn@x", 7, None)


@pytest.mark.parametrize(
    ("change", "path", "hint"),
    [
        ({"basis": "lew"}, "$.basis", "did you mean law?"),
        ({"rows": [{"name": "a", "basis": "zzz"}]}, "$.rows[0].basis", None),
        ({"rows": [{"name": "a", "basis": "law", "also_basis": ["law", 5]}]}, "$.rows[0].also_basis", None),
        ({"rows": [{"name": "a", "basis": None}]}, "$.rows[0].basis", None),
        ({"rows": [{"name": "a", "basis": ["law", ["x"]]}]}, "$.rows[0].basis", None),
        ({"bases": {}}, "$.rows[0].basis", None),
    ],
)
def test_a_basis_that_is_not_there_is_named_with_its_place(change: dict[str, Any], path: str, hint: str | None) -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        cited({**DOCUMENT, **change}, Rules, rename={"from": "floor"}, source="f.json")
    problem = caught.value.problems[0]
    assert (problem.path, problem.rule, caught.value.source) == (path, "bases/unknown", "f.json")
    assert (problem.hint.en if problem.hint else None) == hint
    assert list(unknown_bases({**DOCUMENT, **change})) == list(caught.value.problems)


def test_what_does_not_fit_has_its_place() -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        cited({**DOCUMENT, "rows": [{"basis": "law"}]}, Rules)
    assert [problem.path for problem in caught.value.problems] == ["$.rows[0].name"]


def test_the_class_of_an_edition_is_read_by_its_citations(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions, "data_names", lambda _: ("x",))
    monkeypatch.setattr(editions, "data", lambda _: DOCUMENT)
    table = Editions("vn/test", what=WHAT, kind=Rules, rename={"from": "floor"})
    assert table.pinned("vn@x") == cited(DOCUMENT, Rules, rename={"from": "floor"})
    assert table.pinned("vn@x") is table.pinned("vn@x")
    assert table.load(DOCUMENT) == table.pinned("vn@x")


def test_an_edition_of_ones_own_is_held_to_its_schema(tmp_path: Path) -> None:
    table: Editions[Any] = Editions(
        "vn/kpi", what=WHAT, read=lambda document, source: (document, source), schema="counts"
    )
    sound = {"schema_version": "1.0", "counts": {"2.1": [1, 2]}}
    file = tmp_path / "own.json"
    file.write_text(json.dumps(sound), encoding="utf-8")
    assert table.load(sound) == (sound, None)
    assert table.load(file) == table.load(str(file)) == (sound, str(file))
    for wrong in ({"schema_version": "1.0"}, [1], None, 5):
        with pytest.raises(InvalidDocumentError):
            table.load(wrong)  # type: ignore[arg-type]
    with pytest.raises(UnsupportedSchemaVersionError):
        table.load({**sound, "schema_version": "9.9"})
    with pytest.raises(FileNotFoundError):
        table.load(tmp_path / "none.json")


def test_the_digest_says_what_exactly_was_read() -> None:
    assert digest({"b": 1, "a": [1, "đ"]}) == digest({"a": [1, "đ"], "b": 1})
    assert digest({"a": 1}) != digest({"a": "1"})
    edition = Edition(id="vn@x", during=Interval(), digest="0")
    assert (edition.name, edition.reference, edition.revision) == ("vn", "vn@x", 1)
