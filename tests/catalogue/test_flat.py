"""Flat tables: what goes out comes back, what cannot is listed, and what is wrong has a row and a column."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping
from typing import Any

import attrs
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from onestop_core import catalogue
from onestop_core.catalogue.tables import cell_text, layout, reading, writing
from onestop_core.catalogue.tables.layout import Cell, Key
from onestop_core.catalogue.values import Decision
from onestop_core.errors import InvalidDocumentError, InvalidValueError, UnsupportedSchemaVersionError
from onestop_core.rules.reading import csv_files
from onestop_core.rules.reading.csv_files import read_csv, write_csv
from onestop_core.text import Text
from tests.catalogue.documents import catalogue as document
from tests.catalogue.documents import procedure, shipped, text

SHIPPED = catalogue.shipped()
TABLES = catalogue.to_tables(SHIPPED)

# A whole catalogue is much to draw and to shrink.
SPARING = settings(max_examples=12, phases=(Phase.explicit, Phase.reuse, Phase.generate))

# Text that spreadsheets and CSV trip over, and Vietnamese.
PIECES = ["=1+1", "-", "+", "@", "'", '"', ",", ";", "\n", "\\", "#", "|", "007", "Ủy ban", "đ", " ", "x"]
NASTY = st.lists(st.sampled_from(PIECES), min_size=1, max_size=5).map(
    lambda parts: unicodedata.normalize("NFC", "".join(parts))
)
WORDS = NASTY.filter(str.strip)
BILINGUAL = st.fixed_dictionaries({"vi": WORDS, "en": WORDS})
CODES = st.from_regex(r"[0-9A-Z][0-9A-Z./-]{0,8}", fullmatch=True)
BASIS = st.lists(st.sampled_from(["law", "a.b/c-d@e", "0"]), max_size=3)


def things(required: dict[str, Any], **optional: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(required, optional=optional)


STATEMENTS = st.lists(things({"text": BILINGUAL}, basis=BASIS), max_size=2)
CASE = st.sampled_from(["urgent", "1"])
FEE = things(
    {"amount": st.from_regex(r"0|[1-9][0-9]{0,9}", fullmatch=True)},
    kind=st.sampled_from(["fee", "charge"]),
    unit=BILINGUAL,
    case=CASE,
    exemptions=STATEMENTS,
    note=BILINGUAL,
    basis=BASIS,
)
LIMIT = things(
    {},
    time=st.sampled_from(["5 working days", "05 ngày làm việc"]),
    case=CASE,
    fees=st.lists(FEE, max_size=3),
    note=BILINGUAL,
    basis=BASIS,
)
CHANNEL = things(
    {"kind": st.sampled_from(["in_person", "post"]), "limits": st.lists(LIMIT, min_size=1, max_size=3)},
    note=BILINGUAL,
    basis=BASIS,
)
NUMBER = st.integers(0, 99)
FORM = st.sampled_from(["TK01", "007"])
ALTERNATIVE = things({"name": BILINGUAL}, form=FORM, originals=NUMBER, copies=NUMBER)
PAPER = things(
    {"name": BILINGUAL, "originals": NUMBER, "copies": NUMBER},
    form=FORM,
    cases=st.lists(CASE, max_size=2, unique=True),
    alternatives=st.lists(ALTERNATIVE, max_size=2),
    replaced_by_data=BILINGUAL,
    note=BILINGUAL,
    basis=BASIS,
)


@st.composite
def procedures(draw: st.DrawFn, code: str) -> dict[str, Any]:
    optional = {
        "papers": st.lists(PAPER, max_size=3),
        "channels": st.lists(CHANNEL, min_size=1, max_size=2),
        "conditions": STATEMENTS,
        "results": st.lists(things({"name": BILINGUAL}, code=CODES, validity=BILINGUAL), max_size=2),
        "receiving": st.lists(things({"name": BILINGUAL, "scope": st.just("nationwide")}, hours=BILINGUAL), max_size=2),
        "notes": st.lists(BILINGUAL, max_size=2),
        "in_force_from": st.dates().map(str),
        "subjects": st.lists(st.sampled_from(["citizen", "agency"]), min_size=1, max_size=2, unique=True),
        "name": BILINGUAL,
    }
    return procedure(
        code,
        cases=[{"id": "urgent", "name": draw(BILINGUAL)}, {"id": "1", "name": text("Một")}],
        forms=[{"code": "TK01", "name": draw(BILINGUAL)}, {"code": "007", "name": text("Mẫu")}],
        **draw(st.fixed_dictionaries({}, optional=optional)),
    )


@st.composite
def catalogues(draw: st.DrawFn) -> catalogue.Catalogue:
    codes = draw(st.lists(st.from_regex(r"[0-9]\.[0-9]{6}", fullmatch=True), min_size=1, max_size=3, unique=True))
    law = {"instrument": "Luật 1/2020/QH14", "firmness": "read", "article": draw(WORDS), "note": draw(BILINGUAL)}
    made = document(
        *(draw(procedures(code)) for code in codes),
        bases={"law": law, "a.b/c-d@e": law, "0": law},
        title=draw(BILINGUAL),
        suppressions=[{"rule": "catalogue/unconfirmed", "path": "$", "reason": draw(WORDS)}],
    )
    return catalogue.load(made)


@SPARING
@given(catalogues(), st.sampled_from([",", ";", "\t"]))
def test_what_goes_out_comes_back(cat: catalogue.Catalogue, separator: Any) -> None:
    tables = catalogue.to_tables(cat, separator=separator)
    assert catalogue.from_tables(tables) == cat
    assert catalogue.tables.not_in_tables(cat) == ()
    assert catalogue.from_tables({name: words.encode() for name, words in tables.items()}) == cat


@SPARING
@given(catalogues())
def test_no_spreadsheet_finds_a_formula(cat: catalogue.Catalogue) -> None:
    for words in catalogue.to_tables(cat).values():
        assert words.startswith("\ufeff")
        assert words.endswith("\r\n")
        for row in csv.reader(io.StringIO(words.removeprefix("\ufeff"), newline=""), strict=True):
            assert [cell for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n"))] == []


@given(st.lists(WORDS.map(str.strip)))
def test_lists_come_back(items: list[str]) -> None:
    assert cell_text.split(cell_text.joined(items)) == items


def test_the_shipped_catalogue_comes_back() -> None:
    assert catalogue.from_tables(TABLES) == SHIPPED
    assert sorted(TABLES) == sorted(table.name for table in layout.tables())
    assert TABLES["procedures.channels.limits.fees.csv"].splitlines()[1].startswith("1.004222,1,1,1,20000,")


def test_an_unknown_separator_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="separator"):
        catalogue.to_tables(SHIPPED, separator="|")  # type: ignore[arg-type]


def test_order_is_by_number_wherever_the_rows_stand() -> None:
    changed = dict(TABLES)
    for name, words in TABLES.items():
        if "." in name.removesuffix(".csv"):
            heading, *rows = list(csv.reader(io.StringIO(words, newline="")))
            changed[name] = write_csv([heading, *reversed(rows)], separator=";").removeprefix("\ufeff\ufeff")
    assert catalogue.from_tables(changed) == SHIPPED


def test_columns_and_tables_may_be_left_out_and_empty_rows_do_not_count() -> None:
    tables = {
        "catalogue.csv": "title.en,title.vi,schema_version,\nA,Á,1.0,\n,,,\n",
        "procedures.csv": "code,name.vi,name.en,field.name.vi,field.name.en,level,authority.name.vi,authority.name.en,subjects\n"
        "1.000001,T,T,L,L,commune,U,U,citizen;business\n",
        "procedures.channels.csv": "#procedures,#,kind\n1.000001,01,post\n",
        "procedures.channels.limits.csv": "#procedures,#channels,#,time\n1.000001,1,7,5 days\n",
    }
    made = catalogue.from_tables(tables)["1.000001"]
    assert (made.channels[0].limits[0].time, made.papers, [str(s) for s in made.subjects]) == (
        "5 days",
        (),
        ["citizen", "business"],
    )


def problems(**changes: str | bytes) -> list[tuple[str, str]]:
    """Return path and rule of what is wrong with the shipped tables, some of them changed."""
    with pytest.raises(InvalidDocumentError) as caught:
        catalogue.from_tables(
            {**TABLES, **{name.replace("__", ".") + ".csv": value for name, value in changes.items()}}
        )
    return [(problem.path, problem.rule) for problem in caught.value.problems]


def altered(name: str, old: str, new: str) -> str:
    assert old in TABLES[name]
    return TABLES[name].replace(old, new, 1)


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"prcedures": "code"}, [("prcedures.csv:1", "table/unknown")]),
        (
            {"catalogue": altered("catalogue.csv", "title.vi", "title.vn")},
            [("catalogue.csv:1:title.vn", "table/unknown")],
        ),
        ({"catalogue": "title.vi,title.vi\na,b"}, [("catalogue.csv:1:title.vi", "table/duplicate-key")]),
        ({"catalogue": TABLES["catalogue.csv"] + "1.0,a,b"}, [("catalogue.csv:3", "table/duplicate-key")]),
        ({"catalogue": TABLES["catalogue.csv"].rstrip() + ",x"}, [("catalogue.csv:2", "table/no-column")]),
        ({"catalogue": 'title.vi\n"a'}, [("catalogue.csv:2", "csv/syntax")]),
        ({"catalogue": "title.vi\nTiêu đề".encode("cp1258", "replace")}, [("catalogue.csv:1", "csv/encoding")]),
        (
            {
                "procedures__cases": "#procedures,#,id\n1.004222,x,a\n1.004222,,a\n,1,a\n9.999999,1,a\n1.004222,1,a\n1.004222,01,b"
            },
            [
                ("procedures.cases.csv:2:#", "table/key"),
                ("procedures.cases.csv:3:#", "table/key"),
                ("procedures.cases.csv:4:#procedures", "table/key"),
                ("procedures.cases.csv:5:#procedures", "table/no-such-row"),
                ("procedures.cases.csv:7:#", "table/duplicate-key"),
            ],
        ),
        (
            {"procedures": TABLES["procedures.csv"] + "1.004222,again"},
            [(f"procedures.csv:{len(catalogue.shipped().procedures) + 2}:code", "table/duplicate-key")],
        ),
        (
            {
                "procedures__papers__alternatives": "#procedures,#papers,#,originals\n1.004222,1,1,one\n1.004222,1,2, 2 \n"
            },
            [("procedures.papers.alternatives.csv:2:originals", "table/cell")],
        ),
        # What the check of the catalogue finds is found in the tables.
        (
            {"catalogue": ""},
            [("catalogue.csv:2:schema_version", "schema/required"), ("catalogue.csv:2:title.vi", "schema/required")],
        ),
        ({"catalogue": "schema_version,title.en\n1.0,a"}, [("catalogue.csv:2:title.vi", "schema/required")]),
        ({"procedures": altered("procedures.csv", "1.004222", "1.4222")}, None),
        (
            {"procedures": altered("procedures.csv", ",commune,", ",comune,")},
            [("procedures.csv:2:level", "schema/enum")],
        ),
        (
            {
                "procedures__channels__limits": altered(
                    "procedures.channels.limits.csv", ",7 working days,", ",7 moons,"
                )
            },
            [("procedures.channels.limits.csv:2:time", "catalogue/time-limit-unreadable")],
        ),
        (
            {"procedures": altered("procedures.csv", ",citizen,", ",citizen; robot,")},
            [("procedures.csv:7:subjects", "schema/enum")],
        ),
        ({"procedures__forms": altered("procedures.forms.csv", "CT01", "")}, None),
    ],
)
def test_what_is_wrong_has_a_place(changes: dict[str, str | bytes], expected: list[tuple[str, str]] | None) -> None:
    found = problems(**changes)
    if expected is None:
        assert found
        assert all(path.split(":")[0].endswith(".csv") for path, _ in found)
    else:
        assert found == expected


NAMES = st.sampled_from(sorted(TABLES))
ANYTHING = (
    st.text(max_size=60)
    | st.binary(max_size=60)
    | st.lists(st.sampled_from([*PIECES, "code", "1", "\x00", "\ud800"])).map("".join)
)


def outcome(tables: Mapping[str, str | bytes]) -> tuple[catalogue.Catalogue | None, tuple[str, ...]]:
    """Return the catalogue, or the places of what is wrong; any other error goes through."""
    try:
        return catalogue.from_tables(tables), ()
    except InvalidDocumentError as error:
        return None, tuple(problem.path for problem in error.problems)


@given(st.dictionaries(NAMES | st.text(max_size=5), ANYTHING, max_size=4), st.booleans())
def test_whatever_comes_in_only_our_error_comes_out(some: dict[str, str | bytes], among_good_ones: bool) -> None:
    made, places = outcome({**(TABLES if among_good_ones else {}), **some})
    assert (made is None) == bool(places)
    assert [place for place in places if ":" not in place] == []


@settings(max_examples=30)
@given(NAMES, st.data())
def test_one_damaged_cell_is_refused_or_read_as_it_stands(name: str, data: st.DataObject) -> None:
    rows = [list(row.cells) for row in read_csv(TABLES[name])]
    row = data.draw(st.integers(0, len(rows) - 1))
    column = data.draw(st.integers(0, len(rows[0]) - 1))
    rows[row][column] = data.draw(ANYTHING.filter(lambda cell: isinstance(cell, str)).map(str))
    made, places = outcome({**TABLES, name: write_csv(rows)})
    assert [place for place in places if ".csv:" not in place] == []
    assert places or (made is not None and catalogue.tables.not_in_tables(made) == ())


def test_a_hint_says_what_may_have_been_meant() -> None:
    with pytest.raises(InvalidDocumentError) as caught:
        catalogue.from_tables({"procedure.csv": "code"})
    hint = caught.value.problems[0].hint
    assert hint is not None
    assert hint.en.startswith("did you mean procedures.csv")


def test_another_version_of_the_schema_keeps_its_own_error() -> None:
    with pytest.raises(UnsupportedSchemaVersionError) as caught:
        catalogue.from_tables({**TABLES, "catalogue.csv": altered("catalogue.csv", "1.0", "9.0")})
    assert caught.value.problems[0].path == "catalogue.csv:2:schema_version"


def test_a_table_that_promises_gigabytes_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csv_files, "MAX_BYTES", 10)
    with pytest.raises(InvalidDocumentError) as caught:
        catalogue.from_tables({"catalogue.csv": "x" * 11})
    assert caught.value.problems[0].rule == "csv/too-large"


def with_name(words: str) -> catalogue.Catalogue:
    first = catalogue.load(document()).procedures[0]
    changed = attrs.evolve(first, name=Text(vi=words, en="x"))
    return attrs.evolve(catalogue.load(document()), procedures=(changed,))


@pytest.mark.parametrize("words", ["", " ", "x" * 32_768, "'=" + "x" * 32_766])
def test_what_no_table_can_hold_is_listed(words: str) -> None:
    assert catalogue.tables.not_in_tables(with_name(words)) == ("$.procedures[0].name.vi",)


def test_what_cannot_be_without_a_text_that_no_cell_holds_is_left_out_with_it() -> None:
    one = procedure(linked=None)
    del one["linked"]
    one["conditions"] = [{"text": {"vi": "a" * 40_000}}, {"text": {"vi": "Đủ tuổi"}}]
    one["objective"] = {"vi": "b" * 40_000, "en": "short"}
    one["decision"] = {"number": "1/QĐ", "issuer": {"vi": "e" * 40_000, "en": "Ministry"}}
    one["channels"][0]["limits"][0]["fees"] = [
        {"share": {"percent": "1", "of": {"vi": "c" * 40_000, "en": "value"}}, "published": "1%"},
        {"amount": "1", "exemptions": [{"text": {"vi": "d" * 40_000}}]},
    ]
    cat = catalogue.load(document(one))
    tables, lost = catalogue.tables.exported(cat)
    back = catalogue.from_tables(tables)["1.000001"]
    assert [each.text.vi for each in back.conditions] == ["Đủ tuổi"]
    assert (back.objective, back.decision) == (None, Decision(number="1/QĐ"))
    first, second = back.channels[0].limits[0].fees
    assert (first.share, first.published, second.exemptions) == (None, "1%", ())
    fees = "$.procedures[0].channels[0].limits[0].fees"
    assert set(lost) == {
        "$.procedures[0].conditions",
        "$.procedures[0].objective",
        "$.procedures[0].decision.issuer",
        f"{fees}[0].share",
        f"{fees}[1].exemptions",
    }
    assert lost == catalogue.tables.not_in_tables(cat)


def test_what_the_longest_cell_holds_is_not_listed() -> None:
    assert catalogue.tables.not_in_tables(with_name("=" + "x" * 32_765)) == ()


def test_rows_and_items_that_are_lost_are_listed() -> None:
    cat = catalogue.load(document())
    first = attrs.evolve(cat.procedures[0], legal_bases=("law", " ", "law"))
    nameless = attrs.evolve(cat, procedures=(first,), bases={**cat.bases, " ": cat.bases["law"]})
    assert catalogue.tables.not_in_tables(nameless) == ('$.bases[" "]', "$.procedures[0].legal_bases")


def test_rows_cannot_name_one_of_two_procedures_with_the_same_code() -> None:
    cat = catalogue.load(document())
    with pytest.raises(InvalidDocumentError) as caught:
        catalogue.to_tables(attrs.evolve(cat, procedures=cat.procedures * 2))
    assert caught.value.problems[0].path == "$.procedures[1].code"


@attrs.frozen(kw_only=True)
class Inner:
    flag: bool
    words: tuple[str, ...]
    count: int | None = None


@attrs.frozen(kw_only=True)
class Outer:
    inner: Inner
    spare: Inner | None = None
    many: Mapping[str, Inner]
    either: int | str = 0
    matrix: tuple[tuple[str, ...], ...] = ()
    numbers: tuple[int, ...] = ()
    pair: tuple[str, str] = ("", "")
    own: Outer | None = None
    own_list: tuple[Outer, ...] = ()
    own_map: Mapping[str, Outer] = attrs.Factory(dict)
    plain_map: Mapping[str, str] = attrs.Factory(dict)
    number_map: Mapping[str, int] = attrs.Factory(dict)
    _cache: int = attrs.field(init=False, default=0)


def test_the_layout_follows_the_classes_and_leaves_out_what_fits_nowhere() -> None:
    root, many = layout.layout(Outer)
    assert root.headings[:3] == ("inner.flag", "inner.words", "inner.count")
    assert root.headings[3:] == ("spare.flag", "spare.words", "spare.count", "plain_map")
    assert [column.required for column in root.columns] == [True, True, False, False, False, False, False]
    assert [column.cell for column in root.columns][:3] == [Cell.BOOLEAN, Cell.LIST, Cell.INTEGER]
    assert (many.key, many.headings, many.required) == (Key.NAME, ("#", "flag", "words", "count"), True)


def test_other_classes_are_read_by_the_same_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    toys = layout.layout(Outer)
    for module in (layout, reading):
        monkeypatch.setattr(module, "tables", lambda: toys)
    toy = reading.Reading({"catalogue.csv": "inner.flag,plain_map\nTRUE,fr: a:b; zh:名"})
    assert toy.document == {
        "inner": {"flag": True, "words": []},
        "plain_map": {"fr": "a:b", "zh": "名"},
        "many": {},
    }
    for said in ("fr", "fr: a; fr: b"):
        toy = reading.Reading({"catalogue.csv": f"inner.flag,plain_map\noui,{said}"})
        assert [p.path for p in toy.problems] == ["catalogue.csv:2:inner.flag", "catalogue.csv:2:plain_map"]


def test_values_of_another_kind_leave_their_cell_empty() -> None:
    assert [writing._written(value, Cell.TEXT) for value in (None, 1, ["a"])] == ["", "", ""]
    assert writing._written({"fr": "a;b", "zh": "名"}, Cell.PAIRS) == "fr: a\\;b; zh: 名"
    assert (writing._written(True, Cell.BOOLEAN), writing._written(-1, Cell.INTEGER)) == ("true", "-1")


def test_every_field_of_the_classes_has_a_column_or_a_table() -> None:
    """Nothing of today's catalogue is left out; a field that fits nowhere fails here first."""
    held = {
        tuple(part for part in (*table.path, *column.place)) for table in layout.tables() for column in table.columns
    }
    held |= {table.path for table in layout.tables()}

    def missing(node: Any, place: tuple[str, ...]) -> set[tuple[str, ...]]:
        if isinstance(node, dict):
            children = node.values() if place == ("bases",) else ()
            inner = [missing(child, place) for child in children] or [missing(v, (*place, k)) for k, v in node.items()]
            return set().union(*inner)
        if isinstance(node, list) and any(isinstance(item, dict) for item in node):
            return set().union(*(missing(item, place) for item in node))
        return set() if place in held else {place}

    assert missing(shipped(), ()) == set()
