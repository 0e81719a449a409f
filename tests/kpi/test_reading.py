from __future__ import annotations

import csv
import io
import json
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from onestop_core import kpi
from onestop_core.errors import MAX_PROBLEMS, InvalidDocumentError, InvalidValueError
from onestop_core.kpi import DossierFacts, read_facts, scan_facts
from onestop_core.kpi.facts import files
from onestop_core.model import HO_CHI_MINH, FinishedKind
from onestop_core.rules.converter import structure, unstructure
from onestop_core.rules.schema.schemas import check_schema
from tests.kpi.facts_strategies import PERIOD, dossiers

if TYPE_CHECKING:
    from pathlib import Path

ROW = {
    "id": "H26.1-261012-0001",
    "unit": "Phường Tây Hồ",
    "channel": "online",
    "received_at": "2026-10-12T08:00:00+07:00",
    "due_at": "2026-10-19T08:00:00+07:00",
    "finished_at": "2026-10-16T10:00:00Z",
    "finished_kind": "done",
    "supplement_requests": 0,
    "paid_online": True,
    "fee_due": None,
}


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8", newline="")
    return path


def lines(*rows: Any) -> str:
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)


def as_csv(rows: list[dict[str, Any]]) -> str:
    stream = io.StringIO(newline="")
    writer = csv.DictWriter(stream, [field.name for field in attrs.fields(DossierFacts)])
    writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


def test_one_row_in_three_forms(tmp_path: Path) -> None:
    jsonl = read_facts(written(tmp_path / "facts.jsonl", "\ufeff" + lines(ROW) + "\n"))
    document = read_facts(written(tmp_path / "facts.json", json.dumps({"schema_version": "1.0", "facts": [ROW]})))
    table = read_facts(str(written(tmp_path / "facts.CSV", as_csv([ROW]))))
    assert jsonl == document == table
    (facts,) = jsonl
    assert facts.finished_kind is FinishedKind.DONE
    assert facts.fee_due is None
    assert facts.paid_online is True
    assert facts.supplement_requests == 0
    assert kpi.index("vn-766@portal-2026").evaluate(jsonl, period=PERIOD)["2.1"].score == 20


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.lists(dossiers(), max_size=5, unique_by=lambda facts: facts.id))
def test_what_is_written_is_read_and_holds_to_the_schema(tmp_path: Path, facts: list[DossierFacts]) -> None:
    rows = [unstructure(each) for each in facts]
    assert [structure(row, DossierFacts) for row in rows] == facts
    assert check_schema({"schema_version": "1.0", "facts": rows}, "facts") == ()
    assert list(read_facts(written(tmp_path / "facts.jsonl", lines(*rows)))) == facts
    assert list(read_facts(written(tmp_path / "facts.csv", as_csv(rows)))) == facts


VALUES: list[Any] = [
    None,
    True,
    0,
    1,
    -1,
    1.5,
    10**7,
    10**20,
    "",
    "x",
    "é" * 200,
    "é" * 201,
    "online",
    "done",
    "2026-10-12T08:00:00+07:00",
    "2026-10-12t01:00:00.5z",
    "2026-10-12T08:00:00",
    "2026-10-12T08:00+07:00",
    "2026-10-12",
    "2026-13-12T08:00:00+07:00",
    "0001-01-01T00:00:00+14:00",
    [],
    {},
]


@pytest.mark.parametrize("column", [*(field.name for field in attrs.fields(DossierFacts)), "colour"])
def test_reader_and_schema_agree_on_every_value_of_every_column(column: str, tmp_path: Path) -> None:
    schema_says, reader_says = [], []
    for value in VALUES:
        row = {"id": "A", column: value}
        # the facts contradict each other otherwise, which no schema sees
        if column == "finished_kind":
            row["finished_at"] = ROW["finished_at"]
        schema_says.append(not check_schema({"schema_version": "1.0", "facts": [row]}, "facts"))
        reader_says.append(not scan_facts(written(tmp_path / "facts.jsonl", lines(row))).problems)
    assert reader_says == schema_says
    assert any(schema_says) == (column != "colour")
    assert not all(schema_says)


def test_rows_of_a_document_are_counted_as_rows(tmp_path: Path) -> None:
    document = {"schema_version": "1.0", "facts": [{"id": "A"}, {"id": "A"}]}
    (problem,) = scan_facts(written(tmp_path / "facts.json", json.dumps(document))).problems
    assert problem.text.en == "row 2, column id: the dossier is already on row 1"
    assert problem.text.vi == "dòng 2, cột id: hồ sơ đã có ở dòng 1"


def test_bad_rows_are_listed_by_row_and_column_and_nothing_is_used(tmp_path: Path) -> None:
    path = written(
        tmp_path / "facts.jsonl",
        lines(ROW, {**ROW, "id": "B", "due_at": "19/10/2026"}, {"id": "C"}, {"unit": "X"}, [1], {**ROW, "chanl": 1})
        + '{"id": NaN}\n{"id": \n'
        + lines({"id": "C"}, {"id": "D", "finished_kind": "done"}),
    )
    found = scan_facts(path)
    assert [facts.id for facts in found.facts] == [ROW["id"], "C"]
    assert (found.rows, found.bad_rows) == (10, 8)
    assert [(problem.path, problem.rule) for problem in found.problems] == [
        ("$[1].due_at", "facts/value"),
        ("$[3].id", "facts/value"),
        ("$[4]", "facts/row"),
        ("$[5].chanl", "facts/column"),
        ("$[6]", "json/not-a-number"),
        ("$[7]", "json/syntax"),
        ("$[8].id", "facts/repeated"),
        ("$[9].finished_at", "facts/value"),
    ]
    assert found.problems[0].text.en.startswith('line 2, column due_at: cannot use "19/10/2026"; expected a moment')
    assert found.problems[0].text.vi.startswith("dòng 2, cột due_at")
    assert found.problems[3].text.en == "line 6, column chanl: unknown column; did you mean channel?"
    assert found.problems[6].text.en == "line 9, column id: the dossier is already on line 3"
    with pytest.raises(InvalidDocumentError) as caught:
        read_facts(path)
    assert caught.value.problems == found.problems
    assert caught.value.source == str(path)


def test_cells_that_mean_nothing_are_refused(tmp_path: Path) -> None:
    table = 'id,paid_online,supplement_requests,unit\nA,TRUE,2,"Tây\nHồ"\n\nB,yes,,\nC,0,two,\nD,1\n,1,,\n'
    found = scan_facts(written(tmp_path / "facts.csv", table))
    assert [(facts.id, facts.paid_online, facts.supplement_requests) for facts in found.facts] == [("A", True, 2)]
    assert [problem.text.en.partition(":")[0] for problem in found.problems] == [
        "line 5, column paid_online",
        "line 6, column supplement_requests",
        "line 7",
        "line 8, column id",
    ]


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("", "the file is empty"),
        ("id,chanl", "unknown column 'chanl'"),
        ("id,unit,unit", "column unit is repeated"),
        ("unit", "no column id"),
        ('"id', "not CSV"),
    ],
)
def test_a_table_without_a_proper_header_is_refused(header: str, message: str, tmp_path: Path) -> None:
    with pytest.raises(InvalidDocumentError, match=message):
        scan_facts(written(tmp_path / "facts.csv", header))


def test_a_quote_left_open_does_not_swallow_the_rest_in_silence(tmp_path: Path) -> None:
    found = scan_facts(written(tmp_path / "facts.csv", 'id,unit\nA,\nB,"Tây Hồ\nC,\n'))
    assert [facts.id for facts in found.facts] == ["A"]
    assert found.problems[0].rule == "csv/syntax"


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"facts": []},
        {"schema_version": "2.0", "facts": []},
        {"schema_version": "1.0", "facts": {}},
        {"schema_version": "1.0", "facts": [], "x": 1},
    ],
)
def test_other_documents_are_refused(document: Any, tmp_path: Path) -> None:
    with pytest.raises(InvalidDocumentError, match="schema_version"):
        scan_facts(written(tmp_path / "facts.json", json.dumps(document)))


def test_files_that_are_not_text_or_too_large_or_of_another_kind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "facts.csv"
    path.write_bytes(b"id\n\xff\n")
    with pytest.raises(InvalidDocumentError, match="not UTF-8"):
        scan_facts(path)
    monkeypatch.setattr(files, "MAX_BYTES", 4)
    with pytest.raises(InvalidDocumentError, match="larger than 4 bytes"):
        scan_facts(path)
    with pytest.raises(InvalidValueError, match=r"expected a .jsonl, .json, .csv or .parquet file"):
        read_facts(tmp_path / "facts.xlsx")
    with pytest.raises(OSError, match=r"missing\.csv"):
        read_facts(tmp_path / "missing.csv")


ROWS = [
    ["id", "unit", "received_at", "due_at", "digitised"],
    ["H26-1", "Tây Hồ", "2026-10-12T08:00:00+07:00", "2026-10-19T08:00:00+07:00", "TRUE"],
    ["H26-2", "Đống Đa; Ba Đình", "2026-10-12T08:00:00+07:00", "", "0"],
]


def table(separator: str, rows: list[list[str]] = ROWS) -> str:
    quoted = [[f'"{cell}"' if {",", ";", "\t"} & set(cell) else cell for cell in row] for row in rows]
    return "".join(separator.join(row) + "\r\n" for row in quoted)


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(table(","), id="commas"),
        pytest.param(table(";"), id="semicolons"),
        pytest.param(table("\t"), id="tabs"),
        pytest.param("\ufeff" + table(";"), id="a byte order mark"),
        pytest.param("sep=;\r\n" + table(";"), id="the separator named"),
        pytest.param("\ufeffsep=\t\r\n" + table("\t"), id="both"),
        pytest.param("\r\n" + table(",") + ",,,,\r\n\r\n;;\r\n".replace(";", ","), id="empty rows"),
        pytest.param(table(";") + ";;;;\r\n" * 50, id="many empty rows"),
        pytest.param(table(",").replace("\r\n", "\n"), id="line feeds"),
        pytest.param(table(",").replace("T08:00:00", " 08:00:00"), id="a blank in the moments"),
        pytest.param(
            table(",").replace("08:00:00+07:00", "08:00+07"), id="moments without seconds, hours for an offset"
        ),
        pytest.param(table(",").replace("08:00:00+07:00", "08:00:00.000 +0700"), id="as databases write moments"),
        pytest.param(table(",").replace("T08:00:00+07:00", " 01:00:00Z"), id="moments in UTC"),
    ],
)
def test_csv_is_read_as_spreadsheets_and_databases_write_it(content: str, tmp_path: Path) -> None:
    moment = datetime(2026, 10, 12, 8, tzinfo=HO_CHI_MINH)
    assert read_facts(written(tmp_path / "facts.csv", content)) == (
        DossierFacts(id="H26-1", unit="Tây Hồ", received_at=moment, due_at=moment + timedelta(days=7), digitised=True),
        DossierFacts(id="H26-2", unit="Đống Đa; Ba Đình", received_at=moment, digitised=False),
    )


@pytest.mark.parametrize("suffix", [".csv", ".jsonl", ".json"])
@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "cp1258"])
def test_another_encoding_is_named(suffix: str, encoding: str, tmp_path: Path) -> None:
    path = tmp_path / f"facts{suffix}"
    mark = b"\xfe\xff" if encoding == "utf-16-be" else b""
    path.write_bytes(mark + "id,unit\nA,Hà\n".encode(encoding))
    with pytest.raises(InvalidDocumentError, match="UTF-16" if encoding != "cp1258" else "not UTF-8") as refused:
        scan_facts(path)
    assert refused.value.source == str(path)
    assert "UTF-8" in refused.value.message.vi


def test_one_fault_of_many_rows_is_one_problem(tmp_path: Path) -> None:
    rows = "".join(f"{number},onlin,true\n" for number in range(3_000))
    found = scan_facts(written(tmp_path / "facts.csv", f"id,channel,digitised\n{rows}x,post,maybe\ny,post,maybe\n"))
    first, second = found.problems
    assert (found.rows, found.bad_rows, first.path, second.path) == (3_002, 3_002, "$[0].channel", "$[3000].digitised")
    assert first.text.en.startswith("line 2 and 2,999 more, column channel: ")
    assert first.text.vi.startswith("dòng 2 và 2.999 dòng khác, cột channel: ")
    assert second.text.en.startswith("line 3002 and 1 more, column digitised: ")
    with pytest.raises(InvalidDocumentError) as refused:
        read_facts(tmp_path / "facts.csv")
    assert refused.value.problems == found.problems


def test_many_different_faults_are_counted(tmp_path: Path) -> None:
    lines = "".join(json.dumps({"id": str(number), "unit": "x", f"c{number}": 1}) + "\n" for number in range(3_000))
    found = scan_facts(written(tmp_path / "facts.jsonl", lines))
    assert len(found.problems) == MAX_PROBLEMS + 1
    assert found.problems[-1].rule == "problems/more"


def test_a_cell_is_no_formula_and_a_row_no_longer_than_its_heading(tmp_path: Path) -> None:
    found = scan_facts(written(tmp_path / "facts.csv", "id,unit\nA,'=1+1\nB,x,y\nC\n"))
    assert [(one.id, one.unit) for one in found.facts] == [("A", "=1+1")]
    assert [problem.text.vi for problem in found.problems] == ["dòng 3: 3 ô, cần 2", "dòng 4: 1 ô, cần 2"]


def test_what_is_no_path_is_refused() -> None:
    nothing: list[Any] = [None, 5, [], {}]
    for wrong in nothing:
        with pytest.raises(InvalidValueError, match="path"):
            read_facts(wrong)
